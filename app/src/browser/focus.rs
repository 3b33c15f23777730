//! The focus of keyboard and screen reader.

use wasm_bindgen::JsCast;

use crate::browser;

/// Shows the top of the page, and moves the focus there.
pub fn start_of_page() {
    if let Some(window) = browser::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    focus_heading();
}

/// Moves the focus to the heading of the page, so that keyboard and screen reader start there.
pub fn focus_heading() {
    let heading = browser::document().and_then(|d| d.query_selector("h1").ok().flatten());
    if let Some(heading) = heading.and_then(|h| h.dyn_into::<web_sys::HtmlElement>().ok()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = heading.focus_with_options(&options);
    }
}
