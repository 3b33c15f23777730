//! Files from outside: the phone opens the app with a file, or another app shares one, where the browser supports
//! it.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::MessageEvent;

use super::chosen_file::ChosenFile;
use super::objects::{asked, function, part};
use super::{task, updates};

/// Calls `run` with every such file, for as long as the page lives.
pub fn watch(run: impl Fn(ChosenFile) + Copy + 'static) {
    opened(run);
    shared(run);
}

/// The service worker keeps a shared file until it is asked for.
fn shared(run: impl Fn(ChosenFile) + 'static) -> Option<()> {
    let container = updates::container()?;
    super::listen(&container, "message", move |event| {
        let message = event.unchecked_into::<MessageEvent>().data();
        if part(&message, "type") == "given" {
            run(part(&message, "file").unchecked_into());
        }
    });
    updates::tell(&container.controller()?, "given");
    Some(())
}

fn opened(run: impl Fn(ChosenFile) + Copy + 'static) -> Option<()> {
    let window: JsValue = super::window()?.into();
    let queue = part(&window, "launchQueue");
    let set = function(&queue, "setConsumer")?;
    let consumer: Box<dyn FnMut(JsValue)> = Box::new(move |launch| {
        let handle = part(&part(&launch, "files"), "0");
        task::spawn(async move {
            if let Some(file) = asked(&handle, "getFile", &JsValue::UNDEFINED).await {
                run(file.unchecked_into());
            }
        });
    });
    // A launch queue accepts any function.
    let _ = set.call1(&queue, &Closure::wrap(consumer).into_js_value());
    Some(())
}
