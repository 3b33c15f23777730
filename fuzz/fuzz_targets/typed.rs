//! The key as the worker thread sends it, and typed passphrases.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| naast_vault::fuzzing::typed(data));
