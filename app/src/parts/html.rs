//! The elements that pages are written with.

use naast_core::route::Route;

use naast_view::{Element, Node, el};

/// A block with a class.
#[inline(never)]
pub fn div(class: &'static str, children: Vec<Node>) -> Element {
    el("div").class(class).children(children)
}

/// A section of a page, with its own heading in it.
#[inline(never)]
pub fn section(class: &'static str, children: Vec<Node>) -> Element {
    el("section").class(class).children(children)
}

/// The heading of the page, which gets the focus when the page changes.
pub fn h1(title: impl Into<Node>) -> Element {
    el("h1").attr("tabindex", "-1").child(title)
}

/// The heading of a page for screen readers; sighted users see the place in the top line.
pub fn hidden_h1(title: impl Into<Node>) -> Element {
    h1(title).class("visually-hidden")
}

/// The heading of a section.
pub fn h2(title: impl Into<Node>) -> Element {
    el("h2").child(title)
}

/// A small heading above a section.
pub fn eyebrow_h2(title: impl Into<Node>) -> Element {
    h2(title).class("eyebrow")
}

/// A paragraph.
pub fn p(text: impl Into<Node>) -> Element {
    el("p").child(text)
}

/// A paragraph with a class.
pub fn p_of(class: &'static str, text: impl Into<Node>) -> Element {
    p(text).class(class)
}

/// Text with a class, inline.
pub fn span(class: &'static str, text: impl Into<Node>) -> Element {
    el("span").class(class).child(text)
}

/// Strong text.
pub fn strong(text: impl Into<Node>) -> Element {
    el("strong").child(text)
}

/// A line break.
pub fn br() -> Element {
    el("br")
}

/// A list; the items are `li`.
pub fn ul(class: &'static str, items: impl IntoIterator<Item = Element>) -> Element {
    el("ul").class(class).child(items.into_iter().collect::<Node>())
}

/// An item of a list.
pub fn li(children: Vec<Node>) -> Element {
    el("li").children(children)
}

/// A link to a screen.
#[inline(never)]
pub fn link(class: &'static str, route: &Route, children: Vec<Node>) -> Element {
    el("a").class(class).attr("href", route.to_string()).children(children)
}

/// A button.
pub fn button(class: &'static str, children: Vec<Node>, press: impl FnMut() + 'static) -> Element {
    el("button").attr("type", "button").class(class).children(children).on_click(press)
}

/// The button that submits a form.
pub fn submit(class: &'static str, children: Vec<Node>) -> Element {
    el("button").attr("type", "submit").class(class).children(children)
}

/// A form; `send` runs when it is submitted, by button or by key.
pub fn form(class: &'static str, children: Vec<Node>, mut send: impl FnMut() + 'static) -> Element {
    el("form").class(class).attr("autocomplete", "off").children(children).on("submit", move |event| {
        event.prevent_default();
        send();
    })
}

/// A part that is folded until it is opened.
pub fn folded(summary: &'static str, children: Vec<Node>) -> Element {
    el("details").child(el("summary").child(summary)).children(children)
}

/// A live region: screen readers announce what appears in it.
pub fn status(class: &'static str, children: Vec<Node>) -> Element {
    div(class, children).attr("role", "status")
}
