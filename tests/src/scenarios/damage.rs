//! Storage that is damaged, full, blocked, or from a later version: it is said plainly, and nothing is lost.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

use crate::case::{Case, Needs};
use crate::engine::Wishes;
use crate::locator::part;
use crate::page::Page;
use crate::runner::Scenario;
use crate::{fixtures, scenario, steps, storage};

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!("a corrupt record is set aside whole, and everything else opens", corrupt_record),
    scenario!("a record of a newer version is set aside whole, and everything else opens", newer_record),
    scenario!("what one store lost or damaged comes back from the other", mended),
    scenario!("a browser that emptied its storage gets the vault back from the journal", emptied),
    scenario!("a vault with a corrupt beginning is left as it is", corrupt_header),
    scenario!("of two vaults that lie here each opens with its own passphrase", two_vaults),
    scenario!("records without their vault are left as they are", header_missing),
    scenario!("a vault of a newer version is left as it is", newer_vault),
    scenario!("settings that cannot be read are left as they are", unreadable_settings),
    scenario!("with storage full the words stay on the screen, and are kept once there is room", storage_full),
    scenario!("with storage full no half vault is made", full_before_the_vault),
    scenario!("with storage blocked the content works and Naast says that notes cannot be kept", storage_blocked,
        needs: Needs { online: true, browser: Wishes { storage_blocked: true, ..Wishes::NOTHING }, ..Needs::NOTHING }),
];

/// The values under Naast's keys.
async fn ours(page: &Page) -> Result<BTreeMap<String, String>> {
    storage::starting(page, "naast.").await
}

/// Two families, the first with a visit; everything kept.
async fn two_families(case: &mut Case) -> Result<String> {
    case.open("").await?;
    let page = &case.page;
    let words = steps::make_vault(page).await?;
    steps::add_family(page, "Vos").await?;
    steps::begin_visit(page).await?;
    page.field("Wat neem je je voor?").type_in("Luisteren.").await?;
    steps::kept(page).await?;
    steps::add_family(page, "Uil").await?;
    page.go("#/gezinnen").await?;
    page.link(part("Vos")).see().await?;
    page.link(part("Uil")).see().await?;
    page.until(
        "all is kept",
        "return Object.keys(localStorage).filter((k) => /^naast[.](family|visit)[.]/.test(k)).length === 3",
    )
    .await?;
    storage::journalled(page).await?;
    Ok(words)
}

/// Both families and the visit are there, and nothing was put aside.
async fn all_there(case: &mut Case, words: &str) -> Result<()> {
    case.open("#/gezinnen").await?;
    let page = case.page.clone();
    steps::unlock(&page, words).await?;
    page.link(part("Uil")).see().await?;
    page.link(part("Vos")).see().await?;
    page.not_see("kon Naast niet lezen").await?;
    page.link(part("Vos")).click().await?;
    page.link(part("Luisteren.")).see().await?;
    storage::journalled(&page).await
}

async fn mended(case: &mut Case) -> Result<()> {
    let words = two_families(case).await?;
    let page = case.page.clone();
    let (key, whole) = storage::starting(&page, "naast.visit.").await?.pop_first().context("a visit")?;
    for damage in [None, Some(&whole[..whole.len() / 2]), Some("rommel")] {
        storage::set_in_store(&page, &key, damage).await?;
        all_there(case, &words).await.with_context(|| format!("with {damage:?}"))?;
        ensure!(storage::get(&page, &key).await?.as_deref() == Some(&whole), "the store is mended");
    }
    let kept = storage::journal(&page).await?;
    for (at, damage) in [("", &whole[..whole.len() / 2]), ("+", "rommel")] {
        let copy = kept.get(&format!("naast.damaged.{key}{at}"));
        ensure!(copy.is_some_and(|text| text == damage), "a copy of the damage: {copy:?}");
    }
    storage::forget_journal(&page).await?;
    all_there(case, &words).await?;
    ensure!(storage::journal(&page).await?.get(&key) == Some(&whole), "the journal is filled again");
    Ok(())
}

/// Not compared: the settings and the header, whose costs may be raised at any time.
const NOT_COMPARED: [&str; 2] = ["naast.settings", "naast.vault"];

async fn emptied(case: &mut Case) -> Result<()> {
    let words = two_families(case).await?;
    let page = case.page.clone();
    let before = storage::all(&page).await?;
    page.run("localStorage.clear()").await?;
    case.open("#/").await?;
    page.go("#/gezinnen").await?;
    page.title("Op slot").see().await?;
    all_there(case, &words).await?;
    let vault = |all: BTreeMap<String, String>| {
        all.into_iter().filter(|(key, _)| !NOT_COMPARED.contains(&key.as_str())).collect()
    };
    let (before, after): (BTreeMap<_, _>, BTreeMap<_, _>) = (vault(before), vault(ours(&page).await?));
    ensure!(after == before, "all of it is back: {:?} and {:?}", before.keys(), after.keys());
    Ok(())
}

async fn corrupt_record(case: &mut Case) -> Result<()> {
    let words = two_families(case).await?;
    let key = storage::cut_in_half(&case.page, "naast.visit.").await?;
    one_is_set_aside(case, &words, &key, "Een bezoek, beschadigd").await
}

async fn newer_record(case: &mut Case) -> Result<()> {
    let words = two_families(case).await?;
    let (key, value) = storage::starting(&case.page, "naast.visit.").await?.pop_first().context("a visit")?;
    let newer = value.replacen("naast-record.1.", "naast-record.2.", 1);
    ensure!(newer != value, "the format has a version: {}", &value[..20]);
    storage::set(&case.page, &key, Some(&newer)).await?;
    one_is_set_aside(case, &words, &key, "Een bezoek, geschreven door een nieuwere Naast").await
}

async fn one_is_set_aside(case: &mut Case, words: &str, key: &str, called: &str) -> Result<()> {
    let untouched = storage::get(&case.page, key).await?;
    case.open("#/gezinnen").await?;
    let page = case.page.clone();
    steps::unlock(&page, words).await?;
    page.see("1 onderdeel kon Naast niet lezen.").await?;
    page.link(part("Uil")).see().await?;
    page.link(part("kon Naast niet lezen")).click().await?;
    page.see(called).await?;
    // The rest keeps working.
    page.go("#/gezinnen").await?;
    page.link(part("Vos")).click().await?;
    steps::begin_visit(&page).await?;
    page.field("Wat neem je je voor?").type_in("Opnieuw.").await?;
    steps::kept(&page).await?;
    ensure!(storage::get(&page, key).await? == untouched, "the unreadable record was touched");
    case.open("#/gezinnen").await?;
    steps::unlock(&case.page, words).await?;
    case.page.see("1 onderdeel kon Naast niet lezen.").await?;
    ensure!(storage::get(&case.page, key).await? == untouched, "the unreadable record was touched later");
    Ok(())
}

/// Opens Naast on a vault in each of these states: it must say so, offer nothing dangerous and change nothing.
async fn closed_door(case: &mut Case, headers: &[Option<&str>], title: &str, safe: &str) -> Result<()> {
    let words = two_families(case).await?;
    let whole = storage::get(&case.page, "naast.vault").await?.context("a vault")?;
    let screens = ["#/gezinnen", "#/gezinnen/nieuw", "#/vragen/eigen/nieuw", "#/meer/export"];
    for (n, header) in headers.iter().enumerate() {
        storage::set(&case.page, "naast.vault", *header).await?;
        // All of these pages have the same unlock screen: each state once is enough.
        let screens = if n == 0 { &screens[..] } else { &screens[..1] };
        meet_the_door(case, screens, title, safe).await.with_context(|| format!("with {header:?}"))?;
    }
    // Once repaired, everything is there.
    storage::set(&case.page, "naast.vault", Some(&whole)).await?;
    case.open("#/gezinnen").await?;
    steps::unlock(&case.page, &words).await?;
    case.page.link(part("Vos")).see().await?;
    case.page.link(part("Uil")).see().await
}

async fn meet_the_door(case: &mut Case, screens: &[&str], title: &str, safe: &str) -> Result<()> {
    let before = ours(&case.page).await?;
    for screen in screens {
        case.open(screen).await?;
        case.page.title(title).see().await?;
        ensure!(case.page.button("Kluis maken").count().await? == 0, "a new vault is offered at {screen}");
        ensure!(case.page.field(crate::locator::any()).count().await? == 0, "something can be typed at {screen}");
    }
    case.page.see(safe).await?;
    case.page.link("Naar de vragen").click().await?;
    case.page.title("Vragen").see().await?;
    case.page.go("#/").await?;
    case.page.title("Vandaag").see().await?;
    ensure!(ours(&case.page).await? == before, "storage was touched");
    Ok(())
}

async fn corrupt_header(case: &mut Case) -> Result<()> {
    let headers = [Some(""), Some("naast-vault.1."), Some("naast-vault.1.AAAA"), Some("rommel")];
    closed_door(case, &headers, "De kluis gaat niet open", "Er is niets gewist.").await
}

async fn header_missing(case: &mut Case) -> Result<()> {
    closed_door(case, &[None], "Er lag hier een kluis", "Naast begint niet opnieuw").await
}

async fn newer_vault(case: &mut Case) -> Result<()> {
    let header = "naast-vault.3.iets-wat-wij-nog-niet-kennen";
    closed_door(case, &[Some(header)], "Deze kluis is van een nieuwere Naast", "Er is niets veranderd.").await
}

async fn unreadable_settings(case: &mut Case) -> Result<()> {
    case.open("#/meer/instellingen").await?;
    case.page.radio("Donker").click().await?;
    let whole = case.page.until("settings are kept", "return localStorage.getItem('naast.settings')").await?;
    let whole = whole.as_str().context("settings")?.to_owned();
    for broken in [&whole[..whole.len() / 2], &whole.replacen("naast-settings.3.", "naast-settings.4.", 1)] {
        storage::set(&case.page, "naast.settings", Some(broken)).await?;
        case.open("#/meer/instellingen").await?;
        case.page.radio("Zoals mijn telefoon").is("checked").await?;
        case.page.radio("Licht").click().await?;
        case.page.radio("Licht").is("checked").await?;
        let held = storage::all(&case.page).await?;
        ensure!(held.values().any(|value| value == broken), "what could not be read is gone");
        case.page.run("localStorage.clear()").await?;
    }
    Ok(())
}

async fn storage_full(case: &mut Case) -> Result<()> {
    let words = two_families(case).await?;
    let page = case.page.clone();
    page.link(part("Vos")).click().await?;
    page.link(part("Luisteren.")).click().await?;
    page.title("Op bezoek").see().await?;
    let before = ours(&page).await?;
    storage::fill(&page).await?;
    let long = "Dit past er niet meer bij. ".repeat(200);
    page.field("Snelle notitie").paste(&long).await?;
    page.alert(part("Dit kon niet worden bewaard.")).see().await?;
    page.see("Er is geen ruimte meer.").await?;
    page.field("Snelle notitie").has(&long).await?;
    ensure!(ours(&page).await? == before, "something earlier was touched");
    // Elsewhere in the app and back: the text waits.
    page.go("#/vragen").await?;
    page.title("Vragen").see().await?;
    page.back().await?;
    page.field("Snelle notitie").has(&long).await?;
    page.button("Verberg").click().await?;
    page.see("Nog niet op slot").await?;
    page.field("Snelle notitie").gone().await?;
    page.button("Terug").click().await?;
    page.field("Snelle notitie").has(&long).await?;
    storage::empty(&page).await?;
    page.button("Opnieuw proberen").click().await?;
    page.alert(part("Dit kon niet worden bewaard.")).gone().await?;
    steps::kept(&page).await?;
    case.restart("#/gezinnen").await?;
    let page = case.page.clone();
    steps::unlock(&page, &words).await?;
    page.link(part("Vos")).click().await?;
    page.link(part("Luisteren.")).click().await?;
    page.field("Snelle notitie").has(&long).await
}

async fn full_before_the_vault(case: &mut Case) -> Result<()> {
    case.open("#/gezinnen").await?;
    let page = case.page.clone();
    storage::fill(&page).await?;
    let words = steps::proposed_words(&page).await?;
    page.field("Typ de wachtzin nog een keer").type_in(&words).await?;
    page.button("Kluis maken").click().await?;
    page.see("geen ruimte meer").await?;
    ensure!(ours(&page).await?.is_empty(), "half a vault was made");
    storage::empty(&page).await?;
    page.button("Kluis maken").click().await?;
    page.title("Gezinnen").see().await
}

async fn storage_blocked(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let blocked =
        page.run("try { return localStorage ? localStorage.length : 'blocked' } catch { return 'blocked' }").await?;
    ensure!(blocked == "blocked", "this browser keeps things after all");
    page.title("Vandaag").see().await?;
    page.go("#/vragen").await?;
    page.field("Zoek een vraag").type_in("kind").await?;
    page.link(part("?")).within(&page.main()).first().click().await?;
    page.title("Een vraag").see().await?;
    page.go("#/houding").await?;
    page.title("Houding").see().await?;
    page.go("#/hulp").await?;
    page.link(part("112")).see_some().await?;
    page.go("#/gezinnen").await?;
    page.title("Hier kan niets bewaard worden").see().await?;
    page.see("Deze browser laat Naast niets bewaren.").await?;
    page.see("Vragen, houding en hulp werken gewoon.").await?;
    page.go("#/meer/instellingen").await?;
    page.radio("Donker").click().await?;
    page.see("geldt nu tot je afsluit").await?;
    page.radio("Donker").is("checked").await
}

async fn two_vaults(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    storage::journalled(&page).await?;
    // As when the older one is written late, over the newer one.
    let newer = storage::get(&page, "naast.vault").await?.context("a vault")?;
    storage::set(&page, "naast.vault.set-aside.newer", Some(&newer)).await?;
    storage::set(&page, "naast.vault", Some(fixtures::OLD)).await?;
    case.open("#/gezinnen").await?;
    let page = case.page.clone();
    page.field("Wachtzin").type_in("geen van beide").await?;
    page.button("Openen").click().await?;
    page.see("Deze wachtzin past niet.").await?;
    for _ in 0..2 {
        page.field("Wachtzin").fill(&words).await?;
        page.button("Openen").click().await?;
        page.link(part("Vos")).see().await?;
        steps::lock(&page).await?;
        page.go("#/gezinnen").await?;
        steps::unlock(&page, fixtures::FROZEN).await?;
        page.title("Gezinnen").see().await?;
        page.link(part("Vos")).gone().await?;
        page.see("kon Naast niet lezen").await?;
        steps::lock(&page).await?;
        page.go("#/gezinnen").await?;
    }
    Ok(())
}
