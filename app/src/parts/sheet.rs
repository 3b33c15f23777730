//! A sheet that comes up from below, for a choice on the way.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::{Icon, div, h2, icon_button};
use crate::browser::history;
use crate::node::{Element, Node, el};
use crate::nodes;

/// A dialog over the page, open while `open` is. Opening it is a step in the history,
/// so that the phone's back gesture closes it and stays on the page.
pub fn sheet(title: &'static str, open: RwSignal<bool>, children: Vec<Node>) -> Element {
    let follow = move |made: &web_sys::Element| {
        let Some(dialog) = made.dyn_ref::<HtmlDialogElement>().cloned() else { return };
        Effect::new(move |_| {
            if open.get() && !dialog.open() {
                // Refused only where it is open already.
                let _ = dialog.show_modal();
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
        .made(follow)
        // Escape, and the back gesture where the browser gives it to the dialog.
        .on("cancel", move |event| {
            event.prevent_default();
            close();
        })
        .child(div(
            "stack",
            nodes![
                div("row apart", nodes![h2(title), icon_button("Sluiten", Icon::Close, close)]),
                Node::from(children),
            ],
        ))
}
