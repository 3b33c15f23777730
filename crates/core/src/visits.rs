//! Queries over visits.
//!
//! “Earlier” and “later” always refer to the day of the visit, then to when the record was created, then to the
//! id, so that the order is stable.

use std::cmp::Reverse;

use crate::records::{FamilyId, Step, Visit, VisitId, Went};
use crate::route::VisitScreen;
use crate::time::{Day, Moment};

/// A step, with the visit in which it was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreed<'v> {
    /// The step.
    pub step: &'v Step,
    /// The visit.
    pub visit: &'v Visit,
}

fn when(visit: &Visit) -> (Day, Moment, VisitId) {
    (visit.day, visit.created, visit.id)
}

/// The visits of a family, the newest first.
#[must_use]
pub fn of_family<'v>(visits: &[&'v Visit], family: FamilyId) -> Vec<&'v Visit> {
    newest_first(&visits.iter().copied().filter(|visit| visit.family == family).collect::<Vec<_>>())
}

/// All visits, the newest first.
#[must_use]
pub fn newest_first<'v>(visits: &[&'v Visit]) -> Vec<&'v Visit> {
    let mut sorted = visits.to_vec();
    sorted.sort_unstable_by_key(|visit| Reverse(when(visit)));
    sorted
}

/// Visits up to today that are not finished, the one created last first.
#[must_use]
pub fn unfinished<'v>(visits: &[&'v Visit], today: Day) -> Vec<&'v Visit> {
    let mut found =
        visits.iter().copied().filter(|visit| visit.closed.is_none() && visit.day <= today).collect::<Vec<_>>();
    found.sort_unstable_by_key(|visit| Reverse((visit.created, visit.id)));
    found
}

/// The visits of the same family before this one, the newest first.
#[must_use]
pub fn earlier<'v>(visits: &[&'v Visit], of: &Visit) -> Vec<&'v Visit> {
    let mut earlier = of_family(visits, of.family);
    earlier.retain(|visit| when(visit) < when(of));
    earlier
}

/// Planned visits: later than today and not finished, the nearest first.
#[must_use]
pub fn planned<'v>(visits: &[&'v Visit], today: Day) -> Vec<&'v Visit> {
    let mut found =
        visits.iter().copied().filter(|visit| visit.closed.is_none() && visit.day > today).collect::<Vec<_>>();
    found.sort_unstable_by_key(|visit| (visit.day, visit.at, when(visit)));
    found
}

/// Where the worker continues with a visit: preparing a planned one, looking back on a finished one.
#[must_use]
pub fn goes_on_at(visit: &Visit, today: Day) -> VisitScreen {
    if visit.closed.is_some() {
        VisitScreen::LookBack
    } else if visit.day > today {
        VisitScreen::Prepare
    } else {
        VisitScreen::Hold
    }
}

/// The steps to discuss at the next visit: every step of the last of these `earlier` visits, and the open steps
/// of those before it.
#[must_use]
pub fn agreed_before<'v>(earlier: &[&'v Visit]) -> Vec<Agreed<'v>> {
    let last = earlier.first().map(|visit| visit.id);
    earlier
        .iter()
        .flat_map(|visit| steps_of(visit))
        .filter(|agreed| Some(agreed.visit.id) == last || agreed.step.went == Went::Open)
        .collect::<Vec<_>>()
}

fn steps_of(visit: &Visit) -> impl Iterator<Item = Agreed<'_>> {
    visit.written_steps().map(move |step| Agreed { step, visit })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Id, StepId};

    const ANNA: FamilyId = FamilyId(Id([1; 12]));
    const BRAM: FamilyId = FamilyId(Id([2; 12]));

    /// A finished visit; `number` is its id and its order of creation.
    fn visit(number: u8, family: FamilyId, day: &str) -> Visit {
        let day = Day::from_iso(day).unwrap();
        let made = Moment(i64::from(number));
        Visit { closed: Some(made), ..Visit::new(VisitId(Id([number; 12])), family, day, made) }
    }

    fn with_step(mut visit: Visit, what: &str, went: Went) -> Visit {
        visit.steps.push(Step { what: what.into(), went, ..Step::new(StepId(Id([9; 12]))) });
        visit
    }

    fn refs(visits: &[Visit]) -> Vec<&Visit> {
        visits.iter().collect()
    }

    fn numbers(visits: &[&Visit]) -> Vec<u8> {
        visits.iter().map(|visit| visit.id.0.0[0]).collect()
    }

    fn whats<'v>(steps: &[Agreed<'v>]) -> Vec<&'v str> {
        steps.iter().map(|agreed| agreed.step.what.as_str()).collect()
    }

    #[test]
    fn a_visit_goes_on_where_it_is() {
        let closed = visit(1, ANNA, "2026-11-24");
        let open = Visit { closed: None, ..closed.clone() };
        let on = |day| Day::from_iso(day).unwrap();
        assert_eq!(goes_on_at(&open, on("2026-11-23")), VisitScreen::Prepare);
        assert_eq!(goes_on_at(&open, on("2026-11-24")), VisitScreen::Hold);
        assert_eq!(goes_on_at(&open, on("2026-11-30")), VisitScreen::Hold);
        assert_eq!(goes_on_at(&closed, on("2026-11-23")), VisitScreen::LookBack);
    }

    #[test]
    fn the_visits_of_a_family_stand_newest_first() {
        let visits = [
            visit(1, ANNA, "2026-11-02"),
            visit(2, BRAM, "2026-11-03"),
            visit(3, ANNA, "2026-11-16"),
            // It was written later, about an earlier visit.
            visit(4, ANNA, "2026-10-19"),
        ];
        assert_eq!(numbers(&of_family(&refs(&visits), ANNA)), [3, 1, 4]);
    }

    #[test]
    fn of_two_visits_on_one_day_the_one_made_last_is_newest() {
        let visits = [visit(2, ANNA, "2026-11-02"), visit(1, ANNA, "2026-11-02")];
        assert_eq!(numbers(&of_family(&refs(&visits), ANNA)), [2, 1]);
    }

    #[test]
    fn unfinished_visits_of_all_families_come_last_made_first() {
        let open = |mut visit: Visit| {
            visit.closed = None;
            visit
        };
        let visits = [
            open(visit(1, ANNA, "2026-11-20")),
            visit(2, ANNA, "2026-11-02"),
            open(visit(3, BRAM, "2026-11-02")),
            open(visit(4, BRAM, "2026-11-23")),
        ];
        assert_eq!(numbers(&unfinished(&refs(&visits), Day::from_iso("2026-11-22").unwrap())), [3, 1]);
    }

    #[test]
    fn planned_visits_stand_by_day_and_time() {
        let planned_at = |number, day: &str, at| Visit { closed: None, at, ..visit(number, ANNA, day) };
        let visits = [
            planned_at(1, "2026-12-01", Some(600)),
            planned_at(2, "2026-11-30", None),
            planned_at(3, "2026-12-01", Some(540)),
            planned_at(4, "2026-11-22", Some(900)),
            visit(5, ANNA, "2026-12-24"),
        ];
        assert_eq!(numbers(&planned(&refs(&visits), Day::from_iso("2026-11-22").unwrap())), [2, 3, 1]);
    }

    #[test]
    fn earlier_visits_are_of_the_same_family_the_one_just_before_first() {
        let visits = [
            visit(1, ANNA, "2026-11-02"),
            visit(2, ANNA, "2026-11-09"),
            visit(3, BRAM, "2026-11-15"),
            visit(4, ANNA, "2026-11-16"),
        ];
        assert_eq!(numbers(&earlier(&refs(&visits), &visits[3])), [2, 1]);
        assert!(earlier(&refs(&visits), &visits[0]).is_empty());
        assert!(earlier(&refs(&visits), &visits[2]).is_empty());
    }

    #[test]
    fn preparing_shows_all_of_last_time_and_what_is_open_of_before() {
        let visits = [
            with_step(visit(1, ANNA, "2026-11-02"), "oma bellen", Went::Open),
            with_step(visit(2, ANNA, "2026-11-09"), "sneller naar bed", Went::Done),
            with_step(visit(3, ANNA, "2026-11-16"), "samen koken", Went::Partly),
            with_step(visit(4, BRAM, "2026-11-16"), "zwemles vragen", Went::Open),
            visit(5, ANNA, "2026-11-23"),
        ];
        let agreed = agreed_before(&earlier(&refs(&visits), &visits[4]));
        assert_eq!(whats(&agreed), ["samen koken", "oma bellen"]);
        assert_eq!(agreed[1].visit, &visits[0]);
    }

    #[test]
    fn steps_of_the_visit_itself_are_not_of_last_time() {
        let visits = [with_step(visit(1, ANNA, "2026-11-02"), "oma bellen", Went::Open)];
        assert!(agreed_before(&earlier(&refs(&visits), &visits[0])).is_empty());
    }
}
