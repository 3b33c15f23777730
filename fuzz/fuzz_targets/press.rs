//! Bytes as if they were pressed, and the same bytes to press.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| naast_vault::fuzzing::press(data));
