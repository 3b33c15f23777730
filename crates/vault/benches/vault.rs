//! Seals and opens 2,000 visits with notes of 2,000 characters each, natively.
//!
//! `cargo bench -p naast-vault`. The numbers to compare between machines are the ratios to the baseline: copying
//! the same texts. No target is asserted.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark prints, and fails loudly"
)]

use naast_core::records::{FamilyId, Id, Record, Visit, VisitId};
use naast_core::time::{Day, Moment};
use naast_vault::backup::{FRONT_MAX, Front, Whole, Writer};
use naast_vault::memory::MemoryStore;
use naast_vault::{Entries, Entropy, KdfSetup, Passphrase, RecordKey, Unsaved, Vault, create, derive};
use std::hint::black_box;
use std::time::{Duration, Instant};

const VISITS: u32 = 2_000;
const NOTE: usize = 2_000;
const ROUNDS: usize = 7;

/// Fast and predictable: the benchmark measures sealing, not random numbers.
struct Counter(u64);

impl Entropy for Counter {
    fn fill(&mut self, buf: &mut [u8]) {
        for byte in buf {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *byte = (self.0 >> 56) as u8;
        }
    }
}

fn visits() -> Vec<Record> {
    let words: Vec<&str> = include_str!("../tests/notes.txt").split_inclusive([' ', '\n']).collect();
    let visit = |n: u32| {
        let mut id = [0; 12];
        id[..4].copy_from_slice(&n.to_be_bytes());
        let visit = Visit::new(VisitId(Id(id)), FamilyId(Id([1; 12])), Day(20_000), Moment(0));
        // The words are in another order for every visit: a note does not repeat itself.
        let word = |at: usize| words[(7_919 * n as usize + at * at) % words.len()];
        let note = (0..).map(word).flat_map(str::chars).take(NOTE).collect();
        Record::Visit(Visit { seen_heard: note, ..visit })
    };
    (0..VISITS).map(visit).collect()
}

fn saved(vault: &Vault, store: &MemoryStore, visits: &[Record]) {
    let mut entropy = Counter(7);
    for visit in visits {
        let change = Unsaved { place: RecordKey::of(visit), record: Some(visit.clone()), based_on: None };
        let saved = vault.save_all(store, &[change], &mut entropy);
        assert!(saved.refused.is_empty(), "saved");
    }
}

/// The backup, in its pieces.
fn written(vault: &Vault, entries: &Entries) -> Vec<Vec<u8>> {
    let mut writer = Writer::new(vault, Moment(0), &mut Counter(9));
    std::iter::from_fn(|| writer.piece(entries).expect("not too large")).collect()
}

fn read(vault: &Vault, file: &[Vec<u8>]) -> Whole {
    let front = Front::read(&file[0][..file[0].len().min(FRONT_MAX)]).expect("a backup");
    let reader = front.open(vault).expect("of this vault");
    file[1..].iter().fold(reader, |reader, piece| reader.feed(piece).expect("whole")).finish().expect("all of it")
}

/// The median of several rounds.
fn time<T>(mut prepare: impl FnMut() -> T, mut work: impl FnMut(T)) -> Duration {
    let mut rounds: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let input = prepare();
            let start = Instant::now();
            work(input);
            start.elapsed()
        })
        .collect();
    rounds.sort_unstable();
    rounds[ROUNDS / 2]
}

fn main() {
    let mut entropy = Counter(1);
    let passphrase = Passphrase::from_typed("boom fiets kaas maan lepel");
    let setup = KdfSetup::new(&mut entropy);
    let key = derive(&passphrase, &setup).expect("memory");
    let fresh = || {
        let store = MemoryStore::new();
        let vault = create(&store, &key, &mut Counter(1)).expect("made");
        (store, vault)
    };
    let visits = visits();
    let (full, vault) = fresh();
    saved(&vault, &full, &visits);

    let floor = time(|| (), |()| drop(black_box(visits.clone())));
    let report = |what: &str, took: Duration| {
        let ms = took.as_secs_f64() * 1e3;
        println!("{what:<44} {ms:>9.2} ms   ×{:.1} the floor", took.as_secs_f64() / floor.as_secs_f64());
    };
    println!("{VISITS} visits with {NOTE} characters each, median of {ROUNDS} rounds");
    report("floor: copy the records", floor);
    report("seal and save all", time(fresh, |(store, vault)| saved(&vault, &store, &visits)));
    report("read and open all", time(|| (), |()| drop(black_box(vault.load(&full, Vec::new())))));
    let entries = Entries::of(vault.load(&full, Vec::new()).expect("read").records);
    let file = written(&vault, &entries);
    report("write a backup", time(|| (), |()| drop(black_box(written(&vault, &entries)))));
    report("read a backup", time(|| (), |()| drop(black_box(read(&vault, &file)))));
    report(
        "compare it with what is here",
        time(|| read(&vault, &file), |whole| drop(black_box(whole.contents(&entries, &[])))),
    );
    report(
        "merge it into what is here",
        time(|| read(&vault, &file), |whole| drop(black_box(whole.merge(&entries, &[])))),
    );
    report("derive the key, 32 MiB and 3 passes", time(|| (), |()| drop(black_box(derive(&passphrase, &setup)))));
}
