//! `lookup`

use super::read::{self, Answer, Stop};
use super::signature::Call;
use super::unify::{self, Common};
use crate::terraform::eval::convert::to;
use crate::terraform::value::{Collection, Item, Lookup, Outcome, Presence, Value, ValueKind};

/// The item of a key, or the default. Where it is not known whether the item is there, both are possible.
pub(super) fn lookup(call: &Call<'_>) -> Answer {
    let [map, key, defaults @ ..] = call.arguments else { return Err(Stop::Fails) };
    if defaults.len() > 1 {
        return Err(Stop::Fails);
    }
    let object = read::object(map)?;
    let mut default = defaults.first().cloned();
    // In a map the default is of the type of its elements.
    if object.collection == Collection::Map
        && let Some(value) = &mut default
    {
        let elements = object.items.values().map(|item| &item.value).chain(object.rest.as_deref());
        *value = match unify::common_type(elements) {
            Common::Type(ty) => to(value, &ty),
            _ => unify::blurred(value),
        };
        if matches!(value.kind, ValueKind::Fails) {
            return Err(Stop::Fails);
        }
    }
    let key = match read::text(key) {
        Ok(key) => key,
        Err(Stop::Fails) => return Err(Stop::Fails),
        Err(Stop::Unknown) => return any(object.items.values(), object.rest.as_deref(), default),
    };
    match object.lookup(&key) {
        Lookup::Found(item) if item.presence == Presence::Always => Ok(item.value.clone()),
        Lookup::Found(item) => any([item], None, default),
        Lookup::Possible(value) => any([], Some(value), default),
        Lookup::Absent => default.ok_or(Stop::Fails),
    }
}

fn any<'v>(
    items: impl IntoIterator<Item = &'v Item>,
    rest: Option<&Value>,
    default: Option<Value>,
) -> Answer {
    let values = items.into_iter().map(|item| item.value.clone()).chain(rest.cloned()).chain(default);
    let all: Vec<Value> = values.collect();
    if all.is_empty() {
        return Err(Stop::Unknown);
    }
    let value = Value::one_of(all.iter().map(|value| Outcome::of(value.clone())));
    Ok(if value.is_unknown() { super::outcomes::join(&all) } else { value })
}
