use super::*;
use crate::records::{Card, ConcernId, Step, StepId, ToolUse, ToolUseId, VisitId};
use crate::time::Day;
use proptest::prelude::*;

const ANNA: FamilyId = FamilyId(Id([1; 12]));
const BRAM: FamilyId = FamilyId(Id([2; 12]));

fn family(id: FamilyId, nickname: &str) -> Family {
    Family { id, nickname: nickname.into(), ..Family::default() }
}

/// A visit with this quick note; `number` is its id and its order of creation.
fn visit(number: u8, family: FamilyId, day: &str, note: &str) -> Visit {
    let made = Moment(number.into());
    let visit = Visit::new(VisitId(Id([number; 12])), family, Day::from_iso(day).unwrap(), made);
    Visit { quick_note: note.into(), ..visit }
}

fn concern(number: u8, family: FamilyId, day: &str, seen: &str) -> Concern {
    let created = Day::from_iso(day).unwrap().noon_utc();
    Concern { seen: seen.into(), ..Concern::new(ConcernId(Id([number; 12])), family, None, created) }
}

/// The numbers of what is found.
fn find(families: &[Family], visits: &[Visit], concerns: &[Concern], query: &str) -> Vec<u8> {
    let finder = Finder::new(families.iter(), visits.iter(), concerns.iter());
    finder.search(query, usize::MAX).into_iter().map(|hit| hit.id.0[0]).collect()
}

#[test]
fn a_visit_is_found_by_the_beginning_of_a_word_accents_case_and_slips_aside() {
    let visits =
        [visit(3, ANNA, "2026-11-02", "Samen naar het park."), visit(4, ANNA, "2026-11-09", "Oma’s reünie was leuk")];
    for query in ["reünie", "REUN", "omas", "oma's", "reunei", "leuk oma"] {
        assert_eq!(find(&[], &visits, &[], query), [4], "{query}");
    }
    assert!(find(&[], &visits, &[], "park oma").is_empty(), "they are in different visits");
}

#[test]
fn a_hit_says_what_was_found_and_of_whom() {
    let (anna, noted) = (family(ANNA, "de Vuurtoren"), visit(3, BRAM, "2026-11-02", "een vuurtoren getekend"));
    let worry = concern(4, BRAM, "2026-11-01", "praat over vuurtorens");
    let finder = Finder::new([&anna].into_iter(), [&noted].into_iter(), [&worry].into_iter());
    let of = |kind, id, family| Hit { kind, id, family };
    let expected =
        [of(Kind::Family, ANNA.0, ANNA), of(Kind::Visit, noted.id.0, BRAM), of(Kind::Concern, worry.id.0, BRAM)];
    assert_eq!(finder.search("vuurt", 9), expected);
    assert_eq!(finder.search("vuurt", 2), expected[..2]);
    assert!(finder.search("vuurt", 0).is_empty());
}

#[test]
fn nothing_typed_finds_nothing() {
    let families = [family(ANNA, "Anna"), family(BRAM, "")];
    for query in ["", "  ", "?!", "’", "\u{200b}"] {
        assert!(find(&families, &[], &[], query).is_empty(), "{query:?}");
    }
}

#[test]
fn the_newest_stands_first_whether_the_word_is_finished_or_not() {
    let visits = [
        visit(3, ANNA, "2026-11-02", "school"),
        visit(4, BRAM, "2026-11-16", "naar het schoolplein"),
        // It was written later, about an earlier visit.
        visit(5, ANNA, "2026-10-19", "School!"),
    ];
    let concerns = [concern(6, ANNA, "2026-11-09", "niet op school")];
    for query in ["scho", "school"] {
        assert_eq!(find(&[], &visits, &concerns, query), [4, 6, 3, 5], "{query}");
    }
}

#[test]
fn what_matches_without_slips_stands_before_what_is_newer() {
    let visits =
        [visit(3, ANNA, "2026-11-02", "een boom in de wei"), visit(4, ANNA, "2026-11-09", "een boot in de wei")];
    assert_eq!(find(&[], &visits, &[], "boom"), [3, 4]);
    // Also where many words are incomplete.
    assert_eq!(find(&[], &visits, &[], "ee i d w boom"), [3, 4]);
}

#[test]
fn a_family_stands_first_by_its_nickname_and_then_by_what_it_asks() {
    let asks = Family { please_do: "Bel eerst naar Sterre".into(), since: Day(20_000), ..family(BRAM, "Bram") };
    let families = [asks, family(ANNA, "Gezin Ster")];
    let visits = [visit(3, BRAM, "2026-11-02", "sterren gekeken")];
    assert_eq!(find(&families, &visits, &[], "ster"), [1, 2, 3]);
    assert_eq!(find(&families, &visits, &[], "gezni"), [1]);
}

#[test]
fn every_text_that_the_worker_types_is_searched() {
    let answer = |text: &str| vec![Answer { asks: "hope".into(), text: text.into() }];
    let anna = Family {
        please_do: "vooraf appen".into(),
        please_never: "onverwacht bezoek".into(),
        answers: answer("zwemles"),
        ..family(ANNA, "Anna")
    };
    let step =
        Step { what: "koken".into(), who: "tante".into(), when: "woensdag".into(), ..Step::new(StepId::default()) };
    let tool = ToolUse { id: ToolUseId::default(), tool: "scale".into(), answers: answer("zeven"), marks: Vec::new() };
    let full = Visit {
        intention: "luisteren".into(),
        cards: vec![Card { note: "lachte".into(), ..Card::new("good-week") }],
        differently: "trager".into(),
        opener: "hallo".into(),
        steps: vec![step],
        seen_heard: "tekening".into(),
        said: "moe".into(),
        thoughts: "zorg".into(),
        answers: answer("geduld"),
        tools: vec![tool],
        ..visit(3, ANNA, "2026-11-02", "regen")
    };
    let mut worry = concern(4, ANNA, "2026-11-02", "blauw");
    worry.thoughts = "gevallen".into();
    worry.answers = answer("huisarts");
    let kept = [Record::Family(anna.clone()), Record::Visit(full.clone()), Record::Concern(worry.clone())];
    let finder = Finder::new([&anna].into_iter(), [&full].into_iter(), [&worry].into_iter());

    let counts = kept.each_ref().map(|record| {
        let texts = texts_of(record);
        for text in &texts {
            let found = finder.search(text, 9);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!((found[0].kind, found[0].id), (record.kind(), record.id()), "{text}");
            assert_eq!(snippet(record, text), **text);
        }
        texts.len()
    });
    assert_eq!(counts, [4, 13, 3]);
    // Text that the app writes itself does not count.
    assert!(finder.search("good week", 9).is_empty());
    assert!(finder.search("hope", 9).is_empty());
}

#[test]
fn a_snippet_shows_the_words_around_the_match() {
    let note = "Vanmorgen was iedereen al vroeg wakker.\n\nDaarna ging Sam voor het eerst alleen \
                naar de School op de hoek, en moeder\tzwaaide vanaf het balkon tot hij de straat uit was.";
    let around = "…eerst alleen naar de School op de hoek, en moeder zwaaide vanaf het balkon tot…";
    // The longest word, the beginning of one, and one with a slip.
    for query in ["school", "de scho", "shcool"] {
        assert_eq!(snippet_of(&["", note], query), around, "{query}");
    }
    assert_eq!(
        snippet_of(&[note], "wakker"),
        "…iedereen al vroeg wakker. Daarna ging Sam voor het eerst alleen naar de School…"
    );
    assert_eq!(
        snippet_of(&[note], "straat"),
        "…op de hoek, en moeder zwaaide vanaf het balkon tot hij de straat uit was."
    );
}

#[test]
fn a_snippet_prefers_the_word_itself_to_one_that_looks_like_it() {
    assert_eq!(snippet_of(&["een boot", "een boom"], "boom"), "een boom");
    assert_eq!(snippet_of(&["boodschappen gedaan", "hij was boot"], "boos"), "hij was boot");
}

#[test]
fn a_snippet_is_of_one_text() {
    assert_eq!(snippet_of(&["Hij was stil.", "Moe, denk ik."], "stil"), "Hij was stil.");
}

#[test]
fn without_a_match_a_snippet_is_the_first_words() {
    assert_eq!(snippet_of(&[" ", "Een lange dag.", "Morgen weer."], "onvindbaar"), "Een lange dag.");
    assert_eq!(snippet_of(&[" \n", "Een lange dag."], ""), "Een lange dag.");
    assert_eq!(snippet_of(&["…"], ""), "…");
    assert_eq!(snippet_of(&["", "  "], "dag"), "");
    assert_eq!(snippet_of(&[], "dag"), "");
}

#[test]
fn a_word_without_an_end_is_cut() {
    let long = format!("kijk {} hier", "é".repeat(1_000));
    assert_eq!(snippet_of(&[&long], "eee"), format!("…{}…", "é".repeat(SNIPPET - 2)));
    assert_eq!(snippet_of(&[&long], "kijk"), "kijk…");
}

#[test]
fn a_whole_book_pasted_into_the_field_finds_nothing_and_ends() {
    let visits = [visit(3, ANNA, "2026-11-02", "een boek gelezen")];
    assert!(find(&[], &visits, &[], &"bladzijde ".repeat(20_000)).is_empty());
    assert_eq!(snippet_of(&["een boek gelezen"], &"a".repeat(100_000)), "een boek gelezen");
}

/// Dutch-looking words, odd ones, and anything.
fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof!["[a-z]{1,9}", "[A-Zéëïóüçĳ’]{1,6}", "\\PC{1,4}", "[a-z👨‍👩‍👧é]{60,100}"];
    let written = proptest::collection::vec((word, "[ \n\t,.]{1,3}"), 0..40)
        .prop_map(|words| words.into_iter().map(|(word, between)| word + &between).collect());
    prop_oneof![written, any::<String>()]
}

proptest! {
    #[test]
    fn any_query_finds_records_each_once(texts in proptest::collection::vec(any_text(), 0..5), query: String) {
        let visits: Vec<_> =
            (3..).zip(&texts).map(|(number, text)| visit(number, ANNA, "2026-11-02", text)).collect();
        let families = [family(ANNA, texts.first().map_or("", String::as_str))];
        let found = find(&families, &visits, &[], &query);
        for (place, hit) in found.iter().enumerate() {
            prop_assert!(!found[..place].contains(hit));
        }
    }

    #[test]
    fn every_word_of_a_note_finds_its_visit(text in any_text(), other in any_text()) {
        let visits = [visit(3, ANNA, "2026-11-02", &other), visit(4, ANNA, "2026-11-02", &text)];
        for word in text.split_whitespace().filter(|word| !fold::text(word).is_empty()) {
            prop_assert!(find(&[], &visits, &[], word).contains(&4), "{word:?}");
        }
        if !fold::text(&text).is_empty() {
            prop_assert!(find(&[], &visits, &[], &text).contains(&4));
        }
    }

    #[test]
    fn a_snippet_is_one_line_of_whole_words_within_its_limit(text in any_text(), query in any_text()) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let queries = words.iter().copied().chain(["", &query]);
        for query in queries {
            let shown = snippet_of(&[&text], query);
            prop_assert!(shown.chars().count() <= SNIPPET);
            prop_assert!(!shown.contains(['\n', '\t']));
            prop_assert_eq!(shown.is_empty(), words.is_empty());
            let line = words.join(" ");
            // It is part of the text, except for the … on either side, …
            let is_of = |part: &str| line.contains(part);
            let bare = shown.strip_prefix('…').unwrap_or(&shown);
            let bare = bare.strip_suffix('…').unwrap_or(bare);
            prop_assert!(is_of(&shown) || is_of(bare) || is_of(shown.trim_matches('…')), "{shown:?}");
            // … and no word that fits was cut.
            if words.iter().all(|word| word.chars().count() <= SNIPPET - 2 && !word.contains('…')) {
                prop_assert!(bare.split(' ').all(|word| words.contains(&word)) || words.is_empty());
            }
        }
    }

    #[test]
    fn a_snippet_holds_a_word_that_begins_as_typed(text in any_text(), pick: proptest::sample::Index) {
        let mut words: Vec<Vec<char>> = Vec::new();
        fold::words(&text, &mut |word| words.push(word.to_vec()));
        prop_assume!(!words.is_empty());
        let typed: String = pick.get(&words).iter().take(6).collect();
        let shown = snippet_of(&[&text], &typed);
        // A word that is too long is shown by its first letters.
        if text.split_whitespace().all(|word| word.chars().count() <= SNIPPET - 2) {
            prop_assert!(fold::text(&shown).split(' ').any(|word| word.starts_with(&typed)), "{typed:?} in {shown:?}");
        }
    }
}
