//! Into the vault and out of it: what lies in storage, making a vault, opening and locking it.

use std::rc::Rc;

use naast_vault::{Attempts, CreateError, Entries, HEADER_KEY, Header, Passphrase, State, Store, StoreError, Vault};
use wasm_bindgen_futures::JsFuture;

use super::unlock_methods::new_key;
use super::{Access, Saving, Second, Session};
use crate::browser::device_lock::NoSecret;
use crate::browser::disk_journal::DiskJournal;
use crate::browser::key_worker::NotDerived;
use crate::browser::{key_worker, random, task, turn};

/// Why the vault did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnlockError {
    /// Not the passphrase of this vault, or not its words on paper.
    WrongPassphrase,
    /// The lock of the device gave no secret, or not the one of this vault.
    Device(NoSecret),
    /// It fits, and the beginning of the vault is not as Naast wrote it.
    Altered,
    /// The phone could not do the sum.
    NotDerived,
    /// The vault is no longer what it was: look again.
    Changed,
    /// Storage refused.
    Store(StoreError),
}

impl From<NotDerived> for UnlockError {
    fn from(_: NotDerived) -> Self {
        Self::NotDerived
    }
}

impl Session {
    /// Opens the journal. What the store lost of the way into the vault comes back from it.
    pub(super) async fn open_journal(self) {
        let Some(store) = self.store.filter(|_| !self.is_erasing()) else { return };
        let before = store.get(HEADER_KEY);
        let mut whole = false;
        // One that does not say which vault it is of is left alone: nothing is written over it.
        let found = async {
            let journal = DiskJournal::open().await?;
            let header = journal.get(HEADER_KEY).await.ok()?;
            Some((journal, header))
        };
        let (journal, header) = found.await.unzip();
        if let (Some(journal), Some(header)) = (&journal, header) {
            whole = match naast_vault::same_header(&store, header) {
                Ok(lacks) => lacks.is_empty() || journal.commit(&lacks).await.is_ok(),
                // There is a vault, and the store does not take the way into it: no new one is
                // to be made.
                Err(_) if matches!(naast_vault::inspect(&store), Ok(State::Absent)) => {
                    self.say_second(false);
                    return self.access.set(Access::Blocked);
                }
                Err(_) => false,
            };
        }
        self.journal.set(journal);
        self.say_second(whole);
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
            _ if self.is_erasing() => Access::Looking,
            Access::Absent | Access::Corrupt | Access::HeaderMissing(_)
                if *self.second.read_untracked() == Second::Asked =>
            {
                Access::Looking
            }
            access => access,
        });
    }

    /// Makes a vault and opens it.
    ///
    /// # Errors
    /// [`UnlockError`]; nothing was made then.
    pub async fn create(self, passphrase: &Passphrase) -> Result<(), UnlockError> {
        let store = self.store.ok_or(UnlockError::Store(StoreError::Blocked))?;
        let key = new_key(passphrase).await?;
        // Asked anew: what the store lost since it answered comes back from it.
        self.asked.set(None);
        self.journal_asked().await;
        let vault = naast_vault::create(&store, &key, &mut random::Platform).map_err(|error| match error {
            CreateError::Exists => UnlockError::Changed,
            CreateError::Store(error) => UnlockError::Store(error),
        })?;
        self.journal_header(&vault).await;
        self.open(Rc::new(vault)).await
    }

    /// Opens the vault. Where this phone can do much more than its costs ask, they are raised after.
    ///
    /// # Errors
    /// [`UnlockError`]; it stays locked then.
    pub async fn unlock(self, passphrase: &Passphrase) -> Result<(), UnlockError> {
        let header = self.header().await?;
        let known = header.setup();
        let derived = key_worker::derive(passphrase, known).await?;
        match opened(header.unlock(&derived.key), UnlockError::WrongPassphrase) {
            Err(UnlockError::WrongPassphrase) => return self.unlock_aside(passphrase).await,
            vault => self.open(Rc::new(vault?)).await?,
        }
        if let Some(wanted) = known.raised(derived.took_ms, &mut random::Platform) {
            let passphrase = Passphrase::from_typed(passphrase.reveal());
            task::spawn(self.raise_costs(known.clone(), passphrase, wanted));
        }
        Ok(())
    }

    /// Opens another vault, whose header had to make place for the one that lies here.
    async fn unlock_aside(self, passphrase: &Passphrase) -> Result<(), UnlockError> {
        let store = self.store.ok_or(UnlockError::Store(StoreError::Blocked))?;
        let journal = match self.journal.get_untracked() {
            Some(journal) => journal.read().await.unwrap_or_default(),
            None => Vec::new(),
        };
        for header in naast_vault::headers_aside(&store, &journal).map_err(UnlockError::Store)? {
            let derived = key_worker::derive(passphrase, header.setup()).await?;
            let Ok(vault) = header.unlock(&derived.key) else { continue };
            let turn = turn::take().await;
            if vault.take_place(&store).map_err(UnlockError::Store)? {
                self.journal_header(&vault).await;
                drop(turn);
                return self.open(Rc::new(vault)).await;
            }
        }
        Err(UnlockError::WrongPassphrase)
    }

    pub(super) async fn open(self, vault: Rc<Vault>) -> Result<(), UnlockError> {
        let store = self.store.ok_or(UnlockError::Store(StoreError::Blocked))?;
        // What the journal alone has would be missed, and written over later.
        self.journal_asked().await;
        let turn = turn::take().await;
        // Asked twice: what was typed since the first time stays.
        if self.is_open() {
            return Ok(());
        }
        // Another tab may have erased everything meanwhile.
        vault.follow(&store).map_err(|_| UnlockError::Changed)?;
        let journalled = self.journalled(&vault).await;
        let loaded = vault.load(&store, journalled.unwrap_or_default()).map_err(UnlockError::Store)?;
        let mut whole = false;
        if let Some(journal) = self.journal.get_untracked() {
            whole = loaded.for_journal.is_empty() || journal.commit(&loaded.for_journal).await.is_ok();
            self.say_second(whole);
        }
        // A store that is full is no reason not to open: the next save writes what is missing.
        let _ = vault.heal(&store, &loaded, whole);
        drop(turn);
        let mut entries = Entries::of(loaded.records);
        loaded.beside.iter().for_each(|other| entries.keep_beside(other));
        self.entries.set(entries);
        self.used.set(store.in_use());
        self.attempts.set(Attempts::default());
        self.altered.set(false);
        self.own.set(());
        self.set_aside.set(loaded.set_aside);
        self.saving.set(Saving::Kept);
        self.vault.set(Some(vault));
        self.access.set(Access::Open);
        if self.has_unsaved() {
            self.plan();
        }
        Ok(())
    }

    /// The ways into the vault, once the journal had its say: after a kill it may know a newer one.
    pub(super) async fn header(self) -> Result<Header, UnlockError> {
        self.journal_asked().await;
        match self.access.get_untracked() {
            Access::Locked(header) => Ok(header),
            _ => Err(UnlockError::Changed),
        }
    }

    /// Waits until the journal has answered; asks for it anew after it was erased.
    pub(super) async fn journal_asked(self) {
        if self.asked.read_untracked().is_none() {
            self.asked.set(task::begin(self.open_journal()));
        }
        if let Some(asked) = self.asked.get_untracked() {
            let _ = JsFuture::from(asked).await;
        }
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

    pub(super) fn say_second(self, whole: bool) {
        self.second.set(if whole { Second::Whole } else { Second::Lacking });
    }

    /// Locks: first keeps what was typed, then drops the keys and all that was read.
    /// Says whether it did; it does not while words are not kept, for they would be lost.
    pub fn lock(self) -> bool {
        if !self.is_open() {
            return true;
        }
        self.flush_now();
        if self.has_unsaved() {
            return false;
        }
        self.let_go();
        self.look();
        true
    }

    /// Drops the keys and all that was read.
    pub(super) fn let_go(self) {
        // A journal that did not answer, or was closed, is asked anew when the vault opens.
        if self.journal.get_untracked().is_none() {
            self.asked.set(None);
        }
        self.vault.set(None);
        self.by_words.set(false);
        self.entries.set(Entries::default());
        self.own.set(());
        self.set_aside.set(Vec::new());
    }
}

/// The vault that was opened; `wrong` where the key is not one of its keys.
pub(super) fn opened(
    outcome: Result<Vault, naast_vault::UnlockError>,
    wrong: UnlockError,
) -> Result<Vault, UnlockError> {
    outcome.map_err(|error| match error {
        naast_vault::UnlockError::WrongKey => wrong,
        naast_vault::UnlockError::Altered => UnlockError::Altered,
    })
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
