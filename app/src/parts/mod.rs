//! The handful of parts that every screen is made of.

mod drawing;
mod field;
mod question;
mod sheet;

pub use drawing::{Icon, icon, two_chairs};
pub use field::{Choice, Slider, TextArea, TextLine, save_line};
pub use question::{Favourite, QuestionRow};
pub use sheet::Sheet;

use leptos::prelude::*;
use naast_core::route::Route;

/// The address of a route, for `href`.
pub fn to(route: Route) -> String {
    route.to_string()
}

/// Paragraphs of a text.
pub fn paragraphs(texts: &'static [String]) -> AnyView {
    texts.iter().map(|text| view! { <p>{text.as_str()}</p> }).collect_view().into_any()
}

/// A row of a list that leads somewhere.
#[component]
pub fn LinkRow(
    /// Where it leads.
    route: Route,
    /// A drawing before the title.
    #[prop(optional)]
    before: Option<Icon>,
    /// The title.
    #[prop(into)]
    title: String,
    /// A softer second line.
    #[prop(into, optional)]
    line: String,
) -> impl IntoView {
    view! {
        <li>
            <a class="list-row" href=to(route)>
                {before.map(|drawing| view! { <span class="badge">{icon(drawing)}</span> })}
                <span class="grow">
                    <span>{title}</span>
                    {(!line.is_empty()).then(|| view! { <span class="soft small"><br/>{line}</span> })}
                </span>
                {icon(Icon::Forward)}
            </a>
        </li>
    }
    .into_any()
}

/// A choice that can be switched on and off.
#[component]
pub fn Chip(
    /// The words on it.
    #[prop(into)]
    label: String,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// What a touch does.
    press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="chip"
            aria-pressed=move || if on.get() { "true" } else { "false" }
            on:click=move |_| press.run(())
        >
            {label}
        </button>
    }
    .into_any()
}

/// A button with only a drawing; its name is for screen readers.
#[component]
pub fn IconButton(
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// Its drawing.
    #[prop(into)]
    drawing: Signal<Icon>,
    /// Whether it is pressed, for one that stays in.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// What a touch does.
    press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="icon-button"
            aria-label=move || label.get()
            title=move || label.get()
            aria-pressed=move || pressed.map(|on| if on.get() { "true" } else { "false" })
            on:click=move |_| press.run(())
        >
            {move || icon(drawing.get())}
        </button>
    }
    .into_any()
}

/// Something went wrong: what happened, what is safe, what you can do.
#[component]
pub fn Trouble(
    /// What happened.
    #[prop(into)]
    happened: String,
    /// What is safe.
    #[prop(into, optional)]
    safe: String,
    /// What you can do.
    #[prop(into, optional)]
    todo: String,
) -> impl IntoView {
    view! {
        <div class="card care stack-s" role="alert">
            <p>
                <strong>{happened}</strong>
            </p>
            {(!safe.is_empty()).then(|| view! { <p>{safe}</p> })}
            {(!todo.is_empty()).then(|| view! { <p>{todo}</p> })}
        </div>
    }
    .into_any()
}
