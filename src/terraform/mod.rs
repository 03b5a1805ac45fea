//! The Terraform language above its syntax: files, what they declare, references and values. Knows no Azure.

pub mod address;
pub mod declaration;
pub(crate) mod eval;
pub mod file;
pub(crate) mod functions;
pub mod module;
pub(crate) mod number;
pub mod old_eval;
pub mod old_functions;
pub mod old_value;
pub mod reference;
pub(crate) mod span;
pub(crate) mod type_constraint;
pub(crate) mod value;

pub use address::{Address, BlockAddress, BlockKind};
pub use declaration::Declaration;
pub use file::FileId;
pub use module::{Located, Module};
pub use old_eval::{Assume, Evaluator, Instance};
pub use old_value::{ComputedAttribute, TextPart, Value};
