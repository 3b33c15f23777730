//! The types of the content files, as `README.md` describes them.
//!
//! They are separate from core's types, so that the files can be friendly to read and strict about misspelt keys,
//! whatever form the app uses.

use naast_core::content::{self, About, AroundVisit, AskKind, Audience, Certainty, InventoryId, Phase, Tone};
use serde::Deserialize;

macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attribute:meta])* $field:ident: $type:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub(crate) struct $name { $($(#[$attribute])* pub(crate) $field: $type),* }
    )*};
}

shapes! {
    Group { id: String, title: String, essence: String }

    Principle {
        id: String,
        title: String,
        essence: String,
        meaning: Vec<String>,
        why: Vec<String>,
        example: Vec<String>,
        obstacle: Vec<String>,
        self_question: String,
        sources: Vec<String>,
        inventory: Vec<InventoryId>,
    }

    Spoken { je: String, u: String }

    Question {
        id: String,
        je: String,
        u: String,
        when: String,
        follow_ups: Vec<Spoken>,
        principles: Vec<String>,
        about: About,
        tone: Tone,
        audience: Audience,
        inventory: Vec<InventoryId>,
    }

    Outcome { id: String, title: String, signals: String, invitation: String, inventory: Vec<InventoryId> }

    Check {
        id: String,
        outcome: String,
        text: String,
        principle: String,
        opener: Spoken,
        inventory: Vec<InventoryId>,
    }

    Meaning { id: String, title: String, text: String, question: Spoken, inventory: Vec<InventoryId> }

    Sign { id: String, reductionist: String, democratic: String, inventory: Vec<InventoryId> }

    VisitKind {
        id: String,
        title: String,
        line: String,
        about: String,
        phases: Vec<Phase>,
        inventory: Vec<InventoryId>,
    }

    Tool { id: String, title: String, why: String, #[serde(default)] turn: bool, asks: Vec<Ask>, inventory: Vec<InventoryId> }

    Ask { id: String, kind: AskKind, je: String, u: String, hint: String, #[serde(default)] options: Vec<String> }

    Reflection { id: String, moment: AroundVisit, text: String, hint: String, inventory: Vec<InventoryId> }

    Leaflet { id: String, title: String, je: String, u: String }

    Source {
        id: String,
        author: String,
        organisation: String,
        title: String,
        year: Option<u16>,
        taken: String,
        look_for: String,
    }

    Line { id: String, name: String, number: String, when: String, expect: String }

    Step { title: String, text: String }

    Fact { id: String, title: String, text: String, sure: Certainty }

    Notes { r#do: Vec<String>, do_not: Vec<String> }

    /// A word to avoid that is allowed in one item.
    Allowed { word: String, item: String, #[expect(dead_code, reason = "for whoever reads the file")] why: String }

    /// A line in the record of the sources of ideas.
    Idea { id: InventoryId, source: String, gist: String }

    Texts {
        welcome: Vec<String>,
        about: Vec<String>,
        nickname: Vec<String>,
        vault: Vec<String>,
        no_recovery: Vec<String>,
        independence: Vec<String>,
        privacy: Vec<String>,
        attitude: Vec<String>,
        coordinator_first: Vec<String>,
        meldcode_with: Vec<String>,
    }
}

impl From<Spoken> for content::Spoken {
    fn from(Spoken { je, u }: Spoken) -> Self {
        Self { je, u }
    }
}

impl From<VisitKind> for content::VisitKind {
    fn from(VisitKind { id, title, line, about, phases, inventory }: VisitKind) -> Self {
        Self { id, title, line, about, phases, inventory }
    }
}

impl From<Tool> for content::Tool {
    fn from(Tool { id, title, why, turn, asks, inventory }: Tool) -> Self {
        Self { id, title, why, turn, asks: asks.into_iter().map(Into::into).collect(), inventory }
    }
}

impl From<Ask> for content::Ask {
    fn from(Ask { id, kind, je, u, hint, options }: Ask) -> Self {
        Self { id, kind, text: content::Spoken { je, u }, hint, options }
    }
}

impl From<Reflection> for content::Reflection {
    fn from(Reflection { id, moment, text, hint, inventory }: Reflection) -> Self {
        Self { id, moment, text, hint, inventory }
    }
}

impl From<Leaflet> for content::Leaflet {
    fn from(Leaflet { id, title, je, u }: Leaflet) -> Self {
        Self { id, title, text: content::Spoken { je, u } }
    }
}

impl From<Group> for content::Group {
    fn from(Group { id, title, essence }: Group) -> Self {
        Self { id, title, essence }
    }
}

impl Principle {
    pub(crate) fn of_group(self, group: &str) -> content::Principle {
        let Self { id, title, essence, meaning, why, example, obstacle, self_question, sources, inventory } = self;
        let group = group.to_owned();
        content::Principle {
            id,
            group,
            title,
            essence,
            meaning,
            why,
            example,
            obstacle,
            self_question,
            sources,
            inventory,
        }
    }
}

impl Question {
    pub(crate) fn of_phase(self, phase: Phase) -> content::Question {
        let Self { id, je, u, when, follow_ups, principles, about, tone, audience, inventory } = self;
        let text = content::Spoken { je, u };
        let follow_ups = follow_ups.into_iter().map(Into::into).collect();
        content::Question { id, text, when, follow_ups, principles, phase, about, tone, audience, inventory }
    }
}

impl From<Outcome> for content::Outcome {
    fn from(Outcome { id, title, signals, invitation, inventory }: Outcome) -> Self {
        Self { id, title, signals, invitation, inventory }
    }
}

impl From<Check> for content::Check {
    fn from(Check { id, outcome, text, principle, opener, inventory }: Check) -> Self {
        Self { id, outcome, text, principle, opener: opener.into(), inventory }
    }
}

impl From<Meaning> for content::Meaning {
    fn from(Meaning { id, title, text, question, inventory }: Meaning) -> Self {
        Self { id, title, text, question: question.into(), inventory }
    }
}

impl From<Sign> for content::Sign {
    fn from(Sign { id, reductionist, democratic, inventory }: Sign) -> Self {
        Self { id, reductionist, democratic, inventory }
    }
}

impl From<Source> for content::Source {
    fn from(Source { id, author, organisation, title, year, taken, look_for }: Source) -> Self {
        Self { id, author, organisation, title, year, taken, look_for }
    }
}

impl From<Line> for content::HelpLine {
    fn from(Line { id, name, number, when, expect }: Line) -> Self {
        Self { id, name, number, when, expect }
    }
}

impl From<Step> for content::HelpStep {
    fn from(Step { title, text }: Step) -> Self {
        Self { title, text }
    }
}

impl From<Fact> for content::Fact {
    fn from(Fact { id, title, text, sure }: Fact) -> Self {
        Self { id, title, text, sure }
    }
}

impl From<Texts> for content::Texts {
    fn from(texts: Texts) -> Self {
        let Texts {
            welcome,
            about,
            nickname,
            vault,
            no_recovery,
            independence,
            privacy,
            attitude,
            coordinator_first,
            meldcode_with,
        } = texts;
        Self {
            welcome,
            about,
            nickname,
            vault,
            no_recovery,
            independence,
            privacy,
            attitude,
            coordinator_first,
            meldcode_with,
        }
    }
}
