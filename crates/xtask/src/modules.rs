//! The dependencies between modules: there are no circles, and pages do not import each other.
//!
//! It reads `use` lines and paths, which is enough: a module that is only reached by way of a re-export of its
//! parent is not seen.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::files::{list, read};
use crate::shell::root;

/// The source of a crate by module: `["session", "saving"]` for `session/saving.rs`.
type Sources = BTreeMap<Vec<String>, String>;

fn sources(folder: &Path) -> Sources {
    let mut all = Sources::new();
    for (name, file) in list(folder).unwrap() {
        let path = Path::new(&name);
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let mut module: Vec<String> =
            path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
        module.pop_if(|last| ["mod", "lib", "main"].contains(&last.as_str()));
        all.insert(module, without_comments_and_tests(&read(&file).unwrap()));
    }
    all
}

fn without_comments_and_tests(source: &str) -> String {
    let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The names that directly follow `prefix::` in the code, also those in braces.
fn names_after(prefix: &str, code: &str) -> BTreeSet<String> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut names = BTreeSet::new();
    let mut rest = code;
    while let Some(at) = rest.find(prefix) {
        let before = rest[..at].chars().next_back();
        rest = &rest[at + prefix.len()..];
        let Some(path) = rest.strip_prefix("::") else { continue };
        // `super::super` and `naast_crate::` are other paths.
        if before.is_some_and(|c| is_name(c) || c == ':') {
            continue;
        }
        let mut depth = 0;
        let mut expecting = true;
        for (start, c) in path.char_indices() {
            match c {
                '{' => (depth, expecting) = (depth + 1, depth == 0),
                '}' => depth -= 1,
                ',' => expecting = depth == 1,
                c if is_name(c) && expecting => {
                    names.insert(path[start..].chars().take_while(|c| is_name(*c)).collect());
                    expecting = false;
                }
                _ => {}
            }
            if depth == 0 && !expecting {
                break;
            }
        }
    }
    names
}

/// Which of the modules in `folder` refer to which of their siblings.
fn edges(all: &Sources, folder: &[String]) -> BTreeMap<String, BTreeSet<String>> {
    let within = |module: &&Vec<String>| module.len() > folder.len() && module.starts_with(folder);
    let siblings: BTreeSet<String> = all.keys().filter(within).map(|module| module[folder.len()].clone()).collect();
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for module in all.keys().filter(within) {
        let absolute = [&["crate".to_owned()], folder].concat().join("::");
        let relative = vec!["super"; module.len() - folder.len()].join("::");
        let mut names = names_after(&absolute, &all[module]);
        names.extend(names_after(&relative, &all[module]));
        let own = &module[folder.len()];
        let others = names.into_iter().filter(|name| siblings.contains(name) && name != own);
        edges.entry(own.clone()).or_default().extend(others);
    }
    edges
}

/// A path that leads from `start` back to it.
fn circle(edges: &BTreeMap<String, BTreeSet<String>>, start: &str) -> Option<Vec<String>> {
    let mut paths = vec![vec![start.to_owned()]];
    let mut seen = BTreeSet::new();
    while let Some(path) = paths.pop() {
        for next in path.last().and_then(|last| edges.get(last)).into_iter().flatten() {
            let longer = [&path[..], std::slice::from_ref(next)].concat();
            if next == start {
                return Some(longer);
            }
            if seen.insert(next) {
                paths.push(longer);
            }
        }
    }
    None
}

fn circles(all: &Sources) -> Vec<String> {
    let folders: BTreeSet<&[String]> =
        all.keys().filter_map(|module| module.split_last()).map(|(_, parent)| parent).collect();
    let mut found = Vec::new();
    for folder in folders {
        let edges = edges(all, folder);
        found.extend(edges.keys().filter_map(|module| circle(&edges, module)).map(|path| path.join(" → ")));
    }
    found
}

fn source_of(modules: &[(&[&str], &str)]) -> Sources {
    let name = |part: &&str| (*part).to_owned();
    modules.iter().map(|(path, code)| (path.iter().map(name).collect(), (*code).to_owned())).collect()
}

#[test]
fn a_circle_between_modules_is_found() {
    let straight = source_of(&[(&["a"], "use crate::{b::X, c};"), (&["b"], "use super::c::{d, a};"), (&["c"], "")]);
    assert_eq!(circles(&straight), Vec::<String>::new());
    let round = source_of(&[(&["a", "x"], "use crate::b::X;"), (&["a"], ""), (&["b"], "fn f() { super::a::g() }")]);
    assert_eq!(circles(&round), ["a → b → a", "b → a → b"]);
    let inner = source_of(&[(&["p", "x"], "use super::y;"), (&["p", "y"], "use crate::p::{z, x::T};")]);
    assert_eq!(circles(&inner), ["x → y → x", "y → x → y"]);
}

#[test]
fn modules_do_not_depend_on_each_other_in_a_circle() {
    let crates = ["app", "crates/core", "crates/vault", "crates/content", "crates/view", "crates/transfer"];
    for folder in crates.iter().chain(&["crates/relay", "crates/devserver"]) {
        let found = circles(&sources(&root().join(folder).join("src")));
        assert!(found.is_empty(), "{folder}: these modules depend on each other: {found:?}");
    }
}

#[test]
fn pages_do_not_import_each_other() {
    let all = sources(&root().join("app/src"));
    let edges = edges(&all, &["pages".to_owned()]);
    assert!(edges.len() >= 15, "the pages are not where this test looks");
    let wrong: Vec<_> = edges.iter().filter(|(_, others)| !others.is_empty()).collect();
    assert!(wrong.is_empty(), "what several pages show belongs in parts: {wrong:?}");
}
