//! What the unit tests share. Compiled for tests only.

use crate::entropy::Entropy;
use crate::kdf::{KdfSetup, PassphraseKey, derive};
use crate::passphrase::Passphrase;
use naast_core::content::{About, Phase};
use naast_core::records::{
    Card, Family, FamilyId, Id, OwnQuestion, OwnQuestionId, Record, Step, StepId, Symbol, Visit, VisitId, Went,
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
            id: StepId(Id([4; 12])),
            what: "School bellen".into(),
            who: "Mama".into(),
            when: "dinsdag".into(),
            went: Went::Partly,
        }],
        seen_heard: "Yara lachte om haar broer.".into(),
        thoughts: "Er is meer rust.".into(),
        ..Visit::new(VisitId(Id([2; 12])), FamilyId(Id([1; 12])), Day(20_777), Moment(1_794_990_000_000))
    }
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
        archived in any::<Option<i32>>(),
    ) -> Family {
        Family { id: FamilyId(id), nickname, symbol, since: Day(since), archived: archived.map(Day) }
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
    ) -> Step {
        let [what, who, when] = words;
        Step { id: StepId(id), what, who, when, went }
    }
}

prop_compose! {
    fn any_visit()(
        ids in (any_id(), any_id()),
        (day, created, closed) in any::<(i32, i64, Option<i64>)>(),
        texts in any::<[String; 6]>(),
        cards in prop::collection::vec(any_card(), 0..4),
        steps in prop::collection::vec(any_step(), 0..4),
        outcomes in prop::collection::vec(any::<String>(), 0..3),
        checks in prop::collection::vec(any::<String>(), 0..3),
    ) -> Visit {
        let [intention, quick_note, differently, opener, seen_heard, thoughts] = texts;
        Visit {
            closed: closed.map(Moment),
            intention, cards, quick_note, outcomes, checks, differently, opener, steps, seen_heard, thoughts,
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
    ]
}
