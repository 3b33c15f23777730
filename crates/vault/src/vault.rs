//! An open vault over a store.

use crate::ascii::Unreadable;
use crate::device::{Device, DeviceKey};
use crate::entropy::Entropy;
use crate::format;
use crate::header::Header;
use crate::kdf::PassphraseKey;
use crate::keys::{HEADER_KEY, Place, RecordKey};
use crate::sealed::{self, Generation, MAX_PLAINTEXT};
use crate::store::{Store, StoreError};
use core::cell::RefCell;
use naast_core::records::{Kind, Record};
use naast_seal::Key;

/// An open vault. Dropping it wipes the data key: that is what locking is.
pub struct Vault {
    key: Key,
    /// The header as last seen in the store: what is sealed under `key` can only be read again
    /// as long as this one, or a later one around the same key, lies there. Another tab may
    /// have changed it; see [`Vault::follow`].
    header: RefCell<Header>,
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

/// Why the header was not changed, or cannot be gone along with. The store is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderError {
    /// What lies in the store is nothing, the header of another vault, or one from before what
    /// this vault has seen.
    VaultChanged,
    /// What lies in the store cannot be read, so it is left alone.
    Unreadable(Reason),
    /// Seven devices open this vault already.
    TooManyDevices,
    /// Storage refused.
    Store(StoreError),
}

impl From<StoreError> for HeaderError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<HeaderError> for SaveError {
    /// Beside a header that is not ours nothing is saved, whatever is wrong with it.
    fn from(error: HeaderError) -> Self {
        match error {
            HeaderError::Store(error) => Self::Store(error),
            _ => Self::VaultChanged,
        }
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

impl Vault {
    pub(crate) fn new(key: Key, header: Header) -> Self {
        Self { key, header: RefCell::new(header) }
    }

    /// The header as last seen in the store: which ways in there are.
    #[must_use]
    pub fn header(&self) -> Header {
        self.header.borrow().clone()
    }

    /// The same as text, to keep a second copy of.
    #[must_use]
    pub fn header_text(&self) -> String {
        self.header.borrow().text().to_owned()
    }

    /// Looks whether the header in the store is still one of ours, and goes along with what
    /// another tab made of it: a header that differs must be bound by our data key and not be
    /// older than what we saw. One of version 1 has no binding; it must be the very same.
    ///
    /// Every save and removal does this by itself.
    ///
    /// # Errors
    /// [`HeaderError`]; nothing saved now could be read again.
    pub async fn follow(&self, store: &impl Store) -> Result<(), HeaderError> {
        // As it was before looking: a change of our own may pass while a slow store answers.
        let known = self.header();
        let text = store.get(HEADER_KEY).await?.ok_or(HeaderError::VaultChanged)?;
        if text == known.text() {
            return Ok(());
        }
        let found = Header::parse(&text).map_err(|why| HeaderError::Unreadable(why.into()))?;
        if found.number() < known.number() || !found.is_bound_by(&self.key) {
            return Err(HeaderError::VaultChanged);
        }
        self.learn(found);
        Ok(())
    }

    fn learn(&self, header: Header) {
        let mut known = self.header.borrow_mut();
        if header.number() >= known.number() {
            *known = header;
        }
    }

    /// Puts another passphrase in place of the one there; records and other ways in stay as
    /// they are. Whether the old one is known is for the caller to ask.
    ///
    /// What the old passphrase opened it still opens where an old copy of the header lies: the
    /// data key is the same.
    ///
    /// As with [`Self::save`], a lock across tabs should be held here: the later of two changes
    /// that cross wins.
    ///
    /// # Errors
    /// [`HeaderError`]; the passphrase is the old one.
    pub async fn change_passphrase(
        &self,
        store: &impl Store,
        key: &PassphraseKey,
        entropy: &mut impl Entropy,
    ) -> Result<(), HeaderError> {
        self.follow(store).await?;
        let mut header = self.header();
        header.set_passphrase(key, &self.key, entropy);
        self.put(store, header, entropy).await
    }

    /// Lets recovery words open the vault too, in place of those before; `None`: no longer any.
    ///
    /// # Errors
    /// [`HeaderError`]; nothing changed.
    pub async fn set_recovery(
        &self,
        store: &impl Store,
        key: Option<&PassphraseKey>,
        entropy: &mut impl Entropy,
    ) -> Result<(), HeaderError> {
        self.follow(store).await?;
        let mut header = self.header();
        header.set_recovery(key, &self.key, entropy);
        self.put(store, header, entropy).await
    }

    /// Lets a device open the vault with its own lock, in place of what its credential opened
    /// before.
    ///
    /// # Errors
    /// [`HeaderError`]; nothing changed.
    pub async fn add_device(
        &self,
        store: &impl Store,
        device: Device,
        key: &DeviceKey,
        entropy: &mut impl Entropy,
    ) -> Result<(), HeaderError> {
        self.follow(store).await?;
        let mut header = self.header();
        if !header.add_device(device, key, &self.key, entropy) {
            return Err(HeaderError::TooManyDevices);
        }
        self.put(store, header, entropy).await
    }

    /// Takes away the device with this credential. Fine when it is gone already.
    ///
    /// # Errors
    /// [`HeaderError`]; nothing changed.
    pub async fn remove_device(
        &self,
        store: &impl Store,
        credential: &[u8],
        entropy: &mut impl Entropy,
    ) -> Result<(), HeaderError> {
        self.follow(store).await?;
        let mut header = self.header();
        header.remove_device(credential);
        self.put(store, header, entropy).await
    }

    /// Writes a changed header, and goes on with it.
    async fn put(&self, store: &impl Store, mut header: Header, entropy: &mut impl Entropy) -> Result<(), HeaderError> {
        header.bind(&self.key, entropy);
        store.put(HEADER_KEY, header.text()).await?;
        self.learn(header);
        Ok(())
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
            Err(why) => Reloaded::SetAside(SetAside { key, kind: Some(place.kind), reason: why.into() }),
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

    /// Checks that the store still holds a header of ours, and at this place exactly this writing.
    async fn expect(
        &self,
        store: &impl Store,
        place: &RecordKey,
        expected: Option<Generation>,
    ) -> Result<(), SaveError> {
        self.follow(store).await?;
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
