//! One record in its envelope: sealed to its place and its generation.

use crate::ascii::{self, Unreadable, What};
use crate::entropy::{Entropy, random};
use crate::keys::{RecordKey, kind_number};
use naast_seal::{Key, NONCE_LEN, Nonce};
use zeroize::Zeroizing;

const VERSION: u16 = 1;

/// The largest record, in bytes: 2 MiB, some three hundred pages of notes.
pub(crate) const MAX_PLAINTEXT: usize = 2 * 1024 * 1024;

/// Which version of a record a value is.
///
/// Two generations are equal only if they are the same write: beside the counter there is a part of the random
/// nonce, so that two tabs that both write the fifth version are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Generation {
    number: u64,
    mark: [u8; 8],
}

impl Generation {
    fn of(number: u64, nonce: &Nonce) -> Self {
        let mut mark = [0; 8];
        mark.copy_from_slice(&nonce[..8]);
        Self { number, mark }
    }

    /// The number of versions written at this place so far.
    pub(crate) fn number(self) -> u64 {
        self.number
    }

    /// A generation with an unknown number of later ones; it equals no other.
    pub(crate) fn long_ago(self) -> Self {
        Self { number: self.number.saturating_add(1 << 20), ..self }
    }

    /// The counter of the generation after `before`.
    pub(crate) fn next(before: Option<Self>) -> u64 {
        before.map_or(1, |generation| generation.number.saturating_add(1))
    }
}

/// Seals a plaintext of at most [`MAX_PLAINTEXT`] bytes to its place.
pub(crate) fn seal(
    key: &Key,
    place: &RecordKey,
    number: u64,
    mut plaintext: Zeroizing<Vec<u8>>,
    entropy: &mut impl Entropy,
) -> (Generation, String) {
    let nonce = random::<NONCE_LEN>(entropy);
    let sealed = key.seal(&nonce, &associated(place, number), core::mem::take(&mut *plaintext));
    let mut bytes = Vec::with_capacity(8 + NONCE_LEN + sealed.len());
    bytes.extend_from_slice(&number.to_le_bytes());
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(&sealed);
    (Generation::of(number, &nonce), ascii::encode(What::Record, VERSION, &bytes))
}

/// Whether a later version of Naast sealed this value.
pub(crate) fn is_later(text: &str) -> bool {
    matches!(ascii::decode(What::Record, VERSION, text), Err(Unreadable::Newer(_)))
}

/// Opens a stored value that was found at this place.
pub(crate) fn open(key: &Key, place: &RecordKey, text: &str) -> Result<(Generation, Zeroizing<Vec<u8>>), Unreadable> {
    let (version, bytes) = ascii::decode(What::Record, VERSION, text)?;
    match version {
        VERSION => open_v1(key, place, &bytes).ok_or(Unreadable::Corrupt),
        _ => Err(Unreadable::Corrupt),
    }
}

fn open_v1(key: &Key, place: &RecordKey, bytes: &[u8]) -> Option<(Generation, Zeroizing<Vec<u8>>)> {
    let (number, rest) = bytes.split_first_chunk::<8>()?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE_LEN>()?;
    let number = u64::from_le_bytes(*number);
    let plaintext = key.open(nonce, &associated(place, number), sealed.to_vec())?;
    (plaintext.len() <= MAX_PLAINTEXT).then(|| (Generation::of(number, nonce), plaintext))
}

/// Format, kind, id and generation, so that a value at another place, or with another generation, does not open.
fn associated(place: &RecordKey, number: u64) -> Vec<u8> {
    let mut bytes = What::Record.front(VERSION).into_bytes();
    bytes.push(kind_number(place.kind));
    bytes.extend_from_slice(&place.id.0);
    bytes.extend_from_slice(&number.to_le_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Seeded;
    use naast_core::records::{Id, Kind};
    use proptest::prelude::*;

    const PLACE: RecordKey = RecordKey { kind: Kind::Visit, id: Id([5; 12]) };

    fn key() -> Key {
        Key::new(&[9; 32])
    }

    fn sealed(number: u64, plaintext: &[u8]) -> String {
        seal(&key(), &PLACE, number, Zeroizing::new(plaintext.to_vec()), &mut Seeded::new(number)).1
    }

    #[test]
    fn a_record_opens_at_its_own_place_only() {
        let text = sealed(4, b"thee met Yara");
        let (generation, plaintext) = open(&key(), &PLACE, &text).unwrap();
        assert_eq!((generation.number, plaintext.as_slice()), (4, &b"thee met Yara"[..]));
        for elsewhere in [RecordKey { kind: Kind::Family, ..PLACE }, RecordKey { id: Id([6; 12]), ..PLACE }] {
            assert_eq!(open(&key(), &elsewhere, &text).unwrap_err(), Unreadable::Corrupt);
        }
        let other_key = Key::new(&[8; 32]);
        assert_eq!(open(&other_key, &PLACE, &text).unwrap_err(), Unreadable::Corrupt);
    }

    #[test]
    fn another_number_on_the_same_seal_is_noticed() {
        let (_, mut bytes) = ascii::decode(What::Record, VERSION, &sealed(4, b"x")).unwrap();
        bytes[0] = 5;
        assert!(open(&key(), &PLACE, &ascii::encode(What::Record, VERSION, &bytes)).is_err());
    }

    /// A limit of any store without a trusted counter: an old value put back at its own
    /// place is whole. The vault notices only when it had seen a later one.
    #[test]
    fn an_older_writing_at_the_same_place_still_opens() {
        let (old, new) = (sealed(1, b"eerst"), sealed(2, b"later"));
        assert!(open(&key(), &PLACE, &old).is_ok() && open(&key(), &PLACE, &new).is_ok());
    }

    #[test]
    fn the_same_words_sealed_twice_share_nothing_to_see() {
        let one = seal(&key(), &PLACE, 1, Zeroizing::new(vec![7; 64]), &mut Seeded::new(1)).1;
        let two = seal(&key(), &PLACE, 1, Zeroizing::new(vec![7; 64]), &mut Seeded::new(2)).1;
        assert_ne!(one[30..], two[30..]);
    }

    proptest! {
        #[test]
        fn every_altered_character_and_every_cut_is_noticed(
            plaintext in prop::collection::vec(any::<u8>(), 0..200),
            at in any::<prop::sample::Index>(),
            by in "[A-Za-z0-9_.~-]",
        ) {
            let text = sealed(1, &plaintext);
            let at = at.index(text.len());
            let mut altered = text.clone();
            altered.replace_range(at..=at, &by);
            prop_assert!(altered == text || open(&key(), &PLACE, &altered).is_err());
            prop_assert!(open(&key(), &PLACE, &text[..at]).is_err());
        }

        #[test]
        fn nothing_that_lies_there_can_do_harm(text in "(naast-record\\.1\\.)?[ -~]{0,300}") {
            prop_assert!(open(&key(), &PLACE, &text).is_err());
        }
    }
}
