//! From a change in memory to a saved note: first in the store, then in the journal.

use naast_core::records::Record;
use naast_vault::{HEADER_KEY, RecordKey, Reloaded, SaveError, Stamped};

use super::{Saving, Session};
use crate::browser::disk_journal::Failed;
use crate::browser::{random, task, timer, write_lock};

/// How long a change may wait before it is sealed, in milliseconds.
const SAVE_WITHIN: i32 = 400;

impl Session {
    pub(super) fn plan(self) {
        self.saving.set(Saving::Busy);
        if !self.planned.get_untracked() {
            self.planned.set(true);
            timer::after(SAVE_WITHIN, move || {
                self.planned.set(false);
                task::spawn(self.flush());
            });
        }
    }

    /// Writes all changes to the store before it returns, and then to the journal.
    pub fn flush_now(self) {
        let outcome = self.store_all();
        task::spawn(self.journal_all(outcome));
    }

    /// Saves all changes, under the write lock that all tabs share.
    pub(super) async fn flush(self) {
        let lock = write_lock::acquire().await;
        let outcome = self.store_all();
        self.journal_all(outcome).await;
        drop(lock);
    }

    /// Writes all changes to the store. Returns why it could not.
    fn store_all(self) -> Option<SaveError> {
        let (Some(store), Some(vault)) = (self.store, self.vault.get_untracked()) else { return None };
        let mut why = None;
        // A conflict is merged and tried again. Another tab cannot win every time; if it does, the next save
        // continues.
        for _ in 0..8 {
            let changes = self.entries.read_untracked().unsaved();
            if changes.is_empty() || why.is_some() {
                break;
            }
            let mut saved = vault.save_all(&store, &changes, &mut random::Platform);
            let met = saved.refused.iter().any(|(_, error)| matches!(error, SaveError::Conflict { .. }));
            // Untracked, because nothing on the screen changes.
            why = self.entries.write_untracked().after(changes, &mut saved);
            if met {
                drop(self.entries.write());
                self.own.set(());
            }
            self.owed.write_untracked().append(&mut saved.written);
        }
        why
    }

    /// Writes to the journal what the store has. Only then it is saved.
    async fn journal_all(self, outcome: Option<SaveError>) {
        let owed = std::mem::take(&mut *self.owed.write_untracked());
        if let (false, Some(journal), Some(store)) = (owed.is_empty(), self.journal.get_untracked(), self.store) {
            *self.writing.write_untracked() += 1;
            let kept = match naast_vault::for_journal(&store, &owed) {
                Ok(values) => journal.commit(&values).await,
                Err(_) => Err(Failed::Once),
            };
            *self.writing.write_untracked() -= 1;
            self.say_second(kept.is_ok());
            if kept == Err(Failed::Closed) {
                // The journal gets what it lacks when the vault is opened next.
                self.journal.set(None);
            } else if kept.is_err() {
                // Kept for the next write: of each place the newest value.
                let mut all = owed;
                all.append(&mut self.owed.write_untracked());
                *self.owed.write_untracked() = naast_vault::last_of_each(all);
            }
        }
        if let Some(error) = outcome {
            self.saving.set(Saving::Failed(error));
        } else if *self.writing.read_untracked() > 0 {
            // Writes may overlap, such as when a page is left; the last one reports the state.
        } else if !self.has_unsaved() {
            self.saving.set(Saving::Kept);
        } else {
            self.plan();
        }
    }

    fn meet(self, place: &RecordKey, theirs: Option<Stamped<Record>>) {
        self.entries.write().meet(place, theirs);
        self.tell(place.kind);
    }

    /// Handles a change by another tab: its key, or `None` when everything was cleared.
    pub fn changed_elsewhere(self, key: Option<&str>) {
        let place = key.and_then(RecordKey::parse);
        match (place, self.vault.get_untracked(), self.store) {
            (Some(place), Some(vault), Some(store)) => {
                let known = self.entries.read_untracked().known(&place);
                match vault.reload(&store, &place, known) {
                    Ok(Reloaded::Found(theirs)) => self.meet(&place, Some(*theirs)),
                    Ok(Reloaded::Gone) => self.meet(&place, None),
                    Ok(Reloaded::SetAside(aside)) => {
                        let mut all = self.set_aside.write();
                        all.retain(|known| known.key != aside.key);
                        all.push(aside);
                    }
                    // The next save reports it.
                    Err(_) => {}
                }
                if self.has_unsaved() {
                    self.plan();
                }
            }
            (None, Some(vault), Some(store)) if key.is_none_or(|key| key == HEADER_KEY) => {
                // The vault is still the same one, for example with another passphrase.
                if vault.follow(&store).is_ok() {
                    self.unlock_methods.set(());
                    return;
                }
                // The vault was removed or replaced. Unsaved text stays on the screen.
                if self.has_unsaved() {
                    self.saving.set(Saving::Failed(SaveError::VaultChanged));
                } else {
                    self.lock();
                }
            }
            _ => self.look(),
        }
    }
}
