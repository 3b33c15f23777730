//! What a parent answers on the turned phone, sealed while the vault is locked.
//!
//! Before the phone is turned, the vault makes a [`ParentSealer`]: a random key, used for this turning only, and the
//! same key sealed under the data key. The sealer can keep answers and open what it kept; it opens nothing else. Each
//! stored value holds the sealed key and the sealed answers, so the open vault can read any of them by itself.
//!
//! Once the answers are added to the records, their values are removed ([`Letter::remove`]).

use core::cell::Cell;

use naast_core::parent::ParentAnswers;
use naast_core::records::Id;
use naast_seal::{KEY_LEN, Key, NONCE_LEN, TAG_LEN};
use zeroize::Zeroizing;

use crate::ascii::{self, Unreadable, What};
use crate::entropy::{Entropy, random};
use crate::sealed::MAX_PLAINTEXT;
use crate::store::{Store, StoreError};
use crate::vault::Vault;
use crate::wire::{Wire, whole};

const VERSION: u16 = 1;

/// The start of the keys of the store under which answers are kept.
pub const PARENT_KEYS: &str = "naast.parent.";

/// The length of the sealed key, with its nonce.
const WRAPPED_LEN: usize = NONCE_LEN + KEY_LEN + TAG_LEN;

/// What a seal contains, in its associated data.
#[derive(Clone, Copy)]
enum Part {
    Key = 1,
    Answers = 2,
}

/// Keeps the answers of one turning, without the data key.
pub struct ParentSealer {
    id: Id,
    key: Key,
    wrapped: [u8; WRAPPED_LEN],
    /// How many values it has made.
    count: Cell<u32>,
}

/// Answers that were kept while the vault was locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The key of the store and of the journal.
    pub key: String,
    /// The answers.
    pub answers: ParentAnswers,
    /// Whether the journal has them too.
    pub in_journal: bool,
    /// The value in the store.
    stored: Option<String>,
}

impl Letter {
    /// Removes the answers from the store, once they are added to the records. What was kept there since stays.
    ///
    /// # Errors
    /// [`StoreError`] if the store refuses; they will be found again, and adding them again changes nothing.
    pub fn remove(&self, store: &dyn Store) -> Result<(), StoreError> {
        if self.stored.is_some() && store.get(&self.key)? == self.stored {
            store.remove(&self.key)?;
        }
        Ok(())
    }
}

impl Vault {
    /// Makes what keeps the answers of one turning. `id` is new for each.
    pub fn parent_sealer(&self, id: Id, entropy: &mut impl Entropy) -> ParentSealer {
        let key = Key::written(|bytes| entropy.fill(bytes));
        let nonce = random::<NONCE_LEN>(entropy);
        let sealed = self.key().seal(&nonce, &associated(Part::Key, id), key.bytes().to_vec());
        let mut wrapped = [0; WRAPPED_LEN];
        wrapped[..NONCE_LEN].copy_from_slice(&nonce);
        wrapped[NONCE_LEN..].copy_from_slice(&sealed);
        ParentSealer { id, key, wrapped, count: Cell::new(0) }
    }

    /// Reads answers: how many values were made before this one, and the answers.
    pub(crate) fn open_answers(&self, id: Id, text: &str) -> Result<(u32, ParentAnswers), Unreadable> {
        let (_, bytes) = ascii::decode(What::Parent, VERSION, text)?;
        self.open_answers_v1(id, &bytes).ok_or(Unreadable::Corrupt)
    }

    fn open_answers_v1(&self, id: Id, bytes: &[u8]) -> Option<(u32, ParentAnswers)> {
        let (key_nonce, rest) = bytes.split_first_chunk::<NONCE_LEN>()?;
        let (wrapped, rest) = rest.split_first_chunk::<{ KEY_LEN + TAG_LEN }>()?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_LEN>()?;
        let key = self.key().open(key_nonce, &associated(Part::Key, id), wrapped.to_vec())?;
        let key = Key::new(key.as_slice().try_into().ok()?);
        decode(id, &key.open(nonce, &associated(Part::Answers, id), sealed.to_vec())?)
    }

    /// The answers at a key, from both stores, and whether a copy cannot be read.
    pub(crate) fn letter(
        &self,
        key: &str,
        id: Id,
        stored: Option<&str>,
        journalled: Option<&str>,
    ) -> (Option<Letter>, Option<Unreadable>) {
        let mut why = None;
        let mut read = |text: Option<&str>| match self.open_answers(id, text.filter(|text| !text.is_empty())?) {
            Ok(found) => Some(found),
            Err(unreadable) => {
                why = Some(unreadable);
                None
            }
        };
        let (here, there) = (read(stored), read(journalled));
        let (in_store, in_journal) = (here.is_some(), there.is_some());
        let newest = [here, there].into_iter().flatten().max_by_key(|(count, _)| *count);
        let letter = newest.map(|(_, answers)| Letter {
            key: key.to_owned(),
            answers,
            in_journal,
            stored: stored.filter(|_| in_store).map(ToOwned::to_owned),
        });
        (letter, why)
    }
}

impl ParentSealer {
    /// The key of the store and of the journal under which the answers are kept.
    #[must_use]
    pub fn key(&self) -> String {
        [PARENT_KEYS, &self.id.to_string()].concat()
    }

    /// The value to store: all answers so far, in place of the value before. `None` above 2 MiB.
    pub fn seal(&self, answers: &ParentAnswers, entropy: &mut impl Entropy) -> Option<String> {
        self.count.set(self.count.get().saturating_add(1));
        let mut plain = Zeroizing::new(Vec::with_capacity(4096));
        encode(self.count.get(), answers, &mut plain);
        if plain.len() > MAX_PLAINTEXT {
            return None;
        }
        let nonce = random::<NONCE_LEN>(entropy);
        let sealed = self.key.seal(&nonce, &associated(Part::Answers, self.id), core::mem::take(&mut *plain));
        let bytes = [&self.wrapped[..], &nonce, &sealed].concat();
        Some(ascii::encode(What::Parent, VERSION, &bytes))
    }
}

impl core::fmt::Debug for ParentSealer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("ParentSealer(..)")
    }
}

/// The sealed bytes, **frozen**: the count, the visit, the tool, the answers, the marks.
fn encode(count: u32, answers: &ParentAnswers, to: &mut Vec<u8>) {
    count.put(to);
    answers.visit.put(to);
    answers.tool.put(to);
    answers.answers.put(to);
    answers.marks.put(to);
}

/// Decodes what [`encode`] wrote.
pub(crate) fn decode(id: Id, bytes: &[u8]) -> Option<(u32, ParentAnswers)> {
    whole(1, bytes, |from| {
        let count = Wire::take(from);
        let visit = Wire::take(from);
        let tool = Wire::take(from);
        let answers = Wire::take(from);
        (count, ParentAnswers { id, visit, tool, answers, marks: Wire::take(from) })
    })
}

/// The front of the value, what is sealed, and the id, so that a value elsewhere does not open.
fn associated(part: Part, id: Id) -> Vec<u8> {
    let mut bytes = What::Parent.front(VERSION).into_bytes();
    bytes.push(part as u8);
    bytes.extend_from_slice(&id.0);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::create;
    use crate::memory::MemoryStore;
    use crate::testing::{Seeded, cheap_key};
    use crate::vault::Reason;
    use naast_core::records::{Answer, Mark, VisitId};
    use proptest::prelude::*;

    const ID: Id = Id([3; 12]);

    fn open_vault() -> (MemoryStore, Vault) {
        let store = MemoryStore::new();
        let vault = create(&store, &cheap_key("lantaarn"), &mut Seeded::new(1)).unwrap();
        (store, vault)
    }

    fn answers(text: &str) -> ParentAnswers {
        ParentAnswers {
            id: ID,
            visit: VisitId(Id([4; 12])),
            tool: "step".into(),
            answers: vec![Answer { asks: "step-what".into(), text: text.into() }],
            marks: vec![Mark { asks: "step-sure".into(), value: 7 }],
        }
    }

    #[test]
    fn the_vault_reads_what_was_kept_while_it_was_locked() {
        let (store, vault) = open_vault();
        let sealer = vault.parent_sealer(ID, &mut Seeded::new(2));
        for text in ["Samen", "Samen naar buiten"] {
            let value = sealer.seal(&answers(text), &mut Seeded::new(text.len() as u64)).unwrap();
            store.put(&sealer.key(), &value).unwrap();
        }
        let loaded = vault.load(&store, Vec::new()).unwrap();
        let [letter] = &loaded.letters[..] else { panic!("{:?}", loaded.letters) };
        assert_eq!(letter.answers, answers("Samen naar buiten"));
        letter.remove(&store).unwrap();
        assert_eq!(vault.load(&store, Vec::new()).unwrap().letters, []);
    }

    #[test]
    fn the_later_of_two_copies_counts_and_an_empty_one_is_none() {
        let (store, vault) = open_vault();
        let sealer = vault.parent_sealer(ID, &mut Seeded::new(2));
        let first = sealer.seal(&answers("eerst"), &mut Seeded::new(3)).unwrap();
        let second = sealer.seal(&answers("later"), &mut Seeded::new(4)).unwrap();
        store.put(&sealer.key(), &first).unwrap();
        let journal = |value: &str| vec![(sealer.key(), value.to_owned())];
        let [letter] = &vault.load(&store, journal(&second)).unwrap().letters[..] else { panic!() };
        assert!(letter.answers == answers("later") && letter.in_journal);
        let [letter] = &vault.load(&store, journal("")).unwrap().letters[..] else { panic!() };
        assert!(letter.answers == answers("eerst") && !letter.in_journal);
        // Kept since it was read: it stays.
        store.put(&sealer.key(), &second).unwrap();
        letter.remove(&store).unwrap();
        assert_eq!(store.get(&sealer.key()), Ok(Some(second)));
    }

    #[test]
    fn what_cannot_be_read_is_set_aside_and_stays() {
        let (store, vault) = open_vault();
        let sealer = vault.parent_sealer(ID, &mut Seeded::new(2));
        let good = sealer.seal(&answers("goed"), &mut Seeded::new(3)).unwrap();
        for (text, reason) in [("naast-parent.2.AAAA", Reason::Newer), ("naast-parent.1.AAAA", Reason::Corrupt)] {
            store.put(&sealer.key(), text).unwrap();
            let loaded = vault.load(&store, vec![(sealer.key(), good.clone())]).unwrap();
            assert_eq!(loaded.set_aside[0].reason, reason);
            assert_eq!(loaded.letters[0].answers, answers("goed"));
            loaded.letters[0].remove(&store).unwrap();
            assert_eq!(store.get(&sealer.key()), Ok(Some(text.to_owned())));
        }
    }

    #[test]
    fn another_vault_another_id_and_a_record_do_not_open() {
        let (_, vault) = open_vault();
        let other = create(&MemoryStore::new(), &cheap_key("lantaarn"), &mut Seeded::new(9)).unwrap();
        let sealer = vault.parent_sealer(ID, &mut Seeded::new(2));
        let value = sealer.seal(&answers("goed"), &mut Seeded::new(3)).unwrap();
        assert_eq!(vault.open_answers(ID, &value), Ok((1, answers("goed"))));
        assert!(other.open_answers(ID, &value).is_err());
        assert!(vault.open_answers(Id([5; 12]), &value).is_err());
        assert!(vault.open_answers(ID, &value.replace("naast-parent", "naast-record")).is_err());
        // The key of the turning opens only the answers: it is another key than that of the vault.
        let nonce = [0; NONCE_LEN];
        let under_data_key = vault.key().seal(&nonce, &[], vec![1]);
        assert!(sealer.key.open(&nonce, &[], under_data_key).is_none());
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let (_, vault) = open_vault();
        let sealer = vault.parent_sealer(ID, &mut Seeded::new(2));
        assert!(sealer.seal(&answers(&"e".repeat(MAX_PLAINTEXT)), &mut Seeded::new(3)).is_none());
        let most = answers(&"e".repeat(MAX_PLAINTEXT - 100));
        let value = sealer.seal(&most, &mut Seeded::new(3)).unwrap();
        assert_eq!(vault.open_answers(ID, &value), Ok((2, most)));
    }

    proptest! {
        #[test]
        fn every_altered_character_is_noticed(text in ".{0,40}", at in any::<prop::sample::Index>(), by in "[A-Za-z0-9_.~-]") {
            let (_, vault) = open_vault();
            let sealer = vault.parent_sealer(ID, &mut Seeded::new(2));
            let value = sealer.seal(&answers(&text), &mut Seeded::new(3)).unwrap();
            let at = at.index(value.len());
            let mut altered = value.clone();
            altered.replace_range(at..=at, &by);
            prop_assert!(altered == value || vault.open_answers(ID, &altered).is_err());
            prop_assert!(vault.open_answers(ID, &value[..at]).is_err());
        }
    }
}
