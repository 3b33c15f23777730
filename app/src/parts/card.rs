//! A question as a card, large enough to read at arm's length.

use std::cell::Cell;
use std::rc::Rc;

use naast_core::content::{Question, Spoken};
use naast_core::route::Route;
use naast_core::settings::Address;
use wasm_bindgen::JsCast;
use web_sys::{Event, PointerEvent};

use super::*;
use crate::browser::history;
use crate::messages::cards as t;
use crate::state::App;
use naast_view::el;

/// How far a finger moves sideways before it is a swipe, in CSS pixels.
const SWIPE: f64 = 56.0;

/// A step to a neighbouring card. It replaces the history entry, so that going back leaves the cards at once.
pub fn step(to: Option<Route>, label: &'static str, drawing: Icon) -> Node {
    let Some(route) = to else { return el("span").into() };
    // The narrowest screens hide the label; the name stays.
    let words = nodes![icon(drawing), el("span").child(label)];
    button("button step", words, move || history::replace(&route)).attr("aria-label", label).into()
}

/// The face of a card: the question, and its follow-ups behind one touch. A swipe steps to the neighbour.
pub fn card_face(app: App, question: &Question, previous: Option<Route>, next: Option<Route>) -> Node {
    let address = app.settings.read_untracked().address;
    let start = Rc::new(Cell::new(None::<(f64, f64)>));
    let from = start.clone();
    let up = move |event: Event| {
        let (Some((from_x, from_y)), Some((x, y))) = (from.take(), place_of(&event)) else { return };
        let (dx, dy) = (x - from_x, y - from_y);
        if dx.abs() < SWIPE || dx.abs() < 2.0 * dy.abs() {
            return;
        }
        if let Some(route) = if dx < 0.0 { &next } else { &previous } {
            history::replace(route);
        }
    };
    let more = follow_ups(&question.follow_ups, address);
    let more = (!more.is_empty()).then(|| folded(t::follow_ups(), nodes![div("stack-s", more)]));
    div("middle", nodes![in_large(question, address), more])
        .on("pointerdown", move |event| start.set(place_of(&event)))
        .on("pointerup", up)
        .into()
}

/// The position of the finger, in CSS pixels.
fn place_of(event: &Event) -> Option<(f64, f64)> {
    let event = event.dyn_ref::<PointerEvent>()?;
    Some((event.client_x().into(), event.client_y().into()))
}

/// The question, set smaller if it is long.
pub fn in_large(question: &Question, address: Address) -> Element {
    let class = if is_long(question) { "says-big long" } else { "says-big" };
    p_of(class, question.text.in_form(address).to_owned())
}

/// The follow-up questions.
pub fn follow_ups(follow_ups: &[Spoken], address: Address) -> Vec<Node> {
    collect_nodes(follow_ups.iter().map(|f| p_of("says speech", f.in_form(address).to_owned())))
}
