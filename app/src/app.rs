//! The frame around every screen: the top line, the page, the bottom bar.

use std::cell::Cell;

use leptos::prelude::untrack;
use naast_core::route::{Place, Route};
use naast_core::settings::Theme;

use crate::browser::focus::focus_heading;
use crate::browser::{self, history, timer};
use crate::labels::Label;
use crate::messages::shell as t;
use crate::parts::{Icon, button, div, hide_button, icon, icon_button, icon_link, li, link, p_of, status, ul};
use crate::session::Access;
use crate::state::App;
use crate::{lazy, router};
use naast_view::{Element, Node, Text, effect, el, live, nodes};

/// The order of the bottom bar.
const BAR: [(Place, Icon); 5] = [
    (Place::Today, Icon::Table),
    (Place::Questions, Icon::Speech),
    (Place::Families, Icon::House),
    (Place::Attitude, Icon::Beside),
    (Place::More, Icon::Lines),
];

/// Everything on the screen.
pub fn shell(app: App) -> Node {
    effect(move || show_theme(app.settings.read().theme));
    let open = Cell::new(false);
    effect(move || {
        // Also when another tab locked the vault.
        let now = matches!(*app.session.access.read(), Access::Open);
        let before = open.replace(now);
        if before && !now {
            app.forget();
        }
        if now && app.session.received.get_untracked() {
            app.session.received.set(false);
            app.say(t::received());
        }
        if before != now {
            history::page_changed();
        }
    });
    let arrived = Cell::new(false);
    let page = live(move || {
        let route = app.route.get();
        show_title(route.place());
        // The first page reports by itself that it is ready.
        if arrived.replace(true) {
            timer::after(0, focus_heading);
        }
        untrack(|| page(app, route))
    });
    nodes![frame(app, live(move || lock_button(app)), page), toast(app)].into()
}

/// The top line, the page and the bottom bar.
fn frame(app: App, lock: Node, page: Node) -> Element {
    div("shell", nodes![top_line(app, lock), el("main").class("page").child(page), bottom_bar(app)])
}

/// What a build can know of the screen at `#/`: what depends on the day or on storage is left out, or is
/// shown where `public/first.js` finds that it fits.
#[cfg(not(target_family = "wasm"))]
pub fn first_screen(app: App) -> Node {
    let lock = icon_link(t::locked(), Icon::Locked, &Route::Families).attr("data-first", "vault");
    frame(app, lock.into(), crate::pages::today::first_screen(app)).attr("data-first-screen", "").into()
}

/// The title holds nothing from the vault: it shows in the task switcher and in the history.
fn show_title(place: Option<Place>) {
    if let Some(document) = browser::document() {
        document.set_title(&match place {
            Some(Place::Today) | None => t::app().to_owned(),
            Some(place) => t::title(&place.label()),
        });
    }
}

fn show_theme(theme: Theme) {
    if let Some(root) = browser::document().and_then(|d| d.document_element()) {
        let name = match theme {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        // Fails only for an invalid attribute name.
        let _ = root.set_attribute("data-theme", name);
    }
}

fn top_line(app: App, lock: Node) -> Element {
    let up = live(move || app.route.read().parent().map(|route| icon_link(t::up(), Icon::Back, &route)));
    let title = live(move || match &*app.route.read() {
        Route::Help | Route::Worried | Route::Facts => t::help(),
        route => route.place().map_or_else(t::app, |place| place.label()),
    });
    // A button, because the hash of a link is a route.
    let skip = button("skip", nodes![t::skip()], focus_heading);
    el("header").class("top").live_attr("hidden", move || hidden(app)).children(nodes![
        skip,
        up,
        p_of("place", title),
        lock,
        icon_link(t::help(), Icon::LifeRing, &Route::Help),
    ])
}

/// Hides the frame while the phone is with the parent: the page is all there is.
fn hidden(app: App) -> Option<Text> {
    let is_with_parent = app.turned.read().is_some() || *app.route.read() == Route::Together;
    is_with_parent.then(|| "".into())
}

/// With an open vault a button that hides it, with a locked one a link that unlocks it.
fn lock_button(app: App) -> Option<Element> {
    match *app.session.access.read() {
        Access::Open => Some(hide_button(app)),
        Access::Locked(_) => Some(icon_link(t::locked(), Icon::Locked, &Route::Families)),
        _ => None,
    }
}

fn bottom_bar(app: App) -> Element {
    let item = |(place, drawing): (Place, Icon)| {
        let current = move || (app.route.read().place() == Some(place)).then_some("page".into());
        li(nodes![link("", &place.route(), nodes![icon(drawing), place.label()]).live_attr("aria-current", current)])
    };
    el("nav")
        .class("bar")
        .live_attr("hidden", move || hidden(app))
        .attr("aria-label", t::menu())
        .child(ul("", BAR.map(item)))
}

fn toast(app: App) -> Element {
    let message = live(move || {
        app.toast.get().map(|toast| {
            let act = toast.act.map(|(word, act)| button("button", nodes![word], move || act()));
            let close = icon_button(t::close_message(), Icon::Close, move || app.toast.set(None));
            div("toast", nodes![p_of("grow", toast.text), act, close])
        })
    });
    status("", nodes![message])
}

/// The page of a route.
fn page(app: App, route: Route) -> Node {
    if lazy::is_private(&route) { lazy::page(app, route) } else { router::public_page(app, route) }
}
