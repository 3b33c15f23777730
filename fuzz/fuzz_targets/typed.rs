//! The key on its way from the worker, and words as they are typed.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| naast_vault::fuzzing::typed(data));
