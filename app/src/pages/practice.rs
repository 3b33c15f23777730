//! What the worker practises: about the worker alone, over all families, without their names.

use naast_core::course;
use naast_core::records::Visit;
use naast_core::route::{Route, VisitScreen};
use naast_core::visits;

use crate::browser::clock;
use crate::messages::practice as t;
use crate::parts::{compass, div, h2, li, line_picture, link_row, p, p_of, section, ul};
use crate::state::App;
use naast_view::{Element, Node, live, nodes};

/// How many recent visits count as current practice.
const LATELY: usize = 6;

/// `#/meer/oefenen`
pub fn practice(app: App) -> Node {
    live(move || {
        app.session.with_visits(|all| {
            let all = visits::newest_first(all);
            let parts: Vec<Node> = vec![
                wanted(&all).into(),
                stood(app, &all).into(),
                compass(app, &all).into(),
                stories(app, &all).into(),
            ];
            let nothing = parts.iter().all(|part| matches!(part, Node::Nothing));
            let teaching = || p_of("card example", t::empty());
            div("stack-l", nodes![nothing.then(teaching), parts])
        })
    })
}

/// Recent intentions, and what the worker wanted to do differently.
fn wanted(visits: &[&Visit]) -> Option<Element> {
    let mut rows = Vec::new();
    for visit in visits.iter().take(LATELY) {
        for (label, text) in [(t::intended(), &visit.intention), (t::differently(), &visit.differently)] {
            let text = text.trim();
            if !text.is_empty() {
                let when = format!("{label} · {}", clock::day_short(visit.day));
                rows.push(
                    li(nodes![p_of("soft small", when), p_of("pre", text.to_owned()).attr("dir", "auto")])
                        .class("card"),
                );
            }
        }
    }
    (!rows.is_empty()).then(|| section("stack-s", nodes![h2(t::signs()), ul("stack-s", rows)]))
}

/// Seven signs over time; those without marks are left out.
fn stood(app: App, visits: &[&Visit]) -> Option<Element> {
    let mut rows = Vec::new();
    for sign in &app.content.signs {
        let points = course::stood(visits, sign);
        if !points.is_empty() {
            let card =
                nodes![p_of("end small", &sign.democratic), line_picture(&points), p_of("small", &sign.reductionist)];
            rows.push(li(card).class("card stack-s"));
        }
    }
    let about = t::signs_hint();
    (!rows.is_empty())
        .then(|| section("stack-s", nodes![h2(t::signs_over_time()), p_of("soft small", about), ul("stack-s", rows)]))
}

/// The last visits, to tell about among peers.
fn stories(app: App, visits: &[&Visit]) -> Option<Element> {
    let row = |visit: &&Visit| {
        let name = app.session.family_untracked(visit.family).map(|family| family.nickname).unwrap_or_default();
        let route = Route::Visit(visit.family, visit.id, VisitScreen::Intervision);
        link_row(&route, None, clock::day_in_words(visit.day), name)
    };
    let rows: Vec<Element> = visits.iter().take(LATELY).map(row).collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        let about = p(t::intervision_hint());
        section("stack-s", nodes![h2(t::intervision()), about, ul("list", rows)])
    })
}
