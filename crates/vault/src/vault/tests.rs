//! Two tabs, bad storage, bad values: what the vault promises over a whole store.

use super::*;
use crate::memory::{Fault, MemoryStore};
use crate::testing::{Seeded, any_record, cheap_key, sample_visit, some_note};
use crate::{
    Device, DeviceKey, HEADER_KEY, KdfSetup, Loaded, Passphrase, PassphraseKey, State, UnlockError, create, derive,
    inspect,
};
use naast_core::records::{Family, FamilyId, Id, Symbol, Visit, VisitId};
use naast_core::time::{Day, Moment};
use proptest::prelude::*;
use std::sync::OnceLock;

/// Derived once: the derivation is slow on purpose.
fn key() -> &'static PassphraseKey {
    static KEY: OnceLock<PassphraseKey> = OnceLock::new();
    KEY.get_or_init(|| cheap_key("vijf woorden uit een lijst"))
}

fn new_vault(store: &MemoryStore) -> Vault {
    create(store, key(), &mut Seeded::new(1)).unwrap()
}

/// A second tab: unlocks what lies in the store.
fn unlocked(store: &MemoryStore) -> Vault {
    let Ok(State::Locked(header)) = inspect(store) else { panic!("no vault") };
    header.unlock(key()).unwrap()
}

fn family(nickname: &str) -> Record {
    let id = FamilyId(Id([1; 12]));
    Record::Family(Family {
        id,
        nickname: nickname.into(),
        symbol: Symbol::Boat,
        since: Day(20_000),
        ..Family::default()
    })
}

fn visit(quick_note: &str) -> Record {
    Record::Visit(Visit { quick_note: quick_note.into(), ..sample_visit() })
}

/// One record at a time, and without a journal.
impl Vault {
    fn save(
        &self,
        store: &MemoryStore,
        record: &Record,
        based_on: Option<Generation>,
        entropy: &mut Seeded,
    ) -> Result<Generation, SaveError> {
        let change = Unsaved { place: RecordKey::of(record), record: Some(record.clone()), based_on };
        let mut saved = self.save_all(store, &[change], entropy);
        saved.refused.pop().map_or_else(|| Ok(saved.written[0].generation), |(_, error)| Err(error))
    }

    fn remove(&self, store: &MemoryStore, place: &RecordKey, known: Generation) -> Result<(), SaveError> {
        let change = Unsaved { place: *place, record: None, based_on: Some(known) };
        let mut saved = self.save_all(store, &[change], &mut Seeded::new(store.writes() as u64 + 200));
        match saved.refused.pop() {
            None | Some((_, SaveError::Conflict { theirs: None })) => Ok(()),
            Some((_, error)) => Err(error),
        }
    }

    fn load_all(&self, store: &MemoryStore) -> Result<Loaded, StoreError> {
        self.load(store, Vec::new())
    }
}

fn save(vault: &Vault, store: &MemoryStore, record: &Record, on: Option<Generation>) -> Result<Generation, SaveError> {
    // A seed per write, as two tabs never draw the same nonce.
    vault.save(store, record, on, &mut Seeded::new(store.writes() as u64 + 100))
}

fn records(vault: &Vault, store: &MemoryStore) -> Vec<Record> {
    let loaded = vault.load_all(store).unwrap();
    assert_eq!(loaded.set_aside, []);
    loaded.records.into_iter().map(|stamped| stamped.value).collect()
}

#[test]
fn what_is_saved_is_there_after_unlocking_again() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    save(&vault, &store, &family("Zonnebloem"), None).unwrap();
    let first = save(&vault, &store, &visit("eerst"), None).unwrap();
    let second = save(&vault, &store, &visit("later"), Some(first)).unwrap();
    assert_ne!(first, second);
    drop(vault);
    assert_eq!(records(&unlocked(&store), &store), [family("Zonnebloem"), visit("later")]);
}

#[test]
fn nothing_typed_can_be_read_in_the_store_and_all_of_it_is_ascii() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    save(&vault, &store, &family("Zonnebloem"), None).unwrap();
    for (key, value) in store.snapshot() {
        assert!(key.is_ascii() && value.is_ascii());
        assert!(!value.contains("Zonnebloem"));
    }
}

#[test]
fn an_empty_store_is_absent_and_only_then_a_vault_is_made() {
    let store = MemoryStore::new();
    assert!(matches!(inspect(&store), Ok(State::Absent)));
    let vault = new_vault(&store);
    assert!(matches!(inspect(&store), Ok(State::Locked(_))));
    save(&vault, &store, &family("Zon"), None).unwrap();

    for header in [None, Some("naast-vault.1.half"), Some("naast-vault.3.later"), Some("")] {
        match header {
            Some(text) => store.plant(HEADER_KEY, text),
            None => store.uproot(HEADER_KEY),
        }
        let state = inspect(&store).unwrap();
        match header {
            None => assert!(matches!(state, State::HeaderMissing { records: 1 })),
            Some("naast-vault.3.later") => assert!(matches!(state, State::Newer { version: 3 })),
            Some(_) => assert!(matches!(state, State::Corrupt)),
        }
        let before = store.snapshot();
        let made = create(&store, key(), &mut Seeded::new(2));
        assert!(matches!(made, Err(crate::CreateError::Exists)));
        assert_eq!(store.snapshot(), before);
    }
}

#[test]
fn settings_and_other_peoples_keys_are_no_sign_of_a_vault() {
    let store = MemoryStore::new();
    store.plant("naast.settings", "naast-settings.1.x");
    store.plant("other.family.010101010101010101010101", "x");
    assert!(matches!(inspect(&store), Ok(State::Absent)));
}

#[test]
fn a_second_tab_that_knows_an_older_writing_is_told_and_sees_what_lies_there() {
    let store = MemoryStore::new();
    let mine = new_vault(&store);
    let first = save(&mine, &store, &visit("samen"), None).unwrap();
    let theirs = unlocked(&store);
    let second = save(&theirs, &store, &visit("van hen"), Some(first)).unwrap();

    let expected = Some(Box::new(Stamped { value: visit("van hen"), generation: second }));
    for based_on in [Some(first), None] {
        let conflict = save(&mine, &store, &visit("van mij"), based_on);
        assert_eq!(conflict, Err(SaveError::Conflict { theirs: expected.clone() }));
    }
    let merged = Record::merge(&visit("samen"), &visit("van mij"), &visit("van hen")).unwrap();
    save(&mine, &store, &merged, Some(second)).unwrap();
    assert_eq!(records(&theirs, &store), [visit("van mij\n\nvan hen")]);
}

#[test]
fn a_record_removed_meanwhile_does_not_come_back_by_itself() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    let first = save(&vault, &store, &visit("weg"), None).unwrap();
    let place = RecordKey::of(&visit("weg"));
    unlocked(&store).remove(&store, &place, first).unwrap();
    assert_eq!(save(&vault, &store, &visit("toch"), Some(first)), Err(SaveError::Conflict { theirs: None }));
    assert_eq!(vault.remove(&store, &place, first), Ok(()));
    // Undo is a save of something new, and what a third tab knew before no longer counts.
    let undone = save(&vault, &store, &visit("weg"), None).unwrap();
    assert_ne!(undone, first);
    assert!(matches!(save(&vault, &store, &visit("x"), Some(first)), Err(SaveError::Conflict { theirs: Some(_) })));
    assert!(matches!(vault.remove(&store, &place, first), Err(SaveError::Conflict { theirs: Some(_) })));
}

#[test]
fn two_saves_that_cross_are_noticed_at_the_next() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    let first = save(&vault, &store, &visit("samen"), None).unwrap();
    // Both looked before either had put.
    let unseen = MemoryStore::new();
    store.snapshot().into_iter().for_each(|(key, value)| unseen.plant(key, value));
    let one = vault.save(&unseen, &visit("een"), Some(first), &mut Seeded::new(21)).unwrap();
    let two = vault.save(&store, &visit("twee"), Some(first), &mut Seeded::new(22)).unwrap();
    assert_eq!(records(&vault, &store), [visit("twee")]);
    // Both wrote "the second"; still the first of them is told.
    assert!(matches!(save(&vault, &store, &visit("een!"), Some(one)), Err(SaveError::Conflict { .. })));
    assert!(save(&vault, &store, &visit("twee!"), Some(two)).is_ok());
}

#[test]
fn a_change_from_another_tab_is_read_by_its_key() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    let generation = save(&unlocked(&store), &store, &family("Zon"), None).unwrap();
    let changed = "naast.family.010101010101010101010101";
    let place = RecordKey::parse(changed).unwrap();
    let found = Reloaded::Found(Box::new(Stamped { value: family("Zon"), generation }));
    assert_eq!(vault.reload(&store, &place, None), Ok(found));
    store.plant(changed, "naast-record.2.later");
    let aside = SetAside { key: changed.into(), kind: Some(Kind::Family), reason: Reason::Newer };
    assert_eq!(vault.reload(&store, &place, None), Ok(Reloaded::SetAside(aside)));
    store.uproot(changed);
    assert_eq!(vault.reload(&store, &place, None), Ok(Reloaded::Gone));
}

#[test]
fn what_cannot_be_read_is_named_and_left_and_the_rest_opens() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    let known = save(&vault, &store, &visit("heel"), None).unwrap();
    save(&vault, &store, &family("Zon"), None).unwrap();
    let place = RecordKey::of(&visit(""));
    let whole = store.snapshot()[&place.to_string()].clone();
    store.plant(place.to_string(), &whole[..whole.len() / 2]);
    store.plant("naast.question.mijn-vraag", "?");
    store.plant("naast.goal.010101010101010101010101", "naast-record.3.x");
    let before = store.snapshot();

    let loaded = vault.load_all(&store).unwrap();
    assert_eq!(loaded.records.len(), 1);
    let aside = |key: &str, kind, reason| SetAside { key: key.into(), kind, reason };
    let half = aside(&place.to_string(), Some(Kind::Visit), Reason::Corrupt);
    assert_eq!(
        loaded.set_aside,
        [
            aside("naast.goal.010101010101010101010101", None, Reason::Newer),
            aside("naast.question.mijn-vraag", Some(Kind::OwnQuestion), Reason::Foreign),
            half.clone(),
        ]
    );
    for based_on in [Some(known), None] {
        assert_eq!(save(&vault, &store, &visit("x"), based_on), Err(SaveError::Unreadable(half.clone())));
    }
    assert_eq!(vault.remove(&store, &place, known), Err(SaveError::Unreadable(half)));
    assert_eq!(store.snapshot(), before);
}

#[test]
fn nothing_is_sealed_for_a_vault_that_is_gone_or_another() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    store.uproot(HEADER_KEY);
    assert_eq!(save(&vault, &store, &visit("x"), None), Err(SaveError::VaultChanged));
    create(&store, key(), &mut Seeded::new(50)).unwrap();
    assert_eq!(save(&vault, &store, &visit("x"), None), Err(SaveError::VaultChanged));
    assert_eq!(store.snapshot().len(), 1);
}

#[test]
fn a_note_of_a_hundred_thousand_characters_fits_and_a_book_does_not() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    let long = visit(&"ë😀".repeat(50_000));
    let generation = save(&vault, &store, &long, None).unwrap();
    assert_eq!(records(&vault, &store), [long]);
    let book = visit(&"x".repeat(MAX_PLAINTEXT));
    assert_eq!(save(&vault, &store, &book, Some(generation)), Err(SaveError::TooLarge));
    // The most that is accepted is also read back.
    let most = visit(&"x".repeat(MAX_PLAINTEXT - 400));
    save(&vault, &store, &most, Some(generation)).unwrap();
    assert_eq!(records(&vault, &store), [most]);
}

#[test]
fn blocked_storage_is_said_and_not_taken_for_an_empty_one() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    store.set_blocked(true);
    assert_eq!(inspect(&store).unwrap_err(), StoreError::Blocked);
    assert_eq!(vault.load_all(&store).unwrap_err(), StoreError::Blocked);
    assert_eq!(save(&vault, &store, &visit("x"), None), Err(SaveError::Store(StoreError::Blocked)));
}

/// The words that a machine made, under a setup of their own.
fn words() -> &'static PassphraseKey {
    static KEY: OnceLock<PassphraseKey> = OnceLock::new();
    KEY.get_or_init(|| {
        let mut setup = key().setup.to_bytes();
        setup[22] ^= 1;
        let words = crate::Passphrase::from_recovery_words("Twaalf woorden op papier");
        crate::derive(&words, &crate::KdfSetup::from_bytes(&setup).unwrap()).unwrap()
    })
}

fn new_key() -> &'static PassphraseKey {
    static KEY: OnceLock<PassphraseKey> = OnceLock::new();
    KEY.get_or_init(|| cheap_key("een nieuwe wachtzin"))
}

fn phone(n: u8) -> (Device, DeviceKey) {
    (Device::new(vec![n; 20], [n; 32], Moment(7)).unwrap(), DeviceKey::from_prf(&[n; 32]).unwrap())
}

fn header(store: &MemoryStore) -> Header {
    let Ok(State::Locked(header)) = inspect(store) else { panic!("no vault") };
    header
}

/// A seed per write, as with [`save`].
fn seed(store: &MemoryStore) -> Seeded {
    Seeded::new(store.writes() as u64 + 1_000)
}

fn change_passphrase(vault: &Vault, store: &MemoryStore, key: &PassphraseKey) -> Result<(), HeaderError> {
    vault.change_passphrase(store, key, &mut seed(store))
}

fn set_recovery(vault: &Vault, store: &MemoryStore, key: Option<&PassphraseKey>) -> Result<(), HeaderError> {
    vault.set_recovery(store, key, &mut seed(store))
}

fn add_device(vault: &Vault, store: &MemoryStore, n: u8) -> Result<(), HeaderError> {
    let (device, key) = phone(n);
    vault.add_device(store, device, &key, &mut seed(store))
}

fn remove_device(vault: &Vault, store: &MemoryStore, n: u8) -> Result<(), HeaderError> {
    vault.remove_device(store, phone(n).0.credential(), &mut seed(store))
}

type Change = fn(&Vault, &MemoryStore) -> Result<(), HeaderError>;

/// Every way to change the header.
const CHANGES: [Change; 4] = [
    |vault, store| change_passphrase(vault, store, new_key()),
    |vault, store| set_recovery(vault, store, Some(words())),
    |vault, store| add_device(vault, store, 1),
    |vault, store| remove_device(vault, store, 1),
];

#[test]
fn after_a_change_the_new_passphrase_opens_everything_and_the_old_one_nothing() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    let known = save(&vault, &store, &visit("eerst"), None).unwrap();
    change_passphrase(&vault, &store, new_key()).unwrap();
    assert_eq!((header(&store).number(), header(&store).text()), (2, &*vault.header_text()));
    assert_eq!(header(&store).unlock(key()).unwrap_err(), UnlockError::WrongKey);
    assert_eq!(records(&header(&store).unlock(new_key()).unwrap(), &store), [visit("eerst")]);
    // The vault goes on as it was.
    assert!(save(&vault, &store, &visit("later"), Some(known)).is_ok());
}

/// A vault of the first version, with the least costs there are, and its key.
fn old_vault(store: &MemoryStore) -> (Vault, PassphraseKey) {
    store.plant(HEADER_KEY, include_str!("../../tests/vectors/header_v1_least_costs.txt").trim_end());
    let key = derive(&Passphrase::from_typed(OLD), header(store).setup()).unwrap();
    (header(store).unlock(&key).unwrap(), key)
}

const OLD: &str = "boom fiets kaas maan lepel";

#[test]
fn costs_are_raised_later_and_no_record_is_sealed_anew() {
    let store = MemoryStore::new();
    let (vault, old) = old_vault(&store);
    save(&vault, &store, &visit("eerst"), None).unwrap();
    let before = store.snapshot();
    let setup = old.setup.stronger(300, &mut Seeded::new(9)).unwrap();
    let key = derive(&Passphrase::from_typed(OLD), &setup).unwrap();
    vault.raise_costs(&store, &old.setup, &key, &mut seed(&store)).unwrap();

    let changed = |(key, value): &(String, String)| before.get(key) != Some(value);
    assert_eq!(store.snapshot().into_iter().filter(changed).map(|(key, _)| key).collect::<Vec<_>>(), [HEADER_KEY]);
    assert_eq!((header(&store).number(), header(&store).setup()), (1, &setup));
    assert!(setup.to_bytes()[..7] > old.setup.to_bytes()[..7]);
    assert_eq!(header(&store).unlock(&old).unwrap_err(), UnlockError::WrongKey);
    assert_eq!(records(&header(&store).unlock(&key).unwrap(), &store), [visit("eerst")]);
}

#[test]
fn costs_are_not_raised_over_a_passphrase_from_another_tab() {
    let store = MemoryStore::new();
    let (mine, old) = old_vault(&store);
    let theirs = header(&store).unlock(&old).unwrap();
    // Another way in does not stand in the way of it.
    add_device(&theirs, &store, 1).unwrap();
    mine.raise_costs(&store, &old.setup, key(), &mut seed(&store)).unwrap();
    assert!(header(&store).unlock(key()).is_ok() && header(&store).unlock_with_device(&phone(1).1).is_ok());
    let other = derive(&Passphrase::from_typed("een andere"), &KdfSetup::new(&mut seed(&store))).unwrap();
    change_passphrase(&theirs, &store, &other).unwrap();
    let before = store.snapshot();
    assert_eq!(mine.raise_costs(&store, &key().setup, key(), &mut seed(&store)), Err(HeaderError::VaultChanged));
    assert_eq!(store.snapshot(), before);
    assert!(header(&store).unlock(&other).is_ok());
}

#[test]
fn recovery_words_open_what_a_forgotten_passphrase_does_not() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    save(&vault, &store, &visit("eerst"), None).unwrap();
    set_recovery(&vault, &store, Some(words())).unwrap();
    change_passphrase(&vault, &store, new_key()).unwrap();
    drop(vault);

    let vault = header(&store).unlock(words()).unwrap();
    assert_eq!(records(&vault, &store), [visit("eerst")]);
    change_passphrase(&vault, &store, key()).unwrap();
    assert!(header(&store).unlock(key()).is_ok() && header(&store).unlock(words()).is_ok());
    set_recovery(&vault, &store, None).unwrap();
    assert_eq!(header(&store).recovery(), None);
    assert_eq!(header(&store).unlock(words()).unwrap_err(), UnlockError::WrongKey);
}

#[test]
fn a_device_opens_the_vault_until_it_is_taken_away() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    for n in 1..=7 {
        add_device(&vault, &store, n).unwrap();
    }
    let before = store.snapshot();
    assert_eq!(add_device(&vault, &store, 8), Err(HeaderError::TooManyDevices));
    assert_eq!(store.snapshot(), before);
    add_device(&vault, &store, 2).unwrap();
    let order: Vec<u8> = vault.header().devices().map(|device| device.credential()[0]).collect();
    assert_eq!(order, [1, 3, 4, 5, 6, 7, 2]);

    assert!(header(&store).unlock_with_device(&phone(2).1).is_ok());
    remove_device(&vault, &store, 2).unwrap();
    remove_device(&vault, &store, 2).unwrap();
    assert_eq!(header(&store).unlock_with_device(&phone(2).1).unwrap_err(), UnlockError::WrongKey);
    assert!(header(&store).unlock_with_device(&phone(7).1).is_ok());
}

#[test]
fn another_tab_changes_the_ways_in_and_this_one_goes_on_and_builds_on_them() {
    let store = MemoryStore::new();
    let mine = new_vault(&store);
    let theirs = unlocked(&store);
    change_passphrase(&theirs, &store, new_key()).unwrap();
    let known = save(&mine, &store, &visit("van mij"), None).unwrap();
    assert_eq!(mine.header_text(), theirs.header_text());
    add_device(&mine, &store, 1).unwrap();
    set_recovery(&theirs, &store, Some(words())).unwrap();
    let last = header(&store);
    assert_eq!(last.number(), 4);
    assert!(last.unlock(new_key()).is_ok() && last.unlock(words()).is_ok());
    assert!(last.unlock_with_device(&phone(1).1).is_ok());
    assert_eq!(mine.remove(&store, &RecordKey::of(&visit("")), known), Ok(()));
    assert_eq!(mine.header_text(), last.text());
}

#[test]
fn two_changes_that_cross_leave_a_header_that_both_tabs_can_go_on_with() {
    let store = MemoryStore::new();
    let (mine, theirs) = (new_vault(&store), unlocked(&store));
    let before = mine.header_text();
    set_recovery(&theirs, &store, Some(words())).unwrap();
    let crossed = theirs.header_text();
    store.plant(HEADER_KEY, before);
    add_device(&mine, &store, 1).unwrap();
    assert_ne!(mine.header_text(), crossed);
    assert_eq!(mine.header().number(), theirs.header().number());
    assert!(save(&theirs, &store, &visit("x"), None).is_ok());
    assert_eq!(theirs.header_text(), mine.header_text());
}

#[test]
fn a_header_from_before_what_was_seen_is_refused() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    let first = vault.header_text();
    change_passphrase(&vault, &store, new_key()).unwrap();
    store.plant(HEADER_KEY, first);
    let before = store.snapshot();
    assert_eq!(vault.follow(&store), Err(HeaderError::VaultChanged));
    assert_eq!(save(&vault, &store, &visit("x"), None), Err(SaveError::VaultChanged));
    for change in CHANGES {
        assert_eq!(change(&vault, &store), Err(HeaderError::VaultChanged));
    }
    assert_eq!(store.snapshot(), before);
    // A tab that saw no later one cannot tell.
    let new = unlocked(&store);
    assert!(save(&new, &store, &visit("x"), None).is_ok());
}

#[test]
fn a_header_that_is_not_ours_or_cannot_be_read_is_never_overwritten() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    let ours = vault.header_text();
    let other = {
        let store = MemoryStore::new();
        let other = create(&store, key(), &mut Seeded::new(50)).unwrap();
        change_passphrase(&other, &store, key()).unwrap();
        other.header_text()
    };
    let v1 = include_str!("../../tests/vectors/header_v1_least_costs.txt").trim_end();
    for (text, why) in [
        (None, HeaderError::VaultChanged),
        (Some(other.as_str()), HeaderError::VaultChanged),
        (Some(v1), HeaderError::VaultChanged),
        (Some(&ours[..ours.len() - 1]), HeaderError::Unreadable(Reason::Corrupt)),
        (Some(""), HeaderError::Unreadable(Reason::Corrupt)),
        (Some("naast-vault.3.later"), HeaderError::Unreadable(Reason::Newer)),
    ] {
        match text {
            Some(text) => store.plant(HEADER_KEY, text),
            None => store.uproot(HEADER_KEY),
        }
        let before = store.snapshot();
        for change in CHANGES {
            assert_eq!(change(&vault, &store), Err(why), "{text:?}");
        }
        assert_eq!(save(&vault, &store, &visit("x"), None), Err(SaveError::VaultChanged));
        assert_eq!(store.snapshot(), before);
    }
    store.set_blocked(true);
    for change in CHANGES {
        assert_eq!(change(&vault, &store), Err(HeaderError::Store(StoreError::Blocked)));
    }
}

#[test]
fn a_change_that_storage_refuses_changes_nothing() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    let before = store.snapshot();
    for change in CHANGES {
        store.fail_write(0, Fault::Refuse(StoreError::Full));
        assert_eq!(change(&vault, &store), Err(HeaderError::Store(StoreError::Full)));
        assert_eq!((store.snapshot(), &vault.header_text()), (before.clone(), &before[HEADER_KEY]));
    }
    assert!(save(&vault, &store, &visit("x"), None).is_ok());
    assert!(header(&store).unlock(key()).is_ok());
}

#[test]
fn a_vault_of_version_1_stays_as_it_is_until_its_first_change() {
    let store = MemoryStore::new();
    let old = include_str!("../../tests/vectors/header_v1_least_costs.txt").trim_end();
    store.plant(HEADER_KEY, old);
    let key = cheap_key("boom fiets kaas maan lepel");
    let open = || header(&store).unlock(&key).unwrap();
    let (mine, theirs) = (open(), open());
    let known = save(&mine, &store, &visit("oud"), None).unwrap();
    assert_eq!((mine.header_text().as_str(), mine.header().number()), (old, 0));

    set_recovery(&mine, &store, Some(words())).unwrap();
    assert_eq!(header(&store).number(), 1);
    // The tab that knows version 1 only goes along, and never goes back.
    assert!(save(&theirs, &store, &visit("later"), Some(known)).is_ok());
    assert_eq!(theirs.header_text(), mine.header_text());
    assert!(open().header().recovery().is_some() && header(&store).unlock(words()).is_ok());
    store.plant(HEADER_KEY, old);
    for vault in [&mine, &theirs] {
        assert_eq!(vault.follow(&store), Err(HeaderError::VaultChanged));
    }
}

#[test]
fn of_two_copies_of_a_header_the_newer_one_is_known_before_unlocking() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    let first = vault.header_text();
    add_device(&vault, &store, 1).unwrap();
    let number = |text: &str| match State::of(text) {
        State::Locked(header) => header.number(),
        state => panic!("{state:?}"),
    };
    assert!(number(&vault.header_text()) > number(&first));
    assert_eq!(number(include_str!("../../tests/vectors/header_v1_good.txt").trim_end()), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases / 4))]

    #[test]
    fn all_records_come_back_as_they_were(wanted in prop::collection::vec(any_record(), 0..6)) {
        let store = MemoryStore::new();
        let vault = new_vault(&store);
        for record in &wanted {
            save(&vault, &store, record, None).unwrap();
        }
        let found = records(&unlocked(&store), &store);
        prop_assert_eq!(found.len(), wanted.len());
        prop_assert!(wanted.iter().all(|record| found.contains(record)));
    }

    #[test]
    fn two_values_that_change_places_are_both_noticed(
        wanted in prop::collection::vec(any_record(), 2..6),
        swap in any::<[prop::sample::Index; 2]>(),
    ) {
        let store = MemoryStore::new();
        let vault = new_vault(&store);
        for record in &wanted {
            save(&vault, &store, record, None).unwrap();
        }
        let [a, b] = swap.map(|index| RecordKey::of(index.get(&wanted)).to_string());
        prop_assume!(a != b);
        let (at_a, at_b) = (store.snapshot()[&a].clone(), store.snapshot()[&b].clone());
        store.plant(a, at_b);
        store.plant(b, at_a);
        let loaded = vault.load_all(&store).unwrap();
        prop_assert_eq!((loaded.records.len(), loaded.set_aside.len()), (wanted.len() - 2, 2));
    }

    /// A random walk of two tabs: a save or removal works if and only if it starts from
    /// the writing that lies there.
    #[test]
    fn neither_tab_ever_overwrites_what_it_has_not_seen(
        moves in prop::collection::vec((any::<bool>(), 0..3_u8, "[a-z]{0,4}"), 1..40),
    ) {
        let store = MemoryStore::new();
        let tabs = [new_vault(&store), unlocked(&store)];
        let place = RecordKey::of(&visit(""));
        let mut knows: [Option<Generation>; 2] = [None, None];
        let mut lies: Option<(Generation, String)> = None;
        for (second, what, words) in moves {
            let tab = usize::from(second);
            let latest = lies.as_ref().map(|(generation, _)| *generation);
            match what {
                0 => match save(&tabs[tab], &store, &visit(&words), knows[tab]) {
                    Ok(generation) => {
                        prop_assert_eq!(knows[tab], latest);
                        knows[tab] = Some(generation);
                        lies = Some((generation, words));
                    }
                    Err(SaveError::Conflict { theirs }) => {
                        prop_assert_ne!(knows[tab], latest);
                        prop_assert_eq!(theirs.map(|theirs| theirs.generation), latest);
                    }
                    Err(error) => return Err(TestCaseError::fail(format!("{error:?}"))),
                },
                1 => if let Some(known) = knows[tab] {
                    let removed = tabs[tab].remove(&store, &place, known).is_ok();
                    prop_assert_eq!(removed, latest.is_none() || latest == Some(known));
                    if removed {
                        (knows[tab], lies) = (None, None);
                    }
                },
                _ => knows[tab] = match tabs[tab].reload(&store, &place, None).unwrap() {
                    Reloaded::Found(found) => {
                        prop_assert_eq!(Some((found.generation, found.value)), lies.clone().map(|(g, w)| (g, visit(&w))));
                        Some(found.generation)
                    }
                    Reloaded::Gone => None,
                    Reloaded::SetAside(_) => return Err(TestCaseError::fail("unreadable")),
                },
            }
        }
    }

    /// Two tabs change the ways in by turns, in any order: whoever opens the vault next finds
    /// exactly the ways that were left, and both tabs still save.
    #[test]
    fn the_ways_in_are_what_was_last_made_of_them(
        moves in prop::collection::vec((any::<bool>(), 0..6_u8, 0..3_u8), 1..20),
    ) {
        let store = MemoryStore::new();
        let tabs = [new_vault(&store), unlocked(&store)];
        let (mut new, mut paper, mut phones) = (false, false, [false; 3]);
        for (number, (second, what, n)) in (2..).zip(moves) {
            let tab = &tabs[usize::from(second)];
            let made = match what {
                0 => { new = true; change_passphrase(tab, &store, new_key()) }
                1 => { new = false; change_passphrase(tab, &store, key()) }
                2 => { paper = true; set_recovery(tab, &store, Some(words())) }
                3 => { paper = false; set_recovery(tab, &store, None) }
                4 => { phones[usize::from(n)] = true; add_device(tab, &store, n) }
                _ => { phones[usize::from(n)] = false; remove_device(tab, &store, n) }
            };
            prop_assert_eq!(made, Ok(()));
            let header = header(&store);
            prop_assert_eq!(header.number(), number);
            prop_assert_eq!(header.unlock(key()).is_ok(), !new);
            prop_assert_eq!(header.unlock(new_key()).is_ok(), new);
            prop_assert_eq!(header.unlock(words()).is_ok(), paper);
            for n in 0..3 {
                prop_assert_eq!(header.unlock_with_device(&phone(n).1).is_ok(), phones[usize::from(n)]);
            }
            for tab in &tabs {
                prop_assert_eq!(tab.follow(&store), Ok(()));
            }
        }
    }
}

/// What localStorage holds: 5 MiB, and a character of ASCII takes one.
#[test]
fn years_of_visits_fit_in_the_store() {
    const STORE: usize = 5_240_000;
    for (visits, characters) in [(4_000, 1_500), (3_200, 2_000)] {
        let store = MemoryStore::new();
        let vault = new_vault(&store);
        // The size of one says what it is for all, give or take: every tenth is enough to weigh.
        for number in (0..visits).step_by(10) {
            let visit = Visit {
                id: VisitId(Id(core::array::from_fn(|at| (number >> (8 * (at % 4))) as u8 ^ 90))),
                family: FamilyId(Id([0x6b, 0x9a, 1, 0xe7, 0x51, 0x88, 0xd3, 0x1f, 7, 0xb6, 0xc4, 0x5e])),
                seen_heard: some_note(number, characters),
                ..sample_visit()
            };
            save(&vault, &store, &Record::Visit(visit), None).unwrap();
        }
        let weight: usize = store.snapshot().iter().map(|(key, value)| key.len() + value.len()).sum();

        assert!(weight * 10 < STORE, "{visits} of {characters}: {weight}");
    }
}
