//! The fields of each record, in every version. **Frozen**: phones hold these bytes.
//!
//! A new version may add a field (`field @ 3`) at any position; it never moves or removes a field, changes its
//! type, or changes the order of the names of an enum. If that is ever needed, this file stays as it is, and the
//! next version gets a file of its own.

use naast_core::content::{About, Phase};
use naast_core::records::{
    Answer, Card, Concern, ConcernId, Family, FamilyId, Helper, Id, Idea, Kind, Mark, OwnQuestion, OwnQuestionId,
    Record, Step, StepId, Symbol, ToolUse, ToolUseId, Visit, VisitId, Went,
};

use crate::keys::RecordKey;
use crate::wire::{Reader, Wire, whole};

/// Appends the record to `to`. The id and the kind are not included: the place contains them.
pub(super) fn encode(record: &Record, to: &mut Vec<u8>) {
    match record {
        Record::Family(family) => put_family(family, to),
        Record::Visit(visit) => put_visit(visit, to),
        Record::OwnQuestion(question) => put_question(question, to),
        Record::Concern(concern) => put_concern(concern, to),
    }
}

/// Decodes the record at this place as this version encoded it; `None` unless the bytes are exactly one record.
pub(super) fn decode(version: u8, place: &RecordKey, bytes: &[u8]) -> Option<Record> {
    let id = place.id;
    match place.kind {
        Kind::Family => whole(version, bytes, |from| take_family(id, from)).map(Record::Family),
        Kind::Visit => whole(version, bytes, |from| take_visit(id, from)).map(Record::Visit),
        Kind::OwnQuestion => whole(version, bytes, |from| take_question(id, from)).map(Record::OwnQuestion),
        // Version 1 had none.
        Kind::Concern if version < 2 => None,
        Kind::Concern => whole(version, bytes, |from| take_concern(id, from)).map(Record::Concern),
    }
}

/// A record: all fields except the id, in this order; `field @ 2` exists since version 2.
macro_rules! record {
    ($put:ident, $take:ident, $name:ident($id:ident) { $($field:ident $(@ $since:literal)?),* $(,)? }) => {
        fn $put(record: &$name, to: &mut Vec<u8>) {
            $(record.$field.put(to);)*
        }

        fn $take(id: Id, from: &mut Reader<'_>) -> $name {
            $name { id: $id(id), $($field: wire!(@take from $($since)?)),* }
        }
    };
}

record!(put_family, take_family, Family(FamilyId) {
    nickname, symbol, since, archived, please_do @ 2, please_never @ 2, farewell @ 2, handed_over @ 2, answers @ 2
});
record!(put_visit, take_visit, Visit(VisitId) {
    family, kind @ 2, day, at @ 2, created, closed, intention, cards, quick_note, outcomes, checks, differently,
    opener, steps, seen_heard, said @ 2, thoughts, answers @ 2, signs @ 2, tools @ 2, cleared @ 2
});
record!(put_question, take_question, OwnQuestion(OwnQuestionId) { text, follow_up, phase, about });
record!(put_concern, take_concern, Concern(ConcernId) { family, visit, created, closed, seen, thoughts, answers });

wire!(Card { question, asked, note });
wire!(Step { id, what, who, when, went, idea @ 2, helper @ 2, sure @ 2 });
wire!(ToolUse { id, tool, answers, marks });
wire!(Answer { asks, text });
wire!(Mark { asks, value });

/// An id within a record.
macro_rules! identity {
    ($($name:ident),*) => {$(
        impl Wire for $name {
            fn put(&self, to: &mut Vec<u8>) {
                self.0.put(to);
            }

            fn take(from: &mut Reader<'_>) -> Self {
                Self(Id::take(from))
            }
        }
    )*};
}

identity!(FamilyId, VisitId, StepId, ToolUseId);
wire_choice!(Symbol: House, Tree, Bird, Boat, Star, Cup, Leaf, Moon, Fish, Key, Kite, Cloud);
wire_choice!(Went: Open, Done, Partly, NotYet, NotNeeded);
wire_choice!(Idea: Parent, Together, Worker);
wire_choice!(Helper: Parents, Network, OtherParents, Professional);
wire_choice!(Phase: Acquaintance, EveryVisit, Strengths, Worries, Wishes, Choices, Closing, Farewell);
wire_choice!(About: Child, Parent, Network, Cooperation);

#[cfg(test)]
mod tests {
    use super::*;
    use naast_core::time::{Day, Moment};

    /// Compares the bytes themselves, so that a change of this file is noticed here first.
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
        assert_eq!(decode(1, &place, &[3, b'Z', b'o', b'n', 2, 6, 1, 1]), Some(Record::Family(family)));
    }

    #[test]
    fn a_name_that_version_1_does_not_know_is_refused() {
        let place = RecordKey { kind: Kind::Family, id: Id([1; 12]) };
        assert!(decode(1, &place, &[3, b'Z', b'o', b'n', 11, 6, 0]).is_some());
        assert!(decode(1, &place, &[3, b'Z', b'o', b'n', 12, 6, 0]).is_none());
        assert!(decode(1, &place, &[3, b'Z', b'o', b'n', 2, 6, 2]).is_none());
        assert!(decode(1, &place, &[3, 0xff, 0xfe, b'n', 2, 6, 0]).is_none());
    }

    #[test]
    fn a_length_that_promises_gigabytes_is_refused() {
        let place = RecordKey { kind: Kind::Visit, id: Id([1; 12]) };
        let mut bytes = vec![0; 12 + 4];
        bytes.extend_from_slice(&[0xff, 0xff, 0xff, 0xff, 0x0f]);
        assert!(decode(1, &place, &bytes).is_none());
    }

    /// Compares the bytes themselves, so that a change of this file is noticed here first.
    #[test]
    fn a_concern_is_these_bytes() {
        let concern = Concern {
            closed: Some(Moment(-1)),
            seen: "Zon".into(),
            answers: vec![Answer { asks: "a".into(), text: "b".into() }],
            ..Concern::new(ConcernId(Id([1; 12])), FamilyId(Id([2; 12])), None, Moment(150))
        };
        let mut bytes = Vec::new();
        encode(&Record::Concern(concern), &mut bytes);
        let expected = [&[2; 12][..], &[0, 0xac, 2, 1, 1, 3, b'Z', b'o', b'n', 0, 1, 1, b'a', 1, b'b']].concat();
        assert_eq!(bytes, expected);
    }

    #[test]
    fn a_family_is_these_bytes_since_version_2() {
        let family = Family {
            nickname: "Zon".into(),
            symbol: Symbol::Bird,
            since: Day(3),
            please_never: "x".into(),
            farewell: Some(Day(-1)),
            ..Family::default()
        };
        let mut bytes = Vec::new();
        encode(&Record::Family(family), &mut bytes);
        assert_eq!(bytes, [3, b'Z', b'o', b'n', 2, 6, 0, 0, 1, b'x', 1, 1, 0, 0]);
    }
}
