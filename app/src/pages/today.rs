//! Vandaag: go on where one was, take a principle along, start a visit.

use leptos::prelude::*;
use naast_core::route::{Route, VisitScreen};
use naast_core::{today, visits};

use crate::browser::clock;
use crate::parts::{Icon, LinkRow, icon, to, two_chairs};
use crate::session::Access;
use crate::state::{App, use_app};

/// `#/`
#[component]
pub fn Today() -> impl IntoView {
    let app = use_app();
    let principles = &app.content.principles;
    let carried = today::principle_of(clock::today(), principles.len()).and_then(|at| principles.get(at));
    view! {
        <div class="stack-l">
            <h1 tabindex="-1" class="visually-hidden">"Vandaag"</h1>
            {move || (!app.settings.with(|s| s.welcomed)).then(|| welcome(app))}
            {move || go_on(app)}
            {carried
                .map(|p| {
                    view! {
                        <section class="stack-s">
                            <h2 class="eyebrow">"Vandaag neem ik mee"</h2>
                            <a class="card sun stack-s" href=to(Route::Principle(p.id.clone()))>
                                <strong>{p.title.as_str()}</strong>
                                <p class="says">{p.essence.as_str()}</p>
                            </a>
                        </section>
                    }
                })}
            <section class="stack-s">
                <h2 class="eyebrow">"Zo een vraag bij de hand"</h2>
                <ul class="list">
                    <LinkRow route=Route::Questions before=Icon::Speech title="Zoek een vraag"/>
                    <LinkRow route=Route::Cards(None) before=Icon::Cards title="Vragen als kaarten"/>
                </ul>
            </section>
            <div class="action">
                <a class="button main" href=to(Route::Families)>
                    {icon(Icon::House)}
                    "Ik ga op bezoek"
                </a>
            </div>
        </div>
    }
    .into_any()
}

fn welcome(app: App) -> AnyView {
    view! {
        <section class="card wash stack welcome">
            {two_chairs()}
            <h2>"Welkom bij Naast"</h2>
            {crate::parts::paragraphs(&app.content.texts.welcome)}
            <button
                type="button"
                class="button wide"
                on:click=move |_| app.change_settings(|s| s.welcomed = true)
            >
                "Dat is helder"
            </button>
        </section>
    }
    .into_any()
}

/// Visits that were begun; or, locked, that something may be waiting.
fn go_on(app: App) -> AnyView {
    let session = app.session;
    match session.access.get() {
        Access::Open => {
            let rows = session.with_visits(|all| {
                visits::unfinished(all)
                    .into_iter()
                    .filter_map(|visit| {
                        let family = session.family(visit.family)?;
                        Some((family, visit.id, visit.day))
                    })
                    .take(5)
                    .collect::<Vec<_>>()
            });
            if rows.is_empty() {
                return ().into_any();
            }
            view! {
                <section class="stack-s">
                    <h2 class="eyebrow">"Verder waar je was"</h2>
                    <ul class="list">
                        {rows
                            .into_iter()
                            .map(|(family, visit, day)| {
                                view! {
                                    <LinkRow
                                        route=Route::Visit(family.id, visit, VisitScreen::Hold)
                                        before=Icon::from(family.symbol)
                                        title=family.nickname.clone()
                                        line=format!("bezoek van {}", clock::day_in_words(day))
                                    />
                                }
                            })
                            .collect_view()}
                    </ul>
                </section>
            }
            .into_any()
        }
        Access::Locked(_) => view! {
            <ul class="list">
                <LinkRow
                    route=Route::Families
                    before=Icon::Locked
                    title="Je notities zijn op slot"
                    line="Tik om ze te openen."
                />
            </ul>
        }
        .into_any(),
        _ => ().into_any(),
    }
}
