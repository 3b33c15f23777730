//! Search and the principle of the day over the content that goes into the app.
#![allow(clippy::panic, reason = "in a test that is how a fault shows")]

use naast_content::{language_dir, load};
use naast_core::bank::Bank;
use naast_core::content::Content;
use naast_core::search::Filter;
use naast_core::time::Day;
use naast_core::today::principle_of;

fn content() -> Content {
    load(&language_dir("nl")).unwrap_or_else(|problems| panic!("{} problems in the content", problems.len()))
}

#[test]
fn every_question_is_found_by_every_beginning_of_its_words_and_with_a_slip() {
    let content = content();
    let bank = Bank::new(&content, []);
    let finds = |typed: &str, id: &str| bank.search(typed, Filter::default(), &[]).iter().any(|found| found.id == id);
    for question in bank.all() {
        for text in [&question.text.je, &question.text.u] {
            for word in text.split(|c: char| !c.is_alphabetic()) {
                let letters: Vec<char> = word.chars().collect();
                for end in 1..=letters.len() {
                    let typed: String = letters[..end].iter().collect();
                    assert!(finds(&typed, &question.id), "{typed} of {text}");
                }
                if letters.len() >= 5 {
                    let mut missing = letters.clone();
                    missing.remove(2);
                    let mut swapped = letters.clone();
                    swapped.swap(1, 2);
                    for slip in [missing, swapped] {
                        let typed: String = slip.iter().collect();
                        assert!(finds(&typed, &question.id), "{typed} for {word} of {text}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_whole_question_typed_out_finds_it_first() {
    let content = content();
    let bank = Bank::new(&content, []);
    for question in bank.all() {
        let found = bank.search(&question.text.je, Filter::default(), &[]);
        assert_eq!(found[0].id, question.id);
    }
}

#[test]
fn a_principle_of_today_is_of_another_group_than_yesterdays() {
    let content = content();
    let count = content.principles.len();
    let group = |day| principle_of(Day(day), count).map(|place| &content.principles[place].group);
    let first = 20_700;
    let days = i32::try_from(count).unwrap_or_default();
    for day in first..first + days {
        assert_ne!(group(day), group(day + 1), "day {day}");
    }
}
