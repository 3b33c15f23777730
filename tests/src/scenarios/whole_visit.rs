//! The help around a visit: proposals, tools at the table, reflection, a concern.

use anyhow::{Result, ensure};

use crate::case::Case;
use crate::locator::{any, part};
use crate::runner::Scenario;
use crate::{scenario, steps};

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!("questions are proposed for a kind of visit, and never the same twice in a row", proposals),
    scenario!("what is done together at the table comes back after a restart", together),
    scenario!("what the parent asks never to do opens the next preparation", please),
    scenario!("the look at oneself after a visit is kept, and shows no mark", oneself),
    scenario!("a note that can lead to a family gets a gentle word, and is kept", hints),
    scenario!("a concern is put down from any visit in three touches and stays until it is closed", concern),
];

async fn proposals(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    let family = steps::add_family(&page, "Vos").await?;
    steps::begin_visit(&page).await?;
    page.button("Doe een voorstel").click().await?;
    page.button("Andere vragen").see().await?;
    let first = steps::taken_along(&page).await?;
    ensure!(first.len() == 5, "{} questions proposed", first.len());
    page.button("Andere vragen").click().await?;
    page.until(
        "other questions",
        &format!("return document.querySelector('main .list .says').textContent !== {:?}", first[0]),
    )
    .await?;
    let second = steps::taken_along(&page).await?;
    ensure!(second.iter().all(|question| !first.contains(question)), "again: {first:?} and {second:?}");

    // The next visit gets others as well.
    page.link("Op bezoek").first().click().await?;
    page.title("Op bezoek").see().await?;
    page.go(&family).await?;
    page.title("Vos").see().await?;
    steps::begin_visit(&page).await?;
    page.button("Doe een voorstel").click().await?;
    page.button("Andere vragen").see().await?;
    let third = steps::taken_along(&page).await?;
    ensure!(third.iter().all(|question| !second.contains(question)), "again: {second:?} and {third:?}");

    // Just being there needs no questions.
    page.button("Er gewoon zijn").click().await?;
    page.button("Andere vragen").gone().await?;
    page.button("Kennismaken").click().await?;
    page.link("Woorden om je voor te stellen").click().await?;
    page.title("Wie ik ben en wat ik kom doen").see().await?;
    page.see("Meelezen mag").await
}

async fn together(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    let family = steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    page.link("Op bezoek").first().click().await?;
    page.button("Samen iets doen").click().await?;
    page.link("Van 0 tot 10").click().await?;
    page.title("Van 0 tot 10").see().await?;
    page.field("Waar zullen we samen naar kijken?").type_in("Het slapen").await?;
    page.button("4").click().await?;
    page.link("Terug naar het bezoek").click().await?;
    page.button("Samen iets doen").click().await?;
    page.see("ingevuld ✓").await?;
    page.go(&format!("{visit}/samen/choices")).await?;
    let options = page.field("Wat zou je allemaal kunnen doen?");
    options.type_in("Oma vragen").await?;
    page.see("Eén mogelijkheid is nog geen keuze").await?;
    // Not every driver can type a line break.
    options.set("Oma vragen\nEen avond ruilen").await?;
    page.not_see("Eén mogelijkheid is nog geen keuze").await?;
    steps::kept(&page).await?;

    case.restart(&family).await?;
    let page = case.page.clone();
    steps::unlock(&page, &words).await?;
    page.title("Vos").see().await?;
    page.link("Het verloop").click().await?;
    page.button("Samen gedaan").click().await?;
    page.see("Het slapen").await?;
    page.see("4 van 10").await?;
    page.see("Een avond ruilen").await
}

async fn please(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    let family = steps::add_family(&page, "Vos").await?;
    page.go(&format!("{family}/wijzigen")).await?;
    page.button("Wat de ouder vraagt").click().await?;
    page.field("Liever nooit").paste("Onaangekondigd komen").await?;
    page.button("Klaar").click().await?;
    page.title("Vos").see().await?;
    page.see("Onaangekondigd komen").await?;
    steps::begin_visit(&page).await?;
    page.heading("De ouder vraagt").see().await?;
    page.see("Onaangekondigd komen").await
}

async fn oneself(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    page.button("Waar stond ik vandaag?").click().await?;
    let sign = page.field(part("Tussen ‘")).first();
    sign.set("8").await?;
    page.button("Even voor jezelf").click().await?;
    page.field("Wat deed dit bezoek met mij?").type_in("Ik werd er stil van.").await?;
    steps::kept(&page).await?;
    case.restart(&format!("{visit}/terugkijken")).await?;
    let page = case.page.clone();
    steps::unlock(&page, &words).await?;
    page.button("Waar stond ik vandaag?").click().await?;
    page.field(part("Tussen ‘")).first().has("8").await?;
    page.button(part("Wissen")).first().click().await?;
    steps::not_chosen(&page, 0).await?;
    page.button("Even voor jezelf").click().await?;
    page.field("Wat deed dit bezoek met mij?").has("Ik werd er stil van.").await
}

async fn hints(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    page.go(&format!("{visit}/terugkijken")).await?;
    let note = page.field("Gezien en gehoord");
    note.type_in("Oma belde op 06-12345678.").await?;
    page.see("Hier lijkt een telefoonnummer te staan.").await?;
    steps::kept(&page).await?;
    note.fill("Oma belde.").await?;
    page.not_see("Hier lijkt").await
}

async fn concern(case: &mut Case) -> Result<()> {
    case.open("").await?;
    let page = case.page.clone();
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Beer").await?;
    let family = steps::add_family(&page, "Vos").await?;
    steps::begin_visit(&page).await?;
    page.link("Hulp").click().await?;
    page.link(part("Ik maak me zorgen")).click().await?;
    page.button("Vos").click().await?;
    page.title("Een zorg").see().await?;
    page.field("Wat zag en hoorde je?").type_in("Hij had geen jas aan.").await?;
    page.field("Wat deed je?").first().type_in("Noor gebeld.").await?;
    steps::kept(&page).await?;
    case.restart(&family).await?;
    let page = case.page.clone();
    steps::unlock(&page, &words).await?;
    page.link(part("Zorg van")).click().await?;
    page.field("Wat zag en hoorde je?").has("Hij had geen jas aan.").await?;
    page.field("Wat deed je?").first().has("Noor gebeld.").await?;
    page.button("Zorg afsluiten").click().await?;
    page.button("Toch weer openen").see().await?;
    page.link("Naar het gezin").click().await?;
    page.link(part("afgesloten")).see().await?;
    page.link(part("Zorg van")).click().await?;
    // Then it is also at its top.
    page.title("Een zorg").is("focused").await?;
    page.button("Zorg verwijderen").click().await?;
    page.title("Vos").see().await?;
    page.link(part("Zorg van")).gone().await?;
    page.button("Ongedaan maken").click().await?;
    page.link(part("Zorg van")).see().await?;
    page.heading(any()).first().see().await
}
