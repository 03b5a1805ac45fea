//! What a type says beyond its kind.

use super::model::Constraint;
use crate::schema::{SchemaType, TypeKind};

/// Of a union: its literals, and what its other elements require.
pub(super) fn constraints(ty: SchemaType<'_>) -> Vec<Constraint<'_>> {
    let alternatives = ty.alternatives();
    let values = literals(ty);
    let open = alternatives.iter().any(|ty| matches!(ty.kind(), TypeKind::String { .. }));
    let one_of = (!values.is_empty()).then_some(Constraint::OneOf { values, open });
    one_of.into_iter().chain(alternatives.into_iter().flat_map(own)).collect()
}

/// The literals that a type allows, in the data's order.
pub(crate) fn literals(ty: SchemaType<'_>) -> Vec<&str> {
    ty.alternatives().into_iter().filter_map(literal).collect()
}

fn literal(ty: SchemaType<'_>) -> Option<&str> {
    match ty.kind() {
        TypeKind::Literal(value) => Some(value),
        _ => None,
    }
}

fn own(ty: SchemaType<'_>) -> Vec<Constraint<'_>> {
    let secret = |sensitive: bool| sensitive.then_some(Constraint::Secret);
    match ty.kind() {
        TypeKind::String { min_length, max_length, pattern, sensitive } => {
            let length = bounds(min_length, max_length, Constraint::Length);
            length.into_iter().chain(pattern.map(Constraint::Pattern)).chain(secret(sensitive)).collect()
        }
        TypeKind::Integer { min_value, max_value } => {
            bounds(min_value, max_value, Constraint::Range).into_iter().collect()
        }
        TypeKind::Array { min_length, max_length, .. } => {
            bounds(min_length, max_length, Constraint::Items).into_iter().collect()
        }
        TypeKind::Object(object) => secret(object.sensitive()).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn bounds<'s, N>(
    least: Option<N>,
    greatest: Option<N>,
    constraint: fn(Option<N>, Option<N>) -> Constraint<'s>,
) -> Option<Constraint<'s>> {
    (least.is_some() || greatest.is_some()).then(|| constraint(least, greatest))
}
