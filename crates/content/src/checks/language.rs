use naast_core::fold;
use naast_core::settings::Address;

use crate::Problem;
use crate::problem::At;
use crate::read::Jargon;
use crate::texts::Text;

/// A text is not empty.
pub(crate) fn empty(text: &Text<'_>) -> Option<Problem> {
    text.text.trim().is_empty().then(|| text.at.says("is empty"))
}

/// The sentences of a text, each as its words. A sentence ends at . ! ? or …, also before a closing quote or
/// bracket.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let mut parts = text.split_whitespace();
    std::iter::from_fn(move || {
        let mut words = Vec::new();
        for part in parts.by_ref() {
            // A dash on its own is not a word.
            if part.contains(char::is_alphanumeric) {
                words.push(part);
            }
            if part.trim_end_matches(['’', ')']).ends_with(['.', '!', '?', '…']) && !words.is_empty() {
                break;
            }
        }
        (!words.is_empty()).then_some(words)
    })
}

/// No sentence is longer than a reader can take in.
pub(crate) fn sentence_length(text: &Text<'_>) -> Vec<Problem> {
    let long = sentences(text.text).filter(|words| words.len() > text.longest);
    let told = long.map(|words| {
        let begin = words.iter().take(4).copied().collect::<Vec<_>>().join(" ");
        text.at.says(format!("a sentence of {} words, at most {}: “{begin} …”", words.len(), text.longest))
    });
    told.collect()
}

/// A text for a parent keeps to its form of address; quotes in it may differ.
pub(crate) fn form_of_address(text: &Text<'_>) -> Vec<Problem> {
    let (form, strange): (_, &[&str]) = match text.form {
        None => return Vec::new(),
        Some(Address::Je) => ("je", &["u", "uw", "uwe", "uzelf"]),
        Some(Address::U) => ("u", &["je", "jij", "jou", "jouw", "jouwe", "jullie", "jezelf"]),
    };
    let mut problems = Vec::new();
    fold::words(&outside_quotes(text.text), &mut |word| {
        let word: String = word.iter().collect();
        if strange.contains(&word.as_str()) {
            problems.push(text.at.says(format!("“{word}” does not belong in the {form} form")));
        }
    });
    problems
}

/// The text without what is between ‘ and ’. An apostrophe is followed by a letter, a closing quote is not.
fn outside_quotes(text: &str) -> String {
    let mut left = String::new();
    let mut quoted = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let ends = c == '’' && !rest.peek().is_some_and(|next| next.is_alphanumeric());
        match c {
            '‘' => quoted = true,
            '’' if quoted && ends => {
                quoted = false;
                left.push(' ');
            }
            _ if !quoted => left.push(c),
            _ => {}
        }
    }
    left
}

/// No word on the list of jargon, also not within a longer word.
pub(crate) fn jargon(texts: &[Text<'_>], jargon: &Jargon, language: &str) -> Vec<Problem> {
    let file = format!("{language}/jargon.toml");
    let mut problems = Vec::new();
    for word in &jargon.words {
        let at = At::new(&file, word, "words");
        if word.trim().is_empty() || word.to_lowercase() != *word {
            problems.push(at.says("a word here is lower case and not empty"));
            continue;
        }
        for text in texts.iter().filter(|text| text.text.to_lowercase().contains(word)) {
            let allowed = |item: &&crate::source::Allowed| item.word == *word && item.item == text.at.item;
            if !jargon.allowed.iter().any(|item| allowed(&item)) {
                problems.push(text.at.says(format!("“{word}” stands in jargon.toml; say it in everyday words")));
            }
        }
    }
    for allowed in &jargon.allowed {
        let used =
            texts.iter().any(|text| text.at.item == allowed.item && text.text.to_lowercase().contains(&allowed.word));
        if !used || !jargon.words.contains(&allowed.word) {
            let at = At::new(&file, &allowed.word, "allowed");
            problems.push(at.says(format!("is not needed for “{}”; take it out", allowed.item)));
        }
    }
    problems
}

/// Typographic characters as in a book.
pub(crate) fn typography(text: &Text<'_>) -> Vec<Problem> {
    typography_of(&text.at, text.text)
}

/// [`typography`], for a text on its own.
pub(crate) fn typography_of(at: &At, text: &str) -> Vec<Problem> {
    let letters: Vec<char> = text.chars().collect();
    let pairs = || letters.windows(2).map(|pair| (pair[0], pair[1]));
    let dash_without_spaces = |three: &[char]| {
        let range = three[0].is_ascii_digit() && three[2].is_ascii_digit();
        three[1] == '–' && !range && !(three[0].is_whitespace() && three[2].is_whitespace())
    };
    let faults = [
        (text.contains('\''), "a straight ': write ’, or ‘…’ around a quote"),
        (text.contains('"'), "a straight \": write ‘…’ around a quote"),
        (text.contains(['“', '”', '„', '«', '»']), "double quotes: write ‘…’"),
        (quotes_open(text), "a ‘ without its ’"),
        (text.contains(".."), "dots in a row: write …, one sign"),
        (text.contains("  "), "two spaces in a row"),
        (text.contains(['\n', '\t', '\r']), "a line break or tab: give each paragraph its own text"),
        (text.trim() != text, "a space at the beginning or the end"),
        (text.contains(" - ") || text.contains('—'), "a dash for an aside is – with spaces around it"),
        (letters.windows(3).any(dash_without_spaces), "a – without spaces around it"),
        (
            pairs().any(|(first, next)| first == ' ' && matches!(next, '.' | ',' | ';' | ':' | '!' | '?' | ')')),
            "a space before a sign",
        ),
        (
            pairs().any(|(first, next)| matches!(first, ',' | ';' | '!' | '?') && next.is_alphabetic()),
            "no space after a sign",
        ),
        (
            pairs().any(|(_, next)| matches!(next, '\u{300}'..='\u{36f}')),
            "an accent apart from its letter: type é as one sign",
        ),
    ];
    faults.into_iter().filter(|(found, _)| *found).map(|(_, message)| at.says(message)).collect()
}

/// Whether an opening quote is never closed. The quote may contain an apostrophe.
fn quotes_open(text: &str) -> bool {
    let mut open = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '‘' if open => return true,
            '‘' => open = true,
            '’' if !rest.peek().is_some_and(|next| next.is_alphanumeric()) => open = false,
            _ => {}
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(text: &str) -> Vec<usize> {
        sentences(text).map(|words| words.len()).collect()
    }

    #[test]
    fn a_sentence_ends_at_its_sign() {
        assert_eq!(lengths("Blijf even stil. En dan? Kijk maar…"), [3, 2, 2]);
        assert_eq!(lengths("Bel om 10.00 uur – of later."), [6]);
        assert_eq!(lengths("‘Dat klopt.’ Hij lacht (een beetje.) Zonder punt"), [2, 4, 2]);
        assert_eq!(lengths("En toen … – … niets"), [2, 1]);
        assert!(lengths(" – ").is_empty());
    }

    #[test]
    fn a_quote_is_left_out_and_an_apostrophe_is_not_its_end() {
        let left = |text| outside_quotes(text).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(left("U zei: ‘Heb je foto’s?’ Klopt dat, ’s ochtends?"), "U zei: Klopt dat, ’s ochtends?");
        assert_eq!(left("‘Je weet het’, zei u."), ", zei u.");
    }

    #[test]
    fn an_open_quote_is_seen_and_an_apostrophe_is_not_a_quote() {
        assert!(quotes_open("Ze zei: ‘Kom maar."));
        assert!(quotes_open("‘Ja. ‘Nee.’"));
        assert!(!quotes_open("Zo’n foto’s ’s ochtends, ‘met oma’s hoed’."));
    }
}
