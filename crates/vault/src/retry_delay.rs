//! A delay after wrong passphrases.

/// How many wrong passphrases were typed in a row, and how long to wait next.
///
/// It slows down someone who holds the phone and guesses. It never erases anything: a user who mistypes ten times
/// is tired, not a thief. It is in memory only and does not stop anyone who copied the store; the key derivation
/// does. It has no clock: the caller waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RetryDelay(u8);

impl RetryDelay {
    /// The state after another wrong attempt. Success starts again with [`Self::default`].
    #[must_use]
    pub fn after_wrong_attempt(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// How many seconds to wait before the next attempt: 0 to 60.
    #[must_use]
    pub fn wait_seconds(self) -> u32 {
        match self.0 {
            0..=2 => 0,
            3 => 5,
            4 => 15,
            5 => 30,
            _ => 60,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_mistakes_are_free_and_nobody_waits_more_than_a_minute() {
        let mut retry_delay = RetryDelay::default();
        let mut waits = Vec::new();
        for _ in 0..300 {
            waits.push(retry_delay.wait_seconds());
            retry_delay = retry_delay.after_wrong_attempt();
        }
        assert_eq!(waits[..8], [0, 0, 0, 5, 15, 30, 60, 60]);
        assert!(waits[8..].iter().all(|&wait| wait == 60));
    }
}
