//! The contents of one code (`FORMAT.md`). Bounds are checked before anything is allocated.

/// The first bytes of every frame.
const MAGIC: [u8; 3] = *b"NaQ";

/// The version that is written.
const VERSION: u8 = 1;

/// The size of the header: magic, version, sum, length, number.
const FRONT: usize = 3 + 1 + 4 + 4 + 4;

/// The size of the trailer: the sum of everything before it.
const BACK: usize = 4;

/// The most bytes of the transfer in one frame. With header and trailer they fill a code of 77 × 77 modules. In
/// pictures from hand-held phones such codes carried the most bytes per second: larger ones hold more, but are
/// read too seldom (`FORMAT.md`).
pub const BLOCK: usize = 520 - FRONT - BACK;

/// The bounds of the size of a block: they bound the number of blocks, and a QR code holds no more.
pub(crate) const BLOCKS: std::ops::RangeInclusive<usize> = 64..=2_953 - FRONT - BACK;

/// Codes per second: each stays long enough for a camera to see it three times.
pub const RATE: u32 = 8;

/// The largest transfer, in bytes: 525 blocks, eight per second. That takes a good minute if every code is read,
/// and two if half of them are missed.
pub const MAX_LEN: usize = 256 * 1024;

/// A decoded frame.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Frame<'a> {
    /// The transfer it belongs to.
    pub(crate) of: Transfer,
    /// Its number, which determines the blocks that are combined in it (see [`parts_of`]).
    pub(crate) nth: u32,
    /// The block.
    pub(crate) block: &'a [u8],
}

/// What identifies a transfer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Transfer {
    /// The sum of all its bytes.
    pub(crate) sum: u32,
    /// Its length in bytes: 1 to [`MAX_LEN`].
    pub(crate) length: usize,
    /// The number of bytes per block.
    pub(crate) block: usize,
}

impl Transfer {
    /// The number of blocks, at least one.
    pub(crate) fn parts(self) -> usize {
        self.length.div_ceil(self.block)
    }
}

/// Why bytes are not a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoFrame {
    /// It is something else, or a damaged frame.
    Foreign,
    /// It is a frame of a later version.
    Newer,
}

impl<'a> Frame<'a> {
    /// Encodes the frame.
    pub(crate) fn to_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(FRONT + self.block.len() + BACK);
        bytes.extend(MAGIC);
        bytes.push(VERSION);
        bytes.extend(self.of.sum.to_le_bytes());
        // It is never more than `MAX_LEN`.
        bytes.extend(u32::try_from(self.of.length).unwrap_or_default().to_le_bytes());
        bytes.extend(self.nth.to_le_bytes());
        bytes.extend(self.block);
        let sum = sum(&bytes);
        bytes.extend(sum.to_le_bytes());
        bytes
    }

    /// Decodes the bytes of a code.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, NoFrame> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(NoFrame::Foreign)?;
        let (rest, back) = rest.split_last_chunk().ok_or(NoFrame::Foreign)?;
        let all = bytes.get(..bytes.len() - BACK).ok_or(NoFrame::Foreign)?;
        if sum(all) != u32::from_le_bytes(*back) {
            return Err(NoFrame::Foreign);
        }
        let (&version, rest) = rest.split_first().ok_or(NoFrame::Foreign)?;
        match version {
            VERSION => Self::read_front(rest).ok_or(NoFrame::Foreign),
            0 => Err(NoFrame::Foreign),
            _ => Err(NoFrame::Newer),
        }
    }

    fn read_front(rest: &'a [u8]) -> Option<Self> {
        let (sum, rest) = rest.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let (nth, block) = rest.split_first_chunk()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let fits = (1..=MAX_LEN).contains(&length) && BLOCKS.contains(&block.len());
        let of = Transfer { sum: u32::from_le_bytes(*sum), length, block: block.len() };
        fits.then_some(Self { of, nth: u32::from_le_bytes(*nth), block })
    }
}

/// The blocks that are combined (XOR) in the frame with this number: one bit for each, the first block in the
/// lowest bit of the first number. The first frames are the blocks themselves, in order; later ones combine half
/// of all blocks, chosen pseudo-randomly from the number and the transfer.
pub(crate) fn parts_of(of: Transfer, nth: u32) -> Vec<u64> {
    let parts = of.parts();
    let mut bits = vec![0_u64; parts.div_ceil(64)];
    let plain = usize::try_from(nth).ok().filter(|nth| *nth < parts);
    match plain {
        Some(nth) => {
            if let Some(word) = bits.get_mut(nth / 64) {
                *word = 1 << (nth % 64);
            }
        }
        None => {
            let mut lot = u64::from(of.sum) << 32 | u64::from(nth);
            bits.iter_mut().for_each(|word| *word = draw(&mut lot));
            if let Some(last) = bits.last_mut().filter(|_| !parts.is_multiple_of(64)) {
                *last &= (1 << (parts % 64)) - 1;
            }
        }
    }
    bits
}

/// The next number of SplitMix64 (Steele, Lea and Flood, 2014).
fn draw(lot: &mut u64) -> u64 {
    *lot = lot.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *lot;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Adds one block to another (XOR).
pub(crate) fn add(to: &mut [u8], block: &[u8]) {
    to.iter_mut().zip(block).for_each(|(to, byte)| *to ^= byte);
}

/// CRC-32 (IEEE 802.3), against accidental changes. What is transferred is sealed against deliberate ones.
pub(crate) fn sum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_the_one_that_others_compute() {
        assert_eq!(sum(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn the_first_frames_are_the_blocks_and_later_ones_are_half_of_them() {
        let of = Transfer { sum: 7, length: 130 * 64, block: 64 };
        assert_eq!(of.parts(), 130);
        for nth in 0..130_u32 {
            let bits = parts_of(of, nth);
            assert_eq!(bits.iter().map(|word| word.count_ones()).sum::<u32>(), 1);
            assert_eq!(bits[nth as usize / 64] >> (nth % 64), 1);
        }
        for nth in 130..400 {
            let bits = parts_of(of, nth);
            let many: u32 = bits.iter().map(|word| word.count_ones()).sum();
            assert!((30..100).contains(&many), "{many}");
            assert_eq!(bits[2] >> 2, 0, "no bit for a block that is not there");
        }
    }
}
