//! The entry point for the fuzzer, and for property tests.

use crate::frame::Frame;
use crate::receiver::{Receiver, Taken};
use crate::{MAX_LEN, Sender};

/// Takes the bytes as codes that a camera sees, each a length and that many bytes, some of them with a correct
/// sum, and some real ones in between. Nothing panics, and only what was sent is received.
pub fn frames(data: &[u8]) {
    let given = data.get(..data.len().min(300)).filter(|given| !given.is_empty()).unwrap_or(b"x");
    let Ok(sender) = Sender::new(given.to_vec()) else { return };
    let mut receiver = Receiver::new();
    receiver.take(&sender.frame(u32::from(given[0])));
    let mut rest = data;
    while let Some((&length, after)) = rest.split_first() {
        let (seen, after) = after.split_at(after.len().min(usize::from(length) * 4));
        rest = after;
        one(&mut receiver, seen);
        let mut summed = b"NaQ".to_vec();
        summed.extend(seen);
        summed.extend(crate::frame::sum(&summed).to_le_bytes());
        one(&mut receiver, &summed);
        // An unknown frame, whatever transfer it claims to belong to.
        one(&mut Receiver::new(), &summed);
    }
    let mut nth = 0;
    while receiver.whole().is_none() {
        receiver.take(&sender.frame(nth));
        nth += 1;
        assert!(nth < 2_000, "never whole");
    }
    assert!(receiver.whole().is_some_and(|whole| whole == given));
}

fn one(receiver: &mut Receiver, seen: &[u8]) {
    if let Ok(frame) = Frame::read(seen) {
        assert_eq!(frame.to_bytes(), seen);
    }
    let before = receiver.progress();
    let taken = receiver.take(seen);
    let (got, of) = receiver.progress();
    assert!(got <= of && of <= MAX_LEN);
    if matches!(taken, Taken::Foreign | Taken::Newer | Taken::Other | Taken::Known) && before.1 != 0 {
        assert!((got, of) == before || got == 0);
    }
}

/// Replays the corpus.
#[cfg(test)]
mod tests {
    use crate::corpus::replay;

    #[test]
    fn what_was_fuzzed_is_read_as_it_should() {
        replay("frame", super::frames);
    }
}
