//! The ways into a vault: its header, and changing it while the vault is open.

use super::{Reason, SaveError, Vault};
use crate::device::{Device, DeviceKey};
use crate::entropy::Entropy;
use crate::header::Header;
use crate::kdf::{KdfSetup, PassphraseKey};
use crate::keys::HEADER_KEY;
use crate::store::{Store, StoreError};

/// Why the header was not changed, or cannot be gone along with. The store is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderError {
    /// What lies in the store is nothing, the header of another vault, one from before what
    /// this vault has seen, or one with another passphrase than the one at hand.
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

impl Vault {
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
    pub fn follow(&self, store: &dyn Store) -> Result<(), HeaderError> {
        let text = store.get(HEADER_KEY)?.ok_or(HeaderError::VaultChanged)?;
        let mut known = self.header.borrow_mut();
        if text == known.text() {
            return Ok(());
        }
        let found = Header::parse(&text).map_err(|why| HeaderError::Unreadable(why.into()))?;
        if found.number() < known.number() || !found.is_bound_by(&self.key) {
            return Err(HeaderError::VaultChanged);
        }
        *known = found;
        Ok(())
    }

    /// Whether this header, found elsewhere, leads to this vault.
    #[must_use]
    pub fn is_of(&self, header: &str) -> bool {
        header == self.header.borrow().text() || Header::parse(header).is_ok_and(|found| found.is_bound_by(&self.key))
    }

    /// Puts another passphrase in place of the one there; records and other ways in stay as
    /// they are. Whether the old one is known is for the caller to ask.
    ///
    /// What the old passphrase opened it still opens where an old copy of the header lies: the
    /// data key is the same.
    ///
    /// As with [`Self::save_all`], a lock across tabs should be held here: the later of two changes
    /// that cross wins.
    ///
    /// # Errors
    /// [`HeaderError`]; the passphrase is the old one.
    pub fn change_passphrase(
        &self,
        store: &dyn Store,
        key: &PassphraseKey,
        entropy: &mut impl Entropy,
    ) -> Result<(), HeaderError> {
        self.change(store, entropy, |header, entropy| {
            header.set_passphrase(key, &self.key, entropy);
            Ok(())
        })
    }

    /// Puts the same passphrase there under other costs: `key` is that of the words which opened
    /// the vault under `known`. Where another tab changed the passphrase meanwhile, that one stays.
    ///
    /// # Errors
    /// [`HeaderError`]; nothing changed.
    pub fn raise_costs(
        &self,
        store: &dyn Store,
        known: &KdfSetup,
        key: &PassphraseKey,
        entropy: &mut impl Entropy,
    ) -> Result<(), HeaderError> {
        self.change(store, entropy, |header, entropy| {
            // The salt is drawn anew with every passphrase.
            if header.setup() != known {
                return Err(HeaderError::VaultChanged);
            }
            header.set_passphrase(key, &self.key, entropy);
            Ok(())
        })
    }

    /// Lets recovery words open the vault too, in place of those before; `None`: no longer any.
    ///
    /// # Errors
    /// [`HeaderError`]; nothing changed.
    pub fn set_recovery(
        &self,
        store: &dyn Store,
        key: Option<&PassphraseKey>,
        entropy: &mut impl Entropy,
    ) -> Result<(), HeaderError> {
        self.change(store, entropy, |header, entropy| {
            header.set_recovery(key, &self.key, entropy);
            Ok(())
        })
    }

    /// Lets a device open the vault with its own lock, in place of what its credential opened
    /// before.
    ///
    /// # Errors
    /// [`HeaderError`]; nothing changed.
    pub fn add_device(
        &self,
        store: &dyn Store,
        device: Device,
        key: &DeviceKey,
        entropy: &mut impl Entropy,
    ) -> Result<(), HeaderError> {
        self.change(store, entropy, |header, entropy| {
            let added = header.add_device(device, key, &self.key, entropy);
            if added { Ok(()) } else { Err(HeaderError::TooManyDevices) }
        })
    }

    /// Takes away the device with this credential. Fine when it is gone already.
    ///
    /// # Errors
    /// [`HeaderError`]; nothing changed.
    pub fn remove_device(
        &self,
        store: &dyn Store,
        credential: &[u8],
        entropy: &mut impl Entropy,
    ) -> Result<(), HeaderError> {
        self.change(store, entropy, |header, _| {
            header.remove_device(credential);
            Ok(())
        })
    }

    /// Changes the header as it lies in the store now, writes it, and goes on with it.
    fn change<E: Entropy>(
        &self,
        store: &dyn Store,
        entropy: &mut E,
        alter: impl FnOnce(&mut Header, &mut E) -> Result<(), HeaderError>,
    ) -> Result<(), HeaderError> {
        self.follow(store)?;
        let mut header = self.header();
        alter(&mut header, entropy)?;
        header.bind(&self.key, entropy);
        store.put(HEADER_KEY, header.text())?;
        *self.header.borrow_mut() = header;
        Ok(())
    }
}
