//! The Azure type data as the program reads it: no HCL, no Markdown.
//!
//! [`Schema`] is one bundle, packed by the crate `schemas` when the program is built and read in place. What it
//! hands out are small copyable handles.

pub mod arm_id;
mod bundle;
mod bundle_error;
mod check;
mod function;
mod open;
pub mod path;
mod resource;
pub mod scope;
pub(crate) mod shape;
pub(crate) mod synonyms;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod toy;
mod types;
pub(crate) mod vanished;

pub use bundle::Schema;
pub(crate) use bundle::Source;
pub use function::{Function, TypeFunctions};
pub use resource::{Lookup, ResourceType, ResourceVersion};
pub use schemas::ApiVersion;
pub use scope::{Scope, Scopes};
pub use types::{DiscriminatedType, ObjectType, Property, PropertyFlags, SchemaType, TypeId, TypeKind};
