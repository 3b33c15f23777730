//! What a parent answers on the turned phone, and adding it to the worker's records.
//!
//! The answers arrive after the vault is open again. Adding them twice changes nothing, because the power may fail
//! in between.

use crate::content::{AskKind, Tool};
use crate::records::{
    Answer, Family, Id, Mark, Step, StepId, ToolUse, ToolUseId, Visit, VisitId, answer, mark, set_answer, set_mark,
};

/// The tool for a small step: its answers become a step of the visit (`content::Tool::id`).
pub const STEP: &str = "step";
const STEP_WHAT: &str = "step-what";
const STEP_WHO: &str = "step-who";
const STEP_SURE: &str = "step-sure";

/// The tool for what the worker does well to do, and never to do: its answers belong to the family.
pub const PLEASE: &str = "please";
const PLEASE_DO: &str = "please-do";
const PLEASE_NEVER: &str = "please-never";

/// In place of a tool: the words to introduce oneself with. It asks nothing.
pub const INTRODUCTION: &str = "introduction";

/// The tool for reading along: the parent sees parts of what the worker noted, and may ask to change it.
pub const READ: &str = "read";

/// The tool for a copy of what was agreed, to take home.
pub const COPY: &str = "copy";
/// What was given, and when: an answer of that tool, one per line.
pub const COPY_GIVEN: &str = "copy-given";

/// The answers of a parent with one tool, during one visit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ParentAnswers {
    /// Their id, new for each time that the phone is turned.
    pub id: Id,
    /// The visit.
    pub visit: VisitId,
    /// The tool (`content::Tool::id`).
    pub tool: String,
    /// What the parent chose or wrote, by the id of the question; several choices are one per line.
    pub answers: Vec<Answer>,
    /// Marks from 0 to 10, by the id of the question.
    pub marks: Vec<Mark>,
}

impl ParentAnswers {
    /// Whether the parent answered nothing.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.marks.is_empty() && self.answers.iter().all(|answer| answer.text.trim().is_empty())
    }

    /// Adds the answers to the visit. What the worker wrote stays; a mark of the parent replaces an earlier one.
    pub fn add_to_visit(&self, tools: &[Tool], visit: &mut Visit) {
        if visit.id != self.visit || self.is_blank() || self.tool == PLEASE {
            return;
        }
        if self.tool == STEP && !answer(&self.answers, STEP_WHAT).trim().is_empty() {
            return self.add_step(visit);
        }
        let at = visit.tools.iter().position(|used| used.tool == self.tool).unwrap_or_else(|| {
            let id = ToolUseId(self.id);
            visit.tools.push(ToolUse { id, tool: self.tool.clone(), answers: Vec::new(), marks: Vec::new() });
            visit.tools.len() - 1
        });
        let used = &mut visit.tools[at];
        for given in &self.answers {
            let mut asks = tools.iter().flat_map(|tool| &tool.asks);
            let is_list = asks.any(|ask| ask.id == given.asks && ask.kind == AskKind::List);
            let both = joined(answer(&used.answers, &given.asks), &given.text, if is_list { "\n" } else { " / " });
            set_answer(&mut used.answers, &given.asks, &both);
        }
        for given in &self.marks {
            set_mark(&mut used.marks, &given.asks, Some(given.value));
        }
    }

    fn add_step(&self, visit: &mut Visit) {
        let id = StepId(self.id);
        if visit.step(id).is_none() {
            visit.steps.push(Step::new(id));
        }
        if let Some(step) = visit.step_mut(id) {
            step.what = answer(&self.answers, STEP_WHAT).trim().replace('\n', " / ");
            step.who = answer(&self.answers, STEP_WHO).trim().replace('\n', ", ");
            step.sure = mark(&self.marks, STEP_SURE);
        }
    }

    /// Adds to the family what the parent asks to do, and never to do.
    pub fn add_to_family(&self, family: &mut Family) {
        if self.tool == PLEASE {
            family.please_do = joined(&family.please_do, answer(&self.answers, PLEASE_DO), "\n");
            family.please_never = joined(&family.please_never, answer(&self.answers, PLEASE_NEVER), "\n");
        }
    }
}

/// The text, and after it those parts of `more` that it does not have yet. A part is a line, without what looks
/// like `between`, so that it is found again.
fn joined(text: &str, more: &str, between: &str) -> String {
    let bare = |part: &str| part.trim_matches([' ', '/']).to_owned();
    let mut all = text.to_owned();
    for part in more.split('\n').flat_map(|line| line.split(between)).map(bare).filter(|part| !part.is_empty()) {
        if all.split(between).any(|known| bare(known) == part) {
            continue;
        }
        if !all.trim().is_empty() && !all.ends_with(between) {
            all.push_str(between);
        }
        all.push_str(&part);
    }
    all
}

macro_rules! words {
    ($($(#[$meaning:meta])* $name:ident = $key:literal),* $(,)?) => {
        /// A text of the turned phone's own: a button, or a word beside a face.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Word {
            $($(#[$meaning])* $name),*
        }

        impl Word {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The key in the files of languages, under `[screen]`.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key),*
                }
            }
        }
    };
}

words! {
    /// To the next question.
    Next = "next",
    /// To the question before.
    Back = "back",
    /// After the last question.
    Done = "done",
    /// The label of the field for own words.
    Own = "own",
    /// The heading after the last question.
    Thanks = "thanks",
    /// What to do then.
    GiveBack = "give-back",
    /// The answers are saved.
    Kept = "kept",
    /// The answers are not saved yet.
    NotKept = "not-kept",
    /// Nothing else can be opened.
    Locked = "locked",
    /// One option may be chosen.
    One = "one",
    /// Several options may be chosen.
    More = "more",
    /// The sad face.
    TalkNo = "talk-no",
    /// The face in between.
    TalkSome = "talk-some",
    /// The glad face.
    TalkYes = "talk-yes",
    /// The sad face, for a child's day.
    DayNo = "day-no",
    /// The face in between.
    DaySome = "day-some",
    /// The glad face.
    DayYes = "day-yes",
    /// Rain, for a child's bad day.
    WeatherNo = "weather-no",
    /// Clouds.
    WeatherSome = "weather-some",
    /// Sun.
    WeatherYes = "weather-yes",
    /// Above what was agreed.
    Agreed = "agreed",
    /// Above what was said.
    Said = "said",
    /// Above what was seen and heard.
    Seen = "seen",
    /// Above the words to introduce oneself with.
    Hello = "hello",
    /// Reads the question aloud.
    Speak = "speak",
}

/// What was agreed in a visit, a line for each step that has words.
#[must_use]
pub fn agreed(visit: &Visit) -> Vec<(StepId, String)> {
    let line = |step: &Step| {
        let parts = [step.what.trim(), step.who.trim(), step.when.trim()];
        (step.id, parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "))
    };
    visit.steps.iter().map(line).filter(|(_, text)| !text.is_empty()).collect()
}

/// The parts of a visit that a parent can read along, under their headings. Thoughts of the worker are not among them.
#[must_use]
pub fn readable(visit: &Visit) -> Vec<(Word, String)> {
    let steps = agreed(visit).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n");
    let all = [(Word::Agreed, steps), (Word::Said, visit.said.clone()), (Word::Seen, visit.seen_heard.clone())];
    all.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect()
}

/// What parents read on the turned phone, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts {
    /// Sorted by key.
    lines: Vec<(String, String)>,
}

impl Texts {
    /// Reads the compiled file of a language: a line for each text, with its key, a tab and the text.
    #[must_use]
    pub fn parse(file: &str) -> Self {
        let line = |line: &str| line.split_once('\t').map(|(key, text)| (key.to_owned(), text.to_owned()));
        let mut lines = file.lines().filter_map(line).collect::<Vec<_>>();
        lines.sort_unstable();
        Self { lines }
    }

    fn get(&self, section: &str, key: &str) -> &str {
        let key = [section, ".", key].concat();
        let at = self.lines.binary_search_by(|(known, _)| known.cmp(&key));
        at.ok().and_then(|at| self.lines.get(at)).map_or("", |(_, text)| text)
    }

    /// A text of the screen itself.
    #[must_use]
    pub fn word(&self, word: Word) -> &str {
        self.get("screen", word.key())
    }

    /// An option (`content::Ask::options`); empty if there is none of that name.
    #[must_use]
    pub fn option(&self, id: &str) -> &str {
        self.get("option", id)
    }

    /// A question (`content::Ask::id`); empty in Dutch, where the content has it in two forms of address.
    #[must_use]
    pub fn ask(&self, id: &str) -> &str {
        self.get("ask", id)
    }

    /// A title of the introduction (`content::Leaflet::id`); empty in Dutch, as with questions.
    #[must_use]
    pub fn title(&self, id: &str) -> &str {
        self.get("title", id)
    }

    /// A part of the introduction.
    #[must_use]
    pub fn introduction(&self, id: &str) -> &str {
        self.get("introduction", id)
    }

    /// The drawing of an option or a face: a path on a grid of 24 by 24. The Dutch file has them.
    #[must_use]
    pub fn drawing(&self, id: &str) -> &str {
        self.get("drawing", id)
    }
}

/// The languages of the turned phone, by the codes of three letters that some devices use (ISO 639-2 and 639-3).
const LONG_CODES: [(&str, &str); 12] = [
    ("ara", "ar"),
    ("dut", "nl"),
    ("eng", "en"),
    ("fas", "fa"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("nld", "nl"),
    ("per", "fa"),
    ("pol", "pl"),
    ("spa", "es"),
    ("tur", "tr"),
    ("ukr", "uk"),
];

/// Whether a voice speaks a language (`tag` is its BCP 47 code). Devices name the language of a voice as `en-US`,
/// `en_us` or `eng-US-f000`.
#[must_use]
pub fn speaks(voice: &str, tag: &str) -> bool {
    let language = voice.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let short = LONG_CODES.iter().find(|(long, _)| *long == language).map(|(_, short)| *short);
    short.unwrap_or(&language) == tag
}

/// Whether text in the language of this tag (BCP 47) runs from right to left.
#[must_use]
pub fn is_right_to_left(tag: &str) -> bool {
    let language = tag.split(['-', '_']).next().unwrap_or_default();
    ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"].contains(&language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::FamilyId;
    use crate::time::{Day, Moment};
    use proptest::prelude::*;

    fn visit() -> Visit {
        Visit::new(VisitId(Id([1; 12])), FamilyId(Id([2; 12])), Day(3), Moment(4))
    }

    fn answers(tool: &str, said: &[(&str, &str)], marks: &[(&str, u8)]) -> ParentAnswers {
        let mut all = ParentAnswers { id: Id([9; 12]), visit: visit().id, tool: tool.into(), ..Default::default() };
        said.iter().for_each(|(asks, text)| set_answer(&mut all.answers, asks, text));
        marks.iter().for_each(|(asks, value)| set_mark(&mut all.marks, asks, Some(*value)));
        all
    }

    #[test]
    fn a_step_of_the_parent_is_a_step_of_the_visit() {
        let mut visit = visit();
        let given = answers(
            STEP,
            &[(STEP_WHAT, "Samen naar buiten\nNaar het park"), (STEP_WHO, "Ik zelf\nFamilie")],
            &[(STEP_SURE, 7)],
        );
        for _ in 0..2 {
            given.add_to_visit(&[], &mut visit);
            let [step] = &visit.steps[..] else { panic!("{:?}", visit.steps) };
            assert_eq!(
                (&*step.what, &*step.who, step.sure),
                ("Samen naar buiten / Naar het park", "Ik zelf, Familie", Some(7))
            );
        }
        assert!(visit.tools.is_empty());
    }

    #[test]
    fn a_step_without_words_is_kept_all_the_same() {
        let mut visit = visit();
        answers(STEP, &[], &[(STEP_SURE, 7)]).add_to_visit(&[], &mut visit);
        assert!(visit.steps.is_empty());
        assert_eq!(mark(&visit.tools[0].marks, STEP_SURE), Some(7));
    }

    #[test]
    fn words_of_the_worker_stay_and_a_mark_of_the_parent_counts() {
        let mut visit = visit();
        answers("scale", &[("scale-subject", "Slapen")], &[("scale-now", 3)]).add_to_visit(&[], &mut visit);
        answers("scale", &[("scale-subject", "Eten")], &[("scale-now", 6)]).add_to_visit(&[], &mut visit);
        let [used] = &visit.tools[..] else { panic!("{:?}", visit.tools) };
        assert_eq!(answer(&used.answers, "scale-subject"), "Slapen / Eten");
        assert_eq!(mark(&used.marks, "scale-now"), Some(6));
    }

    #[test]
    fn requests_belong_to_the_family() {
        let mut family = Family { please_do: "Even bellen".into(), ..Default::default() };
        let given = answers(PLEASE, &[(PLEASE_DO, "Thee drinken\nEven bellen"), (PLEASE_NEVER, "Foto’s maken")], &[]);
        for _ in 0..2 {
            given.add_to_family(&mut family);
            assert_eq!((&*family.please_do, &*family.please_never), ("Even bellen\nThee drinken", "Foto’s maken"));
        }
        let mut visit = visit();
        given.add_to_visit(&[], &mut visit);
        assert_eq!(visit, self::visit());
    }

    #[test]
    fn texts_are_found_by_their_keys() {
        let texts = Texts::parse("screen.next\tVerder\noption.walk\tSamen naar buiten\nask.step-what\tWat?\nno tab");
        assert_eq!(texts.word(Word::Next), "Verder");
        assert_eq!((texts.option("walk"), texts.ask("step-what")), ("Samen naar buiten", "Wat?"));
        assert_eq!((texts.option("next"), texts.drawing("walk")), ("", ""));
    }

    #[test]
    fn voices_are_known_by_any_spelling_of_their_language() {
        for (voice, tag, fits) in [
            ("en-US", "en", true),
            ("en_us", "en", true),
            ("eng-US-f000", "en", true),
            ("AR_eg", "ar", true),
            ("per-IR", "fa", true),
            ("enm", "en", false),
            ("nl-BE", "en", false),
            ("", "en", false),
        ] {
            assert_eq!(speaks(voice, tag), fits, "{voice}");
        }
    }

    #[test]
    fn the_direction_comes_from_the_language() {
        for (tag, rtl) in [("ar", true), ("ar-MA", true), ("fa_IR", true), ("nl", false), ("arn", false), ("", false)] {
            assert_eq!(is_right_to_left(tag), rtl, "{tag}");
        }
    }

    #[test]
    fn a_parent_reads_along_without_the_thoughts_of_the_worker() {
        let mut visit = Visit { said: "‘Het lukt’".into(), thoughts: "Ze is moe.".into(), ..visit() };
        let step = Step { what: "Samen eten".into(), when: "zondag".into(), ..Step::new(StepId(Id([5; 12]))) };
        visit.steps = vec![step, Step::new(StepId(Id([6; 12])))];
        let expected = [(Word::Agreed, "Samen eten · zondag".to_owned()), (Word::Said, "‘Het lukt’".to_owned())];
        assert_eq!(readable(&visit), expected);
    }

    #[test]
    fn another_visit_is_left_alone() {
        let mut other = Visit { id: VisitId(Id([7; 12])), ..visit() };
        let before = other.clone();
        answers("scale", &[], &[("scale-now", 3)]).add_to_visit(&[], &mut other);
        assert_eq!(other, before);
    }

    proptest! {
        #[test]
        fn adding_again_changes_nothing(
            tool in "step|please|scale|talk",
            said in proptest::collection::vec(("step-what|step-who|please-do|scale-subject", "[a-c /\n]{0,9}"), 0..4),
            marks in proptest::collection::vec(("step-sure|scale-now", 0..=10_u8), 0..3),
        ) {
            let said: Vec<(&str, &str)> = said.iter().map(|(asks, text)| (&**asks, &**text)).collect();
            let marks: Vec<(&str, u8)> = marks.iter().map(|(asks, value)| (&**asks, *value)).collect();
            let given = answers(&tool, &said, &marks);
            let (mut visit, mut family) = (visit(), Family::default());
            given.add_to_visit(&[], &mut visit);
            given.add_to_family(&mut family);
            let (once, asked) = (visit.clone(), family.clone());
            given.add_to_visit(&[], &mut visit);
            given.add_to_family(&mut family);
            prop_assert_eq!((visit, family), (once, asked));
        }
    }
}
