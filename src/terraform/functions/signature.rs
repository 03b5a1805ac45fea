//! What a function takes, and the conversions that Terraform does before it is called.

use super::Context;
use super::read::{Answer, Stop};
use super::unify;
use crate::terraform::convert;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{Collection, Value, ValueKind};

/// A function of the table.
pub(super) struct Function {
    pub(super) fixed: &'static [Parameter],
    /// Any number of further ones.
    pub(super) more: Option<Parameter>,
    /// The type of an unknown result.
    pub(super) returns: Type,
    pub(super) reads: Reads,
    pub(super) body: fn(&Call<'_>) -> Answer,
}

/// Whose marks the result has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reads {
    /// Those of the arguments, for elements and items keep theirs.
    Shape,
    /// Of all inside too. Applied in every case of an element that has several.
    Elements,
    /// Of all inside too.
    Whole,
    /// The function says so itself.
    Itself,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parameter {
    /// Anything, what Terraform refuses included.
    Raw,
    /// Anything, null too.
    Nullable,
    /// Anything but null.
    Any,
    Text,
    Number,
    /// `list(any)`: elements of one type.
    List,
    ListOfText,
    ListOfBool,
    Set,
}

/// A call with converted arguments.
pub(super) struct Call<'c> {
    pub(super) arguments: &'c [Value],
    pub(super) context: &'c dyn Context,
}

impl Call<'_> {
    /// Unknown once the budget is used up.
    pub(super) fn charge(&self, nodes: usize) -> Result<(), Stop> {
        if self.context.charge(nodes) { Ok(()) } else { Err(Stop::Unknown) }
    }
}

impl Function {
    /// The arguments, converted.
    pub(super) fn accept(&self, arguments: &[Value]) -> Result<Vec<Value>, Stop> {
        let count = arguments.len();
        if count < self.fixed.len() || count > self.fixed.len() && self.more.is_none() {
            return Err(Stop::Fails);
        }
        let parameters =
            self.fixed.iter().chain(std::iter::repeat(self.more.as_ref().unwrap_or(&Parameter::Raw)));
        parameters.zip(arguments).map(|(parameter, value)| parameter.accept(value)).collect()
    }
}

impl Parameter {
    fn accept(self, value: &Value) -> Result<Value, Stop> {
        if self == Self::Raw {
            return Ok(value.clone());
        }
        let refused = match value.kind {
            ValueKind::Fails => true,
            ValueKind::Null => self != Self::Nullable,
            _ => false,
        };
        if refused {
            return Err(Stop::Fails);
        }
        let converted = match self {
            Self::Raw | Self::Nullable | Self::Any => value.clone(),
            Self::Text => convert::to_string(value),
            Self::Number => convert::to_number(value),
            Self::List => unify::to_collection(value, Collection::List)?,
            Self::Set => unify::to_collection(value, Collection::Set)?,
            Self::ListOfText => unify::to_list_of(value, &Type::String)?,
            Self::ListOfBool => unify::to_list_of(value, &Type::Bool)?,
        };
        if matches!(converted.kind, ValueKind::Fails) { Err(Stop::Fails) } else { Ok(converted) }
    }
}
