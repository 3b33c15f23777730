//! Questions as cards, large enough to read at arm's length.

use leptos::prelude::untrack;
use naast_core::route::Route;

use crate::messages::cards as t;
use crate::parts::{Icon, card_face, div, found, hidden_h1, link, not_found, ordinary, span, step};
use crate::state::App;
use naast_view::{Node, el, nodes};

/// `#/vragen/kaarten`, at this question or the first one. It steps through what the search and filters let through.
pub fn cards(app: App, at: Option<String>) -> Node {
    let deck = untrack(|| deck(app, at.as_ref()));
    let place = at.map_or(Some(0), |id| deck.iter().position(|known| *known == id));
    let bank = untrack(|| app.bank());
    let Some((place, question)) = place.and_then(|n| Some((n, bank.get(deck.get(n)?)?))) else {
        return not_found();
    };
    let route = |id: &String| Route::Cards(Some(id.clone()));
    let previous = place.checked_sub(1).and_then(|n| deck.get(n)).map(route);
    let next = deck.get(place + 1).map(route);
    let count = t::count(&(place + 1), &deck.len());
    let title = hidden_h1(t::card(&count));
    let face = card_face(app, question, previous.clone(), next.clone());
    let stepper = el("nav").class("stepper").attr("aria-label", t::title()).children(nodes![
        step(previous, t::previous(), Icon::Back),
        span("soft small", count),
        step(next, t::next(), Icon::Forward),
    ]);
    let back = link("button wide", &Route::Questions, nodes![t::to_list()]);
    div("at-table", nodes![title, face, stepper, back]).into()
}

/// The ids of the cards, in order.
fn deck(app: App, at: Option<&String>) -> Vec<String> {
    let found = ordinary(app, &found(app, app.looking));
    if at.is_none_or(|id| found.contains(id)) {
        return found;
    }
    // A card that the present search does not find, such as one from a link: all questions then.
    let all: Vec<String> = app.bank().all().map(|q| q.id.clone()).collect::<Vec<_>>();
    ordinary(app, &all)
}
