use proptest::prelude::*;

use super::*;

const DUTCH: Replacements =
    Replacements { family: "het gezin", family_at_start: "Het gezin", name: "[naam]", left_out: "[…]" };

fn one(text: &str, nickname: &str, people: &[&str]) -> String {
    without_names(&[text], nickname, people, &DUTCH).concat()
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(one(text, "", &[]), *expected, "{text}");
    }
}

#[test]
fn the_nickname_becomes_the_family() {
    for (nickname, text, expected) in [
        ("Zonnetjes", "zonnetjes lachten. Bij ZONNETJES ook.", "Het gezin lachten. Bij het gezin ook."),
        ("De Zon", "We aten bij de  zon, dé-zon!", "We aten bij het gezin, het gezin!"),
        ("Team Müller & co", "naar team muller & co. Team Muller & Co kookt.", "naar het gezin. Het gezin kookt."),
        ("Zon", "de zonnebloem en zon’s bank", "de zonnebloem en het gezin’s bank"),
        ("🌻", "Bij 🌻🌻 en🌻kwam", "Bij het gezinhet gezin enhet gezinkwam"),
        ("❤️", "zo ❤ was het", "zo het gezin was het"),
        ("👨‍👩‍👧", "bij 👨‍👩‍👧 en bij 👨", "bij het gezin en bij 👨"),
        ("🇳🇱", "bij 🇳🇱", "bij het gezin"),
        ("Zon Nel", "bij de zon. Nel ook", "bij de zon. Nel ook"),
        ("عائلة", "bij عائلة thuis", "bij het gezin thuis"),
        ("12", "op 12 mei, nummer 123", "op het gezin mei, nummer 123"),
        ("!", "ja!", "ja!"),
    ] {
        assert_eq!(one(text, nickname, &[]), expected, "{nickname}: {text}");
    }
}

#[test]
fn people_who_were_written_down_get_no_name() {
    let people = ["tante Roos van boven", "Mo", "buurvrouw Ineke", "Alleen oma", "De buurman, meneer De Boer", "مريم"];
    for (text, expected) in [
        ("Roos kwam. Mo’s jas. Inekes hond", "[naam] kwam. [naam]’s jas. [naam] hond"),
        ("mo en ineke, MO en mó", "[naam] en [naam], [naam] en [naam]"),
        ("een roos van tante van boven", "een roos van tante van boven"),
        ("alleen de boer was er, en mevrouw de Boer", "alleen de [naam] was er, en mevrouw de [naam]"),
        ("De buurvrouw zei: De tante ook", "De buurvrouw zei: De tante ook"),
        ("toen kwam مريم binnen", "toen kwam [naam] binnen"),
    ] {
        assert_eq!(one(text, "", &people), expected, "{text}");
    }
}

#[test]
fn a_capital_inside_a_sentence_is_a_name() {
    check(&[
        ("Gisteren belde Yara met Jan de Vries.", "Gisteren belde [naam] met [naam]."),
        ("Ze gaan naar Den Haag of ’s-Gravenhage", "Ze gaan naar [naam] of ’s-[naam]"),
        ("meneer Van der Berg en mevrouw van den Berg", "meneer [naam] en mevrouw [naam]"),
        ("de tekening van Anne-Marie O’Neill uit het Gooi", "de tekening van [naam] uit het [naam]"),
        ("bij J. de Vries, A.B. Jansen", "bij [naam], [naam]"),
        ("bij Op ’t Hof en in Van 't Zand", "bij [naam] en in [naam]"),
        ("Zij is Turks (Nederlands kan ze ook)", "Zij is [naam] ([naam] kan ze ook)"),
        ("volgens dhr. Jansen, bijv. Karim", "volgens dhr. [naam], bijv. [naam]"),
        ("met Élodie en Ömer, Łukasz en Ștefan", "met [naam] en [naam], [naam] en [naam]"),
        ("Anne-Marie kwam. Anne ook.", "[naam] kwam. [naam] ook."),
        ("Den Haag is ver. Van der Laan ook.", "[naam] is ver. [naam] ook."),
        ("De Bijenkorf, van Roos", "De [naam], van [naam]"),
    ]);
}

#[test]
fn a_name_found_once_goes_everywhere() {
    let texts = ["Yara was blij. Yaras moeder ook.", "Ik zag dat Yara lachte.", "YARA!", "Yarah niet."];
    let expected = ["[naam] was blij. [naam] moeder ook.", "Ik zag dat [naam] lachte.", "[naam]!", "Yarah niet."];
    assert_eq!(without_names(&texts, "", &[], &DUTCH), expected);
}

#[test]
fn where_a_sentence_begins_a_capital_stays() {
    for text in [
        "Moeder is moe. Ze slaapt slecht! Is dat zo? Ja… Nu wel.",
        "Zij zei: ‘Kom maar.’ “Dat wil ik,” zei ik. 'Goed.' Toen: \"Ga maar\"",
        "Eerst dit\nDan dat\n- Bellen\n• Mailen\n1. Koken\n2) Eten\n→ Slapen",
        "’s Avonds rustig. 't Is goed. ’k Weet het",
        "Wilt U dat Ik kom, of Mama, Oma of de Juf",
        "De GGD, het CJG en de TV; bel 112. B12, A4 en UWV",
        "Fijn. 😀 Morgen weer",
    ] {
        assert_eq!(one(text, "", &[]), text);
    }
    // “U” and short words are not names, wherever they had a capital.
    assert_eq!(one("dat U komt. U komt. En De Man.", "", &[]), "dat U komt. U komt. En [naam].");
}

#[test]
fn numbers_and_addresses_go() {
    check(&[
        ("Bel 06 12345678 of mail oma@voorbeeld.nl.", "Bel […] of mail […]."),
        ("Woont op 1234 AB 12, Kerkstraat", "Woont op […] 12, [naam]"),
        ("geboren 3-4-2019 om 14.30 uur", "geboren […] om 14.30 uur"),
        ("NL91 ABNA 0417 1643 00", "[…]"),
    ]);
    // Text that was left out hides a nickname as well.
    assert_eq!(one("mail zon@zon.nl, zon", "zon", &[]), "mail […], het gezin");
}

#[test]
fn nothing_comes_from_nothing() {
    assert!(without_names(&[], "Zon", &["Mo"], &DUTCH).is_empty());
    assert_eq!(without_names(&["", " \n"], "", &[""], &DUTCH), ["", " \n"]);
}

/// The words of a text as a reader sees them; a removed part is one word.
fn seen(text: &str) -> Vec<String> {
    let text = text.replace("[…]", " 0 ");
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn holds(words: &[String], part: &[String]) -> bool {
    words.windows(part.len()).any(|here| here == part)
}

fn any_name() -> impl Strategy<Value = String> {
    // Not a word that may stay, or that occurs in a replacement.
    "[XYZ][a-z]{1,5}".prop_filter("may be a name", |name| may_be_name(&name.to_lowercase()))
}

/// A text with `§` and `¤` where names can be inserted.
fn any_text() -> impl Strategy<Value = String> {
    "([a-z]{1,4}|[A-Z][a-z]{0,3}|[0-9]{1,4}|§|¤|van|de| van der |GGD|[ .,:!?'’‘“\"\n@-]| ){0,40}"
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(texts in prop::collection::vec(any::<String>(), 0..4), nickname: String, people: Vec<String>) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let people: Vec<&str> = people.iter().map(String::as_str).collect();
        prop_assert_eq!(without_names(&texts, &nickname, &people, &DUTCH).len(), texts.len());
    }

    #[test]
    fn texts_without_capitals_stay_as_they_are(text in "[a-zéß ,.;:!?’‘“”'\"()\n\t…–🌻-]{0,60}", people in any_name()) {
        // Names are recognised without accents, and with an s at the end.
        let known = crate::fold::text(&people);
        let stays = !crate::fold::text(&text).split(' ').any(|word| word.starts_with(known.trim()));
        prop_assert!(!stays || one(&text, "Qqqqq Q", &[&people]) == text);
    }

    #[test]
    fn no_known_name_is_left(text in any_text(), name in any_name(), other in any_name()) {
        let text = text.replace('§', &name).replace('¤', &other.to_lowercase());
        let line = format!("buurvrouw {other}, hiernaast");
        let left = seen(&one(&text, "", &[&name, &line]));
        prop_assert!(!left.contains(&name.to_lowercase()), "{name} in {left:?}");
        prop_assert!(!left.contains(&other.to_lowercase()), "{other} in {left:?}");
    }

    #[test]
    fn no_nickname_is_left(text in any_text(), nickname in "[a-zé]{2,4}( [XYZ][a-z]{1,3}){0,2}") {
        prop_assume!(!["naam", "het", "gezin"].contains(&nickname.as_str()));
        let text = text.replace('§', &nickname).replace('¤', &nickname.to_uppercase());
        let written = one(&text, &nickname, &[]);
        prop_assert!(!holds(&seen(&written), &seen(&nickname)), "{nickname} in {written:?}");
    }

    #[test]
    fn what_was_replaced_does_not_come_back(text in any_text()) {
        let text = text.replace('§', "Yara").replace('¤', "dat Yara");
        let left = seen(&one(&text, "", &[]));
        let found = read(&text, &hints::places(&text)).into_iter().any(|word| word.unexpected && word.becomes == Becomes::Itself && word.folded == "yara");
        prop_assert!(!found || !left.contains(&"yara".to_owned()), "{left:?}");
    }
}
