//! Vandaag: go on where one was, take a principle along, start a visit.

use naast_core::order::Listed;
use naast_core::records::Visit;
use naast_core::route::Route;
use naast_core::time::{Day, time_in_words};
use naast_core::{today, visits};

use crate::browser::clock;
use crate::parts::{
    Icon, action, button, div, eyebrow_h2, h2, hidden_h1, icon, link, link_row, p_of, paragraphs, section, strong,
    two_chairs, ul,
};
use crate::session::Access;
use crate::state::App;
use naast_view::nodes;
use naast_view::{Element, Node, live};

/// `#/`
pub fn today(app: App) -> Node {
    let principles = &app.content.principles;
    let carried = today::principle_of(clock::today(), principles.len()).and_then(|at| principles.get(at));
    let carried = carried.map(|principle| {
        let card = link(
            "card sun stack-s",
            &Route::Principle(principle.id.clone()),
            nodes![strong(&principle.title), p_of("says", &principle.essence)],
        );
        section("stack-s", nodes![eyebrow_h2("Vandaag neem ik mee"), card])
    });
    let at_hand = [
        link_row(&Route::Questions, Some(Icon::Speech), "Zoek een vraag", ""),
        link_row(&Route::Cards(None), Some(Icon::Cards), "Vragen als kaarten", ""),
    ];
    let go = link("button main", &Route::Families, nodes![icon(Icon::House), "Ik ga op bezoek"]);
    div(
        "stack-l",
        nodes![
            hidden_h1("Vandaag"),
            live(move || (!app.settings.read().welcomed).then(|| welcome(app))),
            live(move || super::more::update_card(app)),
            live(move || go_on(app)),
            carried,
            section("stack-s", nodes![eyebrow_h2("Snel een vraag bij de hand"), ul("list", at_hand)]),
            super::backup::reminder(app),
            action(nodes![go]),
        ],
    )
    .into()
}

fn welcome(app: App) -> Element {
    let clear = button("button wide", nodes!["Dat is helder"], move || app.change_settings(|s| s.welcomed = true));
    section(
        "card wash stack",
        nodes![two_chairs(), h2("Welkom bij Naast"), paragraphs(&app.content.texts.welcome), clear],
    )
}

/// Visits that were begun; or, locked, that something may be waiting.
fn go_on(app: App) -> Option<Element> {
    match *app.session.access.read() {
        Access::Open => {
            let today = clock::today();
            let (begun, planned) = app.session.with_visits(|all| {
                let rows = |visits: Vec<&Visit>| {
                    visits.into_iter().filter_map(|visit| row(app, visit, today)).take(5).listed()
                };
                (rows(visits::unfinished(all, today)), rows(visits::planned(all, today)))
            });
            let part = |title: &'static str, rows: Vec<Element>| {
                (!rows.is_empty()).then(|| section("stack-s", nodes![eyebrow_h2(title), ul("list", rows)]))
            };
            let (begun, planned) = (part("Verder waar je was", begun), part("Wat eraan komt", planned));
            (begun.is_some() || planned.is_some()).then(|| div("stack-l", nodes![begun, planned]))
        }
        Access::Locked(_) => {
            let door =
                link_row(&Route::Families, Some(Icon::Locked), "Je notities zijn op slot", "Tik om ze te openen.");
            // Who comes from here goes on here.
            Some(ul("list", [door]).on("click", move |_| app.back_when_open.set(true)))
        }
        _ => None,
    }
}

/// A visit, by family and by when.
fn row(app: App, visit: &Visit, today: Day) -> Option<Element> {
    let family = app.session.family_untracked(visit.family)?;
    let at = visit.at.map_or_else(String::new, |at| format!(", {}", time_in_words(at)));
    let line = format!("{}{at}", clock::day_in_words(visit.day));
    let route = Route::Visit(family.id, visit.id, visits::goes_on_at(visit, today));
    Some(link_row(&route, Some(family.symbol.into()), family.nickname, line))
}
