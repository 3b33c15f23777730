//! Objects of the browser that have no types of their own here: some browsers lack them.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A part of an object; undefined where there is none.
#[must_use]
pub fn part(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// A function of an object, if it has it.
#[must_use]
pub fn function(of: &JsValue, name: &str) -> Option<Function> {
    part(of, name).dyn_into().ok()
}

/// An object of these parts.
#[must_use]
pub fn object(parts: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in parts {
        // A fresh object takes every property.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// What a question that takes a while comes to; nothing where it cannot be asked or is refused.
pub async fn asked(of: &JsValue, what: &str, how: &JsValue) -> Option<JsValue> {
    let answer: Promise = function(of, what)?.call1(of, how).ok()?.dyn_into().ok()?;
    JsFuture::from(answer).await.ok()
}
