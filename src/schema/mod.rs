//! The Azure type data: read-only facts, no HCL, no Markdown.

pub mod facts;
pub mod ingest;
pub mod source;
