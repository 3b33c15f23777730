//! The part of HTML that the build needs: the page is our own and its tags are simple.

use std::ops::Range;

/// The page with `text` inserted before the first `<meta>`: the opening `<head>` is optional in HTML, and Trunk's
/// minifier removes it.
pub(crate) fn insert_in_head(page: &str, text: &str) -> Option<String> {
    let at = page.find("<meta")?;
    Some(format!("{}{text}{}", page.get(..at)?, page.get(at..)?))
}

/// The style sheets of the page: the position of each tag, and the file it names.
pub(crate) fn stylesheets(page: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = page.get(from..).and_then(|rest| rest.find("<link")) {
        let start = from + start;
        let Some(length) = page.get(start..).and_then(|rest| rest.find('>')) else {
            break;
        };
        let range = start..start + length + 1;
        let tag = page.get(range.clone()).unwrap_or_default();
        if attribute(tag, "rel") == Some("stylesheet")
            && let Some(href) = attribute(tag, "href")
        {
            found.push((range.clone(), href.trim_start_matches("./").to_owned()));
        }
        from = range.end;
    }
    found
}

/// The value of an attribute, quoted or not. A value must not contain a space or `>`.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split(|c: char| c.is_whitespace() || c == '>')
        .filter_map(|word| word.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| {
            let unquoted = value.trim_matches(['"', '\'']);
            // The end of `<link href=./a.css/>`.
            unquoted.strip_suffix('/').unwrap_or(unquoted).trim_matches(['"', '\''])
        })
}

/// Replaces the first style sheet by one tag, and removes the others.
pub(crate) fn replace_stylesheets(page: &str, tag: &str) -> String {
    let mut page = page.to_owned();
    for (index, (range, _)) in stylesheets(&page).into_iter().enumerate().rev() {
        page.replace_range(range, if index == 0 { tag } else { "" });
    }
    page
}

/// The script without indentation and without lines that are only comments. Its behaviour is unchanged: neither
/// our scripts nor those of wasm-bindgen have texts of several lines.
pub(crate) fn compact_script(script: &str) -> String {
    let mut compact = String::new();
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        let ends = line.find("*/").map(|at| at + 2 == line.len());
        if in_comment || line.starts_with("/*") && ends != Some(false) {
            in_comment = ends.is_none();
        } else if !line.is_empty() && !line.starts_with("//") {
            compact.push_str(line);
            compact.push('\n');
        }
    }
    compact
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<html><head><link rel="stylesheet" href="./a.css"/><link rel=icon href=./i.svg><link href=./b.css rel=stylesheet><link rel="stylesheet" href=./c.css/></head>"#;

    #[test]
    fn finds_style_sheets_in_any_spelling() {
        let names: Vec<String> = stylesheets(PAGE).into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["a.css", "b.css", "c.css"]);
    }

    #[test]
    fn many_style_sheets_become_one() {
        let page = replace_stylesheets(PAGE, "<X>");
        assert_eq!(page, "<html><head><X><link rel=icon href=./i.svg></head>");
    }

    #[test]
    fn a_broken_page_has_no_style_sheets() {
        assert!(stylesheets("<link rel=stylesheet").is_empty());
        assert_eq!(insert_in_head("<p>", "x"), None);
    }

    #[test]
    fn a_compact_script_keeps_every_line_that_does_something() {
        let script = "// why\n  const a = 'http://x'; // here\n\n    go(a);\n";
        assert_eq!(compact_script(script), "const a = 'http://x'; // here\ngo(a);\n");
        let script = "/**\n * @returns {number}\n */\nget a() {\n  /* one */\n  return 2\n  * b;\n}\n/* c */ d();\n";
        assert_eq!(compact_script(script), "get a() {\nreturn 2\n* b;\n}\n/* c */ d();\n");
    }
}
