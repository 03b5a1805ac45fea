//! Language server for Terraform configurations that use the azapi provider.
//!
//! The layers, bottom up; a module may use only those above it in this list:
//!
//! - [`text`]: positions, edits, close names
//! - [`syntax`]: the lossless HCL tree (uses `text`)
//! - [`schema`]: the Azure type data and azapi's own blocks (uses `text`)
//! - [`terraform`]: files, modules, references, values (uses `syntax`)
//! - [`azapi`]: joins `terraform` and `schema`
//! - [`ide`]: one file per feature, plain data in and out
//! - [`project`]: what a folder has: files, settings, type data; the only code that opens files
//! - [`server`] and [`cli`]: the two faces, which never use each other

pub mod azapi;
pub mod cli;
pub mod ide;
pub mod project;
pub mod schema;
pub mod server;
pub mod syntax;
pub mod terraform;
pub mod text;
