//! The tests test themselves first, on a page of their own.

use anyhow::{Result, ensure};
use thirtyfour::Key;

use crate::axe::Axe;
use crate::case::{Case, Needs};
use crate::locator::part;
use crate::runner::Scenario;
use crate::scenario;

const PAGE: Needs = Needs { fixture: "harness", online: true, ..Needs::NOTHING };

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!("the tests find, touch and type as people do", finds, needs: PAGE),
    scenario!("the tests hear the console and see what is wrong", hears, needs: PAGE),
    scenario!("the tests restart a browser with its data", restarts, needs: PAGE),
];

async fn finds(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = &case.page;
    page.title("A page to try the tests on").see().await?;
    page.see("One line and another.").await?;
    page.not_see("Nobody sees this.").await?;
    page.not_see("What was folded.").await?;
    page.button("Press").click().await?;
    page.see("pressed 1 times").await?;
    page.button("Press").click_twice().await?;
    page.see("pressed 3 times").await?;
    page.button("Not yet").is("disabled").await?;
    page.field("A line").type_in("één twee").await?;
    page.see("line: één twee").await?;
    page.field("A line").fill("drie").await?;
    page.see("line: drie").await?;
    page.field("A text").paste("🦊 <b>שלום</b>").await?;
    page.field("A text").has("🦊 <b>שלום</b>").await?;
    page.field("A day").set("2026-02-03").await?;
    page.see("day: 2026-02-03").await?;
    page.radio("Right").click().await?;
    page.radio("Right").is("checked").await?;
    page.radio("Left").is_not("checked").await?;
    page.checkbox("A drawn box").click().await?;
    page.checkbox("A drawn box").is("checked").await?;
    page.button("More").click().await?;
    page.see("What was folded.").await?;
    ensure!(page.link("go").count().await? == 2, "two links");
    page.link("go").within(&page.item(part("Second"))).click().await?;
    page.at("#/two").await?;
    page.see("at #/two").await?;
    page.back().await?;
    page.at("").await?;
    page.button("Open a sheet").click().await?;
    ensure!(page.button("Press").count().await? == 0, "what lies under a sheet cannot be reached");
    page.button("Close").within(&page.dialog("A sheet")).click().await?;
    page.dialog("A sheet").gone().await?;
    page.button("Open a sheet").press(Key::Enter).await?;
    page.dialog("A sheet").see().await?;
    page.press(Key::Escape).await?;
    page.dialog("A sheet").gone().await
}

async fn hears(case: &mut Case) -> Result<()> {
    case.open("").await?;
    ensure!(case.complaints().await?.is_empty(), "nothing to complain about yet");
    case.page.button("Only a drawing").click().await?;
    let said = case.complaints().await?;
    ensure!(said.len() == 1 && said[0].contains("a complaint"), "one complaint, not {said:?}");
    case.expect_complaint("a complaint");
    if Axe::place().is_file() {
        let found = Axe::read()?.complaints(&case.page).await?;
        ensure!(found.is_empty(), "axe on a plain page: {found:?}");
        case.page.run("document.querySelector('label').remove()").await?;
        let found = Axe::read()?.complaints(&case.page).await?;
        ensure!(found.iter().any(|line| line.starts_with("label:")), "axe misses a field without a name: {found:?}");
    }
    Ok(())
}

async fn restarts(case: &mut Case) -> Result<()> {
    case.open("").await?;
    case.page.see("loaded 1 times").await?;
    case.restart("").await?;
    case.page.see("loaded 2 times").await?;
    case.open("#/deep").await?;
    case.page.see("loaded 3 times").await
}
