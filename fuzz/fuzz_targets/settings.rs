//! Stored settings: the text, and the bytes inside.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| naast_vault::fuzzing::settings(data));
