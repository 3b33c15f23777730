//! What the unit tests share. Compiled for tests only.

use crate::entropy::Entropy;
use crate::kdf::{KdfSetup, PassphraseKey, derive};
use crate::passphrase::Passphrase;
use naast_core::content::{About, Phase};
use naast_core::records::{
    Answer, Card, Concern, ConcernId, Family, FamilyId, Helper, Id, Idea, Mark, OwnQuestion, OwnQuestionId, Record,
    Step, StepId, Symbol, ToolUse, ToolUseId, Visit, VisitId, Went,
};
use naast_core::time::{Day, Moment};
use proptest::prelude::*;

/// Bytes that look random and are the same in every run (SplitMix64).
pub(crate) struct Seeded(u64);

impl Seeded {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }
}

impl Entropy for Seeded {
    fn fill(&mut self, buf: &mut [u8]) {
        for chunk in buf.chunks_mut(8) {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
        }
    }
}

/// A key at the lowest costs a header may ask for, with a salt that is always the same.
pub(crate) fn cheap_key(passphrase: &str) -> PassphraseKey {
    let mut setup = [7; 23];
    setup[..7].copy_from_slice(&[1, 0, 76, 0, 0, 2, 1]);
    derive(&Passphrase::from_typed(passphrase), &KdfSetup::from_bytes(&setup).unwrap()).unwrap()
}

/// A visit with something in every field.
pub(crate) fn sample_visit() -> Visit {
    Visit {
        closed: Some(Moment(1_795_000_000_000)),
        intention: "Eerst thee, dan pas vragen.".into(),
        cards: vec![Card { question: "good-week".into(), asked: true, note: "Zondag naar de markt.".into() }],
        quick_note: "Nieuwe bank 🛋".into(),
        outcomes: vec!["relieved".into()],
        checks: vec!["own-pace".into()],
        differently: "Langer stil zijn.".into(),
        opener: "Hoe was de markt?".into(),
        steps: vec![Step {
            what: "School bellen".into(),
            who: "Mama".into(),
            when: "dinsdag".into(),
            went: Went::Partly,
            ..Step::new(StepId(Id([4; 12])))
        }],
        seen_heard: "Yara lachte om haar broer.".into(),
        thoughts: "Er is meer rust.".into(),
        ..Visit::new(VisitId(Id([2; 12])), FamilyId(Id([1; 12])), Day(20_777), Moment(1_794_990_000_000))
    }
}

/// The same visit, with something in what version 1 did not know as well.
pub(crate) fn full_visit() -> Visit {
    let answer = |asks: &str, text: &str| Answer { asks: asks.into(), text: text.into() };
    let mut visit = Visit {
        kind: "ordinary".into(),
        at: Some(14 * 60 + 30),
        said: "‘Zo gaat het elke avond.’".into(),
        answers: vec![answer("did-to-me", "Ik werd er stil van.")],
        signs: vec![Mark { asks: "power".into(), value: 7 }],
        tools: vec![ToolUse {
            id: ToolUseId(Id([5; 12])),
            tool: "scale".into(),
            answers: vec![answer("scale-zero", "Schreeuwen"), answer("scale-ten", "Samen eten")],
            marks: vec![Mark { asks: "scale-now".into(), value: 4 }],
        }],
        cleared: Some(Moment(1_799_000_000_000)),
        ..sample_visit()
    };
    for step in &mut visit.steps {
        (step.idea, step.helper, step.sure) = (Some(Idea::Parent), Some(Helper::Network), Some(8));
    }
    visit
}

/// Notes of visits that never were. The bench takes its words from here too.
pub(crate) const NOTES: &str = include_str!("../tests/notes.txt");

/// A note of so many characters: words of [`NOTES`] in an order that another seed does not give.
pub(crate) fn some_note(seed: u64, characters: usize) -> String {
    let words: Vec<&str> = NOTES.split_inclusive([' ', '\n']).collect();
    let mut seeded = Seeded::new(seed);
    let any_word = || {
        let mut at = [0; 8];
        seeded.fill(&mut at);
        words[usize::try_from(u64::from_le_bytes(at) % words.len() as u64).unwrap()]
    };
    core::iter::repeat_with(any_word).flat_map(str::chars).take(characters).collect()
}

fn any_id() -> impl Strategy<Value = Id> {
    any::<[u8; 12]>().prop_map(Id)
}

prop_compose! {
    fn any_family()(
        id in any_id(),
        nickname in any::<String>(),
        symbol in prop::sample::select(&Symbol::ALL[..]),
        since in any::<i32>(),
        days in any::<[Option<i32>; 3]>(),
        (please_do, please_never) in any::<(String, String)>(),
        answers in any_answers(),
    ) -> Family {
        let [archived, farewell, handed_over] = days.map(|day| day.map(Day));
        Family {
            id: FamilyId(id), nickname, symbol, since: Day(since), archived, please_do, please_never, farewell,
            handed_over, answers,
        }
    }
}

fn any_answers() -> impl Strategy<Value = Vec<Answer>> {
    let answer = any::<(String, String)>().prop_map(|(asks, text)| Answer { asks, text });
    prop::collection::vec(answer, 0..3)
}

fn any_marks() -> impl Strategy<Value = Vec<Mark>> {
    prop::collection::vec(any::<(String, u8)>().prop_map(|(asks, value)| Mark { asks, value }), 0..3)
}

prop_compose! {
    fn any_tool_use()(
        id in any_id(), tool in any::<String>(), answers in any_answers(), marks in any_marks(),
    ) -> ToolUse {
        ToolUse { id: ToolUseId(id), tool, answers, marks }
    }
}

prop_compose! {
    fn any_concern()(
        ids in (any_id(), any_id(), prop::option::of(any_id())),
        (created, closed) in any::<(i64, Option<i64>)>(),
        (seen, thoughts) in any::<(String, String)>(),
        answers in any_answers(),
    ) -> Concern {
        Concern {
            closed: closed.map(Moment), seen, thoughts, answers,
            ..Concern::new(ConcernId(ids.0), FamilyId(ids.1), ids.2.map(VisitId), Moment(created))
        }
    }
}

prop_compose! {
    fn any_card()(question in any::<String>(), asked in any::<bool>(), note in any::<String>()) -> Card {
        Card { question, asked, note }
    }
}

prop_compose! {
    fn any_step()(
        id in any_id(),
        words in any::<[String; 3]>(),
        went in prop::sample::select(&[Went::Open, Went::Done, Went::Partly, Went::NotYet, Went::NotNeeded][..]),
        idea in prop::option::of(prop::sample::select(&Idea::ALL[..])),
        helper in prop::option::of(prop::sample::select(&Helper::ALL[..])),
        sure in any::<Option<u8>>(),
    ) -> Step {
        let [what, who, when] = words;
        Step { id: StepId(id), what, who, when, went, idea, helper, sure }
    }
}

prop_compose! {
    fn any_visit()(
        ids in (any_id(), any_id()),
        (day, created, closed) in any::<(i32, i64, Option<i64>)>(),
        texts in any::<[String; 8]>(),
        (at, cleared) in any::<(Option<u16>, Option<i64>)>(),
        (answers, signs) in (any_answers(), any_marks()),
        tools in prop::collection::vec(any_tool_use(), 0..3),
        cards in prop::collection::vec(any_card(), 0..4),
        steps in prop::collection::vec(any_step(), 0..4),
        outcomes in prop::collection::vec(any::<String>(), 0..3),
        checks in prop::collection::vec(any::<String>(), 0..3),
    ) -> Visit {
        let [kind, intention, quick_note, differently, opener, seen_heard, said, thoughts] = texts;
        Visit {
            closed: closed.map(Moment),
            cleared: cleared.map(Moment),
            kind, at, intention, cards, quick_note, outcomes, checks, differently, opener, steps, seen_heard, said,
            thoughts, answers, signs, tools,
            ..Visit::new(VisitId(ids.0), FamilyId(ids.1), Day(day), Moment(created))
        }
    }
}

prop_compose! {
    fn any_own_question()(
        id in any_id(),
        text in any::<String>(),
        follow_up in any::<String>(),
        phase in prop::sample::select(&Phase::ALL[..]),
        about in prop::sample::select(&About::ALL[..]),
    ) -> OwnQuestion {
        OwnQuestion { id: OwnQuestionId(id), text, follow_up, phase, about }
    }
}

pub(crate) fn any_record() -> impl Strategy<Value = Record> {
    prop_oneof![
        any_family().prop_map(Record::Family),
        any_visit().prop_map(Record::Visit),
        any_own_question().prop_map(Record::OwnQuestion),
        any_concern().prop_map(Record::Concern),
    ]
}
