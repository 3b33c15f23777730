//! Random bytes from the platform.

use naast_vault::Entropy;
use wasm_bindgen::{UnwrapThrowExt, throw_str};

/// The platform's random number generator, fit for keys.
#[derive(Debug, Clone, Copy)]
pub struct Platform;

impl Entropy for Platform {
    /// Fills `bytes`. The platform allows 65,536 at a time, and a few dozen are ever asked for.
    ///
    /// A browser without random numbers stops here, because nothing may be sealed without them.
    fn fill(&mut self, bytes: &mut [u8]) {
        match super::window().and_then(|window| window.crypto().ok()) {
            Some(crypto) => {
                crypto.get_random_values_with_u8_array(bytes).unwrap_throw();
            }
            None => throw_str("no random numbers"),
        }
    }
}
