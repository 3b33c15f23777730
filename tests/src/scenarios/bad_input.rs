//! Too much, too little, too early, too odd, and abandoned halfway: the work around a visit continues.

use anyhow::{Context, Result, ensure};
use naast_core::records::{Record, Visit};
use naast_core::time::Day;
use thirtyfour::Key;

use crate::case::Case;
use crate::locator::{any, part};
use crate::page::Page;
use crate::runner::Scenario;
use crate::steps::PASSPHRASE;
use crate::{fixtures, scenario, steps, storage};

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!("among five hundred families one is found, changed and taken along", many_families),
    scenario!("a step of a few words stands as it was agreed, and one without words leaves nothing", bare_steps),
    scenario!("a visit planned on a day that has passed is simply there", planned_in_the_past),
    scenario!("a family called by one emoji has its page, its course, its story and its export", one_emoji),
    scenario!("the look at oneself is done with the keyboard alone, and is kept", sliders_by_keyboard),
    scenario!("the numbers of a tool are chosen with the keyboard alone, and are kept", numbers_by_keyboard),
    scenario!("what is left halfway by the bottom bar is there on coming back", left_halfway),
    scenario!("a form left without what it asks for leaves nothing half", forms_left_empty),
    scenario!("a nickname that nobody can see is no nickname", unseen_nickname),
    scenario!("what was typed in a form and rubbed out again leaves nothing", rubbed_out),
    scenario!("a form does not say that all is kept while it is not", not_said_to_be_kept),
    scenario!("a line about me that is cleared by keyboard keeps the focus", cleared_by_keyboard),
    scenario!("a visit to come is not the last visit", not_yet_the_last),
];

/// A large number of families.
const FAMILIES: u16 = 500;

/// Each with a visit: some started, some planned, most finished.
fn too_many() -> Result<Vec<Record>> {
    let to_come = Day::from_iso("2099-12-24").context("a day")?;
    let mut records = Vec::new();
    for nth in 0..FAMILIES {
        let family = fixtures::family(nth, &format!("Vos {nth:03}"));
        let visit = fixtures::visit(nth, &family);
        records.push(Record::Family(family));
        records.push(Record::Visit(match nth {
            0..20 => Visit { closed: None, ..visit },
            20..40 => Visit { closed: None, day: to_come, ..visit },
            377 => Visit { seen_heard: "In de gang stond een trampoline.".to_owned(), ..visit },
            _ => visit,
        }));
    }
    Ok(records)
}

async fn many_families(case: &mut Case) -> Result<()> {
    case.open("").await?;
    storage::plant(&case.page, &fixtures::vault(PASSPHRASE, too_many()?)?).await?;
    case.open("#/gezinnen").await?;
    let page = case.page.clone();
    steps::unlock(&page, PASSPHRASE).await?;
    page.title("Gezinnen").see().await?;
    let rows = page.link(part("Vos "));
    rows.clone().nth(i32::from(FAMILIES) - 1).see().await?;
    ensure!(rows.count().await? == usize::from(FAMILIES), "not all of them are listed");

    page.link("Zoeken in je kluis").click().await?;
    page.field("Zoek in je kluis").type_in("trampoline").await?;
    page.see("1 gevonden").await?;
    page.link(part("Vos 377")).click().await?;
    page.title("Terugkijken").see().await?;
    page.field("Wat ik ervan denk").type_in("Springt hij nog?").await?;
    steps::kept(&page).await?;
    page.link("Vos 377").click().await?;
    page.link("Gezin wijzigen").click().await?;
    page.field("Bijnaam").fill("Springers").await?;
    steps::kept(&page).await?;
    page.button("Klaar").click().await?;
    page.title("Springers").see().await?;

    leave(&page, "Vandaag").await?;
    page.heading("Verder waar je was").see().await?;
    page.heading("Wat eraan komt").see().await?;
    let begun = page.link(part("Vos ")).count().await?;
    ensure!(begun == 10, "five begun and five to come are enough for a screen, not {begun}");

    let (text, json) = steps::taken_home(&page).await?;
    let families = text.lines().filter(|line| line.starts_with("### ")).count();
    ensure!(families == usize::from(FAMILIES), "{families} families in the text");
    ensure!(text.contains("### Springers") && text.contains("Springt hij nog?"), "the change is not in the text");
    let json: serde_json::Value = serde_json::from_str(&json).context("JSON")?;
    for kind in ["families", "visits"] {
        let count = json[kind].as_array().map_or(0, Vec::len);
        ensure!(count == usize::from(FAMILIES), "{count} {kind} in the JSON");
    }

    case.restart("#/gezinnen").await?;
    let page = case.page.clone();
    steps::unlock(&page, PASSPHRASE).await?;
    page.link(part("Springers")).click().await?;
    page.link(part("In de gang stond")).click().await?;
    page.field("Wat ik ervan denk").has("Springt hij nog?").await
}

/// Leaves the screen by the bottom bar.
async fn leave(page: &Page, to: &str) -> Result<()> {
    page.link(to).within(&page.navigation("Hoofdmenu")).click().await?;
    page.title(to).see().await
}

async fn bare_steps(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    let family = steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    page.field("Dag van het bezoek").set("2026-01-12").await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    page.button("Stap toevoegen").click().await?;
    page.field("Wat precies?").type_in("Samen fietsen").await?;
    // One empty record is enough.
    for _ in 0..2 {
        page.button("Stap toevoegen").click().await?;
        page.field("Wat precies?").nth(1).see().await?;
    }
    ensure!(page.field("Wat precies?").count().await? == 2, "two empty steps");
    page.button("Klaar met dit bezoek").click().await?;
    page.title("Vos").see().await?;

    // On the page of the family, before the next visit, and in the course: one step, unchanged.
    one_step(&page).await?;
    steps::begin_visit(&page).await?;
    page.heading("Van de vorige keer").see().await?;
    one_step(&page).await?;
    page.button("gelukt").click().await?;
    page.button("gelukt").is("pressed").await?;
    page.go(&format!("{family}/verloop")).await?;
    page.heading("Stapjes").see().await?;
    page.item(part("Samen fietsen")).says("gelukt · 12 jan 2026").await?;
    ensure!(page.item(any()).within(&page.main()).count().await? == 1, "more than one step");
    page.heading("Wie hielp").gone().await?;
    let (text, _) = steps::taken_home(&page).await?;
    let agreed: Vec<&str> = text.lines().filter(|line| line.ends_with("– gelukt")).collect();
    ensure!(agreed == ["- Samen fietsen – gelukt"], "agreed, by the export:\n{text}");
    Ok(())
}

/// The only step with words is shown alone, with no empty fields for who and when.
async fn one_step(page: &Page) -> Result<()> {
    page.group("Hoe ging het?").see().await?;
    page.item(part("Samen fietsen")).says("Samen fietsen afgesproken maandag 12 januari 2026").await
}

/// Words that blame somebody for being late.
const LATE: [&str; 7] = ["te laat", "verlopen", "gemist", "achterstallig", "vergeten", "verstreken", "over tijd"];

async fn is_calm(page: &Page) -> Result<()> {
    let text = page.text().await?.to_lowercase();
    for word in LATE {
        ensure!(!text.contains(word), "the page says “{word}”: {text}");
    }
    page.alert(any()).gone().await
}

async fn planned_in_the_past(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    steps::begin_visit(&page).await?;
    page.field("Dag van het bezoek").set("2020-01-02").await?;
    page.field("Tijd").set("14:30").await?;
    page.see("donderdag 2 januari 2020").await?;
    steps::kept(&page).await?;
    is_calm(&page).await?;

    case.restart("#/gezinnen").await?;
    let page = case.page.clone();
    steps::unlock(&page, &words).await?;
    leave(&page, "Vandaag").await?;
    page.heading("Verder waar je was").see().await?;
    page.heading("Wat eraan komt").gone().await?;
    let row = page.link(part("donderdag 2 januari 2020, 14.30 uur"));
    row.see().await?;
    is_calm(&page).await?;
    row.click().await?;
    page.title("Op bezoek").see().await?;
    page.field("Snelle notitie").type_in("Toch nog gegaan.").await?;
    is_calm(&page).await?;
    page.link("Terugkijken").first().click().await?;
    page.title("Terugkijken").see().await?;
    page.button("Opgelucht").click().await?;
    is_calm(&page).await?;
    page.button("Klaar met dit bezoek").click().await?;
    page.title("Vos").see().await?;
    is_calm(&page).await?;
    leave(&page, "Vandaag").await?;
    page.heading("Verder waar je was").gone().await?;
    leave(&page, "Gezinnen").await?;
    page.link(part("laatste bezoek 2 jan 2020")).see().await
}

async fn one_emoji(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    page.go("#/gezinnen/nieuw").await?;
    // Not every driver can type an emoji; an emoji keyboard pastes it too.
    page.field("Bijnaam").paste("🦊").await?;
    page.button("Klaar").click().await?;
    page.title("🦊").see().await?;
    let visit = steps::begin_visit(&page).await?;
    page.link("🦊").see().await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    page.field("Gezien en gehoord").paste("🦊 lachte. Daarna zong 🦊 een lied.").await?;
    page.button("Stap toevoegen").click().await?;
    page.field("Wat precies?").type_in("Samen zingen").await?;
    page.link("Verhaal zonder namen").click().await?;
    page.title("Verhaal zonder namen").see().await?;
    page.see("Het gezin lachte. Daarna zong het gezin een lied.").await?;
    page.not_see("🦊").await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    page.button("Klaar met dit bezoek").click().await?;
    page.title("🦊").see().await?;

    case.restart("#/gezinnen").await?;
    let page = case.page.clone();
    steps::unlock(&page, &words).await?;
    page.link(part("🦊")).click().await?;
    page.title("🦊").see().await?;
    page.link("Het verloop").click().await?;
    page.title("Het verloop").see().await?;
    page.link("🦊").see().await?;
    page.item(part("Samen zingen")).see().await?;
    page.go("#/gezinnen/zoeken").await?;
    page.field("Zoek in je kluis").type_in("lied").await?;
    page.link(part("🦊")).see().await?;
    let (text, json) = steps::taken_home(&page).await?;
    ensure!(text.contains("### 🦊\n"), "the family has no heading in the text:\n{text}");
    let json: serde_json::Value = serde_json::from_str(&json).context("JSON")?;
    ensure!(json["families"][0]["nickname"] == "🦊", "nickname: {}", json["families"]);
    Ok(())
}

async fn sliders_by_keyboard(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    let look_back = format!("{}/terugkijken", steps::begin_visit(&page).await?);
    page.go(&look_back).await?;
    page.title("Terugkijken").is("focused").await?;
    steps::tab_to(&page, "Waar stond ik vandaag?").await?;
    page.press(Key::Enter).await?;
    page.field(part("Tussen ‘")).first().see().await?;
    let signs = page.field(part("Tussen ‘")).names().await?;
    // An untouched one is in the middle.
    let moves: [(&[Key], &str); 7] = [
        (&[Key::Home], "0"),
        (&[Key::End], "10"),
        (&[Key::Right], "6"),
        (&[Key::Left], "4"),
        (&[Key::Up], "6"),
        (&[Key::Home, Key::Right, Key::Right], "2"),
        (&[Key::End, Key::Down], "9"),
    ];
    ensure!(signs.len() == moves.len(), "{} lines about me", signs.len());
    for (sign, (keys, value)) in signs.iter().zip(moves) {
        steps::tab_to(&page, sign).await?;
        for key in keys {
            page.press(key.clone()).await?;
        }
        page.field(sign).has(value).await?;
        let said = page.field(sign).element().await?.attr("aria-valuetext").await?;
        ensure!(said == Some(format!("{value} van 10")), "a screen reader says {said:?}, not {value}");
    }
    // The last one is undone, by the button after it.
    page.press(Key::Tab).await?;
    page.press(Key::Enter).await?;
    steps::not_chosen(&page, 6).await?;
    steps::kept(&page).await?;

    case.restart(&look_back).await?;
    let page = case.page.clone();
    steps::unlock(&page, &words).await?;
    page.title("Terugkijken").see().await?;
    steps::tab_to(&page, "Waar stond ik vandaag?").await?;
    page.press(Key::Space).await?;
    for (sign, (_, value)) in signs.iter().zip(moves).take(6) {
        page.field(sign).has(value).await?;
    }
    steps::not_chosen(&page, 6).await
}

async fn numbers_by_keyboard(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    let scale = format!("{}/samen/scale", steps::begin_visit(&page).await?);
    page.go(&scale).await?;
    page.title("Van 0 tot 10").is("focused").await?;
    steps::tab_to(&page, "Waar zullen we samen naar kijken?").await?;
    page.driver().action_chain().send_keys("Het slapen").perform().await?;
    // The same mark again removes it; another one replaces it.
    steps::tab_to(&page, "0").await?;
    page.press(Key::Enter).await?;
    page.button("0").is("pressed").await?;
    page.press(Key::Enter).await?;
    page.button("0").is_not("pressed").await?;
    steps::tab_to(&page, "3").await?;
    page.press(Key::Space).await?;
    page.button("3").is("pressed").await?;
    steps::tab_to(&page, "10").await?;
    page.press(Key::Space).await?;
    page.button("10").is("pressed").await?;
    page.button("3").is_not("pressed").await?;
    steps::kept(&page).await?;

    case.restart(&scale).await?;
    let page = case.page.clone();
    steps::unlock(&page, &words).await?;
    page.field("Waar zullen we samen naar kijken?").has("Het slapen").await?;
    page.button("10").is("pressed").await?;
    page.button("3").is_not("pressed").await?;
    page.button("0").is_not("pressed").await
}

async fn left_halfway(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;

    let visit = steps::begin_visit(&page).await?;
    page.field("Wat neem je je voor?").type_in("Eerst vragen hoe h").await?;
    leave(&page, "Vandaag").await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    page.button("Stap toevoegen").click().await?;
    page.field("Wat precies?").type_in("Samen fie").await?;
    leave(&page, "Houding").await?;
    page.go(&format!("{visit}/samen/scale")).await?;
    page.field("Waar zullen we samen naar kijken?").type_in("Het sla").await?;
    leave(&page, "Vragen").await?;
    page.go("#/hulp/zorgen").await?;
    page.button("Vos").click().await?;
    page.field("Wat zag en hoorde je?").type_in("Hij had geen ja").await?;
    leave(&page, "Meer").await?;
    page.go("#/gezinnen/nieuw").await?;
    page.field("Bijnaam").type_in("Bee").await?;
    leave(&page, "Gezinnen").await?;
    page.go("#/vragen/eigen/nieuw").await?;
    page.field("Je vraag").type_in("Waar ligt de roeib").await?;
    leave(&page, "Vandaag").await?;
    all_halfway(&page).await?;

    steps::lock(&page).await?;
    steps::unlock(&page, &words).await?;
    leave(&page, "Vandaag").await?;
    all_halfway(&page).await
}

/// Starting at Vandaag: everything that was abandoned halfway is found where a person looks for it.
async fn all_halfway(page: &Page) -> Result<()> {
    page.heading("Verder waar je was").see().await?;
    page.link(part("Vos")).click().await?;
    page.title("Op bezoek").see().await?;
    page.see("Eerst vragen hoe h").await?;
    page.button("Samen iets doen").click().await?;
    page.see("ingevuld ✓").await?;
    page.link("Van 0 tot 10").click().await?;
    page.field("Waar zullen we samen naar kijken?").has("Het sla").await?;
    page.link("Terug naar het bezoek").click().await?;
    page.link("Terugkijken").first().click().await?;
    page.field("Wat precies?").has("Samen fie").await?;
    page.link("Voorbereiden").click().await?;
    page.field("Wat neem je je voor?").has("Eerst vragen hoe h").await?;
    page.link("Vos").click().await?;
    page.link(part("Zorg van")).click().await?;
    page.field("Wat zag en hoorde je?").has("Hij had geen ja").await?;
    leave(page, "Gezinnen").await?;
    page.link(part("Bee")).click().await?;
    page.link("Gezin wijzigen").click().await?;
    page.field("Bijnaam").has("Bee").await?;
    leave(page, "Vragen").await?;
    page.field("Zoek een vraag").fill("roeib").await?;
    page.link(part("Waar ligt de roeib")).click().await?;
    page.link("Vraag wijzigen").click().await?;
    page.field("Je vraag").has("Waar ligt de roeib").await?;
    leave(page, "Vandaag").await
}

async fn forms_left_empty(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    page.go("#/gezinnen/nieuw").await?;
    page.button("Wat de ouder vraagt").click().await?;
    page.field("Graag wel").type_in("Even appen").await?;
    page.not_see("Bewaard op dit toestel.").await?;
    leave(&page, "Vragen").await?;
    page.link("Eigen vraag schrijven").click().await?;
    page.radio("Wensen").click().await?;
    leave(&page, "Gezinnen").await?;
    page.see("Hier komen de gezinnen waar je langsgaat.").await?;

    // A concern that was started and left empty does not appear twice either.
    steps::add_family(&page, "Vos").await?;
    let mut concerns = Vec::new();
    for _ in 0..2 {
        page.go("#/hulp/zorgen").await?;
        page.button("Vos").click().await?;
        page.title("Een zorg").see().await?;
        concerns.push(page.hash().await?);
        leave(&page, "Gezinnen").await?;
    }
    ensure!(concerns[0] == concerns[1], "two empty concerns: {concerns:?}");

    steps::lock(&page).await?;
    steps::unlock(&page, &words).await?;
    page.link(part("Vos")).see().await?;
    let (text, json) = steps::taken_home(&page).await?;
    ensure!(!text.contains("Even appen"), "half a family was kept");
    let json: serde_json::Value = serde_json::from_str(&json).context("JSON")?;
    for (kind, count) in [("families", 1), ("ownQuestions", 0), ("concerns", 1)] {
        ensure!(json[kind].as_array().map(Vec::len) == Some(count), "{kind}: {}", json[kind]);
    }
    Ok(())
}

async fn unseen_nickname(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    for nickname in ["\u{200b}", "\u{200d}\u{feff}", " \u{2060}\u{200e} "] {
        page.go("#/gezinnen").await?;
        page.title("Gezinnen").see().await?;
        page.go("#/gezinnen/nieuw").await?;
        page.field("Bijnaam").paste(nickname).await?;
        page.button("Klaar").click().await?;
        page.see("Geef eerst een bijnaam.").await?;
    }
    leave(&page, "Gezinnen").await?;
    page.see("Hier komen de gezinnen waar je langsgaat.").await
}

/// Deletes the text letter by letter, as a person does.
async fn rub_out(page: &Page, field: &str, letters: usize) -> Result<()> {
    for _ in 0..letters {
        page.field(field).press(Key::Backspace).await?;
    }
    page.field(field).has("").await
}

async fn rubbed_out(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    page.go("#/vragen/eigen/nieuw").await?;
    page.field("Je vraag").type_in("Waar").await?;
    rub_out(&page, "Je vraag", 4).await?;
    page.go("#/gezinnen/nieuw").await?;
    page.field("Bijnaam").type_in("Vos").await?;
    rub_out(&page, "Bijnaam", 3).await?;
    let (text, json) = steps::taken_home(&page).await?;
    let json: serde_json::Value = serde_json::from_str(&json).context("JSON")?;
    for kind in ["families", "ownQuestions"] {
        ensure!(json[kind].as_array().is_some_and(Vec::is_empty), "{kind}: {}\n{text}", json[kind]);
    }
    Ok(())
}

async fn not_said_to_be_kept(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    page.go("#/vragen/eigen/nieuw").await?;
    page.field("Doorvragen").type_in("Wie mag sturen?").await?;
    page.not_see("Bewaard op dit toestel.").await
}

async fn cleared_by_keyboard(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    page.go(&format!("{}/terugkijken", steps::begin_visit(&page).await?)).await?;
    page.title("Terugkijken").is("focused").await?;
    steps::tab_to(&page, "Waar stond ik vandaag?").await?;
    page.press(Key::Enter).await?;
    let signs = page.field(part("Tussen ‘"));
    signs.clone().first().see().await?;
    let names = signs.names().await?;
    steps::tab_to(&page, &names[3]).await?;
    page.press(Key::End).await?;
    page.press(Key::Tab).await?;
    page.press(Key::Enter).await?;
    steps::not_chosen(&page, 3).await?;
    let focused = page.run("return document.activeElement.textContent").await?;
    ensure!(focused == "Wissen", "the focus went to {focused}");
    page.press(Key::Tab).await?;
    page.field(&names[4]).is("focused").await
}

async fn not_yet_the_last(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    steps::begin_visit(&page).await?;
    page.field("Dag van het bezoek").set("2099-12-24").await?;
    steps::kept(&page).await?;
    leave(&page, "Gezinnen").await?;
    page.link(part("Vos")).see().await?;
    page.not_see("laatste bezoek 24 dec 2099").await
}
