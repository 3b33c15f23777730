//! The frame around every screen: the top line, the page, the bottom bar.

use std::cell::Cell;

use leptos::prelude::untrack;
use naast_core::route::{Place, Route};
use naast_core::settings::Theme;
use wasm_bindgen::JsCast;

use crate::browser::{self, history, timer};
use crate::labels::Label;
use crate::lazy;
use crate::messages::shell as t;
use crate::pages::{
    attitude, cards, concern, course, families, family_edit, farewell, find, help, more, not_found, own_question,
    questions, today, unlock, visit,
};
use crate::parts::{Icon, button, div, hide_button, icon, icon_button, icon_link, li, link, p_of, status, ul};
use crate::session::Access;
use crate::state::App;
use naast_view::nodes;
use naast_view::{Element, Node, effect, el, live};

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
    frame(app, lock.into(), today::first_screen(app)).attr("data-first-screen", "").into()
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

/// Moves the focus to the heading of the page, so that keyboard and screen reader start there.
pub fn focus_heading() {
    let heading = browser::document().and_then(|d| d.query_selector("h1").ok().flatten());
    if let Some(heading) = heading.and_then(|h| h.dyn_into::<web_sys::HtmlElement>().ok()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = heading.focus_with_options(&options);
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
    el("header").class("top").children(nodes![
        skip,
        up,
        p_of("place", title),
        lock,
        icon_link(t::help(), Icon::LifeRing, &Route::Help),
    ])
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
    el("nav").class("bar").attr("aria-label", t::menu()).child(ul("", BAR.map(item)))
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
    if lazy::is_private(&route) { lazy::page(app, route) } else { public_page(app, route) }
}

/// The pages of the first module.
fn public_page(app: App, route: Route) -> Node {
    match route {
        Route::Today => today::today(app),
        Route::Attitude => attitude::attitude(app),
        Route::Principle(id) => attitude::attitude_part(app, &id),
        Route::Questions => questions::questions(app),
        Route::Question(id) => questions::question_page(app, id),
        Route::Cards(at) => cards::cards(app, at),
        Route::More => more::more(app),
        Route::MorePage(page) => more::more_page(app, page),
        Route::Help => help::help(app),
        Route::Worried => help::worried(app),
        Route::Facts => help::facts(app),
        _ => not_found(),
    }
}

/// The pages of the private module; those with private content are shown once the vault is open.
pub fn private_page(app: App, route: Route) -> Node {
    if route.needs_vault() { unlock::behind_the_door(app, route) } else { screen(app, route) }
}

/// The page of a route in the private module, with the vault open if it needs that.
pub fn screen(app: App, route: Route) -> Node {
    match route {
        Route::NewQuestion => own_question::new_question(app),
        Route::EditQuestion(id) => own_question::edit_question(app, id),
        Route::Families => families::families(app, false),
        Route::Archive => families::families(app, true),
        Route::NewFamily => family_edit::new_family(app),
        Route::Family(id) => families::family_page(app, id),
        Route::EditFamily(id) => family_edit::edit_family(app, id),
        Route::DeleteFamily(id) => family_edit::delete_family(app, id),
        Route::Course(id) => course::course(app, id),
        Route::Farewell(id) => farewell::farewell(app, id),
        Route::Clear(id) => farewell::clear(app, id),
        Route::Find => find::find(app),
        Route::Visit(family, id, screen) => visit::visit_page(app, family, id, screen),
        Route::Concern(family, id) => concern::concern(app, family, id),
        Route::MorePage(page) => more::more_page_inside(app, page),
        // The worker's own question.
        route => public_page(app, route),
    }
}
