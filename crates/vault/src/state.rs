//! The state of the vault in the store before it is opened, and creating a vault.

use crate::ascii::Unreadable;
use crate::entropy::Entropy;
use crate::header::Header;
use crate::kdf::PassphraseKey;
use crate::keys::{HEADER_KEY, Place};
use crate::store::{Store, StoreError};
use crate::vault::Vault;

/// The state of the vault.
#[derive(Debug, Clone)]
pub enum State {
    /// There is nothing of a vault; one can be created.
    Absent,
    /// There is a vault that can be unlocked.
    Locked(Header),
    /// The header is truncated or altered, or its parameters are out of bounds.
    Corrupt,
    /// A vault of a later version of Naast.
    Newer {
        /// The version of its header.
        version: u16,
    },
    /// There was a vault: records are stored, and their header is gone.
    HeaderMissing {
        /// The number of records.
        records: usize,
    },
}

impl State {
    /// The state that a header means: locked, corrupt or newer. If copies of a header are in two places, each is
    /// read by this, and [`Header::number`] tells the newer one.
    #[must_use]
    pub fn of(header: &str) -> Self {
        match Header::parse(header) {
            Ok(header) => Self::Locked(header),
            Err(Unreadable::Corrupt) => Self::Corrupt,
            Err(Unreadable::Newer(version)) => Self::Newer { version },
        }
    }
}

/// Reads the state of the vault.
///
/// # Errors
/// [`StoreError`] if the storage cannot be read.
pub fn inspect(store: &dyn Store) -> Result<State, StoreError> {
    if let Some(text) = store.get(HEADER_KEY)? {
        return Ok(State::of(&text));
    }
    let records = store.keys()?.iter().filter(|key| Place::of(key) != Place::Elsewhere).count();
    Ok(if records == 0 { State::Absent } else { State::HeaderMissing { records } })
}

/// Why no vault was created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreateError {
    /// There is, or was, a vault; it is unchanged.
    Exists,
    /// Storage refused.
    Store(StoreError),
}

impl From<StoreError> for CreateError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Creates a vault with a new random data key, and opens it.
///
/// # Errors
/// [`CreateError`]; the store is unchanged.
pub fn create(store: &dyn Store, key: &PassphraseKey, entropy: &mut impl Entropy) -> Result<Vault, CreateError> {
    if !matches!(inspect(store)?, State::Absent) {
        return Err(CreateError::Exists);
    }
    let vault = Header::create(key, entropy);
    store.put(HEADER_KEY, &vault.header_text())?;
    Ok(vault)
}

/// Stores the header of a vault that a backup [opened](crate::backup::Front::open), on a phone without a vault or
/// with a header that was lost or altered. Records that are stored under the same key can be read again; others
/// stay as they are.
///
/// A header that is there is first copied aside. It counts as altered if it does not belong to this vault and the
/// records do.
///
/// # Errors
/// [`CreateError`]; the store is unchanged, except perhaps for that copy.
pub fn adopt(store: &dyn Store, vault: &Vault) -> Result<(), CreateError> {
    match inspect(store)? {
        State::Absent | State::HeaderMissing { .. } => {}
        State::Corrupt => set_header_aside(store)?,
        State::Locked(header) if !vault.is_of(header.text()) && !vault.load(store, Vec::new())?.records.is_empty() => {
            set_header_aside(store)?;
        }
        State::Locked(_) | State::Newer { .. } => return Err(CreateError::Exists),
    }
    Ok(store.put(HEADER_KEY, &vault.header_text())?)
}

/// The prefix of the keys of replaced headers, which could not be read or may belong to another vault.
pub(crate) const OTHER_HEADER_KEY: &str = "naast.vault.set-aside.";

/// The key of this one: each has its own.
pub(crate) fn aside(header: &str) -> String {
    let end = header.len().checked_sub(8).and_then(|at| header.get(at..)).unwrap_or(header);
    [OTHER_HEADER_KEY, end].concat()
}

/// Copies the stored header aside.
pub(crate) fn set_header_aside(store: &dyn Store) -> Result<(), StoreError> {
    store.get(HEADER_KEY)?.map_or(Ok(()), |other| store.put(&aside(&other), &other))
}
