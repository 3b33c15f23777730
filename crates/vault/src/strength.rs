//! How many guesses a passphrase stands, estimated on the low side.
//!
//! A thief with the phone's storage and good hardware tries some 10⁴ passphrases a
//! second against Argon2id at 32 MiB: 2³⁰ in a day. The estimate counts the cheapest way
//! to build the passphrase from what guessers try first: listed words, common passwords,
//! plain language, names of keys in a row, dates, repeats. It is a lower bound in spirit,
//! not a proof; a passphrase from a book or a song scores higher than it deserves.

mod common;

use common::{COMMON, ROWS};

/// What an estimate means for a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A computer may guess it; no vault is to be made with it.
    TooWeak,
    /// At least a thousand times more than a day's guessing.
    Enough,
    /// A million times more.
    Good,
}

/// An estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strength {
    /// The binary logarithm of the number of guesses, rounded down.
    pub bits: u16,
    /// What that means.
    pub verdict: Verdict,
}

const ENOUGH: u16 = 40;
const GOOD: u16 = 50;

/// Longer passphrases are judged by this many characters at their front.
const LOOKED_AT: usize = 128;

/// Estimates a passphrase as typed. `wordlist`: the words that proposals are made of, in
/// lower case; a word of it counts for no more than its choice from that list.
#[must_use]
pub fn strength(typed: &str, wordlist: &[&str]) -> Strength {
    let phrase = crate::Passphrase::from_typed(typed);
    let text = Text::new(phrase.reveal());
    // Thousandths of a bit are rounding of the logarithms, not strength.
    let bits = (text.cheapest(wordlist) + 0.001) as u16;
    let verdict = match bits {
        GOOD.. => Verdict::Good,
        ENOUGH.. => Verdict::Enough,
        _ => Verdict::TooWeak,
    };
    Strength { bits, verdict }
}

/// A passphrase, seen as a guesser sees it.
struct Text {
    /// As typed.
    typed: Vec<char>,
    /// In lower case.
    lower: Vec<char>,
    /// In lower case, with digits and signs that stand for letters turned back.
    plain: Vec<char>,
}

impl Text {
    fn new(phrase: &str) -> Self {
        let typed: Vec<char> = phrase.chars().take(LOOKED_AT).collect();
        let lower: Vec<char> = typed.iter().map(|c| c.to_lowercase().next().unwrap_or(*c)).collect();
        let plain = lower.iter().map(|&c| unleet(c)).collect();
        Self { typed, lower, plain }
    }

    /// The cheapest way to build the text from parts, in bits.
    fn cheapest(&self, wordlist: &[&str]) -> f32 {
        let len = self.typed.len();
        let listed = log2(wordlist.len());
        let mut best = vec![f32::INFINITY; len + 1];
        best[0] = 0.0;
        for start in 0..len {
            let here = best[start];
            let mut part = |length: usize, bits: f32| {
                let there = &mut best[start + length];
                *there = there.min(here + bits);
            };
            part(1, one_character(self.typed[start]));
            if let Some((length, bits)) = self.language(start) {
                part(length, bits);
            }
            for (length, bits) in self.repeat(start) {
                part(length, bits);
            }
            for (length, bits) in self.run(start).into_iter().chain(self.row(start)).chain(self.date(start)) {
                part(length, bits);
            }
            for word in wordlist {
                if let Some((length, extra)) = self.word(start, word) {
                    part(length, listed + extra);
                }
            }
            for (rank, word) in COMMON.iter().enumerate() {
                if let Some((length, extra)) = self.word(start, word) {
                    part(length, log2(rank + 2) + extra);
                }
            }
        }
        best[len]
    }

    /// A known word here: its length, and what its capitals and signs add.
    fn word(&self, start: usize, word: &str) -> Option<(usize, f32)> {
        let length = word.chars().count();
        let end = start + length;
        if length == 0 || end > self.typed.len() {
            return None;
        }
        let fits = |text: &[char]| word.chars().eq(text[start..end].iter().copied());
        let leet = if fits(&self.lower) {
            0.0
        } else if fits(&self.plain) {
            2.0
        } else {
            return None;
        };
        Some((length, leet + self.capitals(start, end)))
    }

    /// What capitals add: hardly anything at the front or throughout, more in between.
    fn capitals(&self, start: usize, end: usize) -> f32 {
        let upper = self.typed[start..end].iter().filter(|c| c.is_uppercase()).count();
        match upper {
            0 => 0.0,
            1 if self.typed[start].is_uppercase() => 1.0,
            _ if upper == end - start => 1.0,
            _ => 3.0,
        }
    }

    /// A whole run of letters that reads like language: below two bits a letter, as plain
    /// text has, and no less than a choice from a thousand.
    fn language(&self, start: usize) -> Option<(usize, f32)> {
        let starts_run = start == 0
            || !self.plain[start - 1].is_alphabetic()
            || (self.typed[start].is_uppercase() && self.typed[start - 1].is_lowercase());
        if !starts_run {
            return None;
        }
        let rest = start + 1..self.typed.len();
        let ends_run = |at: &usize| {
            !self.plain[*at].is_alphabetic() || (self.typed[*at].is_uppercase() && self.typed[*at - 1].is_lowercase())
        };
        let end = rest.clone().find(ends_run).unwrap_or(rest.end);
        let letters = &self.plain[start..end];
        let typed_letters = self.typed[start..end].iter().filter(|c| c.is_alphabetic()).count();
        if letters.len() < 3 || typed_letters * 2 < letters.len() || !reads_like_language(letters) {
            return None;
        }
        let leet = if typed_letters == letters.len() { 0.0 } else { 2.0 };
        #[allow(clippy::cast_precision_loss, reason = "at most 128")]
        let bits = (1.8 * letters.len() as f32).max(10.0);
        Some((letters.len(), bits + leet + self.capitals(start, end)))
    }

    /// Something of two or more characters that already stood earlier, and how much of it.
    fn repeat(&self, start: usize) -> Vec<(usize, f32)> {
        let longest = (0..start).map(|from| self.shared(from, start)).max().unwrap_or(0);
        // A single character again (aaaa) is a repeat as well, from its second on.
        let same = start > 0 && self.lower[start] == self.lower[start - 1];
        let shortest = if same { 1 } else { 3 };
        (shortest..=longest).map(|length| (length, 2.0 + log2(length) / 2.0)).collect()
    }

    /// How many characters from `start` on equal those from `from` on.
    fn shared(&self, from: usize, start: usize) -> usize {
        self.lower[from..].iter().zip(&self.lower[start..]).take_while(|(a, b)| a == b).count()
    }

    /// Three or more characters that count up or down: abc, 987.
    fn run(&self, start: usize) -> Option<(usize, f32)> {
        let code = |at: usize| self.lower.get(at).map(|&c| i64::from(u32::from(c)));
        let step = code(start + 1)? - code(start)?;
        if step.abs() != 1 {
            return None;
        }
        let mut end = start + 2;
        while code(end).is_some_and(|c| c - i64::from(u32::from(self.lower[end - 1])) == step) {
            end += 1;
        }
        (end - start >= 3).then(|| (end - start, 4.0 + log2(end - start)))
    }

    /// Three or more neighbours on a keyboard, either way: qwert, poiu.
    fn row(&self, start: usize) -> Option<(usize, f32)> {
        let along = |row: &mut dyn Iterator<Item = char>| {
            let row: Vec<char> = row.collect();
            let at = row.iter().position(|c| *c == self.lower[start])?;
            Some(row[at..].iter().zip(&self.lower[start..]).take_while(|(a, b)| a == b).count())
        };
        let length =
            ROWS.iter().flat_map(|row| [along(&mut row.chars()), along(&mut row.chars().rev())]).flatten().max()?;
        (length >= 3).then(|| (length, 4.0 + log2(length)))
    }

    /// A year, or a day of one, with or without separators.
    fn date(&self, start: usize) -> Vec<(usize, f32)> {
        let mut found = Vec::new();
        let mut digits = Vec::new();
        let mut separators = 0;
        for (offset, &c) in self.lower[start..].iter().enumerate().take(10) {
            match c.to_digit(10) {
                Some(digit) => digits.push(digit),
                None if matches!(c, '-' | '/' | '.' | ' ') && offset > 0 => separators += 1,
                None => break,
            }
            let bits = match digits.len() {
                4 if separators == 0 && (1900..2100).contains(&number(&digits)) => 7.0,
                6 | 8 if separators <= 2 && is_date(&digits) => 15.0,
                4..=7 if separators == 2 => 15.0, // 1-2-1980, 1-12-80
                _ => continue,
            };
            if c.is_ascii_digit() {
                found.push((offset + 1, bits));
            }
        }
        found
    }
}

fn number(digits: &[u32]) -> u32 {
    digits.iter().fold(0, |sum, digit| sum * 10 + digit)
}

/// Six or eight digits that can be a day, month and year in some usual order.
fn is_date(digits: &[u32]) -> bool {
    let pair = |at: usize| number(&digits[at..at + 2]);
    let day_month = |a: u32, b: u32| {
        ((1..=31).contains(&a) && (1..=12).contains(&b)) || ((1..=12).contains(&a) && (1..=31).contains(&b))
    };
    let last = digits.len() - 2;
    day_month(pair(0), pair(2)) || day_month(pair(last - 2), pair(last))
}

/// What one character costs when nothing better is known: well below an even choice,
/// because people do not choose evenly.
fn one_character(c: char) -> f32 {
    match c {
        ' ' => 0.0,
        'a'..='z' => 3.4,
        '0'..='9' => 3.3,
        '!' | '.' | '?' | ',' | '-' | '_' => 2.0,
        'A'..='Z' => 4.4,
        _ => 4.5,
    }
}

/// Digits and signs that people put for letters.
fn unleet(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        '8' => 'b',
        _ => c,
    }
}

/// Whether letters read like language: vowels among them, and no heap of consonants.
/// Letters beyond ASCII pass: we cannot judge them, so they count as language.
fn reads_like_language(letters: &[char]) -> bool {
    let vowel = |c: &char| !c.is_ascii() || "aeiouy".contains(*c);
    let vowels = letters.iter().filter(|c| vowel(c)).count();
    let heap = letters.split(vowel).map(<[char]>::len).max().unwrap_or(0);
    vowels * 5 >= letters.len() && heap <= 5
}

#[allow(clippy::cast_precision_loss, reason = "small numbers")]
fn log2(n: usize) -> f32 {
    (n.max(1) as f32).log2()
}
