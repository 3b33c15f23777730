//! A backup: the file, and its decrypted contents.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| naast_vault::fuzzing::backup(data));
