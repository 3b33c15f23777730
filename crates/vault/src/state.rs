//! What lies in the store before anything is opened, and making a vault.

use crate::ascii::Unreadable;
use crate::entropy::Entropy;
use crate::header::Header;
use crate::kdf::PassphraseKey;
use crate::keys::{HEADER_KEY, Place};
use crate::store::{Store, StoreError};
use crate::vault::Vault;

/// What lies in the store.
#[derive(Debug, Clone)]
pub enum State {
    /// No vault and nothing of one: one can be made.
    Absent,
    /// A vault, and the ways to open it.
    Locked(Header),
    /// A header that is cut or altered, or that asks for costs out of bounds.
    Corrupt,
    /// A vault of a later version of Naast.
    Newer {
        /// The version of its header.
        version: u16,
    },
    /// There was a vault here: records lie in the store and their header is gone.
    HeaderMissing {
        /// How many records lie there.
        records: usize,
    },
}

impl State {
    /// What this header makes of a store: locked, corrupt or newer. Where copies of one header
    /// lie in two places, each is read by this and [`Header::number`] tells the newer one.
    #[must_use]
    pub fn of(header: &str) -> Self {
        match Header::parse(header) {
            Ok(header) => Self::Locked(header),
            Err(Unreadable::Corrupt) => Self::Corrupt,
            Err(Unreadable::Newer(version)) => Self::Newer { version },
        }
    }
}

/// Looks at what lies in the store.
///
/// # Errors
/// [`StoreError`] when storage cannot be asked.
pub fn inspect(store: &dyn Store) -> Result<State, StoreError> {
    if let Some(text) = store.get(HEADER_KEY)? {
        return Ok(State::of(&text));
    }
    let records = store.keys()?.iter().filter(|key| Place::of(key) != Place::Elsewhere).count();
    Ok(if records == 0 { State::Absent } else { State::HeaderMissing { records } })
}

/// Why no vault was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreateError {
    /// There is, or was, a vault already; it is left as it is.
    Exists,
    /// Storage refused.
    Store(StoreError),
}

impl From<StoreError> for CreateError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Makes a vault with a new random data key, and opens it.
///
/// # Errors
/// [`CreateError`]; the store is as it was.
pub fn create(store: &dyn Store, key: &PassphraseKey, entropy: &mut impl Entropy) -> Result<Vault, CreateError> {
    if !matches!(inspect(store)?, State::Absent) {
        return Err(CreateError::Exists);
    }
    let vault = Header::create(key, entropy);
    store.put(HEADER_KEY, &vault.header_text())?;
    Ok(vault)
}

/// Puts the header of a vault that a backup [opened](crate::backup::Front::open) where none lies that
/// leads anywhere: on a phone without a vault, or where the way into one was lost or altered. Records
/// that lie there under the same key can be read again; others stay as they are.
///
/// A header that lies there is copied aside first. It is taken for altered when it is not of this
/// vault, and records are.
///
/// # Errors
/// [`CreateError`]; the store is as it was, but perhaps for that copy.
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

/// Where a header is kept when another one takes its place: it cannot be read, or may be of another
/// vault.
pub(crate) const OTHER_HEADER_KEY: &str = "naast.vault.set-aside.";

/// Where this one is: each at a key of its own.
pub(crate) fn aside(header: &str) -> String {
    let end = header.len().checked_sub(8).and_then(|at| header.get(at..)).unwrap_or(header);
    [OTHER_HEADER_KEY, end].concat()
}

/// Copies what lies in the place of the header aside.
pub(crate) fn set_header_aside(store: &dyn Store) -> Result<(), StoreError> {
    store.get(HEADER_KEY)?.map_or(Ok(()), |other| store.put(&aside(&other), &other))
}
