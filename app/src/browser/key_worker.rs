//! Deriving a key from a passphrase in a worker, so that the screen stays responsive. The worker ends afterwards,
//! which frees its memory.

use js_sys::{Object, Promise, Reflect, Uint8Array};
use naast_vault::{KdfSetup, Passphrase, PassphraseKey};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlScriptElement, MessageEvent, Worker, WorkerOptions, WorkerType};

/// The worker could not be started, or had too little memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotDerived;

impl From<JsValue> for NotDerived {
    fn from(_: JsValue) -> Self {
        Self
    }
}

/// A key, and how long the derivation took.
pub struct Derived {
    /// The key.
    pub key: PassphraseKey,
    /// In milliseconds, without the start of the worker.
    pub took_ms: u32,
}

/// How long an optional derivation may take, in milliseconds.
const PATIENCE: i32 = 10_000;

/// Derives a key: about 100 ms on a desktop, up to a second on a phone.
///
/// # Errors
/// [`NotDerived`]
pub async fn derive(passphrase: &Passphrase, setup: &KdfSetup) -> Result<Derived, NotDerived> {
    derive_within(passphrase, setup, None).await
}

/// Derives a key within a limited time, for work that is optional.
///
/// # Errors
/// [`NotDerived`]
pub async fn try_to_derive(passphrase: &Passphrase, setup: &KdfSetup) -> Result<Derived, NotDerived> {
    derive_within(passphrase, setup, Some(PATIENCE)).await
}

async fn derive_within(passphrase: &Passphrase, setup: &KdfSetup, most: Option<i32>) -> Result<Derived, NotDerived> {
    let script = super::document().and_then(|d| d.get_element_by_id("boot")).ok_or(NotDerived)?;
    let script: HtmlScriptElement = script.dyn_into().map_err(|_| NotDerived)?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&script.src(), &options)?;

    let message = Object::new();
    let setup = Uint8Array::from(&setup.to_bytes()[..]);
    Reflect::set(&message, &"module".into(), &wasm_bindgen::module())?;
    Reflect::set(&message, &"passphrase".into(), &passphrase.reveal().into())?;
    Reflect::set(&message, &"setup".into(), &setup)?;

    let answer = Promise::new(&mut |resolve, reject| {
        let give_up = reject.clone();
        let answered = Closure::once_into_js(move |event: MessageEvent| {
            // Resolving a promise does not fail.
            let _ = resolve.call1(&JsValue::UNDEFINED, &event.data());
        });
        let failed = Closure::once_into_js(move |event: JsValue| {
            let _ = reject.call1(&JsValue::UNDEFINED, &event);
        });
        worker.set_onmessage(Some(answered.unchecked_ref()));
        worker.set_onerror(Some(failed.unchecked_ref()));
        if let Some(most) = most {
            // Rejecting it after the answer does nothing.
            super::timer::call(&give_up, most);
        }
    });
    worker.post_message(&message)?;
    let answer = JsFuture::from(answer).await;
    worker.terminate();

    let answer = answer?;
    let bytes: Uint8Array = Reflect::get(&answer, &"key".into())?.dyn_into().map_err(|_| NotDerived)?;
    let copied = zeroize::Zeroizing::new(bytes.to_vec());
    bytes.fill(0, 0, bytes.length());
    let key = PassphraseKey::from_worker_bytes(&copied).ok_or(NotDerived)?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float that does not fit saturates")]
    let took_ms = Reflect::get(&answer, &"took".into())?.as_f64().ok_or(NotDerived)? as u32;
    Ok(Derived { key, took_ms })
}
