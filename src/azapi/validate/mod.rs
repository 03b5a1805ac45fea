//! What the provider refuses in a body: its own rules, on values that may be unknown in part.
//!
//! The rules are those of the provider's check at validate and plan: null and unknown pass anywhere; keys are
//! case-sensitive; read-only properties are refused when set, unless they are required too; a union passes if one
//! element does; booleans and the ranges of integers are not checked (those faults are *lenient* here).

mod fault;
mod judge;
mod outcomes;
mod pattern;
mod scalar;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;

pub(crate) use fault::{Certainty, Expected, Fault, FaultKind};
pub(crate) use judge::{Rules, judge};
