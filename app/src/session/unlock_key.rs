//! The keys that open a vault, and why one does not.

use naast_vault::{KdfSetup, Passphrase, PassphraseKey, StoreError, Vault};

use crate::browser::device_lock::NoSecret;
use crate::browser::key_worker::{self, NotDerived};
use crate::browser::random;

/// Why the vault did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnlockError {
    /// The passphrase or the recovery words do not fit.
    WrongPassphrase,
    /// The device lock gave no secret, or one that does not fit.
    Device(NoSecret),
    /// The key fits, but the header was altered outside Naast.
    Altered,
    /// The key could not be derived, for lack of memory.
    NotDerived,
    /// The vault is no longer what it was; read its state again.
    Changed,
    /// Storage refused.
    Store(StoreError),
}

impl From<NotDerived> for UnlockError {
    fn from(_: NotDerived) -> Self {
        Self::NotDerived
    }
}

/// The opened vault; `wrong` is the error if the key does not fit.
pub(super) fn opened(
    outcome: Result<Vault, naast_vault::UnlockError>,
    wrong: UnlockError,
) -> Result<Vault, UnlockError> {
    outcome.map_err(|error| match error {
        naast_vault::UnlockError::WrongKey => wrong,
        naast_vault::UnlockError::Altered => UnlockError::Altered,
    })
}

/// The key of a new passphrase. The first derivation measures the speed of this device; if it can do much more, a
/// second one uses stronger parameters.
pub(super) async fn new_key(passphrase: &Passphrase) -> Result<PassphraseKey, UnlockError> {
    let setup = KdfSetup::new(&mut random::Platform);
    let first = key_worker::derive(passphrase, &setup).await?;
    if let Some(setup) = setup.stronger(first.took_ms, &mut random::Platform)
        && let Ok(second) = key_worker::try_to_derive(passphrase, &setup).await
    {
        return Ok(second.key);
    }
    Ok(first.key)
}
