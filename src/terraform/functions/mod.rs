//! Terraform's functions on values that may be known in part. Exact on wholly known arguments; else as much as is
//! certain.

mod collection;
pub(crate) mod compare;
mod conversion;
mod csv;
mod date;
pub(crate) mod described;
pub(crate) mod duration;
mod encoding;
mod file;
mod format;
mod format_number;
mod hash;
mod json;
mod json_read;
mod lookup;
mod merge;
mod network;
mod numeric;
pub(crate) mod outcomes;
mod path;
mod read;
mod regex;
mod select;
mod set;
mod signature;
mod string;
mod table;
mod r#try;
pub(crate) mod unify;
mod yaml;
mod yaml_read;

#[cfg(test)]
mod tests;

pub(crate) use json::text as rendered;

use std::sync::Arc;

use super::type_constraint::Type;
use super::value::{Folder, Marks, Object, Value, ValueKind};
use read::Stop;
use signature::{Call, Function, Reads};

/// Where a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FilePath {
    /// `None`: the folder where Terraform runs, or `rest` is absolute.
    pub(crate) folder: Option<Folder>,
    /// From there.
    pub(crate) rest: String,
}

/// What functions need of the evaluator.
pub(crate) trait Context {
    /// The text of a file; `None` where there is none, or it may not be read.
    fn read_file(&self, path: &FilePath) -> Option<Arc<str>>;
    /// Whether there surely is such a file.
    fn has_file(&self, path: &FilePath) -> bool;
    /// The files of a folder that match a pattern, by their paths from there, sorted; `None` where there may be others.
    fn find_files(&self, folder: &FilePath, pattern: &str) -> Option<Vec<String>>;
    /// Evaluates a template with nothing but these variables in scope.
    fn render(&self, template: &str, variables: &Object) -> Value;
    /// Takes that many nodes of the budget; `false`: it is used up.
    fn charge(&self, nodes: usize) -> bool;
}

/// The result of a call. Scalars that it computes carry no spans; elements, items and arguments that it passes on
/// keep theirs. Outcomes that `try`, `coalesce` and `lookup` decide have no [`When`](super::value::When): the caller
/// knows where the call stands.
pub(crate) fn call(name: &str, arguments: &[Value], context: &dyn Context) -> Value {
    let name = name.strip_prefix("core::").unwrap_or(name);
    let Some(function) = table::function(name) else { return Value::unknown() };
    if !context.charge(1 + arguments.len()) {
        return unknown_of(function.returns.clone());
    }
    let spread;
    let arguments = if function.reads == Reads::Elements {
        spread = arguments.iter().map(outcomes::of_elements).collect::<Vec<_>>();
        &spread
    } else {
        arguments
    };
    outcomes::distribute(arguments, &mut |arguments| apply(&function, arguments, context))
}

/// Whether Terraform itself has such a function, pure or not.
#[cfg(test)]
fn exists(name: &str) -> bool {
    table::function(name.strip_prefix("core::").unwrap_or(name)).is_some()
}

fn apply(function: &Function, arguments: &[Value], context: &dyn Context) -> Value {
    let marks = match function.reads {
        Reads::Shape => arguments.iter().fold(Marks::NONE, |marks, value| marks.with(value.marks)),
        Reads::Elements | Reads::Whole => {
            arguments.iter().fold(Marks::NONE, |marks, value| marks.with(all_marks(value)))
        }
        Reads::Itself => Marks::NONE,
    };
    let arguments = match function.accept(arguments) {
        Ok(arguments) => arguments,
        Err(Stop::Fails) => return Value::fails(),
        Err(Stop::Unknown) => return unknown_of(function.returns.clone()).marked(marks),
    };
    let result = match (function.body)(&Call { arguments: &arguments, context }) {
        Ok(value) => value,
        Err(Stop::Fails) => return Value::fails(),
        Err(Stop::Unknown) => unknown_of(function.returns.clone()),
    };
    result.marked(marks)
}

/// A result is never null where its type is known: those that may be give [`Type::Any`].
fn unknown_of(ty: Type) -> Value {
    let not_null = ty != Type::Any;
    ValueKind::Unknown { ty, not_null }.into()
}

/// Those of the value and of all inside it.
fn all_marks(value: &Value) -> Marks {
    let inner: Marks = match &value.kind {
        ValueKind::Sequence(sequence) => {
            let elements = sequence.elements.iter().map(|element| &element.value);
            fold_marks(elements.chain(sequence.rest.as_deref()))
        }
        ValueKind::Object(object) => {
            let items = object.items.values().map(|item| &item.value);
            fold_marks(items.chain(object.rest.as_deref()))
        }
        _ => Marks::NONE,
    };
    value.marks.with(inner)
}

fn fold_marks<'v>(values: impl Iterator<Item = &'v Value>) -> Marks {
    values.fold(Marks::NONE, |marks, value| marks.with(all_marks(value)))
}
