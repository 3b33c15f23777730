//! From a record to bytes and back: one version byte, then that version's own form.
//!
//! [`encode`] always writes the newest version; `records` says, field by field, what lies where and
//! since when. Version 4 is no form of its own: it is another one, compressed. Vectors in
//! `tests/vectors` keep every version readable.

mod records;

use crate::ascii::Unreadable;
use crate::compress::{compress, decompress};
use crate::keys::RecordKey;
use crate::sealed::MAX_PLAINTEXT;
use naast_core::records::Record;
use naast_seal::TAG_LEN;
use zeroize::Zeroizing;

const NEWEST: u8 = 2;

/// Stands in place of a form where nothing lies any more.
pub(crate) const GONE: [u8; 1] = [0];

/// What follows is another form with its own version byte, compressed. Version 3 was promised to a
/// later form before this one came.
const COMPRESSED: u8 = 4;

/// More than almost every record takes, in bytes.
const ROOM: usize = 16 * 1024;

/// The newest form of a record, compressed where that is shorter. Its id and kind are not inside: its
/// place says them.
pub(crate) fn encode(record: &Record) -> Zeroizing<Vec<u8>> {
    // One piece of memory from the start, so that growing leaves no copies behind; also not when
    // the seal is added.
    let mut plain = Zeroizing::new(Vec::with_capacity(ROOM));
    plain.push(NEWEST);
    records::encode(record, &mut plain);
    let mut compressed = Zeroizing::new(Vec::with_capacity(plain.len() + TAG_LEN));
    compressed.push(COMPRESSED);
    // What is too large stays so: compressed it would be kept, and refused at the next reading.
    let shorter = plain.len() <= MAX_PLAINTEXT && compress(&plain, &mut compressed) && compressed.len() < plain.len();
    if shorter { compressed } else { plain }
}

/// Reads any known form of the record at this place.
pub(crate) fn decode(place: &RecordKey, bytes: &[u8]) -> Result<Record, Unreadable> {
    match bytes.split_first() {
        Some((&COMPRESSED, compressed)) => {
            let plain = decompress(compressed, MAX_PLAINTEXT).ok_or(Unreadable::Corrupt)?;
            decode_plain(place, &plain)
        }
        _ => decode_plain(place, bytes),
    }
}

/// Reads any form that is not compressed.
fn decode_plain(place: &RecordKey, bytes: &[u8]) -> Result<Record, Unreadable> {
    match bytes.split_first() {
        Some((&version @ 1..=NEWEST, body)) => records::decode(version, place, body).ok_or(Unreadable::Corrupt),
        // Pressed twice is nothing that anybody wrote.
        Some((&version, _)) if version > NEWEST && version != COMPRESSED => Err(Unreadable::Newer(version.into())),
        _ => Err(Unreadable::Corrupt),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{any_record, full_visit, sample_visit};
    use naast_core::records::{Family, Kind, Visit};
    use proptest::prelude::*;

    #[test]
    fn a_later_form_is_newer_and_no_form_is_corrupt() {
        let record = Record::Visit(sample_visit());
        let place = RecordKey::of(&record);
        assert_eq!(decode(&place, &[3, 1, 2, 3]), Err(Unreadable::Newer(3)));
        assert_eq!(decode(&place, &[5, 1, 2, 3]), Err(Unreadable::Newer(5)));
        assert_eq!(decode(&place, &[255]), Err(Unreadable::Newer(255)));
        assert_eq!(decode(&place, &[0, 1, 2]), Err(Unreadable::Corrupt));
        assert_eq!(decode(&place, &[]), Err(Unreadable::Corrupt));
    }

    /// Pressed by hand, whatever is in it.
    fn compressed(plain: &[u8]) -> Vec<u8> {
        let mut bytes = vec![COMPRESSED];
        assert!(compress(plain, &mut bytes));
        bytes
    }

    #[test]
    fn a_record_is_pressed_where_that_is_shorter() {
        let record = Record::Visit(full_visit());
        let bytes = encode(&record);
        assert_eq!(bytes[0], COMPRESSED);
        let plain = decompress(&bytes[1..], MAX_PLAINTEXT).unwrap();
        assert!(plain[0] == NEWEST && plain.len() > bytes.len());
        assert_eq!(decode(&RecordKey::of(&record), &plain), Ok(record));

        let short = Record::Family(Family { nickname: "🦊🐻🐧🦉".into(), ..Family::default() });
        assert_eq!(encode(&short)[0], NEWEST);
    }

    #[test]
    fn every_form_may_lie_in_a_pressed_one_but_a_pressed_one() {
        let place = RecordKey::of(&Record::Visit(sample_visit()));
        let text = b" is het begin van iets, en daarna komt er nog wat.";
        for (version, outcome) in [
            (0, Unreadable::Corrupt),
            (2, Unreadable::Corrupt),
            (3, Unreadable::Newer(3)),
            (COMPRESSED, Unreadable::Corrupt),
            (5, Unreadable::Newer(5)),
        ] {
            assert_eq!(decode(&place, &compressed(&[&[version], &text[..]].concat())), Err(outcome));
        }
        // Version 1 had no other fields for a question of one's own than version 2 has.
        let question = [&[1][..], &[text.len() as u8], text, &[0, 0, 0]].concat();
        let place = RecordKey { kind: Kind::OwnQuestion, ..place };
        assert_eq!(decode(&place, &compressed(&question)), decode(&place, &question));
        assert!(decode(&place, &question).is_ok());
    }

    #[test]
    fn a_record_that_is_too_large_is_not_made_small_enough_by_pressing() {
        let visit = |length| Record::Visit(Visit { thoughts: "e ".repeat(length / 2), ..sample_visit() });
        assert!(encode(&visit(MAX_PLAINTEXT)).len() > MAX_PLAINTEXT);
        let most = visit(MAX_PLAINTEXT - 1_000);
        let bytes = encode(&most);
        assert!(bytes.len() < MAX_PLAINTEXT / 2);
        assert_eq!(decode(&RecordKey::of(&most), &bytes), Ok(most));
    }

    /// Growing would leave a copy behind that nobody wipes.
    #[test]
    fn there_is_room_for_the_seal() {
        let bytes = encode(&Record::Visit(full_visit()));
        assert!(bytes[0] == COMPRESSED && bytes.capacity() - bytes.len() >= TAG_LEN);
    }

    proptest! {
        #[test]
        fn every_record_comes_back_as_it_was(record in any_record()) {
            let bytes = encode(&record);
            prop_assert_eq!(decode(&RecordKey::of(&record), &bytes), Ok(record));
        }

        #[test]
        fn a_cut_or_a_tail_is_corrupt(record in any_record(), at in any::<prop::sample::Index>()) {
            let bytes = encode(&record);
            let place = RecordKey::of(&record);
            prop_assert_eq!(decode(&place, &bytes[..at.index(bytes.len())]), Err(Unreadable::Corrupt));
            let mut longer = bytes.to_vec();
            longer.push(0);
            prop_assert_eq!(decode(&place, &longer), Err(Unreadable::Corrupt));
        }

        #[test]
        fn any_bytes_are_a_record_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), record in any_record()) {
            let _ = decode(&RecordKey::of(&record), &bytes);
        }
    }
}
