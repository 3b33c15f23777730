//! Searching everything in the vault.

use std::rc::Rc;

use naast_core::find::{self, Hit};
use naast_core::records::Record;
use naast_core::route::Route;
use naast_core::time::Day;
use naast_core::visits;

use crate::browser::clock;
use crate::messages::find as t;
use crate::parts::{div, h1, link_row, long_list, p_of, search_line, status};
use crate::state::App;
use naast_view::{Element, LocalSignal, Node, live, nodes};

/// The most results shown; typing more narrows them.
const MOST: usize = 12;

/// `#/gezinnen/zoeken`
pub fn find(app: App) -> Node {
    let query = LocalSignal::new(String::new());
    // Created once: while this page is open no text changes but the query.
    let finder = Rc::new(app.session.finder());
    let found = live(move || {
        let query = query.read();
        if query.trim().is_empty() {
            return Node::from(p_of("card example", t::example()));
        }
        let hits = finder.search(&query, MOST);
        let count = match hits.len() {
            0 => t::nothing().to_owned(),
            MOST => t::first(&MOST),
            n => t::found(n),
        };
        // Results show the words that were found, so with every letter all rows differ.
        let keys: Vec<String> = hits.iter().map(|hit| hit.id.to_string()).collect::<Vec<_>>();
        let today = clock::today();
        let rows = long_list(
            false,
            move || keys.clone(),
            move |id| row(app, hits.iter().find(|hit| hit.id.to_string() == id)?, &query, today),
        );
        nodes![status("soft small", nodes![count]), rows].into()
    });
    let line = search_line(t::field(), "", move || (*query.read()).clone(), move |text| query.set(text));
    div("stack", nodes![h1(t::title()), line, found]).into()
}

fn row(app: App, hit: &Hit, query: &str, today: Day) -> Option<Element> {
    let record = app.session.record_untracked(hit.kind, hit.id)?;
    let words = find::snippet(&record, query);
    let family = app.session.family_untracked(hit.family)?;
    let (route, day) = match &record {
        Record::Visit(visit) => {
            let screen = visits::goes_on_at(visit, today);
            (Route::Visit(family.id, visit.id, screen), Some(visit.day))
        }
        Record::Concern(concern) => (Route::Concern(family.id, concern.id), Some(clock::day_of(concern.created))),
        _ => (Route::Family(family.id), None),
    };
    let title = match day {
        Some(day) => format!("{} · {}", family.nickname, clock::day_short(day)),
        None => family.nickname,
    };
    Some(link_row(&route, Some(family.symbol.into()), title, words))
}
