//! What lies in the second module of the app: every page behind the door of the vault, and those that
//! make and move one. The first module has what everyone can read, and what keeps; it comes first, and
//! this one after it, by itself.
//!
//! The build splits them (xtask, `split.rs`): whatever only [`way_in`] leads to goes along.

use std::cell::Cell;

use leptos::prelude::untrack;
use naast_core::route::{MorePage, Route};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::app::{focus_heading, inside};
use crate::browser::{task, timer};
use crate::labels::Label;
use crate::parts::{action, button, div, h1, p};
use crate::state::App;
use naast_view::nodes;
use naast_view::{Element, Node, live};

/// Where the second module stands.
#[derive(Clone, Copy)]
pub enum Behind {
    /// On its way.
    Coming,
    /// It did not come: no signal, and not kept yet.
    Missing,
    /// Here, and this makes its pages.
    Here(fn(App, Route) -> Node),
}

#[wasm_split(behind, fallible)]
#[allow(improper_ctypes_definitions, reason = "both sides are compiled at once")]
fn way_in() -> Result<fn(App, Route) -> Node, SplitLoaderError> {
    Ok(inside)
}

/// Gets it. Whatever waits for it goes on by itself.
pub async fn fetch(app: App) {
    app.behind.set(way_in().await.map_or(Behind::Missing, Behind::Here));
}

/// Whether the page of a route lies in it.
#[must_use]
pub fn holds(route: &Route) -> bool {
    route.needs_vault() || matches!(route, Route::MorePage(MorePage::Vault | MorePage::Storage | MorePage::Erase))
}

/// A page of it, as soon as it is here.
pub fn page(app: App, route: Route) -> Node {
    let waited = Cell::new(false);
    live(move || {
        let behind = app.behind.get();
        // Who waited goes on where the page begins.
        if waited.replace(true) {
            timer::after(0, focus_heading);
        }
        match behind {
            Behind::Here(inside) => untrack(|| inside(app, route.clone())),
            Behind::Coming => div("stack", nodes![h1(title(&route)), coming()]).into(),
            Behind::Missing => missing(app, &route),
        }
    })
}

fn title(route: &Route) -> &'static str {
    match route {
        Route::MorePage(page) => page.label(),
        route => route.place().map_or("Naast", |place| place.label()),
    }
}

fn coming() -> Element {
    div("patient stack", nodes![p("Dit deel van Naast komt binnen…"), div("spinner", vec![])])
}

fn missing(app: App, route: &Route) -> Node {
    let again = move || {
        app.behind.set(Behind::Coming);
        task::spawn(fetch(app));
    };
    let why = "Dit deel van Naast staat nog niet op je telefoon. Zoek even bereik en probeer het opnieuw. Wat je eerder bewaarde, is er nog.";
    let or = "Lukt het niet? Sluit Naast dan en open het opnieuw.";
    div(
        "stack",
        nodes![
            h1(title(route)),
            p(why),
            p(or),
            action(nodes![button("button main", nodes!["Probeer opnieuw"], again)])
        ],
    )
    .into()
}
