//! Several values that change together, in a store where only one `put` is all or nothing: first
//! all of them are put down at one key, then each in its place, then that key goes. Whoever finds
//! that key goes on from there ([`read`]).

use crate::keys::Place;
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
    store.get(KEY).is_ok_and(|lies| parse(lies.as_deref()).is_some()) && store.put(KEY, &text).is_ok()
}

/// Takes them away. When that fails they are found again, and are not newer than what lies in place.
pub(crate) fn remove(store: &dyn Store) {
    if let Ok(Some(text)) = store.get(KEY)
        && parse(Some(&text)).is_some()
    {
        let _ = store.remove(KEY);
    }
}

/// What was put down and never taken away: keys and values, each still to be looked at closely.
pub(crate) fn read(store: &dyn Store) -> Result<Vec<(String, String)>, StoreError> {
    Ok(parse(store.get(KEY)?.as_deref()).unwrap_or_default())
}

/// What lies there; nothing of what was cut off. `None` when a later version put it down, which it
/// finishes itself: that is left alone.
fn parse(text: Option<&str>) -> Option<Vec<(String, String)>> {
    let mut all = Vec::new();
    let Some(text) = text.filter(|text| !NAME.starts_with(*text)) else { return Some(all) };
    let mut lines = text.strip_prefix(NAME)?.split('\n');
    let version = lines.next()?;
    if !matches!(version, "" | "1" | "2") {
        return None;
    }
    for line in lines {
        let Some((key, value)) = line.split_once(' ') else { continue };
        match Place::of(key) {
            Place::LaterKind => return None,
            _ if sealed::is_later(value) => return None,
            Place::Record(_) => all.push((key.to_owned(), value.to_owned())),
            _ => {}
        }
    }
    if version != "1" && !text.ends_with(END) {
        all.clear();
    }
    Some(all)
}
