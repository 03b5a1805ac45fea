//! The type constraints of variables: `object({ name = string, size = optional(number, 3) })`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::span::Span;
use super::value::Value;

/// What a `type` argument demands.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Type {
    /// `any`, none given, or not readable.
    #[default]
    Any,
    String,
    Number,
    Bool,
    List(Arc<Type>),
    Set(Arc<Type>),
    Map(Arc<Type>),
    Tuple(Arc<[Type]>),
    Object(Arc<BTreeMap<Arc<str>, Attribute>>),
}

/// One attribute of an object type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Attribute {
    pub(crate) ty: Type,
    /// `optional(T)`: it may be left out, and is null then.
    pub(crate) optional: bool,
    /// The second argument of `optional`, converted to `ty`.
    pub(crate) default: Option<Value>,
    /// Its name in the constraint.
    pub(crate) name: Option<Span>,
}
