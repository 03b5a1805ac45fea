//! `cargo +nightly fuzz run --fuzz-dir tests/fuzz changes`, guided by what of the code is reached.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzzing::changes::check(input));
