//! Reading arguments: what is not there stops the function, with a reason.

use std::sync::Arc;

use super::{FilePath, json, outcomes};
use crate::terraform::number::Number;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{
    Collection, Element, Object, Part, PartKind, Presence, Sequence, Text, Value, ValueKind,
};

/// Why a function has no exact result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// Terraform refuses the call.
    Fails,
    /// It depends on what is not known.
    Unknown,
}

pub(super) type Answer = Result<Value, Stop>;

/// The stop of a value that is none of the kinds that a function wants.
fn stop(value: &Value) -> Stop {
    match value.kind {
        ValueKind::Unknown { .. }
        | ValueKind::OneOf(_)
        | ValueKind::Computed(_)
        | ValueKind::Block(_)
        | ValueKind::ProviderCall(_) => Stop::Unknown,
        _ => Stop::Fails,
    }
}

/// A wholly known string.
pub(super) fn text(value: &Value) -> Result<Arc<str>, Stop> {
    match &value.kind {
        ValueKind::String(text) => json::text(text).ok_or(Stop::Unknown),
        _ => Err(stop(value)),
    }
}

/// The path of a file: a wholly known string, or one that begins with a folder of the configuration.
pub(super) fn file_path(value: &Value) -> Result<FilePath, Stop> {
    if let ValueKind::String(whole) = &value.kind
        && let [Part { kind: PartKind::Folder(folder), .. }, rest @ ..] = &*whole.parts
    {
        let rest = Text { parts: rest.into() };
        let rest = json::text(&rest).ok_or(Stop::Unknown)?;
        if !rest.is_empty() && !rest.starts_with('/') {
            return Err(Stop::Unknown);
        }
        let rest = rest.trim_start_matches('/').to_owned();
        return Ok(FilePath { folder: Some(folder.clone()), rest });
    }
    Ok(FilePath { folder: None, rest: text(value)?.to_string() })
}

pub(super) fn number(value: &Value) -> Result<&Number, Stop> {
    match &value.kind {
        ValueKind::Number(number) => Ok(number),
        _ => Err(stop(value)),
    }
}

/// A number without a fraction; those beyond 64 bits are not told.
pub(super) fn integer(value: &Value) -> Result<i64, Stop> {
    let number = number(value)?;
    if !number.is_integer() {
        return Err(Stop::Fails);
    }
    number.as_i64().ok_or(Stop::Unknown)
}

pub(super) fn sequence(value: &Value) -> Result<&Sequence, Stop> {
    match &value.kind {
        ValueKind::Sequence(sequence) => Ok(sequence),
        ValueKind::Unknown { ty, .. }
            if !matches!(ty, Type::Any | Type::List(_) | Type::Set(_) | Type::Tuple(_)) =>
        {
            Err(Stop::Fails)
        }
        _ => Err(stop(value)),
    }
}

/// A list or tuple, where a set is refused.
pub(super) fn ordered(value: &Value) -> Result<&Sequence, Stop> {
    let sequence = sequence(value)?;
    if sequence.collection == Collection::Set { Err(Stop::Fails) } else { Ok(sequence) }
}

pub(super) fn object(value: &Value) -> Result<&Object, Stop> {
    match &value.kind {
        ValueKind::Object(object) => Ok(object),
        ValueKind::Unknown { ty, .. } if !matches!(ty, Type::Any | Type::Map(_) | Type::Object(_)) => {
            Err(Stop::Fails)
        }
        _ => Err(stop(value)),
    }
}

/// Elements of a sequence of known length.
pub(super) fn elements(value: &Value) -> Result<&[Element], Stop> {
    let sequence = sequence(value)?;
    if sequence.is_complete() && has_known_length(sequence) {
        Ok(&sequence.elements)
    } else {
        Err(Stop::Unknown)
    }
}

/// A set with something unknown in it may hold fewer elements than are written, for two may be equal.
pub(super) fn has_known_length(sequence: &Sequence) -> bool {
    sequence.is_complete()
        && (sequence.collection != Collection::Set
            || sequence.elements.len() < 2
            || sequence.elements.iter().all(|element| element.value.is_wholly_known()))
}

/// A sequence as a list: where elements of a set are not known, their order is not.
pub(super) fn listed(sequence: &Sequence) -> Sequence {
    let is_sorted = sequence.collection != Collection::Set
        || sequence.elements.len() < 2
        || sequence.elements.iter().all(|element| element.value.is_wholly_known());
    if is_sorted || sequence.rest.is_some() {
        return sequence.clone();
    }
    let rest = outcomes::join(sequence.elements.iter().map(|element| &element.value));
    Sequence { rest: Some(Arc::new(rest)), ..sequence.clone() }
}

/// Texts of a sequence that is wholly known; null is refused.
pub(super) fn texts(value: &Value) -> Result<Vec<Arc<str>>, Stop> {
    elements(value)?.iter().map(|element| text(&element.value)).collect()
}

/// The same that may be absent.
pub(super) fn maybe(element: &Element) -> Element {
    Element { presence: Presence::Maybe, ..element.clone() }
}

pub(super) fn list_of(elements: Vec<Element>, collection: Collection) -> Value {
    ValueKind::Sequence(Sequence { elements: elements.into(), rest: None, collection }).into()
}

/// A list of strings that the function made.
pub(super) fn list_of_texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Value {
    let elements = texts.into_iter().map(|text| Element::always(Value::string(text))).collect();
    list_of(elements, Collection::List)
}
