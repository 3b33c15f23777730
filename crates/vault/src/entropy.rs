//! Randomness, passed in from outside.

/// A source of random bytes fit for keys; in a browser `crypto.getRandomValues`.
pub trait Entropy {
    /// Fills the whole buffer with unpredictable bytes.
    fn fill(&mut self, buf: &mut [u8]);
}

/// A fresh array of random bytes.
pub(crate) fn random<const N: usize>(entropy: &mut impl Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes);
    bytes
}
