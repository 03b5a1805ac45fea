//! The Terraform language above its syntax: files, what they declare, references and values. Knows no Azure.

pub mod address;
pub(crate) mod convert;
pub mod declaration;
pub(crate) mod eval;
pub mod file;
pub(crate) mod file_kind;
pub(crate) mod functions;
pub mod module;
pub(crate) mod number;
pub mod reference;
pub(crate) mod side_files;
pub(crate) mod span;
pub(crate) mod type_constraint;
#[expect(dead_code, reason = "the evaluator on top of it follows")]
pub(crate) mod value;
pub(crate) mod variables_json;

pub use address::{Address, BlockAddress, BlockKind};
pub use declaration::Declaration;
pub use eval::{Assume, Evaluator};
pub use file::FileId;
pub(crate) use file_kind::FileKind;
pub use module::{Located, Module};

pub(crate) use eval::{Instance, NameScope, Repeats};
pub(crate) use value::{
    Change, ComputedAttribute, InstanceKey, ModulePath, Part, PartKind, Text, Value, ValueKind,
};
