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
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{Owner, RenderEffect};
use naast_core::order::Listed;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Event};

use crate::watched::Local;

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
    Element(Element),
    /// Several, one after another.
    Many(Vec<Node>),
    /// What this says, made anew whenever a signal that it read changes.
    Live(Box<dyn Says<Node>>),
}

/// A closure to ask again and again. A trait of our own, for every boxed `Fn` brings two more
/// functions along that nobody calls; with some hundreds of them that is 2 kB to download.
pub trait Says<T> {
    /// What it says now.
    fn say(&self) -> T;
}

impl<T, F: Fn() -> T> Says<T> for F {
    fn say(&self) -> T {
        self()
    }
}

/// A closure to tell things; as [`Says`].
pub trait Hears<T> {
    /// Tells it this.
    fn hear(&mut self, what: T);
}

impl<T, F: FnMut(T)> Hears<T> for F {
    fn hear(&mut self, what: T) {
        self(what);
    }
}

/// An element with its attributes, listeners and children. Behind one pointer, so that
/// building it step by step moves no more than that.
pub struct Element(Box<Inner>);

struct Inner {
    tag: &'static str,
    settings: Vec<Setting>,
    children: Vec<Node>,
}

enum Setting {
    Fixed(&'static str, Words),
    Live(&'static str, Box<dyn Says<Option<Words>>>),
    Flag(&'static str, Box<dyn Says<bool>>),
    Value(Box<dyn Says<String>>),
    Checked(Box<dyn Says<bool>>),
    On(&'static str, Box<dyn Hears<Event>>),
    Input(Box<dyn Hears<String>>),
    Made(Box<dyn Hears<web_sys::Element>>),
}

/// Children, one after another: `nodes!["Hallo ", strong("jij"), live(move || …)]`.
#[macro_export]
macro_rules! nodes {
    ($($child:expr),* $(,)?) => {{
        #[allow(unused_mut)]
        let mut all = ::std::vec::Vec::new();
        $($crate::node::Child::add_to($child, &mut all);)*
        all
    }};
}

/// What can be a child. Adding one is a call: rows of nodes stand everywhere, and a call is less
/// to download than putting a node together in place.
pub trait Child {
    /// Adds it after those that are there.
    fn add_to(self, all: &mut Vec<Node>);
}

impl Child for &'static str {
    #[inline(never)]
    fn add_to(self, all: &mut Vec<Node>) {
        all.push(Node::Text(Words::Borrowed(self)));
    }
}

impl Child for &'static String {
    fn add_to(self, all: &mut Vec<Node>) {
        self.as_str().add_to(all);
    }
}

impl Child for Element {
    #[inline(never)]
    fn add_to(self, all: &mut Vec<Node>) {
        all.push(Node::Element(self));
    }
}

impl Child for Node {
    #[inline(never)]
    fn add_to(self, all: &mut Vec<Node>) {
        all.push(self);
    }
}

impl Child for String {
    #[inline(never)]
    fn add_to(self, all: &mut Vec<Node>) {
        all.push(Node::Text(Words::Owned(self)));
    }
}

impl Child for Words {
    #[inline(never)]
    fn add_to(self, all: &mut Vec<Node>) {
        all.push(Node::Text(self));
    }
}

impl Child for Vec<Node> {
    #[inline(never)]
    fn add_to(self, all: &mut Vec<Node>) {
        all.push(Node::Many(self));
    }
}

impl<C: Child> Child for Option<C> {
    fn add_to(self, all: &mut Vec<Node>) {
        if let Some(child) = self {
            child.add_to(all);
        }
    }
}

/// What `make` says, made anew whenever a signal that it reads changes.
pub fn live<N: Into<Node>>(make: impl Fn() -> N + 'static) -> Node {
    Node::Live(Box::new(move || make().into()))
}

/// An element of any kind.
#[inline(never)]
pub fn el(tag: &'static str) -> Element {
    Element(Box::new(Inner { tag, settings: Vec::new(), children: Vec::new() }))
}

/// What an attribute can say.
pub trait Value {
    /// Puts it on the element.
    fn put(self, element: Element, name: &'static str) -> Element;
}

impl Value for &'static str {
    #[inline(never)]
    fn put(self, element: Element, name: &'static str) -> Element {
        element.set(Setting::Fixed(name, Words::Borrowed(self)))
    }
}

impl Value for String {
    #[inline(never)]
    fn put(self, element: Element, name: &'static str) -> Element {
        element.set(Setting::Fixed(name, Words::Owned(self)))
    }
}

impl Value for Words {
    #[inline(never)]
    fn put(self, element: Element, name: &'static str) -> Element {
        element.set(Setting::Fixed(name, self))
    }
}

// One function a kind of setting, never inlined: a screen is a long row of calls, and
// what a call needs is all that it should cost.
impl Element {
    #[inline(never)]
    fn set(mut self, setting: Setting) -> Self {
        self.0.settings.push(setting);
        self
    }

    #[inline(never)]
    fn add(mut self, child: Node) -> Self {
        self.0.children.push(child);
        self
    }

    /// Its classes.
    pub fn class(self, names: &'static str) -> Self {
        names.put(self, "class")
    }

    /// An attribute.
    pub fn attr(self, name: &'static str, value: impl Value) -> Self {
        value.put(self, name)
    }

    /// An attribute that is there only when it has a value.
    pub fn maybe(self, name: &'static str, value: Option<impl Value>) -> Self {
        match value {
            Some(value) => value.put(self, name),
            None => self,
        }
    }

    /// An attribute that follows signals; absent for `None`.
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> Option<Words> + 'static) -> Self {
        self.set(Setting::Live(name, Box::new(value)))
    }

    /// An attribute that says `true` or `false`, as `aria-pressed`.
    pub fn flag(self, name: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        self.set(Setting::Flag(name, Box::new(on)))
    }

    /// What stands in a field.
    pub fn value(self, value: impl Fn() -> String + 'static) -> Self {
        self.set(Setting::Value(Box::new(value)))
    }

    /// Whether a box is ticked.
    pub fn checked(self, on: impl Fn() -> bool + 'static) -> Self {
        self.set(Setting::Checked(Box::new(on)))
    }

    /// Listens.
    pub fn on(self, event: &'static str, run: impl FnMut(Event) + 'static) -> Self {
        self.set(Setting::On(event, Box::new(run)))
    }

    /// Listens for a touch, a click or the keys that mean one.
    pub fn click(self, mut run: impl FnMut() + 'static) -> Self {
        self.on("click", move |_| run())
    }

    /// Listens for what is typed or chosen in a field.
    pub fn input(self, run: impl FnMut(String) + 'static) -> Self {
        self.set(Setting::Input(Box::new(run)))
    }

    /// Gets the element of the page, once it is made and before it is shown.
    pub fn made(self, run: impl FnMut(web_sys::Element) + 'static) -> Self {
        self.set(Setting::Made(Box::new(run)))
    }

    /// A child, after those that are there.
    pub fn child(self, child: impl Into<Node>) -> Self {
        self.add(child.into())
    }

    /// Children, after those that are there.
    #[inline(never)]
    pub fn children(mut self, mut children: Vec<Node>) -> Self {
        self.0.children.append(&mut children);
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
        Self::Element(element)
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

impl<N: Into<Node>> FromIterator<N> for Node {
    fn from_iter<I: IntoIterator<Item = N>>(nodes: I) -> Self {
        Self::Many(gather(nodes))
    }
}

/// Nodes in a row.
pub fn gather<N: Into<Node>>(nodes: impl IntoIterator<Item = N>) -> Vec<Node> {
    nodes.into_iter().map(Into::into).listed()
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
        Node::Element(element) => place_element(document, *element.0, parent)?,
        Node::Live(make) => place_live(document, make, parent)?,
    }
    Ok(())
}

fn place_element(document: &Document, element: Inner, parent: &web_sys::Node) -> Result<(), JsValue> {
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
                let _ = match value.say() {
                    Some(value) => made.set_attribute(name, &value),
                    None => made.remove_attribute(name),
                };
            }));
        }
        Setting::Flag(name, on) => {
            let (made, was) = (made.clone(), Cell::new(None));
            follow(Box::new(move || {
                let on = on.say();
                // Whatever an attribute is set to, the page looks at its styles anew.
                if was.replace(Some(on)) != Some(on) {
                    let _ = made.set_attribute(name, if on { "true" } else { "false" });
                }
            }));
        }
        // Properties, for their attributes only say what was there at first.
        Setting::Value(value) => {
            let made = made.clone();
            follow(Box::new(move || {
                let _ = js_sys::Reflect::set(&made, &"value".into(), &value.say().into());
            }));
        }
        Setting::Checked(on) => {
            let made = made.clone();
            follow(Box::new(move || {
                let _ = js_sys::Reflect::set(&made, &"checked".into(), &on.say().into());
            }));
        }
        Setting::On(event, run) => listen(made, event, run)?,
        Setting::Input(mut run) => listen(made, "input", Box::new(move |event: Event| run.hear(typed(&event))))?,
        Setting::Made(mut run) => run.hear(made.clone()),
    }
    Ok(())
}

fn listen(made: &web_sys::Element, event: &str, run: Box<dyn Hears<Event>>) -> Result<(), JsValue> {
    // The browser frees the closure some time after the element. What it knows goes with the screen:
    // that may be words that belong behind the lock.
    let held = Local::new(Some(Rc::new(RefCell::new(run))));
    let run: Box<dyn FnMut(Event)> = Box::new(move |event| {
        if let Some(run) = held.get_untracked()
            && let Ok(mut run) = run.try_borrow_mut()
        {
            run.hear(event);
        }
    });
    let listener = Closure::wrap(run).into_js_value();
    made.add_event_listener_with_callback(event, listener.unchecked_ref())
}

/// A live part lies between two marks; what lies between them is replaced.
fn place_live(document: &Document, make: Box<dyn Says<Node>>, parent: &web_sys::Node) -> Result<(), JsValue> {
    let (before, after) = (document.create_comment(""), document.create_comment(""));
    parent.append_child(&before)?;
    parent.append_child(&after)?;
    let document = document.clone();
    follow(Box::new(move || {
        let fresh = document.create_document_fragment();
        let built = place(&document, make.say(), &fresh);
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
pub fn follow(run: Box<dyn Says<()>>) {
    let effect = RenderEffect::new(move |_| run.say());
    Owner::on_cleanup(move || drop(effect));
}
