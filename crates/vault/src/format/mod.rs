//! Encodes records as bytes and decodes them: one version byte, then the form of that version.
//!
//! [`encode`] always writes the newest version; `records` lists the fields of each version. Version 4 is not a
//! form of its own, but another form, compressed. The vectors in `tests/vectors` keep every version readable.

mod records;

use crate::ascii::Unreadable;
use crate::compress::{compress, decompress};
use crate::keys::RecordKey;
use crate::sealed::MAX_PLAINTEXT;
use naast_core::records::Record;
use naast_seal::TAG_LEN;
use zeroize::Zeroizing;

const NEWEST: u8 = 2;

/// The value of a place that has been emptied.
pub(crate) const GONE: [u8; 1] = [0];

/// Another form with its own version byte follows, compressed. Version 3 was reserved for a later form before
/// this one existed.
const COMPRESSED: u8 = 4;

/// The size of nearly every record stays below this, in bytes.
const ROOM: usize = 16 * 1024;

/// The newest form of a record, compressed if that is shorter. The id and the kind are not included: the place
/// contains them.
pub(crate) fn encode(record: &Record) -> Zeroizing<Vec<u8>> {
    // It is allocated once, so that growing leaves no copies behind, also when the tag is added.
    let mut plain = Zeroizing::new(Vec::with_capacity(ROOM));
    plain.push(NEWEST);
    records::encode(record, &mut plain);
    let mut compressed = Zeroizing::new(Vec::with_capacity(plain.len() + TAG_LEN));
    compressed.push(COMPRESSED);
    // A record that is too large stays uncompressed: otherwise it would be stored, and refused when it is
    // read.
    let shorter = plain.len() <= MAX_PLAINTEXT && compress(&plain, &mut compressed) && compressed.len() < plain.len();
    if shorter { compressed } else { plain }
}

/// Decodes any known form of the record at this place.
pub(crate) fn decode(place: &RecordKey, bytes: &[u8]) -> Result<Record, Unreadable> {
    match bytes.split_first() {
        Some((&COMPRESSED, compressed)) => {
            let plain = decompress(compressed, MAX_PLAINTEXT).ok_or(Unreadable::Corrupt)?;
            decode_plain(place, &plain)
        }
        _ => decode_plain(place, bytes),
    }
}

/// Decodes any form that is not compressed.
fn decode_plain(place: &RecordKey, bytes: &[u8]) -> Result<Record, Unreadable> {
    match bytes.split_first() {
        Some((&version @ 1..=NEWEST, body)) => records::decode(version, place, body).ok_or(Unreadable::Corrupt),
        // Nothing writes a form that is compressed twice.
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

    /// Compresses any bytes.
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
        // For an own question, version 1 has the same fields as version 2.
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

    /// Growing would leave a copy behind that nothing wipes.
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
