use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use naast_core::content::{Content, InventoryId};

use super::language;
use crate::Problem;
use crate::problem::At;
use crate::read::question_file;
use crate::source::Idea;

const FILE: &str = "inventory.toml";

/// The numbers of the ideas.
const NUMBERS: RangeInclusive<InventoryId> = 1..=202;

/// The numbers of the checks after a talk: each belongs to exactly one check.
const CHECKS: [RangeInclusive<InventoryId>; 3] = [176..=182, 184..=190, 192..=197];

/// The record contains each number once, and no other.
pub(crate) fn numbers(ideas: &[Idea]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for idea in ideas {
        let at = At::new(FILE, &idea.id.to_string(), "id");
        if !NUMBERS.contains(&idea.id) {
            problems.push(at.says(format!("numbers run from {} to {}", NUMBERS.start(), NUMBERS.end())));
        }
        if !seen.insert(idea.id) {
            problems.push(at.says("another idea has this number already"));
        }
    }
    let missing = NUMBERS.filter(|number| !seen.contains(number));
    problems.extend(missing.map(|number| At::new(FILE, &number.to_string(), "").says("this number is missing")));
    problems
}

/// An item carries every number; no item carries an unknown number, or one number twice.
pub(crate) fn carried(content: &Content, ideas: &[Idea], language: &str) -> Vec<Problem> {
    let known: BTreeSet<InventoryId> = ideas.iter().map(|idea| idea.id).collect();
    let mut problems = Vec::new();
    let mut carriers = BTreeSet::new();
    for (at, numbers) in items(content, language) {
        let mut here = BTreeSet::new();
        for &number in numbers {
            if !known.contains(&number) {
                problems.push(at.says(format!("{number} is not a number of inventory.toml")));
            }
            if !here.insert(number) {
                problems.push(at.says(format!("{number} stands here twice")));
            }
        }
        carriers.extend(here);
    }
    let left = known.difference(&carriers);
    problems.extend(left.map(|number| At::new(FILE, &number.to_string(), "").says("no item carries this idea")));

    let mut checks: BTreeMap<InventoryId, Vec<&str>> = BTreeMap::new();
    for check in &content.checks {
        for &number in &check.inventory {
            checks.entry(number).or_default().push(&check.id);
        }
    }
    for number in CHECKS.into_iter().flatten() {
        let found = checks.get(&number).map_or(&[][..], Vec::as_slice);
        let at = At::new(FILE, &number.to_string(), "");
        match found {
            [_] => {}
            [] => problems.push(at.says("this is a check after a talk, but no [[check]] carries it")),
            several => {
                let several = several.join(", ");
                problems.push(at.says(format!("this is one check after a talk, but several carry it: {several}")));
            }
        }
    }
    problems
}

/// The lines of the record follow the same typography as all other texts.
pub(crate) fn gists(ideas: &[Idea]) -> Vec<Problem> {
    let gist = |idea: &Idea| language::typography_of(&At::new(FILE, &idea.id.to_string(), "gist"), &idea.gist);
    ideas.iter().flat_map(gist).collect()
}

fn items<'c>(content: &'c Content, language: &str) -> Vec<(At, &'c [InventoryId])> {
    let mut items: Vec<(At, &[InventoryId])> = Vec::new();
    let mut add = |file: &str, id: &str, numbers: &'c [InventoryId]| {
        items.push((At::new(&format!("{language}/{file}"), id, "inventory"), numbers));
    };
    for principle in &content.principles {
        add(&format!("principles/{}.toml", principle.group), &principle.id, &principle.inventory);
    }
    for question in &content.questions {
        add(&question_file(question.phase), &question.id, &question.inventory);
    }
    for outcome in &content.outcomes {
        add("outcomes.toml", &outcome.id, &outcome.inventory);
    }
    for check in &content.checks {
        add("outcomes.toml", &check.id, &check.inventory);
    }
    for meaning in &content.meanings {
        add("outcomes.toml", &meaning.id, &meaning.inventory);
    }
    for sign in &content.signs {
        add("signs.toml", &sign.id, &sign.inventory);
    }
    for visit in &content.visits {
        add("visits.toml", &visit.id, &visit.inventory);
    }
    for tool in &content.tools {
        add("tools.toml", &tool.id, &tool.inventory);
    }
    for reflection in &content.reflections {
        add("reflections.toml", &reflection.id, &reflection.inventory);
    }
    items
}
