//! The records of a worker: families, visits, own questions, concerns.
//!
//! These are the types that the app works with today. Their stored form is frozen per version in `naast-vault`.

use crate::content::{About, Phase};
use crate::time::{Day, Moment};

/// The id of a record: 96 random bits, shown as 24 hexadecimal characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Id(pub [u8; 12]);

impl Id {
    /// Reads 24 hexadecimal characters in lower case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 24 {
            return None;
        }
        let nibble = |c: u8| match c {
            b'0'..=b'9' => Some(c - b'0'),
            b'a'..=b'f' => Some(c - b'a' + 10),
            _ => None,
        };
        let mut bytes = [0; 12];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Some(Self(bytes))
    }
}

impl core::fmt::Display for Id {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub Id);

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

typed_id! {
    /// The id of a family.
    FamilyId,
    /// The id of a visit.
    VisitId,
    /// The id of a step.
    StepId,
    /// The id of a question that the worker wrote.
    OwnQuestionId,
    /// The id of a use of a tool.
    ToolUseId,
    /// The id of a concern.
    ConcernId
}

/// A drawing that represents a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the names are the meaning")]
pub enum Symbol {
    #[default]
    House,
    Tree,
    Bird,
    Boat,
    Star,
    Cup,
    Leaf,
    Moon,
    Fish,
    Key,
    Kite,
    Cloud,
}

impl Symbol {
    /// All symbols, in the order of the screen.
    pub const ALL: [Self; 12] = [
        Self::House,
        Self::Tree,
        Self::Bird,
        Self::Boat,
        Self::Star,
        Self::Cup,
        Self::Leaf,
        Self::Moon,
        Self::Fish,
        Self::Key,
        Self::Kite,
        Self::Cloud,
    ];
}

/// A family that the worker visits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Family {
    /// Its id.
    pub id: FamilyId,
    /// What the worker calls them; never a surname. Any text.
    pub nickname: String,
    /// The drawing that represents them.
    pub symbol: Symbol,
    /// The day since when the worker visits them.
    pub since: Day,
    /// The day on which the family was archived, if it was.
    pub archived: Option<Day>,
    /// What the parent asks the worker to do, in the parent's words.
    pub please_do: String,
    /// What the parent asks the worker never to do, in the parent's words.
    pub please_never: String,
    /// The day on which the worker and the parents said farewell.
    pub farewell: Option<Day>,
    /// The day on which the notes were handed over.
    pub handed_over: Option<Day>,
    /// Answers to the questions of the content about a family.
    pub answers: Vec<Answer>,
}

/// One visit: before, during and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Its id.
    pub id: VisitId,
    /// The family that was visited.
    pub family: FamilyId,
    /// The kind of visit (`content::VisitKind::id`); empty: an ordinary one.
    pub kind: String,
    /// The day of the visit.
    pub day: Day,
    /// The planned time in minutes after midnight; absent if no time was set.
    pub at: Option<u16>,
    /// When the record was created.
    pub created: Moment,
    /// When the worker marked it as finished; before that it can be continued.
    pub closed: Option<Moment>,
    /// What the worker intends to do or be this time.
    pub intention: String,
    /// The questions taken along.
    pub cards: Vec<Card>,
    /// A quick note that belongs to no card.
    pub quick_note: String,
    /// How the parents left the talk (`content::Outcome::id`); several may apply.
    pub outcomes: Vec<String>,
    /// The checks that the worker ticked (`content::Check::id`).
    pub checks: Vec<String>,
    /// What the worker wants to do differently.
    pub differently: String,
    /// The first sentence for next time.
    pub opener: String,
    /// The small steps that were agreed.
    pub steps: Vec<Step>,
    /// What was seen and heard.
    pub seen_heard: String,
    /// What was said, word for word.
    pub said: String,
    /// What the worker thinks of it.
    pub thoughts: String,
    /// The answers of the worker to their own questions (`content::Reflection::id`).
    pub answers: Vec<Answer>,
    /// Where the worker stood on the continuum (`content::Sign::id`): 0 reductionist, 10 democratic.
    pub signs: Vec<Mark>,
    /// What was done together at the table.
    pub tools: Vec<ToolUse>,
    /// When the notes were cleared, if they were.
    pub cleared: Option<Moment>,
}

impl Visit {
    /// A new visit with nothing in it.
    #[must_use]
    pub fn new(id: VisitId, family: FamilyId, day: Day, created: Moment) -> Self {
        Self {
            id,
            family,
            kind: String::new(),
            day,
            at: None,
            created,
            closed: None,
            intention: String::new(),
            cards: Vec::new(),
            quick_note: String::new(),
            outcomes: Vec::new(),
            checks: Vec::new(),
            differently: String::new(),
            opener: String::new(),
            steps: Vec::new(),
            seen_heard: String::new(),
            said: String::new(),
            thoughts: String::new(),
            answers: Vec::new(),
            signs: Vec::new(),
            tools: Vec::new(),
            cleared: None,
        }
    }
}

impl Visit {
    /// A step that was agreed in this visit.
    #[must_use]
    pub fn step(&self, id: StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The same, to change it.
    pub fn step_mut(&mut self, id: StepId) -> Option<&mut Step> {
        self.steps.iter_mut().find(|step| step.id == id)
    }

    /// The steps that were written down: an empty line is not a step.
    pub fn written_steps(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| !step.what.trim().is_empty())
    }

    /// The card of a question, if it was taken along.
    #[must_use]
    pub fn card(&self, question: &str) -> Option<&Card> {
        self.cards.iter().find(|card| card.question == question)
    }

    /// The same, to change it.
    pub fn card_mut(&mut self, question: &str) -> Option<&mut Card> {
        self.cards.iter_mut().find(|card| card.question == question)
    }
}

/// A question that was taken along to a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The question (`content::Question::id`), from the bank or the worker's own.
    pub question: String,
    /// Whether it was asked.
    pub asked: bool,
    /// A short note about it.
    pub note: String,
}

impl Card {
    /// A card with a question that was just taken along.
    #[must_use]
    pub fn new(question: &str) -> Self {
        Self { question: question.to_owned(), asked: false, note: String::new() }
    }
}

/// An answer to a question of the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The id of the question.
    pub asks: String,
    /// The answer; several lines if the question asks for a list.
    pub text: String,
}

/// A mark on a line from 0 to 10.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The id of the question.
    pub asks: String,
    /// 0 to 10.
    pub value: u8,
}

/// The highest mark.
pub const HIGHEST: u8 = 10;

/// A use of a tool at the table, and its results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolUse {
    /// Its id.
    pub id: ToolUseId,
    /// The tool (`content::Tool::id`).
    pub tool: String,
    /// What was said, by the id of the question.
    pub answers: Vec<Answer>,
    /// The marks of the parent, by the id of the question.
    pub marks: Vec<Mark>,
}

/// The answer to the question `asks`; empty if there is none.
#[must_use]
pub fn answer<'a>(answers: &'a [Answer], asks: &str) -> &'a str {
    answers.iter().find(|answer| answer.asks == asks).map_or("", |answer| &answer.text)
}

/// Sets an answer; an empty text removes it.
pub fn set_answer(answers: &mut Vec<Answer>, asks: &str, text: &str) {
    let at = answers.iter().position(|answer| answer.asks == asks);
    match (at, text.is_empty()) {
        (Some(at), true) => drop(answers.remove(at)),
        (Some(at), false) => text.clone_into(&mut answers[at].text),
        (None, true) => {}
        (None, false) => answers.push(Answer { asks: asks.to_owned(), text: text.to_owned() }),
    }
}

/// The mark for the question `asks`, if there is one.
#[must_use]
pub fn mark(marks: &[Mark], asks: &str) -> Option<u8> {
    marks.iter().find(|mark| mark.asks == asks).map(|mark| mark.value)
}

/// Sets a mark, at most [`HIGHEST`]; `None` removes it.
pub fn set_mark(marks: &mut Vec<Mark>, asks: &str, value: Option<u8>) {
    marks.retain(|mark| mark.asks != asks);
    if let Some(value) = value {
        marks.push(Mark { asks: asks.to_owned(), value: value.min(HIGHEST) });
    }
}

/// A small step that was agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its id.
    pub id: StepId,
    /// What will be done.
    pub what: String,
    /// Who does it.
    pub who: String,
    /// When, in words.
    pub when: String,
    /// How it went.
    pub went: Went,
    /// Whose idea it was, if that was noted.
    pub idea: Option<Idea>,
    /// Who helps with it, if that was noted.
    pub helper: Option<Helper>,
    /// How sure the parent is that it will work, 0 to 10.
    pub sure: Option<u8>,
}

impl Step {
    /// A step with nothing filled in.
    #[must_use]
    pub fn new(id: StepId) -> Self {
        let empty = String::new;
        let (what, who, when) = (empty(), empty(), empty());
        Self { id, what, who, when, went: Went::Open, idea: None, helper: None, sure: None }
    }

    /// Whether nothing was written: not what, who or when.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        [&self.what, &self.who, &self.when].into_iter().all(|text| text.trim().is_empty())
    }
}

/// Whose idea a step was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idea {
    /// The parent's.
    Parent,
    /// The parent and the worker found it together.
    Together,
    /// The worker's.
    Worker,
}

impl Idea {
    /// All answers, in the order of the screen.
    pub const ALL: [Self; 3] = [Self::Parent, Self::Together, Self::Worker];
}

/// Who helps with a step: the ladder of the third violin, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Helper {
    /// The parents themselves.
    Parents,
    /// People around the parents.
    Network,
    /// Other parents.
    OtherParents,
    /// A professional, if the parent asks for one.
    Professional,
}

impl Helper {
    /// All rungs of the ladder, the nearest first.
    pub const ALL: [Self; 4] = [Self::Parents, Self::Network, Self::OtherParents, Self::Professional];
}

/// How a step went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Went {
    /// It was not discussed since.
    #[default]
    Open,
    /// Done.
    Done,
    /// Partly done.
    Partly,
    /// Not yet.
    NotYet,
    /// No longer needed.
    NotNeeded,
}

impl Went {
    /// The answers to choose from, in the order of the screen.
    pub const ANSWERS: [Self; 4] = [Self::Done, Self::Partly, Self::NotYet, Self::NotNeeded];
}

/// A question that the worker wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnQuestion {
    /// Its id.
    pub id: OwnQuestionId,
    /// The question as one says it.
    pub text: String,
    /// A follow-up question; may be empty.
    pub follow_up: String,
    /// The phase that it suits.
    pub phase: Phase,
    /// Whom or what it is about.
    pub about: About,
}

/// A concern about a child that cannot wait: what was seen, apart from what the worker thinks.
///
/// It is open until the worker closes it; while it is open, the notes of its visit are not cleared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concern {
    /// Its id.
    pub id: ConcernId,
    /// The family it is about.
    pub family: FamilyId,
    /// The visit in which it came up, if any.
    pub visit: Option<VisitId>,
    /// When it was noted.
    pub created: Moment,
    /// When it was closed.
    pub closed: Option<Moment>,
    /// What was seen and heard.
    pub seen: String,
    /// What the worker thinks of it.
    pub thoughts: String,
    /// What was done, by step.
    pub answers: Vec<Answer>,
}

impl Concern {
    /// A concern with nothing in it.
    #[must_use]
    pub fn new(id: ConcernId, family: FamilyId, visit: Option<VisitId>, created: Moment) -> Self {
        let (seen, thoughts) = (String::new(), String::new());
        Self { id, family, visit, created, closed: None, seen, thoughts, answers: Vec::new() }
    }

    /// Whether nothing was noted: the worker started it and went on.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let Self { closed, seen, thoughts, answers, .. } = self;
        closed.is_none() && seen.is_empty() && thoughts.is_empty() && answers.is_empty()
    }

    /// Whether notes about the family must be kept because of it.
    #[must_use]
    pub fn holds_notes(&self) -> bool {
        self.closed.is_none() && !self.is_blank()
    }
}

/// Any record in the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "passes by one at a time; most records are visits")]
pub enum Record {
    /// A family.
    Family(Family),
    /// A visit.
    Visit(Visit),
    /// A question that the worker wrote.
    OwnQuestion(OwnQuestion),
    /// A concern about a child.
    Concern(Concern),
}

/// The kinds of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// [`Family`]
    Family,
    /// [`Visit`]
    Visit,
    /// [`OwnQuestion`]
    OwnQuestion,
    /// [`Concern`]
    Concern,
}

impl Kind {
    /// All kinds of record.
    pub const ALL: [Self; 4] = [Self::Family, Self::Visit, Self::OwnQuestion, Self::Concern];
}

impl Record {
    /// The kind of the record.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Family(_) => Kind::Family,
            Self::Visit(_) => Kind::Visit,
            Self::OwnQuestion(_) => Kind::OwnQuestion,
            Self::Concern(_) => Kind::Concern,
        }
    }

    /// The id of the record.
    #[must_use]
    pub fn id(&self) -> Id {
        match self {
            Self::Family(family) => family.id.0,
            Self::Visit(visit) => visit.id.0,
            Self::OwnQuestion(question) => question.id.0,
            Self::Concern(concern) => concern.id.0,
        }
    }
}
