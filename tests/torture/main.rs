//! The built program over its real stdin and stdout, treated as no editor would: edits, orders, streams and files made
//! from seeds. What it says is held against a model of its own, and against a server that was started a moment ago.
//!
//! Seconds by default. `AZAPI_LS_TORTURE_SECONDS=3600` goes on with new seeds for so long; a round that fails prints its
//! seed, and `AZAPI_LS_TORTURE_SEED=…` plays that one alone.

mod backpressure;
mod cancellation;
mod client;
mod disk;
mod edits;
mod encodings;
mod endurance;
mod framing;
mod hostile;
mod input_end;
mod model;
mod order;
mod questions;
mod rounds;
mod texts;
