//! Looking for questions: the search field, the row of moments, and what is found.

use naast_core::content::Phase;

use super::*;
use crate::messages::questions as t;
use crate::state::{App, Looking};
use naast_view::{GlobalSignal, el};

/// The ids of all questions that a search and its filters let through.
pub fn found(app: App, looking: GlobalSignal<Looking>) -> Vec<String> {
    let (looking, settings) = (looking.read(), app.settings.read());
    app.bank()
        .search(&looking.query, looking.filter, &settings.favourites)
        .iter()
        .map(|q| q.id.clone())
        .collect::<Vec<_>>()
}

/// Those of them that are ordinary cards for this worker; the others follow after a talk with the coordinator.
pub fn ordinary(app: App, ids: &[String]) -> Vec<String> {
    let bank = app.bank();
    ids.iter().filter(|id| bank.get(id).is_some_and(|q| app.may_see(q))).cloned().collect::<Vec<_>>()
}

/// The row that scrolls sideways: a first chip, favourites, the phases.
pub fn moments(looking: GlobalSignal<Looking>, first: Node) -> Element {
    // Shared by all chips, which do not depend on the query.
    let filter = memo(move || looking.read().filter);
    let favourites = chip(
        t::favourites(),
        move || filter.get().favourites_only,
        move || {
            let filter = &mut looking.write().filter;
            filter.favourites_only = !filter.favourites_only;
        },
    );
    let phases = chips_of(&Phase::ALL, move || filter.get().phase, move |phase| looking.write().filter.phase = phase);
    chip_group(t::moment(), nodes![first, favourites, phases]).class("chips scroll")
}

/// The search field.
pub fn search_field(looking: GlobalSignal<Looking>) -> Element {
    search_line(
        t::find(),
        t::find_example(),
        move || looking.read().query.clone(),
        move |text| {
            let mut looking = looking.write();
            looking.query = text;
            looking.whole = false;
        },
    )
}

/// A search field with a button that clears it.
pub fn search_line(
    label: &'static str,
    example: &'static str,
    query: impl Fn() -> String + Copy + 'static,
    set: impl Fn(String) + Copy + 'static,
) -> Element {
    let input = el("input")
        .class("input")
        .attr("type", "search")
        .attr("enterkeyhint", "search")
        .attr("autocomplete", "off")
        .attr("aria-label", label)
        .attr("placeholder", example)
        .live_value(query)
        .on_input(set);
    let clear = move || icon_button(t::clear_query(), Icon::Close, move || set(String::new())).into();
    let typed = move || !query().is_empty();
    div("search", nodes![icon(Icon::Search), input, shown_when(typed, clear)]).attr("role", "search")
}
