//! The share sheet of the phone, where there is one.

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::download::File;
use super::objects::{asked, function, object};

/// Whether the phone can share this file.
#[must_use]
pub fn takes(file: &File) -> bool {
    let Some(phone) = navigator() else { return false };
    let can = function(&phone, "canShare").and_then(|can| can.call1(&phone, &data(file)).ok());
    can.is_some_and(|answer| answer.is_truthy())
}

/// Whether the phone can share text.
#[must_use]
pub fn takes_text() -> bool {
    navigator().is_some_and(|phone| function(&phone, "share").is_some())
}

/// Opens the share sheet with a text; returns whether it was shared.
pub async fn share_text(text: &str) -> bool {
    let Some(phone) = navigator() else { return false };
    asked(&phone, "share", &object(&[("text", text.into())])).await.is_some()
}

/// Opens the share sheet; returns whether the file was shared.
pub async fn share(file: &File) -> bool {
    let Some(phone) = navigator() else { return false };
    asked(&phone, "share", &data(file)).await.is_some()
}

fn navigator() -> Option<JsValue> {
    Some(super::window()?.navigator().into())
}

fn data(file: &File) -> JsValue {
    object(&[("files", Array::of1(file).into())])
}
