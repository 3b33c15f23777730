//! Passphrases: typed and proposed.

use crate::entropy::{Entropy, random};
use zeroize::Zeroizing;

/// A passphrase, wiped when dropped.
///
/// Spaces at the ends are dropped and each run of white space counts as one space, which forgives typing on a
/// phone. Case matters. The text must be in NFC (`String.prototype.normalize`), so that an é is the same on every
/// keyboard.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// The passphrase in a typed text.
    #[must_use]
    pub fn from_typed(typed: &str) -> Self {
        let mut text = Zeroizing::new(String::with_capacity(typed.len()));
        for word in typed.split_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        Self(text)
    }

    /// The recovery words in a typed text: each run of letters a–z is one, in any case. Numbers copied from the
    /// paper, and commas, do no harm.
    #[must_use]
    pub fn from_recovery_words(typed: &str) -> Self {
        let mut words = Zeroizing::new(String::with_capacity(typed.len()));
        for c in typed.chars() {
            if c.is_ascii_alphabetic() {
                words.push(c.to_ascii_lowercase());
            } else if !words.is_empty() && !words.ends_with(' ') {
                words.push(' ');
            }
        }
        if words.ends_with(' ') {
            words.pop();
        }
        Self(words)
    }

    /// The passphrase, to show to its owner.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl core::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Passphrase(..)")
    }
}

/// The fewest bits of a proposed passphrase.
const PROPOSED_BITS: u32 = 50;

/// The number of recovery words.
pub const RECOVERY_WORDS: usize = 12;

/// The fewest bits of the recovery words. They are on paper for years, so they must outlast machines.
const RECOVERY_BITS: u32 = 110;

/// The list and the number of words give too few combinations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotEnoughWords;

/// How many different words of a list of this length give at least 50 bits; `None` if the list is too short.
#[must_use]
pub fn words_needed(list_len: usize) -> Option<usize> {
    (1..=list_len.min(50)).find(|&n| enough(list_len, n, PROPOSED_BITS))
}

/// Whether there are 2^`bits` ways to draw `n` different words, in order.
fn enough(list_len: usize, n: usize, bits: u32) -> bool {
    let mut phrases = 1_u128;
    for drawn in 0..n {
        phrases = phrases.saturating_mul(list_len.saturating_sub(drawn) as u128);
    }
    phrases >= 1 << bits
}

/// Proposes `n` different words, drawn uniformly from a list without duplicates.
///
/// # Errors
/// [`NotEnoughWords`] if that gives less than 50 bits; [`words_needed`] gives `n`.
pub fn propose(words: &[&str], n: usize, entropy: &mut impl Entropy) -> Result<Passphrase, NotEnoughWords> {
    draw(words, n, PROPOSED_BITS, entropy)
}

/// Draws twelve different words to write down, a random unlock method that nobody needs to remember. At least 110
/// bits.
///
/// # Errors
/// [`NotEnoughWords`] if the list has fewer than 581 words.
pub fn recovery_words(words: &[&str], entropy: &mut impl Entropy) -> Result<Passphrase, NotEnoughWords> {
    draw(words, RECOVERY_WORDS, RECOVERY_BITS, entropy)
}

fn draw(words: &[&str], n: usize, bits: u32, entropy: &mut impl Entropy) -> Result<Passphrase, NotEnoughWords> {
    if !enough(words.len(), n, bits) {
        return Err(NotEnoughWords);
    }
    let mut drawn = Zeroizing::new(Vec::with_capacity(n));
    while drawn.len() < n {
        let index = below(words.len(), entropy);
        if !drawn.contains(&index) {
            drawn.push(index);
        }
    }
    let mut phrase = Zeroizing::new(String::with_capacity(n * 16));
    for &index in drawn.iter() {
        phrase.push_str(words[index]);
        phrase.push(' ');
    }
    Ok(Passphrase::from_typed(&phrase))
}

/// A uniform draw from `0..len`; numbers above the last whole multiple are drawn again.
fn below(len: usize, entropy: &mut impl Entropy) -> usize {
    let len = len as u64;
    let whole = u64::MAX - u64::MAX % len;
    loop {
        let drawn = u64::from_le_bytes(random(entropy));
        if drawn < whole {
            #[allow(clippy::cast_possible_truncation, reason = "below a usize")]
            return (drawn % len) as usize;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Seeded;

    #[test]
    fn spaces_are_forgiven_and_case_is_not() {
        let typed = Passphrase::from_typed("  boom\tfiets \u{a0} kaas\nmaan  lepel ");
        assert_eq!(typed.reveal(), "boom fiets kaas maan lepel");
        assert_ne!(Passphrase::from_typed("Boom fiets kaas maan lepel").reveal(), typed.reveal());
    }

    #[test]
    fn a_passphrase_does_not_show_itself_in_a_log() {
        assert_eq!(format!("{:?}", Passphrase::from_typed("geheim")), "Passphrase(..)");
    }

    #[test]
    fn a_thousand_words_ask_for_six_and_some_more_for_five() {
        assert_eq!(words_needed(1296), Some(5));
        assert_eq!(words_needed(1027), Some(5));
        assert_eq!(words_needed(1026), Some(6));
        assert_eq!(words_needed(1000), Some(6));
        assert_eq!(words_needed(10), None);
        assert_eq!(words_needed(0), None);
    }

    #[test]
    fn a_proposal_is_words_of_the_list_or_nothing() {
        let list: Vec<String> = (0..1296).map(|i| format!("woord{i}")).collect();
        let list: Vec<&str> = list.iter().map(String::as_str).collect();
        let mut entropy = Seeded::new(5);
        let phrase = propose(&list, 5, &mut entropy).unwrap();
        assert_eq!(phrase.reveal().split(' ').count(), 5);
        assert!(phrase.reveal().split(' ').all(|word| list.contains(&word)));
        assert_ne!(propose(&list, 5, &mut entropy).unwrap().reveal(), phrase.reveal());
        for _ in 0..2_000 {
            let phrase = propose(&list, 5, &mut entropy).unwrap();
            let words: std::collections::BTreeSet<&str> = phrase.reveal().split(' ').collect();
            assert_eq!(words.len(), 5, "{}", phrase.reveal());
        }
        // A list so short that the drawing must go on until every word is there.
        let short: Vec<&str> = list.iter().copied().take(20).collect();
        assert_eq!(propose(&short, 20, &mut entropy).unwrap().reveal().split(' ').count(), 20);
        assert_eq!(propose(&list, 4, &mut entropy).unwrap_err(), NotEnoughWords);
        assert_eq!(propose(&[], 5, &mut entropy).unwrap_err(), NotEnoughWords);
    }

    #[test]
    fn recovery_words_are_twelve_of_a_list_that_is_long_enough() {
        let list: Vec<String> = (0..1040).map(|i| format!("woord{i}")).collect();
        let list: Vec<&str> = list.iter().map(String::as_str).collect();
        let words = recovery_words(&list, &mut Seeded::new(5)).unwrap();
        assert_eq!(words.reveal().split(' ').count(), RECOVERY_WORDS);
        assert_ne!(recovery_words(&list, &mut Seeded::new(6)).unwrap().reveal(), words.reveal());
        assert!(recovery_words(&list[..581], &mut Seeded::new(5)).is_ok());
        assert_eq!(recovery_words(&list[..580], &mut Seeded::new(5)).unwrap_err(), NotEnoughWords);
    }

    #[test]
    fn recovery_words_are_the_same_words_in_capitals_with_numbers_and_with_commas() {
        let of = |typed| Passphrase::from_recovery_words(typed).reveal().to_owned();
        assert_eq!(of(" Boom  FIETS\nkaas "), "boom fiets kaas");
        assert_eq!(of("1. boom\n2. Fiets\n12.kaas\n"), "boom fiets kaas");
        assert_eq!(of("boom, fiets;kaas."), "boom fiets kaas");
        assert_eq!((of(""), of(" 1. ")), (String::new(), String::new()));
        // A passphrase is somebody's own; there a capital is part of it.
        assert_eq!(Passphrase::from_typed("Boom").reveal(), "Boom");
    }

    #[test]
    fn every_word_is_drawn_about_as_often() {
        let mut entropy = Seeded::new(9);
        let mut drawn = [0_u32; 7];
        for _ in 0..70_000 {
            drawn[below(7, &mut entropy)] += 1;
        }
        assert!(drawn.iter().all(|times| (9_600..10_400).contains(times)), "{drawn:?}");
    }

    #[test]
    fn a_draw_above_the_last_whole_multiple_is_drawn_again() {
        struct Top(u8);
        impl Entropy for Top {
            fn fill(&mut self, buf: &mut [u8]) {
                buf.fill(if self.0 == 0 { 0xff } else { 0 });
                self.0 += 1;
            }
        }
        let mut top = Top(0);
        assert_eq!(below(7, &mut top), 0);
        assert_eq!(top.0, 2);
    }
}
