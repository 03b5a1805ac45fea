//! Values that are yet to be filled in.

use super::sample;
use crate::schema::{SchemaType, TypeKind};

/// A value that is yet to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Draft {
    /// Keys and values.
    Object(Vec<(String, Draft)>),
    /// Items.
    List(Vec<Draft>),
    /// A text of one's own; what stands there until then, which the type takes where such a text was found.
    Text(String),
    /// The only text that there can be.
    Fixed(String),
    /// One of these texts; more than one.
    Choice(Vec<String>),
    /// A number.
    Number(i64),
    /// `true` or `false`.
    Bool,
    /// Anything.
    Null,
    /// Nothing yet.
    Blank,
}

impl Draft {
    /// The only text, or a choice.
    pub(crate) fn choice(mut values: Vec<String>) -> Self {
        let mut seen = std::collections::HashSet::new();
        values.retain(|value| seen.insert(value.clone()));
        match values.len() {
            0 => Draft::Text(String::new()),
            1 => Draft::Fixed(values.swap_remove(0)),
            _ => Draft::Choice(values),
        }
    }

    /// What a value of a type begins with, all of it yet to be written: quotes, braces, brackets, a choice.
    pub(crate) fn shape(ty: SchemaType<'_>) -> Self {
        let elements = ty.alternatives();
        let literals = elements.iter().filter_map(|element| match element.kind() {
            TypeKind::Literal(value) => Some(value.to_owned()),
            _ => None,
        });
        let literals: Vec<String> = literals.collect();
        if !literals.is_empty() {
            return Draft::choice(literals);
        }
        match elements.first().map(|element| element.kind()) {
            Some(TypeKind::String { .. }) => Draft::Text(String::new()),
            Some(TypeKind::Boolean) => Draft::Bool,
            Some(TypeKind::Object(_) | TypeKind::Discriminated(_)) => Draft::Object(Vec::new()),
            Some(TypeKind::Array { .. }) => Draft::List(Vec::new()),
            _ => Draft::Blank,
        }
    }

    /// Of a type that is no object, list or union.
    pub(super) fn scalar(ty: SchemaType<'_>) -> Self {
        match ty.kind() {
            TypeKind::String { min_length, max_length, pattern, sensitive } => {
                let text = sample::text(min_length, max_length, pattern);
                // Nobody should begin with a secret that is made up.
                if sensitive && !text.is_empty() { Draft::Null } else { Draft::Text(text) }
            }
            TypeKind::Integer { min_value, max_value } => {
                Draft::Number(0.max(min_value.unwrap_or(0)).min(max_value.unwrap_or(i64::MAX)))
            }
            TypeKind::Boolean => Draft::Bool,
            TypeKind::Literal(value) => Draft::Fixed(value.to_owned()),
            TypeKind::Object(_) | TypeKind::Discriminated(_) => Draft::Object(Vec::new()),
            TypeKind::Array { .. } => Draft::List(Vec::new()),
            TypeKind::Any | TypeKind::Union(_) => Draft::Null,
        }
    }

    /// With nothing in it, whatever the type asks for.
    pub(super) fn empty(ty: SchemaType<'_>) -> Self {
        let first = ty.alternatives().into_iter().next();
        first.map_or(Draft::Null, Draft::scalar)
    }
}
