//! The Terraform language above its syntax: files, what they declare, references and values. Knows no Azure.

pub mod address;
pub(crate) mod convert;
pub mod declaration;
pub(crate) mod eval;
pub mod file;
pub(crate) mod functions;
pub mod module;
pub(crate) mod number;
pub mod reference;
pub(crate) mod span;
pub(crate) mod type_constraint;
#[expect(dead_code, reason = "the evaluator on top of it follows")]
pub(crate) mod value;

pub use address::{Address, BlockAddress, BlockKind};
pub use declaration::Declaration;
pub use eval::{Assume, Evaluator};
pub use file::FileId;
pub use module::{Located, Module};

pub(crate) use eval::{Instance, NameScope, Repeats};
pub(crate) use value::{Change, ComputedAttribute, InstanceKey, Part, PartKind, Text, Value, ValueKind};
