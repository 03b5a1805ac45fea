//! Language server for Terraform configurations that use the azapi provider.
//!
//! The layers, bottom up; a module may use only those above it in this list:
//!
//! - `parallel`: work that several threads share
//! - [`text`]: positions, edits, close names
//! - [`syntax`]: the lossless HCL tree (uses `text`)
//! - [`schema`]: reads the Azure type data (uses `text` and the crate `schemas`)
//! - [`terraform`]: files, modules, references, values (uses `syntax`)
//! - [`azapi`]: the provider's own blocks; joins `terraform` and `schema`
//! - [`ide`]: one file per feature, plain data in and out
//! - [`project`]: what a folder has: files, settings, type data; the only code that opens files
//! - [`server`] and [`cli`]: the two faces, which never use each other

pub mod azapi;
pub mod cli;
pub mod ide;
mod parallel;
pub mod project;
pub mod schema;
pub mod server;
pub mod syntax;
pub mod terraform;
pub mod text;
