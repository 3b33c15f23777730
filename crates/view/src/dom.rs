//! Mounting a view in a page.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Event};

use crate::node::{Element, ElementData, Node, Setting};
use crate::signals::{LocalSignal, effect};

/// Appends a node to `parent`. Its live parts follow their signals until the current owner is disposed of.
///
/// # Errors
/// Where the browser refuses a name of an element or an attribute.
pub fn mount(node: Node, parent: &web_sys::Node) -> Result<(), JsValue> {
    let document = parent.owner_document().ok_or("no document")?;
    append(&document, node, parent)
}

/// The value of the field that an event came from.
#[must_use]
pub fn typed_value(event: &Event) -> String {
    let target = event.target();
    if let Some(field) = target.as_ref().and_then(|t| t.dyn_ref::<web_sys::HtmlTextAreaElement>()) {
        return field.value();
    }
    target.and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok()).map(|f| f.value()).unwrap_or_default()
}

fn append(document: &Document, node: Node, parent: &web_sys::Node) -> Result<(), JsValue> {
    match node {
        Node::Nothing => {}
        Node::Text(text) => {
            parent.append_child(&document.create_text_node(&text))?;
        }
        Node::Many(nodes) => {
            for node in nodes {
                append(document, node, parent)?;
            }
        }
        Node::Element(Element(element)) => append_element(document, *element, parent)?,
        Node::Live(render) => append_live(document, render, parent)?,
    }
    Ok(())
}

fn append_element(document: &Document, element: ElementData, parent: &web_sys::Node) -> Result<(), JsValue> {
    const SVG: &str = "http://www.w3.org/2000/svg";
    let made = match element.tag {
        "svg" | "path" => document.create_element_ns(Some(SVG), element.tag)?,
        tag => document.create_element(tag)?,
    };
    // Children first: a `select` can only show an option that it has.
    for child in element.children {
        append(document, child, &made)?;
    }
    for setting in element.settings {
        apply(&made, setting)?;
    }
    parent.append_child(&made)?;
    Ok(())
}

fn apply(element: &web_sys::Element, setting: Setting) -> Result<(), JsValue> {
    match setting {
        Setting::Attribute(name, value) => element.set_attribute(name, &value)?,
        Setting::LiveAttribute(name, value) => {
            let element = element.clone();
            effect(move || {
                // Fails only for a name that is no attribute name.
                let _ = match value() {
                    Some(value) => element.set_attribute(name, &value),
                    None => element.remove_attribute(name),
                };
            });
        }
        Setting::LiveFlag(name, on) => {
            let (element, before) = (element.clone(), Cell::new(None));
            effect(move || {
                let on = on();
                // Setting an attribute makes the browser compute styles anew, even to the same value.
                if before.replace(Some(on)) != Some(on) {
                    let _ = element.set_attribute(name, if on { "true" } else { "false" });
                }
            });
        }
        // Properties: the attributes of these names hold only the initial state.
        Setting::LiveValue(value) => live_property(element, "value", move || value().into()),
        Setting::LiveChecked(on) => live_property(element, "checked", move || on().into()),
        Setting::On(event, handler) => listen(element, event, handler)?,
        Setting::OnMount(mut handler) => handler(element.clone()),
    }
    Ok(())
}

fn live_property(element: &web_sys::Element, name: &'static str, value: impl Fn() -> JsValue + 'static) {
    let element = element.clone();
    effect(move || {
        // Fails only for an object that is frozen.
        let _ = js_sys::Reflect::set(&element, &name.into(), &value());
    });
}

fn listen(element: &web_sys::Element, event: &str, handler: Box<dyn FnMut(Event)>) -> Result<(), JsValue> {
    // The browser frees a listener some time after its element. What the handler captured may be private, so
    // it belongs to the screen and is dropped with it.
    let handler = LocalSignal::new(Some(Rc::new(RefCell::new(handler))));
    let call: Box<dyn FnMut(Event)> = Box::new(move |event| {
        if let Some(handler) = handler.get_untracked()
            && let Ok(mut handler) = handler.try_borrow_mut()
        {
            handler(event);
        }
    });
    let listener = Closure::wrap(call).into_js_value();
    element.add_event_listener_with_callback(event, listener.unchecked_ref())
}

/// A live part stands between two comments; what is between them is replaced.
fn append_live(document: &Document, render: Box<dyn Fn() -> Node>, parent: &web_sys::Node) -> Result<(), JsValue> {
    let (start, end) = (document.create_comment(""), document.create_comment(""));
    parent.append_child(&start)?;
    parent.append_child(&end)?;
    let document = document.clone();
    effect(move || {
        let fragment = document.create_document_fragment();
        let built = append(&document, render(), &fragment);
        while let Some(old) = start.next_sibling().filter(|old| !old.is_same_node(Some(&end))) {
            if let Some(parent) = old.parent_node() {
                let _ = parent.remove_child(&old);
            }
        }
        if let (Ok(()), Some(parent)) = (built, end.parent_node()) {
            let _ = parent.insert_before(&fragment, Some(&end));
        }
    });
    Ok(())
}
