//! The phone that gives: bytes to frames.

use crate::frame::{BLOCK, BLOCKS, Frame, MAX_LEN, Transfer, add, parts_of, sum};

/// More than [`MAX_LEN`], or nothing at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// Bytes on their way out.
pub struct Sender {
    of: Transfer,
    bytes: Vec<u8>,
}

impl Sender {
    /// Takes the bytes to give.
    ///
    /// # Errors
    /// [`TooLarge`] for more than fits within two minutes.
    pub fn new(bytes: Vec<u8>) -> Result<Self, TooLarge> {
        if !(1..=MAX_LEN).contains(&bytes.len()) {
            return Err(TooLarge);
        }
        // As many blocks as it takes, all as full as each other: a code of little else than zeros is
        // one large chequerboard, and hard to read.
        let length = bytes.len();
        let block = length.div_ceil(length.div_ceil(BLOCK)).max(*BLOCKS.start());
        Ok(Self { of: Transfer { sum: sum(&bytes), length, block }, bytes })
    }

    /// How many frames it takes when all of them arrive.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.of.parts()
    }

    /// The frame with this number: each time the same bytes. Show them one after another, from 0 on;
    /// there is no last one.
    #[must_use]
    pub fn frame(&self, nth: u32) -> Vec<u8> {
        let mut block = vec![0; self.of.block];
        let bits = parts_of(self.of, nth);
        for (at, part) in self.bytes.chunks(self.of.block).enumerate() {
            if bits.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1) {
                add(&mut block, part);
            }
        }
        Frame { of: self.of, nth, block: &block }.to_bytes()
    }
}
