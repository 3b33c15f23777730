//! The compact form of the content.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| naast_core::fuzzing::content(data));
