//! Actions that many scenarios need, in the words of the screens.

use anyhow::{Context, Result, bail, ensure};
use thirtyfour::Key;

use crate::locator::part;
use crate::page::Page;

/// An own passphrase that is strong enough.
pub const PASSPHRASE: &str = "lantaarn egel tractor zwemvlies kapstok mosterd";

/// Creates a vault with the proposed words, and returns them.
///
/// # Errors
/// If a step fails.
pub async fn make_vault(page: &Page) -> Result<String> {
    page.go("#/gezinnen").await?;
    page.title("Een kluis voor je notities").see().await?;
    let words = proposed_words(page).await?;
    page.field("Typ de wachtzin nog een keer").type_in(&words).await?;
    page.button("Kluis maken").click().await?;
    page.title("Gezinnen").see().await?;
    Ok(words)
}

/// The passphrase on the screen.
///
/// # Errors
/// If there is none.
pub async fn proposed_words(page: &Page) -> Result<String> {
    let words =
        page.until("a passphrase is proposed", "return document.querySelector('.passphrase')?.textContent").await?;
    Ok(words.as_str().context("words")?.trim().to_owned())
}

/// Opens the vault.
///
/// # Errors
/// If it stays locked.
pub async fn unlock(page: &Page, words: &str) -> Result<()> {
    page.title("Op slot").see().await?;
    page.field("Wachtzin").type_in(words).await?;
    page.button("Openen").click().await?;
    page.title("Op slot").gone().await
}

/// Makes a recovery sheet, from its own page, and returns its words. It opens nothing yet.
///
/// # Errors
/// If a step fails.
pub async fn make_sheet(page: &Page, passphrase: &str) -> Result<Vec<String>> {
    page.go("#/meer/herstelblad").await?;
    page.field("Je wachtzin").fill(passphrase).await?;
    page.button(part("herstelblad")).click().await?;
    page.button("Ik heb ze opgeschreven").see().await?;
    let words = page.run("return [...document.querySelectorAll('.on-paper li')].map((e) => e.textContent)").await?;
    let words: Vec<String> = serde_json::from_value(words)?;
    ensure!(words.len() == 12, "twelve words: {words:?}");
    Ok(words)
}

/// Enters the two requested words of a sheet; from now on it opens the vault.
///
/// # Errors
/// If a step fails.
pub async fn check_sheet(page: &Page, words: &[String]) -> Result<()> {
    page.button("Ik heb ze opgeschreven").click().await?;
    page.field(part("Woord ")).first().see().await?;
    for name in page.field(part("Woord ")).names().await? {
        let nth: usize = name.trim_start_matches("Woord ").parse()?;
        page.field(&name).fill(words.get(nth - 1).context("a word")?).await?;
    }
    page.button("Klaar").click().await?;
    page.see("Je herstelblad werkt.").await
}

/// Hides private content, which locks the vault, and goes to the unlock screen.
///
/// # Errors
/// If it stays open.
pub async fn lock(page: &Page) -> Result<()> {
    page.button("Verberg").click().await?;
    page.button("Verberg").gone().await?;
    page.go("#/gezinnen").await?;
    page.title("Op slot").see().await
}

/// Erases everything, and ends on the page that says so.
///
/// # Errors
/// If a step fails.
pub async fn erase_all(page: &Page) -> Result<()> {
    page.go("#/meer/alles-wissen").await?;
    page.field("Typ het woord ‘wissen’").fill(" Wissen ").await?;
    page.button("Alles wissen").click().await?;
    page.title("Alles is gewist").see().await
}

/// Opens the vault with its new passphrase, after the old one was refused.
///
/// # Errors
/// If the old one opens it, or the new one does not.
pub async fn only_the_new_opens(page: &Page, old: &str, new: &str) -> Result<()> {
    page.field("Wachtzin").type_in(old).await?;
    page.button("Openen").click().await?;
    page.see("Deze wachtzin past niet.").await?;
    page.field("Wachtzin").fill(new).await?;
    page.button("Openen").click().await
}

/// Adds a family and ends on its page; returns its address.
///
/// # Errors
/// If a step fails.
pub async fn add_family(page: &Page, nickname: &str) -> Result<String> {
    page.go("#/gezinnen").await?;
    page.link("Gezin toevoegen").click().await?;
    page.field("Bijnaam").type_in(nickname).await?;
    page.button("Klaar").click().await?;
    page.title(nickname).see().await?;
    page.hash().await
}

/// Starts a visit from the page of its family; ends at preparing it and returns the start of the addresses of its
/// screens.
///
/// # Errors
/// If a step fails.
pub async fn begin_visit(page: &Page) -> Result<String> {
    page.button("Nieuw bezoek").click().await?;
    page.title("Voorbereiden").see().await?;
    let hash = page.hash().await?;
    Ok(hash.strip_suffix("/voorbereiden").context("the address of a visit")?.to_owned())
}

/// Waits until the screen says that everything is saved.
///
/// # Errors
/// If it does not.
pub async fn kept(page: &Page) -> Result<()> {
    page.see("Bewaard op dit toestel.").await
}

/// A vault with a family and two visits, one finished and one prepared: what a worker has after a few weeks. It
/// is made through the screens, except for shared parts.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The passphrase.
    pub words: String,
    /// The page of the family.
    pub family: String,
    /// The start of the addresses of the finished visit.
    pub past: String,
    /// The start of the addresses of the prepared visit.
    pub coming: String,
}

/// Makes the sample.
///
/// # Errors
/// If a step fails.
pub async fn make_sample(page: &Page) -> Result<Sample> {
    let words = make_vault(page).await?;
    add_family(page, "Eekhoorn").await?;
    add_family(page, "Grote Beer").await?;
    let family = add_family(page, "Vos").await?;

    let past = begin_visit(page).await?;
    page.field("Wat neem je je voor?").type_in("Eerst vragen hoe het weekend was.").await?;
    page.field("Dag van het bezoek").set("2026-01-12").await?;
    choose_questions(page, 3).await?;
    page.link("Terugkijken").first().click().await?;
    page.title("Terugkijken").see().await?;
    page.button("Opgelucht").click().await?;
    page.checkbox(crate::locator::any()).first().click().await?;
    page.field("Wat doe ik een volgende keer anders?").type_in("Langer stil blijven.").await?;
    page.field("Mijn eerste zin voor de volgende keer")
        .type_in("Vorige keer ging ik te snel over het slapen heen. Vertel nog eens?")
        .await?;
    page.button("Stap toevoegen").click().await?;
    page.field("Wat precies?").type_in("Samen naar de bibliotheek lopen").await?;
    page.field("Wie doet het?").type_in("Vos en ik").await?;
    page.field("Wanneer?").type_in("woensdag na school").await?;
    page.field("Gezien en gehoord")
        .type_in("Er stond soep op tafel. Moeder zei: ‘Vandaag liep het eens vanzelf.’")
        .await?;
    page.field("Wat ik ervan denk").type_in("Ze is trots. Dat mag ik vaker zeggen.").await?;
    page.button("Klaar met dit bezoek").click().await?;
    page.title("Vos").see().await?;

    let coming = begin_visit(page).await?;
    page.field("Wat neem je je voor?").type_in("Vragen naar de soep.").await?;
    choose_questions(page, 4).await?;
    page.link("Op bezoek").first().click().await?;
    page.title("Op bezoek").see().await?;
    page.field("Snelle notitie").type_in("Fiets staat weer buiten.").await?;
    page.item(crate::locator::any()).within(&page.main()).first().click().await?;
    page.button("Gevraagd").click().await?;
    page.field("Notitie bij deze vraag").type_in("Lachte erom.").await?;
    kept(page).await?;

    page.go("#/vragen/eigen/nieuw").await?;
    page.field("Je vraag").type_in("Waar word jij thuis blij van, ook op een gewone dag?").await?;
    page.button("Klaar").click().await?;
    page.see("eigen vraag").await?;
    Ok(Sample { words, family, past, coming })
}

/// Notes a concern about a family, from Hulp; returns the address of its page.
///
/// # Errors
/// If a step fails.
pub async fn put_down_concern(page: &Page, nickname: &str) -> Result<String> {
    page.go("#/hulp/zorgen").await?;
    page.button(nickname).click().await?;
    page.title("Een zorg").see().await?;
    page.field("Wat zag en hoorde je?").type_in("Dinsdag om vier uur. Hij had geen jas aan.").await?;
    kept(page).await?;
    page.hash().await
}

/// Waits until nothing is chosen on this line, counted from 0.
///
/// # Errors
/// If something is.
pub async fn not_chosen(page: &Page, nth: usize) -> Result<()> {
    let line = format!("document.querySelectorAll('input[type=range]')[{nth}]");
    let script = format!("return {line}.getAttribute('aria-valuetext') === 'nog niet gekozen'");
    page.until("nothing is chosen on that line", &script).await.map(drop)
}

/// The questions that were taken along, as shown on the screen.
///
/// # Errors
/// If the browser does not answer.
pub async fn taken_along(page: &Page) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('main .list .says')].map((e) => e.textContent)";
    Ok(serde_json::from_value(page.run(script).await?)?)
}

/// From preparing a visit: takes the first questions along, and returns there.
///
/// # Errors
/// If a step fails.
pub async fn choose_questions(page: &Page, how_many: i32) -> Result<()> {
    page.link("Vragen kiezen").click().await?;
    page.title("Vragen kiezen").see().await?;
    for nth in 0..how_many {
        page.checkbox(crate::locator::any()).nth(nth).click().await?;
    }
    page.button(part("Klaar")).click().await?;
    page.title("Voorbereiden").see().await
}

/// Presses Tab until the element with this name has the focus; fails if that takes too many times, or if the
/// focus is not visible. In a date field the browser itself marks the part with the focus; a window in the
/// background, as on WebKitGTK's bare screen, marks nothing.
///
/// # Errors
/// If Tab does not lead there.
pub async fn tab_to(page: &Page, name: &str) -> Result<()> {
    for _ in 0..80 {
        page.press(Key::Tab).await?;
        let script = "const e = document.activeElement; \
            if (!e || e === document.body) return null; \
            const ring = !document.hasFocus() || getComputedStyle(e).outlineStyle !== 'none' || getComputedStyle(e).boxShadow !== 'none' \
              || e.type === 'date' || (e.closest('label') && getComputedStyle(e.closest('label')).outlineStyle !== 'none'); \
            return [e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.textContent, ring ? 'ring' : '']";
        let Some(focused) = serde_json::from_value::<Option<Vec<String>>>(page.run(script).await?)? else { continue };
        let [text, ring] = focused.as_slice() else { continue };
        ensure!(ring == "ring", "one cannot see that “{text}” has the focus");
        if text.trim() == name {
            return Ok(());
        }
    }
    bail!("Tab does not reach “{name}”\n{}", page.describe().await)
}

/// Exports everything as readable text and as JSON, and returns the contents of both files. The download folder
/// differs by browser; the contents do not. The names are in `window.named`.
///
/// # Errors
/// If no file comes.
pub async fn taken_home(page: &Page) -> Result<(String, String)> {
    page.go("#/meer/export").await?;
    page.run(
        "window.files = []; window.named = []; const plain = window.plain ??= URL.createObjectURL; \
         URL.createObjectURL = (blob) => { blob.text().then((text) => window.files.push(text)); return plain.call(URL, blob); }; \
         HTMLAnchorElement.prototype.click = function () { window.named.push(this.download); }",
    )
    .await?;
    page.button("Als leesbare tekst (Markdown)").click().await?;
    let text = page.until("a file", "return window.files[0]").await?;
    page.button("Voor een ander programma (JSON)").click().await?;
    let json = page.until("a second file", "return window.files[1]").await?;
    Ok((text.as_str().context("text")?.to_owned(), json.as_str().context("text")?.to_owned()))
}
