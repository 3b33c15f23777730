//! The main job: from the first visit to the site to notes that are there again, without signal.

use anyhow::{Context, Result, ensure};
use thirtyfour::Key;

use crate::case::{Case, Needs};
use crate::locator::part;
use crate::page::Page;
use crate::runner::Scenario;
use crate::{scenario, steps, storage};

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!(
        "first visit, then without signal: every tab, a question, a vault, a visit, a restart, all there",
        journey
    ),
    scenario!("the same app works under any path, also without signal", under_a_path, needs: Needs {
        path: "/ergens/naast/",
        ..Needs::NOTHING
    }),
    scenario!("whatever is typed and taken back, the list is what was searched for", typed_to_and_fro),
    scenario!("favourites and settings stay without a vault", without_a_vault),
    scenario!("an own question is searched, filtered and shown as a card like the rest", own_question),
];

async fn journey(case: &mut Case) -> Result<()> {
    case.open("").await?;
    case.page.heading("Welkom bij Naast").see().await?;
    case.page.button("Dat is helder").click().await?;
    case.page.heading("Welkom bij Naast").gone().await?;

    let page = case.page.clone();
    every_tab(&page).await?;
    let question = finds_a_question(&page).await?;

    let words = steps::make_vault(&page).await?;
    ensure!(words.split(' ').count() >= 5, "a passphrase of five words or more, not “{words}”");
    let family = steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;

    // Prepared.
    page.field("Wat neem je je voor?").type_in("Eerst luisteren, dan pas vragen.").await?;
    page.link("Vragen kiezen").click().await?;
    page.field("Zoek een vraag").type_in(longest_word(&question)).await?;
    page.checkbox(part(&question)).click().await?;
    page.button("Klaar, 1 vraag gaat mee").click().await?;
    page.title("Voorbereiden").see().await?;
    page.see(&question).await?;

    // Held.
    page.link("Op bezoek").first().click().await?;
    page.title("Op bezoek").see().await?;
    page.see("Eerst luisteren, dan pas vragen.").await?;
    page.field("Snelle notitie").type_in("De fiets staat weer buiten.").await?;
    page.link(part(&question)).click().await?;
    page.title("Kaart 1 van 1").see().await?;
    page.button("Gevraagd").click().await?;
    page.field("Notitie bij deze vraag").type_in("Moeder moest lachen.").await?;
    page.link("Alle kaarten").click().await?;
    page.see("gevraagd").await?;

    // Looked back.
    page.link("Terugkijken").first().click().await?;
    page.title("Terugkijken").see().await?;
    page.button("Opgelucht").click().await?;
    let check = page.checkbox(part("geluisterd"));
    check.click().await?;
    page.field("Wat doe ik een volgende keer anders?").type_in("Langer wachten.").await?;
    page.button("Zinnen om mee te beginnen").click().await?;
    page.button(part("Neem deze zin")).first().click().await?;
    let opener = page.field("Mijn eerste zin voor de volgende keer").value().await?;
    ensure!(!opener.is_empty(), "a first sentence was taken over");
    page.button("Stap toevoegen").click().await?;
    page.field("Wat precies?").type_in("Samen naar de speeltuin").await?;
    page.field("Wie doet het?").type_in("Vos").await?;
    page.field("Wanneer?").type_in("zaterdag").await?;
    page.field("Gezien en gehoord").type_in("Er stond soep op tafel.").await?;
    page.field("Wat ik ervan denk").type_in("Ze is trots.").await?;
    page.button("Klaar met dit bezoek").click().await?;
    page.title("Vos").see().await?;
    page.see("Samen naar de speeltuin").await?;

    // Closed and opened.
    case.restart(&family).await?;
    let page = case.page.clone();
    page.not_see("Vos").await?;
    steps::unlock(&page, &words).await?;
    page.title("Vos").see().await?;
    page.see("Samen naar de speeltuin").await?;
    page.see("Vos · zaterdag").await?;

    page.go(&format!("{visit}/voorbereiden")).await?;
    page.field("Wat neem je je voor?").has("Eerst luisteren, dan pas vragen.").await?;
    page.go(&format!("{visit}/op-bezoek")).await?;
    page.field("Snelle notitie").has("De fiets staat weer buiten.").await?;
    page.link(part(&question)).click().await?;
    page.field("Notitie bij deze vraag").has("Moeder moest lachen.").await?;
    page.button("Gevraagd").is("pressed").await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    page.button("Opgelucht").is("pressed").await?;
    page.checkbox(part("geluisterd")).is("checked").await?;
    page.field("Wat doe ik een volgende keer anders?").has("Langer wachten.").await?;
    page.field("Mijn eerste zin voor de volgende keer").has(&opener).await?;
    page.field("Wat precies?").has("Samen naar de speeltuin").await?;
    page.field("Gezien en gehoord").has("Er stond soep op tafel.").await?;
    page.field("Wat ik ervan denk").has("Ze is trots.").await?;

    // The next visit starts with the agreed steps.
    page.go(&family).await?;
    page.title("Vos").see().await?;
    steps::begin_visit(&page).await?;
    page.heading("Van de vorige keer").see().await?;
    page.see(&opener).await?;
    page.see("Langer wachten.").await?;
    page.button("gelukt").click().await?;
    page.button("gelukt").is("pressed").await?;
    page.go("#/").await?;
    page.heading("Verder waar je was").see().await?;
    page.link(part("Vos")).click().await?;
    page.title("Op bezoek").see().await
}

/// Every tab of the bar, and help.
async fn every_tab(page: &Page) -> Result<()> {
    let bar = page.navigation("Hoofdmenu");
    for (tab, title) in [
        ("Vragen", "Vragen"),
        ("Gezinnen", "Een kluis voor je notities"),
        ("Houding", "Houding"),
        ("Meer", "Meer"),
        ("Vandaag", "Vandaag"),
    ] {
        page.link(tab).within(&bar).click().await?;
        page.title(title).see().await?;
        page.link(tab).within(&bar).is("current").await?;
    }
    page.link("Hulp").click().await?;
    page.title("Hulp").see().await?;
    page.link(part("112")).see_some().await
}

/// Searches for a question of the bank by one of its words, with a typing mistake.
async fn finds_a_question(page: &Page) -> Result<String> {
    page.go("#/vragen").await?;
    let rows = page.link(part("?")).within(&page.main());
    rows.see_some().await?;
    page.button("Toon alles").click().await?;
    page.button("Toon alles").gone().await?;
    let all = "const all = [...document.querySelectorAll('main li .says')].map((e) => e.textContent); \
        const count = document.querySelector('main [role=status]').textContent.match(/[0-9]+/); \
        return all.length > 100 && all.length === Number(count[0]) && all";
    let texts: Vec<String> = serde_json::from_value(page.until("the whole bank", all).await?)?;
    let marked = |text: &&String| longest_word(text).chars().any(|c| "éëïöèüê".contains(c));
    let with_mark = texts.iter().find(marked).context("a question with a marked letter")?;
    let long = texts.iter().max_by_key(|text| longest_word(text).chars().count()).context("a question")?;

    let search = page.field("Zoek een vraag");
    let in_a_hurry = plain(longest_word(with_mark)).to_uppercase();
    search.type_in(&in_a_hurry).await?;
    page.link(part(with_mark)).see().await.with_context(|| format!("searched for {in_a_hurry}"))?;

    let beginning: String = longest_word(long).chars().take(6).collect();
    search.fill(&beginning).await?;
    page.link(part(long)).see().await.with_context(|| format!("searched for {beginning}"))?;

    let mut typo: Vec<char> = longest_word(long).chars().collect();
    typo.remove(typo.len() / 2);
    let typo: String = typo.into_iter().collect();
    search.fill(&typo).await?;
    page.link(part(long)).see().await.with_context(|| format!("searched for {typo}"))?;

    search.fill("qqqqqq").await?;
    page.see("Geen vragen gevonden").await?;
    page.button("Alle vragen tonen").click().await?;
    page.see(&format!("{} vragen", texts.len())).await?;
    page.button("Afscheid").click().await?;
    page.button("Afscheid").is("pressed").await?;
    page.not_see(&format!("{} vragen", texts.len())).await?;
    page.button("Afscheid").click().await?;
    page.see(&format!("{} vragen", texts.len())).await?;

    // As cards, there and back.
    search.type_in(longest_word(long)).await?;
    page.link("Als kaarten").click().await?;
    page.title(part("Kaart 1 van")).see().await?;
    page.back().await?;
    search.has(longest_word(long)).await?;
    page.button("Zoekwoord wissen").click().await?;
    page.link("Als kaarten").click().await?;
    page.title(part("Kaart 1 van")).see().await?;
    page.button("Volgende").click().await?;
    page.title(part("Kaart 2 van")).see().await?;
    page.button("Vorige").click().await?;
    page.title(part("Kaart 1 van")).see().await?;
    page.link("Terug naar de lijst").click().await?;
    page.title("Vragen").see().await?;
    Ok(long.clone())
}

/// Rows that stay keep their place on the page while others are added and removed: the end must be the same as if
/// the list is made at once.
async fn typed_to_and_fro(case: &mut Case) -> Result<()> {
    case.open("#/vragen").await?;
    let page = case.page.clone();
    let search = page.field("Zoek een vraag");
    let mut lists = Vec::new();
    for (taken_back, typed) in [(0, "v"), (0, "ertr"), (4, "oor"), (4, "kind"), (3, "an"), (3, "xyzzy"), (6, "s")] {
        // As fast as the driver can: the next letter overtakes the rendering.
        for _ in 0..taken_back {
            search.press(Key::Backspace).await?;
        }
        search.type_in(typed).await?;
        let gradual = rows(&page).await?;
        page.go("#/houding").await?;
        page.title("Houding").see().await?;
        page.go("#/vragen").await?;
        page.title("Vragen").see().await?;
        let at_once = rows(&page).await?;
        ensure!(gradual == at_once, "typed: {gradual:#?}\n\nat once: {at_once:#?}");
        lists.push(gradual);
    }
    ensure!(lists.iter().any(Vec::is_empty), "a search without an answer");
    ensure!(lists.iter().filter(|list| list.len() > 3).count() >= 4, "lists that are drawn in parts: {lists:?}");

    // A row that stays is the same element: what was done to it is still visible.
    let first = lists.last().and_then(|list| list.first()).context("a question")?;
    page.button("Favoriet").within(&page.item(part(first))).click().await?;
    search.press(Key::Backspace).await?;
    search.type_in(longest_word(first)).await?;
    page.button("Favoriet").within(&page.item(part(first))).is("pressed").await?;
    page.button("Zoekwoord wissen").click().await?;
    page.button("Favorieten").click().await?;
    page.see("1 vraag").await?;
    ensure!(rows(&page).await? == [first.clone()], "only the favourite");
    Ok(())
}

/// The questions in the list, once it has as many as the page counts, or as many as it starts with.
async fn rows(page: &Page) -> Result<Vec<String>> {
    let all = "const count = document.querySelector('main [role=status]').textContent.match(/[0-9]+/); \
        const all = [...document.querySelectorAll('main li .says')].map((e) => e.textContent); \
        return all.length === Math.min(24, Number(count ?? 0)) && all";
    Ok(serde_json::from_value(page.until("the whole list", all).await?)?)
}

fn longest_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphabetic()).max_by_key(|word| word.chars().count()).unwrap_or_default()
}

fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'é' | 'ë' | 'è' | 'ê' => 'e',
            'ï' => 'i',
            'ö' => 'o',
            'ü' => 'u',
            c => c,
        })
        .collect()
}

async fn under_a_path(case: &mut Case) -> Result<()> {
    case.open("#/houding").await?;
    case.page.title("Houding").see().await?;
    case.restart("#/vragen").await?;
    let page = case.page.clone();
    page.title("Vragen").see().await?;
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Uil").await?;
    case.restart("#/gezinnen").await?;
    steps::unlock(&case.page, &words).await?;
    case.page.link(part("Uil")).see().await
}

async fn without_a_vault(case: &mut Case) -> Result<()> {
    case.open("#/vragen").await?;
    let page = case.page.clone();
    let heart = page.button("Favoriet").first();
    heart.click().await?;
    heart.is("pressed").await?;
    page.button("Favorieten").click().await?;
    page.see("1 vraag").await?;
    page.go("#/meer/instellingen").await?;
    page.radio("Met u").click().await?;
    page.radio("Donker").click().await?;
    page.go("#/meer/coordinator").await?;
    page.field("Naam").type_in("Marijke").await?;
    page.field("Telefoonnummer").type_in("06 1234 5678").await?;
    case.restart("#/hulp").await?;
    let page = case.page.clone();
    page.link("Bel Marijke 06 1234 5678").see().await?;
    let theme = page.run("return document.documentElement.dataset.theme").await?;
    ensure!(theme == "dark", "the theme stays, not {theme}");
    page.go("#/meer/instellingen").await?;
    page.radio("Met u").is("checked").await?;
    page.go("#/vragen").await?;
    page.button("Favorieten").click().await?;
    page.see("1 vraag").await?;
    page.button("Favoriet").is("pressed").await?;
    page.button("Favoriet").click().await?;
    page.see("Nog geen favorieten.").await?;
    ensure!(storage::get(&page, "naast.vault").await?.is_none(), "no vault was made");
    Ok(())
}

async fn own_question(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    page.go("#/vragen").await?;
    page.link("Eigen vraag schrijven").click().await?;
    page.field("Je vraag").type_in("Waar bewaren jullie de zeilboot?").await?;
    page.field("Doorvragen").type_in("Wie mag sturen?").await?;
    page.radio("Wensen").click().await?;
    page.button("Klaar").click().await?;
    page.see("Waar bewaren jullie de zeilboot?").await?;
    page.see("Wensen · over het kind · eigen vraag").await?;

    page.go("#/vragen").await?;
    page.field("Zoek een vraag").type_in("zeilbot").await?;
    page.link(part("de zeilboot")).see().await?;
    page.button("Wensen").click().await?;
    page.link(part("de zeilboot")).see().await?;
    page.button("Kennismaken").click().await?;
    page.link(part("de zeilboot")).gone().await?;
    page.button("Kennismaken").click().await?;
    page.link("Als kaarten").click().await?;
    page.see("Waar bewaren jullie de zeilboot?").await?;
    page.back().await?;

    page.link(part("de zeilboot")).click().await?;
    page.button("Favoriet").click().await?;
    page.button("Favoriet").is("pressed").await?;
    page.link("Vraag wijzigen").click().await?;
    page.field("Je vraag").fill("Waar ligt de roeiboot?").await?;
    page.button("Klaar").click().await?;
    page.see("Waar ligt de roeiboot?").await?;
    page.link("Vraag wijzigen").click().await?;
    page.button("Vraag verwijderen").click().await?;
    page.title("Vragen").see().await?;
    page.button("Ongedaan maken").click().await?;
    page.field("Zoek een vraag").fill("roeiboot").await?;
    page.link(part("roeiboot")).click().await?;
    page.link("Vraag wijzigen").click().await?;
    page.button("Vraag verwijderen").click().await?;
    page.see("Je vraag is verwijderd.").await?;
    page.link(part("roeiboot")).gone().await
}
