//! The service worker, which keeps the app for offline use and brings updates that wait for the user's consent.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration};

use super::objects::{function, object, part};
use super::task;

#[wasm_bindgen]
extern "C" {
    /// `navigator.serviceWorker`, which is missing where the address is not secure.
    #[wasm_bindgen(js_namespace = navigator, js_name = serviceWorker, thread_local_v2)]
    static CONTAINER: Option<ServiceWorkerContainer>;

    /// The caches; missing where the address is not secure.
    #[wasm_bindgen(js_name = caches, thread_local_v2)]
    static CACHES: Option<Caches>;

    type Caches;
    #[wasm_bindgen(method)]
    fn keys(this: &Caches) -> Promise;
    #[wasm_bindgen(method)]
    fn delete(this: &Caches, name: &str) -> Promise;
}

pub(super) fn container() -> Option<ServiceWorkerContainer> {
    CONTAINER.with(Clone::clone)
}

/// Registers the worker and calls `ready` each time a newer version is ready.
pub async fn start(ready: impl Fn() + Clone + 'static) {
    let Some(container) = container() else { return };
    // Without a worker the app still works online.
    let Ok(registered) = JsFuture::from(container.register("./sw.js")).await else { return };
    let Ok(registration) = registered.dyn_into::<ServiceWorkerRegistration>() else { return };
    check_when_seen(registration.clone());
    let watcher = UpdateWatcher { registration, container, ready };
    watcher.look();
    super::listen(&watcher.registration.clone(), "updatefound", move |_| watcher.look());
}

/// A registration that is watched for newer versions.
#[derive(Clone)]
struct UpdateWatcher<F> {
    registration: ServiceWorkerRegistration,
    container: ServiceWorkerContainer,
    ready: F,
}

impl<F: Fn() + Clone + 'static> UpdateWatcher<F> {
    /// Reports a version that waits, or watches the one that is being installed. It is called at every occasion: a
    /// version may be found before anybody listens, and may already wait when the event reports it (`WebKit`).
    fn look(&self) {
        // The first version is no update: nothing was in control before it.
        if self.registration.waiting().is_some() && self.container.controller().is_some() {
            (self.ready)();
        } else if let Some(coming) = self.registration.installing() {
            let again = self.clone();
            super::listen(&coming, "statechange", move |_| again.look());
        }
    }
}

/// Looks for a newer version when the app becomes visible, at most once an hour.
fn check_when_seen(registration: ServiceWorkerRegistration) {
    const HOUR: f64 = 3_600_000.0;
    let Some(document) = super::document() else { return };
    let last = Cell::new(js_sys::Date::now());
    super::listen(&document.clone(), "visibilitychange", move |_| {
        let now = js_sys::Date::now();
        if !document.hidden() && (now - last.get()).abs() > HOUR {
            last.set(now);
            if let Ok(looked) = registration.update() {
                // Offline it finds none.
                task::spawn(async { drop(JsFuture::from(looked).await) });
            }
        }
    });
}

/// Applies the version that waits, and reloads. Save first.
pub async fn apply() {
    let Some(container) = container() else { return };
    let Ok(found) = JsFuture::from(container.get_registration()).await else { return };
    let Ok(registration) = found.dyn_into::<ServiceWorkerRegistration>() else { return };
    let Some(waiting) = registration.waiting() else { return reload() };
    let reloading = Rc::new(Cell::new(false));
    super::listen(&container, "controllerchange", move |_| {
        if !reloading.replace(true) {
            reload();
        }
    });
    tell(&waiting, "apply");
}

/// Sends a message to a service worker.
pub(super) fn tell(worker: &ServiceWorker, word: &str) {
    // Posting an object of strings does not fail.
    let _ = worker.post_message(&object(&[("type", word.into())]));
}

/// Removes the worker and its caches. From then on the app needs the network, until it has been opened once.
pub async fn forget() {
    // What is absent or out of reach need not be removed.
    if let Some(container) = container()
        && let Ok(found) = JsFuture::from(container.get_registration()).await
        && let Ok(registration) = found.dyn_into::<ServiceWorkerRegistration>()
        && let Ok(gone) = registration.unregister()
    {
        // Not awaited: it may take long, and nothing is stored in the worker itself.
        task::spawn(async { drop(JsFuture::from(gone).await) });
    }
    let Some(asked) = CACHES.with(|caches| caches.as_ref().map(Caches::keys)) else { return };
    let Ok(names) = JsFuture::from(asked).await else { return };
    let names = Array::from(&names);
    let ours = names.iter().filter_map(|name| name.as_string().filter(|name| name.starts_with("naast-")));
    let gone = CACHES.with(|caches| {
        let caches = caches.as_ref()?;
        Some(Promise::all(&ours.map(|name| caches.delete(&name)).collect::<Array>()))
    });
    if let Some(gone) = gone {
        let _ = JsFuture::from(gone).await;
    }
}

/// Reloads the page.
pub fn reload() {
    if let Some(window) = super::window() {
        let _ = window.location().reload();
    }
}

/// The hash of the running version, from the build.
#[must_use]
pub fn version() -> Option<String> {
    let meta = super::document()?.query_selector("meta[name='naast-version']").ok()??;
    meta.get_attribute("content").filter(|text| !text.is_empty())
}

/// Asks the browser to keep the storage. It may ask the user; nothing waits for the answer.
pub fn ask_to_persist() {
    ask_storage("persist");
}

/// Whether the browser promised to keep the storage.
pub async fn promised() -> bool {
    let Some(answer) = ask_storage("persisted") else { return false };
    JsFuture::from(answer).await.is_ok_and(|promised| promised.is_truthy())
}

/// Missing in some browsers.
fn ask_storage(what: &str) -> Option<js_sys::Promise> {
    let storage = part(&super::window()?.navigator(), "storage");
    function(&storage, what)?.call0(&storage).ok()?.dyn_into().ok()
}
