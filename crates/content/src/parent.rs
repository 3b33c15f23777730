//! What parents read on the turned phone: a file for each language in `crates/content/parent`, and the drawings.
//!
//! The Dutch file has no questions: those are in `nl/tools.toml`, in both forms of address. Every other file has
//! exactly the same keys and, under `[ask]`, the questions of the tools that can be turned; `[title]` and
//! `[introduction]` are the parts of `nl/leaflet.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use naast_core::content::Content;
use naast_core::parent::Word;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::Problem;
use crate::problem::At;

/// The language that every worker reads.
const DUTCH: &str = "nl";
const DRAWINGS: &str = "drawings";

/// The largest compiled file of a language, in bytes, so that all of them stay small beside the app.
const LARGEST: usize = 12 * 1024;

/// The most characters of a text: what fits on a phone of 320 px.
const LONGEST_ASK: usize = 60;
const LONGEST: usize = 48;
const LONGEST_PART: usize = 300;

/// A language on the turned phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// Its tag (BCP 47), as in the name of the file.
    pub tag: String,
    /// Its name for itself.
    pub name: String,
    /// Whether somebody who grew up with it has read all texts.
    pub reviewed: bool,
    /// The compiled texts: a line for each, with its key, a tab and the text.
    pub lines: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    reviewed: bool,
    screen: BTreeMap<String, String>,
    option: BTreeMap<String, String>,
    #[serde(default)]
    ask: BTreeMap<String, String>,
    #[serde(default)]
    title: BTreeMap<String, String>,
    #[serde(default)]
    introduction: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Drawings {
    drawing: BTreeMap<String, String>,
}

/// The folder of the languages in this project.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("parent")
}

/// Reads and checks all languages; Dutch comes first, the others follow by their tags.
///
/// # Errors
/// All problems, ordered by file.
pub fn load(folder: &Path, content: &Content) -> Result<Vec<Language>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut files = BTreeMap::new();
    let mut drawings = BTreeMap::new();
    let at = |name: &str| At::new(&format!("parent/{name}"), "", "");
    let names = std::fs::read_dir(folder).map_err(|error| vec![at("").says(format!("cannot be read: {error}"))])?;
    for path in names.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "toml")) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let result = if stem == DRAWINGS {
            read(&path).map(|file: Drawings| drawings = file.drawing)
        } else {
            read(&path).map(|file: File| drop(files.insert(stem.clone(), file)))
        };
        if let Err(message) = result {
            problems.push(at(&format!("{stem}.toml")).says(message));
        }
    }
    if problems.is_empty() {
        problems = check(&files, &drawings, content);
    }
    let mut all = Vec::new();
    for (tag, file) in files {
        let mut lines = String::new();
        for (section, texts) in sections(&file) {
            add(&mut lines, section, texts);
        }
        if tag == DUTCH {
            add(&mut lines, "drawing", &drawings);
        } else if lines.len() > LARGEST {
            problems.push(at(&format!("{tag}.toml")).says(format!("is larger than {LARGEST} bytes")));
        }
        all.push(Language { tag, name: file.name, reviewed: file.reviewed, lines });
    }
    all.sort_by_key(|language| language.tag != DUTCH);
    problems.sort();
    if problems.is_empty() { Ok(all) } else { Err(problems) }
}

fn sections(file: &File) -> [(&'static str, &BTreeMap<String, String>); 5] {
    [
        ("screen", &file.screen),
        ("option", &file.option),
        ("ask", &file.ask),
        ("title", &file.title),
        ("introduction", &file.introduction),
    ]
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot be read: {error}"))?;
    toml::from_str(&text).map_err(|error| error.to_string())
}

fn add(lines: &mut String, section: &str, texts: &BTreeMap<String, String>) {
    for (key, text) in texts {
        // Writing to a String does not fail.
        let _ = writeln!(lines, "{section}.{key}\t{text}");
    }
}

/// The source of a list of the languages, without their texts.
pub(crate) fn list(languages: &[Language]) -> String {
    let mut source = String::from("&[\n");
    for Language { tag, name, reviewed, .. } in languages {
        let _ = writeln!(source, "    Language {{ tag: {tag:?}, name: {name:?}, reviewed: {reviewed} }},");
    }
    source + "]\n"
}

fn check(files: &BTreeMap<String, File>, drawings: &BTreeMap<String, String>, content: &Content) -> Vec<Problem> {
    let turned = content.tools.iter().filter(|tool| tool.turn).flat_map(|tool| &tool.asks);
    let turned: Vec<_> = turned.filter(|ask| ask.is_for_parents()).collect();
    let screen: BTreeSet<&str> = Word::ALL.iter().map(|word| word.key()).collect();
    let options: BTreeSet<&str> = turned.iter().flat_map(|ask| &ask.options).map(String::as_str).collect();
    let asks: BTreeSet<&str> = turned.iter().map(|ask| ask.id.as_str()).collect();
    let parts: BTreeSet<&str> = content.leaflet.iter().map(|part| part.id.as_str()).collect();
    let faces: BTreeSet<&str> = screen.iter().copied().filter(|key| is_drawn(key)).collect();

    let mut problems = Vec::new();
    for (tag, file) in files {
        let name = format!("parent/{tag}.toml");
        let none = BTreeSet::new();
        for (section, texts) in sections(file) {
            let (keys, longest) = match section {
                "screen" => (&screen, LONGEST_ASK),
                "option" => (&options, LONGEST),
                // In Dutch the content has them, in both forms of address.
                _ if tag == DUTCH => (&none, 0),
                "ask" => (&asks, LONGEST_ASK),
                "title" => (&parts, LONGEST),
                _ => (&parts, LONGEST_PART),
            };
            same_keys(&name, section, texts, keys, &mut problems);
            for (key, text) in texts {
                let at = At::new(&name, section, key);
                problems.extend(unfit(text, longest).map(|why| at.says(why)));
                if !is_in_script(tag, text) {
                    problems.push(at.says("is not in the script of this language"));
                }
            }
        }
        problems.extend(unfit(&file.name, LONGEST).map(|why| At::new(&name, "", "name").says(why)));
    }
    if !files.contains_key(DUTCH) {
        problems.push(At::new("parent/nl.toml", "", "").says("is missing"));
    }
    let name = format!("parent/{DRAWINGS}.toml");
    same_keys(&name, "drawing", drawings, &options.union(&faces).copied().collect(), &mut problems);
    for (key, path) in drawings {
        let is_path = |c: char| c.is_ascii_digit() || "MmLlHhVvCcSsQqTtAaZz .,-".contains(c);
        if !path.starts_with('M') || !path.chars().all(is_path) {
            problems.push(At::new(&name, "drawing", key).says("is not a path: letters of commands, numbers, spaces"));
        }
    }
    problems
}

/// Whether a text of the screen stands beside a face or the weather. A child's day has the faces of a talk.
fn is_drawn(key: &str) -> bool {
    key.starts_with("talk-") || key.starts_with("weather-")
}

fn same_keys(
    file: &str,
    section: &str,
    found: &BTreeMap<String, String>,
    wanted: &BTreeSet<&str>,
    problems: &mut Vec<Problem>,
) {
    for key in wanted.iter().filter(|key| !found.contains_key(**key)) {
        problems.push(At::new(file, section, key).says("is missing"));
    }
    for key in found.keys().filter(|key| !wanted.contains(key.as_str())) {
        problems.push(At::new(file, section, key).says("is not used: nothing on the turned phone has this name"));
    }
}

/// Why a text cannot be shown to a parent.
fn unfit(text: &str, longest: usize) -> Option<String> {
    if text.trim().is_empty() || text.trim() != text {
        return Some("is empty, or begins or ends with a space".into());
    }
    if text.chars().any(|c| c.is_control() || is_bidi_control(c)) {
        return Some("holds a control character; the app itself sets the direction of text".into());
    }
    let count = text.chars().count();
    (count > longest).then(|| format!("has {count} characters; at most {longest} fit on a small phone"))
}

/// Characters that change the direction of text, with which a text can look like another one. The joiners that
/// Farsi is written with are not among them.
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a text has letters of the script of its language, and was not left in another one.
fn is_in_script(tag: &str, text: &str) -> bool {
    text.chars().any(|c| match tag {
        "ar" | "fa" => matches!(c, '\u{600}'..='\u{6ff}'),
        "uk" => matches!(c, '\u{400}'..='\u{4ff}'),
        _ => c.is_alphabetic() && c < '\u{250}',
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> Content {
        crate::load(&crate::language_dir(DUTCH)).unwrap()
    }

    /// The problems after this change to a copy of the real files.
    fn problems_after(file: &str, from: &str, to: &str) -> Vec<String> {
        let copy = std::env::temp_dir().join(format!("naast-parent-{}-{}", std::process::id(), file));
        std::fs::create_dir_all(&copy).unwrap();
        for entry in std::fs::read_dir(folder()).unwrap().flatten() {
            std::fs::copy(entry.path(), copy.join(entry.file_name())).unwrap();
        }
        let path = copy.join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from}");
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let found = load(&copy, &content()).err().unwrap_or_default();
        std::fs::remove_dir_all(copy).unwrap();
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_languages_have_everything() {
        let all = load(&folder(), &content()).unwrap();
        let tags: Vec<&str> = all.iter().map(|language| &*language.tag).collect();
        assert_eq!(tags, ["nl", "ar", "en", "es", "fa", "fr", "pl", "tr", "uk"]);
        for language in &all[1..] {
            let texts = naast_core::parent::Texts::parse(&language.lines);
            assert!(Word::ALL.iter().all(|word| !texts.word(*word).is_empty()), "{}", language.tag);
            assert!(!texts.ask("step-what").is_empty() && !texts.option("walk").is_empty());
        }
        assert!(list(&all).contains(r#"Language { tag: "tr", name: "Türkçe", reviewed: false }"#));
    }

    #[test]
    fn mistakes_are_named() {
        for (file, from, to, problem) in [
            ("en.toml", "next = ", "nexd = ", "parent/en.toml: screen: next: is missing"),
            ("fr.toml", "walk = ", "wolk = ", "parent/fr.toml: option: walk: is missing"),
            (
                "nl.toml",
                "[option]",
                "[ask]\nstep-what = \"Wat?\"\n[option]",
                "parent/nl.toml: ask: step-what: is not used",
            ),
            ("tr.toml", "\"Geri\"", "\"\"", "parent/tr.toml: screen: back: is empty"),
            ("ar.toml", "\"رجوع\"", "\"\u{202e}رجوع\"", "parent/ar.toml: screen: back: holds a control character"),
            ("uk.toml", "\"Назад\"", "\"Terug\"", "parent/uk.toml: screen: back: is not in the script"),
            (
                "es.toml",
                "\"Comer\"",
                "\"<script>alert(document.querySelector('main').textContent)</script>\"",
                "parent/es.toml: option: food: has 6",
            ),
            ("drawings.toml", "\"M", "\"url(x)M", "parent/drawings.toml: drawing: sleep: is not a path"),
            ("pl.toml", "reviewed = false", "reviewed = \"ja\"", "parent/pl.toml: "),
        ] {
            let problems = problems_after(file, from, to);
            assert!(problems.iter().any(|found| found.starts_with(problem)), "{problem}\n{problems:?}");
        }
    }
}
