//! Wrong attempts slow down.

/// How often in a row the wrong words were typed, and how long to wait after.
///
/// It slows down someone who holds the phone and tries what comes to mind. It never erases
/// anything: who mistypes ten times is tired, not a thief. It is kept in memory only, and stops
/// nobody who copied the store; the costs of the derivation do that. It has no clock: whoever
/// asks does the waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attempts(u8);

impl Attempts {
    /// After another wrong attempt. What opened the vault begins anew with [`Self::default`].
    #[must_use]
    pub fn and_a_wrong_one(self) -> Self {
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
        let mut attempts = Attempts::default();
        let mut waits = Vec::new();
        for _ in 0..300 {
            waits.push(attempts.wait_seconds());
            attempts = attempts.and_a_wrong_one();
        }
        assert_eq!(waits[..8], [0, 0, 0, 5, 15, 30, 60, 60]);
        assert!(waits[8..].iter().all(|&wait| wait == 60));
    }
}
