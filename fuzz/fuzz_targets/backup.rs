//! A backup: the file, and the bytes inside as if they had opened.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| naast_vault::fuzzing::backup(data));
