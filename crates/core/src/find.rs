//! Search as you type in everything that the worker wrote: families, visits, concerns.
//!
//! [`Finder`] keeps the words of the records, not their texts; [`snippet`] reads a record again to show where it
//! matches.

use core::cmp::Reverse;

use crate::fold;
use crate::records::{Answer, Concern, Family, FamilyId, Id, Kind, Record, Visit};
use crate::search::{WordIndex, Words, may_be_near};
use crate::time::Moment;
use crate::typo::{self, With};

/// A record that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// What kind of record.
    pub kind: Kind,
    /// Its identity.
    pub id: Id,
    /// The family it belongs to; for a family, the family itself.
    pub family: FamilyId,
}

/// The folded words of all records.
///
/// It is rebuilt when a record changes. It contains the worker's words, so it is dropped when the vault is
/// locked.
#[derive(Debug)]
pub struct Finder {
    words: WordIndex,
    /// By place. Places are ranked: families first, then the newest.
    hits: Vec<Hit>,
}

/// The nickname of a family ranks before all other texts.
const NICKNAME: u8 = 0;
const OTHER: u8 = 1;

/// A record with its rank and its texts.
struct Entry<'r> {
    when: (Moment, Moment),
    hit: Hit,
    texts: Vec<&'r str>,
}

impl Finder {
    /// Builds the index.
    #[must_use]
    pub fn new<'r>(
        families: impl Iterator<Item = &'r Family>,
        visits: impl Iterator<Item = &'r Visit>,
        concerns: impl Iterator<Item = &'r Concern>,
    ) -> Self {
        let mut all = Vec::new();
        for family in families {
            // What a family asks holds today, whenever it was written.
            let when = (Moment(i64::MAX), family.since.noon_utc());
            let hit = Hit { kind: Kind::Family, id: family.id.0, family: family.id };
            all.push(Entry { when, hit, texts: texts_of_family(family) });
        }
        for visit in visits {
            let when = (visit.day.noon_utc(), visit.created);
            let hit = Hit { kind: Kind::Visit, id: visit.id.0, family: visit.family };
            all.push(Entry { when, hit, texts: texts_of_visit(visit) });
        }
        for concern in concerns {
            let when = (concern.created, concern.created);
            let hit = Hit { kind: Kind::Concern, id: concern.id.0, family: concern.family };
            all.push(Entry { when, hit, texts: texts_of_concern(concern) });
        }
        Self::of(all)
    }

    fn of(mut all: Vec<Entry<'_>>) -> Self {
        all.sort_unstable_by_key(|entry| Reverse((entry.when, entry.hit.id)));
        let mut words = Words::default();
        for (place, entry) in all.iter().enumerate() {
            let mut field = if entry.hit.kind == Kind::Family { NICKNAME } else { OTHER };
            for text in &entry.texts {
                words.add(text, &[place], field);
                field = OTHER;
            }
        }
        Self { words: words.index(all.len()), hits: all.into_iter().map(|entry| entry.hit).collect::<Vec<_>>() }
    }

    /// At most this many records that contain every word of the query, the best first.
    ///
    /// Words match as in the bank ([`crate::search::Index::search`]). Matches without slips come before
    /// matches with slips, then the nickname of a family before everything else, then families before visits
    /// and concerns, and among those the newest first, by the day of the visit. The order does not change
    /// while a word is being completed, so that the list stays calm. A query without words finds nothing.
    #[must_use]
    pub fn search(&self, query: &str, most: usize) -> Vec<Hit> {
        if fold::text(query).is_empty() {
            return Vec::new();
        }
        let found = self.words.search(query, &|_, cost| Some((u32::from(cost.slips) << 16) | u32::from(cost.field)));
        found.into_iter().take(most).filter_map(|place| self.hits.get(place).copied()).collect::<Vec<_>>()
    }
}

/// All texts in a record that the worker typed, as they are stored; many may be empty.
#[must_use]
pub fn texts_of(record: &Record) -> Vec<&str> {
    match record {
        Record::Family(family) => texts_of_family(family),
        Record::Visit(visit) => texts_of_visit(visit),
        Record::OwnQuestion(question) => vec![&question.text, &question.follow_up],
        Record::Concern(concern) => texts_of_concern(concern),
    }
}

/// The nickname comes first.
fn texts_of_family(family: &Family) -> Vec<&str> {
    let mut texts: Vec<&str> = vec![&family.nickname, &family.please_do, &family.please_never];
    add(&mut texts, &family.answers);
    texts
}

fn texts_of_visit(visit: &Visit) -> Vec<&str> {
    let mut texts: Vec<&str> = vec![
        &visit.intention,
        &visit.quick_note,
        &visit.seen_heard,
        &visit.said,
        &visit.thoughts,
        &visit.differently,
        &visit.opener,
    ];
    for card in &visit.cards {
        texts.push(&card.note);
    }
    for step in &visit.steps {
        texts.extend([&*step.what, &*step.who, &*step.when]);
    }
    add(&mut texts, &visit.answers);
    for tool in &visit.tools {
        add(&mut texts, &tool.answers);
    }
    texts
}

fn texts_of_concern(concern: &Concern) -> Vec<&str> {
    let mut texts: Vec<&str> = vec![&concern.seen, &concern.thoughts];
    add(&mut texts, &concern.answers);
    texts
}

fn add<'r>(texts: &mut Vec<&'r str>, answers: &'r [Answer]) {
    for answer in answers {
        texts.push(&answer.text);
    }
}

/// The largest number of characters in a [`snippet`].
pub const SNIPPET: usize = 80;

/// How many of them are kept for the text after the match.
const AFTER: usize = 50;

/// The words of a record around the first match, on one line, with … where the text goes on.
///
/// It looks for the longest word of the query, which says most: first without slips, then with slips. If that
/// does not occur, it takes the first words of the record. It comes from one text, so that what was seen does not
/// run into what the worker thinks of it.
#[must_use]
pub fn snippet(record: &Record, query: &str) -> String {
    snippet_of(&texts_of(record), query)
}

fn snippet_of(texts: &[&str], query: &str) -> String {
    let mut typed: Vec<char> = Vec::new();
    fold::words(query, &mut |word| {
        if word.len() > typed.len() {
            typed = word.to_vec();
        }
    });
    let set = typo::letter_set(&typed);
    let (mut nearest, mut found) = (u8::MAX, ("", 0));
    'reading: for &text in texts {
        for (at, word) in text.split_whitespace().enumerate() {
            // A distant match is still better than none, which shows the first words of the record.
            let distance = distance(word, &typed, set);
            if distance < nearest {
                (nearest, found) = (distance, (text, at));
            }
            if nearest == 0 {
                break 'reading;
            }
        }
    }
    let (text, at) = found;
    around(&text.split_whitespace().collect::<Vec<_>>(), at)
}

/// The distance between a word that stands between spaces and what was typed, which has these letters.
fn distance(word: &str, typed: &[char], letters: u32) -> u8 {
    let slips = typo::forgiven(typed.len());
    let mut least = 3;
    // It may consist of several words: `hand-in-hand`.
    fold::words(word, &mut |word| {
        let set = typo::letter_set(word);
        let near = |with| may_be_near(letters, set, slips, with) && typo::near(typed, word, slips, with);
        // In the order in which the index finds it.
        let far = if word.starts_with(typed) {
            0
        } else if near(With::Whole) {
            1
        } else if near(With::Beginning) {
            2
        } else {
            3
        };
        least = far.min(least);
    });
    least
}

/// The word at this place, with as many words around it as fit.
fn around(words: &[&str], at: usize) -> String {
    // Two characters are for the … on either side.
    let most = SNIPPET - 2;
    let mut room = most.saturating_sub(words.get(at).map_or(0, |word| word.chars().count()));
    let mut fits = |place: Option<usize>, kept: usize| {
        let needed = place.and_then(|place| words.get(place)).map(|word| word.chars().count() + 1);
        let left = needed.and_then(|needed| room.checked_sub(needed)).filter(|left| *left >= kept);
        room = left.unwrap_or(room);
        left.is_some()
    };
    let (mut from, mut to) = (at, at + 1);
    while fits(from.checked_sub(1), AFTER) {
        from -= 1;
    }
    while fits(Some(to), 0) {
        to += 1;
    }
    while fits(from.checked_sub(1), 0) {
        from -= 1;
    }
    let mut shown = words.get(from..to).unwrap_or_default().join(" ");
    // This happens only if a single word is too long.
    let cut = shown.char_indices().nth(most).map(|(end, _)| end);
    if let Some(end) = cut {
        shown.truncate(end);
    }
    let before = if from > 0 { "…" } else { "" };
    let after = if cut.is_some() || to < words.len() { "…" } else { "" };
    [before, &shown, after].concat()
}

#[cfg(test)]
#[path = "find_tests.rs"]
mod tests;
