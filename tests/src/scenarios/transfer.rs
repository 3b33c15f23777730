//! From phone to phone: what the screen of one shows, and what the camera of the other reads.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use naast_core::records::Record;
use naast_transfer::{Code, Receiver, Sender, Taken, code, read};
use naast_vault::backup::Front;
use naast_vault::{Entries, Passphrase, derive};
use serde_json::json;

use crate::axe::Axe;
use crate::case::{Case, Needs};
use crate::engine::{Camera, Engine, Wishes};
use crate::locator::{any, part};
use crate::page::Page;
use crate::runner::Scenario;
use crate::{fixtures, scenario, steps};

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!("a phone shows its notes as codes, and whoever reads them has a backup that opens", gives),
    scenario!("a phone reads the codes of another, and shows what came before anything changes", takes,
        engines: &[Engine::Chromium], needs: with(Camera::Film)),
    scenario!("leaving the page or locking ends the camera", ends, engines: &[Engine::Chromium], needs: with(Camera::Film)),
    scenario!("a camera that is refused or absent is said in words, with the way by file", no_camera, needs: with(Camera::Refused)),
];

const fn with(camera: Camera) -> Needs {
    Needs { browser: Wishes { camera, ..Wishes::NOTHING }, ..Needs::NOTHING }
}

/// Waits for another code on the screen than this one; both as text of light and dark modules.
pub(super) async fn code_after(page: &Page, last: &str) -> Result<String> {
    let script = format!(
        "const canvas = document.querySelector('canvas[role=img]'); \
         if (!canvas || canvas.width !== canvas.height) return undefined; \
         const {{ data }} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height); \
         let code = ''; \
         for (let at = 0; at < data.length; at += 4) code += data[at] < 128 ? '#' : '.'; \
         return code && code !== '{last}' && code.includes('#') ? code : undefined"
    );
    Ok(page.until("another code", &script).await?.as_str().unwrap_or_default().to_owned())
}

/// The bytes in a code on the screen.
fn in_code(text: &str) -> Option<Vec<u8>> {
    let side = text.len().isqrt();
    let code = Code { side, dark: text.bytes().map(|module| module == b'#').collect() };
    read(&picture(&code, side * 5), side * 5).pop()
}

/// A code in the middle of a square picture; grey, row by row.
fn picture(code: &Code, side: usize) -> Vec<u8> {
    let scale = side / code.side;
    let edge = (side - scale * code.side) / 2;
    let at = |place: usize| place.checked_sub(edge).map(|place| place / scale).filter(|at| *at < code.side);
    let dark = |x, y| at(x).zip(at(y)).is_some_and(|(x, y)| code.dark[y * code.side + x]);
    (0..side * side).map(|place| if dark(place % side, place / side) { 25 } else { 230 }).collect()
}

/// Goes to the codes.
async fn begin_to_give(page: &Page) -> Result<()> {
    page.go("#/meer").await?;
    page.link("Naar een andere telefoon").click().await?;
    page.title("Naar een andere telefoon").see().await?;
    page.button("Deze telefoon geeft").click().await?;
    page.see("Dat duurt een paar tellen").await?;
    page.button("Laat de codes zien").click().await
}

async fn gives(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let sample = steps::make_sample(&page).await?;
    begin_to_give(&page).await?;
    let mut receiver = Receiver::new();
    let mut last = String::new();
    while receiver.whole().is_none() {
        last = code_after(&page, &last).await?;
        // Some cannot be read even when perfectly sharp. Later ones make up for them.
        let Some(frame) = in_code(&last) else { continue };
        ensure!(matches!(receiver.take(&frame), Taken::Part | Taken::Known | Taken::Whole), "a frame of this transfer");
    }
    accessible(&page, "giving").await?;

    // The result is a backup, and it opens with the passphrase of this phone.
    let bytes = receiver.whole().context("all of it")?;
    let front = Front::read(bytes).ok().context("a backup")?;
    let key = derive(&Passphrase::from_typed(&sample.words), front.header().setup()).ok().context("a key")?;
    let vault = front.header().unlock(&key).ok().context("the passphrase fits")?;
    let reader = front.open(&vault).ok().context("it opens")?;
    let whole = reader.feed(&bytes[front.size()..]).and_then(naast_vault::backup::Reader::finish);
    let contents = whole.ok().context("it is whole")?.contents(&Entries::default(), &[]);
    ensure!(
        contents.families.len() == 3 && contents.families.iter().any(|name| name == "Vos"),
        "{:?}",
        contents.families
    );

    page.button("Klaar").click().await?;
    page.button("Deze telefoon geeft").see().await
}

/// Nothing for axe to complain about.
async fn accessible(page: &Page, at: &str) -> Result<()> {
    page.settled().await?;
    let complaints = Axe::read()?.complaints(page).await?;
    ensure!(complaints.is_empty(), "{at}: {}", complaints.join("\n"));
    Ok(())
}

/// Pixels per side of the film.
const SIDE: usize = 640;

/// Writes what a camera may see while somebody aims it: a code of a web page, then the codes of the transfer, of
/// which some are missing, some blurred and all noisy, eight per second.
fn film(place: &Path, bytes: &[u8]) -> Result<()> {
    let sender = Sender::new(bytes.to_vec()).ok().context("it fits")?;
    let mut codes = vec![(code(b"https://example.org/een-pagina").context("a code")?, false)];
    for nth in (0..40).filter(|nth| nth % 4 != 1) {
        codes.push((code(&sender.frame(nth)).context("a code")?, nth % 5 == 2));
    }
    let mut file = std::io::BufWriter::new(std::fs::File::create(place)?);
    writeln!(file, "YUV4MPEG2 W{SIDE} H{SIDE} F8:1 Ip A1:1 C420jpeg")?;
    let mut lot = 1_u32;
    for (code, blurred) in codes {
        let mut grey = picture(&code, SIDE);
        if blurred {
            grey = smeared(&grey);
        }
        for pixel in &mut grey {
            lot = lot.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *pixel = pixel.saturating_add(u8::try_from(lot >> 27).unwrap_or_default()).saturating_sub(16);
        }
        file.write_all(b"FRAME\n")?;
        file.write_all(&grey)?;
        file.write_all(&[128; SIDE * SIDE / 2])?;
    }
    file.flush()?;
    Ok(())
}

/// The camera moved: nobody can read it.
fn smeared(grey: &[u8]) -> Vec<u8> {
    const WIDE: usize = 24;
    let mean =
        |at: usize| grey[at..(at + WIDE).min(grey.len())].iter().map(|pixel| usize::from(*pixel)).sum::<usize>() / WIDE;
    (0..grey.len()).map(|at| u8::try_from(mean(at)).unwrap_or(u8::MAX)).collect()
}

const OTHER_WORDS: &str = "zeven kikkers onder de brug van morgen";

/// A film of the codes of another phone, for the camera of this one.
fn another_phone(case: &Case) -> Result<()> {
    let fox = fixtures::family(1, "Vos");
    let visits = (1..80).map(|nth| Record::Visit(fixtures::visit(nth, &fox)));
    let all = visits.chain([Record::Family(fox.clone()), Record::Family(fixtures::family(2, "Eekhoorn"))]).collect();
    film(&case.browser.film(), &fixtures::backup(OTHER_WORDS, all)?)
}

/// Up to the click that requests the camera.
async fn begin_to_take(page: &Page) -> Result<()> {
    page.go("#/meer/overzetten").await?;
    page.button("Deze telefoon ontvangt").click().await?;
    page.see("wordt niet bewaard").await
}

async fn takes(case: &mut Case) -> Result<()> {
    another_phone(case)?;
    case.open("").await?;
    let page = case.page.clone();
    begin_to_take(&page).await?;
    page.button("Toch niet").click().await?;
    // Without a vault there is nothing to send.
    page.button("Deze telefoon geeft").gone().await?;
    begin_to_take(&page).await?;
    // Every line about the progress, and whether the picture was ever replaced.
    page.run(
        "window.naastSaid = new Set(); window.naastVideos = new Set(); \
         new MutationObserver(() => { \
           const said = document.querySelector('main .label'); \
           const video = document.querySelector('video'); \
           if (said) naastSaid.add(said.textContent); \
           if (video) naastVideos.add(video); \
         }).observe(document.body, { childList: true, subtree: true, characterData: true })",
    )
    .await?;
    page.button("Zet de camera aan").click().await?;
    page.title("Reservekopie").see().await?;
    let said: Vec<String> = serde_json::from_value(page.run("return [...naastSaid]").await?)?;
    ensure!(said.len() >= 3 && said.iter().any(|line| line.contains(" van ")), "how far it is: {said:?}");
    ensure!(page.run("return naastVideos.size").await? == json!(1), "the picture of the camera never blinks");

    page.see("Er ligt een reservekopie klaar.").await?;
    page.button("Kijk wat erin zit").click().await?;
    page.field("Wachtzin van de kopie").type_in(OTHER_WORDS).await?;
    page.button("Open de kopie").click().await?;
    page.see("2 gezinnen: ").await?;
    page.see("Eekhoorn").await?;
    page.see("Bezoeken: 79.").await?;
    accessible(&page, "what came").await?;
    page.button("Zet terug").click().await?;
    page.see("Teruggezet en bewaard.").await?;
    page.link("Naar je gezinnen").click().await?;
    page.link(part("Vos")).see().await
}

async fn ends(case: &mut Case) -> Result<()> {
    film_of_nothing(&case.browser.film())?;
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    begin_to_take(&page).await?;
    let live = "return window.naastTrack.readyState === 'live'";
    let ended = "return window.naastTrack.readyState === 'ended'";
    let track = "const video = document.querySelector('video'); \
         return video && video.srcObject && (window.naastTrack = video.srcObject.getTracks()[0]) ? true : undefined";
    page.button("Zet de camera aan").click().await?;
    page.until("the camera is on", track).await?;
    page.see("Nog geen code gezien.").await?;
    accessible(&page, "taking").await?;
    ensure!(page.run(live).await? == json!(true), "it looks");
    page.button("Stoppen").click().await?;
    page.until("the camera is off after stopping", ended).await?;

    begin_to_take(&page).await?;
    page.button("Zet de camera aan").click().await?;
    page.until("the camera is on again", track).await?;
    page.go("#/meer").await?;
    page.until("the camera is off after leaving", ended).await?;

    begin_to_take(&page).await?;
    page.button("Zet de camera aan").click().await?;
    page.until("the camera is on once more", track).await?;
    steps::lock(&page).await?;
    page.until("the camera is off after locking", ended).await.map(drop)
}

fn film_of_nothing(place: &Path) -> Result<()> {
    let mut file = std::fs::File::create(place)?;
    write!(file, "YUV4MPEG2 W{SIDE} H{SIDE} F8:1 Ip A1:1 C420jpeg\nFRAME\n")?;
    file.write_all(&[128; SIDE * SIDE * 3 / 2])?;
    Ok(())
}

async fn no_camera(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    begin_to_take(&page).await?;
    page.button("Zet de camera aan").click().await?;
    page.alert(any()).see().await?;
    // WebKitGTK has no camera to refuse.
    let words =
        if case.engine == Engine::WebKit { "Naast vindt hier geen camera." } else { "mag de camera niet gebruiken" };
    page.see(words).await?;
    accessible(&page, "no camera").await?;
    page.link("Naar de reservekopie").click().await?;
    page.title("Reservekopie").see().await
}
