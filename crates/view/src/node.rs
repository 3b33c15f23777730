//! The data: nodes, elements and what can be set on them.

use std::borrow::Cow;

use web_sys::Event;

/// Text, borrowed for as long as the page lives, or owned.
pub type Text = Cow<'static, str>;

/// Anything that can be on the screen.
#[derive(Default)]
pub enum Node {
    /// Nothing.
    #[default]
    Nothing,
    /// Text.
    Text(Text),
    /// An element.
    Element(Element),
    /// Several nodes in a row.
    Many(Vec<Node>),
    /// A part that is rendered again whenever a signal that it read changes.
    Live(Box<dyn Fn() -> Node>),
}

/// An element with its attributes, listeners and children.
///
/// It is boxed, so that building it step by step moves one pointer.
pub struct Element(pub(crate) Box<ElementData>);

pub(crate) struct ElementData {
    pub(crate) tag: &'static str,
    pub(crate) settings: Vec<Setting>,
    pub(crate) children: Vec<Node>,
}

pub(crate) enum Setting {
    Attribute(&'static str, Text),
    LiveAttribute(&'static str, Box<dyn Fn() -> Option<Text>>),
    LiveFlag(&'static str, Box<dyn Fn() -> bool>),
    LiveValue(Box<dyn Fn() -> String>),
    LiveChecked(Box<dyn Fn() -> bool>),
    On(&'static str, Box<dyn FnMut(Event)>),
    OnMount(Box<dyn FnMut(web_sys::Element)>),
}

/// Children in a row: `nodes!["Hello ", strong("you"), live(move || …)]`.
#[macro_export]
macro_rules! nodes {
    ($($child:expr),* $(,)?) => {{
        #[allow(unused_mut)]
        let mut all = ::std::vec::Vec::new();
        $($crate::Child::append_to($child, &mut all);)*
        all
    }};
}

/// Anything that can be a child: text, an element, a node, a row of nodes, or an option of these.
pub trait Child {
    /// Appends it to a row of nodes.
    fn append_to(self, nodes: &mut Vec<Node>);
}

// The functions of this file are called many hundreds of times with constant arguments. Not inlining
// them makes the app 20 kB smaller after brotli.
impl Child for &'static str {
    #[inline(never)]
    fn append_to(self, nodes: &mut Vec<Node>) {
        nodes.push(Node::Text(Text::Borrowed(self)));
    }
}

impl Child for &'static String {
    fn append_to(self, nodes: &mut Vec<Node>) {
        self.as_str().append_to(nodes);
    }
}

impl Child for String {
    #[inline(never)]
    fn append_to(self, nodes: &mut Vec<Node>) {
        nodes.push(Node::Text(Text::Owned(self)));
    }
}

impl Child for Text {
    #[inline(never)]
    fn append_to(self, nodes: &mut Vec<Node>) {
        nodes.push(Node::Text(self));
    }
}

impl Child for Element {
    #[inline(never)]
    fn append_to(self, nodes: &mut Vec<Node>) {
        nodes.push(Node::Element(self));
    }
}

impl Child for Node {
    #[inline(never)]
    fn append_to(self, nodes: &mut Vec<Node>) {
        nodes.push(self);
    }
}

impl Child for Vec<Node> {
    #[inline(never)]
    fn append_to(self, nodes: &mut Vec<Node>) {
        nodes.push(Node::Many(self));
    }
}

impl<C: Child> Child for Option<C> {
    fn append_to(self, nodes: &mut Vec<Node>) {
        if let Some(child) = self {
            child.append_to(nodes);
        }
    }
}

/// A part that is rendered again whenever a signal that `render` reads changes.
pub fn live<N: Into<Node>>(render: impl Fn() -> N + 'static) -> Node {
    Node::Live(Box::new(move || render().into()))
}

/// An element of any kind.
#[inline(never)]
#[must_use]
pub fn el(tag: &'static str) -> Element {
    Element(Box::new(ElementData { tag, settings: Vec::new(), children: Vec::new() }))
}

/// Anything that can be the value of an attribute.
pub trait AttributeValue {
    /// Sets it on the element.
    fn set_on(self, element: Element, name: &'static str) -> Element;
}

impl AttributeValue for &'static str {
    #[inline(never)]
    fn set_on(self, element: Element, name: &'static str) -> Element {
        element.set(Setting::Attribute(name, Text::Borrowed(self)))
    }
}

impl AttributeValue for String {
    #[inline(never)]
    fn set_on(self, element: Element, name: &'static str) -> Element {
        element.set(Setting::Attribute(name, Text::Owned(self)))
    }
}

impl AttributeValue for Text {
    #[inline(never)]
    fn set_on(self, element: Element, name: &'static str) -> Element {
        element.set(Setting::Attribute(name, self))
    }
}

impl Element {
    #[inline(never)]
    fn set(mut self, setting: Setting) -> Self {
        self.0.settings.push(setting);
        self
    }

    #[inline(never)]
    fn push(mut self, child: Node) -> Self {
        self.0.children.push(child);
        self
    }

    /// Sets the classes.
    #[must_use]
    pub fn class(self, names: &'static str) -> Self {
        names.set_on(self, "class")
    }

    /// Sets an attribute.
    #[must_use]
    pub fn attr(self, name: &'static str, value: impl AttributeValue) -> Self {
        value.set_on(self, name)
    }

    /// Sets an attribute if there is a value.
    #[must_use]
    pub fn attr_opt(self, name: &'static str, value: Option<impl AttributeValue>) -> Self {
        match value {
            Some(value) => value.set_on(self, name),
            None => self,
        }
    }

    /// Sets an attribute that follows signals; `None` removes it.
    #[must_use]
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> Option<Text> + 'static) -> Self {
        self.set(Setting::LiveAttribute(name, Box::new(value)))
    }

    /// Sets an attribute that is `true` or `false` and follows signals, such as `aria-pressed`.
    #[must_use]
    pub fn live_flag(self, name: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        self.set(Setting::LiveFlag(name, Box::new(on)))
    }

    /// Sets the `value` property of a field.
    #[must_use]
    pub fn live_value(self, value: impl Fn() -> String + 'static) -> Self {
        self.set(Setting::LiveValue(Box::new(value)))
    }

    /// Sets the `checked` property of a box.
    #[must_use]
    pub fn live_checked(self, on: impl Fn() -> bool + 'static) -> Self {
        self.set(Setting::LiveChecked(Box::new(on)))
    }

    /// Listens for an event.
    #[must_use]
    pub fn on(self, event: &'static str, handler: impl FnMut(Event) + 'static) -> Self {
        self.set(Setting::On(event, Box::new(handler)))
    }

    /// Listens for a click, which is also what a touch and the keys for it cause.
    #[must_use]
    pub fn on_click(self, mut handler: impl FnMut() + 'static) -> Self {
        self.on("click", move |_| handler())
    }

    /// Listens for input in a field, with its new value.
    #[must_use]
    pub fn on_input(self, mut handler: impl FnMut(String) + 'static) -> Self {
        self.on("input", move |event| handler(crate::typed_value(&event)))
    }

    /// Calls `handler` with the element of the page once it is made, before it is shown. Only [`mount`] does
    /// so, not [`to_html`].
    ///
    /// [`mount`]: crate::mount
    /// [`to_html`]: crate::to_html
    #[must_use]
    pub fn on_mount(self, handler: impl FnMut(web_sys::Element) + 'static) -> Self {
        self.set(Setting::OnMount(Box::new(handler)))
    }

    /// Appends a child.
    #[must_use]
    pub fn child(self, child: impl Into<Node>) -> Self {
        self.push(child.into())
    }

    /// Appends children.
    #[inline(never)]
    #[must_use]
    pub fn children(mut self, mut children: Vec<Node>) -> Self {
        self.0.children.append(&mut children);
        self
    }
}

impl From<&'static str> for Node {
    fn from(text: &'static str) -> Self {
        Self::Text(Text::Borrowed(text))
    }
}

impl From<&'static String> for Node {
    fn from(text: &'static String) -> Self {
        Self::Text(Text::Borrowed(text))
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(Text::Owned(text))
    }
}

impl From<Text> for Node {
    fn from(text: Text) -> Self {
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
        Self::Many(collect_nodes(nodes))
    }
}

/// A row of nodes, from anything that can become nodes.
pub fn collect_nodes<N: Into<Node>>(nodes: impl IntoIterator<Item = N>) -> Vec<Node> {
    nodes.into_iter().map(Into::into).collect()
}
