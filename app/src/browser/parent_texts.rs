//! What parents read on the turned phone. The texts of a language are a file of their own, which `public/boot.js`
//! fetches when it is first needed; the service worker has it offline.

use std::cell::RefCell;

use js_sys::{Function, Promise};
use naast_core::parent::Texts;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

thread_local! {
    /// The function of `boot.js` that fetches the texts of a language.
    static FETCH: RefCell<Option<Function>> = const { RefCell::new(None) };
    /// What was fetched, by language. It lives as long as the page.
    static FETCHED: RefCell<Vec<(&'static str, &'static Texts)>> = const { RefCell::new(Vec::new()) };
}

/// Sets the function that `boot.js` passes.
pub fn set(fetch: Function) {
    FETCH.set(Some(fetch));
}

/// The texts in the language of this tag; `None` if they cannot be fetched.
pub async fn fetch(tag: &'static str) -> Option<&'static Texts> {
    let known = FETCHED.with_borrow(|all| all.iter().find(|(known, _)| *known == tag).map(|(_, texts)| *texts));
    if known.is_some() {
        return known;
    }
    let promise = FETCH.with_borrow(|fetch| fetch.as_ref()?.call1(&JsValue::UNDEFINED, &tag.into()).ok())?;
    let file = JsFuture::from(promise.unchecked_into::<Promise>()).await.ok()?.as_string()?;
    let texts: &'static Texts = Box::leak(Box::new(Texts::parse(&file)));
    FETCHED.with_borrow_mut(|all| all.push((tag, texts)));
    Some(texts)
}
