//! Records as version 1 writes them. **Frozen**: phones hold these bytes. Any change of
//! a field, its order or type, or of the order of an enum's names, is a new version.
//!
//! The types borrow the text, so that neither direction makes another copy of it.

use crate::keys::RecordKey;
use crate::wire::whole;
use naast_core::content::{About, Phase};
use naast_core::records::{
    Card, Family, FamilyId, Id, Kind, OwnQuestion, OwnQuestionId, Record, Step, StepId, Symbol, Visit, VisitId, Went,
};
use naast_core::time::{Day, Moment};
use serde::{Deserialize, Serialize};

/// Appends the record to `front`. Fails never in practice: memory only grows.
pub(super) fn encode(record: &Record, front: Vec<u8>) -> Option<Vec<u8>> {
    match record {
        Record::Family(family) => postcard::to_extend(&FamilyV1::from(family), front),
        Record::Visit(visit) => postcard::to_extend(&VisitV1::from(visit), front),
        Record::OwnQuestion(question) => postcard::to_extend(&OwnQuestionV1::from(question), front),
    }
    .ok()
}

/// The record at this place; `None` when the bytes are not exactly one.
pub(super) fn decode(place: &RecordKey, bytes: &[u8]) -> Option<Record> {
    let id = place.id;
    Some(match place.kind {
        Kind::Family => Record::Family(whole::<FamilyV1<'_>>(bytes)?.into_family(FamilyId(id))),
        Kind::Visit => Record::Visit(whole::<VisitV1<'_>>(bytes)?.into_visit(VisitId(id))),
        Kind::OwnQuestion => Record::OwnQuestion(whole::<OwnQuestionV1<'_>>(bytes)?.into_question(OwnQuestionId(id))),
    })
}

#[derive(Serialize, Deserialize)]
struct FamilyV1<'a> {
    nickname: &'a str,
    symbol: SymbolV1,
    since: i32,
    archived: Option<i32>,
}

#[derive(Serialize, Deserialize)]
struct VisitV1<'a> {
    family: [u8; 12],
    day: i32,
    created: i64,
    closed: Option<i64>,
    intention: &'a str,
    #[serde(borrow)]
    cards: Vec<CardV1<'a>>,
    quick_note: &'a str,
    outcomes: Vec<&'a str>,
    checks: Vec<&'a str>,
    differently: &'a str,
    opener: &'a str,
    steps: Vec<StepV1<'a>>,
    seen_heard: &'a str,
    thoughts: &'a str,
}

#[derive(Serialize, Deserialize)]
struct CardV1<'a> {
    question: &'a str,
    asked: bool,
    note: &'a str,
}

#[derive(Serialize, Deserialize)]
struct StepV1<'a> {
    id: [u8; 12],
    what: &'a str,
    who: &'a str,
    when: &'a str,
    went: WentV1,
}

#[derive(Serialize, Deserialize)]
struct OwnQuestionV1<'a> {
    text: &'a str,
    follow_up: &'a str,
    phase: PhaseV1,
    about: AboutV1,
}

frozen_enum!(SymbolV1, Symbol: House, Tree, Bird, Boat, Star, Cup, Leaf, Moon, Fish, Key, Kite, Cloud);
frozen_enum!(WentV1, Went: Open, Done, Partly, NotYet, NotNeeded);
frozen_enum!(PhaseV1, Phase: Acquaintance, EveryVisit, Strengths, Worries, Wishes, Choices, Closing, Farewell);
frozen_enum!(AboutV1, About: Child, Parent, Network, Cooperation);

impl<'a> From<&'a Family> for FamilyV1<'a> {
    fn from(family: &'a Family) -> Self {
        Self {
            nickname: &family.nickname,
            symbol: family.symbol.into(),
            since: family.since.0,
            archived: family.archived.map(|day| day.0),
        }
    }
}

impl FamilyV1<'_> {
    fn into_family(self, id: FamilyId) -> Family {
        Family {
            id,
            nickname: self.nickname.to_owned(),
            symbol: self.symbol.into(),
            since: Day(self.since),
            archived: self.archived.map(Day),
        }
    }
}

impl<'a> From<&'a Visit> for VisitV1<'a> {
    fn from(visit: &'a Visit) -> Self {
        Self {
            family: visit.family.0.0,
            day: visit.day.0,
            created: visit.created.0,
            closed: visit.closed.map(|moment| moment.0),
            intention: &visit.intention,
            cards: visit.cards.iter().map(CardV1::from).collect(),
            quick_note: &visit.quick_note,
            outcomes: visit.outcomes.iter().map(String::as_str).collect(),
            checks: visit.checks.iter().map(String::as_str).collect(),
            differently: &visit.differently,
            opener: &visit.opener,
            steps: visit.steps.iter().map(StepV1::from).collect(),
            seen_heard: &visit.seen_heard,
            thoughts: &visit.thoughts,
        }
    }
}

impl VisitV1<'_> {
    fn into_visit(self, id: VisitId) -> Visit {
        Visit {
            id,
            family: FamilyId(Id(self.family)),
            day: Day(self.day),
            created: Moment(self.created),
            closed: self.closed.map(Moment),
            intention: self.intention.to_owned(),
            cards: self.cards.into_iter().map(Card::from).collect(),
            quick_note: self.quick_note.to_owned(),
            outcomes: self.outcomes.into_iter().map(str::to_owned).collect(),
            checks: self.checks.into_iter().map(str::to_owned).collect(),
            differently: self.differently.to_owned(),
            opener: self.opener.to_owned(),
            steps: self.steps.into_iter().map(Step::from).collect(),
            seen_heard: self.seen_heard.to_owned(),
            thoughts: self.thoughts.to_owned(),
        }
    }
}

impl<'a> From<&'a Card> for CardV1<'a> {
    fn from(card: &'a Card) -> Self {
        Self { question: &card.question, asked: card.asked, note: &card.note }
    }
}

impl From<CardV1<'_>> for Card {
    fn from(card: CardV1<'_>) -> Self {
        Self { question: card.question.to_owned(), asked: card.asked, note: card.note.to_owned() }
    }
}

impl<'a> From<&'a Step> for StepV1<'a> {
    fn from(step: &'a Step) -> Self {
        Self { id: step.id.0.0, what: &step.what, who: &step.who, when: &step.when, went: step.went.into() }
    }
}

impl From<StepV1<'_>> for Step {
    fn from(step: StepV1<'_>) -> Self {
        Self {
            id: StepId(Id(step.id)),
            what: step.what.to_owned(),
            who: step.who.to_owned(),
            when: step.when.to_owned(),
            went: step.went.into(),
        }
    }
}

impl<'a> From<&'a OwnQuestion> for OwnQuestionV1<'a> {
    fn from(question: &'a OwnQuestion) -> Self {
        Self {
            text: &question.text,
            follow_up: &question.follow_up,
            phase: question.phase.into(),
            about: question.about.into(),
        }
    }
}

impl OwnQuestionV1<'_> {
    fn into_question(self, id: OwnQuestionId) -> OwnQuestion {
        OwnQuestion {
            id,
            text: self.text.to_owned(),
            follow_up: self.follow_up.to_owned(),
            phase: self.phase.into(),
            about: self.about.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes themselves, so that a change of this file is seen here first.
    #[test]
    fn a_family_is_these_bytes() {
        let family = Family {
            id: FamilyId(Id([1; 12])),
            nickname: "Zon".into(),
            symbol: Symbol::Bird,
            since: Day(3),
            archived: Some(Day(-1)),
        };
        let bytes = encode(&Record::Family(family), vec![1]).unwrap();
        assert_eq!(bytes, [1, 3, b'Z', b'o', b'n', 2, 6, 1, 1]);
    }

    #[test]
    fn a_name_that_version_1_does_not_know_is_refused() {
        let place = RecordKey { kind: Kind::Family, id: Id([1; 12]) };
        assert!(decode(&place, &[3, b'Z', b'o', b'n', 11, 6, 0]).is_some());
        assert!(decode(&place, &[3, b'Z', b'o', b'n', 12, 6, 0]).is_none());
        assert!(decode(&place, &[3, b'Z', b'o', b'n', 2, 6, 2]).is_none());
        assert!(decode(&place, &[3, 0xff, 0xfe, b'n', 2, 6, 0]).is_none());
    }

    #[test]
    fn a_length_that_promises_gigabytes_is_refused() {
        let place = RecordKey { kind: Kind::Visit, id: Id([1; 12]) };
        let mut bytes = vec![0; 12 + 4];
        bytes.extend_from_slice(&[0xff, 0xff, 0xff, 0xff, 0x0f]);
        assert!(decode(&place, &bytes).is_none());
    }
}
