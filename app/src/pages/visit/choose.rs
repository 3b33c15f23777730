//! Choosing the questions to take along.

use leptos::prelude::*;
use naast_core::content::{Phase, Question};
use naast_core::records::Card;
use naast_core::search::Filter;

use super::Here;
use crate::browser::history;
use crate::parts::{Chip, Icon, icon};
use crate::words::Words;

pub(super) fn view(here: Here) -> AnyView {
    let app = here.app;
    let query = RwSignal::new(String::new());
    let filter = RwSignal::new(Filter::default());
    let chosen = here.part(|visit| visit.cards.iter().map(|card| card.question.clone()).collect::<Vec<_>>());
    let found = Memo::new(move |_| {
        let favourites = app.settings.with(|s| s.favourites.clone());
        app.bank.with(|bank| {
            let found = bank.search(&query.get(), filter.get(), &favourites);
            found.into_iter().filter(|q| app.may_see(q)).cloned().collect::<Vec<_>>()
        })
    });
    view! {
        <div class="stack">
            <h1 tabindex="-1">"Vragen kiezen"</h1>
            <div class="search" role="search">
                {icon(Icon::Search)}
                <input
                    class="input"
                    type="search"
                    autocomplete="off"
                    aria-label="Zoek een vraag"
                    placeholder="Zoek: slapen, geld, school…"
                    prop:value=move || query.get()
                    on:input=move |event| query.set(event_target_value(&event))
                />
            </div>
            <div class="chips scroll" role="group" aria-label="Moment">
                <Chip
                    label="Favorieten"
                    on=Signal::derive(move || filter.with(|f| f.favourites_only))
                    press=Callback::new(move |()| filter.update(|f| f.favourites_only = !f.favourites_only))
                />
                {Phase::ALL
                    .map(|phase| {
                        view! {
                            <Chip
                                label=phase.words()
                                on=Signal::derive(move || filter.with(|f| f.phase == Some(phase)))
                                press=Callback::new(move |()| {
                                    filter.update(|f| f.phase = if f.phase == Some(phase) { None } else { Some(phase) });
                                })
                            />
                        }
                    })
                    .collect_view()}
            </div>
            {move || {
                let found = found.get();
                if found.is_empty() {
                    return view! { <p class="card example">"Geen vragen gevonden. Probeer een ander woord."</p> }
                        .into_any();
                }
                view! {
                    <ul class="list">{found.into_iter().map(|q| row(here, q, chosen)).collect_view()}</ul>
                }
                    .into_any()
            }}
            <div class="action">
                <button type="button" class="button main" on:click=move |_| history::back()>
                    {move || match chosen.with(Vec::len) {
                        0 => "Klaar".to_owned(),
                        1 => "Klaar, 1 vraag gaat mee".to_owned(),
                        n => format!("Klaar, {n} vragen gaan mee"),
                    }}
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn row(here: Here, question: Question, chosen: Memo<Vec<String>>) -> AnyView {
    let text = question.text.in_form(here.app.settings.with_untracked(|s| s.address)).to_owned();
    let id = question.id;
    let on = {
        let id = id.clone();
        Memo::new(move |_| chosen.with(|all| all.contains(&id)))
    };
    let toggle = move |_| {
        here.edit(|visit| {
            // A card with words on it keeps them: it only goes when it is empty.
            match visit.cards.iter().position(|card| card.question == id) {
                Some(at) if visit.cards[at].note.trim().is_empty() => {
                    visit.cards.remove(at);
                }
                Some(_) => here.app.say("Bij deze vraag staat een notitie. Daarom blijft hij staan."),
                None => visit.cards.push(Card { question: id.clone(), asked: false, note: String::new() }),
            }
        });
    };
    view! {
        <li>
            <label class="list-row choice">
                <input type="checkbox" prop:checked=move || on.get() on:change=toggle/>
                <span class="grow">
                    <span class="says">{text}</span>
                    <br/>
                    <span class="tag">{question.phase.words()}</span>
                </span>
            </label>
        </li>
    }
    .into_any()
}

