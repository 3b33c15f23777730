//! The sealed records of Naast: what a worker stores about families, encrypted under a data key that a passphrase
//! opens, in any key-value store.
//!
//! The app hands a [`Record`](naast_core::records::Record) to [`Vault::save_all`], which checks that nobody changed
//! it meanwhile, encodes it in the newest frozen format, seals it and puts one ASCII value into a [`Store`].
//! `FORMAT.md` describes the bytes.
//!
//! **Architecture invariants**
//! - This crate knows no screen, no browser and no clock; storage is a trait and
//!   randomness an argument.
//! - Primitives stay in `naast-seal`, which nobody else may depend on. The data key
//!   never leaves this crate; the passphrase key only goes to a worker thread and back.
//! - What cannot be read is never overwritten and never deleted, except by [`erase`].
//! - The store answers synchronously, because a page that is being hidden cannot wait. A slower store, such as the
//!   journal, is read and written by the app; here its values are arguments.

#[cfg(test)]
#[path = "../../../fuzz/replay.rs"]
mod corpus;
#[macro_use]
mod wire;

mod ascii;
pub mod backup;
mod batch;
mod compress;
mod device;
mod entries;
mod entropy;
pub mod erase;
mod format;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod header;
mod journal;
mod kdf;
mod keys;
pub mod memory;
mod parent;
mod passphrase;
mod retry_delay;
mod sealed;
pub mod settings;
mod state;
mod store;
mod strength;
mod vault;

#[cfg(test)]
mod faults;
#[cfg(test)]
mod tabs_model;
#[cfg(test)]
mod test_device;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod vectors;

pub use batch::Written;
pub use device::{Device, DeviceKey};
pub use entries::{Entries, Unsaved};
pub use entropy::Entropy;
pub use header::{Header, UnlockError};
pub use journal::{Loaded, headers_aside, same_header};
pub use kdf::{DeriveError, KdfSetup, PassphraseKey, derive};
pub use keys::{HEADER_KEY, RecordKey};
pub use parent::{Letter, PARENT_KEYS, ParentSealer};
pub use passphrase::{NotEnoughWords, Passphrase, RECOVERY_WORDS, propose, recovery_words, words_needed};
pub use retry_delay::RetryDelay;
pub use sealed::Generation;
pub use state::{CreateError, State, adopt, create, inspect};
pub use store::{Store, StoreError};
pub use strength::{Strength, Verdict, strength};
pub use vault::{HeaderError, Reason, Reloaded, SaveError, Saved, SetAside, Stamped, Vault, for_journal, last_of_each};
