//! The Terraform language above its syntax: files, what they declare, references and values. Knows no Azure.

pub mod address;
pub mod declaration;
pub mod eval;
pub mod file;
pub mod functions;
pub mod module;
pub mod reference;
pub mod value;

pub use address::{Address, BlockAddress, BlockKind};
pub use declaration::Declaration;
pub use eval::{Assume, Evaluator, Instance};
pub use file::FileId;
pub use module::{Located, Module};
pub use value::{ComputedAttribute, TextPart, Value};
