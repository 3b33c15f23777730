//! Voorbereiden: what was agreed, one intention, the questions to take along.

use leptos::prelude::untrack;
use naast_core::records::Visit;
use naast_core::route::VisitScreen;
use naast_core::time::Day;
use naast_core::visits;

use super::{Here, part};
use crate::node::{Element, live};
use crate::nodes;
use crate::pages::families::step_card;
use crate::parts::{Icon, Line, action, div, h2, icon, li, link, p_of, section, span, text_line, ul};

pub(super) fn view(here: Here) -> Element {
    let day = here.read(Box::new(|visit| visit.day.iso()));
    let last_time = live(move || {
        // The day says which visit was the one before; words typed into this one do not.
        drop(day.read());
        untrack(|| last_time(here))
    });
    let choose = link("button wide", &here.to(VisitScreen::Choose), nodes![icon(Icon::Speech), "Vragen kiezen"]);
    let day_line = text_line(
        "Dag van het bezoek",
        "",
        Line::Date,
        move || day.get(),
        move |text| {
            if let Some(day) = Day::from_iso(&text) {
                here.edit(&mut |visit| visit.day = day);
            }
        },
    );
    div(
        "stack-l",
        nodes![
            last_time,
            here.text_area(
                "Wat neem je je voor?",
                "Eén ding, over jezelf.",
                "Eerst vragen hoe het weekend was.",
                part!(intention),
            ),
            section("stack-s", nodes![h2("Vragen die meegaan"), taken_along(here), choose]),
            day_line,
            action(nodes![link("button main", &here.to(VisitScreen::Hold), nodes!["Op bezoek"])]),
        ],
    )
}

fn taken_along(here: Here) -> crate::node::Node {
    let ids = here.cards();
    let address = here.app.settings.read_untracked().address;
    live(move || {
        let chosen = here.questions(&ids.read());
        if chosen.is_empty() {
            return p_of("card example", "Nog geen. Dat mag ook: een gesprek vindt zijn eigen weg.");
        }
        let row = |text: &str| li(nodes![span("says grow", text.to_owned())]).class("list-row");
        ul("list", chosen.iter().map(|question| row(question.text.in_form(address))))
    })
}

/// What was agreed, the first sentence one wanted to begin with, what one wanted to
/// do differently.
fn last_time(here: Here) -> Option<Element> {
    let (family, day, created) = here.app.session.with_visit(here.id, |v| (v.family, v.day, v.created))?;
    // Only its place in time matters here.
    let this = Visit::new(here.id, family, day, created);
    here.app.session.with_visits(|all| {
        let all: Vec<&Visit> = all.collect();
        let last = visits::previous(all.iter().copied(), &this);
        let text = |get: fn(&Visit) -> &String| {
            last.map(|visit| get(visit).trim()).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let opener = text(|visit| &visit.opener).map(|text| {
            let text = p_of("says pre", text).attr("dir", "auto");
            div("card sun stack-s", nodes![p_of("eyebrow", "Je eerste zin"), text])
        });
        let differently = text(|visit| &visit.differently).map(|text| {
            let text = p_of("pre", text).attr("dir", "auto");
            div("card stack-s", nodes![p_of("eyebrow", "Dit wilde je anders doen"), text])
        });
        let cards: Vec<Element> = visits::agreed_before(all, &this)
            .into_iter()
            .map(|agreed| step_card(here.app, agreed.visit.id, agreed.visit.day, agreed.step))
            .collect();
        if opener.is_none() && differently.is_none() && cards.is_empty() {
            return None;
        }
        let title = (!cards.is_empty()).then(|| p_of("eyebrow", "Afgesproken stapjes. Hoe ging het?"));
        let steps = (!cards.is_empty()).then(|| ul("stack-s", cards));
        Some(section("stack-s", nodes![h2("Van de vorige keer"), opener, differently, title, steps]))
    })
}
