//! Clearing notes after they were handed over.
//!
//! Notes about people are kept no longer than needed. Some weeks after the worker handed them over, the words are
//! removed. What can be counted stays, so that the worker still sees how the visits went. Nothing is removed
//! automatically: a screen asks first.

use crate::records::{Answer, Concern, Family, Record, Visit};
use crate::time::{Day, Moment};

/// How many weeks the notes stay after they were handed over, by default.
pub const WEEKS: u8 = 4;

/// Whether it is time to clear the notes about a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clearing {
    /// They were not handed over, or too recently, or nothing is left to clear.
    NotYet,
    /// It is time, but a concern about this family is still open.
    HeldBack,
    /// It is time.
    Due {
        /// The day on which they were handed over.
        since: Day,
    },
}

/// Whether it is time to clear the notes about `family`: `weeks` after they were handed over.
///
/// The visits and concerns may be those of all families. If the clock was set back, the day of handing over is in
/// the future, and it is not yet time.
#[must_use]
pub fn due<'r>(
    family: &Family,
    visits: &[Visit],
    concerns: impl IntoIterator<Item = &'r Concern>,
    today: Day,
    weeks: u8,
) -> Clearing {
    let long_enough = |since: &Day| since.0.checked_add(7 * i32::from(weeks)).is_some_and(|day| day <= today.0);
    let Some(since) = family.handed_over.filter(long_enough) else {
        return Clearing::NotYet;
    };
    // It looks at the contents and not at `cleared`: another tab may have written after the clearing.
    if all_that_goes(family, visits).is_nothing() {
        Clearing::NotYet
    } else if concerns.into_iter().any(|concern| concern.family == family.id && concern.holds_notes()) {
        Clearing::HeldBack
    } else {
        Clearing::Due { since }
    }
}

/// Whether the notes of a visit were handed over; those of later visits stay. If the notes of a family were not
/// handed over, every visit may be cleared by hand.
#[must_use]
pub fn may_go(family: &Family, visit: &Visit) -> bool {
    visit.family == family.id && family.handed_over.is_none_or(|day| visit.day <= day)
}

/// Whether the requests of the parents and the answers of the farewell may be removed as well: not while the
/// worker still visits them.
fn family_may_go(family: &Family, visits: &[Visit]) -> bool {
    visits.iter().all(|visit| visit.family != family.id || may_go(family, visit))
}

/// How much a clearing would remove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Goes {
    /// The number of texts, except those of steps and tools.
    pub notes: usize,
    /// The number of steps.
    pub steps: usize,
    /// The number of uses of a tool with results.
    pub tools: usize,
}

impl Goes {
    /// Whether nothing would be removed.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }

    /// The sum of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let (notes, steps, tools) = (self.notes + other.notes, self.steps + other.steps, self.tools + other.tools);
        Self { notes, steps, tools }
    }
}

/// How much a clearing of a family and its visits would remove; nothing once they are cleared. The visits may be
/// those of all families.
#[must_use]
pub fn all_that_goes(family: &Family, visits: &[Visit]) -> Goes {
    visits.iter().filter(|visit| may_go(family, visit)).map(goes).fold(goes_of(family, visits), Goes::and)
}

/// The records that a clearing changes, as they are now.
#[must_use]
pub fn changes(family: &Family, visits: &[Visit]) -> Vec<Record> {
    let visits_that = visits.iter().filter(|visit| may_go(family, visit) && !goes(visit).is_nothing());
    let mut records = visits_that.cloned().map(Record::Visit).collect::<Vec<_>>();
    if !goes_of(family, visits).is_nothing() {
        records.push(Record::Family(family.clone()));
    }
    records
}

/// How much a clearing would remove from the family itself.
fn goes_of(family: &Family, visits: &[Visit]) -> Goes {
    if !family_may_go(family, visits) {
        return Goes::default();
    }
    let asked = [&family.please_do, &family.please_never].into_iter().filter(|text| written(text)).count();
    Goes { notes: asked + answered(&family.answers), ..Goes::default() }
}

/// How much a clearing would remove from a visit; nothing once it is cleared.
#[must_use]
pub fn goes(visit: &Visit) -> Goes {
    let texts = [
        &visit.intention,
        &visit.quick_note,
        &visit.differently,
        &visit.opener,
        &visit.seen_heard,
        &visit.said,
        &visit.thoughts,
    ];
    Goes {
        notes: texts.into_iter().filter(|text| written(text)).count()
            + visit.cards.iter().filter(|card| written(&card.note)).count()
            + answered(&visit.answers),
        // This includes a line with only a name in it.
        steps: visit.steps.iter().filter(|step| !step.is_blank()).count(),
        tools: visit.tools.iter().filter(|tool| answered(&tool.answers) > 0 || !tool.marks.is_empty()).count(),
    }
}

fn answered(answers: &[Answer]) -> usize {
    answers.iter().filter(|answer| written(&answer.text)).count()
}

fn written(text: &str) -> bool {
    !text.trim().is_empty()
}

impl Family {
    /// Clears the requests of the parents and the answers of the farewell. The name that the worker gave them
    /// stays, and so do the days.
    pub fn clear(&mut self) {
        // Every field is named, so that a new one needs a decision.
        let Self {
            id: _,
            nickname: _,
            symbol: _,
            since: _,
            archived: _,
            please_do,
            please_never,
            farewell: _,
            handed_over: _,
            answers,
        } = self;
        please_do.clear();
        please_never.clear();
        answers.clear();
    }
}

impl Visit {
    /// Clears the notes: everything that contains words about people, and the marks that a parent gave.
    ///
    /// What stays says when and how, not who: the kind of visit and its day, which questions were asked and
    /// which tools were used, how the parents left the talk, the checks, and the marks of the worker. An open
    /// visit is closed, because there is nothing to continue.
    ///
    /// If a cleared visit has nothing in it, `cleared` keeps its first value.
    pub fn clear(&mut self, now: Moment) {
        let again = self.cleared.is_some() && goes(self).is_nothing();
        // Every field is named, so that a new one needs a decision.
        let Self {
            id: _,
            family: _,
            kind: _,
            day: _,
            at: _,
            created: _,
            closed,
            intention,
            cards,
            quick_note,
            outcomes: _,
            checks: _,
            differently,
            opener,
            steps,
            seen_heard,
            said,
            thoughts,
            answers,
            signs: _,
            tools,
            cleared,
        } = self;
        for text in [intention, quick_note, differently, opener, seen_heard, said, thoughts] {
            text.clear();
        }
        for card in cards {
            card.note.clear();
        }
        for tool in tools {
            tool.answers.clear();
            tool.marks.clear();
        }
        answers.clear();
        // A step without words is not a step, so none stay.
        steps.clear();
        closed.get_or_insert(now);
        if !again {
            *cleared = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Card, ConcernId, FamilyId, Id, Mark, Step, StepId, ToolUse, ToolUseId, VisitId, Went};
    use proptest::prelude::*;

    const ANNA: FamilyId = FamilyId(Id([1; 12]));
    const BRAM: FamilyId = FamilyId(Id([2; 12]));
    const HANDED_OVER: Day = Day(20_000);

    fn family() -> Family {
        Family { id: ANNA, handed_over: Some(HANDED_OVER), ..Family::default() }
    }

    fn visit(family: FamilyId) -> Visit {
        let new = Visit::new(VisitId(Id([3; 12])), family, Day(19_000), Moment(1));
        Visit { thoughts: "Meer rust.".into(), ..new }
    }

    fn concern(family: FamilyId) -> Concern {
        let seen = "Geen jas aan.".to_owned();
        Concern { seen, ..Concern::new(ConcernId(Id([4; 12])), family, None, Moment(1)) }
    }

    fn due_on(today: i32, visits: &[Visit], concerns: &[Concern]) -> Clearing {
        due(&family(), visits, concerns, Day(today), WEEKS)
    }

    #[test]
    fn it_is_time_four_weeks_after_the_handing_over() {
        let visits = [visit(ANNA)];
        assert_eq!(due_on(20_027, &visits, &[]), Clearing::NotYet);
        assert_eq!(due_on(20_028, &visits, &[]), Clearing::Due { since: HANDED_OVER });
        assert_eq!(due_on(20_100, &visits, &[]), Clearing::Due { since: HANDED_OVER });
        assert_eq!(due(&family(), &visits, &[], HANDED_OVER, 0), Clearing::Due { since: HANDED_OVER });
    }

    #[test]
    fn what_was_not_handed_over_stays() {
        let family = Family { handed_over: None, ..family() };
        assert_eq!(due(&family, &[visit(ANNA)], &[], Day(i32::MAX), 0), Clearing::NotYet);
    }

    #[test]
    fn what_was_written_after_the_handing_over_stays() {
        let after = [Visit { day: Day(i32::MAX), ..visit(ANNA) }];
        assert!(!may_go(&family(), &after[0]) && may_go(&family(), &visit(ANNA)));
        assert!(may_go(&Family { handed_over: None, ..family() }, &after[0]));
        assert_eq!(due(&family(), &after, &[], Day(i32::MAX), WEEKS), Clearing::NotYet);
        // The worker visits them again: the requests of the parents are still valid.
        let asked = Family { please_never: "Niet bellen.".into(), ..family() };
        assert!(!family_may_go(&asked, &after) && family_may_go(&asked, &[visit(ANNA)]));
        assert_eq!(due(&asked, &after, &[], Day(i32::MAX), WEEKS), Clearing::NotYet);
    }

    #[test]
    fn a_clock_that_was_set_back_clears_nothing() {
        for today in [19_999, 0, i32::MIN] {
            assert_eq!(due(&family(), &[visit(ANNA)], &[], Day(today), 0), Clearing::NotYet);
        }
        let late = Family { handed_over: Some(Day(i32::MAX)), ..family() };
        assert_eq!(due(&late, &[visit(ANNA)], &[], Day(i32::MAX), WEEKS), Clearing::NotYet);
    }

    #[test]
    fn an_open_concern_about_this_family_holds_it_back() {
        let visits = [visit(ANNA)];
        let closed = Concern { closed: Some(Moment(2)), ..concern(ANNA) };
        assert_eq!(due_on(20_050, &visits, &[closed.clone(), concern(ANNA)]), Clearing::HeldBack);
        assert_eq!(due_on(20_050, &visits, &[closed, concern(BRAM)]), Clearing::Due { since: HANDED_OVER });
        // It was started and abandoned.
        let blank = Concern { seen: String::new(), ..concern(ANNA) };
        assert_eq!(due_on(20_050, &visits, &[blank]), Clearing::Due { since: HANDED_OVER });
        assert_eq!(due_on(20_001, &visits, &[concern(ANNA)]), Clearing::NotYet);
    }

    #[test]
    fn where_nothing_is_left_nothing_is_asked() {
        let mut cleared = visit(ANNA);
        cleared.clear(Moment(5));
        assert_eq!(due_on(20_050, &[cleared.clone(), visit(BRAM)], &[concern(ANNA)]), Clearing::NotYet);
        assert_eq!(due_on(20_050, &[], &[]), Clearing::NotYet);
        // The other tab wrote after the clearing: that must be removed as well.
        cleared.said = "toch".into();
        assert_eq!(due_on(20_050, &[cleared.clone()], &[]), Clearing::Due { since: HANDED_OVER });
        cleared.clear(Moment(6));
        assert_eq!((goes(&cleared), cleared.cleared), (Goes::default(), Some(Moment(6))));
    }

    #[test]
    fn what_can_be_counted_stays() {
        let asked = |note: &str| Card { question: "eigen-1".into(), asked: true, note: note.into() };
        let sign = Mark { asks: "samen".into(), value: 7 };
        let kept = Visit {
            kind: "eerste".into(),
            at: Some(600),
            outcomes: vec!["sterker".into()],
            checks: vec!["gevraagd".into()],
            signs: vec![sign],
            cards: vec![asked("")],
            thoughts: String::new(),
            closed: Some(Moment(3)),
            cleared: Some(Moment(9)),
            ..visit(ANNA)
        };
        let mut full = Visit { cards: vec![asked("Mo lachte")], thoughts: "ja".into(), cleared: None, ..kept.clone() };
        assert_eq!(goes(&full), Goes { notes: 2, steps: 0, tools: 0 });
        assert_eq!(goes(&full).and(goes(&full)), Goes { notes: 4, steps: 0, tools: 0 });
        full.clear(Moment(9));
        assert_eq!(full, kept);
    }

    #[test]
    fn what_the_parents_asked_and_the_farewell_go_too() {
        let told = Answer { asks: "lukte".into(), text: "Samen koken.".into() };
        let full = Family { please_do: "Even appen.".into(), answers: vec![told], ..family() };
        assert_eq!(all_that_goes(&full, &[]), Goes { notes: 2, steps: 0, tools: 0 });
        assert_eq!(due(&full, &[visit(BRAM)], &[], Day(20_050), WEEKS), Clearing::Due { since: HANDED_OVER });
        let blank = Visit { thoughts: String::new(), ..visit(ANNA) };
        let all = [visit(ANNA), blank, visit(BRAM)];
        assert_eq!(changes(&full, &all), [Record::Visit(visit(ANNA)), Record::Family(full.clone())]);
        assert_eq!(changes(&family(), &all), [Record::Visit(visit(ANNA))]);
        let mut cleared = full;
        cleared.clear();
        assert_eq!(cleared, family());
        assert_eq!(due(&cleared, &[], &[], Day(20_050), WEEKS), Clearing::NotYet);
    }

    #[test]
    fn an_open_visit_is_closed_and_a_line_with_only_a_name_goes() {
        let mut open = visit(ANNA);
        open.steps = vec![Step { who: "Mo".into(), went: Went::Done, ..Step::new(StepId(Id([5; 12]))) }];
        assert_eq!(goes(&open), Goes { notes: 1, steps: 1, tools: 0 });
        open.clear(Moment(9));
        assert_eq!((open.closed, open.cleared, open.steps), (Some(Moment(9)), Some(Moment(9)), vec![]));
    }

    // Every typed text contains a §, so that a look at the whole record finds it.
    fn typed() -> impl Strategy<Value = String> {
        prop_oneof!["[a-z ]{0,2}§[A-Za-z\n]{0,3}", Just(" ".to_owned()), Just(String::new())]
    }

    fn answers() -> impl Strategy<Value = Vec<Answer>> {
        prop::collection::vec(("[p-s]", typed()), 0..3)
            .prop_map(|answers| answers.into_iter().map(|(asks, text)| Answer { asks, text }).collect())
    }

    prop_compose! {
        fn any_visit()(
            texts in prop::array::uniform7(typed()),
            cards in prop::collection::vec((any::<bool>(), typed()), 0..3),
            steps in prop::collection::vec(prop::array::uniform3(typed()), 0..3),
            tools in prop::collection::vec((answers(), any::<Option<u8>>()), 0..3),
            answers in answers(),
            (closed, cleared) in any::<(Option<i64>, Option<i64>)>(),
        ) -> Visit {
            let [intention, quick_note, differently, opener, seen_heard, said, thoughts] = texts;
            let card = |(asked, note)| Card { question: "vraag".into(), asked, note };
            let step = |[what, who, when]: [String; 3]| Step { what, who, when, ..Step::new(StepId(Id([6; 12]))) };
            let tool = |(answers, value): (_, Option<u8>)| ToolUse {
                id: ToolUseId(Id([7; 12])),
                tool: "kring".into(),
                answers,
                marks: value.map(|value| Mark { asks: "§".into(), value }).into_iter().collect(),
            };
            Visit {
                intention, quick_note, differently, opener, seen_heard, said, thoughts, answers,
                cards: cards.into_iter().map(card).collect(),
                steps: steps.into_iter().map(step).collect(),
                tools: tools.into_iter().map(tool).collect(),
                closed: closed.map(Moment),
                cleared: cleared.map(Moment),
                ..Visit::new(VisitId(Id([3; 12])), ANNA, Day(19_000), Moment(1))
            }
        }
    }

    proptest! {
        #[test]
        fn after_clearing_nothing_typed_is_left(visit in any_visit()) {
            let mut cleared = visit.clone();
            cleared.clear(Moment(9));
            let all = format!("{cleared:?}");
            prop_assert!(!all.contains('§'), "{all}");
            prop_assert!(goes(&cleared).is_nothing());
            prop_assert!(cleared.closed.is_some() && cleared.cleared.is_some());
            prop_assert_eq!(cleared.cards.len(), visit.cards.len());
            prop_assert_eq!(cleared.tools.len(), visit.tools.len());
            // The number that was announced is the number that is removed.
            prop_assert_eq!(goes(&visit).is_nothing(), !format!("{visit:?}").contains('§'));
        }

        #[test]
        fn clearing_twice_is_clearing_once(visit in any_visit()) {
            let mut once = visit;
            once.clear(Moment(9));
            let mut twice = once.clone();
            twice.clear(Moment(10));
            prop_assert_eq!(twice, once);
        }
    }
}
