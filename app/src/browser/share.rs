//! The share sheet of the phone, where there is one.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::download::File;

/// Whether the phone can share this file.
#[must_use]
pub fn takes(file: &File) -> bool {
    call("canShare", file).is_some_and(|answer| answer.is_truthy())
}

/// Opens the share sheet; says whether the file went somewhere.
pub async fn share(file: &File) -> bool {
    let Some(shared) = call("share", file).and_then(|answer| answer.dyn_into::<Promise>().ok()) else { return false };
    JsFuture::from(shared).await.is_ok()
}

fn call(what: &str, file: &File) -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    let function: Function = Reflect::get(&navigator, &what.into()).ok()?.dyn_into().ok()?;
    let data = Object::new();
    Reflect::set(&data, &"files".into(), &Array::of1(file)).ok()?;
    function.call1(&navigator, &data).ok()
}
