//! Putting things in order, with one sort for all of them: every sort of a type of its
//! own is some 3 kB more to download.

use core::cmp::Ordering;

/// The items in the order that `compare` says; equal ones stay as they stood.
pub fn in_order<T>(items: Vec<T>, compare: &dyn Fn(&T, &T) -> Ordering) -> Vec<T> {
    let places = places_in_order(items.len(), &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).listed();
    places.into_iter().filter_map(|place| items.get_mut(place).and_then(Option::take)).listed()
}

fn places_in_order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|&a, &b| compare(a, b).then(a.cmp(&b)));
    places
}

/// One way to put items in a list. The ways of `collect` are many, each with code of its own for
/// every iterator: some 150 of them here are 3 kB more to download.
pub trait Listed: Iterator + Sized {
    /// All items, in order.
    fn listed(mut self) -> Vec<Self::Item> {
        fill(&mut self)
    }
}

impl<I: Iterator> Listed for I {}

/// An iterator behind a pointer. Not `dyn Iterator` or `dyn FnMut`: those bring functions along for
/// every kind of iterator that nobody calls.
trait Following<T> {
    fn following(&mut self) -> Option<T>;
}

impl<I: Iterator> Following<I::Item> for I {
    fn following(&mut self) -> Option<I::Item> {
        self.next()
    }
}

#[inline(never)]
fn fill<T>(items: &mut dyn Following<T>) -> Vec<T> {
    let mut all = Vec::new();
    while let Some(item) = items.following() {
        all.push(item);
    }
    all
}

/// The parts in a row, with this between them.
#[must_use]
pub fn joined(parts: &[String], between: &str) -> String {
    let mut all = String::new();
    for (nth, part) in parts.iter().enumerate() {
        if nth > 0 {
            all.push_str(between);
        }
        all.push_str(part);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_stable_sort_of_the_standard_library(items in proptest::collection::vec((0..9u8, any::<u8>()), 0..60)) {
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            prop_assert_eq!(in_order(items, &|a, b| a.0.cmp(&b.0)), expected);
        }
    }
}
