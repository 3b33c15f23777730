//! Two tabs of one browser.

use anyhow::Result;

use crate::case::Case;
use crate::locator::part;
use crate::runner::Scenario;
use crate::{scenario, steps};

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!("a second tab sees what the first one changes", second_sees),
    scenario!("two tabs that change one text at once keep both texts", both_texts),
];

async fn second_sees(case: &mut Case) -> Result<()> {
    case.open("#/gezinnen").await?;
    let page = case.page.clone();
    let first = page.driver().window().await?;
    let second = case.browser.new_tab().await?;
    page.open(&case.url("#/gezinnen")).await?;
    page.title("Een kluis voor je notities").see().await?;

    // A vault made in one tab is a vault in the other.
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

    // Deleted in one, gone in the other; settings too.
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

    // Both wait behind one lock. The second changes the text while the first has changed it and
    // has not saved it yet.
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

/// Adds to the text once the lock is free, and after so many milliseconds.
fn when_free(text: &str, later: u32) -> String {
    format!(
        "navigator.locks.request('together', {{ mode: 'shared' }}, () => setTimeout(() => {{ \
           const field = [...document.querySelectorAll('textarea')].find((field) => field.labels[0].textContent.startsWith('Wat neem je')); field.value += '{text}'; \
           field.dispatchEvent(new Event('input', {{ bubbles: true }})); }}, {later}))"
    )
}
