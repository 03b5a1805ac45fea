//! Conversions that are called by name, and marks.

use super::read::{Answer, Stop};
use super::signature::Call;
use super::{all_marks, unify};
use crate::terraform::convert;
use crate::terraform::value::{Collection, Marks, Value, ValueKind};

/// What a conversion refuses is no value.
fn accepted(value: Value) -> Answer {
    if matches!(value.kind, ValueKind::Fails) { Err(Stop::Fails) } else { Ok(value) }
}

pub(super) fn tostring(call: &Call<'_>) -> Answer {
    accepted(convert::to_string(&call.arguments[0]))
}

pub(super) fn tonumber(call: &Call<'_>) -> Answer {
    accepted(convert::to_number(&call.arguments[0]))
}

pub(super) fn tobool(call: &Call<'_>) -> Answer {
    accepted(convert::to_bool(&call.arguments[0]))
}

pub(super) fn tolist(call: &Call<'_>) -> Answer {
    unify::to_collection(&call.arguments[0], Collection::List)
}

/// The marks of a set's elements are those of the set.
pub(super) fn toset(call: &Call<'_>) -> Answer {
    let set = unify::to_collection(&call.arguments[0], Collection::Set)?;
    let marks = all_marks(&set);
    Ok(set.marked(marks))
}

pub(super) fn tomap(call: &Call<'_>) -> Answer {
    unify::to_map(&call.arguments[0])
}

pub(super) fn sensitive(call: &Call<'_>) -> Answer {
    Ok(call.arguments[0].clone().marked(Marks { sensitive: true, ..Marks::NONE }))
}

pub(super) fn nonsensitive(call: &Call<'_>) -> Answer {
    let mut value = call.arguments[0].clone();
    value.marks.sensitive = false;
    Ok(value)
}

/// Of what is not known it is not known.
pub(super) fn issensitive(call: &Call<'_>) -> Answer {
    let value = &call.arguments[0];
    if value.marks.sensitive {
        return Ok(Value::bool(true));
    }
    match value.kind {
        // Collections leave the marks of what is inside to that; sets do not.
        ValueKind::Object(_) => Ok(Value::bool(false)),
        ValueKind::Sequence(ref sequence) if sequence.collection != Collection::Set => Ok(Value::bool(false)),
        _ if value.is_wholly_known() => Ok(Value::bool(false)),
        _ => Err(Stop::Unknown),
    }
}

/// Null where the value itself is ephemeral; one that is not known may be.
pub(super) fn ephemeralasnull(call: &Call<'_>) -> Answer {
    let value = &call.arguments[0];
    if value.marks.ephemeral { Ok(Value::null()) } else { Ok(value.clone()) }
}
