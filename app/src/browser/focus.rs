//! The focus of keyboard and screen reader.

use wasm_bindgen::JsCast;

use crate::browser;

/// Moves the focus to the heading of the page, so that keyboard and screen reader start there.
pub fn focus_heading() {
    let heading = browser::document().and_then(|d| d.query_selector("h1").ok().flatten());
    if let Some(heading) = heading.and_then(|h| h.dyn_into::<web_sys::HtmlElement>().ok()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = heading.focus_with_options(&options);
    }
}
