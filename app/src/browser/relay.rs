//! The transfer from phone to phone: `public/relay.js` with its codes, camera and worker. It is loaded when it is
//! first asked for, and ends when its element leaves the page.

use std::cell::RefCell;

use js_sys::{Array, Function};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use super::chosen_file::ChosenFile;
use super::objects::part;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = matchMedia)]
    fn match_media(query: &str) -> JsValue;
}

thread_local! {
    /// The function of `boot.js` that loads and runs it.
    static RUN: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// An event of the transfer.
pub enum Told {
    /// One more part arrived: how many there are, and how many are needed.
    Part(u32, u32),
    /// All parts arrived.
    Whole(ChosenFile),
    /// A code of another transfer was seen.
    Other,
    /// A code of a later version was seen.
    Newer,
    /// The camera is not allowed.
    Refused,
    /// Another app uses the camera.
    Busy,
    /// There is no camera.
    NoCamera,
    /// The codes could not be generated or read.
    Broken,
}

/// Sets the function that `boot.js` passes.
pub fn set(run: Function) {
    RUN.set(Some(run));
}

/// How many codes are shown in a second: fewer for users who prefer less motion, few enough not to count as
/// flashing (WCAG 2.3.1).
#[must_use]
pub fn rate() -> u32 {
    let calm = part(&match_media("(prefers-reduced-motion: reduce)"), "matches");
    if calm.is_truthy() { 3 } else { naast_transfer::RATE }
}

/// Shows these pieces of a file (each a `Uint8Array`) on a canvas.
pub fn give(canvas: &Element, pieces: &Array, tell: impl FnMut(Told) + 'static) {
    run(canvas, pieces, Box::new(tell));
}

/// Shows the camera in a video, and receives what it sees.
pub fn take(video: &Element, tell: impl FnMut(Told) + 'static) {
    run(video, &JsValue::UNDEFINED, Box::new(tell));
}

fn run(element: &Element, pieces: &JsValue, mut tell: Box<dyn FnMut(Told)>) {
    let hear = move |what: String, got: u32, all: u32, file: JsValue| {
        tell(match what.as_str() {
            "part" => Told::Part(got, all),
            "whole" => Told::Whole(file.unchecked_into()),
            "other" => Told::Other,
            "newer" => Told::Newer,
            "refused" => Told::Refused,
            "busy" => Told::Busy,
            "none" => Told::NoCamera,
            _ => Told::Broken,
        });
    };
    let hear = Closure::<dyn FnMut(String, u32, u32, JsValue)>::new(hear).into_js_value();
    let all = Array::of4(element, pieces, &rate().into(), &hear);
    // Errors are reported as events.
    let _ = RUN.with_borrow(|run| run.as_ref().map(|run| run.apply(&JsValue::UNDEFINED, &all)));
}
