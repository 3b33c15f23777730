use std::collections::BTreeSet;

use crate::Problem;
use crate::problem::At;

/// With this many words, five random ones have 50 bits.
const LEAST: usize = 1024;

/// The list is large enough for passphrases, and every word can be typed on any keyboard.
pub(crate) fn words(words: &[String], language: &str) -> Vec<Problem> {
    let file = format!("{language}/passphrase-words.txt");
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for (number, word) in (1..).zip(words) {
        let at = At::new(&file, &format!("line {number}"), "");
        if word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            problems.push(at.says(format!("“{word}”: a word here has only the letters a–z")));
        }
        if !seen.insert(word) {
            problems.push(at.says(format!("“{word}” stands here already")));
        }
    }
    if seen.len() < LEAST {
        let at = At::new(&file, "", "");
        problems.push(at.says(format!("has {} different words; it takes at least {LEAST}", seen.len())));
    }
    problems
}
