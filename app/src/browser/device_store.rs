//! localStorage behind the vault's storage trait: the only file that touches it.

use gloo_storage::{LocalStorage, Storage};
use naast_vault::{Store, StoreError};
use wasm_bindgen::{JsCast, JsValue};

/// localStorage, after it was found to be accessible.
#[derive(Debug, Clone, Copy)]
pub struct DeviceStore(());

impl DeviceStore {
    /// Opens localStorage, if the browser allows it. Without this check `gloo_storage` panics where storage is
    /// blocked.
    #[must_use]
    pub fn open() -> Option<Self> {
        super::window()?.local_storage().ok()??;
        Some(Self(()))
    }

    /// How many characters are stored under the app's keys, keys included.
    #[must_use]
    pub fn in_use(self) -> usize {
        let raw = LocalStorage::raw();
        let count = raw.length().unwrap_or(0);
        (0..count)
            .filter_map(|at| raw.key(at).ok().flatten())
            .filter(|key| key.starts_with("naast."))
            .map(|key| key.len() + raw.get_item(&key).ok().flatten().map_or(0, |value| value.len()))
            .sum()
    }
}

fn error(thrown: &JsValue) -> StoreError {
    match thrown.dyn_ref::<web_sys::DomException>().map(|e| e.name()) {
        Some(name) if name == "QuotaExceededError" || name == "NS_ERROR_DOM_QUOTA_REACHED" => StoreError::Full,
        Some(name) if name == "SecurityError" => StoreError::Blocked,
        _ => StoreError::Other,
    }
}

impl Store for DeviceStore {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        LocalStorage::raw().get_item(key).map_err(|e| error(&e))
    }

    fn put(&self, key: &str, value: &str) -> Result<(), StoreError> {
        LocalStorage::raw().set_item(key, value).map_err(|e| error(&e))
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        LocalStorage::raw().remove_item(key).map_err(|e| error(&e))
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        let raw = LocalStorage::raw();
        let count = raw.length().map_err(|e| error(&e))?;
        (0..count).filter_map(|at| raw.key(at).map_err(|e| error(&e)).transpose()).collect()
    }
}

/// Calls `changed` when another tab changed a value: with its key, or with `None` when everything was cleared.
pub fn watch(changed: impl Fn(Option<String>) + 'static) {
    let Some(window) = super::window() else { return };
    super::listen(&window, "storage", move |event| {
        if let Ok(event) = event.dyn_into::<web_sys::StorageEvent>() {
            changed(event.key());
        }
    });
}
