//! Power that goes at any moment, a store that forgets, a journal that lags behind.

use super::*;
use crate::entries::Entries;
use crate::memory::{Fault, MemoryStore};
use crate::testing::{Seeded, cheap_key, sample_visit};
use crate::vault::{Saved, settle};
use crate::{PassphraseKey, State, create, inspect};
use core::cell::{Cell, RefCell};
use naast_core::records::{Family, FamilyId, Id, Visit, VisitId};
use naast_core::time::Day;
use std::collections::BTreeMap;
use std::sync::OnceLock;

fn key() -> &'static PassphraseKey {
    static KEY: OnceLock<PassphraseKey> = OnceLock::new();
    KEY.get_or_init(|| cheap_key("vijf woorden uit een lijst"))
}

fn unlocked(store: &MemoryStore) -> Vault {
    let Ok(State::Locked(header)) = inspect(store) else { panic!("no vault") };
    header.unlock(key()).unwrap()
}

/// A journal in memory. Once `broken` it takes nothing more.
#[derive(Default)]
struct MemoryJournal {
    values: RefCell<BTreeMap<String, String>>,
    broken: Cell<bool>,
}

impl MemoryJournal {
    fn read(&self) -> Result<Vec<(String, String)>, StoreError> {
        Ok(self.values.borrow().clone().into_iter().collect())
    }

    fn commit(&self, values: &[(String, String)]) -> Result<(), StoreError> {
        if self.broken.get() {
            return Err(StoreError::Other);
        }
        self.values.borrow_mut().extend(values.iter().cloned());
        Ok(())
    }
}

/// A phone with both stores, and what the app does with them.
struct Phone {
    store: MemoryStore,
    journal: MemoryJournal,
    seed: Cell<u64>,
}

impl Phone {
    fn new() -> Self {
        let (store, journal) = (MemoryStore::new(), MemoryJournal::default());
        create(&store, key(), &mut Seeded::new(1)).unwrap();
        let lacks = same_header(&store, None).unwrap().unwrap();
        journal.commit(&[lacks]).unwrap();
        Self { store, journal, seed: Cell::new(10) }
    }

    fn entropy(&self) -> Seeded {
        self.seed.set(self.seed.get() + 1);
        Seeded::new(self.seed.get())
    }

    /// Opens the vault, as the app does when it starts.
    fn open(&self) -> (Vault, Entries) {
        let header = self.journal.values.borrow().get(HEADER_KEY).cloned();
        if let Some(lacks) = same_header(&self.store, header).unwrap() {
            let _ = self.journal.commit(&[lacks]);
        }
        let vault = unlocked(&self.store);
        let loaded = vault.load(&self.store, self.journal.read().unwrap()).unwrap();
        assert_eq!(loaded.set_aside, []);
        let journalled = self.journal.commit(&loaded.for_journal).is_ok();
        vault.heal(&self.store, &loaded, journalled).unwrap();
        let mut entries = Entries::of(loaded.records);
        loaded.beside.iter().for_each(|other| entries.keep_beside(other));
        (vault, entries)
    }

    /// Saves what is unsaved. The journal hears of it, unless `late`.
    fn save(&self, vault: &Vault, entries: &mut Entries, late: bool) -> Option<crate::SaveError> {
        let changes = entries.unsaved();
        let mut saved: Saved = vault.save_all(&self.store, &changes, &mut self.entropy());
        let why = entries.after(changes, &mut saved);
        let values: Vec<_> = saved.written.iter().map(|w| (w.place.to_string(), w.text.clone())).collect();
        if !late && self.journal.commit(&values).is_ok() {
            let _ = settle(&self.store, &saved.written);
        }
        why
    }
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
    let phone = Phone::new();
    let (vault, mut entries) = phone.open();
    entries.put(family("Zon"));
    entries.put(visit(2, "eerst"));
    assert_eq!(phone.save(&vault, &mut entries, false), None);
    let before = phone.store.snapshot();
    entries.put(visit(2, "later"));
    entries.put(visit(3, "nieuw"));
    phone.save(&vault, &mut entries, false);

    // As a browser that was killed before it wrote to the disk.
    for key in phone.store.snapshot().keys() {
        phone.store.uproot(key);
    }
    before.into_iter().for_each(|(key, value)| phone.store.plant(key, value));
    let (_, again) = phone.open();
    assert!(is(&again, "Zon", &["later", "nieuw"]));
    // And now the store has them too.
    let alone = unlocked(&phone.store).load(&phone.store, Vec::new()).unwrap();
    assert_eq!(alone.records.len(), 3);
    assert!(alone.for_store.is_empty());
}

#[test]
fn an_emptied_store_is_recognised_and_filled_again() {
    let phone = Phone::new();
    let (vault, mut entries) = phone.open();
    entries.put(family("Zon"));
    phone.save(&vault, &mut entries, false);
    let whole = phone.store.snapshot();
    whole.keys().for_each(|key| phone.store.uproot(key));
    assert!(matches!(inspect(&phone.store), Ok(State::Absent)));
    let (_, again) = phone.open();
    assert!(is(&again, "Zon", &[]));
    assert_eq!(phone.store.snapshot(), whole);
}

#[test]
fn a_journal_that_was_late_is_brought_up() {
    let phone = Phone::new();
    let (vault, mut entries) = phone.open();
    entries.put(family("Zon"));
    phone.save(&vault, &mut entries, true);
    assert_eq!(phone.journal.values.borrow().len(), 1);
    drop(phone.open());
    assert_eq!(phone.journal.values.borrow().len(), 2);
    let empty = MemoryStore::new();
    empty.plant(HEADER_KEY, phone.journal.values.borrow()[HEADER_KEY].clone());
    let loaded = unlocked(&empty).load(&empty, phone.journal.read().unwrap()).unwrap();
    assert_eq!(loaded.records.len(), 1);
}

#[test]
fn what_was_taken_away_does_not_come_back() {
    for (late, forgot) in [(false, false), (false, true), (true, false)] {
        let phone = Phone::new();
        let (vault, mut entries) = phone.open();
        entries.put(visit(2, "weg"));
        phone.save(&vault, &mut entries, false);
        let before = phone.store.snapshot();
        entries.remove(&RecordKey::of(&visit(2, "")));
        phone.save(&vault, &mut entries, late);
        if forgot {
            before.into_iter().for_each(|(key, value)| phone.store.plant(key, value));
        }
        let (_, again) = phone.open();
        assert_eq!(again.visits().count(), 0, "late {late}, forgot {forgot}");
        assert_eq!(phone.store.snapshot().len(), 1);
    }
}

#[test]
fn what_was_taken_away_and_put_back_is_there() {
    for late in [false, true] {
        let phone = Phone::new();
        let (vault, mut entries) = phone.open();
        entries.put(visit(2, "eerst"));
        for _ in 0..3 {
            phone.save(&vault, &mut entries, false);
            entries.put(visit(2, "weer anders"));
        }
        phone.save(&vault, &mut entries, false);
        entries.remove(&RecordKey::of(&visit(2, "")));
        phone.save(&vault, &mut entries, false);
        // Also when the vault was locked and opened in between.
        let (vault, mut entries) = phone.open();
        entries.put(visit(2, "terug"));
        phone.save(&vault, &mut entries, late);
        let (_, again) = phone.open();
        assert_eq!(texts(&again).1, ["terug"]);
    }
}

#[test]
fn damage_is_kept_aside_and_mended_from_the_other_store() {
    let phone = Phone::new();
    let (vault, mut entries) = phone.open();
    entries.put(visit(2, "heel"));
    phone.save(&vault, &mut entries, false);
    let place = RecordKey::of(&visit(2, "")).to_string();
    let whole = phone.store.snapshot()[&place].clone();

    phone.store.plant(&place, "naast-record.1.half");
    assert_eq!(texts(&phone.open().1).1, ["heel"]);
    assert_eq!(phone.store.snapshot()[&place], whole);
    let kept = format!("naast.damaged.{place}");
    assert_eq!(phone.journal.values.borrow()[&kept], "naast-record.1.half");

    phone.journal.values.borrow_mut().insert(place.clone(), "naast-record.1.ook half".into());
    assert_eq!(texts(&phone.open().1).1, ["heel"]);
    assert_eq!(phone.journal.values.borrow()[&place], whole);
    assert_eq!(phone.journal.values.borrow()[&kept], "naast-record.1.ook half");

    // Without a place for the copy nothing unreadable is replaced.
    phone.store.plant(&place, "naast-record.1.half");
    phone.journal.broken.set(true);
    assert_eq!(texts(&phone.open().1).1, ["heel"]);
    assert_eq!(phone.store.snapshot()[&place], "naast-record.1.half");
}

#[test]
fn what_a_later_version_wrote_in_either_store_is_left_alone() {
    for in_store in [true, false] {
        let phone = Phone::new();
        let (vault, mut entries) = phone.open();
        entries.put(visit(2, "heel"));
        phone.save(&vault, &mut entries, false);
        let place = RecordKey::of(&visit(2, "")).to_string();
        if in_store {
            phone.store.plant(&place, "naast-record.9.later");
        } else {
            phone.journal.values.borrow_mut().insert(place.clone(), "naast-record.9.later".into());
        }
        let (store, journal) = (phone.store.snapshot(), phone.journal.values.borrow().clone());
        let loaded = vault.load(&phone.store, phone.journal.read().unwrap()).unwrap();
        vault.heal(&phone.store, &loaded, true).unwrap();
        assert_eq!(loaded.set_aside.len(), 1);
        assert_eq!(loaded.set_aside[0].reason, Reason::Newer);
        assert_eq!((phone.store.snapshot(), loaded.for_journal.len()), (store, 0));
        assert_eq!(*phone.journal.values.borrow(), journal);
    }
}

#[test]
fn two_tabs_that_wrote_the_same_writing_both_keep_their_words() {
    let phone = Phone::new();
    let (vault, mut one) = phone.open();
    one.put(visit(2, "samen"));
    phone.save(&vault, &mut one, false);
    let before = phone.store.snapshot();
    let mut two = one.clone();
    one.put(visit(2, "van de een"));
    two.put(visit(2, "van de ander"));
    phone.save(&vault, &mut one, false);
    // The other tab did not see it, and its writing reached the store alone.
    before.into_iter().for_each(|(key, value)| phone.store.plant(key, value));
    phone.save(&vault, &mut two, true);
    let (vault, mut again) = phone.open();
    let both = texts(&again).1.concat();
    assert!(both.contains("van de een") && both.contains("van de ander"), "{both}");
    phone.save(&vault, &mut again, false);
    assert_eq!(texts(&phone.open().1).1.concat(), both);
}

/// The power goes at every write in turn, in the store or on the way to the journal: what belongs
/// together is there together or not at all, and what was said to be kept is there.
#[test]
fn several_changes_are_there_together_or_not_at_all() {
    let run = |dies_at: Option<usize>, late: bool| -> usize {
        let phone = Phone::new();
        let (vault, mut entries) = phone.open();
        entries.put(family("Zon"));
        entries.put(visit(2, "eerst"));
        entries.put(visit(3, "eerst"));
        assert_eq!(phone.save(&vault, &mut entries, false), None);
        let from = phone.store.writes();
        if let Some(n) = dies_at {
            phone.store.fail_write(n, Fault::Die);
            phone.journal.broken.set(true);
        }
        entries.put(family("Maan"));
        entries.put(visit(2, "later"));
        entries.remove(&RecordKey::of(&visit(3, "")));
        let kept = phone.save(&vault, &mut entries, late).is_none();
        let writes = phone.store.writes() - from;
        phone.store.revive();
        phone.journal.broken.set(false);
        let (_, again) = phone.open();
        let (old, new) = (is(&again, "Zon", &["eerst", "eerst"]), is(&again, "Maan", &["later"]));
        assert!(new || old && !kept, "died at {dies_at:?}, late {late}: {:?}", texts(&again));
        writes
    };
    for late in [false, true] {
        let total = run(None, late);
        assert!(total >= 5);
        for n in 0..total {
            run(Some(n), late);
        }
    }
}

#[test]
fn where_there_is_no_room_for_all_at_once_they_go_one_by_one() {
    let phone = Phone::new();
    let (vault, mut entries) = phone.open();
    entries.put(family("Zon"));
    entries.put(visit(2, "eerst"));
    phone.store.fail_write(0, Fault::Refuse(StoreError::Full));
    assert_eq!(phone.save(&vault, &mut entries, false), None);
    assert!(is(&phone.open().1, "Zon", &["eerst"]));
    // Or there is room for all at once, and then not for the last in its place.
    entries.put(family("Maan"));
    entries.put(visit(2, "later"));
    phone.store.fail_write(2, Fault::Refuse(StoreError::Full));
    assert_eq!(phone.save(&vault, &mut entries, false), None);
    assert!(is(&phone.open().1, "Maan", &["later"]));
}

#[test]
fn the_newest_header_that_can_be_read_holds_and_a_later_version_is_left_alone() {
    let phone = Phone::new();
    let good = phone.store.snapshot()[HEADER_KEY].clone();
    let after = |stored: Option<&str>, journal: Option<&str>| {
        let store = MemoryStore::new();
        if let Some(stored) = stored {
            store.plant(HEADER_KEY, stored);
        }
        let lacks = same_header(&store, journal.map(ToOwned::to_owned)).unwrap();
        (store.snapshot(), lacks.map(|(_, text)| text))
    };
    let only = |text: &str| BTreeMap::from([(HEADER_KEY.to_owned(), text.to_owned())]);
    assert_eq!(after(None, None), (BTreeMap::new(), None));
    assert_eq!(after(Some(&good), None), (only(&good), Some(good.clone())));
    assert_eq!(after(None, Some(&good)), (only(&good), None));
    assert_eq!(after(Some(&good), Some("naast-vault.1.half")), (only(&good), Some(good.clone())));
    assert_eq!(after(Some("naast-vault.9.later"), Some(&good)), (only("naast-vault.9.later"), None));
    let (mended, _) = after(Some("naast-vault.1.half"), Some(&good));
    assert_eq!((&mended[HEADER_KEY], &*mended["naast.vault.set-aside"]), (&good, "naast-vault.1.half"));
}
