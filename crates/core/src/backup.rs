//! Deciding when to remind the worker of a backup: seldom, and only where there is something to lose.

use crate::time::Day;

/// Days from one backup to the next reminder.
const AFTER: i32 = 30;
/// The same, if the browser promised not to clear storage by itself.
const AFTER_WITH_PROMISE: i32 = 60;
/// Days without a reminder after “not now”.
const QUIET: i32 = 14;
/// With fewer visits than this, there is little to lose.
const VISITS: usize = 3;

/// The facts on which a reminder depends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The number of visits.
    pub visits: usize,
    /// The day of the last visit.
    pub newest: Option<Day>,
    /// The day of the last backup made on this phone.
    pub backed_up: Option<Day>,
    /// The day on which the worker last postponed a reminder.
    pub put_off: Option<Day>,
    /// Whether the browser promised not to clear storage by itself.
    pub promised: bool,
}

/// Whether it is time for a reminder. A day in the future comes from a clock that was set back, and is ignored.
#[must_use]
pub fn is_due(kept: &Kept, today: Day) -> bool {
    let within = |day: Option<Day>, days: i32| day.is_some_and(|day| (0..days).contains(&(today.0 - day.0)));
    let after = if kept.promised { AFTER_WITH_PROMISE } else { AFTER };
    let past = kept.backed_up.filter(|day| *day <= today);
    kept.visits >= VISITS && kept.newest >= past && !within(past, after) && !within(kept.put_off, QUIET)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day(20_000);

    fn kept() -> Kept {
        Kept { visits: 3, newest: Some(Day(19_999)), backed_up: None, put_off: None, promised: false }
    }

    fn day(ago: i32) -> Option<Day> {
        Some(Day(TODAY.0 - ago))
    }

    #[test]
    fn with_something_to_lose_and_no_backup_it_is_time() {
        assert!(is_due(&kept(), TODAY));
        assert!(!is_due(&Kept { visits: 2, ..kept() }, TODAY));
    }

    #[test]
    fn a_backup_gives_a_month_of_quiet_and_two_with_a_promise() {
        let made = |ago, promised| Kept { backed_up: day(ago), newest: day(0), promised, ..kept() };
        assert!(!is_due(&made(29, false), TODAY) && is_due(&made(30, false), TODAY));
        assert!(!is_due(&made(59, true), TODAY) && is_due(&made(60, true), TODAY));
    }

    #[test]
    fn without_a_visit_since_there_is_nothing_to_ask() {
        assert!(!is_due(&Kept { backed_up: day(90), newest: day(91), ..kept() }, TODAY));
        assert!(is_due(&Kept { backed_up: day(90), newest: day(90), ..kept() }, TODAY));
    }

    #[test]
    fn not_now_holds_for_two_weeks() {
        assert!(!is_due(&Kept { put_off: day(13), ..kept() }, TODAY));
        assert!(is_due(&Kept { put_off: day(14), ..kept() }, TODAY));
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_silence_it() {
        assert!(is_due(&Kept { backed_up: day(-300), put_off: day(-300), ..kept() }, TODAY));
    }
}
