//! Equality and the order of sets, of values that may be known in part.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::{format_number, json};
use crate::terraform::value::{
    Collection, Element, Object, Part, PartKind, Presence, Sequence, Text, Value, ValueKind,
};

/// Whether Terraform finds them equal: of the same type and the same value. `None` where that cannot be told.
pub(crate) fn equal(one: &Value, two: &Value) -> Option<bool> {
    match (&one.kind, &two.kind) {
        (ValueKind::Null, ValueKind::Null) => Some(true),
        (ValueKind::Null, other) | (other, ValueKind::Null) => match other {
            ValueKind::Bool(_)
            | ValueKind::Number(_)
            | ValueKind::String(_)
            | ValueKind::Sequence(_)
            | ValueKind::Object(_)
            | ValueKind::Block(_)
            | ValueKind::Unknown { not_null: true, .. } => Some(false),
            _ => None,
        },
        (ValueKind::Bool(one), ValueKind::Bool(two)) => Some(one == two),
        (ValueKind::Number(one), ValueKind::Number(two)) => Some(one == two),
        (ValueKind::String(one), ValueKind::String(two)) => equal_texts(one, two),
        (ValueKind::Sequence(one), ValueKind::Sequence(two)) => equal_sequences(one, two),
        (ValueKind::Object(one), ValueKind::Object(two)) => equal_objects(one, two),
        (
            ValueKind::Bool(_)
            | ValueKind::Number(_)
            | ValueKind::String(_)
            | ValueKind::Sequence(_)
            | ValueKind::Object(_),
            ValueKind::Bool(_)
            | ValueKind::Number(_)
            | ValueKind::String(_)
            | ValueKind::Sequence(_)
            | ValueKind::Object(_),
        ) => Some(false),
        _ => None,
    }
}

/// Texts known in part differ where what they begin or end with does.
fn equal_texts(one: &Text, two: &Text) -> Option<bool> {
    if let (Some(one), Some(two)) = (json::text(one), json::text(two)) {
        return Some(one == two);
    }
    let prefixes_fit = fit(one.known_prefix().bytes(), two.known_prefix().bytes(), one, two);
    let suffixes_fit = fit(known_suffix(one).into_iter(), known_suffix(two).into_iter(), one, two);
    if prefixes_fit && suffixes_fit { None } else { Some(false) }
}

/// Whether one may go on as the other. A wholly known one must be as long as what is known of the other.
fn fit(one: impl Iterator<Item = u8>, two: impl Iterator<Item = u8>, first: &Text, second: &Text) -> bool {
    let (mut one, mut two) = (one, two);
    loop {
        match (one.next(), two.next()) {
            (Some(a), Some(b)) if a == b => {}
            (Some(_), Some(_)) => return false,
            (None, None) => return true,
            (None, Some(_)) => return json::text(first).is_none(),
            (Some(_), None) => return json::text(second).is_none(),
        }
    }
}

/// The known bytes that it ends with, last first.
fn known_suffix(text: &Text) -> Vec<u8> {
    let known = text.parts.iter().rev().map_while(|part| match part {
        Part { kind: PartKind::Known(text), .. } => Some(text),
        _ => None,
    });
    known.flat_map(|text| text.bytes().rev()).collect()
}

fn equal_sequences(one: &Sequence, two: &Sequence) -> Option<bool> {
    if one.collection != two.collection {
        return (is_known(one) && is_known(two)).then_some(false);
    }
    let is_set = one.collection == Collection::Set;
    let are_complete = one.is_complete() && two.is_complete();
    if !are_complete || is_set && !(is_known(one) && is_known(two)) {
        return None;
    }
    // Whether the types of two empty lists are the same, nothing says.
    if one.elements.is_empty() && two.elements.is_empty() && one.collection != Collection::Tuple {
        return None;
    }
    if one.elements.len() != two.elements.len() {
        return Some(false);
    }
    all(one.elements.iter().zip(&*two.elements).map(|(one, two)| equal(&one.value, &two.value)))
}

fn is_known(sequence: &Sequence) -> bool {
    sequence.is_complete() && sequence.elements.iter().all(|element| element.value.is_wholly_known())
}

fn equal_objects(one: &Object, two: &Object) -> Option<bool> {
    // What is not known may make maps of objects.
    if one.collection != two.collection {
        let is_known = |object: &Object| {
            object.is_complete() && object.items.values().all(|item| item.value.is_wholly_known())
        };
        return (is_known(one) && is_known(two)).then_some(false);
    }
    if !one.is_complete() || !two.is_complete() {
        return None;
    }
    if one.items.is_empty() && two.items.is_empty() && one.collection == Collection::Map {
        return None;
    }
    if !one.items.keys().eq(two.items.keys()) {
        return Some(false);
    }
    all(one.items.values().zip(two.items.values()).map(|(one, two)| equal(&one.value, &two.value)))
}

/// False as soon as one is; unknown where one is.
fn all(pairs: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut result = Some(true);
    for pair in pairs {
        match pair {
            Some(false) => return Some(false),
            Some(true) => {}
            None => result = None,
        }
    }
    result
}

/// Each element once, sorted where all are known. Elements that are surely equal are one, written in both places.
pub(crate) fn as_set(sequence: Sequence) -> Sequence {
    let mut elements = distinct(&sequence.elements);
    if elements.iter().all(|element| element.value.is_wholly_known()) {
        let mut keyed: Vec<(Vec<u8>, Element)> =
            elements.into_iter().map(|element| (hash_bytes(&element.value), element)).collect();
        keyed.sort_by(|(one_bytes, one), (two_bytes, two)| {
            order(&one.value, &two.value).unwrap_or_else(|| one_bytes.cmp(two_bytes))
        });
        elements = keyed.into_iter().map(|(_, element)| element).collect();
    }
    Sequence { elements: elements.into(), rest: sequence.rest, collection: Collection::Set }
}

/// The first of equal elements, with the spans of all. Known ones are compared by what they are hashed by.
pub(super) fn distinct(elements: &[Element]) -> Vec<Element> {
    let mut kept: Vec<Element> = Vec::new();
    let mut places: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    for element in elements {
        let twin = if element.value.is_wholly_known() {
            let place = places.entry(hash_bytes(&element.value)).or_insert(kept.len());
            if *place == kept.len() { None } else { Some(*place) }
        } else {
            None
        };
        match twin {
            None => kept.push(element.clone()),
            Some(place) => {
                let first = &mut kept[place];
                first.value.spans = first.value.spans.with(&element.value.spans);
                first.value.marks = first.value.marks.with(element.value.marks);
                if element.presence == Presence::Always {
                    first.presence = Presence::Always;
                }
            }
        }
    }
    kept
}

/// Scalars of one kind; null comes last.
pub(super) fn order(one: &Value, two: &Value) -> Option<Ordering> {
    match (&one.kind, &two.kind) {
        (ValueKind::Null, ValueKind::Null) => Some(Ordering::Equal),
        (ValueKind::Null, _) => Some(Ordering::Greater),
        (_, ValueKind::Null) => Some(Ordering::Less),
        (ValueKind::Bool(one), ValueKind::Bool(two)) => Some(one.cmp(two)),
        (ValueKind::Number(one), ValueKind::Number(two)) => Some(one.cmp(two)),
        (ValueKind::String(one), ValueKind::String(two)) => Some(json::text(one)?.cmp(&json::text(two)?)),
        _ => None,
    }
}

/// What Terraform sorts sets of objects and lists by; different for different values of one type.
fn hash_bytes(value: &Value) -> Vec<u8> {
    let mut text = String::new();
    write_hash(value, &mut text);
    text.into_bytes()
}

fn write_hash(value: &Value, out: &mut String) {
    match &value.kind {
        ValueKind::Null => out.push('~'),
        ValueKind::Bool(value) => out.push(if *value { 'T' } else { 'F' }),
        ValueKind::Number(number) => {
            let short = format_number::general(number, Some(10), false);
            // The short form of long numbers is not unique; what follows decides among equals only.
            let _ = write!(out, "{short}\u{0}{number}");
        }
        ValueKind::String(text) => write_quoted(&json::text(text).unwrap_or_else(|| Arc::from("")), out),
        ValueKind::Sequence(sequence) => {
            let (open, close) =
                if sequence.collection == Collection::Tuple { ('<', '>') } else { ('[', ']') };
            out.push(open);
            for element in &*sequence.elements {
                write_hash(&element.value, out);
                out.push(';');
            }
            out.push(close);
        }
        ValueKind::Object(object) => {
            let is_map = object.collection == Collection::Map;
            out.push(if is_map { '{' } else { '<' });
            for (key, item) in &*object.items {
                if is_map {
                    write_quoted(key, out);
                    out.push(':');
                }
                write_hash(&item.value, out);
                out.push(';');
            }
            out.push(if is_map { '}' } else { '>' });
        }
        _ => out.push('?'),
    }
}

/// As Go quotes: control characters are escaped, letters of all scripts are not.
fn write_quoted(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\x{:02x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
