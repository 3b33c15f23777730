//! Two tabs, bad storage, bad values: what the vault promises over a whole store.

use super::*;
use crate::memory::{Fault, MemoryStore};
use crate::testing::{Seeded, any_record, cheap_key, sample_visit, some_note};
use crate::{PassphraseKey, State, create, finish_now, inspect};
use naast_core::records::{Family, FamilyId, Id, OwnQuestion, OwnQuestionId, Symbol, Visit, VisitId};
use naast_core::time::Day;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Derived once: the derivation is slow on purpose.
fn key() -> &'static PassphraseKey {
    static KEY: OnceLock<PassphraseKey> = OnceLock::new();
    KEY.get_or_init(|| cheap_key("vijf woorden uit een lijst"))
}

/// The outcome of a future over a store that does not wait.
fn now<T>(future: impl Future<Output = T>) -> T {
    finish_now(future).expect("a store in memory does not wait")
}

fn new_vault(store: &MemoryStore) -> Vault {
    now(create(store, key(), &mut Seeded::new(1))).unwrap()
}

/// A second tab: unlocks what lies in the store.
fn unlocked(store: &MemoryStore) -> Vault {
    let Ok(State::Locked(header)) = now(inspect(store)) else { panic!("no vault") };
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

fn question(text: &str) -> Record {
    let id = OwnQuestionId(Id([3; 12]));
    let (phase, about) = (naast_core::content::Phase::Wishes, naast_core::content::About::Child);
    Record::OwnQuestion(OwnQuestion { id, text: text.into(), follow_up: String::new(), phase, about })
}

fn save(vault: &Vault, store: &MemoryStore, record: &Record, on: Option<Generation>) -> Result<Generation, SaveError> {
    // A seed per write, as two tabs never draw the same nonce.
    now(vault.save(store, record, on, &mut Seeded::new(store.writes() as u64 + 100)))
}

fn records(vault: &Vault, store: &MemoryStore) -> Vec<Record> {
    let loaded = now(vault.load_all(store)).unwrap();
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
    assert!(matches!(now(inspect(&store)), Ok(State::Absent)));
    let vault = new_vault(&store);
    assert!(matches!(now(inspect(&store)), Ok(State::Locked(_))));
    save(&vault, &store, &family("Zon"), None).unwrap();

    for header in [None, Some("naast-vault.1.half"), Some("naast-vault.2.later"), Some("")] {
        match header {
            Some(text) => store.plant(HEADER_KEY, text),
            None => store.uproot(HEADER_KEY),
        }
        let state = now(inspect(&store)).unwrap();
        match header {
            None => assert!(matches!(state, State::HeaderMissing { records: 1 })),
            Some("naast-vault.2.later") => assert!(matches!(state, State::Newer { version: 2 })),
            Some(_) => assert!(matches!(state, State::Corrupt)),
        }
        let before = store.snapshot();
        let made = now(create(&store, key(), &mut Seeded::new(2)));
        assert!(matches!(made, Err(crate::CreateError::Exists)));
        assert_eq!(store.snapshot(), before);
    }
}

#[test]
fn settings_and_other_peoples_keys_are_no_sign_of_a_vault() {
    let store = MemoryStore::new();
    store.plant("naast.settings", "naast-settings.1.x");
    store.plant("other.family.010101010101010101010101", "x");
    assert!(matches!(now(inspect(&store)), Ok(State::Absent)));
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
    now(unlocked(&store).remove(&store, &place, first)).unwrap();
    assert_eq!(save(&vault, &store, &visit("toch"), Some(first)), Err(SaveError::Conflict { theirs: None }));
    assert_eq!(now(vault.remove(&store, &place, first)), Ok(()));
    // Undo is a save of something new, and what a third tab knew before no longer counts.
    let undone = save(&vault, &store, &visit("weg"), None).unwrap();
    assert_ne!(undone, first);
    assert!(matches!(save(&vault, &store, &visit("x"), Some(first)), Err(SaveError::Conflict { theirs: Some(_) })));
    assert!(matches!(now(vault.remove(&store, &place, first)), Err(SaveError::Conflict { theirs: Some(_) })));
}

#[test]
fn two_saves_that_cross_in_a_slow_store_are_noticed_at_the_next() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    let first = save(&vault, &store, &visit("samen"), None).unwrap();
    store.set_slow(true);
    let (mut one, mut two) = (Seeded::new(21), Seeded::new(22));
    let (one_text, two_text) = (visit("een"), visit("twee"));
    let mut one = std::pin::pin!(vault.save(&store, &one_text, Some(first), &mut one));
    let mut two = std::pin::pin!(vault.save(&store, &two_text, Some(first), &mut two));
    let mut done = (None, None);
    let mut context = core::task::Context::from_waker(core::task::Waker::noop());
    while done.0.is_none() || done.1.is_none() {
        if let (None, core::task::Poll::Ready(outcome)) = (&done.0, one.as_mut().poll(&mut context)) {
            done.0 = Some(outcome);
        }
        if let (None, core::task::Poll::Ready(outcome)) = (&done.1, two.as_mut().poll(&mut context)) {
            done.1 = Some(outcome);
        }
    }
    store.set_slow(false);
    let (one, two) = (done.0.unwrap().unwrap(), done.1.unwrap().unwrap());
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
    assert_eq!(now(vault.reload(&store, &place)), Ok(found));
    store.plant(changed, "naast-record.2.later");
    let aside = SetAside { key: changed.into(), kind: Some(Kind::Family), reason: Reason::Newer };
    assert_eq!(now(vault.reload(&store, &place)), Ok(Reloaded::SetAside(aside)));
    store.uproot(changed);
    assert_eq!(now(vault.reload(&store, &place)), Ok(Reloaded::Gone));
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

    let loaded = now(vault.load_all(&store)).unwrap();
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
    assert_eq!(now(vault.remove(&store, &place, known)), Err(SaveError::Unreadable(half)));
    assert_eq!(store.snapshot(), before);
}

#[test]
fn nothing_is_sealed_for_a_vault_that_is_gone_or_another() {
    let store = MemoryStore::new();
    let vault = new_vault(&store);
    store.uproot(HEADER_KEY);
    assert_eq!(save(&vault, &store, &visit("x"), None), Err(SaveError::VaultChanged));
    now(create(&store, key(), &mut Seeded::new(50))).unwrap();
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
    assert_eq!(now(inspect(&store)).unwrap_err(), StoreError::Blocked);
    assert_eq!(now(vault.load_all(&store)).unwrap_err(), StoreError::Blocked);
    assert_eq!(save(&vault, &store, &visit("x"), None), Err(SaveError::Store(StoreError::Blocked)));
}

/// One walk through everything that writes, with what should lie there after each step.
/// A step that fails leaves the walk to go on, as a person would.
fn walk(store: &MemoryStore, fault: Option<(usize, Fault)>) -> usize {
    if let Some((n, fault)) = fault {
        store.fail_write(n, fault);
    }
    let Ok(vault) = now(create(store, key(), &mut Seeded::new(1))) else {
        match fault {
            Some((_, Fault::Tear)) => assert!(matches!(now(inspect(store)), Ok(State::Corrupt))),
            _ => assert!(matches!(now(inspect(store)), Ok(State::Absent))),
        }
        return store.writes();
    };
    let mut expected: BTreeMap<String, Stamped<Record>> = BTreeMap::new();
    let mut torn: Option<String> = None;
    let steps = [
        (family("Zon"), true),
        (visit("eerst"), true),
        (visit("later"), true),
        (question("Wat helpt?"), true),
        (question("Wat helpt?"), false),
        (family("Zonnebloem"), true),
        (question("Wat helpt nog meer?"), true),
    ];
    for (record, keep) in steps {
        let place = RecordKey::of(&record);
        let key = place.to_string();
        let known = expected.get(&key).map(|stamped| stamped.generation);
        let before = store.snapshot();
        let outcome = match (keep, known) {
            (true, known) => save(&vault, store, &record, known).map(Some),
            (false, Some(known)) => now(vault.remove(store, &place, known)).map(|()| None),
            (false, None) => Ok(None),
        };
        match outcome {
            Ok(Some(generation)) => {
                expected.insert(key, Stamped { value: record, generation });
            }
            Ok(None) => {
                expected.remove(&key);
            }
            Err(SaveError::Unreadable(aside)) => assert_eq!(Some(aside.key), torn),
            Err(SaveError::Store(_)) if keep && matches!(fault, Some((_, Fault::Tear))) => {
                expected.remove(&key);
                torn = Some(key);
            }
            Err(SaveError::Store(_)) => assert_eq!(store.snapshot(), before),
            Err(error) => panic!("{error:?}"),
        }
        // Whoever opens the vault now finds exactly what was said to be saved.
        let loaded = now(unlocked(store).load_all(store)).unwrap();
        assert!(loaded.records.iter().eq(expected.values()));
        assert!(loaded.set_aside.iter().map(|aside| &aside.key).eq(torn.iter()));
    }
    store.writes()
}

#[test]
fn any_write_may_fail_and_everything_else_stays_whole() {
    let total = walk(&MemoryStore::new(), None);
    assert_eq!(total, 8);
    for n in 0..total {
        for fault in [Fault::Refuse(StoreError::Full), Fault::Refuse(StoreError::Other), Fault::Tear] {
            walk(&MemoryStore::new(), Some((n, fault)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

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
        let loaded = now(vault.load_all(&store)).unwrap();
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
                    let removed = now(tabs[tab].remove(&store, &place, known)).is_ok();
                    prop_assert_eq!(removed, latest.is_none() || latest == Some(known));
                    if removed {
                        (knows[tab], lies) = (None, None);
                    }
                },
                _ => knows[tab] = match now(tabs[tab].reload(&store, &place)).unwrap() {
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
