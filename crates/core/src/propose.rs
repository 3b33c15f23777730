//! Proposes questions to take along, for a kind of visit.

use core::cmp::Reverse;

use crate::content::{Audience, Phase, Question, Tone};

/// At most `count` questions from these phases of the contact, none of which is in `lately`.
///
/// The phases take turns, in their order, so that a talk has a beginning and an end. Within a phase the light
/// questions come first. Questions for after a talk with the coordinator are never proposed. To get other
/// questions, add those that were proposed to `lately`.
#[must_use]
pub fn questions<'q>(all: &'q [Question], phases: &[Phase], lately: &[String], count: usize) -> Vec<&'q Question> {
    let fits = |question: &&Question, phase: Phase, tone: Tone| {
        question.phase == phase
            && question.tone == tone
            && question.audience == Audience::Everyone
            && !lately.contains(&question.id)
    };
    let of_phase = |phase: Phase| {
        let of_tone = move |tone| all.iter().filter(move |question| fits(question, phase, tone));
        of_tone(Tone::Light).chain(of_tone(Tone::Confronting))
    };
    let mut proposed: Vec<(usize, usize, &Question)> = Vec::new();
    for (place, &phase) in phases.iter().enumerate() {
        proposed.extend(of_phase(phase).take(count).enumerate().map(|(turn, question)| (turn, place, question)));
    }
    // The first question of every phase before the second of any; then in the order of the talk.
    proposed.sort_unstable_by_key(|&(turn, place, _)| (turn, place));
    proposed.truncate(count);
    proposed.sort_unstable_by_key(|&(turn, place, _)| (place, turn));
    proposed.into_iter().map(|(_, _, question)| question).collect::<Vec<_>>()
}

/// A question of the same phase to replace `of`: not a safety question, the light ones first, and none of the
/// `taken`; `None` if there is no other.
#[must_use]
pub fn another<'q>(all: &'q [Question], of: &Question, taken: &[String]) -> Option<&'q Question> {
    questions(all, &[of.phase], taken, 1).into_iter().next()
}

/// Questions similar to `of`: those that share its principles, its phase, and whom it is about. Questions for
/// after a talk with the coordinator are never among them, nor are any of the `taken`.
#[must_use]
pub fn neighbours<'q>(all: &'q [Question], of: &Question, taken: &[String], count: usize) -> Vec<&'q Question> {
    let mut near: Vec<(Reverse<usize>, usize, &Question)> = Vec::new();
    for (place, question) in all.iter().enumerate() {
        let shared = question.principles.iter().filter(|id| of.principles.contains(id)).count();
        let closeness = 2 * shared + usize::from(question.phase == of.phase) + usize::from(question.about == of.about);
        let ordinary = question.audience == Audience::Everyone;
        if ordinary && shared > 0 && question.id != of.id && !taken.contains(&question.id) {
            near.push((Reverse(closeness), place, question));
        }
    }
    near.sort_unstable_by_key(|&(closeness, place, _)| (closeness, place));
    near.truncate(count);
    near.into_iter().map(|(_, _, question)| question).collect::<Vec<_>>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_content::question;

    fn bank() -> Vec<Question> {
        let of = |id: &str, phase, tone| Question { phase, tone, ..question(id, id) };
        vec![
            of("a-hard", Phase::Acquaintance, Tone::Confronting),
            of("a-1", Phase::Acquaintance, Tone::Light),
            of("a-2", Phase::Acquaintance, Tone::Light),
            of("c-1", Phase::Closing, Tone::Light),
            Question { audience: Audience::AfterCoordinator, ..of("c-safety", Phase::Closing, Tone::Light) },
            of("w-1", Phase::Wishes, Tone::Light),
        ]
    }

    fn ids(phases: &[Phase], lately: &[&str], count: usize) -> Vec<String> {
        let lately: Vec<String> = lately.iter().map(|&id| id.to_owned()).collect();
        questions(&bank(), phases, &lately, count).iter().map(|question| question.id.clone()).collect()
    }

    #[test]
    fn moments_take_turns_and_the_light_ones_come_first() {
        let phases = [Phase::Acquaintance, Phase::Closing];
        assert_eq!(ids(&phases, &[], 2), ["a-1", "c-1"]);
        assert_eq!(ids(&phases, &[], 3), ["a-1", "a-2", "c-1"]);
        assert_eq!(ids(&phases, &[], 9), ["a-1", "a-2", "a-hard", "c-1"]);
    }

    #[test]
    fn what_was_proposed_lately_does_not_come_again() {
        assert_eq!(ids(&[Phase::Acquaintance], &["a-1"], 1), ["a-2"]);
        assert_eq!(ids(&[Phase::Wishes], &["w-1"], 1), Vec::<String>::new());
    }

    #[test]
    fn a_visit_without_a_goal_gets_no_questions_and_safety_is_never_proposed() {
        assert!(ids(&[], &[], 5).is_empty());
        assert!(!ids(&Phase::ALL, &[], 9).contains(&"c-safety".to_owned()));
    }

    #[test]
    fn another_question_is_of_the_same_moment_and_new() {
        let bank = bank();
        let of = &bank[1];
        let other = |taken: &[&str]| {
            let taken: Vec<String> = taken.iter().map(|&id| id.to_owned()).collect();
            another(&bank, of, &taken).map(|question| question.id.as_str())
        };
        assert_eq!(other(&["a-1"]), Some("a-2"));
        assert_eq!(other(&["a-1", "a-2"]), Some("a-hard"));
        assert_eq!(other(&["a-1", "a-2", "a-hard"]), None);
    }

    #[test]
    fn neighbours_share_a_principle_and_the_nearest_come_first() {
        let mut bank = bank();
        for question in &mut bank {
            question.principles = vec!["beside".into()];
        }
        bank[0].principles = vec!["other".into()];
        let near = |taken: &[String]| -> Vec<String> {
            neighbours(&bank, &bank[1], taken, 9).iter().map(|question| question.id.clone()).collect()
        };
        let all = near(&[]);
        assert_eq!(all[0], "a-2");
        assert!(!all.contains(&"a-1".to_owned()) && !all.contains(&"a-hard".to_owned()));
        assert!(!all.contains(&"c-safety".to_owned()));
        assert!(!near(&["a-2".to_owned()]).contains(&"a-2".to_owned()));
    }
}
