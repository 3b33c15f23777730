//! Erasing everything, from both stores and from memory.

use naast_vault::erase;

use super::{Saving, Second, Session};
use crate::browser::disk_journal::DiskJournal;
use crate::browser::write_lock;

impl Session {
    /// Whether an erasure was started here and not finished.
    #[must_use]
    pub fn is_erasing(self) -> bool {
        self.store.is_some_and(|store| erase::is_under_way(&store) == Ok(true))
    }

    /// Erases everything in the stores of this device, whatever its state, with unsaved text. Returns whether all
    /// of it is gone.
    pub async fn erase(self) -> bool {
        // Waits for writes of this or another tab to finish.
        self.journal_asked().await;
        let lock = write_lock::acquire().await;
        self.let_go();
        self.owed.write_untracked().clear();
        let again = self.is_erasing();
        if let Some(store) = &self.store {
            erase::begin(store);
        }
        self.journal.set(None);
        let mut gone = DiskJournal::erase().await.is_ok();
        if let Some(store) = &self.store {
            // A browser that does not release the journal must not keep the app closed.
            gone &= erase::finish(store, gone || again).is_ok();
        }
        drop(lock);
        self.asked.set(None);
        self.second.set(Second::Lacking);
        self.saving.set(Saving::Kept);
        self.look();
        gone
    }
}
