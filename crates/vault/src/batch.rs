//! Several values that change together, in a store where only a single `put` is atomic.
//!
//! All values are first written under one key ([`put`]), then each under its own, and then that key is
//! removed ([`remove`]). If this is interrupted, the next opening finds the key and finishes ([`read`]).

use crate::keys::{Place, RecordKey};
use crate::sealed::{self, Generation};
use crate::store::{Store, StoreError};

/// A sealed value that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The place it was written to.
    pub place: RecordKey,
    /// Its generation.
    pub generation: Generation,
    /// Whether it says that the record is gone.
    pub gone: bool,
    /// The value in the store.
    pub text: String,
}

/// The key of the batch.
pub(crate) const KEY: &str = "naast.together";

/// The start of the value, before its version.
const NAME: &str = "naast-together.";

/// The end of the value, since version 2. Without it the value was cut off, and is not used at all.
const END: &str = "\n.";

/// Writes the batch. Returns whether it is stored; if not, the values are written one by one all the same.
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

/// Removes the batch. If that fails it is found again, and its values are no newer than those in place.
pub(crate) fn remove(store: &dyn Store) {
    if let Ok(Some(text)) = store.get(KEY)
        && parse(Some(&text)).is_some()
    {
        let _ = store.remove(KEY);
    }
}

/// The keys and values of a batch that was not finished. Each value is still to be checked.
pub(crate) fn read(store: &dyn Store) -> Result<Vec<(String, String)>, StoreError> {
    Ok(parse(store.get(KEY)?.as_deref()).unwrap_or_default())
}

/// The keys and values in a batch; none if it was cut off. `None` for a batch of a later version, which only
/// that version may finish.
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
