//! From phone to phone through the screen: bytes become an endless row of QR codes, and whoever
//! saw enough of them, in any order, has the bytes again.
//!
//! No clock, no random numbers, no screen and no camera: frames and pictures come in as arguments.
//! `FORMAT.md` says what stands in a frame, and why it is our own and no library's.

#[cfg(test)]
#[path = "../../../fuzz/replay.rs"]
mod corpus;
mod frame;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod qr;
mod receiver;
mod sender;

#[cfg(test)]
mod camera_tests;
#[cfg(test)]
mod loss_tests;

pub use frame::{BLOCK, MAX_LEN, RATE};
pub use qr::{Code, code, grey, read};
pub use receiver::{Receiver, Taken};
pub use sender::{Sender, TooLarge};
