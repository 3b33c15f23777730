//! An open vault over a store.

use crate::ascii::Unreadable;
use crate::entropy::Entropy;
use crate::format;
use crate::keys::{HEADER_KEY, Place, RecordKey};
use crate::sealed::{self, Generation, MAX_PLAINTEXT};
use crate::store::{Store, StoreError};
use naast_core::records::{Kind, Record};
use naast_seal::Key;

/// An open vault. Dropping it wipes the data key: that is what locking is.
pub struct Vault {
    key: Key,
    /// The header it was opened with, as stored: what is sealed under `key` can only be
    /// read again as long as this header lies in the store.
    header: String,
}

/// A value and the writing it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamped<T> {
    /// What was read.
    pub value: T,
    /// Which writing it was; hand it back when saving or removing.
    pub generation: Generation,
}

/// All that lies in the store.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loaded {
    /// What could be read, in the order in which the store lists its keys.
    pub records: Vec<Stamped<Record>>,
    /// What could not; it stays where it is.
    pub set_aside: Vec<SetAside>,
}

/// A stored value that cannot be read. It stays whole at its key, is never overwritten
/// and never deleted from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Where it lies in the store.
    pub key: String,
    /// What kind of record it would be; `None` when a later version added the kind.
    pub kind: Option<Kind>,
    /// Why it cannot be read.
    pub reason: Reason,
}

/// Why a stored record cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Cut, altered, moved from another place, or sealed under another vault's key.
    Corrupt,
    /// Written by a later version of Naast.
    Newer,
    /// Its key stands among our records but has no id that we give.
    Foreign,
}

/// What lies at a place after it was changed from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reloaded {
    /// This record.
    Found(Box<Stamped<Record>>),
    /// Nothing.
    Gone,
    /// Something that cannot be read.
    SetAside(SetAside),
}

/// Why a record was not saved or removed. Nothing in the store was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveError {
    /// Somebody else wrote it meanwhile, as it stands here; `None`: removed it.
    Conflict {
        /// The record as it lies in the store now.
        theirs: Option<Box<Stamped<Record>>>,
    },
    /// What lies at its place cannot be read, so it is left alone.
    Unreadable(SetAside),
    /// The record holds more than 2 MiB.
    TooLarge,
    /// The vault in the store is not, or no longer, the one that was opened: nothing
    /// saved now could be read again. Keep the text on screen and look at the state anew.
    VaultChanged,
    /// Storage refused.
    Store(StoreError),
}

impl From<StoreError> for SaveError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Vault {
    pub(crate) fn new(key: Key, header: String) -> Self {
        Self { key, header }
    }

    /// Reads every record in the store. One that cannot be read does not keep the others
    /// from opening.
    ///
    /// # Errors
    /// [`StoreError`] when storage itself cannot be asked.
    pub async fn load_all(&self, store: &impl Store) -> Result<Loaded, StoreError> {
        let mut loaded = Loaded::default();
        for key in store.keys().await? {
            let aside = |kind, reason| SetAside { key: key.clone(), kind, reason };
            match Place::of(&key) {
                Place::Record(place) => match self.reload(store, &place).await? {
                    Reloaded::Found(record) => loaded.records.push(*record),
                    Reloaded::SetAside(aside) => loaded.set_aside.push(aside),
                    Reloaded::Gone => {} // by another tab, between the list and now
                },
                Place::Foreign(kind) => loaded.set_aside.push(aside(Some(kind), Reason::Foreign)),
                Place::LaterKind => loaded.set_aside.push(aside(None, Reason::Newer)),
                Place::Elsewhere => {}
            }
        }
        Ok(loaded)
    }

    /// Reads one record, as after a change from another tab.
    ///
    /// # Errors
    /// [`StoreError`] when storage itself cannot be asked.
    pub async fn reload(&self, store: &impl Store, place: &RecordKey) -> Result<Reloaded, StoreError> {
        let key = place.to_string();
        let Some(text) = store.get(&key).await? else {
            return Ok(Reloaded::Gone);
        };
        Ok(match self.open(place, &text) {
            Ok(record) => Reloaded::Found(Box::new(record)),
            Err(why) => {
                let reason = match why {
                    Unreadable::Corrupt => Reason::Corrupt,
                    Unreadable::Newer(_) => Reason::Newer,
                };
                Reloaded::SetAside(SetAside { key, kind: Some(place.kind), reason })
            }
        })
    }

    /// Saves a record in place of the writing it was `based_on` (`None`: it is new), and
    /// says which writing this one is.
    ///
    /// Between looking and putting another tab may still slip in, where storage gives no
    /// lock. Its words are lost then only if it never saves again: its next save meets a
    /// [`SaveError::Conflict`]. A caller with a lock across tabs should hold it here.
    ///
    /// # Errors
    /// [`SaveError`]; the store is as it was.
    pub async fn save(
        &self,
        store: &impl Store,
        record: &Record,
        based_on: Option<Generation>,
        entropy: &mut impl Entropy,
    ) -> Result<Generation, SaveError> {
        let place = RecordKey::of(record);
        let plaintext = Some(format::encode(record)).filter(|bytes| bytes.len() <= MAX_PLAINTEXT);
        let plaintext = plaintext.ok_or(SaveError::TooLarge)?;
        self.expect(store, &place, based_on).await?;
        let (generation, text) = sealed::seal(&self.key, &place, Generation::next(based_on), plaintext, entropy);
        store.put(&place.to_string(), &text).await?;
        Ok(generation)
    }

    /// Removes a record, if it still is the writing that the caller knows. Fine when it
    /// is gone already.
    ///
    /// # Errors
    /// [`SaveError`]; the store is as it was.
    pub async fn remove(&self, store: &impl Store, place: &RecordKey, known: Generation) -> Result<(), SaveError> {
        match self.expect(store, place, Some(known)).await {
            Ok(()) => Ok(store.remove(&place.to_string()).await?),
            Err(SaveError::Conflict { theirs: None }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Checks that the store still holds our header, and at this place exactly this writing.
    async fn expect(
        &self,
        store: &impl Store,
        place: &RecordKey,
        expected: Option<Generation>,
    ) -> Result<(), SaveError> {
        if store.get(HEADER_KEY).await?.as_deref() != Some(&self.header) {
            return Err(SaveError::VaultChanged);
        }
        let theirs = match self.reload(store, place).await? {
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

    fn open(&self, place: &RecordKey, text: &str) -> Result<Stamped<Record>, Unreadable> {
        let (generation, plaintext) = sealed::open(&self.key, place, text)?;
        Ok(Stamped { value: format::decode(place, &plaintext)?, generation })
    }
}

impl core::fmt::Debug for Vault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Vault(..)")
    }
}

#[cfg(test)]
mod tests;
