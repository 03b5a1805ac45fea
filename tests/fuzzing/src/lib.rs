//! Damaged input for what reads input. A *target* has texts to begin with, a way to damage them, and a check that
//! panics where what was promised does not hold. The tests run each for some cases; with `AZAPI_LS_FUZZ_SECONDS` one
//! runs for that long. `tests/fuzz` gives the same checks to `cargo fuzz`.

pub mod answers;
pub mod bundles;
pub mod changes;
pub mod choices;
pub mod circles;
pub mod damage;
pub mod driver;
pub mod folders;
mod grammar;
pub mod messages;
pub mod packages;
pub mod parser;
pub mod paths;
mod samples;
