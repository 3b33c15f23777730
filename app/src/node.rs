//! A view as plain data, that Leptos' reactive graph keeps up to date.
//!
//! Why not the `view!` macro: it makes a type, and with it code, of its own for every
//! element, closure and list. Measured on this app that is 325 kB of brotli, components
//! erased; the gate is 180. A [`Node`] is one type, so a screen costs little more than its
//! words. Signals, memos, effects, owners and context are Leptos' own.
//!
//! A screen is a function that returns a [`Node`]. It runs once; what changes is a
//! [`live`] node, a live attribute or a live value, which follow the signals they read.

use std::borrow::Cow;

use leptos::prelude::{Owner, RenderEffect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Event};

/// Words, borrowed or owned.
pub type Words = Cow<'static, str>;

/// Anything that can stand on the screen.
#[derive(Default)]
pub enum Node {
    /// Nothing.
    #[default]
    Nothing,
    /// Words.
    Text(Words),
    /// An element.
    Element(Box<Element>),
    /// Several, one after another.
    Many(Vec<Node>),
    /// What this says, made anew whenever a signal that it read changes.
    Live(Box<dyn Fn() -> Node>),
}

/// An element with its attributes, listeners and children.
pub struct Element {
    tag: &'static str,
    settings: Vec<Setting>,
    children: Vec<Node>,
}

enum Setting {
    Fixed(&'static str, Words),
    Live(&'static str, Box<dyn Fn() -> Option<Words>>),
    /// A property, for what an attribute only says at first: `value`, `checked`.
    Property(&'static str, Box<dyn Fn() -> JsValue>),
    On(&'static str, Box<dyn FnMut(Event)>),
    Made(Box<dyn FnOnce(&web_sys::Element)>),
}

/// Children, one after another: `nodes!["Hallo ", strong("jij"), live(move || …)]`.
#[macro_export]
macro_rules! nodes {
    ($($child:expr),* $(,)?) => {
        vec![$($crate::node::Node::from($child)),*]
    };
}

/// What `make` says, made anew whenever a signal that it reads changes.
pub fn live<N: Into<Node>>(make: impl Fn() -> N + 'static) -> Node {
    Node::Live(Box::new(move || make().into()))
}

/// An element of any kind.
pub fn el(tag: &'static str) -> Element {
    Element { tag, settings: Vec::new(), children: Vec::new() }
}

impl Element {
    /// Its classes.
    pub fn class(self, names: &'static str) -> Self {
        self.attr("class", names)
    }

    /// An attribute.
    pub fn attr(mut self, name: &'static str, value: impl Into<Words>) -> Self {
        self.settings.push(Setting::Fixed(name, value.into()));
        self
    }

    /// An attribute that is there only when it has a value.
    pub fn maybe(self, name: &'static str, value: Option<impl Into<Words>>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// An attribute that follows signals; absent for `None`.
    pub fn live_attr(mut self, name: &'static str, value: impl Fn() -> Option<Words> + 'static) -> Self {
        self.settings.push(Setting::Live(name, Box::new(value)));
        self
    }

    /// An attribute that says `true` or `false`, as `aria-pressed`.
    pub fn flag(self, name: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        self.live_attr(name, move || Some(Words::Borrowed(if on() { "true" } else { "false" })))
    }

    /// What stands in a field.
    pub fn value(mut self, value: impl Fn() -> String + 'static) -> Self {
        self.settings.push(Setting::Property("value", Box::new(move || value().into())));
        self
    }

    /// Whether a box is ticked.
    pub fn checked(mut self, on: impl Fn() -> bool + 'static) -> Self {
        self.settings.push(Setting::Property("checked", Box::new(move || on().into())));
        self
    }

    /// Listens.
    pub fn on(mut self, event: &'static str, run: impl FnMut(Event) + 'static) -> Self {
        self.settings.push(Setting::On(event, Box::new(run)));
        self
    }

    /// Listens for a touch, a click or the keys that mean one.
    pub fn click(self, mut run: impl FnMut() + 'static) -> Self {
        self.on("click", move |_| run())
    }

    /// Listens for what is typed or chosen in a field.
    pub fn input(self, mut run: impl FnMut(String) + 'static) -> Self {
        self.on("input", move |event| run(typed(&event)))
    }

    /// Gets the element of the page, once it is made and before it is shown.
    pub fn made(mut self, run: impl FnOnce(&web_sys::Element) + 'static) -> Self {
        self.settings.push(Setting::Made(Box::new(run)));
        self
    }

    /// A child, after those that are there.
    pub fn child(mut self, child: impl Into<Node>) -> Self {
        self.children.push(child.into());
        self
    }

    /// Children, after those that are there.
    pub fn children(mut self, mut children: Vec<Node>) -> Self {
        self.children.append(&mut children);
        self
    }
}

/// What stands in the field that an event came from.
pub fn typed(event: &Event) -> String {
    let target = event.target();
    if let Some(field) = target.as_ref().and_then(|t| t.dyn_ref::<web_sys::HtmlTextAreaElement>()) {
        return field.value();
    }
    target.and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok()).map(|f| f.value()).unwrap_or_default()
}

impl From<&'static str> for Node {
    fn from(text: &'static str) -> Self {
        Self::Text(Words::Borrowed(text))
    }
}

impl From<&'static String> for Node {
    fn from(text: &'static String) -> Self {
        Self::Text(Words::Borrowed(text))
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(Words::Owned(text))
    }
}

impl From<Words> for Node {
    fn from(text: Words) -> Self {
        Self::Text(text)
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self::Element(Box::new(element))
    }
}

impl From<Vec<Node>> for Node {
    fn from(nodes: Vec<Node>) -> Self {
        Self::Many(nodes)
    }
}

impl<N: Into<Node>> From<Option<N>> for Node {
    fn from(maybe: Option<N>) -> Self {
        maybe.map_or(Self::Nothing, Into::into)
    }
}

impl FromIterator<Element> for Node {
    fn from_iter<I: IntoIterator<Item = Element>>(elements: I) -> Self {
        Self::Many(elements.into_iter().map(Into::into).collect())
    }
}

impl FromIterator<Node> for Node {
    fn from_iter<I: IntoIterator<Item = Node>>(nodes: I) -> Self {
        Self::Many(nodes.into_iter().collect())
    }
}

/// Puts a node into the page, at the end of `parent`. Live parts live as long as the
/// owner that this runs under.
///
/// # Errors
/// Where the page refuses, which it does not for a page of ours.
pub fn mount(node: Node, parent: &web_sys::Node) -> Result<(), JsValue> {
    let document = parent.owner_document().ok_or("no document")?;
    place(&document, node, parent)
}

fn place(document: &Document, node: Node, parent: &web_sys::Node) -> Result<(), JsValue> {
    match node {
        Node::Nothing => {}
        Node::Text(text) => {
            parent.append_child(&document.create_text_node(&text))?;
        }
        Node::Many(nodes) => {
            for node in nodes {
                place(document, node, parent)?;
            }
        }
        Node::Element(element) => place_element(document, *element, parent)?,
        Node::Live(make) => place_live(document, make, parent)?,
    }
    Ok(())
}

fn place_element(document: &Document, element: Element, parent: &web_sys::Node) -> Result<(), JsValue> {
    const SVG: &str = "http://www.w3.org/2000/svg";
    let made = match element.tag {
        "svg" | "path" => document.create_element_ns(Some(SVG), element.tag)?,
        tag => document.create_element(tag)?,
    };
    // Children first: a field that shows one of its options needs them there.
    for child in element.children {
        place(document, child, &made)?;
    }
    for setting in element.settings {
        set(&made, setting)?;
    }
    parent.append_child(&made)?;
    Ok(())
}

fn set(made: &web_sys::Element, setting: Setting) -> Result<(), JsValue> {
    match setting {
        Setting::Fixed(name, value) => made.set_attribute(name, &value)?,
        Setting::Live(name, value) => {
            let made = made.clone();
            follow(Box::new(move || {
                // The page refuses no attribute of ours.
                let _ = match value() {
                    Some(value) => made.set_attribute(name, &value),
                    None => made.remove_attribute(name),
                };
            }));
        }
        Setting::Property(name, value) => {
            let made = made.clone();
            follow(Box::new(move || {
                let _ = js_sys::Reflect::set(&made, &name.into(), &value());
            }));
        }
        Setting::On(event, run) => {
            // The browser frees the closure together with the element.
            let listener = Closure::wrap(run).into_js_value();
            made.add_event_listener_with_callback(event, listener.unchecked_ref())?;
        }
        Setting::Made(run) => run(made),
    }
    Ok(())
}

/// A live part lies between two marks; what lies between them is replaced.
fn place_live(document: &Document, make: Box<dyn Fn() -> Node>, parent: &web_sys::Node) -> Result<(), JsValue> {
    let (before, after) = (document.create_comment(""), document.create_comment(""));
    parent.append_child(&before)?;
    parent.append_child(&after)?;
    let document = document.clone();
    follow(Box::new(move || {
        let fresh = document.create_document_fragment();
        let built = place(&document, make(), &fresh);
        while let Some(old) = before.next_sibling().filter(|old| !old.is_same_node(Some(&after))) {
            if let Some(parent) = old.parent_node() {
                let _ = parent.remove_child(&old);
            }
        }
        if let (Ok(()), Some(parent)) = (built, after.parent_node()) {
            let _ = parent.insert_before(&fresh, Some(&after));
        }
    }));
    Ok(())
}

/// Runs now, and again whenever a signal that it read changes, until its owner is done.
pub fn follow(run: Box<dyn Fn()>) {
    let effect = RenderEffect::new(move |_| run());
    Owner::on_cleanup(move || drop(effect));
}
