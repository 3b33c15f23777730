//! An estimate of how many guesses a passphrase resists, on the low side.
//!
//! A thief with a copy of the storage and good hardware tries some 10⁴ passphrases a second against Argon2id at 32
//! MiB: 2³⁰ in a day. The estimate is the cheapest way to build the passphrase from what guessers try first: listed
//! words, common passwords, plain language, runs of keys, dates, repeats. It is meant as a lower bound, not proven;
//! a passphrase from a book or a song scores higher than it deserves.

mod common;

use common::{COMMON, ROWS};
use zeroize::Zeroizing;

/// What an estimate means for a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A computer may guess it; no vault may be created with it.
    TooWeak,
    /// At least a thousand times a day's guessing.
    Enough,
    /// A million times a day's guessing.
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

/// Estimates a passphrase as typed. `wordlist` has the words of proposals in lower case; a word of it counts for no
/// more than its choice from that list.
#[must_use]
pub fn strength(typed: &str, wordlist: &[&str]) -> Strength {
    let phrase = crate::Passphrase::from_typed(typed);
    let text = Text::new(phrase.reveal());
    let bits = text.drawn(wordlist).unwrap_or_else(|| text.cheapest(wordlist));
    // Thousandths of a bit are rounding errors of the logarithms.
    let bits = (bits + 0.001) as u16;
    let verdict = match bits {
        GOOD.. => Verdict::Good,
        ENOUGH.. => Verdict::Enough,
        _ => Verdict::TooWeak,
    };
    Strength { bits, verdict }
}

/// A passphrase, as a guesser sees it.
struct Text {
    /// As typed.
    typed: Zeroizing<Vec<char>>,
    /// In lower case.
    lower: Zeroizing<Vec<char>>,
    /// In lower case, with digits and signs that stand for letters replaced by these.
    plain: Zeroizing<Vec<char>>,
}

impl Text {
    fn new(phrase: &str) -> Self {
        // With capacity, so that growing leaves no copies behind.
        let like = |chars: &mut dyn Iterator<Item = char>| {
            let mut text = Zeroizing::new(Vec::with_capacity(LOOKED_AT));
            text.extend(chars);
            text
        };
        let typed = like(&mut phrase.chars().take(LOOKED_AT));
        let lower = like(&mut typed.iter().map(char::to_ascii_lowercase));
        let plain = like(&mut lower.iter().map(|&c| unleet(c)));
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
            part(1, self.one_character(start));
            for length in 3..=self.count(start).max(self.row(start)) {
                part(length, 4.0 + log2(length));
            }
            for (length, bits) in self.language(start).into_iter().chain(self.repeat(start)).chain(self.date(start)) {
                part(length, bits);
            }
            for word in wordlist {
                if let Some((length, extra)) = self.word(start, word) {
                    part(length, listed + extra);
                }
            }
            for (rank, word) in COMMON.split(' ').enumerate() {
                if let Some((length, extra)) = self.word(start, word) {
                    part(length, log2(rank + 2) + extra);
                }
            }
        }
        best[len]
    }

    /// The cost as a draw from the list, if it looks like one: only listed words, three or more different ones of
    /// which are not among the most common. A common word may be among them, and then counts as drawn too.
    fn drawn(&self, wordlist: &[&str]) -> Option<f32> {
        let lower = Zeroizing::new(self.lower.iter().collect::<String>());
        let (mut different, mut again) = (Vec::new(), 0.0);
        for word in lower.split(' ') {
            if !wordlist.contains(&word) {
                return None;
            } else if different.contains(&word) {
                again += 2.0;
            } else {
                different.push(word);
            }
        }
        let uncommon = different.iter().filter(|word| !COMMON.split(' ').any(|common| common == **word)).count();
        #[allow(clippy::cast_precision_loss, reason = "at most 128")]
        let bits = different.len() as f32 * log2(wordlist.len()) + again;
        (uncommon >= 3).then_some(bits)
    }

    /// The cost of a character that is part of nothing else: well below a uniform choice, because people do not
    /// choose uniformly.
    fn one_character(&self, at: usize) -> f32 {
        match self.typed[at] {
            ' ' => 0.0,
            'a'..='z' => 3.4,
            '0'..='9' => 3.3,
            c @ ('!' | '.' | '?' | ',' | '-' | '_') if self.typed[..at].contains(&c) => 0.5,
            '!' | '.' | '?' | ',' | '-' | '_' => 2.0,
            'A'..='Z' => 4.4,
            _ => 4.5,
        }
    }

    /// A known word: its length, and the cost of its capitals and signs.
    fn word(&self, start: usize, word: &str) -> Option<(usize, f32)> {
        let first = word.chars().next()?;
        if first != self.lower[start] && first != self.plain[start] {
            return None;
        }
        let length = word.chars().count();
        let end = start + length;
        if end > self.typed.len() {
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

    /// The cost of capitals: hardly anything at the front or throughout, more in between.
    fn capitals(&self, start: usize, end: usize) -> f32 {
        let upper = self.typed[start..end].iter().filter(|c| c.is_ascii_uppercase()).count();
        match upper {
            0 => 0.0,
            1 if self.typed[start].is_ascii_uppercase() => 1.0,
            _ if upper == end - start => 1.0,
            _ => 3.0,
        }
    }

    /// Letters from the start of a word that read like language: below two bits a letter, as in plain text, less
    /// for long runs, and no less than a choice from a thousand.
    fn language(&self, start: usize) -> Vec<(usize, f32)> {
        let breaks = |at: usize| {
            let hump = at > 0 && self.typed[at].is_ascii_uppercase() && self.typed[at - 1].is_ascii_lowercase();
            hump || !is_letter(self.plain[at])
        };
        let inside = start > 0 && is_letter(self.plain[start - 1]) && !breaks(start);
        if inside || !is_letter(self.plain[start]) {
            return Vec::new();
        }
        let stop = (start + 1..self.typed.len()).find(|&at| breaks(at)).unwrap_or(self.typed.len());
        let part = |end: usize| {
            let length = end - start;
            let letters = self.typed[start..end].iter().filter(|c| is_letter(**c)).count();
            if letters * 2 < length || !reads_like_language(&self.plain[start..end]) {
                return None;
            }
            let leet = if letters == length { 0.0 } else { 2.0 };
            #[allow(clippy::cast_precision_loss, reason = "at most 128")]
            let bits = 1.8 * length.min(10) as f32 + 1.2 * length.saturating_sub(10) as f32;
            Some((length, bits.max(10.0) + leet + self.capitals(start, end)))
        };
        (start + 3..=stop).filter_map(part).collect()
    }

    /// Three or more characters that occurred earlier, or one that occurred just before.
    fn repeat(&self, start: usize) -> Vec<(usize, f32)> {
        let longest = (0..start).map(|from| self.shared(from, start)).max().unwrap_or(0);
        let same = start > 0 && self.lower[start] == self.lower[start - 1];
        let shortest = if same { 1 } else { 3 };
        (shortest..=longest).map(|length| (length, 2.0 + log2(length) / 2.0)).collect()
    }

    /// How many characters from `start` on equal those from `from` on.
    fn shared(&self, from: usize, start: usize) -> usize {
        self.lower[from..].iter().zip(&self.lower[start..]).take_while(|(a, b)| a == b).count()
    }

    /// How many characters from here on count up or down: abc, 987.
    fn count(&self, start: usize) -> usize {
        let step =
            |at: usize| Some(i64::from(u32::from(*self.lower.get(at + 1)?)) - i64::from(u32::from(self.lower[at])));
        let Some(first) = step(start).filter(|step| step.abs() == 1) else { return 1 };
        1 + (start..).take_while(|&at| step(at) == Some(first)).count()
    }

    /// How many characters from here on are neighbours on a keyboard: qwert, poiu.
    fn row(&self, start: usize) -> usize {
        let along = |row: Vec<char>| {
            let at = row.iter().position(|c| *c == self.lower[start])?;
            Some(row[at..].iter().zip(&self.lower[start..]).take_while(|(a, b)| a == b).count())
        };
        let both_ways = ROWS.iter().flat_map(|row| [row.chars().collect(), row.chars().rev().collect()]);
        both_ways.filter_map(along).max().unwrap_or(1)
    }

    /// A year or a date, with or without separators.
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

/// Six or eight digits that can be a date in some usual order.
fn is_date(digits: &[u32]) -> bool {
    let pair = |at: usize| number(&digits[at..at + 2]);
    let day_month = |a: u32, b: u32| {
        ((1..=31).contains(&a) && (1..=12).contains(&b)) || ((1..=12).contains(&a) && (1..=31).contains(&b))
    };
    let last = digits.len() - 2;
    day_month(pair(0), pair(2)) || day_month(pair(last - 2), pair(last))
}

/// Whether this counts as a letter. Everything beyond ASCII does: it is mostly letters, and tables to know better
/// are larger than the rest of this file.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || !c.is_ascii()
}

/// Digits and signs that people use for letters.
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

/// Whether letters read like language: with vowels, and no long run of consonants. Letters beyond ASCII count as
/// language, because they cannot be judged.
fn reads_like_language(letters: &[char]) -> bool {
    let vowel = |c: &char| !c.is_ascii() || matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let vowels = letters.iter().filter(|c| vowel(c)).count();
    let heap = letters.split(vowel).map(<[char]>::len).max().unwrap_or(0);
    vowels * 5 >= letters.len() && heap <= 5
}

#[allow(clippy::cast_precision_loss, reason = "small numbers")]
fn log2(n: usize) -> f32 {
    (n.max(1) as f32).log2()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// 1024 words, some of which are common ones.
    fn list() -> Vec<String> {
        let known = [
            "boom", "fiets", "kaas", "maan", "lepel", "wolk", "hamer", "tulp", "emmer", "kast", "kamer", "mama", "papa",
        ];
        let rest = (known.len()..1024).map(|n| format!("{}\u{e9}", n.to_string().replace(['0', '1', '2'], "k")));
        known.into_iter().map(str::to_owned).chain(rest).collect()
    }

    fn of(typed: &str) -> Strength {
        let list = list();
        strength(typed, &list.iter().map(String::as_str).collect::<Vec<_>>())
    }

    #[test]
    fn what_guessers_try_first_is_too_weak() {
        for typed in [
            "",
            "a",
            "password",
            "P@ssw0rd123",
            "Welkom01!",
            "Zomer2026!",
            "ikhouvanjou123",
            "Am5terd@m",
            "Mohammed2010!",
            "zaterdag 14 februari 2009",
            "Yara15031984",
            "15-03-1984",
            "0612345678",
            "qwertyuiopasdfghjkl",
            "poiuytrewq",
            "abcdefghijklmnopqrstuvwxyz",
            "98765432109876543210",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "hoihoihoihoihoihoihoi",
            "!!!!!!!!!!!!!!!!!!!!",
            "😀😀😀😀😀😀😀😀",
            "lantaarnpaalverlichting",
            "de kat zit op de mat",
            "correct horse battery staple",
            "mama papa oma opa kind",
            "boom",
            "boom fiets lepel",
            "boom boom boom boom boom boom boom",
        ] {
            assert_eq!(of(typed).verdict, Verdict::TooWeak, "{typed}: {:?}", of(typed));
        }
    }

    #[test]
    fn a_draw_of_five_from_1024_is_good_however_it_falls() {
        for typed in [
            "boom fiets wolk hamer lepel",
            "boom fiets kaas maan lepel",
            "tulp mama emmer papa kast",
            "hamer kamer tulp emmer kast",
        ] {
            assert_eq!(of(typed), Strength { bits: 50, verdict: Verdict::Good }, "{typed}");
        }
        assert_eq!(of("boom fiets wolk hamer").verdict, Verdict::Enough);
    }

    #[test]
    fn an_own_passphrase_can_be_good_enough() {
        for typed in [
            "paarse olifant danst zachtjes onder tafel",
            "slotje-vlinder-trompet-gordijn",
            "k7#qP2vx!mZ9",
            "xkqjzvwptybnmlrd",
            "8f3a91c07be2d644",
            "سلام عليكم يا صديقي العزيز",
        ] {
            assert!(of(typed).verdict >= Verdict::Enough, "{typed}: {:?}", of(typed));
        }
    }

    #[test]
    fn case_and_signs_hardly_help() {
        let plain = of("lantaarnpaal").bits;
        for typed in ["Lantaarnpaal", "LANTAARNPAAL", "l4nt44rnp44l", "L@ntaarnpa@l"] {
            assert!(of(typed).bits <= plain + 5, "{typed}: {:?}", of(typed));
        }
    }

    proptest! {
        #[test]
        fn any_text_gets_an_estimate_and_more_spaces_change_nothing(typed in any::<String>()) {
            let spaced: String = typed.split_whitespace().flat_map(|word| ["  ", word]).collect();
            prop_assert_eq!(strength(&typed, &["boom"]), strength(&spaced, &["boom"]));
        }

        #[test]
        fn saying_it_twice_adds_little(typed in "[a-z0-9]{3,8}( [a-z0-9]{1,8}){0,3}") {
            let twice = format!("{typed}{typed}");
            prop_assert!(of(&twice).bits <= of(&typed).bits + 6);
        }
    }
}
