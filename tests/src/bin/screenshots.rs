//! Screenshots of every route and state that matters, for people to look at.
//!
//! `screenshots [--dist FOLDER] [--out FOLDER] [--only PART]… [--width N]… [--theme light|dark]…`
//!
//! It writes `<state>-<width>-<theme>.png` and an `index.html` with all of them. `--only` takes the screenshots
//! with that in their name; the steps that lead to them are still done.
#![allow(clippy::print_stdout, reason = "its words are its work")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use naast_e2e::case::Case;
use naast_e2e::engine::Engine;
use naast_e2e::seed_states::{self, Camera};

#[derive(Debug, Clone)]
struct Wanted {
    dist: PathBuf,
    out: PathBuf,
    only: Vec<String>,
    widths: Vec<u32>,
    themes: Vec<String>,
}

impl Wanted {
    fn read() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no folder above")?;
        let mut wanted = Self {
            dist: root.join("dist"),
            out: root.join("target/screenshots"),
            only: Vec::new(),
            widths: Vec::new(),
            themes: Vec::new(),
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let value = arguments.next().with_context(|| format!("{argument} wants a value"))?;
            match argument.as_str() {
                "--dist" => wanted.dist = value.into(),
                "--out" => wanted.out = value.into(),
                "--only" => wanted.only.push(value),
                "--width" => wanted.widths.push(value.parse().context("--width wants a number")?),
                "--theme" => wanted.themes.push(value),
                _ => bail!("unknown option {argument}"),
            }
        }
        if wanted.widths.is_empty() {
            wanted.widths = vec![320, 360, 768];
        }
        if wanted.themes.is_empty() {
            wanted.themes = vec!["light".into(), "dark".into()];
        }
        Ok(wanted)
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match screenshots().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn screenshots() -> Result<()> {
    let wanted = Wanted::read()?;
    std::fs::create_dir_all(&wanted.out)?;
    if wanted.only.is_empty() {
        // Old screenshots of screens that no longer exist would be misleading.
        clear(&wanted.out)?;
    }
    // One browser per theme, in parallel.
    let themes = wanted.themes.clone();
    let mut running = tokio::task::JoinSet::new();
    for theme in themes {
        running.spawn(session(wanted.clone(), theme));
    }
    let mut count = 0;
    let mut failed = Ok(());
    while let Some(done) = running.join_next().await {
        match done? {
            Ok(taken) => count += taken,
            Err(error) => failed = Err(error),
        }
    }
    contact_sheet(&wanted.out)?;
    failed?;
    println!("{count} pictures in {}", wanted.out.display());
    if count == 0 {
        bail!("no state has {} in its name; there are: {}", wanted.only.join(" or "), seed_states::names().join(", "));
    }
    Ok(())
}

async fn session(wanted: Wanted, theme: String) -> Result<usize> {
    let mut count = 0;
    for group in seed_states::GROUPS {
        let mut camera = Camera::new(&wanted.out, &theme, &wanted.widths, &wanted.only, group);
        if !camera.wants_any() {
            continue;
        }
        let logs = std::env::temp_dir().join(format!("naast-screenshots-{}-{theme}", std::process::id()));
        let mut case = Case::start(Engine::Chromium, group.needs, &wanted.dist, &logs).await?;
        let preference = serde_json::json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] });
        case.page.driver().cdp().send_raw("Emulation.setEmulatedMedia", preference).await?;
        let outcome = (group.walk)(&mut case, &mut camera).await;
        if outcome.is_err() {
            drop(case.page.driver().screenshot(&wanted.out.join(format!("broken-{theme}.png"))).await);
        }
        case.browser.quit().await;
        drop(std::fs::remove_dir_all(logs));
        count += camera.taken();
        outcome.with_context(|| format!("while looking at: {}", group.names.join(", ")))?;
    }
    Ok(count)
}

fn pictures(folder: &Path) -> Result<Vec<String>> {
    let mut names: Vec<String> = std::fs::read_dir(folder)?
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.ends_with(".png"))
        .collect();
    names.sort();
    Ok(names)
}

fn clear(folder: &Path) -> Result<()> {
    for name in pictures(folder)? {
        std::fs::remove_file(folder.join(name))?;
    }
    Ok(())
}

fn contact_sheet(folder: &Path) -> Result<()> {
    let mut page = String::from(
        "<!doctype html><meta charset=utf-8><title>Naast</title><style>\
         body{font:15px sans-serif;background:#777;display:flex;flex-wrap:wrap;gap:16px;margin:16px}\
         figure{margin:0;background:#fff;padding:8px}img{display:block;max-height:900px}</style>",
    );
    for name in pictures(folder)? {
        write!(
            page,
            "<figure><a href=\"{name}\"><img loading=lazy src=\"{name}\" alt=\"\"></a><figcaption>{name}</figcaption></figure>"
        )?;
    }
    std::fs::write(folder.join("index.html"), page)?;
    Ok(())
}
