//! What azapi means: joins the Terraform language with the Azure type data.

pub(crate) mod arguments;
pub mod block;
pub(crate) mod body;
pub(crate) mod emit;
pub(crate) mod guid_names;
pub mod id;
pub mod import;
pub mod known_ids;
pub(crate) mod noun;
pub mod parent;
pub(crate) mod parent_candidates;
pub(crate) mod paths;
pub(crate) mod place;
pub mod provider;
pub mod resource;
pub(crate) mod skeleton;
#[cfg(test)]
mod tests;
pub(crate) mod type_verdict;
pub(crate) mod validate;

pub use block::AzapiBlock;
pub use id::{Id, IdReader};
pub use resource::{Resource, TypeReference};
