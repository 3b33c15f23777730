//! A list that keeps up with typing.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{Owner, untrack};

use super::ul;
use crate::browser::timer;
use naast_view::{Element, effect, mount};

/// How many rows are drawn in one go. A row takes a slow phone some 2 ms, and beside a keyboard
/// no more than these fit on its screen.
const AT_ONCE: usize = 3;

/// Renders the row of a key.
type RenderRow = dyn Fn(&str) -> Option<Element>;

/// A list with a row for each key, that follows what `keys` says: a row whose key stays, stays. Its
/// beginning is there at once and the rest follows, some rows at a time, so that the next keystroke
/// never waits for rows that nobody sees; with `all_at_once` not so the first time.
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
    /// Under which the rows live; not under what follows the keys, for that ends with each change.
    home: Owner,
    row: Rc<RenderRow>,
    rows: RefCell<Rows>,
}

#[derive(Default)]
struct Rows {
    wanted: Vec<String>,
    /// Those that are there, as they stand on the page. As far as they were drawn, they are as wanted.
    there: Vec<Row>,
    drawn: usize,
    /// The next ones come by themselves.
    more: bool,
}

struct Row {
    key: String,
    node: web_sys::Node,
    /// What the row follows ends when this is dropped.
    _owner: Owner,
}

/// Draws the rows up to here, and after a breath the next.
fn go_on(list: &Rc<List>, to: usize) {
    if list.draw(to) && !std::mem::replace(&mut list.rows.borrow_mut().more, true) {
        let list = list.clone();
        timer::after(0, move || {
            let mut rows = list.rows.borrow_mut();
            rows.more = false;
            let to = rows.drawn + AT_ONCE;
            drop(rows);
            // Off the page: nobody waits for them.
            if list.element.is_connected() {
                go_on(&list, to);
            }
        });
    }
}

impl List {
    /// Takes away what is no longer wanted.
    fn want(&self, keys: Vec<String>) {
        let mut rows = self.rows.borrow_mut();
        rows.there.retain(|row| {
            let stays = keys.contains(&row.key);
            if !stays {
                // It is a child of this list.
                let _ = self.element.remove_child(&row.node);
            }
            stays
        });
        rows.wanted = keys;
        rows.drawn = 0;
    }

    /// Sees to it that the first rows up to here are there. Says whether more are to come.
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
            // The page refuses no row of ours.
            let _ = self.element.insert_before(&row.node, next);
            rows.there.insert(at, row);
        }
        rows.drawn = rows.drawn.max(to);
        to < rows.wanted.len()
    }

    fn made(&self, key: &str) -> Row {
        let owner = self.home.with(Owner::new);
        let place = self.document.create_document_fragment();
        // The page refuses no row of ours.
        let _ = owner.with(|| untrack(|| mount((self.row)(key).into(), &place)));
        // For a key without a row something that does not show.
        let node = place.first_child().unwrap_or_else(|| self.document.create_comment("").into());
        Row { key: key.to_owned(), node, _owner: owner }
    }
}
