use super::*;
use crate::content::{About, Ask, AskKind, Face, Outcome, Phase, Spoken, Tool};
use crate::records::{
    Answer, Card, ConcernId, FamilyId, Helper, Id, Idea, Mark, OwnQuestionId, Step, StepId, Symbol, ToolUse, ToolUseId,
    VisitId, Went,
};
use crate::test_content::{content, question};
use crate::time::{Moment, time_with_dot};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

const WORDS: Words<'static> = Words {
    day: &|day| day.iso(),
    time: &|at| format!("{}\u{a0}uur", time_with_dot(at)),
    step: &|step| if step.went == Went::Done { "gelukt".into() } else { "nog niet besproken".into() },
    between: |low, high| format!("tussen ‘{low}’ (0) en ‘{high}’ (10)"),
    made: |day| format!("Gemaakt op {day}."),
    since: |day| format!("Sinds {day}."),
    archived: |day| format!("In het archief sinds {day}."),
    farewell: |day| format!("Afscheid genomen op {day}."),
    handed_over: |day| format!("Notities overgedragen op {day}."),
    visit: |day| format!("Bezoek op {day}"),
    at: |time| format!("Om {time}."),
    mark: |mark| format!("{mark} van 10"),
    face: |face| match face {
        Face::Sad => "nee",
        Face::Between => "een beetje",
        Face::Glad => "ja",
    },
    who: |who| format!("wie: {who}"),
    when: |when| format!("wanneer: {when}"),
    title: "Wat je in Naast bewaarde",
    unsealed: "Let op: dit bestand zit niet op slot. Bewaar het waar niemand anders bij kan.",
    families: "Gezinnen",
    visits_without_family: "Bezoeken zonder gezin",
    favourites: "Favoriete vragen",
    please_do: "De ouder vraagt: doe dit",
    please_never: "De ouder vraagt: doe dit nooit",
    concern_open: "Zorg (open)",
    concern_closed: "Zorg (afgesloten)",
    seen: "Gezien en gehoord",
    said: "Woordelijk gezegd",
    thought: "Wat ik ervan denk",
    carried: "Meegenomen",
    unfinished: "Dit bezoek is nog niet afgerond.",
    intention: "Voornemen",
    questions: "Vragen",
    quick_note: "Snelle notitie",
    outcomes: "Hoe de ouders uit het gesprek gingen",
    checks: "Dit deed ik",
    differently: "Wat ik anders doe",
    opener: "Eerste zin voor de volgende keer",
    steps: "Afgesproken",
    signs: "Waar ik stond",
    asked: "gesteld",
    not_asked: "niet gesteld",
    own_questions: "Eigen vragen",
    no_name: "(zonder naam)",
};

struct Kept {
    content: Content,
    families: Vec<Family>,
    visits: Vec<Visit>,
    own: Vec<OwnQuestion>,
    concerns: Vec<Concern>,
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
            concerns: &self.concerns,
            favourites: &self.favourites,
        })
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.with(json)).unwrap()
    }

    fn markdown(&self) -> String {
        self.with(|all| markdown(all, WORDS))
    }
}

fn day(iso: &str) -> Day {
    Day::from_iso(iso).unwrap()
}

/// One family with two visits and one of everything else, with this text in every field.
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
        please_do: text(),
        please_never: text(),
        ..Family::default()
    };
    let answer = |asks: &str| Answer { asks: asks.into(), text: text() };
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
        steps: vec![Step {
            what: text(),
            who: text(),
            when: text(),
            went: Went::Done,
            idea: Some(Idea::Parent),
            helper: Some(Helper::OtherParents),
            sure: Some(7),
            ..Step::new(StepId(Id([3; 12])))
        }],
        at: Some(14 * 60 + 30),
        seen_heard: text(),
        said: text(),
        thoughts: text(),
        answers: vec![answer("hope")],
        signs: vec![Mark { asks: "power".into(), value: 4 }],
        tools: vec![ToolUse {
            id: ToolUseId(Id([6; 12])),
            tool: "scale".into(),
            answers: vec![answer("scale-zero")],
            marks: vec![Mark { asks: "scale-now".into(), value: 6 }],
        }],
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
    let concern = Concern {
        seen: text(),
        thoughts: text(),
        answers: vec![answer("bespreken")],
        ..Concern::new(ConcernId(Id([7; 12])), family.id, Some(full.id), Moment(5))
    };
    Kept {
        content,
        families: vec![family],
        visits: vec![full, earlier],
        own: vec![own],
        concerns: vec![concern],
        favourites: vec!["good-week".into()],
    }
}

#[test]
fn faces_are_words() {
    let ask = Ask {
        id: "talk-heard".into(),
        kind: AskKind::Faces,
        text: Spoken { je: "Voelde je je gehoord?".into(), u: "Voelde u zich gehoord?".into() },
        hint: String::new(),
        options: Vec::new(),
    };
    let mut content = content(Vec::new());
    content.tools.push(Tool {
        id: "talk".into(),
        title: "Hoe was dit gesprek?".into(),
        why: String::new(),
        turn: true,
        asks: vec![ask],
        inventory: Vec::new(),
    });
    let family = Family { id: FamilyId(Id([1; 12])), ..Family::default() };
    let used = |value| ToolUse {
        id: ToolUseId(Id([value; 12])),
        tool: "talk".into(),
        answers: Vec::new(),
        marks: vec![Mark { asks: "talk-heard".into(), value }],
    };
    let visit = Visit {
        tools: [0, 5, 10].map(used).into(),
        ..Visit::new(VisitId(Id([2; 12])), family.id, day("2026-11-10"), Moment(1))
    };
    let kept = Kept { content, families: vec![family], visits: vec![visit], ..kept("") };
    let text = kept.markdown();
    for word in ["nee", "een beetje", "ja"] {
        assert!(text.contains(&format!("- Voelde u zich gehoord? – {word}\n")), "{text}");
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

**De ouder vraagt: doe dit**

> oma belt\\
> morgen

**De ouder vraagt: doe dit nooit**

> oma belt\\
> morgen

#### Zorg (open)

**Gezien en gehoord**

> oma belt\\
> morgen

**Wat ik ervan denk**

> oma belt\\
> morgen

**bespreken**

> oma belt\\
> morgen

#### Bezoek op 2026-11-03

Dit bezoek is nog niet afgerond.

#### Bezoek op 2026-11-10

Om 14.30 uur.

**Voornemen**

> oma belt\\
> morgen

**Vragen**

- Wat zou een goede week zijn? – gesteld
  > oma belt\\
  > morgen
- verdwenen – niet gesteld

**Snelle notitie**

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

**scale**

- scale-now – 6 van 10

**scale-zero**

> oma belt\\
> morgen

**Gezien en gehoord**

> oma belt\\
> morgen

**Woordelijk gezegd**

> oma belt\\
> morgen

**Wat ik ervan denk**

> oma belt\\
> morgen

**hope**

> oma belt\\
> morgen

**Waar ik stond**

- power: 4

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

#[test]
fn a_step_of_which_only_a_part_was_written_is_not_lost() {
    let mut kept = kept("");
    kept.visits[0].steps[0].who = "oma".into();
    let text = kept.markdown();
    assert!(text.contains("**Afgesproken**\n\n- … – wie: oma – gelukt\n"), "{text}");
}

/// What a Markdown reader sees: the structure, and the words.
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

/// The letters and signs of a text, in order, without spaces.
fn signs(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

#[test]
fn what_a_visit_was_carried_by_is_named_and_what_was_waved_away_is_not() {
    let mut kept = kept("x");
    kept.content.principles.push(crate::test_content::principle("beside", "Naast elkaar", "Een regel."));
    let answer = |asks: &str, text: &str| Answer { asks: asks.into(), text: text.into() };
    kept.visits[0].answers =
        vec![answer(crate::suggest::CARRIES, "beside"), answer(crate::suggest::WAVED_AWAY, "quiet\n")];
    kept.families[0].answers = vec![answer("farewell-near", "De oma van beneden")];
    let text = kept.markdown();
    assert!(text.contains("**Meegenomen**\n\n> Naast elkaar"), "{text}");
    assert!(!text.contains("quiet") && !text.contains("carries"), "{text}");
    assert!(text.contains("De oma van beneden"), "{text}");
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
        // Without any sign nothing would be shown, and the structure would differ.
        prop_assume!(!signs(&typed).is_empty() && !typed.contains('\0'));
        let (structure, _) = read(&kept("x").markdown());
        let (found, words) = read(&kept(&typed).markdown());
        prop_assert_eq!(found, structure);
        prop_assert!(signs(&words).contains(&signs(&typed)), "{:?} in {:?}", typed, words);
    }

    #[test]
    fn json_holds_what_was_typed_to_the_letter(typed: String) {
        let json = kept(&typed).json();
        prop_assert_eq!(json["visits"][0]["seenHeard"].as_str(), Some(typed.as_str()));
        prop_assert_eq!(json["families"][0]["nickname"].as_str(), Some(typed.as_str()));
        prop_assert_eq!(json["ownQuestions"][0]["text"].as_str(), Some(typed.as_str()));
    }
}

#[test]
fn json_of_version_2_looks_like_this() {
    let json = kept("x").json();
    let expected = serde_json::json!({
        "format": "naast-export",
        "version": 2,
        "made": "2026-11-21",
        "families": [{
            "id": "010101010101010101010101", "nickname": "x", "symbol": "kite",
            "since": "2026-03-01", "archived": null, "pleaseDo": "x", "pleaseNever": "x",
            "farewell": null, "handedOver": null, "answers": []
        }],
        "visits": [{
            "id": "020202020202020202020202", "family": "010101010101010101010101",
            "kind": "", "at": 870, "day": "2026-11-10", "created": 1, "closed": 2, "intention": "x",
            "cards": [
                { "question": "good-week", "text": "Wat zou een goede week zijn?", "asked": true, "note": "x" },
                { "question": "verdwenen", "text": "verdwenen", "asked": false, "note": "" }
            ],
            "quickNote": "x", "outcomes": ["relieved"], "checks": [], "differently": "x", "opener": "x",
            "steps": [{ "id": "030303030303030303030303", "what": "x", "who": "x", "when": "x", "went": "done",
                "idea": "parent", "helper": "other-parents", "sure": 7 }],
            "seenHeard": "x", "said": "x", "thoughts": "x",
            "answers": [{ "asks": "hope", "text": "x" }], "signs": [{ "asks": "power", "value": 4 }],
            "tools": [{ "id": "060606060606060606060606", "tool": "scale",
                "answers": [{ "asks": "scale-zero", "text": "x" }], "marks": [{ "asks": "scale-now", "value": 6 }] }],
            "cleared": null
        }, {
            "id": "040404040404040404040404", "family": "010101010101010101010101",
            "kind": "", "at": null, "day": "2026-11-03", "created": 3, "closed": null, "intention": "",
            "cards": [], "quickNote": "", "outcomes": [], "checks": [], "differently": "", "opener": "",
            "steps": [], "seenHeard": "", "said": "", "thoughts": "", "answers": [], "signs": [], "tools": [],
            "cleared": null
        }],
        "ownQuestions": [{
            "id": "eigen-050505050505050505050505", "text": "x", "followUp": "x",
            "phase": "every-visit", "about": "child"
        }],
        "concerns": [{
            "id": "070707070707070707070707", "family": "010101010101010101010101",
            "visit": "020202020202020202020202", "created": 5, "closed": null, "seen": "x", "thoughts": "x",
            "answers": [{ "asks": "bespreken", "text": "x" }]
        }],
        "favourites": ["good-week"]
    });
    assert_eq!(json, expected);
}
