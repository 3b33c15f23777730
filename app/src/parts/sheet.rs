//! A sheet that comes up from below, for a choice on the way.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::{Icon, IconButton};
use crate::browser::history;

/// A dialog over the page. Opening it is a step in the history, so that the
/// phone's back gesture closes it and stays on the page.
#[component]
pub fn Sheet(
    /// Its title.
    title: &'static str,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What lies on it.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |was: Option<bool>| {
        let now = open.get();
        if let Some(dialog) = dialog.get() {
            if now && !dialog.open() {
                // Refused only where it is open already.
                let _ = dialog.show_modal();
                history::push_overlay(move || open.set(false));
            } else if !now && was == Some(true) {
                dialog.close();
                history::drop_overlay();
            }
        }
        now
    });
    view! {
        <dialog
            class="sheet"
            aria-label=title
            node_ref=dialog
            on:cancel=move |event: web_sys::Event| {
                event.prevent_default();
                open.set(false);
            }
        >
            <div class="stack">
                <div class="row apart">
                    <h2>{title}</h2>
                    <IconButton label="Sluiten" drawing=Icon::Close press=Callback::new(move |()| open.set(false))/>
                </div>
                {children()}
            </div>
        </dialog>
    }
    .into_any()
}
