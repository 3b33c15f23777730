//! The backup: everything in the open vault as one encrypted file, and the way back.
//!
//! A [`Writer`] gives the file piece by piece. [`Front::read`] says what a file claims to be,
//! [`Front::open`] whether a key fits, and a [`Reader`] takes the file in whatever pieces it comes.
//! Only the verified end of it gives a [`Whole`], and only a `Whole` can be restored: half a file
//! changes nothing. The bytes are described in `FORMAT.md`.
//!
//! No piece is larger than 64 KiB and some bytes, neither for the writer nor for the reader, so
//! that beside the records themselves almost nothing lies in memory.

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

/// How many bytes at the beginning of a file [`Front::read`] wants to see.
pub const FRONT_MAX: usize = 12 * 1024;

/// The largest file: some ten times what a browser lets us keep.
const FILE_MAX: usize = 64 * 1024 * 1024;
/// The most records in a file.
const RECORDS_MAX: u32 = 100_000;

const MAGIC: &[u8; 12] = b"NAAST-BACKUP";
const VERSION: u16 = 1;
/// Magic, version and the length of the header.
const START: usize = MAGIC.len() + 2 + 2;
const MADE_LEN: usize = 8;
const ID_LEN: usize = 16;
/// What follows the header: when it was made, the id of the file, the seal of the front.
const AFTER_HEADER: usize = MADE_LEN + ID_LEN + TAG_LEN;

/// How much plaintext a chunk holds; all but the last hold exactly this.
const CHUNK: usize = 64 * 1024;
/// What stands before a chunk: whether it is the last, and its length.
const CHUNK_FRONT: usize = 1 + 4;

/// What stands before a record: kind, id, length.
const HEAD: usize = 1 + 12 + 4;
/// Stands in place of a kind: no record, but the end, with how many there were.
const END: u8 = 0;

/// What a seal closes. It goes into the nonce, so that none can stand for another.
const MORE: u8 = 0;
const LAST: u8 = 1;
const FRONT: u8 = 2;

/// The key of this file alone. No nonce is used twice under it: a file is written once, and
/// counts its chunks.
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
