//! Erasing everything, from both stores and from memory.

use naast_vault::erase;

use super::{Saving, Second, Session};
use crate::browser::disk_journal::DiskJournal;
use crate::browser::turn;

impl Session {
    /// Whether erasing was begun here and did not come to its end.
    #[must_use]
    pub fn is_erasing(self) -> bool {
        self.store.is_some_and(|store| erase::is_under_way(&store) == Ok(true))
    }

    /// Erases all that lies in the stores of this device, whatever state it is in. What was typed and
    /// not kept goes as well. Says whether all of it is gone.
    pub async fn erase(self) -> bool {
        // What another tab is writing, or this one, comes to its end first.
        self.journal_asked().await;
        let turn = turn::take().await;
        self.let_go();
        self.owed.write_untracked().clear();
        let again = self.is_erasing();
        if let Some(store) = &self.store {
            erase::begin(store);
        }
        self.journal.set(None);
        let mut gone = DiskJournal::erase().await.is_ok();
        if let Some(store) = &self.store {
            // A browser that never lets go of the journal must not keep Naast closed for ever.
            gone &= erase::finish(store, gone || again).is_ok();
        }
        drop(turn);
        self.asked.set(None);
        self.second.set(Second::Lacking);
        self.saving.set(Saving::Kept);
        self.look();
        gone
    }
}
