//! Search as you type: in any texts ([`WordIndex`]), and in the question bank ([`Index`]).
//!
//! The texts are folded once into a sorted list of unique words; a keystroke then searches that list, not the
//! texts.

use crate::content::{About, Phase, Principle, Question, Tone};
use crate::fold;
use crate::typo::{self, With};

/// The filters, apart from the words of the query. The default has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only this phase.
    pub phase: Option<Phase>,
    /// Only about this.
    pub about: Option<About>,
    /// Only in this tone.
    pub tone: Option<Tone>,
    /// Only favourites.
    pub favourites_only: bool,
}

/// The field that contains a word; the closer to the question itself, the higher it ranks.
#[derive(Debug, Clone, Copy)]
enum Field {
    Text,
    FollowUp,
    When,
    Principle,
}

#[derive(Debug)]
struct Entry {
    id: String,
    phase: Phase,
    about: About,
    tone: Tone,
}

/// The folded words of a list of questions.
#[derive(Debug)]
pub struct Index {
    words: WordIndex,
    entries: Vec<Entry>,
}

impl Index {
    /// Builds the index from questions and the principles they refer to.
    #[must_use]
    pub fn build<'q>(questions: impl IntoIterator<Item = &'q Question>, principles: &[Principle]) -> Self {
        let mut words = Words::default();
        let mut entries = Vec::new();
        let mut belonging = vec![Vec::new(); principles.len()];
        for (place, question) in questions.into_iter().enumerate() {
            for text in [&question.text.je, &question.text.u] {
                words.add(text, &[place], Field::Text as u8);
            }
            for text in question.follow_ups.iter().flat_map(|spoken| [&spoken.je, &spoken.u]) {
                words.add(text, &[place], Field::FollowUp as u8);
            }
            words.add(&question.when, &[place], Field::When as u8);
            for (principle, places) in principles.iter().zip(&mut belonging) {
                if question.principles.contains(&principle.id) {
                    places.push(place);
                }
            }
            entries.push(Entry {
                id: question.id.clone(),
                phase: question.phase,
                about: question.about,
                tone: question.tone,
            });
        }
        for (principle, places) in principles.iter().zip(&belonging) {
            words.add(&principle.title, places, Field::Principle as u8);
            words.add(&principle.essence, places, Field::Principle as u8);
        }
        Self { words: words.index(entries.len()), entries }
    }

    /// The places (from 0, in the order of [`Index::build`]) of the questions that contain every word of the
    /// query, the best first.
    ///
    /// A word of the query matches a word that begins with it, or that is one or two slips away
    /// ([`typo::forgiven`]). Matches without slips come before matches with slips; then the text of the
    /// question before its follow-ups, before when it helps, before its principles; then whole words before
    /// beginnings; then the order of the bank. If the query has several words, their weights are added. A
    /// query without words finds all questions, in order.
    #[must_use]
    pub fn search(&self, query: &str, filter: Filter, favourites: &[String]) -> Vec<usize> {
        self.words.search(query, &|place, cost| {
            let passes = self.entries.get(place).is_some_and(|entry| passes(entry, filter, favourites));
            passes.then(|| SLIP * u32::from(cost.slips) + 2 * u32::from(cost.field) + u32::from(cost.beginnings))
        })
    }
}

/// The weight of a slip: more than the least important field, so that it ranks after all matches without slips.
const SLIP: u32 = 2 * (Field::Principle as u32 + 1);

fn passes(entry: &Entry, filter: Filter, favourites: &[String]) -> bool {
    filter.phase.is_none_or(|phase| phase == entry.phase)
        && filter.about.is_none_or(|about| about == entry.about)
        && filter.tone.is_none_or(|tone| tone == entry.tone)
        && (!filter.favourites_only || favourites.contains(&entry.id))
}

/// The folded words of texts, and the places where they occur.
///
/// It knows words, not what the places are: those are numbers, and so are the fields of a place, the most
/// important one being 0.
#[derive(Debug)]
pub(crate) struct WordIndex {
    /// In alphabetical order, each once.
    words: Vec<Word>,
    /// The number of places.
    places: usize,
}

#[derive(Debug)]
struct Word {
    letters: Box<[char]>,
    letter_set: u32,
    found_in: FoundIn,
}

/// The places and their fields that contain a word.
type FoundIn = Vec<(usize, u8)>;

/// How well a place matches a query, each number summed over the words of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Cost {
    /// Words that match only with a slip.
    pub(crate) slips: u16,
    /// The fields that contain them.
    pub(crate) field: u16,
    /// Words of which only the beginning matches.
    pub(crate) beginnings: u16,
}

impl WordIndex {
    /// The places that contain every word of the query, those with the lowest weight first, and those of
    /// equal weight in their own order. A place without a weight is left out; in a query without words every
    /// place has the best match.
    pub(crate) fn search(&self, query: &str, weigh: &dyn Fn(usize, Cost) -> Option<u32>) -> Vec<usize> {
        let costs = self.costs(query).into_iter().enumerate();
        let mut found: Vec<(u32, usize)> =
            costs.filter_map(|(place, cost)| Some((weigh(place, cost?)?, place))).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, place)| place).collect()
    }

    /// For each place, how well it matches the query; `None` if a word is missing.
    fn costs(&self, query: &str) -> Vec<Option<Cost>> {
        let mut costs = vec![Some(Cost::default()); self.places];
        // A repeated word changes nothing; a long paste stops as soon as no place is left.
        let mut asked: Vec<Box<[char]>> = Vec::new();
        fold::words(query, &mut |typed| {
            let new = asked.iter().all(|word| **word != *typed);
            if new && costs.iter().any(Option::is_some) {
                asked.push(typed.into());
                let of_word = self.costs_of(typed);
                for (total, cost) in costs.iter_mut().zip(of_word) {
                    *total = total.zip(cost).map(|(total, cost)| Cost {
                        slips: total.slips.saturating_add(cost.slips),
                        field: total.field.saturating_add(cost.field),
                        beginnings: total.beginnings.saturating_add(cost.beginnings),
                    });
                }
            }
        });
        costs
    }

    /// For each place, how well it matches the word; `None` if it does not.
    fn costs_of(&self, typed: &[char]) -> Vec<Option<Cost>> {
        let mut costs = vec![None; self.places];
        let from = self.words.partition_point(|word| *word.letters < *typed);
        let beginning = self.words[from..].iter().take_while(|word| word.letters.starts_with(typed)).count();
        let plain = from..from + beginning;
        for word in &self.words[plain.clone()] {
            let longer = word.letters.len() > typed.len();
            lower(&mut costs, word, 0, longer);
        }

        let slips = typo::forgiven(typed.len());
        if slips == 0 {
            return costs;
        }
        // If what was typed so far has a slip, no word begins with it, and the rest may still come.
        // Otherwise only whole words are compared, because beginnings within one slip are many and mean
        // little.
        let with = if plain.is_empty() { With::Beginning } else { With::Whole };
        let set = typo::letter_set(typed);
        for (place, word) in self.words.iter().enumerate() {
            let possible = may_be_near(set, word.letter_set, slips, with) && !plain.contains(&place);
            if possible && typo::near(typed, &word.letters, slips, with) {
                let whole = typo::near(typed, &word.letters, slips, With::Whole);
                lower(&mut costs, word, 1, !whole);
            }
        }
        costs
    }
}

/// Whether words with these letters can be close at all: a faster check than [`typo::near`].
pub(crate) fn may_be_near(typed: u32, word: u32, slips: u8, with: With) -> bool {
    let missing = match with {
        With::Whole => (typed ^ word).count_ones().div_ceil(2),
        With::Beginning => (typed & !word).count_ones(),
    };
    missing <= u32::from(slips)
}

fn lower(costs: &mut [Option<Cost>], word: &Word, slips: u16, beginning: bool) {
    for &(place, field) in &word.found_in {
        let cost = Cost { slips, field: field.into(), beginnings: beginning.into() };
        if costs[place].is_none_or(|known| cost < known) {
            costs[place] = Some(cost);
        }
    }
}

/// The index being built: a table of chains. A map of the standard library does the same, with 1 kB more to
/// download and the same speed.
pub(crate) struct Words {
    words: Vec<Making>,
    /// For each chain the place of its last word.
    chains: Vec<Option<usize>>,
}

struct Making {
    letters: Box<[char]>,
    found_in: FoundIn,
    /// The previous word in its chain.
    before: Option<usize>,
}

/// A power of two. With a vault of thousands of visits there are some words in each chain, and it is still fast.
const CHAINS: usize = 1 << 13;

impl Default for Words {
    fn default() -> Self {
        Self { words: Vec::new(), chains: vec![None; CHAINS] }
    }
}

impl Words {
    /// Adds the words of a text in this field of these places.
    pub(crate) fn add(&mut self, text: &str, places: &[usize], field: u8) {
        fold::words(text, &mut |word| {
            let at = self.place_of(word);
            let found_in = &mut self.words[at].found_in;
            for &place in places {
                // A text repeats most of its words, and so does its other form of address.
                if found_in.last() != Some(&(place, field)) {
                    found_in.push((place, field));
                }
            }
        });
    }

    /// The place of a word; it is added if it is new.
    fn place_of(&mut self, word: &[char]) -> usize {
        let chain = hash(word) % CHAINS;
        let before = self.chains[chain];
        let mut next = before;
        while let Some(at) = next {
            if *self.words[at].letters == *word {
                return at;
            }
            next = self.words[at].before;
        }
        self.words.push(Making { letters: word.into(), found_in: Vec::new(), before });
        self.chains[chain] = Some(self.words.len() - 1);
        self.words.len() - 1
    }

    /// The index, over this number of places.
    pub(crate) fn index(self, places: usize) -> WordIndex {
        let word = |Making { letters, found_in, .. }| {
            let letter_set = typo::letter_set(&letters);
            Word { letters, letter_set, found_in }
        };
        let mut words: Vec<_> = self.words.into_iter().map(word).collect();
        words.sort_unstable_by(|a, b| a.letters.cmp(&b.letters));
        WordIndex { words, places }
    }
}

/// FNV-1a over the letters, with the best bits first.
fn hash(word: &[char]) -> usize {
    let mix = |hash: u32, &letter: &char| (hash ^ u32::from(letter)).wrapping_mul(0x0100_0193);
    let hash = word.iter().fold(0x811c_9dc5, mix);
    (hash ^ hash >> 16) as usize
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
