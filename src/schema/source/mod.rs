//! The committed facts: text in `schemas/facts`, and back.
//!
//! Needs nothing but [`super::facts`] and `flate2`, so that the build script and the maintainers' commands can take this
//! folder in by path.

pub mod described;
mod fingerprint;
mod graph;
mod lines;
pub mod read;
mod shape;
pub mod share;
mod token;
mod types;
pub mod write;

#[cfg(test)]
mod tests;
