//! Work that waits for the browser.

use std::future::Future;
use std::pin::Pin;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

/// Goes on with the work whenever it can. Boxed, so that the machinery for it exists once.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    // Outside a browser there is nothing to wait for.
    if super::window().is_some() {
        wasm_bindgen_futures::spawn_local(work);
    }
}

/// The same, for others to wait until it is done.
pub fn begin(work: impl Future<Output = ()> + 'static) -> Option<Promise> {
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    super::window()?;
    Some(future_to_promise(async move {
        work.await;
        Ok(JsValue::UNDEFINED)
    }))
}
