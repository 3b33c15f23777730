//! The distance between words.

/// Words longer than this are only compared for equality.
const LONGEST: usize = 32;

/// How many slips are forgiven in a word of this length.
#[must_use]
pub fn forgiven(letters: usize) -> u8 {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// The set of letters as bits: two similar words have similar sets.
#[must_use]
pub fn letter_set(word: &[char]) -> u32 {
    word.iter().fold(0, |set, &c| set | 1 << (c as u32 % 32))
}

/// What a typed word is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum With {
    /// The whole other word.
    Whole,
    /// Any beginning of it: the rest may still be typed.
    Beginning,
}

/// Whether `slips` are enough to turn `typed` into the word (or into a beginning of it). A slip is an extra
/// letter, a missing letter, a wrong letter, or two neighbours swapped (optimal string alignment).
#[must_use]
pub fn near(typed: &[char], word: &[char], slips: u8, with: With) -> bool {
    let (width, reach) = (typed.len(), usize::from(slips));
    let too_long = with == With::Whole && word.len() > width + reach;
    if width > LONGEST || width > word.len() + reach || too_long {
        return false;
    }
    // The rows of the table of distances: between the first `row` letters of the word and the first `column`
    // letters of what was typed.
    let mut before_last = [u8::MAX; LONGEST + 1];
    let mut last = [0; LONGEST + 1];
    for (column, cell) in (0..=u8::MAX).zip(last.iter_mut()) {
        *cell = column;
    }
    for (row, &letter) in word.iter().enumerate().take(width + reach) {
        let mut current = [u8::MAX; LONGEST + 1];
        current[0] = u8::try_from(row + 1).unwrap_or(u8::MAX);
        let mut least = current[0];
        for (column, &c) in typed.iter().enumerate() {
            let mut cell = last[column] + u8::from(c != letter);
            cell = cell.min(last[column + 1] + 1).min(current[column] + 1);
            let swapped = row > 0 && column > 0 && typed[column - 1] == letter && word[row - 1] == c;
            if swapped {
                cell = cell.min(before_last[column - 1] + 1);
            }
            current[column + 1] = cell;
            least = least.min(cell);
        }
        if with == With::Beginning && current[width] <= slips {
            return true;
        }
        if least > slips {
            return false;
        }
        before_last = last;
        last = current;
    }
    last[width] <= slips
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_near(typed: &str, word: &str, slips: u8, with: With) -> bool {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        near(&letters(typed), &letters(word), slips, with)
    }

    #[test]
    fn one_slip_of_each_kind() {
        for typed in ["vertrouwwen", "vertouwen", "vertrauwen", "vetrrouwen", "vertrouwen"] {
            assert!(is_near(typed, "vertrouwen", 1, With::Whole), "{typed}");
        }
        assert!(!is_near("vertouwwen", "vertrouwen", 1, With::Whole));
        assert!(is_near("vertouwwen", "vertrouwen", 2, With::Whole));
        assert!(!is_near("ver", "vertrouwen", 2, With::Whole));
    }

    #[test]
    fn a_slip_in_what_is_typed_so_far() {
        assert!(is_near("vetrou", "vertrouwen", 1, With::Beginning));
        assert!(is_near("vertruow", "vertrouwen", 1, With::Beginning));
        assert!(!is_near("vetruo", "vertrouwen", 1, With::Beginning));
        assert!(!is_near("slapen", "vertrouwen", 1, With::Beginning));
    }

    #[test]
    fn very_long_words_are_not_near_anything() {
        let long = "a".repeat(100_000);
        assert!(!is_near(&long, &long, 2, With::Whole));
        assert!(is_near("aaaa", &long, 1, With::Beginning));
        assert!(!is_near(&long, "aaaa", 2, With::Beginning));
    }

    proptest! {
        #[test]
        fn near_agrees_with_the_plain_table(typed in "[ab]{0,7}", word in "[abc]{0,7}", slips in 0..3u8) {
            prop_assert_eq!(is_near(&typed, &word, slips, With::Whole), plain(&typed, &word) <= usize::from(slips));
            let beginning = (0..=word.len()).any(|end| plain(&typed, &word[..end]) <= usize::from(slips));
            prop_assert_eq!(is_near(&typed, &word, slips, With::Beginning), beginning);
        }

        #[test]
        fn near_words_have_near_letter_sets(typed in "[a-zé]{0,9}", word in "[a-zé]{0,9}") {
            let set = |text: &str| letter_set(&text.chars().collect::<Vec<_>>());
            let apart = (set(&typed) ^ set(&word)).count_ones() as usize;
            prop_assert!(apart <= 2 * plain(&typed, &word));
        }
    }

    /// The textbook version, without limits.
    fn plain(a: &str, b: &str) -> usize {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let change = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let mut cell = change.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        cell = cell.min(table[i - 2][j - 2] + 1);
                    }
                    cell
                };
            }
        }
        table[a.len()][b.len()]
    }
}
