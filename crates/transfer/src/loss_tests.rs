//! With any loss, in any order, with anything in between: the receiver has what was sent, or nothing yet.

use proptest::prelude::*;

use crate::{BLOCK, MAX_LEN, Receiver, Sender, Taken, TooLarge};

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|at| u8::try_from((at * 31 + at / 251) % 256).unwrap()).collect()
}

fn sender(given: &[u8]) -> Sender {
    Sender::new(given.to_vec()).unwrap()
}

#[test]
fn without_loss_it_takes_as_many_frames_as_there_are_parts() {
    for length in [1, BLOCK - 1, BLOCK, BLOCK + 1, 40_000, MAX_LEN] {
        let given = bytes(length);
        let sender = sender(&given);
        let mut receiver = Receiver::new();
        for nth in 0..sender.parts() {
            assert!(receiver.whole().is_none());
            let taken = receiver.take(&sender.frame(u32::try_from(nth).unwrap()));
            assert_eq!(taken, if nth + 1 < sender.parts() { Taken::Part } else { Taken::Whole });
            assert_eq!(receiver.progress(), (nth + 1, sender.parts()));
        }
        assert_eq!(receiver.whole(), Some(&given[..]));
    }
}

#[test]
fn who_begins_to_look_late_needs_hardly_more() {
    let given = bytes(MAX_LEN);
    let sender = sender(&given);
    let mut receiver = Receiver::new();
    let mut seen = 0;
    for nth in 5_000.. {
        seen += 1;
        if receiver.take(&sender.frame(nth)) == Taken::Whole {
            break;
        }
    }
    assert!(seen <= sender.parts() + 12, "{seen} for {}", sender.parts());
    assert_eq!(receiver.whole(), Some(&given[..]));
}

/// Frames of version 1 as first written: 1200 bytes in three blocks.
const FROZEN: [(u32, &str); 4] = [
    (0, include_str!("../tests/vectors/frame_v1_block_0.txt")),
    (2, include_str!("../tests/vectors/frame_v1_block_2.txt")),
    (3, include_str!("../tests/vectors/frame_v1_lot_3.txt")),
    (1_000_000, include_str!("../tests/vectors/frame_v1_lot_1000000.txt")),
];

fn from_hex(text: &str) -> Vec<u8> {
    let digits = text.trim().as_bytes();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

#[test]
fn frames_stay_as_they_were_first_written() {
    let sender = sender(&bytes(1_200));
    for (nth, text) in FROZEN {
        assert_eq!(sender.frame(nth), from_hex(text), "{nth}");
    }
    let mut receiver = Receiver::new();
    let taken = FROZEN.map(|(_, text)| receiver.take(&from_hex(text)));
    assert!(taken.contains(&Taken::Whole));
    assert_eq!(receiver.whole(), Some(&bytes(1_200)[..]));
}

#[test]
fn a_later_version_is_told_from_a_damaged_frame() {
    let frame = sender(&bytes(500)).frame(0);
    let (all, _) = frame.split_last_chunk::<4>().unwrap();
    for (version, taken) in [(0, Taken::Foreign), (1, Taken::Whole), (2, Taken::Newer), (255, Taken::Newer)] {
        let mut other = all.to_vec();
        other[3] = version;
        other.extend(crate::frame::sum(&other).to_le_bytes());
        assert_eq!(Receiver::new().take(&other), taken, "{version}");
    }
}

#[test]
fn too_much_and_nothing_are_refused() {
    assert_eq!(Sender::new(bytes(MAX_LEN + 1)).err(), Some(TooLarge));
    assert_eq!(Sender::new(Vec::new()).err(), Some(TooLarge));
}

#[test]
fn another_transfer_and_another_version_are_told_apart() {
    let (one, other) = (sender(&bytes(5_000)), sender(&bytes(5_001)));
    let mut receiver = Receiver::new();
    assert_eq!(receiver.take(b"https://example.org"), Taken::Foreign);
    assert_eq!(receiver.progress(), (0, 0));
    assert_eq!(receiver.take(&one.frame(3)), Taken::Part);
    assert_eq!(receiver.take(&one.frame(3)), Taken::Known);
    assert_eq!(receiver.take(&other.frame(0)), Taken::Other);
    assert_eq!(receiver.progress(), (1, one.parts()));
    let mut newer = one.frame(0);
    newer[3] = 2;
    // The sum does not fit: a damaged frame says nothing about versions.
    assert_eq!(receiver.take(&newer), Taken::Foreign);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases / 4))]

    #[test]
    fn any_loss_is_made_up_for(
        length in 1_usize..60_000,
        start in 0_u32..400,
        seen in proptest::collection::vec(any::<bool>(), 1..64),
        twice in any::<bool>(),
    ) {
        prop_assume!(seen.contains(&true));
        let given = bytes(length);
        let sender = sender(&given);
        let mut receiver = Receiver::new();
        let mut used = 0;
        for nth in (start..).filter(|nth| seen[*nth as usize % seen.len()]) {
            used += 1;
            let frame = sender.frame(nth);
            let taken = receiver.take(&frame);
            if twice {
                let again = receiver.take(&frame);
                prop_assert_eq!(again, if taken == Taken::Whole { Taken::Whole } else { Taken::Known });
            }
            if taken == Taken::Whole {
                break;
            }
            prop_assert!(used < 3 * sender.parts() + 60);
        }
        prop_assert_eq!(receiver.whole(), Some(&given[..]));
    }

    #[test]
    fn frames_that_changed_on_the_way_change_nothing(
        length in 1_usize..20_000,
        changes in proptest::collection::vec((any::<usize>(), 1_u8..), 1..6),
        nth in 0_u32..100,
        cut in any::<usize>(),
    ) {
        let given = bytes(length);
        let sender = sender(&given);
        let mut receiver = Receiver::new();
        receiver.take(&sender.frame(1000));
        let before = receiver.progress();
        let good = sender.frame(nth);
        let mut bad = good.clone();
        for (at, change) in changes {
            let at = at % bad.len();
            bad[at] ^= change;
        }
        if bad != good {
            prop_assert_eq!(receiver.take(&bad), Taken::Foreign);
        }
        prop_assert_eq!(receiver.take(&good[..cut % good.len()]), Taken::Foreign);
        prop_assert_eq!(receiver.progress(), before);
    }

    #[test]
    fn whatever_a_camera_sees_nothing_breaks(data in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        crate::fuzzing::frames(&data);
    }
}
