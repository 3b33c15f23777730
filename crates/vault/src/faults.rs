//! Whole stories on a phone, and every write in them going wrong in every way. Compiled for tests only.
//!
//! A story is a list of chapters. It is told once without a fault, to count its writes; then once for
//! each write of either store and each [`Fault`], until the fault has struck. Then the power goes,
//! the vault is opened anew, and looked at ([`Run::look`]); then life goes on for a while.
//!
//! What must hold then:
//! - what the screen called kept is there, in one of the forms that were on it since;
//! - what was saved together is there together or not at all (a store without room may save one by one);
//! - the vault opens with one of the ways in that were made since the last one that was acknowledged;
//! - nothing that cannot be read was written over, and only what was never kept cannot be read;
//! - there is never no vault where there was one, and opening once more changes nothing.

use crate::backup::{FRONT_MAX, Front, Whole, Writer};
use crate::memory::Fault;
use crate::test_device::{Tab, TestDevice, key, new_key};
use crate::testing::{cheap_key, full_visit};
use crate::vault::Opened;
use crate::{Device, DeviceKey, HEADER_KEY, KdfSetup, Passphrase, PassphraseKey, RecordKey, State, StoreError, derive};
use naast_core::content::{About, Phase};
use naast_core::records::{
    Concern, ConcernId, Family, FamilyId, Id, OwnQuestion, OwnQuestionId, Record, Visit, VisitId,
};
use naast_core::time::{Day, Moment};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// All records on the screen.
type Screen = BTreeMap<RecordKey, Record>;

/// The ways into the vault: which passphrase, and whether by recovery words and by a device.
#[derive(Clone, Copy)]
struct Ways {
    passphrase: fn() -> &'static PassphraseKey,
    words: bool,
    device: bool,
}

/// A piece of a story, and its name.
type Chapter = (&'static str, fn(&mut Run));

struct Run {
    phone: TestDevice,
    tab: Option<Tab>,
    /// The screen that was last called kept, and all that were to be saved since.
    screens: Vec<Screen>,
    /// The same of the ways in; nothing as long as no vault was made.
    ways: Vec<Ways>,
    /// The store had no room, so what belongs together may be there in part.
    no_room: bool,
    backup: Option<Whole>,
}

impl Run {
    fn tab(&mut self) -> &mut Tab {
        self.tab.get_or_insert_with(|| unreachable!("no chapter leaves without a tab"))
    }

    fn put(&mut self, record: Record) {
        self.tab().entries.put(record);
    }

    fn take(&mut self, record: &Record) {
        self.tab().entries.remove(&RecordKey::of(record));
    }

    /// Saves; when that fails once more, as the app does by itself.
    fn save(&mut self) {
        let Some(mut tab) = self.tab.take() else { return };
        self.save_in(&mut tab);
        self.tab = Some(tab);
    }

    fn save_in(&mut self, tab: &mut Tab) {
        for _ in 0..2 {
            self.screens.push(tab.screen());
            let kept = tab.flush(&self.phone);
            self.screens.push(tab.screen());
            if kept {
                self.screens = vec![tab.screen()];
                break;
            }
        }
    }

    /// Changes the ways in; `change` says whether it was acknowledged.
    fn way(&mut self, alter: fn(&mut Ways), change: impl FnOnce(&Tab, &TestDevice) -> bool) {
        let mut ways = *self.ways.last().unwrap();
        alter(&mut ways);
        self.ways.push(ways);
        let Some(tab) = self.tab.take() else { return };
        if change(&tab, &self.phone) {
            self.phone.journal_header(&tab.vault);
            self.ways = vec![ways];
        }
        self.tab = Some(tab);
    }

    /// Locks, and opens again.
    fn open(&mut self) {
        self.tab = None;
        let header = match self.phone.start() {
            State::Locked(header) => header,
            // Nobody can go on without power.
            _ if self.phone.store.is_dead() => return,
            state => panic!("{state:?}"),
        };
        let opens = |ways: &&Ways| {
            header.unlock((ways.passphrase)()).is_ok()
                && header.unlock(words()).is_ok() == ways.words
                && header.unlock_with_device(&device().1).is_ok() == ways.device
        };
        let ways = *self.ways.iter().find(opens).expect("no way in");
        self.ways = vec![ways];
        self.tab = Some(self.phone.opened(header.unlock((ways.passphrase)()).unwrap()));
    }

    /// Opens the vault after all that happened, and looks whether all is right.
    fn look(&mut self) {
        self.tab = None;
        if self.ways.is_empty() {
            return self.make_anew();
        }
        // Nobody but us had the header, so it still says which texts can be read.
        let before = self.texts();
        self.open();
        let mut tab = self.tab.take().unwrap();
        let unreadable = before.iter().filter(|(key, text)| {
            RecordKey::parse(key).is_some_and(|place| matches!(tab.vault.open(&place, text), Opened::Unreadable(_)))
        });
        let now = self.texts();
        for (key, text) in unreadable {
            assert!(now.iter().any(|(_, kept)| kept == text), "{key} was written over");
        }

        let mut screen = tab.screen();
        let aside: BTreeSet<RecordKey> =
            tab.set_aside.iter().filter_map(|aside| RecordKey::parse(&aside.key)).collect();
        for place in &aside {
            assert!(!self.screens[0].contains_key(place), "{place} was kept and cannot be read");
        }
        let without = |screen: &Screen| -> Screen {
            screen
                .iter()
                .filter(|(place, _)| !aside.contains(place))
                .map(|(place, record)| (*place, record.clone()))
                .collect()
        };
        let whole = self.screens.iter().any(|kept| without(kept) == screen);
        let in_part = || {
            let places: BTreeSet<&RecordKey> =
                self.screens.iter().flat_map(BTreeMap::keys).chain(screen.keys()).collect();
            places.iter().all(|&place| self.screens.iter().any(|kept| kept.get(place) == screen.get(place)))
        };
        assert!(whole || self.no_room && in_part(), "{screen:#?}\nis none of\n{:#?}", self.screens);

        // Once more changes nothing, but for the words that something is gone.
        assert!(!tab.entries.has_unsaved());
        drop(tab);
        self.open();
        let before = self.texts();
        self.open();
        assert_eq!(self.texts(), before);
        tab = self.tab.take().unwrap();
        assert_eq!(tab.screen(), screen);

        // And life goes on: what is written now is the newest, in both stores.
        let place = RecordKey::of(&visit(9, ""));
        if !aside.contains(&place) {
            tab.entries.put(visit(9, "het leven gaat verder"));
            assert!(tab.flush(&self.phone));
            screen = tab.screen();
            self.tab = None;
            self.open();
            tab = self.tab.take().unwrap();
            assert_eq!(tab.screen(), screen);
        }
        (self.screens, self.no_room, self.tab) = (vec![screen], false, Some(tab));
    }

    /// Where making the vault went wrong there is none, or one without anything in it.
    fn make_anew(&mut self) {
        match self.phone.start() {
            State::Absent | State::Locked(_) | State::Corrupt => self.phone = TestDevice::empty(),
            state => panic!("{state:?}"),
        }
        make(self);
    }

    /// All that lies in either store.
    fn texts(&self) -> Vec<(String, String)> {
        let journal = self.phone.journal.values.borrow();
        self.phone.store.snapshot().into_iter().chain(journal.clone()).collect()
    }

    /// A store is cleared, wholly or every other key of it, and the vault opened.
    fn clear(&mut self, store: bool, every: usize) {
        self.tab = None;
        if store {
            self.phone.store.snapshot().keys().step_by(every).for_each(|key| self.phone.store.uproot(key));
        } else {
            let mut nth = 0;
            self.phone.journal.values.borrow_mut().retain(|_, _| {
                nth += 1;
                (nth - 1) % every != 0
            });
        }
        self.open();
    }
}

fn visit(n: u8, note: &str) -> Record {
    let id = VisitId(Id([n; 12]));
    Record::Visit(Visit { id, family: FamilyId(Id([n % 2; 12])), quick_note: note.into(), ..full_visit() })
}

fn family(n: u8, nickname: &str) -> Record {
    let (id, nickname) = (FamilyId(Id([n; 12])), nickname.into());
    Record::Family(Family { id, nickname, since: Day(20_000), ..Family::default() })
}

fn question(text: &str) -> Record {
    let (id, follow_up) = (OwnQuestionId(Id([3; 12])), String::new());
    Record::OwnQuestion(OwnQuestion { id, text: text.into(), follow_up, phase: Phase::Wishes, about: About::Child })
}

fn concern(seen: &str) -> Record {
    let concern = Concern::new(ConcernId(Id([4; 12])), FamilyId(Id([1; 12])), None, Moment(1));
    Record::Concern(Concern { seen: seen.into(), ..concern })
}

fn words() -> &'static PassphraseKey {
    static KEY: OnceLock<PassphraseKey> = OnceLock::new();
    KEY.get_or_init(|| {
        let mut setup = cheap_key("x").setup.to_bytes();
        setup[22] ^= 1;
        derive(&Passphrase::from_recovery_words("twaalf woorden"), &KdfSetup::from_bytes(&setup).unwrap()).unwrap()
    })
}

fn device() -> (Device, DeviceKey) {
    (Device::new(vec![1; 20], [1; 32], Moment(7)).unwrap(), DeviceKey::from_prf(&[1; 32]).unwrap())
}

fn make(run: &mut Run) {
    if let Ok(vault) = run.phone.create(key()) {
        run.ways = vec![Ways { passphrase: key, words: false, device: false }];
        run.tab = Some(run.phone.opened(vault));
    }
}

const LIFE: &[Chapter] = &[
    ("a vault is made", make),
    ("a family, two visits, a question and a concern", |run| {
        run.put(family(1, "Zon"));
        run.put(visit(1, "eerste bezoek"));
        run.put(visit(3, "tweede bezoek"));
        run.put(question("Wat helpt?"));
        run.put(concern("Geen jas aan."));
        run.save();
    }),
    ("typing, saved again and again", |run| {
        for text in ["e", "een", "een zin"] {
            run.put(visit(1, text));
            run.save();
        }
    }),
    ("the family goes with its visits", |run| {
        for record in [family(1, ""), visit(1, ""), visit(3, ""), concern("")] {
            run.take(&record);
        }
        run.put(question("Wat helpt nog meer?"));
        run.save();
    }),
    ("and is brought back", |run| {
        run.put(family(1, "Zon"));
        run.put(visit(1, "een zin"));
        run.put(visit(3, "tweede bezoek"));
        run.save();
    }),
    ("a visit goes, and is locked away", |run| {
        run.take(&visit(3, ""));
        run.save();
        run.open();
    }),
    ("two tabs type in one note", |run| {
        let mut other = run.phone.open();
        other.entries.put(visit(1, "een zin, van de ander"));
        run.save_in(&mut other);
        run.put(visit(1, "een zin, van mij"));
        run.save();
    }),
    ("a backup is made", |run| {
        let tab = run.tab.take().unwrap();
        let mut writer = Writer::new(&tab.vault, Moment(5), &mut run.phone.entropy());
        let file = core::iter::from_fn(|| writer.piece(&tab.entries).unwrap()).collect::<Vec<_>>().concat();
        let front = Front::read(&file[..file.len().min(FRONT_MAX)]).unwrap();
        let reader = front.open(&tab.vault).unwrap().feed(&file[front.size()..]).unwrap();
        (run.backup, run.tab) = (Some(reader.finish().unwrap()), Some(tab));
    }),
    ("another passphrase", |run| {
        run.way(
            |ways| ways.passphrase = new_key,
            |tab, phone| tab.vault.change_passphrase(&phone.store, new_key(), &mut phone.entropy()).is_ok(),
        );
    }),
    ("recovery words", |run| {
        run.way(
            |ways| ways.words = true,
            |tab, phone| tab.vault.set_recovery(&phone.store, Some(words()), &mut phone.entropy()).is_ok(),
        );
    }),
    ("the lock of the phone", |run| {
        run.way(
            |ways| ways.device = true,
            |tab, phone| {
                let (device, key) = device();
                tab.vault.add_device(&phone.store, device, &key, &mut phone.entropy()).is_ok()
            },
        );
    }),
    ("the lock of the phone is taken away", |run| {
        run.way(
            |ways| ways.device = false,
            |tab, phone| tab.vault.remove_device(&phone.store, device().0.credential(), &mut phone.entropy()).is_ok(),
        );
    }),
    ("the page ends before the journal has it", |run| {
        run.put(visit(1, "net op tijd"));
        run.put(visit(5, "en nog een"));
        run.take(&question(""));
        let screen = run.tab().screen();
        run.screens.push(screen);
        let mut tab = run.tab.take().unwrap();
        if tab.store_all(&run.phone).is_none() {
            run.screens = vec![tab.screen()];
        }
        run.open();
    }),
    ("the backup is merged", |run| {
        let (whole, tab) = (run.backup.clone().unwrap(), run.tab());
        let changes = whole.merge(&tab.entries, &tab.set_aside);
        changes.put.into_iter().for_each(|record| tab.entries.put(record));
        run.save();
    }),
    ("the backup takes the place of everything", |run| {
        let (whole, tab) = (run.backup.clone().unwrap(), run.tab());
        let changes = whole.replace(&tab.entries, &tab.set_aside);
        changes.put.into_iter().for_each(|record| tab.entries.put(record));
        changes.remove.iter().for_each(|place| tab.entries.remove(place));
        run.save();
    }),
    ("the store is cleared", |run| run.clear(true, 1)),
    ("a part of the store is cleared", |run| run.clear(true, 2)),
    ("a part of the journal is cleared", |run| run.clear(false, 2)),
    ("the journal is cleared", |run| run.clear(false, 1)),
];

/// Chapters in which one store loses what it has: what the other one lacks by then is lost, and only
/// two faults at once bring that about.
fn loses(chapter: &str) -> bool {
    chapter.ends_with("cleared")
}

/// What is old is opened, written on, gets other ways in, and is opened again.
const OLD: &[Chapter] = &[
    ("it opens", Run::open),
    ("every record is written on", |run| {
        for (_, mut record) in run.tab().screen() {
            match &mut record {
                Record::Family(family) => family.nickname.push_str(" en nu"),
                Record::Visit(visit) => visit.quick_note.push_str(" en nu"),
                Record::OwnQuestion(question) => question.text.push_str(" en nu"),
                Record::Concern(concern) => concern.seen.push_str(" en nu"),
            }
            run.put(record);
        }
        run.save();
    }),
    ("recovery words", |run| {
        run.way(
            |ways| ways.words = true,
            |tab, phone| tab.vault.set_recovery(&phone.store, Some(words()), &mut phone.entropy()).is_ok(),
        );
    }),
    ("another passphrase", |run| {
        run.way(
            |ways| ways.passphrase = new_key,
            |tab, phone| tab.vault.change_passphrase(&phone.store, new_key(), &mut phone.entropy()).is_ok(),
        );
    }),
    ("the store is cleared", |run| run.clear(true, 1)),
    ("the journal is cleared", |run| run.clear(false, 1)),
];

/// What goes wrong, and in which store.
#[derive(Debug, Clone, Copy)]
struct Plan {
    in_journal: bool,
    at: usize,
    fault: Fault,
    /// The power goes a chapter later than the fault strikes.
    late: bool,
}

const FAULTS: [Fault; 9] = [
    Fault::Refuse(StoreError::Full),
    Fault::Refuse(StoreError::Other),
    Fault::Tear,
    Fault::TearAndDie,
    Fault::Die,
    Fault::Lose,
    Fault::LoseAll,
    Fault::Older,
    Fault::Repeat,
];

/// Tells a story; gives how many writes the store saw, and how many the journal.
fn tell(story: &[Chapter], begin: fn() -> Run, plan: Option<Plan>) -> [usize; 2] {
    let mut run = begin();
    if let Some(Plan { in_journal, at, fault, .. }) = plan {
        if in_journal {
            run.phone.journal.fault.set(Some((at, fault)));
        } else {
            run.phone.store.fail_write(at, fault);
        }
        run.no_room = matches!(fault, Fault::Refuse(_));
    }
    let mut waits = plan.is_some_and(|plan| plan.late);
    for (nth, (name, chapter)) in story.iter().enumerate() {
        chapter(&mut run);
        let Some(Plan { in_journal, at, .. }) = plan else { continue };
        let struck = if in_journal { run.phone.journal.commits.get() > at } else { run.phone.store.has_failed() };
        if !struck {
            continue;
        }
        // Where the next one clears a store it would be two faults at once.
        if waits && !loses(name) && story.get(nth + 1).is_some_and(|(next, _)| !loses(next)) && run.tab.is_some() {
            waits = false;
            continue;
        }
        run.phone.revive();
        run.look();
        return [0; 2];
    }
    run.phone.revive();
    let counts = [run.phone.store.writes(), run.phone.journal.commits.get()];
    run.look();
    counts
}

/// Tells a story with every fault at every write.
fn tell_all(story: &[Chapter], begin: fn() -> Run) {
    let counts = tell(story, begin, None);
    for fault in FAULTS {
        // What was not done is known at once; what was done and is not on the disk shows later.
        let lates = if matches!(fault, Fault::Lose | Fault::LoseAll | Fault::Older | Fault::Repeat) { 2 } else { 1 };
        for (in_journal, count) in [false, true].into_iter().zip(counts) {
            for at in 0..count {
                for late in [false, true].into_iter().take(lates) {
                    let plan = Plan { in_journal, at, fault, late };
                    let told = std::panic::catch_unwind(|| tell(story, begin, Some(plan)));
                    assert!(told.is_ok(), "{plan:?}");
                }
            }
        }
    }
}

fn nothing_yet() -> Run {
    let (screens, ways) = (vec![Screen::new()], Vec::new());
    Run { phone: TestDevice::empty(), tab: None, screens, ways, no_room: false, backup: None }
}

/// A phone as an older version left it: with a header, and these values.
fn left(header: &str, values: &[(&str, &str)], passphrase: fn() -> &'static PassphraseKey) -> Run {
    let mut run = nothing_yet();
    run.phone.store.plant(HEADER_KEY, header.trim_ascii());
    values.iter().for_each(|(key, text)| run.phone.store.plant(*key, text.trim_ascii()));
    run.ways = vec![Ways { passphrase, words: false, device: false }];
    let State::Locked(header) = run.phone.start() else { panic!() };
    let loaded = header.unlock(passphrase()).unwrap().load(&run.phone.store, Vec::new()).unwrap();
    assert!(loaded.set_aside.is_empty() && !loaded.records.is_empty());
    run.screens = vec![loaded.records.into_iter().map(|found| (RecordKey::of(&found.value), found.value)).collect()];
    run
}

macro_rules! vector {
    ($name:literal) => {
        include_str!(concat!("../tests/vectors/", $name, ".txt"))
    };
}

fn old_key() -> &'static PassphraseKey {
    static KEY: OnceLock<PassphraseKey> = OnceLock::new();
    KEY.get_or_init(|| cheap_key("boom fiets kaas maan lepel"))
}

/// The same passphrase, with the costs of the header of version 2.
fn old_key_v2() -> &'static PassphraseKey {
    static KEY: OnceLock<PassphraseKey> = OnceLock::new();
    KEY.get_or_init(|| {
        let State::Locked(header) = State::of(vector!("header_v2_good").trim_ascii()) else { panic!() };
        derive(&Passphrase::from_typed("boom fiets kaas maan lepel"), header.setup()).unwrap()
    })
}

const FAMILY: &str = "naast.family.010101010101010101010101";
const VISIT: &str = "naast.visit.020202020202020202020202";
const QUESTION: &str = "naast.question.030303030303030303030303";
const CONCERN: &str = "naast.concern.080808080808080808080808";

#[test]
fn any_write_of_a_life_may_go_wrong() {
    tell_all(LIFE, nothing_yet);
}

#[test]
fn any_write_may_go_wrong_in_what_version_1_left() {
    tell_all(OLD, || {
        let records = [
            (FAMILY, vector!("family_v1_good")),
            (VISIT, vector!("visit_v1_good")),
            (QUESTION, vector!("question_v1_good")),
        ];
        left(vector!("header_v1_least_costs"), &records, old_key)
    });
}

#[test]
fn any_write_may_go_wrong_in_what_version_2_left() {
    tell_all(OLD, || {
        let records = [
            (FAMILY, vector!("family_inner_v2_good")),
            (VISIT, vector!("visit_inner_v2_good")),
            (QUESTION, vector!("question_inner_v2_good")),
            (CONCERN, vector!("concern_inner_v2_good")),
        ];
        left(vector!("header_v2_good"), &records, old_key_v2)
    });
}

#[test]
fn any_write_may_go_wrong_in_what_was_left_pressed() {
    tell_all(OLD, || {
        let records = [
            (FAMILY, vector!("family_inner_v4_good")),
            (VISIT, vector!("visit_inner_v4_good")),
            (QUESTION, vector!("question_inner_v4_good")),
            (CONCERN, vector!("concern_inner_v4_good")),
        ];
        left(vector!("header_v2_good"), &records, old_key_v2)
    });
}
