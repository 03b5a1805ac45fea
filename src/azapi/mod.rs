//! What azapi means: joins the Terraform language with the Azure type data.

pub(crate) mod arguments;
pub mod block;
pub(crate) mod body;
pub mod body_expressions;
pub(crate) mod emit;
pub mod id;
pub mod import;
pub mod known_ids;
pub mod members;
pub mod name_place;
pub mod parent;
pub(crate) mod paths;
pub mod place;
pub mod provider;
pub mod resource;
#[cfg(test)]
mod tests;
pub(crate) mod type_verdict;
pub(crate) mod validate;

pub use block::AzapiBlock;
pub use body_expressions::{BodyNode, BodyWalk};
pub use id::{Id, IdReader};
pub use members::{Member, Members};
pub use resource::{Resource, TypeReference};
