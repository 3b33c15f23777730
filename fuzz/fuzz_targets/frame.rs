//! What a camera reads from a screen during a transfer: valid frames, frames of others, and no frames.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| naast_transfer::fuzzing::frames(data));
