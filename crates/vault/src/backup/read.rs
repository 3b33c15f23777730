//! Reading a backup from pieces of the file. Every length is checked before it is used.

use super::restore::Whole;
use super::{AFTER_HEADER, CHUNK, CHUNK_FRONT, END, FILE_MAX, FRONT, FRONT_MAX, HEAD, ID_LEN, LAST, MADE_LEN, MAGIC};
use super::{MORE, RECORDS_MAX, START, VERSION, file_key, nonce};
use crate::ascii::Unreadable;
use crate::format;
use crate::header::Header;
use crate::keys::{RecordKey, kind_numbered};
use crate::sealed::MAX_PLAINTEXT;
use crate::vault::Vault;
use naast_core::records::Id;
use naast_core::time::Moment;
use naast_seal::{Key, TAG_LEN};
use zeroize::Zeroizing;

/// Why a file was not read. Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It is no backup of Naast.
    Foreign,
    /// A later version of Naast created it.
    Newer,
    /// Its end is missing.
    Cut,
    /// It was altered, it is too large, or the key is not that of this file.
    Altered,
}

/// What a file says of itself before it is opened. It is not authenticated until [`Self::open`].
#[derive(Debug, Clone)]
pub struct Front {
    header: Header,
    made: Moment,
    bytes: Vec<u8>,
}

impl Front {
    /// Reads the front of a file: its first [`FRONT_MAX`] bytes, or all of a smaller one.
    ///
    /// # Errors
    /// [`Refused`]
    pub fn read(start: &[u8]) -> Result<Self, Refused> {
        let cut = start.len().min(MAGIC.len());
        if start[..cut] != MAGIC[..cut] {
            return Err(Refused::Foreign);
        }
        let mut rest = start.get(MAGIC.len()..).ok_or(Refused::Cut)?;
        let version = u16::from_le_bytes(take(&mut rest)?);
        if version > VERSION {
            return Err(Refused::Newer);
        }
        let header_len = usize::from(u16::from_le_bytes(take(&mut rest)?));
        let size = START + header_len + AFTER_HEADER;
        if version != VERSION || size > FRONT_MAX {
            return Err(Refused::Altered);
        }
        let bytes = start.get(..size).ok_or(Refused::Cut)?;
        let (header, mut rest) = rest.split_at_checked(header_len).ok_or(Refused::Cut)?;
        let header = core::str::from_utf8(header).map_err(|_| Refused::Altered)?;
        let header = Header::parse(header).map_err(|why| match why {
            Unreadable::Corrupt => Refused::Altered,
            Unreadable::Newer(_) => Refused::Newer,
        })?;
        let made = Moment(i64::from_le_bytes(take::<MADE_LEN>(&mut rest)?));
        Ok(Self { header, made, bytes: bytes.to_vec() })
    }

    /// The size of the front, in bytes. What follows goes to the [`Reader`].
    #[must_use]
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The header of the vault that was backed up, or one of its own: it lists the unlock methods, and unlocks the
    /// vault to [open](Self::open) the file with.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// When it was created, as it says.
    #[must_use]
    pub fn made(&self) -> Moment {
        self.made
    }

    /// Opens the file with the vault that its [header](Self::header) unlocked, or with the open vault if that was
    /// backed up.
    ///
    /// # Errors
    /// [`Refused::Altered`] if the key is another one, or the front was altered.
    pub fn open(&self, vault: &Vault) -> Result<Reader, Refused> {
        let (before, tag) = self.bytes.split_last_chunk::<TAG_LEN>().ok_or(Refused::Cut)?;
        let (_, id) = before.split_last_chunk::<ID_LEN>().ok_or(Refused::Cut)?;
        let key = file_key(vault.key(), id);
        key.open(&nonce(0, FRONT), before, tag.to_vec()).ok_or(Refused::Altered)?;
        Ok(Reader {
            key,
            front: self.bytes.clone(),
            size: self.bytes.len(),
            nth: 0,
            chunk: Vec::new(),
            ended: false,
            items: Items::new(self.made),
        })
    }
}

fn take<const N: usize>(from: &mut &[u8]) -> Result<[u8; N], Refused> {
    let (taken, rest) = from.split_first_chunk().ok_or(Refused::Cut)?;
    *from = rest;
    Ok(*taken)
}

/// Reads what follows the front. An error consumes the reader: it cannot go on.
pub struct Reader {
    key: Key,
    front: Vec<u8>,
    /// Bytes read.
    size: usize,
    /// Chunks read.
    nth: u64,
    /// Bytes of the next chunk.
    chunk: Vec<u8>,
    /// Whether the last chunk was read.
    ended: bool,
    items: Items,
}

impl Reader {
    /// Reads the next bytes of the file, of any number.
    ///
    /// # Errors
    /// [`Refused`]
    pub fn feed(mut self, mut bytes: &[u8]) -> Result<Self, Refused> {
        self.size = self.size.saturating_add(bytes.len());
        if self.size > FILE_MAX {
            return Err(Refused::Altered);
        }
        while !bytes.is_empty() {
            if self.ended {
                return Err(Refused::Altered);
            }
            if !fill(&mut self.chunk, CHUNK_FRONT, &mut bytes) {
                break;
            }
            let (what, length) = chunk_front(&self.chunk).ok_or(Refused::Altered)?;
            if fill(&mut self.chunk, CHUNK_FRONT + length, &mut bytes) {
                self.open(what)?;
            }
        }
        Ok(self)
    }

    fn open(&mut self, what: u8) -> Result<(), Refused> {
        let sealed = self.chunk.split_off(CHUNK_FRONT);
        self.chunk.clear();
        let plain = self.key.open(&nonce(self.nth, what), &self.front, sealed).ok_or(Refused::Altered)?;
        self.nth += 1;
        self.items.take(&plain)?;
        self.ended = what == LAST;
        // The end is in the last chunk, and nowhere else.
        if self.ended == self.items.ended { Ok(()) } else { Err(Refused::Altered) }
    }

    /// Ends the file, and returns its content.
    ///
    /// # Errors
    /// [`Refused::Cut`] if it cannot end here.
    pub fn finish(self) -> Result<Whole, Refused> {
        if self.ended { Ok(self.items.whole) } else { Err(Refused::Cut) }
    }
}

/// Whether a chunk is the last, and its length.
fn chunk_front(front: &[u8]) -> Option<(u8, usize)> {
    let [what, a, b, c, d, ..] = front else { return None };
    let length = u32::from_le_bytes([*a, *b, *c, *d]) as usize;
    let fits = match *what {
        MORE => length == CHUNK + TAG_LEN,
        LAST => length > TAG_LEN && length <= CHUNK + TAG_LEN,
        _ => false,
    };
    fits.then_some((*what, length))
}

/// Takes bytes until there are this many; returns whether there are.
fn fill(to: &mut Vec<u8>, wanted: usize, from: &mut &[u8]) -> bool {
    let missing = wanted.saturating_sub(to.len());
    let (part, rest) = from.split_at(missing.min(from.len()));
    to.extend_from_slice(part);
    *from = rest;
    part.len() == missing
}

/// The records, from opened chunks.
pub(crate) struct Items {
    /// Bytes of the next record.
    item: Zeroizing<Vec<u8>>,
    /// Kind and id of the previous record: they ascend, so that none is there twice.
    before: [u8; 13],
    count: u32,
    pub(crate) ended: bool,
    pub(crate) whole: Whole,
}

impl Items {
    pub(crate) fn new(made: Moment) -> Self {
        let item = Zeroizing::new(Vec::new());
        Self { item, before: [0; 13], count: 0, ended: false, whole: Whole::new(made) }
    }

    pub(crate) fn take(&mut self, mut plain: &[u8]) -> Result<(), Refused> {
        while !plain.is_empty() {
            if self.ended {
                return Err(Refused::Altered);
            }
            if !fill(&mut self.item, HEAD, &mut plain) {
                break;
            }
            let (place, number) = head(&self.item).ok_or(Refused::Altered)?;
            if place[0] == END {
                self.ended = place == [0; 13] && number == self.count;
                if !self.ended {
                    return Err(Refused::Altered);
                }
                continue;
            }
            let length = number as usize;
            if length > MAX_PLAINTEXT || place <= self.before || self.count >= RECORDS_MAX {
                return Err(Refused::Altered);
            }
            // Allocated once, so that growing leaves no copies behind. The seal guarantees that Naast wrote this
            // length.
            let missing = HEAD + length - self.item.len();
            self.item.reserve_exact(missing);
            if fill(&mut self.item, HEAD + length, &mut plain) {
                let item = core::mem::replace(&mut self.item, Zeroizing::new(Vec::new()));
                (self.before, self.count) = (place, self.count + 1);
                self.record(&place, &item[HEAD..]);
            }
        }
        Ok(())
    }

    fn record(&mut self, place: &[u8; 13], plain: &[u8]) {
        let [kind, id @ ..] = *place;
        let Some(kind) = kind_numbered(kind) else {
            self.whole.newer += 1;
            return;
        };
        let place = RecordKey { kind, id: Id(id) };
        match format::decode(&place, plain) {
            Ok(record) => self.whole.records.push(record),
            Err(why) => {
                self.whole.unread.push(place);
                match why {
                    Unreadable::Newer(_) => self.whole.newer += 1,
                    Unreadable::Corrupt => self.whole.broken += 1,
                }
            }
        }
    }
}

/// Kind and id, and the number after them.
fn head(item: &[u8]) -> Option<([u8; 13], u32)> {
    let (place, rest) = item.split_first_chunk()?;
    Some((*place, u32::from_le_bytes(*rest.first_chunk()?)))
}
