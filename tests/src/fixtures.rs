//! Vaults made without a browser: larger than anybody would type.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use naast_core::records::{Family, FamilyId, Id, Record, Visit, VisitId};
use naast_core::time::{Day, Moment};
use naast_vault::backup::Writer;
use naast_vault::memory::MemoryStore;
use naast_vault::{Entries, Entropy, KdfSetup, Passphrase, RecordKey, Unsaved, create, derive};

/// The passphrase of the frozen headers.
pub const FROZEN: &str = "boom fiets kaas maan lepel";

/// A header of the first version, with the lowest costs.
pub const OLD: &str = include_str!("../../crates/vault/tests/vectors/header_v1_least_costs.txt").trim_ascii_end();

/// A header that its passphrase opens, from which the recovery words were removed.
pub const ALTERED: &str =
    include_str!("../../crates/vault/tests/vectors/header_v2_recovery_taken_out.txt").trim_ascii_end();

/// The contents of the storage for these records and this passphrase.
///
/// # Errors
/// If no vault can be made.
pub fn vault(words: &str, records: Vec<Record>) -> Result<BTreeMap<String, String>> {
    let (store, mut entropy) = (MemoryStore::new(), Counting(1));
    let key = derive(&Passphrase::from_typed(words), &KdfSetup::new(&mut entropy)).ok().context("a key")?;
    let vault = create(&store, &key, &mut entropy).ok().context("a vault")?;
    for record in records {
        let change = Unsaved { place: RecordKey::of(&record), record: Some(record), based_on: None };
        ensure!(vault.save_all(&store, &[change], &mut entropy).refused.is_empty(), "saved");
    }
    Ok(store.snapshot())
}

/// A backup file of these records with this passphrase, as made on another phone.
///
/// # Errors
/// If it cannot be made.
pub fn backup(words: &str, records: Vec<Record>) -> Result<Vec<u8>> {
    let mut entropy = Counting(2);
    let key = derive(&Passphrase::from_typed(words), &KdfSetup::new(&mut entropy)).ok().context("a key")?;
    let mut entries = Entries::default();
    records.into_iter().for_each(|record| entries.put(record));
    let mut writer = Writer::with_passphrase(&key, Moment(1_767_000_000_000), &mut entropy);
    let mut file = Vec::new();
    while let Some(piece) = writer.piece(&entries).ok().context("a piece")? {
        file.extend(piece);
    }
    Ok(file)
}

/// A family with this name and number.
#[must_use]
pub fn family(nth: u16, nickname: &str) -> Family {
    Family { id: FamilyId(id(1, nth)), nickname: nickname.to_owned(), ..Family::default() }
}

/// A visit with this number, a day later than the one before, and finished.
#[must_use]
pub fn visit(nth: u16, to: &Family) -> Visit {
    let made = Moment(i64::from(nth));
    let day = Day(18_000 + i32::from(nth));
    Visit { closed: Some(made), ..Visit::new(VisitId(id(2, nth)), to.id, day, made) }
}

/// The words of a [`note`].
const WORDS: &str = include_str!("../../crates/content/nl/outcomes.toml");

/// A note of about this many characters, with random words: no sentence is repeated, so it compresses less well
/// than what people write.
fn note(words: &[&str], nth: u16, characters: usize) -> String {
    let mut note = String::with_capacity(characters + 20);
    let mut at = usize::from(nth);
    while note.len() < characters {
        at = at.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        note.push_str(words[(at >> 16) % words.len()]);
        note.push(' ');
    }
    note
}

/// A family with this many visits, with notes of this many characters.
#[must_use]
pub fn years(family: Family, visits: u16, characters: usize) -> Vec<Record> {
    let word = |word: &&str| word.chars().all(char::is_alphabetic);
    let words: Vec<&str> = WORDS.split_whitespace().filter(word).collect();
    let visit = |nth| Visit { seen_heard: note(&words, nth, characters), ..visit(nth, &family) };
    let mut records: Vec<Record> = (0..visits).map(|nth| Record::Visit(visit(nth))).collect();
    records.push(Record::Family(family));
    records
}

/// An id by kind and number.
fn id(kind: u8, nth: u16) -> Id {
    let mut bytes = [kind; 12];
    bytes[..2].copy_from_slice(&nth.to_be_bytes());
    Id(bytes)
}

/// Numbers that are not secret; nothing here is.
struct Counting(u64);

impl Entropy for Counting {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *byte = self.0.to_be_bytes()[0];
        }
    }
}
