//! The Azure type data: read-only facts, no HCL, no Markdown.
//!
//! [`Schema`] is one bundle of them, packed by `pack` when the program is built and read in place. What it
//! hands out are small copyable handles.

pub mod api_version;
pub mod arm_id;
mod bundle;
mod bundle_error;
mod check;
mod describe;
pub mod facts;
mod function;
pub mod ingest;
mod layout;
pub mod pack;
mod pack_text;
pub mod path;
pub mod provider;
mod resource;
pub mod scope;
pub(crate) mod shape;
pub mod source;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod toy;
mod types;

pub use api_version::ApiVersion;
pub use bundle::{Schema, Source};
pub use bundle_error::{BundleError, Fault};
pub use function::{Function, TypeFunctions};
pub use resource::{Lookup, ResourceType, ResourceVersion};
pub use scope::{Scope, Scopes};
pub use types::{DiscriminatedType, ObjectType, Property, PropertyFlags, SchemaType, TypeId, TypeKind};
