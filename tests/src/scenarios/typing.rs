//! What is typed is saved, whatever is typed and whatever happens in between.

use anyhow::{Result, ensure};

use crate::case::Case;
use crate::locator::part;
use crate::runner::Scenario;
use crate::{scenario, steps, storage};

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!("the browser closed in the middle of typing loses nothing", closed_while_typing),
    scenario!("the tab closed in the middle of typing loses nothing", tab_closed_while_typing),
    scenario!("a reload or the back gesture in the middle of a save loses nothing", back_while_saving),
    scenario!("an empty battery in the middle of typing leaves all that was kept before", battery),
    scenario!("a hundred thousand characters fit in a note", very_long),
    scenario!("emoji, right-to-left and zero-width characters live in a nickname", strange_nicknames),
    scenario!("pasted HTML is shown as text, everywhere", pasted_html),
];

async fn closed_while_typing(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let words = steps::make_vault(&case.page).await?;
    steps::add_family(&case.page, "Vos").await?;
    let visit = steps::begin_visit(&case.page).await?;
    case.page.field("Wat neem je je voor?").type_in("Midden in een zi").await?;
    case.restart(&format!("{visit}/voorbereiden")).await?;
    steps::unlock(&case.page, &words).await?;
    case.page.field("Wat neem je je voor?").has("Midden in een zi").await
}

async fn tab_closed_while_typing(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    let first = page.driver().window().await?;
    let second = case.browser.new_tab().await?;
    page.driver().switch_to_window(first).await?;
    page.field("Wat neem je je voor?").type_in("Midden in een zi").await?;
    page.driver().close_window().await?;
    page.driver().switch_to_window(second).await?;
    page.open(&case.url(&format!("{visit}/voorbereiden"))).await?;
    steps::unlock(&page, &words).await?;
    page.field("Wat neem je je voor?").has("Midden in een zi").await
}

async fn back_while_saving(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    let family = steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    page.field("Wat neem je je voor?").type_in("Eerst dit").await?;
    page.back().await?;
    page.title("Vos").see().await?;
    page.forward().await?;
    page.field("Wat neem je je voor?").has("Eerst dit").await?;
    page.field("Wat neem je je voor?").type_in(", dan dat").await?;
    page.run("location.reload()").await?;
    page.title("Op slot").see().await?;
    page.at(&format!("{visit}/voorbereiden")).await?;
    steps::unlock(&page, &words).await?;
    page.field("Wat neem je je voor?").has("Eerst dit, dan dat").await?;
    page.go(&family).await?;
    page.link(part("Eerst dit, dan dat")).see().await
}

async fn battery(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let words = steps::make_vault(&case.page).await?;
    let family = steps::add_family(&case.page, "Vos").await?;
    let visit = steps::begin_visit(&case.page).await?;
    case.page.field("Wat neem je je voor?").type_in("Dit ligt er al.").await?;
    steps::kept(&case.page).await?;
    // A browser that was closed has written its data to the disk.
    case.restart(&format!("{visit}/voorbereiden")).await?;
    steps::unlock(&case.page, &words).await?;
    case.page.field("Wat neem je je voor?").type_in(" En dit komt er net bij.").await?;
    case.crash(&family).await?;
    let page = case.page.clone();
    steps::unlock(&page, &words).await?;
    page.title("Vos").see().await?;
    page.link(part("Dit ligt er al.")).click().await?;
    page.title("Op bezoek").see().await?;
    page.link("Voorbereiden").click().await?;
    let kept = page.field("Wat neem je je voor?").value().await?;
    ensure!(kept.starts_with("Dit ligt er al."), "what was kept before is gone: {kept}");
    page.go("#/gezinnen").await?;
    page.title("Gezinnen").see().await?;
    page.not_see("kon Naast niet lezen").await
}

async fn very_long(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let words = steps::make_vault(&case.page).await?;
    steps::add_family(&case.page, "Vos").await?;
    let visit = steps::begin_visit(&case.page).await?;
    case.page.go(&format!("{visit}/terugkijken")).await?;
    let long: String = "Een lange dag: één kop thee, twee verhalen. ".chars().cycle().take(100_000).collect();
    case.page.field("Gezien en gehoord").paste(&long).await?;
    steps::kept(&case.page).await?;
    case.page.field("Wat ik ervan denk").type_in("Nog steeds vlot.").await?;
    steps::kept(&case.page).await?;
    case.restart(&format!("{visit}/terugkijken")).await?;
    steps::unlock(&case.page, &words).await?;
    case.page.field("Gezien en gehoord").has(&long).await?;
    case.page.field("Wat ik ervan denk").has("Nog steeds vlot.").await
}

/// The text that must come back for each.
const NICKNAMES: [&str; 6] = [
    "🦊",
    "👩\u{200d}👩\u{200d}👧\u{200d}👦 thuis",
    "שלום בית",
    "يمامة",
    "a\u{200b}b\u{200d}c\u{feff}d",
    "\u{202e}omgekeerd",
];

async fn strange_nicknames(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    let mut families = Vec::new();
    for nickname in NICKNAMES {
        page.go("#/gezinnen").await?;
        page.link("Gezin toevoegen").click().await?;
        page.field("Bijnaam").paste(nickname).await?;
        page.button("Klaar").click().await?;
        page.at(part("#/gezinnen/")).await?;
        page.until(
            "its page",
            "return /gezinnen[/][0-9a-f]{24}$/.test(location.hash) && !!document.querySelector('h1')",
        )
        .await?;
        families.push(page.hash().await?);
    }
    case.restart("#/gezinnen").await?;
    let page = case.page.clone();
    steps::unlock(&page, &words).await?;
    for (nickname, family) in NICKNAMES.iter().zip(&families) {
        page.go(&format!("{family}/wijzigen")).await?;
        page.field("Bijnaam").has(nickname).await?;
    }
    // White space and characters without width alone are not a nickname.
    page.go("#/gezinnen/nieuw").await?;
    page.field("Bijnaam").paste("   ").await?;
    page.button("Klaar").click().await?;
    page.see("Geef eerst een bijnaam.").await?;
    ensure!(storage::starting(&page, "naast.family.").await?.len() == NICKNAMES.len(), "an empty family was made");
    Ok(())
}

const HTML: &str = "<img src=x onerror=\"window.hacked=1\"><b>vet</b><script>window.hacked=1</script>&amp;{{x}}";

async fn pasted_html(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    page.go("#/vragen/eigen/nieuw").await?;
    page.field("Je vraag").paste(HTML).await?;
    page.button("Klaar").click().await?;
    page.see("<b>vet</b>").await?;
    page.go("#/gezinnen/nieuw").await?;
    page.field("Bijnaam").paste("<b>Vos</b><img src=x>").await?;
    page.button("Klaar").click().await?;
    page.title("<b>Vos</b><img src=x>").see().await?;
    let visit = steps::begin_visit(&page).await?;
    page.field("Wat neem je je voor?").paste(HTML).await?;
    page.go(&format!("{visit}/op-bezoek")).await?;
    page.see("<b>vet</b>").await?;
    page.field("Snelle notitie").paste(HTML).await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    page.button("Stap toevoegen").click().await?;
    page.field("Wat precies?").paste(HTML).await?;
    page.field("Mijn eerste zin voor de volgende keer").paste(HTML).await?;
    page.button("Klaar met dit bezoek").click().await?;
    page.title("<b>Vos</b><img src=x>").see().await?;
    page.see("<b>vet</b>").await?;
    steps::begin_visit(&page).await?;
    page.heading("Van de vorige keer").see().await?;
    page.see("<b>vet</b>").await?;
    page.go("#/vragen").await?;
    page.field("Zoek een vraag").paste(HTML).await?;
    let alive = page
        .run("return [typeof window.hacked, document.querySelectorAll('main img, main b, main script').length].join()")
        .await?;
    ensure!(alive == "undefined,0", "pasted HTML came to life: {alive}");
    Ok(())
}
