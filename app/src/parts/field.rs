//! Fields to write in, choices, a slider; and the line that says what is kept.

use leptos::prelude::*;

use crate::session::{Saving, Session};

/// Makes ids for fields, so that a label knows its field.
fn fresh_id() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("f{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A field of one line.
#[component]
pub fn TextLine(
    /// Its name.
    #[prop(into)]
    label: String,
    /// A word of help above it.
    #[prop(into, optional)]
    hint: String,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Called with every change.
    input: Callback<String>,
    /// `text`, `password`, `tel` or `date`.
    #[prop(optional)]
    kind: Option<Signal<&'static str>>,
    /// What the browser may fill in; off where not said.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// At most so many characters.
    #[prop(optional)]
    most: Option<u32>,
) -> impl IntoView {
    let id = fresh_id();
    let hint_id = (!hint.is_empty()).then(|| format!("{id}h"));
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            {hint_id.clone().map(|hint_id| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <input
                class="input"
                id=id
                type=move || kind.map_or("text", |kind| kind.get())
                autocomplete=autocomplete
                autocapitalize=move || kind.map(|_| "none")
                spellcheck="false"
                maxlength=most.map(|most| most.to_string())
                aria-describedby=hint_id
                prop:value=move || value.get()
                on:input=move |event| input.run(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}

/// A field of several lines, that grows with what is written.
#[component]
pub fn TextArea(
    /// Its name.
    #[prop(into)]
    label: String,
    /// A word of help above it.
    #[prop(into, optional)]
    hint: String,
    /// An example in grey, in an empty field.
    #[prop(into, optional)]
    example: String,
    /// Starts low.
    #[prop(optional)]
    short: bool,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Called with every change.
    input: Callback<String>,
) -> impl IntoView {
    let id = fresh_id();
    let hint_id = (!hint.is_empty()).then(|| format!("{id}h"));
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            {hint_id.clone().map(|hint_id| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <textarea
                class=if short { "input short" } else { "input" }
                id=id
                dir="auto"
                autocomplete="off"
                placeholder=example
                aria-describedby=hint_id
                prop:value=move || value.get()
                on:input=move |event| input.run(event_target_value(&event))
            ></textarea>
        </div>
    }
    .into_any()
}

/// One choice out of a few: big rows with a round mark.
#[component]
pub fn Choice<T: Copy + PartialEq + Send + Sync + 'static>(
    /// What is chosen.
    #[prop(into)]
    legend: String,
    /// The choices and their words.
    options: Vec<(T, &'static str)>,
    /// The one chosen now.
    #[prop(into)]
    chosen: Signal<T>,
    /// Called with the new choice.
    choose: Callback<T>,
) -> impl IntoView {
    let name = fresh_id();
    view! {
        <fieldset class="field">
            <legend>{legend}</legend>
            {options
                .into_iter()
                .map(|(option, label)| {
                    view! {
                        <label class="choice">
                            <input
                                type="radio"
                                name=name.clone()
                                prop:checked=move || chosen.get() == option
                                on:change=move |_| choose.run(option)
                            />
                            <span>{label}</span>
                        </label>
                    }
                })
                .collect_view()}
        </fieldset>
    }
    .into_any()
}

/// A value between two ends, by finger or by keys.
#[component]
pub fn Slider(
    /// Its name.
    #[prop(into)]
    label: String,
    /// The lowest value.
    least: u16,
    /// The highest value.
    most: u16,
    /// The value now.
    #[prop(into)]
    value: Signal<u16>,
    /// The value in words.
    words: fn(u16) -> String,
    /// Called with every change.
    input: Callback<u16>,
) -> impl IntoView {
    let id = fresh_id();
    view! {
        <div class="field slider">
            <label for=id.clone()>{label}": "{move || words(value.get())}</label>
            <input
                type="range"
                id=id
                min=least
                max=most
                aria-valuetext=move || words(value.get())
                prop:value=move || value.get().to_string()
                on:input=move |event| {
                    if let Ok(value) = event_target_value(&event).parse() {
                        input.run(value);
                    }
                }
            />
        </div>
    }
    .into_any()
}

/// Says whether what was typed is kept. Never says so before it is true.
pub fn save_line(session: Session) -> AnyView {
    view! {
        <p class="saved" role="status">
            {move || match session.saving.get() {
                Saving::Kept => "Bewaard op dit toestel.",
                Saving::Busy => "Wordt bewaard…",
                Saving::Failed(_) => "Nog niet bewaard.",
            }}
        </p>
    }
    .into_any()
}
