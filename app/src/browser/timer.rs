//! Doing something later.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Runs once after `ms` milliseconds.
pub fn after(ms: i32, run: impl FnOnce() + 'static) {
    let run: Box<dyn FnOnce()> = Box::new(run);
    let closure = Closure::once_into_js(run);
    if let Some(window) = web_sys::window() {
        // A window always takes a timeout with a function.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(closure.unchecked_ref(), ms);
    }
}

/// Runs every `ms` milliseconds, for as long as the page lives.
pub fn every(ms: i32, run: impl FnMut() + 'static) {
    let closure = Closure::<dyn FnMut()>::new(run);
    if let Some(window) = web_sys::window() {
        let _ = window.set_interval_with_callback_and_timeout_and_arguments_0(closure.as_ref().unchecked_ref(), ms);
    }
    closure.forget();
}
