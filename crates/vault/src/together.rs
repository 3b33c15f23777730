//! Several values that change together, in a store where only one `put` is all or nothing: first
//! all of them are put down at one key, then each in its place, then that key goes. Whoever finds
//! that key goes on from there ([`read`]).

use crate::keys::{Place, RecordKey};
use crate::sealed;
use crate::store::{Store, StoreError};
use crate::vault::Written;

/// Where they lie meanwhile.
pub(crate) const KEY: &str = "naast.together";

/// What it begins with, before its version.
const NAME: &str = "naast-together.";

/// What ends it, since version 2: without that it was cut off, and none of it counts.
const END: &str = "\n.";

/// Puts them down. Says whether they lie there; it does no harm when they do not.
pub(crate) fn put(store: &dyn Store, all: &[Written]) -> bool {
    let mut text = [NAME, "2"].concat();
    for written in all {
        text.push('\n');
        text.push_str(&written.place.to_string());
        text.push(' ');
        text.push_str(&written.text);
    }
    text.push_str(END);
    store.get(KEY).is_ok_and(|lies| is_ours(lies.as_deref())) && store.put(KEY, &text).is_ok()
}

/// Takes them away. When that fails they are found again, and are not newer than what lies in place.
pub(crate) fn remove(store: &dyn Store) {
    if store.get(KEY).is_ok_and(|lies| lies.is_some() && is_ours(lies.as_deref())) {
        let _ = store.remove(KEY);
    }
}

/// What was put down and never taken away: keys and values, each still to be looked at closely.
pub(crate) fn read(store: &dyn Store) -> Result<Vec<(String, String)>, StoreError> {
    let mut all = Vec::new();
    if let Some(text) = store.get(KEY)? {
        let known = |(key, _): &(&str, &str)| RecordKey::parse(key).is_some();
        for (key, value) in lines(&text).unwrap_or_default().lines().filter_map(entry).filter(known) {
            all.push((key.to_owned(), value.to_owned()));
        }
    }
    Ok(all)
}

/// The lines of a text that is whole and ours.
fn lines(text: &str) -> Option<&str> {
    match text.strip_prefix(NAME)?.split_once('\n')? {
        ("1", lines) => Some(lines),
        ("2", lines) => lines.strip_suffix(END),
        _ => None,
    }
    .filter(|lines| !lines.lines().any(is_later))
}

/// A key and its value.
fn entry(line: &str) -> Option<(&str, &str)> {
    line.split_once(' ')
}

/// Whether a line is of a kind, or a version, that came later.
fn is_later(line: &str) -> bool {
    entry(line).is_some_and(|(key, value)| Place::of(key) == Place::LaterKind || sealed::is_later(value))
}

/// Whether nothing lies there but what a version up to this one put down, or began to. What a later
/// one put down it finishes itself.
fn is_ours(text: Option<&str>) -> bool {
    let Some(text) = text else { return true };
    let Some(rest) = text.strip_prefix(NAME) else { return NAME.starts_with(text) };
    match rest.split_once('\n').unwrap_or((rest, "")) {
        ("", _) => true,
        ("1" | "2", cut) => !cut.lines().any(is_later),
        _ => false,
    }
}
