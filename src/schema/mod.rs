//! The Azure type data: read-only facts, no HCL, no Markdown.
//!
//! [`Schema`] is one bundle of them, packed by `pack` when the program is built and read in place. What it
//! hands out are small copyable handles.

pub mod arm_id;
mod bundle;
mod bundle_error;
mod check;
mod function;
pub mod path;
pub mod provider;
pub mod render;
mod resource;
pub mod scope;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod toy;
mod types;

pub use bundle::{Schema, Source};
pub use bundle_error::{BundleError, Fault};
pub use function::{Function, TypeFunctions};
pub use resource::{Lookup, ResourceType, ResourceVersion};
pub use schemas::ApiVersion;
pub use scope::{Scope, Scopes};
pub use types::{DiscriminatedType, ObjectType, Property, PropertyFlags, SchemaType, TypeId, TypeKind};
