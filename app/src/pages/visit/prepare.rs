//! Voorbereiden: what was agreed, one intention, the questions to take along.

use leptos::prelude::untrack;
use naast_core::content::{AroundVisit, VisitKind};
use naast_core::propose;
use naast_core::records::{Card, Visit};
use naast_core::route::VisitScreen;
use naast_core::time::Day;
use naast_core::visits;

use super::{Here, part};
use crate::node::{Element, Node, gather, live};
use crate::nodes;
use crate::pages::families::{please_card, step_card};
use crate::parts::{
    Icon, Line, action, button, chip, chip_group, div, folded, h2, icon, li, link, p_of, section, span, text_line, ul,
};
use crate::watched::Local;

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
            please(here),
            last_time,
            kinds(here),
            here.text_area(
                "Wat neem je je voor?",
                "Eén ding, over jezelf.",
                "Eerst vragen hoe het weekend was.",
                part!(intention),
            ),
            section("stack-s", nodes![h2("Vragen die meegaan"), taken_along(here), propose(here), choose]),
            folded("Even voor jezelf", nodes![div("stack", here.reflections(AroundVisit::Before))]),
            day_line,
            action(nodes![link("button main", &here.to(VisitScreen::Hold), nodes!["Op bezoek"])]),
        ],
    )
}

fn taken_along(here: Here) -> Node {
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

/// What the parent asked for, and asked never to do: the first thing to know.
fn please(here: Here) -> Option<Element> {
    let family = here.app.session.family_untracked(here.family)?;
    please_card(&family)
}

/// What kind of visit: its line to hold on to, and what belongs to it.
fn kinds(here: Here) -> Element {
    let chosen = here.read(Box::new(|visit| visit.kind.clone()));
    let chip_of = |kind: &'static VisitKind| {
        let choose = move || {
            here.edit(&mut |visit| {
                visit.kind = if visit.kind == kind.id { String::new() } else { kind.id.clone() };
            });
        };
        Node::from(chip(&kind.title, move || *chosen.read() == kind.id, choose))
    };
    let chips = gather(here.app.content.visits.iter().map(chip_of));
    let about = live(move || {
        let chosen = chosen.read();
        if chosen.is_empty() {
            return Node::Nothing;
        }
        let Some(kind) = here.kind(&chosen) else { return Node::Nothing };
        let leaflet = (kind.id == "acquaintance").then(|| {
            let route = here.to(VisitScreen::Leaflet);
            link("button wide", &route, nodes!["Woorden om je voor te stellen"])
        });
        nodes![p_of("soft small", &kind.about), p_of("card sun", &kind.line), leaflet].into()
    });
    section("stack-s", nodes![h2("Wat voor bezoek?"), chip_group("Wat voor bezoek?", chips), about,])
}

/// How many questions are proposed.
const PROPOSED: usize = 5;

/// Proposes questions while none were chosen by hand; another touch gives others.
fn propose(here: Here) -> Node {
    let proposal = Local::new(Vec::<String>::new());
    let ids = here.cards();
    let kind = here.read(Box::new(|visit| visit.kind.clone()));
    let phases = move || here.kind(&kind.read()).map_or(&[][..], |kind| &kind.phases);
    let touched = here.read(Box::new(|visit| visit.cards.iter().any(|card| card.asked || !card.note.is_empty())));
    let take = move || {
        let before = lately(here);
        let questions = &here.app.content.questions;
        let phases = untrack(phases);
        let mut chosen = propose::questions(questions, phases, &before, PROPOSED);
        if chosen.is_empty() {
            // All were there lately: begin anew.
            chosen = propose::questions(questions, phases, &[], PROPOSED);
        }
        let ids: Vec<String> = chosen.into_iter().map(|question| question.id.clone()).collect();
        here.edit(&mut |visit| {
            visit.cards = ids.iter().map(|id| Card::new(id)).collect();
        });
        proposal.set(ids);
    };
    live(move || {
        let words = match (ids.read().is_empty(), phases().is_empty()) {
            (_, true) => return Node::Nothing,
            (true, _) => "Stel vragen voor",
            (false, _) if !touched.get() && *ids.read() == *proposal.read() => "Andere vragen",
            _ => return Node::Nothing,
        };
        button("button wide", nodes![words], take).into()
    })
}

/// The questions of this visit and of the few before it: no proposal comes twice in a row.
fn lately(here: Here) -> Vec<String> {
    here.app.session.with_visits_untracked(|all| {
        let visits = visits::of_family(all, here.family);
        visits.into_iter().take(4).flat_map(|visit| &visit.cards).map(|card| card.question.clone()).collect()
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
