//! A transfer from phone to phone through the screen: the sender shows bytes as an endless sequence of QR codes,
//! and a receiver that saw enough of them, in any order, has the bytes.
//!
//! There is no clock, no random numbers, no screen and no camera: frames and pictures come in as arguments.
//! `FORMAT.md` specifies a frame, and why it is our own format and not that of a library.

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
