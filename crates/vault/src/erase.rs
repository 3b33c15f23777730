//! Erasing everything on a user's word: the only case in which unreadable values are deleted too.
//!
//! A mark is set first and removed last; an app that finds it continues the erasure. In between the journal is
//! cleared, because it would restore what the store lost. The header goes before the records that it opens, so that
//! a part of the vault never looks like the whole.

use crate::keys::HEADER_KEY;
use crate::store::{Store, StoreError};

/// The key of the mark.
const KEY: &str = "naast.erasing";

/// The prefix of all keys of Naast, including those of later versions.
const OURS: &str = "naast.";

/// Sets the mark. If there is no room for it, erasing goes on without it.
pub fn begin(store: &dyn Store) {
    let _ = store.put(KEY, "1");
}

/// Whether an erasure was started and not finished.
///
/// # Errors
/// [`StoreError`] if the storage cannot be read.
pub fn is_under_way(store: &dyn Store) -> Result<bool, StoreError> {
    Ok(store.get(KEY)?.is_some())
}

/// Removes everything of Naast. Call it once the journal is empty. If that is not certain, the mark stays: what the
/// journal still holds must not come back.
///
/// # Errors
/// [`StoreError`] if the store refused; erasing again continues.
pub fn finish(store: &dyn Store, journal_gone: bool) -> Result<(), StoreError> {
    store.remove(HEADER_KEY)?;
    for key in store.keys()?.iter().filter(|key| key.starts_with(OURS) && *key != KEY) {
        store.remove(key)?;
    }
    if journal_gone { store.remove(KEY) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::{Fault, MemoryStore};
    use crate::state::{State, inspect};

    /// A vault, one of its records, what lies beside it, and something of somebody else.
    fn full() -> MemoryStore {
        let store = MemoryStore::new();
        for key in [HEADER_KEY, "naast.visit.010101010101010101010101", "naast.settings", "naast.together", "other"] {
            store.plant(key, "x");
        }
        store
    }

    #[test]
    fn nothing_of_ours_is_left_and_all_of_others() {
        let store = full();
        begin(&store);
        assert_eq!(is_under_way(&store), Ok(true));
        finish(&store, true).unwrap();
        assert_eq!(store.snapshot().into_keys().collect::<Vec<_>>(), ["other"]);
        assert_eq!(is_under_way(&store), Ok(false));
    }

    #[test]
    fn whenever_the_power_goes_either_nothing_happened_or_it_is_finished_later() {
        let whole = full().snapshot();
        for n in 0..6 {
            let store = full();
            store.fail_write(n, Fault::Die);
            begin(&store);
            let done = finish(&store, true);
            store.revive();
            assert!(done.is_err(), "write {n}");
            if !is_under_way(&store).unwrap() {
                assert_eq!(store.snapshot(), whole, "write {n}");
                continue;
            }
            // A header is there only beside everything that it opens.
            assert!(store.get(HEADER_KEY).unwrap().is_none() || store.snapshot().len() == whole.len() + 1);
            finish(&store, true).unwrap();
            assert!(matches!(inspect(&store), Ok(State::Absent)));
            assert_eq!(store.snapshot().len(), 1);
        }
    }

    #[test]
    fn where_the_journal_may_still_hold_something_the_mark_stays() {
        let store = full();
        begin(&store);
        finish(&store, false).unwrap();
        assert_eq!(store.snapshot().into_keys().collect::<Vec<_>>(), [KEY, "other"]);
        finish(&store, true).unwrap();
        assert_eq!(is_under_way(&store), Ok(false));
    }

    #[test]
    fn a_store_without_room_for_the_mark_is_erased_as_well() {
        let store = full();
        store.fail_write(0, Fault::Refuse(StoreError::Full));
        begin(&store);
        finish(&store, true).unwrap();
        assert_eq!(store.snapshot().len(), 1);
    }
}
