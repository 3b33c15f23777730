//! Choosing the questions to take along.

use naast_core::content::Question;
use naast_core::records::Card;

use super::Here;
use crate::browser::history;
use crate::labels::Label;
use crate::messages::choose as t;
use crate::parts::{
    action, br, button, div, found, li, long_list, moments, ordinary, p_of, search_field, shown_when, span,
};
use crate::state::Looking;
use naast_view::{Element, Memo, Node, el, live, memo, nodes};

pub(super) fn view(here: Here) -> Node {
    let app = here.app;
    let looking = here.app.choosing;
    looking.set(Looking::default());
    let chosen = here.cards();
    let seen = memo(move || ordinary(app, &found(app, looking)));
    let list = move || {
        let bank = app.bank();
        let row = move |id: &str| bank.get(id).map(|question| row(here, question, chosen));
        // All at once, so that going back from Hulp finds the list where it was left.
        long_list(true, move || seen.get(), row)
    };
    let nothing = || p_of("card example", t::nothing_found()).into();
    let ready = move || match chosen.read().len() {
        0 => t::done().to_owned(),
        n => t::done_with(n),
    };
    div(
        "stack",
        nodes![
            here.heading(t::title()),
            search_field(looking),
            moments(looking, Node::Nothing),
            shown_when(move || seen.read().is_empty(), nothing),
            live(list),
            action(nodes![button("button main", nodes![live(ready)], history::back)]),
        ],
    )
    .into()
}

fn row(here: Here, question: &Question, chosen: Memo<Vec<String>>) -> Element {
    let text = question.text.in_form(here.app.settings.read_untracked().address).to_owned();
    let (id, also) = (question.id.clone(), question.id.clone());
    let input = el("input").attr("type", "checkbox").live_checked(move || chosen.read().contains(&id)).on(
        "change",
        move |event| {
            if !take_or_leave(here, &also)
                && let Some(field) = event.target()
            {
                // The touch has unticked the box, and the visit did not change, so it must be ticked again here.
                let _ = js_sys::Reflect::set(&field, &"checked".into(), &true.into());
            }
        },
    );
    let words = nodes![span("says", text), br(), span("tag", question.phase.label())];
    li(nodes![el("label").class("list-row choice").child(input).child(span("grow", words))])
}

/// Takes a question along, or leaves it. A card with a note is not removed. Returns whether it was done.
pub(super) fn take_or_leave(here: Here, id: &str) -> bool {
    let mut stays = false;
    here.edit(&mut |visit| match visit.cards.iter().position(|card| card.question == id) {
        Some(at) if visit.cards[at].note.trim().is_empty() => {
            visit.cards.remove(at);
        }
        Some(_) => stays = true,
        None => visit.cards.push(Card::new(id)),
    });
    if stays {
        here.app.say(t::has_note());
    }
    !stays
}
