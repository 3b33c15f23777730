//! How fast Naast starts and searches in Chromium, with the processor slowed down six times.
//!
//! `bench [--dist FOLDER] [--loads N]`
//!
//! It prints and asserts nothing. A start is compared with an empty page under the same service worker in the
//! same run, because times alone say more about the machine than about the app; and with the same screen as a
//! page without a program, because no app can be faster than painting it.
#![allow(clippy::print_stdout, reason = "its words are its work")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use naast_core::records::{Family, Record};
use naast_devserver::{Config, Server};
use naast_e2e::browser::Browser;
use naast_e2e::engine::{Engine, Wishes};
use naast_e2e::page::Page;
use naast_e2e::site::Site;
use naast_e2e::{fixtures, steps, storage};
use serde_json::json;

/// The slowdown: about a cheap phone.
const SLOWER: u32 = 6;

/// The queries, typed letter by letter; the last two with a mistake.
const WORDS: [&str; 6] = ["slapen", "vertrouwen", "kind", "moeder", "slaapen", "vertrowen"];

#[tokio::main]
async fn main() -> ExitCode {
    match bench().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn bench() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no folder above")?;
    let (mut dist, mut loads) = (root.join("dist"), 15);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().with_context(|| format!("{argument} wants a value"))?;
        match argument.as_str() {
            "--dist" => dist = PathBuf::from(value),
            "--loads" => loads = value.parse().context("--loads wants a number")?,
            _ => bail!("unknown option {argument}"),
        }
    }
    ensure!(loads >= 9, "fewer than 9 loads say nothing");
    let app = Site::copy(&dist)?;
    let empty = bare_site(&app, &["start.js"])?;
    let still = bare_site(&app, &["start.js", STYLE])?;
    std::fs::copy(app.find("naast-", ".css")?, still.path().join(STYLE))?;
    // Side by side: a page under the app's own path could be controlled by the app's worker.
    let sites = Config::at("/naast/", app.path()).and("/leeg/", empty.path()).and("/stil/", still.path());
    let mut server = Server::start(sites)?;
    let logs = tempfile::tempdir()?;
    let mut browser = Browser::start(Engine::Chromium, Wishes::NOTHING, logs.path()).await?;
    let outcome = measure(&browser, &mut server, &still, loads).await;
    browser.quit().await;
    outcome
}

/// The style sheet of the app, in a page without it.
const STYLE: &str = "style.css";

/// An empty page that is cached and served like Naast, with these files.
fn bare_site(app: &Site, files: &[&str]) -> Result<Site> {
    let empty = Site::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/empty"))?;
    let worker = std::fs::read_to_string(app.path().join("sw.js"))?;
    let version = worker.split('\'').nth(1).context("the worker has a version")?;
    let start = worker.find("const ASSETS = {").context("the worker has files")? + "const ASSETS = {".len();
    let end = worker[start..].find('}').context("the worker has files")? + start;
    let files: Vec<String> = files.iter().map(|file| format!("\"./{file}\":\"\"")).collect();
    std::fs::write(empty.path().join("sw.js"), [&worker[..start], &files.join(","), &worker[end..]].concat())?;
    let page = empty.path().join("index.html");
    let text = std::fs::read_to_string(&page)?.replace("VERSION", version);
    std::fs::write(page, text)?;
    Ok(empty)
}

/// Puts the first screen of the app into it.
fn show(still: &Site, body: &str) -> Result<()> {
    let page = still.path().join("index.html");
    let text = std::fs::read_to_string(&page)?;
    let (head, rest) = text.split_once("<body>").context("a page with a body")?;
    let (_, end) = rest.split_once("</body>").context("a body with an end")?;
    let head = head.replace("<script", &format!("<link rel=\"stylesheet\" href=\"./{STYLE}\"><script"));
    Ok(std::fs::write(page, [&head, body, end].concat())?)
}

async fn measure(browser: &Browser, server: &mut Server, still: &Site, loads: usize) -> Result<()> {
    let page = Page::new(browser.driver()?);
    let [app, empty, drawn] = [server.url(), server.url_of("leeg/"), server.url_of("stil/")];
    for url in [&app, &empty, &drawn] {
        page.open(url).await?;
        page.until("kept for offline", KEPT).await?;
        if url == &app {
            let body = page.run("return document.body.outerHTML").await?;
            show(still, body.as_str().context("a page")?)?;
        }
    }
    server.stop();
    page.driver().cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": STOPWATCH })).await?;
    slow_down(&page, SLOWER).await?;
    // Warm: the browser caches compiled code after a program has run once or twice.
    let mut times = [const { (Vec::new(), Vec::new()) }; 3];
    for nth in 0..loads + 3 {
        for (url, (paints, starts)) in [&empty, &drawn, &app].into_iter().zip(&mut times) {
            let (paint, start) = load(&page, url).await?;
            if nth >= 3 {
                paints.push(paint);
                starts.push(start);
            }
        }
    }
    println!("Chromium, server stopped, processor slowed {SLOWER}×, median of {loads} alternating loads, in ms\n");
    println!("| page, under the same service worker | first contentful paint | usable |\n|---|---:|---:|");
    let medians = times.each_mut().map(|(paints, starts)| (median(paints), median(starts)));
    let names = ["an empty page", "the first screen as a page without a program", "Naast"];
    for (name, (paint, start)) in names.iter().zip(medians) {
        println!("| {name} | {paint:.0} | {start:.0} |");
    }
    let [empty_time, drawn_time, app_time] = medians;
    println!("| Naast / without a program | {:.2} | {:.2} |", app_time.0 / drawn_time.0, app_time.1 / drawn_time.1);
    println!("| Naast / empty | {:.2} | {:.2} |", app_time.0 / empty_time.0, app_time.1 / empty_time.1);
    let compiled = compile(&page).await?;
    println!(
        "| Naast / (without a program + compiling, {compiled:.0} ms) | | {:.2} |\n",
        app_time.1 / (drawn_time.0 + compiled)
    );

    search(&page).await?;
    slow_down(&page, 1).await?;
    unlock(&page).await?;
    years(&page, &app).await
}

async fn slow_down(page: &Page, rate: u32) -> Result<()> {
    page.driver().cdp().send_raw("Emulation.setCPUThrottlingRate", json!({ "rate": rate })).await?;
    Ok(())
}

/// Milliseconds from the start of a navigation to the first contentful paint, and to the first frame in which the
/// page can be used.
async fn load(page: &Page, url: &str) -> Result<(f64, f64)> {
    page.driver().get("about:blank").await?;
    page.driver().get(url).await?;
    let start = page.until("the first frame that can be used", "return window.naastFrame").await?;
    let paint = page.until("the first contentful paint", PAINT).await?;
    Ok((paint.as_f64().context("a time")?, start.as_f64().context("a time")?))
}

/// Milliseconds to compile the first module of the app, which the page in front has loaded; the median of five.
async fn compile(page: &Page) -> Result<f64> {
    let mut times: Vec<f64> = serde_json::from_value(page.run_async(COMPILE, vec![]).await?)?;
    Ok(median(&mut times))
}

const COMPILE: &str = "const done = arguments[0]; (async () => { \
    const named = (entry) => /naast_bg-[^/]*\\.wasm$/.test(entry.name); \
    const { name } = performance.getEntriesByType('resource').find(named); \
    const times = []; \
    for (let n = 0; n < 5; n++) { \
        const bytes = await (await fetch(name)).arrayBuffer(); \
        const start = performance.now(); \
        await WebAssembly.compile(bytes); \
        times.push(performance.now() - start); \
    } \
    return times; })().then(done, (error) => done(String(error)))";

const PAINT: &str = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime";

async fn search(page: &Page) -> Result<()> {
    page.go("#/vragen").await?;
    page.title("Vragen").see().await?;
    let (mut updated, mut drawn) = (Vec::new(), Vec::new());
    for word in WORDS {
        let times = page.run_async(TYPE, vec![json!(word)]).await?;
        let times: Vec<(f64, f64)> = serde_json::from_value(times)?;
        updated.extend(times.iter().map(|(updated, _)| *updated));
        drawn.extend(times.iter().map(|(_, drawn)| *drawn));
    }
    println!("| search, one keystroke, {} of them | median ms | slowest ms |\n|---|---:|---:|", updated.len());
    for (what, times) in
        [("until the list is changed and laid out", &mut updated), ("until the next frame is drawn", &mut drawn)]
    {
        let middle = median(times);
        let slowest = times.iter().copied().fold(0.0, f64::max);
        println!("| {what} | {middle:.1} | {slowest:.1} |");
    }
    println!();
    Ok(())
}

/// The number of visits in the large vault.
const VISITS: u16 = 2_000;

/// The number of characters in each note.
const NOTE: usize = 2_000;

/// A vault that is nearly full: opening it, searching it, and the course of its family, slowed down.
async fn years(page: &Page, app: &str) -> Result<()> {
    let family = fixtures::family(1, "Vos");
    let course = format!("#/gezinnen/{}/verloop", family.id);
    page.run("localStorage.clear()").await?;
    storage::forget_journal(page).await?;
    storage::plant(page, &fixtures::vault(steps::PASSPHRASE, years_of_visits(family))?).await?;
    page.driver().get("about:blank").await?;
    page.driver().get(&format!("{app}#/gezinnen")).await?;
    page.field("Wachtzin").type_in(steps::PASSPHRASE).await?;
    let opened = page.run_async(OPEN, vec![]).await?.as_f64().context("a time")?;
    println!("\nA vault of {VISITS} visits with notes of {NOTE} characters\n");
    println!("Opening it, not slowed down, the key included: {opened:.0} ms\n");
    slow_down(page, SLOWER).await?;
    let found = page.run_async(GO, vec![json!("#/gezinnen/zoeken"), json!("Zoeken")]).await?;
    let mut times = Vec::new();
    for word in ["soep", "bibliotheek", "biblioteek", "school"] {
        let typed = page.run_async(TYPE, vec![json!(word)]).await?;
        let typed: Vec<(f64, f64)> = serde_json::from_value(typed)?;
        times.extend(typed.into_iter().map(|(updated, _)| updated));
    }
    let slowest = times.iter().copied().fold(0.0, f64::max);
    let course = page.run_async(GO, vec![json!(course), json!("Het verloop")]).await?;
    let list = page.run_async(GO, vec![json!("#/"), json!("Vandaag")]).await?;
    println!("| slowed down {SLOWER}× | ms |\n|---|---:|");
    for (what, time) in [
        ("opening the search, which reads everything once", found.as_f64().unwrap_or(f64::NAN)),
        ("one keystroke of a search, median", median(&mut times)),
        ("one keystroke of a search, slowest", slowest),
        ("the course of the family", course.as_f64().unwrap_or(f64::NAN)),
        ("Vandaag", list.as_f64().unwrap_or(f64::NAN)),
    ] {
        println!("| {what} | {time:.1} |");
    }
    Ok(())
}

/// Years of visits to one family, some with words that no other has.
fn years_of_visits(family: Family) -> Vec<Record> {
    let mut records = fixtures::years(family, VISITS, NOTE);
    for record in records.iter_mut().step_by(400) {
        if let Record::Visit(visit) = record {
            visit.said = "Soep uit de bibliotheek".to_owned();
        }
    }
    records
}

async fn unlock(page: &Page) -> Result<()> {
    let words = steps::make_vault(page).await?;
    steps::lock(page).await?;
    page.field("Wachtzin").type_in(&words).await?;
    let time = page.run_async(OPEN, vec![]).await?.as_f64().context("a time")?;
    println!("Opening the vault, not slowed down: {time:.0} ms");
    Ok(())
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

const KEPT: &str = "if (!window.asked) { window.asked = true; navigator.serviceWorker.ready.then((r) => { window.worker = r; }); } \
    return window.worker && window.worker.active.state === 'activated'";

/// Runs before the page: records when it is ready and painted.
const STOPWATCH: &str = "
    const drawn = () => requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => { window.naastFrame = performance.now(); };
      after.port2.postMessage(null);
    });
    new MutationObserver((_, observer) => {
      if (document.documentElement && document.documentElement.dataset.naast === 'ready') { observer.disconnect(); drawn(); }
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-naast'] });";

/// Types a word letter by letter; returns for each letter the time until the list is laid out, and until the next
/// frame is painted.
const TYPE: &str = "
    const [word, done] = arguments;
    const field = document.querySelector('input[type=search]');
    const frame = () => new Promise((go) => requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => go(performance.now());
      after.port2.postMessage(null);
    }));
    (async () => {
      const times = [];
      for (let n = 1; n <= word.length; n += 1) {
        await frame();
        const start = performance.now();
        field.value = word.slice(0, n);
        field.dispatchEvent(new Event('input', { bubbles: true }));
        // The app changes the page in a microtask.
        await new Promise((go) => { const after = new MessageChannel(); after.port1.onmessage = go; after.port2.postMessage(null); });
        void document.body.offsetHeight;
        const updated = performance.now() - start;
        times.push([updated, (await frame()) - start]);
      }
      field.value = '';
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await frame();
      return times;
    })().then(done);";

/// Goes to an address and waits until the page with this title is laid out.
const GO: &str = "
    const [hash, title, done] = arguments;
    const start = performance.now();
    const observer = new MutationObserver(() => {
      if (document.querySelector('h1')?.textContent === title) { observer.disconnect(); void document.body.offsetHeight; done(performance.now() - start); }
    });
    observer.observe(document.body, { subtree: true, childList: true });
    location.hash = hash;";

/// Clicks the button and waits until the page is another.
const OPEN: &str = "
    const [done] = arguments;
    const start = performance.now();
    const observer = new MutationObserver(() => {
      if (document.querySelector('h1').textContent === 'Gezinnen') { observer.disconnect(); done(performance.now() - start); }
    });
    observer.observe(document.body, { subtree: true, childList: true });
    document.querySelector('main button[type=submit]').click();";
