//! An open vault over a store.

use crate::ascii::Unreadable;
use crate::batch::{self, Written};
use crate::device::DeviceKey;
use crate::entries::Unsaved;
use crate::entropy::Entropy;
use crate::format;
use crate::header::{Header, UnlockError};
use crate::kdf::PassphraseKey;
use crate::keys::RecordKey;
use crate::sealed::{self, Generation, MAX_PLAINTEXT};
use crate::store::{Store, StoreError};
use core::cell::RefCell;
use naast_core::records::{Kind, Record};
use naast_seal::Key;
use zeroize::Zeroizing;

mod unlock_methods;

pub use unlock_methods::HeaderError;

/// An open vault. Dropping it wipes the data key, which is what locking means.
pub struct Vault {
    key: Key,
    /// The header as last seen in the store. What is sealed under `key` can only be read again while this one, or a
    /// later one with the same key, is stored. Another tab may have changed it; see [`Vault::follow`].
    header: RefCell<Header>,
    /// The last generation of places where nothing is stored, or something older. A new value continues from it, so
    /// that no older copy elsewhere is taken for the newer one.
    last: RefCell<Vec<(RecordKey, Generation)>>,
}

/// A value and the generation it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamped<T> {
    /// The value.
    pub value: T,
    /// Its generation, to pass back when saving or removing.
    pub generation: Generation,
}

/// A stored value that cannot be read. It stays at its key, and is never overwritten or deleted from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Its key in the store.
    pub key: String,
    /// Its kind; `None` for answers of a parent, and if a later version added the kind.
    pub kind: Option<Kind>,
    /// Why it cannot be read.
    pub reason: Reason,
}

/// Why a stored record cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Truncated, altered, moved from another place, or sealed under another vault's key.
    Corrupt,
    /// Written by a later version of Naast.
    Newer,
    /// Its key names a known kind with an id that Naast never gives.
    Foreign,
}

/// What is stored at a place after a change from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reloaded {
    /// This record.
    Found(Box<Stamped<Record>>),
    /// Nothing.
    Gone,
    /// Something that cannot be read.
    SetAside(SetAside),
}

/// Why a record was not saved or removed. The store is unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveError {
    /// Another tab wrote or removed (`None`) it in the meantime.
    Conflict {
        /// The record in the store now.
        theirs: Option<Box<Stamped<Record>>>,
    },
    /// The value at its place cannot be read, so it is left alone.
    Unreadable(SetAside),
    /// The record is larger than 2 MiB.
    TooLarge,
    /// The stored vault is not the one that was opened, so nothing saved now could be read again. Keep the text on
    /// the screen and read the state anew.
    VaultChanged,
    /// Storage refused.
    Store(StoreError),
}

impl From<StoreError> for SaveError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Unreadable> for Reason {
    fn from(why: Unreadable) -> Self {
        match why {
            Unreadable::Corrupt => Self::Corrupt,
            Unreadable::Newer(_) => Self::Newer,
        }
    }
}

/// The outcome of several changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    /// The values that were stored.
    pub written: Vec<Written>,
    /// The changes that were not, and why.
    pub refused: Vec<(RecordKey, SaveError)>,
}

/// What a stored value contains.
pub(crate) enum Opened {
    /// A record.
    Record(Box<Stamped<Record>>),
    /// A mark that the record is gone.
    Gone(Generation),
    /// Something that cannot be read.
    Unreadable(Reason),
}

impl Header {
    /// Opens the vault with a key derived under [`Self::setup`] or [`Self::recovery`].
    ///
    /// # Errors
    /// [`UnlockError`]; nothing was opened.
    pub fn unlock(&self, key: &PassphraseKey) -> Result<Vault, UnlockError> {
        Ok(Vault::new(self.open(key)?, self.clone()))
    }

    /// Opens the vault with the key of any of its [`Self::devices`].
    ///
    /// # Errors
    /// [`UnlockError`]; nothing was opened.
    pub fn unlock_with_device(&self, key: &DeviceKey) -> Result<Vault, UnlockError> {
        Ok(Vault::new(self.open_with_device(key)?, self.clone()))
    }

    /// A vault with a new random data key.
    pub(crate) fn create(key: &PassphraseKey, entropy: &mut impl Entropy) -> Vault {
        let (header, data_key) = Self::generate(key, entropy);
        Vault::new(data_key, header)
    }
}

impl Vault {
    pub(crate) fn new(key: Key, header: Header) -> Self {
        Self { key, header: RefCell::new(header), last: RefCell::default() }
    }

    /// The data key, for what is sealed outside the store.
    pub(crate) fn key(&self) -> &Key {
        &self.key
    }

    /// Reads one record again, such as after a change from another tab. `known` is the generation last seen there;
    /// what is written there later is newer than that too.
    ///
    /// # Errors
    /// [`StoreError`] if the storage cannot be read.
    pub fn reload(
        &self,
        store: &dyn Store,
        place: &RecordKey,
        known: Option<Generation>,
    ) -> Result<Reloaded, StoreError> {
        let key = place.to_string();
        let found = store.get(&key)?.map(|text| self.open(place, &text));
        if let Some(known) = known {
            // Where nothing is stored, the number of later versions is not known.
            self.note_last(place, if found.is_some() { known } else { known.long_ago() });
        }
        Ok(match found {
            None => Reloaded::Gone,
            Some(Opened::Record(record)) => Reloaded::Found(record),
            Some(Opened::Gone(generation)) => {
                self.note_last(place, generation);
                Reloaded::Gone
            }
            Some(Opened::Unreadable(reason)) => Reloaded::SetAside(SetAside { key, kind: Some(place.kind), reason }),
        })
    }

    /// Writes these changes to the store, in a batch, so that after a power failure either all of them are there or
    /// none. Only if there is no room for a batch they are written one by one. A change that is refused does not
    /// keep the others back.
    ///
    /// A removed record is overwritten with a mark that it is gone. The mark goes when the vault is opened and the
    /// journal has it ([`Self::heal`]); until then an older copy elsewhere would count as the newest.
    ///
    /// Without a lock another tab may write between the check and the write. Its text is lost only if it never
    /// saves again: its next save meets a [`SaveError::Conflict`]. A caller with a lock across tabs should hold it
    /// here.
    pub fn save_all(&self, store: &dyn Store, changes: &[Unsaved], entropy: &mut impl Entropy) -> Saved {
        let mut saved = Saved::default();
        let mut prepared = Vec::new();
        // Checked once for all: nothing happens in between in a synchronous store.
        let ours = self.follow(store);
        let finished = ours.is_ok() && self.finish(store) == Ok(true);
        for change in changes {
            match ours.map_err(SaveError::from).and_then(|()| self.prepare(store, change, entropy)) {
                Ok(written) => prepared.push(written),
                Err(error) => saved.refused.push((change.place, error)),
            }
        }
        let mut together = finished && prepared.len() > 1 && batch::put(store, &prepared);
        for written in prepared {
            let key = written.place.to_string();
            let mut put = store.put(&key, &written.text);
            if together && put.is_err() {
                // A batch needs twice the room; there may be room for one copy.
                together = false;
                batch::remove(store);
                put = store.put(&key, &written.text);
            }
            match put {
                Ok(()) => {
                    if written.gone {
                        self.note_last(&written.place, written.generation);
                    }
                    saved.written.push(written);
                }
                Err(error) => saved.refused.push((written.place, error.into())),
            }
        }
        if together {
            batch::remove(store);
        }
        saved
    }

    /// Checks whether a change may be written, and seals it.
    fn prepare(&self, store: &dyn Store, change: &Unsaved, entropy: &mut impl Entropy) -> Result<Written, SaveError> {
        let place = change.place;
        let gone = || Zeroizing::new(format::GONE.to_vec());
        let plaintext = change.record.as_ref().map_or_else(gone, format::encode);
        if plaintext.len() > MAX_PLAINTEXT {
            return Err(SaveError::TooLarge);
        }
        self.expect(store, &place, change.based_on)?;
        let number = Generation::next(change.based_on).max(Generation::next(self.last_at(&place)));
        let (generation, text) = sealed::seal(&self.key, &place, number, plaintext, entropy);
        Ok(Written { place, generation, gone: change.record.is_none(), text })
    }

    /// Checks that exactly this generation is stored at this place.
    fn expect(&self, store: &dyn Store, place: &RecordKey, expected: Option<Generation>) -> Result<(), SaveError> {
        let theirs = match self.reload(store, place, expected)? {
            Reloaded::Found(theirs) => Some(theirs),
            Reloaded::Gone => None,
            Reloaded::SetAside(aside) => return Err(SaveError::Unreadable(aside)),
        };
        if theirs.as_ref().map(|theirs| theirs.generation) == expected {
            Ok(())
        } else {
            Err(SaveError::Conflict { theirs })
        }
    }

    /// What a stored value at this place contains.
    pub(crate) fn open(&self, place: &RecordKey, text: &str) -> Opened {
        let opened = sealed::open(&self.key, place, text).and_then(|(generation, plaintext)| {
            if plaintext.as_slice() == format::GONE {
                return Ok(Opened::Gone(generation));
            }
            let value = format::decode(place, &plaintext)?;
            Ok(Opened::Record(Box::new(Stamped { value, generation })))
        });
        opened.unwrap_or_else(|why| Opened::Unreadable(why.into()))
    }

    fn last_at(&self, place: &RecordKey) -> Option<Generation> {
        self.last.borrow().iter().find(|(known, _)| known == place).map(|(_, generation)| *generation)
    }

    /// Remembers that there was this generation at a place.
    pub(crate) fn note_last(&self, place: &RecordKey, generation: Generation) {
        let mut last = self.last.borrow_mut();
        last.retain(|(known, before)| known != place || before.number() > generation.number());
        if !last.iter().any(|(known, _)| known == place) {
            last.push((*place, generation));
        }
    }
}

/// The values to write to the journal: what is stored now. Another tab may have written or removed since, and what
/// it gave the journal is newer.
///
/// # Errors
/// [`StoreError`] if the store cannot be read.
pub fn for_journal(store: &dyn Store, written: &[Written]) -> Result<Vec<(String, String)>, StoreError> {
    let mut all = Vec::new();
    for written in written {
        let key = written.place.to_string();
        match store.get(&key)? {
            Some(text) => all.push((key, text)),
            None if written.gone => all.push((key, written.text.clone())),
            None => {}
        }
    }
    Ok(all)
}

/// Of each place the latest write.
#[must_use]
pub fn last_of_each(written: Vec<Written>) -> Vec<Written> {
    let mut last: Vec<Written> = Vec::new();
    for one in written {
        match last.iter_mut().find(|known| known.place == one.place) {
            Some(known) => *known = one,
            None => last.push(one),
        }
    }
    last
}

impl core::fmt::Debug for Vault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Vault(..)")
    }
}

#[cfg(test)]
mod tests;
