//! The open vault and what is in it: from a keystroke to a sealed record.
//!
//! Everything that the user changes changes here first, in memory; within half a
//! second it is sealed and stored, and after that written to the journal, which does not
//! forget when the browser is killed. When a save fails the words stay in memory and
//! on the screen. Locking drops the keys and everything that was read.

mod backup;
mod erasing;
mod saving;
mod unlock;
mod unlock_methods;

use std::cmp::Reverse;
use std::rc::Rc;

use js_sys::Promise;
use naast_core::find::Finder;
use naast_core::fold;
use naast_core::records::{
    Concern, ConcernId, Family, FamilyId, Id, Kind, OwnQuestion, OwnQuestionId, Record, Visit, VisitId,
};
use naast_vault::{Attempts, Entries, Header, RecordKey, SaveError, SetAside, Vault, Written};

pub use self::backup::{BackupError, Opened};
pub use self::unlock::UnlockError;
use crate::browser::device_store::DeviceStore;
use crate::browser::disk_journal::DiskJournal;
use crate::browser::{random, task};
use naast_view::GlobalSignal;

/// Where the vault stands.
#[derive(Debug, Clone)]
pub enum Access {
    /// The browser lets us at no storage.
    Blocked,
    /// Not here, but perhaps in the journal: that is being looked at.
    Looking,
    /// No vault yet.
    Absent,
    /// A vault that its passphrase opens.
    Locked(Header),
    /// A vault whose header is damaged.
    Corrupt,
    /// A vault that a later version of Naast wrote.
    Newer,
    /// Records without their header: there was a vault here.
    HeaderMissing(usize),
    /// Open.
    Open,
}

impl Access {
    /// Whether the vault is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open)
    }
}

/// Whether what was typed is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// All of it.
    Kept,
    /// Not yet.
    Busy,
    /// It could not be.
    Failed(SaveError),
}

/// Whether there is a second place that does not forget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Second {
    /// Nobody knows yet.
    Asked,
    /// The journal has all that is kept.
    Whole,
    /// There is none, or it took nothing the last time.
    Lacking,
}
/// The vault and what is in it. Copied freely: it only holds handles.
#[derive(Clone, Copy)]
pub struct Session {
    /// Where the vault stands.
    pub access: GlobalSignal<Access>,
    /// Whether what was typed is kept.
    pub saving: GlobalSignal<Saving>,
    /// Wrong passphrases in a row.
    pub attempts: GlobalSignal<Attempts>,
    /// How many characters lay in the store when the vault was opened.
    pub used: GlobalSignal<usize>,
    /// What could not be read, and lies untouched.
    pub set_aside: GlobalSignal<Vec<SetAside>>,
    entries: GlobalSignal<Entries>,
    /// Told of every change to an own question.
    own: GlobalSignal<()>,
    vault: GlobalSignal<Option<Rc<Vault>>>,
    /// Told of every change to the ways into the open vault.
    unlock_methods: GlobalSignal<()>,
    /// The words on paper opened the vault: who came in forgot the passphrase.
    pub by_words: GlobalSignal<bool>,
    /// A way in fitted a header that is not as Naast wrote it.
    pub altered: GlobalSignal<bool>,
    store: Option<DeviceStore>,
    /// How it stands with the journal.
    pub second: GlobalSignal<Second>,
    journal: GlobalSignal<Option<DiskJournal>>,
    /// Kept once the journal has answered, or not answered in time.
    asked: GlobalSignal<Option<Promise>>,
    /// What lies in the store, and not in the journal yet.
    owed: GlobalSignal<Vec<Written>>,
    /// How many writings of it are under way: what they write is not kept yet.
    writing: GlobalSignal<usize>,
    /// A save will come by itself.
    planned: GlobalSignal<bool>,
}

impl Session {
    /// Looks at what lies in storage; opens nothing.
    #[must_use]
    pub fn new(store: Option<DeviceStore>) -> Self {
        let session = Self {
            access: GlobalSignal::new(Access::Blocked),
            saving: GlobalSignal::new(Saving::Kept),
            attempts: GlobalSignal::new(Attempts::default()),
            used: GlobalSignal::new(0),
            set_aside: GlobalSignal::new(Vec::new()),
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

    /// Whether the vault is open; does not subscribe.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.vault.read_untracked().is_some()
    }

    /// Whether something was typed that the store does not have yet.
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

    /// Does something with all visits.
    pub fn with_visits<T>(self, run: impl FnOnce(&[&Visit]) -> T) -> T {
        run(&all_visits(&self.entries.read()))
    }

    /// Does something with all visits, without subscribing.
    pub fn with_visits_untracked<T>(self, run: impl FnOnce(&[&Visit]) -> T) -> T {
        run(&all_visits(&self.entries.read_untracked()))
    }

    /// Does something with one visit, if it is there.
    pub fn with_visit<T>(self, id: VisitId, run: impl FnOnce(&Visit) -> T) -> Option<T> {
        match self.entries.read().get(&RecordKey { kind: Kind::Visit, id: id.0 }) {
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

    /// All concerns, without following them.
    #[must_use]
    pub fn concerns_untracked(self) -> Vec<Concern> {
        self.entries.read_untracked().concerns().cloned().collect::<Vec<_>>()
    }

    /// One concern, if it is there.
    #[must_use]
    pub fn concern(self, id: ConcernId) -> Option<Concern> {
        match self.entries.read().get(&RecordKey { kind: Kind::Concern, id: id.0 }) {
            Some(Record::Concern(concern)) => Some(concern.clone()),
            _ => None,
        }
    }

    /// One record, without following it.
    #[must_use]
    pub fn record_untracked(self, kind: Kind, id: Id) -> Option<Record> {
        self.entries.read_untracked().get(&RecordKey { kind, id }).cloned()
    }

    /// Something that finds words in all there is now.
    #[must_use]
    pub fn finder(self) -> Finder {
        let entries = self.entries.read_untracked();
        Finder::new(entries.families(), entries.visits(), entries.concerns())
    }

    /// All own questions, without following them.
    #[must_use]
    pub fn own_questions_untracked(self) -> Vec<OwnQuestion> {
        self.entries.read_untracked().own_questions().cloned().collect::<Vec<_>>()
    }

    /// Follows every change to an own question.
    pub fn own_changed(self) {
        drop(self.own.read());
    }

    /// One own question, without subscribing.
    #[must_use]
    pub fn own_question(self, id: OwnQuestionId) -> Option<OwnQuestion> {
        self.entries.read_untracked().own_questions().find(|q| q.id == id).cloned()
    }

    // ---- changing ------------------------------------------------------

    /// A new identity.
    #[must_use]
    pub fn fresh_id(self) -> Id {
        use naast_vault::Entropy;
        let mut bytes = [0; 12];
        random::Platform.fill(&mut bytes);
        Id(bytes)
    }

    /// Puts a record, new or in place of what it was.
    pub fn put(self, record: Record) {
        if self.is_open() {
            let kind = record.kind();
            self.entries.write().put(record);
            self.tell(kind);
            self.plan();
        }
    }

    /// Takes a record away.
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
