//! The open vault and what is in it: from a keystroke to a sealed record.
//!
//! Everything that the user changes changes here first, in memory; within half a
//! second it is sealed and stored, and after that written to the journal, which does not
//! forget when the browser is killed. When a save fails the words stay in memory and
//! on the screen. Locking drops the keys and everything that was read.

use std::rc::Rc;

use js_sys::{Array, Promise, Uint8Array};
use naast_core::find::Finder;
use naast_core::fold;
use naast_core::order::{Listed, in_order};
use naast_core::records::{
    Concern, ConcernId, Family, FamilyId, Id, Kind, OwnQuestion, OwnQuestionId, Record, Visit, VisitId,
};
use naast_vault::backup::{Changes, Contents, FRONT_MAX, Front, Refused, Whole, Writer};
use naast_vault::{
    Attempts, CreateError, Entries, HEADER_KEY, Header, HeaderError, KdfSetup, Passphrase, RecordKey, Reloaded,
    SaveError, SetAside, Stamped, State, Store, StoreError, Vault, Written,
};
use wasm_bindgen_futures::JsFuture;

use crate::browser::chosen_file::ChosenFile;
use crate::browser::device_store::DeviceStore;
use crate::browser::disk_journal::DiskJournal;
use crate::browser::{clock, key_worker, random, task, timer, turn};
use crate::watched::Watched;

/// How long a change may wait before it is sealed, in milliseconds.
const SAVE_WITHIN: i32 = 400;

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

/// Why the vault did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnlockError {
    /// Not the passphrase of this vault.
    WrongPassphrase,
    /// The phone could not do the sum.
    NotDerived,
    /// The vault is no longer what it was: look again.
    Changed,
    /// Storage refused.
    Store(StoreError),
}

/// Why a backup did not open. Nothing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupError {
    /// The file is not one that can be read.
    Refused(Refused),
    /// The key of this vault, or the passphrase, is not that of the file.
    OtherKey,
    /// The phone could not do the sum.
    NotDerived,
    /// The browser did not give the file.
    Unreadable,
}

/// The vault and what is in it. Copied freely: it only holds handles.
#[derive(Clone, Copy)]
pub struct Session {
    /// Where the vault stands.
    pub access: Watched<Access>,
    /// Whether what was typed is kept.
    pub saving: Watched<Saving>,
    /// Wrong passphrases in a row.
    pub attempts: Watched<Attempts>,
    /// How many characters lay in the store when the vault was opened.
    pub used: Watched<usize>,
    /// What could not be read, and lies untouched.
    pub set_aside: Watched<Vec<SetAside>>,
    entries: Watched<Entries>,
    /// Told of every change to an own question.
    own: Watched<()>,
    vault: Watched<Option<Rc<Vault>>>,
    store: Option<DeviceStore>,
    /// How it stands with the journal.
    pub second: Watched<Second>,
    journal: Watched<Option<DiskJournal>>,
    /// Kept once the journal has answered, or not answered in time.
    asked: Watched<Option<Promise>>,
    /// What lies in the store, and not in the journal yet.
    owed: Watched<Vec<Written>>,
    /// How many writings of it are under way: what they write is not kept yet.
    writing: Watched<usize>,
    /// A save will come by itself.
    planned: Watched<bool>,
}

impl Session {
    /// Looks at what lies in storage; opens nothing.
    #[must_use]
    pub fn new(store: Option<DeviceStore>) -> Self {
        let session = Self {
            access: Watched::new(Access::Blocked),
            saving: Watched::new(Saving::Kept),
            attempts: Watched::new(Attempts::default()),
            used: Watched::new(0),
            set_aside: Watched::new(Vec::new()),
            entries: Watched::new(Entries::default()),
            own: Watched::new(()),
            vault: Watched::new(None),
            store,
            second: Watched::new(Second::Asked),
            journal: Watched::new(None),
            asked: Watched::new(None),
            owed: Watched::new(Vec::new()),
            writing: Watched::new(0),
            planned: Watched::new(false),
        };
        session.look();
        session.asked.set(Some(task::begin(session.open_journal())));
        session
    }

    /// Opens the journal. What the store lost of the way into the vault comes back from it.
    async fn open_journal(self) {
        let Some(store) = self.store else { return };
        let before = store.get(HEADER_KEY);
        let journal = DiskJournal::open().await;
        let mut whole = false;
        if let Some(journal) = &journal
            && let Ok(header) = journal.get(HEADER_KEY).await
        {
            whole = match naast_vault::same_header(&store, header) {
                Ok(Some(lacks)) => journal.commit(&[lacks]).await.is_ok(),
                Ok(None) => true,
                Err(_) => false,
            };
        }
        self.journal.set(journal);
        self.second.set(if whole { Second::Whole } else { Second::Lacking });
        // Only where something changed: who types a passphrase is not to be disturbed.
        if before != store.get(HEADER_KEY) || matches!(*self.access.read_untracked(), Access::Looking) {
            self.look();
        }
    }

    /// Looks again at what lies in storage, unless the vault is open.
    pub fn look(self) {
        if self.is_open() {
            return;
        }
        let Some(store) = self.store else { return };
        self.access.set(match seen(naast_vault::inspect(&store)) {
            Access::Absent | Access::Corrupt | Access::HeaderMissing(_) if self.journal_unknown() => Access::Looking,
            access => access,
        });
    }

    fn journal_unknown(self) -> bool {
        *self.second.read_untracked() == Second::Asked
    }

    /// Whether the vault is open; does not subscribe.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.vault.read_untracked().is_some()
    }

    /// Makes a vault and opens it.
    ///
    /// # Errors
    /// [`UnlockError`]; nothing was made then.
    pub async fn create(self, passphrase: &Passphrase) -> Result<(), UnlockError> {
        let store = self.store.ok_or(UnlockError::Store(StoreError::Blocked))?;
        let setup = KdfSetup::new(&mut random::Platform);
        let key = key_worker::derive(passphrase, &setup).await.map_err(|_| UnlockError::NotDerived)?;
        let vault = naast_vault::create(&store, &key, &mut random::Platform).map_err(|error| match error {
            CreateError::Exists => UnlockError::Changed,
            CreateError::Store(error) => UnlockError::Store(error),
        })?;
        self.journal_header(&vault).await;
        self.open(vault, store).await
    }

    /// Opens the vault.
    ///
    /// # Errors
    /// [`UnlockError`]; it stays locked then.
    pub async fn unlock(self, header: &Header, passphrase: &Passphrase) -> Result<(), UnlockError> {
        let store = self.store.ok_or(UnlockError::Store(StoreError::Blocked))?;
        let key = key_worker::derive(passphrase, header.setup()).await.map_err(|_| UnlockError::NotDerived)?;
        let vault = header.unlock(&key).map_err(|error| match error {
            naast_vault::UnlockError::WrongKey => UnlockError::WrongPassphrase,
            naast_vault::UnlockError::Altered => UnlockError::Changed,
        })?;
        self.open(vault, store).await
    }

    /// Puts another passphrase in place of the one that is known.
    ///
    /// # Errors
    /// [`UnlockError`]; the passphrase is the old one then.
    pub async fn change_passphrase(self, known: &Passphrase, wanted: &Passphrase) -> Result<(), UnlockError> {
        let (Some(store), Some(vault)) = (self.store, self.vault.get_untracked()) else {
            return Err(UnlockError::Changed);
        };
        let header = vault.header();
        let key = key_worker::derive(known, header.setup()).await.map_err(|_| UnlockError::NotDerived)?;
        header.unlock(&key).map_err(|_| UnlockError::WrongPassphrase)?;
        let setup = KdfSetup::new(&mut random::Platform);
        let key = key_worker::derive(wanted, &setup).await.map_err(|_| UnlockError::NotDerived)?;
        let turn = turn::take().await;
        vault.change_passphrase(&store, &key, &mut random::Platform).map_err(|error| match error {
            HeaderError::Store(error) => UnlockError::Store(error),
            _ => UnlockError::Changed,
        })?;
        self.journal_header(&vault).await;
        drop(turn);
        Ok(())
    }

    /// Writes the way into the vault to the journal as well.
    async fn journal_header(self, vault: &Vault) {
        if let Some(journal) = self.journal.get_untracked() {
            let header = (HEADER_KEY.to_owned(), vault.header_text());
            self.say_second(journal.commit(&[header]).await.is_ok());
        }
    }

    async fn open(self, vault: Vault, store: DeviceStore) -> Result<(), UnlockError> {
        // What the journal alone has would be missed, and written over later.
        if let Some(asked) = self.asked.get_untracked() {
            let _ = JsFuture::from(asked).await;
        }
        let turn = turn::take().await;
        let journalled = self.journalled(&vault).await;
        let loaded = vault.load(&store, journalled.unwrap_or_default()).map_err(UnlockError::Store)?;
        let mut whole = false;
        if let Some(journal) = self.journal.get_untracked() {
            whole = loaded.for_journal.is_empty() || journal.commit(&loaded.for_journal).await.is_ok();
            self.say_second(whole);
        }
        vault.heal(&store, &loaded, whole).map_err(UnlockError::Store)?;
        drop(turn);
        let mut entries = Entries::of(loaded.records);
        loaded.beside.iter().for_each(|other| entries.keep_beside(other));
        self.entries.set(entries);
        self.used.set(store.in_use());
        self.attempts.set(Attempts::default());
        self.own.set(());
        self.set_aside.set(loaded.set_aside);
        self.saving.set(Saving::Kept);
        self.vault.set(Some(Rc::new(vault)));
        self.access.set(Access::Open);
        if self.entries.read_untracked().has_unsaved() {
            self.plan();
        }
        Ok(())
    }

    /// What the journal holds; nothing where there is none, or where it is that of another vault.
    async fn journalled(self, vault: &Vault) -> Option<Vec<(String, String)>> {
        let journal = self.journal.get_untracked()?;
        let values = journal.read().await.ok();
        let header = values.as_ref().and_then(|all| all.iter().find(|(key, _)| key == HEADER_KEY));
        if !header.is_some_and(|(_, header)| vault.is_of(header)) {
            self.journal.set(None);
            self.say_second(false);
            return None;
        }
        values
    }

    fn say_second(self, whole: bool) {
        self.second.set(if whole { Second::Whole } else { Second::Lacking });
    }

    /// Locks: first keeps what was typed, then drops the keys and all that was read.
    /// Says whether it did; it does not while words are not kept, for they would be lost.
    pub fn lock(self) -> bool {
        if !self.is_open() {
            return true;
        }
        self.flush_now();
        if self.entries.read_untracked().has_unsaved() {
            return false;
        }
        self.vault.set(None);
        self.entries.set(Entries::default());
        self.own.set(());
        self.set_aside.set(Vec::new());
        self.look();
        true
    }

    // ---- reading -------------------------------------------------------

    /// All families, by name.
    #[must_use]
    pub fn families(self) -> Vec<Family> {
        let named = self.entries.read().families().map(|f| (fold::text(&f.nickname), f.clone())).listed();
        in_order(named, &|a: &(String, Family), b| a.0.cmp(&b.0)).into_iter().map(|(_, family)| family).listed()
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
        let all = self.entries.read().concerns().filter(|concern| concern.family == family).cloned().listed();
        in_order(all, &|a: &Concern, b| b.created.cmp(&a.created))
    }

    /// All concerns, without following them.
    #[must_use]
    pub fn concerns_untracked(self) -> Vec<Concern> {
        self.entries.read_untracked().concerns().cloned().listed()
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
        self.entries.read_untracked().own_questions().cloned().listed()
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

    // ---- backup --------------------------------------------------------

    /// A backup of all there is, in pieces for a file; nothing where the vault is not open.
    #[must_use]
    pub fn backup(self) -> Option<Array> {
        let vault = self.vault.get_untracked()?;
        let mut writer = Writer::new(&vault, clock::now(), &mut random::Platform);
        let pieces = Array::new();
        while let Some(piece) = writer.piece(&self.entries.read_untracked()).ok()? {
            pieces.push(&Uint8Array::from(&piece[..]));
        }
        Some(pieces)
    }

    /// Opens a backup: with the key of this vault, or with a passphrase of its own.
    ///
    /// # Errors
    /// [`BackupError`]; nothing changed.
    pub async fn open_backup(self, file: &ChosenFile, passphrase: Option<&Passphrase>) -> Result<Whole, BackupError> {
        /// At a time.
        const PIECE: usize = 1 << 18;
        let start = file.read(0, FRONT_MAX).await.ok_or(BackupError::Unreadable)?;
        let front = Front::read(&start).map_err(BackupError::Refused)?;
        let vault = match passphrase {
            None => self.vault.get_untracked().ok_or(BackupError::OtherKey)?,
            Some(passphrase) => {
                let key = key_worker::derive(passphrase, front.header().setup()).await;
                let key = key.map_err(|_| BackupError::NotDerived)?;
                Rc::new(front.header().unlock(&key).map_err(|_| BackupError::OtherKey)?)
            }
        };
        let mut reader = front.open(&vault).map_err(|why| match passphrase {
            // The key of this vault need not be that of the file.
            None => BackupError::OtherKey,
            Some(_) => BackupError::Refused(why),
        })?;
        let mut at = front.size();
        loop {
            let piece = file.read(at, PIECE).await.ok_or(BackupError::Unreadable)?;
            if piece.is_empty() {
                return reader.finish().map_err(BackupError::Refused);
            }
            at += piece.len();
            reader = reader.feed(&piece).map_err(BackupError::Refused)?;
        }
    }

    /// What is in a backup, next to what is here.
    #[must_use]
    pub fn compared(self, whole: &Whole) -> Contents {
        whole.contents(&self.entries.read_untracked(), &self.set_aside.read_untracked())
    }

    /// What adding a backup changes.
    #[must_use]
    pub fn merged(self, whole: Whole) -> Changes {
        whole.merge(&self.entries.read_untracked(), &self.set_aside.read_untracked())
    }

    /// What putting a backup in place of everything changes.
    #[must_use]
    pub fn replaced(self, whole: Whole) -> Changes {
        whole.replace(&self.entries.read_untracked(), &self.set_aside.read_untracked())
    }

    /// Makes these changes, together.
    pub fn apply(self, changes: Changes) {
        if self.is_open() {
            let mut entries = self.entries.write();
            changes.put.into_iter().for_each(|record| entries.put(record));
            changes.remove.iter().for_each(|place| entries.remove(place));
            drop(entries);
            self.own.set(());
            self.plan();
        }
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

    // ---- keeping -------------------------------------------------------

    fn plan(self) {
        self.saving.set(Saving::Busy);
        if !self.planned.get_untracked() {
            self.planned.set(true);
            timer::after(SAVE_WITHIN, move || {
                self.planned.set(false);
                task::spawn(self.flush());
            });
        }
    }

    /// Puts everything typed so far in the store before this returns, and then in the journal.
    pub fn flush_now(self) {
        let outcome = self.store_all();
        task::spawn(self.journal_all(outcome));
    }

    /// Saves whatever is not saved yet, in turn with other tabs.
    async fn flush(self) {
        let turn = turn::take().await;
        let outcome = self.store_all();
        self.journal_all(outcome).await;
        drop(turn);
    }

    /// Puts whatever is not saved yet in the store. Says why it could not.
    fn store_all(self) -> Option<SaveError> {
        let (Some(store), Some(vault)) = (self.store, self.vault.get_untracked()) else { return None };
        let mut why = None;
        // A conflict is merged and tried again. Another tab cannot keep winning for
        // ever; should it, the next save goes on from there.
        for _ in 0..8 {
            let changes = self.entries.read_untracked().unsaved();
            if changes.is_empty() || why.is_some() {
                break;
            }
            let mut saved = vault.save_all(&store, &changes, &mut random::Platform);
            let met = saved.refused.iter().any(|(_, error)| matches!(error, SaveError::Conflict { .. }));
            // Untracked where nothing changes for the eye: the words are the same.
            why = self.entries.write_untracked().after(changes, &mut saved);
            if met {
                drop(self.entries.write());
                self.own.set(());
            }
            self.owed.write_untracked().append(&mut saved.written);
        }
        why
    }

    /// Writes to the journal what the store has; only then it is kept.
    async fn journal_all(self, outcome: Option<SaveError>) {
        let owed = std::mem::take(&mut *self.owed.write_untracked());
        let mut whole = true;
        if !owed.is_empty() {
            if let Some(journal) = self.journal.get_untracked() {
                let values = owed.iter().map(|written| (written.place.to_string(), written.text.clone())).listed();
                *self.writing.write_untracked() += 1;
                whole = journal.commit(&values).await.is_ok();
                *self.writing.write_untracked() -= 1;
                self.say_second(whole);
            }
            if let (true, Some(store)) = (whole, self.store) {
                // What is left behind says only that something is gone.
                let _ = naast_vault::settle(&store, &owed);
            }
        }
        if !whole {
            // The next time again; what was written since stands behind it, and so wins.
            let mut all = owed;
            all.append(&mut self.owed.write_untracked());
            *self.owed.write_untracked() = all;
        }
        if let Some(error) = outcome {
            self.saving.set(Saving::Failed(error));
        } else if *self.writing.read_untracked() > 0 {
            // Who leaves a page while it is being kept comes by here too; whoever writes last says it.
        } else if !self.entries.read_untracked().has_unsaved() {
            self.saving.set(Saving::Kept);
        } else {
            self.plan();
        }
    }

    fn meet(self, place: &RecordKey, theirs: Option<Stamped<Record>>) {
        self.entries.write().meet(place, theirs);
        self.tell(place.kind);
    }

    /// Another tab changed a value: its key, or nothing when all was cleared.
    pub fn changed_elsewhere(self, key: Option<&str>) {
        let place = key.and_then(RecordKey::parse);
        match (place, self.vault.get_untracked(), self.store) {
            (Some(place), Some(vault), Some(store)) => {
                match vault.reload(&store, &place) {
                    Ok(Reloaded::Found(theirs)) => self.meet(&place, Some(*theirs)),
                    Ok(Reloaded::Gone) => self.meet(&place, None),
                    Ok(Reloaded::SetAside(aside)) => {
                        let mut all = self.set_aside.write();
                        all.retain(|known| known.key != aside.key);
                        all.push(aside);
                    }
                    // The next save says so.
                    Err(_) => {}
                }
                if self.entries.read_untracked().has_unsaved() {
                    self.plan();
                }
            }
            (None, Some(vault), Some(store)) if key.is_none_or(|key| key == HEADER_KEY) => {
                // Another passphrase, say: still our vault.
                if vault.follow(&store).is_ok() {
                    return;
                }
                // The vault was taken away or made anew. Words not kept stay on the screen.
                if self.entries.read_untracked().has_unsaved() {
                    self.saving.set(Saving::Failed(SaveError::VaultChanged));
                } else {
                    self.lock();
                }
            }
            _ => self.look(),
        }
    }
}

#[inline(never)]
fn all_visits(entries: &Entries) -> Vec<&Visit> {
    entries.visits().listed()
}

fn seen(state: Result<State, StoreError>) -> Access {
    match state {
        Ok(State::Absent) => Access::Absent,
        Ok(State::Locked(header)) => Access::Locked(header),
        Ok(State::Corrupt) => Access::Corrupt,
        Ok(State::Newer { .. }) => Access::Newer,
        Ok(State::HeaderMissing { records }) => Access::HeaderMissing(records),
        Err(_) => Access::Blocked,
    }
}
