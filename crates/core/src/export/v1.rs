//! The shape of an export for machines, version 1: frozen, so that an export
//! made today can be read by any later Naast. What changes becomes version 2.

use serde::Serialize;

use super::Readable;
use crate::content::{About, Phase};
use crate::records::{Card, Family, OwnQuestion, Step, Symbol, Visit, Went};
use crate::time::{Day, Moment};

/// Everything, as a value that any serde format can write.
///
/// Days are `YYYY-MM-DD`, moments milliseconds since 1970 in UTC, ids as in addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExportV1<'a> {
    /// Always `naast-export`.
    pub format: &'static str,
    /// Always 1.
    pub version: u8,
    /// The day of the export.
    pub made: String,
    /// Families.
    pub families: Vec<FamilyV1<'a>>,
    /// Visits of all families.
    pub visits: Vec<VisitV1<'a>>,
    /// Questions the worker wrote.
    pub own_questions: Vec<OwnQuestionV1<'a>>,
    /// Ids of favourite questions.
    pub favourites: &'a [String],
}

/// A family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FamilyV1<'a> {
    /// Identity.
    pub id: String,
    /// What the worker calls them.
    pub nickname: &'a str,
    /// English name of the drawing, lower case.
    pub symbol: &'static str,
    /// Since when the worker comes there.
    pub since: String,
    /// Since when it rests in the archive.
    pub archived: Option<String>,
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VisitV1<'a> {
    /// Identity.
    pub id: String,
    /// [`FamilyV1::id`].
    pub family: String,
    /// The day of the visit.
    pub day: String,
    /// When the record was made.
    pub created: Moment,
    /// When it was put away as ready.
    pub closed: Option<Moment>,
    /// What the worker wanted to do or be.
    pub intention: &'a str,
    /// The questions taken along.
    pub cards: Vec<CardV1<'a>>,
    /// A quick note.
    pub quick_note: &'a str,
    /// Ids of outcomes.
    pub outcomes: &'a [String],
    /// Ids of checks ticked as done.
    pub checks: &'a [String],
    /// What the worker wants to do differently.
    pub differently: &'a str,
    /// The first sentence for next time.
    pub opener: &'a str,
    /// Small steps that were agreed.
    pub steps: Vec<StepV1<'a>>,
    /// What was seen and heard.
    pub seen_heard: &'a str,
    /// What the worker thinks of it.
    pub thoughts: &'a str,
}

/// A question taken along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CardV1<'a> {
    /// Id of the question.
    pub question: &'a str,
    /// The question as it is said; its id where it is gone.
    pub text: &'a str,
    /// Whether it was asked.
    pub asked: bool,
    /// A short note on it.
    pub note: &'a str,
}

/// A small step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StepV1<'a> {
    /// Identity.
    pub id: String,
    /// What exactly.
    pub what: &'a str,
    /// Who does it.
    pub who: &'a str,
    /// When, in words.
    pub when: &'a str,
    /// `open`, `done`, `partly`, `not-yet` or `not-needed`.
    pub went: &'static str,
}

/// A question the worker wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnQuestionV1<'a> {
    /// Id as of any question.
    pub id: String,
    /// The question.
    pub text: &'a str,
    /// A question to go on with; may be empty.
    pub follow_up: &'a str,
    /// The moment it fits.
    pub phase: Phase,
    /// Whom or what it is about.
    pub about: About,
}

impl<'a> ExportV1<'a> {
    /// All there is, in the order given.
    #[must_use]
    pub fn new(all: &Readable<'a>) -> Self {
        Self {
            format: "naast-export",
            version: 1,
            made: all.made.iso(),
            families: all.families.iter().map(family).collect(),
            visits: all.visits.iter().map(|of| visit(of, all)).collect(),
            own_questions: all.own.iter().map(own_question).collect(),
            favourites: all.favourites,
        }
    }
}

fn family(Family { id, nickname, symbol, since, archived }: &Family) -> FamilyV1<'_> {
    FamilyV1 {
        id: id.to_string(),
        nickname,
        symbol: symbol_name(*symbol),
        since: since.iso(),
        archived: archived.map(Day::iso),
    }
}

fn visit<'a>(visit: &'a Visit, all: &Readable<'a>) -> VisitV1<'a> {
    let card = |Card { question, asked, note }: &'a Card| CardV1 {
        question,
        text: all.question(question),
        asked: *asked,
        note,
    };
    VisitV1 {
        id: visit.id.to_string(),
        family: visit.family.to_string(),
        day: visit.day.iso(),
        created: visit.created,
        closed: visit.closed,
        intention: &visit.intention,
        cards: visit.cards.iter().map(card).collect(),
        quick_note: &visit.quick_note,
        outcomes: &visit.outcomes,
        checks: &visit.checks,
        differently: &visit.differently,
        opener: &visit.opener,
        steps: visit.steps.iter().map(step).collect(),
        seen_heard: &visit.seen_heard,
        thoughts: &visit.thoughts,
    }
}

fn step(Step { id, what, who, when, went }: &Step) -> StepV1<'_> {
    let went = match went {
        Went::Open => "open",
        Went::Done => "done",
        Went::Partly => "partly",
        Went::NotYet => "not-yet",
        Went::NotNeeded => "not-needed",
    };
    StepV1 { id: id.to_string(), what, who, when, went }
}

fn own_question(OwnQuestion { id, text, follow_up, phase, about }: &OwnQuestion) -> OwnQuestionV1<'_> {
    OwnQuestionV1 { id: id.question_id(), text, follow_up, phase: *phase, about: *about }
}

fn symbol_name(symbol: Symbol) -> &'static str {
    match symbol {
        Symbol::House => "house",
        Symbol::Tree => "tree",
        Symbol::Bird => "bird",
        Symbol::Boat => "boat",
        Symbol::Star => "star",
        Symbol::Cup => "cup",
        Symbol::Leaf => "leaf",
        Symbol::Moon => "moon",
        Symbol::Fish => "fish",
        Symbol::Key => "key",
        Symbol::Kite => "kite",
        Symbol::Cloud => "cloud",
    }
}
