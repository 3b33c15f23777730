//! Work that waits for the browser.

use std::future::Future;
use std::pin::Pin;

/// Goes on with the work whenever it can. Boxed, so that the machinery for it exists once.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    wasm_bindgen_futures::spawn_local(work);
}
