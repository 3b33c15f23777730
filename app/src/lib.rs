//! The Naast app. `public/boot.js` calls [`start`] in the window and [`derive_key`]
//! in a worker.

// Debug forms are only there for panics, and the build takes those out (xtask, traps.rs).
#![cfg_attr(not(test), deny(clippy::use_debug))]
#![allow(unreachable_pub, reason = "nothing uses this crate; pub says what modules share")]

mod app;
mod behind;
mod browser;
mod labels;
mod messages;
mod pages;
mod parts;
#[cfg(not(target_family = "wasm"))]
pub mod prerender;
#[cfg(test)]
mod screen_tests;
mod session;
mod settings_store;
mod state;

use any_spawner::Executor;
use leptos::prelude::Owner;
use naast_core::content::Content;
use naast_core::route::{MorePage, Route};
use naast_vault::{KdfSetup, Passphrase};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use browser::device_store::DeviceStore;
use browser::{device_store, history, launched, presence, task, updates};
use state::App;

/// The content, compiled from `crates/content/nl` by the build.
const CONTENT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/nl.content"));

/// The messages, compiled from `crates/content/nl/messages.toml`.
const MESSAGES: &str = include_str!(concat!(env!("OUT_DIR"), "/nl.messages"));

/// Starts the app in the page. `relay` loads and runs what goes from phone to phone.
///
/// # Errors
/// Where the page is not ours or the content does not fit the app: a broken build.
#[wasm_bindgen]
pub fn start(relay: js_sys::Function) -> Result<(), JsValue> {
    browser::relay::set(relay);
    if !messages::load(MESSAGES) {
        return Err("the messages do not fit the app".into());
    }
    let content = Content::from_compact(CONTENT).ok_or("the content does not fit the app")?;
    // Lives as long as the page; this way every text can be borrowed from it.
    let content: &'static Content = Box::leak(Box::new(content));

    let document = browser::document().ok_or("no document")?;
    let place = document.get_element_by_id("app").ok_or("no place for the app")?;
    place.set_text_content(None);
    // Ignored: an error only says that it runs already.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.with(|| {
        let app = App::new(content, history::current(), DeviceStore::open());
        watch(app);
        app.finish_erasing();
        let mounted = naast_view::mount(app::shell(app), &place);
        // A page of the second module can be used when that is here.
        let waits = behind::holds(&app.route.read());
        task::spawn(async move {
            behind::fetch(app).await;
            if waits {
                ready();
            }
        });
        if !waits {
            ready();
        }
        mounted
    })?;
    // The app lives as long as the page.
    std::mem::forget(owner);
    Ok(())
}

/// Says that the page can be used.
fn ready() {
    if let Some(root) = browser::document().and_then(|document| document.document_element()) {
        // The root refuses no attribute.
        let _ = root.set_attribute("data-naast", "ready");
    }
}

/// Everything that comes from outside the screen.
fn watch(app: App) {
    history::watch(move |route| app.arrive(route));
    presence::watch(move |presence| app.presence(presence));
    device_store::watch(move |key| app.changed_elsewhere(key.as_deref()));
    launched::watch(move |file| {
        app.given.set(Some(file));
        history::go(&Route::MorePage(MorePage::Backup));
    });
    task::spawn(updates::start(move || app.update_ready.set(true)));
}

/// Small to download; the options are those that join neighbouring free memory again. Whatever is let
/// go is wiped: of what was read and typed nothing stays behind when the vault locks.
#[cfg(target_family = "wasm")]
#[global_allocator]
static MEMORY: zeroizing_alloc::ZeroAlloc<rlsf::GlobalTlsf> = zeroizing_alloc::ZeroAlloc(rlsf::GlobalTlsf::new());

/// Derives the key of a passphrase; called in a worker, which ends after.
///
/// # Errors
/// Where `setup` is none of ours, or the phone has no memory to spare.
#[wasm_bindgen]
pub fn derive_key(passphrase: &str, setup: &[u8]) -> Result<Vec<u8>, JsValue> {
    let setup = KdfSetup::from_bytes(setup).ok_or("no such setup")?;
    let key = naast_vault::derive(&Passphrase::from_typed(passphrase), &setup).map_err(|_| "out of memory")?;
    Ok(key.to_worker_bytes().to_vec())
}
