//! JSON as Terraform writes and reads it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::json_read;
use super::read::{self, Answer};
use super::signature::Call;
use crate::terraform::value::{
    Collection, Element, Item, Object, Part, PartKind, Sequence, Text, Value, ValueKind,
};

/// The whole string, with what `jsonencode` made of known values rendered; `None` where a part is not known, or it
/// is longer than [`LONGEST`](crate::terraform::value::LONGEST).
pub(crate) fn text(text: &Text) -> Option<Arc<str>> {
    if let Some(known) = text.as_known() {
        return Some(known);
    }
    let mut whole = String::new();
    for part in &*text.parts {
        match &part.kind {
            PartKind::Known(text) => whole.push_str(text),
            PartKind::Json(value) => write(value, &mut whole)?,
            _ => return None,
        }
    }
    (whole.len() <= crate::terraform::value::LONGEST).then(|| whole.into())
}

/// What is known of it: known parts stay, the others are unknown.
pub(super) fn known_parts(text: &Text) -> Vec<Part> {
    let part = |part: &Part| match &part.kind {
        PartKind::Json(value) => {
            let mut known = String::new();
            let is_known = write(value, &mut known).is_some();
            let kind = if is_known { PartKind::Known(known.into()) } else { PartKind::Unknown };
            Part { kind, span: None }
        }
        _ => part.clone(),
    };
    text.parts.iter().map(part).collect()
}

/// `jsonencode`: a string that still knows the value.
pub(super) fn encode(call: &Call<'_>) -> Answer {
    let value = &call.arguments[0];
    if let ValueKind::Null = value.kind {
        return Ok(Value::string("null"));
    }
    // A string inside makes the text known at once; collections are rendered where the text is asked for.
    let part = Part { kind: PartKind::Json(Arc::new(value.clone())), span: None };
    Ok(ValueKind::String(Text { parts: Arc::new([part]) }).into())
}

/// Writes a wholly known value; `None` for any other, and beyond the longest string.
pub(super) fn write(value: &Value, out: &mut String) -> Option<()> {
    if out.len() > crate::terraform::value::LONGEST {
        return None;
    }
    match &value.kind {
        ValueKind::Null => out.push_str("null"),
        ValueKind::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        ValueKind::Number(number) => {
            let _ = write!(out, "{number}");
        }
        ValueKind::String(string) => write_string(&text(string)?, out),
        ValueKind::Sequence(sequence) => {
            if !read::has_known_length(sequence) {
                return None;
            }
            out.push('[');
            for (at, element) in sequence.elements.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(&element.value, out)?;
            }
            out.push(']');
        }
        ValueKind::Object(object) => {
            if !object.is_complete() {
                return None;
            }
            out.push('{');
            for (at, (key, item)) in object.items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_string(key, out);
                out.push(':');
                write(&item.value, out)?;
            }
            out.push('}');
        }
        _ => return None,
    }
    Some(())
}

pub(super) fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{0}'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// `jsondecode`
pub(super) fn decode(call: &Call<'_>) -> Answer {
    let value = &call.arguments[0];
    if let ValueKind::String(string) = &value.kind
        && let Some(inner) = string.as_json()
    {
        return Ok(as_decoded(inner));
    }
    let text = read::text(value)?;
    call.charge(text.len() / 16)?;
    json_read::read(&text)
}

/// A value as it comes back from JSON: lists and sets are tuples, maps are objects.
fn as_decoded(value: &Value) -> Value {
    let kind = match &value.kind {
        ValueKind::Sequence(sequence) => {
            let element =
                |element: &Element| Element { value: as_decoded(&element.value), ..element.clone() };
            ValueKind::Sequence(Sequence {
                elements: sequence.elements.iter().map(element).collect(),
                rest: sequence.rest.as_deref().map(|rest| Arc::new(as_decoded(rest))),
                collection: Collection::Tuple,
            })
        }
        ValueKind::Object(object) => {
            let item = |(key, item): (&Arc<str>, &Item)| {
                (Arc::clone(key), Item { value: as_decoded(&item.value), ..item.clone() })
            };
            let items: BTreeMap<_, _> = object.items.iter().map(item).collect();
            ValueKind::Object(Object {
                items: items.into(),
                rest: object.rest.as_deref().map(|rest| Arc::new(as_decoded(rest))),
                collection: Collection::Object,
                replaced: Arc::clone(&object.replaced),
            })
        }
        _ => return value.clone(),
    };
    Value { kind, ..value.clone() }
}
