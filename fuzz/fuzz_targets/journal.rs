//! What both stores hold, and what was put down together.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| naast_vault::fuzzing::journal(data));
