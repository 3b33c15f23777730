//! The phone that takes: frames to bytes, whichever come and in whatever order.

use crate::frame::{Frame, NoFrame, Transfer, add, parts_of, sum};

/// What a code brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// No frame of ours, or one that was damaged: nothing changed. (Or the last one, where a damaged
    /// one before it had a sum that fitted: then all begins anew.)
    Foreign,
    /// A frame of a later version than this one: nothing changed.
    Newer,
    /// A frame of another transfer than the one that began: nothing changed.
    Other,
    /// Nothing that was not known yet.
    Known,
    /// A part more.
    Part,
    /// All is there: [`Receiver::whole`] gives it.
    Whole,
}

/// Bytes on their way in.
#[derive(Default)]
pub struct Receiver {
    of: Option<Transfer>,
    /// By the first block in it: equations that no other here can make. What is left to find out are
    /// the blocks themselves.
    rows: Vec<Option<Row>>,
    got: usize,
    whole: Option<Vec<u8>>,
}

/// These blocks added are this.
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
    /// Nothing yet: the first frame says which transfer it will be.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many parts are there, and how many it takes; 0 of 0 before the first.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.got, self.of.map_or(0, Transfer::parts))
    }

    /// The bytes, once all are there.
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
            // A damaged frame whose sum fitted by chance. Which one it was nobody can tell.
            *self = Self::new();
            return Taken::Foreign;
        }
        self.whole = Some(whole);
        Taken::Whole
    }

    /// Takes out of it what is known; whether something was left.
    fn insert(&mut self, mut row: Row) -> bool {
        while let Some(first) = row.first() {
            match self.rows.get_mut(first) {
                Some(Some(known)) => row.add(known),
                Some(free) => {
                    *free = Some(row);
                    return true;
                }
                // No block has this number: `parts_of` sets no such bit.
                None => return false,
            }
        }
        false
    }
}

/// The bytes, from an equation for each block: the last one is a block already, and goes out of those
/// before it, and so on.
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
