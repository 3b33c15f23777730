//! Loading the private module: the pages behind the lock, and those that create, move and erase a vault.
//!
//! A release build is split in two WebAssembly modules, so that a first visit waits only for what everyone
//! can read. What only [`private_pages`] leads to is moved to the private module, which is fetched as soon as
//! the app has started. A build of plain Trunk is one module, and this file behaves the same.

use std::cell::Cell;

use leptos::prelude::untrack;
use naast_core::route::{MorePage, Route};
use naast_view::{Element, Node, live, nodes};
use wasm_split_helpers::SplitLoaderError;

use crate::browser::focus::focus_heading;
use crate::browser::{task, timer};
use crate::labels::Label;
use crate::messages::lazy as t;
use crate::parts::{action, button, div, h1, p};
use crate::router::private_page;
use crate::state::{App, PrivateModule};

#[cfg(split)]
#[wasm_split_helpers::wasm_split(private, fallible)]
#[allow(improper_ctypes_definitions, reason = "both modules are compiled at once")]
fn private_pages() -> Result<fn(App, Route) -> Node, SplitLoaderError> {
    Ok(private_page)
}

#[cfg(not(split))]
#[allow(clippy::unused_async, reason = "it is the same function as in a split build")]
async fn private_pages() -> Result<fn(App, Route) -> Node, SplitLoaderError> {
    Ok(private_page)
}

/// Fetches the private module; pages that wait for it are rendered then.
pub async fn fetch(app: App) {
    app.private_module.set(private_pages().await.map_or(PrivateModule::Failed, PrivateModule::Loaded));
}

/// Whether the page of a route is in the private module.
#[must_use]
pub fn is_private(route: &Route) -> bool {
    route.needs_vault()
        || matches!(route, Route::Together | Route::MorePage(MorePage::Vault | MorePage::Storage | MorePage::Erase))
}

/// A page of the private module, rendered as soon as that is loaded.
pub fn page(app: App, route: Route) -> Node {
    let rendered = Cell::new(false);
    live(move || {
        let module = app.private_module.get();
        // The heading changed, so the focus goes there again.
        if rendered.replace(true) {
            timer::after(0, focus_heading);
        }
        match module {
            PrivateModule::Loaded(page) => untrack(|| page(app, route.clone())),
            PrivateModule::Loading => div("stack", nodes![h1(title(&route)), loading()]).into(),
            PrivateModule::Failed => failed(app, &route),
        }
    })
}

fn title(route: &Route) -> &'static str {
    match route {
        Route::MorePage(page) => page.label(),
        route => route.place().map_or_else(crate::messages::shell::app, |place| place.label()),
    }
}

fn loading() -> Element {
    div("patient stack", nodes![p(t::loading()), div("spinner", vec![])])
}

fn failed(app: App, route: &Route) -> Node {
    let retry = move || {
        app.private_module.set(PrivateModule::Loading);
        task::spawn(fetch(app));
    };
    div(
        "stack",
        nodes![
            h1(title(route)),
            p(t::failed()),
            p(t::reopen()),
            action(nodes![button("button main", nodes![t::retry()], retry)])
        ],
    )
    .into()
}
