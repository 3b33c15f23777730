//! A backup, and putting one back.

use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use naast_vault::Passphrase;
use naast_vault::backup::{Changes, Contents, FRONT_MAX, Front, Refused, Whole, Writer};

use super::Session;
use crate::browser::chosen_file::ChosenFile;
use crate::browser::{clock, key_worker, random};

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

impl Session {
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
}
