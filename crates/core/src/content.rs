//! The content: principles, questions, checks, signs, sources and help.
//!
//! The texts are in `crates/content/<language>/*.toml`; this module holds their types. They are read and checked
//! when the app is built, never on the phone.

use serde::{Deserialize, Serialize};

mod compact;

/// The number of a line in the inventory of source ideas (`crates/content/inventory.toml`).
pub type InventoryId = u16;

/// Whether the text can be an id: parts of lower-case ASCII letters and digits, joined by single hyphens. Such an
/// id needs no encoding in an address.
#[must_use]
pub fn is_kebab_case(text: &str) -> bool {
    text.split('-')
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

/// All content in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Content {
    /// The groups, in the order of the screen; together they are the attitude.
    pub groups: Vec<Group>,
    /// The principles, ordered by group and then as in the file.
    pub principles: Vec<Principle>,
    /// The questions, ordered by phase and then as in the file.
    pub questions: Vec<Question>,
    /// The ways in which parents may leave a talk.
    pub outcomes: Vec<Outcome>,
    /// Checks for the worker after a talk.
    pub checks: Vec<Check>,
    /// What a no, or a step that was not taken, may mean.
    pub meanings: Vec<Meaning>,
    /// The seven signs of the continuum, from reductionist to democratic.
    pub signs: Vec<Sign>,
    /// The kinds of visit, in the order of the screen.
    pub visits: Vec<VisitKind>,
    /// The tools to use together at the table.
    pub tools: Vec<Tool>,
    /// Questions that workers ask themselves around a visit.
    pub reflections: Vec<Reflection>,
    /// Ways to introduce oneself.
    pub leaflet: Vec<Leaflet>,
    /// The sources of the ideas.
    pub sources: Vec<Source>,
    /// Whom to call, what the law says, and what to do when worried.
    pub help: Help,
    /// Texts of the app that are longer than a message.
    pub texts: Texts,
}

/// A few principles that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Stable id, kebab-case.
    pub id: String,
    /// The title on its tile: at most four words.
    pub title: String,
    /// The group in one sentence.
    pub essence: String,
}

/// A principle of partnership: a way to stand beside a parent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Principle {
    /// Stable id, kebab-case.
    pub id: String,
    /// The group it belongs to ([`Group::id`]).
    pub group: String,
    /// Short title.
    pub title: String,
    /// The principle in one line.
    pub essence: String,
    /// What it means, in paragraphs.
    pub meaning: Vec<String>,
    /// Why it matters, in paragraphs.
    pub why: Vec<String>,
    /// A small scene of our own at the kitchen table, in paragraphs.
    pub example: Vec<String>,
    /// What gets in the way, in paragraphs.
    pub obstacle: Vec<String>,
    /// A question for the worker to reflect on.
    pub self_question: String,
    /// The sources ([`Source::id`]).
    pub sources: Vec<String>,
    /// Inventory numbers of the ideas that this item really contains.
    pub inventory: Vec<InventoryId>,
}

/// How the worker addresses the parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Address {
    /// *je*
    #[default]
    Je,
    /// *u*
    U,
}

/// A sentence in both forms of address, each of which sounds natural.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spoken {
    /// Addressing the parent as *je*.
    pub je: String,
    /// Addressing the parent as *u*.
    pub u: String,
}

impl Spoken {
    /// The sentence in this form of address.
    #[must_use]
    pub fn in_form(&self, address: Address) -> &str {
        match address {
            Address::Je => &self.je,
            Address::U => &self.u,
        }
    }
}

/// A question to ask at the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Stable id, kebab-case; that of the worker's own questions is `eigen-` and a random part.
    pub id: String,
    /// The question as one says it.
    pub text: Spoken,
    /// When it helps.
    pub when: String,
    /// Follow-up questions.
    pub follow_ups: Vec<Spoken>,
    /// The principles it belongs to ([`Principle::id`]).
    pub principles: Vec<String>,
    /// The phase of the contact that it suits.
    pub phase: Phase,
    /// Whom or what it is about.
    pub about: About,
    /// How deep it goes.
    pub tone: Tone,
    /// Who can ask it without preparation.
    pub audience: Audience,
    /// Inventory numbers of the ideas that this item really contains.
    pub inventory: Vec<InventoryId>,
}

/// The phase of the contact that a question suits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Getting to know each other.
    Acquaintance,
    /// Any visit.
    EveryVisit,
    /// Looking for strengths.
    Strengths,
    /// Worries, in detail.
    Worries,
    /// Wishes and goals.
    Wishes,
    /// Choices and steps.
    Choices,
    /// Ending the talk.
    Closing,
    /// Saying farewell.
    Farewell,
}

impl Phase {
    /// All phases, in the order of a contact.
    pub const ALL: [Self; 8] = [
        Self::Acquaintance,
        Self::EveryVisit,
        Self::Strengths,
        Self::Worries,
        Self::Wishes,
        Self::Choices,
        Self::Closing,
        Self::Farewell,
    ];
}

/// Whom or what a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// The child.
    Child,
    /// The parent.
    Parent,
    /// People around the family.
    Network,
    /// How worker and parent work together.
    Cooperation,
}

impl About {
    /// All values, in the order of the screen.
    pub const ALL: [Self; 4] = [Self::Child, Self::Parent, Self::Network, Self::Cooperation];
}

/// How deep a question goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Light enough to ask over coffee.
    Light,
    /// It takes trust and time.
    Confronting,
}

impl Tone {
    /// All values, in the order of the screen.
    pub const ALL: [Self; 2] = [Self::Light, Self::Confronting];
}

/// Who can ask a question without preparation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Everyone.
    Everyone,
    /// A safety question: a professional asks it as part of the steps of the meldcode, a volunteer only after
    /// talking with the coordinator.
    AfterCoordinator,
}

/// A way in which parents may leave a talk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Stable id, kebab-case.
    pub id: String,
    /// Short title, from the parents' point of view.
    pub title: String,
    /// What the worker may see or hear.
    pub signals: String,
    /// One sentence that introduces the checks, without blame.
    pub invitation: String,
    /// Inventory numbers of the ideas that this item really contains.
    pub inventory: Vec<InventoryId>,
}

/// A check for the worker after a talk with a certain outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Stable id, kebab-case.
    pub id: String,
    /// The outcome it belongs to ([`Outcome::id`]).
    pub outcome: String,
    /// The check, about the worker's own part in it.
    pub text: String,
    /// The principle behind it ([`Principle::id`]).
    pub principle: String,
    /// A first sentence to say to the parent next time.
    pub opener: Spoken,
    /// Inventory numbers of the ideas that this item really contains.
    pub inventory: Vec<InventoryId>,
}

/// What a no, or a step that was not taken, may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Meaning {
    /// Stable id, kebab-case.
    pub id: String,
    /// Short title.
    pub title: String,
    /// What it may mean.
    pub text: String,
    /// A question that helps to find out.
    pub question: Spoken,
    /// Inventory numbers of the ideas that this item really contains.
    pub inventory: Vec<InventoryId>,
}

/// A sign that shows where one's attitude is on the continuum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sign {
    /// Stable id, kebab-case.
    pub id: String,
    /// The reductionist end, in the first person.
    pub reductionist: String,
    /// The democratic end, in the first person.
    pub democratic: String,
    /// Inventory numbers of the ideas that this item really contains.
    pub inventory: Vec<InventoryId>,
}

/// A kind of visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VisitKind {
    /// Stable id, kebab-case.
    pub id: String,
    /// Short title.
    pub title: String,
    /// One line to keep in mind during the visit.
    pub line: String,
    /// When to choose it.
    pub about: String,
    /// The phases from which its questions are proposed, in that order; none: no questions.
    pub phases: Vec<Phase>,
    /// Inventory numbers of the ideas that this item really contains.
    pub inventory: Vec<InventoryId>,
}

/// A tool to use together at the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tool {
    /// Stable id, kebab-case.
    pub id: String,
    /// Short title.
    pub title: String,
    /// When it helps and how to use it, for the worker.
    pub why: String,
    /// Whether it can be used on the turned phone.
    pub turn: bool,
    /// What it asks, in order.
    pub asks: Vec<Ask>,
    /// Inventory numbers of the ideas that this item really contains.
    pub inventory: Vec<InventoryId>,
}

/// A question within a tool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ask {
    /// Stable id, kebab-case.
    pub id: String,
    /// The kind of answer.
    pub kind: AskKind,
    /// The question as one says it to the parent.
    pub text: Spoken,
    /// A hint for the worker; may be empty.
    pub hint: String,
    /// The options that the turned phone shows, each with a drawing: keys of the parent-facing texts; may be empty.
    pub options: Vec<String>,
}

impl Ask {
    /// Whether the turned phone asks it: the answer can be pointed at.
    #[must_use]
    pub fn is_for_parents(&self) -> bool {
        !self.options.is_empty() || self.kind.is_pointed_at()
    }
}

/// The kind of answer that a question expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AskKind {
    /// A few words.
    Line,
    /// Several answers, one per line.
    List,
    /// A number from 0 to 10.
    Scale,
    /// One of three faces, stored as its [`Face::mark`].
    Faces,
}

/// A face that was pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Stored as 0.
    Sad,
    /// Stored as 5.
    Between,
    /// Stored as 10.
    Glad,
}

impl Face {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Sad, Self::Between, Self::Glad];

    /// The mark that stands for it.
    #[must_use]
    pub fn mark(self) -> u8 {
        match self {
            Self::Sad => 0,
            Self::Between => 5,
            Self::Glad => 10,
        }
    }

    /// The face that is nearest to a mark.
    #[must_use]
    pub fn of(mark: u8) -> Self {
        match mark {
            0..=2 => Self::Sad,
            3..=7 => Self::Between,
            _ => Self::Glad,
        }
    }
}

impl AskKind {
    /// Whether the answer is a mark that can be pointed at.
    #[must_use]
    pub fn is_pointed_at(self) -> bool {
        matches!(self, Self::Scale | Self::Faces)
    }
}

/// A question that workers ask themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reflection {
    /// Stable id, kebab-case.
    pub id: String,
    /// When it is asked.
    pub moment: AroundVisit,
    /// The question.
    pub text: String,
    /// A hint; may be empty.
    pub hint: String,
    /// Inventory numbers of the ideas that this item really contains.
    pub inventory: Vec<InventoryId>,
}

/// Before or after a visit, or at the end of the contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AroundVisit {
    /// Before.
    Before,
    /// After.
    After,
    /// At the farewell.
    Farewell,
}

/// A way to introduce oneself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leaflet {
    /// Stable id, kebab-case.
    pub id: String,
    /// Short title.
    pub title: String,
    /// What one says.
    pub text: Spoken,
}

/// A source of ideas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Stable id, kebab-case.
    pub id: String,
    /// The author, or the organisation if no person signed it.
    pub author: String,
    /// The author's profession and organisation.
    pub organisation: String,
    /// The title of the publication, or a description of it.
    pub title: String,
    /// The year, if known.
    pub year: Option<u16>,
    /// What Naast took from it, in our own words.
    pub taken: String,
    /// Where to find it: a text that is useful without a network.
    pub look_for: String,
}

/// Whom to call, what the law says, and what to do when worried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Help {
    /// The day on which numbers and facts were last checked, `YYYY-MM-DD`.
    pub checked: String,
    /// The numbers to call, the most urgent first.
    pub lines: Vec<HelpLine>,
    /// What to do when worried, for a volunteer or student.
    pub volunteer_steps: Vec<HelpStep>,
    /// The five steps of the meldcode, for a professional.
    pub meldcode_steps: Vec<HelpStep>,
    /// Legal facts and good practice.
    pub facts: Vec<Fact>,
    /// What belongs in a note.
    pub do_note: Vec<String>,
    /// What does not belong in a note.
    pub do_not_note: Vec<String>,
}

/// A number to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HelpLine {
    /// Stable id, kebab-case.
    pub id: String,
    /// Name.
    pub name: String,
    /// The number as people write it.
    pub number: String,
    /// When to call.
    pub when: String,
    /// What to expect.
    pub expect: String,
}

impl HelpLine {
    /// The number for a `tel:` link: digits only.
    #[must_use]
    pub fn dial(&self) -> String {
        self.number.chars().filter(char::is_ascii_digit).collect()
    }
}

/// One step of what to do when worried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HelpStep {
    /// Short title.
    pub title: String,
    /// What to do in this step.
    pub text: String,
}

/// A legal fact or good practice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// Stable id, kebab-case.
    pub id: String,
    /// Short title.
    pub title: String,
    /// The fact, in plain words.
    pub text: String,
    /// How certain it is.
    pub sure: Certainty,
}

/// How certain a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// It is beyond doubt.
    Zeker,
    /// The sources agree.
    Sterk,
    /// It is our own inference or proposal, and is worded as advice.
    Advies,
}

/// Texts of the app that are longer than a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Texts {
    /// The welcome at first use: exactly three sentences.
    pub welcome: Vec<String>,
    /// What Naast is, for its page Over Naast.
    pub about: Vec<String>,
    /// Why the screen asks for a nickname and nothing more.
    pub nickname: Vec<String>,
    /// What the vault is, shown before it is created.
    pub vault: Vec<String>,
    /// It says plainly that nobody can recover a passphrase.
    pub no_recovery: Vec<String>,
    /// To which organisations the app does not belong, and the protected names.
    pub independence: Vec<String>,
    /// What stays on the phone and what leaves it.
    pub privacy: Vec<String>,
    /// The story behind the name and the attitude, at the top of the page Houding: two sentences.
    pub attitude: Vec<String>,
    /// Shown to a volunteer before a safety question.
    pub coordinator_first: Vec<String>,
    /// Shown to a professional with a safety question.
    pub meldcode_with: Vec<String>,
}
