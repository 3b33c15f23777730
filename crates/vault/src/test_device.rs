//! A phone with both stores, and what the app does with them (`app/src/session`), without a screen. It is
//! compiled for tests only.

use crate::memory::{Fault, MemoryStore};
use crate::testing::{Seeded, cheap_key};
use crate::{
    CreateError, Entries, HEADER_KEY, PassphraseKey, RecordKey, Reloaded, SaveError, SetAside, State, StoreError,
    Vault, Written, create, for_journal, inspect, same_header,
};
use core::cell::{Cell, RefCell};
use naast_core::records::Record;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Derived once, because the derivation is slow on purpose.
pub(crate) fn key() -> &'static PassphraseKey {
    static KEY: OnceLock<PassphraseKey> = OnceLock::new();
    KEY.get_or_init(|| cheap_key("vijf woorden uit een lijst"))
}

/// Another one.
pub(crate) fn new_key() -> &'static PassphraseKey {
    static KEY: OnceLock<PassphraseKey> = OnceLock::new();
    KEY.get_or_init(|| cheap_key("een nieuwe wachtzin"))
}

/// A journal in memory: it commits everything or nothing.
#[derive(Default)]
pub(crate) struct MemoryJournal {
    pub(crate) values: RefCell<BTreeMap<String, String>>,
    /// Once broken, it commits nothing more.
    pub(crate) broken: Cell<bool>,
    pub(crate) fault: Cell<Option<(usize, Fault)>>,
    pub(crate) commits: Cell<usize>,
}

impl MemoryJournal {
    pub(crate) fn read(&self) -> Vec<(String, String)> {
        self.values.borrow().clone().into_iter().collect()
    }

    pub(crate) fn commit(&self, values: &[(String, String)]) -> Result<(), StoreError> {
        let n = self.commits.get();
        self.commits.set(n + 1);
        if self.broken.get() {
            return Err(StoreError::Other);
        }
        match self.fault.get().filter(|&(at, fault)| at == n || at < n && fault == Fault::LoseAll) {
            None => self.values.borrow_mut().extend(values.iter().cloned()),
            // Reported as committed, but not on disk.
            Some((_, Fault::Lose | Fault::LoseAll | Fault::Older)) => {}
            Some((_, Fault::Refuse(error))) => return Err(error),
            // On disk, but not reported as committed.
            Some((_, Fault::Repeat)) => {
                self.values.borrow_mut().extend(values.iter().cloned());
                return Err(StoreError::Other);
            }
            Some((_, fault)) => {
                if let (Fault::Tear | Fault::TearAndDie, Some((key, text))) = (fault, values.first()) {
                    self.values.borrow_mut().insert(key.clone(), text[..text.len() / 2].to_owned());
                }
                self.broken.set(matches!(fault, Fault::Die | Fault::TearAndDie));
                return Err(StoreError::Other);
            }
        }
        Ok(())
    }
}

/// A phone with both stores.
pub(crate) struct TestDevice {
    pub(crate) store: MemoryStore,
    pub(crate) journal: MemoryJournal,
    seed: Cell<u64>,
}

/// The app, with its vault open.
pub(crate) struct Tab {
    pub(crate) vault: Vault,
    pub(crate) entries: Entries,
    pub(crate) set_aside: Vec<SetAside>,
    /// What is in the store and not yet in the journal.
    pub(crate) owed: Vec<Written>,
    /// Whether the journal belongs to this vault.
    pub(crate) journals: bool,
}

impl TestDevice {
    /// A phone without a vault.
    pub(crate) fn empty() -> Self {
        Self { store: MemoryStore::new(), journal: MemoryJournal::default(), seed: Cell::new(10) }
    }

    /// A phone with a vault.
    pub(crate) fn new() -> Self {
        let phone = Self::empty();
        drop(phone.create(key()).unwrap());
        phone
    }

    /// Random bytes that are never repeated.
    pub(crate) fn entropy(&self) -> Seeded {
        self.seed.set(self.seed.get() + 1);
        Seeded::new(self.seed.get())
    }

    pub(crate) fn create(&self, key: &PassphraseKey) -> Result<Vault, CreateError> {
        let vault = create(&self.store, key, &mut self.entropy())?;
        self.journal_header(&vault);
        Ok(vault)
    }

    pub(crate) fn journal_header(&self, vault: &Vault) {
        let lies = self.journal.values.borrow().get(HEADER_KEY).cloned();
        let _ = self.commit(&vault.header_for_journal(lies));
    }

    /// A power failure affects both stores.
    pub(crate) fn commit(&self, values: &[(String, String)]) -> Result<(), StoreError> {
        if self.store.is_dead() {
            return Err(StoreError::Other);
        }
        let done = self.journal.commit(values);
        if self.journal.fault.get().is_some() && self.journal.broken.get() {
            self.store.fail_write(0, Fault::Die);
        }
        done
    }

    /// Reads the state of the vault, as the app does when it starts. If the store refuses the header of the
    /// journal, the state is unknown, and the user starts the app again.
    pub(crate) fn start(&self) -> State {
        let header = self.journal.values.borrow().get(HEADER_KEY).cloned();
        let same = same_header(&self.store, header.clone()).or_else(|_| same_header(&self.store, header));
        if let Ok(lacks) = same
            && !lacks.is_empty()
        {
            let _ = self.commit(&lacks);
        }
        inspect(&self.store).unwrap()
    }

    /// Opens the vault.
    pub(crate) fn open(&self) -> Tab {
        let State::Locked(header) = self.start() else { panic!("no vault") };
        self.opened(header.unlock(key()).unwrap())
    }

    /// The same, with the result of the unlock method.
    pub(crate) fn opened(&self, vault: Vault) -> Tab {
        let all = self.journal.read();
        let journals = all.iter().any(|(key, header)| key == HEADER_KEY && vault.is_of(header));
        let loaded = vault.load(&self.store, if journals { all } else { Vec::new() }).unwrap();
        let whole = journals && (loaded.for_journal.is_empty() || self.commit(&loaded.for_journal).is_ok());
        let _ = vault.heal(&self.store, &loaded, whole);
        let mut entries = Entries::of(loaded.records);
        loaded.beside.iter().for_each(|other| entries.keep_beside(other));
        Tab { vault, entries, set_aside: loaded.set_aside, owed: Vec::new(), journals }
    }

    /// The power failed and is back: faults are over, and what is on disk remains.
    pub(crate) fn revive(&self) {
        self.store.revive();
        self.journal.fault.set(None);
        self.journal.broken.set(false);
    }
}

impl Tab {
    /// Writes what is unsaved to the store; returns why it could not.
    pub(crate) fn store_all(&mut self, phone: &TestDevice) -> Option<SaveError> {
        let mut why = None;
        for _ in 0..8 {
            let changes = self.entries.unsaved();
            if changes.is_empty() || why.is_some() {
                break;
            }
            let mut saved = self.vault.save_all(&phone.store, &changes, &mut phone.entropy());
            why = self.entries.after(changes, &mut saved);
            self.owed.append(&mut saved.written);
        }
        why
    }

    /// Writes to the journal what it lacks.
    pub(crate) fn journal_all(&mut self, phone: &TestDevice) -> Result<(), StoreError> {
        if !self.owed.is_empty() && self.journals {
            phone.commit(&for_journal(&phone.store, &self.owed)?)?;
        }
        self.owed.clear();
        Ok(())
    }

    /// Both; returns whether the screen shows it as saved.
    pub(crate) fn flush(&mut self, phone: &TestDevice) -> bool {
        let why = self.store_all(phone);
        let _ = self.journal_all(phone);
        why.is_none() && !self.entries.has_unsaved()
    }

    /// Another tab changed this place.
    pub(crate) fn hear(&mut self, phone: &TestDevice, place: &RecordKey) {
        match self.vault.reload(&phone.store, place, self.entries.known(place)).unwrap() {
            Reloaded::Found(theirs) => self.entries.meet(place, Some(*theirs)),
            Reloaded::Gone => self.entries.meet(place, None),
            Reloaded::SetAside(_) => {}
        }
    }

    /// The records in memory, by place.
    pub(crate) fn screen(&self) -> BTreeMap<RecordKey, Record> {
        let mut all = BTreeMap::new();
        let mut last = None;
        while let Some(record) = self.entries.following(last.as_ref()) {
            let place = RecordKey::of(record);
            all.insert(place, record.clone());
            last = Some(place);
        }
        all
    }
}
