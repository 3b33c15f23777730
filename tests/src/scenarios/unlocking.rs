//! Unlock methods other than the passphrase: the lock of the phone, words on paper; and costs of the passphrase
//! that suit the phone.

use anyhow::{Context, Result, ensure};
use naast_vault::memory::MemoryStore;
use naast_vault::{HEADER_KEY, Header, State, inspect};

use serde_json::json;

use crate::authenticator::Authenticator;
use crate::case::{Case, Needs};
use crate::engine::Engine;
use crate::locator::{any, part};
use crate::page::Page;
use crate::runner::Scenario;
use crate::{fixtures, scenario, steps, storage};

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!("the lock of the phone opens the vault, until it is turned off", phone_lock,
        engines: &[Engine::Chromium], needs: NAMED),
    scenario!("a lock of the phone that does not open leaves the passphrase, in calm words", phone_lock_refuses,
        engines: &[Engine::Chromium], needs: NAMED),
    scenario!("a lock that gives no secret is not turned on, and nothing changes", phone_lock_without_secret,
        engines: &[Engine::Chromium], needs: NAMED),
    scenario!("where the phone has no such lock, none is offered", no_phone_lock),
    scenario!("words on paper open the vault, and lead to another passphrase", recovery),
    scenario!("a new sheet takes the place of the old one only once it was checked, and can be taken back", new_sheet),
    scenario!("who has no sheet is told so, and nothing more is promised", no_sheet),
    scenario!("costs suit the phone, and are what they were where it cannot bear more", suited_costs, needs: QUICK),
    scenario!("a vault of the first version opens, and costs more to guess after", raised_costs, needs: QUICK),
    scenario!("a changed beginning of the vault is told from a wrong passphrase, and stays as it lies", altered),
];

/// Passkeys require a host with a name.
const NAMED: Needs = Needs { named: true, ..Needs::NOTHING };

/// A phone that reports a tenth of a second for every key, and refuses one when told to.
const QUICK: Needs = Needs {
    before_boot: "
        const Real = Worker;
        window.refused = -1;
        window.derived = 0;
        window.Worker = class extends Real {
            postMessage(message) {
                if (window.refused === window.derived++) setTimeout(() => this.onerror(new Event('error')));
                else super.postMessage(message);
            }
            get onerror() { return super.onerror; }
            set onerror(run) { super.onerror = run; }
            set onmessage(run) { super.onmessage = (event) => { event.data.took = 100; run(event); }; }
        };",
    ..Needs::NOTHING
};

const PHONE: &str = "Open met je vingerafdruk, gezicht of code";

/// The header in localStorage.
async fn header(page: &Page) -> Result<Header> {
    let text = storage::get(page, HEADER_KEY).await?.context("a header")?;
    let store = MemoryStore::new();
    store.plant(HEADER_KEY, text);
    match inspect(&store) {
        Ok(State::Locked(header)) => Ok(header),
        _ => anyhow::bail!("the header cannot be read"),
    }
}

/// Memory in KiB and passes, for the passphrase.
async fn costs(page: &Page) -> Result<(u32, u8)> {
    let bytes = header(page).await?.setup().to_bytes();
    Ok((u32::from_le_bytes([bytes[1], bytes[2], bytes[3], bytes[4]]), bytes[5]))
}

async fn phone_lock(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let phone = Authenticator::new(&page, true).await?;
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    page.go("#/meer/kluis").await?;
    page.button("Zet dit aan").click().await?;
    page.see("Het staat aan.").await?;
    page.see("Aangezet op").await?;
    page.button("Zet dit aan").gone().await?;
    ensure!(header(&page).await?.devices().count() == 1 && phone.passkeys().await? == 1, "one of each");
    storage::journalled(&page).await?;
    steps::lock(&page).await?;
    page.button(PHONE).click().await?;
    page.link(part("Vos")).see().await?;
    case.reload().await?;
    page.title("Op slot").see().await?;
    page.button(PHONE).click().await?;
    page.link(part("Vos")).see().await?;
    // The passwords of the phone are cleared: the passphrase still opens the vault, and turns the device lock
    // off.
    steps::lock(&page).await?;
    phone.forget().await?;
    page.button(PHONE).click().await?;
    page.see("Dat ging niet door. Probeer het nog eens, of typ je wachtzin.").await?;
    steps::unlock(&page, &words).await?;
    page.go("#/meer/kluis").await?;
    page.button("Zet dit uit").click().await?;
    page.see("Het staat uit.").await?;
    page.button("Zet dit aan").see().await?;
    ensure!(header(&page).await?.devices().count() == 0, "it is gone");
    steps::lock(&page).await?;
    page.field("Wachtzin").see().await?;
    page.button(PHONE).gone().await
}

async fn phone_lock_refuses(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let phone = Authenticator::new(&page, true).await?;
    let words = steps::make_vault(&page).await?;
    page.go("#/meer/kluis").await?;
    page.button("Zet dit aan").click().await?;
    page.see("Het staat aan.").await?;
    steps::lock(&page).await?;
    let before = storage::all(&page).await?;
    phone.recognise(false).await?;
    page.button(PHONE).click().await?;
    page.see("Dat ging niet door. Probeer het nog eens, of typ je wachtzin.").await?;
    ensure!(page.alert(any()).count().await? == 0, "calm, without an alarm");
    ensure!(storage::all(&page).await? == before, "nothing changed");
    steps::unlock(&page, &words).await?;
    page.title("Gezinnen").see().await
}

async fn phone_lock_without_secret(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let phone = Authenticator::new(&page, false).await?;
    let words = steps::make_vault(&page).await?;
    page.go("#/meer/kluis").await?;
    page.button("Zet dit aan").click().await?;
    page.see("Het staat nog niet aan.").await?;
    // Cancelled, or not recognised.
    page.go("#/meer").await?;
    page.title("Meer").see().await?;
    page.go("#/meer/kluis").await?;
    phone.recognise(false).await?;
    page.button("Zet dit aan").click().await?;
    page.see("Het staat nog niet aan.").await?;
    ensure!(header(&page).await?.number() == 1, "nothing changed");
    steps::lock(&page).await?;
    page.button(PHONE).gone().await?;
    steps::unlock(&page, &words).await
}

async fn no_phone_lock(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    page.go("#/meer/kluis").await?;
    page.heading("Herstelblad").see().await?;
    // Asked, and answered.
    page.settled().await?;
    page.not_see("Openen zoals je telefoon").await?;
    steps::lock(&page).await?;
    page.button(PHONE).gone().await
}

/// From the locked screen: types words from paper.
async fn open_with(page: &Page, words: &str) -> Result<()> {
    page.button("Wachtzin vergeten?").click().await?;
    page.field("De twaalf woorden").type_in(words).await?;
    page.button("Openen").click().await
}

async fn recovery(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let old = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    page.go("#/meer/herstelblad").await?;
    page.field("Je wachtzin").type_in("niet deze").await?;
    page.button("Maak een herstelblad").click().await?;
    page.see("Deze wachtzin past niet.").await?;
    let words = steps::make_sheet(&page, &old).await?;
    prints_the_sheet_alone(case).await?;
    page.button("Ik heb ze opgeschreven").click().await?;
    page.field(part("Woord ")).first().type_in("mis").await?;
    page.button("Klaar").click().await?;
    page.see("is nog anders dan op het scherm stond.").await?;
    ensure!(header(&page).await?.recovery().is_none(), "no sheet before it was checked");
    page.button("Toon de woorden nog eens").click().await?;
    page.see(&words[0]).await?;
    steps::check_sheet(&page, &words).await?;
    storage::journalled(&page).await?;

    steps::lock(&page).await?;
    let held = page.text().await?;
    ensure!(!held.contains(&words.join(" ")), "nothing of it stays in the page");
    open_with(&page, "boom fiets kaas").await?;
    page.see("Op je herstelblad staan 12 woorden. Hier staan er 3.").await?;
    let mut wrong = words.clone();
    wrong.swap(0, 1);
    page.field("De twaalf woorden").fill(&wrong.join(" ")).await?;
    page.button("Openen").click().await?;
    page.see("Deze woorden passen niet.").await?;
    // As on paper: numbers, capitals, one word per line.
    let typed: Vec<String> =
        words.iter().enumerate().map(|(nth, word)| format!("{}. {}", nth + 1, word.to_uppercase())).collect();
    page.button("Toch met je wachtzin").click().await?;
    page.button("Wachtzin vergeten?").click().await?;
    page.field("De twaalf woorden").paste(&typed.join("\n")).await?;
    page.button("Openen").click().await?;
    page.at("#/meer/kluis").await?;
    page.see("Je kluis ging open met je herstelblad.").await?;
    page.field("Je wachtzin van nu").gone().await?;
    let new = steps::proposed_words(&page).await?;
    page.field("Typ de wachtzin nog een keer").type_in(&new).await?;
    page.button("Wachtzin wijzigen").click().await?;
    page.see("Je wachtzin is gewijzigd.").await?;
    storage::journalled(&page).await?;

    case.restart("#/gezinnen").await?;
    let page = case.page.clone();
    steps::only_the_new_opens(&page, &old, &new).await?;
    page.link(part("Vos")).see().await?;
    // The sheet stays valid; without it the present passphrase is required again.
    page.go("#/meer/kluis").await?;
    page.see("Je hebt een herstelblad.").await?;
    page.button("Andere wachtzin").click().await?;
    page.field("Je wachtzin van nu").see().await?;
    steps::lock(&page).await?;
    open_with(&page, &words.join(" ")).await?;
    page.at("#/meer/kluis").await
}

/// The printed page; only Chromium can render it.
async fn prints_the_sheet_alone(case: &Case) -> Result<()> {
    if case.engine != Engine::Chromium {
        return Ok(());
    }
    let tools = case.page.driver().cdp();
    tools.send_raw("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
    let said = case
        .page
        .run("return [document.body.innerText, getComputedStyle(document.documentElement).backgroundColor]")
        .await?;
    let (text, ground): (String, String) = serde_json::from_value(said)?;
    tools.send_raw("Emulation.setEmulatedMedia", json!({ "media": "" })).await?;
    ensure!(text.starts_with("Herstelblad van Naast\n") && text.contains("Gemaakt op "), "{text}");
    for other in ["Vos", "Meer", "Afdrukken", "opgeschreven", "Schrijf de woorden over"] {
        ensure!(!text.contains(other), "“{other}” would be printed: {text}");
    }
    ensure!(ground == "rgb(255, 255, 255)", "on {ground}");
    Ok(())
}

async fn new_sheet(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let passphrase = steps::make_vault(&page).await?;
    let first = steps::make_sheet(&page, &passphrase).await?;
    steps::check_sheet(&page, &first).await?;
    // Abandoned before it was checked: the first one still opens the vault.
    page.go("#/meer/kluis").await?;
    page.title("Je kluis").see().await?;
    let left = steps::make_sheet(&page, &passphrase).await?;
    page.see("Tot dan past je oude blad.").await?;
    ensure!(left != first, "other words");
    steps::lock(&page).await?;
    open_with(&page, &left.join(" ")).await?;
    page.see("Deze woorden passen niet.").await?;
    page.field("De twaalf woorden").fill(&first.join(" ")).await?;
    page.button("Openen").click().await?;
    page.at("#/meer/kluis").await?;

    let second = steps::make_sheet(&page, &passphrase).await?;
    steps::check_sheet(&page, &second).await?;
    page.see("Een vorig blad past niet meer").await?;
    steps::lock(&page).await?;
    open_with(&page, &first.join(" ")).await?;
    page.see("Deze woorden passen niet.").await?;
    page.field("De twaalf woorden").fill(&second.join(" ")).await?;
    page.button("Openen").click().await?;
    page.at("#/meer/kluis").await?;

    page.go("#/meer/herstelblad").await?;
    page.button("Blad kwijt, of niet meer nodig?").click().await?;
    page.button("Maak het blad ongeldig").click().await?;
    page.see("Je herstelblad past niet meer.").await?;
    ensure!(header(&page).await?.recovery().is_none(), "it is gone");
    steps::lock(&page).await?;
    steps::unlock(&page, &passphrase).await
}

async fn no_sheet(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let passphrase = steps::make_vault(&page).await?;
    steps::lock(&page).await?;
    page.button("Wachtzin vergeten?").click().await?;
    page.title("Wachtzin vergeten").is("focused").await?;
    page.see("Zonder wachtzin kan niemand hem openen, ook wij niet.").await?;
    page.field(any()).gone().await?;
    page.button("Toch met je wachtzin").click().await?;
    steps::unlock(&page, &passphrase).await
}

async fn suited_costs(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    page.run("window.refused = 1").await?;
    let words = steps::make_vault(&page).await?;
    ensure!(costs(&page).await? == (32 * 1024, 3), "the costs that every phone bears: {:?}", costs(&page).await?);
    let more = format!("return localStorage.getItem('{HEADER_KEY}') !== '{}'", header(&page).await?.text());
    steps::lock(&page).await?;
    steps::unlock(&page, &words).await?;
    // In the background, afterwards.
    page.until("another header", &more).await?;
    ensure!(costs(&page).await? == (64 * 1024, 10), "{:?}", costs(&page).await?);
    storage::journalled(&page).await?;
    steps::lock(&page).await?;
    page.run("window.derived = 0; window.refused = -1").await?;
    steps::unlock(&page, &words).await?;
    page.title("Gezinnen").see().await?;
    ensure!(page.run("return window.derived").await? == 1, "what suits the phone is left as it is");

    // A new passphrase gets them at once.
    page.go("#/meer/kluis").await?;
    page.button("Andere wachtzin").click().await?;
    let new = steps::proposed_words(&page).await?;
    page.field("Je wachtzin van nu").type_in(&words).await?;
    page.field("Typ de wachtzin nog een keer").type_in(&new).await?;
    page.button("Wachtzin wijzigen").click().await?;
    page.see("Je wachtzin is gewijzigd.").await?;
    ensure!(costs(&page).await? == (64 * 1024, 10), "{:?}", costs(&page).await?);
    Ok(())
}

async fn raised_costs(case: &mut Case) -> Result<()> {
    case.open("").await?;
    storage::set(&case.page, HEADER_KEY, Some(fixtures::OLD)).await?;
    case.open("#/gezinnen").await?;
    let page = case.page.clone();
    ensure!(costs(&page).await? == (19 * 1024, 2), "the least there are");
    steps::unlock(&page, fixtures::FROZEN).await?;
    let more = format!("return localStorage.getItem('{HEADER_KEY}') !== '{}'", fixtures::OLD);
    page.until("another header", &more).await?;
    ensure!(costs(&page).await? == (64 * 1024, 4), "{:?}", costs(&page).await?);
    steps::add_family(&page, "Vos").await?;
    storage::journalled(&page).await?;
    case.restart("#/gezinnen").await?;
    let page = case.page.clone();
    steps::unlock(&page, fixtures::FROZEN).await?;
    page.link(part("Vos")).see().await
}

async fn altered(case: &mut Case) -> Result<()> {
    case.open("").await?;
    storage::set(&case.page, HEADER_KEY, Some(fixtures::ALTERED)).await?;
    case.open("#/gezinnen").await?;
    let page = case.page.clone();
    page.field("Wachtzin").type_in("een andere wachtzin").await?;
    page.button("Openen").click().await?;
    page.see("Deze wachtzin past niet.").await?;
    page.field("Wachtzin").fill(fixtures::FROZEN).await?;
    page.button("Openen").click().await?;
    page.see("Je sleutel past, maar je kluis is veranderd").await?;
    page.see("Er is niets gewist.").await?;
    page.title("Op slot").see().await?;
    ensure!(header(&page).await?.text() == fixtures::ALTERED, "it stays as it lies");
    Ok(())
}
