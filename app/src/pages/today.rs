//! Vandaag: go on where one was, take a principle along, start a visit.

use naast_core::records::Visit;
use naast_core::route::{Route, VisitScreen};
use naast_core::{today, visits};

use crate::browser::clock;
use crate::node::{Element, Node, live};
use crate::nodes;
use crate::parts::{
    Icon, action, button, div, eyebrow_h2, h2, hidden_h1, icon, link, link_row, p_of, paragraphs, section, strong,
    two_chairs, ul,
};
use crate::session::Access;
use crate::state::App;

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
            section("stack-s", nodes![eyebrow_h2("Zo een vraag bij de hand"), ul("list", at_hand)]),
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
            let rows = app.session.with_visits(|all| {
                let row = |visit: &Visit| {
                    let family = app.session.family_untracked(visit.family)?;
                    let route = Route::Visit(family.id, visit.id, VisitScreen::Hold);
                    let line = format!("bezoek van {}", clock::day_in_words(visit.day));
                    Some(link_row(&route, Some(family.symbol.into()), family.nickname, line))
                };
                visits::unfinished(all).into_iter().filter_map(row).take(5).collect::<Vec<_>>()
            });
            let any = !rows.is_empty();
            any.then(|| section("stack-s", nodes![eyebrow_h2("Verder waar je was"), ul("list", rows)]))
        }
        Access::Locked(_) => {
            let door =
                link_row(&Route::Families, Some(Icon::Locked), "Je notities zijn op slot", "Tik om ze te openen.");
            Some(ul("list", [door]))
        }
        _ => None,
    }
}
