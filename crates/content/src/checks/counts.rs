use std::ops::RangeInclusive;

use naast_core::content::{Content, Phase};

use super::language::sentences as sentences_of;
use crate::Problem;
use crate::problem::At;
use crate::read::question_file;

/// Every choice has enough options, and complete sets are complete.
pub(crate) fn enough(content: &Content, language: &str) -> Vec<Problem> {
    const ANY: usize = usize::MAX;
    let mut problems = Vec::new();
    let mut count = |file: &str, item: &str, field: &str, found: usize, wanted: RangeInclusive<usize>, what: &str| {
        if !wanted.contains(&found) {
            let (least, most) = wanted.into_inner();
            let wanted = match most {
                ANY => format!("at least {least}"),
                most if most == least => format!("exactly {least}"),
                most => format!("{least} to {most}"),
            };
            let at = At::new(&format!("{language}/{file}"), item, field);
            problems.push(at.says(format!("has {found} {what}; it takes {wanted}")));
        }
    };
    for principle in &content.principles {
        let belongs = |id: &String| *id == principle.id;
        let questions = content.questions.iter().filter(|question| question.principles.iter().any(belongs));
        let file = format!("principles/{}.toml", principle.group);
        count(&file, &principle.id, "", questions.count(), 3..=ANY, "questions");
        count(&file, &principle.id, "sources", principle.sources.len(), 1..=ANY, "sources");
    }
    for question in &content.questions {
        let file = question_file(question.phase);
        count(&file, &question.id, "follow-ups", question.follow_ups.len(), 1..=3, "follow-ups");
        count(&file, &question.id, "principles", question.principles.len(), 1..=3, "principles");
    }
    for phase in Phase::ALL {
        let questions = content.questions.iter().filter(|question| question.phase == phase);
        count(&question_file(phase), "", "", questions.count(), 12..=ANY, "questions");
    }
    count("signs.toml", "", "", content.signs.len(), 7..=7, "signs");
    count("outcomes.toml", "", "", content.checks.len(), 20..=ANY, "checks");
    count("help.toml", "", "", content.help.meldcode_steps.len(), 5..=5, "meldcode-steps");
    problems
}

/// Texts that a screen shows as a number of sentences have that number.
pub(crate) fn sentences(content: &Content, language: &str) -> Vec<Problem> {
    let texts = &content.texts;
    let mut problems = Vec::new();
    for (field, paragraphs, wanted) in [("welcome", &texts.welcome, 3), ("attitude", &texts.attitude, 2)] {
        let found: usize = paragraphs.iter().map(|paragraph| sentences_of(paragraph).count()).sum();
        if found != wanted {
            let at = At::new(&format!("{language}/texts.toml"), "", field);
            problems.push(at.says(format!("has {found} sentences; it takes exactly {wanted}")));
        }
    }
    problems
}
