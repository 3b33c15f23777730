use naast_core::content::Content;
use naast_core::time::Day;

use crate::Problem;
use crate::problem::At;
use crate::texts::Text;

/// The day on which facts were checked exists.
pub(crate) fn checked_on_a_real_day(content: &Content, language: &str) -> Vec<Problem> {
    let checked = &content.help.checked;
    if Day::from_iso(checked).is_some_and(|day| day.iso() == *checked) {
        return Vec::new();
    }
    let at = At::new(&format!("{language}/help.toml"), "", "checked");
    vec![at.says(format!("“{checked}” is not a day; write it as 2026-11-21"))]
}

/// Numbers to call are valid in the Netherlands.
pub(crate) fn phone_numbers(content: &Content, language: &str) -> Vec<Problem> {
    let wrong = content.help.lines.iter().filter(|line| !is_phone_number(&line.number));
    let told = wrong.map(|line| {
        let at = At::new(&format!("{language}/help.toml"), &line.id, "number");
        at.says(format!("“{}” does not look like a Dutch phone number", line.number))
    });
    told.collect()
}

/// Emergency numbers, European help lines, 0800 and 0900 in both lengths, and ten digits that start with one
/// zero.
fn is_phone_number(number: &str) -> bool {
    let shaped = number.chars().all(|c| c.is_ascii_digit() || c == '-' || c == ' ');
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let service = digits.starts_with("0800") || digits.starts_with("0900");
    shaped
        && match digits.len() {
            3 => ["112", "113"].contains(&digits.as_str()),
            6 => digits.starts_with("116"),
            8 | 11 => service,
            10 => digits.starts_with('0') && !digits.starts_with("00") && !service,
            _ => false,
        }
}

/// A service number in a text is also one of the lines, so that a change of it is noticed everywhere.
pub(crate) fn numbers_in_texts(content: &Content, texts: &[Text<'_>]) -> Vec<Problem> {
    let known: Vec<String> = content.help.lines.iter().map(|line| line.dial()).collect();
    let mut problems = Vec::new();
    for text in texts {
        for part in text.text.split(|c: char| !c.is_ascii_digit() && c != '-') {
            let digits: String = part.chars().filter(char::is_ascii_digit).collect();
            let service = digits.len() >= 8 && (digits.starts_with("0800") || digits.starts_with("0900"));
            if service && !known.contains(&digits) {
                problems.push(text.at.says(format!("{part} is not the number of any [[line]] of help.toml")));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::is_phone_number;

    #[test]
    fn numbers_one_can_call() {
        for number in [
            "112",
            "116 111",
            "0800-2000",
            "0800-0432",
            "0900 8844",
            "0800-1234567",
            "020-123 45 67",
            "06-12345678",
            "088-1234567",
        ] {
            assert!(is_phone_number(number), "{number}");
        }
        for number in ["", "911", "0800-200", "0800-20000", "1234567890", "0031 20 123 45 67", "bel 112", "020–1234567"]
        {
            assert!(!is_phone_number(number), "{number}");
        }
    }
}
