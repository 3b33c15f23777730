//! Turning the phone to the parent: the vault locks, and what the parent answers is kept without it.
//!
//! The answers wait under keys of their own, sealed ([`naast_vault::ParentSealer`]). When the vault opens next, they
//! are added to the visit or the family, and their values are removed.

use naast_core::content::Tool;
use naast_core::parent::ParentAnswers;
use naast_core::records::{Id, Kind};
use naast_vault::{Letter, PARENT_KEYS, ParentSealer, RecordKey, Store, StoreError};

use super::{Saving, Session};
use crate::browser::device_store::DeviceStore;
use crate::browser::disk_journal::DiskJournal;
use crate::browser::{random, task, write_lock};

/// What keeps the answers of the parent while the vault is locked. It can open nothing else.
pub struct Turning {
    sealer: ParentSealer,
    store: DeviceStore,
    journal: Option<DiskJournal>,
}

/// The answers were not saved, and are only on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotKept;

impl From<StoreError> for NotKept {
    fn from(_: StoreError) -> Self {
        Self
    }
}

impl Turning {
    /// Saves the answers: in the store before it returns, and then in the journal.
    ///
    /// # Errors
    /// [`NotKept`]; what was saved before is unchanged.
    pub fn keep(&self, answers: &ParentAnswers) -> Result<(), NotKept> {
        let value = self.sealer.seal(answers, &mut random::Platform).ok_or(NotKept)?;
        self.store.put(&self.sealer.key(), &value)?;
        if let Some(journal) = self.journal.clone() {
            let key = self.sealer.key();
            task::spawn(async move {
                // The store has it; after a kill, the journal may have it in addition.
                drop(journal.commit(&[(key, value)]).await);
            });
        }
        Ok(())
    }
}

impl Session {
    /// Saves everything and locks. Returns what keeps the answers from now on, and the first of them, which are
    /// blank; `None` while there is unsaved text or no room, and then the vault stays open.
    pub fn turn(self, blank: impl FnOnce(Id) -> ParentAnswers) -> Option<(Turning, ParentAnswers)> {
        self.flush_now();
        let (store, vault) = (self.store?, self.vault.get_untracked()?);
        if self.has_unsaved() {
            return None;
        }
        let answers = blank(self.fresh_id());
        let sealer = vault.parent_sealer(answers.id, &mut random::Platform);
        let turning = Turning { sealer, store, journal: self.journal.get_untracked() };
        // Other tabs see this value, and lock.
        turning.keep(&answers).ok()?;
        drop(vault);
        self.lock().then_some((turning, answers))
    }

    /// Whether a change by another tab means that it turned the phone.
    #[must_use]
    pub fn is_turned_elsewhere(self, key: &str) -> bool {
        let stored = |store: DeviceStore| store.get(key).is_ok_and(|value| value.is_some());
        key.starts_with(PARENT_KEYS) && self.store.is_some_and(stored)
    }

    /// Adds what parents answered to the records.
    pub(super) fn receive(self, letters: Vec<Letter>) {
        let tools: &[Tool] = self.tools;
        for Letter { answers, .. } in &letters {
            let family = self.with_visit_untracked(answers.visit, |visit| visit.family);
            if let Some(family) = family.filter(|_| !answers.is_blank()) {
                self.edit_visit(answers.visit, |visit| answers.add_to_visit(tools, visit));
                self.edit_family(family, |family| answers.add_to_family(family));
                self.received.set(true);
            }
        }
        if !letters.is_empty() {
            task::spawn(self.remove_letters(letters));
        }
    }

    /// Removes the answers, once the records that have them are saved.
    async fn remove_letters(self, letters: Vec<Letter>) {
        self.flush().await;
        let lock = write_lock::acquire().await;
        let Some(store) = self.store.filter(|_| *self.saving.read_untracked() == Saving::Kept) else { return };
        // Without a visit there is nothing to add to; but one that cannot be read may be read later.
        let unreadable = |letter: &Letter| {
            let visit = RecordKey { kind: Kind::Visit, id: letter.answers.visit.0 }.to_string();
            self.set_aside.read_untracked().iter().any(|aside| aside.key == visit)
        };
        let letters = letters.into_iter().filter(|letter| !unreadable(letter)).collect::<Vec<_>>();
        let journalled = letters.iter().filter(|letter| letter.in_journal);
        let emptied = journalled.map(|letter| (letter.key.clone(), String::new())).collect::<Vec<_>>();
        if let Some(journal) = self.journal.get_untracked().filter(|_| !emptied.is_empty())
            && journal.commit(&emptied).await.is_err()
        {
            return;
        }
        // What is left is found again, and adding it again changes nothing.
        for letter in &letters {
            let _ = letter.remove(&store);
        }
        drop(lock);
    }
}
