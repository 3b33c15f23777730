//! A new version of the app: downloaded completely, applied when the user says so.

use anyhow::{Context, Result, ensure};
use naast_devserver::Fault;

use crate::case::{Case, Needs};
use crate::page::Page;
use crate::runner::Scenario;
use crate::site::Site;
use crate::{scenario, steps, storage};

pub(super) const SCENARIOS: &[Scenario] = &[
    scenario!("an update is offered, comes on consent alone, and keeps what was typed", offered, needs: ONLINE),
    scenario!("an update waits while what was typed cannot be kept", not_over_unsaved, needs: ONLINE),
    scenario!("half an update leaves the old version working, also without signal", half, needs: ONLINE),
    scenario!("an update removes old caches of Naast, and only those", only_own_caches, needs: ONLINE),
];

const ONLINE: Needs = Needs { online: true, ..Needs::NOTHING };

/// The version of the update.
const NEW: &str = "feedfacecafe";

/// The version of the page.
async fn version(page: &Page) -> Result<String> {
    let version = page.run("return document.querySelector('meta[name=\"naast-version\"]').content").await?;
    Ok(version.as_str().context("a version")?.to_owned())
}

/// The app as another version.
fn newer(case: &Case) -> Result<Site> {
    let site = case.another_site()?;
    site.become_version(NEW)?;
    Ok(site)
}

/// The installation by the service worker has finished or failed.
const NOTHING_INSTALLING: &str = "if (!window.asked) { window.asked = true; \
    navigator.serviceWorker.getRegistration().then((r) => r.update().catch(() => {}).then(() => { window.registered = r; })); } \
    return !!window.registered && !window.registered.installing";

async fn offered(case: &mut Case) -> Result<()> {
    case.open("").await?;
    case.kept_for_offline().await?;
    case.open("").await?;
    let page = case.page.clone();
    let old = version(&page).await?;
    let words = steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    let site = newer(case)?;
    case.server.swap(case.path(), site.path());
    page.until("the update has come", NOTHING_INSTALLING).await?;
    page.field("Wat neem je je voor?").type_in("Net nog getypt").await?;
    page.go("#/meer").await?;
    page.see("Er ligt een nieuwe versie klaar.").await?;
    // Not without consent: neither by itself nor by a reload.
    ensure!(version(&page).await? == old, "the update came by itself");
    case.reload().await?;
    page.see("Er ligt een nieuwe versie klaar.").await?;
    ensure!(version(&page).await? == old, "the update came by a reload");
    page.go(&format!("{visit}/voorbereiden")).await?;
    steps::unlock(&page, &words).await?;
    page.field("Wat neem je je voor?").has("Net nog getypt").await?;
    page.field("Wat neem je je voor?").type_in(", en nu weer").await?;
    page.go("#/meer").await?;
    page.button("Nu bijwerken").click().await?;
    page.until(
        "the new version",
        &format!("return document.querySelector('meta[name=\"naast-version\"]')?.content === '{NEW}'"),
    )
    .await?;
    page.ready().await?;
    page.title("Meer").see().await?;
    page.not_see("Er ligt een nieuwe versie klaar.").await?;
    page.go(&format!("{visit}/voorbereiden")).await?;
    steps::unlock(&page, &words).await?;
    page.field("Wat neem je je voor?").has("Net nog getypt, en nu weer").await?;
    case.server.stop();
    case.open("#/vragen").await?;
    ensure!(version(&case.page).await? == NEW, "the new version works without signal");
    Ok(())
}

async fn not_over_unsaved(case: &mut Case) -> Result<()> {
    case.open("").await?;
    case.kept_for_offline().await?;
    case.open("").await?;
    let page = case.page.clone();
    let old = version(&page).await?;
    steps::make_vault(&page).await?;
    steps::add_family(&page, "Vos").await?;
    let visit = steps::begin_visit(&page).await?;
    let site = newer(case)?;
    case.server.swap(case.path(), site.path());
    page.until("the update has come", NOTHING_INSTALLING).await?;
    storage::fill(&page).await?;
    let long = "Dit past er niet meer bij. ".repeat(100);
    page.field("Wat neem je je voor?").paste(&long).await?;
    page.see("Dit kon niet worden bewaard.").await?;
    page.go("#/meer").await?;
    page.button("Nu bijwerken").click().await?;
    page.see("Nog niet bijgewerkt").await?;
    ensure!(version(&page).await? == old, "the update came over words that are not kept");
    page.go(&format!("{visit}/voorbereiden")).await?;
    page.field("Wat neem je je voor?").has(&long).await
}

async fn half(case: &mut Case) -> Result<()> {
    case.open("").await?;
    case.kept_for_offline().await?;
    case.open("").await?;
    let page = case.page.clone();
    let old = version(&page).await?;
    let site = newer(case)?;
    // The browser itself reports that the worker did not install.
    case.expect_complaint("sw.js");
    case.expect_complaint("Failed to load resource");
    case.expect_complaint("ServiceWorker");
    let part = site.find("naast_bg-", ".wasm")?;
    let part = format!("{}{}", case.path(), part.file_name().context("a name")?.to_string_lossy());
    for fault in [Fault::CutOff, Fault::Missing, Fault::Unavailable] {
        case.server.fail(&part, fault);
        case.server.swap(case.path(), site.path());
        case.open("#/meer").await?;
        page.until("the update has failed", NOTHING_INSTALLING).await?;
        page.title("Meer").see().await?;
        ensure!(version(&page).await? == old, "half an update came: {fault:?}");
        page.not_see("Er ligt een nieuwe versie klaar.").await?;
        case.server.stop();
        case.open("#/vragen").await?;
        page.title("Vragen").see().await?;
        ensure!(version(&page).await? == old, "the old version works without signal: {fault:?}");
        case.go_online()?;
    }
    // Offline, without leaving the page: if no page were open for a moment, the browser itself might apply the
    // update.
    case.server.heal();
    page.until("the update has come", NOTHING_INSTALLING).await?;
    page.go("#/meer").await?;
    page.see("Er ligt een nieuwe versie klaar.").await
}

async fn only_own_caches(case: &mut Case) -> Result<()> {
    case.open("").await?;
    case.kept_for_offline().await?;
    case.open("#/meer").await?;
    let page = case.page.clone();
    page.run_async("const done = arguments[0]; caches.open('other').then(() => caches.open('naast-x /elders/')).then(() => done(1))", vec![])
        .await?;
    let site = newer(case)?;
    case.server.swap(case.path(), site.path());
    page.until("the update has come", NOTHING_INSTALLING).await?;
    page.button("Nu bijwerken").click().await?;
    page.until(
        "the new version",
        &format!("return document.querySelector('meta[name=\"naast-version\"]')?.content === '{NEW}'"),
    )
    .await?;
    page.ready().await?;
    let names =
        "caches.keys().then((names) => { window.names = names.sort().join(); }); return window.names === arguments_";
    let wanted = format!("naast-{NEW} /,naast-x /elders/,other");
    page.until(&format!("the caches are {wanted}"), &names.replace("arguments_", &format!("'{wanted}'")))
        .await
        .map(drop)
}
