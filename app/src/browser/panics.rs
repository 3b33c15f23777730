//! Reporting a panic: to the console, and to the user.

use std::cell::RefCell;
use std::panic::PanicHookInfo;

use js_sys::Function;
use wasm_bindgen::JsValue;

thread_local! {
    static STOPPED: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// From now on a panic writes its message to the console and calls `stopped`, which tells the user.
pub fn report(stopped: Function) {
    STOPPED.set(Some(stopped));
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&JsValue::from_str(&describe(panic)));
        if let Some(stopped) = STOPPED.take() {
            // Nothing more can be done about it.
            let _ = stopped.call0(&JsValue::UNDEFINED);
        }
    }));
}

fn describe(panic: &PanicHookInfo<'_>) -> String {
    let payload = panic.payload();
    let message = payload.downcast_ref::<&str>().copied().or_else(|| Some(payload.downcast_ref::<String>()?));
    let message = redact(message.unwrap_or_default());
    match panic.location() {
        Some(place) => format!("panicked at {}:{}: {message}", place.file(), place.line()),
        None => format!("panicked: {message}"),
    }
}

/// The standard library quotes text in a few of its messages, such as that of slicing a string; that text
/// may be a note.
fn redact(message: &str) -> String {
    match (message.find('`'), message.rfind('`')) {
        (Some(start), Some(end)) if start < end => format!("{}`…`{}", &message[..start], &message[end + 1..]),
        _ => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_text_is_left_out() {
        assert_eq!(redact("already borrowed"), "already borrowed");
        let message = "byte index 2 is not a char boundary; it is inside 'é' (bytes 1..3) of `Mé`";
        assert_eq!(redact("of `Yara` said `x`, and"), "of `…`, and");
        assert!(redact(message).ends_with("of `…`"));
    }
}
