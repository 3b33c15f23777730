//! The JSON export, version 2. Its shape is frozen, so that every later Naast can read an export of today; a
//! change becomes version 3. Version 1 had no planned time, kind, answers, marks, tools or concerns.
//!
//! Days are `YYYY-MM-DD`, moments are milliseconds since 1970 in UTC, ids are as in addresses; what is absent is
//! `null`.

use serde::Serialize;

use super::Readable;
use crate::content::{About, Phase};
use crate::records;
use crate::time::{Day, Moment};

/// Writes everything, in the order given, as JSON with an indentation of two spaces.
#[must_use]
pub fn json(all: &Readable<'_>) -> String {
    let export = Export {
        format: "naast-export",
        version: 2,
        made: all.made.iso(),
        families: all.families.iter().map(Family::new).collect(),
        visits: all.visits.iter().map(|visit| Visit::new(visit, all)).collect(),
        own_questions: all.own.iter().map(OwnQuestion::new).collect(),
        concerns: all.concerns.iter().map(Concern::new).collect(),
        favourites: all.favourites,
    };
    // It fails only for maps whose keys are not strings, and there are no maps.
    serde_json::to_string_pretty(&export).unwrap_or_default()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Export<'a> {
    format: &'a str,
    version: u8,
    made: String,
    families: Vec<Family<'a>>,
    visits: Vec<Visit<'a>>,
    own_questions: Vec<OwnQuestion<'a>>,
    concerns: Vec<Concern<'a>>,
    favourites: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Family<'a> {
    id: String,
    nickname: &'a str,
    symbol: Symbol,
    since: String,
    archived: Option<String>,
    please_do: &'a str,
    please_never: &'a str,
    farewell: Option<String>,
    handed_over: Option<String>,
    answers: Vec<Answer<'a>>,
}

impl<'a> Family<'a> {
    fn new(family: &'a records::Family) -> Self {
        Self {
            id: family.id.to_string(),
            nickname: &family.nickname,
            symbol: family.symbol.into(),
            since: family.since.iso(),
            archived: family.archived.map(Day::iso),
            please_do: &family.please_do,
            please_never: &family.please_never,
            farewell: family.farewell.map(Day::iso),
            handed_over: family.handed_over.map(Day::iso),
            answers: answers(&family.answers),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Visit<'a> {
    id: String,
    family: String,
    kind: &'a str,
    day: String,
    /// Minutes after midnight.
    at: Option<u16>,
    created: i64,
    closed: Option<i64>,
    intention: &'a str,
    cards: Vec<Card<'a>>,
    quick_note: &'a str,
    outcomes: &'a [String],
    checks: &'a [String],
    differently: &'a str,
    opener: &'a str,
    steps: Vec<Step<'a>>,
    seen_heard: &'a str,
    said: &'a str,
    thoughts: &'a str,
    answers: Vec<Answer<'a>>,
    signs: Vec<Mark<'a>>,
    tools: Vec<ToolUse<'a>>,
    cleared: Option<i64>,
}

impl<'a> Visit<'a> {
    fn new(visit: &'a records::Visit, all: &Readable<'a>) -> Self {
        Self {
            id: visit.id.to_string(),
            family: visit.family.to_string(),
            kind: &visit.kind,
            day: visit.day.iso(),
            at: visit.at,
            created: visit.created.0,
            closed: millis(visit.closed),
            intention: &visit.intention,
            cards: visit.cards.iter().map(|card| Card::new(card, all)).collect(),
            quick_note: &visit.quick_note,
            outcomes: &visit.outcomes,
            checks: &visit.checks,
            differently: &visit.differently,
            opener: &visit.opener,
            steps: visit.steps.iter().map(Step::new).collect(),
            seen_heard: &visit.seen_heard,
            said: &visit.said,
            thoughts: &visit.thoughts,
            answers: answers(&visit.answers),
            signs: marks(&visit.signs),
            tools: visit.tools.iter().map(ToolUse::new).collect(),
            cleared: millis(visit.cleared),
        }
    }
}

#[derive(Serialize)]
struct Card<'a> {
    question: &'a str,
    text: &'a str,
    asked: bool,
    note: &'a str,
}

impl<'a> Card<'a> {
    fn new(card: &'a records::Card, all: &Readable<'a>) -> Self {
        Self { question: &card.question, text: all.question(&card.question), asked: card.asked, note: &card.note }
    }
}

#[derive(Serialize)]
struct Step<'a> {
    id: String,
    what: &'a str,
    who: &'a str,
    when: &'a str,
    went: Went,
    idea: Option<Idea>,
    helper: Option<Helper>,
    sure: Option<u8>,
}

impl<'a> Step<'a> {
    fn new(step: &'a records::Step) -> Self {
        Self {
            id: step.id.to_string(),
            what: &step.what,
            who: &step.who,
            when: &step.when,
            went: step.went.into(),
            idea: step.idea.map(Into::into),
            helper: step.helper.map(Into::into),
            sure: step.sure,
        }
    }
}

#[derive(Serialize)]
struct ToolUse<'a> {
    id: String,
    tool: &'a str,
    answers: Vec<Answer<'a>>,
    marks: Vec<Mark<'a>>,
}

impl<'a> ToolUse<'a> {
    fn new(used: &'a records::ToolUse) -> Self {
        Self { id: used.id.to_string(), tool: &used.tool, answers: answers(&used.answers), marks: marks(&used.marks) }
    }
}

#[derive(Serialize)]
struct Concern<'a> {
    id: String,
    family: String,
    visit: Option<String>,
    created: i64,
    closed: Option<i64>,
    seen: &'a str,
    thoughts: &'a str,
    answers: Vec<Answer<'a>>,
}

impl<'a> Concern<'a> {
    fn new(concern: &'a records::Concern) -> Self {
        Self {
            id: concern.id.to_string(),
            family: concern.family.to_string(),
            visit: concern.visit.map(|visit| visit.to_string()),
            created: concern.created.0,
            closed: millis(concern.closed),
            seen: &concern.seen,
            thoughts: &concern.thoughts,
            answers: answers(&concern.answers),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OwnQuestion<'a> {
    id: String,
    text: &'a str,
    follow_up: &'a str,
    phase: Phase,
    about: About,
}

impl<'a> OwnQuestion<'a> {
    fn new(question: &'a records::OwnQuestion) -> Self {
        Self {
            id: question.id.question_id(),
            text: &question.text,
            follow_up: &question.follow_up,
            phase: question.phase,
            about: question.about,
        }
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    asks: &'a str,
    text: &'a str,
}

fn answers(all: &[records::Answer]) -> Vec<Answer<'_>> {
    all.iter().map(|answer| Answer { asks: &answer.asks, text: &answer.text }).collect()
}

#[derive(Serialize)]
struct Mark<'a> {
    asks: &'a str,
    value: u8,
}

fn marks(all: &[records::Mark]) -> Vec<Mark<'_>> {
    all.iter().map(|mark| Mark { asks: &mark.asks, value: mark.value }).collect()
}

fn millis(moment: Option<Moment>) -> Option<i64> {
    moment.map(|moment| moment.0)
}

/// An enum of the export with the values of one of the records. Its names are frozen here, whatever the names in
/// the records become.
macro_rules! names {
    ($($name:ident { $($value:ident),* })*) => {
        $(
            #[derive(Serialize)]
            #[serde(rename_all = "kebab-case")]
            enum $name {
                $($value,)*
            }

            impl From<records::$name> for $name {
                fn from(value: records::$name) -> Self {
                    match value {
                        $(records::$name::$value => Self::$value,)*
                    }
                }
            }
        )*
    };
}

names! {
    Went { Open, Done, Partly, NotYet, NotNeeded }
    Idea { Parent, Together, Worker }
    Helper { Parents, Network, OtherParents, Professional }
    Symbol { House, Tree, Bird, Boat, Star, Cup, Leaf, Moon, Fish, Key, Kite, Cloud }
}
