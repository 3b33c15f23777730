//! A contact over time: several visits, the course of it, the farewell, and what comes after.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use anyhow::{Result, ensure};

use crate::case::Case;
use crate::locator::part;
use crate::page::Page;
use crate::runner::Scenario;
use crate::{fixtures, scenario, steps, storage};

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!("a family goes through five different visits to a farewell", five_visits),
    scenario!("handed over notes are cleared when asked, never while a concern is open, and can come back", clearing),
    scenario!("a visit is planned, stands on Vandaag, and its reminder names nobody", planned),
    scenario!("a principle is suggested, taken along or waved away", suggested),
    scenario!("cards that go along are moved, exchanged and left at home", arranged),
    scenario!("a quick note is one touch away on every screen of a visit", quick_note),
    scenario!("whatever was written is found again while typing", found),
    scenario!("a story for peers names nobody", story),
    scenario!("three thousand visits fit, and one more is kept", thousands),
    scenario!("from a locked start the first card is three touches away", three_touches),
];

/// Starts a visit of a kind, on a day; returns the start of its addresses.
async fn begin(page: &Page, family: &str, kind: &str, day: &str) -> Result<String> {
    page.go(family).await?;
    page.title("Vos").see().await?;
    let visit = steps::begin_visit(page).await?;
    page.button(kind).click().await?;
    page.field("Dag van het bezoek").set(day).await?;
    Ok(visit)
}

/// Ends a visit on the page of the family.
async fn end(page: &Page, visit: &str) -> Result<()> {
    page.go(&format!("{visit}/terugkijken")).await?;
    page.button("Klaar met dit bezoek").click().await?;
    page.title("Vos").see().await
}

/// A wish and how sure the parent is about it.
async fn wish(page: &Page, visit: &str, sure: &str) -> Result<()> {
    page.go(&format!("{visit}/samen/wish")).await?;
    page.title("De moeite waard").see().await?;
    page.field(part("echt moeite voor doen")).type_in("Samen eten").await?;
    page.button(sure).click().await?;
    steps::kept(page).await
}

async fn five_visits(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    let family = steps::add_family(&page, "Vos").await?;

    // Getting acquainted: words to introduce oneself, proposed questions, one asked.
    let visit = begin(&page, &family, "Kennismaken", "2026-01-05").await?;
    page.link("Woorden om je voor te stellen").click().await?;
    page.title("Wie ik ben en wat ik kom doen").see().await?;
    page.link("Terug").click().await?;
    page.button("Doe een voorstel").click().await?;
    page.link("Op bezoek").first().click().await?;
    page.title("Op bezoek").see().await?;
    page.item(crate::locator::any()).within(&page.main()).first().click().await?;
    page.button("Gevraagd").click().await?;
    steps::kept(&page).await?;
    end(&page, &visit).await?;

    // An ordinary one: a wish, a step with who helps.
    let visit = begin(&page, &family, "Gewoon bezoek", "2026-02-02").await?;
    wish(&page, &visit, "3").await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    page.button("Stap toevoegen").click().await?;
    page.field("Wat precies?").type_in("Oma vragen om soep").await?;
    page.button("Wiens idee, wie helpt, hoe zeker?").click().await?;
    page.button("van de ouder").click().await?;
    page.button("iemand dichtbij").click().await?;
    page.button("Boos").click().await?;
    end(&page, &visit).await?;

    // Just being there: a line, a note, nothing left to do.
    let visit = begin(&page, &family, "Er gewoon zijn", "2026-03-02").await?;
    page.go(&format!("{visit}/op-bezoek")).await?;
    page.see("Niets hoeft.").await?;
    page.heading("Kaarten").gone().await?;
    page.field("Snelle notitie").type_in("Samen naar de vogels gekeken.").await?;
    page.button("Ik ga weer").click().await?;
    page.title("Vos").see().await?;

    // A hard talk: what was not ticked returns as a suggestion; the step is discussed.
    let visit = begin(&page, &family, "Een moeilijk gesprek", "2026-04-06").await?;
    page.see("Hier gaat de ouder voor").await?;
    page.see("Oma vragen om soep").await?;
    page.button("gelukt").first().click().await?;
    wish(&page, &visit, "8").await?;
    end(&page, &visit).await?;

    // The course of it.
    page.link("Het verloop").click().await?;
    page.title("Het verloop").see().await?;
    page.heading("Waar de ouder voor gaat").see().await?;
    page.see("3 → 8").await?;
    page.see("gelukt · 2 feb 2026").await?;
    page.heading("Wie hielp").see().await?;
    page.heading("Waar het over ging").see().await?;
    let pictures =
        "return [...document.querySelectorAll('main svg[role=img]')].map((p) => p.getAttribute('aria-label'))";
    let pictures: Vec<String> = serde_json::from_value(page.run(pictures).await?)?;
    ensure!(pictures.iter().any(|words| words.contains("3 van 10") && words.contains("8 van 10")), "{pictures:?}");

    // The farewell.
    let visit = begin(&page, &family, "Afscheid", "2026-05-04").await?;
    end(&page, &visit).await?;
    page.link(part("Afscheid")).click().await?;
    page.title("Afscheid").see().await?;
    page.heading("Dit is gelukt").see().await?;
    page.see("Oma vragen om soep").await?;
    page.field("Wie blijft er in de buurt?").type_in("De oma van beneden").await?;
    page.button("Afscheid genomen").click().await?;
    page.see("Afscheid genomen op").await?;
    steps::kept(&page).await?;

    case.restart(&family).await?;
    let page = case.page.clone();
    steps::unlock(&page, &words).await?;
    page.title("Vos").see().await?;
    page.link(part("Afscheid")).click().await?;
    page.field("Wie blijft er in de buurt?").has("De oma van beneden").await?;
    page.see("Afscheid genomen op").await
}

async fn clearing(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    page.go("#/meer/instellingen").await?;
    page.field(part("Na het overdragen")).set("0").await?;
    let family = steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    page.field("Gezien en gehoord").type_in("Soep op tafel.").await?;
    end(&page, &visit).await?;
    page.link("Afscheid").click().await?;
    page.field("Wie blijft er in de buurt?").type_in("De oma van beneden").await?;
    page.button("Notities overgedragen").click().await?;
    page.see("Overgedragen op").await?;

    // An open concern keeps the notes.
    let concern = steps::put_down_concern(&page, "Vos").await?;
    page.go(&family).await?;
    page.see("Er is nog een zorg open.").await?;
    page.go(&format!("{family}/opruimen")).await?;
    page.see("Zolang die open is, blijven de notities staan.").await?;
    page.go(&concern).await?;
    page.button("Zorg afsluiten").click().await?;
    page.button("Toch weer openen").see().await?;

    page.go(&family).await?;
    page.link("Bekijk wat er weggaat").click().await?;
    page.title("Notities opruimen?").see().await?;
    page.see("2 notities").await?;
    page.button("Opruimen").click().await?;
    page.title("Vos").see().await?;
    page.button("Ongedaan maken").click().await?;
    page.go(&format!("{family}/afscheid")).await?;
    page.field("Wie blijft er in de buurt?").has("De oma van beneden").await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    page.field("Gezien en gehoord").has("Soep op tafel.").await?;

    page.go(&format!("{family}/opruimen")).await?;
    page.button("Opruimen").click().await?;
    page.title("Vos").see().await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    page.field("Gezien en gehoord").has("").await?;
    steps::kept(&page).await?;
    case.restart(&format!("{visit}/terugkijken")).await?;
    let page = case.page.clone();
    steps::unlock(&page, &words).await?;
    page.field("Gezien en gehoord").has("").await?;
    page.go(&format!("{family}/afscheid")).await?;
    page.field("Wie blijft er in de buurt?").has("").await?;
    page.go(&format!("{family}/opruimen")).await?;
    page.see("Er staan geen notities meer").await
}

/// The contents of a storage with three thousand visits, made once for all engines.
fn three_thousand() -> Result<&'static BTreeMap<String, String>> {
    static KEPT: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    if let Some(kept) = KEPT.get() {
        return Ok(kept);
    }
    let made = fixtures::vault(steps::PASSPHRASE, fixtures::years(fixtures::family(1, "Vos"), 3_000, 1_500))?;
    Ok(KEPT.get_or_init(|| made))
}

async fn thousands(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    storage::plant(&page, three_thousand()?).await?;
    case.open("#/gezinnen").await?;
    steps::unlock(&page, steps::PASSPHRASE).await?;
    page.link(part("Vos")).click().await?;
    page.title("Vos").see().await?;
    let visit = steps::begin_visit(&page).await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    page.field("Gezien en gehoord").type_in("De drieduizend en eerste keer.").await?;
    steps::kept(&page).await?;
    page.go("#/meer/opslag").await?;
    page.see("3001 bezoeken").await?;
    page.see("Plaats voor nog ongeveer").await?;
    storage::journalled(&page).await?;
    case.restart("#/gezinnen/zoeken").await?;
    let page = case.page.clone();
    steps::unlock(&page, steps::PASSPHRASE).await?;
    page.field("Zoek in je kluis").type_in("drieduizend").await?;
    page.see("1 gevonden").await
}

async fn planned(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    page.run(
        "window.made = []; const of = URL.createObjectURL; \
         URL.createObjectURL = (blob) => { blob.text().then((text) => window.made.push(text)); return of(blob); }; \
         HTMLAnchorElement.prototype.click = function () { window.named = this.download; }",
    )
    .await?;
    steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    steps::begin_visit(&page).await?;
    page.field("Dag van het bezoek").set("2099-12-24").await?;
    page.field("Tijd").set("14:30").await?;
    page.button("Zet in mijn agenda").click().await?;
    let file = page.until("the reminder", "return window.made[0]").await?;
    let file = file.as_str().unwrap_or_default();
    ensure!(file.contains("DTSTART:20991224T143000\r\n") && !file.contains("Vos"), "{file}");
    page.until("its name", "return window.named === 'bezoek.ics'").await?;
    steps::kept(&page).await?;
    page.go("#/").await?;
    page.heading("Wat eraan komt").see().await?;
    page.see("24 december 2099, 14.30 uur").await?;
    page.link(part("24 december 2099")).click().await?;
    page.title("Voorbereiden").see().await?;
    page.field("Tijd").has("14:30").await?;

    // A past day needs no reminder, and the visit is simply there.
    page.field("Dag van het bezoek").set("2020-01-02").await?;
    page.button("Zet in mijn agenda").gone().await?;
    page.go("#/").await?;
    page.heading("Verder waar je was").see().await
}

async fn suggested(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    let family = steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    page.see("Misschien iets om mee te nemen").await?;
    page.see("Hier kwam je de laatste tijd het minst").await?;
    let title = "return document.querySelector('main a[href^=\"#/houding/\"]').textContent";
    let first = page.until("a principle", title).await?;
    page.button("Iets anders").click().await?;
    let other = page
        .until("another principle", &format!("const now = (() => {{ {title} }})(); return now !== {first} && now"))
        .await?;
    page.button("Neem mee").click().await?;
    page.see("Dit neem je mee").await?;
    let intention = page.field("Wat neem je je voor?").value().await?;
    ensure!(!intention.is_empty(), "its line is the intention");
    page.link(other.as_str().unwrap_or_default()).see().await?;

    // What was not ticked comes first next time, with the reason.
    page.go(&format!("{visit}/terugkijken")).await?;
    page.button("Boos").click().await?;
    page.button("Klaar met dit bezoek").click().await?;
    page.go(&family).await?;
    page.title("Vos").see().await?;
    steps::begin_visit(&page).await?;
    page.see("Vorige keer niet aangekruist").await
}

async fn arranged(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    page.button("Doe een voorstel").click().await?;
    page.button("Andere vragen").see().await?;
    let before = steps::taken_along(&page).await?;
    ensure!(before.len() == 5, "{before:?}");
    let changed = |from: &[String]| {
        format!(
            "return document.querySelector('main .list').textContent.length && JSON.stringify([...document.querySelectorAll('main .list .says')].map((e) => e.textContent)) !== JSON.stringify({})",
            serde_json::json!(from)
        )
    };
    page.button(&before[1][..]).click().await?;
    page.button("Eerder").click().await?;
    page.until("moved", &changed(&before)).await?;
    let moved = steps::taken_along(&page).await?;
    ensure!(moved[0] == before[1] && moved[1] == before[0], "{before:?} {moved:?}");
    page.button(&moved[0][..]).click().await?;
    page.button("Andere vraag").click().await?;
    page.until("exchanged", &changed(&moved)).await?;
    let exchanged = steps::taken_along(&page).await?;
    ensure!(!before.contains(&exchanged[0]) && exchanged[1..] == moved[1..], "{moved:?} {exchanged:?}");
    page.button(&exchanged[4][..]).click().await?;
    page.button("Thuislaten").click().await?;
    page.until("left at home", &changed(&exchanged)).await?;
    ensure!(steps::taken_along(&page).await? == exchanged[..4], "left at home");

    // A similar question is taken along and opens.
    page.go(&format!("{visit}/op-bezoek")).await?;
    page.link(part(&exchanged[0])).click().await?;
    page.title("Kaart 1 van 4").see().await?;
    page.button("Meer vragen hierover").click().await?;
    page.item(crate::locator::any()).within(&page.main()).first().see().await?;
    page.run("document.querySelector('main details .list button').click()").await?;
    page.title("Kaart 2 van 5").see().await
}

async fn quick_note(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    let mut all = String::new();
    for (nth, screen) in ["voorbereiden", "kiezen", "samen/scale", "terugkijken"].into_iter().enumerate() {
        page.go(&format!("{visit}/{screen}")).await?;
        page.at(&format!("{visit}/{screen}")[..]).await?;
        page.button("Snelle notitie").click().await?;
        let field = page.field("Snelle notitie");
        field.is("focused").await?;
        field.has(&all).await?;
        let word = format!("{nth} ");
        field.type_in(&word).await?;
        all.push_str(&word);
        page.button("Sluiten").click().await?;
        page.dialog("Notitie").gone().await?;
    }
    page.go(&format!("{visit}/op-bezoek")).await?;
    page.field("Snelle notitie").has("0 1 2 3 ").await
}

async fn found(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let sample = steps::make_sample(&page).await?;
    steps::put_down_concern(&page, "Vos").await?;
    page.go("#/gezinnen").await?;
    page.link("Zoeken in je kluis").click().await?;
    let field = page.field("Zoek in je kluis");
    field.type_in("soep").await?;
    page.see("2 gevonden").await?;
    field.fill("biblioteek").await?;
    page.see("1 gevonden").await?;
    page.see("Samen naar de bibliotheek lopen").await?;
    field.fill("jas").await?;
    page.link(part("Hij had geen jas aan")).see().await?;
    field.fill("xyzzy").await?;
    page.see("Niets gevonden.").await?;
    field.fill("FIETS").await?;
    page.link(part("Fiets staat weer buiten")).click().await?;
    page.at(&format!("{}/op-bezoek", sample.coming)[..]).await?;
    steps::lock(&page).await?;
    page.go("#/gezinnen/zoeken").await?;
    page.title("Op slot").see().await?;
    page.not_see("soep").await
}

async fn story(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    page.go(&format!("{visit}/intervisie")).await?;
    page.see("nog niets om van te vertellen").await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    page.field("Gezien en gehoord").type_in("Vos lachte. Toen belde Ineke uit Zwolle.").await?;
    page.field("Wat ik ervan denk").type_in("Ze is trots.").await?;
    page.link("Verhaal zonder namen").click().await?;
    page.title("Verhaal zonder namen").see().await?;
    page.see("Het gezin lachte. Toen belde [naam] uit [naam].").await?;
    page.see("Ze is trots.").await?;
    page.checkbox("Dit dacht ik").click().await?;
    page.not_see("Ze is trots.").await?;

    page.go("#/meer/oefenen").await?;
    page.heading("Samen erover praten").see().await
}

async fn three_touches(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    steps::begin_visit(&page).await?;
    page.button("Doe een voorstel").click().await?;
    page.button("Andere vragen").see().await?;
    steps::kept(&page).await?;
    case.restart("#/").await?;
    let page = case.page.clone();
    // One: the unlock button; the passphrase is typed, not clicked. Two: the visit. Three: the card.
    page.link(part("Je notities zijn op slot")).click().await?;
    page.field("Wachtzin").type_in(&words).await?;
    page.field("Wachtzin").press(thirtyfour::Key::Enter).await?;
    page.title("Vandaag").see().await?;
    page.link(part("Vos")).click().await?;
    page.title("Op bezoek").see().await?;
    page.item(crate::locator::any()).within(&page.main()).first().click().await?;
    page.title("Kaart 1 van 5").see().await
}
