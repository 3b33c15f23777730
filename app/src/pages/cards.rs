//! Questions as cards, large enough to read at arm's length.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use naast_core::content::{Question, Spoken};
use naast_core::route::Route;
use naast_core::settings::Address;

use crate::browser::history;
use crate::parts::{Icon, icon, to};
use crate::state::use_app;

/// How far a finger moves sideways before it means the next card, in CSS pixels.
const SWIPE: f64 = 56.0;

/// `#/vragen/kaarten`: steps through whatever search and filters let through.
#[component]
pub fn Cards(
    /// The question on top; the first where absent.
    at: Option<String>,
) -> impl IntoView {
    let app = use_app();
    let deck = {
        let looking = app.looking.get_untracked();
        let favourites = app.settings.with_untracked(|s| s.favourites.clone());
        app.bank.with(|bank| {
            let found = bank.search(&looking.query, looking.filter, &favourites);
            let seen: Vec<Question> = found.into_iter().filter(|q| app.may_see(q)).cloned().collect();
            let known = at.as_ref().is_none_or(|id| seen.iter().any(|q| &q.id == id));
            // A card that the present search does not hold, as from a link: the whole bank then.
            if known { seen } else { bank.all().filter(|q| app.may_see(q)).cloned().collect() }
        })
    };
    let place = at.as_ref().map_or(Some(0), |id| deck.iter().position(|q| &q.id == id));
    let Some((place, question)) = place.and_then(|n| deck.get(n).map(|q| (n, q.clone()))) else {
        return super::not_found();
    };
    let neighbour = |n: Option<usize>| n.and_then(|n| deck.get(n)).map(|q| Route::Cards(Some(q.id.clone())));
    let previous = neighbour(place.checked_sub(1));
    let next = neighbour(place.checked_add(1));
    let count = deck.len();
    view! {
        <div class="at-table">
            <h1 tabindex="-1" class="visually-hidden">{format!("Kaart {} van {count}", place + 1)}</h1>
            <CardFace question=question previous=previous.clone() next=next.clone()/>
            <nav class="stepper" aria-label="Kaarten">
                <Step to=previous label="Vorige" drawing=Icon::Back/>
                <span class="soft small">{place + 1} " van " {count}</span>
                <Step to=next label="Volgende" drawing=Icon::Forward/>
            </nav>
            <a class="button wide" href=to(Route::Questions)>"Terug naar de lijst"</a>
        </div>
    }
    .into_any()
}

/// A step to a neighbouring card. It takes the place of the present one in the
/// history, so that going back leaves the cards at once.
#[component]
fn Step(to: Option<Route>, label: &'static str, drawing: Icon) -> impl IntoView {
    let Some(route) = to else { return view! { <span></span> }.into_any() };
    let before = (drawing == Icon::Back).then(|| icon(drawing));
    let after = (drawing == Icon::Forward).then(|| icon(drawing));
    view! {
        <button type="button" class="button" on:click=move |_| history::replace(&route)>
            {before}
            {label}
            {after}
        </button>
    }
    .into_any()
}

/// The face of a card: the question, and how to go on, one touch away.
/// A finger moved sideways steps to the neighbour.
#[component]
pub fn CardFace(
    /// The question.
    question: Question,
    /// The card before.
    previous: Option<Route>,
    /// The card after.
    next: Option<Route>,
) -> impl IntoView {
    let app = use_app();
    let address = app.settings.with_untracked(|s| s.address);
    let long = super::questions::is_long(&question);
    let start = Rc::new(Cell::new(None::<(f64, f64)>));
    let down = {
        let start = start.clone();
        move |event: web_sys::PointerEvent| start.set(Some((event.client_x().into(), event.client_y().into())))
    };
    let up = move |event: web_sys::PointerEvent| {
        let Some((x, y)) = start.take() else { return };
        let (dx, dy) = (f64::from(event.client_x()) - x, f64::from(event.client_y()) - y);
        if dx.abs() < SWIPE || dx.abs() < 2.0 * dy.abs() {
            return;
        }
        let target = if dx < 0.0 { &next } else { &previous };
        if let Some(route) = target {
            history::replace(route);
        }
    };
    view! {
        <div class="middle" on:pointerdown=down on:pointerup=up>
            <p class="says-big" class:long=long>{question.text.in_form(address).to_owned()}</p>
            <FollowUps follow_ups=question.follow_ups address=address/>
        </div>
    }
    .into_any()
}

/// Questions to go on with, folded until asked for.
#[component]
fn FollowUps(follow_ups: Vec<Spoken>, address: Address) -> impl IntoView {
    if follow_ups.is_empty() {
        return ().into_any();
    }
    view! {
        <details class="follow">
            <summary>"Dóórvragen"</summary>
            <div class="stack-s">
                {follow_ups
                    .iter()
                    .map(|f| view! { <p class="says speech">{f.in_form(address).to_owned()}</p> })
                    .collect_view()}
            </div>
        </details>
    }
    .into_any()
}
