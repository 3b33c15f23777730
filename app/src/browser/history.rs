//! Where the user is: the hash of the address, the history, the scroll position.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use naast_core::route::Route;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::ScrollRestoration;

/// The route in the address bar now.
#[must_use]
pub fn current() -> Route {
    let hash = super::window().and_then(|w| w.location().hash().ok()).unwrap_or_default();
    Route::parse(&hash)
}

thread_local! {
    /// Whether a navigation is under way: a second tap before it is done is ignored.
    static LEAVING: Cell<bool> = const { Cell::new(false) };
    /// Whether the page changed since the last tap.
    static CHANGED: Cell<bool> = const { Cell::new(false) };
}

/// Reports that the page was replaced, or the vault opened or locked: the second tap of a double tap is not meant
/// for what is there now.
pub fn page_changed() {
    CHANGED.set(true);
}

/// Longer than a browser takes to change the hash, shorter than a user waits before the next tap.
const LEAVING_MS: i32 = 500;

/// Two taps within this time and distance are one double tap.
const DOUBLE_TAP_MS: f64 = 350.0;
const DOUBLE_TAP_PIXELS: u32 = 32;

/// Runs at most once during a navigation.
fn leave(run: impl FnOnce(&web_sys::Window)) {
    if let Some(window) = super::window().filter(|_| !LEAVING.replace(true)) {
        super::timer::after(LEAVING_MS, || LEAVING.set(false));
        run(&window);
    }
}

/// Goes to a route, as a link would.
pub fn go(route: &Route) {
    leave(|window| {
        let _ = window.location().set_hash(&route.to_string());
    });
}

/// Replaces the present route: going back skips it.
pub fn replace(route: &Route) {
    leave(|window| {
        let _ = window.location().replace(&route.to_string());
    });
}

/// Replaces the present route and what is shown over it, also during another navigation.
pub fn instead(route: &Route) {
    OVERLAY.with(|overlay| overlay.take());
    LEAVING.set(false);
    replace(route);
}

/// Goes back, as the phone's back gesture does.
pub fn back() {
    leave(|window| {
        let _ = window.history().and_then(|history| history.back());
    });
}

thread_local! {
    /// Closes what is shown over the page, if anything is.
    static OVERLAY: RefCell<Option<Box<dyn FnOnce()>>> = const { RefCell::new(None) };
}

/// Makes an overlay a step in the history, so that going back closes it.
pub fn push_overlay(close: impl FnOnce() + 'static) {
    let Some(history) = super::window().and_then(|w| w.history().ok()) else { return };
    let state = history.state().unwrap_or(JsValue::NULL);
    if history.push_state(&state, "").is_ok() {
        OVERLAY.with(|overlay| overlay.replace(Some(Box::new(close))));
    }
}

/// Removes that step, after the overlay was closed in another way.
pub fn drop_overlay() {
    if OVERLAY.with(|overlay| overlay.take()).is_some()
        && let Some(history) = super::window().and_then(|w| w.history().ok())
    {
        let _ = history.back();
    }
}

/// Calls `arrive` on every change of route, and then sets the scroll position: the top of a new page, or where a
/// page was left.
///
/// The browser's own restoration happens before the page is rendered, so it is turned off.
pub fn watch(arrive: impl Fn(Route) + 'static) {
    let Some(window) = super::window() else { return };
    let Ok(history) = window.history() else { return };
    let _ = history.set_scroll_restoration(ScrollRestoration::Manual);

    // Every entry of the history has a number; `kept[n]` is its scroll position.
    let kept = Rc::new(RefCell::new(Vec::<f64>::new()));
    let at = Rc::new(Cell::new(0_usize));
    let entry = {
        let kept = kept.clone();
        move || -> (usize, bool) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number of ours")]
            let known = history.state().ok().and_then(|s| s.as_f64()).map(|n| n as usize);
            if let Some(n) = known {
                if kept.borrow().len() <= n {
                    kept.borrow_mut().resize(n + 1, 0.0);
                }
                return (n, false);
            }
            let n = kept.borrow().len();
            kept.borrow_mut().push(0.0);
            #[allow(clippy::cast_precision_loss, reason = "a small whole number")]
            let _ = history.replace_state(&JsValue::from_f64(n as f64), "");
            (n, true)
        }
    };
    at.set(entry().0);

    super::listen(&window, "scroll", {
        let (kept, at, window) = (kept.clone(), at.clone(), window.clone());
        move |_| {
            if let Some(y) = kept.borrow_mut().get_mut(at.get()) {
                *y = window.scroll_y().unwrap_or(0.0);
            }
        }
    });
    super::listen(&window, "popstate", |_| {
        if let Some(close) = OVERLAY.with(|overlay| overlay.take()) {
            close();
        }
    });
    // The second tap of a double tap would hit what the first one brought under the finger.
    let tapped = Cell::new((0.0, 0, 0));
    super::listen_first(&window, "click", move |event| {
        // A click from the keyboard has no position, and is never part of a double tap.
        let Some(click) = event.dyn_ref::<web_sys::MouseEvent>().filter(|click| click.detail() > 0) else { return };
        let now = (event.time_stamp(), click.client_x(), click.client_y());
        let before = tapped.replace(now);
        let same_spot = now.1.abs_diff(before.1).max(now.2.abs_diff(before.2)) < DOUBLE_TAP_PIXELS;
        if CHANGED.replace(false) && same_spot && now.0 - before.0 < DOUBLE_TAP_MS {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    super::listen(&window.clone(), "hashchange", move |_| {
        LEAVING.set(false);
        page_changed();
        let (n, new) = entry();
        let y = if new { 0.0 } else { kept.borrow().get(n).copied().unwrap_or(0.0) };
        arrive(current());
        at.set(n);
        let window = window.clone();
        // After the new page was laid out.
        super::timer::after(0, move || window.scroll_to_with_x_and_y(0.0, y));
    });
}
