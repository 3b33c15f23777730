//! Suggests a principle for the next visit, with the reason, and finds the principles that a visit touched.

use crate::content::{Check, Content, Group, Principle};
use crate::records::{Visit, answer, set_answer};

/// The outcome whose ticked checks show what to continue; for other outcomes the checks that were not ticked show
/// where to start (`content::Outcome::id`).
const WENT_WELL: &str = "relieved";

/// The question about the principle of a visit ([`crate::records::Answer::asks`]).
pub const CARRIES: &str = "carries";

/// The question about the principles that were dismissed while preparing, one per line.
pub const WAVED_AWAY: &str = "waved-away";

/// How many visits back a principle counts as touched recently.
const LATELY: usize = 5;

/// A principle for the next visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suggestion<'c> {
    /// The principle.
    pub principle: &'c Principle,
    /// Why it is suggested.
    pub why: Why<'c>,
}

/// Why a principle is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why<'c> {
    /// A check that was not ticked after the last visit.
    Check(&'c Check),
    /// The recent visits touched this group of principles least.
    Group(&'c Group),
}

/// The checks that show how to continue after a visit: after a talk that went well those that were ticked, after
/// any other those that were not.
pub fn telling_checks<'c>(content: &'c Content, visit: &Visit) -> impl Iterator<Item = &'c Check> {
    content.checks.iter().filter(|check| {
        let ticked = visit.checks.contains(&check.id);
        visit.outcomes.contains(&check.outcome) && ticked == (check.outcome == WENT_WELL)
    })
}

/// The principles that a visit touched: those of the questions that were asked, those of the checks that were
/// ticked, and its own.
#[must_use]
pub fn touched<'a>(content: &'a Content, visit: &'a Visit) -> Vec<&'a str> {
    let mut ids = Vec::new();
    for card in visit.cards.iter().filter(|card| card.asked) {
        if let Some(question) = content.questions.iter().find(|question| question.id == card.question) {
            ids.extend(question.principles.iter().map(String::as_str));
        }
    }
    for check in content.checks.iter().filter(|check| visit.checks.contains(&check.id)) {
        ids.push(&check.principle);
    }
    ids.push(answer(&visit.answers, CARRIES));
    ids
}

/// A principle for `this` visit, after the `earlier` ones of the family, the newest first.
///
/// A check that was not ticked after the last visit comes first; then a principle of the group that the recent
/// visits touched least. A dismissed principle does not return in the same preparation, nor does the principle of
/// the visit before. `turn` chooses between equals: it is the number of a day, so that the choice stays the same
/// all day.
#[must_use]
pub fn suggest<'c>(content: &'c Content, this: &Visit, earlier: &[&Visit], turn: u32) -> Option<Suggestion<'c>> {
    let last = earlier.first();
    let waved = |id: &str| answer(&this.answers, WAVED_AWAY).split('\n').any(|line| line == id);
    let carried = |id: &str| last.is_some_and(|last| answer(&last.answers, CARRIES) == id);
    let fits = |id: &str| !waved(id) && !carried(id);
    if let Some(last) = last {
        let failed = telling_checks(content, last).filter(|check| check.outcome != WENT_WELL);
        for check in failed.filter(|check| fits(&check.principle)) {
            if let Some(principle) = content.principles.iter().find(|one| one.id == check.principle) {
                return Some(Suggestion { principle, why: Why::Check(check) });
            }
        }
    }
    let lately: Vec<&str> = earlier.iter().take(LATELY).flat_map(|visit| touched(content, visit)).collect::<Vec<_>>();
    let mut least: Option<(usize, &Group)> = None;
    for group in turned(&content.groups, turn) {
        let of_group = |id: &str| content.principles.iter().any(|one| one.id == id && one.group == group.id);
        let times = lately.iter().filter(|id| of_group(id)).count();
        let open = content.principles.iter().any(|one| one.group == group.id && fits(&one.id));
        if open && least.is_none_or(|(known, _)| times < known) {
            least = Some((times, group));
        }
    }
    let (_, group) = least?;
    let mut choice: Option<&Principle> = None;
    for principle in turned(&content.principles, turn) {
        let new = || !lately.contains(&principle.id.as_str());
        if principle.group == group.id && fits(&principle.id) && (choice.is_none() || new()) {
            choice = Some(principle);
            if new() {
                break;
            }
        }
    }
    Some(Suggestion { principle: choice?, why: Why::Group(group) })
}

/// All items, starting at the place that `turn` gives.
fn turned<T>(items: &[T], turn: u32) -> impl Iterator<Item = &T> {
    let (before, from) = items.split_at(turn as usize % items.len().max(1));
    from.iter().chain(before)
}

/// Sets the principle of a visit, and copies its line to the intention if that is empty: the worker's own words
/// stay.
pub fn carry(visit: &mut Visit, principle: &Principle) {
    set_answer(&mut visit.answers, CARRIES, &principle.id);
    if visit.intention.trim().is_empty() {
        visit.intention.clone_from(&principle.essence);
    }
}

/// Dismisses a suggestion for this visit.
pub fn wave_away(visit: &mut Visit, principle: &Principle) {
    let mut waved = answer(&visit.answers, WAVED_AWAY).to_owned();
    waved.push_str(&principle.id);
    waved.push('\n');
    set_answer(&mut visit.answers, WAVED_AWAY, &waved);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Outcome, Spoken};
    use crate::records::{Card, FamilyId, Id, VisitId};
    use crate::test_content::{content, principle, question};
    use crate::time::{Day, Moment};

    fn small() -> Content {
        let asks = |id: &str, principles: &[&str]| crate::content::Question {
            principles: principles.iter().map(|&id| id.to_owned()).collect(),
            ..question(id, id)
        };
        let mut content = content(vec![asks("q-quiet", &["quiet"]), asks("q-near", &["near"])]);
        for id in ["beside", "patience"] {
            content.groups.push(Group { id: id.into(), title: id.into(), essence: String::new() });
        }
        for (id, group) in [("near", "beside"), ("equal", "beside"), ("quiet", "patience"), ("slow", "patience")] {
            content.principles.push(Principle { group: group.into(), ..principle(id, id, "Een regel.") });
        }
        let words = || Spoken { je: "Zin.".into(), u: "Zin.".into() };
        for (id, outcome, of) in [("listened", "relieved", "near"), ("too-fast", "angry", "slow")] {
            content.checks.push(Check {
                id: id.into(),
                outcome: outcome.into(),
                text: String::new(),
                principle: of.into(),
                opener: words(),
                inventory: Vec::new(),
            });
        }
        for id in ["relieved", "angry"] {
            content.outcomes.push(Outcome {
                id: id.into(),
                title: String::new(),
                signals: String::new(),
                invitation: String::new(),
                inventory: Vec::new(),
            });
        }
        content
    }

    fn visit() -> Visit {
        Visit::new(VisitId(Id([1; 12])), FamilyId(Id([2; 12])), Day(1), Moment(1))
    }

    fn suggested(earlier: &[&Visit], this: &Visit, turn: u32) -> String {
        suggest(&small(), this, earlier, turn).map_or_else(String::new, |found| found.principle.id.clone())
    }

    #[test]
    fn what_was_not_ticked_last_time_comes_first_and_says_so() {
        let content = small();
        let last = Visit { outcomes: vec!["angry".into()], ..visit() };
        let this = visit();
        let found = suggest(&content, &this, &[&last], 0).unwrap();
        assert_eq!(found.principle.id, "slow");
        assert!(matches!(found.why, Why::Check(check) if check.id == "too-fast"));
        let ticked = Visit { checks: vec!["too-fast".into()], ..last };
        assert!(matches!(suggest(&content, &visit(), &[&ticked], 0).unwrap().why, Why::Group(_)));
    }

    #[test]
    fn a_talk_that_went_well_is_no_reason_to_repair() {
        let last = Visit { outcomes: vec!["relieved".into()], ..visit() };
        assert!(matches!(suggest(&small(), &visit(), &[&last], 0).unwrap().why, Why::Group(_)));
    }

    #[test]
    fn the_group_touched_least_is_suggested_and_of_it_what_is_new() {
        let mut last = visit();
        last.cards.push(Card { asked: true, ..Card::new("q-near") });
        assert_eq!(suggested(&[&last], &visit(), 0), "quiet");
        last.cards.push(Card { asked: true, ..Card::new("q-quiet") });
        let mut before = visit();
        before.cards.push(Card { asked: true, ..Card::new("q-near") });
        assert_eq!(suggested(&[&last, &before], &visit(), 0), "slow");
    }

    #[test]
    fn what_is_waved_away_does_not_come_back_and_all_of_it_may_go() {
        let content = small();
        let mut this = visit();
        let mut seen = Vec::new();
        while let Some(found) = suggest(&content, &this, &[], 0) {
            assert!(!seen.contains(&found.principle.id), "twice {}", found.principle.id);
            seen.push(found.principle.id.clone());
            wave_away(&mut this, found.principle);
        }
        assert_eq!(seen.len(), 4);
    }

    #[test]
    fn carrying_a_principle_keeps_words_of_ones_own() {
        let content = small();
        let mut this = visit();
        carry(&mut this, &content.principles[0]);
        assert_eq!((this.intention.as_str(), answer(&this.answers, CARRIES)), ("Een regel.", "near"));
        this.intention = "Rustig aan.".into();
        carry(&mut this, &content.principles[2]);
        assert_eq!((this.intention.as_str(), answer(&this.answers, CARRIES)), ("Rustig aan.", "quiet"));
        assert_ne!(suggested(&[&this], &visit(), 0), "quiet");
    }
}
