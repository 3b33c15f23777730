//! Merging two versions of a record that two tabs changed, without losing a word.
//!
//! Three versions come in: `base`, from which both started; `mine`, of the tab that is saving now; `theirs`,
//! which the other tab saved in the meantime. The rules:
//!
//! - A field that one side changed takes the value of that side.
//! - A text that both sides changed keeps both: mine, then theirs, unless one contains the other. A blank line
//!   separates them, or a slash in fields of one line.
//! - Any other single value that both sides changed takes mine, because the user is working there now.
//! - Cards and steps are matched by question and by id. One that a side removed is removed, unless the other side
//!   changed it. Mine keep their order; new ones of theirs follow.
//! - Outcomes and checks are sets: what either side added is in, what either side removed is out.
//!
//! If the common base is unknown, as with a backup ([`Record::unite`]), an empty record is taken as the base:
//! nothing counts as removed, a value that only one side has stays, and uniting again changes nothing.

use crate::fold::holds;
use crate::records::{Answer, Card, Concern, Family, Mark, OwnQuestion, Record, Step, ToolUse, Visit};

impl Record {
    /// Merges two versions of a record; `None` if they are of different kinds.
    #[must_use]
    pub fn merge(base: &Self, mine: &Self, theirs: &Self) -> Option<Self> {
        Some(match (base, mine, theirs) {
            (Self::Family(b), Self::Family(m), Self::Family(t)) => Self::Family(Family::merge(b, m, t)),
            (Self::Visit(b), Self::Visit(m), Self::Visit(t)) => Self::Visit(Visit::merge(b, m, t)),
            (Self::OwnQuestion(b), Self::OwnQuestion(m), Self::OwnQuestion(t)) => {
                Self::OwnQuestion(OwnQuestion::merge(b, m, t))
            }
            (Self::Concern(b), Self::Concern(m), Self::Concern(t)) => Self::Concern(Concern::merge(b, m, t)),
            _ => return None,
        })
    }

    /// Merges two versions of a record without a common base; `None` if they are of different kinds. Both
    /// texts stay, mine first; of days and choices that every record has, mine stay. Uniting the result with
    /// either version again returns the result.
    #[must_use]
    pub fn unite(mine: &Self, theirs: &Self) -> Option<Self> {
        Self::merge(&theirs.blank(), mine, theirs)
    }

    /// This record with every optional field empty. Required fields are kept: one that differs on the other
    /// side counts as changed there.
    fn blank(&self) -> Self {
        match self {
            Self::Family(Family { id, symbol, since, .. }) => {
                Self::Family(Family { id: *id, symbol: *symbol, since: *since, ..Family::default() })
            }
            Self::Visit(visit) => Self::Visit(Visit::new(visit.id, visit.family, visit.day, visit.created)),
            Self::OwnQuestion(question) => Self::OwnQuestion(OwnQuestion {
                id: question.id,
                text: String::new(),
                follow_up: String::new(),
                phase: question.phase,
                about: question.about,
            }),
            Self::Concern(concern) => Self::Concern(Concern::new(concern.id, concern.family, None, concern.created)),
        }
    }
}

impl Family {
    /// Merges two versions of a family, by the rules of [this module](self).
    #[must_use]
    pub fn merge(base: &Self, mine: &Self, theirs: &Self) -> Self {
        Self {
            id: mine.id,
            nickname: line(&base.nickname, &mine.nickname, &theirs.nickname),
            symbol: *single(&base.symbol, &mine.symbol, &theirs.symbol),
            since: *single(&base.since, &mine.since, &theirs.since),
            archived: *single(&base.archived, &mine.archived, &theirs.archived),
            please_do: text(&base.please_do, &mine.please_do, &theirs.please_do),
            please_never: text(&base.please_never, &mine.please_never, &theirs.please_never),
            farewell: *single(&base.farewell, &mine.farewell, &theirs.farewell),
            handed_over: *single(&base.handed_over, &mine.handed_over, &theirs.handed_over),
            answers: list(&base.answers, &mine.answers, &theirs.answers),
        }
    }
}

impl Visit {
    /// Merges two versions of a visit, by the rules of [this module](self).
    #[must_use]
    pub fn merge(base: &Self, mine: &Self, theirs: &Self) -> Self {
        Self {
            id: mine.id,
            family: *single(&base.family, &mine.family, &theirs.family),
            kind: single(&base.kind, &mine.kind, &theirs.kind).clone(),
            day: *single(&base.day, &mine.day, &theirs.day),
            at: *single(&base.at, &mine.at, &theirs.at),
            created: *single(&base.created, &mine.created, &theirs.created),
            closed: *single(&base.closed, &mine.closed, &theirs.closed),
            intention: text(&base.intention, &mine.intention, &theirs.intention),
            cards: list(&base.cards, &mine.cards, &theirs.cards),
            quick_note: text(&base.quick_note, &mine.quick_note, &theirs.quick_note),
            outcomes: set(&base.outcomes, &mine.outcomes, &theirs.outcomes),
            checks: set(&base.checks, &mine.checks, &theirs.checks),
            differently: text(&base.differently, &mine.differently, &theirs.differently),
            opener: text(&base.opener, &mine.opener, &theirs.opener),
            steps: list(&base.steps, &mine.steps, &theirs.steps),
            seen_heard: text(&base.seen_heard, &mine.seen_heard, &theirs.seen_heard),
            said: text(&base.said, &mine.said, &theirs.said),
            thoughts: text(&base.thoughts, &mine.thoughts, &theirs.thoughts),
            answers: list(&base.answers, &mine.answers, &theirs.answers),
            signs: list(&base.signs, &mine.signs, &theirs.signs),
            tools: list(&base.tools, &mine.tools, &theirs.tools),
            cleared: *single(&base.cleared, &mine.cleared, &theirs.cleared),
        }
    }
}

impl Concern {
    /// Merges two versions of a concern, by the rules of [this module](self).
    #[must_use]
    pub fn merge(base: &Self, mine: &Self, theirs: &Self) -> Self {
        Self {
            id: mine.id,
            family: *single(&base.family, &mine.family, &theirs.family),
            visit: *single(&base.visit, &mine.visit, &theirs.visit),
            created: *single(&base.created, &mine.created, &theirs.created),
            closed: *single(&base.closed, &mine.closed, &theirs.closed),
            seen: text(&base.seen, &mine.seen, &theirs.seen),
            thoughts: text(&base.thoughts, &mine.thoughts, &theirs.thoughts),
            answers: list(&base.answers, &mine.answers, &theirs.answers),
        }
    }
}

impl OwnQuestion {
    /// Merges two versions of a question, by the rules of [this module](self).
    #[must_use]
    pub fn merge(base: &Self, mine: &Self, theirs: &Self) -> Self {
        Self {
            id: mine.id,
            text: line(&base.text, &mine.text, &theirs.text),
            follow_up: line(&base.follow_up, &mine.follow_up, &theirs.follow_up),
            phase: *single(&base.phase, &mine.phase, &theirs.phase),
            about: *single(&base.about, &mine.about, &theirs.about),
        }
    }
}

/// The side that changed; mine if both did.
fn single<'a, T: PartialEq>(base: &'a T, mine: &'a T, theirs: &'a T) -> &'a T {
    if mine == base { theirs } else { mine }
}

/// A text that may have paragraphs.
fn text(base: &str, mine: &str, theirs: &str) -> String {
    both(base, mine, theirs, "\n\n")
}

/// A text on one line of the screen, where a line break would disappear.
fn line(base: &str, mine: &str, theirs: &str) -> String {
    both(base, mine, theirs, " / ")
}

fn both(base: &str, mine: &str, theirs: &str, between: &str) -> String {
    if mine == base || holds(theirs, mine) && theirs != base {
        theirs.to_owned()
    } else if theirs == base || holds(mine, theirs) {
        mine.to_owned()
    } else {
        [mine, theirs].join(between)
    }
}

/// An item of a list, with a key that does not change.
trait Item: Clone + PartialEq {
    /// Whether two versions belong to the same item.
    fn same(&self, other: &Self) -> bool;
    /// The item with nothing filled in: the base if both sides added it.
    fn blank(&self) -> Self;
    /// Merges two versions of an item.
    fn merge(base: &Self, mine: &Self, theirs: &Self) -> Self;
}

impl Item for Card {
    fn same(&self, other: &Self) -> bool {
        self.question == other.question
    }

    fn blank(&self) -> Self {
        Self::new(&self.question)
    }

    fn merge(base: &Self, mine: &Self, theirs: &Self) -> Self {
        Self {
            question: mine.question.clone(),
            asked: *single(&base.asked, &mine.asked, &theirs.asked),
            note: text(&base.note, &mine.note, &theirs.note),
        }
    }
}

impl Item for Step {
    fn same(&self, other: &Self) -> bool {
        self.id == other.id
    }

    fn blank(&self) -> Self {
        Self::new(self.id)
    }

    fn merge(base: &Self, mine: &Self, theirs: &Self) -> Self {
        Self {
            id: mine.id,
            what: line(&base.what, &mine.what, &theirs.what),
            who: line(&base.who, &mine.who, &theirs.who),
            when: line(&base.when, &mine.when, &theirs.when),
            went: *single(&base.went, &mine.went, &theirs.went),
            idea: *single(&base.idea, &mine.idea, &theirs.idea),
            helper: *single(&base.helper, &mine.helper, &theirs.helper),
            sure: *single(&base.sure, &mine.sure, &theirs.sure),
        }
    }
}

impl Item for Answer {
    fn same(&self, other: &Self) -> bool {
        self.asks == other.asks
    }

    fn blank(&self) -> Self {
        Self { asks: self.asks.clone(), text: String::new() }
    }

    fn merge(base: &Self, mine: &Self, theirs: &Self) -> Self {
        Self { asks: mine.asks.clone(), text: text(&base.text, &mine.text, &theirs.text) }
    }
}

impl Item for Mark {
    fn same(&self, other: &Self) -> bool {
        self.asks == other.asks
    }

    fn blank(&self) -> Self {
        Self { asks: self.asks.clone(), value: 0 }
    }

    fn merge(base: &Self, mine: &Self, theirs: &Self) -> Self {
        Self { asks: mine.asks.clone(), value: *single(&base.value, &mine.value, &theirs.value) }
    }
}

impl Item for ToolUse {
    fn same(&self, other: &Self) -> bool {
        self.id == other.id
    }

    fn blank(&self) -> Self {
        Self { id: self.id, tool: self.tool.clone(), answers: Vec::new(), marks: Vec::new() }
    }

    fn merge(base: &Self, mine: &Self, theirs: &Self) -> Self {
        Self {
            id: mine.id,
            tool: mine.tool.clone(),
            answers: list(&base.answers, &mine.answers, &theirs.answers),
            marks: list(&base.marks, &mine.marks, &theirs.marks),
        }
    }
}

fn list<T: Item>(base: &[T], mine: &[T], theirs: &[T]) -> Vec<T> {
    if mine == base {
        return theirs.to_vec();
    }
    if theirs == base {
        return mine.to_vec();
    }
    // Each is matched once, so that even duplicates keep their words.
    let mut base: Vec<&T> = base.iter().collect::<Vec<_>>();
    let mut theirs: Vec<&T> = theirs.iter().collect::<Vec<_>>();
    let mut merged = Vec::with_capacity(mine.len() + theirs.len());
    for item in mine {
        match (take(&mut base, item), take(&mut theirs, item)) {
            (before, Some(other)) => {
                let before = before.map_or_else(|| item.blank(), T::clone);
                merged.push(T::merge(&before, item, other));
            }
            (Some(before), None) if before == item => {} // they took it away
            (_, None) => merged.push(item.clone()),
        }
    }
    for other in theirs {
        match take(&mut base, other) {
            Some(before) if before == other => {} // I took it away
            _ => merged.push(other.clone()),
        }
    }
    merged
}

fn take<'a, T: Item>(from: &mut Vec<&'a T>, like: &T) -> Option<&'a T> {
    let at = from.iter().position(|item| item.same(like))?;
    Some(from.remove(at))
}

fn set(base: &[String], mine: &[String], theirs: &[String]) -> Vec<String> {
    if mine == base {
        return theirs.to_vec();
    }
    let taken_out = |item: &&String| base.contains(item) && !theirs.contains(item);
    let added = |item: &&String| !base.contains(item) && !mine.contains(item);
    let kept = mine.iter().filter(|item| !taken_out(item));
    kept.chain(theirs.iter().filter(added)).cloned().collect::<Vec<_>>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{FamilyId, Id, StepId, VisitId, Went};
    use crate::time::{Day, Moment};
    use proptest::prelude::*;

    fn visit() -> Visit {
        Visit::new(VisitId(Id([1; 12])), FamilyId(Id([2; 12])), Day(20_000), Moment(1))
    }

    fn card(question: &str, note: &str) -> Card {
        Card { question: question.into(), asked: false, note: note.into() }
    }

    #[test]
    fn two_tabs_in_two_fields_meet_without_a_trace() {
        let mine = Visit { quick_note: "Nieuwe bank.".into(), ..visit() };
        let theirs = Visit { thoughts: "Meer rust.".into(), closed: Some(Moment(9)), ..visit() };
        let merged = Visit::merge(&visit(), &mine, &theirs);
        assert_eq!(merged, Visit { quick_note: "Nieuwe bank.".into(), ..theirs });
    }

    #[test]
    fn a_text_changed_twice_keeps_both_and_says_nothing_twice() {
        assert_eq!(text("thee", "thee met Yara", "koffie"), "thee met Yara\n\nkoffie");
        assert_eq!(text("thee", "thee met", "thee met Yara"), "thee met Yara");
        assert_eq!(text("thee", "thee met Yara", "thee met"), "thee met Yara");
        assert_eq!(text("thee", "", "thee met Yara"), "thee met Yara");
        assert_eq!(text("thee", "", "thee"), "");
        assert_eq!(line("", "Zon", "Maan"), "Zon / Maan");
    }

    #[test]
    fn a_day_set_twice_takes_mine() {
        assert_eq!(*single(&Day(1), &Day(2), &Day(3)), Day(2));
        assert_eq!(*single(&Day(1), &Day(1), &Day(3)), Day(3));
    }

    #[test]
    fn a_card_taken_away_stays_away_unless_somebody_wrote_on_it() {
        let base = [card("a", ""), card("b", ""), card("c", "")];
        let mine = [card("c", "kort"), card("d", ""), card("a", "")];
        let theirs = [card("a", ""), card("b", "toch"), card("e", "")];
        let merged = list(&base, &mine, &theirs);
        assert_eq!(merged, [card("c", "kort"), card("d", ""), card("a", ""), card("b", "toch"), card("e", "")]);
    }

    #[test]
    fn a_card_that_both_added_is_one_card() {
        let asked = Card { asked: true, ..card("a", "boven") };
        assert_eq!(list(&[], &[asked], &[card("a", "onder")]), [Card { asked: true, ..card("a", "boven\n\nonder") }]);
    }

    #[test]
    fn sets_take_the_changes_of_both() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(set(&words("a b c"), &words("a c d"), &words("b c e")), words("c d e"));
    }

    #[test]
    fn different_kinds_do_not_merge() {
        let family = Family { id: FamilyId(Id([2; 12])), ..Family::default() };
        let (family, visit) = (Record::Family(family), Record::Visit(visit()));
        assert_eq!(Record::merge(&family, &family, &visit), None);
        assert_eq!(Record::merge(&visit, &visit, &visit), Some(visit.clone()));
    }

    #[test]
    fn a_record_from_a_backup_meets_the_one_here_and_no_word_is_lost() {
        let here = Visit {
            day: Day(5),
            seen_heard: "Yara lachte.".into(),
            thoughts: "Meer rust.".into(),
            cards: vec![card("a", "boven"), card("b", "")],
            outcomes: vec!["relieved".into()],
            ..visit()
        };
        let there = Visit {
            day: Day(6),
            seen_heard: "Yara schonk thee in.".into(),
            thoughts: "Meer rust. En thee.".into(),
            cards: vec![card("b", "onder"), card("c", "")],
            closed: Some(Moment(9)),
            outcomes: vec!["tired".into()],
            ..visit()
        };
        let expected = Record::Visit(Visit {
            day: Day(5),
            seen_heard: "Yara lachte.\n\nYara schonk thee in.".into(),
            thoughts: "Meer rust. En thee.".into(),
            cards: vec![card("a", "boven"), card("b", "onder"), card("c", "")],
            closed: Some(Moment(9)),
            outcomes: vec!["relieved".into(), "tired".into()],
            ..visit()
        });
        let (here, there) = (Record::Visit(here), Record::Visit(there));
        assert_eq!(Record::unite(&here, &there), Some(expected.clone()));
        assert_eq!(Record::unite(&expected, &there), Some(expected));
        assert_eq!(Record::unite(&here, &Record::Family(Family::default())), None);
    }

    // Few different values, so that the three versions often agree and often conflict.
    fn any_text() -> impl Strategy<Value = String> {
        "[ab]{0,3}"
    }

    prop_compose! {
        fn any_cards()(cards in prop::collection::vec(("[p-s]", any::<bool>(), any_text()), 0..4)) -> Vec<Card> {
            cards.into_iter().map(|(question, asked, note)| Card { question, asked, note }).collect()
        }
    }

    prop_compose! {
        fn any_steps()(steps in prop::collection::vec((0..4_u8, any_text(), any_text(), any::<bool>()), 0..4)) -> Vec<Step> {
            steps.into_iter().map(|(id, what, who, done)| Step {
                what,
                who,
                went: if done { Went::Done } else { Went::Open },
                ..Step::new(StepId(Id([id; 12])))
            }).collect()
        }
    }

    prop_compose! {
        fn any_visit()(
            day in 0..3_i32,
            closed in any::<Option<bool>>(),
            texts in prop::array::uniform6(any_text()),
            cards in any_cards(),
            steps in any_steps(),
            outcomes in prop::collection::vec("[x-z]", 0..3),
            checks in prop::collection::vec("[x-z]", 0..3),
        ) -> Visit {
            let [intention, quick_note, differently, opener, seen_heard, thoughts] = texts;
            Visit {
                day: Day(day),
                closed: closed.map(|late| Moment(late.into())),
                intention, quick_note, differently, opener, seen_heard, thoughts, cards, steps, outcomes, checks,
                ..visit()
            }
        }
    }

    fn texts(visit: &Visit) -> [&str; 6] {
        [&visit.intention, &visit.quick_note, &visit.differently, &visit.opener, &visit.seen_heard, &visit.thoughts]
    }

    proptest! {
        #[test]
        fn one_side_alone_is_taken_as_it_is(base in any_visit(), side in any_visit()) {
            prop_assert_eq!(&Visit::merge(&base, &side, &base), &side);
            prop_assert_eq!(&Visit::merge(&base, &base, &side), &side);
        }

        #[test]
        fn two_that_agree_stay_as_they_are(base in any_visit(), both in any_visit()) {
            // For lists of cards: apart from duplicates, merging equal sides returns them.
            let merged = Visit::merge(&base, &both, &both);
            prop_assert_eq!(texts(&merged), texts(&both));
            prop_assert_eq!((merged.day, merged.closed), (both.day, both.closed));
            prop_assert_eq!((merged.cards, merged.steps), (both.cards, both.steps));
        }

        #[test]
        fn no_typed_text_is_lost(base in any_visit(), mine in any_visit(), theirs in any_visit()) {
            let merged = Visit::merge(&base, &mine, &theirs);
            for side in [&mine, &theirs] {
                for ((before, typed), after) in texts(&base).into_iter().zip(texts(side)).zip(texts(&merged)) {
                    prop_assert!(typed == before || after.contains(typed), "{typed} not in {after}");
                }
                for typed in side.cards.iter().filter(|card| !base.cards.contains(card)) {
                    prop_assert!(
                        merged.cards.iter().any(|card| card.same(typed) && card.note.contains(&typed.note))
                            || base.cards.iter().any(|card| card.same(typed) && card.note == typed.note),
                        "{typed:?} not in {:?}", merged.cards
                    );
                }
                for typed in side.steps.iter().filter(|step| !base.steps.contains(step)) {
                    for part in [|step: &Step| step.what.clone(), |step: &Step| step.who.clone()] {
                        prop_assert!(
                            merged.steps.iter().any(|step| step.same(typed) && part(step).contains(&part(typed)))
                                || base.steps.iter().any(|step| step.same(typed) && part(step) == part(typed)),
                            "{typed:?} not in {:?}", merged.steps
                        );
                    }
                }
            }
        }

        #[test]
        fn uniting_keeps_every_text_and_again_changes_nothing(mine in any_visit(), theirs in any_visit()) {
            let (mine, theirs) = (Record::Visit(mine), Record::Visit(theirs));
            let united = Record::unite(&mine, &theirs).unwrap();
            for again in [&mine, &theirs] {
                prop_assert_eq!(Record::unite(&united, again), Some(united.clone()));
            }
            let (Record::Visit(mine), Record::Visit(theirs), Record::Visit(united)) = (mine, theirs, united) else {
                unreachable!()
            };
            for side in [&mine, &theirs] {
                for (typed, after) in texts(side).into_iter().zip(texts(&united)) {
                    prop_assert!(after.contains(typed));
                }
                for card in &side.cards {
                    prop_assert!(united.cards.iter().any(|after| after.same(card) && after.note.contains(&card.note)));
                }
                for step in &side.steps {
                    prop_assert!(united.steps.iter().any(|after| after.same(step) && after.what.contains(&step.what)));
                }
                prop_assert!(side.outcomes.iter().all(|outcome| united.outcomes.contains(outcome)));
            }
        }

        #[test]
        fn families_and_questions_follow_the_same_rules(texts in prop::array::uniform3(any_text()), days in any::<[i8; 3]>()) {
            let family = |at: usize| Family {
                id: FamilyId(Id([2; 12])),
                nickname: texts[at].clone(),
                please_never: texts[at].clone(),
                since: Day(days[at].into()),
                ..Family::default()
            };
            let merged = Family::merge(&family(0), &family(1), &family(2));
            for side in [1, 2] {
                prop_assert!(texts[side] == texts[0] || merged.nickname.contains(&texts[side]));
                prop_assert_eq!(Family::merge(&family(0), &family(0), &family(side)), family(side));
                prop_assert_eq!(Family::merge(&family(0), &family(side), &family(0)), family(side));
            }
        }
    }
}
