//! The state of the vault in storage, and creating, opening and locking it.

use std::rc::Rc;

use naast_vault::{CreateError, Entries, HEADER_KEY, Header, Passphrase, RetryDelay, State, Store, StoreError, Vault};
use wasm_bindgen_futures::JsFuture;

use super::unlock_key::{UnlockError, new_key, opened};
use super::{Access, Saving, Second, Session};
use crate::browser::disk_journal::DiskJournal;
use crate::browser::{key_worker, random, task, write_lock};

impl Session {
    /// Opens the journal. A header that the store lost is restored from it.
    pub(super) async fn open_journal(self) {
        let Some(store) = self.store.filter(|_| !self.is_erasing()) else { return };
        let before = store.get(HEADER_KEY);
        let mut whole = false;
        // A journal without a header is left alone, and nothing in it is overwritten.
        let found = async {
            let journal = DiskJournal::open().await?;
            let header = journal.get(HEADER_KEY).await.ok()?;
            Some((journal, header))
        };
        let (journal, header) = found.await.unzip();
        if let (Some(journal), Some(header)) = (&journal, header) {
            whole = match naast_vault::same_header(&store, header) {
                Ok(lacks) => lacks.is_empty() || journal.commit(&lacks).await.is_ok(),
                // There is a vault, and the store does not accept its header: no new vault may be created.
                Err(_) if matches!(naast_vault::inspect(&store), Ok(State::Absent)) => {
                    self.say_second(false);
                    return self.access.set(Access::Blocked);
                }
                Err(_) => false,
            };
        }
        self.journal.set(journal);
        self.say_second(whole);
        // Only if something changed, so that nobody is disturbed while typing a passphrase.
        if before != store.get(HEADER_KEY) || matches!(*self.access.read_untracked(), Access::Looking) {
            self.look();
        }
    }

    /// Reads the state of the vault from storage again, unless the vault is open.
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

    /// Creates a vault and opens it.
    ///
    /// # Errors
    /// [`UnlockError`]; nothing was created.
    pub async fn create(self, passphrase: &Passphrase) -> Result<(), UnlockError> {
        let store = self.store.ok_or(UnlockError::Store(StoreError::Blocked))?;
        let key = new_key(passphrase).await?;
        // Asked again, because the store may have lost a header since.
        self.asked.set(None);
        self.journal_asked().await;
        let vault = naast_vault::create(&store, &key, &mut random::Platform).map_err(|error| match error {
            CreateError::Exists => UnlockError::Changed,
            CreateError::Store(error) => UnlockError::Store(error),
        })?;
        self.journal_header(&vault).await;
        self.open(Rc::new(vault)).await
    }

    /// Opens the vault. If this device can bear much stronger parameters, they are upgraded afterwards.
    ///
    /// # Errors
    /// [`UnlockError`]; the vault stays locked.
    pub async fn unlock(self, passphrase: &Passphrase) -> Result<(), UnlockError> {
        let header = self.header().await?;
        let known = header.setup();
        let derived = key_worker::derive(passphrase, known).await?;
        match opened(header.unlock(&derived.key), UnlockError::WrongPassphrase) {
            Err(UnlockError::WrongPassphrase) => return self.unlock_aside(passphrase).await,
            vault => self.open(Rc::new(vault?)).await?,
        }
        if let Some(wanted) = known.stronger(derived.took_ms, &mut random::Platform) {
            let passphrase = Passphrase::from_typed(passphrase.reveal());
            task::spawn(self.raise_costs(known.clone(), passphrase, wanted));
        }
        Ok(())
    }

    /// Opens the other vault, whose header was put aside for the present one.
    async fn unlock_aside(self, passphrase: &Passphrase) -> Result<(), UnlockError> {
        let store = self.store.ok_or(UnlockError::Store(StoreError::Blocked))?;
        let journal = match self.journal.get_untracked() {
            Some(journal) => journal.read().await.unwrap_or_default(),
            None => Vec::new(),
        };
        for header in naast_vault::headers_aside(&store, &journal).map_err(UnlockError::Store)? {
            let derived = key_worker::derive(passphrase, header.setup()).await?;
            let Ok(vault) = header.unlock(&derived.key) else { continue };
            let lock = write_lock::acquire().await;
            if vault.take_place(&store).map_err(UnlockError::Store)? {
                self.journal_header(&vault).await;
                drop(lock);
                return self.open(Rc::new(vault)).await;
            }
        }
        Err(UnlockError::WrongPassphrase)
    }

    pub(super) async fn open(self, vault: Rc<Vault>) -> Result<(), UnlockError> {
        let store = self.store.ok_or(UnlockError::Store(StoreError::Blocked))?;
        // Records that only the journal has would be missing, and overwritten later.
        self.journal_asked().await;
        let lock = write_lock::acquire().await;
        // Read twice, so that text typed in between stays.
        if self.is_open() {
            return Ok(());
        }
        // Another tab may have erased everything in the meantime.
        vault.follow(&store).map_err(|_| UnlockError::Changed)?;
        let journalled = self.journalled(&vault).await;
        let loaded = vault.load(&store, journalled.unwrap_or_default()).map_err(UnlockError::Store)?;
        let mut whole = false;
        if let Some(journal) = self.journal.get_untracked() {
            whole = loaded.for_journal.is_empty() || journal.commit(&loaded.for_journal).await.is_ok();
            self.say_second(whole);
        }
        // A full store is no reason not to open: the next save writes what is missing.
        let _ = vault.heal(&store, &loaded, whole);
        drop(lock);
        let letters = loaded.letters;
        let mut entries = Entries::of(loaded.records);
        loaded.beside.iter().for_each(|other| entries.keep_beside(other));
        self.entries.set(entries);
        self.used.set(store.in_use());
        self.retry_delay.set(RetryDelay::default());
        self.altered.set(false);
        self.own.set(());
        self.set_aside.set(loaded.set_aside);
        self.saving.set(Saving::Kept);
        self.vault.set(Some(vault));
        self.access.set(Access::Open);
        self.receive(letters);
        if self.has_unsaved() {
            self.plan();
        }
        Ok(())
    }

    /// The header, once the journal has answered: after a kill it may have a newer one.
    pub(super) async fn header(self) -> Result<Header, UnlockError> {
        self.journal_asked().await;
        match self.access.get_untracked() {
            Access::Locked(header) => Ok(header),
            _ => Err(UnlockError::Changed),
        }
    }

    /// Waits until the journal has answered; opens it again after it was erased.
    pub(super) async fn journal_asked(self) {
        if self.asked.read_untracked().is_none() {
            self.asked.set(task::begin(self.open_journal()));
        }
        if let Some(asked) = self.asked.get_untracked() {
            let _ = JsFuture::from(asked).await;
        }
    }

    /// The values of the journal; `None` if there is none, or if it belongs to another vault.
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

    /// Locks: saves first, then drops the keys and all records. Returns whether it did; it does not while there is
    /// unsaved text.
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

    /// Drops the keys and all records.
    pub(super) fn let_go(self) {
        // A journal that did not answer, or was closed, is opened again with the vault.
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
