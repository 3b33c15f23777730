//! The open vault and its records: from a keystroke to a sealed record.
//!
//! Every change is made in memory first. Within half a second it is sealed and written to the store, and then to
//! the journal, which does not lose it when the browser is killed. If saving fails, the text stays in memory and on
//! the screen. Locking drops the keys and all records.

mod backup;
mod erasing;
mod saving;
mod turning;
mod unlock;
mod unlock_key;
mod unlock_methods;

use std::cmp::Reverse;
use std::rc::Rc;

use js_sys::Promise;
use naast_core::content::Tool;
use naast_core::find::Finder;
use naast_core::records::{
    Concern, ConcernId, Family, FamilyId, Id, Kind, OwnQuestion, OwnQuestionId, Record, Visit, VisitId,
};
use naast_core::{fold, visits};
use naast_vault::{Entries, Header, RecordKey, RetryDelay, SaveError, SetAside, Vault, Written};

pub use self::backup::{BackupError, Opened};
pub use self::unlock_key::UnlockError;
use crate::browser::device_store::DeviceStore;
use crate::browser::disk_journal::DiskJournal;
use crate::browser::{random, task};
use naast_view::GlobalSignal;

/// The state of the vault.
#[derive(Debug, Clone)]
pub enum Access {
    /// The browser gives no access to storage.
    Blocked,
    /// Not in the store, but possibly in the journal, which is being read.
    Looking,
    /// There is no vault yet.
    Absent,
    /// There is a vault that can be unlocked.
    Locked(Header),
    /// The header of the vault is damaged.
    Corrupt,
    /// A later version of Naast wrote the vault.
    Newer,
    /// There are this many records without a header: there was a vault here.
    HeaderMissing(usize),
    /// The vault is open.
    Open,
}

impl Access {
    /// Whether the vault is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open)
    }
}

/// Whether what was typed is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// All of it is saved.
    Kept,
    /// A save is planned or running.
    Busy,
    /// The last save failed.
    Failed(SaveError),
}

/// The state of the journal, the second store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Second {
    /// Not known yet.
    Asked,
    /// The journal has everything that is saved.
    Whole,
    /// There is no journal, or its last write failed.
    Lacking,
}
/// The vault and its records. It holds only handles, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Session {
    /// The state of the vault.
    pub access: GlobalSignal<Access>,
    /// Whether what was typed is saved.
    pub saving: GlobalSignal<Saving>,
    /// Wrong passphrases in a row.
    pub retry_delay: GlobalSignal<RetryDelay>,
    /// How many characters the store held when the vault was opened.
    pub used: GlobalSignal<usize>,
    /// Values that could not be read. They are left untouched.
    pub set_aside: GlobalSignal<Vec<SetAside>>,
    /// Whether answers of a parent were added when the vault was opened.
    pub received: GlobalSignal<bool>,
    tools: &'static [Tool],
    entries: GlobalSignal<Entries>,
    /// Notified when an own question changes.
    own: GlobalSignal<()>,
    vault: GlobalSignal<Option<Rc<Vault>>>,
    /// Notified when the unlock methods of the open vault change.
    unlock_methods: GlobalSignal<()>,
    /// Whether the recovery words opened the vault: the user forgot the passphrase.
    pub by_words: GlobalSignal<bool>,
    /// Whether a key fitted a header that was altered outside Naast.
    pub altered: GlobalSignal<bool>,
    store: Option<DeviceStore>,
    /// The state of the journal.
    pub second: GlobalSignal<Second>,
    journal: GlobalSignal<Option<DiskJournal>>,
    /// Resolves when the journal has answered, or has not in time.
    asked: GlobalSignal<Option<Promise>>,
    /// What is in the store and not yet in the journal.
    owed: GlobalSignal<Vec<Written>>,
    /// How many journal writes are running; what they write is not saved yet.
    writing: GlobalSignal<usize>,
    /// Whether a save is planned.
    planned: GlobalSignal<bool>,
}

impl Session {
    /// Reads the state of the vault from storage; opens nothing. `tools` are those of the content.
    #[must_use]
    pub fn new(store: Option<DeviceStore>, tools: &'static [Tool]) -> Self {
        let session = Self {
            access: GlobalSignal::new(Access::Blocked),
            saving: GlobalSignal::new(Saving::Kept),
            retry_delay: GlobalSignal::new(RetryDelay::default()),
            used: GlobalSignal::new(0),
            set_aside: GlobalSignal::new(Vec::new()),
            received: GlobalSignal::new(false),
            tools,
            entries: GlobalSignal::new(Entries::default()),
            own: GlobalSignal::new(()),
            vault: GlobalSignal::new(None),
            unlock_methods: GlobalSignal::new(()),
            by_words: GlobalSignal::new(false),
            altered: GlobalSignal::new(false),
            store,
            second: GlobalSignal::new(Second::Asked),
            journal: GlobalSignal::new(None),
            asked: GlobalSignal::new(None),
            owed: GlobalSignal::new(Vec::new()),
            writing: GlobalSignal::new(0),
            planned: GlobalSignal::new(false),
        };
        session.look();
        session.asked.set(task::begin(session.open_journal()));
        session
    }

    /// Opens a vault in memory with these records, for screen tests. Nothing of it is saved anywhere.
    #[cfg(test)]
    pub fn open_in_memory(self, records: Vec<Record>) {
        use naast_vault::memory::MemoryStore;
        use naast_vault::{Entropy, KdfSetup, Passphrase};

        /// The same bytes each time, so that pages are the same too.
        struct Fixed;
        impl Entropy for Fixed {
            fn fill(&mut self, buf: &mut [u8]) {
                buf.fill(7);
            }
        }
        let key = naast_vault::derive(&Passphrase::from_typed("lantaarn"), &KdfSetup::new(&mut Fixed)).unwrap();
        let vault = naast_vault::create(&MemoryStore::new(), &key, &mut Fixed).unwrap();
        self.vault.set(Some(Rc::new(vault)));
        self.access.set(Access::Open);
        records.into_iter().for_each(|record| self.put(record));
        self.saving.set(Saving::Kept);
    }

    /// Whether the vault is open; does not subscribe.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.vault.read_untracked().is_some()
    }

    /// Whether there are changes that the store does not have yet.
    #[must_use]
    pub fn has_unsaved(self) -> bool {
        self.entries.read_untracked().has_unsaved()
    }

    // ---- reading -------------------------------------------------------

    /// All families, by name.
    #[must_use]
    pub fn families(self) -> Vec<Family> {
        let mut named: Vec<(String, Family)> =
            self.entries.read().families().map(|f| (fold::text(&f.nickname), f.clone())).collect::<Vec<_>>();
        named.sort_unstable_by(|a, b| (&a.0, a.1.id).cmp(&(&b.0, b.1.id)));
        named.into_iter().map(|(_, family)| family).collect()
    }

    /// One family.
    #[must_use]
    pub fn family(self, id: FamilyId) -> Option<Family> {
        self.entries.read().families().find(|f| f.id == id).cloned()
    }

    /// One family, without subscribing.
    #[must_use]
    pub fn family_untracked(self, id: FamilyId) -> Option<Family> {
        self.entries.read_untracked().families().find(|f| f.id == id).cloned()
    }

    /// The visits of a family, the newest first; subscribes.
    #[must_use]
    pub fn visits_of(self, family: FamilyId) -> Vec<Visit> {
        self.with_visits(|all| visits::of_family(all, family).into_iter().cloned().collect::<Vec<_>>())
    }

    /// Calls `run` with all visits.
    pub fn with_visits<T>(self, run: impl FnOnce(&[&Visit]) -> T) -> T {
        run(&all_visits(&self.entries.read()))
    }

    /// Calls `run` with all visits, without subscribing.
    pub fn with_visits_untracked<T>(self, run: impl FnOnce(&[&Visit]) -> T) -> T {
        run(&all_visits(&self.entries.read_untracked()))
    }

    /// Calls `run` with one visit, if it exists.
    pub fn with_visit<T>(self, id: VisitId, run: impl FnOnce(&Visit) -> T) -> Option<T> {
        match self.entries.read().get(&RecordKey { kind: Kind::Visit, id: id.0 }) {
            Some(Record::Visit(visit)) => Some(run(visit)),
            _ => None,
        }
    }

    /// Calls `run` with one visit, if it exists, without subscribing.
    pub fn with_visit_untracked<T>(self, id: VisitId, run: impl FnOnce(&Visit) -> T) -> Option<T> {
        match self.entries.read_untracked().get(&RecordKey { kind: Kind::Visit, id: id.0 }) {
            Some(Record::Visit(visit)) => Some(run(visit)),
            _ => None,
        }
    }

    /// All concerns of a family, the newest first.
    #[must_use]
    pub fn concerns_of(self, family: FamilyId) -> Vec<Concern> {
        let mut all: Vec<Concern> =
            self.entries.read().concerns().filter(|concern| concern.family == family).cloned().collect::<Vec<_>>();
        all.sort_unstable_by_key(|concern| Reverse((concern.created, concern.id)));
        all
    }

    /// All concerns, without subscribing.
    #[must_use]
    pub fn concerns_untracked(self) -> Vec<Concern> {
        self.entries.read_untracked().concerns().cloned().collect::<Vec<_>>()
    }

    /// One concern, if it exists.
    #[must_use]
    pub fn concern(self, id: ConcernId) -> Option<Concern> {
        match self.entries.read().get(&RecordKey { kind: Kind::Concern, id: id.0 }) {
            Some(Record::Concern(concern)) => Some(concern.clone()),
            _ => None,
        }
    }

    /// One record, without subscribing.
    #[must_use]
    pub fn record_untracked(self, kind: Kind, id: Id) -> Option<Record> {
        self.entries.read_untracked().get(&RecordKey { kind, id }).cloned()
    }

    /// A search over all records as they are now.
    #[must_use]
    pub fn finder(self) -> Finder {
        let entries = self.entries.read_untracked();
        Finder::new(entries.families(), entries.visits(), entries.concerns())
    }

    /// All own questions, without subscribing.
    #[must_use]
    pub fn own_questions_untracked(self) -> Vec<OwnQuestion> {
        self.entries.read_untracked().own_questions().cloned().collect::<Vec<_>>()
    }

    /// Subscribes to changes of own questions.
    pub fn own_changed(self) {
        drop(self.own.read());
    }

    /// One own question, without subscribing.
    #[must_use]
    pub fn own_question(self, id: OwnQuestionId) -> Option<OwnQuestion> {
        self.entries.read_untracked().own_questions().find(|q| q.id == id).cloned()
    }

    // ---- changing ------------------------------------------------------

    /// A new random id.
    #[must_use]
    pub fn fresh_id(self) -> Id {
        use naast_vault::Entropy;
        let mut bytes = [0; 12];
        random::Platform.fill(&mut bytes);
        Id(bytes)
    }

    /// Adds or replaces a record.
    pub fn put(self, record: Record) {
        if self.is_open() {
            let kind = record.kind();
            self.entries.write().put(record);
            self.tell(kind);
            self.plan();
        }
    }

    /// Removes a record.
    pub fn remove(self, record: &Record) {
        if self.is_open() {
            self.entries.write().remove(&RecordKey::of(record));
            self.tell(record.kind());
            self.plan();
        }
    }

    fn tell(self, kind: Kind) {
        if kind == Kind::OwnQuestion {
            self.own.set(());
        }
    }

    /// Changes a visit.
    pub fn edit_visit(self, id: VisitId, mut change: impl FnMut(&mut Visit)) {
        self.edit(Kind::Visit, id.0, &mut |record| {
            if let Record::Visit(visit) = record {
                change(visit);
            }
        });
    }

    /// Changes a family.
    pub fn edit_family(self, id: FamilyId, mut change: impl FnMut(&mut Family)) {
        self.edit(Kind::Family, id.0, &mut |record| {
            if let Record::Family(family) = record {
                change(family);
            }
        });
    }

    /// Changes a concern.
    pub fn edit_concern(self, id: ConcernId, mut change: impl FnMut(&mut Concern)) {
        self.edit(Kind::Concern, id.0, &mut |record| {
            if let Record::Concern(concern) = record {
                change(concern);
            }
        });
    }

    #[inline(never)]
    fn edit(self, kind: Kind, id: Id, change: &mut dyn FnMut(&mut Record)) {
        if self.is_open() {
            self.entries.write().edit(&RecordKey { kind, id }, change);
            self.plan();
        }
    }
}

#[inline(never)]
fn all_visits(entries: &Entries) -> Vec<&Visit> {
    entries.visits().collect::<Vec<_>>()
}
