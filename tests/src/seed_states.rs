//! The states of the app that are worth a screenshot.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;

use anyhow::{Context, Result, ensure};
use naast_core::records::Record;
use naast_core::route::{MorePage, Route};
use serde_json::json;

use crate::authenticator::Authenticator;
use crate::case::{Case, Needs};
use crate::engine::Wishes;
use crate::locator::{any, part};
use crate::page::Page;
use crate::steps::{self, Sample};
use crate::{fixtures, storage};

/// The largest height: the rest of a long list looks like its beginning.
const TALLEST: u64 = 2000;

/// Takes screenshots of a page at several widths.
#[derive(Debug)]
pub struct Camera {
    out: PathBuf,
    theme: String,
    widths: Vec<u32>,
    only: Vec<String>,
    known: &'static [&'static str],
    taken: usize,
}

impl Camera {
    /// A camera that saves the screenshots with one of `only` in their name, or all.
    #[must_use]
    pub fn new(out: &Path, theme: &str, widths: &[u32], only: &[String], group: &Group) -> Self {
        Self {
            out: out.to_owned(),
            theme: theme.to_owned(),
            widths: widths.to_owned(),
            only: only.to_owned(),
            known: group.names,
            taken: 0,
        }
    }

    /// The number of screenshots taken.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.taken
    }

    /// Whether any screenshot of the group is wanted.
    #[must_use]
    pub fn wants_any(&self) -> bool {
        self.known.iter().any(|name| self.wants(name))
    }

    fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|part| name.contains(part.as_str()))
    }

    /// Goes to a screen and takes screenshots of it.
    async fn at(&mut self, case: &Case, name: &str, hash: &str) -> Result<()> {
        if self.wants(name) {
            case.page.go(hash).await?;
            self.take(case, name).await?;
        }
        Ok(())
    }

    /// Takes screenshots of the present screen.
    async fn take(&mut self, case: &Case, name: &str) -> Result<()> {
        ensure!(self.known.contains(&name), "{name} is missing among the names of its group");
        if !self.wants(name) {
            return Ok(());
        }
        for width in self.widths.clone() {
            case.browser.size(width, 740).await?;
            case.page.settled().await?;
            let height = case.page.run("return document.documentElement.scrollHeight").await?;
            let height = height.as_u64().unwrap_or(740).clamp(740, TALLEST);
            case.browser.size(width, u32::try_from(height)?).await?;
            case.page.settled().await?;
            let file = self.out.join(format!("{name}-{width}-{}.png", self.theme));
            case.page.driver().screenshot(&file).await?;
            self.taken += 1;
        }
        case.browser.size(360, 740).await
    }
}

type Walk<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// A sequence of states, in one fresh browser.
#[derive(Clone, Copy)]
pub struct Group {
    /// The names of the screenshots.
    pub names: &'static [&'static str],
    /// What they need.
    pub needs: Needs,
    /// Goes through them.
    pub walk: for<'a> fn(&'a mut Case, &'a mut Camera) -> Walk<'a>,
}

/// Passkeys require a host with a name.
const USUAL: Needs = Needs { named: true, ..Needs::NOTHING };

/// Without storage nothing is cached for offline use either.
const KEEPS_NOTHING: Needs =
    Needs { online: true, browser: Wishes { storage_blocked: true, ..Wishes::NOTHING }, ..USUAL };

/// The second module keeps loading.
const SLOW: Needs = Needs {
    before_boot: "
        const real = window.fetch;
        window.fetch = (what, ...more) => String(what.url ?? what).includes('naast_private')
            ? new Promise((_, fails) => { window.noSignal = () => fails(new TypeError('no signal')); })
            : real(what, ...more);",
    ..USUAL
};

/// All states.
pub const GROUPS: &[Group] = &[
    Group { names: OPEN, needs: USUAL, walk: |case, camera| Box::pin(open(case, camera)) },
    Group { names: VAULT, needs: USUAL, walk: |case, camera| Box::pin(vault(case, camera)) },
    Group { names: FILLED, needs: USUAL, walk: |case, camera| Box::pin(filled(case, camera)) },
    Group { names: TOGETHER, needs: USUAL, walk: |case, camera| Box::pin(together(case, camera)) },
    Group { names: BACKUP, needs: USUAL, walk: |case, camera| Box::pin(backup(case, camera)) },
    Group { names: WRONG, needs: USUAL, walk: |case, camera| Box::pin(wrong(case, camera)) },
    Group { names: BLOCKED, needs: KEEPS_NOTHING, walk: |case, camera| Box::pin(blocked(case, camera)) },
    Group { names: LATER, needs: SLOW, walk: |case, camera| Box::pin(later(case, camera)) },
];

/// The names of all states.
#[must_use]
pub fn names() -> Vec<&'static str> {
    GROUPS.iter().flat_map(|group| group.names).copied().collect()
}

const OPEN: &[&str] = &[
    "vandaag-welkom",
    "vandaag",
    "houding",
    "houding-groep",
    "houding-principe",
    "vragen",
    "vragen-gezocht",
    "vragen-niets",
    "vragen-filter",
    "vraag",
    "vraag-veiligheid",
    "kaart",
    "meer",
    "meer-oefenen",
    "meer-instellingen",
    "meer-coordinator",
    "meer-kluis",
    "meer-herstelblad",
    "meer-export",
    "meer-reservekopie",
    "meer-overzetten",
    "meer-opslag",
    "meer-alles-wissen",
    "meer-privacy",
    "meer-over",
    "meer-bronnen",
    "meer-licenties",
    "hulp",
    "hulp-zorgen",
    "hulp-feiten",
    "onbekend",
];

/// States without a vault.
async fn open(case: &mut Case, camera: &mut Camera) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    camera.take(case, "vandaag-welkom").await?;
    page.button("Dat is helder").click().await?;
    camera.take(case, "vandaag").await?;
    camera.at(case, "houding", "#/houding").await?;
    page.go("#/houding").await?;
    let group = first_link(&page, "#/houding/").await?;
    camera.at(case, "houding-groep", &group).await?;
    page.go(&group).await?;
    let principle = first_link(&page, "#/houding/").await?;
    camera.at(case, "houding-principe", &principle).await?;

    camera.at(case, "vragen", "#/vragen").await?;
    page.go("#/vragen").await?;
    let question = first_link(&page, "#/vragen/").await?;
    page.field("Zoek een vraag").type_in("slapen").await?;
    camera.take(case, "vragen-gezocht").await?;
    page.field("Zoek een vraag").fill("xyzzy").await?;
    camera.take(case, "vragen-niets").await?;
    page.button("Alle vragen tonen").click().await?;
    page.button("Filter").click().await?;
    page.dialog("Welke vragen?").see().await?;
    camera.take(case, "vragen-filter").await?;
    page.button("Sluiten").click().await?;
    camera.at(case, "vraag", &question).await?;
    let card = question.replacen("#/vragen/", "#/vragen/kaarten/", 1);
    camera.at(case, "kaart", &card).await?;

    camera.at(case, "meer", "#/meer").await?;
    for known in MorePage::ALL {
        let hash = Route::MorePage(known).to_string();
        camera.at(case, &hash.trim_start_matches("#/").replace('/', "-"), &hash).await?;
    }
    camera.at(case, "hulp", "#/hulp").await?;
    camera.at(case, "hulp-zorgen", "#/hulp/zorgen").await?;
    page.go("#/hulp/zorgen").await?;
    page.button("Vragen over veiligheid, na overleg").click().await?;
    let guarded = first_link(&page, "#/vragen/").await?;
    camera.at(case, "vraag-veiligheid", &guarded).await?;
    camera.at(case, "hulp-feiten", "#/hulp/feiten").await?;
    camera.at(case, "onbekend", "#/onbekend").await
}

/// The first address on the page with this prefix.
async fn first_link(page: &Page, start: &str) -> Result<String> {
    // The address of the cards starts like that of a question, and is outside the list.
    let script = format!(
        "const found = ['main li ', 'main '].map((place) => document.querySelector(place + 'a[href^=\"{start}\"]')); \
         return found.find((link) => link)?.getAttribute('href')"
    );
    let hash = page.until(&format!("a link to {start}"), &script).await?;
    Ok(hash.as_str().context("an address")?.to_owned())
}

const VAULT: &[&str] = &["kluis-nieuw", "kluis-eigen", "kluis-zwak", "kluis-ongelijk"];

/// Creating a vault.
async fn vault(case: &mut Case, camera: &mut Camera) -> Result<()> {
    case.open("#/gezinnen").await?;
    let page = case.page.clone();
    page.title("Een kluis voor je notities").see().await?;
    camera.take(case, "kluis-nieuw").await?;
    page.field("Typ de wachtzin nog een keer").type_in("iets anders").await?;
    page.button("Kluis maken").click().await?;
    page.see("nog niet gelijk").await?;
    camera.take(case, "kluis-ongelijk").await?;
    page.button("Zelf een wachtzin bedenken").click().await?;
    camera.take(case, "kluis-eigen").await?;
    page.field("Je eigen wachtzin").type_in("welkom123").await?;
    page.button("Kluis maken").click().await?;
    page.see("raadt een computer te snel").await?;
    camera.take(case, "kluis-zwak").await
}

const TOGETHER: &[&str] = &[
    "samen-draaien",
    "samen-stap",
    "samen-stap-zeker",
    "samen-stap-arabisch",
    "samen-gesprek",
    "samen-kind",
    "samen-klaar",
    "samen-terug",
    "samen-kopie",
    "samen-meelezen",
];

/// What a parent sees on the turned phone.
async fn together(case: &mut Case, camera: &mut Camera) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    for (tool, language, name) in [
        ("step", "Nederlands", "samen-stap"),
        ("step", "العربية", "samen-stap-arabisch"),
        ("talk", "Türkçe", "samen-gesprek"),
        ("day", "Українська", "samen-kind"),
    ] {
        page.go(&format!("{visit}/samen/{tool}")).await?;
        if name != "samen-stap" {
            steps::unlock(&page, &words).await?;
        }
        page.button(language).click().await?;
        if name == "samen-stap-arabisch" {
            camera.take(case, "samen-draaien").await?;
        }
        page.button("Draai de telefoon").click().await?;
        page.at("#/samen").await?;
        page.button(part("Verder")).see().await?;
        if tool != "talk" {
            page.button(any()).nth(2).click().await?;
        }
        camera.take(case, name).await?;
        if name == "samen-stap" {
            page.button(part("Verder")).click().await?;
            page.button("7").click().await?;
            camera.take(case, "samen-stap-zeker").await?;
        }
        page.button(part("Klaar")).click().await?;
        if tool == "talk" {
            camera.take(case, "samen-klaar").await?;
        }
        page.button("Ontgrendelen").click().await?;
        page.title("Op slot").see().await?;
    }
    camera.at(case, "samen-terug", "#/samen").await?;

    page.go(&format!("{visit}/terugkijken")).await?;
    steps::unlock(&page, &words).await?;
    page.field("Woordelijk gezegd").type_in("‘Vandaag liep het eens vanzelf.’").await?;
    steps::kept(&page).await?;
    camera.at(case, "samen-kopie", &format!("{visit}/samen/copy")).await?;
    page.go(&format!("{visit}/samen/read")).await?;
    page.button("Draai de telefoon").click().await?;
    page.at("#/samen").await?;
    page.button(part("Verder")).see().await?;
    camera.take(case, "samen-meelezen").await
}

const FILLED: &[&str] = &[
    "gezinnen",
    "archief-leeg",
    "archief",
    "gezin",
    "gezin-nieuw",
    "gezin-leeg",
    "gezin-wijzigen",
    "gezin-zoeken",
    "gezin-verloop",
    "gezin-afscheid",
    "gezin-opruimen",
    "bezoek-verhaal",
    "oefenen",
    "gezin-verwijderen",
    "gezin-verwijderd",
    "bezoek-voorbereiden",
    "bezoek-kiezen",
    "bezoek-op-bezoek",
    "bezoek-kaart",
    "bezoek-terugkijken",
    "bezoek-teruggekeken",
    "bezoek-samen",
    "bezoek-samen-ingevuld",
    "bezoek-voorstellen",
    "bezoek-waar-stond-ik",
    "zorg",
    "hulp-zorgen-kluis",
    "gezin-met-zorg",
    "bezoek-verwijderen",
    "vandaag-verder",
    "eigen-vraag-nieuw",
    "eigen-vraag",
    "export",
    "opslag",
    "kluis-open",
    "kluis-toestel",
    "herstelblad",
    "herstelblad-woorden",
    "herstelblad-op-papier",
    "herstelblad-controle",
    "herstelblad-klaar",
    "herstelblad-vervangen",
    "hulp-coordinator",
    "kluis-slot",
    "kluis-slot-toestel",
    "kluis-vergeten",
    "kluis-woorden",
    "kluis-verkeerd",
    "vandaag-slot",
    "alles-wissen",
    "alles-gewist",
];

/// What a worker sees after a few weeks.
async fn filled(case: &mut Case, camera: &mut Camera) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    page.button("Dat is helder").click().await?;
    let Sample { words, family, past, coming } = steps::make_sample(&page).await?;
    camera.take(case, "eigen-vraag").await?;
    camera.at(case, "eigen-vraag-nieuw", "#/vragen/eigen/nieuw").await?;
    camera.at(case, "gezinnen", "#/gezinnen").await?;
    camera.at(case, "gezin", &family).await?;
    camera.at(case, "gezin-nieuw", "#/gezinnen/nieuw").await?;
    camera.at(case, "gezin-wijzigen", &format!("{family}/wijzigen")).await?;
    camera.at(case, "gezin-verwijderen", &format!("{family}/verwijderen")).await?;
    page.go("#/gezinnen/zoeken").await?;
    page.field("Zoek in je kluis").type_in("soep").await?;
    camera.take(case, "gezin-zoeken").await?;
    camera.at(case, "gezin-verloop", &format!("{family}/verloop")).await?;
    camera.at(case, "gezin-afscheid", &format!("{family}/afscheid")).await?;
    camera.at(case, "gezin-opruimen", &format!("{family}/opruimen")).await?;
    camera.at(case, "bezoek-verhaal", &format!("{past}/intervisie")).await?;
    camera.at(case, "oefenen", "#/meer/oefenen").await?;
    camera.at(case, "bezoek-voorbereiden", &format!("{coming}/voorbereiden")).await?;
    camera.at(case, "bezoek-kiezen", &format!("{coming}/kiezen")).await?;
    camera.at(case, "bezoek-op-bezoek", &format!("{coming}/op-bezoek")).await?;
    page.go(&format!("{coming}/op-bezoek")).await?;
    let card = first_link(&page, &format!("{coming}/op-bezoek/")).await?;
    camera.at(case, "bezoek-kaart", &card).await?;
    camera.at(case, "bezoek-terugkijken", &format!("{coming}/terugkijken")).await?;
    camera.at(case, "bezoek-teruggekeken", &format!("{past}/terugkijken")).await?;
    camera.at(case, "bezoek-samen", &format!("{coming}/samen/scale")).await?;
    page.go(&format!("{coming}/samen/scale")).await?;
    page.field(part("Waar zullen we")).type_in("Het slapen").await?;
    page.button("4").click().await?;
    camera.take(case, "bezoek-samen-ingevuld").await?;
    camera.at(case, "bezoek-voorstellen", &format!("{coming}/voorstellen")).await?;
    page.go(&format!("{coming}/terugkijken")).await?;
    page.button("Waar stond ik vandaag?").click().await?;
    page.field(part("Tussen ‘")).first().set("8").await?;
    camera.take(case, "bezoek-waar-stond-ik").await?;
    steps::put_down_concern(&page, "Vos").await?;
    camera.take(case, "zorg").await?;
    camera.at(case, "hulp-zorgen-kluis", "#/hulp/zorgen").await?;
    camera.at(case, "gezin-met-zorg", &family).await?;
    camera.at(case, "bezoek-verwijderen", &format!("{coming}/verwijderen")).await?;
    camera.at(case, "vandaag-verder", "#/").await?;
    camera.at(case, "export", "#/meer/export").await?;
    camera.at(case, "opslag", "#/meer/opslag").await?;
    ways(case, camera, &words).await?;
    camera.at(case, "alles-wissen", "#/meer/alles-wissen").await?;
    camera.at(case, "archief-leeg", "#/gezinnen/archief").await?;

    let bear = steps::add_family(&page, "Beukenhof").await?;
    camera.take(case, "gezin-leeg").await?;
    page.button("In het archief leggen").click().await?;
    camera.at(case, "archief", "#/gezinnen/archief").await?;
    page.go(&format!("{bear}/verwijderen")).await?;
    page.button("Verwijderen").click().await?;
    page.button("Ongedaan maken").see().await?;
    camera.take(case, "gezin-verwijderd").await?;

    page.go("#/meer/coordinator").await?;
    page.field("Naam").type_in("Marijke").await?;
    page.field("Telefoonnummer").type_in("06 1234 5678").await?;
    camera.at(case, "hulp-coordinator", "#/hulp").await?;

    steps::lock(&page).await?;
    camera.at(case, "vandaag-slot", "#/").await?;
    page.go("#/gezinnen").await?;
    camera.take(case, "kluis-slot-toestel").await?;
    page.button("Wachtzin vergeten?").click().await?;
    camera.take(case, "kluis-woorden").await?;
    page.button("Toch met je wachtzin").click().await?;
    page.field("Wachtzin").type_in(&format!("{words} niet")).await?;
    page.button("Openen").click().await?;
    page.see("Deze wachtzin past niet").await?;
    camera.take(case, "kluis-verkeerd").await?;
    steps::erase_all(&page).await?;
    camera.take(case, "alles-gewist").await
}

/// Unlock methods other than the passphrase; ends with both turned on.
async fn ways(case: &mut Case, camera: &mut Camera, words: &str) -> Result<()> {
    let page = case.page.clone();
    steps::lock(&page).await?;
    camera.at(case, "kluis-slot", "#/gezinnen").await?;
    page.go("#/gezinnen").await?;
    page.button("Wachtzin vergeten?").click().await?;
    camera.take(case, "kluis-vergeten").await?;
    page.button("Toch met je wachtzin").click().await?;
    steps::unlock(&page, words).await?;
    Authenticator::new(&page, true).await?;
    camera.at(case, "kluis-open", "#/meer/kluis").await?;
    page.go("#/meer/kluis").await?;
    page.button("Zet dit aan").click().await?;
    page.see("Het staat aan.").await?;
    camera.take(case, "kluis-toestel").await?;
    page.go("#/meer/herstelblad").await?;
    camera.take(case, "herstelblad").await?;
    let sheet = steps::make_sheet(&page, words).await?;
    camera.take(case, "herstelblad-woorden").await?;
    let tools = page.driver().cdp();
    tools.send_raw("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
    camera.take(case, "herstelblad-op-papier").await?;
    let theme = json!({ "media": "", "features": [{ "name": "prefers-color-scheme", "value": camera.theme }] });
    tools.send_raw("Emulation.setEmulatedMedia", theme).await?;
    page.button("Ik heb ze opgeschreven").click().await?;
    camera.take(case, "herstelblad-controle").await?;
    page.button("Toon de woorden nog eens").click().await?;
    steps::check_sheet(&page, &sheet).await?;
    camera.take(case, "herstelblad-klaar").await?;
    page.go("#/meer/kluis").await?;
    page.title("Je kluis").see().await?;
    page.go("#/meer/herstelblad").await?;
    page.button("Blad kwijt, of niet meer nodig?").click().await?;
    camera.take(case, "herstelblad-vervangen").await
}

const BACKUP: &[&str] = &[
    "vandaag-herinnering",
    "reservekopie",
    "reservekopie-gemaakt",
    "reservekopie-wachtzin",
    "reservekopie-inhoud",
    "reservekopie-terug",
    "overzetten",
    "overzetten-klaar",
    "overzetten-codes",
    "overzetten-vraag",
    "overzetten-geen-camera",
];

/// A backup, made and restored.
async fn backup(case: &mut Case, camera: &mut Camera) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    page.button("Dat is helder").click().await?;
    steps::make_vault(&page).await?;
    let family = steps::add_family(&page, "Vos").await?;
    for _ in 0..3 {
        page.go(&family).await?;
        steps::begin_visit(&page).await?;
        page.field("Wat neem je je voor?").type_in("Luisteren.").await?;
        steps::kept(&page).await?;
    }
    camera.at(case, "vandaag-herinnering", "#/").await?;
    camera.at(case, "reservekopie", "#/meer/reservekopie").await?;
    page.go("#/meer/reservekopie").await?;
    page.button("Maak een reservekopie").click().await?;
    page.see("De kopie is gemaakt.").await?;
    camera.take(case, "reservekopie-gemaakt").await?;

    let (uil, das) = (fixtures::family(1, "Uil"), fixtures::family(2, "Das"));
    let visits = [fixtures::visit(1, &uil), fixtures::visit(2, &das)].map(Record::Visit);
    let records = [Record::Family(uil), Record::Family(das)].into_iter().chain(visits).collect();
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("naast-2026-03-02.naast");
    std::fs::write(&file, fixtures::backup(steps::PASSPHRASE, records)?)?;
    page.file("Kies een reservekopie").choose(&file).await?;
    page.field("Wachtzin van de kopie").see().await?;
    camera.take(case, "reservekopie-wachtzin").await?;
    page.field("Wachtzin van de kopie").type_in(steps::PASSPHRASE).await?;
    page.button("Open de kopie").click().await?;
    page.button("Voeg toe").see().await?;
    camera.take(case, "reservekopie-inhoud").await?;
    page.button("Voeg toe").click().await?;
    page.see("Teruggezet en bewaard.").await?;
    camera.take(case, "reservekopie-terug").await?;

    camera.at(case, "overzetten", "#/meer/overzetten").await?;
    page.go("#/meer/overzetten").await?;
    page.button("Deze telefoon geeft").click().await?;
    page.button("Laat de codes zien").see().await?;
    camera.take(case, "overzetten-klaar").await?;
    page.button("Laat de codes zien").click().await?;
    page.until(
        "a code",
        "const canvas = document.querySelector('canvas'); return canvas && canvas.width === canvas.height || undefined",
    )
    .await?;
    camera.take(case, "overzetten-codes").await?;
    page.button("Klaar").click().await?;
    page.button("Deze telefoon ontvangt").click().await?;
    page.button("Zet de camera aan").see().await?;
    camera.take(case, "overzetten-vraag").await?;
    page.button("Zet de camera aan").click().await?;
    page.alert(any()).see().await?;
    camera.take(case, "overzetten-geen-camera").await
}

const WRONG: &[&str] = &[
    "fout-veranderd",
    "fout-onleesbaar",
    "fout-onleesbaar-opslag",
    "fout-vol",
    "fout-begin",
    "fout-nieuwer",
    "fout-kop-weg",
];

/// Problems of storage.
async fn wrong(case: &mut Case, camera: &mut Camera) -> Result<()> {
    case.open("#/gezinnen").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    steps::begin_visit(&page).await?;
    page.field("Wat neem je je voor?").type_in("Luisteren.").await?;
    steps::kept(&page).await?;
    storage::fill(&page).await?;
    page.field("Wat neem je je voor?").paste(&"Dit past er niet meer bij. ".repeat(400)).await?;
    page.see("Dit kon niet worden bewaard.").await?;
    camera.take(case, "fout-vol").await?;
    storage::empty(&page).await?;
    page.button("Opnieuw proberen").click().await?;
    steps::kept(&page).await?;

    storage::cut_in_half(&page, "naast.visit.").await?;
    case.open("#/gezinnen").await?;
    steps::unlock(&page, &words).await?;
    page.see("kon Naast niet lezen").await?;
    camera.take(case, "fout-onleesbaar").await?;
    camera.at(case, "fout-onleesbaar-opslag", "#/meer/opslag").await?;

    let header = storage::get(&page, "naast.vault").await?.context("a vault")?;
    storage::set(&page, "naast.vault", Some(fixtures::ALTERED)).await?;
    case.open("#/gezinnen").await?;
    page.field("Wachtzin").type_in(fixtures::FROZEN).await?;
    page.button("Openen").click().await?;
    page.see("je kluis is veranderd").await?;
    camera.take(case, "fout-veranderd").await?;

    let newer = header.replacen("naast-vault.2.", "naast-vault.3.", 1);
    for (name, value) in [
        ("fout-begin", Some(&header[..header.len() / 2])),
        ("fout-nieuwer", Some(newer.as_str())),
        ("fout-kop-weg", None),
    ] {
        storage::set(&page, "naast.vault", value).await?;
        case.open("#/gezinnen").await?;
        page.link(part("Wat ligt er")).see().await?;
        camera.take(case, name).await?;
    }
    Ok(())
}

const BLOCKED: &[&str] = &["fout-geblokkeerd", "fout-geblokkeerd-opslag"];

/// A browser that blocks storage.
async fn blocked(case: &mut Case, camera: &mut Camera) -> Result<()> {
    case.open("#/gezinnen").await?;
    case.page.title("Hier kan niets bewaard worden").see().await?;
    camera.take(case, "fout-geblokkeerd").await?;
    camera.at(case, "fout-geblokkeerd-opslag", "#/meer/opslag").await
}

const LATER: &[&str] = &["later-komt", "later-kwam-niet"];

/// Pages of the private module before it has arrived.
async fn later(case: &mut Case, camera: &mut Camera) -> Result<()> {
    case.open("").await?;
    case.page.go("#/gezinnen").await?;
    case.page.see("Dit deel van Naast komt binnen…").await?;
    camera.take(case, "later-komt").await?;
    case.page.run("window.noSignal()").await?;
    case.page.see("staat nog niet op je telefoon").await?;
    camera.take(case, "later-kwam-niet").await
}
