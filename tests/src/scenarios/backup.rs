//! Making and restoring a backup: on the same phone, on another, and from files that are not backups.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use naast_core::records::Record;
use tempfile::TempDir;

use crate::case::{Case, Needs};
use crate::locator::part;
use crate::page::Page;
use crate::runner::Scenario;
use crate::{fixtures, scenario, steps, storage};

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!("a backup brings everything to a phone that has nothing", to_a_new_phone),
    scenario!("a backup is added to what is here, or takes its place", added_or_in_place),
    scenario!("a file that is no whole backup says why, and changes nothing", refused),
    scenario!("a lost way into the vault comes back with a backup, with what was written since", way_lost),
    scenario!("a backup can have a passphrase of its own", own_passphrase),
    scenario!("a large backup shows how far it is, and stopping leaves all as it was", large),
    scenario!("a reminder of the backup is quiet, and goes when asked", reminded),
    scenario!("a backup that the phone opens Naast with lies ready", opened_with,
        needs: Needs { before_boot: QUEUE, ..Needs::NOTHING }),
    scenario!("a backup that somebody shares with Naast lies ready", shared_with),
    scenario!("a backup goes to the share sheet where there is one", shared),
];

const CHOOSE: &str = "Kies een reservekopie";

/// Files to choose from, deleted with the scenario.
struct Files(TempDir);

impl Files {
    fn new() -> Result<Self> {
        Ok(Self(tempfile::Builder::new().prefix("naast-files-").tempdir()?))
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<PathBuf> {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes)?;
        Ok(path)
    }
}

/// The download folder differs by browser; the contents of the file do not.
const CATCH: &str = "window.made = null; window.named = null; const plain = window.plain ??= URL.createObjectURL; \
    URL.createObjectURL = (blob) => { \
      blob.arrayBuffer().then((all) => window.made = [...new Uint8Array(all)]); return plain.call(URL, blob); }; \
    HTMLAnchorElement.prototype.click = function () { window.named = this.download; }";

/// Makes a backup by clicking, and returns the file.
async fn make(page: &Page) -> Result<Vec<u8>> {
    page.go("#/meer/reservekopie").await?;
    page.run(CATCH).await?;
    page.button("Maak een reservekopie").click().await?;
    page.see("De kopie is gemaakt.").await?;
    let name = page.run("return window.named").await?;
    let name = name.as_str().context("a name")?;
    ensure!(name.starts_with("naast-20") && Path::new(name).extension().is_some_and(|end| end == "naast"), "{name}");
    let file = serde_json::from_value(page.until("the file", "return window.made").await?)?;
    page.button("Klaar").click().await?;
    page.see("De laatste maakte je op").await?;
    Ok(file)
}

/// Two families, the first with a note.
async fn begin(page: &Page) -> Result<String> {
    let words = steps::make_vault(page).await?;
    steps::add_family(page, "Vos").await?;
    steps::begin_visit(page).await?;
    page.field("Wat neem je je voor?").type_in("Luisteren.").await?;
    steps::kept(page).await?;
    steps::add_family(page, "Uil").await?;
    storage::journalled(page).await?;
    Ok(words)
}

/// Removes everything, as on a new phone.
async fn new_phone(case: &mut Case) -> Result<()> {
    storage::forget_journal(&case.page).await?;
    case.page.run("localStorage.clear()").await?;
    case.open("#/gezinnen").await
}

async fn vos_is_there(page: &Page) -> Result<()> {
    page.go("#/gezinnen").await?;
    page.link(part("Vos")).click().await?;
    page.title("Vos").see().await?;
    page.link(part("Luisteren.")).see().await
}

async fn to_a_new_phone(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = begin(&page).await?;
    let files = Files::new()?;
    let file = make(&page).await?;
    ensure!(!String::from_utf8_lossy(&file).contains("Luisteren"), "the file is sealed");
    let file = files.put("kopie.naast", &file)?;

    new_phone(case).await?;
    page.title("Een kluis voor je notities").see().await?;
    page.link("Ik heb een reservekopie").click().await?;
    page.title("Reservekopie").see().await?;
    page.button("Maak een reservekopie").gone().await?;
    page.file(CHOOSE).choose(&file).await?;
    page.field("Wachtzin van de kopie").type_in("iets heel anders").await?;
    page.button("Open de kopie").click().await?;
    page.see("Deze wachtzin past niet op de kopie. Er is niets veranderd.").await?;
    page.field("Wachtzin van de kopie").fill(&words).await?;
    page.button("Open de kopie").click().await?;
    page.see("2 gezinnen: ").await?;
    ensure!(storage::get(&page, "naast.vault").await?.is_none(), "nothing changed yet");
    page.button("Zet terug").click().await?;
    page.see("Teruggezet en bewaard.").await?;
    page.link("Naar je gezinnen").click().await?;
    page.link(part("Uil")).see().await?;
    vos_is_there(&page).await?;
    storage::journalled(&page).await?;

    // From now on it is the vault of this phone.
    case.open("#/gezinnen").await?;
    steps::unlock(&page, &words).await?;
    vos_is_there(&page).await?;
    steps::begin_visit(&page).await?;
    page.field("Wat neem je je voor?").type_in("Op de nieuwe telefoon.").await?;
    steps::kept(&page).await
}

async fn added_or_in_place(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    begin(&page).await?;
    let files = Files::new()?;
    let file = files.put("kopie.naast", &make(&page).await?)?;

    // Restoring the same backup again changes nothing.
    page.file(CHOOSE).choose(&file).await?;
    page.see("Nieuw hier: 0. Anders dan hier: 0.").await?;
    page.button("Voeg toe").click().await?;
    page.see("Teruggezet en bewaard.").await?;
    page.go("#/gezinnen").await?;
    ensure!(page.link(part("Vos")).count().await? == 1, "one Vos");

    // One is deleted, one is added: merging restores the first and keeps the second.
    page.link(part("Uil")).click().await?;
    page.link("Gezin verwijderen").click().await?;
    page.button("Verwijderen").click().await?;
    steps::add_family(&page, "Mus").await?;
    page.go("#/meer/reservekopie").await?;
    page.file(CHOOSE).choose(&file).await?;
    page.see("Nieuw hier: 1. Anders dan hier: 0.").await?;
    page.see("Wat je na de kopie verwijderde, komt terug.").await?;
    page.button("Toch niet").click().await?;
    page.go("#/gezinnen").await?;
    page.link(part("Uil")).gone().await?;
    page.go("#/meer/reservekopie").await?;
    page.file(CHOOSE).choose(&file).await?;
    page.button("Voeg toe").click().await?;
    page.see("Teruggezet en bewaard.").await?;
    page.go("#/gezinnen").await?;
    for name in ["Uil", "Mus", "Vos"] {
        page.link(part(name)).see().await?;
    }

    // Replaced: as it was then.
    page.go("#/meer/reservekopie").await?;
    page.file(CHOOSE).choose(&file).await?;
    page.button("Liever alles vervangen?").click().await?;
    page.see("1 onderdeel dat alleen hier staat").await?;
    page.button("Vervang alles").click().await?;
    page.see("Teruggezet en bewaard.").await?;
    page.go("#/gezinnen").await?;
    page.link(part("Uil")).see().await?;
    page.link(part("Mus")).gone().await?;
    vos_is_there(&page).await
}

/// Everything that is stored, except the settings.
async fn kept(page: &Page) -> Result<BTreeMap<String, String>> {
    storage::journalled(page).await?;
    let mut all = storage::starting(page, "naast.").await?;
    all.remove("naast.settings");
    Ok(all)
}

async fn refused(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    begin(&page).await?;
    let files = Files::new()?;
    let good = make(&page).await?;
    let before = kept(&page).await?;

    let photo = std::fs::read(case.site.path().join("icons/icon-512.png"))?;
    let mut altered = good.clone();
    let middle = altered.len() - 40;
    altered[middle] ^= 1;
    let mut newer = good.clone();
    newer[12] = 2;
    let mut long = good.clone();
    long.resize(50_000_000, 7);
    let files = [
        ("leeg.naast", Vec::new(), "Dit bestand is niet heel."),
        ("foto.png", photo, "Dit is geen reservekopie van Naast."),
        ("tekst.naast", "Boodschappen: melk, kaas.".repeat(9).into_bytes(), "Dit is geen reservekopie van Naast."),
        ("half.naast", good[..good.len() / 2].to_vec(), "Dit bestand is niet heel."),
        ("begin.naast", good[..40].to_vec(), "Dit bestand is niet heel."),
        ("anders.naast", altered, "Dit bestand is beschadigd of veranderd."),
        ("nieuwer.naast", newer, "Een nieuwere Naast maakte deze kopie."),
        ("lang.naast", long, "Dit bestand is beschadigd of veranderd."),
        ("groot.naast", vec![0; 50_000_000], "Dit is geen reservekopie van Naast."),
    ]
    .map(|(name, bytes, says)| (files.put(name, &bytes), says));
    for (file, says) in files {
        let file = file?;
        page.file(CHOOSE).choose(&file).await?;
        page.see(says).await.with_context(|| format!("{}", file.display()))?;
        page.see("niets veranderd").await?;
    }

    // A backup of somebody else: only their passphrase opens it.
    let other = Files::new()?;
    let family = fixtures::family(1, "Bij de buren");
    let theirs = fixtures::backup(steps::PASSPHRASE, vec![Record::Family(family)])?;
    page.file(CHOOSE).choose(&other.put("ander.naast", &theirs)?).await?;
    page.see("Deze kopie heeft een andere wachtzin dan deze kluis.").await?;
    page.field("Wachtzin van de kopie").type_in("boom roos vis vuur").await?;
    page.button("Open de kopie").click().await?;
    page.see("Deze wachtzin past niet op de kopie.").await?;
    page.field("Wachtzin van de kopie").fill(steps::PASSPHRASE).await?;
    page.button("Open de kopie").click().await?;
    page.see("1 gezin: Bij de buren.").await?;
    page.button("Toch niet").click().await?;
    page.file(CHOOSE).see().await?;
    ensure!(kept(&page).await? == before, "nothing changed");
    vos_is_there(&page).await
}

async fn way_lost(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = begin(&page).await?;
    let files = Files::new()?;
    let file = files.put("kopie.naast", &make(&page).await?)?;
    steps::add_family(&page, "Na de kopie").await?;
    storage::journalled(&page).await?;
    let damages = [
        (None, "Er lag hier een kluis"),
        (Some("naast-vault.2.half"), "De kluis gaat niet open"),
        // Complete, but not as Naast wrote it.
        (Some(fixtures::ALTERED), "Op slot"),
    ];
    for (damage, says) in damages {
        storage::set(&page, "naast.vault", damage).await?;
        case.open("#/gezinnen").await?;
        page.title(says).see().await?;
        if damage == Some(fixtures::ALTERED) {
            page.field("Wachtzin").type_in(fixtures::FROZEN).await?;
            page.button("Openen").click().await?;
        }
        page.link("Reservekopie terugzetten").click().await?;
        page.file(CHOOSE).choose(&file).await?;
        page.field("Wachtzin van de kopie").type_in(&words).await?;
        page.button("Open de kopie").click().await?;
        page.button("Zet terug").click().await?;
        page.see("Teruggezet en bewaard.").await?;
        page.go("#/gezinnen").await?;
        page.link(part("Na de kopie")).see().await?;
        vos_is_there(&page).await?;
        storage::journalled(&page).await?;
    }
    let aside = storage::starting(&page, "naast.vault.set-aside.").await?;
    for damage in ["naast-vault.2.half", fixtures::ALTERED] {
        ensure!(aside.values().any(|kept| kept == damage), "the damage is kept aside: {aside:?}");
    }
    Ok(())
}

async fn own_passphrase(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    begin(&page).await?;
    page.go("#/meer/reservekopie").await?;
    page.run(CATCH).await?;
    page.button("Liever met een eigen wachtzin").click().await?;
    page.button("Zelf een wachtzin bedenken").click().await?;
    page.field("Je eigen wachtzin").type_in(steps::PASSPHRASE).await?;
    page.field("Typ de wachtzin nog een keer").type_in(steps::PASSPHRASE).await?;
    page.button("Maak een reservekopie").click().await?;
    page.see("De kopie is gemaakt.").await?;
    let bytes: Vec<u8> = serde_json::from_value(page.until("the file", "return window.made").await?)?;
    let files = Files::new()?;
    let file = files.put("eigen.naast", &bytes)?;
    new_phone(case).await?;
    page.link("Ik heb een reservekopie").click().await?;
    page.file(CHOOSE).choose(&file).await?;
    page.field("Wachtzin van de kopie").type_in(steps::PASSPHRASE).await?;
    page.button("Open de kopie").click().await?;
    page.button("Zet terug").click().await?;
    page.see("Teruggezet en bewaard.").await?;
    case.open("#/gezinnen").await?;
    steps::unlock(&page, steps::PASSPHRASE).await?;
    vos_is_there(&page).await
}

/// Notes that fill more than one piece of a file, also for a browser that reads large pieces.
fn many() -> Vec<Record> {
    let family = fixtures::family(1, "Vos");
    let mut records = vec![Record::Family(family.clone())];
    for nth in 0..1_500 {
        let mut visit = fixtures::visit(nth, &family);
        visit.seen_heard =
            format!("Bezoek {nth}. {}", "Samen gewandeld, soep gegeten en gepraat over school. ".repeat(40));
        records.push(Record::Visit(visit));
    }
    records
}

async fn large(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = begin(&page).await?;
    let files = Files::new()?;
    let file = files.put("groot.naast", &fixtures::backup(steps::PASSPHRASE, many())?)?;
    let before = kept(&page).await?;

    // Stopped as soon as there is something to stop.
    page.go("#/meer/reservekopie").await?;
    page.file(CHOOSE).choose(&file).await?;
    page.field("Wachtzin van de kopie").type_in(steps::PASSPHRASE).await?;
    page.run(
        "window.seen = []; new MutationObserver(() => { \
           const bar = document.querySelector('progress[max]'); if (!bar) return; window.seen.push(bar.value / bar.max); \
           if (window.stop_it) [...document.querySelectorAll('button')].find((b) => b.textContent === 'Stoppen').click(); \
         }).observe(document.body, { subtree: true, childList: true, attributes: true }); window.stop_it = true",
    )
    .await?;
    page.button("Open de kopie").click().await?;
    page.see("Gestopt. Er is niets veranderd.").await?;
    ensure!(kept(&page).await? == before, "nothing changed");

    page.run("window.stop_it = false; window.seen = []").await?;
    page.button("Open de kopie").click().await?;
    page.see("Bezoeken: 1500.").await?;
    let seen: Vec<f64> = serde_json::from_value(page.run("return window.seen").await?)?;
    ensure!(seen.len() > 1 && seen.is_sorted(), "it goes on: {seen:?}");
    page.button("Voeg toe").click().await?;
    page.see("Teruggezet en bewaard.").await?;
    let file = make(&page).await?;
    ensure!(file.len() > 1_000_000, "all of it: {}", file.len());
    storage::journalled(&page).await?;
    case.open("#/gezinnen").await?;
    steps::unlock(&page, &words).await?;
    ensure!(page.link(part("Vos")).count().await? == 2, "both");
    Ok(())
}

async fn reminded(case: &mut Case) -> Result<()> {
    const ASKS: &str = "Je notities staan alleen op deze telefoon.";
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    let family = steps::add_family(&page, "Vos").await?;
    for nth in 1..=3 {
        page.go("#/").await?;
        page.not_see(ASKS).await?;
        page.go(&family).await?;
        steps::begin_visit(&page).await?;
        page.field("Wat neem je je voor?").type_in(&format!("Bezoek {nth}.")).await?;
        steps::kept(&page).await?;
    }
    page.go("#/").await?;
    page.see(ASKS).await?;
    page.button("Niet nu").click().await?;
    page.see("Ik ga op bezoek").await?;
    page.not_see(ASKS).await?;
    case.open("#/").await?;
    page.not_see(ASKS).await
}

/// Simulates what only an installed app gets from a phone.
const QUEUE: &str = "
    Object.defineProperty(window, 'launchQueue', { value: { setConsumer(run) {
      window.openWith = (bytes) =>
        run({ files: [{ getFile: async () => new File([new Uint8Array(JSON.parse(bytes))], 'kopie.naast') }] });
    } } });";

async fn opened_with(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let theirs = fixtures::backup(steps::PASSPHRASE, vec![Record::Family(fixtures::family(1, "Das"))])?;
    page.run_with("window.openWith(arguments[0])", vec![serde_json::to_string(&theirs)?.into()]).await?;
    page.at("#/meer/reservekopie").await?;
    page.see("Er ligt een reservekopie klaar.").await?;
    page.button("Kijk wat erin zit").click().await?;
    page.field("Wachtzin van de kopie").type_in(steps::PASSPHRASE).await?;
    page.button("Open de kopie").click().await?;
    page.see("1 gezin: Das.").await?;
    page.button("Zet terug").click().await?;
    page.see("Teruggezet en bewaard.").await?;
    page.link("Naar je gezinnen").click().await?;
    page.link(part("Das")).see().await
}

async fn shared_with(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let theirs = fixtures::backup(steps::PASSPHRASE, vec![Record::Family(fixtures::family(1, "Das"))])?;
    // As the phone does it; the service worker answers, without a network.
    let where_to = page
        .run_async(
            "const [bytes, done] = arguments; const form = new FormData(); \
             form.append('file', new File([new Uint8Array(JSON.parse(bytes))], 'kopie.naast')); \
             fetch('./ontvang', { method: 'POST', body: form }).then((answer) => done(answer.url), (error) => done(String(error)))",
            vec![serde_json::to_string(&theirs)?.into()],
        )
        .await?;
    ensure!(
        where_to.as_str().is_some_and(|url| url.ends_with('/') || url.ends_with("#/meer/reservekopie")),
        "{where_to}"
    );
    case.open("#/meer/reservekopie").await?;
    page.see("Er ligt een reservekopie klaar.").await?;
    page.button("Kijk wat erin zit").click().await?;
    page.field("Wachtzin van de kopie").type_in(steps::PASSPHRASE).await?;
    page.button("Open de kopie").click().await?;
    page.see("1 gezin: Das.").await?;
    // Once is enough.
    case.open("#/meer/reservekopie").await?;
    page.file(CHOOSE).see().await?;
    page.not_see("Er ligt een reservekopie klaar.").await
}

async fn shared(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    page.go("#/meer/reservekopie").await?;
    page.run(
        "for (const [name, run] of Object.entries({ canShare: (data) => data.files.length === 1, \
           share: async (data) => { window.went = data.files[0].name; } })) \
           Object.defineProperty(navigator, name, { value: run, configurable: true }); \
         HTMLAnchorElement.prototype.click = () => {}",
    )
    .await?;
    page.button("Maak een reservekopie").click().await?;
    page.button("Delen").click().await?;
    let name = page.until("it was shared", "return window.went").await?;
    ensure!(name.as_str().is_some_and(|name| name.starts_with("naast-20")), "{name}");
    Ok(())
}
