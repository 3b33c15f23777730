//! Several values that change together, in a store where only one `put` is all or nothing: first
//! all of them are put down at one key, then each in its place, then that key goes. Whoever finds
//! that key goes on from there ([`read`]).

use crate::store::{Store, StoreError};
use crate::vault::Written;

/// Where they lie meanwhile.
const KEY: &str = "naast.together";

/// What it begins with.
const FRONT: &str = "naast-together.1";

/// Puts them down. Says whether they lie there; it does no harm when they do not.
pub(crate) fn put(store: &dyn Store, all: &[Written]) -> bool {
    let mut text = String::from(FRONT);
    for written in all {
        text.push('\n');
        text.push_str(&written.place.to_string());
        text.push(' ');
        text.push_str(&written.text);
    }
    store.put(KEY, &text).is_ok()
}

/// Takes them away. When that fails they are found again, and are not newer than what lies in place.
pub(crate) fn remove(store: &dyn Store) {
    let _ = store.remove(KEY);
}

/// What was put down and never taken away: keys and values, each still to be looked at closely.
pub(crate) fn read(store: &dyn Store) -> Result<Vec<(String, String)>, StoreError> {
    let mut all = Vec::new();
    if let Some(text) = store.get(KEY)?
        && let Some(lines) = text.strip_prefix(FRONT)
    {
        for line in lines.lines() {
            if let Some((key, value)) = line.split_once(' ') {
                all.push((key.to_owned(), value.to_owned()));
            }
        }
    }
    Ok(all)
}
