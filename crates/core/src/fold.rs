//! Text as search sees it: words of lower-case letters without accents.
//!
//! It uses a table of a few hundred bytes instead of a Unicode library. The table has the Latin letters of
//! European languages, and the capitals of Greek and Cyrillic. Letters of other scripts stay as they are.

/// U+00C0 to U+017F, one letter each. A capital stands for a pair ([`pair`]), a space for no letter.
const LATIN: &[u8; 192] = b"aaaaaaAceeeeiiii\
    dnooooo ouuuuyTS\
    aaaaaaAceeeeiiii\
    dnooooo ouuuuyTy\
    aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkkllllllllll\
    nnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

fn pair(mark: u8) -> Option<[char; 2]> {
    match mark {
        b'A' => Some(['a', 'e']),
        b'I' => Some(['i', 'j']),
        b'O' => Some(['o', 'e']),
        b'S' => Some(['s', 's']),
        b'T' => Some(['t', 'h']),
        _ => None,
    }
}

/// Calls the function with each word of the text, folded, in order.
///
/// Apostrophes, combining marks and characters without width are dropped, so that `foto’s` becomes `fotos` and a
/// decomposed `é` becomes `e`; all other punctuation separates words. An emoji counts as a letter.
pub fn words(text: &str, each: &mut dyn FnMut(&[char])) {
    let mut word = Vec::new();
    // The space at the end ends the last word.
    for c in text.chars().chain([' ']) {
        match c {
            'a'..='z' | '0'..='9' => word.push(c),
            'A'..='Z' => word.push(c.to_ascii_lowercase()),
            _ if falls_away(c) => {}
            '\u{c0}'..='\u{17f}' => match LATIN[c as usize - 0xc0] {
                b' ' => end(&mut word, each),
                mark => match pair(mark) {
                    Some(letters) => word.extend(letters),
                    None => word.push(char::from(mark)),
                },
            },
            'Ș' | 'ș' => word.push('s'),
            'Ț' | 'ț' => word.push('t'),
            'Α'..='Ω' | 'А'..='Я' => word.extend(char::from_u32(c as u32 + 32)),
            _ if separates(c) => end(&mut word, each),
            _ => word.push(c),
        }
    }
}

/// The folded words of a text with spaces between them, to sort texts by.
#[must_use]
pub fn text(text: &str) -> String {
    let mut folded = String::new();
    words(text, &mut |word| {
        folded.extend(word);
        folded.push(' ');
    });
    folded
}

fn end(word: &mut Vec<char>, each: &mut dyn FnMut(&[char])) {
    if !word.is_empty() {
        each(word);
        word.clear();
    }
}

fn falls_away(c: char) -> bool {
    matches!(c,
        '\'' | '‘' | '’' | 'ʼ' | '´' | '`'
        // Combining marks, Latin and Arabic.
        | '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}'
        // Without width: soft hyphen, joiners, directions, variation selectors, byte order mark.
        | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn separates(c: char) -> bool {
    c.is_ascii()
        || c.is_whitespace()
        || matches!(c,
            '\u{80}'..='\u{bf}'
            // Greek and Arabic punctuation.
            | '\u{37e}' | '\u{387}' | '\u{60c}' | '\u{61b}' | '\u{61f}'
            // General and CJK punctuation.
            | '\u{2010}'..='\u{205f}' | '\u{3000}'..='\u{3020}')
}

/// Whether a letter is a capital, in the alphabets that [`words`] folds. The table of all capitals in Unicode
/// would be half a kilobyte more to download.
#[must_use]
pub fn is_capital(c: char) -> bool {
    let even = u32::from(c).is_multiple_of(2);
    match c {
        // In pairs, the capital first.
        '\u{100}'..='\u{137}' | '\u{14a}'..='\u{177}' | '\u{218}'..='\u{21b}' => even,
        '\u{139}'..='\u{148}' | '\u{179}'..='\u{17e}' => !even,
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Ÿ' | '\u{386}'..='\u{38f}' | 'Α'..='Ω' | '\u{400}'..='Я' => true,
        _ => false,
    }
}

/// Whether the text contains this part. It compares letter by letter: the search of `str::contains` for long
/// texts is 1 kB more to download.
#[must_use]
pub fn holds(text: &str, part: &str) -> bool {
    part.is_empty() || text.as_bytes().windows(part.len()).any(|window| window == part.as_bytes())
}

/// Whether the text shows nothing: only spaces, or characters without a shape.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    let unseen = |c| matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
    text.chars().all(|c| c.is_whitespace() || unseen(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_can_see_is_blank() {
        for blank in ["", " \n", "\u{200b}", "\u{200d}\u{feff}", " \u{2060}\u{200e} "] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for seen in ["V", "🦊", "👨\u{200d}👩\u{200d}👧", "\u{200b}.", "عائلة"] {
            assert!(!is_blank(seen), "{seen}");
        }
    }
    use proptest::prelude::*;

    fn folded(text: &str) -> String {
        let mut all: Vec<String> = Vec::new();
        words(text, &mut |word| all.push(word.iter().collect()));
        all.join(" ")
    }

    #[test]
    fn capitals_are_those_that_unicode_knows() {
        let known =
            ('\0'..='\u{17f}').chain('\u{218}'..='\u{21b}').chain('\u{391}'..='\u{3a9}').chain('\u{400}'..='\u{44f}');
        for c in known.filter(|c| *c != '\u{3a2}') {
            assert_eq!(is_capital(c), c.is_uppercase(), "{c} {:x}", c as u32);
        }
    }

    proptest! {
        #[test]
        fn holding_is_containing(text in "[ab é]{0,12}", part in "[ab é]{0,4}") {
            prop_assert_eq!(holds(&text, &part), text.contains(&part));
        }
    }

    #[test]
    fn accents_and_capitals_do_not_count() {
        assert_eq!(folded("Één idee, wél háár reünie, garçon!"), "een idee wel haar reunie garcon");
        assert_eq!(folded("ĲSJE en ĳs, Œuvre, Straße, smørrebrød"), "ijsje en ijs oeuvre strasse smorrebrod");
        assert_eq!(folded("Şükran İnci Łukasz Žofia Ștefan"), "sukran inci lukasz zofia stefan");
        assert_eq!(folded("ΑΘΗΝΑ Кофе"), "αθηνα кофе");
    }

    #[test]
    fn a_decomposed_letter_is_the_same_letter() {
        assert_eq!(folded("ide\u{301}ee\u{308}n"), folded("idéeën"));
    }

    #[test]
    fn apostrophes_fall_away_and_punctuation_separates() {
        assert_eq!(folded("zo’n zo'n foto’s ‘ja’ 's ochtends"), "zon zon fotos ja s ochtends");
        assert_eq!(folded("meta-positie – eerst…dan\u{a0}10.00 ×2 («vraag»)"), "meta positie eerst dan 10 00 2 vraag");
        assert_eq!(folded("zacht\u{ad}jes aan\u{200b}dacht"), "zachtjes aandacht");
    }

    #[test]
    fn other_scripts_and_emoji_stay_as_they_are() {
        assert_eq!(folded("كيف حالك؟ 👨‍👩‍👧"), "كيف حالك 👨👩👧");
    }

    #[test]
    fn every_accented_letter_has_the_base_that_unicode_gives_it() {
        // One letter from each row of the table, checked by hand.
        for (letter, base) in [
            ('Ā', "a"),
            ('č', "c"),
            ('Đ', "d"),
            ('ě', "e"),
            ('Ģ', "g"),
            ('ħ', "h"),
            ('ı', "i"),
            ('ĵ', "j"),
            ('ĸ', "k"),
            ('ł', "l"),
            ('Ń', "n"),
            ('ŋ', "n"),
            ('ő', "o"),
            ('œ', "oe"),
            ('Ŕ', "r"),
            ('š', "s"),
            ('Ţ', "t"),
            ('ŧ', "t"),
            ('Ũ', "u"),
            ('ų', "u"),
            ('Ŵ', "w"),
            ('Ŷ', "y"),
            ('Ÿ', "y"),
            ('Ź', "z"),
            ('ž', "z"),
            ('ſ', "s"),
        ] {
            assert_eq!(folded(&letter.to_string()), base, "{letter}");
        }
        assert_eq!(folded("×÷"), "");
    }

    proptest! {
        #[test]
        fn any_text_folds_and_folding_again_changes_nothing(text: String) {
            let once = folded(&text);
            prop_assert_eq!(folded(&once), once);
        }
    }
}
