//! Timers.

use js_sys::{Function, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;

/// Runs once after `ms` milliseconds.
pub fn after(ms: i32, run: impl FnOnce() + 'static) {
    // Outside a browser nothing happens later.
    if super::window().is_none() {
        return;
    }
    let run: Box<dyn FnOnce()> = Box::new(run);
    call(Closure::once_into_js(run).unchecked_ref(), ms);
}

/// Calls a function once after `ms` milliseconds.
pub fn call(function: &Function, ms: i32) {
    if let Some(window) = super::window() {
        // A window always accepts a timeout with a function.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(function, ms);
    }
}

/// Yields to the browser in the middle of long work.
pub async fn pause() {
    // The promise never rejects.
    let _ = JsFuture::from(Promise::new(&mut |done, _| call(&done, 0))).await;
}

/// Runs every `ms` milliseconds, for as long as the page lives.
pub fn every(ms: i32, run: impl FnMut() + 'static) {
    let closure = Closure::<dyn FnMut()>::new(run);
    if let Some(window) = super::window() {
        let _ = window.set_interval_with_callback_and_timeout_and_arguments_0(closure.as_ref().unchecked_ref(), ms);
    }
    closure.forget();
}
