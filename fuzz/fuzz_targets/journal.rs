//! The contents of both stores, including a batch.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| naast_vault::fuzzing::journal(data));
