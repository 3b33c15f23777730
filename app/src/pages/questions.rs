//! Vragen: search, filters, favourites, cards, own questions.

use leptos::prelude::untrack;
use naast_core::content::{About, Tone};
use naast_core::records::OwnQuestionId;
use naast_core::route::Route;

use crate::messages::questions as t;
use crate::parts::{
    Icon, br, button, chips_of, coordinator_first, div, found, hidden_h1, icon, labelled_chips, link, long_list,
    moments, not_found, ordinary, p, question_body, question_row, search_field, sheet, shown_when, span, status,
    strong,
};
use crate::state::{App, Looking};
use naast_view::{Element, LocalSignal, Node, el, live, memo, nodes};

/// How many questions are shown before the user asks for all.
const AT_FIRST: usize = 24;

/// `#/vragen`
pub fn questions(app: App) -> Node {
    let filter_open = LocalSignal::new(false);
    let all = memo(move || found(app, app.looking));
    let seen = memo(move || ordinary(app, &all.read()));
    let count = move || t::count(seen.read().len());
    let found = move || if seen.read().is_empty() { t::nothing_found().to_owned() } else { count() };
    let first = memo(move || seen.read().first().cloned());
    let as_cards = move || {
        let first = first.get()?;
        Some(link("button plain", &Route::Cards(Some(first)), nodes![icon(Icon::Cards), t::as_cards()]))
    };
    // Equal lists do not notify: typing another letter may change nothing.
    let shown = memo(move || {
        let most = if app.looking.read().whole { usize::MAX } else { AT_FIRST };
        seen.read().iter().take(most).cloned().collect::<Vec<_>>()
    });
    let list = move || {
        let bank = app.bank();
        // All at once, so that going back to a list finds it where it was left.
        long_list(true, move || shown.get(), move |id| bank.get(id).map(|question| question_row(app, question)))
    };
    let rest = move || button("button wide", nodes![t::show_all()], move || app.looking.write().whole = true).into();
    let show = button("button main", nodes![live(move || t::show(&count()))], move || {
        filter_open.set(false);
    });
    div(
        "stack",
        nodes![
            hidden_h1(t::title()),
            search_field(app.looking),
            moments(app.looking, filter_button(app, filter_open)),
            div("row apart", nodes![status("soft small", nodes![live(found)]), live(as_cards)]),
            shown_when(move || seen.read().is_empty(), move || nothing_found(app).into()),
            live(list),
            shown_when(move || shown.read().len() < seen.read().len(), rest),
            shown_when(move || all.read().len() > seen.read().len(), worry_card),
            link("button wide", &Route::NewQuestion, nodes![icon(Icon::Plus), t::write_own()]),
            sheet(app, t::which(), filter_open, nodes![filters(app), show]),
        ],
    )
    .into()
}

fn worry_card() -> Node {
    let line = span("soft", t::worry_hint());
    link("card", &Route::Worried, nodes![strong(t::worry()), br(), line]).into()
}

/// The button that opens the other filters.
fn filter_button(app: App, filter_open: LocalSignal<bool>) -> Node {
    let filter = memo(move || app.looking.read().filter);
    let label = move || {
        let filter = filter.get();
        match usize::from(filter.about.is_some()) + usize::from(filter.tone.is_some()) {
            0 => t::filter().to_owned(),
            n => t::filters(&n),
        }
    };
    button("chip", nodes![icon(Icon::Filter), live(label)], move || filter_open.set(true)).into()
}

fn filters(app: App) -> Element {
    let filter = memo(move || app.looking.read().filter);
    let abouts =
        chips_of(&About::ALL, move || filter.get().about, move |about| app.looking.write().filter.about = about);
    let tones = chips_of(&Tone::ALL, move || filter.get().tone, move |tone| app.looking.write().filter.tone = tone);
    div("stack", nodes![labelled_chips(t::about(), abouts), labelled_chips(t::tone(), tones)])
}

fn nothing_found(app: App) -> Element {
    let why = move || {
        let looking = app.looking.read();
        if looking.filter.favourites_only && looking.query.is_empty() { t::no_favourites() } else { t::try_other() }
    };
    let all = button("button", nodes![t::show_every()], move || app.looking.set(Looking::default()));
    div("card example stack-s", nodes![p(live(why)), all])
}

/// `#/vragen/<id>`
pub fn question_page(app: App, id: String) -> Node {
    live(move || {
        let bank = app.bank();
        let Some(question) = bank.get(&id) else { return not_found() };
        // The settings do not render the page anew, so that a touched heart stays where it is.
        let body = untrack(|| {
            if app.may_see(question) {
                question_body(app, question)
            } else {
                coordinator_first(app, Some(question.clone()))
            }
        });
        let own = OwnQuestionId::from_question_id(&id);
        let change =
            own.map(|own| link("button", &Route::EditQuestion(own), nodes![icon(Icon::Pencil), t::edit_own()]));
        el("article").class("stack-l").children(nodes![hidden_h1(t::question()), body, change]).into()
    })
}
