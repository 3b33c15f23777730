//! Files that come from outside: the phone opens Naast with one from its own list of files, or somebody
//! shares one with Naast. Where the browser can.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageEvent;

use super::chosen_file::ChosenFile;
use super::{task, updates};

/// Runs with every such file, for as long as the page lives.
pub fn watch(run: impl Fn(ChosenFile) + Copy + 'static) {
    opened(run);
    shared(run);
}

/// What was shared lies with the service worker until it is asked for.
fn shared(run: impl Fn(ChosenFile) + 'static) -> Option<()> {
    let container = updates::container()?;
    super::listen(&container, "message", move |event| {
        let message = event.unchecked_into::<MessageEvent>().data();
        if Reflect::get(&message, &"type".into()).is_ok_and(|what| what == "given")
            && let Ok(file) = Reflect::get(&message, &"file".into())
        {
            run(file.unchecked_into());
        }
    });
    let message = Object::new();
    // Setting a property of a fresh object, and posting it, do not fail.
    let _ = Reflect::set(&message, &"type".into(), &"given".into());
    let _ = container.controller()?.post_message(&message);
    Some(())
}

fn opened(run: impl Fn(ChosenFile) + Copy + 'static) -> Option<()> {
    let window: JsValue = web_sys::window()?.into();
    let queue = Reflect::get(&window, &"launchQueue".into()).ok()?;
    let set: Function = Reflect::get(&queue, &"setConsumer".into()).ok()?.dyn_into().ok()?;
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
    Some(())
}

async fn file_of(handle: &JsValue) -> Option<ChosenFile> {
    let get: Function = Reflect::get(handle, &"getFile".into()).ok()?.dyn_into().ok()?;
    let file: Promise = get.call0(handle).ok()?.dyn_into().ok()?;
    Some(JsFuture::from(file).await.ok()?.unchecked_into())
}
