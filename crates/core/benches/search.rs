//! How long a keystroke of search takes, over the real bank and over years of
//! notes: `cargo bench -p naast-core`.
//!
//! Each line is a query typed letter by letter; the time is that of its slowest
//! letter, the median of many rounds. The aim is one frame (16 ms) on a phone
//! that is six times slower, so well below 2,600 µs here.
#![allow(clippy::print_stdout, reason = "the table is what this is for")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use naast_content::{Problem, language_dir, load};
use naast_core::bank::Bank;
use naast_core::content::Question;
use naast_core::find::{Finder, SNIPPET, snippet};
use naast_core::records::{FamilyId, Id, Record, Visit, VisitId};
use naast_core::search::Filter;
use naast_core::time::{Day, Moment};

/// Whole words, a first letter, slips, several words, and nothing to find.
const QUERIES: [&str; 8] =
    ["vertrouwen", "slapen", "je", "vertruowne", "wat helpt kind", "ochtned", "onwaarschijnlijkheid", "xqzw"];
const ROUNDS: usize = 200;

/// Far more than a worker writes in years.
const VISITS: u32 = 2_000;
/// Letters of a note.
const NOTE: usize = 2_000;
/// Different words in all notes.
const VOCABULARY: f64 = 30_000.0;
/// As many as one would show.
const MOST: usize = 30;

fn main() -> Result<(), String> {
    let told = |problems: Vec<Problem>| problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n");
    let content = load(&language_dir("nl")).map_err(told)?;

    let build = median(20, || drop(black_box(Bank::new(&content, []))));
    let bank = Bank::new(&content, []);
    println!("{} questions, index built in {} µs", bank.all().len(), build.as_micros());
    println!("{:<22} {:>12} {:>6}  first found", "query", "µs a letter", "found");
    let mut slowest = Duration::ZERO;
    for query in QUERIES {
        let time = slowest_letter(query, ROUNDS, &|typed| drop(black_box(search(&bank, typed))));
        let found = search(&bank, query);
        let first = found.first().map_or("", |question| &question.text.je);
        println!("{query:<22} {:>12} {:>6}  {first}", time.as_micros(), found.len());
        slowest = slowest.max(time);
    }
    println!("slowest letter: {} µs", slowest.as_micros());
    over_notes();
    Ok(())
}

/// The same over notes: of made-up words, as unequally common as those of a language.
fn over_notes() {
    let mut dice = Dice(1);
    let visits: Vec<Visit> = (0..VISITS).map(|number| visit(number, &mut dice)).collect();
    let build = || Finder::new([].into_iter(), visits.iter(), [].into_iter());
    let time = median(5, || drop(black_box(build())));
    println!("\n{VISITS} visits, notes of {NOTE} letters, index built in {} µs", time.as_micros());
    println!("{:<22} {:>12} {:>6} {:>12}  first found", "query", "µs a letter", "found", "µs to show");
    let (finder, records) = (build(), visits.iter().cloned().map(Record::Visit).collect::<Vec<_>>());
    let show = |typed: &str| -> Vec<String> {
        let found = finder.search(typed, MOST).into_iter();
        let found = found.filter_map(|hit| records.iter().find(|record| record.id() == hit.id));
        found.map(|record| snippet(record, typed)).collect()
    };
    // Common words and a rare one, a slip in each, several words, and nothing to find.
    let (common, rare) = (word(70), word(29_000));
    let slip = |word: &str| word.chars().take(3).chain(['q']).chain(word.chars().skip(4)).collect::<String>();
    let several = format!("{} {common} {}", word(3), word(500));
    let queries = [word(0), common.clone(), slip(&common), rare.clone(), slip(&rare), several, "xqzwxqzw".into()];
    let (mut slowest, mut slowest_shown) = (Duration::ZERO, Duration::ZERO);
    for query in &queries {
        let time = slowest_letter(query, 20, &|typed| drop(black_box(finder.search(typed, MOST))));
        let shown = slowest_letter(query, 20, &|typed| drop(black_box(show(typed))));
        let found = finder.search(query, usize::MAX).len();
        let first: String = show(query).first().map_or(String::new(), |text| text.chars().take(SNIPPET / 2).collect());
        println!("{query:<22} {:>12} {found:>6} {:>12}  {first}", time.as_micros(), shown.as_micros());
        (slowest, slowest_shown) = (slowest.max(time), slowest_shown.max(shown));
    }
    println!("slowest letter: {} µs, with {MOST} shown {} µs", slowest.as_micros(), slowest_shown.as_micros());
}

fn visit(number: u32, dice: &mut Dice) -> Visit {
    let mut id = [0; 12];
    id[..4].copy_from_slice(&number.to_be_bytes());
    let mut note = String::new();
    while note.len() < NOTE {
        note.push_str(&word(dice.common_first()));
        note.push(' ');
    }
    let made = Moment(number.into());
    Visit { seen_heard: note, ..Visit::new(VisitId(Id(id)), FamilyId::default(), Day(20_000), made) }
}

/// A word of syllables; the first ones are short.
fn word(mut number: usize) -> String {
    const SYLLABLES: [&str; 40] = [
        "de", "en", "ik", "het", "van", "ge", "zo", "ver", "be", "der", "lijk", "heid", "ing", "on", "kin", "moe",
        "va", "huis", "slaap", "school", "week", "dag", "wil", "kan", "goed", "niet", "weer", "bij", "over", "lo",
        "pe", "ste", "ra", "mi", "tu", "foon", "kast", "boek", "licht", "water",
    ];
    let mut word = String::new();
    loop {
        word.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
        if number == 0 {
            return word;
        }
    }
}

/// Chance that is the same each time.
struct Dice(u64);

impl Dice {
    /// The place of a word: the tenth is said a tenth as often as the first.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to the vocabulary")]
    fn common_first(&mut self) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let part = f64::from((self.0 >> 33) as u32) / f64::from(1_u32 << 31);
        VOCABULARY.powf(part) as usize - 1
    }
}

/// The time of the slowest letter, where the query is typed letter by letter.
fn slowest_letter(query: &str, rounds: usize, run: &dyn Fn(&str)) -> Duration {
    let letters = query.char_indices().map(|(place, c)| &query[..place + c.len_utf8()]);
    letters.map(|typed| median(rounds, || run(typed))).max().unwrap_or_default()
}

fn search<'b>(bank: &'b Bank<'_>, typed: &str) -> Vec<&'b Question> {
    bank.search(typed, Filter::default(), &[])
}

fn median(rounds: usize, mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[rounds / 2]
}
