//! An address.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| naast_core::fuzzing::route(text));
