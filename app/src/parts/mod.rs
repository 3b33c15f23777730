//! The parts that pages are made of.

mod backup_reminder;
mod card;
mod course;
mod drawing;
mod family;
mod field;
mod html;
mod long_list;
mod not_found;
mod passphrase;
mod picture;
mod question;
mod question_body;
mod safety;
mod search;
mod sheet;
mod stored;
mod update_card;

pub use backup_reminder::backup_reminder;
pub use card::{card_face, follow_ups, in_large, step};
pub use course::{changed, compass, listed, numbers};
pub use drawing::{Icon, icon, pictogram, two_chairs};
pub use family::{clearing_card, meanings, please_card, step_card};
pub use field::{
    Line, choice, save_line, scale_between, secret_area, secret_line, slider, text_area, text_line, tick, tick_unless,
};
pub use html::*;
pub use long_list::long_list;
pub use not_found::not_found;
pub use passphrase::{Busy, passphrase_form, progress, show_typed, unlock_problem, word_list};
pub use picture::{compass_picture, dotted, line_picture, times};
pub use question::{favourite, is_long, question_row};
pub use question_body::{coordinator_first, question_body};
pub use safety::{call, coordinator, danger, note_concern, numbered};
pub use search::{found, moments, ordinary, search_field, search_line};
pub use sheet::{hide_button, sheet};
pub use stored::{kept, room_left, room_notice, unreadable_notice};
pub use update_card::update_card;

use std::rc::Rc;

use leptos::prelude::untrack;
use naast_core::records::HIGHEST;
use naast_core::route::Route;

use naast_view::{Element, Node, Text, collect_nodes, live, memo, nodes};

/// Paragraphs of a text.
pub fn paragraphs(texts: &'static [String]) -> Node {
    texts.iter().map(p).collect()
}

/// The main action of a page, low and wide.
pub fn action(children: Vec<Node>) -> Element {
    div("action", children)
}

/// A row of a list that leads to a page: a drawing, a title, a second line.
pub fn link_row(route: &Route, before: Option<Icon>, title: impl Into<Node>, line: impl Into<Text>) -> Element {
    let line: Text = line.into();
    let second = (!line.is_empty()).then(|| span("soft small", nodes![br(), line]));
    li(nodes![link(
        "list-row",
        route,
        nodes![
            before.map(|drawing| span("badge", icon(drawing))),
            span("grow", nodes![title.into(), second]),
            icon(Icon::Forward),
        ],
    )])
}

/// A toggle.
pub fn chip(label: impl Into<Node>, on: impl Fn() -> bool + 'static, press: impl FnMut() + 'static) -> Element {
    button("chip", nodes![label.into()], press).live_flag("aria-pressed", on)
}

/// Toggles under one name, which screen readers announce.
pub fn chip_group(label: impl Into<Text>, chips: Vec<Node>) -> Element {
    div("chips", chips).attr("role", "group").attr("aria-label", label.into())
}

/// Toggles with their name above them.
pub fn labelled_chips(label: &'static str, chips: Vec<Node>) -> Element {
    div("stack-s", nodes![p_of("label", label), chip_group(label, chips)])
}

/// A button with a drawing only; its name is for screen readers.
pub fn icon_button(label: &'static str, drawing: Icon, press: impl FnMut() + 'static) -> Element {
    button("icon-button", nodes![icon(drawing)], press).attr("aria-label", label).attr("title", label)
}

/// A link with a drawing only; its name is for screen readers.
pub fn icon_link(label: &'static str, drawing: Icon, route: &Route) -> Element {
    link("icon-button", route, nodes![icon(drawing)]).attr("aria-label", label).attr("title", label)
}

/// Something went wrong: what happened, what is safe, what you can do.
pub fn trouble(happened: impl Into<Node>, safe: &'static str, todo: &'static str) -> Element {
    div("card care stack-s", nodes![p(strong(happened)), p(safe), p(todo)]).attr("role", "alert")
}

/// Toggles of which at most one is on; touching that one turns it off.
pub fn chips_of<T: crate::labels::Label + Copy + PartialEq>(
    options: &'static [T],
    chosen: impl Fn() -> Option<T> + 'static,
    choose: impl Fn(Option<T>) + 'static,
) -> Vec<Node> {
    let place = move || chosen().and_then(|chosen| options.iter().position(|option| *option == chosen));
    let choose = move |at: Option<usize>| choose(at.and_then(|at| options.get(at).copied()));
    chips_at(&options.iter().map(|option| option.label()).collect::<Vec<_>>(), Rc::new(place), Rc::new(choose))
}

/// Toggles for a number from 0 to 10.
pub fn marks(chosen: impl Fn() -> Option<u8> + 'static, choose: impl Fn(Option<u8>) + 'static) -> Vec<Node> {
    const MARKS: [&str; HIGHEST as usize + 1] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
    let choose = move |at: Option<usize>| choose(at.and_then(|at| u8::try_from(at).ok()));
    chips_at(&MARKS, Rc::new(move || chosen().map(usize::from)), Rc::new(choose))
}

/// The toggles by index, so that they are compiled once for all types.
fn chips_at(
    words: &[&'static str],
    chosen: Rc<dyn Fn() -> Option<usize>>,
    choose: Rc<dyn Fn(Option<usize>)>,
) -> Vec<Node> {
    let chip_of = |(at, words): (usize, &&'static str)| {
        let (shown, asked, choose) = (chosen.clone(), chosen.clone(), choose.clone());
        let press = move || choose(if untrack(&*asked) == Some(at) { None } else { Some(at) });
        chip(*words, move || shown() == Some(at), press)
    };
    collect_nodes(words.iter().enumerate().map(chip_of))
}

/// A part that is shown while `there` holds.
pub fn shown_when(there: impl Fn() -> bool + 'static, make: impl Fn() -> Node + 'static) -> Node {
    let there = memo(there);
    live(move || if there.get() { make() } else { Node::Nothing })
}
