//! Asynchronous work.

use std::future::Future;
use std::pin::Pin;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

/// Runs a future to its end. It is boxed, so that this is compiled for one type only.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    // Outside a browser there is nothing to wait for.
    if super::window().is_some() {
        wasm_bindgen_futures::spawn_local(work);
    }
}

/// The same, as a promise that others can wait for.
pub fn begin(work: impl Future<Output = ()> + 'static) -> Option<Promise> {
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    super::window()?;
    Some(future_to_promise(async move {
        work.await;
        Ok(JsValue::UNDEFINED)
    }))
}
