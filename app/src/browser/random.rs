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
            // A screen test draws the same words each time; nothing it seals is stored.
            None if cfg!(test) => count_up(bytes),
            None => throw_str("no random numbers"),
        }
    }
}

/// Bytes that count up, the same on every thread.
fn count_up(bytes: &mut [u8]) {
    use std::cell::Cell;
    thread_local! {
        static NEXT: Cell<u8> = const { Cell::new(0) };
    }
    bytes.fill_with(|| NEXT.replace(NEXT.get().wrapping_add(1)));
}
