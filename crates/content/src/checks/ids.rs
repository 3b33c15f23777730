use std::collections::BTreeSet;

use naast_core::bank::OWN_PREFIX;
use naast_core::content::{Content, is_kebab_case};

use crate::Problem;
use crate::problem::At;
use crate::read::question_file;
use crate::source::Idea;

/// The ids of one kind, with their positions.
struct Kind {
    name: &'static str,
    items: Vec<At>,
}

fn kinds(content: &Content, language: &str) -> Vec<Kind> {
    let in_file = |file: &str, id: &str| At::new(&format!("{language}/{file}"), id, "id");
    let kind = |name, file: &str, ids: Vec<&String>| Kind {
        name,
        items: ids.into_iter().map(|id| in_file(file, id)).collect(),
    };
    let principle = |group: &str, id: &str| in_file(&format!("principles/{group}.toml"), id);
    vec![
        kind("group", "groups.toml", content.groups.iter().map(|group| &group.id).collect()),
        Kind {
            name: "principle",
            items: content.principles.iter().map(|item| principle(&item.group, &item.id)).collect(),
        },
        Kind {
            name: "question",
            items: content.questions.iter().map(|item| in_file(&question_file(item.phase), &item.id)).collect(),
        },
        kind("outcome", "outcomes.toml", content.outcomes.iter().map(|outcome| &outcome.id).collect()),
        kind("check", "outcomes.toml", content.checks.iter().map(|check| &check.id).collect()),
        kind("meaning", "outcomes.toml", content.meanings.iter().map(|meaning| &meaning.id).collect()),
        kind("sign", "signs.toml", content.signs.iter().map(|sign| &sign.id).collect()),
        kind("visit", "visits.toml", content.visits.iter().map(|visit| &visit.id).collect()),
        kind("tool", "tools.toml", content.tools.iter().map(|tool| &tool.id).collect()),
        // Answers are stored under these ids, so they must differ.
        kind("ask", "tools.toml", content.tools.iter().flat_map(|tool| &tool.asks).map(|ask| &ask.id).collect()),
        kind("reflection", "reflections.toml", content.reflections.iter().map(|item| &item.id).collect()),
        kind("leaflet", "leaflet.toml", content.leaflet.iter().map(|part| &part.id).collect()),
        kind("source", "sources.toml", content.sources.iter().map(|source| &source.id).collect()),
        kind("line", "help.toml", content.help.lines.iter().map(|line| &line.id).collect()),
        kind("fact", "help.toml", content.help.facts.iter().map(|fact| &fact.id).collect()),
    ]
}

/// Ids are kebab-case and unique within their kind, and no question has the name of a part of the app's
/// addresses.
pub(crate) fn shaped_and_unique(content: &Content, language: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    for Kind { name, items } in kinds(content, language) {
        let mut seen = BTreeSet::new();
        for at in items {
            let id = at.item.clone();
            if !is_kebab_case(&id) {
                problems.push(at.says("may only hold a–z, 0–9 and single hyphens between them"));
            }
            if name == "question" && (["kaarten", "eigen"].contains(&id.as_str()) || id.starts_with(OWN_PREFIX)) {
                problems.push(at.says("is taken by the app itself; choose another"));
            }
            if !seen.insert(id) {
                problems.push(at.says(format!("another {name} has this id already")));
            }
        }
    }
    problems
}

/// Every item that another one refers to exists.
pub(crate) fn references_resolve(content: &Content, ideas: &[Idea], language: &str) -> Vec<Problem> {
    let principles: BTreeSet<&str> = content.principles.iter().map(|item| item.id.as_str()).collect();
    let sources: BTreeSet<&str> = content.sources.iter().map(|item| item.id.as_str()).collect();
    let outcomes: BTreeSet<&str> = content.outcomes.iter().map(|item| item.id.as_str()).collect();
    let mut problems = Vec::new();
    let mut resolve = |kind: &str, known: &BTreeSet<&str>, wanted: &str, file: &str, item: &str, field: &str| {
        if !known.contains(wanted) {
            problems.push(At::new(file, item, field).says(format!("there is no {kind} “{wanted}”")));
        }
    };
    for principle in &content.principles {
        let file = format!("{language}/principles/{}.toml", principle.group);
        for source in &principle.sources {
            resolve("source", &sources, source, &file, &principle.id, "sources");
        }
    }
    for question in &content.questions {
        let file = format!("{language}/{}", question_file(question.phase));
        for principle in &question.principles {
            resolve("principle", &principles, principle, &file, &question.id, "principles");
        }
    }
    for check in &content.checks {
        let file = format!("{language}/outcomes.toml");
        resolve("outcome", &outcomes, &check.outcome, &file, &check.id, "outcome");
        resolve("principle", &principles, &check.principle, &file, &check.id, "principle");
    }
    for idea in ideas {
        resolve("source", &sources, &idea.source, "inventory.toml", &idea.id.to_string(), "source");
    }
    problems
}
