//! Op bezoek: the cards taken along, a quick note; large and calm.

use leptos::prelude::*;
use naast_core::content::Question;
use naast_core::records::Card;
use naast_core::route::{Route, VisitScreen};

use super::{Here, part};
use crate::browser::history;
use crate::pages::cards::CardFace;
use crate::parts::{Icon, TextArea, icon, save_line};

pub(super) fn view(here: Here) -> AnyView {
    let questions = here.questions();
    let address = here.app.settings.with_untracked(|s| s.address);
    let intention = here.part(|visit| visit.intention.trim().to_owned());
    view! {
        <div class="stack-l">
            {move || {
                let text = intention.get();
                (!text.is_empty())
                    .then(|| view! { <p class="card sun pre" dir="auto">{text}</p> })
            }}
            {here
                .text_area(
                    "Snelle notitie",
                    "",
                    "Wat je wilt onthouden. Een paar woorden is genoeg.",
                    part!(quick_note),
                )}
            <section class="stack-s">
                <h2>"Kaarten"</h2>
                {move || {
                    let chosen = questions.get();
                    if chosen.is_empty() {
                        return view! {
                            <p class="card example">
                                "Je hebt geen vragen meegenomen. Luisteren is genoeg. Wil je er toch een bij de hand? Kies hem dan hieronder."
                            </p>
                        }
                            .into_any();
                    }
                    view! {
                        <ul class="list">{chosen.into_iter().map(|q| card_row(here, q, address)).collect_view()}</ul>
                    }
                        .into_any()
                }}
                <a class="button wide" href=here.to(VisitScreen::Choose)>
                    {icon(Icon::Plus)}
                    "Vraag erbij"
                </a>
            </section>
            <div class="action">
                <a class="button main" href=here.to(VisitScreen::LookBack)>"Terugkijken"</a>
            </div>
        </div>
    }
    .into_any()
}

fn card_row(here: Here, question: Question, address: naast_core::settings::Address) -> AnyView {
    let id = question.id.clone();
    let asked = {
        let id = id.clone();
        here.part(move |visit| visit.cards.iter().any(|card| card.question == id && card.asked))
    };
    view! {
        <li>
            <a class="list-row" href=here.to(VisitScreen::Card(id))>
                <span class="says grow">{question.text.in_form(address).to_owned()}</span>
                {move || asked.get().then(|| view! { <span class="tag">"gevraagd"</span> {icon(Icon::Check)} })}
                {icon(Icon::Forward)}
            </a>
        </li>
    }
    .into_any()
}

/// One card in full, at arm's length, with room for a note.
pub(super) fn card(here: Here, id: &str) -> AnyView {
    let deck = here.questions().get_untracked();
    let Some(at) = deck.iter().position(|q| q.id == id) else { return crate::pages::not_found() };
    let route = |q: &Question| Route::Visit(here.family, here.id, VisitScreen::Card(q.id.clone()));
    let previous = at.checked_sub(1).and_then(|n| deck.get(n)).map(route);
    let next = deck.get(at + 1).map(route);
    let id = StoredValue::new(id.to_owned());
    let of_card = move |visit: &naast_core::records::Visit| -> Option<Card> {
        visit.cards.iter().find(|card| id.with_value(|id| &card.question == id)).cloned()
    };
    let asked = here.part(move |visit| of_card(visit).is_some_and(|card| card.asked));
    let note = here.part(move |visit| of_card(visit).map(|card| card.note).unwrap_or_default());
    let edit = move |change: &dyn Fn(&mut Card)| {
        here.edit(|visit| {
            if let Some(card) = visit.cards.iter_mut().find(|card| id.with_value(|id| &card.question == id)) {
                change(card);
            }
        });
    };
    let (to_previous, to_next) = (previous.clone(), next.clone());
    view! {
        <div class="at-table">
            <h1 tabindex="-1" class="visually-hidden">{format!("Kaart {} van {}", at + 1, deck.len())}</h1>
            <CardFace question=deck[at].clone() previous=previous next=next/>
            <TextArea
                label="Notitie bij deze vraag"
                short=true
                value=note
                input=Callback::new(move |text: String| edit(&|card| card.note.clone_from(&text)))
            />
            {save_line(here.app.session)}
            <nav class="stepper" aria-label="Kaarten">
                {step(to_previous, "Vorige", Icon::Back)}
                <button
                    type="button"
                    class="chip"
                    aria-pressed=move || if asked.get() { "true" } else { "false" }
                    on:click=move |_| edit(&|card| card.asked = !card.asked)
                >
                    {icon(Icon::Check)}
                    "Gevraagd"
                </button>
                {step(to_next, "Volgende", Icon::Forward)}
            </nav>
            <a class="button wide" href=here.to(VisitScreen::Hold)>"Alle kaarten"</a>
        </div>
    }
    .into_any()
}

/// A step to a neighbouring card, in place of this one in the history.
fn step(to: Option<Route>, label: &'static str, drawing: Icon) -> AnyView {
    let Some(route) = to else { return view! { <span></span> }.into_any() };
    view! {
        <button type="button" class="icon-button" aria-label=label on:click=move |_| history::replace(&route)>
            {icon(drawing)}
        </button>
    }
    .into_any()
}
