//! The messages of the app: every text on the screen that is not content.
//!
//! `nl/messages.toml` holds them by section and key. The build makes two things of it: Rust functions, one for
//! each message, which the app calls; and the texts, one per line, which the app loads at run time. A message
//! that the app uses but the file does not have, or the reverse, is an error of the build.

use std::collections::BTreeMap;
use std::fmt::Write;

use toml::{Table, Value};

use crate::problem::At;
use crate::{Files, Problem};

/// The file, in the folder of its language.
pub(crate) const FILE: &str = "messages.toml";

/// The section with the texts of `index.html` and `boot.js`, which the build fills in.
const PAGE: &str = "page";

/// The plural categories of CLDR, in the order of the lines of a plural message.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The plural categories that a language has, for whole numbers.
fn categories_of(language: &str) -> &'static [&'static str] {
    match language {
        "ar" => &CATEGORIES,
        "pl" | "uk" => &["one", "few", "many", "other"],
        "es" | "fr" => &["one", "many", "other"],
        _ => &["one", "other"],
    }
}

/// One message of the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub(crate) section: String,
    pub(crate) key: String,
    /// The names between braces, in the order of the text; `n` comes first where it counts.
    parameters: Vec<String>,
    text: Form,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    Plain(String),
    /// The texts by category.
    Plural(BTreeMap<String, String>),
}

impl Message {
    pub(crate) fn texts(&self) -> Vec<(&str, &str)> {
        match &self.text {
            Form::Plain(text) => vec![("", text)],
            Form::Plural(forms) => forms.iter().map(|(category, text)| (category.as_str(), text.as_str())).collect(),
        }
    }

    /// Its lines in the compiled file, with a control character for each parameter.
    fn lines(&self) -> Vec<String> {
        let fill = |text: &str| {
            let mut line = text.to_owned();
            for (number, name) in (1_u8..).zip(&self.parameters) {
                line = line.replace(&format!("{{{name}}}"), &char::from(number).to_string());
            }
            line
        };
        match &self.text {
            Form::Plain(text) => vec![fill(text)],
            Form::Plural(forms) => {
                let other = forms.get("other").map_or("", String::as_str);
                CATEGORIES.iter().map(|category| fill(forms.get(*category).map_or(other, String::as_str))).collect()
            }
        }
    }
}

/// Reads the messages of a language.
///
/// # Errors
/// Everything that is not a message, by section and key.
pub(crate) fn read(files: &Files) -> Result<Vec<Message>, Vec<Problem>> {
    let file = files.in_language(FILE);
    let Some(text) = files.get(&file) else {
        return Err(vec![At::new(&file, "", "").says("is missing")]);
    };
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
        vec![At::new(&file, "", "").says(format!("line {line}: {}", error.message()))]
    })?;
    let mut messages = Vec::new();
    let mut problems = Vec::new();
    for (section, value) in table {
        let Value::Table(keys) = value else {
            problems.push(At::new(&file, "", &section).says("is not in a section: write [name-of-page] above it"));
            continue;
        };
        for (key, value) in keys {
            let at = At::new(&file, &section, &key);
            match message(&section, &key, value, files.language(), &at) {
                Ok(message) => messages.push(message),
                Err(problem) => problems.push(problem),
            }
        }
    }
    if problems.is_empty() { Ok(messages) } else { Err(problems) }
}

fn message(section: &str, key: &str, value: Value, language: &str, at: &At) -> Result<Message, Problem> {
    if !is_key(section) || !is_key(key) {
        return Err(at.says("a name is a–z, 0–9 and hyphens, and begins with a letter"));
    }
    let text = match value {
        Value::String(text) => Form::Plain(text),
        Value::Table(forms) => {
            let expected = categories_of(language);
            let found: Vec<&str> = CATEGORIES.into_iter().filter(|category| forms.contains_key(*category)).collect();
            if found != expected || forms.len() != expected.len() {
                return Err(at.says(format!("a text that counts has these forms: {}", expected.join(", "))));
            }
            let text = |value: Value| match value {
                Value::String(text) => Ok(text),
                _ => Err(at.says("is not a text")),
            };
            let forms = forms.into_iter().map(|(category, value)| Ok((category, text(value)?)));
            Form::Plural(forms.collect::<Result<_, Problem>>()?)
        }
        _ => return Err(at.says("is not a text")),
    };
    let mut parameters = Vec::new();
    if let Form::Plural(_) = text {
        parameters.push("n".to_owned());
    }
    let mut message = Message { section: section.to_owned(), key: key.to_owned(), parameters: Vec::new(), text };
    for (_, text) in message.texts() {
        for name in placeholders(text).ok_or_else(|| at.says("a { without its }, or a name in it that is none"))? {
            if !parameters.contains(&name) {
                parameters.push(name);
            }
        }
    }
    message.parameters = parameters;
    Ok(message)
}

fn is_key(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// The names between braces; `None` if the braces do not match.
fn placeholders(text: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        if before.contains('}') || !is_key(name) {
            return None;
        }
        names.push(name.to_owned());
        rest = after;
    }
    (!rest.contains('}')).then_some(names)
}

/// The compiled file: one line per text, in the order that the functions use.
#[must_use]
pub fn lines(messages: &[Message]) -> String {
    messages.iter().flat_map(Message::lines).collect::<Vec<_>>().join("\n")
}

/// The Rust functions, a module for each section. They call `text`, `fill` and `plural` of the module that
/// includes them.
pub(crate) fn functions(messages: &[Message]) -> String {
    let count: usize = messages.iter().map(|message| message.lines().len()).sum();
    let mut code = format!("/// How many lines a compiled file has.\npub(crate) const COUNT: usize = {count};\n");
    let mut section = "";
    let mut line = 0;
    for message in messages {
        let first = line;
        line += message.lines().len();
        if message.section == PAGE {
            continue;
        }
        if message.section != section {
            if !section.is_empty() {
                code.push_str("}\n");
            }
            section = &message.section;
            // Writing to a String does not fail.
            let _ = writeln!(
                code,
                "pub(crate) mod {} {{\n    #[allow(unused_imports)]\n    use super::*;",
                identifier(section)
            );
        }
        for (category, text) in message.texts() {
            let category = if category.is_empty() { String::new() } else { format!("{category}: ") };
            let _ = writeln!(code, "    /// {category}{}", text.replace('[', "\\["));
        }
        code.push_str(&function(message, first));
    }
    if !section.is_empty() {
        code.push_str("}\n");
    }
    code
}

fn function(message: &Message, line: usize) -> String {
    let name = identifier(&message.key);
    let counts = matches!(message.text, Form::Plural(_));
    let parameters: Vec<String> = message.parameters.iter().map(|name| identifier(name)).collect();
    if parameters.is_empty() {
        return format!("    pub(crate) fn {name}() -> &'static str {{\n        text({line})\n    }}\n");
    }
    let typed = |name: &String| {
        let of = if counts && name == "n" { "usize" } else { "&dyn core::fmt::Display" };
        format!("{name}: {of}")
    };
    let declared = parameters.iter().map(typed).collect::<Vec<_>>().join(", ");
    let passed = parameters.iter().map(|name| if counts && name == "n" { "&n".to_owned() } else { name.clone() });
    let passed = passed.collect::<Vec<_>>().join(", ");
    let body = if counts { format!("plural({line}, n, &[{passed}])") } else { format!("fill({line}, &[{passed}])") };
    format!("    pub(crate) fn {name}({declared}) -> String {{\n        {body}\n    }}\n")
}

/// `keep-on` becomes `keep_on`; a keyword of Rust gets a `_` at the end.
fn identifier(name: &str) -> String {
    let name = name.replace('-', "_");
    let keyword = matches!(
        name.as_str(),
        "as" | "box"
            | "break"
            | "const"
            | "continue"
            | "crate"
            | "do"
            | "else"
            | "final"
            | "fn"
            | "for"
            | "if"
            | "in"
            | "let"
            | "loop"
            | "match"
            | "move"
            | "mut"
            | "pub"
            | "ref"
            | "return"
            | "self"
            | "static"
            | "super"
            | "try"
            | "type"
            | "use"
            | "where"
            | "while"
            | "yield"
    );
    if keyword { format!("{name}_") } else { name }
}

/// Replaces each `{{key}}` in a page or a script by the text of that key in the section `page`. Anything between
/// braces that is not a key, such as the placeholders of `trunk serve`, is left alone.
///
/// # Errors
/// The first key that does not exist.
pub fn fill_page(messages: &[Message], source: &str) -> Result<(String, Vec<String>), String> {
    let mut filled = String::new();
    let mut used = Vec::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let Some((key, after)) = after.split_once("}}").filter(|(key, _)| is_key(key)) else {
            filled.push_str("{{");
            rest = after;
            continue;
        };
        let found = messages.iter().find(|message| message.section == PAGE && message.key == key);
        let Some(Message { text: Form::Plain(text), .. }) = found else { return Err(key.to_owned()) };
        filled.push_str(text);
        used.push(key.to_owned());
        rest = after;
    }
    filled.push_str(rest);
    Ok((filled, used))
}

/// The keys of the section `page`.
#[must_use]
pub fn page_keys(messages: &[Message]) -> Vec<&str> {
    messages.iter().filter(|message| message.section == PAGE).map(|message| message.key.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Vec<Message>, String> {
        let files = Files::new("nl", [("nl/messages.toml".to_owned(), text.to_owned())].into());
        read(&files).map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    }

    const TEXT: &str = "
[page]
title = 'Naast'
[today]
wait = 'Over {seconds} seconden, {name}.'
plain = 'Vandaag'
[today.count]
one = '{n} keer met {who}'
other = '{n} keren met {who}'
";

    #[test]
    fn messages_become_functions_and_lines() {
        let messages = read_text(TEXT).unwrap();
        assert_eq!(
            lines(&messages).split('\n').collect::<Vec<_>>(),
            [
                "Naast",
                "\u{1} keren met \u{2}",
                "\u{1} keer met \u{2}",
                "\u{1} keren met \u{2}",
                "\u{1} keren met \u{2}",
                "\u{1} keren met \u{2}",
                "\u{1} keren met \u{2}",
                "Vandaag",
                "Over \u{1} seconden, \u{2}."
            ]
        );
        let code = functions(&messages);
        assert!(code.contains(
            "fn count(n: usize, who: &dyn core::fmt::Display) -> String {\n        plural(1, n, &[&n, who])"
        ));
        assert!(code.contains("fn plain() -> &'static str {\n        text(7)"));
        assert!(code.contains("fn wait(seconds: &dyn core::fmt::Display, name: &dyn core::fmt::Display) -> String {\n        fill(8, &[seconds, name])"));
        assert!(!code.contains("title"), "the page is filled in by the build");
    }

    #[test]
    fn mistakes_name_their_place() {
        for (text, expected) in [
            ("loose = 'x'", "nl/messages.toml: loose: is not in a section: write [name-of-page] above it"),
            ("[a]\nB = 'x'", "nl/messages.toml: a: B: a name is a–z, 0–9 and hyphens, and begins with a letter"),
            ("[a]\nb = 'x {y'", "nl/messages.toml: a: b: a { without its }, or a name in it that is none"),
            ("[a]\nb = 1", "nl/messages.toml: a: b: is not a text"),
            ("[a.b]\nother = 'x'", "nl/messages.toml: a: b: a text that counts has these forms: one, other"),
            ("[a]\nb = 'x", "nl/messages.toml: line 2: invalid literal string"),
        ] {
            let error = read_text(text).unwrap_err();
            assert!(error.starts_with(expected), "{error}");
        }
    }

    #[test]
    fn a_page_is_filled_in() {
        let messages = read_text(TEXT).unwrap();
        assert_eq!(fill_page(&messages, "<p>{{title}}</p>").unwrap(), ("<p>Naast</p>".into(), vec!["title".into()]));
        assert_eq!(fill_page(&messages, "{{gone}}"), Err("gone".into()));
        let others = "'{{__TRUNK_ADDRESS__}}' {{ x";
        assert_eq!(fill_page(&messages, others).unwrap().0, others);
        assert_eq!(page_keys(&messages), ["title"]);
    }
}
