//! What is known of a family, wherever it is shown: what the parent asks, agreed steps, clearing its notes.

use naast_core::records::{Family, Step, Visit, VisitId, Went};
use naast_core::retention::{self, Clearing};
use naast_core::route::Route;
use naast_core::time::Day;

use super::*;
use crate::browser::clock;
use crate::messages::{families as t, farewell};
use crate::state::App;
use naast_view::el;

/// What the parent asks to do, and never to do.
pub fn please_card(family: &Family) -> Option<Element> {
    let (please, never) = (family.please_do.trim(), family.please_never.trim());
    if please.is_empty() && never.is_empty() {
        return None;
    }
    let line = |label: &'static str, text: &str| {
        (!text.is_empty()).then(|| nodes![p_of("eyebrow", label), p_of("pre", text.to_owned()).attr("dir", "auto")])
    };
    let (please, never) = (line(t::please_do(), please), line(t::please_never(), never));
    Some(div("card wash stack-s", nodes![h2(t::asks()), please, never]))
}

/// A step that was agreed in `visit`, on `day`, and how it went, as a choice.
pub fn step_card(app: App, visit: VisitId, day: Day, step: &Step) -> Element {
    let id = step.id;
    let who_when = match (step.who.trim(), step.when.trim()) {
        (who, "") => who.to_owned(),
        ("", when) => when.to_owned(),
        (who, when) => format!("{who} · {when}"),
    };
    let went = move || app.session.with_visit(visit, |visit| visit.step(id).map(|step| step.went)).flatten();
    let answer = move |went: Option<Went>| {
        app.session.edit_visit(visit, |visit| {
            if let Some(step) = visit.step_mut(id) {
                step.went = went.unwrap_or_default();
            }
        });
    };
    let not_yet = move || went() == Some(Went::NotYet);
    let answers = chips_of(&Went::ANSWERS, went, answer);
    li(nodes![
        p(strong(step.what.clone())).attr("dir", "auto"),
        (!who_when.is_empty()).then(|| p_of("soft small", who_when).attr("dir", "auto")),
        p_of("soft small", t::agreed_on(&clock::day_in_words(day))),
        chip_group(t::how_did_it_go(), answers),
        shown_when(not_yet, move || folded(t::meanings(), nodes![meanings(app)]).into()),
    ])
    .class("card stack-s")
}

/// What a no, or a step that was not taken, may mean.
pub fn meanings(app: App) -> Element {
    let address = app.settings.read_untracked().address;
    let items = app.content.meanings.iter().map(|meaning| {
        li(nodes![
            el("h3").child(&meaning.title),
            p(&meaning.text),
            p_of("says speech", meaning.question.in_form(address)),
        ])
        .class("stack-s")
    });
    ul("stack", items)
}

/// Whether the notes about a family may be cleared now.
fn clearing(app: App, family: &Family, visits: &[Visit]) -> Clearing {
    let weeks = app.settings.read_untracked().keep_weeks;
    let concerns = app.session.concerns_of(family.id);
    retention::due(family, visits, &concerns, clock::today(), weeks)
}

/// On the page of the family: a proposal to clear notes, or why not yet.
pub fn clearing_card(app: App, family: &Family, visits: &[Visit]) -> Option<Element> {
    match clearing(app, family, visits) {
        Clearing::Due { since } => Some(div(
            "card wash stack-s",
            nodes![
                p(farewell::may_clear(&clock::day_in_words(since))),
                link("button wide", &Route::Clear(family.id), nodes![farewell::see_clearing()]),
            ],
        )),
        Clearing::HeldBack => Some(p_of("card soft small", farewell::open_concern())),
        Clearing::NotYet => None,
    }
}
