//! From a change in memory to a note that is kept: first in the store, then in the journal.

use naast_core::records::Record;
use naast_vault::{HEADER_KEY, RecordKey, Reloaded, SaveError, Stamped};

use super::{Saving, Session};
use crate::browser::disk_journal::Failed;
use crate::browser::{random, task, timer, turn};

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
        if let (false, Some(journal), Some(store)) = (owed.is_empty(), self.journal.get_untracked(), self.store) {
            *self.writing.write_untracked() += 1;
            let kept = match naast_vault::for_journal(&store, &owed) {
                Ok(values) => journal.commit(&values).await,
                Err(_) => Err(Failed::Once),
            };
            *self.writing.write_untracked() -= 1;
            self.say_second(kept.is_ok());
            if kept == Err(Failed::Closed) {
                // What it lacks, it gets when the vault opens the next time.
                self.journal.set(None);
            } else if kept.is_err() {
                // The next time again: of every place what was written last.
                let mut all = owed;
                all.append(&mut self.owed.write_untracked());
                *self.owed.write_untracked() = naast_vault::last_of_each(all);
            }
        }
        if let Some(error) = outcome {
            self.saving.set(Saving::Failed(error));
        } else if *self.writing.read_untracked() > 0 {
            // Who leaves a page while it is being kept comes by here too; whoever writes last says it.
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

    /// Another tab changed a value: its key, or nothing when all was cleared.
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
                    // The next save says so.
                    Err(_) => {}
                }
                if self.has_unsaved() {
                    self.plan();
                }
            }
            (None, Some(vault), Some(store)) if key.is_none_or(|key| key == HEADER_KEY) => {
                // Another passphrase, say: still our vault.
                if vault.follow(&store).is_ok() {
                    self.unlock_methods.set(());
                    return;
                }
                // The vault was taken away or made anew. Words not kept stay on the screen.
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
