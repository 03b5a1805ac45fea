//! What the provider refuses in a body: its own rules, on values that may be unknown in part.
//!
//! The rules are those of the provider's check at validate and plan: null and unknown pass anywhere; keys are
//! case-sensitive; read-only properties are refused when set, unless they are required too; a union passes if one
//! element does; booleans and the ranges of integers are not checked (those faults are *lenient* here).

mod block;
mod fault;
mod judge;
#[cfg(test)]
mod oracle;
mod outcomes;
pub(in crate::azapi) mod pattern;
mod scalar;
mod secret;
#[cfg(test)]
mod tests;

pub(crate) use block::{Judged, judge_block, judge_by_defaults};
pub(crate) use fault::{Certainty, Expected, Fault, FaultKind, Found, Lacking};
pub(crate) use pattern::allows;
pub(crate) use pattern::is_refused as is_refused_pattern;
