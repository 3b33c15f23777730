//! A planned visit as a reminder for the phone's own calendar (iCalendar, RFC 5545).
//!
//! It says that there is a visit, but never to whom: a calendar is synchronised, shown on lock screens and shared
//! with others.

use core::fmt::Write;

use crate::records::VisitId;
use crate::time::{Day, Moment};

/// The length of a visit in the calendar, in minutes.
const LASTS: u16 = 60;

/// The media type of a reminder.
pub const MEDIA_TYPE: &str = "text/calendar";

/// A file with one event. `at` is the start in minutes after midnight, in the time zone of the phone; without it
/// the event lasts all day. `stamp` is when the file was made. `title` names nobody, and contains no comma,
/// semicolon, backslash or line break.
#[must_use]
pub fn reminder(visit: VisitId, day: Day, at: Option<u16>, stamp: Moment, title: &str) -> String {
    let mut file = String::new();
    let mut line = |text: &str| {
        // The format ends lines with CR LF. No line comes near its limit of 75 bytes.
        file.push_str(text);
        file.push_str("\r\n");
    };
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Naast//Naast//NL");
    line("BEGIN:VEVENT");
    line(&format!("UID:{visit}@naast"));
    line(&format!("DTSTAMP:{}", utc(stamp)));
    match at {
        Some(at) => {
            line(&format!("DTSTART:{}", local(day, at)));
            line(&format!("DTEND:{}", local(day, at.saturating_add(LASTS))));
        }
        None => line(&format!("DTSTART;VALUE=DATE:{}", date(day))),
    }
    line(&format!("SUMMARY:{title}"));
    line("BEGIN:VALARM");
    line("ACTION:DISPLAY");
    line(&format!("DESCRIPTION:{title}"));
    // An hour before; for an event of all day, at nine in the morning.
    line(if at.is_some() { "TRIGGER:-PT1H" } else { "TRIGGER:PT9H" });
    line("END:VALARM");
    line("END:VEVENT");
    line("END:VCALENDAR");
    file
}

/// `YYYYMMDD`
fn date(day: Day) -> String {
    day.iso().replace('-', "")
}

/// A time of day; one past midnight belongs to the next day.
fn local(day: Day, minutes: u16) -> String {
    let (days, minutes) = (minutes / DAY, minutes % DAY);
    let mut text = date(Day(day.0.saturating_add(days.into())));
    // Writing to a string does not fail.
    let _ = write!(text, "T{:02}{:02}00", minutes / 60, minutes % 60);
    text
}

fn utc(moment: Moment) -> String {
    let minutes = moment.0.div_euclid(60_000).rem_euclid(i64::from(DAY));
    format!("{}Z", local(moment.day(0), u16::try_from(minutes).unwrap_or_default()))
}

/// Minutes in a day.
const DAY: u16 = 24 * 60;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::Id;

    fn lines(at: Option<u16>) -> Vec<String> {
        let day = Day::from_civil(2026, 12, 31).unwrap();
        let stamp = Moment(Day::from_civil(2026, 11, 22).unwrap().noon_utc().0 + 7 * 60_000);
        let file = reminder(VisitId(Id([10; 12])), day, at, stamp, "Bezoek");
        assert!(file.ends_with("\r\n") && file.lines().all(|line| line.len() <= 75));
        assert_eq!(file.matches('\n').count(), file.matches("\r\n").count());
        file.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_visit_with_a_time_lasts_an_hour_even_past_midnight() {
        let lines = lines(Some(23 * 60 + 30));
        assert!(lines.contains(&"DTSTART:20261231T233000".to_owned()), "{lines:?}");
        assert!(lines.contains(&"DTEND:20270101T003000".to_owned()), "{lines:?}");
        assert!(lines.contains(&"DTSTAMP:20261122T120700Z".to_owned()), "{lines:?}");
        assert!(lines.contains(&"TRIGGER:-PT1H".to_owned()));
    }

    #[test]
    fn a_visit_without_a_time_is_of_the_whole_day() {
        let lines = lines(None);
        assert!(lines.contains(&"DTSTART;VALUE=DATE:20261231".to_owned()));
        assert!(!lines.iter().any(|line| line.starts_with("DTEND")));
    }

    #[test]
    fn it_says_no_more_than_that_there_is_a_visit() {
        let said = lines(Some(600));
        let free: Vec<&String> =
            said.iter().filter(|line| line.starts_with("SUMMARY") || line.starts_with("DESCRIPTION")).collect();
        assert_eq!(free, ["SUMMARY:Bezoek", "DESCRIPTION:Bezoek"]);
    }
}
