//! Views as plain data.
//!
//! A screen is a function that returns a [`Node`]: elements, text, and parts that follow signals. A
//! `Node` is one ordinary type, so a screen can be stored, tested and rendered without a browser:
//!
//! - [`mount`] puts it into a page, where Leptos' effects keep it up to date;
//! - [`to_html`] renders it to HTML once, on any target. The build renders the first screen with it, and
//!   the screen tests compare every page with a reference.
//!
//! ```
//! use naast_view::{GlobalSignal, el, live, nodes, to_html};
//!
//! let count = GlobalSignal::new(2);
//! let view = el("p").class("count").children(nodes![
//!     "Visits: ",
//!     live(move || count.get().to_string()),
//! ]);
//! assert_eq!(to_html(view), r#"<p class="count">Visits: 2</p>"#);
//! ```
//!
//! # For who knows Leptos
//! Signals, effects and owners are Leptos' own, and so are their rules: what a closure reads, it
//! follows; what is created under an owner is disposed of with it. Only the templates differ.
//!
//! | Leptos | here |
//! |---|---|
//! | `view! { <p class="x">"Hello " {name}</p> }` | `el("p").class("x").children(nodes!["Hello ", name])` |
//! | `{move \|\| count.get()}` | [`live`]`(move \|\| count.get().to_string())` |
//! | `class=move \|\| …`, `aria-label=move \|\| …` | [`Element::live_attr`] |
//! | `aria-pressed=move \|\| on.get()` | [`Element::live_flag`] |
//! | `prop:value=move \|\| …`, `prop:checked=move \|\| …` | [`Element::live_value`], [`Element::live_checked`] |
//! | `on:click=move \|_\| …` | [`Element::on_click`]; any event: [`Element::on`] |
//! | `on:input=move \|ev\| … event_target_value(&ev)` | [`Element::on_input`] |
//! | `node_ref`, `.on_load(…)` | [`Element::on_mount`] |
//! | `#[component] fn Card(…) -> impl IntoView` | `fn card(…) -> Element` |
//! | `<Show when=…>` | `live(move \|\| condition.get().then(\|\| …))` |
//! | `RwSignal` of a component | [`LocalSignal`] |
//! | `RwSignal` in a context, for the whole app | [`GlobalSignal`] |
//! | `Memo` | [`memo`] |
//! | `RenderEffect` | [`effect`] |
//! | `mount_to` | [`mount`] |
//!
//! Why there is no `view!` here: `docs/decisions/views-as-data.md`.

mod dom;
mod html;
mod node;
mod signals;

pub use dom::{mount, typed_value};
pub use html::to_html;
pub use node::{AttributeValue, Child, Element, Node, Text, collect_nodes, el, live};
pub use signals::{GlobalSignal, LocalSignal, Memo, WriteGuard, effect, memo};
