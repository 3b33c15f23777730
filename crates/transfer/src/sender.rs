//! The sending phone: from bytes to frames.

use crate::frame::{BLOCK, BLOCKS, Frame, MAX_LEN, Transfer, add, parts_of, sum};

/// More than [`MAX_LEN`], or no bytes at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// The sender of one transfer.
pub struct Sender {
    of: Transfer,
    bytes: Vec<u8>,
}

impl Sender {
    /// Starts with these bytes.
    ///
    /// # Errors
    /// [`TooLarge`] for more than can be sent in two minutes.
    pub fn new(bytes: Vec<u8>) -> Result<Self, TooLarge> {
        if !(1..=MAX_LEN).contains(&bytes.len()) {
            return Err(TooLarge);
        }
        // As few blocks as possible, all of the same size: a code with little more than zeros would be one
        // large chequerboard, which is hard to read.
        let length = bytes.len();
        let block = length.div_ceil(length.div_ceil(BLOCK)).max(*BLOCKS.start());
        Ok(Self { of: Transfer { sum: sum(&bytes), length, block }, bytes })
    }

    /// The number of frames if all of them arrive.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.of.parts()
    }

    /// The frame with this number; always the same bytes. Show them one after another, starting at 0, without
    /// end.
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
