//! The smallest content without a mistake, as texts; tests add the mistakes.

use std::collections::BTreeMap;
use std::fmt::Write;

pub(crate) type Texts = BTreeMap<String, String>;

const PHASES: [&str; 8] =
    ["acquaintance", "every-visit", "strengths", "worries", "wishes", "choices", "closing", "farewell"];

pub(crate) fn base() -> Texts {
    let mut texts = Texts::from([
        (
            "nl/groups.toml".to_owned(),
            "[[group]]\nid = \"beside\"\ntitle = \"Naast elkaar\"\nessence = \"Je schuift aan.\"\n".to_owned(),
        ),
        ("nl/principles/beside.toml".to_owned(), PRINCIPLE.to_owned()),
        ("nl/outcomes.toml".to_owned(), outcomes()),
        ("nl/signs.toml".to_owned(), signs()),
        ("nl/visits.toml".to_owned(), VISITS.to_owned()),
        ("nl/tools.toml".to_owned(), TOOLS.to_owned()),
        ("nl/reflections.toml".to_owned(), REFLECTIONS.to_owned()),
        ("nl/leaflet.toml".to_owned(), LEAFLET.to_owned()),
        ("nl/sources.toml".to_owned(), SOURCE.to_owned()),
        ("nl/help.toml".to_owned(), help()),
        ("nl/messages.toml".to_owned(), "[today]\ntitle = 'Vandaag'\n".to_owned()),
        ("nl/texts.toml".to_owned(), TEXTS.to_owned()),
        ("nl/jargon.toml".to_owned(), JARGON.to_owned()),
        ("nl/passphrase-words.txt".to_owned(), passphrase_words()),
        ("inventory.toml".to_owned(), inventory()),
    ]);
    for phase in PHASES {
        texts.insert(format!("nl/questions/{phase}.toml"), questions(phase));
    }
    texts
}

const PRINCIPLE: &str = r#"
[[principle]]
id = "trust"
title = "Vertrouwen"
essence = "Vertrouwen groeit langzaam."
meaning = ["Je doet wat je zegt."]
why = ["Wie vertrouwt, vertelt."]
example = ["‘Kom binnen,’ zegt Ans. Haar traject begint."]
obstacle = ["Haast."]
self-question = "Wat beloofde ik?"
sources = ["bonants"]
inventory = [1]
"#;

fn questions(phase: &str) -> String {
    let mut text = String::new();
    for number in 1..=12 {
        // The first question carries every idea that no check carries.
        let carried = if phase == "acquaintance" && number == 1 { carried_by_no_check() } else { String::new() };
        write!(
            text,
            r#"
[[question]]
id = "{phase}-{number}"
je = "Wat wil jij vandaag?"
u = "Wat wilt u vandaag?"
when = "Aan het begin."
follow-ups = [{{ je = "Wat helpt je?", u = "Wat helpt u?" }}]
principles = ["trust"]
about = "parent"
tone = "light"
audience = "everyone"
inventory = [{carried}]
"#
        )
        .unwrap();
    }
    text
}

fn carried_by_no_check() -> String {
    let numbers = (1..=202u16).filter(|number| !checks().contains(number));
    numbers.map(|number| number.to_string()).collect::<Vec<_>>().join(", ")
}

fn checks() -> Vec<u16> {
    (176..=182).chain(184..=190).chain(192..=197).collect()
}

fn outcomes() -> String {
    let mut text = String::from(
        r#"
[[outcome]]
id = "relieved"
title = "Opgelucht"
signals = "Een zucht."
invitation = "Kijk even terug."
inventory = [175]
[[meaning]]
id = "too-soon"
title = "Te vroeg"
text = "Het kwam te vroeg."
question = { je = "Wat past jou?", u = "Wat past u?" }
inventory = []
"#,
    );
    for number in checks() {
        write!(
            text,
            r#"
[[check]]
id = "check-{number}"
outcome = "relieved"
text = "Heb ik geluisterd?"
principle = "trust"
opener = {{ je = "Hoe is het met je?", u = "Hoe is het met u?" }}
inventory = [{number}]
"#
        )
        .unwrap();
    }
    text
}

const VISITS: &str = "\
[[visit]]
id = \"ordinary\"
title = \"Gewoon\"
line = \"Kijk eerst.\"
about = \"Voor elke keer.\"
phases = [\"wishes\"]
inventory = []
";

const TOOLS: &str = "\
[[tool]]
id = \"scale\"
title = \"Van 0 tot 10\"
why = \"Om samen te kijken.\"
inventory = []
[[tool.asks]]
id = \"scale-now\"
kind = \"scale\"
je = \"Waar sta je nu?\"
u = \"Waar staat u nu?\"
hint = \"\"
";

const REFLECTIONS: &str = "\
[[reflection]]
id = \"hope\"
moment = \"before\"
text = \"Wat hoop ik?\"
hint = \"\"
inventory = []
";

const LEAFLET: &str = "\
[[leaflet]]
id = \"who-i-am\"
title = \"Wie ik ben\"
je = \"Ik kom bij je thuis.\"
u = \"Ik kom bij u thuis.\"
";

fn signs() -> String {
    let sign = |number| {
        format!(
            "[[sign]]\nid = \"sign-{number}\"\nreductionist = \"Ik stuur.\"\ndemocratic = \"Ik vraag.\"\ninventory = []\n"
        )
    };
    (1..=7).map(sign).collect()
}

const SOURCE: &str = r#"
[[source]]
id = "bonants"
author = "Lianne Bonants"
organisation = "Hogeschool"
title = "Interview"
taken = "De lange adem."
look-for = "Zoek op de naam."
"#;

fn help() -> String {
    let steps = "[[meldcode-step]]\ntitle = \"Kijk\"\ntext = \"Zet op een rij.\"\n".repeat(5);
    format!(
        r#"
checked = "2026-11-21"
[[line]]
id = "veilig-thuis"
name = "Veilig Thuis"
number = "0800-2000"
when = "Bij twijfel."
expect = "Iemand luistert."
[[volunteer-step]]
title = "Bel"
text = "Bel 0800-2000."
{steps}
[[fact]]
id = "advice"
title = "Advies"
text = "Advies is geen melding."
sure = "zeker"
[notes]
do = ["De dag."]
do-not = ["Een naam."]
"#
    )
}

const TEXTS: &str = r#"
welcome = ["Dit is Naast.", "Niets verlaat de telefoon.", "Je kunt overslaan."]
about = ["Over."]
nickname = ["Bijnaam."]
vault = ["Kluis."]
no-recovery = ["Kwijt is kwijt."]
independence = ["Los."]
privacy = ["Hier."]
attitude = ["Ga ernaast zitten.", "Blijf."]
coordinator-first = ["Bel eerst."]
meldcode-with = ["Volg de stappen."]
"#;

const JARGON: &str = r#"
words = ["casus", "traject"]
[[allowed]]
word = "traject"
item = "trust"
why = "Om te proberen."
"#;

fn passphrase_words() -> String {
    let letter = |number: u32| char::from(b'a' + u8::try_from(number % 26).unwrap());
    (0..1024).map(|number| format!("{}{}{}\n", letter(number / 676), letter(number / 26), letter(number))).collect()
}

fn inventory() -> String {
    (1..=202).map(|number| format!("[[idea]]\nid = {number}\nsource = \"bonants\"\ngist = \"Een idee.\"\n")).collect()
}
