//! Rendering a view to HTML, without a browser.

use crate::node::{Element, ElementData, Node, Setting};

/// Elements that have no end tag.
const VOID: [&str; 4] = ["br", "hr", "img", "input"];

/// Renders a node to HTML. Live parts are rendered once; listeners and `on_mount` are left out.
///
/// ```
/// use naast_view::{el, to_html};
///
/// let field = el("label").child("Age <in years>").child(el("input").attr("type", "text").live_value(|| "4".into()));
/// assert_eq!(to_html(field), r#"<label>Age &lt;in years&gt;<input type="text" value="4"></label>"#);
/// ```
#[must_use]
pub fn to_html(node: impl Into<Node>) -> String {
    let mut html = String::new();
    write_node(node.into(), &mut html);
    html
}

fn write_node(node: Node, html: &mut String) {
    match node {
        Node::Nothing => {}
        Node::Text(text) => write_escaped(&text, html),
        Node::Many(nodes) => nodes.into_iter().for_each(|node| write_node(node, html)),
        Node::Element(Element(element)) => write_element(*element, html),
        Node::Live(render) => write_node(render(), html),
    }
}

fn write_element(element: ElementData, html: &mut String) {
    let tag = element.tag;
    html.push('<');
    html.push_str(tag);
    let mut content = None;
    for setting in element.settings {
        match setting {
            Setting::Attribute(name, value) => write_attribute(name, &value, html),
            Setting::LiveAttribute(name, value) => {
                if let Some(value) = value() {
                    write_attribute(name, &value, html);
                }
            }
            Setting::LiveFlag(name, on) => write_attribute(name, if on() { "true" } else { "false" }, html),
            Setting::LiveValue(value) if tag == "textarea" => content = Some(value()),
            Setting::LiveValue(value) => write_attribute("value", &value(), html),
            Setting::LiveChecked(on) if on() => write_attribute("checked", "", html),
            Setting::LiveChecked(_) | Setting::On(..) | Setting::OnMount(_) => {}
        }
    }
    html.push('>');
    if VOID.contains(&tag) {
        return;
    }
    if let Some(content) = content {
        write_escaped(&content, html);
    }
    element.children.into_iter().for_each(|child| write_node(child, html));
    html.push_str("</");
    html.push_str(tag);
    html.push('>');
}

fn write_attribute(name: &str, value: &str, html: &mut String) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    write_escaped(value, html);
    html.push('"');
}

fn write_escaped(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{GlobalSignal, el, live, nodes};

    #[test]
    fn escapes_text_and_attributes() {
        let view = el("p").attr("title", "\"a\" & b").child("<script>&".to_owned());
        assert_eq!(to_html(view), "<p title=\"&quot;a&quot; &amp; b\">&lt;script&gt;&amp;</p>");
    }

    #[test]
    fn renders_live_parts_with_their_present_value() {
        let shown = GlobalSignal::new(false);
        let view = move || {
            el("ul")
                .live_flag("aria-busy", move || shown.get())
                .child(live(move || shown.get().then(|| el("li").child("one"))))
        };
        assert_eq!(to_html(view()), "<ul aria-busy=\"false\"></ul>");
        shown.set(true);
        assert_eq!(to_html(view()), "<ul aria-busy=\"true\"><li>one</li></ul>");
    }

    #[test]
    fn renders_fields_with_what_is_in_them() {
        let area = el("textarea").live_value(|| "a<b".to_owned());
        let box_on = el("input").attr("type", "checkbox").live_checked(|| true);
        assert_eq!(to_html(nodes![area, box_on]), "<textarea>a&lt;b</textarea><input type=\"checkbox\" checked=\"\">");
    }
}
