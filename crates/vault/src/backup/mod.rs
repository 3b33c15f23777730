//! The backup: everything in the open vault as one encrypted file, and restoring it.
//!
//! A [`Writer`] produces the file in pieces. [`Front::read`] reads what a file claims to be, [`Front::open`] checks
//! whether a key fits, and a [`Reader`] reads the file in pieces of any size. Only its verified end gives a
//! [`Whole`], and only a `Whole` can be restored: half a file changes nothing. `FORMAT.md` describes the bytes.
//!
//! No piece is larger than some 64 KiB, so that almost nothing but the records is in memory.

mod read;
mod restore;
#[cfg(test)]
pub(crate) mod tests;
mod write;

use naast_seal::{KEY_LEN, Key, NONCE_LEN, Nonce, TAG_LEN};
use zeroize::Zeroizing;

#[cfg(any(test, fuzzing))]
pub(crate) use read::Items;
pub use read::{Front, Reader, Refused};
pub use restore::{Changes, Contents, Whole};
pub use write::{TooLarge, Writer};

/// How many bytes of a file [`Front::read`] needs.
pub const FRONT_MAX: usize = 12 * 1024;

/// The largest file, in bytes: some ten times what a browser stores.
const FILE_MAX: usize = 64 * 1024 * 1024;
/// The most records in a file.
const RECORDS_MAX: u32 = 100_000;

const MAGIC: &[u8; 12] = b"NAAST-BACKUP";
const VERSION: u16 = 1;
/// Magic, version and the length of the header.
const START: usize = MAGIC.len() + 2 + 2;
const MADE_LEN: usize = 8;
const ID_LEN: usize = 16;
/// What follows the header: creation time, id of the file, seal of the front.
const AFTER_HEADER: usize = MADE_LEN + ID_LEN + TAG_LEN;

/// The plaintext of a chunk, in bytes; only the last one may be shorter.
const CHUNK: usize = 64 * 1024;
/// What precedes a chunk: whether it is the last, and its length.
const CHUNK_FRONT: usize = 1 + 4;

/// What precedes a record: kind, id, length.
const HEAD: usize = 1 + 12 + 4;
/// In place of a kind: the end, with the number of records.
const END: u8 = 0;

/// The purpose of a seal. It is part of the nonce, so that no seal can replace another.
const MORE: u8 = 0;
const LAST: u8 = 1;
const FRONT: u8 = 2;

/// The key of this file. No nonce is used twice under it: a file is written once, and its chunks are counted.
fn file_key(key: &Key, id: &[u8; ID_LEN]) -> Key {
    let mut secret = Zeroizing::new([0; KEY_LEN + ID_LEN]);
    let (first, second) = secret.split_at_mut(KEY_LEN);
    first.copy_from_slice(key.bytes());
    second.copy_from_slice(id);
    Key::from_secret("naast-backup.1.", &*secret)
}

fn nonce(nth: u64, what: u8) -> Nonce {
    let mut nonce = [0; NONCE_LEN];
    nonce[..8].copy_from_slice(&nth.to_le_bytes());
    nonce[8] = what;
    nonce
}
