//! Calls as they are written, held against what Terraform gives.

mod evaluator;
mod known;
mod partly;
