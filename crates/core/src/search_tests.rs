use super::*;
use crate::content::Spoken;
use crate::test_content::{principle, question};
use proptest::prelude::*;

fn index(questions: &[Question]) -> Index {
    Index::build(questions, &[])
}

fn find(questions: &[Question], query: &str) -> Vec<usize> {
    index(questions).search(query, Filter::default(), &[])
}

#[test]
fn a_question_is_found_by_the_beginning_of_a_word_accents_and_case_aside() {
    let questions = [question("a", "Hoe gaat het met slapen?"), question("b", "Welk idee heb jíj over zo’n ochtend?")];
    for query in ["ochtend", "och", "OCHT", "jij", "ideé", "zo'n", "zon", "zo’n idee", "ochtend welk"] {
        assert_eq!(find(&questions, query), [1], "{query}");
    }
}

#[test]
fn every_word_of_the_query_counts() {
    let questions = [question("a", "Wat helpt bij slapen?"), question("b", "Wat helpt bij eten?")];
    assert_eq!(find(&questions, "helpt"), [0, 1]);
    assert_eq!(find(&questions, "helpt eten"), [1]);
    assert!(find(&questions, "helpt zwemmen").is_empty());
}

#[test]
fn nothing_typed_finds_all_in_order() {
    let questions = [question("a", "Zee"), question("b", "Aap")];
    for query in ["", "  ", "?!", "’", "\u{200b}"] {
        assert_eq!(find(&questions, query), [0, 1], "{query:?}");
    }
}

#[test]
fn small_slips_are_forgiven_also_before_the_word_is_finished() {
    let questions = [question("a", "Wie vertrouw je?"), question("b", "Hoe was de boterham?")];
    for query in ["vetrouw", "vertruow", "vertrouww", "vrtro", "vertroue"] {
        assert_eq!(find(&questions, query), [0], "{query}");
    }
    assert_eq!(find(&questions, "boterhma"), [1]);
    // Three letters are too few to guess from.
    assert!(find(&questions, "bto").is_empty());
}

#[test]
fn a_finished_word_does_not_drag_in_beginnings_that_look_like_it() {
    let questions = [question("a", "Is hij boos?"), question("b", "Wie doet de boodschappen?")];
    assert_eq!(find(&questions, "boos"), [0]);
}

#[test]
fn the_question_itself_comes_before_follow_ups_and_those_before_the_rest() {
    let asks = |id: &str| question(id, "Wat?");
    let helps = principle("rest", "Rust", "Blijf stil.");
    let questions = [
        Question { principles: vec!["rest".into()], ..asks("by-principle") },
        Question { when: "Als er rust is.".into(), ..asks("by-when") },
        Question { follow_ups: vec![Spoken { je: "Rust?".into(), u: "Rust?".into() }], ..asks("by-follow-up") },
        question("by-slip", "Wat kust de golven?"),
        question("by-beginning", "Wat is rustig?"),
        question("by-text", "Wanneer is er rust?"),
    ];
    let found = Index::build(&questions, &[helps]).search("rust", Filter::default(), &[]);
    let ids: Vec<_> = found.into_iter().map(|place| questions[place].id.as_str()).collect();
    assert_eq!(ids, ["by-text", "by-beginning", "by-follow-up", "by-when", "by-principle", "by-slip"]);
}

#[test]
fn both_forms_of_address_are_searched() {
    let mut asked = question("a", "");
    asked.text = Spoken { je: "Wat wil jij?".into(), u: "Wat wenst u?".into() };
    let questions = [asked];
    assert_eq!(find(&questions, "jij"), [0]);
    assert_eq!(find(&questions, "wenst u"), [0]);
}

#[test]
fn filters_narrow_with_and_without_words() {
    let questions = [
        question("a", "Wat helpt?"),
        Question { phase: Phase::Closing, ..question("b", "Wat helpt?") },
        Question { about: About::Network, tone: Tone::Confronting, ..question("c", "Wat helpt?") },
    ];
    let index = index(&questions);
    let all = Filter::default();
    let narrow = |query, filter| index.search(query, filter, &["c".into(), "verdwenen".into()]);

    assert_eq!(narrow("", Filter { phase: Some(Phase::Closing), ..all }), [1]);
    assert_eq!(narrow("helpt", Filter { about: Some(About::Network), ..all }), [2]);
    assert_eq!(narrow("helpt", Filter { tone: Some(Tone::Light), ..all }), [0, 1]);
    assert_eq!(narrow("", Filter { favourites_only: true, ..all }), [2]);
    assert!(narrow("", Filter { favourites_only: true, phase: Some(Phase::Closing), ..all }).is_empty());
}

#[test]
fn a_whole_book_pasted_into_the_field_finds_nothing_and_ends() {
    let questions = [question("a", "Wat helpt?")];
    assert!(find(&questions, &"boek ".repeat(20_000)).is_empty());
    assert!(find(&questions, &"a".repeat(100_000)).is_empty());
    assert_eq!(find(&questions, &"wat ".repeat(20_000)), [0]);
}

/// A bank of a few questions with Dutch-looking and odd words.
fn any_bank() -> impl Strategy<Value = Vec<Question>> {
    let word = prop_oneof!["[a-z]{1,9}", "[A-Zéëïóüçĳ’]{1,6}", "\\PC{1,4}"];
    let text = proptest::collection::vec(word, 1..8).prop_map(|words| words.join(" "));
    proptest::collection::vec(text, 1..6).prop_map(|texts| {
        texts.iter().enumerate().map(|(place, text)| question(&format!("vraag-{place}"), text)).collect()
    })
}

fn folded(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    fold::words(text, &mut |word| words.push(word.iter().collect()));
    words
}

proptest! {
    #[test]
    fn any_query_gives_places_of_the_bank_each_once(bank in any_bank(), query: String) {
        let mut found = find(&bank, &query);
        found.sort_unstable();
        prop_assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(found.iter().all(|&place| place < bank.len()));
    }

    #[test]
    fn what_is_found_by_a_short_word_holds_a_word_that_begins_so(bank in any_bank(), query in "[a-z]{1,3}") {
        for place in find(&bank, &query) {
            prop_assert!(folded(&bank[place].text.je).iter().any(|word| word.starts_with(&query)));
        }
    }

    #[test]
    fn the_beginning_of_any_word_finds_its_question(bank in any_bank(), pick: proptest::sample::Index, cut: proptest::sample::Index) {
        let place = pick.index(bank.len());
        for word in bank[place].text.je.split(' ').filter(|word| !word.is_empty()) {
            let letters: Vec<char> = word.chars().collect();
            let beginning: String = letters[..=cut.index(letters.len())].iter().collect();
            prop_assert!(find(&bank, &beginning).contains(&place), "{beginning:?} of {word:?}");
        }
    }

    #[test]
    fn one_slip_in_a_word_of_five_letters_or_more_still_finds_it(
        words in proptest::collection::vec("[a-zé]{5,12}", 1..6),
        pick: proptest::sample::Index,
        at: proptest::sample::Index,
        kind in 0..4,
        letter in prop::char::range('a', 'z'),
    ) {
        let bank = [question("andere", "Wat helpt er bij het slapen?"), question("deze", &words.join(" "))];
        let mut typed: Vec<char> = words[pick.index(words.len())].chars().collect();
        let at = at.index(typed.len());
        match kind {
            0 => typed.insert(at, letter),
            1 => { typed.remove(at); }
            2 => typed[at] = letter,
            _ => typed.swap(at, (at + 1) % 5),
        }
        // Swapping distant letters is more than one slip.
        prop_assume!(kind < 3 || at < 4);
        let typed: String = typed.iter().collect();
        prop_assert!(find(&bank, &typed).contains(&1), "{typed:?}");
    }

    #[test]
    fn searching_is_the_same_each_time(bank in any_bank(), query in "[a-z ]{0,9}") {
        prop_assert_eq!(find(&bank, &query), find(&bank, &query));
    }
}
