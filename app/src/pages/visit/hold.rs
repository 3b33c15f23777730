//! Op bezoek: the cards taken along, a quick note; large and calm.

use naast_core::content::Question;
use naast_core::records::Card;
use naast_core::route::VisitScreen;
use naast_core::settings::Address;

use super::{Here, part};
use crate::node::{Element, Node, el, live};
use crate::nodes;
use crate::pages::cards::{card_face, step};
use crate::parts::{
    Icon, action, br, button, div, h2, hidden_h1, icon, li, link, p_of, save_line, section, shown_when, span,
    text_area, ul,
};
use crate::watched::Derived;

pub(super) fn view(here: Here) -> Element {
    let ids = here.cards();
    let address = here.app.settings.read_untracked().address;
    let intention = here.read(Box::new(|visit| visit.intention.trim().to_owned()));
    let intention = live(move || {
        let text = intention.get();
        (!text.is_empty()).then(|| p_of("card sun pre", text).attr("dir", "auto"))
    });
    let kind = here.read(Box::new(|visit| visit.kind.clone()));
    // A visit that was not called anything needs no line either.
    let line = live(move || {
        let chosen = kind.read();
        let kind = if chosen.is_empty() { None } else { here.kind(&chosen) };
        kind.map(|kind| p_of("soft", &kind.line))
    });
    let cards = live(move || {
        let chosen = here.questions(&ids.read());
        if chosen.is_empty() {
            return p_of(
                "card example",
                "Je hebt geen vragen meegenomen. Luisteren is genoeg. Wil je er toch een bij de hand? Kies hem dan hieronder.",
            );
        }
        ul("list", chosen.iter().map(|question| card_row(here, question, address)))
    });
    let more = link("button wide", &here.to(VisitScreen::Choose), nodes![icon(Icon::Plus), "Vraag erbij"]);
    div(
        "stack-l",
        nodes![
            line,
            intention,
            here.text_area(
                "Snelle notitie",
                "",
                "Wat je wilt onthouden. Een paar woorden is genoeg.",
                part!(quick_note),
            ),
            section("stack-s", nodes![h2("Kaarten"), cards, more]),
            super::together::tools(here),
            action(nodes![link("button main", &here.to(VisitScreen::LookBack), nodes!["Terugkijken"])]),
        ],
    )
}

/// Whether the question was asked.
fn asked(here: Here, id: String) -> Derived<bool> {
    here.read(Box::new(move |visit| visit.card(&id).is_some_and(|card| card.asked)))
}

fn card_row(here: Here, question: &Question, address: Address) -> Element {
    let asked = asked(here, question.id.clone());
    let mark = || span("tag", nodes![br(), "gevraagd ✓"]).into();
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

/// One card in full, at arm's length, with room for a note.
pub(super) fn card(here: Here, id: &str) -> Node {
    let deck = here.questions(&here.cards().read());
    let Some(at) = deck.iter().position(|question| question.id == id) else { return crate::pages::not_found() };
    let route = |question: &Question| here.to(VisitScreen::Card(question.id.clone()));
    let previous = at.checked_sub(1).and_then(|n| deck.get(n)).map(route);
    let next = deck.get(at + 1).map(route);
    let face = card_face(here.app, &deck[at], previous.clone(), next.clone());

    let asked = asked(here, id.to_owned());
    let (of_note, of_input, of_asked) = (id.to_owned(), id.to_owned(), id.to_owned());
    let note = here.read(Box::new(move |visit| visit.card(&of_note).map(|card| card.note.clone()).unwrap_or_default()));
    let note = text_area(
        "Notitie bij deze vraag",
        "",
        "",
        move || note.get(),
        move |text| edit_card(here, &of_input, &mut |card| card.note.clone_from(&text)),
    );
    let asked = button("chip", nodes![icon(Icon::Check), "Gevraagd"], move || {
        edit_card(here, &of_asked, &mut |card| card.asked = !card.asked);
    })
    .flag("aria-pressed", move || asked.get());
    let stepper = el("nav").class("stepper").attr("aria-label", "Kaarten").children(nodes![
        step(previous, "Vorige", Icon::Back),
        asked,
        step(next, "Volgende", Icon::Forward),
    ]);
    div(
        "at-table",
        nodes![
            hidden_h1(format!("Kaart {} van {}", at + 1, deck.len())),
            face,
            note,
            save_line(here.app.session),
            stepper,
            link("button wide", &here.to(VisitScreen::Hold), nodes!["Alle kaarten"]),
        ],
    )
    .into()
}

/// Changes the card of this question.
fn edit_card(here: Here, id: &str, change: &mut dyn FnMut(&mut Card)) {
    here.edit(&mut |visit| {
        if let Some(card) = visit.card_mut(id) {
            change(card);
        }
    });
}
