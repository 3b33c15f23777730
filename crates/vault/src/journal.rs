//! Two stores with the same content: one that answers synchronously, and a slower, durable journal.
//!
//! The app reads and writes the [`Store`]. What it writes also goes to the journal, as the same sealed values under
//! the same keys, in one transaction. Only the app can wait for that, so here the journal is a list of values. When
//! the vault opens, the newest readable version of each record wins, wherever it is, and the other store is brought
//! up to it.

use crate::ascii::Unreadable;
use crate::batch;
use crate::header::Header;
use crate::keys::{HEADER_KEY, Place, RecordKey};
use crate::parent::Letter;
use crate::state::{OTHER_HEADER_KEY, aside, set_header_aside};
use crate::store::{Store, StoreError};
use crate::vault::{Opened, Reason, SetAside, Stamped, Vault};
use naast_core::records::{Kind, Record};

/// The content of both stores, and where they differ.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loaded {
    /// The records that could be read, by key.
    pub records: Vec<Stamped<Record>>,
    /// Other versions of records that two tabs wrote at the same time, to be merged.
    pub beside: Vec<Record>,
    /// Values that could not be read; they stay where they are.
    pub set_aside: Vec<SetAside>,
    /// Answers of parents, to be added to the records.
    pub letters: Vec<Letter>,
    /// The values that the journal lacks.
    pub for_journal: Vec<(String, String)>,
    for_store: Vec<Mend>,
    /// A batch cannot be read, and a copy of it is in `for_journal`.
    torn: bool,
    /// A batch is of a later version, and stays.
    unfinished: bool,
}

/// A place at which the store lacks the newest version.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mend {
    key: String,
    /// What was stored there. If it is something else later, another tab has written.
    lies: Option<String>,
    /// The stored value cannot be read, and a copy of it is in [`Loaded::for_journal`].
    damaged: bool,
    /// The newest version; `None` if nothing needs to be stored.
    wanted: Option<String>,
}

fn value_at<'a>(all: &'a [(String, String)], key: &str) -> Option<&'a str> {
    all.binary_search_by(|(known, _)| known.as_str().cmp(key)).ok().map(|at| all[at].1.as_str())
}

impl Vault {
    /// Reads every record in the store and in the journal. A value that cannot be read does not keep the others
    /// from opening. Changes nothing; see [`Self::heal`].
    ///
    /// # Errors
    /// [`StoreError`] if the store cannot be read.
    pub fn load(&self, store: &dyn Store, journal: Vec<(String, String)>) -> Result<Loaded, StoreError> {
        let sorted = |mut all: Vec<(String, String)>| {
            all.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            all
        };
        let (journal, together) = (sorted(journal), sorted(batch::read(store)?));
        let mut keys = store.keys()?;
        keys.extend(journal.iter().chain(&together).map(|(key, _)| key.clone()));
        let mut loaded = Loaded::default();
        let mut before = String::new();
        keys.sort_unstable();
        for key in keys {
            if key == before {
                continue;
            }
            before.clone_from(&key);
            match Place::of(&key) {
                Place::Record(place) => {
                    let stored = store.get(&key)?;
                    let copies = [stored.as_deref(), value_at(&journal, &key), value_at(&together, &key)];
                    self.weigh(key, &place, copies, &journal, &mut loaded);
                }
                Place::Foreign(kind) => loaded.set_aside(key, Some(kind), Reason::Foreign),
                Place::Parent(id) => {
                    let stored = store.get(&key)?;
                    let (letter, why) = self.letter(&key, id, stored.as_deref(), value_at(&journal, &key));
                    loaded.letters.extend(letter);
                    if let Some(why) = why {
                        loaded.set_aside(key, None, why.into());
                    }
                }
                Place::LaterKind => loaded.set_aside(key, None, Reason::Newer),
                // An older header of this vault, which nobody needs.
                Place::Elsewhere if key.starts_with(OTHER_HEADER_KEY) => {
                    let ours = |text: &str| Header::parse(text).is_ok_and(|header| header.is_bound_by(self.key()));
                    if value_at(&journal, &key).is_some_and(ours) {
                        loaded.for_journal.push((key.clone(), String::new()));
                    }
                    if let Some(text) = store.get(&key)?.filter(|text| ours(text)) {
                        loaded.for_store.push(Mend { key, lies: Some(text), damaged: false, wanted: None });
                    }
                }
                Place::Elsewhere => {}
            }
        }
        Ok(loaded)
    }

    /// The newest copy for a place: of the store, of the journal, and of an unfinished batch.
    fn weigh(
        &self,
        key: String,
        place: &RecordKey,
        copies: [Option<&str>; 3],
        journal: &[(String, String)],
        loaded: &mut Loaded,
    ) {
        let [stored, journalled, together] = copies;
        let mut broken = Vec::new();
        let mut readable: Vec<(&str, u64, Opened)> = Vec::new();
        for text in copies.into_iter().flatten() {
            if broken.contains(&text) || readable.iter().any(|(known, ..)| *known == text) {
                continue;
            }
            match self.open(place, text) {
                // A later version wrote it, and knows what to do with the others.
                Opened::Unreadable(Reason::Newer) => {
                    loaded.unfinished |= together == Some(text) && stored != together && journalled != together;
                    return loaded.set_aside(key, Some(place.kind), Reason::Newer);
                }
                Opened::Unreadable(_) => broken.push(text),
                Opened::Gone(generation) => readable.push((text, generation.number(), Opened::Gone(generation))),
                Opened::Record(record) => {
                    readable.push((text, record.generation.number(), Opened::Record(record)));
                }
            }
        }
        let torn = together.filter(|text| broken.contains(text) && stored != together && journalled != together);
        loaded.torn |= torn.is_some();
        let Some(newest) = readable.iter().map(|(_, number, _)| *number).max() else {
            if let Some(text) = torn {
                loaded.keep_damaged(&key, text, journal);
            }
            if stored.or(journalled).is_some() {
                loaded.set_aside(key, Some(place.kind), Reason::Corrupt);
            }
            return;
        };
        let mut winner: Option<(&str, Opened)> = None;
        // Two tabs wrote it at the same time, and no version is dropped. They stay where they are until they are
        // merged and saved.
        let mut also_in_journal = false;
        for (text, _, opened) in readable.into_iter().filter(|(_, number, _)| *number == newest) {
            winner = match (winner, opened) {
                (Some((first, Opened::Record(one))), Opened::Record(other)) => {
                    loaded.beside.push(other.value);
                    also_in_journal |= journalled == Some(text);
                    Some((first, Opened::Record(one)))
                }
                (Some((_, Opened::Gone(_))) | None, opened) => Some((text, opened)),
                (first, _) => first,
            };
        }
        let Some((text, opened)) = winner else { return };

        // A mark that a record is gone is not needed here once the journal has it.
        let needed = matches!(opened, Opened::Record(_)) || journalled != Some(text);
        let wanted = needed.then_some(text);
        if stored != wanted {
            loaded.for_store.push(Mend {
                key: key.clone(),
                lies: stored.map(ToOwned::to_owned),
                damaged: stored.is_some_and(|stored| broken.contains(&stored)),
                wanted: wanted.map(ToOwned::to_owned),
            });
        }
        for text in broken {
            loaded.keep_damaged(&key, text, journal);
        }
        if journalled != Some(text) && !also_in_journal {
            loaded.for_journal.push((key, text.to_owned()));
        }
        match opened {
            Opened::Record(record) => loaded.records.push(*record),
            Opened::Gone(generation) => self.note_last(place, generation),
            Opened::Unreadable(_) => {}
        }
    }

    /// Brings the store up to what was read, where it is still unchanged. `journalled` says whether the journal has
    /// all of [`Loaded::for_journal`]: only then an unreadable value is replaced.
    ///
    /// # Errors
    /// [`StoreError`] if the store refuses; its content is unchanged.
    pub fn heal(&self, store: &dyn Store, loaded: &Loaded, journalled: bool) -> Result<(), StoreError> {
        let mut whole = loaded.beside.is_empty() && !loaded.unfinished && (journalled || !loaded.torn);
        for mend in &loaded.for_store {
            let lies = store.get(&mend.key)?;
            if lies != mend.lies || mend.damaged && !journalled {
                whole = false;
            } else {
                match &mend.wanted {
                    Some(text) => store.put(&mend.key, text)?,
                    None => store.remove(&mend.key)?,
                }
            }
        }
        // A value that is not stored at any place yet must not be removed.
        if whole {
            batch::remove(store);
        }
        Ok(())
    }

    /// What the journal needs after the store has a new header of this vault, if `lies` is the header in the
    /// journal. A header of another vault is kept beside it. One of a later version stays, and nothing is needed.
    #[must_use]
    pub fn header_for_journal(&self, lies: Option<String>) -> Vec<(String, String)> {
        let mut lacks = Vec::new();
        if let Some(other) = lies.filter(|text| !self.is_of(text)) {
            if matches!(Header::parse(&other), Err(Unreadable::Newer(_))) {
                return lacks;
            }
            lacks.push((aside(&other), other));
        }
        lacks.push((HEADER_KEY.to_owned(), self.header_text()));
        lacks
    }

    /// Replaces the header of another vault by the header of this one, which was put aside. Returns whether it did:
    /// an older header of the stored vault, such as one from before a change of passphrase, changes nothing.
    ///
    /// # Errors
    /// [`StoreError`] if the store cannot be read or refuses; both headers are still there.
    pub fn take_place(&self, store: &dyn Store) -> Result<bool, StoreError> {
        if store.get(HEADER_KEY)?.is_some_and(|there| self.is_of(&there)) {
            return Ok(false);
        }
        set_header_aside(store)?;
        store.put(HEADER_KEY, &self.header_text())?;
        Ok(true)
    }

    /// The number of this header, if it can be read. The first is 1.
    fn number(&self, place: &RecordKey, text: &str) -> Option<u64> {
        match self.open(place, text) {
            Opened::Record(record) => Some(record.generation.number()),
            Opened::Gone(generation) => Some(generation.number()),
            Opened::Unreadable(_) => None,
        }
    }

    /// Finishes a batch that another tab could not finish, because a new batch would lose a part of it. Returns
    /// whether all of it is in place; if not, it stays.
    pub(crate) fn finish(&self, store: &dyn Store) -> Result<bool, StoreError> {
        let mut whole = true;
        for (key, text) in batch::read(store)? {
            let Some(place) = RecordKey::parse(&key) else { continue };
            let lies = store.get(&key)?;
            let before = lies.as_deref().map_or(Some(0), |lies| self.number(&place, lies));
            if let (Some(wanted), Some(before)) = (self.number(&place, &text), before) {
                whole &= wanted <= before || store.put(&key, &text).is_ok();
            } else {
                whole &= lies.as_deref() == Some(&*text);
            }
        }
        Ok(whole)
    }
}

impl Loaded {
    /// Lets the journal keep an unreadable value, beside what it has for that place.
    fn keep_damaged(&mut self, key: &str, text: &str, journal: &[(String, String)]) {
        let mut name = ["naast.damaged.", key].concat();
        while let Some(kept) =
            value_at(journal, &name).or(self.for_journal.iter().find(|(key, _)| *key == name).map(|(_, kept)| &**kept))
        {
            if kept == text {
                return;
            }
            name.push('+');
        }
        self.for_journal.push((name, text.to_owned()));
    }

    fn set_aside(&mut self, key: String, kind: Option<Kind>, reason: Reason) {
        self.set_aside.push(SetAside { key, kind, reason });
    }
}

/// Brings the header of the store up to that of the journal, if that is newer or the only readable one; returns
/// what the journal lacks. A replaced header is kept aside: before unlocking nobody can tell whether both are of
/// the same vault.
///
/// # Errors
/// [`StoreError`] if the store cannot be read or refuses.
pub fn same_header(store: &dyn Store, journal: Option<String>) -> Result<Vec<(String, String)>, StoreError> {
    let stored = store.get(HEADER_KEY)?;
    let mut lacks = Vec::new();
    if stored == journal {
        return Ok(lacks);
    }
    let number = |text: &Option<String>| text.as_ref().map(|text| Header::parse(text).map(|header| header.number()));
    match (number(&stored), number(&journal)) {
        // A later version of Naast wrote it.
        (Some(Err(Unreadable::Newer(_))), _) | (Some(Ok(_)), Some(Err(Unreadable::Newer(_)))) => {}
        (Some(Ok(here)), there) if !matches!(there, Some(Ok(there)) if there > here) => {
            lacks.extend(journal.map(|other| (aside(&other), other)));
            lacks.extend(stored.map(|text| (HEADER_KEY.to_owned(), text)));
        }
        (None | Some(Ok(_)), Some(_)) | (_, Some(Ok(_))) => {
            set_header_aside(store)?;
            if let Some(newer) = journal {
                store.put(HEADER_KEY, &newer)?;
            }
        }
        _ => {}
    }
    Ok(lacks)
}

/// Headers that were put aside, in the store or in the journal. Each may belong to another vault, with records that
/// are stored here too.
///
/// # Errors
/// [`StoreError`] if the store cannot be read.
pub fn headers_aside(store: &dyn Store, journal: &[(String, String)]) -> Result<Vec<Header>, StoreError> {
    let mut texts: Vec<String> = Vec::new();
    for key in store.keys()?.iter().filter(|key| key.starts_with(OTHER_HEADER_KEY)) {
        texts.extend(store.get(key)?);
    }
    for (_, text) in journal.iter().filter(|(key, _)| key.starts_with(OTHER_HEADER_KEY)) {
        if !texts.contains(text) {
            texts.push(text.clone());
        }
    }
    Ok(texts.iter().filter_map(|text| Header::parse(text).ok()).collect::<Vec<_>>())
}

#[cfg(test)]
#[path = "journal_tests.rs"]
mod tests;
