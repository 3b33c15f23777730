//! Today: continue a visit, the principle of the day, start a visit.

use naast_core::records::Visit;
use naast_core::route::Route;
use naast_core::time::Day;
use naast_core::{today, visits};
use naast_view::{Element, Node, live, nodes};

use crate::browser::clock;
use crate::labels::time_in_words;
use crate::messages::today as t;
use crate::parts::{
    Icon, action, backup_reminder, button, div, eyebrow_h2, h2, hidden_h1, icon, link, link_row, p, p_of, section,
    strong, two_chairs, ul, update_card,
};
use crate::session::Access;
use crate::state::App;

/// `#/`
pub fn today(app: App) -> Node {
    let principles = &app.content.principles;
    let carried = today::principle_of(clock::today(), principles.len()).and_then(|at| principles.get(at));
    let carried = carried.map(|principle| {
        let children = nodes![strong(&principle.title), p_of("says", &principle.essence)];
        carry(link("card sun stack-s carried", &Route::Principle(principle.id.clone()), children))
    });
    div(
        "stack-l",
        nodes![
            hidden_h1(t::title()),
            live(move || (!app.settings.read().welcomed).then(|| welcome(app))),
            live(move || update_card(app)),
            live(move || go_on(app)),
            carried,
            at_hand(),
            backup_reminder(app),
            go(),
        ],
    )
    .into()
}

/// The same page without what depends on the day or on storage; see `app::first_screen`.
#[cfg(not(target_family = "wasm"))]
pub fn first_screen(app: App) -> Node {
    div(
        "stack-l",
        nodes![
            hidden_h1(t::title()),
            welcome(app).attr("data-first", "visit"),
            ul("list", [locked_row()]).attr("data-first", "vault"),
            carry(div("card sun carried", vec![])),
            at_hand(),
            go(),
        ],
    )
    .into()
}

/// The principle of the day.
fn carry(card: Element) -> Element {
    section("stack-s", nodes![eyebrow_h2(t::carry()), card])
}

fn at_hand() -> Element {
    let rows = [
        link_row(&Route::Questions, Some(Icon::Speech), t::find_question(), ""),
        link_row(&Route::Cards(None), Some(Icon::Cards), t::cards(), ""),
    ];
    section("stack-s", nodes![eyebrow_h2(t::at_hand()), ul("list", rows)])
}

fn go() -> Element {
    action(nodes![link("button main", &Route::Families, nodes![icon(Icon::House), t::go()])])
}

fn locked_row() -> Element {
    link_row(&Route::Families, Some(Icon::Locked), t::locked(), t::open())
}

fn welcome(app: App) -> Element {
    let clear = button("button wide", nodes![t::welcome_done()], move || app.change_settings(|s| s.welcomed = true));
    // One paragraph: it is then the largest text of a first visit, and painted before the app runs.
    let words = p(app.content.texts.welcome.join(" "));
    section("card wash stack", nodes![two_chairs(), h2(t::welcome()), words, clear])
}

/// Visits that were begun or planned; with a locked vault, a way to open it.
fn go_on(app: App) -> Option<Element> {
    match *app.session.access.read() {
        Access::Open => {
            let today = clock::today();
            let (begun, planned) = app.session.with_visits(|all| {
                let rows = |visits: Vec<&Visit>| {
                    visits.into_iter().filter_map(|visit| row(app, visit, today)).take(5).collect::<Vec<_>>()
                };
                (rows(visits::unfinished(all, today)), rows(visits::planned(all, today)))
            });
            let part = |title: &'static str, rows: Vec<Element>| {
                (!rows.is_empty()).then(|| section("stack-s", nodes![eyebrow_h2(title), ul("list", rows)]))
            };
            let (begun, planned) = (part(t::begun(), begun), part(t::planned(), planned));
            (begun.is_some() || planned.is_some()).then(|| div("stack-l", nodes![begun, planned]))
        }
        Access::Locked(_) => {
            // After unlocking the user returns here.
            Some(ul("list", [locked_row()]).on("click", move |_| app.back_when_open.set(true)))
        }
        _ => None,
    }
}

/// A row with the family and the time of a visit.
fn row(app: App, visit: &Visit, today: Day) -> Option<Element> {
    let family = app.session.family_untracked(visit.family)?;
    let at = visit.at.map_or_else(String::new, |at| format!(", {}", time_in_words(at)));
    let line = format!("{}{at}", clock::day_in_words(visit.day));
    let route = Route::Visit(family.id, visit.id, visits::goes_on_at(visit, today));
    Some(link_row(&route, Some(family.symbol.into()), family.nickname, line))
}
