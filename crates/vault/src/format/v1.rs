//! Records as version 1 wrote them, read only. **Frozen**: phones hold these bytes. Nothing here
//! changes any more but what a field of then means today.
//!
//! A struct reads its fields in the order in which they are written down.

use naast_core::content::{About, Phase};
use naast_core::records::{
    Card, Family, FamilyId, Kind, OwnQuestion, OwnQuestionId, Record, Step, StepId, Symbol, Visit, VisitId, Went,
};
use naast_core::time::{Day, Moment};

use crate::keys::RecordKey;
use crate::wire::{Wire, take_choice, take_length, whole};

/// The record at this place; `None` when the bytes are not exactly one.
pub(super) fn decode(place: &RecordKey, bytes: &[u8]) -> Option<Record> {
    let id = place.id;
    match place.kind {
        Kind::Family => whole(bytes, |from| family(FamilyId(id), from)).map(Record::Family),
        Kind::Visit => whole(bytes, |from| visit(VisitId(id), from)).map(Record::Visit),
        Kind::OwnQuestion => whole(bytes, |from| question(OwnQuestionId(id), from)).map(Record::OwnQuestion),
        Kind::Concern => None,
    }
}

fn family(id: FamilyId, from: &mut &[u8]) -> Option<Family> {
    Some(Family {
        nickname: Wire::take(from)?,
        symbol: take_choice(&SYMBOLS, from)?,
        since: Wire::take(from)?,
        archived: Wire::take(from)?,
        id,
        ..Family::default()
    })
}

fn visit(id: VisitId, from: &mut &[u8]) -> Option<Visit> {
    let family = FamilyId(Wire::take(from)?);
    let (day, created): (Day, Moment) = (Wire::take(from)?, Wire::take(from)?);
    Some(Visit {
        closed: Wire::take(from)?,
        intention: Wire::take(from)?,
        cards: list(from, card)?,
        quick_note: Wire::take(from)?,
        outcomes: Wire::take(from)?,
        checks: Wire::take(from)?,
        differently: Wire::take(from)?,
        opener: Wire::take(from)?,
        steps: list(from, step)?,
        seen_heard: Wire::take(from)?,
        thoughts: Wire::take(from)?,
        ..Visit::new(id, family, day, created)
    })
}

fn card(from: &mut &[u8]) -> Option<Card> {
    Some(Card { question: Wire::take(from)?, asked: Wire::take(from)?, note: Wire::take(from)? })
}

fn step(from: &mut &[u8]) -> Option<Step> {
    let id = StepId(Wire::take(from)?);
    Some(Step {
        what: Wire::take(from)?,
        who: Wire::take(from)?,
        when: Wire::take(from)?,
        went: take_choice(&WENT, from)?,
        ..Step::new(id)
    })
}

fn question(id: OwnQuestionId, from: &mut &[u8]) -> Option<OwnQuestion> {
    Some(OwnQuestion {
        id,
        text: Wire::take(from)?,
        follow_up: Wire::take(from)?,
        phase: take_choice(&PHASES, from)?,
        about: take_choice(&ABOUT, from)?,
    })
}

fn list<T>(from: &mut &[u8], item: fn(&mut &[u8]) -> Option<T>) -> Option<Vec<T>> {
    let mut items = Vec::new();
    for _ in 0..take_length(from)? {
        items.push(item(from)?);
    }
    Some(items)
}

const SYMBOLS: [Symbol; 12] = {
    use Symbol::{Bird, Boat, Cloud, Cup, Fish, House, Key, Kite, Leaf, Moon, Star, Tree};
    [House, Tree, Bird, Boat, Star, Cup, Leaf, Moon, Fish, Key, Kite, Cloud]
};
const WENT: [Went; 5] = [Went::Open, Went::Done, Went::Partly, Went::NotYet, Went::NotNeeded];
const PHASES: [Phase; 8] = {
    use Phase::{Acquaintance, Choices, Closing, EveryVisit, Farewell, Strengths, Wishes, Worries};
    [Acquaintance, EveryVisit, Strengths, Worries, Wishes, Choices, Closing, Farewell]
};
const ABOUT: [About; 4] = [About::Child, About::Parent, About::Network, About::Cooperation];

#[cfg(test)]
mod tests {
    use super::*;
    use naast_core::records::Id;

    /// The bytes themselves, so that a change of this file is seen here first.
    #[test]
    fn a_family_was_these_bytes() {
        let family = Family {
            id: FamilyId(Id([1; 12])),
            nickname: "Zon".into(),
            symbol: Symbol::Bird,
            since: Day(3),
            archived: Some(Day(-1)),
            ..Family::default()
        };
        let place = RecordKey { kind: Kind::Family, id: Id([1; 12]) };
        assert_eq!(decode(&place, &[3, b'Z', b'o', b'n', 2, 6, 1, 1]), Some(Record::Family(family)));
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
