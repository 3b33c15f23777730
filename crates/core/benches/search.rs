//! How long a keystroke of search takes over the real bank: `cargo bench -p naast-core`.
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
use naast_core::search::Filter;

/// Whole words, a first letter, slips, several words, and nothing to find.
const QUERIES: [&str; 8] =
    ["vertrouwen", "slapen", "je", "vertruowne", "wat helpt kind", "ochtned", "onwaarschijnlijkheid", "xqzw"];
const ROUNDS: usize = 200;

fn main() -> Result<(), String> {
    let told = |problems: Vec<Problem>| problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n");
    let content = load(&language_dir("nl")).map_err(told)?;

    let build = median(20, || drop(black_box(Bank::new(&content, []))));
    let bank = Bank::new(&content, []);
    println!("{} questions, index built in {} µs", bank.all().len(), build.as_micros());
    println!("{:<22} {:>12} {:>6}  first found", "query", "µs a letter", "found");
    let mut slowest = Duration::ZERO;
    for query in QUERIES {
        let letters = query.char_indices().map(|(place, c)| &query[..place + c.len_utf8()]);
        let times = letters.map(|typed| median(ROUNDS, || drop(black_box(search(&bank, typed)))));
        let time = times.max().unwrap_or_default();
        let found = search(&bank, query);
        let first = found.first().map_or("", |question| &question.text.je);
        println!("{query:<22} {:>12} {:>6}  {first}", time.as_micros(), found.len());
        slowest = slowest.max(time);
    }
    println!("slowest letter: {} µs", slowest.as_micros());
    Ok(())
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
