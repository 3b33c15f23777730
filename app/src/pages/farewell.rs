//! The end of a contact: the farewell, handing over, clearing the notes.

use std::fmt::Display;

use leptos::prelude::untrack;
use naast_core::content::{AroundVisit, Reflection};
use naast_core::records::{Concern, Family, FamilyId, Record, answer, set_answer};
use naast_core::retention::{self};
use naast_core::route::{MorePage, Route};
use naast_core::time::Day;
use naast_core::visits;

use crate::browser::{clock, history};
use crate::messages::farewell as t;
use crate::parts::{
    Icon, action, button, changed, div, h1, h2, icon, link, not_found, p, p_of, save_line, section, text_area,
    two_chairs,
};
use crate::state::App;
use naast_view::{Node, collect_nodes, live, memo, nodes};

/// `#/gezinnen/<family>/afscheid`
pub fn farewell(app: App, id: FamilyId) -> Node {
    if app.session.family_untracked(id).is_none() {
        return not_found();
    }
    let together = app.session.with_visits_untracked(|all| changed(app, &visits::of_family(all, id)));
    let asks = app.content.reflections.iter().filter(|asks| asks.moment == AroundVisit::Farewell);
    let field = |asks: &'static Reflection| {
        let value = memo(move || {
            app.session.family(id).map(|family| answer(&family.answers, &asks.id).to_owned()).unwrap_or_default()
        });
        let input =
            move |text: String| app.session.edit_family(id, |family| set_answer(&mut family.answers, &asks.id, &text));
        text_area(&asks.text, &asks.hint, "", move || value.get(), input)
    };
    div(
        "stack-l",
        nodes![
            h1(t::title()),
            two_chairs(),
            p(t::intro()),
            together,
            div("stack", collect_nodes(asks.map(field))),
            save_line(app.session),
            marked(app, id, t::farewell(), t::farewell_on, t::farewell_hint(), |family| &mut family.farewell,),
            marked(app, id, t::handed_over(), t::handed_over_on, t::handed_over_hint(), |family| &mut family
                .handed_over,),
            link("button wide", &Route::MorePage(MorePage::Export), nodes![t::take_along()]),
            action(nodes![link("button main", &Route::Family(id), nodes![t::to_family()])]),
        ],
    )
    .into()
}

/// A day on which something was done; it can be unset.
fn marked(
    app: App,
    id: FamilyId,
    act: &'static str,
    done: fn(&dyn Display) -> String,
    about: &'static str,
    day_of: fn(&mut Family) -> &mut Option<Day>,
) -> Node {
    let day = memo(move || app.session.family(id).and_then(|mut family| *day_of(&mut family)));
    live(move || match day.get() {
        None => section(
            "stack-s",
            nodes![
                p_of("soft small", about),
                button("button wide", nodes![act], move || {
                    app.session.edit_family(id, |family| *day_of(family) = Some(clock::today()));
                }),
            ],
        ),
        Some(day) => section(
            "card wash row apart",
            nodes![
                p(done(&clock::day_in_words(day))),
                button("button plain", nodes![t::cancel()], move || {
                    app.session.edit_family(id, |family| *day_of(family) = None);
                }),
            ],
        ),
    })
}

/// `#/gezinnen/<family>/opruimen`
pub fn clear(app: App, id: FamilyId) -> Node {
    let Some(family) = app.session.family_untracked(id) else { return not_found() };
    let visits = untrack(|| app.session.visits_of(id));
    // Checked at each visit of the page: an open concern always holds the notes.
    let held = untrack(|| app.session.concerns_of(id)).iter().any(Concern::holds_notes);
    let goes = retention::all_that_goes(&family, &visits);
    let nothing = goes.is_nothing();
    let title = h1(t::clear_title());
    if held || nothing {
        let why = if held { t::clear_open_concern() } else { t::nothing_to_clear() };
        return div("stack", nodes![title, p(why), link("button wide", &Route::Family(id), nodes![t::to_family()])])
            .into();
    }
    let before = retention::changes(&family, &visits);
    let wipe = move || {
        let now = clock::now();
        for record in &before {
            match record {
                Record::Visit(visit) => app.session.edit_visit(visit.id, |visit| visit.clear(now)),
                _ => app.session.edit_family(id, Family::clear),
            }
        }
        history::replace(&Route::Family(id));
        app.say_with_undo(t::cleared(), before.clone());
    };
    let count = |count: usize, words: fn(usize) -> String| (count > 0).then(|| p(words(count)));
    div(
        "stack",
        nodes![
            title,
            section(
                "card stack-s",
                nodes![
                    h2(t::goes()),
                    count(goes.notes, t::notes),
                    count(goes.steps, t::steps),
                    count(goes.tools, t::together),
                ],
            ),
            section("card wash stack-s", nodes![h2(t::stays()), p(t::stays_what()),],),
            p(t::clear_undo()),
            link("button wide", &Route::MorePage(MorePage::Export), nodes![t::take_along_first()]),
            button("button care main", nodes![icon(Icon::Bin), t::clear()], wipe),
            link("button wide", &Route::Family(id), nodes![t::cancel()]),
        ],
    )
    .into()
}
