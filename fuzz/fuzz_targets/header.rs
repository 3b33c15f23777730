//! A stored header, as text.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| naast_vault::fuzzing::header(text));
