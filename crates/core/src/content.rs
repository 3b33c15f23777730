//! What Naast knows: principles, questions, checks, signs, sources and help.
//!
//! The texts live in `crates/content/<language>/*.toml`; this module gives them
//! types. They are read and checked when the app is built, never on the phone.

use serde::{Deserialize, Serialize};

mod compact;

/// Number of a line in the inventory of source ideas (`crates/content/inventory.toml`).
pub type InventoryId = u16;

/// Whether the text can be an id: lower-case ASCII letters and digits in parts
/// joined by single hyphens. Such an id can stand in an address as it is.
#[must_use]
pub fn is_kebab_case(text: &str) -> bool {
    text.split('-')
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

/// Everything Naast can show in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Content {
    /// Groups in the order of the screen; together they are the whole attitude.
    pub groups: Vec<Group>,
    /// Principles, ordered by group and then as in the file.
    pub principles: Vec<Principle>,
    /// Questions, ordered by phase and then as in the file.
    pub questions: Vec<Question>,
    /// The ways parents may leave a talk.
    pub outcomes: Vec<Outcome>,
    /// Things to ask oneself after a talk.
    pub checks: Vec<Check>,
    /// What a no, or a step not done, may mean.
    pub meanings: Vec<Meaning>,
    /// The seven signs of the continuum, reductionist to democratic.
    pub signs: Vec<Sign>,
    /// Kinds of visit, in the order of the screen.
    pub visits: Vec<VisitKind>,
    /// Tools to use together at the table.
    pub tools: Vec<Tool>,
    /// Questions of the worker to oneself, around a visit.
    pub reflections: Vec<Reflection>,
    /// Words to introduce oneself with.
    pub leaflet: Vec<Leaflet>,
    /// Where the ideas come from.
    pub sources: Vec<Source>,
    /// Who to call, what the law says, what to do when worried.
    pub help: Help,
    /// Words of the app itself that are longer than a label.
    pub texts: Texts,
}

/// A handful of principles that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Stable id, kebab-case.
    pub id: String,
    /// Title on the tile: at most four words.
    pub title: String,
    /// One sentence.
    pub essence: String,
}

/// A principle of partnership: a way of being beside a parent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Principle {
    /// Stable id, kebab-case.
    pub id: String,
    /// The group it stands in ([`Group::id`]).
    pub group: String,
    /// Short title.
    pub title: String,
    /// The principle in one line.
    pub essence: String,
    /// What it means; paragraphs.
    pub meaning: Vec<String>,
    /// Why it matters; paragraphs.
    pub why: Vec<String>,
    /// How it looks at the kitchen table; paragraphs of a small scene of our own.
    pub example: Vec<String>,
    /// What gets in the way; paragraphs.
    pub obstacle: Vec<String>,
    /// A question to ask oneself.
    pub self_question: String,
    /// Sources ([`Source::id`]).
    pub sources: Vec<String>,
    /// Inventory numbers whose idea this item really says.
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

/// A sentence in both forms of address, each natural in itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spoken {
    /// Addressing the parent as *je*.
    pub je: String,
    /// Addressing the parent as *u*.
    pub u: String,
}

impl Spoken {
    /// The sentence in the asked form.
    #[must_use]
    pub fn in_form(&self, address: Address) -> &str {
        match address {
            Address::Je => &self.je,
            Address::U => &self.u,
        }
    }
}

/// A question that can be asked at the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Stable id, kebab-case; the worker's own questions have `eigen-` and a random part.
    pub id: String,
    /// The question as one would say it.
    pub text: Spoken,
    /// When it helps.
    pub when: String,
    /// Questions to go on with.
    pub follow_ups: Vec<Spoken>,
    /// Principles it belongs to ([`Principle::id`]).
    pub principles: Vec<String>,
    /// The moment of the contact it fits.
    pub phase: Phase,
    /// Whom or what it is about.
    pub about: About,
    /// How it lands.
    pub tone: Tone,
    /// Who can ask it without more.
    pub audience: Audience,
    /// Inventory numbers whose idea this item really says.
    pub inventory: Vec<InventoryId>,
}

/// The moment of the contact that a question fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Getting acquainted.
    Acquaintance,
    /// Fits every visit.
    EveryVisit,
    /// Looking for strength.
    Strengths,
    /// Worries and details.
    Worries,
    /// Wishes and goals.
    Wishes,
    /// Choices and steps.
    Choices,
    /// Closing the talk.
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

/// How a question lands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Can be asked over coffee.
    Light,
    /// Asks for trust and for time.
    Confronting,
}

impl Tone {
    /// All values, in the order of the screen.
    pub const ALL: [Self; 2] = [Self::Light, Self::Confronting];
}

/// Who can ask a question without more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Everyone.
    Everyone,
    /// A safety question: a professional, with the steps of the meldcode; a
    /// volunteer only after talking with the coordinator.
    AfterCoordinator,
}

/// A way in which parents may leave a talk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Stable id, kebab-case.
    pub id: String,
    /// Short title, from the parents' side.
    pub title: String,
    /// What one may see or hear.
    pub signals: String,
    /// One sentence that opens the checks, without blame.
    pub invitation: String,
    /// Inventory numbers whose idea this item really says.
    pub inventory: Vec<InventoryId>,
}

/// Something to ask oneself after a talk with a certain outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Stable id, kebab-case.
    pub id: String,
    /// The outcome it belongs to ([`Outcome::id`]).
    pub outcome: String,
    /// The check, about the worker's own part.
    pub text: String,
    /// The principle behind it ([`Principle::id`]).
    pub principle: String,
    /// A first sentence for next time, to say to the parent.
    pub opener: Spoken,
    /// Inventory numbers whose idea this item really says.
    pub inventory: Vec<InventoryId>,
}

/// What a no, or a step not done, may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Meaning {
    /// Stable id, kebab-case.
    pub id: String,
    /// Short title.
    pub title: String,
    /// What it may mean.
    pub text: String,
    /// A question that opens it.
    pub question: Spoken,
    /// Inventory numbers whose idea this item really says.
    pub inventory: Vec<InventoryId>,
}

/// A sign of where one's own attitude stands on the continuum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sign {
    /// Stable id, kebab-case.
    pub id: String,
    /// The reductionist end, in I-form.
    pub reductionist: String,
    /// The democratic end, in I-form.
    pub democratic: String,
    /// Inventory numbers whose idea this item really says.
    pub inventory: Vec<InventoryId>,
}

/// A kind of visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VisitKind {
    /// Stable id, kebab-case.
    pub id: String,
    /// Short title.
    pub title: String,
    /// One line to hold on to during the visit.
    pub line: String,
    /// When to choose it.
    pub about: String,
    /// The moments of the contact its questions are proposed from, in that order; none: no questions.
    pub phases: Vec<Phase>,
    /// Inventory numbers whose idea this item really says.
    pub inventory: Vec<InventoryId>,
}

/// A tool to use together at the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tool {
    /// Stable id, kebab-case.
    pub id: String,
    /// Short title.
    pub title: String,
    /// When it helps and how to hold it, to the worker.
    pub why: String,
    /// What it asks, in order.
    pub asks: Vec<Ask>,
    /// Inventory numbers whose idea this item really says.
    pub inventory: Vec<InventoryId>,
}

/// Something that a tool asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ask {
    /// Stable id, kebab-case.
    pub id: String,
    /// What kind of answer.
    pub kind: AskKind,
    /// As said to the parent.
    pub text: Spoken,
    /// A word to the worker; may be empty.
    pub hint: String,
}

/// What kind of answer something asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AskKind {
    /// A few words.
    Line,
    /// Several answers, one a line.
    List,
    /// A number from 0 to 10.
    Scale,
}

/// A question of the worker to oneself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reflection {
    /// Stable id, kebab-case.
    pub id: String,
    /// When it is asked.
    pub moment: AroundVisit,
    /// The question.
    pub text: String,
    /// A word more; may be empty.
    pub hint: String,
    /// Inventory numbers whose idea this item really says.
    pub inventory: Vec<InventoryId>,
}

/// Before or after a visit, or at the end of all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AroundVisit {
    /// Before.
    Before,
    /// After.
    After,
    /// When parents and worker say farewell.
    Farewell,
}

/// Words to introduce oneself with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leaflet {
    /// Stable id, kebab-case.
    pub id: String,
    /// Short title.
    pub title: String,
    /// What one says.
    pub text: Spoken,
}

/// Where ideas come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Stable id, kebab-case.
    pub id: String,
    /// Author, or the organisation when no person signs.
    pub author: String,
    /// What the author is, and where.
    pub organisation: String,
    /// Title or a description of the publication.
    pub title: String,
    /// Year, where known.
    pub year: Option<u16>,
    /// What Naast took from it, in our own words.
    pub taken: String,
    /// Where to look for it: a text that is of use without a network.
    pub look_for: String,
}

/// Who to call, what the law says, what to do when worried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Help {
    /// Day on which numbers and facts were last checked, `YYYY-MM-DD`.
    pub checked: String,
    /// Numbers to call, most urgent first.
    pub lines: Vec<HelpLine>,
    /// What to do when worried: for a volunteer or student.
    pub volunteer_steps: Vec<HelpStep>,
    /// The five steps of the meldcode: for a professional.
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
    /// Number as a person reads it.
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
    /// What it asks.
    pub text: String,
}

/// A legal fact or good practice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// Stable id, kebab-case.
    pub id: String,
    /// Short title.
    pub title: String,
    /// The fact, plainly.
    pub text: String,
    /// How sure: `zeker`, `sterk` or `advies` (our own inference).
    pub sure: Certainty,
}

/// How sure a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Beyond doubt.
    Zeker,
    /// Sources agree.
    Sterk,
    /// Our own inference or proposal, worded as advice.
    Advies,
}

/// Words of the app itself that are longer than a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Texts {
    /// First-time welcome: exactly three sentences.
    pub welcome: Vec<String>,
    /// What Naast is, for the page about the app.
    pub about: Vec<String>,
    /// Why the screen asks for a nickname and nothing more.
    pub nickname: Vec<String>,
    /// What the vault is, before it is made.
    pub vault: Vec<String>,
    /// Nobody can recover a passphrase: said plainly.
    pub no_recovery: Vec<String>,
    /// Whose app it is not, and the protected names.
    pub independence: Vec<String>,
    /// What stays behind and what leaves the phone.
    pub privacy: Vec<String>,
    /// The story behind the name and the attitude, top of the Houding page: two sentences.
    pub attitude: Vec<String>,
    /// What stands in front of a safety question for a volunteer.
    pub coordinator_first: Vec<String>,
    /// What stands with a safety question for a professional.
    pub meldcode_with: Vec<String>,
}
