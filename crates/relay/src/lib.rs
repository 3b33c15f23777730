//! The codes of a transfer from phone to phone, for the worker in `public/relay.js`. A module of its
//! own, so that nobody waits for it who only opens Naast.

#![allow(unreachable_pub, reason = "nothing uses this crate; pub says what JavaScript calls")]

use naast_transfer::{Receiver, Sender, Taken, code, grey};
use wasm_bindgen::prelude::wasm_bindgen;

/// Bytes on their way out.
#[wasm_bindgen]
pub struct Giving(Sender);

#[wasm_bindgen]
impl Giving {
    /// Takes the bytes; nothing where they are too many for a transfer.
    pub fn of(bytes: Vec<u8>) -> Option<Self> {
        Sender::new(bytes).ok().map(Self)
    }

    /// How many codes it takes when all are seen.
    pub fn parts(&self) -> usize {
        self.0.parts()
    }

    /// The code with this number: its modules row by row, 1 for a dark one, as many rows as columns.
    pub fn code(&self, nth: u32) -> Vec<u8> {
        code(&self.0.frame(nth)).map(|code| code.dark.into_iter().map(u8::from).collect()).unwrap_or_default()
    }
}

/// Bytes on their way in.
#[wasm_bindgen]
#[derive(Default)]
pub struct Taking(Receiver);

#[wasm_bindgen]
impl Taking {
    /// Nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes what stood in a code; what it brought: 0 nothing, 1 a part more, 2 the last one, 3 it is of
    /// another transfer, 4 of a later version.
    pub fn take(&mut self, frame: &[u8]) -> u8 {
        match self.0.take(frame) {
            Taken::Foreign | Taken::Known => 0,
            Taken::Part => 1,
            Taken::Whole => 2,
            Taken::Other => 3,
            Taken::Newer => 4,
        }
    }

    /// How many parts are there.
    pub fn got(&self) -> usize {
        self.0.progress().0
    }

    /// How many it takes; 0 before the first.
    pub fn all(&self) -> usize {
        self.0.progress().1
    }

    /// The bytes, once they are whole.
    pub fn whole(&self) -> Option<Vec<u8>> {
        self.0.whole().map(<[u8]>::to_vec)
    }
}

/// What stands in the first code of a picture that can be read, nothing where there is none: four
/// bytes a pixel, so many pixels a row.
#[wasm_bindgen]
pub fn read(pixels: &[u8], width: usize) -> Option<Vec<u8>> {
    naast_transfer::read(&grey(pixels), width).into_iter().next()
}
