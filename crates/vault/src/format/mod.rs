//! From a record to bytes and back: one version byte, then that version's own form.
//!
//! [`encode`] always writes the newest version; `records` says, field by field, what lies where and
//! since when. Vectors in `tests/vectors` keep every version readable.

mod records;

use crate::ascii::Unreadable;
use crate::keys::RecordKey;
use naast_core::records::Record;
use zeroize::Zeroizing;

const NEWEST: u8 = 2;

/// Stands in place of a form where nothing lies any more.
pub(crate) const GONE: [u8; 1] = [0];

/// More than almost every record takes, in bytes.
const ROOM: usize = 16 * 1024;

/// The newest form of a record. Its id and kind are not inside: its place says them.
pub(crate) fn encode(record: &Record) -> Zeroizing<Vec<u8>> {
    // One piece of memory from the start, so that growing leaves no copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(ROOM));
    bytes.push(NEWEST);
    records::encode(record, &mut bytes);
    bytes
}

/// Reads any known form of the record at this place.
pub(crate) fn decode(place: &RecordKey, bytes: &[u8]) -> Result<Record, Unreadable> {
    match bytes.split_first() {
        Some((&version @ 1..=NEWEST, body)) => records::decode(version, place, body).ok_or(Unreadable::Corrupt),
        Some((&version, _)) if version > NEWEST => Err(Unreadable::Newer(version.into())),
        _ => Err(Unreadable::Corrupt),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{any_record, sample_visit};
    use proptest::prelude::*;

    #[test]
    fn a_later_form_is_newer_and_no_form_is_corrupt() {
        let record = Record::Visit(sample_visit());
        let place = RecordKey::of(&record);
        assert_eq!(decode(&place, &[3, 1, 2, 3]), Err(Unreadable::Newer(3)));
        assert_eq!(decode(&place, &[255]), Err(Unreadable::Newer(255)));
        assert_eq!(decode(&place, &[0, 1, 2]), Err(Unreadable::Corrupt));
        assert_eq!(decode(&place, &[]), Err(Unreadable::Corrupt));
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
