//! Gezinnen: who I visit, and each family's visits and agreements.

use leptos::prelude::*;
use naast_core::records::{Family, FamilyId, Record, Step, Visit, VisitId, Went};
use naast_core::route::{Route, VisitScreen};
use naast_core::visits;

use crate::browser::{clock, history};
use crate::parts::{Icon, LinkRow, icon, to, two_chairs};
use crate::state::{App, use_app};
use crate::words::Words;

/// `#/gezinnen` and, with `archived`, `#/gezinnen/archief`
#[component]
pub fn Families(
    /// Those that rest, or those that do not.
    archived: bool,
) -> impl IntoView {
    let app = use_app();
    let session = app.session;
    let rows = Memo::new(move |_| {
        let mut families = session.families();
        families.sort_by_key(|f| f.nickname.to_lowercase());
        families.into_iter().partition::<Vec<Family>, _>(|f| f.archived.is_some() == archived)
    });
    let row = move |family: Family| {
        let last = session.with_visits(|all| visits::of_family(all, family.id).first().map(|v| v.day));
        view! {
            <LinkRow
                route=Route::Family(family.id)
                before=Icon::from(family.symbol)
                title=family.nickname
                line=last.map_or_else(String::new, |day| format!("laatste bezoek {}", clock::day_short(day)))
            />
        }
    };
    view! {
        <div class="stack">
            <h1 tabindex="-1">{if archived { "Archief" } else { "Gezinnen" }}</h1>
            {move || super::more_data::unreadable_notice(app)}
            {move || {
                let (shown, others) = rows.get();
                let empty = shown.is_empty();
                let others = others.len();
                view! {
                    {(!empty).then(|| view! { <ul class="list">{shown.into_iter().map(row).collect_view()}</ul> })}
                    {(empty && archived).then(|| view! { <p class="soft">"Er ligt niemand in het archief."</p> })}
                    {(empty && !archived).then(nobody_yet)}
                    {(others > 0 && !archived)
                        .then(|| {
                            view! {
                                <a class="button wide" href=to(Route::Archive)>
                                    {icon(Icon::Box)}
                                    {format!("Archief ({others})")}
                                </a>
                            }
                        })}
                }
                    .into_any()
            }}
            {(!archived)
                .then(|| {
                    view! {
                        <div class="action">
                            <a class="button main" href=to(Route::NewFamily)>
                                {icon(Icon::Plus)}
                                "Gezin toevoegen"
                            </a>
                        </div>
                    }
                })}
        </div>
    }
    .into_any()
}

fn nobody_yet() -> AnyView {
    view! {
        <div class="stack">
            {two_chairs()}
            <p>"Hier komen de gezinnen waar je langsgaat. Een bijnaam is genoeg."</p>
            <div class="card example row" aria-hidden="true">
                <span class="badge">{icon(Icon::Bird)}</span>
                <span>"Vos" <br/> <span class="small">"laatste bezoek 3 nov"</span></span>
            </div>
        </div>
    }
    .into_any()
}

/// `#/gezinnen/<family>`
#[component]
pub fn FamilyPage(
    /// The family.
    id: FamilyId,
) -> impl IntoView {
    let app = use_app();
    let family = Memo::new(move |_| app.session.family(id));
    move || match family.get() {
        None => super::not_found(),
        Some(family) => view! { <FamilyFound family=family/> }.into_any(),
    }
}

#[component]
fn FamilyFound(family: Family) -> impl IntoView {
    let app = use_app();
    let session = app.session;
    let id = family.id;
    let begun = RwSignal::new(false);
    let start = move |_| {
        // A second tap before the page has changed makes no second visit.
        if !begun.get_untracked() {
            begun.set(true);
            let visit = Visit::new(VisitId(session.fresh_id()), id, clock::today(), clock::now());
            let route = Route::Visit(id, visit.id, VisitScreen::Prepare);
            session.put(Record::Visit(visit));
            history::go(&route);
        }
    };
    let rest = family.archived.is_some();
    let archive = move |_| {
        session.edit_family(id, |f| f.archived = if rest { None } else { Some(clock::today()) });
        app.say(if rest { "Weer bij je gezinnen." } else { "Rust nu in het archief." });
    };
    view! {
        <div class="stack-l">
            <header class="row">
                <span class="badge">{icon(family.symbol.into())}</span>
                <div class="grow">
                    <h1 tabindex="-1" dir="auto">{family.nickname.clone()}</h1>
                    <p class="soft small">"sinds " {clock::day_in_words(family.since)}</p>
                </div>
            </header>
            {move || agreements(app, id)}
            <section class="stack-s">
                <h2>"Bezoeken"</h2>
                {move || visit_list(app, id)}
            </section>
            <div class="stack-s">
                <a class="button wide" href=to(Route::EditFamily(id))>
                    {icon(Icon::Pencil)}
                    "Bijnaam of tekening wijzigen"
                </a>
                <button type="button" class="button wide" on:click=archive>
                    {icon(Icon::Box)}
                    {if rest { "Terug uit het archief" } else { "In het archief leggen" }}
                </button>
                <a class="button wide care" href=to(Route::DeleteFamily(id))>
                    {icon(Icon::Bin)}
                    "Gezin verwijderen"
                </a>
            </div>
            <div class="action">
                <button type="button" class="button main" on:click=start>
                    "Nieuw bezoek"
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn visit_list(app: App, id: FamilyId) -> AnyView {
    let rows = app.session.with_visits(|all| {
        visits::of_family(all, id)
            .into_iter()
            .map(|v| (v.id, v.day, v.closed.is_some(), first_words(v)))
            .collect::<Vec<_>>()
    });
    if rows.is_empty() {
        return view! {
            <p class="card example">
                "Nog geen bezoek. Begin met voorbereiden, of ga gewoon: terugkijken kan altijd."
            </p>
        }
        .into_any();
    }
    view! {
        <ul class="list">
            {rows
                .into_iter()
                .map(|(visit, day, closed, words)| {
                    let screen = if closed { VisitScreen::LookBack } else { VisitScreen::Hold };
                    view! { <LinkRow route=Route::Visit(id, visit, screen) title=clock::day_in_words(day) line=words/> }
                })
                .collect_view()}
        </ul>
    }
    .into_any()
}

/// The first words of a visit, to know it by.
fn first_words(visit: &Visit) -> String {
    let texts = [&visit.intention, &visit.seen_heard, &visit.quick_note, &visit.thoughts];
    let text = texts.into_iter().map(|t| t.trim()).find(|t| !t.is_empty()).unwrap_or_default();
    let mut words: String = text.chars().take(60).collect();
    if words.len() < text.len() {
        words.push('…');
    }
    words
}

/// Steps that were agreed and how they went.
fn agreements(app: App, id: FamilyId) -> AnyView {
    let steps = app.session.with_visits(|all| {
        visits::of_family(all, id)
            .into_iter()
            .flat_map(|v| v.steps.iter().map(move |s| (v.id, v.day, s.clone())))
            .filter(|(_, _, s)| !s.what.trim().is_empty())
            .collect::<Vec<_>>()
    });
    if steps.is_empty() {
        return ().into_any();
    }
    let (open, talked): (Vec<_>, Vec<_>) = steps.into_iter().partition(|(_, _, s)| s.went == Went::Open);
    view! {
        <section class="stack-s">
            <h2>"Afspraken en stapjes"</h2>
            <ul class="stack-s">
                {open.into_iter().map(|(visit, day, step)| step_card(app, visit, Some(day), step)).collect_view()}
            </ul>
            {(!talked.is_empty())
                .then(|| {
                    view! {
                        <details>
                            <summary>"Eerder besproken"</summary>
                            <ul class="stack-s">
                                {talked
                                    .into_iter()
                                    .map(|(visit, day, step)| step_card(app, visit, Some(day), step))
                                    .collect_view()}
                            </ul>
                        </details>
                    }
                })}
        </section>
    }
    .into_any()
}

/// A step with how it went: in words, to choose from.
pub fn step_card(app: App, visit: VisitId, day: Option<naast_core::time::Day>, step: Step) -> AnyView {
    let id = step.id;
    let who_when = [step.who.trim(), step.when.trim()].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <li class="card stack-s">
            <p dir="auto"><strong>{step.what}</strong></p>
            {(!who_when.is_empty()).then(|| view! { <p class="soft small" dir="auto">{who_when}</p> })}
            {day.map(|day| view! { <p class="soft small">"afgesproken " {clock::day_in_words(day)}</p> })}
            <div class="chips" role="group" aria-label="Hoe ging het?">
                {Went::ANSWERS
                    .map(|went| {
                        view! {
                            <crate::parts::Chip
                                label=went.words()
                                on=Signal::stored(step.went == went)
                                press=Callback::new(move |()| {
                                    app.session
                                        .edit_visit(
                                            visit,
                                            |v| {
                                                if let Some(step) = v.steps.iter_mut().find(|s| s.id == id) {
                                                    step.went = if step.went == went { Went::Open } else { went };
                                                }
                                            },
                                        );
                                })
                            />
                        }
                    })
                    .collect_view()}
            </div>
        </li>
    }
    .into_any()
}
