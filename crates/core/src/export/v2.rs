//! The shape of an export for machines, version 2: frozen, so that an export
//! made today can be read by any later Naast. What changes becomes version 3.
//!
//! Version 1 had no planned time, kind, answers, marks, tools or concerns.

use serde::Serialize;

use super::Readable;
use crate::content::{About, Phase};
use crate::records::{
    Answer, Card, Concern, Family, Helper, Idea, Mark, OwnQuestion, Step, Symbol, ToolUse, Visit, Went,
};
use crate::time::{Day, Moment};

/// Everything, as a value that any serde format can write.
///
/// Days are `YYYY-MM-DD`, moments milliseconds since 1970 in UTC, ids as in addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExportV2<'a> {
    /// Always `naast-export`.
    pub format: &'static str,
    /// Always 2.
    pub version: u8,
    /// The day of the export.
    pub made: String,
    /// Families.
    pub families: Vec<FamilyV2<'a>>,
    /// Visits of all families.
    pub visits: Vec<VisitV2<'a>>,
    /// Questions the worker wrote.
    pub own_questions: Vec<OwnQuestionV2<'a>>,
    /// Worries about a child.
    pub concerns: Vec<ConcernV2<'a>>,
    /// Ids of favourite questions.
    pub favourites: &'a [String],
}

/// A family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FamilyV2<'a> {
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
    /// What the parent asks for.
    pub please_do: &'a str,
    /// What the parent asks never to do.
    pub please_never: &'a str,
    /// The day of the farewell.
    pub farewell: Option<String>,
    /// The day on which the notes were handed over.
    pub handed_over: Option<String>,
    /// Answers about the family.
    pub answers: Vec<AnswerV2<'a>>,
}

/// An answer to something that the content asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerV2<'a> {
    /// The id of what asks.
    pub asks: &'a str,
    /// The answer.
    pub text: &'a str,
}

/// A number from 0 to 10.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkV2<'a> {
    /// The id of what asks.
    pub asks: &'a str,
    /// The number.
    pub value: u8,
}

/// What was done together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToolUseV2<'a> {
    /// Identity.
    pub id: String,
    /// Which tool.
    pub tool: &'a str,
    /// What was said.
    pub answers: Vec<AnswerV2<'a>>,
    /// Numbers given.
    pub marks: Vec<MarkV2<'a>>,
}

/// A worry about a child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConcernV2<'a> {
    /// Identity.
    pub id: String,
    /// [`FamilyV2::id`].
    pub family: String,
    /// [`VisitV2::id`].
    pub visit: Option<String>,
    /// When it was put down.
    pub created: Moment,
    /// When it was closed.
    pub closed: Option<Moment>,
    /// What was seen and heard.
    pub seen: &'a str,
    /// What the worker thinks of it.
    pub thoughts: &'a str,
    /// What was done, by step.
    pub answers: Vec<AnswerV2<'a>>,
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VisitV2<'a> {
    /// Identity.
    pub id: String,
    /// [`FamilyV2::id`].
    pub family: String,
    /// What kind of visit; empty: an ordinary one.
    pub kind: &'a str,
    /// The day of the visit.
    pub day: String,
    /// The planned time in minutes after midnight.
    pub at: Option<u16>,
    /// When the record was made.
    pub created: Moment,
    /// When it was put away as ready.
    pub closed: Option<Moment>,
    /// What the worker wanted to do or be.
    pub intention: &'a str,
    /// The questions taken along.
    pub cards: Vec<CardV2<'a>>,
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
    pub steps: Vec<StepV2<'a>>,
    /// What was seen and heard.
    pub seen_heard: &'a str,
    /// What was said, word for word.
    pub said: &'a str,
    /// What the worker thinks of it.
    pub thoughts: &'a str,
    /// Answers of the worker to oneself.
    pub answers: Vec<AnswerV2<'a>>,
    /// Where the worker stood on the continuum.
    pub signs: Vec<MarkV2<'a>>,
    /// What was done together.
    pub tools: Vec<ToolUseV2<'a>>,
    /// When the notes were cleared.
    pub cleared: Option<Moment>,
}

/// A question taken along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CardV2<'a> {
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
pub struct StepV2<'a> {
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
    /// `parent`, `together` or `worker`.
    pub idea: Option<&'static str>,
    /// `parents`, `network`, `other-parents` or `professional`.
    pub helper: Option<&'static str>,
    /// How sure the parent is, 0 to 10.
    pub sure: Option<u8>,
}

/// A question the worker wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnQuestionV2<'a> {
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

impl<'a> ExportV2<'a> {
    /// All there is, in the order given.
    #[must_use]
    pub fn new(all: &Readable<'a>) -> Self {
        Self {
            format: "naast-export",
            version: 2,
            made: all.made.iso(),
            families: all.families.iter().map(family).collect(),
            visits: all.visits.iter().map(|of| visit(of, all)).collect(),
            own_questions: all.own.iter().map(own_question).collect(),
            concerns: all.concerns.iter().map(concern).collect(),
            favourites: all.favourites,
        }
    }
}

fn family(family: &Family) -> FamilyV2<'_> {
    FamilyV2 {
        id: family.id.to_string(),
        nickname: &family.nickname,
        symbol: symbol_name(family.symbol),
        since: family.since.iso(),
        archived: family.archived.map(Day::iso),
        please_do: &family.please_do,
        please_never: &family.please_never,
        farewell: family.farewell.map(Day::iso),
        handed_over: family.handed_over.map(Day::iso),
        answers: answers(&family.answers),
    }
}

fn answers(all: &[Answer]) -> Vec<AnswerV2<'_>> {
    all.iter().map(|Answer { asks, text }| AnswerV2 { asks, text }).collect()
}

fn marks(all: &[Mark]) -> Vec<MarkV2<'_>> {
    all.iter().map(|Mark { asks, value }| MarkV2 { asks, value: *value }).collect()
}

fn tool_use(ToolUse { id, tool, answers: said, marks: given }: &ToolUse) -> ToolUseV2<'_> {
    ToolUseV2 { id: id.to_string(), tool, answers: answers(said), marks: marks(given) }
}

fn concern(concern: &Concern) -> ConcernV2<'_> {
    ConcernV2 {
        id: concern.id.to_string(),
        family: concern.family.to_string(),
        visit: concern.visit.map(|visit| visit.to_string()),
        created: concern.created,
        closed: concern.closed,
        seen: &concern.seen,
        thoughts: &concern.thoughts,
        answers: answers(&concern.answers),
    }
}

fn visit<'a>(visit: &'a Visit, all: &Readable<'a>) -> VisitV2<'a> {
    let card = |Card { question, asked, note }: &'a Card| CardV2 {
        question,
        text: all.question(question),
        asked: *asked,
        note,
    };
    VisitV2 {
        id: visit.id.to_string(),
        family: visit.family.to_string(),
        kind: &visit.kind,
        day: visit.day.iso(),
        at: visit.at,
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
        said: &visit.said,
        thoughts: &visit.thoughts,
        answers: answers(&visit.answers),
        signs: marks(&visit.signs),
        tools: visit.tools.iter().map(tool_use).collect(),
        cleared: visit.cleared,
    }
}

fn step(Step { id, what, who, when, went, idea, helper, sure }: &Step) -> StepV2<'_> {
    let went = match went {
        Went::Open => "open",
        Went::Done => "done",
        Went::Partly => "partly",
        Went::NotYet => "not-yet",
        Went::NotNeeded => "not-needed",
    };
    let idea = idea.map(|idea| match idea {
        Idea::Parent => "parent",
        Idea::Together => "together",
        Idea::Worker => "worker",
    });
    let helper = helper.map(|helper| match helper {
        Helper::Parents => "parents",
        Helper::Network => "network",
        Helper::OtherParents => "other-parents",
        Helper::Professional => "professional",
    });
    StepV2 { id: id.to_string(), what, who, when, went, idea, helper, sure: *sure }
}

fn own_question(OwnQuestion { id, text, follow_up, phase, about }: &OwnQuestion) -> OwnQuestionV2<'_> {
    OwnQuestionV2 { id: id.question_id(), text, follow_up, phase: *phase, about: *about }
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
