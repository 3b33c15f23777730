//! Erasing everything, because somebody typed that they want it: the one time that also what cannot
//! be read is deleted.
//!
//! A mark is put down first and goes last. Whoever finds it goes on erasing. In between the journal
//! is emptied, or it would bring back what the store lost; then the header goes before the records
//! that it opens, so that at no moment a part of the vault looks like all of it.

use crate::keys::HEADER_KEY;
use crate::store::{Store, StoreError};

/// Where the mark lies.
const KEY: &str = "naast.erasing";

/// How every key of ours begins, also those of later versions.
const OURS: &str = "naast.";

/// Puts the mark down. Where there is no room for it erasing goes on without.
pub fn begin(store: &dyn Store) {
    let _ = store.put(KEY, "1");
}

/// Whether erasing was begun and did not come to its end.
///
/// # Errors
/// [`StoreError`] when storage cannot be asked.
pub fn is_under_way(store: &dyn Store) -> Result<bool, StoreError> {
    Ok(store.get(KEY)?.is_some())
}

/// Takes away all that is ours. To be called once the journal is empty; where it may not be, the mark
/// stays: what the journal still holds must not come back.
///
/// # Errors
/// [`StoreError`] when storage refused; what is left can be erased by doing it again.
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
