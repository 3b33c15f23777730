use super::read::Items;
pub(crate) use super::write::item;
use super::*;
use crate::header::Header;
use crate::keys::RecordKey;
use crate::memory::MemoryStore;
use crate::testing::{Seeded, any_record, cheap_key, full_visit, sample_visit};
use crate::vault::{Reason, SetAside};
use crate::{
    CreateError, Device, DeviceKey, Entries, Entropy, HEADER_KEY, PassphraseKey, Stamped, State, Store, UnlockError,
    Unsaved, Vault, adopt, create, format, inspect,
};
use naast_core::records::{Family, FamilyId, Id, Kind, Record, Visit, VisitId};
use naast_core::time::{Day, Moment};
use naast_seal::to_base64;
use proptest::prelude::*;
use std::sync::OnceLock;

const MADE: Moment = Moment(1_795_000_000_000);

fn key() -> &'static PassphraseKey {
    static KEY: OnceLock<PassphraseKey> = OnceLock::new();
    KEY.get_or_init(|| cheap_key("boom fiets kaas maan lepel"))
}

fn vault() -> Vault {
    Header::create(key(), &mut Seeded::new(1))
}

fn other_vault() -> Vault {
    Header::create(key(), &mut Seeded::new(2))
}

fn entries(records: &[Record]) -> Entries {
    let mut entries = Entries::default();
    records.iter().for_each(|record| entries.put(record.clone()));
    entries
}

/// The records of entries, in order.
fn listed(entries: &Entries) -> Vec<Record> {
    let mut all: Vec<Record> = Vec::new();
    while let Some(record) = entries.following(all.last().map(RecordKey::of).as_ref()) {
        all.push(record.clone());
    }
    all
}

fn pieces(writer: &mut Writer, entries: &Entries) -> Vec<Vec<u8>> {
    core::iter::from_fn(|| writer.piece(entries).unwrap()).collect()
}

fn backup_numbered(seed: u64, records: &[Record]) -> Vec<Vec<u8>> {
    pieces(&mut Writer::new(&vault(), MADE, &mut Seeded::new(seed)), &entries(records))
}

fn backup(records: &[Record]) -> Vec<u8> {
    backup_numbered(5, records).concat()
}

/// Reads a whole file as an app does, in pieces of these lengths, over and over.
fn read_in(file: &[u8], lengths: &[usize]) -> Result<Whole, Refused> {
    let front = Front::read(&file[..file.len().min(FRONT_MAX)])?;
    let mut reader = front.open(&vault())?;
    let mut rest = &file[front.size()..];
    for length in lengths.iter().cycle() {
        let (piece, later) = rest.split_at((*length).min(rest.len()));
        reader = reader.feed(piece)?;
        rest = later;
        if rest.is_empty() {
            break;
        }
    }
    reader.finish()
}

fn read(file: &[u8]) -> Result<Whole, Refused> {
    read_in(file, &[usize::MAX])
}

fn refused(file: &[u8]) -> Option<Refused> {
    read(file).err()
}

/// What lies here after all changes were made.
fn after(entries: &Entries, changes: Changes) -> Entries {
    let mut entries = entries.clone();
    changes.put.into_iter().for_each(|record| entries.put(record));
    changes.remove.iter().for_each(|place| entries.remove(place));
    entries
}

fn visit(n: u8, seen_heard: &str) -> Record {
    let visit = Visit::new(VisitId(Id([n; 12])), FamilyId(Id([1; 12])), Day(20_000 + i32::from(n)), Moment(0));
    Record::Visit(Visit { seen_heard: seen_heard.into(), ..visit })
}

fn family(n: u8, nickname: &str) -> Record {
    Record::Family(Family { id: FamilyId(Id([n; 12])), nickname: nickname.into(), ..Family::default() })
}

/// A text of this length that nothing makes shorter.
fn noise(length: usize) -> String {
    let mut bytes = vec![0; length];
    Seeded::new(9).fill(&mut bytes);
    to_base64(&bytes)[..length].to_owned()
}

/// Enough for more than three chunks.
fn long() -> Vec<Record> {
    (1..=30).map(|n| visit(n, &noise(10_000))).collect()
}

/// The bytes of a file whose chunks hold this: what a later version, or a faulty one, might write.
pub(crate) fn made_of(vault: &Vault, made: Moment, plain: &[u8]) -> Vec<u8> {
    let mut writer = Writer::new(vault, made, &mut Seeded::new(5));
    let (front, key) = (writer.piece(&Entries::default()).unwrap().unwrap(), vault.key());
    let id = front[front.len() - TAG_LEN - ID_LEN..].first_chunk().unwrap();
    let mut file = front.clone();
    for (nth, chunk) in plain.chunks(CHUNK).enumerate() {
        let what = if (nth + 1) * CHUNK < plain.len() { MORE } else { LAST };
        let sealed = file_key(key, id).seal(&nonce(nth as u64, what), &front, chunk.to_vec());
        file.push(what);
        file.extend_from_slice(&(sealed.len() as u32).to_le_bytes());
        file.extend_from_slice(&sealed);
    }
    file
}

fn end(count: u32) -> Vec<u8> {
    item(END, &[0; 12], count, &[]).to_vec()
}

#[test]
fn everything_goes_into_a_file_and_comes_back() {
    let records = [family(1, "Zon"), Record::Visit(full_visit()), visit(3, "thee")];
    let whole = read(&backup(&records)).unwrap();
    assert_eq!(whole.records, listed(&entries(&records)));
    let changes = whole.merge(&Entries::default(), &[]);
    assert_eq!(listed(&after(&Entries::default(), changes)), listed(&entries(&records)));
}

#[test]
fn an_empty_vault_has_a_backup_too() {
    assert_eq!(read(&backup(&[])).unwrap().contents(&Entries::default(), &[]).counts, [0; 4]);
}

#[test]
fn a_large_vault_goes_chunk_by_chunk() {
    let pieces = backup_numbered(5, &long());
    assert!(pieces.len() > 4);
    assert!(pieces.iter().all(|piece| piece.len() <= CHUNK_FRONT + CHUNK + TAG_LEN));
    assert_eq!(read(&pieces.concat()).unwrap().records, long());
}

/// Around the border of a chunk, to the byte.
#[test]
fn a_file_may_end_anywhere_in_a_chunk() {
    let text = noise(CHUNK);
    for length in CHUNK - 120..CHUNK - 20 {
        let record = visit(1, &text[..length]);
        let plain = HEAD + format::encode(&record).len() + HEAD;
        let pieces = backup_numbered(5, core::slice::from_ref(&record));
        assert_eq!(pieces.len(), 1 + plain.div_ceil(CHUNK), "{length}");
        assert_eq!(read(&pieces.concat()).unwrap().records, [record], "{length}");
    }
}

#[test]
fn what_is_typed_while_the_file_is_written_is_in_it_or_not() {
    let mut writer = Writer::new(&vault(), MADE, &mut Seeded::new(5));
    let mut now = entries(&long());
    let mut file = Vec::new();
    while let Some(piece) = writer.piece(&now).unwrap() {
        file.extend(piece);
        now.put(visit(1, "niet meer"));
        now.put(visit(30, "nog wel"));
        now.remove(&RecordKey::of(&visit(29, "")));
    }
    let records = read(&file).unwrap().records;
    assert_eq!((records.len(), &records[0]), (29, &visit(1, "niet meer")));
    assert_eq!(records[28], visit(30, "nog wel"));
}

#[test]
fn a_file_says_when_it_was_made_and_how_its_key_comes_about() {
    let file = backup(&[]);
    let front = Front::read(&file).unwrap();
    assert_eq!((front.made(), front.header().setup()), (MADE, &key().setup));
    assert_eq!(front.header().unlock(&cheap_key("fout")).err(), Some(UnlockError::WrongKey));
    let unlocked = front.header().unlock(key()).unwrap();
    assert!(front.open(&unlocked).is_ok());
    assert_eq!(front.open(&other_vault()).err(), Some(Refused::Altered));
}

#[test]
fn a_file_with_its_own_passphrase_does_not_open_with_the_vault() {
    let own = cheap_key("een ander stel woorden");
    let mut writer = Writer::with_passphrase(&own, MADE, &mut Seeded::new(5));
    let file = pieces(&mut writer, &entries(&[family(1, "Zon")])).concat();
    let front = Front::read(&file).unwrap();
    assert!(front.open(&vault()).is_err() && front.header().unlock(key()).is_err());
    let reader = front.open(&front.header().unlock(&own).unwrap()).unwrap();
    let whole = reader.feed(&file[front.size()..]).unwrap().finish().unwrap();
    assert_eq!(whole.records, [family(1, "Zon")]);
}

#[test]
fn every_way_into_the_vault_opens_its_backup_however_many_there_are() {
    let (store, mut entropy) = (MemoryStore::new(), Seeded::new(3));
    let vault = create(&store, key(), &mut entropy).unwrap();
    for n in 1..=7 {
        let device = Device::new(vec![n; 1023], [n; 32], MADE).unwrap();
        let key = DeviceKey::from_prf(&[n; 32]).unwrap();
        vault.add_device(&store, device, &key, &mut entropy).unwrap();
    }
    let file = pieces(&mut Writer::new(&vault, MADE, &mut entropy), &entries(&[family(1, "Zon")])).concat();
    let front = Front::read(&file[..FRONT_MAX.min(file.len())]).unwrap();
    let by_device = front.header().unlock_with_device(&DeviceKey::from_prf(&[7; 32]).unwrap()).unwrap();
    for vault in [front.header().unlock(key()).unwrap(), by_device] {
        let whole = front.open(&vault).unwrap().feed(&file[front.size()..]).unwrap().finish().unwrap();
        assert_eq!(whole.records, [family(1, "Zon")]);
    }
}

/// The data key stays when the passphrase changes: the open vault needs none for its old backups.
#[test]
fn an_old_backup_opens_with_the_passphrase_of_then_and_with_the_open_vault() {
    let (store, mut entropy) = (MemoryStore::new(), Seeded::new(3));
    let vault = create(&store, key(), &mut entropy).unwrap();
    let file = pieces(&mut Writer::new(&vault, MADE, &mut entropy), &entries(&[])).concat();
    vault.change_passphrase(&store, &cheap_key("nieuw"), &mut entropy).unwrap();
    let front = Front::read(&file).unwrap();
    assert_eq!(front.header().unlock(&cheap_key("nieuw")).err(), Some(UnlockError::WrongKey));
    assert!(front.open(&front.header().unlock(key()).unwrap()).is_ok());
    assert!(front.open(&vault).is_ok());
}

#[test]
fn the_same_vault_twice_shares_nothing_to_see() {
    let (one, two) = (backup_numbered(5, &long()), backup_numbered(6, &long()));
    for (one, two) in one.iter().zip(&two).skip(1) {
        assert_ne!(one[CHUNK_FRONT..][..64], two[CHUNK_FRONT..][..64]);
    }
}

#[test]
fn nothing_typed_can_be_read_in_the_file() {
    let file = backup(&[visit(1, "thee met Yara")]);
    assert!(!file.windows(4).any(|part| part == b"Yara"));
}

#[test]
fn every_cut_is_refused() {
    let file = backup(&[family(1, "Zon"), Record::Visit(sample_visit())]);
    for cut in 0..file.len() {
        assert_eq!(refused(&file[..cut]), Some(Refused::Cut), "{cut}");
    }
}

#[test]
fn every_altered_byte_is_refused() {
    let file = backup(&[family(1, "Zon"), Record::Visit(sample_visit())]);
    for at in 0..file.len() {
        for by in [1, 0x80] {
            let mut altered = file.clone();
            altered[at] ^= by;
            assert!(refused(&altered).is_some(), "{at}");
        }
    }
}

#[test]
fn what_goes_wrong_has_a_reason() {
    let file = backup(&[family(1, "Zon")]);
    let with = |at: usize, bytes: &[u8]| {
        let mut altered = file.clone();
        altered[at..at + bytes.len()].copy_from_slice(bytes);
        refused(&altered)
    };
    assert_eq!(refused(b"PK\x03\x04 a photo album"), Some(Refused::Foreign));
    assert_eq!(refused(b"naast-backup"), Some(Refused::Foreign));
    assert_eq!(with(12, &[2, 0]), Some(Refused::Newer));
    assert_eq!(with(12, &[0, 0]), Some(Refused::Altered));
    assert_eq!(with(14, &[0xff, 0xff]), Some(Refused::Altered));
    // The header inside, `naast-vault.1.`, of a later version.
    assert_eq!(with(START + 12, b"9"), Some(Refused::Newer));
    assert_eq!(refused(&[&file[..], b"\n"].concat()), Some(Refused::Altered));
    assert_eq!(refused(&[&file[..], &file[..]].concat()), Some(Refused::Altered));
}

#[test]
fn chunks_stand_in_their_own_place_of_their_own_file() {
    let (one, two) = (backup_numbered(5, &long()), backup_numbered(6, &long()));
    let last = one.len() - 1;
    let refuse = |change: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut pieces = one.clone();
        change(&mut pieces);
        assert!(refused(&pieces.concat()).is_some());
    };
    assert!(read(&one.concat()).is_ok());
    for at in 1..=last {
        refuse(&|pieces| drop(pieces.remove(at)));
        refuse(&|pieces| pieces.insert(at, one[at].clone()));
        refuse(&|pieces| pieces[at].clone_from(&two[at]));
        if at > 1 {
            refuse(&|pieces| pieces.swap(at - 1, at));
        }
    }
    refuse(&|pieces| pieces[0].clone_from(&two[0]));
    // Cut at a border, and the chunk before it called the last.
    refuse(&|pieces| pieces.truncate(last));
    refuse(&|pieces| {
        pieces.truncate(last);
        pieces[last - 1][0] = LAST;
    });
    refuse(&|pieces| pieces[last][0] = MORE);
}

#[test]
fn a_reader_that_refused_is_gone_and_half_a_file_is_nothing() {
    let file = backup(&long());
    let front = Front::read(&file[..FRONT_MAX]).unwrap();
    let reader = front.open(&vault()).unwrap().feed(&file[front.size()..file.len() - 1]).unwrap();
    // `reader.feed` takes the reader; only `finish` gives something to restore from.
    assert_eq!(reader.finish().err(), Some(Refused::Cut));
}

#[test]
fn no_length_is_believed_before_it_is_looked_at() {
    let front = backup_numbered(5, &[]).remove(0);
    for (what, length) in [
        (MORE, u32::MAX),
        (LAST, u32::MAX),
        (LAST, (CHUNK + TAG_LEN + 1) as u32),
        (MORE, (CHUNK + TAG_LEN - 1) as u32),
        (LAST, TAG_LEN as u32),
        (LAST, 0),
        (FRONT, 100),
    ] {
        let file = [&front[..], &[what], &length.to_le_bytes()].concat();
        assert_eq!(refused(&file), Some(Refused::Altered), "{what} {length}");
    }
    for length in [MAX + 1, u32::MAX] {
        let head = &item(2, &[1; 12], length, &[]);
        assert_eq!(
            refused(&made_of(&vault(), MADE, &[head, &end(1)[..]].concat())),
            Some(Refused::Altered),
            "{length}"
        );
    }
}

const MAX: u32 = crate::sealed::MAX_PLAINTEXT as u32;

#[test]
fn the_largest_record_fits_and_a_larger_one_is_not_written() {
    let fits = visit(1, &noise(MAX as usize - 200));
    assert_eq!(read(&backup(core::slice::from_ref(&fits))).unwrap().records, [fits]);

    let mut writer = Writer::new(&vault(), MADE, &mut Seeded::new(5));
    let now = entries(&[visit(0, "klein"), visit(1, &noise(2 * MAX as usize))]);
    assert!(writer.piece(&now).unwrap().is_some());
    for _ in 0..3 {
        assert_eq!(writer.piece(&now), Err(TooLarge));
    }
    // Not even when it got smaller meanwhile: a piece is missing.
    assert_eq!(writer.piece(&entries(&[])), Err(TooLarge));
}

#[test]
fn more_than_a_phone_holds_is_neither_written_nor_read() {
    let whole: usize = backup(&long()).len();
    for spare in [0, 1] {
        let (mut writer, now) = (Writer::new(&vault(), MADE, &mut Seeded::new(5)), entries(&long()));
        let front = writer.piece(&now).unwrap().unwrap();
        // As if more had gone before.
        writer.size = FILE_MAX + 1 - spare - (whole - front.len());
        let chunks = core::iter::from_fn(|| writer.piece(&now).transpose().filter(Result::is_ok)).count();
        assert_eq!((chunks, writer.piece(&now)), if spare == 0 { (4, Err(TooLarge)) } else { (5, Ok(None)) });
    }

    let front = Front::read(&backup(&[])).unwrap();
    assert_eq!(front.open(&vault()).unwrap().feed(&vec![0; FILE_MAX]).err(), Some(Refused::Altered));
}

#[test]
fn a_count_that_is_off_and_places_that_do_not_ascend_are_refused() {
    let record = |n: u8| item(2, &[n; 12], 1, &[255]).to_vec();
    assert!(read(&made_of(&vault(), MADE, &[record(1), record(2), end(2)].concat())).is_ok());
    for plain in [
        [record(1), record(2), end(1)].concat(),
        [record(1), record(2), end(3)].concat(),
        [record(1), record(1), end(2)].concat(),
        [record(2), record(1), end(2)].concat(),
        [record(1), end(1), record(2)].concat(),
        [record(1), end(1), end(1)].concat(),
        [record(1), record(2)].concat(),
        [end(0), vec![0]].concat(),
        item(END, &[1; 12], 0, &[]).to_vec(),
        end(0)[..HEAD - 1].to_vec(),
    ] {
        assert_eq!(refused(&made_of(&vault(), MADE, &plain)), Some(Refused::Altered), "{plain:?}");
    }
}

#[test]
fn what_a_later_version_added_is_counted_and_the_rest_comes_back() {
    let known = family(3, "Zon");
    let plain = format::encode(&known);
    let file = made_of(
        &vault(),
        MADE,
        &[
            item(1, &[2; 12], 3, &[255, 1, 2]).to_vec(), // of a later form
            item(1, &[3; 12], plain.len() as u32, &plain).to_vec(),
            item(2, &[1; 12], 2, &[2, 0]).to_vec(), // of this form, and no visit
            item(9, &[1; 12], 2, &[1, 2]).to_vec(), // of a later kind
            end(4),
        ]
        .concat(),
    );
    let whole = read(&file).unwrap();
    assert_eq!((whole.newer, whole.broken, &whole.records[..]), (2, 1, &[known][..]));

    // What lies here at their places is not taken away for something that cannot be read.
    let here = entries(&[family(2, "Maan"), visit(1, "thee"), visit(2, "koffie")]);
    let contents = whole.contents(&here, &[]);
    assert_eq!((contents.newer, contents.broken, contents.only_here), (2, 1, 1));
    assert_eq!(whole.replace(&here, &[]).remove, [RecordKey::of(&visit(2, ""))]);
}

#[test]
fn it_is_shown_before_anything_changes() {
    let file = backup(&[family(1, "Zon"), visit(2, "gelijk"), visit(3, "hier anders"), visit(4, "nieuw")]);
    let here = entries(&[visit(2, "gelijk"), visit(3, "al"), visit(5, "alleen hier"), visit(6, "stuk")]);
    let whole = read(&file).unwrap();
    let contents = whole.contents(&here, &[]);
    let expected = Contents {
        made: MADE,
        counts: [1, 3, 0, 0],
        families: vec!["Zon".into()],
        days: Some((Day(20_002), Day(20_004))),
        added: 2,
        same: 1,
        changed: 1,
        only_here: 2,
        newer: 0,
        broken: 0,
        blocked: 0,
    };
    assert_eq!(contents, expected);
}

#[test]
fn merging_keeps_what_is_here_and_brings_back_what_was_deleted() {
    let whole = read(&backup(&[visit(1, "Yara lachte."), visit(2, "weg hier")])).unwrap();
    let here = entries(&[visit(1, "Yara schonk thee in."), visit(3, "alleen hier")]);
    let merged = after(&here, whole.clone().merge(&here, &[]));
    let both = visit(1, "Yara schonk thee in.\n\nYara lachte.");
    assert_eq!(listed(&merged), [both, visit(2, "weg hier"), visit(3, "alleen hier")]);

    let again = whole.contents(&merged, &[]);
    assert_eq!((again.added, again.same, again.changed), (0, 2, 0));
    assert_eq!(whole.merge(&merged, &[]), Changes::default());
}

#[test]
fn replacing_leaves_what_is_in_the_file_alone() {
    let records = [family(1, "Zon"), visit(1, "zo was het")];
    let whole = read(&backup(&records)).unwrap();
    let here = entries(&[family(1, "Zon"), visit(1, "anders"), visit(3, "alleen hier")]);
    let changes = whole.clone().replace(&here, &[]);
    assert_eq!(changes.put, [visit(1, "zo was het")]);
    let replaced = after(&here, changes);
    assert_eq!(listed(&replaced), records);
    assert_eq!(whole.replace(&replaced, &[]), Changes::default());
}

#[test]
fn what_cannot_be_read_here_is_never_overwritten() {
    let whole = read(&backup(&[visit(1, "thee"), visit(2, "koffie")])).unwrap();
    let key = RecordKey::of(&visit(1, "")).to_string();
    let aside = [SetAside { key, kind: Some(Kind::Visit), reason: Reason::Corrupt }];
    let contents = whole.contents(&Entries::default(), &aside);
    assert_eq!((contents.added, contents.blocked), (1, 1));
    assert_eq!(whole.clone().merge(&Entries::default(), &aside).put, [visit(2, "koffie")]);
    assert_eq!(whole.replace(&Entries::default(), &aside).put, [visit(2, "koffie")]);
}

#[test]
fn what_was_changed_and_not_yet_saved_goes_into_the_file() {
    let stored = |record| Stamped { value: record, generation: generation() };
    let mut now = Entries::of(vec![stored(visit(1, "oud")), stored(visit(2, "weg"))]);
    now.put(visit(1, "nieuw"));
    now.remove(&RecordKey::of(&visit(2, "")));
    let file = pieces(&mut Writer::new(&vault(), MADE, &mut Seeded::new(5)), &now).concat();
    assert_eq!(read(&file).unwrap().records, [visit(1, "nieuw")]);
}

#[test]
fn a_backup_brings_its_vault_to_a_phone_without_one() {
    let store = MemoryStore::new();
    let front = Front::read(&backup(&long())).unwrap();
    let unlocked = front.header().unlock(key()).unwrap();
    adopt(&store, &unlocked).unwrap();
    let State::Locked(header) = inspect(&store).unwrap() else { panic!() };
    assert!(header.unlock(key()).is_ok());
    assert_eq!(adopt(&store, &unlocked), Err(CreateError::Exists));
}

#[test]
fn a_backup_gives_the_way_into_records_back_that_lie_there_still() {
    let store = MemoryStore::new();
    let vault = create(&store, key(), &mut Seeded::new(6)).unwrap();
    let newer = family(9, "Na de kopie");
    let unsaved = [Unsaved { place: RecordKey::of(&newer), record: Some(newer.clone()), based_on: None }];
    assert!(vault.save_all(&store, &unsaved, &mut Seeded::new(7)).refused.is_empty());
    let file = pieces(&mut Writer::new(&vault, MADE, &mut Seeded::new(8)), &entries(&[])).concat();
    // Of another vault, as far as anybody can tell: what lies beside it says whose it was.
    let other = create(&MemoryStore::new(), key(), &mut Seeded::new(7)).unwrap().header_text();
    for damage in [None, Some("naast-vault.2.half"), Some(&*other)] {
        match damage {
            None => store.remove(HEADER_KEY).unwrap(),
            Some(damage) => store.plant(HEADER_KEY, damage),
        }
        let unlocked = Front::read(&file).unwrap().header().unlock(key()).unwrap();
        adopt(&store, &unlocked).unwrap();
        let loaded = unlocked.load(&store, Vec::new()).unwrap();
        assert_eq!((&loaded.records[0].value, loaded.set_aside.len()), (&newer, 0));
        let kept = store.snapshot().into_iter().find(|(key, _)| key.starts_with("naast.vault.set-aside."));
        assert_eq!(kept.as_ref().map(|(_, text)| text.as_str()), damage);
    }
}

#[test]
fn a_backup_takes_the_place_of_no_other_vault() {
    let store = MemoryStore::new();
    let theirs = create(&store, key(), &mut Seeded::new(6)).unwrap();
    let record = family(9, "Van hier");
    let unsaved = [Unsaved { place: RecordKey::of(&record), record: Some(record), based_on: None }];
    theirs.save_all(&store, &unsaved, &mut Seeded::new(7));
    let before = store.snapshot();
    let unlocked = Front::read(&backup(&long())).unwrap().header().unlock(key()).unwrap();
    assert_eq!(adopt(&store, &unlocked), Err(CreateError::Exists));
    assert_eq!(store.snapshot(), before);
}

fn generation() -> crate::Generation {
    let (place, plain) = (RecordKey::of(&visit(1, "")), format::encode(&visit(1, "")));
    crate::sealed::seal(vault().key(), &place, 1, plain, &mut Seeded::new(1)).0
}

fn any_records() -> impl Strategy<Value = Vec<Record>> {
    prop::collection::vec(any_record(), 0..6)
}

/// Two writings of the same record.
fn any_pair() -> impl Strategy<Value = (Record, Record)> {
    (any_record(), any_record()).prop_filter_map("of one kind", |(one, two)| {
        let plain = format::encode(&two);
        let two = format::decode(&RecordKey { kind: two.kind(), id: one.id() }, &plain).ok()?;
        (one.kind() == two.kind()).then_some((one, two))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases / 4))]

    #[test]
    fn any_records_come_back_in_pieces_of_any_length(
        records in any_records(),
        lengths in prop::collection::vec(0..200_usize, 0..6),
    ) {
        let file = backup(&records);
        let lengths = [&lengths[..], &[1]].concat();
        prop_assert_eq!(read_in(&file, &lengths).unwrap().records, listed(&entries(&records)));
    }

    #[test]
    fn long_records_come_back_over_the_borders_of_chunks(
        texts in prop::collection::vec(0..150_000_usize, 1..4),
        lengths in prop::collection::vec(1..100_000_usize, 1..6),
    ) {
        let record = |(n, length): (usize, &usize)| visit(n as u8, &"é".repeat(length / 2));
        let records: Vec<Record> = texts.iter().enumerate().map(record).collect();
        let whole = read_in(&backup(&records), &lengths).unwrap();
        prop_assert_eq!(whole.records, records);
    }

    #[test]
    fn any_altered_byte_and_any_cut_is_refused(
        records in any_records(),
        at in any::<prop::sample::Index>(),
        by in 1..=255_u8,
    ) {
        let file = backup(&records);
        let at = at.index(file.len());
        let mut altered = file.clone();
        altered[at] ^= by;
        prop_assert!(refused(&altered).is_some());
        prop_assert_eq!(refused(&file[..at]), Some(Refused::Cut));
    }

    #[test]
    fn any_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..600), at in any::<prop::sample::Index>()) {
        prop_assert!(refused(&bytes).is_some());
        // Behind a front that is in order.
        let front = backup_numbered(5, &[]).remove(0);
        prop_assert!(refused(&[&front[..], &bytes].concat()).is_some());
        prop_assert!(refused(&[&front[..at.index(front.len())], &bytes].concat()).is_some());
        // As if they had opened.
        let mut items = Items::new(MADE);
        let _ = items.take(&bytes);
        prop_assert!(refused(&made_of(&vault(), MADE, &[&bytes[..], &[1]].concat())).is_some());
    }

    #[test]
    fn merging_any_two_again_changes_nothing((here, there) in any_pair()) {
        let whole = read(&backup(core::slice::from_ref(&there))).unwrap();
        let now = entries(core::slice::from_ref(&here));
        let merged = after(&now, whole.clone().merge(&now, &[]));
        prop_assert_eq!(whole.merge(&merged, &[]), Changes::default());
        let first = read(&backup(&[here])).unwrap();
        prop_assert_eq!(first.merge(&merged, &[]), Changes::default());
    }

    #[test]
    fn whatever_is_here_a_merge_loses_nothing_and_a_replacement_is_exact(here in any_records(), there in any_records()) {
        let (now, whole) = (entries(&here), read(&backup(&there)).unwrap());
        let contents = whole.contents(&now, &[]);
        let merge = whole.clone().merge(&now, &[]);
        prop_assert_eq!((merge.put.len(), merge.remove.len()), (contents.added + contents.changed, 0));
        prop_assert_eq!(contents.counts.iter().sum::<usize>(), contents.added + contents.same + contents.changed);
        let merged = after(&now, merge);
        prop_assert!(listed(&now).iter().chain(&whole.records).all(|record| merged.get(&RecordKey::of(record)).is_some()));
        let replace = whole.clone().replace(&now, &[]);
        prop_assert_eq!(replace.remove.len(), contents.only_here);
        prop_assert_eq!(listed(&after(&now, replace)), whole.records);
    }
}
