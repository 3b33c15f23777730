//! The bookkeeping of the kill test: what a kill may lose, and what it must not.
//!
//! It is pure, so that it can be tested itself.

use serde::Deserialize;

/// The report of the page at one moment.
#[derive(Debug, Clone, Deserialize)]
pub struct Report {
    /// Whether the screen says that everything is saved.
    pub kept: bool,
    /// The number of pending writes of the journal at that moment.
    pub writing: usize,
    /// The number of characters typed so far in each note.
    pub typed: Vec<usize>,
    /// The note and the time in ms of what was typed since the last report.
    pub strokes: Vec<(usize, f64)>,
    /// The state of the family that is deleted and restored.
    pub phase: String,
    /// The time, in ms on the clock of the keystrokes.
    pub now: f64,
    /// The error in the page.
    pub error: Option<String>,
}

/// A note of a visit.
#[derive(Debug, Clone, Default)]
pub struct Note {
    /// The address of its screen.
    pub hash: String,
    /// The label of its field.
    pub label: String,
    /// The text at the last check.
    settled: String,
    /// The text that is being typed.
    text: String,
    /// How much of it was typed.
    typed: usize,
    /// How much of it the screen called saved.
    kept: usize,
    /// The time at which each character was typed.
    at: Vec<f64>,
}

/// The result of checking a note.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What is missing, in words.
    pub wrong: Option<String>,
    /// The number of typed characters that are missing.
    pub missing: usize,
    /// The time at which the first of them was typed.
    pub since: Option<f64>,
}

impl Note {
    /// An empty note.
    #[must_use]
    pub fn new(hash: String, label: &str) -> Self {
        Self { hash, label: label.to_owned(), ..Self::default() }
    }

    /// What the page needs to know about it.
    #[must_use]
    pub fn plan(&self) -> serde_json::Value {
        serde_json::json!({ "hash": self.hash, "label": self.label, "text": self.text })
    }

    /// Types this from now on, in place of what is there.
    pub fn begin(&mut self, text: String) {
        (self.text, self.typed, self.kept) = (text, 0, 0);
        self.at.clear();
    }

    /// This much was typed; all of it is saved if the screen says so.
    pub fn reported(&mut self, typed: usize, kept: bool) {
        self.typed = typed;
        if kept {
            self.kept = typed;
        }
    }

    /// A character was typed at this time.
    pub fn stroke(&mut self, at: f64) {
        self.at.push(at);
    }

    /// This text is there after the kill (`None`: the screen is missing), and may stay.
    pub fn found(&mut self, found: Option<&str>) -> Found {
        let said = found.unwrap_or_default();
        let new = if said.is_empty() { None } else { self.text.starts_with(said).then(|| said.chars().count()) };
        let as_before = found == Some(self.settled.as_str());
        let fine = if self.kept > 0 { new >= Some(self.kept) } else { new.is_some() || as_before };
        let there = new.unwrap_or_default();
        let kept: String = self.text.chars().take(self.kept).collect();
        let wrong = (!fine).then(|| {
            let due = if self.kept > 0 { &kept } else { &self.settled };
            format!("{} in {}: “{due}” was kept, {found:?} is there", self.label, self.hash)
        });
        let outcome = Found { wrong, missing: self.typed.saturating_sub(there), since: self.at.get(there).copied() };
        said.clone_into(&mut self.settled);
        self.begin(String::new());
        outcome
    }
}

/// The median, the 90th percentile and the maximum.
#[must_use]
pub fn spread(numbers: &[f64]) -> [f64; 3] {
    let mut all = numbers.to_vec();
    all.sort_by(f64::total_cmp);
    [50, 90, 100].map(|percent| {
        let place = (all.len() * percent).div_ceil(100).max(1) - 1;
        all.get(place).copied().unwrap_or_default()
    })
}

/// Pseudo-random numbers from a seed (splitmix64).
#[derive(Debug, Clone)]
pub struct Chance(pub u64);

impl Chance {
    /// The next one.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One from `least` up to but not including `most`.
    pub fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.number() % (most - least).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(typed: usize, kept: usize) -> Note {
        let mut note = Note::new("#/".into(), "Notitie");
        note.begin("eerder".into());
        note.reported(6, true);
        assert_eq!(note.found(Some("eerder")).wrong, None);
        note.begin("één twee".into());
        for at in 0..typed {
            note.stroke(f64::from(u8::try_from(at).unwrap()) * 10.0);
        }
        note.reported(kept, true);
        note.reported(typed, false);
        note
    }

    #[test]
    fn what_was_not_called_kept_may_be_missing_and_is_counted() {
        let found = typed(6, 3).found(Some("één"));
        assert_eq!(found, Found { wrong: None, missing: 3, since: Some(30.0) });
        assert_eq!(typed(6, 3).found(Some("één tw")).missing, 0);
        // Typed after the last check.
        assert_eq!(typed(6, 3).found(Some("één twee")), Found { wrong: None, missing: 0, since: None });
        // Nothing of it was saved.
        assert_eq!(typed(6, 0).found(Some("eerder")), Found { wrong: None, missing: 6, since: Some(0.0) });
    }

    #[test]
    fn what_was_called_kept_must_be_there() {
        for found in [Some("éé"), Some("eerder"), Some(""), Some("één iets anders"), None] {
            assert!(typed(6, 3).found(found).wrong.is_some(), "{found:?}");
        }
        // The earlier text must not be lost either.
        for found in [Some(""), Some("eer"), None] {
            assert!(typed(6, 0).found(found).wrong.is_some(), "{found:?}");
        }
    }

    #[test]
    fn what_was_found_is_what_must_stay() {
        let mut note = typed(6, 3);
        note.found(Some("één t"));
        assert_eq!(note.found(Some("één t")).wrong, None);
        assert!(note.found(Some("één")).wrong.is_some());
    }

    #[test]
    fn a_spread_is_of_what_was_measured() {
        let numbers: Vec<f64> = (1..=10).rev().map(f64::from).collect();
        assert_eq!(spread(&numbers), [5.0, 9.0, 10.0]);
        assert_eq!(spread(&[4.0]), [4.0; 3]);
        assert_eq!(spread(&[]), [0.0; 3]);
    }

    #[test]
    fn the_same_seed_gives_the_same() {
        let [mut one, mut other] = [Chance(7), Chance(7)];
        for _ in 0..100 {
            let n = one.between(3, 9);
            assert!((3..9).contains(&n) && n == other.between(3, 9));
        }
    }
}
