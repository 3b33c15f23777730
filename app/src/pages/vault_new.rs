//! Making a vault: why, a passphrase, and that nobody can bring it back.

use leptos::prelude::*;
use leptos::task::spawn_local;
use naast_vault::{Passphrase, Verdict, propose, strength, words_needed};

use crate::browser::{random, updates};
use crate::parts::{Icon, TextLine, icon, paragraphs, two_chairs};
use crate::session::UnlockError;
use crate::state::use_app;

/// The words that proposals are made of, one a line.
const WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/nl-words.txt"));

fn words() -> Vec<&'static str> {
    WORDS.lines().collect()
}

/// A new proposal; nothing where the list is too short, which the build excludes.
fn proposal() -> String {
    let words = words();
    let count = words_needed(words.len()).unwrap_or(0).max(5);
    propose(&words, count, &mut random::Platform).map(|p| p.reveal().to_owned()).unwrap_or_default()
}

/// The first page of Gezinnen, before there is a vault.
#[component]
pub fn NewVault() -> impl IntoView {
    let app = use_app();
    let texts = &app.content.texts;
    let proposed = RwSignal::new(proposal());
    let own = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let repeated = RwSignal::new(String::new());
    let shown = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<&'static str>);

    let verdict = Memo::new(move |_| strength(&typed.get(), &words()).verdict);
    let kind = Signal::derive(move || if shown.get() || !own.get() { "text" } else { "password" });
    let make = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let chosen = if own.get_untracked() { typed.get_untracked() } else { proposed.get_untracked() };
        let passphrase = Passphrase::from_typed(&chosen);
        if own.get_untracked() && verdict.get_untracked() == Verdict::TooWeak {
            problem.set(Some("Deze wachtzin raadt een computer te snel. Maak hem langer, met woorden die niet bij elkaar horen."));
            return;
        }
        if passphrase.reveal() != Passphrase::from_typed(&repeated.get_untracked()).reveal() {
            problem.set(Some("De twee zijn nog niet gelijk. Typ de wachtzin nog een keer."));
            return;
        }
        problem.set(None);
        busy.set(true);
        spawn_local(async move {
            let outcome = app.session.create(&passphrase).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(()) => {
                    // Now there is something to lose; the browser may ask the user.
                    updates::ask_to_persist().await;
                }
                Err(UnlockError::Changed) => app.session.look(),
                Err(error) => {
                    let _ = problem.try_set(Some(super::unlock::in_words(error)));
                }
            }
        });
    };
    view! {
        <form class="stack" on:submit=make autocomplete="off">
            <h1 tabindex="-1">"Een kluis voor je notities"</h1>
            {two_chairs()}
            {paragraphs(&texts.vault)}
            <Show when=move || !own.get() fallback=move || view! {
                <TextLine
                    label="Je eigen wachtzin"
                    hint="Vier of meer woorden die niet bij elkaar horen. Geen namen of datums."
                    kind=kind
                    autocomplete="new-password"
                    value=typed
                    input=Callback::new(move |text| typed.set(text))
                />
                <Meter verdict=verdict empty=Signal::derive(move || typed.with(String::is_empty))/>
            }>
                <section class="card stack">
                    <h2>"Je wachtzin"</h2>
                    <p class="passphrase">{move || proposed.get()}</p>
                    <button type="button" class="button wide" on:click=move |_| proposed.set(proposal())>
                        "Andere woorden"
                    </button>
                </section>
            </Show>
            <button
                type="button"
                class="button plain"
                on:click=move |_| {
                    own.update(|o| *o = !*o);
                    repeated.set(String::new());
                    problem.set(None);
                }
            >
                {move || if own.get() { "Toch woorden van Naast" } else { "Zelf een wachtzin bedenken" }}
            </button>
            <div class="card sun stack-s">{paragraphs(&texts.no_recovery)}</div>
            <TextLine
                label="Typ de wachtzin nog een keer"
                kind=kind
                value=repeated
                input=Callback::new(move |text| repeated.set(text))
            />
            <Show when=move || own.get()>
                <label class="choice">
                    <input
                        type="checkbox"
                        prop:checked=move || shown.get()
                        on:change=move |_| shown.update(|s| *s = !*s)
                    />
                    <span>"Laat zien wat ik typ"</span>
                </label>
            </Show>
            <div role="status" class="stack-s">
                {move || busy.get().then(|| view! { <p>"De kluis wordt gemaakt…"</p> <div class="spinner"></div> })}
                {move || problem.get().map(|text| view! { <p class="card">{text}</p> })}
            </div>
            <div class="action">
                <button type="submit" class="button main" aria-disabled=move || if busy.get() { "true" } else { "false" }>
                    {icon(Icon::Locked)}
                    "Kluis maken"
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// How well a passphrase stands against guessing: in words, with a bar beside them.
#[component]
fn Meter(verdict: Memo<Verdict>, empty: Signal<bool>) -> impl IntoView {
    let steps = move || match verdict.get() {
        _ if empty.get() => 0,
        Verdict::TooWeak => 1,
        Verdict::Enough => 2,
        Verdict::Good => 3,
    };
    let words = move || match steps() {
        0 => "",
        1 => "Nog te makkelijk te raden.",
        2 => "Goed genoeg.",
        _ => "Sterk.",
    };
    view! {
        <div class="stack-s">
            <div class="meter" aria-hidden="true">
                {[1, 2, 3].map(|n| view! { <i class:on=move || { steps() >= n }></i> }).collect_view()}
            </div>
            <p class="small" role="status">{words}</p>
        </div>
    }
    .into_any()
}
