//! Two stores that hold the same: one that answers at once, and a journal that is slower and does
//! not forget.
//!
//! The app reads and writes the [`Store`]. Whatever it wrote goes to the journal as well, as the
//! same sealed texts under the same keys, several at once or none; only the app can wait for
//! that, so here the journal is just what it holds. When the vault opens, the newest writing of
//! each record that can be read wins, wherever it lies, and the other store is brought up to it.

use crate::ascii::Unreadable;
use crate::header::Header;
use crate::keys::{HEADER_KEY, Place, RecordKey};
use crate::state::set_header_aside;
use crate::store::{Store, StoreError};
use crate::together;
use crate::vault::{Opened, Reason, SetAside, Stamped, Vault};
use naast_core::order::in_order;
use naast_core::records::{Kind, Record};

/// What both stores hold, and where one is behind the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loaded {
    /// What could be read, by key.
    pub records: Vec<Stamped<Record>>,
    /// Other words at the same places, that two tabs wrote at once: to be kept beside those.
    pub beside: Vec<Record>,
    /// What could not be read; it stays where it is.
    pub set_aside: Vec<SetAside>,
    /// What the journal lacks.
    pub for_journal: Vec<(String, String)>,
    /// What the store lacks (`None`: has too much).
    for_store: Vec<(String, Option<String>)>,
    /// The same, where something lies that cannot be read. A copy of that is in `for_journal`:
    /// only when it has arrived there it may be replaced here.
    over_damage: Vec<(String, Option<String>)>,
}

fn value_at<'a>(all: &'a [(String, String)], key: &str) -> Option<&'a str> {
    all.binary_search_by(|(known, _)| known.as_str().cmp(key)).ok().map(|at| all[at].1.as_str())
}

impl Vault {
    /// Reads every record in the store and in what the journal holds. One that cannot be read does
    /// not keep the others from opening. Changes nothing: see [`Self::heal`].
    ///
    /// # Errors
    /// [`StoreError`] when the store itself cannot be asked.
    pub fn load(&self, store: &dyn Store, journal: Vec<(String, String)>) -> Result<Loaded, StoreError> {
        let sorted = |all| in_order(all, &|a: &(String, String), b| a.0.cmp(&b.0));
        let (journal, together) = (sorted(journal), sorted(together::read(store)?));
        let mut keys = store.keys()?;
        keys.extend(journal.iter().chain(&together).map(|(key, _)| key.clone()));
        let mut loaded = Loaded::default();
        let mut before = String::new();
        for key in in_order(keys, &|a: &String, b| a.cmp(b)) {
            if key == before {
                continue;
            }
            before.clone_from(&key);
            match Place::of(&key) {
                Place::Record(place) => {
                    let stored = store.get(&key)?;
                    let copies = [stored.as_deref(), value_at(&journal, &key), value_at(&together, &key)];
                    self.weigh(key, &place, copies, &mut loaded);
                }
                Place::Foreign(kind) => loaded.set_aside(key, Some(kind), Reason::Foreign),
                Place::LaterKind => loaded.set_aside(key, None, Reason::Newer),
                Place::Elsewhere => {}
            }
        }
        Ok(loaded)
    }

    /// Finds the newest of the copies at a place: of the store, of the journal, and of what was put
    /// down together.
    fn weigh(&self, key: String, place: &RecordKey, copies: [Option<&str>; 3], loaded: &mut Loaded) {
        let [stored, journalled, _] = copies;
        let mut broken = Vec::new();
        let mut readable: Vec<(&str, u64, Opened)> = Vec::new();
        for text in copies.into_iter().flatten() {
            if broken.contains(&text) || readable.iter().any(|(known, ..)| *known == text) {
                continue;
            }
            match self.open(place, text) {
                // Whoever wrote that knows better what to do with the others.
                Opened::Unreadable(Reason::Newer) => return loaded.set_aside(key, Some(place.kind), Reason::Newer),
                Opened::Unreadable(_) => broken.push(text),
                Opened::Gone(generation) => readable.push((text, generation.number(), Opened::Gone(generation))),
                Opened::Record(record) => {
                    readable.push((text, record.generation.number(), Opened::Record(record)));
                }
            }
        }
        let Some(newest) = readable.iter().map(|(_, number, _)| *number).max() else {
            if !broken.is_empty() {
                loaded.set_aside(key, Some(place.kind), Reason::Corrupt);
            }
            return;
        };
        let mut winner: Option<(&str, Opened)> = None;
        for (text, _, opened) in readable.into_iter().filter(|(_, number, _)| *number == newest) {
            winner = match (winner, opened) {
                // Two tabs wrote the same one at once: neither is dropped.
                (Some((first, Opened::Record(one))), Opened::Record(other)) => {
                    loaded.beside.push(other.value);
                    Some((first, Opened::Record(one)))
                }
                (Some((_, Opened::Gone(_))) | None, opened) => Some((text, opened)),
                (first, _) => first,
            };
        }
        let Some((text, opened)) = winner else { return };

        let wanted = matches!(opened, Opened::Record(_)).then_some(text);
        if stored != wanted {
            let damage = stored.is_some_and(|stored| broken.contains(&stored));
            let list = if damage { &mut loaded.over_damage } else { &mut loaded.for_store };
            list.push((key.clone(), wanted.map(ToOwned::to_owned)));
        }
        for text in broken {
            loaded.for_journal.push((["naast.damaged.", &key].concat(), text.to_owned()));
        }
        if journalled != Some(text) {
            loaded.for_journal.push((key, text.to_owned()));
        }
        match opened {
            Opened::Record(record) => loaded.records.push(*record),
            Opened::Gone(generation) => self.note_gone(place, generation),
            Opened::Unreadable(_) => {}
        }
    }

    /// Brings the store up to what was read. `journalled` says whether the journal has all of
    /// [`Loaded::for_journal`]: only then something unreadable is replaced.
    ///
    /// # Errors
    /// [`StoreError`] when the store refuses; what it held is still there.
    pub fn heal(&self, store: &dyn Store, loaded: &Loaded, journalled: bool) -> Result<(), StoreError> {
        let over_damage = if journalled { &loaded.over_damage[..] } else { &[] };
        for (key, text) in loaded.for_store.iter().chain(over_damage) {
            match text {
                Some(text) => store.put(key, text)?,
                None => store.remove(key)?,
            }
        }
        together::remove(store);
        Ok(())
    }
}

impl Loaded {
    fn set_aside(&mut self, key: String, kind: Option<Kind>, reason: Reason) {
        self.set_aside.push(SetAside { key, kind, reason });
    }
}

/// Brings the header of the store up to that of the journal, where that one is newer or the only
/// one that can be read; gives what the journal lacks.
///
/// # Errors
/// [`StoreError`] when the store cannot be asked or refuses.
pub fn same_header(store: &dyn Store, journal: Option<String>) -> Result<Option<(String, String)>, StoreError> {
    let stored = store.get(HEADER_KEY)?;
    if stored == journal {
        return Ok(None);
    }
    let number = |text: &Option<String>| text.as_ref().map(|text| Header::parse(text).map(|header| header.number()));
    let (here, there) = (number(&stored), number(&journal));
    match here {
        // A later version of Naast wrote it.
        Some(Err(Unreadable::Newer(_))) => return Ok(None),
        Some(Ok(here)) if !matches!(there, Some(Ok(there)) if there > here) => {
            return Ok(stored.map(|text| (HEADER_KEY.to_owned(), text)));
        }
        _ => {}
    }
    if let Some(journal) = journal {
        if let Some(Err(_)) = here {
            set_header_aside(store)?;
        }
        store.put(HEADER_KEY, &journal)?;
    }
    Ok(None)
}

#[cfg(test)]
#[path = "journal_tests.rs"]
mod tests;
