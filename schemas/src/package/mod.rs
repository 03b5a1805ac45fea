//! The publisher's package to facts: what `cargo xtask schemas` commits, and what other snapshots of the
//! data are made from.

mod assembly;
mod bytes;
mod convert;
mod error;
mod json;
mod read;
mod search;
mod single_file;
mod store;
mod table;

pub use error::PackageError;
pub use read::{Ingested, Options, Progress, Totals, ingest, on_all_cores};
pub use store::Package;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod toy;
