//! Opens a development build, as plain `trunk build` makes it, in Chromium: `plain FOLDER`.
//!
//! That build is one module, without a service worker and without the headers of a release. The end-to-end suite
//! tests the release; this program checks that a development build works at all.
#![allow(clippy::print_stdout, reason = "a command line tool")]

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use naast_devserver::{Config, Server};
use naast_e2e::browser::Browser;
use naast_e2e::engine::{Engine, Wishes};
use naast_e2e::locator::part;
use naast_e2e::page::Page;
use naast_e2e::steps;

#[tokio::main]
async fn main() -> ExitCode {
    match plain().await {
        Ok(()) => {
            println!("1 passed, 0 failed");
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("{error:#}\n0 passed, 1 failed");
            ExitCode::FAILURE
        }
    }
}

async fn plain() -> Result<()> {
    let folder: PathBuf = std::env::args().nth(1).context("usage: plain FOLDER")?.into();
    ensure!(!folder.join("sw.js").exists(), "a development build has no service worker");
    let server = Server::start(Config::new(&folder))?;
    let logs = tempfile::tempdir()?;
    let mut browser = Browser::start(Engine::Chromium, Wishes::NOTHING, logs.path()).await?;
    let outcome = walk(&Page::new(browser.driver()?), &server).await;
    browser.quit().await;
    outcome
}

/// A page that everyone can read, then one of the private module.
async fn walk(page: &Page, server: &Server) -> Result<()> {
    page.open(&server.url()).await?;
    page.heading("Welkom bij Naast").see().await?;
    page.go("#/vragen").await?;
    page.link(part("?")).within(&page.main()).see_some().await?;
    page.go("#/gezinnen").await?;
    page.title("Een kluis voor je notities").see().await?;
    steps::make_vault(page).await?;
    steps::add_family(page, "Vos").await?;
    Ok(())
}
