//! What is stored on this device: how much, how much room is left, and what could not be read.

use naast_core::capacity;
use naast_core::route::{MorePage, Route};

use super::*;
use crate::messages::data as t;
use crate::session::Access;
use crate::state::App;

/// What localStorage holds in every browser, in ASCII characters.
const ROOM: usize = 5_200_000;

/// How many more visits fit, as a number and in words.
pub fn room_left(app: App, used: usize) -> (usize, String) {
    let left = capacity::visits_left(used, ROOM, app.session.with_visits(|all| all.len()));
    (left, t::left(&capacity::in_thousands(left)))
}

pub fn kept(app: App) -> Option<Element> {
    if !matches!(*app.session.access.read(), Access::Open) {
        return None;
    }
    let counts = [
        t::families(app.session.families().len()),
        t::visits(app.session.with_visits(|all| all.len())),
        t::own_questions(app.session.own_questions_untracked().len()),
    ];
    Some(ul("bullets", counts.map(|count| li(nodes![count]))))
}

/// A notice on the page with families, long before the storage is full.
pub fn room_notice(app: App) -> Node {
    let (left, words) = room_left(app, *app.session.used.read());
    let todo = t::full_todo();
    (left < capacity::LITTLE)
        .then(|| link("card sun", &Route::MorePage(MorePage::Storage), nodes![strong(words), br(), todo]))
        .into()
}

/// A notice on the page with families: something could not be read.
pub fn unreadable_notice(app: App) -> Node {
    let count = app.session.set_aside.read().len();
    let notice = (count > 0).then(|| {
        let words = nodes![strong(t::not_read(count)), br(), t::unreadable_rest()];
        link("card sun", &Route::MorePage(MorePage::Storage), words)
    });
    notice.into()
}
