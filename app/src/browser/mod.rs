//! What the browser offers, one file per capability. Nothing else in the app uses `web_sys` for these.

pub mod chosen_file;
pub mod clock;
pub mod device_lock;
pub mod device_store;
pub mod disk_journal;
pub mod download;
pub mod focus;
pub mod history;
pub mod key_worker;
pub mod launched;
pub mod objects;
pub mod panics;
pub mod parent_texts;
pub mod plural;
pub mod presence;
pub mod random;
pub mod relay;
pub mod share;
pub mod speech;
pub mod task;
pub mod timer;
pub mod updates;
pub mod write_lock;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// The window; `None` outside a browser, where the build and the screen tests render pages.
#[must_use]
pub fn window() -> Option<web_sys::Window> {
    // Outside a browser the bindings panic.
    if cfg!(target_family = "wasm") { web_sys::window() } else { None }
}

/// The document, where there is one.
#[must_use]
pub fn document() -> Option<web_sys::Document> {
    window()?.document()
}

/// Prints the page. A browser without a printer does nothing.
pub fn print() {
    let _ = window().map(|window| window.print());
}

/// Sets or removes an attribute of the root, for the style sheet.
pub fn mark_page(name: &str, on: bool) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        // Fails only for an invalid attribute name.
        let _ = root.toggle_attribute_with_force(name, on);
    }
}

/// Listens for as long as the page lives; only for listeners of the whole app.
pub fn listen(target: &web_sys::EventTarget, event: &str, run: impl FnMut(web_sys::Event) + 'static) {
    listen_as(target, event, Box::new(run), false);
}

/// Listens in the capture phase, for as long as the page lives.
pub fn listen_first(target: &web_sys::EventTarget, event: &str, run: impl FnMut(web_sys::Event) + 'static) {
    listen_as(target, event, Box::new(run), true);
}

fn listen_as(target: &web_sys::EventTarget, event: &str, run: Box<dyn FnMut(web_sys::Event)>, first: bool) {
    let closure = Closure::wrap(run).into_js_value();
    // Fails only for an invalid target, which the type excludes.
    let _ = target.add_event_listener_with_callback_and_bool(event, closure.unchecked_ref(), first);
}
