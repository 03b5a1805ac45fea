//! The Terraform language above its syntax: files, what they declare, references and values. Knows no Azure.

pub mod declaration;
pub mod eval;
pub mod file;
pub mod functions;
pub mod module;
pub mod reference;
pub mod value;

pub use declaration::{BlockKind, Declaration, DeclarationKind};
pub use eval::{Assume, Evaluator, Instance};
pub use file::FileId;
pub use module::{Located, Module};
pub use value::{ComputedAttribute, TextPart, Value};
