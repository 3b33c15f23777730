//! Getting around: links, reload, back and forward, sheets, the keyboard, and fast clicks.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use crate::case::{Case, Needs};
use crate::engine::Engine;
use crate::locator::{any, part};
use crate::page::Page;
use crate::runner::Scenario;
use crate::{scenario, steps, storage};

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!("what takes long to open says so, and who to call meanwhile", opens_slowly, needs: SLOW_START),
    scenario!("the first screen is there before the app, and stays where it is", first_screen, needs: SLOW_START),
    scenario!("the first screen knows the theme and the lock of a phone that was here before", returns, needs: SLOW_IF_ASKED),
    scenario!("a panic shows a card, leaves the page to copy from, and loses nothing that was saved", panics, needs: ONLINE),
    scenario!("what lies behind the door and did not come is said, and asked for again", comes_later, needs: NO_SIGNAL),
    scenario!("a host that does not know the type of a module gives both all the same", untyped, needs: UNTYPED),
    scenario!("deep links, reload, back and forward lead where a person expects", ways),
    scenario!("going back closes an open sheet and stays on the page", back_closes_a_sheet),
    scenario!("coming back to a long list finds it where it was left", scroll_position),
    scenario!("a finger moved sideways steps through the cards", swipe, engines: &[Engine::Chromium]),
    scenario!("turning the phone keeps the screen and what was typed", turned),
    scenario!("the manifest names files that are there and screens that exist", manifest),
    scenario!("a double tap makes one thing only", double_taps),
    scenario!("deleting says what disappears, and can be undone until the page is left", delete_and_undo),
    scenario!("archived families rest and come back", archive),
    scenario!("Naast can be used with the keyboard alone", keyboard),
    scenario!("help is one touch away on every screen, also when locked", help),
    scenario!("what was typed can be exported as readable text and as JSON", export),
    scenario!(
        "a safety question stands behind the coordinator for a volunteer, and with the meldcode for a professional",
        safety_questions
    ),
];

/// The app waits until it is told to go on.
const SLOW_START: Needs = Needs { before_boot: "await new Promise((go) => { window.goOn = go; });", ..Needs::NOTHING };

async fn opens_slowly(case: &mut Case) -> Result<()> {
    let page = case.page.clone();
    page.driver().get(&case.url("#/houding")).await?;
    page.see("Naast wordt geopend…").await?;
    // The help for a slow start appears after 12 seconds: the animations are set to their end.
    page.not_see("Duurt het lang?").await?;
    page.run("document.getAnimations().forEach((animation) => animation.finish())").await?;
    page.see("Duurt het lang?").await?;
    page.link("112").see().await?;
    page.run("goOn()").await?;
    page.title("Houding").see().await?;
    page.not_see("Naast wordt geopend…").await
}

/// The positions of text and controls, in pixels, without what differs from day to day.
const PLACES: &str = "
    const all = document.querySelectorAll('.top .place, .bar a, .page h2, .page .button, .list-row');
    return [...all].filter((element) => element.checkVisibility()).map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [element.textContent, x, y, width, height].join(' ');
    });";

/// Compares the positions before the app runs with those after, and lets the app continue in between.
async fn takes_over_in_place(page: &Page) -> Result<()> {
    let before = page.run(PLACES).await?;
    page.run("goOn()").await?;
    page.ready().await?;
    let after = page.run(PLACES).await?;
    ensure!(before == after, "before the app: {before:#}\nafter: {after:#}");
    ensure!(before.as_array().is_some_and(|places| places.len() > 8), "too little to compare: {before:#}");
    Ok(())
}

async fn first_screen(case: &mut Case) -> Result<()> {
    let page = case.page.clone();
    page.driver().get(&case.url("")).await?;
    page.heading("Welkom bij Naast").see().await?;
    page.link("Ik ga op bezoek").see().await?;
    ensure!(page.link("Op slot. Openen?").count().await? == 0, "there is no vault yet");
    takes_over_in_place(&page).await?;
    page.button("Dat is helder").see().await?;
    // A link that is clicked before the app runs leads to its address.
    page.driver().refresh().await?;
    page.link("Vragen").within(&page.navigation("Hoofdmenu")).click().await?;
    page.run("goOn()").await?;
    page.title("Vragen").see().await
}

/// The app waits until it is told to go on, once `sessionStorage.slow` is set.
const SLOW_IF_ASKED: Needs = Needs {
    before_boot: "if (sessionStorage.slow) await new Promise((go) => { window.goOn = go; });",
    ..Needs::NOTHING
};

async fn returns(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    page.button("Dat is helder").click().await?;
    page.go("#/meer/instellingen").await?;
    page.radio("Donker").click().await?;
    steps::make_vault(&page).await?;
    steps::lock(&page).await?;
    page.go("#/").await?;
    page.title("Vandaag").see().await?;
    page.run("sessionStorage.slow = 'yes'").await?;
    page.driver().get("about:blank").await?;
    page.driver().get(&case.url("")).await?;
    page.link(part("Je notities zijn op slot")).see().await?;
    page.link("Op slot. Openen?").see().await?;
    page.not_see("Welkom bij Naast").await?;
    ensure!(page.run("return document.documentElement.dataset.theme").await? == "dark", "the theme that was chosen");
    takes_over_in_place(&page).await
}

/// The page is loaded again from the server.
const ONLINE: Needs = Needs { online: true, ..Needs::NOTHING };

async fn panics(case: &mut Case) -> Result<()> {
    case.expect_complaint("panicked at");
    case.expect_complaint("nreachable");
    case.open("#/vragen").await?;
    let page = case.page.clone();
    page.field("Zoek een vraag").type_in("school").await?;
    page.button("Favoriet").first().see().await?;
    // While a setting is being saved, another one is changed: a script that does so breaks a rule of the app.
    page.run(
        "const real = Storage.prototype.setItem;
         Storage.prototype.setItem = function (...values) {
             Storage.prototype.setItem = real;
             document.querySelectorAll('[aria-label=Favoriet]')[1].click();
             return real.apply(this, values);
         };",
    )
    .await?;
    page.button("Favoriet").first().click().await?;
    page.see("Er ging iets mis").await?;
    page.see("Wat bewaard was, staat veilig op dit toestel.").await?;
    page.field("Zoek een vraag").has("school").await?;
    let said = page.run("return document.querySelector('.stopped').textContent").await?;
    ensure!(!said.to_string().contains("school"), "the card holds what was typed: {said}");
    page.button("Naast opnieuw openen").click().await?;
    page.title("Vragen").see().await?;
    page.not_see("Er ging iets mis").await?;
    page.field("Zoek een vraag").type_in("school").await?;
    page.button("Favoriet").first().is("pressed").await
}

/// The signal is lost just after the first module of the app has arrived.
const NO_SIGNAL: Needs = Needs {
    before_boot: "
        const real = window.fetch;
        window.fetch = (what, ...more) => String(what.url ?? what).includes('naast_private') && !window.signal
            ? Promise.reject(new TypeError('no signal'))
            : real(what, ...more);",
    ..Needs::NOTHING
};

async fn comes_later(case: &mut Case) -> Result<()> {
    case.expect_complaint("no signal");
    case.open("#/gezinnen").await?;
    let page = case.page.clone();
    page.title("Gezinnen").see().await?;
    page.see("Dit deel van Naast staat nog niet op je telefoon.").await?;
    // What everyone can read is here.
    page.go("#/vragen").await?;
    page.link(part("?")).within(&page.main()).see_some().await?;
    page.go("#/meer/kluis").await?;
    page.button("Probeer opnieuw").click().await?;
    page.button("Probeer opnieuw").see().await?;
    page.run("window.signal = true").await?;
    page.button("Probeer opnieuw").click().await?;
    page.title("Je kluis").see().await?;
    page.go("#/gezinnen").await?;
    page.title("Een kluis voor je notities").see().await
}

/// A host that declares every file to be a byte stream.
const UNTYPED: Needs = Needs {
    before_boot: "
        const real = window.fetch;
        window.fetch = async (what, ...more) => {
            const answer = await real(what, ...more);
            return new Response(await answer.arrayBuffer(), { headers: { 'content-type': 'application/octet-stream' } });
        };",
    ..Needs::NOTHING
};

async fn untyped(case: &mut Case) -> Result<()> {
    case.open("#/gezinnen").await?;
    case.page.title("Een kluis voor je notities").see().await
}

async fn ways(case: &mut Case) -> Result<()> {
    case.open("#/meer/privacy").await?;
    let page = case.page.clone();
    page.title("Privacy").see().await?;
    case.reload().await?;
    page.title("Privacy").see().await?;
    page.link("Omhoog").click().await?;
    page.title("Meer").see().await?;
    page.link("Houding").within(&page.navigation("Hoofdmenu")).click().await?;
    page.title("Houding").see().await?;
    page.back().await?;
    page.title("Meer").see().await?;
    page.back().await?;
    page.title("Privacy").see().await?;
    page.forward().await?;
    page.title("Meer").see().await?;
    page.forward().await?;
    page.title("Houding").see().await?;
    for (strange, title) in [
        ("#/onzin", "Hier ligt niets"),
        ("#/gezinnen/123", "Hier ligt niets"),
        ("#/vragen/bestaat-niet", "Hier ligt niets"),
        ("#/houding/bestaat-niet", "Hier ligt niets"),
        ("#/vragen/kaarten/bestaat-niet", "Hier ligt niets"),
        ("#//", "Vandaag"),
        ("#/%E0%A4%A", "Hier ligt niets"),
        ("#/hulp/", "Hulp"),
    ] {
        case.open(strange).await?;
        page.title(title).see().await.with_context(|| strange.to_owned())?;
    }
    page.go("#/onzin").await?;
    page.link("Naar Vandaag").click().await?;
    page.title("Vandaag").see().await?;

    // A link into the vault leads to the unlock screen.
    let words = steps::make_vault(&page).await?;
    let family = steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    page.field("Wat neem je je voor?").type_in("Luisteren").await?;
    steps::kept(&page).await?;
    case.open(&format!("{visit}/voorbereiden")).await?;
    steps::unlock(&page, &words).await?;
    page.field("Wat neem je je voor?").has("Luisteren").await?;
    page.link("Omhoog").click().await?;
    page.at(&family).await?;
    page.title("Vos").see().await?;
    // Unlocking adds no entry to the history.
    page.back().await?;
    page.field("Wat neem je je voor?").has("Luisteren").await?;
    page.go(&format!("{}/{}/op-bezoek", family, "0".repeat(24))).await?;
    page.title("Hier ligt niets").see().await?;
    page.go(&format!("#/gezinnen/{}", "f".repeat(24))).await?;
    page.title("Hier ligt niets").see().await
}

async fn back_closes_a_sheet(case: &mut Case) -> Result<()> {
    case.open("#/houding").await?;
    let page = case.page.clone();
    page.title("Houding").see().await?;
    page.link("Vragen").within(&page.navigation("Hoofdmenu")).click().await?;
    let sheet = page.dialog("Welke vragen?");
    page.button("Filter").click().await?;
    sheet.see().await?;
    page.back().await?;
    sheet.gone().await?;
    page.title("Vragen").see().await?;
    page.at("#/vragen").await?;

    // Closed by its button, by Escape, and by its main action; going back leaves the page.
    for way in ["button", "escape", "action"] {
        page.button("Filter").click().await?;
        sheet.see().await?;
        match way {
            "button" => page.button("Sluiten").click().await?,
            "escape" => page.press(Key::Escape).await?,
            _ => page.button(part("Toon")).click().await?,
        }
        sheet.gone().await?;
        page.button("Filter").is("focused").await.with_context(|| format!("closed by {way}"))?;
    }
    page.at("#/vragen").await?;
    page.back().await?;
    page.title("Houding").see().await?;

    // The choices on the sheet take effect.
    page.forward().await?;
    page.title("Vragen").see().await?;
    page.button("Filter").click().await?;
    page.button("over het kind").click().await?;
    page.back().await?;
    page.button("Filter (1)").see().await
}

async fn scroll_position(case: &mut Case) -> Result<()> {
    case.open("#/vragen").await?;
    let page = case.page.clone();
    page.title("Vragen").see().await?;
    let rows = page.link(part("?")).within(&page.main());
    page.button("Toon alles").click().await?;
    let thirtieth = rows.clone().nth(30);
    thirtieth.see().await?;
    thirtieth.click().await?;
    page.title("Een vraag").see().await?;
    page.until("a new page begins at its top", "return scrollY === 0").await?;
    page.back().await?;
    page.title("Vragen").see().await?;
    page.until("the list is where it was left", "return scrollY > 800").await.map(drop)
}

/// Moves a finger over the screen; only the protocol of Chromium has real touches.
async fn finger(page: &Page, from: (i32, i32), to: (i32, i32)) -> Result<()> {
    let touch = async |kind: &str, points: serde_json::Value| {
        let event = json!({ "type": kind, "touchPoints": points });
        page.driver().cdp().send_raw("Input.dispatchTouchEvent", event).await
    };
    touch("touchStart", json!([{ "x": from.0, "y": from.1 }])).await?;
    for step in 1..=8 {
        let (x, y) = (from.0 + (to.0 - from.0) * step / 8, from.1 + (to.1 - from.1) * step / 8);
        touch("touchMove", json!([{ "x": x, "y": y }])).await?;
    }
    touch("touchEnd", json!([])).await?;
    Ok(())
}

async fn swipe(case: &mut Case) -> Result<()> {
    case.open("#/vragen/kaarten").await?;
    let page = case.page.clone();
    page.title(part("Kaart 1 van")).see().await?;
    finger(&page, (300, 300), (90, 310)).await?;
    page.title(part("Kaart 2 van")).see().await?;
    finger(&page, (300, 300), (90, 290)).await?;
    page.title(part("Kaart 3 van")).see().await?;
    finger(&page, (90, 300), (300, 310)).await?;
    page.title(part("Kaart 2 van")).see().await?;
    // Vertical movement is for reading.
    finger(&page, (180, 420), (150, 250)).await?;
    page.settled().await?;
    page.title(part("Kaart 2 van")).see().await
}

async fn turned(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    page.field("Wat neem je je voor?").type_in("Voor de draai").await?;
    case.browser.size(740, 360).await?;
    page.field("Wat neem je je voor?").type_in(", en erna").await?;
    page.field("Wat neem je je voor?").has("Voor de draai, en erna").await?;
    // Typing is possible between the bars.
    let room = page.run(
        "const [top, bar] = ['header', 'nav.bar'].map((s) => document.querySelector(s).getBoundingClientRect()); \
         return bar.top - top.bottom",
    );
    let room = room.await?.as_f64().context("a height")?;
    ensure!(room > 150.0, "{room} px between the bars of a turned phone");
    case.browser.size(360, 740).await?;
    page.at(&format!("{visit}/voorbereiden")).await?;
    page.field("Wat neem je je voor?").has("Voor de draai, en erna").await
}

async fn manifest(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let script = "const done = arguments[0]; const link = document.querySelector('link[rel=manifest]').href; \
        fetch(link).then((answer) => answer.json()).then(async (manifest) => { \
          const named = [...manifest.icons, ...(manifest.screenshots || [])].map((one) => new URL(one.src, link).href); \
          const touch = [...document.querySelectorAll('link[rel~=icon], link[rel=apple-touch-icon]')].map((one) => one.href); \
          done({ manifest, scope: new URL(manifest.scope || manifest.start_url, link).href, files: named.concat(touch), \
            shortcuts: manifest.shortcuts.map((one) => new URL(one.url, link).hash) }); \
        }, (error) => done(String(error)))";
    let found = page.run_async(script, vec![]).await?;
    let files: Vec<String> = serde_json::from_value(found["files"].clone()).with_context(|| found.to_string())?;
    ensure!(files.len() >= 4, "files: {files:?}");
    for file in &files {
        let path = file.strip_prefix(&case.server.url()).with_context(|| format!("{file} is elsewhere"))?;
        ensure!(case.site.path().join(path).is_file(), "{path} is missing");
    }
    ensure!(found["scope"] == case.server.url(), "the scope is {}", found["scope"]);
    let purposes: Vec<&str> =
        found["manifest"]["icons"].as_array().into_iter().flatten().filter_map(|i| i["purpose"].as_str()).collect();
    ensure!(purposes.iter().any(|purpose| purpose.contains("maskable")), "no maskable icon");
    for key in ["name", "short_name", "description", "lang", "theme_color", "background_color", "display"] {
        ensure!(found["manifest"][key].is_string(), "{key} is missing");
    }
    let shortcuts: Vec<String> = serde_json::from_value(found["shortcuts"].clone())?;
    ensure!(shortcuts.len() >= 2, "shortcuts: {shortcuts:?}");
    for hash in &shortcuts {
        page.go(hash).await?;
        page.at(&hash[..]).await?;
        page.title(any()).see().await?;
        ensure!(page.title("Hier ligt niets").count().await? == 0, "the shortcut to {hash} leads nowhere");
    }
    Ok(())
}

async fn count_records(page: &Page, kind: &str) -> Result<usize> {
    Ok(storage::starting(page, &format!("naast.{kind}.")).await?.len())
}

/// The second tap comes where the next screen has just appeared: it must do nothing there.
async fn double_taps(case: &mut Case) -> Result<()> {
    case.open("#/gezinnen").await?;
    let page = case.page.clone();
    let words = steps::proposed_words(&page).await?;
    page.field("Typ de wachtzin nog een keer").type_in(&words).await?;
    page.button("Kluis maken").click_twice().await?;
    page.title("Gezinnen").see().await?;
    page.button("Verberg").click_twice().await?;
    page.go("#/gezinnen").await?;
    page.title("Op slot").see().await?;
    page.field("Wachtzin").type_in(&words).await?;
    page.button("Openen").click_twice().await?;
    page.title("Gezinnen").see().await?;

    page.link("Gezin toevoegen").click_twice().await?;
    page.field("Bijnaam").type_in("Vos").await?;
    page.button("Klaar").click_twice().await?;
    page.title("Vos").see().await?;
    let family = page.hash().await?;
    page.button("Nieuw bezoek").click_twice().await?;
    page.title("Voorbereiden").see().await?;
    let visit = page.hash().await?.replace("/voorbereiden", "");
    page.go(&format!("{visit}/terugkijken")).await?;
    page.title("Terugkijken").see().await?;
    page.button("Stap toevoegen").click_twice().await?;
    page.field("Wat precies?").see().await?;
    page.field("Wat precies?").type_in("Fietsen").await?;
    page.button("Klaar met dit bezoek").click_twice().await?;
    page.title("Vos").see().await?;
    page.at(&family).await?;

    page.go("#/vragen/eigen/nieuw").await?;
    page.field("Je vraag").type_in("Wie zingt hier?").await?;
    page.button("Klaar").click_twice().await?;
    page.see("eigen vraag").await?;
    page.until("all is kept", "return Object.keys(localStorage).some((key) => key.startsWith('naast.question.'))")
        .await?;
    for kind in ["family", "visit", "question"] {
        let count = count_records(&page, kind).await?;
        ensure!(count == 1, "{count} of {kind}");
    }

    page.go(&format!("{visit}/verwijderen")).await?;
    page.button("Verwijderen").click_twice().await?;
    page.title("Vos").see().await?;
    page.see("Het bezoek is verwijderd.").await?;
    page.at(&family).await?;
    page.go("#/").await?;
    page.title("Vandaag").see().await?;
    steps_kept(&page, "visit", 0).await?;
    Ok(())
}

async fn delete_and_undo(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    let family = steps::add_family(&page, "Vos").await?;
    steps::begin_visit(&page).await?;
    page.field("Wat neem je je voor?").type_in("Luisteren").await?;
    steps::kept(&page).await?;
    let delete = async || -> Result<()> {
        page.go(&family).await?;
        page.link("Gezin verwijderen").click().await?;
        page.title("Gezin verwijderen?").see().await?;
        page.see("Vos verdwijnt van dit toestel.").await?;
        page.see("Ook het ene bezoek verdwijnt, met alle notities en afspraken.").await?;
        page.button("Verwijderen").click().await?;
        page.see("Het gezin is verwijderd.").await?;
        page.title("Gezinnen").see().await?;
        page.link(part("Vos")).gone().await
    };
    page.go(&format!("{family}/verwijderen")).await?;
    page.link("Toch niet").click().await?;
    page.title("Vos").see().await?;
    delete().await?;
    page.button("Ongedaan maken").click().await?;
    page.link(part("Vos")).click().await?;
    page.link(part("Luisteren")).see().await?;
    steps_kept(&page, "family", 1).await?;
    delete().await?;
    page.go("#/").await?;
    page.title("Vandaag").see().await?;
    page.button("Ongedaan maken").gone().await?;
    steps_kept(&page, "family", 0).await?;
    steps_kept(&page, "visit", 0).await?;
    case.restart("#/gezinnen").await?;
    steps::unlock(&case.page, &words).await?;
    case.page.title("Gezinnen").see().await?;
    case.page.link(part("Vos")).gone().await
}

/// Waits until this many records of a kind are stored. A deleted record leaves a tombstone until a later unlock:
/// 81 characters.
async fn steps_kept(page: &Page, kind: &str, count: usize) -> Result<()> {
    // The tombstone, which stays until the next unlock, has 81 characters.
    let script = format!(
        "return Object.entries(localStorage).filter(([key, value]) => \
           key.startsWith('naast.{kind}.') && value.length !== 81).length === {count}"
    );
    page.until(&format!("{count} of {kind} stored"), &script).await.map(drop)
}

async fn archive(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    page.button("In het archief leggen").click().await?;
    page.see("Ligt nu in het archief.").await?;
    page.go("#/gezinnen").await?;
    page.link("Archief (1)").see().await?;
    page.link(part("Vos")).gone().await?;
    page.link("Archief (1)").click().await?;
    page.title("Archief").see().await?;
    page.link(part("Vos")).click().await?;
    page.button("Terug uit het archief").click().await?;
    page.go("#/gezinnen").await?;
    page.link(part("Vos")).see().await
}

async fn keyboard(case: &mut Case) -> Result<()> {
    case.open("#/").await?;
    let page = case.page.clone();
    page.title("Vandaag").see().await?;
    steps::tab_to(&page, "Naar de inhoud").await?;
    page.press(Key::Enter).await?;
    page.title("Vandaag").is("focused").await?;
    steps::tab_to(&page, "Dat is helder").await?;
    page.press(Key::Enter).await?;
    page.heading("Welkom bij Naast").gone().await?;
    steps::tab_to(&page, "Gezinnen").await?;
    page.press(Key::Enter).await?;
    page.title("Een kluis voor je notities").is("focused").await?;
    let words = steps::proposed_words(&page).await?;
    steps::tab_to(&page, "Typ de wachtzin nog een keer").await?;
    page.driver().action_chain().send_keys(words).perform().await?;
    page.press(Key::Enter).await?;
    page.title("Gezinnen").see().await?;
    steps::tab_to(&page, "Gezin toevoegen").await?;
    page.press(Key::Enter).await?;
    page.title("Gezin toevoegen").is("focused").await?;
    steps::tab_to(&page, "Bijnaam").await?;
    page.driver().action_chain().send_keys("Vos").perform().await?;
    page.press(Key::Tab).await?;
    page.press(Key::Right).await?;
    page.radio("Boom").is("checked").await?;
    steps::tab_to(&page, "Klaar").await?;
    page.press(Key::Space).await?;
    page.title("Vos").is("focused").await?;

    page.go("#/vragen").await?;
    page.title("Vragen").is("focused").await?;
    steps::tab_to(&page, "Filter").await?;
    page.press(Key::Enter).await?;
    page.dialog("Welke vragen?").see().await?;
    steps::tab_to(&page, "licht").await?;
    page.press(Key::Space).await?;
    page.button("licht").is("pressed").await?;
    page.press(Key::Escape).await?;
    page.dialog("Welke vragen?").gone().await?;
    page.button("Filter (1)").is("focused").await
}

async fn help(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    let family = steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    let screens =
        [family, format!("{visit}/op-bezoek"), format!("{visit}/kiezen"), "#/vragen/kaarten".into(), "#/meer".into()];
    for locked in [false, true] {
        if locked {
            steps::lock(&page).await?;
        }
        for screen in &screens {
            page.go(screen).await?;
            page.at(&screen[..]).await?;
            page.link("Hulp").click().await?;
            page.title("Hulp").see().await?;
            let numbers = page.run("return [...document.querySelectorAll('main a[href^=\"tel:\"]')].map((a) => a.getAttribute('href'))").await?;
            let numbers: Vec<String> = serde_json::from_value(numbers)?;
            ensure!(
                numbers.contains(&"tel:112".to_owned()) && numbers.contains(&"tel:08002000".to_owned()),
                "numbers: {numbers:?}"
            );
            page.back().await?;
            page.at(&screen[..]).await?;
        }
    }
    page.go("#/gezinnen").await?;
    steps::unlock(&page, &words).await
}

async fn export(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_sample(&page).await?;
    let (text, json) = steps::taken_home(&page).await?;
    page.see("Let op: dit bestand is niet op slot.").await?;
    for said in [
        "Vos",
        "Grote Beer",
        "soep op tafel",
        "Samen naar de bibliotheek lopen",
        "Lachte erom.",
        "Waar word jij thuis blij van",
    ] {
        ensure!(text.contains(said), "“{said}” is missing in the text:\n{text}");
        ensure!(json.contains(said), "“{said}” is missing in the JSON");
    }
    let _: serde_json::Value = serde_json::from_str(&json).context("JSON")?;
    let names: Vec<String> = serde_json::from_value(page.run("return window.named").await?)?;
    let [markdown, data] = names.as_slice() else { anyhow::bail!("files: {names:?}") };
    ensure!(markdown.ends_with(".md") && data.ends_with(".json"), "files: {names:?}");
    Ok(())
}

async fn safety_questions(case: &mut Case) -> Result<()> {
    case.open("#/hulp/zorgen").await?;
    let page = case.page.clone();
    page.heading("Wat jij doet").see().await?;
    page.button("Vragen over veiligheid, na overleg").click().await?;
    let rows = page.link(part("bij zorgen over veiligheid"));
    rows.see_some().await?;
    rows.first().click().await?;
    page.title("Een vraag").see().await?;
    page.heading("Eerst je coördinator").see().await?;
    let at = page.hash().await?;
    // Neither among the cards nor in the list.
    page.go("#/vragen").await?;
    page.title("Vragen").see().await?;
    page.button("Toon alles").click().await?;
    let listed = page.until("the list", "return document.querySelectorAll('main li').length > 50 && [...document.querySelectorAll('main a')].map((a) => a.getAttribute('href'))").await?;
    let listed: Vec<String> = serde_json::from_value(listed)?;
    ensure!(!listed.contains(&at), "a safety question is an ordinary card");
    case.open(&at.replacen("vragen/", "vragen/kaarten/", 1)).await?;
    case.page.title("Hier ligt niets").see().await?;

    let page = case.page.clone();
    page.go("#/meer/instellingen").await?;
    page.radio("Beroepskracht").click().await?;
    page.go(&at).await?;
    page.heading("Deze vraag hoort bij de meldcode").see().await?;
    page.button("De vijf stappen").click().await?;
    page.go("#/hulp/zorgen").await?;
    page.heading("De vijf stappen van de meldcode").see().await?;
    Ok(())
}
