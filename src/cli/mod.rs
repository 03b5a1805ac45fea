//! cli

pub mod format;
pub mod query_error;
pub mod show;
mod type_json;
pub mod types;
