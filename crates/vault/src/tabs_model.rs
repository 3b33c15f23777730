//! Two tabs over one storage, in any order of what can happen to them. Compiled for tests only.
//!
//! The store answers at once, so one tab's save is one step. The journal is slower: what a tab gives it
//! arrives later, in the order in which it was given. A save that has its turn (a Web Lock) holds that
//! until the journal has it; a page being hidden saves without. What one tab writes the other hears
//! of later, or never.
//!
//! Whatever happens, once everything has arrived and was saved:
//! - every text that a tab called kept is in its record, unless somebody deleted that record who had
//!   that text on the screen, or replaced everything by a backup;
//! - both tabs show the same, and it is what a third one finds;
//! - what was deleted after all that was ever typed into it had been seen there stays away.

use crate::test_device::{Tab, TestDevice, key, new_key};
use crate::testing::sample_visit;
use crate::{Entries, PassphraseKey, RecordKey, State, Written, for_journal};
use naast_core::records::{Id, Record, Visit, VisitId};
use proptest::prelude::*;
use std::collections::{BTreeSet, VecDeque};

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    /// Words are typed at the end of a note, which is made where there is none.
    Type(usize, u8),
    /// A note is deleted.
    Delete(usize, u8),
    /// The tab saves, when it is its turn.
    Save(usize),
    /// It is hidden, and saves without its turn.
    Hide(usize),
    /// The next of what was given to the journal arrives.
    Arrive,
    /// The next of it does not: the tab gives it again when it saves.
    Fail,
    /// The tab hears of the next change that the other one made.
    Hear(usize),
    /// All that it was to hear of is lost.
    Deafen(usize),
    /// It is locked, which keeps what is on the screen first, and opened again.
    Reload(usize),
    /// It is killed, and opened again.
    Kill(usize),
    /// The passphrase is changed in it.
    Passphrase(usize),
    /// A backup is merged in it that has other words for a note.
    Restore(usize),
    /// Nobody saves, and all that lies in the store is cleared.
    ClearStore,
}

/// One tab.
struct One {
    tab: Tab,
    /// What the other one changed, and this one has not heard of.
    news: VecDeque<RecordKey>,
    /// Texts typed here that are not kept yet.
    waits: BTreeSet<(u8, String)>,
    /// What was deleted here and not saved yet, and what it said.
    deletes: Vec<(u8, String)>,
}

/// Keys and values for the journal.
type Values = Vec<(String, String)>;

struct Model {
    phone: TestDevice,
    tabs: [One; 2],
    /// What was given to the journal, by which tab, and what that wrote.
    under_way: VecDeque<(usize, Values, Vec<Written>)>,
    /// The tab that has its turn until the journal has what it gave.
    turn: Option<usize>,
    /// Texts that were called kept, by note.
    kept: BTreeSet<(u8, String)>,
    /// All texts ever typed, by note.
    typed: BTreeSet<(u8, String)>,
    /// Notes that must be gone: deleted with all that was typed into them on the screen.
    gone: BTreeSet<u8>,
    /// How often the passphrase was changed: back and forth between two.
    changes: usize,
}

fn visit(n: u8, note: &str) -> Record {
    Record::Visit(Visit { id: VisitId(Id([n; 12])), quick_note: note.into(), ..sample_visit() })
}

fn place(n: u8) -> RecordKey {
    RecordKey::of(&visit(n, ""))
}

fn note(entries: &Entries, n: u8) -> Option<&str> {
    match entries.get(&place(n)) {
        Some(Record::Visit(visit)) => Some(&visit.quick_note),
        _ => None,
    }
}

/// All notes on the screen.
fn notes(tab: &Tab) -> Vec<String> {
    tab.entries.visits().map(|visit| format!("{} {}", visit.id, visit.quick_note)).collect()
}

impl Model {
    fn new() -> Self {
        let phone = TestDevice::new();
        let mut tab = phone.open();
        tab.entries.put(visit(1, "begin"));
        assert!(tab.flush(&phone));
        let one = || One { tab: phone.open(), news: VecDeque::new(), waits: BTreeSet::new(), deletes: Vec::new() };
        let tabs = [one(), one()];
        let (kept, typed) = (BTreeSet::from([(1, "begin".to_owned())]), BTreeSet::from([(1, "begin".to_owned())]));
        let (under_way, gone) = (VecDeque::new(), BTreeSet::new());
        Self { phone, tabs, under_way, turn: None, kept, typed, gone, changes: 0 }
    }

    fn happen(&mut self, nth: usize, event: Event) {
        match event {
            Event::Type(at, n) => {
                let text = format!("<{nth}>");
                let before = note(&self.tabs[at].tab.entries, n).unwrap_or_default();
                let after = format!("{before}{text}");
                self.tabs[at].tab.entries.put(visit(n, &after));
                self.tabs[at].waits.insert((n, text.clone()));
                self.typed.insert((n, text));
                self.gone.remove(&n);
            }
            Event::Delete(at, n) => {
                let Some(seen) = note(&self.tabs[at].tab.entries, n).map(ToOwned::to_owned) else { return };
                self.tabs[at].tab.entries.remove(&place(n));
                self.tabs[at].waits.retain(|(of, _)| *of != n);
                self.tabs[at].deletes.push((n, seen));
            }
            Event::Save(at) => {
                if self.turn.is_none() {
                    self.save(at, true);
                }
            }
            Event::Hide(at) => self.save(at, false),
            Event::Arrive => self.arrive(true),
            Event::Fail => self.arrive(false),
            Event::Hear(at) => {
                if let Some(place) = self.tabs[at].news.pop_front() {
                    self.tabs[at].tab.hear(&self.phone, &place);
                }
            }
            Event::Deafen(at) => self.tabs[at].news.clear(),
            Event::Reload(at) => {
                self.save(at, false);
                self.open(at);
            }
            Event::Kill(at) => {
                // What it gave the journal may be lost with it; the store has that.
                self.under_way.retain(|(of, ..)| *of != at);
                if self.turn == Some(at) {
                    self.turn = None;
                }
                self.tabs[at].waits.clear();
                self.open(at);
            }
            Event::Passphrase(at) => {
                self.changes += 1;
                let tab = &self.tabs[at].tab;
                let mut entropy = self.phone.entropy();
                assert_eq!(tab.vault.change_passphrase(&self.phone.store, self.key(), &mut entropy), Ok(()));
                self.phone.journal_header(&tab.vault);
            }
            Event::Restore(at) => {
                let text = format!("<{nth}>");
                let (one, record) = (&mut self.tabs[at], visit(1, &text));
                let both = one.tab.entries.get(&place(1)).and_then(|here| Record::unite(here, &record));
                one.tab.entries.put(both.unwrap_or(record));
                one.waits.insert((1, text.clone()));
                self.typed.insert((1, text));
                self.gone.remove(&1);
            }
            Event::ClearStore => {
                // What was on its way has to arrive, or both stores lost it at once.
                self.arrive_all();
                for at in [0, 1] {
                    if !self.tabs[at].tab.owed.is_empty() {
                        self.save(at, false);
                        self.arrive_all();
                    }
                }
                self.phone.store.snapshot().keys().for_each(|key| self.phone.store.uproot(key));
                for at in [0, 1] {
                    self.tabs[at].waits.clear();
                    self.open(at);
                }
            }
        }
    }

    fn key(&self) -> &'static PassphraseKey {
        if self.changes.is_multiple_of(2) { key() } else { new_key() }
    }

    /// Puts what is not saved in the store, tells the other tab, and gives it to the journal.
    fn save(&mut self, at: usize, in_turn: bool) {
        let one = &mut self.tabs[at];
        let why = one.tab.store_all(&self.phone);
        assert_eq!(why, None);
        assert!(!one.tab.entries.has_unsaved());
        let deletes = core::mem::take(&mut one.deletes);
        let owed: Vec<Written> = core::mem::take(&mut one.tab.owed);
        let values = for_journal(&self.phone.store, &owed).unwrap();
        self.tabs[1 - at].news.extend(owed.iter().map(|written| written.place));
        for (n, seen) in deletes {
            let other = |(of, text): &(u8, String)| *of != n || !seen.contains(text.as_str());
            if self.typed.iter().all(|typed| typed.0 != n || !other(typed)) {
                self.gone.insert(n);
            }
            self.kept.retain(other);
            self.tabs.iter_mut().for_each(|one| one.waits.retain(other));
        }
        if in_turn {
            self.turn = Some(at);
        }
        self.under_way.push_back((at, values, owed));
    }

    fn arrive(&mut self, goes_well: bool) {
        let Some((at, values, mut written)) = self.under_way.pop_front() else { return };
        let last = !self.under_way.iter().any(|(of, ..)| *of == at);
        if last && self.turn == Some(at) {
            self.turn = None;
        }
        let one = &mut self.tabs[at];
        if goes_well {
            self.phone.commit(&values).unwrap();
        } else {
            written.append(&mut one.tab.owed);
            one.tab.owed = written;
        }
        // Nothing is called kept while something is still on its way. Where the journal takes
        // nothing, it is kept in the store.
        if last && !one.tab.entries.has_unsaved() {
            self.kept.append(&mut one.waits);
        }
    }

    fn open(&mut self, at: usize) {
        // Who reads the journal waits for what was given to it before.
        self.arrive_all();
        let State::Locked(header) = self.phone.start() else { panic!("no vault") };
        let mut tab = self.phone.opened(header.unlock(self.key()).unwrap());
        assert_eq!(tab.set_aside, []);
        if tab.entries.has_unsaved() {
            let _ = tab.store_all(&self.phone);
        }
        let one = &mut self.tabs[at];
        (one.tab, one.news) = (tab, VecDeque::new());
        one.deletes.clear();
    }

    /// Everything arrives, is heard of and saved; then what must hold is looked at.
    fn end(mut self) -> Result<(), String> {
        for _ in 0..4 {
            for at in [0, 1] {
                // Whoever was deaf hears it when it saves, or is opened anew.
                for n in 1..=2 {
                    self.tabs[at].tab.hear(&self.phone, &place(n));
                }
                self.save(at, false);
                self.arrive_all();
            }
        }
        let screens = [notes(&self.tabs[0].tab), notes(&self.tabs[1].tab)];
        if screens[0] != screens[1] {
            return Err(format!("the tabs differ: {screens:?}"));
        }
        let State::Locked(header) = self.phone.start() else { return Err("no vault".into()) };
        for power in [false, true] {
            // Also when the store is lost, for the journal has it all.
            if power {
                self.phone.store.snapshot().keys().for_each(|key| self.phone.store.uproot(key));
                self.phone.start();
            }
            let third = self.phone.opened(header.unlock(self.key()).unwrap());
            if notes(&third) != screens[0] || !third.set_aside.is_empty() {
                return Err(format!("a third one finds {:?}, not {:?}", notes(&third), screens[0]));
            }
            for (n, text) in &self.kept {
                if !note(&third.entries, *n).is_some_and(|note| note.contains(text.as_str())) {
                    return Err(format!("{text} was kept in note {n}, and is not in {:?}", note(&third.entries, *n)));
                }
            }
            for n in &self.gone {
                if note(&third.entries, *n).is_some() {
                    return Err(format!("note {n} was deleted, and came back"));
                }
            }
        }
        Ok(())
    }

    fn arrive_all(&mut self) {
        while !self.under_way.is_empty() {
            self.arrive(true);
        }
    }
}

fn told(events: &[Event]) -> Result<(), String> {
    let mut model = Model::new();
    events.iter().enumerate().for_each(|(nth, event)| model.happen(nth, *event));
    model.end()
}

fn any_event() -> impl Strategy<Value = Event> {
    let at = || 0..2_usize;
    prop_oneof![
        6 => (at(), 1..=2_u8).prop_map(|(at, n)| Event::Type(at, n)),
        2 => (at(), 1..=2_u8).prop_map(|(at, n)| Event::Delete(at, n)),
        4 => at().prop_map(Event::Save),
        3 => at().prop_map(Event::Hide),
        5 => Just(Event::Arrive),
        1 => Just(Event::Fail),
        4 => at().prop_map(Event::Hear),
        1 => at().prop_map(Event::Deafen),
        1 => at().prop_map(Event::Reload),
        1 => at().prop_map(Event::Kill),
        1 => at().prop_map(Event::Passphrase),
        1 => at().prop_map(Event::Restore),
        1 => Just(Event::ClearStore),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_to_two_tabs_nothing_kept_is_lost(events in prop::collection::vec(any_event(), 1..40)) {
        prop_assert_eq!(told(&events), Ok(()));
    }
}

/// All orders in which two lists can be told.
fn every_order(one: &[Event], two: &[Event], before: &mut Vec<Event>, count: &mut usize) {
    if one.is_empty() && two.is_empty() {
        *count += 1;
        assert_eq!(told(before), Ok(()), "{before:?}");
        return;
    }
    for (list, other, swapped) in [(one, two, false), (two, one, true)] {
        let Some((first, rest)) = list.split_first() else { continue };
        before.push(*first);
        if swapped {
            every_order(other, rest, before, count);
        } else {
            every_order(rest, other, before, count);
        }
        before.pop();
    }
}

/// Both tabs do four things in one note, and in every order.
#[test]
fn two_tabs_in_every_order() {
    use Event::{Arrive, Delete, Hear, Hide, Kill, Save, Type};
    let lists = |at: usize| -> Vec<Vec<Event>> {
        vec![
            vec![Type(at, 1), Save(at), Arrive, Hear(at)],
            vec![Type(at, 1), Hide(at), Type(at, 1), Hide(at)],
            vec![Type(at, 1), Hide(at), Hear(at), Arrive],
            vec![Delete(at, 1), Hide(at), Hear(at), Arrive],
            vec![Type(at, 1), Hide(at), Kill(at), Arrive],
        ]
    };
    let mut count = 0;
    for one in lists(0) {
        for two in lists(1) {
            every_order(&one, &two, &mut Vec::new(), &mut count);
        }
    }
    assert_eq!(count, 25 * 70);
}
