//! A backup, and putting one back.

use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use naast_vault::backup::{Contents, FRONT_MAX, Front, Refused, Whole, Writer};
use naast_vault::{CreateError, Entries, KdfSetup, Passphrase, StoreError, Vault};

use super::{Access, Session};
use crate::browser::chosen_file::ChosenFile;
use crate::browser::key_worker::NotDerived;
use crate::browser::{clock, key_worker, random, timer, turn};

/// Why a backup was not made, or did not open. Nothing changed.
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
    /// There is more than a file may hold.
    TooLarge,
    /// The screen no longer asks for it, or the vault was locked.
    Stopped,
    /// Storage refused.
    Store(StoreError),
    /// A vault came to lie here meanwhile.
    Exists,
}

impl From<NotDerived> for BackupError {
    fn from(_: NotDerived) -> Self {
        Self::NotDerived
    }
}

/// How much of the work is done, and of how much; the answer says whether to go on.
pub type Pace<'a> = &'a dyn Fn(u32, u32) -> bool;

/// A backup that came in whole, and what it opened with.
#[derive(Clone)]
pub struct Opened {
    whole: Whole,
    vault: Rc<Vault>,
}

impl Session {
    /// A backup of all there is, in pieces for a file: for the ways into this vault, or for a
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
            // Of a vault that was locked meanwhile nothing is left to read: the file would lack the rest.
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

    /// Opens a backup: with the key of this vault, or with what was typed: the passphrase of the
    /// file, or the words of a recovery sheet.
    ///
    /// # Errors
    /// [`BackupError`]; nothing changed.
    pub async fn open_backup(
        self,
        file: &ChosenFile,
        typed: Option<&str>,
        pace: Pace<'_>,
    ) -> Result<Opened, BackupError> {
        /// At a time.
        const PIECE: usize = 1 << 18;
        let start = file.read(0, FRONT_MAX).await.ok_or(BackupError::Unreadable)?;
        let front = Front::read(&start).map_err(BackupError::Refused)?;
        let vault = match typed {
            None => self.vault.get_untracked().ok_or(BackupError::OtherKey)?,
            Some(typed) => Rc::new(unlock(&front, typed).await?),
        };
        let mut reader = front.open(&vault).map_err(|why| match typed {
            // The key of this vault need not be that of the file.
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

    /// What is in a backup, next to what is here. Where no vault is open, next to what its key
    /// opens here: what the way was lost to.
    #[must_use]
    pub fn compared(self, opened: &Opened) -> Contents {
        if self.is_open() {
            return opened.whole.contents(&self.entries.read_untracked(), &self.set_aside.read_untracked());
        }
        let here = self.store.and_then(|store| opened.vault.load(&store, Vec::new()).ok()).unwrap_or_default();
        opened.whole.contents(&Entries::of(here.records), &here.set_aside)
    }

    /// Puts a backup back: beside what is here, or in place of it. Where no vault is open, the one
    /// of the backup comes first. The records are kept as any change is; [`Self::saving`] says when.
    ///
    /// # Errors
    /// [`BackupError`]; nothing was put back.
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
        let turn = turn::take().await;
        naast_vault::adopt(&store, &vault).map_err(|error| match error {
            CreateError::Exists => BackupError::Exists,
            CreateError::Store(error) => BackupError::Store(error),
        })?;
        if matches!(*self.access.read_untracked(), Access::Absent) {
            // Devices that open the vault on another phone open nothing on this one.
            let devices = vault.header().devices().map(|device| device.credential().to_vec()).collect::<Vec<_>>();
            for device in devices {
                // One that stays is asked in vain, no more.
                let _ = vault.remove_device(&store, &device, &mut random::Platform);
            }
        }
        self.journal_header(&vault).await;
        drop(turn);
        self.open(vault).await.map_err(|_| BackupError::Unreadable)
    }
}

/// Opens what a file begins with.
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
