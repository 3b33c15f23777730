//! Vragen: search, filters, favourites, cards, own questions.

use leptos::prelude::*;
use naast_core::bank::OWN_PREFIX;
use naast_core::content::{About, Phase, Question, Tone};
use naast_core::records::OwnQuestionId;
use naast_core::route::Route;

use crate::parts::{Chip, Icon, IconButton, QuestionRow, Sheet, icon, to};
use crate::state::{App, use_app};
use crate::words::Words;

/// What the search and the filters let through: ordinary questions, and how many
/// safety questions wait behind a talk with the coordinator.
fn found(app: App) -> (Vec<Question>, usize) {
    let looking = app.looking.get();
    let favourites = app.settings.with(|s| s.favourites.clone());
    app.bank.with(|bank| {
        let all = bank.search(&looking.query, looking.filter, &favourites);
        let (seen, guarded): (Vec<_>, Vec<_>) = all.into_iter().partition(|q| app.may_see(q));
        (seen.into_iter().cloned().collect(), guarded.len())
    })
}

/// `#/vragen`
#[component]
pub fn Questions() -> impl IntoView {
    let app = use_app();
    let filter_open = RwSignal::new(false);
    let results = Memo::new(move |_| found(app));
    let count = move || match results.with(|(seen, _)| seen.len()) {
        0 => "Geen vragen gevonden".to_owned(),
        1 => "1 vraag".to_owned(),
        n => format!("{n} vragen"),
    };
    let first_card = move || {
        let first = results.with(|(seen, _)| seen.first().map(|q| q.id.clone()));
        to(Route::Cards(first))
    };
    view! {
        <div class="stack">
            <h1 tabindex="-1" class="visually-hidden">"Vragen"</h1>
            <SearchField/>
            <div class="chips scroll" role="group" aria-label="Moment">
                <button type="button" class="chip" on:click=move |_| filter_open.set(true)>
                    {icon(Icon::Filter)}
                    {move || match app.looking.with(|l| filters_on(l.filter)) {
                        0 => "Filter".to_owned(),
                        n => format!("Filter ({n})"),
                    }}
                </button>
                <Chip
                    label="Favorieten"
                    on=Signal::derive(move || app.looking.with(|l| l.filter.favourites_only))
                    press=Callback::new(move |()| {
                        app.looking.update(|l| l.filter.favourites_only = !l.filter.favourites_only);
                    })
                />
                {Phase::ALL
                    .map(|phase| {
                        view! {
                            <Chip
                                label=phase.words()
                                on=Signal::derive(move || app.looking.with(|l| l.filter.phase == Some(phase)))
                                press=Callback::new(move |()| {
                                    app.looking.update(|l| toggle(&mut l.filter.phase, phase));
                                })
                            />
                        }
                    })
                    .collect_view()}
            </div>
            <div class="row apart">
                <p class="soft small" role="status">{count}</p>
                {move || {
                    (results.with(|(seen, _)| !seen.is_empty()))
                        .then(|| {
                            view! {
                                <a class="button plain" href=first_card>
                                    {icon(Icon::Cards)}
                                    "Als kaarten"
                                </a>
                            }
                        })
                }}
            </div>
            {move || {
                let (seen, guarded) = results.get();
                let nothing = seen.is_empty();
                view! {
                    {(!nothing)
                        .then(|| {
                            view! {
                                <ul class="list">
                                    {seen.into_iter().map(|q| view! { <QuestionRow question=q/> }).collect_view()}
                                </ul>
                            }
                        })}
                    {nothing.then(|| view! { <NothingFound/> })}
                    {(guarded > 0)
                        .then(|| {
                            view! {
                                <a class="card" href=to(Route::Worried)>
                                    <strong>"Zorgen over veiligheid?"</strong>
                                    <br/>
                                    <span class="soft">
                                        "Daar zijn ook vragen voor. Praat eerst met je coördinator."
                                    </span>
                                </a>
                            }
                        })}
                }
                    .into_any()
            }}
            <a class="button wide" href=to(Route::NewQuestion)>
                {icon(Icon::Plus)}
                "Eigen vraag schrijven"
            </a>
            <Sheet title="Welke vragen?" open=filter_open>
                <Filters/>
                <button type="button" class="button main" on:click=move |_| filter_open.set(false)>
                    {move || format!("Toon {}", count().to_lowercase())}
                </button>
            </Sheet>
        </div>
    }
    .into_any()
}

fn toggle<T: PartialEq>(slot: &mut Option<T>, value: T) {
    *slot = if slot.as_ref() == Some(&value) { None } else { Some(value) };
}

fn filters_on(filter: naast_core::search::Filter) -> usize {
    usize::from(filter.about.is_some()) + usize::from(filter.tone.is_some())
}

#[component]
fn SearchField() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="search" role="search">
            {icon(Icon::Search)}
            <input
                class="input"
                type="search"
                enterkeyhint="search"
                autocomplete="off"
                aria-label="Zoek een vraag"
                placeholder="Zoek: slapen, geld, school…"
                prop:value=move || app.looking.with(|l| l.query.clone())
                on:input=move |event| app.looking.update(|l| l.query = event_target_value(&event))
            />
            {move || {
                app.looking
                    .with(|l| !l.query.is_empty())
                    .then(|| {
                        view! {
                            <IconButton
                                label="Zoekwoord wissen"
                                drawing=Icon::Close
                                press=Callback::new(move |()| app.looking.update(|l| l.query.clear()))
                            />
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

#[component]
fn Filters() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="stack">
            <p class="label">"Waarover"</p>
            <div class="chips" role="group" aria-label="Waarover">
                {About::ALL
                    .map(|about| {
                        view! {
                            <Chip
                                label=about.words()
                                on=Signal::derive(move || app.looking.with(|l| l.filter.about == Some(about)))
                                press=Callback::new(move |()| {
                                    app.looking.update(|l| toggle(&mut l.filter.about, about));
                                })
                            />
                        }
                    })
                    .collect_view()}
            </div>
            <p class="label">"Toon"</p>
            <div class="chips" role="group" aria-label="Toon">
                {Tone::ALL
                    .map(|tone| {
                        view! {
                            <Chip
                                label=tone.words()
                                on=Signal::derive(move || app.looking.with(|l| l.filter.tone == Some(tone)))
                                press=Callback::new(move |()| {
                                    app.looking.update(|l| toggle(&mut l.filter.tone, tone));
                                })
                            />
                        }
                    })
                    .collect_view()}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn NothingFound() -> impl IntoView {
    let app = use_app();
    let only_favourites = move || app.looking.with(|l| l.filter.favourites_only && l.query.is_empty());
    view! {
        <div class="card example stack-s">
            {move || {
                if only_favourites() {
                    view! { <p>"Nog geen favorieten. Tik op het hartje bij een vraag die je wilt onthouden."</p> }
                        .into_any()
                } else {
                    view! { <p>"Probeer een ander woord, of zet de filters uit."</p> }.into_any()
                }
            }}
            <button type="button" class="button" on:click=move |_| app.looking.set(Default::default())>
                "Alle vragen tonen"
            </button>
        </div>
    }
    .into_any()
}

/// Whether a question is set a little smaller, to stay on a card.
pub fn is_long(question: &Question) -> bool {
    question.text.je.chars().count() > 90
}

/// `#/vragen/<id>`
#[component]
pub fn QuestionPage(
    /// The question.
    id: String,
) -> impl IntoView {
    let app = use_app();
    let question = Memo::new(move |_| app.bank.with(|bank| bank.get(&id).cloned()));
    move || match question.get() {
        None => super::not_found(),
        Some(question) => {
            let own = OwnQuestionId::from_question_id(&question.id);
            let guarded = !app.may_see(&question);
            view! {
                <article class="stack-l">
                    <h1 tabindex="-1" class="visually-hidden">"Een vraag"</h1>
                    {if guarded {
                        super::help::coordinator_first(app, Some(question.clone()))
                    } else {
                        let shown = question.clone();
                        view! { <QuestionBody question=shown/> }.into_any()
                    }}
                    {own
                        .map(|own| {
                            view! {
                                <a class="button" href=to(Route::EditQuestion(own))>
                                    {icon(Icon::Pencil)}
                                    "Vraag wijzigen"
                                </a>
                            }
                        })}
                </article>
            }
                .into_any()
        }
    }
}

/// The question in large, when it helps, how to go on, what it belongs to.
#[component]
pub fn QuestionBody(
    /// The question.
    question: Question,
) -> impl IntoView {
    let app = use_app();
    let address = app.settings.with_untracked(|s| s.address);
    let principles = app.content.principles.iter().filter(|p| question.principles.contains(&p.id)).collect::<Vec<_>>();
    let guarded = question.audience == naast_core::content::Audience::AfterCoordinator;
    let own = question.id.starts_with(OWN_PREFIX);
    let long = is_long(&question);
    let id = question.id.clone();
    view! {
        <div class="stack-l">
            <div class="row apart">
                <p class="eyebrow">
                    {question.phase.words()} " · " {question.about.words()}
                    {own.then_some(" · eigen vraag")}
                </p>
                <crate::parts::Favourite id=id/>
            </div>
            <p class="says-big" class:long=long>
                {question.text.in_form(address).to_owned()}
            </p>
            {(!question.when.is_empty()).then(|| view! { <p>{question.when.clone()}</p> })}
            {(!question.follow_ups.is_empty())
                .then(|| {
                    view! {
                        <section class="stack-s">
                            <h2>"Dóórvragen"</h2>
                            {question
                                .follow_ups
                                .iter()
                                .map(|f| view! { <p class="says speech">{f.in_form(address).to_owned()}</p> })
                                .collect_view()}
                        </section>
                    }
                })}
            {(!principles.is_empty())
                .then(|| {
                    view! {
                        <section class="stack-s">
                            <h2>"Hoort bij"</h2>
                            <div class="chips">
                                {principles
                                    .into_iter()
                                    .map(|p| {
                                        view! {
                                            <a class="chip" href=to(Route::Principle(p.id.clone()))>
                                                {p.title.as_str()}
                                            </a>
                                        }
                                    })
                                    .collect_view()}
                            </div>
                        </section>
                    }
                })}
            {guarded.then(|| super::help::meldcode_with(app))}
            <a class="button wide" href=to(Route::Cards(Some(question.id)))>
                {icon(Icon::Cards)}
                "Op een grote kaart"
            </a>
        </div>
    }
    .into_any()
}
