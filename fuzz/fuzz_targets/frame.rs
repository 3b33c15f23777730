//! What a camera reads off a screen during a transfer: frames of ours, of others, and none.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| naast_transfer::fuzzing::frames(data));
