//! The Azure type data on its way into the program: the publisher's package is read into facts, those are
//! committed as text, and a build packs the text into a bundle, which the program reads in place.
//!
//! The modules, bottom up; each may use only those above it in this list:
//!
//! - [`facts`]: the data in memory
//! - [`ApiVersion`]: how versions are ordered
//! - [`layout`]: the bundle's bytes, for its writer and its reader
//! - [`share`]: equal structure stored once
//! - [`text`]: the committed facts, `schemas/facts`
//! - [`pack`]: facts to a bundle
//! - `package` (a feature of the same name): the publisher's package to facts

mod api_version;
pub mod facts;
mod graph;
pub mod layout;
pub mod pack;
#[cfg(feature = "package")]
pub mod package;
pub mod share;
pub mod text;

pub use api_version::ApiVersion;
