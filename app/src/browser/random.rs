//! Random bytes from the platform.

use naast_vault::Entropy;
use wasm_bindgen::{UnwrapThrowExt, throw_str};

/// The platform's random numbers, fit for keys.
#[derive(Debug, Clone, Copy)]
pub struct Platform;

impl Entropy for Platform {
    /// Fills `bytes`, at most 65,536 at a time; we never ask more than a few dozen.
    ///
    /// A browser that has no random numbers ends the work here: nothing may be
    /// sealed without them.
    fn fill(&mut self, bytes: &mut [u8]) {
        match super::window().and_then(|window| window.crypto().ok()) {
            Some(crypto) => {
                crypto.get_random_values_with_u8_array(bytes).unwrap_throw();
            }
            None => throw_str("no random numbers"),
        }
    }
}
