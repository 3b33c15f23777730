//! Two tabs of one browser.

use anyhow::{Result, ensure};
use thirtyfour::WindowHandle;

use crate::case::Case;
use crate::locator::{any, part};
use crate::page::Page;
use crate::runner::Scenario;
use crate::{scenario, steps, storage};

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!("a second tab sees what the first one changes", second_sees),
    scenario!("two tabs that change one text at once keep both texts", both_texts),
    scenario!("a visit prepared in one tab and looked back on in the other has all of both", both_screens),
    scenario!("a form that lies open does not undo what another tab keeps meanwhile", open_forms),
    scenario!("no new vault takes the place of one that only the journal still has", lost_meanwhile),
    scenario!("two tabs that add to the lists of one visit at once keep what both added", both_lists),
];

async fn second_sees(case: &mut Case) -> Result<()> {
    case.open("#/gezinnen").await?;
    let page = case.page.clone();
    let first = page.driver().window().await?;
    let second = case.browser.new_tab().await?;
    page.open(&case.url("#/gezinnen")).await?;
    page.title("Een kluis voor je notities").see().await?;

    // A vault created in one tab is there in the other.
    page.driver().switch_to_window(first.clone()).await?;
    let words = steps::make_vault(&page).await?;
    page.driver().switch_to_window(second.clone()).await?;
    steps::unlock(&page, &words).await?;
    page.title("Gezinnen").see().await?;

    page.driver().switch_to_window(first.clone()).await?;
    let family = steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    page.driver().switch_to_window(second.clone()).await?;
    page.link(part("Vos")).see().await?;
    page.go(&format!("{visit}/voorbereiden")).await?;
    page.field("Wat neem je je voor?").has("").await?;

    page.driver().switch_to_window(first.clone()).await?;
    page.field("Wat neem je je voor?").type_in("Van de eerste").await?;
    page.driver().switch_to_window(second.clone()).await?;
    page.field("Wat neem je je voor?").has("Van de eerste").await?;
    page.field("Wat neem je je voor?").type_in(", en van de tweede").await?;
    page.driver().switch_to_window(first.clone()).await?;
    page.field("Wat neem je je voor?").has("Van de eerste, en van de tweede").await?;

    // Deleted in one tab, gone in the other; settings too.
    page.go(&format!("{family}/verwijderen")).await?;
    page.button("Verwijderen").click().await?;
    page.driver().switch_to_window(second.clone()).await?;
    page.go("#/gezinnen").await?;
    page.link(part("Vos")).gone().await?;
    page.go("#/meer/instellingen").await?;
    page.radio("Donker").click().await?;
    page.driver().switch_to_window(first).await?;
    page.until("the theme of the other tab", "return document.documentElement.dataset.theme === 'dark'").await.map(drop)
}

async fn both_texts(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    page.field("Wat neem je je voor?").type_in("Samen. ").await?;
    steps::kept(&page).await?;
    let prepare = format!("{visit}/voorbereiden");
    let first = page.driver().window().await?;
    let second = case.browser.new_tab().await?;
    page.open(&case.url(&prepare)).await?;
    steps::unlock(&page, &words).await?;
    page.field("Wat neem je je voor?").has("Samen. ").await?;

    // Both wait for one lock. The second changes the text after the first has changed it and before it has
    // saved it.
    page.driver().switch_to_window(first.clone()).await?;
    page.run("navigator.locks.request('together', () => new Promise((go) => { window.go = go; }))").await?;
    page.run(&when_free("Eerste tab. ", 0)).await?;
    page.driver().switch_to_window(second.clone()).await?;
    page.run(&when_free("Tweede tab. ", 200)).await?;
    page.driver().switch_to_window(first.clone()).await?;
    page.run("window.go()").await?;

    for window in [first, second] {
        page.driver().switch_to_window(window).await?;
        let both = "const text = [...document.querySelectorAll('textarea')].find((field) => field.labels[0].textContent.startsWith('Wat neem je')).value; \
            return ['Samen.', 'Eerste tab.', 'Tweede tab.'].every((part) => text.includes(part))";
        page.until("both texts are there", both).await?;
        steps::kept(&page).await?;
    }
    case.restart(&prepare).await?;
    steps::unlock(&case.page, &words).await?;
    let both = "const text = [...document.querySelectorAll('textarea')].find((field) => field.labels[0].textContent.startsWith('Wat neem je'))?.value ?? ''; \
        return ['Samen.', 'Eerste tab.', 'Tweede tab.'].every((part) => text.includes(part))";
    case.page.until("both texts are there after a restart", both).await.map(drop)
}

async fn open_forms(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    let family = steps::add_family(&page, "Vos").await?;
    page.go("#/vragen/eigen/nieuw").await?;
    page.field("Je vraag").type_in("Wie lacht het meest?").await?;
    steps::kept(&page).await?;
    page.button("Klaar").click().await?;
    page.link("Vraag wijzigen").see().await?;
    let shown = page.hash().await?;
    page.link("Vraag wijzigen").click().await?;
    page.title("Eigen vraag wijzigen").see().await?;
    let question = page.hash().await?;
    let first = page.driver().window().await?;
    let second = case.browser.new_tab().await?;
    let form = format!("{family}/wijzigen");
    page.open(&case.url(&form)).await?;
    steps::unlock(&page, &words).await?;
    page.field("Bijnaam").has("Vos").await?;

    // Each has an open form while the other changes the same record.
    page.driver().switch_to_window(first.clone()).await?;
    page.go(&form).await?;
    page.button("Wat de ouder vraagt").click().await?;
    page.field("Graag wel").type_in("Eerst een appje").await?;
    steps::kept(&page).await?;
    page.go(&question).await?;
    page.driver().switch_to_window(second.clone()).await?;
    page.field("Bijnaam").fill("Vosje").await?;
    steps::kept(&page).await?;
    page.go(&question).await?;
    page.field("Doorvragen").type_in("Waarom?").await?;
    steps::kept(&page).await?;
    page.driver().switch_to_window(first.clone()).await?;
    page.field("Je vraag").fill("Wie lacht er graag?").await?;
    steps::kept(&page).await?;

    for window in [first, second] {
        page.driver().switch_to_window(window).await?;
        page.go(&family).await?;
        page.title(part("Vosje")).see().await?;
        page.see("Eerst een appje").await?;
        page.go(&shown).await?;
        page.see("Wie lacht er graag?").await?;
        page.see("Waarom?").await?;
    }
    Ok(())
}

async fn lost_meanwhile(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    storage::journalled(&page).await?;
    steps::lock(&page).await?;
    page.go("#/gezinnen").await?;
    let first = page.driver().window().await?;
    let _second = case.browser.new_tab().await?;
    page.open(&case.url("#/meer/opslag")).await?;
    // This tab knows the journal too: it restores nothing.
    page.see("Alles ligt hier dubbel").await?;
    page.run("Object.keys(localStorage).forEach((key) => localStorage.removeItem(key))").await?;
    page.driver().switch_to_window(first).await?;
    page.title("Een kluis voor je notities").see().await?;
    let new = steps::proposed_words(&page).await?;
    page.field("Typ de wachtzin nog een keer").type_in(&new).await?;
    page.button("Kluis maken").click().await?;
    // It is found again, and opens as before.
    steps::unlock(&page, &words).await?;
    page.link(part("Vos")).see().await
}

/// Adds to the text once the lock is free, after this many milliseconds.
fn when_free(text: &str, later: u32) -> String {
    format!(
        "navigator.locks.request('together', {{ mode: 'shared' }}, () => setTimeout(() => {{ \
           const field = [...document.querySelectorAll('textarea')].find((field) => field.labels[0].textContent.startsWith('Wat neem je')); field.value += '{text}'; \
           field.dispatchEvent(new Event('input', {{ bubbles: true }})); }}, {later}))"
    )
}

/// A family with a visit, open on a screen in two tabs; returns the passphrase, the start of the addresses of the
/// visit, and the tabs. The first is in the foreground.
async fn two_tabs(case: &mut Case, screen: &str) -> Result<(String, String, [WindowHandle; 2])> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    steps::kept(&page).await?;
    let first = page.driver().window().await?;
    let second = case.browser.new_tab().await?;
    page.open(&case.url(&format!("{visit}/{screen}"))).await?;
    steps::unlock(&page, &words).await?;
    page.driver().switch_to_window(first.clone()).await?;
    page.go(&format!("{visit}/{screen}")).await?;
    Ok((words, visit, [first, second]))
}

async fn both_screens(case: &mut Case) -> Result<()> {
    let (words, visit, tabs) = two_tabs(case, "terugkijken").await?;
    let page = case.page.clone();
    let [first, second] = tabs.clone();
    page.go(&format!("{visit}/voorbereiden")).await?;
    page.button("Doe een voorstel").click().await?;
    page.button("Andere vragen").see().await?;
    let cards = steps::taken_along(&page).await?;
    ensure!(cards.len() == 5, "{cards:?}");

    page.driver().switch_to_window(second.clone()).await?;
    page.button("Opgelucht").click().await?;
    page.checkbox(any()).first().click().await?;
    page.button("Stap toevoegen").click().await?;
    page.field("Wat precies?").type_in("Samen fietsen").await?;

    page.driver().switch_to_window(first).await?;
    page.button("Kennismaken").click().await?;
    page.field("Wat neem je je voor?").type_in("Luisteren.").await?;
    page.driver().switch_to_window(second).await?;
    page.field("Wie doet het?").type_in("Vos en ik").await?;

    for again in [false, true] {
        for tab in &tabs {
            page.driver().switch_to_window(tab.clone()).await?;
            if again {
                case.reload().await?;
                steps::unlock(&page, &words).await?;
            }
            page.go(&format!("{visit}/terugkijken")).await?;
            page.button("Opgelucht").is("pressed").await?;
            page.checkbox(any()).first().is("checked").await?;
            page.field("Wat precies?").has("Samen fietsen").await?;
            page.field("Wie doet het?").has("Vos en ik").await?;
            page.go(&format!("{visit}/voorbereiden")).await?;
            page.field("Wat neem je je voor?").has("Luisteren.").await?;
            page.button("Kennismaken").is("pressed").await?;
            let there = steps::taken_along(&page).await?;
            ensure!(there == cards, "{there:?} in place of {cards:?}");
            steps::kept(&page).await?;
        }
    }
    Ok(())
}

async fn both_lists(case: &mut Case) -> Result<()> {
    let (words, visit, tabs) = two_tabs(case, "terugkijken").await?;
    let page = case.page.clone();
    page.button("Opgelucht").see().await?;
    at_once(&page, &tabs, [looked_back("Opgelucht", "Fietsen"), looked_back("Boos", "Zwemmen")]).await?;
    for tab in &tabs {
        page.driver().switch_to_window(tab.clone()).await?;
        page.field("Wat precies?").nth(1).see().await?;
        steps::kept(&page).await?;
        page.go(&format!("{visit}/kiezen")).await?;
        page.title("Vragen kiezen").see().await?;
    }
    at_once(&page, &tabs, [ticked(2), ticked(7)]).await?;

    for again in [false, true] {
        for tab in &tabs {
            page.driver().switch_to_window(tab.clone()).await?;
            if again {
                case.reload().await?;
                steps::unlock(&page, &words).await?;
            }
            page.go(&format!("{visit}/kiezen")).await?;
            page.button("Klaar, 2 vragen gaan mee").see().await?;
            page.checkbox(any()).nth(2).is("checked").await?;
            page.checkbox(any()).nth(7).is("checked").await?;
            page.go(&format!("{visit}/terugkijken")).await?;
            page.button("Opgelucht").is("pressed").await?;
            page.button("Boos").is("pressed").await?;
            let steps = "const steps = [...document.querySelectorAll('main input')] \
                .filter((field) => field.labels[0]?.textContent === 'Wat precies?').map((field) => field.value); \
                return steps.length === 2 && steps.sort().join() === 'Fietsen,Zwemmen'";
            page.until("the steps of both tabs", steps).await?;
            steps::kept(&page).await?;
        }
    }
    Ok(())
}

/// Chooses how the talk ended and adds a step, as fast as a page can.
fn looked_back(outcome: &str, step: &str) -> String {
    format!(
        "const press = (words) => [...document.querySelectorAll('main button')].find((one) => one.textContent === words).click(); \
         press('{outcome}'); press('Stap toevoegen'); \
         await new Promise((go) => {{ const after = new MessageChannel(); after.port1.onmessage = go; after.port2.postMessage(null); }}); \
         const field = [...document.querySelectorAll('main input')].findLast((one) => one.labels[0]?.textContent === 'Wat precies?'); \
         field.value = '{step}'; field.dispatchEvent(new Event('input', {{ bubbles: true }}))"
    )
}

/// Ticks the checkbox at this position.
fn ticked(nth: usize) -> String {
    format!("document.querySelectorAll('main input[type=checkbox]')[{nth}].click()")
}

/// Runs a script in each of two tabs at the same moment: both wait for one lock.
async fn at_once(page: &Page, tabs: &[WindowHandle; 2], scripts: [String; 2]) -> Result<()> {
    page.driver().switch_to_window(tabs[0].clone()).await?;
    page.run("navigator.locks.request('together', () => new Promise((go) => { window.go = go; }))").await?;
    for (tab, script) in tabs.iter().zip(scripts) {
        page.driver().switch_to_window(tab.clone()).await?;
        page.run(&format!("navigator.locks.request('together', {{ mode: 'shared' }}, async () => {{ {script} }})"))
            .await?;
    }
    page.driver().switch_to_window(tabs[0].clone()).await?;
    page.run("window.go()").await.map(drop)
}
