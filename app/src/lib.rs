//! The Naast app. `public/boot.js` calls [`start`] in the window and [`derive_key`] in a worker.

#![allow(unreachable_pub, reason = "nothing uses this crate; pub says what modules share")]

mod app;
mod browser;
mod labels;
mod lazy;
mod messages;
mod pages;
mod parts;
#[cfg(not(target_family = "wasm"))]
pub mod prerender;
mod router;
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

/// Starts the app in the page. `messages` are the texts of a language, `relay` loads and runs the transfer
/// from phone to phone, `parent_texts` fetches what parents read in a language, and `stopped` tells the user that
/// the app panicked.
///
/// # Errors
/// Where the page is not that of the app, or the messages or the content do not fit it: a broken build.
#[wasm_bindgen]
pub fn start(
    messages: String,
    relay: js_sys::Function,
    parent_texts: js_sys::Function,
    stopped: js_sys::Function,
) -> Result<(), JsValue> {
    browser::panics::report(stopped);
    browser::relay::set(relay);
    browser::parent_texts::set(parent_texts);
    // What is leaked here lives as long as the page, so that all texts can be borrowed.
    if !messages::load(messages.leak()) {
        return Err("the messages do not fit the app".into());
    }
    let content = Content::from_compact(CONTENT).ok_or("the content does not fit the app")?;
    let content: &'static Content = Box::leak(Box::new(content));

    let document = browser::document().ok_or("no document")?;
    let root = document.get_element_by_id("app").ok_or("no element for the app")?;
    // Fails only where an executor was set before.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.with(|| {
        let app = App::new(content, history::current(), DeviceStore::open());
        watch(app);
        app.finish_erasing();
        // The first screen that the build rendered gives way to the app in one step.
        root.set_text_content(None);
        let mounted = naast_view::mount(app::shell(app), &root);
        // A page of the private module can be used once that is loaded.
        let waits = lazy::is_private(&app.route.read());
        task::spawn(async move {
            lazy::fetch(app).await;
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

/// Reports that the page can be used.
fn ready() {
    if let Some(root) = browser::document().and_then(|document| document.document_element()) {
        // Fails only for an invalid attribute name.
        let _ = root.set_attribute("data-naast", "ready");
    }
}

/// Subscribes to everything that comes from outside the screen.
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

/// A small allocator that joins neighbouring free blocks. Freed memory is wiped, so that no private text is left
/// after the vault locks.
#[cfg(target_family = "wasm")]
#[global_allocator]
static MEMORY: zeroizing_alloc::ZeroAlloc<rlsf::GlobalTlsf> = zeroizing_alloc::ZeroAlloc(rlsf::GlobalTlsf::new());

/// Derives the key of a passphrase. It is called in a worker, which ends afterwards.
///
/// # Errors
/// Where `setup` cannot be read, or the device has too little memory.
#[wasm_bindgen]
pub fn derive_key(passphrase: &str, setup: &[u8]) -> Result<Vec<u8>, JsValue> {
    let setup = KdfSetup::from_bytes(setup).ok_or("no such setup")?;
    let key = naast_vault::derive(&Passphrase::from_typed(passphrase), &setup).map_err(|_| "out of memory")?;
    Ok(key.to_worker_bytes().to_vec())
}
