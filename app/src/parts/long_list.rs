//! A list that keeps up with typing.

use std::rc::Rc;

use leptos::prelude::{Owner, untrack};
use naast_core::order::Listed;

use super::ul;
use crate::browser::timer;
use crate::node::{Element, mount};

/// How many rows are drawn in one go. A row takes a slow phone some 2 ms, and beside a keyboard
/// no more than these fit on its screen.
const AT_ONCE: usize = 3;

/// Draws the row at a place.
trait Row {
    fn draw(&self, at: usize) -> Option<Element>;
}

impl<F: Fn(usize) -> Option<Element>> Row for F {
    fn draw(&self, at: usize) -> Option<Element> {
        self(at)
    }
}

/// A list of `count` rows. Where `gradual`, its beginning is there at once and the rest follows,
/// some rows at a time, so that the next keystroke never waits for rows that nobody sees.
pub fn long_list(count: usize, gradual: bool, row: impl Fn(usize) -> Option<Element> + 'static) -> Element {
    let row: Rc<dyn Row> = Rc::new(row);
    let first = if gradual { count.min(AT_ONCE) } else { count };
    let list = ul("list", (0..first).filter_map(|at| row.draw(at)).listed());
    if first == count {
        return list;
    }
    list.made(move |list| go_on(list, Owner::current(), row.clone(), first, count))
}

fn go_on(list: web_sys::Element, owner: Option<Owner>, row: Rc<dyn Row>, from: usize, count: usize) {
    timer::after(0, move || {
        let to = count.min(from + AT_ONCE);
        // Off the page: another list took its place.
        let Some(here) = owner.as_ref().filter(|_| list.is_connected()) else { return };
        here.with(|| {
            untrack(|| {
                for row in (from..to).filter_map(|at| row.draw(at)) {
                    // The page refuses no row of ours.
                    let _ = mount(row.into(), &list);
                }
            });
        });
        if to < count {
            go_on(list, owner, row, to, count);
        }
    });
}
