//! Power that goes at any moment, a store that forgets, a journal that lags behind.

use super::*;
use crate::entries::Entries;
use crate::memory::{Fault, MemoryStore};
use crate::test_device::{Tab, TestDevice, key, new_key};
use crate::testing::sample_visit;
use crate::{State, inspect};
use naast_core::records::{Family, FamilyId, Id, Visit, VisitId};
use naast_core::time::Day;
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeMap;

fn unlocked(store: &MemoryStore) -> Vault {
    let Ok(State::Locked(header)) = inspect(store) else { panic!("no vault") };
    header.unlock(key()).unwrap()
}

/// Saves what is unsaved. The journal hears of it, unless `late`.
fn save(phone: &TestDevice, tab: &mut Tab, late: bool) -> Option<crate::SaveError> {
    let why = tab.store_all(phone);
    if !late {
        let _ = tab.journal_all(phone);
    }
    why
}

fn family(nickname: &str) -> Record {
    Record::Family(Family {
        id: FamilyId(Id([1; 12])),
        nickname: nickname.into(),
        since: Day(20_000),
        ..Family::default()
    })
}

fn visit(id: u8, note: &str) -> Record {
    Record::Visit(Visit { id: VisitId(Id([id; 12])), quick_note: note.into(), ..sample_visit() })
}

fn texts(entries: &Entries) -> (Vec<String>, Vec<String>) {
    (
        entries.families().map(|family| family.nickname.clone()).collect(),
        entries.visits().map(|visit| visit.quick_note.clone()).collect(),
    )
}

fn is(entries: &Entries, nickname: &str, notes: &[&str]) -> bool {
    texts(entries) == (vec![nickname.to_owned()], notes.iter().map(|&note| note.to_owned()).collect())
}

#[test]
fn a_store_that_forgot_its_last_minutes_gets_them_back() {
    let phone = TestDevice::new();
    let mut tab = phone.open();
    tab.entries.put(family("Zon"));
    tab.entries.put(visit(2, "eerst"));
    assert_eq!(save(&phone, &mut tab, false), None);
    let before = phone.store.snapshot();
    tab.entries.put(visit(2, "later"));
    tab.entries.put(visit(3, "nieuw"));
    save(&phone, &mut tab, false);

    // As a browser that was killed before it wrote to the disk.
    for key in phone.store.snapshot().keys() {
        phone.store.uproot(key);
    }
    before.into_iter().for_each(|(key, value)| phone.store.plant(key, value));
    let again = phone.open().entries;
    assert!(is(&again, "Zon", &["later", "nieuw"]));
    // And now the store has them too.
    let alone = unlocked(&phone.store).load(&phone.store, Vec::new()).unwrap();
    assert_eq!(alone.records.len(), 3);
    assert!(alone.for_store.is_empty());
}

#[test]
fn an_emptied_store_is_recognised_and_filled_again() {
    let phone = TestDevice::new();
    let mut tab = phone.open();
    tab.entries.put(family("Zon"));
    save(&phone, &mut tab, false);
    let whole = phone.store.snapshot();
    whole.keys().for_each(|key| phone.store.uproot(key));
    assert!(matches!(inspect(&phone.store), Ok(State::Absent)));
    let again = phone.open().entries;
    assert!(is(&again, "Zon", &[]));
    assert_eq!(phone.store.snapshot(), whole);
}

#[test]
fn a_journal_that_was_late_is_brought_up() {
    let phone = TestDevice::new();
    let mut tab = phone.open();
    tab.entries.put(family("Zon"));
    save(&phone, &mut tab, true);
    assert_eq!(phone.journal.values.borrow().len(), 1);
    drop(phone.open());
    assert_eq!(phone.journal.values.borrow().len(), 2);
    let empty = MemoryStore::new();
    empty.plant(HEADER_KEY, phone.journal.values.borrow()[HEADER_KEY].clone());
    let loaded = unlocked(&empty).load(&empty, phone.journal.read()).unwrap();
    assert_eq!(loaded.records.len(), 1);
}

#[test]
fn what_was_taken_away_does_not_come_back() {
    for (late, forgot) in [(false, false), (false, true), (true, false)] {
        let phone = TestDevice::new();
        let mut tab = phone.open();
        tab.entries.put(visit(2, "weg"));
        save(&phone, &mut tab, false);
        let before = phone.store.snapshot();
        tab.entries.remove(&RecordKey::of(&visit(2, "")));
        save(&phone, &mut tab, late);
        if forgot {
            before.into_iter().for_each(|(key, value)| phone.store.plant(key, value));
        }
        let again = phone.open().entries;
        assert_eq!(again.visits().count(), 0, "late {late}, forgot {forgot}");
        // The word that it is gone goes once the journal was seen to have it.
        drop(phone.open());
        assert_eq!(phone.store.snapshot().len(), 1);
    }
}

#[test]
fn what_was_taken_away_and_put_back_is_there() {
    for late in [false, true] {
        let phone = TestDevice::new();
        let mut tab = phone.open();
        tab.entries.put(visit(2, "eerst"));
        for _ in 0..3 {
            save(&phone, &mut tab, false);
            tab.entries.put(visit(2, "weer anders"));
        }
        save(&phone, &mut tab, false);
        tab.entries.remove(&RecordKey::of(&visit(2, "")));
        save(&phone, &mut tab, false);
        // Also when the vault was locked and opened in between.
        let mut tab = phone.open();
        tab.entries.put(visit(2, "terug"));
        save(&phone, &mut tab, late);
        let again = phone.open().entries;
        assert_eq!(texts(&again).1, ["terug"]);
    }
}

#[test]
fn damage_is_kept_aside_and_mended_from_the_other_store() {
    let phone = TestDevice::new();
    let mut tab = phone.open();
    tab.entries.put(visit(2, "heel"));
    save(&phone, &mut tab, false);
    let place = RecordKey::of(&visit(2, "")).to_string();
    let whole = phone.store.snapshot()[&place].clone();

    phone.store.plant(&place, "naast-record.1.half");
    assert_eq!(texts(&phone.open().entries).1, ["heel"]);
    assert_eq!(phone.store.snapshot()[&place], whole);
    let kept = format!("naast.damaged.{place}");
    assert_eq!(phone.journal.values.borrow()[&kept], "naast-record.1.half");

    phone.journal.values.borrow_mut().insert(place.clone(), "naast-record.1.ook half".into());
    assert_eq!(texts(&phone.open().entries).1, ["heel"]);
    assert_eq!(phone.journal.values.borrow()[&place], whole);
    assert_eq!(phone.journal.values.borrow()[&(kept + "+")], "naast-record.1.ook half");

    // Without a place for the copy nothing unreadable is replaced.
    phone.store.plant(&place, "naast-record.1.anders half");
    phone.journal.broken.set(true);
    assert_eq!(texts(&phone.open().entries).1, ["heel"]);
    assert_eq!(phone.store.snapshot()[&place], "naast-record.1.anders half");
    // The same once more needs no other copy.
    phone.store.plant(&place, "naast-record.1.half");
    assert_eq!(texts(&phone.open().entries).1, ["heel"]);
    assert_eq!((&phone.store.snapshot()[&place], phone.journal.values.borrow().len()), (&whole, 4));
}

#[test]
fn what_a_later_version_wrote_in_either_store_is_left_alone() {
    for in_store in [true, false] {
        let phone = TestDevice::new();
        let mut tab = phone.open();
        tab.entries.put(visit(2, "heel"));
        save(&phone, &mut tab, false);
        let place = RecordKey::of(&visit(2, "")).to_string();
        if in_store {
            phone.store.plant(&place, "naast-record.9.later");
        } else {
            phone.journal.values.borrow_mut().insert(place.clone(), "naast-record.9.later".into());
        }
        let (store, journal) = (phone.store.snapshot(), phone.journal.values.borrow().clone());
        let loaded = tab.vault.load(&phone.store, phone.journal.read()).unwrap();
        tab.vault.heal(&phone.store, &loaded, true).unwrap();
        assert_eq!(loaded.set_aside.len(), 1);
        assert_eq!(loaded.set_aside[0].reason, Reason::Newer);
        assert_eq!((phone.store.snapshot(), loaded.for_journal.len()), (store, 0));
        assert_eq!(*phone.journal.values.borrow(), journal);
    }
}

/// Also when the power goes again before both are one.
#[test]
fn two_tabs_that_wrote_the_same_writing_both_keep_their_words() {
    for other in ["van de ander", "van de een, en meer"] {
        let phone = TestDevice::new();
        let (mut one, mut two) = (phone.open(), phone.open());
        one.entries.put(visit(2, "samen"));
        save(&phone, &mut one, false);
        two.hear(&phone, &RecordKey::of(&visit(2, "")));
        let before = phone.store.snapshot();
        one.entries.put(visit(2, "van de een"));
        two.entries.put(visit(2, other));
        save(&phone, &mut one, false);
        // The other tab did not see it, and its writing reached the store alone.
        before.into_iter().for_each(|(key, value)| phone.store.plant(key, value));
        save(&phone, &mut two, true);
        let mut again = phone.open();
        for _ in 0..2 {
            let both = texts(&again.entries).1.concat();
            assert!(both.contains("van de een") && both.contains(other), "{both}");
            again = phone.open();
        }
        assert!(again.flush(&phone));
        let place = RecordKey::of(&visit(2, "")).to_string();
        assert_eq!(phone.journal.values.borrow()[&place], phone.store.snapshot()[&place]);
    }
}

#[test]
fn where_there_is_no_room_for_all_at_once_they_go_one_by_one() {
    let phone = TestDevice::new();
    let mut tab = phone.open();
    tab.entries.put(family("Zon"));
    tab.entries.put(visit(2, "eerst"));
    phone.store.fail_write(0, Fault::Refuse(StoreError::Full));
    assert_eq!(save(&phone, &mut tab, false), None);
    assert!(is(&phone.open().entries, "Zon", &["eerst"]));
    // Or there is room for all at once, and then not for the last in its place.
    tab.entries.put(family("Maan"));
    tab.entries.put(visit(2, "later"));
    phone.store.fail_write(2, Fault::Refuse(StoreError::Full));
    assert_eq!(save(&phone, &mut tab, false), None);
    assert!(is(&phone.open().entries, "Maan", &["later"]));
}

#[test]
fn the_newest_header_that_can_be_read_holds_and_a_later_version_is_left_alone() {
    let phone = TestDevice::new();
    let good = phone.store.snapshot()[HEADER_KEY].clone();
    let after = |stored: Option<&str>, journal: Option<&str>| {
        let store = MemoryStore::new();
        if let Some(stored) = stored {
            store.plant(HEADER_KEY, stored);
        }
        let lacks = same_header(&store, journal.map(ToOwned::to_owned)).unwrap();
        (store.snapshot(), lacks)
    };
    let aside = |text: &str| (["naast.vault.set-aside.", &text[text.len() - 8..]].concat(), text.to_owned());
    let header = |text: &str| (HEADER_KEY.to_owned(), text.to_owned());
    let only = |text: &str| BTreeMap::from([header(text)]);
    let both = |text: &str, other: &str| BTreeMap::from([header(text), aside(other)]);
    let (half, later) = ("naast-vault.1.half", "naast-vault.9.later");
    assert_eq!(after(None, None), (BTreeMap::new(), vec![]));
    assert_eq!(after(Some(&good), None), (only(&good), vec![header(&good)]));
    assert_eq!(after(None, Some(&good)), (only(&good), vec![]));
    assert_eq!(after(None, Some(half)), (only(half), vec![]));
    assert_eq!(after(Some(&good), Some(half)), (only(&good), vec![aside(half), header(&good)]));
    assert_eq!(after(Some(half), Some(&good)), (both(&good, half), vec![]));
    assert_eq!(after(Some(later), Some(&good)), (only(later), vec![]));
    assert_eq!(after(Some(&good), Some(later)), (only(&good), vec![]));
    // Who changed it last was heard of in one store only.
    let vault = unlocked(&phone.store);
    vault.change_passphrase(&phone.store, key(), &mut phone.entropy()).unwrap();
    let newer = vault.header_text();
    assert_eq!(after(Some(&good), Some(&newer)), (both(&newer, &good), vec![]));
    assert_eq!(after(Some(&newer), Some(&good)), (only(&newer), vec![aside(&good), header(&newer)]));
}

/// Storage was cleared while the journal did not answer, and a new vault was made.
#[test]
fn two_vaults_in_two_stores_both_keep_their_way_in() {
    for changed in [false, true] {
        let phone = TestDevice::new();
        let mut old = phone.open();
        old.entries.put(visit(2, "van toen"));
        assert!(old.flush(&phone));
        if changed {
            old.vault.change_passphrase(&phone.store, key(), &mut phone.entropy()).unwrap();
            phone.journal_header(&old.vault);
        }
        phone.store.snapshot().keys().for_each(|key| phone.store.uproot(key));
        phone.journal.broken.set(true);
        let mut new = phone.opened(phone.create(key()).unwrap());
        new.entries.put(visit(3, "van nu"));
        assert!(new.flush(&phone));
        phone.journal.broken.set(false);

        let again = phone.open();
        let other = if changed { &new } else { &old };
        let mut values = phone.store.snapshot();
        values.extend(phone.journal.values.borrow().clone());
        assert!(values.values().any(|text| *text == other.vault.header_text()));
        // What belongs to the other one is named, and lies where it lay.
        assert_eq!((again.entries.visits().count(), again.set_aside.len()), (1, 1));
        assert!(values.contains_key(&again.set_aside[0].key));
    }
}

/// The store was cleared while a page lives on that had heard of the journal, and a new vault is made.
#[test]
fn a_new_header_leaves_the_way_into_another_vault_in_the_journal() {
    let phone = TestDevice::new();
    let old = phone.store.snapshot()[HEADER_KEY].clone();
    phone.store.uproot(HEADER_KEY);
    let new = phone.create(key()).unwrap();
    let values = phone.journal.values.borrow().clone();
    assert_eq!(values[HEADER_KEY], new.header_text());
    assert!(values.iter().any(|(key, text)| key.starts_with(OTHER_HEADER_KEY) && *text == old));
    // Its own older one is none to keep, and one of a later Naast stays where it is.
    assert_eq!(new.header_for_journal(Some(new.header_text())).len(), 1);
    assert!(new.header_for_journal(Some("naast-vault.9.later".to_owned())).is_empty());
}

/// A new vault was made while the journal did not answer, and later the older one took its place.
#[test]
fn the_passphrase_of_either_of_two_vaults_brings_back_its_way_in() {
    let phone = TestDevice::new();
    let old = unlocked(&phone.store);
    old.change_passphrase(&phone.store, key(), &mut phone.entropy()).unwrap();
    phone.journal_header(&old);
    phone.store.uproot(HEADER_KEY);
    phone.journal.broken.set(true);
    let mut new = phone.opened(phone.create(new_key()).unwrap());
    new.entries.put(visit(3, "van nu"));
    assert!(new.flush(&phone));
    phone.journal.broken.set(false);
    phone.start();
    assert_eq!(phone.store.snapshot()[HEADER_KEY], old.header_text());

    let journal: Vec<_> = phone.journal.values.borrow().clone().into_iter().collect();
    let found = headers_aside(&phone.store, &journal).unwrap();
    let mut open = found.iter().filter_map(|header| header.unlock(new_key()).ok());
    let brought = open.next().unwrap();
    assert_eq!(brought.take_place(&phone.store), Ok(true));
    phone.journal_header(&brought);
    phone.start();
    assert_eq!(texts(&phone.opened(brought).entries).1, ["van nu"]);
    // And the other way round, without either header going.
    let aside = headers_aside(&phone.store, &[]).unwrap();
    assert!(aside.iter().any(|header| header.text() == old.header_text()));
    assert_eq!(old.take_place(&phone.store), Ok(true));
    assert_eq!(phone.store.snapshot()[HEADER_KEY], old.header_text());
}

#[test]
fn an_older_way_into_the_same_vault_brings_no_old_passphrase_back() {
    let phone = TestDevice::new();
    let before = phone.store.snapshot()[HEADER_KEY].clone();
    unlocked(&phone.store).change_passphrase(&phone.store, new_key(), &mut phone.entropy()).unwrap();
    let now = phone.store.snapshot()[HEADER_KEY].clone();
    phone.store.plant("naast.vault.set-aside.before", before);
    let found = headers_aside(&phone.store, &[]).unwrap();
    let older = found[0].unlock(key()).unwrap();
    assert_eq!(older.take_place(&phone.store), Ok(false));
    assert_eq!(phone.store.snapshot()[HEADER_KEY], now);
}

#[test]
fn what_the_journal_did_not_take_waits_once_for_each_place() {
    let phone = TestDevice::new();
    let mut tab = phone.open();
    for note in ["eerst", "dan", "ten slotte"] {
        tab.entries.put(visit(2, note));
        tab.entries.put(visit(3, note));
        assert_eq!(tab.store_all(&phone), None);
    }
    let waiting = crate::last_of_each(std::mem::take(&mut tab.owed));
    let last = phone.store.snapshot();
    assert_eq!(waiting.len(), 2);
    assert!(waiting.iter().all(|one| last[&one.place.to_string()] == one.text));
}

/// Only the way into this very vault that nobody needs any more goes.
#[test]
fn a_header_kept_aside_goes_when_the_vault_opens_that_it_was_of() {
    let phone = TestDevice::new();
    let old = phone.store.snapshot()[HEADER_KEY].clone();
    let vault = unlocked(&phone.store);
    vault.change_passphrase(&phone.store, key(), &mut phone.entropy()).unwrap();
    phone.journal.values.borrow_mut().insert(HEADER_KEY.to_owned(), vault.header_text());
    phone.store.plant(HEADER_KEY, old);
    phone.store.plant("naast.vault.set-aside.other", "naast-vault.1.other");
    phone.start();
    assert_eq!(phone.store.snapshot().len(), 3);
    drop(phone.open());
    assert_eq!(phone.store.snapshot().len(), 2);
    assert_eq!(phone.store.snapshot()["naast.vault.set-aside.other"], "naast-vault.1.other");
}

/// What one put down and could not finish is finished by whoever comes next, or its half would stay.
#[test]
fn what_another_tab_put_down_together_is_finished_before_something_else_is() {
    let phone = TestDevice::new();
    let (mut one, mut two) = (phone.open(), phone.open());
    for n in [2, 3] {
        one.entries.put(visit(n, "van de een"));
        two.entries.put(visit(n + 2, "van de ander"));
    }
    phone.store.fail_write(2, Fault::Die);
    save(&phone, &mut one, true);
    phone.store.revive();
    assert!(two.flush(&phone));
    assert_eq!(texts(&phone.open().entries).1, ["van de een", "van de een", "van de ander", "van de ander"]);
}

/// The first version had no end, and a later one is not ours to finish.
#[test]
fn what_was_put_down_together_counts_when_it_is_whole() {
    let phone = TestDevice::new();
    let mut tab = phone.open();
    for n in [2, 3] {
        tab.entries.put(visit(n, "samen"));
    }
    phone.store.fail_write(1, Fault::Die);
    save(&phone, &mut tab, true);
    phone.store.revive();
    let whole = phone.store.snapshot()["naast.together"].clone();
    let count = |text: &str, left: bool| {
        let phone = TestDevice::empty();
        phone.store.plant(HEADER_KEY, tab.vault.header_text());
        phone.store.plant("naast.together", text);
        let mut again = phone.open();
        let found = again.entries.visits().count();
        assert_eq!(phone.store.snapshot().contains_key("naast.together"), left, "{text}");
        // Several can be saved, whatever lies there.
        for n in [6, 7] {
            again.entries.put(visit(n, "later"));
        }
        assert!(again.flush(&phone));
        found
    };
    assert_eq!(count(&whole, false), 2);
    let first = whole.replacen(
        ".2
", ".1
", 1,
    );
    assert_eq!(
        count(
            first
                .strip_suffix(
                    "
."
                )
                .unwrap(),
            false
        ),
        2
    );
    for cut in [3, 15, 16, 17, 100, whole.len() - 2, whole.len() - 1] {
        assert_eq!(count(&whole[..cut], false), 0, "{cut}");
    }
    assert_eq!(
        count(
            &whole.replacen(
                ".2
", ".3
", 1
            ),
            true
        ),
        0
    );
}

/// A store without a journal, one that forgets, and a journal that comes back: what was taken away
/// stays away, and what was typed counts as the newest.
#[test]
fn a_journal_that_was_away_brings_nothing_old_back() {
    let phone = TestDevice::new();
    let mut tab = phone.open();
    for n in [2, 3] {
        tab.entries.put(visit(n, "eerst"));
        tab.flush(&phone);
        tab.entries.put(visit(n, "toen"));
        tab.flush(&phone);
    }
    phone.journal.broken.set(true);
    let mut tab = phone.open();
    tab.entries.remove(&RecordKey::of(&visit(2, "")));
    assert!(tab.flush(&phone));
    // It is opened again, still without.
    drop(phone.open());
    phone.journal.broken.set(false);
    assert_eq!(texts(&phone.open().entries).1, ["toen"]);

    // The store shows an older writing to an open tab: what is written on it is the newest all the same.
    let mut tab = phone.open();
    let place = RecordKey::of(&visit(3, ""));
    let older = phone.store.snapshot()[&place.to_string()].clone();
    for _ in 0..2 {
        tab.entries.put(visit(3, "nu"));
        tab.flush(&phone);
        tab.entries.put(visit(3, "later"));
        tab.flush(&phone);
    }
    phone.store.plant(place.to_string(), older);
    phone.journal.broken.set(true);
    tab.entries.put(visit(3, "het laatst"));
    assert!(tab.flush(&phone));
    phone.journal.broken.set(false);
    assert!(texts(&phone.open().entries).1.concat().contains("het laatst"));
}

/// The word that it is gone lies in the journal alone by then, with a number that this tab never saw.
#[test]
fn what_is_typed_into_a_note_that_another_tab_deleted_is_newer_than_that() {
    for heard in [false, true] {
        for at_once in [false, true] {
            let phone = TestDevice::new();
            let mut one = phone.open();
            one.entries.put(visit(2, "begin"));
            one.flush(&phone);
            let mut two = phone.open();
            one.entries.put(visit(2, "begin, en meer"));
            one.flush(&phone);
            one.entries.remove(&RecordKey::of(&visit(2, "")));
            one.flush(&phone);
            drop((phone.open(), phone.open()));
            assert_eq!(phone.store.snapshot().len(), 1);
            let type_it = |two: &mut Tab| two.entries.put(visit(2, "begin, van de ander"));
            if at_once {
                type_it(&mut two);
            }
            if heard {
                two.hear(&phone, &RecordKey::of(&visit(2, "")));
            }
            type_it(&mut two);
            save(&phone, &mut two, true);
            assert_eq!(texts(&phone.open().entries).1, ["begin, van de ander"]);
        }
    }
}

/// What somebody, or a disk, makes of a stored value.
#[derive(Debug, Clone)]
enum Harm {
    Cut(Index),
    Flip(Index, u8),
    /// It changes places with another.
    Swap(Index),
    /// An older one is put back.
    Older,
    /// It says that it is of an earlier version.
    Lower,
    Gone,
}

fn any_harm() -> impl Strategy<Value = Harm> {
    prop_oneof![
        any::<Index>().prop_map(Harm::Cut),
        (any::<Index>(), 1..128_u8).prop_map(|(at, by)| Harm::Flip(at, by)),
        any::<Index>().prop_map(Harm::Swap),
        Just(Harm::Older),
        Just(Harm::Lower),
        Just(Harm::Gone),
    ]
}

/// Does it to the value at this place among all; `older` is what lay there.
fn harm(values: &mut BTreeMap<String, String>, older: &BTreeMap<String, String>, at: &Index, harm: &Harm) {
    let keys: Vec<String> = values.keys().cloned().collect();
    if keys.is_empty() {
        return;
    }
    let key = at.get(&keys);
    let text = values[key].clone();
    // Cut off at its very beginning before: of nothing no part can be harmed.
    if text.is_empty() && matches!(harm, Harm::Cut(_) | Harm::Flip(..)) {
        return;
    }
    let changed = match harm {
        Harm::Cut(at) => text[..at.index(text.len())].to_owned(),
        Harm::Flip(at, by) => {
            let at = at.index(text.len());
            text.char_indices().map(|(n, c)| if n == at { char::from(c as u8 ^ by) } else { c }).collect()
        }
        Harm::Swap(with) => {
            let with = with.get(&keys);
            values.insert(key.clone(), values[with].clone());
            values.insert(with.clone(), text);
            return;
        }
        Harm::Older => older.get(key).unwrap_or(&text).clone(),
        Harm::Lower => text.replacen(".2.", ".1.", 1).replacen("record.1.", "record.0.", 1),
        Harm::Gone => return drop(values.remove(key)),
    };
    values.insert(key.clone(), changed);
}

/// A value that says it is of a later version is left alone and named, so nothing is read there.
fn is_later(text: &str) -> bool {
    crate::sealed::is_later(text) || matches!(Header::parse(text), Err(Unreadable::Newer(_)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases / 2))]

    /// Whatever becomes of one of the two stores, the other one has all, and what cannot be read stays.
    #[test]
    fn harm_to_one_store_is_mended_from_the_other(
        in_store in any::<bool>(),
        harms in prop::collection::vec((any::<Index>(), any_harm()), 1..6),
    ) {
        let phone = TestDevice::new();
        let mut tab = phone.open();
        let mut older = BTreeMap::new();
        for note in ["eerst", "later"] {
            older = phone.store.snapshot();
            tab.vault.change_passphrase(&phone.store, key(), &mut phone.entropy()).unwrap();
            phone.journal_header(&tab.vault);
            tab.entries.put(family(note));
            for n in 2..5 {
                tab.entries.put(visit(n, note));
            }
            prop_assert!(tab.flush(&phone));
        }
        let whole = if in_store { phone.store.snapshot() } else { phone.journal.values.borrow().clone() };
        let mut harmed = whole.clone();
        harms.iter().for_each(|(at, what)| harm(&mut harmed, &older, at, what));
        prop_assume!(!harmed.values().any(|text| is_later(text)));
        if in_store {
            whole.keys().for_each(|key| phone.store.uproot(key));
            harmed.iter().for_each(|(key, text)| phone.store.plant(key, text));
        } else {
            *phone.journal.values.borrow_mut() = harmed.clone();
        }

        let again = phone.open();
        prop_assert_eq!(&again.set_aside, &[]);
        prop_assert!(is(&again.entries, "later", &["later"; 3]), "{:?}", texts(&again.entries));
        let (store, journal) = (phone.store.snapshot(), phone.journal.values.borrow().clone());
        for (key, text) in &harmed {
            let readable = match RecordKey::parse(key) {
                Some(place) => !matches!(again.vault.open(&place, text), Opened::Unreadable(_)),
                None => Header::parse(text).is_ok(),
            };
            prop_assert!(readable || store.values().chain(journal.values()).any(|kept| kept == text), "{key}");
        }
        for (key, text) in &whole {
            prop_assert_eq!((&store[key], &journal[key]), (text, text));
        }
    }

    /// What was put down together and cut off after counts not at all; a value in it that was altered
    /// does not count. Nothing else suffers.
    #[test]
    fn harm_to_what_was_put_down_together_harms_nothing_else(
        cut in any::<bool>(), at in any::<Index>(), by in 1..128_u8,
    ) {
        let phone = TestDevice::new();
        let mut tab = phone.open();
        tab.entries.put(visit(2, "eerst"));
        tab.entries.put(visit(3, "eerst"));
        prop_assert!(tab.flush(&phone));
        tab.entries.put(visit(2, "later"));
        tab.entries.put(visit(3, "later"));
        phone.store.fail_write(1, Fault::Die);
        save(&phone, &mut tab, true);
        phone.store.revive();
        let mut all = BTreeMap::from([("naast.together".to_owned(), phone.store.snapshot()["naast.together"].clone())]);
        harm(&mut all, &BTreeMap::new(), &at, &if cut { Harm::Cut(at) } else { Harm::Flip(at, by) });
        phone.store.plant("naast.together", &all["naast.together"]);
        let again = phone.open();
        let known = |note: &String| note == "eerst" || note == "later";
        prop_assert!(texts(&again.entries).1.iter().all(known) && again.entries.visits().count() == 2);
        prop_assert!(!cut || is_all(&again.entries, "eerst"));
    }
}

fn is_all(entries: &Entries, note: &str) -> bool {
    texts(entries).1.iter().all(|found| found == note)
}
