//! IndexedDB behind the vault's journal. It is slower than localStorage, and durable once it answers: a browser
//! that is killed may lose what localStorage took in its last seconds.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::EventTarget;

const DATABASE: &str = "naast";
const STORE: &str = "journal";

/// How long to wait for an answer before going on without a journal, in milliseconds.
const PATIENCE: i32 = 4_000;

// Only what is used: the bindings of `web-sys` have a type for each kind of request.
#[wasm_bindgen]
extern "C" {
    /// `indexedDB`, which is missing where the browser stores nothing.
    #[wasm_bindgen(js_name = indexedDB, thread_local_v2)]
    static FACTORY: Option<Factory>;

    type Factory;
    #[wasm_bindgen(method, catch)]
    fn open(this: &Factory, name: &str) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = deleteDatabase)]
    fn delete(this: &Factory, name: &str) -> Result<Request, JsValue>;

    #[wasm_bindgen(extends = EventTarget)]
    type Request;
    #[wasm_bindgen(method, getter, catch)]
    fn result(this: &Request) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(extends = EventTarget)]
    #[derive(Clone)]
    type Database;
    #[wasm_bindgen(method, catch, js_name = createObjectStore)]
    fn create_store(this: &Database, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn transaction(this: &Database, name: &str, mode: &str, options: &JsValue) -> Result<Transaction, JsValue>;
    #[wasm_bindgen(method)]
    fn close(this: &Database);

    #[wasm_bindgen(extends = EventTarget)]
    type Transaction;
    #[wasm_bindgen(method, catch, js_name = objectStore)]
    fn store(this: &Transaction, name: &str) -> Result<Values, JsValue>;

    type Values;
    #[wasm_bindgen(method, catch)]
    fn put(this: &Values, value: &str, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn get(this: &Values, key: &str) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn clear(this: &Values) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getAll)]
    fn all(this: &Values) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getAllKeys)]
    fn keys(this: &Values) -> Result<Request, JsValue>;
}

/// The open journal of this device.
#[derive(Clone)]
pub struct DiskJournal(Database);

/// The journal failed, and is unchanged.
#[derive(PartialEq, Eq)]
pub enum Failed {
    /// This operation failed.
    Once,
    /// The connection was closed for good, by another tab or by the browser.
    Closed,
}

impl From<JsValue> for Failed {
    fn from(_: JsValue) -> Self {
        Self::Once
    }
}

impl DiskJournal {
    /// Opens the journal, creating it the first time; `None` where the browser has none.
    pub async fn open() -> Option<Self> {
        let request = FACTORY.with(|factory| factory.as_ref()?.open(DATABASE).ok())?;
        let database = |request: &Request| Some(request.result().ok()?.unchecked_into::<Database>());
        super::listen(&request, "upgradeneeded", move |event| {
            let request = event.target().map(JsCast::unchecked_into::<Request>);
            if let Some(fresh) = request.and_then(|request| database(&request)) {
                // Fails only if it exists already.
                let _ = fresh.create_store(STORE);
            }
        });
        until(&request, "success").await.ok()?;
        let open = database(&request)?;
        // Another tab wants to delete the database.
        super::listen(&open, "versionchange", {
            let open = open.clone();
            move |_| open.close()
        });
        Some(Self(open))
    }

    /// The value of a key.
    ///
    /// # Errors
    /// [`Failed`].
    pub async fn get(&self, key: &str) -> Result<Option<String>, Failed> {
        let (values, _) = self.values("readonly")?;
        let request = values.get(key)?;
        until(&request, "success").await?;
        Ok(request.result()?.as_string())
    }

    fn values(&self, mode: &str) -> Result<(Values, Transaction), Failed> {
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let transaction = self.0.transaction(STORE, mode, &options).map_err(|_| Failed::Closed)?;
        Ok((transaction.store(STORE)?, transaction))
    }

    /// All keys and values.
    ///
    /// # Errors
    /// [`Failed`].
    pub async fn read(&self) -> Result<Vec<(String, String)>, Failed> {
        let (values, _) = self.values("readonly")?;
        let (keys, all) = (values.keys()?, values.all()?);
        // Requests are answered in order.
        until(&all, "success").await?;
        let (keys, all): (Array, Array) = (keys.result()?.unchecked_into(), all.result()?.unchecked_into());
        let text = |value: JsValue| value.as_string().unwrap_or_default();
        Ok((0..keys.length()).map(|at| (text(keys.get(at)), text(all.get(at)))).collect::<Vec<_>>())
    }

    /// Writes all of these values or none, durably.
    ///
    /// # Errors
    /// [`Failed`].
    pub async fn commit(&self, all: &[(String, String)]) -> Result<(), Failed> {
        let (values, transaction) = self.values("readwrite")?;
        for (key, value) in all {
            values.put(value, key)?;
        }
        until(&transaction, "complete").await
    }

    /// Deletes the journal of this device, if there is one.
    ///
    /// # Errors
    /// [`Failed`]: it may still exist.
    pub async fn erase() -> Result<(), Failed> {
        // Cleared first: another tab may hold the database open for a while, and the power may fail.
        if let Some(journal) = Self::open().await {
            let (values, transaction) = journal.values("readwrite")?;
            values.clear()?;
            until(&transaction, "complete").await?;
            journal.0.close();
        }
        let Some(request) = FACTORY.with(|factory| factory.as_ref().map(|factory| factory.delete(DATABASE))) else {
            return Ok(());
        };
        let request = request?;
        until(&request, "success").await
    }
}

/// Waits for the event that reports success.
async fn until(target: &EventTarget, good: &str) -> Result<(), Failed> {
    let done = Promise::new(&mut |resolve, reject| {
        // Fails only for an invalid target.
        let _ = target.add_event_listener_with_callback(good, &resolve);
        for bad in ["error", "abort"] {
            let _ = target.add_event_listener_with_callback(bad, &reject);
        }
        super::timer::call(&reject, PATIENCE);
    });
    JsFuture::from(done).await?;
    Ok(())
}
