//! Voorbereiden: what was agreed, one intention, the questions to take along.

use leptos::prelude::*;
use naast_core::route::VisitScreen;
use naast_core::time::Day;
use naast_core::visits;

use super::{Here, part};
use crate::pages::families::step_card;
use crate::parts::{Icon, TextLine, icon};

pub(super) fn view(here: Here) -> AnyView {
    let questions = here.questions();
    let address = here.app.settings.with_untracked(|s| s.address);
    let day = here.part(|visit| visit.day);
    view! {
        <div class="stack-l">
            {move || last_time(here)}
            {here
                .text_area(
                    "Wat neem je je voor?",
                    "Eén ding, over jezelf.",
                    "Eerst vragen hoe het weekend was.",
                    part!(intention),
                )}
            <section class="stack-s">
                <h2>"Vragen die meegaan"</h2>
                {move || {
                    let chosen = questions.get();
                    if chosen.is_empty() {
                        return view! {
                            <p class="card example">"Nog geen. Dat mag ook: een gesprek vindt zijn eigen weg."</p>
                        }
                            .into_any();
                    }
                    view! {
                        <ul class="list">
                            {chosen
                                .into_iter()
                                .map(|q| {
                                    view! {
                                        <li class="list-row">
                                            <span class="says grow">{q.text.in_form(address).to_owned()}</span>
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    }
                        .into_any()
                }}
                <a class="button wide" href=here.to(VisitScreen::Choose)>
                    {icon(Icon::Speech)}
                    "Vragen kiezen"
                </a>
            </section>
            <TextLine
                label="Dag van het bezoek"
                kind=Signal::stored("date")
                value=Signal::derive(move || day.get().iso())
                input=Callback::new(move |text: String| {
                    if let Some(day) = Day::from_iso(&text) {
                        here.edit(|visit| visit.day = day);
                    }
                })
            />
            <div class="action">
                <a class="button main" href=here.to(VisitScreen::Hold)>"Op bezoek"</a>
            </div>
        </div>
    }
    .into_any()
}

/// What was agreed, the first sentence one wanted to begin with, what one wanted to
/// do differently.
fn last_time(here: Here) -> AnyView {
    let Some(this) = here.app.session.with_visit(here.id, |v| (v.id, v.family, v.day, v.created)) else {
        return ().into_any();
    };
    // Only place in time matters here; words typed into this visit do not.
    let this = naast_core::records::Visit::new(this.0, this.1, this.2, this.3);
    let (steps, opener, differently) = here.app.session.with_visits(|all| {
        let all: Vec<_> = all.collect();
        let last = visits::previous(all.iter().copied(), &this);
        let steps: Vec<_> = visits::agreed_before(all.iter().copied(), &this)
            .into_iter()
            .map(|agreed| (agreed.visit.id, agreed.visit.day, agreed.step.clone()))
            .collect();
        let text = |get: fn(&naast_core::records::Visit) -> &String| {
            last.map(|v| get(v).trim().to_owned()).filter(|text| !text.is_empty())
        };
        (steps, text(|v| &v.opener), text(|v| &v.differently))
    });
    if steps.is_empty() && opener.is_none() && differently.is_none() {
        return ().into_any();
    }
    view! {
        <section class="stack-s">
            <h2>"Van de vorige keer"</h2>
            {opener
                .map(|text| {
                    view! {
                        <div class="card sun stack-s">
                            <p class="eyebrow">"Je eerste zin"</p>
                            <p class="says pre" dir="auto">{text}</p>
                        </div>
                    }
                })}
            {differently
                .map(|text| {
                    view! {
                        <div class="card stack-s">
                            <p class="eyebrow">"Dit wilde je anders doen"</p>
                            <p class="pre" dir="auto">{text}</p>
                        </div>
                    }
                })}
            {(!steps.is_empty())
                .then(|| {
                    view! {
                        <p class="eyebrow">"Afgesproken stapjes. Hoe ging het?"</p>
                        <ul class="stack-s">
                            {steps
                                .into_iter()
                                .map(|(visit, day, step)| step_card(here.app, visit, Some(day), step))
                                .collect_view()}
                        </ul>
                    }
                })}
        </section>
    }
    .into_any()
}
