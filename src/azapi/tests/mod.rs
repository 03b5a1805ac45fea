//! Table tests of what azapi blocks mean: a text in, a line out. They know nothing of the types in between,
//! which [`harness`] alone names. What is wrong today is in [`known_faults`].

mod body;
mod choices;
mod half_typed;
mod harness;
mod id;
mod import;
mod known_faults;
mod place;
mod walk;
