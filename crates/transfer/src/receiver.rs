//! The receiving phone: from frames, in any order, to bytes.

use crate::frame::{Frame, NoFrame, Transfer, add, parts_of, sum};

/// The result of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is not a frame, or a damaged one: nothing changed. (It can also be the last one, if an earlier
    /// damaged frame had a matching sum: then everything starts again.)
    Foreign,
    /// A frame of a later version: nothing changed.
    Newer,
    /// A frame of another transfer: nothing changed.
    Other,
    /// It contains nothing new.
    Known,
    /// It adds a part.
    Part,
    /// Everything has arrived: see [`Receiver::whole`].
    Whole,
}

/// The receiver of one transfer.
#[derive(Default)]
pub struct Receiver {
    of: Option<Transfer>,
    /// Linearly independent equations, by the first block in each. The blocks themselves are the unknowns.
    rows: Vec<Option<Row>>,
    got: usize,
    whole: Option<Vec<u8>>,
}

/// An equation: the sum of these blocks is this value.
struct Row {
    bits: Vec<u64>,
    block: Vec<u8>,
}

impl Row {
    /// The first block in it.
    fn first(&self) -> Option<usize> {
        let (at, word) = self.bits.iter().enumerate().find(|(_, word)| **word != 0)?;
        Some(at * 64 + usize::try_from(word.trailing_zeros()).ok()?)
    }

    fn holds(&self, at: usize) -> bool {
        self.bits.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    fn add(&mut self, other: &Self) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(to, word)| *to ^= word);
        add(&mut self.block, &other.block);
    }
}

impl Receiver {
    /// Starts without bytes: the first frame determines the transfer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many parts have arrived, and how many are needed; 0 of 0 before the first.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.got, self.of.map_or(0, Transfer::parts))
    }

    /// The bytes, once everything has arrived.
    #[must_use]
    pub fn whole(&self) -> Option<&[u8]> {
        self.whole.as_deref()
    }

    /// Takes the bytes of one code.
    pub fn take(&mut self, bytes: &[u8]) -> Taken {
        let frame = match Frame::read(bytes) {
            Ok(frame) => frame,
            Err(NoFrame::Foreign) => return Taken::Foreign,
            Err(NoFrame::Newer) => return Taken::Newer,
        };
        if *self.of.get_or_insert(frame.of) != frame.of {
            return Taken::Other;
        }
        if self.whole.is_some() {
            return Taken::Whole;
        }
        let parts = frame.of.parts();
        self.rows.resize_with(parts, || None);
        if !self.insert(Row { bits: parts_of(frame.of, frame.nth), block: frame.block.to_vec() }) {
            return Taken::Known;
        }
        self.got += 1;
        if self.got < parts {
            return Taken::Part;
        }
        let rows = std::mem::take(&mut self.rows).into_iter().flatten().collect();
        let whole = solve(rows, frame.of.length);
        if sum(&whole) != frame.of.sum {
            // A damaged frame had a matching sum by chance. It is unknown which one.
            *self = Self::new();
            return Taken::Foreign;
        }
        self.whole = Some(whole);
        Taken::Whole
    }

    /// Subtracts the known equations from it; returns whether anything is left.
    fn insert(&mut self, mut row: Row) -> bool {
        while let Some(first) = row.first() {
            match self.rows.get_mut(first) {
                Some(Some(known)) => row.add(known),
                Some(free) => {
                    *free = Some(row);
                    return true;
                }
                // No block has this number: `parts_of` never sets that bit.
                None => return false,
            }
        }
        false
    }
}

/// Solves the equations, one for each block: the last one is already a block and is subtracted from those before
/// it, and so on.
fn solve(mut rows: Vec<Row>, length: usize) -> Vec<u8> {
    for at in (0..rows.len()).rev() {
        let (before, from) = rows.split_at_mut(at);
        if let Some(known) = from.first() {
            before.iter_mut().filter(|row| row.holds(at)).for_each(|row| row.add(known));
        }
    }
    let mut whole: Vec<u8> = rows.into_iter().flat_map(|row| row.block).collect();
    whole.truncate(length);
    whole
}
