//! The vault: created, opened, locked, and what can be seen of it while it is locked.

use anyhow::{Context, Result, ensure};

use crate::case::{Case, Needs};
use crate::engine::Engine;
use crate::page::Page;
use crate::runner::Scenario;
use crate::steps::{self, PASSPHRASE};
use crate::{scenario, storage};

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!("a vault is made with a passphrase of one's own, and a weak one is refused", own_passphrase),
    scenario!("the passphrase is changed by who knows it, and the old one no longer fits", other_passphrase),
    scenario!("after wrong passphrases the next one has to wait a little, and nothing is erased", slowed_down),
    scenario!("a wrong passphrase gives one calm line, and the right one still opens", wrong_passphrase),
    scenario!("after locking nothing private is left in the page, nor in the memory of the app", locking_empties_the_page,
        needs: MEMORY),
    scenario!("nothing that was typed can be read in storage, nor on the disk", nothing_readable),
    scenario!("Naast locks at once when it is set so and goes out of sight", locks_when_hidden),
    scenario!("Naast locks after a time without touches, and keeps what was typed", locks_when_idle, needs: AHEAD),
    scenario!("with the clock set back a year everything is there and can be changed", clock_back, needs: AHEAD),
    scenario!("the principle of today stays for the day and changes with it", principle_of_today, needs: AHEAD),
    scenario!("a key is derived in a worker that ends after, and the screen says so", derives_in_a_worker),
    scenario!("no text becomes HTML or a script, but for those that are the app's own", trusted_types,
        engines: &[Engine::Chromium], needs: Needs { path: "/ergens/naast/", ..Needs::NOTHING }),
];

/// A clock that a test can move, also before the app starts.
const AHEAD: Needs = Needs {
    before_boot: "
        const Real = Date;
        const ahead = () => { try { return Number(localStorage.getItem('other.ahead')); } catch { return 0; } };
        window.Date = class extends Real {
            constructor(...given) { if (given.length) super(...given); else super(Real.now() + ahead()); }
            static now() { return Real.now() + ahead(); }
        };",
    ..Needs::NOTHING
};

/// The memory of the app in the window. The app gives it to nobody. The phone is busy when the vault is created,
/// so that opening it later raises the costs.
pub(super) const MEMORY: Needs = Needs {
    before_boot: "
        const Real = Worker;
        let derived = 0;
        window.Worker = class extends Real {
            set onmessage(run) { super.onmessage = (event) => { event.data.took = derived++ ? 100 : 100_000; run(event); }; }
        };
        for (const name of ['instantiate', 'instantiateStreaming']) {
            const real = WebAssembly[name];
            WebAssembly[name] = async (...given) => {
                const made = await real.apply(WebAssembly, given);
                // The second module has no memory of its own.
                window.naastMemory ??= Object.values((made.instance ?? made).exports).find((one) => one instanceof WebAssembly.Memory);
                return made;
            };
        }",
    ..Needs::NOTHING
};

/// A script that reports which of these are in the memory of the app, in the encodings of Rust and of JavaScript.
fn held_in_memory(words: &[&str]) -> String {
    let words = serde_json::json!(words);
    format!(
        "const held = new TextDecoder('latin1').decode(new Uint8Array(window.naastMemory.buffer)); \
        const found = {words}.filter((word) => held.includes(word) || held.includes([...word].join('\\0')));"
    )
}

pub(super) async fn in_memory(page: &Page, words: &[&str]) -> Result<Vec<String>> {
    Ok(serde_json::from_value(page.run(&format!("{} return found", held_in_memory(words))).await?)?)
}

const DAY: i64 = 86_400_000;

async fn move_clock(page: &Page, milliseconds: i64) -> Result<()> {
    storage::set(page, "other.ahead", Some(&milliseconds.to_string())).await
}

async fn own_passphrase(case: &mut Case) -> Result<()> {
    case.open("#/gezinnen").await?;
    let page = case.page.clone();
    page.see("Niemand kan ze terughalen").await?;
    page.button("Zelf een wachtzin bedenken").click().await?;
    for weak in ["welkom", "welkom123", "zomer 2026", "aaaaaaaaaaaaaaaaaaaaaaaa", "correct horse battery staple"] {
        page.field("Je eigen wachtzin").fill(weak).await?;
        page.see("Nog te makkelijk te raden.").await.with_context(|| weak.to_owned())?;
        page.field("Typ de wachtzin nog een keer").fill(weak).await?;
        page.button("Kluis maken").click().await?;
        page.see("raadt een computer te snel").await?;
    }
    page.field("Je eigen wachtzin").fill(PASSPHRASE).await?;
    page.see("Sterk.").await?;
    page.field("Typ de wachtzin nog een keer").fill("iets anders").await?;
    page.button("Kluis maken").click().await?;
    page.see("De twee zijn nog niet gelijk.").await?;
    ensure!(storage::get(&page, "naast.vault").await?.is_none(), "no vault was made yet");
    page.field("Typ de wachtzin nog een keer").fill(&format!("  {} ", PASSPHRASE.replace(' ', "  "))).await?;
    page.button("Kluis maken").click().await?;
    page.title("Gezinnen").see().await?;
    steps::lock(&page).await?;
    steps::unlock(&page, PASSPHRASE).await?;
    page.title("Gezinnen").see().await
}

async fn wrong_passphrase(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    steps::lock(&page).await?;
    let before = storage::all(&page).await?;
    for wrong in [format!("{words} niet"), words.to_uppercase(), "x".repeat(2000)] {
        page.field("Wachtzin").fill(&wrong).await?;
        page.button("Openen").click().await?;
        page.see("Deze wachtzin past niet.").await?;
        ensure!(page.alert(crate::locator::any()).count().await? == 0, "calm, without an alarm");
    }
    ensure!(storage::all(&page).await? == before, "nothing in storage changed");
    page.field("Wachtzin").fill(&words).await?;
    page.button("Openen").click().await?;
    page.link(crate::locator::part("Vos")).see().await
}

async fn other_passphrase(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let old = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    page.go("#/meer/kluis").await?;
    page.button("Andere wachtzin").click().await?;
    let new = page.until("a proposal", "return document.querySelector('.passphrase')?.textContent").await?;
    let new = new.as_str().unwrap_or_default().to_owned();
    ensure!(new != old && new.split(' ').count() >= 5, "another proposal: {new}");
    page.field("Typ de wachtzin nog een keer").type_in(&new).await?;
    page.field("Je wachtzin van nu").type_in("niet deze").await?;
    page.button("Wachtzin wijzigen").click().await?;
    page.see("Deze wachtzin past niet.").await?;
    page.field("Je wachtzin van nu").fill(&old).await?;
    page.button("Wachtzin wijzigen").click().await?;
    page.see("Je wachtzin is gewijzigd.").await?;
    storage::journalled(&page).await?;
    case.restart("#/gezinnen").await?;
    let page = case.page.clone();
    steps::only_the_new_opens(&page, &old, &new).await?;
    page.link(crate::locator::part("Vos")).see().await
}

async fn slowed_down(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::lock(&page).await?;
    let before = storage::all(&page).await?;
    for _ in 0..2 {
        page.field("Wachtzin").fill("niet deze").await?;
        page.button("Openen").click().await?;
        page.see("Kijk rustig nog eens").await?;
    }
    page.field("Wachtzin").fill("deze ook niet").await?;
    page.button("Openen").click().await?;
    page.see("Over 5 seconden kun je het weer proberen.").await?;
    page.field("Wachtzin").fill(&words).await?;
    page.see("Je kunt het weer proberen.").await?;
    page.button("Openen").click().await?;
    page.title("Gezinnen").see().await?;
    // The costs may have been raised in the meantime; another test covers that.
    let rest = |mut all: std::collections::BTreeMap<String, String>| all.remove("naast.vault").map(|_| all);
    ensure!(rest(storage::all(&page).await?) == rest(before), "nothing was erased");
    Ok(())
}

/// Words that occur nowhere else.
const SECRETS: [&str; 7] =
    ["Zwaluwnest", "kwispelgeheim", "mistbankgeheim", "turfgeheim", "wolkgeheim", "klinkergeheim", "drempelgeheim"];

/// Words that were only searched for.
const SOUGHT: [&str; 2] = ["kruimelgeheim", "duingeheim"];

/// Types a secret in every kind of field; ends at looking back.
async fn plant_secrets(page: &Page) -> Result<()> {
    let [nickname, intention, quick, seen, thought, question, step] = SECRETS;
    page.go("#/vragen/eigen/nieuw").await?;
    page.field("Je vraag").type_in(question).await?;
    page.button("Klaar").click().await?;
    page.see("eigen vraag").await?;
    steps::add_family(page, nickname).await?;
    let visit = steps::begin_visit(page).await?;
    page.field("Wat neem je je voor?").type_in(intention).await?;
    page.go(&format!("{visit}/op-bezoek")).await?;
    page.field("Snelle notitie").type_in(quick).await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    page.button("Stap toevoegen").click().await?;
    page.field("Wat precies?").type_in(step).await?;
    page.field("Gezien en gehoord").type_in(seen).await?;
    page.field("Wat ik ervan denk").type_in(thought).await
}

/// Everything that the page contains: its source, and the values of its fields.
pub(super) async fn everything_in(page: &Page) -> Result<String> {
    let script = "const held = [document.documentElement.outerHTML, document.title, location.href, window.name, \
          JSON.stringify(history.state)]; \
        for (const e of document.querySelectorAll('*')) { \
          if ('value' in e) held.push(String(e.value)); \
          if (e.tagName === 'IFRAME' || e.shadowRoot) held.push('something hidden'); \
        } \
        held.push(String(getSelection())); \
        return held.join('\\n')";
    Ok(page.run(script).await?.as_str().unwrap_or_default().to_owned())
}

async fn locking_empties_the_page(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    plant_secrets(&page).await?;
    ensure!(everything_in(&page).await?.contains("turfgeheim"), "the search itself works");
    let looked_back = page.hash().await?;
    // Queries are private too.
    page.go("#/gezinnen/zoeken").await?;
    page.field("Zoek in je kluis").type_in(SOUGHT[0]).await?;
    page.go("#/vragen").await?;
    page.field("Zoek een vraag").type_in(SOUGHT[1]).await?;
    let secrets: Vec<&str> = SECRETS.iter().chain(&SOUGHT).copied().chain([words.as_str()]).collect();
    // Locked in the middle of typing.
    page.go(&looked_back).await?;
    page.title("Terugkijken").see().await?;
    page.field("Wat ik ervan denk").type_in(" en meer").await?;
    let held = in_memory(&page, &secrets).await?;
    ensure!(SECRETS.iter().all(|secret| held.iter().any(|word| word == secret)), "open, it holds only {held:?}");
    ensure!(!held.contains(&words), "the passphrase is still in memory while the vault is open");
    page.button("Verberg").click().await?;
    page.button("Verberg").gone().await?;
    let mut screens = vec![page.hash().await?, looked_back];
    screens
        .extend(["#/", "#/vragen", "#/gezinnen", "#/houding", "#/meer", "#/hulp", "#/meer/opslag"].map(str::to_owned));
    for screen in screens {
        page.go(&screen).await?;
        page.at(&screen[..]).await?;
        page.title(crate::locator::any()).see().await?;
        let held = everything_in(&page).await?;
        for secret in &secrets {
            ensure!(!held.contains(secret), "“{secret}” is still in the page at {screen}");
        }
        let held = in_memory(&page, &secrets).await?;
        ensure!(held.is_empty(), "{held:?} are still in memory at {screen}");
    }
    page.go("#/gezinnen").await?;
    page.title("Op slot").see().await?;
    page.field("Wachtzin").type_in(&words).await?;
    ensure!(in_memory(&page, &[&words]).await? == [words.clone()], "what is being typed is there");
    page.button("Openen").click().await?;
    page.title("Gezinnen").see().await?;
    // The costs are raised in the meantime, which needs the passphrase again.
    let gone = format!("{} return found.length === 0", held_in_memory(&[&words]));
    page.until("the passphrase to leave the memory after opening", &gone).await?;
    page.link(crate::locator::part("Zwaluwnest")).click().await?;
    page.link(crate::locator::part("kwispelgeheim")).click().await?;
    page.link("Terugkijken").first().click().await?;
    page.field("Wat ik ervan denk").has("wolkgeheim en meer").await
}

async fn nothing_readable(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    plant_secrets(&page).await?;
    steps::kept(&page).await?;
    let script = "const done = arguments[0]; (async () => { \
        const held = { local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie }; \
        held.databases = indexedDB.databases ? (await indexedDB.databases()).map((d) => d.name) : []; \
        held.caches = []; \
        for (const name of await caches.keys()) { \
          for (const request of await (await caches.open(name)).keys()) held.caches.push(request.url); \
        } \
        return held; })().then(done, (error) => done(String(error)))";
    let held = page.run_async(script, vec![]).await?;
    let looked_into = [serde_json::json!([]), serde_json::json!(["naast"])];
    ensure!(looked_into.contains(&held["databases"]), "databases that nobody looked into: {}", held["databases"]);
    let mut local: std::collections::BTreeMap<String, String> = serde_json::from_value(held["local"].clone())?;
    let journal = storage::journal(&page).await?;
    ensure!(journal.len() >= 3, "the journal holds them too: {:?}", journal.keys());
    local.extend(journal.into_iter().map(|(key, value)| (format!("journal {key}"), value)));
    ensure!(local.keys().filter(|key| key.starts_with("naast.")).count() >= 4, "the search itself works");
    let mut readable = held.to_string().into_bytes();
    for value in local.values() {
        ensure!(value.is_ascii(), "ASCII only");
        for part in value.split('.') {
            readable.extend(decoded(part));
        }
    }
    // Single words of the passphrase are in the app's own list.
    for secret in SECRETS.iter().copied().chain([words.as_str()]) {
        ensure!(!contains(&readable, secret), "“{secret}” can be read in storage");
    }
    // What the browser stores by itself, such as the text of fields for a restart.
    if case.engine != Engine::WebKit {
        case.close().await?;
        for (file, bytes) in case.browser.files_on_disk()? {
            for secret in SECRETS.iter().copied().chain([words.as_str()]) {
                ensure!(!contains(&bytes, secret), "“{secret}” can be read in {}", file.display());
            }
        }
        case.restart("#/").await?;
    }
    Ok(())
}

fn contains(bytes: &[u8], secret: &str) -> bool {
    let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [secret.as_bytes(), &wide].iter().any(|needle| bytes.windows(needle.len()).any(|window| window == *needle))
}

/// Decodes base64 of either alphabet, as far as possible.
fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0);
    for c in text.bytes() {
        let six = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'-' | b'+' => 62,
            b'_' | b'/' => 63,
            _ => break,
        };
        held = (held << 6 | u32::from(six)) & 0xff_ffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    bytes
}

async fn locks_when_hidden(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    page.go("#/meer/instellingen").await?;
    page.field(crate::locator::part("Als Naast uit beeld is")).set("0").await?;
    page.see("meteen").await?;
    let family = steps::add_family(&page, "Vos").await?;
    steps::begin_visit(&page).await?;
    page.field("Wat neem je je voor?").type_in("Net nog getypt").await?;
    goes_out_of_sight(case).await?;
    ensure!(!everything_in(&page).await?.contains("Net nog getypt"), "nothing is left in the page");
    steps::unlock(&page, &words).await?;
    page.field("Wat neem je je voor?").has("Net nog getypt").await?;
    page.go(&family).await?;
    page.title("Vos").see().await
}

/// Another tab comes to the foreground, and is closed again.
async fn goes_out_of_sight(case: &Case) -> Result<()> {
    let page = &case.page;
    if case.engine == Engine::WebKit {
        // A window in automation stays visible whatever covers it: the page is told instead.
        let tell = |hidden: bool| {
            format!(
                "Object.defineProperty(document, 'hidden', {{ value: {hidden}, configurable: true }}); \
                 document.dispatchEvent(new Event('visibilitychange'))"
            )
        };
        page.run(&tell(true)).await?;
        page.title("Op slot").see().await?;
        page.run(&tell(false)).await?;
        return Ok(());
    }
    // Switching to a tab brings it to the foreground, so wait until it reports that it was hidden.
    page.run(
        "document.addEventListener('visibilitychange', () => { \
           if (document.hidden) localStorage.setItem('other.hidden', 'yes'); })",
    )
    .await?;
    let here = page.driver().window().await?;
    let other = case.browser.new_tab().await?;
    page.open(&case.url("#/hulp")).await?;
    page.until("the first tab is hidden", "return localStorage.getItem('other.hidden')").await?;
    page.driver().switch_to_window(here.clone()).await?;
    page.title("Op slot").see().await?;
    page.driver().switch_to_window(other).await?;
    page.driver().close_window().await?;
    page.driver().switch_to_window(here).await?;
    Ok(())
}

async fn locks_when_idle(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    steps::begin_visit(&page).await?;
    page.field("Wat neem je je voor?").type_in("Net nog getypt").await?;
    move_clock(&page, 9 * 60_000).await?;
    // A touch in time restarts the ten minutes.
    page.field("Wat neem je je voor?").type_in(" en verder").await?;
    move_clock(&page, 18 * 60_000).await?;
    page.field("Wat neem je je voor?").has("Net nog getypt en verder").await?;
    move_clock(&page, 29 * 60_000).await?;
    page.title("Op slot").see().await?;
    steps::unlock(&page, &words).await?;
    page.field("Wat neem je je voor?").has("Net nog getypt en verder").await
}

async fn clock_back(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    let family = steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    page.field("Wat neem je je voor?").type_in("Voor de sprong").await?;
    steps::kept(&page).await?;
    move_clock(&page, -365 * DAY).await?;
    page.field("Wat neem je je voor?").type_in(", en erna").await?;
    steps::kept(&page).await?;
    case.restart(&format!("{visit}/voorbereiden")).await?;
    let page = case.page.clone();
    steps::unlock(&page, &words).await?;
    page.field("Wat neem je je voor?").has("Voor de sprong, en erna").await?;
    page.go(&family).await?;
    page.title("Vos").see().await?;
    steps::begin_visit(&page).await?;
    page.field("Wat neem je je voor?").type_in("Een jaar terug").await?;
    steps::kept(&page).await?;
    move_clock(&page, 0).await?;
    case.restart(&family).await?;
    let page = case.page.clone();
    steps::unlock(&page, &words).await?;
    page.link(crate::locator::part("Een jaar terug")).see().await?;
    page.link(crate::locator::part("Voor de sprong, en erna")).see().await
}

async fn principle_of_today(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let script = "return document.querySelector('main section a.card.sun')?.textContent";
    let first = case.page.until("a principle", script).await?;
    case.open("").await?;
    ensure!(case.page.until("a principle", script).await? == first, "it changed by opening again");
    move_clock(&case.page, DAY).await?;
    case.open("").await?;
    ensure!(case.page.until("a principle", script).await? != first, "it is the same a day later");
    Ok(())
}

async fn derives_in_a_worker(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    page.run(
        "window.workers = []; const Real = Worker; \
         window.Worker = class extends Real { \
           constructor(...given) { super(...given); window.workers.push('started'); } \
           terminate() { window.workers.push('ended'); super.terminate(); } }",
    )
    .await?;
    let words = steps::make_vault(&page).await?;
    // Once to measure, and possibly once more.
    let workers = page.run("return window.workers.splice(0).join()").await?;
    ensure!(["started,ended", "started,ended,started,ended"].iter().any(|all| workers == *all), "making: {workers}");
    steps::lock(&page).await?;
    page.field("Wachtzin").type_in(&words).await?;
    page.run(
        "window.seen = ''; new MutationObserver(() => { window.seen += document.querySelector('main').textContent; }) \
           .observe(document.body, { subtree: true, childList: true })",
    )
    .await?;
    page.button("Openen").click().await?;
    page.title("Op slot").gone().await?;
    ensure!(page.run("return window.workers.slice(0, 2).join()").await? == "started,ended", "opening a vault");
    let seen = page.run("return window.seen.includes('De kluis gaat open…')").await?;
    ensure!(seen == true, "the screen shows that something happens");
    Ok(())
}

/// The attempts of the page, by name; each throws, or returns its name.
const TEXTS: &str = "
    const tries = {
        html: () => { document.createElement('p').innerHTML = '<b>text</b>'; },
        source: () => { document.createElement('script').src = './naast.js'; },
        body: () => { document.createElement('script').text = '1'; },
        handler: () => document.createElement('p').setAttribute('onclick', '1'),
        timer: () => setTimeout('1'),
        data: () => new Worker('data:text/javascript,1'),
        blob: () => new Worker(URL.createObjectURL(new Blob(['1']))),
        another: () => new Worker('./naast.js', { type: 'module' }),
        asked: () => new Worker(document.getElementById('boot').src + '?'),
        above: () => new Worker('../sw.js'),
        elsewhere: () => new Worker('https://example.invalid/sw.js'),
        shared: () => new SharedWorker('./naast.js'),
        policy: () => trustedTypes.createPolicy('another', { createHTML: (text) => text }),
        again: () => trustedTypes.createPolicy('default', { createHTML: (text) => text }),
    };
    const done = arguments[0], went = [];
    for (const [name, go] of Object.entries(tries)) {
        try { go(); went.push(name); } catch (error) { if (!(error instanceof TypeError)) went.push(name + ': ' + error); }
    }
    navigator.serviceWorker.register('./naast.js')
        .then(() => went.push('register'), () => {})
        .then(() => done(went.join('\\n')));";

async fn trusted_types(case: &mut Case) -> Result<()> {
    case.open("").await?;
    case.expect_complaint("Trusted");
    let page = case.page.clone();
    let went = page.run_async(TEXTS, vec![]).await?;
    ensure!(went == "", "what should have been refused: {went}");
    // Those that succeed: the service worker, the worker for keys, and that for codes.
    steps::make_vault(&page).await?;
    page.go("#/meer/overzetten").await?;
    page.button("Deze telefoon geeft").click().await?;
    page.button("Laat de codes zien").click().await?;
    super::transfer::code_after(&page, "").await?;
    steps::lock(&page).await
}
