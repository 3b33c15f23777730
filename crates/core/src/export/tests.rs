use super::*;
use crate::content::{About, Outcome, Phase};
use crate::records::{Card, FamilyId, Id, OwnQuestionId, Step, StepId, Symbol, VisitId, Went};
use crate::test_content::{content, question};
use crate::time::Moment;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

const SAY: Say<'static> = Say {
    day: &|day| day.iso(),
    went: &|went| match went {
        Went::Done => "gelukt",
        _ => "nog niet besproken",
    },
};

struct Kept {
    content: Content,
    families: Vec<Family>,
    visits: Vec<Visit>,
    own: Vec<OwnQuestion>,
    favourites: Vec<String>,
}

impl Kept {
    fn with<T>(&self, use_it: impl FnOnce(&Readable<'_>) -> T) -> T {
        let bank = Bank::new(&self.content, &self.own);
        use_it(&Readable {
            made: day("2026-11-21"),
            content: &self.content,
            bank: &bank,
            address: Address::U,
            families: &self.families,
            visits: &self.visits,
            own: &self.own,
            favourites: &self.favourites,
        })
    }

    fn markdown(&self) -> String {
        self.with(|all| markdown(all, SAY))
    }
}

fn day(iso: &str) -> Day {
    Day::from_iso(iso).unwrap()
}

/// One family with two visits, and all else once, with this text wherever the worker types.
fn kept(typed: &str) -> Kept {
    let text = || typed.to_owned();
    let mut content = content(vec![question("good-week", "Wat zou een goede week zijn?")]);
    content.outcomes.push(Outcome {
        id: "relieved".into(),
        title: "Opgelucht".into(),
        signals: String::new(),
        invitation: String::new(),
        inventory: Vec::new(),
    });
    let family = Family {
        id: FamilyId(Id([1; 12])),
        nickname: text(),
        symbol: Symbol::Kite,
        since: day("2026-03-01"),
        archived: None,
    };
    let full = Visit {
        closed: Some(Moment(2)),
        intention: text(),
        cards: vec![
            Card { question: "good-week".into(), asked: true, note: text() },
            Card { question: "verdwenen".into(), asked: false, note: String::new() },
        ],
        quick_note: text(),
        outcomes: vec!["relieved".into()],
        differently: text(),
        opener: text(),
        steps: vec![Step { id: StepId(Id([3; 12])), what: text(), who: text(), when: text(), went: Went::Done }],
        seen_heard: text(),
        thoughts: text(),
        ..Visit::new(VisitId(Id([2; 12])), family.id, day("2026-11-10"), Moment(1))
    };
    let earlier = Visit::new(VisitId(Id([4; 12])), family.id, day("2026-11-03"), Moment(3));
    let own = OwnQuestion {
        id: OwnQuestionId(Id([5; 12])),
        text: text(),
        follow_up: text(),
        phase: Phase::EveryVisit,
        about: About::Child,
    };
    Kept {
        content,
        families: vec![family],
        visits: vec![full, earlier],
        own: vec![own],
        favourites: vec!["good-week".into()],
    }
}

#[test]
fn the_whole_reads_as_a_person_would_write_it() {
    assert_eq!(
        kept("oma belt\nmorgen").markdown(),
        "\
# Wat je in Naast bewaarde

Gemaakt op 2026-11-21.

Let op: dit bestand zit niet op slot. Bewaar het waar niemand anders bij kan.

## Gezinnen

### oma belt morgen

Sinds 2026-03-01.

#### Bezoek op 2026-11-03

Dit bezoek is nog niet afgerond.

#### Bezoek op 2026-11-10

**Voornemen**

> oma belt\\
> morgen

**Vragen**

- Wat zou een goede week zijn? – gesteld
  > oma belt\\
  > morgen
- verdwenen – niet gesteld

**Losse notitie**

> oma belt\\
> morgen

**Hoe de ouders uit het gesprek gingen**

- Opgelucht

**Wat ik anders doe**

> oma belt\\
> morgen

**Eerste zin voor de volgende keer**

> oma belt\\
> morgen

**Afgesproken**

- oma belt morgen – wie: oma belt morgen – wanneer: oma belt morgen – gelukt

**Gezien en gehoord**

> oma belt\\
> morgen

**Wat ik ervan denk**

> oma belt\\
> morgen

## Eigen vragen

- oma belt morgen
  - oma belt morgen

## Favoriete vragen

- Wat zou een goede week zijn?

"
    );
}

#[test]
fn a_visit_whose_family_is_gone_is_not_lost() {
    let mut kept = kept("x");
    kept.families.clear();
    let text = kept.markdown();
    assert!(text.contains("## Bezoeken zonder gezin\n\n#### Bezoek op 2026-11-03"), "{text}");
    assert!(!text.contains("## Gezinnen"), "{text}");
}

#[test]
fn a_card_without_note_and_a_family_without_name_read_well() {
    let text = kept("").markdown();
    assert!(text.contains("### (zonder naam)"), "{text}");
    assert!(text.contains("gesteld\n- verdwenen"), "{text}");
    assert!(!text.contains('>'), "{text}");
}

/// What a reader makes of the Markdown: its structure, and its words.
fn read(text: &str) -> (Vec<String>, String) {
    let (mut structure, mut words) = (Vec::new(), String::new());
    let options = Options::all()
        & !(Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_OLD_FOOTNOTES | Options::ENABLE_HEADING_ATTRIBUTES);
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::Paragraph) | Event::End(_) => {}
            Event::Start(tag) => structure.push(format!("{tag:?}")),
            Event::Text(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push('\n'),
            other => structure.push(format!("{other:?}")),
        }
    }
    (structure, words)
}

/// Letters and signs of a text, in order, without spaces.
fn signs(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

#[test]
fn what_was_typed_makes_no_markdown() {
    let (structure, _) = read(&kept("x").markdown());
    for typed in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![plaatje](https://ergens.example/x.png)",
        "[klik](javascript:alert(1))",
        "[ref]: https://ergens.example",
        "<https://ergens.example>",
        "# Kop\n## Kop",
        "Kop\n===",
        "Kop\n---",
        "- lijst\n+ lijst\n* lijst\n1. lijst\n2) lijst",
        "- [ ] taak",
        "> citaat",
        "    code\n\tcode",
        "```\ncode\n```",
        "~~~\ncode",
        "`code` *nadruk* _nadruk_ **vet** ~~weg~~ $x$ x^2^ H~2~O ||geheim||",
        "| a | b |\n|---|---|\n| c | d |",
        "term\n: uitleg",
        "&lt;b&gt; &amp; &#60;",
        "achter \\",
        "***\n---\n___",
        "[^1]: noot\n[^1]",
        "[[wiki]]",
        "--- \ntitel: x\n---",
        "kop {#id .klas}",
        "regel\r\nregel\rregel\u{2028}regel",
        "#",
        "ends with hashes ##",
        "0\t. lijst\n\u{1}- lijst\n\u{1}    code\n1\u{7f}) lijst",
        "😀 \u{202e}achterstevoren",
    ] {
        let (found, words) = read(&kept(typed).markdown());
        assert_eq!(found, structure, "{typed:?}");
        assert!(signs(&words).contains(&signs(typed)), "{typed:?} in {words}");
    }
}

proptest! {
    #[test]
    fn nothing_typed_makes_markdown_or_gets_lost(typed in prop_oneof![any::<String>(), "([-+=:#>*_`~|\\[\\]()<>!&$^.\\\\ \n\t]|[0-9a-c])*"]) {
        // Without any sign there is nothing to show, and so another structure.
        prop_assume!(!signs(&typed).is_empty() && !typed.contains('\0'));
        let (structure, _) = read(&kept("x").markdown());
        let (found, words) = read(&kept(&typed).markdown());
        prop_assert_eq!(found, structure);
        prop_assert!(signs(&words).contains(&signs(&typed)), "{:?} in {:?}", typed, words);
    }

    #[test]
    fn json_holds_what_was_typed_to_the_letter(typed: String) {
        let json = kept(&typed).with(|all| serde_json::to_value(ExportV1::new(all)).unwrap());
        prop_assert_eq!(json["visits"][0]["seenHeard"].as_str(), Some(typed.as_str()));
        prop_assert_eq!(json["families"][0]["nickname"].as_str(), Some(typed.as_str()));
        prop_assert_eq!(json["ownQuestions"][0]["text"].as_str(), Some(typed.as_str()));
    }
}

#[test]
fn json_of_version_1_looks_like_this() {
    let json = kept("x").with(|all| serde_json::to_value(ExportV1::new(all)).unwrap());
    let expected = serde_json::json!({
        "format": "naast-export",
        "version": 1,
        "made": "2026-11-21",
        "families": [{
            "id": "010101010101010101010101", "nickname": "x", "symbol": "kite",
            "since": "2026-03-01", "archived": null
        }],
        "visits": [{
            "id": "020202020202020202020202", "family": "010101010101010101010101",
            "day": "2026-11-10", "created": 1, "closed": 2, "intention": "x",
            "cards": [
                { "question": "good-week", "text": "Wat zou een goede week zijn?", "asked": true, "note": "x" },
                { "question": "verdwenen", "text": "verdwenen", "asked": false, "note": "" }
            ],
            "quickNote": "x", "outcomes": ["relieved"], "checks": [], "differently": "x", "opener": "x",
            "steps": [{ "id": "030303030303030303030303", "what": "x", "who": "x", "when": "x", "went": "done" }],
            "seenHeard": "x", "thoughts": "x"
        }, {
            "id": "040404040404040404040404", "family": "010101010101010101010101",
            "day": "2026-11-03", "created": 3, "closed": null, "intention": "",
            "cards": [], "quickNote": "", "outcomes": [], "checks": [], "differently": "", "opener": "",
            "steps": [], "seenHeard": "", "thoughts": ""
        }],
        "ownQuestions": [{
            "id": "eigen-050505050505050505050505", "text": "x", "followUp": "x",
            "phase": "every-visit", "about": "child"
        }],
        "favourites": ["good-week"]
    });
    assert_eq!(json, expected);
}
