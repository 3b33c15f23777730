//! Small content for tests.

use crate::content::{About, Audience, Content, Help, Phase, Principle, Question, Spoken, Texts, Tone};

pub(crate) fn question(id: &str, text: &str) -> Question {
    Question {
        id: id.into(),
        text: Spoken { je: text.into(), u: text.into() },
        when: String::new(),
        follow_ups: Vec::new(),
        principles: Vec::new(),
        phase: Phase::EveryVisit,
        about: About::Child,
        tone: Tone::Light,
        audience: Audience::Everyone,
        inventory: Vec::new(),
    }
}

pub(crate) fn principle(id: &str, title: &str, essence: &str) -> Principle {
    Principle {
        id: id.into(),
        group: String::new(),
        title: title.into(),
        essence: essence.into(),
        meaning: Vec::new(),
        why: Vec::new(),
        example: Vec::new(),
        obstacle: Vec::new(),
        self_question: String::new(),
        sources: Vec::new(),
        inventory: Vec::new(),
    }
}

/// Content with these questions and nothing else.
pub(crate) fn content(questions: Vec<Question>) -> Content {
    Content {
        groups: Vec::new(),
        principles: Vec::new(),
        questions,
        outcomes: Vec::new(),
        checks: Vec::new(),
        meanings: Vec::new(),
        signs: Vec::new(),
        visits: Vec::new(),
        tools: Vec::new(),
        reflections: Vec::new(),
        leaflet: Vec::new(),
        sources: Vec::new(),
        help: Help {
            checked: String::new(),
            lines: Vec::new(),
            volunteer_steps: Vec::new(),
            meldcode_steps: Vec::new(),
            facts: Vec::new(),
            do_note: Vec::new(),
            do_not_note: Vec::new(),
        },
        texts: Texts {
            welcome: Vec::new(),
            about: Vec::new(),
            nickname: Vec::new(),
            vault: Vec::new(),
            no_recovery: Vec::new(),
            independence: Vec::new(),
            privacy: Vec::new(),
            attitude: Vec::new(),
            coordinator_first: Vec::new(),
            meldcode_with: Vec::new(),
        },
    }
}
