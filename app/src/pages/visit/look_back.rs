//! Terugkijken: how the parents left the talk, my own part, a first sentence for next
//! time, small steps, notes.

use leptos::prelude::*;
use naast_core::content::{Check, Outcome};
use naast_core::records::{Step, StepId, Went};
use naast_core::route::{Route, VisitScreen};

use super::{Here, part};
use crate::browser::{clock, history};
use crate::parts::{Chip, Icon, TextLine, icon, to};

/// The outcome whose checks, ticked, say what to go on with; of the others the
/// unticked say what to begin with.
const WENT_WELL: &str = "relieved";

pub(super) fn view(here: Here) -> AnyView {
    let content = here.app.content;
    let closed = here.part(|visit| visit.closed.is_some());
    view! {
        <div class="stack-l">
            <section class="stack-s">
                <h2>"Hoe gingen de ouders het gesprek uit?"</h2>
                <p class="soft small">"Het mag allebei waar zijn. Overslaan mag ook."</p>
                <div class="chips" role="group" aria-label="Hoe gingen de ouders het gesprek uit?">
                    {content.outcomes.iter().map(|outcome| outcome_chip(here, outcome)).collect_view()}
                </div>
            </section>
            {content.outcomes.iter().map(|outcome| part_of(here, outcome)).collect_view()}
            {here
                .text_area(
                    "Wat doe ik een volgende keer anders?",
                    "",
                    "Langer wachten op een antwoord.",
                    part!(differently),
                )}
            {here
                .text_area(
                    "Mijn eerste zin voor de volgende keer",
                    "Staat straks bovenaan bij het voorbereiden.",
                    "Vorige keer ging ik te snel. Vertel nog eens…",
                    part!(opener),
                )}
            {openers(here)}
            {steps(here)}
            <section class="stack">
                <h2>"Notities"</h2>
                <p class="soft small">
                    "Schrijf alsof de ouder meeleest. Zonder achternaam, adres of diagnose. "
                    <a href=to(Route::Facts)>"Wat schrijf je op?"</a>
                </p>
                {here
                    .text_area(
                        "Gezien en gehoord",
                        "Wat een camera ook had gezien. Een uitspraak zet je tussen ‘…’.",
                        "Yara kwam erbij zitten. Moeder zei: ‘Zo gaat het elke avond.’",
                        part!(seen_heard),
                    )}
                {here
                    .text_area(
                        "Wat ik ervan denk",
                        "Apart, zodat je het uit elkaar houdt.",
                        "Ze lijkt moe. Ik vraag het de volgende keer.",
                        part!(thoughts),
                    )}
            </section>
            <a class="button wide care" href=here.to(VisitScreen::Delete)>
                {icon(Icon::Bin)}
                "Bezoek verwijderen"
            </a>
            <div class="action">
                {move || {
                    if closed.get() {
                        view! {
                            <a class="button main" href=to(Route::Family(here.family))>"Naar het gezin"</a>
                        }
                            .into_any()
                    } else {
                        view! {
                            <button
                                type="button"
                                class="button main"
                                on:click=move |_| {
                                    here.edit(|visit| visit.closed = Some(clock::now()));
                                    history::go(&Route::Family(here.family));
                                }
                            >
                                "Klaar met dit bezoek"
                            </button>
                        }
                            .into_any()
                    }
                }}
            </div>
        </div>
    }
    .into_any()
}

/// Puts an id in a list, or takes it out.
fn toggle(list: &mut Vec<String>, id: &str) {
    match list.iter().position(|known| known == id) {
        Some(at) => {
            list.remove(at);
        }
        None => list.push(id.to_owned()),
    }
}

fn outcome_chip(here: Here, outcome: &'static Outcome) -> AnyView {
    let on = here.part(move |visit| visit.outcomes.contains(&outcome.id));
    let press = Callback::new(move |()| here.edit(|visit| toggle(&mut visit.outcomes, &outcome.id)));
    view! { <Chip label=outcome.title.as_str() on=on press=press/> }.into_any()
}

/// What belongs to an outcome, once it was chosen: what one may have seen, for a no
/// what it may mean, and then one's own part.
fn part_of(here: Here, outcome: &'static Outcome) -> AnyView {
    let content = here.app.content;
    let chosen = here.part(move |visit| visit.outcomes.contains(&outcome.id));
    let view = move || {
        if !chosen.get() {
            return ().into_any();
        }
        let checks = content.checks.iter().filter(|check| check.outcome == outcome.id);
        let address = here.app.settings.with_untracked(|s| s.address);
        let a_no = matches!(outcome.id.as_str(), "not-taking-part" | "no-trust");
        view! {
            <section class="card stack">
                <h2>{outcome.title.as_str()}</h2>
                <p class="soft">{outcome.signals.as_str()}</p>
                {a_no
                    .then(|| {
                        view! {
                            <details>
                                <summary>"Wat kan een nee betekenen?"</summary>
                                <ul class="stack">
                                    {content
                                        .meanings
                                        .iter()
                                        .map(|meaning| {
                                            view! {
                                                <li class="stack-s">
                                                    <h3>{meaning.title.as_str()}</h3>
                                                    <p>{meaning.text.as_str()}</p>
                                                    <p class="says speech">
                                                        {meaning.question.in_form(address).to_owned()}
                                                    </p>
                                                </li>
                                            }
                                        })
                                        .collect_view()}
                                </ul>
                            </details>
                        }
                    })}
                <p>{outcome.invitation.as_str()}</p>
                <ul>{checks.map(|check| check_row(here, check)).collect_view()}</ul>
            </section>
        }
        .into_any()
    };
    view.into_any()
}

fn check_row(here: Here, check: &'static Check) -> AnyView {
    let on = here.part(move |visit| visit.checks.contains(&check.id));
    view! {
        <li>
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=move || on.get()
                    on:change=move |_| here.edit(|visit| toggle(&mut visit.checks, &check.id))
                />
                <span>{check.text.as_str()}</span>
            </label>
        </li>
    }
    .into_any()
}

/// First sentences that fit what was and was not ticked; a touch takes one over.
fn openers(here: Here) -> AnyView {
    let content = here.app.content;
    let fitting = here.part(move |visit| {
        let fits = |check: &&Check| {
            let ticked = visit.checks.contains(&check.id);
            visit.outcomes.contains(&check.outcome) && ticked == (check.outcome == WENT_WELL)
        };
        content.checks.iter().filter(fits).map(|check| check.id.clone()).collect::<Vec<_>>()
    });
    let address = here.app.settings.with_untracked(|s| s.address);
    let view = move || {
        let fitting = fitting.get();
        if fitting.is_empty() {
            return ().into_any();
        }
        let checks = content.checks.iter().filter(|check| fitting.contains(&check.id));
        view! {
            <details>
                <summary>"Zinnen om mee te beginnen"</summary>
                <ul class="stack-s">
                    {checks
                        .map(|check| {
                            let text = check.opener.in_form(address);
                            view! {
                                <li class="card stack-s">
                                    <p class="says">{text}</p>
                                    <button
                                        type="button"
                                        class="button"
                                        on:click=move |_| here.edit(|visit| add_line(&mut visit.opener, text))
                                    >
                                        "Neem deze zin"
                                        <span class="visually-hidden">": " {text}</span>
                                    </button>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </details>
        }
        .into_any()
    };
    view.into_any()
}

/// Adds a line to what stands there, once.
fn add_line(text: &mut String, line: &str) {
    if text.contains(line) {
        return;
    }
    if !text.trim().is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

/// Small steps that were agreed: what, who, when.
fn steps(here: Here) -> AnyView {
    let ids = here.part(|visit| visit.steps.iter().map(|step| step.id).collect::<Vec<_>>());
    let add = move |_| {
        let id = StepId(here.app.session.fresh_id());
        here.edit(|visit| {
            // An empty one that waits already is enough.
            if visit.steps.last().is_none_or(|step| !step.what.trim().is_empty()) {
                let empty = String::new;
                visit.steps.push(Step { id, what: empty(), who: empty(), when: empty(), went: Went::Open });
            }
        });
    };
    view! {
        <section class="stack">
            <h2>"Kleine stappen"</h2>
            <p class="soft small">"Wat spraken jullie af? Eén klein ding is genoeg, en geen enkel ook."</p>
            <For each=move || ids.get() key=|id| *id children=move |id| step_fields(here, id)/>
            <button type="button" class="button wide" on:click=add>
                {icon(Icon::Plus)}
                "Stap toevoegen"
            </button>
        </section>
    }
    .into_any()
}

fn step_fields(here: Here, id: StepId) -> AnyView {
    let line = move |label: &'static str, get: fn(&Step) -> &String, get_mut: fn(&mut Step) -> &mut String| {
        let value = here.part(move |visit| {
            visit.steps.iter().find(|step| step.id == id).map(|step| get(step).clone()).unwrap_or_default()
        });
        let input = Callback::new(move |text: String| {
            here.edit(|visit| {
                if let Some(step) = visit.steps.iter_mut().find(|step| step.id == id) {
                    *get_mut(step) = text;
                }
            });
        });
        view! { <TextLine label=label value=value input=input/> }
    };
    view! {
        <div class="card stack-s">
            {line("Wat precies?", |s| &s.what, |s| &mut s.what)}
            {line("Wie doet het?", |s| &s.who, |s| &mut s.who)}
            {line("Wanneer?", |s| &s.when, |s| &mut s.when)}
            <button
                type="button"
                class="button plain"
                on:click=move |_| here.edit(|visit| visit.steps.retain(|step| step.id != id))
            >
                "Deze stap weghalen"
            </button>
        </div>
    }
    .into_any()
}
