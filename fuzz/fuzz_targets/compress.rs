//! Decompresses any bytes, and compresses the same bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| naast_vault::fuzzing::compress(data));
