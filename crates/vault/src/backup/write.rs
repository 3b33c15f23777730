//! Writing a backup of the open vault, in pieces.

use super::{AFTER_HEADER, CHUNK, CHUNK_FRONT, END, FILE_MAX, FRONT, HEAD, ID_LEN, LAST, MAGIC, MORE, RECORDS_MAX};
use super::{START, VERSION, file_key, nonce};
use crate::entropy::{Entropy, random};
use crate::header::Header;
use crate::kdf::PassphraseKey;
use crate::keys::{RecordKey, kind_number};
use crate::sealed::MAX_PLAINTEXT;
use crate::vault::Vault;
use crate::{Entries, format};
use naast_core::records::Record;
use naast_core::time::Moment;
use naast_seal::{Key, TAG_LEN};
use zeroize::Zeroizing;

/// Writes one backup. The file is complete once [`Self::piece`] has returned `None`.
pub struct Writer {
    key: Key,
    front: Vec<u8>,
    /// Bytes written.
    pub(super) size: usize,
    /// Chunks written.
    nth: u64,
    /// The place of the last record that was written, and the number of records.
    after: Option<RecordKey>,
    count: u32,
    /// The data being written, and how much of it is done.
    item: Zeroizing<Vec<u8>>,
    at: usize,
    /// Whether that data is the end of the file.
    ended: bool,
    /// Whether everything was written.
    done: bool,
}

/// A record of more than 2 MiB, more than 100,000 records, or more than 64 MiB in total. Such a file could not be
/// read, so it is not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

impl Writer {
    /// A backup that opens with the present unlock methods of this vault, even if they change later.
    #[must_use]
    pub fn new(vault: &Vault, made: Moment, entropy: &mut impl Entropy) -> Self {
        Self::with(vault.key(), &vault.header_text(), made, &random(entropy))
    }

    /// A backup with its own passphrase and data key.
    #[must_use]
    pub fn with_passphrase(key: &PassphraseKey, made: Moment, entropy: &mut impl Entropy) -> Self {
        Self::new(&Header::create(key, entropy), made, entropy)
    }

    fn with(key: &Key, header: &str, made: Moment, id: &[u8; ID_LEN]) -> Self {
        let key = file_key(key, id);
        let mut front = Vec::with_capacity(START + header.len() + AFTER_HEADER);
        front.extend_from_slice(MAGIC);
        front.extend_from_slice(&VERSION.to_le_bytes());
        // A header is at most 11,000 characters.
        front.extend_from_slice(&(header.len() as u16).to_le_bytes());
        front.extend_from_slice(header.as_bytes());
        front.extend_from_slice(&made.0.to_le_bytes());
        front.extend_from_slice(id);
        let seal = key.seal(&nonce(0, FRONT), &front, Vec::new());
        front.extend_from_slice(&seal);
        let item = Zeroizing::new(Vec::new());
        Self { key, front, size: 0, nth: 0, after: None, count: 0, item, at: 0, ended: false, done: false }
    }

    /// The next piece of the file; `None` at its end.
    ///
    /// It contains the records that are in memory. A record that changes between two pieces is written either
    /// before or after the change, never half of each.
    ///
    /// # Errors
    /// [`TooLarge`], also for every later call.
    pub fn piece(&mut self, entries: &Entries) -> Result<Option<Vec<u8>>, TooLarge> {
        if self.done {
            return Ok(None);
        }
        // After a failure every later call fails too, because a piece is missing.
        let size = core::mem::replace(&mut self.size, FILE_MAX);
        let piece = if size == 0 { self.front.clone() } else { self.chunk(entries)? };
        if size + piece.len() > FILE_MAX {
            self.done = false;
            return Err(TooLarge);
        }
        self.size = size + piece.len();
        Ok(Some(piece))
    }

    /// The number of records written so far.
    #[must_use]
    pub fn records(&self) -> u32 {
        self.count
    }

    fn chunk(&mut self, entries: &Entries) -> Result<Vec<u8>, TooLarge> {
        // With room for the tag, so that sealing does not reallocate.
        let mut plain = Zeroizing::new(Vec::with_capacity(CHUNK + TAG_LEN));
        loop {
            if self.at == self.item.len() {
                self.done = self.ended;
                if self.done {
                    break;
                }
                self.item = self.next_item(entries)?;
                self.at = 0;
            }
            if plain.len() == CHUNK {
                break;
            }
            let rest = &self.item[self.at..];
            let part = &rest[..rest.len().min(CHUNK - plain.len())];
            plain.extend_from_slice(part);
            self.at += part.len();
        }
        let what = if self.done { LAST } else { MORE };
        let sealed = self.key.seal(&nonce(self.nth, what), &self.front, core::mem::take(&mut *plain));
        self.nth += 1;
        let mut piece = Vec::with_capacity(CHUNK_FRONT + sealed.len());
        piece.push(what);
        piece.extend_from_slice(&(sealed.len() as u32).to_le_bytes());
        piece.extend_from_slice(&sealed);
        Ok(piece)
    }

    /// The next record, or the end.
    fn next_item(&mut self, entries: &Entries) -> Result<Zeroizing<Vec<u8>>, TooLarge> {
        let Some(record) = entries.following(self.after.as_ref()) else {
            self.ended = true;
            return Ok(item(END, &[0; 12], self.count, &[]));
        };
        let item = record_item(record).filter(|_| self.count < RECORDS_MAX).ok_or(TooLarge)?;
        self.after = Some(RecordKey::of(record));
        self.count += 1;
        Ok(item)
    }
}

fn record_item(record: &Record) -> Option<Zeroizing<Vec<u8>>> {
    let plain = format::encode(record);
    let fits = plain.len() <= MAX_PLAINTEXT;
    fits.then(|| item(kind_number(record.kind()), &record.id().0, plain.len() as u32, &plain))
}

/// `number` is the length of a record; at the end it is the number of records.
pub(crate) fn item(kind: u8, id: &[u8; 12], number: u32, plain: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut item = Zeroizing::new(Vec::with_capacity(HEAD + plain.len()));
    item.push(kind);
    item.extend_from_slice(id);
    item.extend_from_slice(&number.to_le_bytes());
    item.extend_from_slice(plain);
    item
}
