//! Records as version 2 writes them. **Frozen**: phones hold these bytes. Any change of a field,
//! its order or type, or of the order of an enum's names, is a new version.
//!
//! A field that is added to a record of today breaks this file, which then becomes one that only
//! reads, as `v1` is.

use naast_core::content::{About, Phase};
use naast_core::records::{
    Answer, Card, Concern, ConcernId, Family, FamilyId, Helper, Id, Idea, Kind, Mark, OwnQuestion, OwnQuestionId,
    Record, Step, StepId, Symbol, ToolUse, ToolUseId, Visit, VisitId, Went,
};

use crate::keys::RecordKey;
use crate::wire::{Wire, whole};

/// Appends the record to `to`. Its id and kind are not inside: its place says them.
pub(super) fn encode(record: &Record, to: &mut Vec<u8>) {
    match record {
        Record::Family(family) => put_family(family, to),
        Record::Visit(visit) => put_visit(visit, to),
        Record::OwnQuestion(question) => put_question(question, to),
        Record::Concern(concern) => put_concern(concern, to),
    }
}

/// The record at this place; `None` when the bytes are not exactly one.
pub(super) fn decode(place: &RecordKey, bytes: &[u8]) -> Option<Record> {
    let id = place.id;
    match place.kind {
        Kind::Family => whole(bytes, |from| take_family(id, from)).map(Record::Family),
        Kind::Visit => whole(bytes, |from| take_visit(id, from)).map(Record::Visit),
        Kind::OwnQuestion => whole(bytes, |from| take_question(id, from)).map(Record::OwnQuestion),
        Kind::Concern => whole(bytes, |from| take_concern(id, from)).map(Record::Concern),
    }
}

/// A record: all fields but its id, in this order.
macro_rules! record {
    ($put:ident, $take:ident, $name:ident($id:ident) { $($field:ident),* $(,)? }) => {
        fn $put(record: &$name, to: &mut Vec<u8>) {
            $(record.$field.put(to);)*
        }

        fn $take(id: Id, from: &mut &[u8]) -> Option<$name> {
            Some($name { id: $id(id), $($field: Wire::take(from)?),* })
        }
    };
}

record!(put_family, take_family, Family(FamilyId) {
    nickname, symbol, since, archived, please_do, please_never, farewell, handed_over, answers
});
record!(put_visit, take_visit, Visit(VisitId) {
    family, kind, day, at, created, closed, intention, cards, quick_note, outcomes, checks, differently, opener,
    steps, seen_heard, said, thoughts, answers, signs, tools, cleared
});
record!(put_question, take_question, OwnQuestion(OwnQuestionId) { text, follow_up, phase, about });
record!(put_concern, take_concern, Concern(ConcernId) { family, visit, created, closed, seen, thoughts, answers });

wire!(Card { question, asked, note });
wire!(Step { id, what, who, when, went, idea, helper, sure });
wire!(ToolUse { id, tool, answers, marks });
wire!(Answer { asks, text });
wire!(Mark { asks, value });

/// An identity inside a record.
macro_rules! identity {
    ($($name:ident),*) => {$(
        impl Wire for $name {
            fn put(&self, to: &mut Vec<u8>) {
                self.0.put(to);
            }

            fn take(from: &mut &[u8]) -> Option<Self> {
                Id::take(from).map(Self)
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

    /// The bytes themselves, so that a change of this file is seen here first.
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
    fn a_family_is_these_bytes() {
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
