//! Table tests of what azapi blocks mean: a text in, a line out. They know nothing of the types in between,
//! which [`harness`] alone names.

mod body;
mod choices;
mod half_typed;
mod harness;
mod id;
mod import;
mod place;
mod walk;
