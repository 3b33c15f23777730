//! Objects of the browser without types here, because some browsers lack them.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A property of an object; undefined if there is none.
#[must_use]
pub fn part(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// A method of an object, if it has it.
#[must_use]
pub fn function(of: &JsValue, name: &str) -> Option<Function> {
    part(of, name).dyn_into().ok()
}

/// An object with these properties.
#[must_use]
pub fn object(parts: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in parts {
        // Setting a property of a new object does not fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// The result of an asynchronous method; `None` if it is missing or rejects.
pub async fn asked(of: &JsValue, what: &str, how: &JsValue) -> Option<JsValue> {
    let answer: Promise = function(of, what)?.call1(of, how).ok()?.dyn_into().ok()?;
    JsFuture::from(answer).await.ok()
}
