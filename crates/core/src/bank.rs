//! The question bank as a screen sees it: the questions of Naast and the worker's own.

use std::borrow::Cow;

use crate::content::{Audience, Content, Question, Spoken, Tone};
use crate::records::{Id, OwnQuestion, OwnQuestionId};
use crate::search::{Filter, Index};

/// The prefix of the id of an own question; no question of the content may begin with it.
pub const OWN_PREFIX: &str = "eigen-";

impl OwnQuestionId {
    /// The id by which cards, favourites and addresses refer to the question (`content::Question::id`).
    #[must_use]
    pub fn question_id(self) -> String {
        format!("{OWN_PREFIX}{self}")
    }

    /// The own question that such an id refers to; `None` for a question of the content.
    #[must_use]
    pub fn from_question_id(id: &str) -> Option<Self> {
        id.strip_prefix(OWN_PREFIX).and_then(Id::parse).map(Self)
    }
}

impl OwnQuestion {
    /// The question as a [`Question`], so that search and cards treat it like the others.
    ///
    /// The worker writes it in the form of address they use, so both forms are the same.
    #[must_use]
    pub fn to_question(&self) -> Question {
        let spoken = |text: &str| Spoken { je: text.to_owned(), u: text.to_owned() };
        let follow_up = self.follow_up.trim();
        Question {
            id: self.id.question_id(),
            text: spoken(&self.text),
            when: String::new(),
            follow_ups: if follow_up.is_empty() { Vec::new() } else { vec![spoken(follow_up)] },
            principles: Vec::new(),
            phase: self.phase,
            about: self.about,
            tone: Tone::Light,
            audience: Audience::Everyone,
            inventory: Vec::new(),
        }
    }
}

/// All questions, with their search index.
///
/// It is rebuilt when an own question changes, which costs a few milliseconds.
#[derive(Debug)]
pub struct Bank<'c> {
    questions: Vec<Cow<'c, Question>>,
    index: Index,
}

impl<'c> Bank<'c> {
    /// Builds it from the questions of the content, in their order, followed by the worker's own.
    #[must_use]
    pub fn new<'o>(content: &'c Content, own: impl IntoIterator<Item = &'o OwnQuestion>) -> Self {
        let own = own.into_iter().map(|question| Cow::Owned(question.to_question()));
        let questions: Vec<_> = content.questions.iter().map(Cow::Borrowed).chain(own).collect::<Vec<_>>();
        let index = Index::build(questions.iter().map(AsRef::as_ref), &content.principles);
        Self { questions, index }
    }

    /// All questions, in order.
    pub fn all(&self) -> impl ExactSizeIterator<Item = &Question> {
        self.questions.iter().map(AsRef::as_ref)
    }

    /// The question with this id; `None` if it was deleted or its vault is locked.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Question> {
        self.all().find(|question| question.id == id)
    }

    /// The questions that match, best first; see [`Index::search`].
    #[must_use]
    pub fn search(&self, query: &str, filter: Filter, favourites: &[String]) -> Vec<&Question> {
        let found = self.index.search(query, filter, favourites);
        found.into_iter().filter_map(|place| self.questions.get(place)).map(AsRef::as_ref).collect::<Vec<_>>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{About, Phase};
    use crate::test_content::{content, question};

    fn own() -> OwnQuestion {
        OwnQuestion {
            id: OwnQuestionId(Id([7; 12])),
            text: "Hoe is het met oma’s knie?".into(),
            follow_up: "  ".into(),
            phase: Phase::Closing,
            about: About::Network,
        }
    }

    #[test]
    fn an_own_question_is_found_like_the_rest() {
        let content = content(vec![question("thee", "Hoe drink je je thee?")]);
        let own = own();
        let bank = Bank::new(&content, [&own]);
        let id = own.id.question_id();

        assert_eq!(id, "eigen-070707070707070707070707");
        assert_eq!(bank.all().len(), 2);
        assert_eq!(bank.get(&id).unwrap().text.u, own.text);
        assert_eq!(bank.search("knie", Filter::default(), &[])[0].id, id);
        let closing = Filter { phase: Some(Phase::Closing), ..Filter::default() };
        assert_eq!(bank.search("", closing, &[]).len(), 1);
    }

    #[test]
    fn an_empty_follow_up_is_no_follow_up() {
        assert!(own().to_question().follow_ups.is_empty());
        let asked = OwnQuestion { follow_up: "En hoe slaapt ze?".into(), ..own() };
        assert_eq!(asked.to_question().follow_ups[0].je, "En hoe slaapt ze?");
    }

    #[test]
    fn ids_of_own_questions_are_told_apart_from_the_rest() {
        let id = own().id;
        assert_eq!(OwnQuestionId::from_question_id(&id.question_id()), Some(id));
        for other in ["good-week", "eigen-", "eigen-zinnig", "070707070707070707070707"] {
            assert_eq!(OwnQuestionId::from_question_id(other), None, "{other}");
        }
    }
}
