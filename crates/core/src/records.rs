//! What a worker keeps: families, visits, own questions.
//!
//! These are the types the app works with today. How they lie in storage is
//! frozen per version in `naast-vault`.

use crate::content::{About, Phase};
use crate::time::{Day, Moment};

/// Identity of a record: 96 random bits, shown as 24 hexadecimal characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub [u8; 12]);

impl Id {
    /// Reads 24 hexadecimal characters, lower case.
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
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Id);

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

typed_id! {
    /// Identity of a family.
    FamilyId,
    /// Identity of a visit.
    VisitId,
    /// Identity of a step.
    StepId,
    /// Identity of a question the worker wrote.
    OwnQuestionId
}

/// A drawing that stands for a family.
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

/// A family the worker visits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// Identity.
    pub id: FamilyId,
    /// What the worker calls them; never a surname. Any text.
    pub nickname: String,
    /// The drawing that stands for them.
    pub symbol: Symbol,
    /// Since when the worker comes there.
    pub since: Day,
    /// Since when the family rests in the archive, if it does.
    pub archived: Option<Day>,
}

/// One visit, before, during and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Identity.
    pub id: VisitId,
    /// Whose visit.
    pub family: FamilyId,
    /// The day of the visit.
    pub day: Day,
    /// When the record was made.
    pub created: Moment,
    /// When the worker put it away as ready; until then it can be continued.
    pub closed: Option<Moment>,
    /// What the worker wants to do or be this time.
    pub intention: String,
    /// The questions taken along.
    pub cards: Vec<Card>,
    /// A quick note, not tied to a card.
    pub quick_note: String,
    /// How the parents left the talk (`content::Outcome::id`); several may hold.
    pub outcomes: Vec<String>,
    /// Checks the worker ticked as done (`content::Check::id`).
    pub checks: Vec<String>,
    /// What the worker wants to do differently.
    pub differently: String,
    /// The first sentence for next time.
    pub opener: String,
    /// Small steps that were agreed.
    pub steps: Vec<Step>,
    /// What was seen and heard.
    pub seen_heard: String,
    /// What the worker thinks of it.
    pub thoughts: String,
}

impl Visit {
    /// A fresh visit, with nothing in it.
    #[must_use]
    pub fn new(id: VisitId, family: FamilyId, day: Day, created: Moment) -> Self {
        Self {
            id,
            family,
            day,
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
            thoughts: String::new(),
        }
    }
}

/// A question taken along to a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The question (`content::Question::id`), of the bank or the worker's own.
    pub question: String,
    /// Whether it was asked.
    pub asked: bool,
    /// A short note on it.
    pub note: String,
}

/// A small step that was agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Identity.
    pub id: StepId,
    /// What exactly.
    pub what: String,
    /// Who does it.
    pub who: String,
    /// When, in words.
    pub when: String,
    /// How it went.
    pub went: Went,
}

/// How a step went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Went {
    /// Not talked about since.
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
    /// The answers one can give, in the order of the screen.
    pub const ANSWERS: [Self; 4] = [Self::Done, Self::Partly, Self::NotYet, Self::NotNeeded];
}

/// A question the worker wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnQuestion {
    /// Identity.
    pub id: OwnQuestionId,
    /// The question as one would say it.
    pub text: String,
    /// A question to go on with; may be empty.
    pub follow_up: String,
    /// The moment it fits.
    pub phase: Phase,
    /// Whom or what it is about.
    pub about: About,
}

/// Anything the vault keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "passes by one at a time; most records are visits")]
pub enum Record {
    /// A family.
    Family(Family),
    /// A visit.
    Visit(Visit),
    /// A question the worker wrote.
    OwnQuestion(OwnQuestion),
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
}

impl Record {
    /// What kind of record it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Family(_) => Kind::Family,
            Self::Visit(_) => Kind::Visit,
            Self::OwnQuestion(_) => Kind::OwnQuestion,
        }
    }

    /// Its identity.
    #[must_use]
    pub fn id(&self) -> Id {
        match self {
            Self::Family(family) => family.id.0,
            Self::Visit(visit) => visit.id.0,
            Self::OwnQuestion(question) => question.id.0,
        }
    }
}
