//! From phone to phone through the screen: `public/relay.js` with its codes, camera and worker. It is
//! loaded when it is first asked for, and ends by itself once the element it was given is gone from
//! the page.

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
    /// What `boot.js` gave to load and run it.
    static RUN: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// What came of it.
pub enum Told {
    /// A part more: so many are there, and so many it takes.
    Part(u32, u32),
    /// All is there.
    Whole(ChosenFile),
    /// A code of another transfer.
    Other,
    /// A code of a later version.
    Newer,
    /// The camera may not be used.
    Refused,
    /// Another app has the camera.
    Busy,
    /// There is no camera.
    NoCamera,
    /// The codes could not be made or read.
    Broken,
}

/// Takes what `boot.js` gives.
pub fn set(run: Function) {
    RUN.set(Some(run));
}

/// How many codes a second are shown: fewer to whoever wants less to move, and then so few that it
/// does not count as flashing (WCAG 2.3.1).
#[must_use]
pub fn rate() -> u32 {
    let calm = part(&match_media("(prefers-reduced-motion: reduce)"), "matches");
    if calm.is_truthy() { 3 } else { naast_transfer::RATE }
}

/// Shows these pieces of a file (each a `Uint8Array`) on a canvas.
pub fn give(canvas: &Element, pieces: &Array, tell: impl FnMut(Told) + 'static) {
    run(canvas, pieces, Box::new(tell));
}

/// Shows what the camera sees in a video, and takes what is in it.
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
    // What goes wrong it tells itself.
    let _ = RUN.with_borrow(|run| run.as_ref().map(|run| run.apply(&JsValue::UNDEFINED, &all)));
}
