//! Ways in for the fuzzer, past the seal. Compiled under `--cfg fuzzing`, and for the tests, which
//! replay what the fuzzer found worth keeping (`fuzz/corpus`).

use crate::ascii::{self, What};
use crate::backup::{Changes, FRONT_MAX, Front, Items, Whole, Writer};
use crate::device::DeviceKey;
use crate::header::{Header, UnlockError};
use crate::keys::RecordKey;
use crate::memory::MemoryStore;
use crate::vault::{Opened, Reason, Vault};
use crate::{
    Entries, Entropy, HEADER_KEY, KdfSetup, Passphrase, PassphraseKey, compress, format, parent, sealed, settings,
    strength,
};
use naast_core::records::{Family, FamilyId, Id, Kind, Record, Visit, VisitId};
use naast_core::time::{Day, Moment};
use naast_seal::{Key, checksum, from_base64};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use zeroize::Zeroizing;

/// A stored header: read or refused; what is read is written again as the same text. The text
/// also stands for what lies in a header of each version, behind a checksum that fits.
pub fn header(text: &str) {
    header_text(text);
    let mut bytes = from_base64(text).unwrap_or_else(|| text.as_bytes().to_vec());
    bytes.extend_from_slice(&checksum(&bytes));
    for version in 1..=2 {
        header_text(&ascii::encode(What::Header, version, &bytes));
    }
}

fn header_text(text: &str) {
    let Ok(header) = Header::parse(text) else {
        return;
    };
    assert_eq!(header.rewritten(), text);
    let key = Key::new(&[1; 32]);
    assert!(!header.is_bound_by(&key));
    assert_eq!(header.unlock_with_device(&DeviceKey(key)).err(), Some(UnlockError::WrongKey));
}

/// A stored record: the envelope around it, and the bytes inside as if they had opened.
pub fn record(data: &[u8]) {
    let Some((&selector, bytes)) = data.split_first() else {
        return;
    };
    let kind = Kind::ALL[usize::from(selector % 4)];
    let place = RecordKey { kind, id: Id([selector; 12]) };
    if let Ok(text) = core::str::from_utf8(bytes) {
        assert!(sealed::open(&Key::new(&[1; 32]), &place, text).is_err());
    }
    if let Ok(record) = format::decode(&place, bytes) {
        assert_eq!(RecordKey::of(&record), place);
        let again = format::decode(&place, &format::encode(&record)).ok();
        assert_eq!(again, Some(record));
    }
}

/// Answers of a parent: the stored value, and the bytes inside as if they had opened.
pub fn parent(data: &[u8]) {
    let Some(vault) = open_vault() else { return };
    let id = Id([3; 12]);
    if let Ok(text) = core::str::from_utf8(data) {
        assert!(vault.open_answers(id, text).is_err());
    }
    if let Some((_, answers)) = parent::decode(id, data) {
        let value = vault.parent_sealer(id, &mut Still(7)).seal(&answers, &mut Still(8));
        assert_eq!(value.and_then(|text| vault.open_answers(id, &text).ok()), Some((1, answers)));
    }
}

/// Something compressed, and something to compress: what is read is the one form of its text.
pub fn compress(data: &[u8]) {
    let compressed = |plain: &[u8]| {
        let mut bytes = Vec::new();
        compress::compress(plain, &mut bytes).then_some(bytes)
    };
    if let Some(plain) = compress::decompress(data, sealed::MAX_PLAINTEXT) {
        assert!(plain.len() <= sealed::MAX_PLAINTEXT);
        assert_eq!(compressed(&plain).as_deref(), Some(data));
    }
    if let Some(bytes) = compressed(data) {
        assert!(bytes.len() < data.len());
        assert_eq!(compress::decompress(&bytes, data.len()).as_deref().map(Vec::as_slice), Some(data));
    }
}

/// Stored settings: the text, and the bytes inside.
pub fn settings(data: &[u8]) {
    if let Ok(text) = core::str::from_utf8(data) {
        let _ = settings::decode(Some(text));
    }
    settings::decode_inside(data);
}

/// A backup: the file, and the bytes inside as if they had opened, in one piece and in two. What
/// can be read is written again as the same records.
pub fn backup(data: &[u8]) {
    let Some(vault) = open_vault() else { return };
    if let Ok(front) = Front::read(&data[..data.len().min(FRONT_MAX)]) {
        assert!(front.open(&vault).is_err());
    }
    let Some((&at, plain)) = data.split_first() else {
        return;
    };
    let opened = |pieces: &[&[u8]]| {
        let mut items = Items::new(Moment(0));
        pieces.iter().try_for_each(|piece| items.take(piece)).ok()?;
        items.ended.then_some(items.whole)
    };
    let (one, two) = plain.split_at(plain.len().min(at.into()));
    let (whole, again) = (opened(&[plain]), opened(&[one, two]));
    assert_eq!(format!("{whole:?}"), format!("{again:?}"));
    let Some(whole) = whole else { return };

    let mut now = Entries::default();
    whole.clone().merge(&now, &[]).put.into_iter().for_each(|record| now.put(record));
    let mut writer = Writer::new(&vault, Moment(0), &mut Still(7));
    let mut file = Vec::new();
    while let Some(piece) = writer.piece(&now).ok().flatten() {
        file.extend(piece);
    }
    let front = Front::read(&file[..file.len().min(FRONT_MAX)]).ok();
    let reader = front.and_then(|front| front.open(&vault).ok()?.feed(&file[front.size()..]).ok());
    let read = reader.and_then(|reader| reader.finish().ok()).map(|read| read.merge(&Entries::default(), &[]).put);
    assert_eq!(read, Some(whole.merge(&Entries::default(), &[]).put));
}

/// What is here and what is in a backup, both as if they had opened: after merging, or replacing, doing
/// it again changes nothing, and merging takes nothing away.
pub fn restore(data: &[u8]) {
    let Some((&at, plain)) = data.split_first() else {
        return;
    };
    let (here, there) = plain.split_at(plain.len().min(4 * usize::from(at)));
    let (Some(here), Some(there)) = (whole_of(here), whole_of(there)) else {
        return;
    };
    let apply = |to: &Entries, changes: Changes| {
        let mut to = to.clone();
        changes.put.into_iter().for_each(|record| to.put(record));
        changes.remove.iter().for_each(|place| to.remove(place));
        to
    };
    let now = apply(&Entries::default(), here.clone().merge(&Entries::default(), &[]));
    let merged = apply(&now, there.clone().merge(&now, &[]));
    for whole in [&here, &there] {
        assert_eq!(whole.clone().merge(&merged, &[]), Changes::default());
    }
    let replaced = apply(&now, there.clone().replace(&now, &[]));
    assert_eq!(there.clone().replace(&replaced, &[]), Changes::default());
    let contents = there.contents(&now, &[]);
    assert_eq!(contents.counts.iter().sum::<usize>(), contents.added + contents.same + contents.changed);
}

/// Items of a backup up to where they break off.
fn whole_of(plain: &[u8]) -> Option<Whole> {
    let mut items = Items::new(Moment(0));
    items.take(plain).ok()?;
    Some(items.whole)
}

/// What the two stores and the writings put down together may hold: real writings, older ones, such
/// as belong elsewhere, and rubbish, wherever. The newest that can be read wins; what cannot be
/// read is still there after; and healing again changes nothing.
pub fn journal(mut data: &[u8]) {
    let Some(vault) = open_vault() else { return };
    let writings = writings();
    let store = MemoryStore::new();
    store.plant(HEADER_KEY, LEAST);
    let mut journal = BTreeMap::from([(HEADER_KEY.to_owned(), LEAST.to_owned())]);
    let mut together = String::new();
    let mut next = || data.split_off_first().copied();
    while let (Some(where_to), Some(what)) = (next(), next()) {
        let key = KEYS[usize::from(where_to >> 2) % KEYS.len()];
        let text = match writings.get(usize::from(what)) {
            Some(text) => text.clone(),
            None => {
                let letters = core::iter::from_fn(&mut next).take(usize::from(what & 31));
                letters.map(|byte| char::from(byte & 0x7f)).collect()
            }
        };
        match where_to & 3 {
            0 => store.plant(key, text),
            1 => drop(journal.insert(key.to_owned(), text)),
            2 => together = [&together, "\n", key, " ", &text].concat(),
            _ => together.push_str(&text),
        }
    }
    if !together.is_empty() {
        store.plant("naast.together", together);
    }

    let values = |journal: &BTreeMap<String, String>| journal.clone().into_iter().collect();
    let before = (store.snapshot(), journal.clone());
    let Ok(loaded) = vault.load(&store, values(&journal)) else { return };
    assert_eq!(store.snapshot(), before.0);
    journal.extend(loaded.for_journal.iter().cloned());
    assert_eq!(vault.heal(&store, &loaded, true), Ok(()));
    let after = store.snapshot();
    for (key, text) in before.0.iter().chain(&before.1) {
        let Some(place) = RecordKey::parse(key) else {
            assert!(key == "naast.together" || after.get(key) == Some(text) || journal.get(key) == Some(text));
            continue;
        };
        match vault.open(&place, text) {
            Opened::Unreadable(_) => assert!(after.values().chain(journal.values()).any(|kept| kept == text)),
            Opened::Gone(_) => {}
            Opened::Record(known) => {
                let newest = |found: &crate::Stamped<Record>| {
                    RecordKey::of(&found.value) == place && found.generation.number() >= known.generation.number()
                };
                let newer = |text: &String| match vault.open(&place, text) {
                    Opened::Gone(gone) => gone.number() > known.generation.number(),
                    Opened::Unreadable(_) | Opened::Record(_) => false,
                };
                // Where a later version wrote nobody else reads.
                let later = loaded.set_aside.iter().any(|aside| aside.key == *key && aside.reason == Reason::Newer);
                let copies = [after.get(key), journal.get(key)];
                assert!(later || loaded.records.iter().any(newest) || copies.into_iter().flatten().any(newer));
            }
        }
    }

    // Once more takes away the words that something is gone, and then nothing changes.
    let mut after = BTreeMap::new();
    for _ in 0..2 {
        let Ok(again) = vault.load(&store, values(&journal)) else { return };
        assert_eq!((&again.records, &again.set_aside), (&loaded.records, &loaded.set_aside));
        assert!(again.for_journal.is_empty());
        after = store.snapshot();
        assert_eq!(vault.heal(&store, &again, true), Ok(()));
    }
    assert_eq!(store.snapshot(), after);
}

/// A family and a visit, and what else may lie there.
const KEYS: [&str; 8] = [
    "naast.family.010101010101010101010101",
    "naast.visit.010101010101010101010101",
    "naast.visit.of nobody",
    "naast.goal.010101010101010101010101",
    "naast.damaged.naast.visit.010101010101010101010101",
    "naast.settings",
    "naast.together",
    "other",
];

/// Writings of the family and the visit: the first, two different second ones, the word that it is
/// gone, one of a later form; and one of a later layer.
fn writings() -> &'static [String] {
    static ALL: OnceLock<Vec<String>> = OnceLock::new();
    ALL.get_or_init(|| {
        let key = Key::new(&[1; 32]);
        let id = Id([1; 12]);
        let family = |nickname: &str| {
            Record::Family(Family { id: FamilyId(id), nickname: nickname.into(), ..Family::default() })
        };
        let visit = |said: &str| {
            Record::Visit(Visit { said: said.into(), ..Visit::new(VisitId(id), FamilyId(id), Day(0), Moment(0)) })
        };
        let mut all = vec!["naast-record.9.later".to_owned()];
        for records in [[family("Zon"), family("Maan"), family("Ster")], [visit("een"), visit("twee"), visit("drie")]] {
            let place = RecordKey::of(&records[0]);
            let [first, second, other] = records.map(|record| format::encode(&record));
            let (gone, later) = (Zeroizing::new(format::GONE.to_vec()), Zeroizing::new(vec![99, 1]));
            for (number, plain) in [(1, first), (2, second), (2, other), (2, gone.clone()), (3, gone), (3, later)] {
                all.push(sealed::seal(&key, &place, number, plain, &mut Still(all.len() as u8)).1);
            }
        }
        all
    })
}

/// The key on its way from the worker, and words as they are typed.
pub fn typed(data: &[u8]) {
    if let Some(key) = PassphraseKey::from_worker_bytes(data) {
        assert_eq!(key.to_worker_bytes().as_slice(), data);
    }
    if let Some(setup) = KdfSetup::from_bytes(data) {
        assert_eq!(setup.to_bytes(), data);
    }
    let Ok(text) = core::str::from_utf8(data) else {
        return;
    };
    if let Some(place) = RecordKey::parse(text) {
        assert_eq!(place.to_string(), text);
    }
    for words in [Passphrase::from_typed(text), Passphrase::from_recovery_words(text)] {
        let _ = strength(words.reveal(), &["boom", "fiets"]);
        assert_eq!(Passphrase::from_typed(words.reveal()).reveal(), words.reveal());
    }
}

/// A header, so that what is written has one.
const LEAST: &str = include_str!("../tests/vectors/header_v1_least_costs.txt").trim_ascii();

/// A vault whose data key is all ones.
fn open_vault() -> Option<Vault> {
    Some(Vault::new(Key::new(&[1; 32]), Header::parse(LEAST).ok()?))
}

/// No randomness at all.
struct Still(u8);

impl Entropy for Still {
    fn fill(&mut self, buf: &mut [u8]) {
        buf.fill(self.0);
    }
}

/// All that the fuzzer found worth keeping, once more.
#[cfg(test)]
mod tests {
    use crate::corpus::replay;

    #[test]
    fn what_was_fuzzed_is_read_as_it_should() {
        let text = |run: fn(&str)| move |data: &[u8]| core::str::from_utf8(data).map_or((), run);
        replay("header", text(super::header));
        replay("record", super::record);
        replay("parent", super::parent);
        replay("compress", super::compress);
        replay("settings", super::settings);
        replay("backup", super::backup);
        replay("restore", super::restore);
        replay("journal", super::journal);
        replay("typed", super::typed);
    }
}
