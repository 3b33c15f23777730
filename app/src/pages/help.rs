//! Hulp: one touch away from every screen, also when Naast is locked.

use leptos::prelude::*;
use naast_core::content::{HelpLine, HelpStep, Question};
use naast_core::route::{MorePage, Route};

use crate::browser::clock;
use crate::parts::{Icon, LinkRow, icon, paragraphs, to};
use crate::state::{App, use_app};

/// `#/hulp`
#[component]
pub fn Help() -> impl IntoView {
    let app = use_app();
    let help = &app.content.help;
    let (urgent, rest) = help.lines.split_at(help.lines.len().min(2));
    view! {
        <div class="stack-l">
            <h1 tabindex="-1">"Hulp"</h1>
            <ul class="stack-s">{urgent.iter().map(line).collect_view()}</ul>
            {move || coordinator(app)}
            <ul class="list">
                <LinkRow
                    route=Route::Worried
                    title="Ik maak me zorgen. Wat nu?"
                    line="Rustig, stap voor stap"
                />
                <LinkRow route=Route::Facts title="Wat zegt de wet?" line="Kort en nagekeken"/>
            </ul>
            <section class="stack-s">
                <h2>"Ook goed om te hebben"</h2>
                <ul class="stack-s">{rest.iter().map(line).collect_view()}</ul>
            </section>
            {checked(app)}
        </div>
    }
    .into_any()
}

fn line(line: &'static HelpLine) -> AnyView {
    let urgent = line.number == "112";
    view! {
        <li>
            <a
                class="card call"
                class:care=urgent
                href=format!("tel:{}", line.dial())
                aria-label=format!("Bel {}, {}", line.name, line.number)
            >
                {icon(Icon::Phone)}
                <span class="grow">
                    <strong>{line.name.as_str()}</strong>
                    " "
                    <span class="number">{line.number.as_str()}</span>
                    <br/>
                    <span class="small">{line.when.as_str()} " " {line.expect.as_str()}</span>
                </span>
            </a>
        </li>
    }
    .into_any()
}

/// The coordinator's number, or the way to put it in.
fn coordinator(app: App) -> AnyView {
    let (name, number) = app.settings.with(|s| (s.coordinator_name.clone(), s.coordinator_number.clone()));
    let dial: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    if dial.is_empty() {
        return view! {
            <a class="card call" href=to(Route::MorePage(MorePage::Coordinator))>
                {icon(Icon::Plus)}
                <span class="grow">
                    <strong>"Nummer van je coördinator"</strong>
                    <br/>
                    <span class="small">"Zet het er nu in. Dan heb je het als je het nodig hebt."</span>
                </span>
            </a>
        }
        .into_any();
    }
    let name = if name.trim().is_empty() { "je coördinator".to_owned() } else { name };
    let spoken = format!("Bel {name}, {number}");
    view! {
        <a class="card wash call" href=format!("tel:{dial}") aria-label=spoken>
            {icon(Icon::Phone)}
            <span class="grow">
                <strong>{name}</strong>
                " "
                <span class="number">{number}</span>
                <br/>
                <span class="small">"Je eigen coördinator. Bellen mag altijd, ook bij twijfel."</span>
            </span>
        </a>
    }
    .into_any()
}

fn checked(app: App) -> AnyView {
    let help = &app.content.help;
    let day = naast_core::time::Day::from_iso(&help.checked).map(clock::day_short);
    view! { <p class="small soft">"Nummers en feiten nagekeken op " {day.unwrap_or_else(|| help.checked.clone())} "."</p> }
        .into_any()
}

/// `#/hulp/zorgen`
#[component]
pub fn Worried() -> impl IntoView {
    let app = use_app();
    let first = move || app.settings.with(|s| s.role.coordinator_first());
    view! {
        <div class="stack-l">
            <h1 tabindex="-1">"Ik maak me zorgen. Wat nu?"</h1>
            <a class="card care call" href="tel:112">
                {icon(Icon::Phone)}
                <span class="grow">
                    <strong>"Nu gevaar? Bel 112."</strong>
                    <br/>
                    <span class="small">"Al het andere kan wachten."</span>
                </span>
            </a>
            {move || {
                let steps = if first() { &app.content.help.volunteer_steps } else { &app.content.help.meldcode_steps };
                view! {
                    <section class="stack">
                        <h2>{if first() { "Wat jij doet" } else { "De vijf stappen van de Meldcode" }}</h2>
                        {numbered(steps)}
                    </section>
                }
            }}
            {move || coordinator(app)}
            {move || first().then(|| safety_questions(app))}
            {move || {
                (!first())
                    .then(|| {
                        view! {
                            <details>
                                <summary>"Wat een vrijwilliger doet"</summary>
                                {numbered(&app.content.help.volunteer_steps)}
                            </details>
                        }
                    })
            }}
            <ul class="list">
                <LinkRow route=Route::Facts title="Wat zegt de wet?"/>
                <LinkRow route=Route::Help title="Alle nummers"/>
            </ul>
        </div>
    }
    .into_any()
}

/// The questions about safety, for whoever has talked with the coordinator.
fn safety_questions(app: App) -> AnyView {
    let guarded = app.content.questions.iter().filter(|q| !app.may_see(q));
    view! {
        <details>
            <summary>"Vragen over veiligheid, na overleg"</summary>
            <div class="stack">
                <div class="stack-s">{paragraphs(&app.content.texts.coordinator_first)}</div>
                <ul class="list">
                    {guarded
                        .map(|q| view! { <crate::parts::QuestionRow question=q.clone()/> })
                        .collect_view()}
                </ul>
            </div>
        </details>
    }
    .into_any()
}

fn numbered(steps: &'static [HelpStep]) -> AnyView {
    view! {
        <ol class="steps-numbered stack">
            {steps
                .iter()
                .map(|step| {
                    view! {
                        <li>
                            <div>
                                <h3>{step.title.as_str()}</h3>
                                <p>{step.text.as_str()}</p>
                            </div>
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
    .into_any()
}

/// What stands in front of a safety question for whoever goes to the coordinator
/// first; the question opens after that talk.
pub fn coordinator_first(app: App, question: Option<Question>) -> AnyView {
    view! {
        <div class="stack-l">
            <div class="card wash stack-s">
                <h2>"Eerst je coördinator"</h2>
                {paragraphs(&app.content.texts.coordinator_first)}
            </div>
            {move || coordinator(app)}
            <a class="button wide" href=to(Route::Worried)>"Wat doe ik met mijn zorg?"</a>
            {question
                .map(|question| {
                    view! {
                        <details>
                            <summary>"Mijn coördinator heeft meegedacht"</summary>
                            <super::questions::QuestionBody question=question/>
                        </details>
                    }
                })}
        </div>
    }
    .into_any()
}

/// What stands with a safety question for a professional.
pub fn meldcode_with(app: App) -> AnyView {
    view! {
        <section class="card wash stack-s">
            <h2>"Deze vraag hoort bij de Meldcode"</h2>
            {paragraphs(&app.content.texts.meldcode_with)}
            <details>
                <summary>"De vijf stappen"</summary>
                {numbered(&app.content.help.meldcode_steps)}
            </details>
        </section>
    }
    .into_any()
}

/// `#/hulp/feiten`
#[component]
pub fn Facts() -> impl IntoView {
    let app = use_app();
    let help = &app.content.help;
    let list = |notes: &'static [String]| {
        view! {
            <ul class="bullets stack-s">{notes.iter().map(|note| view! { <li>{note.as_str()}</li> }).collect_view()}</ul>
        }
        .into_any()
    };
    view! {
        <div class="stack-l">
            <h1 tabindex="-1">"Wat zegt de wet?"</h1>
            <p class="soft">"Heeft je organisatie eigen afspraken, dan gaan die voor."</p>
            {help
                .facts
                .iter()
                .map(|fact| {
                    view! {
                        <section class="stack-s">
                            <h2>{fact.title.as_str()}</h2>
                            <p>{fact.text.as_str()}</p>
                            {(fact.sure == naast_core::content::Certainty::Advies)
                                .then(|| view! { <p class="small soft">"Dit is ons advies, geen wet."</p> })}
                        </section>
                    }
                })
                .collect_view()}
            <section class="card sun stack-s">
                <h2>"Dit schrijf je op"</h2>
                {list(&help.do_note)}
            </section>
            <section class="card stack-s">
                <h2>"Dit laat je weg"</h2>
                {list(&help.do_not_note)}
            </section>
            {checked(app)}
        </div>
    }
    .into_any()
}
