//! The committed facts: text in `schemas/facts`, and back.

pub mod described;
mod fingerprint;
mod lines;
pub mod read;
mod shape;
mod token;
mod types;
pub mod write;

#[cfg(test)]
mod tests;
