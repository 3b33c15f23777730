//! The course of a contact over time: what was found, who helps, how sure the parent is, where the worker stood.
//! It counts what happened, and gives nobody a score.

use crate::content::{AskKind, Content, Group, Principle, Sign};
use crate::fold;
use crate::records::{Helper, Idea, Visit, answer, mark};
use crate::suggest;
use crate::time::Day;

/// A kind of answer at the table that is shown as one list (`content::Ask::id`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gathered {
    /// Strengths, and times when it did work.
    Strengths,
    /// People around the family.
    Network,
    /// What makes it worthwhile for the parent, and how to notice that help is no longer needed.
    Horizon,
}

impl Gathered {
    /// The questions whose answers belong to this list.
    #[must_use]
    pub fn asks(self) -> &'static [&'static str] {
        match self {
            Self::Strengths => &["compliment-saw", "exception-when-not", "exception-how-come", "scale-not-lower"],
            Self::Network => &["network-does", "network-would", "network-could", "network-who"],
            Self::Horizon => &["wish-worth", "wish-no-help", "wish-who-first"],
        }
    }
}

/// The answers of this kind, one per line, those of the newest visit first. An answer that was given earlier in
/// the same words appears once.
#[must_use]
pub fn gathered<'v>(visits: &[&'v Visit], what: Gathered) -> Vec<&'v str> {
    let mut found: Vec<&str> = Vec::new();
    for visit in visits {
        for ask in what.asks() {
            for used in &visit.tools {
                for line in answer(&used.answers, ask).split('\n').map(str::trim).filter(|line| !line.is_empty()) {
                    let folded = fold::text(line);
                    if !found.iter().any(|known| fold::text(known) == folded) {
                        found.push(line);
                    }
                }
            }
        }
    }
    found
}

/// Numbers from 0 to 10 over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What they are about, in the words of the parent or of the content.
    pub about: String,
    /// Day and mark, the oldest first.
    pub points: Vec<(Day, u8)>,
}

/// The lines of the parent's own marks: one for each subject that a tool asks for first. `visits` are in order of
/// time, the newest first; the lines are in the order of their last mark.
#[must_use]
pub fn lines(content: &Content, visits: &[&Visit]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for visit in visits {
        for used in &visit.tools {
            let Some(tool) = content.tools.iter().find(|tool| tool.id == used.tool) else { continue };
            let (Some(first), Some(scale)) =
                (tool.asks.first(), tool.asks.iter().find(|ask| ask.kind == AskKind::Scale))
            else {
                continue;
            };
            let Some(value) = mark(&used.marks, &scale.id) else { continue };
            let about = answer(&used.answers, &first.id).trim();
            let about = if about.is_empty() { &tool.title } else { about };
            let folded = fold::text(about);
            match lines.iter_mut().find(|line| fold::text(&line.about) == folded) {
                Some(line) => line.points.insert(0, (visit.day, value)),
                None => lines.push(Line { about: about.to_owned(), points: vec![(visit.day, value)] }),
            }
        }
    }
    lines
}

/// The marks of the worker between the two ends of a sign, the oldest first; `visits` are the newest first.
#[must_use]
pub fn stood(visits: &[&Visit], sign: &Sign) -> Vec<(Day, u8)> {
    visits.iter().rev().filter_map(|visit| Some((visit.day, mark(&visit.signs, &sign.id)?))).collect::<Vec<_>>()
}

/// How many visits touched each group of principles, in the order of the groups.
#[must_use]
pub fn compass<'c>(content: &'c Content, visits: &[&Visit]) -> Vec<(&'c Group, usize)> {
    let touches = |visit: &Visit, group: &Group| {
        let in_group = |one: &Principle, id: &str| one.id == id && one.group == group.id;
        suggest::touched(content, visit).iter().any(|id| content.principles.iter().any(|one| in_group(one, id)))
    };
    let times = |group| visits.iter().filter(|visit| touches(visit, group)).count();
    content.groups.iter().map(|group| (group, times(group))).collect::<Vec<_>>()
}

/// How many steps were helped with on each rung of the ladder, the nearest first.
#[must_use]
pub fn ladder(visits: &[&Visit]) -> [(Helper, usize); 4] {
    Helper::ALL.map(|helper| (helper, steps(visits, &|step| step.helper == Some(helper))))
}

/// How many steps were whose idea, the parent's first.
#[must_use]
pub fn ideas(visits: &[&Visit]) -> [(Idea, usize); 3] {
    Idea::ALL.map(|idea| (idea, steps(visits, &|step| step.idea == Some(idea))))
}

fn steps(visits: &[&Visit], fits: &dyn Fn(&crate::records::Step) -> bool) -> usize {
    visits.iter().flat_map(|visit| visit.written_steps()).filter(|step| fits(step)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Ask, Spoken, Tool};
    use crate::records::{Answer, FamilyId, Id, Mark, Step, StepId, ToolUse, ToolUseId, VisitId};
    use crate::test_content::content;
    use crate::time::Moment;

    fn visit(day: i32) -> Visit {
        Visit::new(VisitId(Id([1; 12])), FamilyId(Id([2; 12])), Day(day), Moment(1))
    }

    fn using(mut visit: Visit, tool: &str, answers: &[(&str, &str)], marks: &[(&str, u8)]) -> Visit {
        visit.tools.push(ToolUse {
            id: ToolUseId(Id([3; 12])),
            tool: tool.into(),
            answers: answers.iter().map(|&(asks, text)| Answer { asks: asks.into(), text: text.into() }).collect(),
            marks: marks.iter().map(|&(asks, value)| Mark { asks: asks.into(), value }).collect(),
        });
        visit
    }

    fn with_wish_tool() -> Content {
        let ask = |id: &str, kind| Ask {
            id: id.into(),
            kind,
            text: Spoken { je: String::new(), u: String::new() },
            hint: String::new(),
            options: Vec::new(),
        };
        let mut content = content(Vec::new());
        content.tools.push(Tool {
            id: "wish".into(),
            title: "De moeite waard".into(),
            why: String::new(),
            turn: false,
            asks: vec![ask("wish-worth", AskKind::Line), ask("wish-sure", AskKind::Scale)],
            inventory: Vec::new(),
        });
        content
    }

    #[test]
    fn a_wish_has_one_line_however_it_is_written() {
        let first = using(visit(10), "wish", &[("wish-worth", "Samen eten")], &[("wish-sure", 3)]);
        let second = using(visit(20), "wish", &[("wish-worth", "samen eten ")], &[("wish-sure", 6)]);
        let other = using(visit(30), "wish", &[], &[("wish-sure", 9)]);
        let lines = lines(&with_wish_tool(), &[&other, &second, &first]);
        assert_eq!(lines.len(), 2);
        assert_eq!((lines[0].about.as_str(), &lines[0].points[..]), ("De moeite waard", &[(Day(30), 9)][..]));
        assert_eq!(lines[1].points, [(Day(10), 3), (Day(20), 6)]);
    }

    #[test]
    fn people_and_strengths_are_gathered_once_the_newest_first() {
        let first = using(visit(1), "network", &[("network-who", "Oma\nDe buurvrouw")], &[]);
        let second = using(visit(2), "network", &[("network-who", "oma\n\n Een juf ")], &[]);
        assert_eq!(gathered(&[&second, &first], Gathered::Network), ["oma", "Een juf", "De buurvrouw"]);
        assert!(gathered(&[&second, &first], Gathered::Strengths).is_empty());
    }

    #[test]
    fn steps_count_on_the_rung_that_helped_and_lines_still_empty_do_not() {
        let step = |what: &str, helper, idea| Step {
            what: what.into(),
            helper: Some(helper),
            idea: Some(idea),
            ..Step::new(StepId(Id([4; 12])))
        };
        let mut one = visit(1);
        one.steps = vec![
            step("koken", Helper::Network, Idea::Parent),
            step("bellen", Helper::Network, Idea::Worker),
            step(" ", Helper::Parents, Idea::Parent),
        ];
        assert_eq!(ladder(&[&one]).map(|(_, times)| times), [0, 2, 0, 0]);
        assert_eq!(ideas(&[&one]).map(|(_, times)| times), [1, 0, 1]);
    }

    #[test]
    fn where_one_stood_is_told_from_old_to_new() {
        let sign =
            Sign { id: "plan".into(), reductionist: String::new(), democratic: String::new(), inventory: Vec::new() };
        let at = |day, value| {
            let mut visit = visit(day);
            visit.signs.push(Mark { asks: "plan".into(), value });
            visit
        };
        assert_eq!(stood(&[&at(9, 7), &visit(5), &at(1, 2)], &sign), [(Day(1), 2), (Day(9), 7)]);
    }
}
