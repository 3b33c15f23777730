//! A sheet that comes up from below, for a choice on the way.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

use super::{Icon, button, div, h2, icon, icon_button};
use crate::browser::history;
use crate::messages::sheet as t;
use crate::session::Access;
use crate::state::App;
use naast_view::LocalSignal;
use naast_view::nodes;
use naast_view::{Element, Node, effect, el, live};

/// Locks at one touch, with something harmless on the screen.
pub fn hide_button(app: App) -> Element {
    button("hide", nodes![icon(Icon::Hidden), t::hide()], move || app.hide())
}

/// A dialog over the page, open while `open` is. Opening it is a step in the history,
/// so that the phone's back gesture closes it and stays on the page.
pub fn sheet(app: App, title: &'static str, open: LocalSignal<bool>, children: Vec<Node>) -> Element {
    let opening = move |made: web_sys::Element| {
        let Ok(dialog) = made.dyn_into::<HtmlDialogElement>() else { return };
        effect(move || {
            if open.get() && !dialog.open() {
                // Refused only where it is open already.
                let _ = dialog.show_modal();
                // Who opens something to write in, writes.
                let field = dialog.query_selector("textarea").ok().flatten();
                if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
                    let _ = field.focus();
                }
                history::push_overlay(move || open.set(false));
            } else if !open.get() && dialog.open() {
                dialog.close();
                history::drop_overlay();
            }
        });
    };
    let close = move || open.set(false);
    el("dialog")
        .class("sheet")
        .attr("aria-label", title)
        .on_mount(opening)
        // Escape, and the back gesture where the browser gives it to the dialog.
        .on("cancel", move |event| {
            event.prevent_default();
            close();
        })
        .child(div(
            "stack",
            nodes![
                div(
                    "row apart",
                    nodes![
                        h2(title).class("grow"),
                        // The one in the top line lies out of reach.
                        live(move || matches!(*app.session.access.read(), Access::Open).then(|| hide_button(app))),
                        icon_button(t::close(), Icon::Close, close),
                    ],
                ),
                Node::from(children),
            ],
        ))
}
