//! Answers of a parent, from the turned phone.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| naast_vault::fuzzing::parent(data));
