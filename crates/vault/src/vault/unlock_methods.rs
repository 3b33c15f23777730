//! The unlock methods of a vault: its header, and changing it while the vault is open.

use super::{Reason, SaveError, Vault};
use crate::device::{Device, DeviceKey};
use crate::entropy::Entropy;
use crate::header::Header;
use crate::kdf::{KdfSetup, PassphraseKey};
use crate::keys::HEADER_KEY;
use crate::store::{Store, StoreError};

/// Why the header was not changed, or cannot be adopted. The store is unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderError {
    /// The store has no header, the header of another vault, an older one than this vault has seen, or one
    /// with another passphrase than the one that was given.
    VaultChanged,
    /// The header in the store cannot be read, so it is left alone.
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
    /// Nothing is saved beside a header that does not belong to this vault, whatever is wrong with it.
    fn from(error: HeaderError) -> Self {
        match error {
            HeaderError::Store(error) => Self::Store(error),
            _ => Self::VaultChanged,
        }
    }
}

impl Vault {
    /// The header as last seen in the store; it lists the unlock methods.
    #[must_use]
    pub fn header(&self) -> Header {
        self.header.borrow().clone()
    }

    /// The same as text, for a second copy.
    #[must_use]
    pub fn header_text(&self) -> String {
        self.header.borrow().text().to_owned()
    }

    /// Checks that the header in the store still belongs to this vault, and adopts what another tab made of
    /// it: a different header must be bound by the data key of this vault, and must not be older than the one
    /// last seen. A header of version 1 has no binding; it must be identical.
    ///
    /// Every save and removal does this by itself.
    ///
    /// # Errors
    /// [`HeaderError`]; what would be saved now could not be read again.
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

    /// Whether this header, found elsewhere, belongs to this vault.
    #[must_use]
    pub fn is_of(&self, header: &str) -> bool {
        header == self.header.borrow().text() || Header::parse(header).is_ok_and(|found| found.is_bound_by(&self.key))
    }

    /// Replaces the passphrase; the records and the other unlock methods stay as they are. The caller checks
    /// that the user knows the old one.
    ///
    /// The old passphrase still opens old copies of the header, because the data key is the same.
    ///
    /// As with [`Self::save_all`], the caller should hold a lock across tabs: of two changes at once the
    /// later one wins.
    ///
    /// # Errors
    /// [`HeaderError`]; the passphrase is unchanged.
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

    /// Replaces the costs of the passphrase: `key` is derived from the passphrase that opened the vault under
    /// `known`. If another tab changed the passphrase in the meantime, that change stays.
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
            // Every new passphrase has a new salt.
            if header.setup() != known {
                return Err(HeaderError::VaultChanged);
            }
            header.set_passphrase(key, &self.key, entropy);
            Ok(())
        })
    }

    /// Sets the recovery words that open the vault, and replaces earlier ones; `None` removes them.
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

    /// Lets a device open the vault with its own lock, and replaces an earlier key of the same credential.
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

    /// Removes the device with this credential, if it is there.
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

    /// Changes the header that is in the store now, writes it, and adopts it.
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
