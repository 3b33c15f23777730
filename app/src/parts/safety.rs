//! What belongs to a concern about a child, wherever it comes up: danger, the coordinator, the steps, noting it.

use leptos::prelude::untrack;
use naast_core::content::HelpStep;
use naast_core::records::{Concern, ConcernId, Family, Record, VisitId};
use naast_core::route::{MorePage, Route};

use super::*;
use crate::browser::{clock, history};
use crate::messages::{concern, help as t};
use crate::state::App;
use naast_view::el;

/// A link that calls a number.
pub fn call(class: &'static str, dial: &str, name: Node, number: Node, line: Vec<Node>) -> Element {
    let words = nodes![span("visually-hidden", nodes![t::call(), " "]), strong(name), " ", span("number", number)];
    let link = el("a").attr("href", format!("tel:{dial}")).child(icon(Icon::Phone)).child(span("grow", words));
    div(class, nodes![link.class("dial"), p_of("small", line)])
}

/// The number of the coordinator, or a way to enter it.
pub fn coordinator(app: App) -> Element {
    let settings = app.settings.read_untracked();
    let number = settings.coordinator_number.clone();
    let dial: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    if dial.is_empty() {
        let line = span("small", t::coordinator_missing());
        let words = span("grow", nodes![strong(t::coordinator_add()), br(), line]);
        return link("card call", &Route::MorePage(MorePage::Coordinator), nodes![icon(Icon::Plus), words]);
    }
    let name = settings.coordinator_name.clone();
    let name = if name.trim().is_empty() { t::coordinator().to_owned() } else { name };
    let line = nodes![t::coordinator_hint()];
    call("card wash", &dial, name.into(), number.into(), line)
}

/// What to do in danger, before anything else.
pub fn danger() -> Element {
    let words = nodes![strong(t::danger()), br(), span("small", t::danger_hint())];
    el("a").class("card care call").attr("href", "tel:112").children(nodes![icon(Icon::Phone), span("grow", words)])
}

pub fn numbered(steps: &'static [HelpStep]) -> Element {
    let step = |step: &'static HelpStep| {
        Node::from(li(nodes![el("div").child(el("h3").child(&step.title)).child(p(&step.text))]))
    };
    el("ol").class("steps-numbered stack").children(collect_nodes(steps.iter().map(step)))
}

/// On Hulp, with an open vault: notes a concern about a family, the one of the last visit first.
pub fn note_concern(app: App) -> Option<Element> {
    if !app.session.is_open() {
        return None;
    }
    let beside = *app.beside.read_untracked();
    let mut families = untrack(|| app.session.families());
    families.retain(|family| family.archived.is_none());
    if families.is_empty() {
        return None;
    }
    if let Some(at) = beside.and_then(|(family, _)| families.iter().position(|one| one.id == family)) {
        families[..=at].rotate_right(1);
    }
    let row = |family: Family| {
        let id = family.id;
        let visit: Option<VisitId> = beside.filter(|(family, _)| *family == id).map(|(_, visit)| visit);
        let begin = move || {
            // An empty one is reused, so that two taps create one.
            let waiting = untrack(|| app.session.concerns_of(id)).into_iter().find(Concern::is_blank);
            let concern = waiting.unwrap_or_else(|| {
                let fresh = Concern::new(ConcernId(app.session.fresh_id()), id, visit, clock::now());
                app.session.put(Record::Concern(fresh.clone()));
                fresh
            });
            history::go(&Route::Concern(id, concern.id));
        };
        let words = el("span").attr("dir", "auto").child(family.nickname);
        li(nodes![button("button wide", nodes![icon(family.symbol.into()), words], begin)])
    };
    Some(section(
        "stack-s",
        nodes![
            h2(concern::start()),
            p_of("soft small", concern::start_hint()),
            ul("stack-s", families.into_iter().map(row)),
        ],
    ))
}
