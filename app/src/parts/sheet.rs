//! A sheet that slides in from below, for a choice in passing.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

use super::{Icon, button, div, h2, icon, icon_button};
use crate::browser::history;
use crate::messages::sheet as t;
use crate::session::Access;
use crate::state::App;
use naast_view::{Element, LocalSignal, Node, effect, el, live, nodes};

/// A button that locks the vault and shows something harmless.
pub fn hide_button(app: App) -> Element {
    button("hide", nodes![icon(Icon::Hidden), t::hide()], move || app.hide())
}

/// A dialog over the page, shown while `open` is true. Opening it is a step in the history, so that the phone's
/// back gesture closes it and stays on the page.
pub fn sheet(app: App, title: &'static str, open: LocalSignal<bool>, children: Vec<Node>) -> Element {
    let opening = move |made: web_sys::Element| {
        let Ok(dialog) = made.dyn_into::<HtmlDialogElement>() else { return };
        effect(move || {
            if open.get() && !dialog.open() {
                // Fails only if the dialog is open already.
                let _ = dialog.show_modal();
                // A sheet with a text area is opened to write in it.
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
        // Escape, or the back gesture where the browser gives it to the dialog.
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
                        // The button in the top line is covered by the dialog.
                        live(move || matches!(*app.session.access.read(), Access::Open).then(|| hide_button(app))),
                        icon_button(t::close(), Icon::Close, close),
                    ],
                ),
                Node::from(children),
            ],
        ))
}
