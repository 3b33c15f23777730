//! A list that keeps up with typing.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{Owner, untrack};

use super::ul;
use crate::browser::timer;
use naast_view::{Element, effect, mount};

/// How many rows are rendered at once. A row takes some 2 ms on a slow phone, and no more than these fit beside a
/// keyboard.
const AT_ONCE: usize = 3;

/// Renders the row of a key.
type RenderRow = dyn Fn(&str) -> Option<Element>;

/// A list with a row for each of `keys`, which it follows: a row whose key stays is kept. The first rows are
/// rendered at once and the others a few at a time, so that the next keystroke never waits for rows out of sight.
/// With `all_at_once` all rows are rendered the first time.
pub fn long_list(
    all_at_once: bool,
    keys: impl Fn() -> Vec<String> + 'static,
    row: impl Fn(&str) -> Option<Element> + 'static,
) -> Element {
    let (row, keys): (Rc<RenderRow>, Rc<dyn Fn() -> Vec<String>>) = (Rc::new(row), Rc::new(keys));
    ul("list", []).on_mount(move |element| {
        let (Some(home), Some(document)) = (Owner::current(), element.owner_document()) else { return };
        let list = Rc::new(List { element, document, home, row: row.clone(), rows: RefCell::new(Rows::default()) });
        let (keys, first) = (keys.clone(), Cell::new(all_at_once));
        effect(move || {
            let keys = keys();
            let to = if first.take() { keys.len() } else { AT_ONCE };
            list.want(keys);
            go_on(&list, to);
        });
    })
}

struct List {
    element: web_sys::Element,
    document: web_sys::Document,
    /// The owner of the rows. Not the owner of the effect that follows the keys, which is disposed of with each
    /// change.
    home: Owner,
    row: Rc<RenderRow>,
    rows: RefCell<Rows>,
}

#[derive(Default)]
struct Rows {
    wanted: Vec<String>,
    /// The rows on the page. Those before `drawn` are as wanted.
    there: Vec<Row>,
    drawn: usize,
    /// Whether more rows are scheduled.
    more: bool,
}

struct Row {
    key: String,
    node: web_sys::Node,
    /// Disposes of the effects of the row when it is dropped.
    _owner: Owner,
}

/// Renders the rows before `to`, and schedules the next ones.
fn go_on(list: &Rc<List>, to: usize) {
    if list.draw(to) && !std::mem::replace(&mut list.rows.borrow_mut().more, true) {
        let list = list.clone();
        timer::after(0, move || {
            let mut rows = list.rows.borrow_mut();
            rows.more = false;
            let to = rows.drawn + AT_ONCE;
            drop(rows);
            // The list is no longer on the page.
            if list.element.is_connected() {
                go_on(&list, to);
            }
        });
    }
}

impl List {
    /// Removes rows that are no longer wanted.
    fn want(&self, keys: Vec<String>) {
        let mut rows = self.rows.borrow_mut();
        rows.there.retain(|row| {
            let stays = keys.contains(&row.key);
            if !stays {
                // Fails only if it is no child of this list.
                let _ = self.element.remove_child(&row.node);
            }
            stays
        });
        rows.wanted = keys;
        rows.drawn = 0;
    }

    /// Renders the rows before `to`. Returns whether more are wanted.
    fn draw(&self, to: usize) -> bool {
        let mut rows = self.rows.borrow_mut();
        let to = to.min(rows.wanted.len());
        for at in rows.drawn..to {
            let key = &rows.wanted[at];
            if rows.there.get(at).is_some_and(|row| row.key == *key) {
                continue;
            }
            let row = match rows.there.iter().position(|row| row.key == *key) {
                Some(later) => rows.there.remove(later),
                None => self.made(key),
            };
            let next = rows.there.get(at).map(|row| &row.node);
            // Fails only if `next` is no child of this list.
            let _ = self.element.insert_before(&row.node, next);
            rows.there.insert(at, row);
        }
        rows.drawn = rows.drawn.max(to);
        to < rows.wanted.len()
    }

    fn made(&self, key: &str) -> Row {
        let owner = self.home.with(Owner::new);
        let place = self.document.create_document_fragment();
        // Fails only for an invalid name of an element or attribute.
        let _ = owner.with(|| untrack(|| mount((self.row)(key).into(), &place)));
        // A key without a row gets a comment.
        let node = place.first_child().unwrap_or_else(|| self.document.create_comment("").into());
        Row { key: key.to_owned(), node, _owner: owner }
    }
}
