//! Files that the phone opens Naast with, from its own list of files, where the browser can.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::chosen_file::ChosenFile;
use super::task;

/// Runs with every file that Naast is opened with, for as long as the page lives.
pub fn watch(run: impl Fn(ChosenFile) + Copy + 'static) {
    let Some(queue) = web_sys::window().and_then(|window| Reflect::get(&window, &"launchQueue".into()).ok()) else {
        return;
    };
    let Some(set) = Reflect::get(&queue, &"setConsumer".into()).ok().and_then(|set| set.dyn_into::<Function>().ok())
    else {
        return;
    };
    let consumer: Box<dyn FnMut(JsValue)> = Box::new(move |launch| {
        let files = Reflect::get(&launch, &"files".into()).unwrap_or_default();
        if let Ok(handle) = Reflect::get(&files, &0.into()) {
            task::spawn(async move {
                if let Some(file) = file_of(&handle).await {
                    run(file);
                }
            });
        }
    });
    // A queue takes any function.
    let _ = set.call1(&queue, &Closure::wrap(consumer).into_js_value());
}

async fn file_of(handle: &JsValue) -> Option<ChosenFile> {
    let get: Function = Reflect::get(handle, &"getFile".into()).ok()?.dyn_into().ok()?;
    let file: Promise = get.call0(handle).ok()?.dyn_into().ok()?;
    Some(JsFuture::from(file).await.ok()?.unchecked_into())
}
