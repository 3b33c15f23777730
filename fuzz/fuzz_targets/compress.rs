//! Bytes as if they were compressed, and the same bytes to compress.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| naast_vault::fuzzing::compress(data));
