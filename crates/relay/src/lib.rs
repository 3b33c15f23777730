//! The codes of a transfer from phone to phone, for the worker in `public/relay.js`. It is a module of its own,
//! so that the app does not wait for it when it starts.

#![allow(unreachable_pub, reason = "nothing uses this crate; pub says what JavaScript calls")]

use naast_transfer::{Receiver, Sender, Taken, code, grey};
use wasm_bindgen::prelude::wasm_bindgen;

/// The sender.
#[wasm_bindgen]
pub struct Giving(Sender);

#[wasm_bindgen]
impl Giving {
    /// Starts with these bytes; `None` if they are too many for a transfer.
    pub fn of(bytes: Vec<u8>) -> Option<Self> {
        Sender::new(bytes).ok().map(Self)
    }

    /// The number of codes to show if every one is seen.
    pub fn parts(&self) -> usize {
        self.0.parts()
    }

    /// The code with this number: its modules row by row, 1 for a dark one, as many rows as columns.
    pub fn code(&self, nth: u32) -> Vec<u8> {
        code(&self.0.frame(nth)).map(|code| code.dark.into_iter().map(u8::from).collect()).unwrap_or_default()
    }
}

/// The receiver.
#[wasm_bindgen]
#[derive(Default)]
pub struct Taking(Receiver);

#[wasm_bindgen]
impl Taking {
    /// Starts without any bytes.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the contents of a code, and returns the result: 0 nothing, 1 another part, 2 the last part, 3 it
    /// belongs to another transfer, 4 it has a later version.
    pub fn take(&mut self, frame: &[u8]) -> u8 {
        match self.0.take(frame) {
            Taken::Foreign | Taken::Known => 0,
            Taken::Part => 1,
            Taken::Whole => 2,
            Taken::Other => 3,
            Taken::Newer => 4,
        }
    }

    /// The number of parts so far.
    pub fn got(&self) -> usize {
        self.0.progress().0
    }

    /// The number of parts in total; 0 before the first.
    pub fn all(&self) -> usize {
        self.0.progress().1
    }

    /// The bytes, once they are complete.
    pub fn whole(&self) -> Option<Vec<u8>> {
        self.0.whole().map(<[u8]>::to_vec)
    }
}

/// The contents of the first readable code in a picture, if any. The picture has four bytes per pixel and this
/// width in pixels.
#[wasm_bindgen]
pub fn read(pixels: &[u8], width: usize) -> Option<Vec<u8>> {
    naast_transfer::read(&grey(pixels), width).into_iter().next()
}
