//! The crate's own code for packages and facts, taken in by path: these commands must work when `schemas/`
//! is empty or damaged and the crate therefore cannot be built.

#[path = "../../src/schema/facts.rs"]
pub mod facts;
#[path = "../../src/schema/ingest/mod.rs"]
pub mod ingest;
#[path = "../../src/schema/source/mod.rs"]
pub mod source;
