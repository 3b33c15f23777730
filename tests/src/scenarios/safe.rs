//! Hiding at one touch, and erasing everything.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::case::{Case, Needs};
use crate::locator::part;
use crate::page::Page;
use crate::runner::Scenario;
use crate::{scenario, steps, storage};

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!("one touch locks with something harmless on the screen, also over a sheet", hides),
    scenario!("words that cannot be kept stay when Naast hides, and it locks once they are", hides_unkept),
    scenario!("out of sight nothing of the page is to be seen, and what had the focus keeps it", covered),
    scenario!("erasing asks for a word, and leaves nothing of ours", erases, needs: ONLINE),
    scenario!("a second tab loses what another one erased, and brings nothing back", erases_elsewhere, needs: ONLINE),
    scenario!("who forgot the passphrase can erase everything and begin anew", erases_locked, needs: ONLINE),
    scenario!("erasing goes on where the power went", erases_on),
];

/// Afterwards Naast opens only with a network.
const ONLINE: Needs = Needs { online: true, ..Needs::NOTHING };

async fn hides(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    let family = steps::add_family(&page, "Vos").await?;
    // With the keyboard: it is the second thing before the heading.
    page.title("Vos").is("focused").await?;
    let keys = page.driver().action_chain().key_down(Key::Shift);
    keys.send_keys(Key::Tab + Key::Tab).key_up(Key::Shift).perform().await?;
    page.button("Verberg").is("focused").await?;
    page.press(Key::Enter).await?;
    harmless(&page).await?;
    page.go("#/gezinnen").await?;
    steps::unlock(&page, &words).await?;
    page.go(&family).await?;
    let visit = steps::begin_visit(&page).await?;
    page.button("Snelle notitie").click().await?;
    page.dialog("Notitie").see().await?;
    page.field("Snelle notitie").type_in("Net nog getypt").await?;
    page.button("Verberg").within(&page.dialog("Notitie")).click().await?;
    harmless(&page).await?;
    // The previous address is gone; others lead to the unlock screen.
    page.back().await?;
    page.title("Op slot").see().await?;
    page.not_see("Net nog getypt").await?;
    page.forward().await?;
    harmless(&page).await?;

    page.go("#/gezinnen").await?;
    steps::unlock(&page, &words).await?;
    page.go(&format!("{visit}/voorbereiden")).await?;
    page.button("Snelle notitie").click().await?;
    page.field("Snelle notitie").has("Net nog getypt").await
}

/// A principle, with the vault locked and none of its contents on the page.
async fn harmless(page: &Page) -> Result<()> {
    page.at(part("#/houding/")).await?;
    page.see("Aan de keukentafel").await?;
    page.button("Verberg").gone().await?;
    page.not_see("Vos").await?;
    page.not_see("op slot:").await
}

async fn hides_unkept(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    storage::fill(&page).await?;
    let long = "Dit past er niet meer bij. ".repeat(400);
    page.field("Wat neem je je voor?").paste(&long).await?;
    page.see("Dit kon niet worden bewaard.").await?;
    page.button("Verberg").click().await?;
    page.at(part("#/houding/")).await?;
    page.see("Nog niet op slot").await?;
    page.field("Wat neem je je voor?").gone().await?;
    // The way back to the unsaved text.
    page.button("Terug").click().await?;
    page.field("Wat neem je je voor?").has(&long).await?;
    page.button("Verberg").click().await?;
    page.at(part("#/houding/")).await?;
    page.see("Nog niet op slot").await?;
    storage::empty(&page).await?;
    // By itself, within seconds.
    harmless(&page).await?;
    page.go(&format!("{visit}/voorbereiden")).await?;
    steps::unlock(&page, &words).await?;
    page.field("Wat neem je je voor?").has(&long).await
}

async fn covered(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    page.go(&format!("{visit}/voorbereiden")).await?;
    page.button("Snelle notitie").click().await?;
    page.field("Snelle notitie").type_in("Half").await?;
    // The behaviour of the page is the same in every engine; how a test hides a page is not.
    let told = "Object.defineProperty(document, 'hidden', { value: arguments[0], configurable: true }); \
        document.dispatchEvent(new Event('visibilitychange')); \
        return [...document.querySelectorAll('main, header, nav, dialog[open]')] \
          .filter((e) => e.checkVisibility({ opacityProperty: true, checkOpacity: true })).length";
    ensure!(page.run_with(told, vec![json!(true)]).await? == 0, "something can be seen");
    ensure!(page.run_with(told, vec![json!(false)]).await? != 0, "it came back");
    page.field("Snelle notitie").is("focused").await?;
    page.driver().action_chain().send_keys(" af").perform().await?;
    page.field("Snelle notitie").has("Half af").await
}

/// Everything of Naast that the browser stores.
async fn left(page: &Page) -> Result<Value> {
    let script = "const done = arguments[0]; (async () => ({ \
        local: Object.keys(localStorage), session: Object.keys(sessionStorage), \
        databases: indexedDB.databases ? (await indexedDB.databases()).map((one) => one.name) : [], \
        caches: await caches.keys(), \
        workers: (await navigator.serviceWorker.getRegistrations()).map((one) => one.scope), \
        cookies: document.cookie }))().then(done, (error) => done(String(error)))";
    page.run_async(script, vec![]).await
}

async fn erases(case: &mut Case) -> Result<()> {
    case.open("").await?;
    case.kept_for_offline().await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    steps::begin_visit(&page).await?;
    page.field("Wat neem je je voor?").type_in("Luisteren").await?;
    steps::kept(&page).await?;
    page.go("#/meer/coordinator").await?;
    page.field("Naam").type_in("Marijke").await?;
    storage::journalled(&page).await?;
    let before = left(&page).await?;
    for (what, least) in [("local", 4), ("caches", 1), ("workers", 1)] {
        ensure!(before[what].as_array().is_some_and(|all| all.len() >= least), "the search works: {before}");
    }

    page.go("#/meer/alles-wissen").await?;
    page.see("1 gezin").await?;
    page.see("1 bezoek").await?;
    page.link("Naar de reservekopie").see().await?;
    for not_it in [" ", "wis", "ja"] {
        page.field("Typ het woord ‘wissen’").fill(not_it).await?;
        page.button("Alles wissen").click().await?;
        page.see("Typ eerst het woord").await?;
    }
    ensure!(left(&page).await? == before, "nothing was erased yet");
    steps::erase_all(&page).await?;
    page.button("Verberg").gone().await?;
    let asked = "navigator.serviceWorker.getRegistrations().then((all) => { window.naastGone = all.length === 0; }); \
        return window.naastGone";
    page.until("the worker is gone", asked).await?;
    let nothing = json!({ "local": [], "session": [], "databases": [], "caches": [], "workers": [], "cookies": "" });
    let after = left(&page).await?;
    ensure!(after == nothing, "{after}");

    page.button("Opnieuw beginnen").click().await?;
    page.go("#/").await?;
    page.heading("Welkom bij Naast").see().await?;
    page.go("#/gezinnen").await?;
    page.title("Een kluis voor je notities").see().await?;
    // From here on as on a first visit, also without a network.
    case.kept_for_offline().await?;
    case.server.stop();
    case.open("#/gezinnen").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    steps::add_family(&page, "Das").await?;
    storage::journalled(&page).await
}

/// That the worker is gone is not asked here. When a second tab is opened, Chromium checks for an update of the
/// worker, and until it has done so neither registering nor unregistering it is answered. The worker stores nothing.
async fn erases_elsewhere(case: &mut Case) -> Result<()> {
    case.open("").await?;
    case.kept_for_offline().await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    page.field("Wat neem je je voor?").type_in("Luisteren").await?;
    steps::kept(&page).await?;
    page.go("#/meer/coordinator").await?;
    page.field("Naam").type_in("Marijke").await?;
    storage::journalled(&page).await?;

    // Open at the same visit, with the settings in memory as well.
    let first = page.driver().window().await?;
    let second = case.browser.new_tab().await?;
    page.open(&case.url(&format!("{visit}/voorbereiden"))).await?;
    steps::unlock(&page, &words).await?;
    page.field("Wat neem je je voor?").has("Luisteren").await?;
    page.driver().switch_to_window(first).await?;
    steps::erase_all(&page).await?;
    ensure!(stored(&page).await? == nothing(), "{}", stored(&page).await?);

    // Nothing that the other tab does afterwards restores anything.
    page.driver().switch_to_window(second).await?;
    page.title("Een kluis voor je notities").see().await?;
    page.not_see("Luisteren").await?;
    page.go("#/hulp").await?;
    page.title("Hulp").see().await?;
    page.not_see("Marijke").await?;
    page.run("window.dispatchEvent(new Event('pagehide'))").await?;
    ensure!(stored(&page).await? == nothing(), "by way of the other tab: {}", stored(&page).await?);
    Ok(())
}

/// Everything of Naast that the browser stores, without the worker.
async fn stored(page: &Page) -> Result<Value> {
    let mut all = left(page).await?;
    all.as_object_mut().map(|all| all.remove("workers"));
    Ok(all)
}

fn nothing() -> Value {
    json!({ "local": [], "session": [], "databases": [], "caches": [], "cookies": "" })
}

async fn erases_locked(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    steps::lock(&page).await?;
    page.button("Wachtzin vergeten?").click().await?;
    page.link("Alles wissen en opnieuw beginnen").click().await?;
    page.title("Alles wissen").see().await?;
    page.not_see("1 gezin").await?;
    steps::erase_all(&page).await?;

    // In the same window: a vault that is stored twice, like every other.
    steps::make_vault(&page).await?;
    steps::add_family(&page, "Das").await?;
    storage::journalled(&page).await?;
    // With a damaged header as well.
    storage::set(&page, "naast.vault", Some("rommel")).await?;
    case.open("#/gezinnen").await?;
    page.title("De kluis gaat niet open").see().await?;
    page.link("Alles wissen en opnieuw beginnen").click().await?;
    steps::erase_all(&page).await?;
    let stored = storage::all(&page).await?;
    ensure!(stored.is_empty(), "left: {:?}", stored.keys());
    Ok(())
}

async fn erases_on(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    storage::journalled(&page).await?;
    // As after the first step: the mark is set, and everything else is still there.
    storage::set_in_store(&page, "naast.erasing", Some("1")).await?;
    case.reload().await?;
    page.go("#/gezinnen").await?;
    page.title("Een kluis voor je notities").see().await?;
    let stored = storage::all(&page).await?;
    ensure!(stored.is_empty(), "left: {:?}", stored.keys());
    let journal = storage::journal(&page).await?;
    ensure!(journal.is_empty(), "left: {:?}", journal.keys());
    Ok(())
}
