//! The turned phone: what the parent can do, what the parent cannot reach, and what is left of it.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use thirtyfour::Key;

use super::vault::{MEMORY, everything_in, in_memory};
use crate::axe::Axe;
use crate::case::{Case, Needs};
use crate::engine::Engine;
use crate::locator::part;
use crate::page::Page;
use crate::runner::Scenario;
use crate::{scenario, steps, storage};

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!("a parent answers in Arabic, ten ways lead to no note, and after unlocking all of it is there", in_arabic,
        needs: MEMORY),
    scenario!("what a parent answered is still there after the browser is killed", killed),
    scenario!("what a parent asks to do and never to do is added to the family", please),
    scenario!("a parent reads along what the worker ticks, and nothing else, and asks to change it", reads_along),
    scenario!("a parent gets a copy of what was agreed, and the visit remembers what was given", copy, needs: SHARES),
    scenario!("a parent reads in Farsi who the worker is and what is written down", introduction),
    scenario!("a child points at a face or at the weather, and at what is nice", day),
    scenario!("a question is read aloud by a voice of the device, and by no other", aloud, needs: VOICES),
    scenario!("when the phone is turned, another tab locks", other_tab),
    scenario!("without room the answers stay on the screen, and are kept once there is room", no_room),
    scenario!("every screen for a parent fits a narrow phone, in every language, and axe finds nothing", every_language,
        engines: &[Engine::Chromium]),
];

/// A device with a voice of its own for Arabic, and one of a server for Turkish.
const VOICES: Needs = Needs {
    before_boot: "
        window.spoken = [];
        const voices = [
            { lang: 'tr-TR', localService: false }, { lang: 'nl-NL', localService: true }, { lang: 'ara_EG', localService: true },
        ];
        window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
        const speech = Object.assign(new EventTarget(), {
            getVoices: () => speech.loaded ? voices : [], cancel() {}, speak: (said) => window.spoken.push(`${said.voice.lang}: ${said.text}`),
        });
        setTimeout(() => { speech.loaded = true; speech.dispatchEvent(new Event('voiceschanged')); }, 500);
        Object.defineProperty(window, 'speechSynthesis', { value: speech, configurable: true });",
    ..Needs::NOTHING
};

const NOTE: &str = "kwikstaartgeheim";

/// A vault with a family and a visit with a private note; returns its passphrase and the start of the addresses of
/// the visit.
async fn made(page: &Page) -> Result<(String, String)> {
    let words = steps::make_vault(page).await?;
    steps::add_family(page, "Zwaluw").await?;
    let visit = steps::begin_visit(page).await?;
    page.field("Wat neem je je voor?").type_in(NOTE).await?;
    steps::kept(page).await?;
    Ok((words, visit))
}

/// Turns the phone with this tool, in this language.
async fn turn(page: &Page, visit: &str, tool: &str, language: &str) -> Result<()> {
    turn_from(page, &format!("{visit}/samen/{tool}"), language).await
}

/// The same, from the page at this address.
async fn turn_from(page: &Page, address: &str, language: &str) -> Result<()> {
    page.go(address).await?;
    page.button(language).click().await?;
    page.button(language).is("pressed").await?;
    page.button("Draai de telefoon").click().await?;
    page.at("#/samen").await?;
    page.button("Draai de telefoon").gone().await
}

/// To the next question.
async fn next(page: &Page) -> Result<()> {
    page.button(part("Verder")).click().await
}

/// Nothing of the family or the visit is on the screen, and no way to it.
async fn only_the_parents(page: &Page, asked: &str) -> Result<()> {
    page.title(part(asked)).see().await?;
    page.navigation("Hoofdmenu").gone().await?;
    page.link("Hulp").gone().await?;
    let held = everything_in(page).await?;
    for private in [NOTE, "Zwaluw"] {
        ensure!(!held.contains(private), "“{private}” is in the page of the parent");
    }
    Ok(())
}

async fn in_arabic(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let (words, visit) = made(&page).await?;
    page.go(&format!("{visit}/samen/step")).await?;
    page.button("العربية").click().await?;
    page.see("nog niet nagekeken").await?;
    ensure!(!in_memory(&page, &[NOTE]).await?.is_empty(), "the search of the memory itself works");
    turn(&page, &visit, "step", "العربية").await?;

    let first = "Welke kleine stap wil je proberen?";
    only_the_parents(&page, first).await?;
    page.title(part("ما الخطوة الصغيرة")).is("focused").await?;
    let held = in_memory(&page, &[NOTE, "Zwaluw", words.as_str()]).await?;
    ensure!(held.is_empty(), "{held:?} are in memory while the phone is turned");
    let direction = "const at = document.querySelector('h1').closest('[lang]'); \
        return [at.lang, getComputedStyle(document.querySelector('h1 span')).direction, \
        getComputedStyle(document.querySelector('h1 small')).direction, document.documentElement.dir].join()";
    ensure!(page.run(direction).await? == "ar,rtl,ltr,", "{:?}", page.run(direction).await?);

    // By touch: one step, and something in own words.
    page.button(part("Samen naar buiten")).click().await?;
    page.button(part("Samen naar buiten")).is("pressed").await?;
    page.field(part("Iets anders")).type_in("إلى الحديقة").await?;
    next(&page).await?;
    page.title(part("Hoe zeker ben je")).see().await?;
    page.button("7").click().await?;
    page.button("7").is("pressed").await?;
    next(&page).await?;
    page.title(part("Wie kan je daarbij helpen?")).see().await?;
    page.button(part("Familie")).click().await?;
    page.button(part("Buren")).click().await?;
    let last = "Wie kan je daarbij helpen?";

    // Ten ways that lead to no note. Back, several times:
    for _ in 0..3 {
        page.back().await?;
        page.at("#/samen").await?;
        only_the_parents(&page, last).await?;
    }
    // Forward, and addresses typed in:
    page.forward().await?;
    for address in [visit.clone() + "/voorbereiden", "#/gezinnen".into(), "#/meer/export".into(), "#/vragen".into()] {
        page.run_with("location.hash = arguments[0]", vec![address.into()]).await?;
        page.at("#/samen").await?;
        only_the_parents(&page, last).await?;
    }
    // Keys, out of sight and back, and print:
    page.press(Key::Escape).await?;
    page.run("document.dispatchEvent(new Event('visibilitychange')); dispatchEvent(new Event('beforeprint'))").await?;
    only_the_parents(&page, last).await?;
    // A new tab with the address of the visit:
    let own = page.driver().window().await?;
    case.browser.new_tab().await?;
    page.open(&case.url(&format!("{visit}/voorbereiden"))).await?;
    page.title("Op slot").see().await?;
    page.not_see(NOTE).await?;
    page.driver().close_window().await?;
    page.driver().switch_to_window(own).await?;
    page.button(part("Familie")).is("pressed").await?;
    // A reload ends the screen of the parent, and opens nothing:
    case.reload().await?;
    page.title("Geef de telefoon terug").see().await?;
    page.navigation("Hoofdmenu").gone().await?;
    page.back().await?;
    page.not_see(NOTE).await?;
    case.open(&format!("{visit}/terugkijken")).await?;
    let page = case.page.clone();
    steps::unlock(&page, &words).await?;

    // Everything is there, once, in Dutch where the parent chose, and in the parent's own words.
    page.title("Terugkijken").see().await?;
    page.see("Wat de ouder koos, staat erbij.").await?;
    page.field("Wat precies?").has("Samen naar buiten / إلى الحديقة").await?;
    page.field("Wie doet het?").has("Familie, Buren").await?;
    page.field("Wat precies?").see().await?;
    gone(&page).await
}

/// Waits until the answers are removed from both stores: the records have them.
async fn gone(page: &Page) -> Result<()> {
    let left = "return !Object.keys(localStorage).some((key) => key.startsWith('naast.parent.'))";
    page.until("the answers are added to the records", left).await?;
    let journal = storage::journal(page).await?;
    ensure!(journal.iter().all(|(key, value)| !key.starts_with("naast.parent.") || value.is_empty()), "in the journal");
    Ok(())
}

async fn killed(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let (words, visit) = made(&page).await?;
    turn(&page, &visit, "talk", "Türkçe").await?;
    page.button(part("Een beetje")).click().await?;
    next(&page).await?;
    page.button(part("Ja")).click().await?;
    page.button(part("Ja")).is("pressed").await?;
    storage::journalled(&page).await?;
    if case.browser.engine().keeps_profile() {
        case.crash(&format!("{visit}/samen/talk")).await?;
    } else {
        case.open(&format!("{visit}/samen/talk")).await?;
    }
    let page = case.page.clone();
    steps::unlock(&page, &words).await?;
    page.button("een beetje").first().is("pressed").await?;
    page.button("ja").nth(1).is("pressed").await?;
    page.button("ja").nth(2).is_not("pressed").await?;
    // The answers are added once: what the worker takes back stays so.
    gone(&page).await?;
    page.button("een beetje").first().click().await?;
    steps::kept(&page).await?;
    case.restart(&format!("{visit}/samen/talk")).await?;
    let page = case.page.clone();
    steps::unlock(&page, &words).await?;
    page.button("een beetje").first().is_not("pressed").await?;
    page.button("ja").nth(1).is("pressed").await
}

async fn please(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let (words, visit) = made(&page).await?;
    turn(&page, &visit, "please", "Nederlands").await?;
    only_the_parents(&page, "Wat heb je graag dat ik doe?").await?;
    page.button("Thee drinken").click().await?;
    page.button("Eerst bellen").click().await?;
    // Touched again, it is taken back.
    page.button("Thee drinken").click().await?;
    page.button("Thee drinken").is_not("pressed").await?;
    next(&page).await?;
    page.button("Foto’s maken").click().await?;
    page.field("Iets anders").type_in("Mijn moeder bellen").await?;
    // Back, and everything is still chosen.
    page.button("Terug").click().await?;
    page.button("Eerst bellen").is("pressed").await?;
    next(&page).await?;
    page.field("Iets anders").has("Mijn moeder bellen").await?;
    next(&page).await?;
    page.title("Bedankt").see().await?;
    page.see("Dit is bewaard.").await?;
    page.button("Ontgrendelen").click().await?;
    steps::unlock(&page, &words).await?;
    page.title("Graag en liever niet").see().await?;
    page.link(part("Zelf opschrijven bij het gezin")).click().await?;
    page.button("Wat de ouder vraagt").click().await?;
    page.field("Liever nooit").has("Foto’s maken\nMijn moeder bellen").await?;
    page.field("Graag wel").has("Eerst bellen").await
}

async fn reads_along(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let (words, visit) = made(&page).await?;
    page.go(&format!("{visit}/samen/read")).await?;
    page.see("nog niets om te laten lezen").await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    page.field("Woordelijk gezegd").type_in("Vandaag liep het vanzelf.").await?;
    page.field("Gezien en gehoord").type_in("Soep op tafel.").await?;
    page.field("Wat ik ervan denk").type_in("Ze is trots.").await?;
    page.go(&format!("{visit}/samen/read")).await?;
    page.checkbox(part("Wat er gezegd is")).click().await?;
    page.button("Draai de telefoon").click().await?;
    page.see("Vink eerst aan wat je laat lezen.").await?;
    page.checkbox(part("Wat er gezegd is")).click().await?;
    turn(&page, &visit, "read", "Français").await?;
    only_the_parents(&page, "Klopt wat hier staat?").await?;
    page.see("Vandaag liep het vanzelf.").await?;
    page.not_see("Soep op tafel.").await?;
    page.not_see("Ze is trots.").await?;
    page.button(part("Een beetje")).click().await?;
    next(&page).await?;
    page.button(part("Iets erbij schrijven")).click().await?;
    page.field(part("Iets anders")).type_in("Mon fils aussi.").await?;
    next(&page).await?;
    page.button("Ontgrendelen").click().await?;
    steps::unlock(&page, &words).await?;
    page.title("Meelezen").see().await?;
    page.button("een beetje").is("pressed").await?;
    page.field("Wat wil je dat ik verander?").has("Iets erbij schrijven\nMon fils aussi.").await
}

async fn introduction(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let (words, visit) = made(&page).await?;
    turn_from(&page, &format!("{visit}/voorstellen"), "فارسی").await?;
    only_the_parents(&page, "Even voorstellen").await?;
    page.see("چه می‌نویسم").await?;
    page.see("Ik schrijf kort op wat we afspreken").await?;
    next(&page).await?;
    page.title(part("Bedankt")).see().await?;
    // Back to the words, and to the end again.
    page.button(part("Terug")).click().await?;
    page.see("چه می‌نویسم").await?;
    next(&page).await?;
    page.button("Ontgrendelen").click().await?;
    steps::unlock(&page, &words).await?;
    page.title("Wie ik ben en wat ik kom doen").see().await?;
    gone(&page).await
}

/// A phone with a share sheet and a printer.
const SHARES: Needs = Needs {
    before_boot: "
        window.shared = [];
        navigator.share = (what) => { window.shared.push(what.text); return Promise.resolve(); };
        window.print = () => { window.shared.push('printed'); };",
    ..Needs::NOTHING
};

async fn copy(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let (words, visit) = made(&page).await?;
    page.go(&format!("{visit}/samen/copy")).await?;
    page.see("nog geen afspraak").await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    for (nth, (what, who)) in (0..).zip([("Samen eten", "wij tweeën"), ("School bellen", "ik")]) {
        page.button("Stap toevoegen").click().await?;
        page.field("Wat precies?").nth(nth).type_in(what).await?;
        page.field("Wie doet het?").nth(nth).type_in(who).await?;
    }
    page.field("Wat ik ervan denk").type_in("Ze is trots.").await?;
    page.go(&format!("{visit}/samen/copy")).await?;
    page.checkbox("School bellen · ik").click().await?;
    page.field("Een regel erbij").type_in("Tot volgende week!").await?;
    page.button("Delen").click().await?;
    let text = page.until("it is shared", "return window.shared[0]").await?;
    let text = text.as_str().unwrap_or_default();
    let whole =
        text.starts_with("Afgesproken op ") && text.ends_with("\n• Samen eten · wij tweeën\nTot volgende week!");
    ensure!(whole && !text.contains(NOTE) && !text.contains("Zwaluw") && !text.contains("trots"), "{text}");
    page.see("gedeeld: Samen eten").await?;
    page.button("Afdrukken").click().await?;
    page.until("it is printed", "return window.shared[1] === 'printed'").await?;
    page.see("afgedrukt: Samen eten").await?;
    storage::journalled(&page).await?;
    case.restart(&format!("{visit}/samen/copy")).await?;
    steps::unlock(&case.page, &words).await?;
    case.page.see("gedeeld: Samen eten").await?;
    case.page.see("afgedrukt: Samen eten").await
}

async fn day(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let (words, visit) = made(&page).await?;
    turn(&page, &visit, "day", "Українська").await?;
    page.button(part("Zon")).click().await?;
    // The sun and the glad face say the same.
    page.button(part("Zon")).is("pressed").await?;
    page.button(part(" Fijn")).is("pressed").await?;
    next(&page).await?;
    page.button(part("Een verhaal")).click().await?;
    page.button(part("Klaar")).click().await?;
    page.button("Ontgrendelen").click().await?;
    steps::unlock(&page, &words).await?;
    page.title("Voor een kind: mijn dag").see().await?;
    page.button("ja").is("pressed").await?;
    page.field("Wat is fijn?").has("Een verhaal").await
}

async fn aloud(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let (words, visit) = made(&page).await?;
    turn(&page, &visit, "talk", "العربية").await?;
    page.button(part("Lees voor")).click().await?;
    page.until("it is read aloud", "return window.spoken[0] === 'ara_EG: هل شعرت بأننا استمعنا إليك؟'").await?;
    page.button(part("Klaar")).click().await?;
    page.button("Ontgrendelen").click().await?;
    steps::unlock(&page, &words).await?;
    turn(&page, &visit, "talk", "Türkçe").await?;
    page.title(part("Voelde je je gehoord?")).see().await?;
    page.button(part("Lees voor")).gone().await
}

async fn other_tab(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let (words, visit) = made(&page).await?;
    let first = page.driver().window().await?;
    let second = case.browser.new_tab().await?;
    page.open(&case.url(&format!("{visit}/voorbereiden"))).await?;
    steps::unlock(&page, &words).await?;
    page.field("Wat neem je je voor?").has(NOTE).await?;
    page.driver().switch_to_window(first).await?;
    turn(&page, &visit, "talk", "English").await?;
    page.title(part("Did you feel heard?")).see().await?;
    page.driver().switch_to_window(second).await?;
    page.title("Op slot").see().await?;
    page.not_see(NOTE).await
}

async fn no_room(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let (words, visit) = made(&page).await?;
    turn(&page, &visit, "step", "Polski").await?;
    storage::fill(&page).await?;
    let long = "bardzo ".repeat(60);
    page.field(part("Iets anders")).paste(&long).await?;
    page.see("Dit is nog niet bewaard.").await?;
    page.field(part("Iets anders")).has(&long).await?;
    page.button(part("Klaar")).click().await?;
    page.button("Ontgrendelen").gone().await?;
    storage::empty(&page).await?;
    page.button("Opnieuw bewaren").click().await?;
    page.see("Dit is bewaard.").await?;
    page.button("Ontgrendelen").click().await?;
    steps::unlock(&page, &words).await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    page.field("Wat precies?").has(long.trim()).await
}

/// By language the text of each Dutch one, in the order of the files, and the direction.
fn translations() -> Result<Vec<Value>> {
    let read = |problems: Vec<naast_content::Problem>| anyhow::anyhow!("{problems:?}");
    let content = naast_content::load(&naast_content::language_dir("nl")).map_err(read)?;
    let languages = naast_content::parent::load(&naast_content::parent::folder(), &content).map_err(read)?;
    let line = |line: &'static str| line.split_once('\t');
    let lines = |language: &naast_content::parent::Language| {
        language.lines.clone().leak().lines().filter_map(line).collect::<Vec<_>>()
    };
    let mut dutch: HashMap<&str, &str> = lines(&languages[0]).into_iter().collect();
    let asks: Vec<(String, String)> = content
        .tools
        .iter()
        .flat_map(|tool| &tool.asks)
        .map(|ask| (format!("ask.{}", ask.id), ask.text.je.clone()))
        .collect();
    for part in &content.leaflet {
        dutch.insert(format!("title.{}", part.id).leak(), &part.title);
        dutch.insert(format!("introduction.{}", part.id).leak(), &part.text.je);
    }
    dutch.extend(asks.iter().map(|(key, text)| (key.as_str(), text.as_str())));
    Ok(languages[1..]
        .iter()
        .map(|language| {
            let texts: BTreeMap<_, _> =
                lines(language).into_iter().filter_map(|(key, text)| Some((*dutch.get(key)?, text))).collect();
            let direction = if naast_core::parent::is_right_to_left(&language.tag) { "rtl" } else { "ltr" };
            json!({ "tag": language.tag, "texts": texts, "direction": direction })
        })
        .collect())
}

/// Puts the texts of another language on the screen: beside every Dutch one its translation.
const TRANSLATE: &str = "
    const screen = document.querySelector('.with-parent');
    screen.lang = arguments[0].tag;
    screen.dir = arguments[0].direction;
    for (const dutch of screen.querySelectorAll('.dutch')) {
      const text = arguments[0].texts[dutch.textContent];
      if (!text) return dutch.textContent;
      dutch.previousElementSibling.textContent = text;
    }
    return ''";

/// The pages of a visit from which the phone is turned.
const PAGES: [&str; 7] =
    ["samen/scale", "samen/step", "samen/talk", "samen/read", "samen/please", "samen/day", "voorstellen"];

async fn every_language(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let (words, visit) = made(&page).await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    page.field("Woordelijk gezegd").type_in("Vandaag liep het vanzelf.").await?;
    case.browser.size(320, 640).await?;
    let axe = Axe::read()?;
    let (mut found, mut seen) = (Vec::new(), 0);
    let languages = translations()?;
    for tool in PAGES {
        turn_from(&page, &format!("{visit}/{tool}"), "English").await?;
        for screen in 1.. {
            page.title(crate::locator::any()).see().await?;
            found.extend(
                axe.complaints(&page).await?.into_iter().map(|said| format!("{tool}, screen {screen}: {said}")),
            );
            for language in &languages {
                let missing = page.run_with(TRANSLATE, vec![language.clone()]).await?;
                ensure!(missing == "", "{missing} has no translation in {}", language["tag"]);
                let said = page.run(super::every_screen::STICKS_OUT).await?;
                if said != "" {
                    found.push(format!("{tool} in {}, screen {screen}: {said}", language["tag"]));
                }
                seen += 1;
            }
            if page.button("Ontgrendelen").count().await? > 0 {
                break;
            }
            next(&page).await?;
        }
        page.button("Ontgrendelen").click().await?;
        steps::unlock(&page, &words).await?;
    }
    ensure!(found.is_empty(), "{}", found.join("\n"));
    // Fifteen questions, the introduction and seven ends, in eight languages.
    ensure!(seen == 23 * 8, "{seen} screens were looked at");
    Ok(())
}
