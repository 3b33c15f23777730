//! The write lock that all tabs share: its holder writes, the others wait.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The name of the lock. All copies of the app on an origin share its storage, and this lock.
const NAME: &str = "naast-vault";

/// After so many milliseconds a tab goes on without the lock: a tab that hangs must not keep another one from
/// saving. Generations still tell their versions apart.
const PATIENCE: i32 = 2_000;

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks`, which is missing where the address is not secure.
    #[wasm_bindgen(js_namespace = navigator, js_name = locks, thread_local_v2)]
    static LOCKS: Option<Locks>;

    type Locks;
    #[wasm_bindgen(method)]
    fn request(this: &Locks, name: &str, callback: &JsValue) -> Promise;
}

/// The lock. Dropping it releases it.
pub struct WriteLock(Option<Function>);

impl Drop for WriteLock {
    fn drop(&mut self) {
        if let Some(done) = &self.0 {
            // Resolving a promise does not fail.
            let _ = done.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Waits for the lock.
pub async fn acquire() -> WriteLock {
    let done: Rc<RefCell<Option<Function>>> = Rc::default();
    let asked = LOCKS.with(|locks| {
        let locks = locks.as_ref()?;
        Some(Promise::new(&mut |granted, _| {
            // The lock is held until this promise is resolved.
            let held = Promise::new(&mut |resolve, _| *done.borrow_mut() = Some(resolve));
            let go = granted.clone();
            let callback = Closure::once_into_js(move |_: JsValue| {
                let _ = go.call0(&JsValue::UNDEFINED);
                held.unchecked_into::<JsValue>()
            });
            // The result of the request is not needed.
            let _ = locks.request(NAME, &callback);
            super::timer::call(&granted, PATIENCE);
        }))
    });
    if let Some(asked) = asked {
        let _ = JsFuture::from(asked).await;
    }
    WriteLock(done.take())
}
