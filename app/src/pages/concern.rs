//! A concern about a child: what was seen apart from what is thought, and the steps to take.

use leptos::prelude::untrack;
use naast_core::content::HelpStep;
use naast_core::records::{Concern, ConcernId, FamilyId, Record, answer, set_answer};
use naast_core::route::Route;

use crate::browser::{clock, history};
use crate::messages::concern as t;
use crate::parts::{
    Icon, action, button, coordinator, danger, div, h1, h2, icon, li, link, not_found, p, p_of, save_line, section,
    text_area,
};
use crate::state::App;
use naast_view::{Element, Node, collect_nodes, el, live, memo, nodes};

/// One text of a concern: how to read and how to write it.
type Text = (fn(&Concern) -> &String, fn(&mut Concern) -> &mut String);

/// `#/gezinnen/<family>/zorg/<concern>`
pub fn concern(app: App, family: FamilyId, id: ConcernId) -> Node {
    // A concern of another family is treated as absent.
    let exists = memo(move || app.session.concern(id).is_some_and(|concern| concern.family == family));
    live(move || if exists.get() { untrack(|| page(app, family, id)) } else { not_found() })
}

fn page(app: App, family: FamilyId, id: ConcernId) -> Node {
    let help = &app.content.help;
    let volunteer = app.settings.read_untracked().role.coordinator_first();
    let (title, prefix, steps) = if volunteer {
        (t::steps_volunteer(), "stap", &help.volunteer_steps)
    } else {
        (t::steps_professional(), "meldcode", &help.meldcode_steps)
    };
    let name = app.session.family_untracked(family).map(|family| p_of("soft", family.nickname).attr("dir", "auto"));
    let area = move |label, hint, example, (get, get_mut): Text| {
        let value = memo(move || app.session.concern(id).map(|concern| get(&concern).clone()).unwrap_or_default());
        let input = move |text: String| app.session.edit_concern(id, |concern| get_mut(concern).clone_from(&text));
        text_area(label, hint, example, move || value.get(), input)
    };
    let number = |(at, step): (usize, &'static HelpStep)| step_of(app, id, format!("{prefix}-{}", at + 1), step);
    div(
        "stack-l",
        nodes![
            h1(t::title()),
            name,
            danger(),
            save_line(app.session),
            area(t::seen(), t::seen_hint(), t::seen_example(), (|concern| &concern.seen, |concern| &mut concern.seen),),
            area(t::thought(), t::thought_hint(), "", (|concern| &concern.thoughts, |concern| &mut concern.thoughts),),
            section(
                "stack",
                nodes![
                    h2(title),
                    el("ol")
                        .class("steps-numbered stack")
                        .children(collect_nodes(steps.iter().enumerate().map(number)))
                ]
            ),
            coordinator(app),
            ending(app, family, id),
        ],
    )
    .into()
}

/// A step, with room for what was done.
fn step_of(app: App, id: ConcernId, asks: String, step: &'static HelpStep) -> Element {
    let also = asks.clone();
    let value = memo(move || {
        app.session.concern(id).map(|concern| answer(&concern.answers, &also).to_owned()).unwrap_or_default()
    });
    let input =
        move |text: String| app.session.edit_concern(id, |concern| set_answer(&mut concern.answers, &asks, &text));
    let note = text_area(t::done(), "", "", move || value.get(), input);
    li(nodes![div("grow stack-s", nodes![el("h3").child(&step.title), p(&step.text), note])])
}

/// Closing, reopening and deleting a concern.
fn ending(app: App, family: FamilyId, id: ConcernId) -> Node {
    let closed = memo(move || app.session.concern(id).is_some_and(|concern| concern.closed.is_some()));
    live(move || {
        let is_closed = closed.get();
        let (words, says) = if is_closed { (t::reopen(), t::closed()) } else { (t::close(), t::close_hint()) };
        let turn = move || app.session.edit_concern(id, |concern| concern.closed = (!is_closed).then(clock::now));
        let remove = move || {
            let gone = app.session.concern(id).map(Record::Concern);
            history::replace(&Route::Family(family));
            app.remove_with_undo(t::deleted(), gone.into_iter().collect::<Vec<_>>());
        };
        nodes![
            p_of("soft small", says),
            button("button wide", nodes![words], turn),
            button("button wide care", nodes![icon(Icon::Bin), t::delete()], remove),
            action(nodes![link("button main", &Route::Family(family), nodes![t::to_family()])]),
        ]
    })
}
