//! Making a backup, and restoring one.

use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use naast_vault::backup::{Contents, FRONT_MAX, Front, Refused, Whole, Writer};
use naast_vault::{CreateError, Entries, KdfSetup, Passphrase, StoreError, Vault};

use super::{Access, Session};
use crate::browser::chosen_file::ChosenFile;
use crate::browser::key_worker::NotDerived;
use crate::browser::{clock, key_worker, random, timer, write_lock};

/// Why a backup was not made or not opened. Nothing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupError {
    /// The file cannot be read as a backup.
    Refused(Refused),
    /// The key of this vault, or the passphrase, does not fit the file.
    OtherKey,
    /// The key could not be derived, for lack of memory.
    NotDerived,
    /// The browser did not give the file.
    Unreadable,
    /// There are more records than a file may hold.
    TooLarge,
    /// It was cancelled, or the vault was locked.
    Stopped,
    /// Storage refused.
    Store(StoreError),
    /// In the meantime a vault was created here.
    Exists,
}

impl From<NotDerived> for BackupError {
    fn from(_: NotDerived) -> Self {
        Self::NotDerived
    }
}

/// Reports progress as done and total; returns whether to continue.
pub type Pace<'a> = &'a dyn Fn(u32, u32) -> bool;

/// A backup that was read in full, and the key that opened it.
#[derive(Clone)]
pub struct Opened {
    whole: Whole,
    vault: Rc<Vault>,
}

impl Session {
    /// Makes a backup of all records, in pieces for a file: for the unlock methods of this vault, or for a
    /// passphrase of its own.
    ///
    /// # Errors
    /// [`BackupError`]
    pub async fn backup(self, own: Option<&Passphrase>, pace: Pace<'_>) -> Result<Array, BackupError> {
        let vault = self.vault.get_untracked().ok_or(BackupError::Stopped)?;
        let mut writer = match own {
            None => Writer::new(&vault, clock::now(), &mut random::Platform),
            Some(own) => {
                let key = key_worker::derive(own, &KdfSetup::new(&mut random::Platform)).await?.key;
                Writer::with_passphrase(&key, clock::now(), &mut random::Platform)
            }
        };
        let pieces = Array::new();
        loop {
            // A vault that was locked in the meantime has no records left to read.
            if !self.is_open() {
                return Err(BackupError::Stopped);
            }
            let of = self.entries.read_untracked().count();
            let piece = writer.piece(&self.entries.read_untracked()).map_err(|_| BackupError::TooLarge)?;
            let Some(piece) = piece else { return Ok(pieces) };
            pieces.push(&Uint8Array::from(&piece[..]));
            if !pace(writer.records(), of) {
                return Err(BackupError::Stopped);
            }
            timer::pause().await;
        }
    }

    /// Opens a backup with the key of this vault, or with the passphrase or recovery words that were typed.
    ///
    /// # Errors
    /// [`BackupError`]; nothing changed.
    pub async fn open_backup(
        self,
        file: &ChosenFile,
        typed: Option<&str>,
        pace: Pace<'_>,
    ) -> Result<Opened, BackupError> {
        /// Bytes to read at a time.
        const PIECE: usize = 1 << 18;
        let start = file.read(0, FRONT_MAX).await.ok_or(BackupError::Unreadable)?;
        let front = Front::read(&start).map_err(BackupError::Refused)?;
        let vault = match typed {
            None => self.vault.get_untracked().ok_or(BackupError::OtherKey)?,
            Some(typed) => Rc::new(unlock(&front, typed).await?),
        };
        let mut reader = front.open(&vault).map_err(|why| match typed {
            // The key of this vault may not be that of the file.
            None => BackupError::OtherKey,
            Some(_) => BackupError::Refused(why),
        })?;
        let mut at = front.size();
        loop {
            let piece = file.read(at, PIECE).await.ok_or(BackupError::Unreadable)?;
            if piece.is_empty() {
                let whole = reader.finish().map_err(BackupError::Refused)?;
                return Ok(Opened { whole, vault });
            }
            at += piece.len();
            reader = reader.feed(&piece).map_err(BackupError::Refused)?;
            if !pace(u32::try_from(at).unwrap_or(u32::MAX), file.length()) {
                return Err(BackupError::Stopped);
            }
        }
    }

    /// What is in a backup, compared with what is here. If no vault is open, with the records here that its key
    /// opens: those whose header was lost.
    #[must_use]
    pub fn compared(self, opened: &Opened) -> Contents {
        if self.is_open() {
            return opened.whole.contents(&self.entries.read_untracked(), &self.set_aside.read_untracked());
        }
        let here = self.store.and_then(|store| opened.vault.load(&store, Vec::new()).ok()).unwrap_or_default();
        opened.whole.contents(&Entries::of(here.records), &here.set_aside)
    }

    /// Restores a backup, merged with what is here or replacing it. If no vault is open, the vault of the backup is
    /// opened first. Records are saved as any change is; see [`Self::saving`].
    ///
    /// # Errors
    /// [`BackupError`]; nothing was restored.
    pub async fn put_back(self, opened: Opened, in_place: bool) -> Result<(), BackupError> {
        if !self.is_open() {
            self.take_over(opened.vault).await?;
        }
        let mut entries = self.entries.write();
        let aside = self.set_aside.read_untracked();
        let changes =
            if in_place { opened.whole.replace(&entries, &aside) } else { opened.whole.merge(&entries, &aside) };
        changes.put.into_iter().for_each(|record| entries.put(record));
        changes.remove.iter().for_each(|place| entries.remove(place));
        drop(entries);
        self.own.set(());
        self.plan();
        Ok(())
    }

    /// Opens the vault of a backup where there is none.
    async fn take_over(self, vault: Rc<Vault>) -> Result<(), BackupError> {
        let store = self.store.ok_or(BackupError::Store(StoreError::Blocked))?;
        let lock = write_lock::acquire().await;
        naast_vault::adopt(&store, &vault).map_err(|error| match error {
            CreateError::Exists => BackupError::Exists,
            CreateError::Store(error) => BackupError::Store(error),
        })?;
        if matches!(*self.access.read_untracked(), Access::Absent) {
            // The device locks of another phone open nothing on this one.
            let devices = vault.header().devices().map(|device| device.credential().to_vec()).collect::<Vec<_>>();
            for device in devices {
                // One that stays would be asked in vain.
                let _ = vault.remove_device(&store, &device, &mut random::Platform);
            }
        }
        self.journal_header(&vault).await;
        drop(lock);
        self.open(vault).await.map_err(|_| BackupError::Unreadable)
    }
}

/// Opens the front of the file.
async fn unlock(front: &Front, typed: &str) -> Result<Vault, BackupError> {
    let header = front.header();
    let passphrase = key_worker::derive(&Passphrase::from_typed(typed), header.setup()).await?.key;
    if let Ok(vault) = header.unlock(&passphrase) {
        return Ok(vault);
    }
    let setup = header.recovery().ok_or(BackupError::OtherKey)?;
    let words = key_worker::derive(&Passphrase::from_recovery_words(typed), setup).await?.key;
    header.unlock(&words).map_err(|_| BackupError::OtherKey)
}
