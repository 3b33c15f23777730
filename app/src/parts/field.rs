//! Fields, choices and sliders, and the line that says what is saved.

use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::{html::*, status};
use crate::labels::Label;
use crate::messages::field as t;
use crate::session::{Saving, Session};
use naast_view::{Element, LocalSignal, Node, collect_nodes, el, nodes};

/// A fresh id, so that a label can name its field.
fn fresh_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("f{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A label, a hint if there is one, and their field.
fn field(label: impl Into<Node>, hint: &'static str, input: Element) -> Element {
    let id = fresh_id();
    let hint_id = format!("{id}h");
    let helped = !hint.is_empty();
    div(
        "field",
        nodes![
            el("label").attr("for", id.clone()).child(label),
            helped.then(|| p_of("hint", hint).attr("id", hint_id.clone())),
            input.attr("id", id).attr_opt("aria-describedby", helped.then_some(hint_id.clone())),
        ],
    )
}

/// The kind of a field of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Plain text.
    Text,
    /// A telephone number.
    Phone,
    /// A day; its value is `YYYY-MM-DD`.
    Date,
    /// A time of day; its value is `HH:MM`, or nothing.
    Time,
}

/// A field of one line, at most 200 characters.
pub fn text_line(
    label: &'static str,
    hint: &'static str,
    kind: Line,
    value: impl Fn() -> String + 'static,
    input: impl FnMut(String) + 'static,
) -> Element {
    let kind = match kind {
        Line::Text => "text",
        Line::Phone => "tel",
        Line::Date => "date",
        Line::Time => "time",
    };
    let line = el("input").class("input").attr("type", kind).attr("autocomplete", "off").attr("dir", "auto");
    field(label, hint, line.attr("maxlength", "200").live_value(value).on_input(input))
}

/// A field for a passphrase, which shows what is typed if asked to.
pub fn secret_line(
    label: impl Into<Node>,
    hint: &'static str,
    autocomplete: &'static str,
    shown: impl Fn() -> bool + 'static,
    value: LocalSignal<String>,
) -> Element {
    let line = el("input")
        .class("input")
        .live_attr("type", move || Some(if shown() { "text" } else { "password" }.into()))
        .attr("autocomplete", autocomplete)
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false");
    field(label, hint, line.live_value(move || value.get()).on_input(move |text| value.set(text)))
}

/// A field of several lines for secret words. They are shown while they are typed, and kept from spelling checks,
/// keyboards and password managers.
pub fn secret_area(label: &'static str, hint: &'static str, value: LocalSignal<String>) -> Element {
    let area = el("textarea")
        .class("input")
        .attr("rows", "4")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("autocorrect", "off")
        .attr("spellcheck", "false");
    field(label, hint, area.live_value(move || value.get()).on_input(move |text| value.set(text)))
}

/// A field of several lines that grows with its text; `example` is shown in grey while it is empty.
pub fn text_area(
    label: &'static str,
    hint: &'static str,
    example: &'static str,
    value: impl Fn() -> String + 'static,
    input: impl FnMut(String) + 'static,
) -> Element {
    let area = el("textarea").class("input").attr("dir", "auto").attr("autocomplete", "off");
    field(label, hint, area.attr("placeholder", example).live_value(value).on_input(input))
}

/// A checkbox with its label beside it.
pub fn tick(words: impl Into<Node>, on: impl Fn() -> bool + 'static, mut change: impl FnMut() + 'static) -> Element {
    let input = el("input").attr("type", "checkbox").live_checked(on).on("change", move |_| change());
    el("label").class("choice").child(input).child(el("span").child(words))
}

/// A tick that is on unless this item is among those left out.
pub fn tick_unless<T: Clone + PartialEq>(words: impl Into<Node>, left_out: LocalSignal<Vec<T>>, item: T) -> Element {
    let shown = item.clone();
    let change = move || {
        let mut out = (*left_out.read_untracked()).clone();
        match out.iter().position(|known| *known == item) {
            Some(at) => drop(out.remove(at)),
            None => out.push(item.clone()),
        }
        left_out.set(out);
    };
    tick(words, move || !left_out.read().contains(&shown), change)
}

/// One choice out of a few: large rows with radio buttons.
pub fn choice<T: Label + Copy + PartialEq>(
    legend: &'static str,
    options: &'static [T],
    chosen: impl Fn() -> T + 'static,
    choose: impl Fn(T) + 'static,
) -> Element {
    let place = move || options.iter().position(|option| *option == chosen());
    let choose = move |at: usize| options.get(at).copied().into_iter().for_each(&choose);
    choice_at(legend, &options.iter().map(|option| option.label()).collect::<Vec<_>>(), Rc::new(place), Rc::new(choose))
}

/// The choice by index, so that it is compiled once for all types.
fn choice_at(
    legend: &'static str,
    words: &[&'static str],
    chosen: Rc<dyn Fn() -> Option<usize>>,
    choose: Rc<dyn Fn(usize)>,
) -> Element {
    let name = fresh_id();
    let row = |(at, words): (usize, &&'static str)| {
        let (chosen, choose) = (chosen.clone(), choose.clone());
        let input = el("input")
            .attr("type", "radio")
            .attr("name", name.clone())
            .live_checked(move || chosen() == Some(at))
            .on("change", move |_| choose(at));
        el("label").class("choice").child(input).child(el("span").child(*words))
    };
    let rows = collect_nodes(words.iter().enumerate().map(row));
    el("fieldset").class("field").child(el("legend").child(legend)).children(rows)
}

/// A slider; `words` says its value.
pub fn slider(
    label: &'static str,
    (least, most): (u16, u16),
    value: impl Fn() -> u16 + Copy + 'static,
    words: fn(u16) -> String,
    mut input: impl FnMut(u16) + 'static,
) -> Element {
    let range = el("input")
        .attr("type", "range")
        .attr("min", least.to_string())
        .attr("max", most.to_string())
        .live_attr("aria-valuetext", move || Some(words(value()).into()))
        .live_value(move || value().to_string())
        .on_input(move |text| {
            if let Ok(value) = text.parse() {
                input(value);
            }
        });
    let label = nodes![label, ": ", naast_view::live(move || words(value()))];
    field(label, "", range.class("range"))
}

/// A slider from 0 to 10 between two texts; unset until it is touched.
pub fn scale_between(
    low: &'static str,
    high: &'static str,
    value: impl Fn() -> Option<u8> + Copy + 'static,
    choose: impl Fn(Option<u8>) + Copy + 'static,
) -> Element {
    let said = move || match value() {
        None => t::not_chosen().to_owned(),
        Some(n) => t::mark(&n),
    };
    let range = el("input")
        .class("range")
        .attr("type", "range")
        .attr("min", "0")
        .attr("max", "10")
        .attr("aria-label", t::between(&low, &high))
        .live_attr("aria-valuetext", move || Some(said().into()))
        .live_attr("data-unset", move || value().is_none().then(|| "".into()))
        .live_value(move || value().unwrap_or(5).to_string())
        .on_input(move |text| choose(text.parse::<u16>().ok().and_then(|value| value.try_into().ok())));
    // Always present, so that nothing moves and the keyboard focus stays.
    let clear = button("button plain", nodes![t::clear()], move || choose(None))
        .attr("aria-label", t::clear_between(&low, &high));
    div(
        "stack-s",
        nodes![p(low), range, p_of("end", high), clear.live_flag("aria-disabled", move || value().is_none())],
    )
}

/// Says whether what was typed is saved, never before it is.
pub fn save_line(session: Session) -> Element {
    let words = move || match *session.saving.read() {
        Saving::Kept => t::saved(),
        Saving::Busy => t::saving(),
        Saving::Failed(_) => t::not_saved(),
    };
    status("saved", nodes![naast_view::live(words)])
}
