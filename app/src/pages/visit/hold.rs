//! Op bezoek: the cards taken along and a quick note, large and calm.

use leptos::prelude::untrack;
use naast_core::content::Question;
use naast_core::propose;
use naast_core::records::Card;
use naast_core::route::VisitScreen;
use naast_core::settings::Address;

use super::Here;
use crate::browser::history;
use crate::messages::hold as t;
use crate::parts::{
    Icon, action, br, button, card_face, div, folded, h2, hidden_h1, icon, li, link, not_found, p_of, save_line,
    section, shown_when, span, step, text_area, two_chairs, ul,
};
use naast_view::{Element, Memo, Node, el, live, nodes};

/// The kind of visit that has no goal (`content::VisitKind::id`).
const JUST_BEING: &str = "just-being";

pub(super) fn view(here: Here) -> Node {
    let kind = here.read(|visit| visit.kind == JUST_BEING);
    live(move || if kind.get() { untrack(|| just_being(here)) } else { untrack(|| with_cards(here)) })
}

/// A visit without a goal: a line to hold on to, and room for a note.
fn just_being(here: Here) -> Element {
    let line = here.kind(JUST_BEING).map(|kind| p_of("says-big", &kind.line));
    div("stack-l", nodes![two_chairs(), line, here.note(), action(nodes![super::put_away(here, t::leave())])])
}

fn with_cards(here: Here) -> Element {
    let ids = here.cards();
    let address = here.app.settings.read_untracked().address;
    let intention = here.read(|visit| visit.intention.trim().to_owned());
    let intention = live(move || {
        let text = intention.get();
        (!text.is_empty()).then(|| p_of("card sun pre", text).attr("dir", "auto"))
    });
    let kind = here.read(|visit| visit.kind.clone());
    // An ordinary visit needs no line.
    let line = live(move || {
        let chosen = kind.read();
        let kind = if chosen.is_empty() { None } else { here.kind(&chosen) };
        kind.map(|kind| p_of("soft", &kind.line))
    });
    let cards = live(move || {
        let chosen = here.questions(&ids.read());
        if chosen.is_empty() {
            return p_of("card example", t::no_questions());
        }
        ul("list", chosen.iter().map(|question| card_row(here, question, address)))
    });
    let more = link("button wide", &here.to(VisitScreen::Choose), nodes![icon(Icon::Plus), t::another()]);
    div(
        "stack-l",
        nodes![
            line,
            intention,
            here.note(),
            section("stack-s", nodes![h2(t::cards()), cards, more]),
            super::together::tools(here),
            action(nodes![link("button main", &here.to(VisitScreen::LookBack), nodes![t::look_back()])]),
        ],
    )
}

/// Whether the question was asked.
fn asked(here: Here, id: String) -> Memo<bool> {
    here.read(move |visit| visit.card(&id).is_some_and(|card| card.asked))
}

fn card_row(here: Here, question: &Question, address: Address) -> Element {
    let asked = asked(here, question.id.clone());
    let mark = || nodes![br(), span("tag", t::asked_mark())].into();
    li(nodes![link(
        "list-row",
        &here.to(VisitScreen::Card(question.id.clone())),
        nodes![
            span(
                "grow",
                nodes![span("says", question.text.in_form(address).to_owned()), shown_when(move || asked.get(), mark),]
            ),
            icon(Icon::Forward),
        ],
    )])
}

/// One card in full, to read at arm's length, with room for a note.
pub(super) fn card(here: Here, id: &str) -> Node {
    let deck = here.questions(&here.cards().read());
    let Some(at) = deck.iter().position(|question| question.id == id) else { return not_found() };
    let route = |question: &Question| here.to(VisitScreen::Card(question.id.clone()));
    let previous = at.checked_sub(1).and_then(|n| deck.get(n)).map(route);
    let next = deck.get(at + 1).map(route);
    let face = card_face(here.app, &deck[at], previous.clone(), next.clone());

    let asked = asked(here, id.to_owned());
    let (of_note, of_input, of_asked) = (id.to_owned(), id.to_owned(), id.to_owned());
    let note = here.read(move |visit| visit.card(&of_note).map(|card| card.note.clone()).unwrap_or_default());
    let note = text_area(
        t::note(),
        "",
        "",
        move || note.get(),
        move |text| edit_card(here, &of_input, &mut |card| card.note.clone_from(&text)),
    );
    let asked = button("chip", nodes![icon(Icon::Check), t::asked()], move || {
        edit_card(here, &of_asked, &mut |card| card.asked = !card.asked);
    })
    .live_flag("aria-pressed", move || asked.get());
    let stepper = el("nav").class("stepper").attr("aria-label", t::cards()).children(nodes![
        step(previous, t::previous(), Icon::Back),
        asked,
        step(next, t::next(), Icon::Forward),
    ]);
    let near = near(here, &deck[at], &deck);
    div(
        "at-table",
        nodes![
            hidden_h1(t::card(&(at + 1), &deck.len())),
            face,
            near,
            note,
            save_line(here.app.session),
            stepper,
            link("button wide", &here.to(VisitScreen::Hold), nodes![t::all_cards()]),
        ],
    )
    .into()
}

/// Related questions: a touch takes one along and opens it.
fn near(here: Here, of: &Question, deck: &[Question]) -> Option<Element> {
    let address = here.app.settings.read_untracked().address;
    let taken: Vec<String> = deck.iter().map(|question| question.id.clone()).collect::<Vec<_>>();
    let row = |question: &'static Question| {
        let after = of.id.clone();
        let open = move || {
            here.edit(&mut |visit| {
                let at = visit.cards.iter().position(|card| card.question == after).map_or(0, |at| at + 1);
                visit.cards.insert(at, Card::new(&question.id));
            });
            history::replace(&here.to(VisitScreen::Card(question.id.clone())));
        };
        li(nodes![button(
            "list-row",
            nodes![span("says grow", question.text.in_form(address)), icon(Icon::Plus)],
            open
        )])
    };
    let rows = propose::neighbours(&here.app.content.questions, of, &taken, NEAR).into_iter().map(row);
    let rows: Vec<Element> = rows.collect::<Vec<_>>();
    (!rows.is_empty()).then(|| folded(t::more_about(), nodes![ul("list", rows)]))
}

/// How many related questions are shown.
const NEAR: usize = 3;

/// Edits the card of this question.
fn edit_card(here: Here, id: &str, change: &mut dyn FnMut(&mut Card)) {
    here.edit(&mut |visit| {
        if let Some(card) = visit.card_mut(id) {
            change(card);
        }
    });
}
