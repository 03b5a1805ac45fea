//! Strings, numbers, booleans and literals against their types.

use super::fault::{Expected, FaultKind, Found};
use super::pattern;
use crate::schema::{SchemaType, TypeKind};
use crate::terraform::value::{Text, Value, ValueKind};
use crate::text::closest;

/// So many near values are proposed.
const NEAR: usize = 3;
/// A longer value is not repeated in a message.
const LONGEST_SHOWN: usize = 80;

/// What a known value is; `None` for null and for what is not known.
pub(super) fn found(value: &Value) -> Option<Found> {
    Some(match &value.kind {
        ValueKind::Bool(bool) => Found::Bool(*bool),
        ValueKind::Number(number) => Found::Number(number.clone()),
        ValueKind::String(text) => Found::String(shown(value, text, false)),
        ValueKind::Sequence(_) => Found::List,
        ValueKind::Object(_) => Found::Object,
        _ => return None,
    })
}

/// Which kind of value a type has; `None` where it may have any.
pub(super) fn kind_of(ty: TypeKind<'_>) -> Option<Expected> {
    Some(match ty {
        TypeKind::String { .. } | TypeKind::Literal(_) => Expected::String,
        TypeKind::Integer { .. } => Expected::Integer,
        TypeKind::Boolean => Expected::Boolean,
        TypeKind::Array { .. } => Expected::List,
        TypeKind::Object(_) | TypeKind::Discriminated(_) => Expected::Object,
        TypeKind::Any | TypeKind::Union(_) => return None,
    })
}

fn shown(value: &Value, text: &Text, secret: bool) -> Option<String> {
    let hidden = secret || value.marks.sensitive || value.marks.ephemeral;
    let text = text.as_known().filter(|text| !hidden && text.len() <= LONGEST_SHOWN)?;
    Some((*text).to_owned())
}

/// What is wrong with a value that is none of several, under a type that is no object, list or union.
pub(super) fn check<'s>(value: &Value, ty: &TypeKind<'s>) -> Vec<FaultKind<'s>> {
    let Some(found) = found(value) else { return Vec::new() };
    let mismatch = |expected| vec![FaultKind::Type { expected, found: found.clone() }];
    match (ty, &value.kind) {
        (TypeKind::String { .. }, ValueKind::String(text)) => check_string(value, text, ty),
        (TypeKind::String { .. }, _) => mismatch(Expected::String),
        (TypeKind::Integer { min_value, max_value }, ValueKind::Number(number)) => {
            let is_less = |least: i64| *number < least.into();
            let is_more = |greatest: i64| *number > greatest.into();
            if min_value.is_some_and(is_less) || max_value.is_some_and(is_more) {
                return vec![FaultKind::Range {
                    found: number.clone(),
                    least: *min_value,
                    greatest: *max_value,
                }];
            }
            Vec::new()
        }
        (TypeKind::Integer { .. }, _) => mismatch(Expected::Integer),
        (TypeKind::Boolean, ValueKind::Bool(_)) => Vec::new(),
        (TypeKind::Boolean, _) => mismatch(Expected::Boolean),
        (TypeKind::Literal(literal), ValueKind::String(text)) => match text.as_known() {
            Some(known) if *known != **literal => vec![not_among(value, vec![literal], false)],
            _ => Vec::new(),
        },
        (TypeKind::Literal(_), _) => mismatch(Expected::String),
        _ => Vec::new(),
    }
}

fn check_string<'s>(value: &Value, text: &Text, ty: &TypeKind<'s>) -> Vec<FaultKind<'s>> {
    let TypeKind::String { min_length, max_length, pattern, sensitive } = *ty else { return Vec::new() };
    let Some(known) = text.as_known() else { return Vec::new() };
    let length = known.len() as u64;
    // The provider says no more of a string of the wrong length.
    if min_length.is_some_and(|least| length < least) || max_length.is_some_and(|most| length > most) {
        return vec![FaultKind::Length {
            found: length,
            least: min_length,
            greatest: max_length,
            of_list: false,
        }];
    }
    if let Some(pattern) = pattern
        && !pattern::allows(pattern, &known)
    {
        return vec![FaultKind::Pattern { pattern, found: shown(value, text, sensitive) }];
    }
    Vec::new()
}

/// The fault of a value that is none of those allowed.
pub(super) fn not_among<'s>(value: &Value, allowed: Vec<&'s str>, selects: bool) -> FaultKind<'s> {
    let text = value.as_str();
    let near = text.as_deref().map_or_else(Vec::new, |text| closest(text, allowed.iter().copied(), NEAR));
    let found = match &value.kind {
        ValueKind::String(text) => shown(value, text, false),
        _ => None,
    };
    let kind = match &value.kind {
        ValueKind::Bool(bool) => Found::Bool(*bool),
        ValueKind::Number(number) => Found::Number(number.clone()),
        ValueKind::Sequence(_) => Found::List,
        ValueKind::Object(_) => Found::Object,
        _ => Found::String(None),
    };
    FaultKind::Value { found, kind, allowed, near, selects }
}

/// Whether one of these types surely allows a value, as far as a look at each tells: most values of a union are one of
/// its literals.
pub(super) fn is_plainly_among<'s>(
    value: &Value,
    mut elements: impl Iterator<Item = SchemaType<'s>>,
) -> bool {
    let ValueKind::String(text) = &value.kind else { return false };
    let Some(known) = text.as_known() else { return false };
    elements.any(|ty| match ty.kind() {
        TypeKind::Literal(literal) => *literal == *known,
        TypeKind::String { min_length: None, max_length: None, pattern: None, .. } => true,
        _ => false,
    })
}

/// The values that a union of literals alone allows, a plain string not among them; `None` for other unions.
pub(super) fn literals<'s>(elements: &[SchemaType<'s>]) -> Vec<&'s str> {
    let literal = |ty: &SchemaType<'s>| match ty.kind() {
        TypeKind::Literal(literal) => Some(literal),
        _ => None,
    };
    elements.iter().filter_map(literal).collect()
}
