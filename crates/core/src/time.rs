//! Moments and days, as plain numbers that come from outside.

use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970-01-01T00:00Z, by the clock of the device.
///
/// It is never used to decide which of two versions is newer: clocks go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Moment(pub i64);

/// A calendar day in the time zone of the device: days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Day(pub i32);

const MS_PER_DAY: i64 = 86_400_000;
const MS_PER_MINUTE: i64 = 60_000;

impl Moment {
    /// The local day of this moment, if local time is `offset_minutes` ahead of UTC.
    #[must_use]
    pub fn day(self, offset_minutes: i32) -> Day {
        let local = self.0.saturating_add(i64::from(offset_minutes) * MS_PER_MINUTE);
        let days = local.div_euclid(MS_PER_DAY);
        Day(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
    }
}

impl Day {
    /// Noon UTC of this day: a formatter in UTC shows it as this day.
    #[must_use]
    pub fn noon_utc(self) -> Moment {
        Moment(i64::from(self.0) * MS_PER_DAY + MS_PER_DAY / 2)
    }

    /// Year, month (1-12) and day of month (1-31), proleptic Gregorian.
    #[must_use]
    pub fn civil(self) -> (i32, u8, u8) {
        // Days are counted from 0000-03-01, so that the leap day is the last day of a year.
        let z = i64::from(self.0) + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = doy - (153 * mp + 2) / 5 + 1;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + i64::from(month <= 2);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        (year as i32, month as u8, day as u8)
    }

    /// The day of a civil date; `None` if the date does not exist.
    #[must_use]
    pub fn from_civil(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let y = i64::from(year) - i64::from(month <= 2);
        let era = y.div_euclid(400);
        let yoe = y.rem_euclid(400);
        let m = i64::from(month);
        let mp = if m > 2 { m - 3 } else { m + 9 };
        let doy = (153 * mp + 2) / 5 + i64::from(day) - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        let found = Self(i32::try_from(era * 146_097 + doe - 719_468).ok()?);
        (found.civil() == (year, month, day)).then_some(found)
    }

    /// `YYYY-MM-DD`, the value of a date field in the browser.
    #[must_use]
    pub fn iso(self) -> String {
        let (year, month, day) = self.civil();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// Reads `YYYY-MM-DD`.
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Self> {
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        // One type of number for all three: each type has its own compiled code.
        let number = |part: &str| part.parse::<u16>().ok();
        let (year, month, day) = (number(year)?, number(month)?, number(day)?);
        Self::from_civil(year.into(), month.try_into().ok()?, day.try_into().ok()?)
    }
}

/// Minutes after midnight as `HH:MM`, the value of a time field in the browser.
#[must_use]
pub fn time_of_day(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Minutes after midnight as people write them in Dutch: `14.30`.
#[must_use]
pub fn time_with_dot(minutes: u16) -> String {
    format!("{:02}.{:02}", minutes / 60, minutes % 60)
}

/// Reads `HH:MM` as minutes after midnight; `None` if there is no such time.
#[must_use]
pub fn minutes_of_day(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_late_evening_at_home_is_that_day_and_not_the_next() {
        // 2026-11-20T23:30+01:00
        let late = Moment(Day::from_civil(2026, 11, 20).unwrap().noon_utc().0 + 10 * 3_600_000 + 1_800_000);
        assert_eq!(late.day(60).iso(), "2026-11-20");
        assert_eq!(late.day(120).iso(), "2026-11-21");
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        for text in ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "", "morgen", "2026-1"] {
            assert_eq!(Day::from_iso(text), None, "{text}");
        }
        assert!(Day::from_iso("2028-02-29").is_some());
    }

    #[test]
    fn a_time_that_does_not_exist_is_refused() {
        for text in ["", "24:00", "12:60", "9", "negen:10", "12:x0", "12:5", "12:5é"] {
            assert_eq!(minutes_of_day(text), None, "{text}");
        }
        // Some browsers add seconds.
        assert_eq!(minutes_of_day("09:05:00"), Some(545));
    }

    proptest! {
        #[test]
        fn every_time_goes_through_its_form(minutes in 0..1_440_u16) {
            prop_assert_eq!(minutes_of_day(&time_of_day(minutes)), Some(minutes));
        }

        #[test]
        fn every_day_goes_through_its_iso_form(day in -700_000..2_900_000i32) {
            prop_assert_eq!(Day::from_iso(&Day(day).iso()).filter(|_| day > -719_163), Some(Day(day)).filter(|_| day > -719_163));
        }
    }
}
