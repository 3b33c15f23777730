//! Breaks each rule once in content that is otherwise correct, and compares what the editor of the file gets to
//! read.
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test that is how a fault shows")]

mod base;

use base::{Texts, base};
use naast_content::{Files, check};

fn problems(texts: Texts) -> Vec<String> {
    match check(&Files::new("nl", texts)) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

/// Changes the first occurrence of a text in a file.
fn change(texts: &mut Texts, file: &str, from: &str, to: &str) {
    let text = texts.get_mut(file).unwrap_or_else(|| panic!("no file {file}"));
    assert!(text.contains(from), "{file} does not hold {from:?}");
    *text = text.replacen(from, to, 1);
}

#[track_caller]
fn fault(file: &str, from: &str, to: &str, expected: &[&str]) {
    let mut texts = base();
    change(&mut texts, file, from, to);
    assert_eq!(problems(texts), expected, "{file}: {from:?} → {to:?}");
}

#[test]
fn the_base_is_without_fault() {
    assert_eq!(problems(base()), Vec::<String>::new());
}

#[test]
fn a_file_that_is_no_toml_names_the_line() {
    fault(
        "nl/signs.toml",
        "reductionist = \"Ik stuur.\"",
        "reductionist = \"Ik stuur.",
        &["nl/signs.toml: line 3: invalid basic string, expected `\"`"],
    );
}

#[test]
fn a_missing_file_is_named() {
    let mut texts = base();
    texts.remove("nl/questions/wishes.toml");
    texts.remove("nl/passphrase-words.txt");
    texts.remove("inventory.toml");
    assert_eq!(
        problems(texts),
        ["inventory.toml: is missing", "nl/passphrase-words.txt: is missing", "nl/questions/wishes.toml: is missing",]
    );
}

#[test]
fn a_file_with_an_unknown_name_is_named() {
    let mut texts = base();
    texts.insert("nl/questions/wishs.toml".into(), String::new());
    assert_eq!(
        problems(texts),
        ["nl/questions/wishs.toml: is not a file Naast knows; README.md lists the names \
        (a file of principles is called after its group, a file of questions after its phase)"]
    );
}

#[test]
fn a_field_missing_misspelt_or_of_another_kind_names_item_and_field() {
    let file = "nl/questions/wishes.toml";
    fault(file, "when = \"Aan het begin.\"", "", &["nl/questions/wishes.toml: wishes-1: when: is missing"]);
    fault(
        file,
        "tone = \"light\"",
        "tone = \"light\"\ntoon = \"licht\"",
        &["nl/questions/wishes.toml: wishes-1: toon: is not a field of this item; README.md shows the shape"],
    );
    fault(
        file,
        "tone = \"light\"",
        "tone = \"heavy\"",
        &["nl/questions/wishes.toml: wishes-1: tone: unknown variant `heavy`, expected `light` or `confronting`"],
    );
    fault(
        file,
        "inventory = []",
        "inventory = [\"7\"]",
        &["nl/questions/wishes.toml: wishes-1: inventory: invalid type: string \"7\", expected u16"],
    );
    fault(file, "id = \"wishes-1\"\n", "", &["nl/questions/wishes.toml: question 1: id: is missing"]);
    fault(
        file,
        "[[question]]",
        "[[vraag]]\n[[question]]",
        &["nl/questions/wishes.toml: vraag: is not a key this file has; README.md shows the shape"],
    );
    fault(
        "nl/sources.toml",
        "[[source]]",
        "[source]",
        &["nl/sources.toml: source: begins with [[source]], two brackets"],
    );
    fault("nl/help.toml", "checked = \"2026-11-21\"", "", &["nl/help.toml: checked: is missing"]);
    fault("nl/texts.toml", "about = [\"Over.\"]", "", &["nl/texts.toml: about: is missing"]);
}

#[test]
fn nothing_is_empty() {
    fault("nl/signs.toml", "Ik vraag.", "", &["nl/signs.toml: sign-1: democratic: is empty"]);
    fault("nl/texts.toml", "\"Over.\"", "", &["nl/texts.toml: about: is empty"]);
    fault(
        "nl/principles/beside.toml",
        "[\"bonants\"]",
        "[]",
        &["nl/principles/beside.toml: trust: sources: has 0 sources; it takes at least 1"],
    );
}

#[test]
fn both_forms_of_address_are_there() {
    let file = "nl/questions/wishes.toml";
    fault(file, "u = \"Wat wilt u vandaag?\"\n", "", &["nl/questions/wishes.toml: wishes-1: u: is missing"]);
    fault(file, ", u = \"Wat helpt u?\"", "", &["nl/questions/wishes.toml: wishes-1: follow-ups.u: is missing"]);
    fault(
        file,
        "Wat wilt u vandaag?",
        " ",
        &[
            "nl/questions/wishes.toml: wishes-1: u: a space at the beginning or the end",
            "nl/questions/wishes.toml: wishes-1: u: is empty",
        ],
    );
}

#[test]
fn a_form_of_address_keeps_to_itself_outside_quotes() {
    let file = "nl/questions/wishes.toml";
    fault(
        file,
        "Wat wilt u vandaag?",
        "Wat wilt u voor jullie kind?",
        &["nl/questions/wishes.toml: wishes-1: u: “jullie” does not belong in the u form"],
    );
    fault(
        file,
        "Wat helpt je?",
        "Wat helpt Ú?",
        &["nl/questions/wishes.toml: wishes-1: follow-ups 1, je: “u” does not belong in the je form"],
    );
    fault(
        "nl/outcomes.toml",
        "u = \"Hoe is het met u?\"",
        "u = \"Hoe is het met jóú?\"",
        &["nl/outcomes.toml: check-176: opener, u: “jou” does not belong in the u form"],
    );
    fault(file, "Wat wilt u vandaag?", "U zei: ‘Heb je zo’n dag?’ Wat nu?", &[]);
    fault(file, "Wat wil jij vandaag?", "Zeg jij weleens ‘u’?", &[]);
}

#[test]
fn ids_are_shaped_and_unique() {
    fault(
        "nl/signs.toml",
        "sign-2",
        "Sign_2",
        &["nl/signs.toml: Sign_2: id: may only hold a–z, 0–9 and single hyphens between them"],
    );
    fault(
        "nl/questions/closing.toml",
        "closing-3",
        "wishes-3",
        &["nl/questions/closing.toml: wishes-3: id: another question has this id already"],
    );
    for taken in ["kaarten", "eigen", "eigen-wens"] {
        let told = format!("nl/questions/closing.toml: {taken}: id: is taken by the app itself; choose another");
        fault("nl/questions/closing.toml", "closing-3", taken, &[&told]);
    }
}

#[test]
fn references_resolve() {
    fault(
        "nl/principles/beside.toml",
        "[\"bonants\"]",
        "[\"bonants\", \"bonant\"]",
        &["nl/principles/beside.toml: trust: sources: there is no source “bonant”"],
    );
    fault(
        "nl/questions/wishes.toml",
        "[\"trust\"]",
        "[\"trust\", \"rust\"]",
        &["nl/questions/wishes.toml: wishes-1: principles: there is no principle “rust”"],
    );
    fault(
        "nl/outcomes.toml",
        "outcome = \"relieved\"",
        "outcome = \"glad\"",
        &["nl/outcomes.toml: check-176: outcome: there is no outcome “glad”"],
    );
    fault(
        "nl/outcomes.toml",
        "principle = \"trust\"",
        "principle = \"rust\"",
        &["nl/outcomes.toml: check-176: principle: there is no principle “rust”"],
    );
    fault(
        "inventory.toml",
        "source = \"bonants\"",
        "source = \"bonant\"",
        &["inventory.toml: 1: source: there is no source “bonant”"],
    );
}

#[test]
fn sentences_are_short() {
    let words = |count: usize| "woord ".repeat(count - 1) + "woord";
    let question = |count| format!("Eerst dit. {}?", words(count));
    fault("nl/questions/wishes.toml", "Wat wil jij vandaag?", &question(20), &[]);
    fault(
        "nl/questions/wishes.toml",
        "Wat wil jij vandaag?",
        &question(21),
        &["nl/questions/wishes.toml: wishes-1: je: a sentence of 21 words, at most 20: “woord woord woord woord …”"],
    );
    fault(
        "nl/principles/beside.toml",
        "Wat beloofde ik?",
        &question(21),
        &[
            "nl/principles/beside.toml: trust: self-question: a sentence of 21 words, at most 20: “woord woord woord woord …”",
        ],
    );
    fault("nl/questions/wishes.toml", "Aan het begin.", &words(25), &[]);
    fault(
        "nl/questions/wishes.toml",
        "Aan het begin.",
        &words(26),
        &["nl/questions/wishes.toml: wishes-1: when: a sentence of 26 words, at most 25: “woord woord woord woord …”"],
    );
}

#[test]
fn jargon_stays_outside_unless_an_item_may() {
    fault(
        "nl/principles/beside.toml",
        "Haast.",
        "Haast, en de Casussen.",
        &["nl/principles/beside.toml: trust: obstacle 1: “casus” stands in jargon.toml; say it in everyday words"],
    );
    fault(
        "nl/questions/wishes.toml",
        "Aan het begin.",
        "In een hulptraject.",
        &["nl/questions/wishes.toml: wishes-1: when: “traject” stands in jargon.toml; say it in everyday words"],
    );
    fault(
        "nl/principles/beside.toml",
        "Haar traject begint.",
        "Het begint.",
        &["nl/jargon.toml: traject: allowed: is not needed for “trust”; take it out"],
    );
    fault(
        "nl/jargon.toml",
        "\"casus\"",
        "\"Casus\"",
        &["nl/jargon.toml: Casus: words: a word here is lower case and not empty"],
    );
}

#[test]
fn typography_is_that_of_a_book() {
    for (text, told) in [
        ("Foto's.", "a straight ': write ’, or ‘…’ around a quote"),
        ("Een \\\"quote\\\".", "a straight \": write ‘…’ around a quote"),
        ("Een „quote”.", "double quotes: write ‘…’"),
        ("Ze zei: ‘Kom maar.", "a ‘ without its ’"),
        ("En dan...", "dots in a row: write …, one sign"),
        ("Twee  spaties.", "two spaces in a row"),
        ("Een\\nregel.", "a line break or tab: give each paragraph its own text"),
        ("Spatie. ", "a space at the beginning or the end"),
        ("Soms - niet altijd.", "a dash for an aside is – with spaces around it"),
        ("Soms—niet altijd.", "a dash for an aside is – with spaces around it"),
        ("Soms –niet altijd.", "a – without spaces around it"),
        ("Wat nu ?", "a space before a sign"),
        ("Eerst dit,dan dat.", "no space after a sign"),
        ("Ide\u{301}.", "an accent apart from its letter: type é as one sign"),
    ] {
        let expected = format!("nl/questions/wishes.toml: wishes-1: when: {told}");
        fault("nl/questions/wishes.toml", "Aan het begin.", text, &[&expected]);
    }
    for good in ["Zo’n dag – ’s ochtends, 8–12 jaar, om 10.00 uur (of later).", "‘Ja…’, zei ze. En/of: 1,5 uur?"]
    {
        fault("nl/questions/wishes.toml", "Aan het begin.", good, &[]);
    }
    fault("inventory.toml", "Een idee.", "Een idee...", &["inventory.toml: 1: gist: dots in a row: write …, one sign"]);
}

#[test]
fn every_number_of_the_inventory_is_there_once_and_carried() {
    fault(
        "inventory.toml",
        "id = 57\n",
        "id = 203\n",
        &[
            "inventory.toml: 203: no item carries this idea",
            "inventory.toml: 203: id: numbers run from 1 to 202",
            "inventory.toml: 57: this number is missing",
            "nl/questions/acquaintance.toml: acquaintance-1: inventory: 57 is not a number of inventory.toml",
        ],
    );
    fault(
        "inventory.toml",
        "id = 57\n",
        "id = 56\n",
        &[
            "inventory.toml: 56: id: another idea has this number already",
            "inventory.toml: 57: this number is missing",
            "nl/questions/acquaintance.toml: acquaintance-1: inventory: 57 is not a number of inventory.toml",
        ],
    );
    fault("nl/questions/acquaintance.toml", "56, 57, 58", "56, 58", &["inventory.toml: 57: no item carries this idea"]);
    fault(
        "nl/questions/acquaintance.toml",
        "56, 57, 58",
        "56, 57, 57, 58",
        &["nl/questions/acquaintance.toml: acquaintance-1: inventory: 57 stands here twice"],
    );
    fault(
        "nl/signs.toml",
        "inventory = []",
        "inventory = [300]",
        &["nl/signs.toml: sign-1: inventory: 300 is not a number of inventory.toml"],
    );
}

#[test]
fn every_check_after_a_talk_is_one_check() {
    fault(
        "nl/outcomes.toml",
        "inventory = [177]",
        "inventory = [177, 176]",
        &["inventory.toml: 176: this is one check after a talk, but several carry it: check-176, check-177"],
    );
    fault(
        "nl/outcomes.toml",
        "inventory = [197]",
        "inventory = []",
        &[
            "inventory.toml: 197: no item carries this idea",
            "inventory.toml: 197: this is a check after a talk, but no [[check]] carries it",
        ],
    );
}

#[test]
fn there_is_enough_of_everything() {
    let mut texts = base();
    for phase in ["closing", "farewell"] {
        change(&mut texts, &format!("nl/questions/{phase}.toml"), "principles = [\"trust\"]", "principles = []");
    }
    assert_eq!(
        problems(texts),
        [
            "nl/questions/closing.toml: closing-1: principles: has 0 principles; it takes 1 to 3",
            "nl/questions/farewell.toml: farewell-1: principles: has 0 principles; it takes 1 to 3",
        ]
    );

    let mut texts = base();
    let trust = texts["nl/principles/beside.toml"].replace("Haar traject begint.", "Zij ook.");
    let rest = trust.replace("id = \"trust\"", "id = \"rest\"");
    texts.get_mut("nl/principles/beside.toml").unwrap().push_str(&rest);
    for phase in ["closing", "farewell"] {
        let file = format!("nl/questions/{phase}.toml");
        change(&mut texts, &file, "principles = [\"trust\"]", "principles = [\"rest\"]");
    }
    assert_eq!(problems(texts), ["nl/principles/beside.toml: rest: has 2 questions; it takes at least 3"]);

    let follow_up = "follow-ups = [{ je = \"Wat helpt je?\", u = \"Wat helpt u?\" }]";
    fault(
        "nl/questions/wishes.toml",
        follow_up,
        "follow-ups = []",
        &["nl/questions/wishes.toml: wishes-1: follow-ups: has 0 follow-ups; it takes 1 to 3"],
    );

    let mut texts = base();
    let wishes = texts.get_mut("nl/questions/wishes.toml").unwrap();
    wishes.truncate(wishes.rfind("[[question]]").unwrap());
    let signs = texts.get_mut("nl/signs.toml").unwrap();
    signs.push_str(&signs.clone()[..signs.rfind("[[sign]]").unwrap()].replace("sign-", "second-"));
    change(&mut texts, "nl/help.toml", "[[meldcode-step]]\ntitle = \"Kijk\"\ntext = \"Zet op een rij.\"\n", "");
    assert_eq!(
        problems(texts),
        [
            "nl/help.toml: has 4 meldcode-steps; it takes exactly 5",
            "nl/questions/wishes.toml: has 11 questions; it takes at least 12",
            "nl/signs.toml: has 13 signs; it takes exactly 7",
        ]
    );

    let mut texts = base();
    let outcomes = texts.get_mut("nl/outcomes.toml").unwrap();
    outcomes.truncate(outcomes.rfind("[[check]]").unwrap());
    change(&mut texts, "nl/outcomes.toml", "inventory = [196]", "inventory = [196, 197]");
    assert_eq!(problems(texts), ["nl/outcomes.toml: has 19 checks; it takes at least 20"]);
}

#[test]
fn the_welcome_has_three_sentences_and_the_attitude_two() {
    fault(
        "nl/texts.toml",
        "Dit is Naast.",
        "Dit is Naast. Welkom!",
        &["nl/texts.toml: welcome: has 4 sentences; it takes exactly 3"],
    );
    fault("nl/texts.toml", ", \"Blijf.\"", "", &["nl/texts.toml: attitude: has 1 sentences; it takes exactly 2"]);
}

#[test]
fn help_is_checked_on_a_real_day_and_its_numbers_can_be_called() {
    for day in ["2026-02-30", "21-11-2026", "2026-1-5", ""] {
        let told = format!("nl/help.toml: checked: “{day}” is not a day; write it as 2026-11-21");
        fault("nl/help.toml", "2026-11-21", day, &[&told]);
    }
    let mut texts = base();
    change(&mut texts, "nl/help.toml", "number = \"0800-2000\"", "number = \"0800-20000\"");
    assert_eq!(
        problems(texts),
        [
            "nl/help.toml: veilig-thuis: number: “0800-20000” does not look like a Dutch phone number",
            "nl/help.toml: volunteer-step 1: text: 0800-2000 is not the number of any [[line]] of help.toml",
        ]
    );
}

#[test]
fn passphrase_words_are_many_plain_and_different() {
    let file = "nl/passphrase-words.txt";
    fault(file, "aaa\naab\n", "aaa\naaa\naab\n", &["nl/passphrase-words.txt: line 2: “aaa” stands here already"]);
    fault(file, "aaa\n", "", &["nl/passphrase-words.txt: has 1023 different words; it takes at least 1024"]);
    for word in ["Aap", "coördinator", "twee woorden", "", "x-straal"] {
        let told = format!("nl/passphrase-words.txt: line 1: “{word}”: a word here has only the letters a–z");
        fault(file, "aaa\n", &format!("{word}\naaa\n"), &[&told]);
    }
}
