//! Search as you type over all that the worker wrote down: families, visits, concerns.
//!
//! [`Finder`] keeps the words of the records, not their texts; [`snippet`] reads
//! a record that was found once more, to show where.

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
    /// Whose record; of a family, itself.
    pub family: FamilyId,
}

/// The folded words of all records.
///
/// Made anew when a record changes. Those are the worker's words: it goes when the vault is locked.
#[derive(Debug)]
pub struct Finder {
    words: WordIndex,
    /// By place. A place is also a rank: families stand first, then what is newest.
    hits: Vec<Hit>,
}

/// The nickname of a family ranks before all other texts.
const NICKNAME: u8 = 0;
const OTHER: u8 = 1;

/// A record, by when it ranks, and its texts.
struct Entry<'r> {
    when: (Moment, Moment),
    hit: Hit,
    texts: Vec<&'r str>,
}

impl Finder {
    /// Reads all records.
    #[must_use]
    pub fn new<'r>(
        families: impl Iterator<Item = &'r Family>,
        visits: impl Iterator<Item = &'r Visit>,
        concerns: impl Iterator<Item = &'r Concern>,
    ) -> Self {
        let mut all = Vec::new();
        for family in families {
            // What a family asks holds now, whenever it was written down.
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

    /// At most so many records that hold every word of the query, best first.
    ///
    /// Words match as they do in the bank ([`crate::search::Index::search`]).
    /// Matches without slips come before matches with; then the nickname of a
    /// family before all else; then families before visits and concerns, and
    /// of those the newest first, by the day of the visit. That does not change
    /// while a word is being finished, so that the list stays quiet. A query
    /// without words finds nothing.
    #[must_use]
    pub fn search(&self, query: &str, most: usize) -> Vec<Hit> {
        if fold::text(query).is_empty() {
            return Vec::new();
        }
        let found = self.words.search(query, &|_, cost| Some((u32::from(cost.slips) << 16) | u32::from(cost.field)));
        found.into_iter().take(most).filter_map(|place| self.hits.get(place).copied()).collect::<Vec<_>>()
    }
}

/// All texts in a record that the worker typed, as they lie; many may be empty.
#[must_use]
pub fn texts_of(record: &Record) -> Vec<&str> {
    match record {
        Record::Family(family) => texts_of_family(family),
        Record::Visit(visit) => texts_of_visit(visit),
        Record::OwnQuestion(question) => vec![&question.text, &question.follow_up],
        Record::Concern(concern) => texts_of_concern(concern),
    }
}

/// The nickname first.
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

/// The most characters of a [`snippet`].
pub const SNIPPET: usize = 80;

/// How many of those are kept for what follows the word that was found.
const AFTER: usize = 50;

/// The words of a record around the first match, on one line, with … where the text goes on.
///
/// It looks for the longest word of the query, as the others say less: first
/// without slips, then with. Where that stands nowhere, these are the first
/// words there are. It is of one text: what was seen does not run on into what
/// is thought of it.
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
            // Far from it is still nearer than nothing: that is the first word there is.
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

/// How far a word between spaces is from what was typed, with those letters.
fn distance(word: &str, typed: &[char], letters: u32) -> u8 {
    let slips = typo::forgiven(typed.len());
    let mut least = 3;
    // It may be more than one word: `hand-in-hand`.
    fold::words(word, &mut |word| {
        let set = typo::letter_set(word);
        let near = |with| may_be_near(letters, set, slips, with) && typo::near(typed, word, slips, with);
        // In the order in which the index would have found it.
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

/// The word at this place with as many around it as fit.
fn around(words: &[&str], at: usize) -> String {
    // Two for the … on either side.
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
    // Only a word that is too long by itself.
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
