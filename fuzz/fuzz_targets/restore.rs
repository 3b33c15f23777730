//! The vault and a backup, both decrypted.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| naast_vault::fuzzing::restore(data));
