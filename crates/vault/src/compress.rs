//! Compression of text before it is sealed: the store is small, and sealed data does not compress.
//!
//! A byte is written as a code of 1 to 9 bits that depends on the byte before it, by the table [`ROWS`]. The table
//! was counted once, over Dutch texts and a little Arabic, Polish and Turkish, and is **frozen**, because stored
//! values depend on it.
//!
//! Bits per character of Dutch text, in pieces of 300, 800, 1,500 and 2,000 characters that were not counted over,
//! and the added download in kB after brotli:
//!
//! | method | 300 | 800 | 1,500 | 2,000 | kB |
//! |---|---|---|---|---|---|
//! | one fixed code for each byte | 4.64 | 4.62 | 4.62 | 4.62 | |
//! | **a fixed code by the byte before** | 3.90 | 3.84 | 3.83 | 3.83 | 2.0 |
//! | a fixed code by two bytes before | 3.70 | 3.67 | 3.66 | 3.67 | |
//! | by the byte before, and repeats by their place | 3.74 | 3.55 | 3.43 | 3.37 | |
//! | fixed codes for 256 pieces of words as well | 3.78 | 3.76 | 3.75 | 3.76 | |
//! | learned from the byte before, arithmetic coding | 4.80 | 4.21 | 3.97 | 3.89 | |
//! | learned from two bytes before | 4.84 | 4.13 | 3.77 | 3.65 | |
//! | miniz_oxide, level 9 | 5.22 | 4.43 | 4.06 | 3.92 | 15.1 |
//! | lz4_flex | 7.60 | 6.79 | 6.32 | 6.11 | 2.9 |
//!
//! Libraries adapt to a text while they read it, and a note is over before they have: they compress less and are
//! larger. Methods that compress more take larger tables or a second kind of code, for a tenth. Built for size it
//! reads some 170 MB a second natively.

use std::sync::OnceLock;
use zeroize::Zeroizing;

/// The longest code, in bits.
const LONGEST: u32 = 9;

/// Before a compressed form: its decompressed length.
const FRONT: usize = 3;

/// Which bytes may follow which, and in how many bits. **Frozen.**
///
/// Before the first `|` are the preceding bytes; the last row is for all others. Then come the bytes with a code
/// of 1 bit, after the next `|` those of 2 bits, and so on. `~` is the code for all bytes that are not in the row,
/// including `|` and `~`; they follow it as they are. Codes count up from zero in the order of the row, and become
/// longer towards its end.
const ROWS: &[&[u8]] = &[
    b"AEIi\xb6\xbc||ej|n|klst|g|dr| cm|aop~|\0\x01-.:bfvyz\xc3\xc5",
    b"BGKTbh|e||i|aotu| lr||b~|y|\0\x01,-h\xc3",
    b"DLMNWw|a|e|i|o| ||h|u\xc3~|-.Jdnr",
    b"HJZz|e|o|i|a|u|w|~|yz",
    b"Vv||aeo|r|i|~|lu",
    b"a||an|t|glr|ms| cdfkp|\x07|~|,-.biuvwy\xc5",
    b"c|h|o||it|e|aryz~|lu",
    b"dm||ae| i|o|t|,.?rsu|-d~|\0\x01hjmpy|bclv\xc3\xc4",
    b"e|| n|r|elt||bdgikms|fuvz|,.?cpw~|\0\x01-:ahoxy\xc3",
    b"fr| |||adet|ios|,.gku|?lmnv|-bhwy~|\0\x01):fprz",
    b"gkp|| e||aiort|l|,.?su|dgkw|\0\x01-:jnp~|\x02\x03\x04hmvy\xc3",
    b"j|| e|n|fik|dou|a|,.?gstv~|lpwz",
    b"l||| ei|adfklost|pu|,.|?g~|\0-",
    b"n| ||d||,.?aegiost|n|k|-:u~|\0bchlmrvwz\xc3\xe2",
    b"s|| t||cep|,.adls|-?io|ghkn~|\0jm|\x01!:;uz",
    b"t| ||e|.|,?aios|-hrtw|ju~|:nz|\0\x01bdgy",
    b"u|| |di|lnrsw|ktu|?cg|-z~|,.bfmp",
    b" ||||dehovwz|Wabgijkmnstu|Hlp|DEZr\xd8\xd9\xe2~|ABIJMNOSV|(0146789CFGKLPRTUcfy\xc3\xc5",
    b",.:?| ||\xe2|\0\x02\x04\n~|\x010",
    b"-01Sy\x99\xa9||| t|ano~|-0cilsw\xc3|,12dfghmpy|\0.38:bejru|\x01W\xc5\xd8",
    b"\0\x01\x02||\0\x01~||\x02|\x04\x07|\x0e|\x09\x0b\x0c\x0f\x11\x12\x13\x15\x16DVW|\x03\x10\x14\x17",
    b"\x04\n\x80\x98||\x98\x99|M~||ADIW|\0\x01EGJVZn",
    b"\x07\xc3\xc4\xc5\xe2|\x80||d\xa9||\x82\xb6\xbc~|\x02\x99\xa7\xb1\xb3|\x9b\x9f\xa1\xab\xad\xba",
    b"\x08Oo|||eopru|mn|fgkv| cdlt|is~|-bw\xc3\xe2|az",
    b"\x81\x82\x84\x85\x86\x87\x88\x8a\xa7\xa8\xaa\xac\xad\xaf\xb1\xb3\xb4\xb9|\xd8|\xd9| |~|.||a|\x01jkoy\xc3",
    b"\xd8||\xa7|\xb9|\xa8\xa9\xaa\xaf\xb1|\xa3\xa5\xab\xac\xad\xb3\xb4|\x8c\xa1\xb0\xb2|\xa6\xb5\xb7~",
    b"\xd9||\x84\x8a|\x85\x86|\x81\x87\x88|\x83|\x82|\x89~",
    b"||~| |W|\x01\x02m\xd8\xd9|.Haefhilnorw|0AScjkstu\xc3\xc4\xcc|\0\x04\x07DINbdpv\x8a\x8e\x98\x9b\x9f\xb4\xb8\xc0\xc1\xc5\xc6\xc7\xc8\xca\xcb\xce\xcf\xd0\xd7\xda\xdd\xe2",
];

/// [`ROWS`], prepared for reading and writing.
struct Codes {
    /// The row for a preceding byte.
    row_after: [u8; 256],
    rows: Vec<Row>,
}

struct Row {
    /// By the next bits: the byte whose code they start with.
    reads: [Code; 1 << LONGEST],
    /// By byte: how it is written.
    writes: [Code; 256],
}

/// The number of bits, and the code or the byte. More than [`LONGEST`] bits: the byte is not in the row, and is the
/// last eight of them.
#[derive(Clone, Copy, Default)]
struct Code {
    bits: u32,
    is: u32,
}

/// Appends the compressed form of `plain` if it is shorter, and returns whether it is; if not, what was appended
/// must not be used. With capacity for `plain` and [`FRONT`] more bytes the vector does not reallocate, which would
/// leave a copy behind.
pub(crate) fn compress(plain: &[u8], to: &mut Vec<u8>) -> bool {
    if plain.len() >> (8 * FRONT) != 0 {
        return false;
    }
    let codes = Codes::get();
    let most = to.len() + plain.len();
    to.extend_from_slice(&plain.len().to_le_bytes()[..FRONT]);
    let (mut waiting, mut count, mut before) = (0, 0, 0);
    for &byte in plain {
        let code = codes.row(before).writes[usize::from(byte)];
        waiting = waiting << code.bits | code.is;
        count += code.bits;
        while count >= 8 {
            count -= 8;
            if to.len() >= most {
                return false;
            }
            to.push((waiting >> count) as u8);
        }
        before = byte;
    }
    if count > 0 {
        to.push((waiting << (8 - count)) as u8);
    }
    to.len() < most
}

/// Decompresses at most `max` bytes; `None` if it is not exactly what [`compress`] produces. So a text has only one
/// compressed form.
///
/// It never allocates more than `max` bytes or eight times its input, whichever is less.
pub(crate) fn decompress(compressed: &[u8], max: usize) -> Option<Zeroizing<Vec<u8>>> {
    let (&[low, middle, high], body) = compressed.split_first_chunk::<FRONT>()?;
    let length = u32::from_le_bytes([low, middle, high, 0]) as usize;
    // A byte takes at least a bit, and data that did not become shorter is not compressed.
    if length > max || length > 8 * body.len() || length <= compressed.len() {
        return None;
    }
    // Four bytes can be read wherever a code starts, and nowhere else.
    let mut padded = Zeroizing::new(Vec::with_capacity(body.len() + 3));
    padded.extend_from_slice(body);
    padded.extend_from_slice(&[0; 3]);
    let codes = Codes::get();
    let mut plain = Zeroizing::new(vec![0; length]);
    let (mut at, mut before) = (0, 0);
    for place in plain.iter_mut() {
        let word = u32::from_be_bytes(*padded.get(at / 8..)?.first_chunk()?) << (at % 8);
        let row = codes.row(before);
        let Code { bits, is } = row.reads[(word >> (32 - LONGEST)) as usize];
        before = is as u8;
        if bits > LONGEST {
            before = (word >> (32 - bits)) as u8;
            // A byte that is in the row has a code of its own.
            if row.writes[usize::from(before)].bits <= LONGEST {
                return None;
            }
        }
        *place = before;
        at += bits as usize;
    }
    // All input was read, and the padding of the last byte is zero.
    let rest = padded.get(at / 8..)?.first()? << (at % 8);
    (at.div_ceil(8) == body.len() && rest == 0).then_some(plain)
}

impl Codes {
    /// Built at the first use, which is fast; the rows are smaller to download than the tables.
    fn get() -> &'static Self {
        static CODES: OnceLock<Codes> = OnceLock::new();
        CODES.get_or_init(|| {
            let mut codes = Self { row_after: [(ROWS.len() - 1) as u8; 256], rows: Vec::new() };
            for text in ROWS {
                let row = Row::of(text, codes.rows.len() as u8, &mut codes.row_after);
                codes.rows.push(row);
            }
            codes
        })
    }

    fn row(&self, before: u8) -> &Row {
        &self.rows[usize::from(self.row_after[usize::from(before)])]
    }
}

impl Row {
    /// Parses a row, and notes it for the bytes it comes after.
    fn of(text: &[u8], at: u8, row_after: &mut [u8; 256]) -> Self {
        let mut row = Self { reads: [Code::default(); 1 << LONGEST], writes: [Code::default(); 256] };
        let (mut bits, mut next, mut other) = (0, 0, Code::default());
        for &byte in text {
            let code = Code { bits, is: next >> (LONGEST - bits) };
            let mut read = Code { bits, is: byte.into() };
            match byte {
                b'|' => bits += 1,
                _ if bits == 0 => row_after[usize::from(byte)] = at,
                _ => {
                    if byte == b'~' {
                        other = code;
                        read.bits += 8;
                    } else {
                        row.writes[usize::from(byte)] = code;
                    }
                    let from = next as usize;
                    next += 1 << (LONGEST - bits);
                    row.reads[from..next as usize].fill(read);
                }
            }
        }
        for (byte, code) in (0..).zip(&mut row.writes) {
            if code.bits == 0 {
                *code = Code { bits: other.bits + 8, is: other.is << 8 | byte };
            }
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{NOTES, some_note};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const MAX: usize = 100_000;

    fn compressed(plain: &[u8]) -> Option<Vec<u8>> {
        let mut to = Vec::new();
        compress(plain, &mut to).then_some(to)
    }

    fn decompressed(compressed: &[u8]) -> Option<Vec<u8>> {
        decompress(compressed, MAX).map(|plain| plain.to_vec())
    }

    fn bits_per_character(text: &str) -> f64 {
        (compressed(text.as_bytes()).unwrap().len() * 8) as f64 / text.chars().count() as f64
    }

    /// The bytes themselves, so that a change of the rows is seen here first.
    #[test]
    fn a_text_is_these_bytes() {
        let bytes = compressed("Yara schonk thee in.".as_bytes()).unwrap();
        assert_eq!(bytes, [20, 0, 0, 150, 104, 200, 226, 240, 187, 244, 99, 149, 18, 149]);
    }

    #[test]
    fn the_rows_are_frozen() {
        assert_eq!(naast_seal::checksum(&ROWS.join(&b'\n')), [88, 20, 181, 252, 150, 222, 100, 65]);
    }

    /// Every row of bits begins with one code, and every byte is written in one way.
    #[test]
    fn the_rows_leave_no_gap_and_say_nothing_twice() {
        let mut before = BTreeSet::new();
        for text in ROWS {
            let mut parts = text.split(|&byte| byte == b'|');
            assert!(parts.next().unwrap().iter().all(|&byte| byte != b'~' && before.insert(byte)));
            let codes: Vec<(u32, u8)> =
                (1..).zip(parts).flat_map(|(bits, bytes)| bytes.iter().map(move |&byte| (bits, byte))).collect();
            assert_eq!(codes.iter().map(|(bits, _)| 512 >> bits).sum::<i32>(), 512);
            assert_eq!(codes.iter().map(|&(_, byte)| byte).collect::<BTreeSet<_>>().len(), codes.len());
            // With the byte after it, it is longer than any code.
            assert!(codes.iter().any(|&(bits, byte)| byte == b'~' && bits + 8 > LONGEST));
        }
    }

    #[test]
    fn dutch_notes_take_less_than_half_their_room() {
        assert!(bits_per_character(NOTES) < 3.7, "{}", bits_per_character(NOTES));
        assert!(NOTES.lines().all(|line| compressed(line.as_bytes()).is_some()));
        // Words in any order, as no text is: the worst that Dutch may do.
        assert!(bits_per_character(&some_note(1, 1_500)) < 4.1, "{}", bits_per_character(&some_note(1, 1_500)));
    }

    #[test]
    fn other_languages_take_less_than_they_had_too() {
        for (text, most) in [
            ("Matka była dzisiaj spokojna, chociaż dzieci dużo krzyczały i nikt nie chciał jeść.", 7.1),
            ("Çocuklar bahçede koşuyordu, kadın ise mutfakta oturup bize hikâyeler anlattı.", 7.0),
            ("كانت الأم هادئة اليوم لكن الأولاد لم يأكلوا الفطور وبقي الصغير نائما حتى الظهر", 7.0),
        ] {
            assert!(bits_per_character(text) < most, "{text}: {}", bits_per_character(text));
            assert_eq!(decompressed(&compressed(text.as_bytes()).unwrap()).unwrap(), text.as_bytes());
        }
    }

    #[test]
    fn what_would_not_become_shorter_is_left() {
        for plain in [&b""[..], b"e", b"||||||||||||||||", "🛋🛋🛋🛋🛋🛋🛋🛋".as_bytes(), &[0xff; 400]]
        {
            assert_eq!(compressed(plain), None);
        }
    }

    #[test]
    fn more_than_the_maximum_is_refused() {
        let bytes = compressed(NOTES.as_bytes()).unwrap();
        assert!(decompress(&bytes, NOTES.len()).is_some());
        assert!(decompress(&bytes, NOTES.len() - 1).is_none());
    }

    #[test]
    fn a_length_that_promises_more_than_is_there_is_refused() {
        for bytes in [&[][..], &[1], &[0, 0, 0], &[255, 255, 255], &[255, 255, 255, 0, 0, 0], &[16, 0, 0, 0, 0]] {
            assert!(decompress(bytes, usize::MAX).is_none());
        }
    }

    /// After nothing, as after a zero, a zero is `00`, and `10` the code of what stands not in the row.
    #[test]
    fn a_byte_that_has_a_code_is_not_read_as_one_that_has_none() {
        let right = [&[40, 0, 0][..], &[0; 10]].concat();
        let detour = [&[40, 0, 0, 0b1000_0000][..], &[0; 10]].concat();
        assert_eq!(decompressed(&right), Some(vec![0; 40]));
        assert_eq!(decompressed(&detour), None);
    }

    /// Words, other words and anything between.
    fn any_plain() -> impl Strategy<Value = Vec<u8>> {
        let words =
            prop::sample::select(NOTES.split(' ').collect::<Vec<_>>()).prop_map(|word| word.as_bytes().to_vec());
        let piece = prop_oneof![6 => words, 1 => any::<String>().prop_map(String::into_bytes), 1 => any::<Vec<u8>>()];
        prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.join(&b' '))
    }

    proptest! {
        #[test]
        fn any_bytes_come_back(plain in any_plain()) {
            if let Some(bytes) = compressed(&plain) {
                prop_assert!(bytes.len() < plain.len());
                prop_assert_eq!(decompressed(&bytes), Some(plain));
            }
        }

        #[test]
        fn any_input_is_the_one_pressed_form_of_something_or_refused(
            length in 0_u8..80, body in prop::collection::vec(any::<u8>(), 0..60),
        ) {
            let bytes = [&[length, 0, 0][..], &body].concat();
            if let Some(plain) = decompressed(&bytes) {
                prop_assert_eq!(plain.len(), usize::from(length));
                prop_assert_eq!(compressed(&plain), Some(bytes));
            }
        }

        #[test]
        fn a_cut_a_tail_or_an_altered_byte_is_never_the_same_text(
            plain in any_plain(), at in any::<prop::sample::Index>(), by in 1..=u8::MAX,
        ) {
            if let Some(bytes) = compressed(&plain) {
                prop_assert_eq!(decompressed(&bytes[..at.index(bytes.len())]), None);
                for tail in [0, by] {
                    prop_assert_eq!(decompressed(&[&bytes[..], &[tail]].concat()), None);
                }
                let mut altered = bytes.clone();
                altered[at.index(bytes.len())] ^= by;
                prop_assert_ne!(decompressed(&altered), Some(plain));
            }
        }
    }
}
