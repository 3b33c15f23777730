//! What is here and what is in a backup, as if both had opened.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| naast_vault::fuzzing::restore(data));
