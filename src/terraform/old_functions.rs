//! Terraform's own functions, as far as ids, names and types are put together with them.

use std::collections::BTreeMap;

use super::old_value::{TextPart, Value};

/// The value of a call. Unknown for functions that are not in the table, and for arguments that are not known
/// enough.
pub(super) fn call(name: &str, arguments: Vec<Value>) -> Value {
    let name = name.strip_prefix("core::").unwrap_or(name);
    match (name, arguments.as_slice()) {
        ("format", [format, rest @ ..]) => format_value(format, rest),
        ("join", [separator, Value::Tuple(items)]) => join(separator, items),
        ("lower", [value]) => map_known(value, str::to_lowercase),
        ("upper", [value]) => map_known(value, str::to_uppercase),
        ("trimspace", [value]) => on_known(value, |text| text.trim().to_owned()),
        ("trimprefix", [value, prefix]) => {
            on_two(value, prefix, |text, prefix| text.strip_prefix(prefix).unwrap_or(text).to_owned())
        }
        ("trimsuffix", [value, suffix]) => {
            on_two(value, suffix, |text, suffix| text.strip_suffix(suffix).unwrap_or(text).to_owned())
        }
        ("tostring", [value]) => to_string(value),
        ("coalesce", values) => coalesce(values),
        ("try", values) => first_certain(values),
        ("one", [Value::Tuple(items)]) if items.len() == 1 => items[0].clone(),
        ("element", [list, Value::Number(at)]) if *at >= 0.0 && at.fract() == 0.0 => {
            element(list, *at as usize)
        }
        ("concat", lists) => concat(lists),
        ("merge", objects) => merge(objects),
        ("tolist" | "tomap" | "toset" | "sensitive" | "nonsensitive", [value]) => value.clone(),
        ("lookup", [object, key, ..]) => lookup(object, key, arguments.get(2)),
        _ => Value::Unknown,
    }
}

fn map_known(value: &Value, change: impl Fn(&str) -> String) -> Value {
    let Value::Text(parts) = value else { return Value::Unknown };
    Value::from_parts(parts.iter().map(|part| match part {
        TextPart::Known(text) => TextPart::Known(change(text)),
        TextPart::Unknown | TextPart::Computed(_) => TextPart::Unknown,
    }))
}

fn on_known(value: &Value, change: impl Fn(&str) -> String) -> Value {
    value.as_text().map_or(Value::Unknown, |text| Value::text(change(&text)))
}

fn on_two(first: &Value, second: &Value, change: impl Fn(&str, &str) -> String) -> Value {
    match (first.as_text(), second.as_text()) {
        (Some(first), Some(second)) => Value::text(change(&first, &second)),
        _ => Value::Unknown,
    }
}

fn to_string(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::OneOf(_) | Value::Unknown => value.clone(),
        other => other.clone().into_text_parts().map_or(Value::Unknown, Value::from_parts),
    }
}

/// `%s` and `%d` and `%v` without flags; anything else makes the rest unknown.
fn format_value(format: &Value, arguments: &[Value]) -> Value {
    let Some(format) = format.as_text() else { return Value::Unknown };
    let mut parts = Vec::new();
    let mut next = arguments.iter();
    let mut rest = format.as_str();
    while let Some(at) = rest.find('%') {
        parts.push(TextPart::Known(rest[..at].to_owned()));
        let verb = rest[at + 1..].chars().next();
        match verb {
            Some('%') => parts.push(TextPart::Known("%".to_owned())),
            Some('s' | 'd' | 'v') => match next.next().and_then(|value| value.clone().into_text_parts()) {
                Some(value) => parts.extend(value),
                None => return Value::Unknown,
            },
            _ => {
                parts.push(TextPart::Unknown);
                return Value::from_parts(parts);
            }
        }
        rest = &rest[at + 2..];
    }
    parts.push(TextPart::Known(rest.to_owned()));
    Value::from_parts(parts)
}

fn join(separator: &Value, items: &[Value]) -> Value {
    let Some(separator) = separator.as_text() else { return Value::Unknown };
    let mut parts = Vec::new();
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            parts.push(TextPart::Known(separator.clone()));
        }
        match item.clone().into_text_parts() {
            Some(item) => parts.extend(item),
            None => return Value::Unknown,
        }
    }
    Value::from_parts(parts)
}

/// The first that is neither null nor empty; a value that may be either makes all of it one of several.
fn coalesce(values: &[Value]) -> Value {
    let mut possible = Vec::new();
    for value in values {
        match value {
            Value::Null => {}
            Value::Text(parts) if parts.is_empty() => {}
            Value::Text(parts) if parts.iter().any(|part| matches!(part, TextPart::Known(_))) => {
                possible.push(value.clone());
                break;
            }
            other => possible.push(other.clone()),
        }
    }
    Value::one_of(possible)
}

/// `try` gives its first argument unless evaluating that fails, which only a wholly known value rules out.
fn first_certain(values: &[Value]) -> Value {
    let mut possible = Vec::new();
    for value in values {
        possible.push(value.clone());
        if value.as_text().is_some() {
            break;
        }
    }
    Value::one_of(possible)
}

fn element(list: &Value, at: usize) -> Value {
    match list {
        Value::Tuple(items) if !items.is_empty() => items[at % items.len()].clone(),
        _ => Value::Unknown,
    }
}

fn concat(lists: &[Value]) -> Value {
    let mut all = Vec::new();
    for list in lists {
        let Value::Tuple(items) = list else { return Value::Unknown };
        all.extend(items.iter().cloned());
    }
    Value::Tuple(all)
}

fn merge(objects: &[Value]) -> Value {
    let mut all = BTreeMap::new();
    let mut all_complete = true;
    for object in objects {
        match object {
            Value::Null => {}
            Value::Object { items, complete } => {
                if !complete {
                    // A key that is not known may be any of those so far.
                    all.values_mut().for_each(|value| *value = Value::Unknown);
                }
                all_complete &= complete;
                all.extend(items.clone());
            }
            _ => {
                // It may replace any key so far.
                all.clear();
                all_complete = false;
            }
        }
    }
    Value::Object { items: all, complete: all_complete }
}

fn lookup(object: &Value, key: &Value, default: Option<&Value>) -> Value {
    let (Value::Object { items, complete }, Some(key)) = (object, key.as_text()) else {
        return Value::Unknown;
    };
    match items.get(&key) {
        Some(value) => value.clone(),
        None if *complete => default.cloned().unwrap_or(Value::Unknown),
        None => Value::Unknown,
    }
}
