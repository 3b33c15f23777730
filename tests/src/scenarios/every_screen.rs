//! What holds on every screen: one heading, names for everything, large targets, no unexpected request, and
//! nothing private in the title.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use naast_core::route::{MorePage, Route};

use crate::axe::Axe;
use crate::case::{Case, Needs};
use crate::engine::{Engine, Wishes};
use crate::locator::any;
use crate::page::Page;
use crate::runner::Scenario;
use crate::steps::{self, Sample};
use crate::{scenario, storage};

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!("every screen has one main heading, a title without a family, and no error", headings),
    scenario!("axe finds nothing on any screen, light and dark", axe),
    scenario!("everything to touch is large enough, and so is every text", large_enough),
    scenario!("nothing sticks out sideways on a narrow phone, also with large letters", narrow,
        engines: &[Engine::Chromium, Engine::Firefox]),
    scenario!("no request leaves the origin", own_origin,
        needs: Needs { browser: Wishes { network_log: true, ..Wishes::NOTHING }, ..Needs::NOTHING }),
];

/// A screen: its address and a description for errors.
pub(super) struct Screen {
    pub(super) hash: String,
}

/// Every kind of screen, with an open vault that has contents.
async fn all_screens(page: &Page) -> Result<(Sample, Vec<Screen>)> {
    let sample = steps::make_sample(page).await?;
    let own = page.hash().await?;
    let own_id = own.strip_prefix("#/vragen/").and_then(|id| id.rsplit_once('-')).map(|(_, id)| id.to_owned());
    page.go("#/vragen").await?;
    let questions = links(page, "#/vragen/").await?;
    let question =
        questions.iter().find(|hash| hash.matches('/').count() == 2 && !hash.contains("kaarten") && **hash != own);
    let question = question.context("a question")?.clone();
    page.go("#/hulp/zorgen").await?;
    page.button("Vragen over veiligheid, na overleg").click().await?;
    let guarded = links(page, "#/vragen/").await?.into_iter().next().context("a safety question")?;
    page.go("#/houding").await?;
    let groups = links(page, "#/houding/").await?;
    let mut principles = BTreeSet::new();
    for group in &groups {
        page.go(group).await?;
        page.title(any()).see().await?;
        principles.extend(links(page, "#/houding/").await?);
    }
    ensure!(groups.len() >= 5 && principles.len() >= 20, "{} groups, {} principles", groups.len(), principles.len());
    let concern = steps::put_down_concern(page, "Vos").await?;
    page.go(&format!("{}/op-bezoek", sample.coming)).await?;
    let card = links(page, &format!("{}/op-bezoek/", sample.coming)).await?.into_iter().next().context("a card")?;

    let fixed = [
        "#/",
        "#/houding",
        "#/vragen",
        "#/vragen/kaarten",
        "#/vragen/eigen/nieuw",
        "#/gezinnen",
        "#/gezinnen/nieuw",
        "#/gezinnen/archief",
        "#/gezinnen/zoeken",
        "#/meer",
        "#/samen",
        "#/hulp",
        "#/hulp/zorgen",
        "#/hulp/feiten",
        "#/onbekend",
    ];
    let mut hashes: Vec<String> = fixed.map(str::to_owned).to_vec();
    hashes.extend(MorePage::ALL.map(|known| Route::MorePage(known).to_string()));
    hashes.extend([question.clone(), guarded, own.clone(), question.replacen("vragen/", "vragen/kaarten/", 1), card]);
    hashes.extend(own_id.map(|id| format!("#/vragen/eigen/{id}")));
    hashes.extend(groups);
    hashes.extend(principles.into_iter().take(4));
    for end in ["", "/wijzigen", "/verwijderen", "/verloop", "/afscheid", "/opruimen"] {
        hashes.push(format!("{}{end}", sample.family));
    }
    hashes.push(concern);
    for end in [
        "voorbereiden",
        "kiezen",
        "op-bezoek",
        "samen/scale",
        "samen/step",
        "samen/talk",
        "samen/copy",
        "voorstellen",
        "terugkijken",
        "verwijderen",
    ] {
        hashes.push(format!("{}/{end}", sample.coming));
    }
    for end in ["terugkijken", "intervisie"] {
        hashes.push(format!("{}/{end}", sample.past));
    }
    Ok((sample, hashes.into_iter().map(|hash| Screen { hash }).collect()))
}

/// The addresses on the page with this prefix.
async fn links(page: &Page, start: &str) -> Result<Vec<String>> {
    let script = format!(
        "const found = [...document.querySelectorAll('main a[href^=\"{start}\"]')].map((a) => a.getAttribute('href')); \
         return found.length ? found : undefined"
    );
    Ok(serde_json::from_value(page.until(&format!("links to {start}"), &script).await?)?)
}

/// Goes to a screen and waits until it is painted.
async fn visit(page: &Page, screen: &Screen) -> Result<()> {
    page.go(&screen.hash).await?;
    page.at(&screen.hash[..]).await?;
    page.title(any()).see_some().await.with_context(|| screen.hash.clone())?;
    page.settled().await
}

/// What a browser may keep or show outside the page: the address, the state of the history, and names and ids in
/// the markup. And the fields whose text it might remember.
const NAMED: &str = r"
const remembered = [];
const held = [`the address ${location.href}`, `the history ${JSON.stringify(history.state)}`, `the window ${window.name}`];
for (const e of document.querySelectorAll('*')) {
  for (const { name, value } of e.attributes) {
    const said = ['aria-label', 'placeholder', 'aria-valuetext', 'value', 'dir', 'd', 'content'];
    if (!said.includes(name)) held.push(`${e.tagName.toLowerCase()} ${name}=${value}`);
  }
  if (e.matches('textarea, input:not([type=checkbox], [type=radio], [type=range], [type=file])') &&
      !['off', 'new-password', 'current-password'].includes(e.autocomplete)) {
    remembered.push(e.labels?.[0]?.textContent ?? e.outerHTML);
  }
}
return [held, remembered];
";

async fn headings(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let (_, screens) = all_screens(&page).await?;
    for screen in &screens {
        visit(&page, screen).await?;
        // Including those for screen readers only.
        let count = page.run("return document.querySelectorAll('h1').length").await?;
        ensure!(count == 1, "{count} main headings at {}", screen.hash);
        let title = page.driver().title().await?;
        for private in ["Vos", "Eekhoorn", "Grote Beer", "soep"] {
            ensure!(!title.contains(private), "the title at {} is “{title}”", screen.hash);
        }
        ensure!(title.contains("Naast"), "the title at {} is “{title}”", screen.hash);
        let (named, remembered): (Vec<String>, Vec<String>) = serde_json::from_value(page.run(NAMED).await?)?;
        ensure!(remembered.is_empty(), "the browser may remember fields at {}: {remembered:?}", screen.hash);
        for private in ["Vos", "Eekhoorn", "Grote Beer", "soep"] {
            let told = named.iter().find(|held| held.to_lowercase().contains(&private.to_lowercase()));
            ensure!(told.is_none(), "“{private}” at {} stands in {}", screen.hash, told.map_or("", String::as_str));
        }
        let complaints = case.complaints().await?;
        ensure!(complaints.is_empty(), "at {}:\n{}", screen.hash, complaints.join("\n"));
        let headings = page
            .run("return [...document.querySelectorAll('h1, h2, h3, h4')].filter((e) => e.checkVisibility?.() ?? true).map((e) => +e.tagName[1])")
            .await?;
        let levels: Vec<u8> = serde_json::from_value(headings)?;
        let jump = levels.windows(2).any(|pair| pair[1] > pair[0] + 1);
        ensure!(!jump, "headings jump at {}: {levels:?}", screen.hash);
    }
    Ok(())
}

/// The findings of axe, each with the first screen where it occurs.
struct Complaints {
    axe: Axe,
    page: Page,
    found: BTreeMap<String, String>,
}

impl Complaints {
    /// Checks what is on the screen, in both themes.
    async fn look(&mut self, at: &str) -> Result<()> {
        for theme in ["light", "dark"] {
            self.page.run(&format!("document.documentElement.dataset.theme = '{theme}'")).await?;
            // Colours change gradually.
            self.page.settled().await?;
            for complaint in self.axe.complaints(&self.page).await? {
                self.found.entry(complaint).or_insert_with(|| format!("{at}, {theme}"));
            }
        }
        Ok(())
    }
}

async fn axe(case: &mut Case) -> Result<()> {
    case.open("#/meer/instellingen").await?;
    let page = case.page.clone();
    // The themes are switched as the settings do it.
    for (choice, theme) in [("Donker", "dark"), ("Licht", "light")] {
        page.radio(choice).click().await?;
        page.until(theme, &format!("return document.documentElement.dataset.theme === '{theme}'")).await?;
    }
    let mut complaints = Complaints { axe: Axe::read()?, page: page.clone(), found: BTreeMap::new() };
    page.go("#/").await?;
    page.heading("Welkom bij Naast").see().await?;
    complaints.look("welcome").await?;
    page.go("#/gezinnen").await?;
    page.title("Een kluis voor je notities").see().await?;
    complaints.look("a new vault").await?;
    let (sample, screens) = all_screens(&page).await?;
    for screen in &screens {
        visit(&page, screen).await?;
        complaints.look(&screen.hash).await?;
    }
    let sheet = steps::make_sheet(&page, &sample.words).await?;
    complaints.look("a recovery sheet").await?;
    page.button("Ik heb ze opgeschreven").click().await?;
    complaints.look("two words of it").await?;
    page.button("Toon de woorden nog eens").click().await?;
    steps::check_sheet(&page, &sheet).await?;
    complaints.look("a sheet that works").await?;
    page.go("#/vragen").await?;
    page.button("Filter").click().await?;
    page.dialog("Welke vragen?").see().await?;
    complaints.look("filters").await?;
    page.button("Sluiten").click().await?;
    steps::lock(&page).await?;
    complaints.look("locked").await?;
    page.field("Wachtzin").type_in("fout").await?;
    page.button("Openen").click().await?;
    page.see("Deze wachtzin past niet.").await?;
    complaints.look("wrong passphrase").await?;
    page.button("Wachtzin vergeten?").click().await?;
    page.field("De twaalf woorden").see().await?;
    complaints.look("words from paper").await?;
    storage::set(&page, "naast.vault", Some("rommel")).await?;
    case.open("#/gezinnen").await?;
    page.title("De kluis gaat niet open").see().await?;
    complaints.look("corrupt vault").await?;
    steps::erase_all(&page).await?;
    complaints.look("everything erased").await?;
    let lines: Vec<String> = complaints.found.iter().map(|(complaint, at)| format!("{complaint} ({at})")).collect();
    ensure!(lines.is_empty(), "{} complaints:\n{}", lines.len(), lines.join("\n"));
    Ok(())
}

/// Targets smaller than 48 px, and small text. Links within a sentence are as small as its words; the captions of
/// the bar are under drawings.
const TOO_SMALL: &str = r"
const found = [];
const shown = (e) => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
const name = (e) => (e.getAttribute('aria-label') || e.textContent || e.type || '').trim().slice(0, 40);
for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary, [role=button]')) {
  if (!shown(e) || e.closest('[inert]') || e.classList.contains('skip')) continue;
  const target = ['checkbox', 'radio'].includes(e.type) ? e.closest('label') || e : e;
  if (getComputedStyle(target).display === 'inline' && target.tagName === 'A') continue;
  const box = target.getBoundingClientRect();
  if (box.width < 47.5 || box.height < 47.5) {
    found.push(`${target.tagName.toLowerCase()} “${name(target)}” is ${box.width.toFixed(0)} × ${box.height.toFixed(0)}`);
  }
}
const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const small = new Set();
while (words.nextNode()) {
  const e = words.currentNode.parentElement;
  if (!words.currentNode.nodeValue.trim() || !shown(e) || e.closest('.visually-hidden, svg, script, style')) continue;
  const size = parseFloat(getComputedStyle(e).fontSize);
  if (size < (e.closest('nav.bar') ? 11.95 : 14.95)) small.add(`“${words.currentNode.nodeValue.trim().slice(0, 30)}” is ${size} px`);
}
return found.concat([...small]);
";

async fn large_enough(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let (_, screens) = all_screens(&page).await?;
    let mut found = BTreeSet::new();
    for screen in &screens {
        visit(&page, screen).await?;
        let small: Vec<String> = serde_json::from_value(page.run(TOO_SMALL).await?)?;
        found.extend(small.into_iter().map(|what| (what, screen.hash.clone())));
    }
    let mut lines: Vec<String> = Vec::new();
    for (what, hash) in &found {
        if !lines.iter().any(|line| line.starts_with(what.as_str())) {
            lines.push(format!("{what} at {hash}"));
        }
    }
    ensure!(lines.is_empty(), "too small:\n{}", lines.join("\n"));
    Ok(())
}

/// The elements that make the page wider than the window.
pub(super) const STICKS_OUT: &str = r"
const wide = document.documentElement.scrollWidth;
if (wide <= innerWidth && (!window.visualViewport || visualViewport.scale === 1)) return '';
const culprits = [...document.querySelectorAll('main *')]
  .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 3).map((e) => e.outerHTML.slice(0, 120));
return `${wide} px wide in a window of ${innerWidth}: ${culprits.join(' | ')}`;
";

async fn narrow(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let (_, screens) = all_screens(&page).await?;
    let mut found = Vec::new();
    for (width, letters) in [(320, "100%"), (360, "200%")] {
        case.browser.size(width, 640).await?;
        page.run(&format!("document.documentElement.style.fontSize = '{letters}'")).await?;
        for screen in &screens {
            visit(&page, screen).await?;
            let said = page.run(STICKS_OUT).await?;
            if said != "" {
                found.push(format!("{} with letters of {letters}: {said}", screen.hash));
            }
        }
    }
    ensure!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

async fn own_origin(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let (_, screens) = all_screens(&page).await?;
    for screen in &screens {
        visit(&page, screen).await?;
    }
    // The requests that the page reports.
    let asked = page.run("return performance.getEntriesByType('resource').map((e) => e.name)").await?;
    let mut asked: Vec<String> = serde_json::from_value(asked)?;
    asked.extend(case.network_log().await?);
    ensure!(asked.len() > 3, "the log is empty");
    let origin = case.server.url_of("/");
    for url in &asked {
        let own = url.starts_with(&origin)
            || url.starts_with("data:")
            || url.starts_with("blob:")
            || url.starts_with("about:");
        // The first page of Chromium itself.
        let own = own || url.starts_with("chrome:") || url.starts_with("chrome-untrusted:");
        ensure!(own, "a request went to {url}");
    }
    // The requests that the server received: files of the app and nothing else.
    for request in case.server.requests() {
        let file = request.path.trim_start_matches('/').split('?').next().unwrap_or_default().to_owned();
        ensure!(request.method == "GET", "a {} for {}", request.method, request.path);
        ensure!(!request.path.contains('?'), "a request that tells something: {}", request.path);
        let known = file.is_empty() || case.site.path().join(&file).is_file() || file == "favicon.ico";
        ensure!(known, "a request for {}", request.path);
    }
    // The addresses in the app: none belongs to another origin.
    let mut elsewhere = BTreeSet::new();
    for file in case.site.files()? {
        let bytes = std::fs::read(&file)?;
        let text = String::from_utf8_lossy(&bytes);
        for scheme in ["http://", "https://", "wss://", "ws://"] {
            for (at, _) in text.match_indices(scheme) {
                let address: String =
                    text[at..].chars().take_while(|c| c.is_ascii_graphic() && !"\"'`<>()\\".contains(*c)).collect();
                // Names of XML vocabularies, and a link in a comment; nothing fetches those.
                let words = ["http://www.w3.org/", "https://developer.mozilla.org/"];
                if !words.iter().any(|word| address.starts_with(word)) && address.len() > scheme.len() {
                    elsewhere.insert(format!("{address} in {}", file.display()));
                }
            }
        }
    }
    ensure!(elsewhere.is_empty(), "addresses elsewhere:\n{}", elsewhere.into_iter().collect::<Vec<_>>().join("\n"));
    Ok(())
}
