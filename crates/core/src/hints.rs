//! Recognises what does not belong in a note, by its form. It leads to a gentle hint, never to a refusal.
//!
//! Only the kinds that were found, and their positions, leave this module; no part of a text does.

use core::ops::Range;

/// Something in a note that identifies a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// Nine digits that pass the check of a Dutch citizen service number (BSN).
    CitizenNumber,
    /// A telephone number.
    Telephone,
    /// A Dutch postcode, with or without a house number.
    Postcode,
    /// An e-mail address.
    Email,
    /// A Dutch bank account (IBAN).
    Account,
    /// A full date: it may be somebody's birth date.
    Date,
}

/// The kinds that the text seems to contain, each once, in the order of [`Hint`].
#[must_use]
pub fn hints(text: &str) -> Vec<Hint> {
    let mut found = [false; 6];
    find(text, &mut |hint, _| found[hint as usize] = true);
    let kinds = [Hint::CitizenNumber, Hint::Telephone, Hint::Postcode, Hint::Email, Hint::Account, Hint::Date];
    kinds.into_iter().zip(found).filter(|(_, found)| *found).map(|(kind, _)| kind).collect::<Vec<_>>()
}

/// The positions of what was found, in bytes, in order and without overlap.
///
/// For leaving things out it is safer to find too much: so this includes any number of nine digits or more, and
/// any word with an `@`.
#[must_use]
pub fn places(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    find(text, &mut |_, place| found.push(place));
    found.extend(digit_runs(text).into_iter().filter(|(_, run)| run.len() >= 9).map(|(place, _)| place));
    let handles = words(text)
        .into_iter()
        .map(|word| word.trim_matches(MARKS))
        .filter(|word| word.len() > 1 && word.contains('@'));
    found.extend(handles.map(|word| place(text, word)));
    let mut apart: Vec<Range<usize>> = Vec::new();
    found.sort_unstable_by_key(|range| (range.start, range.end));
    for place in found {
        match apart.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => apart.push(place),
        }
    }
    apart
}

fn find(text: &str, each: &mut dyn FnMut(Hint, Range<usize>)) {
    let words = words(text);
    for (at, &whole) in words.iter().enumerate() {
        let word = whole.trim_matches(MARKS);
        if word.is_empty() {
            continue;
        }
        let next = words.get(at + 1).map_or("", |next| next.trim_matches(MARKS));
        let here = place(text, word);
        if is_postcode(word) {
            each(Hint::Postcode, here.clone());
        } else if is_postcode(&[word, next].concat()) {
            each(Hint::Postcode, here.start..place(text, next).end);
        }
        if is_email(word) {
            each(Hint::Email, here.clone());
        }
        if let Some(last) = account(&words[at..]) {
            each(Hint::Account, place(text, whole).start..place(text, last).end);
        }
        if is_date(word) {
            each(Hint::Date, here);
        }
    }
    for (place, run) in digit_runs(text) {
        if is_telephone(&run) {
            each(Hint::Telephone, place);
        } else if is_citizen_number(&run) {
            each(Hint::CitizenNumber, place);
        }
    }
}

/// Characters that may stand around a word.
const MARKS: [char; 5] = ['.', ':', '!', '?', '\''];

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '‘' | '’' | '“' | '”' | '"'))
        .collect::<Vec<_>>()
}

/// The position of a part within the text.
fn place(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    start..start + part.len()
}

/// Digits that belong together, with the `+` before them, and their position. Spaces, hyphens and dots between
/// them are ignored.
fn digit_runs(text: &str) -> Vec<(Range<usize>, String)> {
    let mut runs = vec![(0..0, String::new())];
    let mut gap = 0;
    for (at, c) in text.char_indices() {
        match (c, runs.last_mut()) {
            (c, Some((place, run))) if c.is_ascii_digit() || (c == '+' && run.is_empty()) => {
                if run.is_empty() {
                    place.start = at;
                }
                place.end = at + 1;
                run.push(c);
                gap = 0;
            }
            (' ' | '-' | '.' | '\u{a0}', Some((_, run))) if !run.is_empty() && gap == 0 => gap = 1,
            (_, Some((_, run))) if !run.is_empty() => {
                runs.push((0..0, String::new()));
                gap = 0;
            }
            _ => {}
        }
    }
    runs
}

/// The eleven test: the sum of the digits times 9, 8, … 2, minus the last digit, is a multiple of eleven.
fn is_citizen_number(digits: &str) -> bool {
    let values: Vec<i32> = digits.bytes().map(|byte| i32::from(byte) - 48).collect::<Vec<_>>();
    let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
    values.len() == 9
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && values.iter().any(|&value| value != 0)
        && values.iter().zip(weights).map(|(value, weight)| value * weight).sum::<i32>() % 11 == 0
}

fn is_telephone(digits: &str) -> bool {
    let national = |number: &str| number.len() == 10 && number.starts_with('0') && !number.starts_with("00");
    national(digits)
        || digits.strip_prefix("+31").or(digits.strip_prefix("0031")).is_some_and(|rest| {
            let rest = rest.strip_prefix('0').unwrap_or(rest);
            rest.len() == 9
        })
}

fn is_postcode(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() == 6
        && !word.starts_with('0')
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && bytes[4..].iter().all(u8::is_ascii_uppercase)
}

fn is_email(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && domain.split_once('.').is_some_and(|(host, end)| !host.is_empty() && end.len() >= 2)
    })
}

/// `NL`, two digits, four letters, ten digits, possibly with spaces between them. Returns the last word of it.
fn account<'t>(words: &[&'t str]) -> Option<&'t str> {
    let mut joined = String::new();
    let mut last = "";
    for word in words.iter().take(6) {
        last = word.trim_matches(MARKS);
        joined.push_str(last);
        if joined.len() >= 18 {
            break;
        }
    }
    let bytes = joined.as_bytes();
    let is_account = bytes.len() == 18
        && bytes.starts_with(b"NL")
        && bytes[2..4].iter().all(u8::is_ascii_digit)
        && bytes[4..8].iter().all(u8::is_ascii_uppercase)
        && bytes[8..].iter().all(u8::is_ascii_digit);
    is_account.then_some(last)
}

/// Day, month and a year of four digits, or the reverse.
fn is_date(word: &str) -> bool {
    let parts: Vec<u16> = word.split(['-', '/', '.']).filter_map(|part| part.parse().ok()).collect::<Vec<_>>();
    let day_month = |day: u16, month: u16| (1..=31).contains(&day) && (1..=12).contains(&month);
    let year = |year: u16| (1900..2100).contains(&year);
    matches!(parts[..], [a, b, c] if word.split(['-', '/', '.']).count() == 3
        && (day_month(a, b) && year(c) || year(a) && day_month(c, b)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_can_be_found_by_is_seen() {
        for (text, hint) in [
            ("Zijn bsn is 111222333.", Hint::CitizenNumber),
            ("bsn 1112.22.333", Hint::CitizenNumber),
            ("Bel 06 12345678 morgen", Hint::Telephone),
            ("bel 06-12 34 56 78", Hint::Telephone),
            ("+31 6 12345678", Hint::Telephone),
            ("Woont op 1234AB 12", Hint::Postcode),
            ("Woont op 1234 AB, nummer 12", Hint::Postcode),
            ("mail naar oma@voorbeeld.nl.", Hint::Email),
            ("NL91 ABNA 0417 1643 00", Hint::Account),
            ("rekening NL91ABNA0417164300", Hint::Account),
            ("geboren 3-4-2019", Hint::Date),
            ("geboren (2019-04-03)", Hint::Date),
        ] {
            assert!(hints(text).contains(&hint), "{text}: {:?}", hints(text));
        }
    }

    #[test]
    fn an_ordinary_note_gives_no_hint() {
        for text in [
            "",
            "Om 14.30 uur kwam oma met 2 tassen van 5,50 euro.",
            "Groep 3 en 4 gaan op 12 mei naar zee.",
            "Hij telde tot 100 000 000 en lachte.",
            "123456789 was zijn geheime code",
            "Yara zei: ‘Dat was in 2019.’",
            "Hij weegt nu 3.5 kg, was 2-3 keer ziek",
        ] {
            assert_eq!(hints(text), [], "{text}");
        }
    }

    #[test]
    fn each_stands_in_its_place() {
        for (text, found) in [
            ("Zijn bsn is 1112.22.333.", vec!["1112.22.333"]),
            ("Bel +31 6 12345678: morgen", vec!["+31 6 12345678"]),
            ("Woont op 1234 AB, nummer 12", vec!["1234 AB"]),
            ("Woont op (1234AB).", vec!["1234AB"]),
            ("mail ‘oma@voorbeeld.nl’ of @oma_roos!", vec!["oma@voorbeeld.nl", "@oma_roos"]),
            ("op NL91 ABNA 0417 1643 00, of niet", vec!["NL91 ABNA 0417 1643 00"]),
            ("geboren (2019-04-03), één 3.4.2019", vec!["2019-04-03", "3.4.2019"]),
            // A number with something after it, and one that is too wide a match.
            ("06 12 34 56 78 5 keer", vec!["06 12 34 56 78 5"]),
            ("123456789 is geheim", vec!["123456789"]),
            ("in 2025-2026 @ home, om 14.30 uur", vec![]),
        ] {
            let places: Vec<&str> = places(text).into_iter().map(|place| &text[place]).collect();
            assert_eq!(places, found, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_looked_at_without_harm(text: String, digits in "[0-9 .+-]{0,40}") {
            let _ = (hints(&text), hints(&digits));
        }

        #[test]
        fn places_lie_in_the_text_and_apart(text in "([0-9]{1,4}|[a-zé@.]{1,3}|[ ,.+-]|AB|NL91ABNA0417164300){0,20}") {
            let mut end = None;
            for place in places(&text) {
                prop_assert!(text.get(place.clone()).is_some_and(|part| !part.is_empty()), "{place:?}");
                prop_assert!(end.is_none_or(|end| end < place.start));
                end = Some(place.end);
            }
        }
    }
}
