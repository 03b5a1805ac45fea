//! `try` and `can`: whether evaluating an argument fails.

use super::read::{Answer, Stop};
use super::signature::Call;
use crate::terraform::value::{
    ComputedAttribute, InstanceKey, Outcome, PartKind, Presence, Value, ValueKind,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Success {
    Certain,
    /// It depends on what is not known.
    Possible,
    Impossible,
}

/// The first argument that does not fail; of those that may, each is possible.
pub(super) fn first(call: &Call<'_>) -> Answer {
    let (mut possible, mut unlikely) = (Vec::new(), Vec::new());
    for value in call.arguments {
        let success = success(value);
        if success == Success::Possible && is_assumed_to_fail(value) {
            unlikely.push(Outcome::of(value.clone()));
        } else if success != Success::Impossible {
            possible.push(Outcome::of(value.clone()));
        }
        if success == Success::Certain {
            break;
        }
    }
    possible.append(&mut unlikely);
    if possible.is_empty() {
        return Err(Stop::Fails);
    }
    let all: Vec<Value> = possible.iter().map(|outcome| outcome.value.clone()).collect();
    let value = Value::one_of(possible);
    Ok(if value.is_unknown() { super::outcomes::join(&all) } else { value })
}

/// Whether it fails by what is assumed, and only may be something in a run.
fn is_assumed_to_fail(value: &Value) -> bool {
    value.marks.assumed && value.outcomes().next().is_some_and(Value::is_failure)
}

pub(super) fn can(call: &Call<'_>) -> Answer {
    match success(&call.arguments[0]) {
        Success::Certain => Ok(Value::bool(true)),
        Success::Possible => Err(Stop::Unknown),
        Success::Impossible => Ok(Value::bool(false)),
    }
}

/// What every block has, as a text. An instance by an unknown key may not be there.
fn is_id(attribute: &ComputedAttribute) -> bool {
    attribute.block.instance != InstanceKey::Unknown
        && matches!(attribute.path.as_slice(), [name] if &**name == "id")
}

/// A failure inside is one of the whole. Nothing unknown is certain, for evaluating it may be what fails.
fn success(value: &Value) -> Success {
    let of_all = |values: &mut dyn Iterator<Item = (&Value, Presence)>| {
        let of = |(value, presence): (&Value, Presence)| match (success(value), presence) {
            (Success::Certain, _) => Success::Certain,
            (Success::Impossible, Presence::Always) => Success::Impossible,
            _ => Success::Possible,
        };
        values.map(of).max().unwrap_or(Success::Certain)
    };
    match &value.kind {
        ValueKind::Fails => Success::Impossible,
        ValueKind::Null | ValueKind::Bool(_) | ValueKind::Number(_) => Success::Certain,
        ValueKind::String(text) => {
            let of = |kind: &PartKind| match kind {
                PartKind::Known(_) => Success::Certain,
                PartKind::Json(value) => success(value),
                PartKind::Computed(attribute) if is_id(attribute) => Success::Certain,
                PartKind::Unknown | PartKind::Computed(_) | PartKind::Called(_) | PartKind::Folder(_) => {
                    Success::Possible
                }
            };
            text.parts.iter().map(|part| of(&part.kind)).max().unwrap_or(Success::Certain)
        }
        ValueKind::Sequence(sequence) => {
            let rest = sequence.rest.as_deref().map(|_| Success::Possible);
            let elements = &mut sequence.elements.iter().map(|element| (&element.value, element.presence));
            of_all(elements).max(rest.unwrap_or(Success::Certain))
        }
        ValueKind::Object(object) => {
            let rest = object.rest.as_deref().map(|_| Success::Possible);
            let items = &mut object.items.values().map(|item| (&item.value, item.presence));
            of_all(items).max(rest.unwrap_or(Success::Certain))
        }
        ValueKind::Computed(attribute) if is_id(attribute) => Success::Certain,
        ValueKind::Unknown { .. }
        | ValueKind::OneOf(_)
        | ValueKind::Computed(_)
        | ValueKind::Block(_)
        | ValueKind::ProviderCall(_) => Success::Possible,
    }
}
