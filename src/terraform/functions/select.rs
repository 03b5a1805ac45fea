//! Functions that pick one value out of several: `coalesce`, `coalescelist`, `element`, `one`.

use super::read::{self, Answer, Stop};
use super::signature::Call;
use super::unify::{self, Common};
use crate::terraform::eval::convert::to;
use crate::terraform::value::{Collection, Outcome, PartKind, Presence, Sequence, Value, ValueKind};

/// What a test of an argument says.
enum Taken {
    Yes,
    No,
    Maybe,
}

/// The first argument that is taken, and those before it that may be.
fn first_taken(values: &[Value], is_taken: &dyn Fn(&Value) -> Taken) -> Answer {
    let mut possible = Vec::new();
    let mut is_decided = false;
    for value in values {
        match is_taken(value) {
            Taken::No => continue,
            Taken::Yes => is_decided = true,
            Taken::Maybe => {}
        }
        possible.push(Outcome::of(value.clone()));
        if is_decided {
            break;
        }
    }
    if possible.is_empty() {
        return Err(Stop::Fails);
    }
    Ok(Value::one_of(possible))
}

/// The first that is neither null nor the empty string, in the type that all have in common.
pub(super) fn coalesce(call: &Call<'_>) -> Answer {
    if call.arguments.is_empty() {
        return Err(Stop::Fails);
    }
    let common = unify::common_type(call.arguments.iter().filter(|value| !value.is_null()));
    let converted = |value: &Value| match &common {
        Common::Type(ty) => to(value, ty),
        _ => unify::blurred(value),
    };
    // Objects that have no type in common are refused; what was meant is told all the same.
    let is_refused = common == Common::None;
    if is_refused && !call.arguments.iter().flat_map(Value::outcomes).all(is_object_or_null) {
        return Err(Stop::Fails);
    }
    let arguments: Vec<Value> = match is_refused {
        true => call.arguments.to_vec(),
        false => call.arguments.iter().map(converted).collect(),
    };
    let taken = first_taken(&arguments, &|value| match &value.kind {
        ValueKind::Null => Taken::No,
        ValueKind::String(text) if text.parts.is_empty() => Taken::No,
        ValueKind::String(text) => {
            let is_some = |kind: &PartKind| matches!(kind, PartKind::Known(_) | PartKind::Json(_));
            if text.parts.iter().any(|part| is_some(&part.kind)) { Taken::Yes } else { Taken::Maybe }
        }
        ValueKind::Bool(_) | ValueKind::Number(_) | ValueKind::Sequence(_) | ValueKind::Object(_) => {
            Taken::Yes
        }
        _ => Taken::Maybe,
    })?;
    let failure = is_refused.then(|| Outcome::of(Value::fails()));
    Ok(Value::one_of([Outcome::of(taken)].into_iter().chain(failure)))
}

fn is_object_or_null(value: &Value) -> bool {
    matches!(value.kind, ValueKind::Object(_) | ValueKind::Null)
}

/// The first list that is not empty.
pub(super) fn coalescelist(call: &Call<'_>) -> Answer {
    for argument in call.arguments {
        if let Err(Stop::Fails) = read::ordered(argument) {
            return Err(Stop::Fails);
        }
    }
    first_taken(call.arguments, &|value| match &value.kind {
        ValueKind::Sequence(sequence) => is_filled(sequence),
        _ => Taken::Maybe,
    })
}

fn is_filled(sequence: &Sequence) -> Taken {
    if sequence.elements.iter().any(|element| element.presence == Presence::Always) {
        Taken::Yes
    } else if sequence.elements.is_empty() && sequence.rest.is_none() {
        Taken::No
    } else {
        Taken::Maybe
    }
}

/// The element at an index that wraps around. With an unknown index, any of them.
pub(super) fn element(call: &Call<'_>) -> Answer {
    let sequence = read::ordered(&call.arguments[0])?;
    let count = sequence.elements.len();
    if count == 0 && sequence.rest.is_none() {
        return Err(Stop::Fails);
    }
    let index = match read::number(&call.arguments[1]) {
        Ok(number) if number.is_negative() || !number.is_integer() => return Err(Stop::Fails),
        Ok(number) => number.as_usize(),
        Err(Stop::Fails) => return Err(Stop::Fails),
        Err(Stop::Unknown) => None,
    };
    match index {
        Some(index) if sequence.is_complete() => Ok(sequence.elements[index % count].value.clone()),
        _ => any_of(sequence),
    }
}

fn any_of(sequence: &Sequence) -> Answer {
    let elements = sequence.elements.iter().map(|element| &element.value);
    let values = elements.chain(sequence.rest.as_deref()).cloned();
    let outcomes: Vec<Outcome> = values.map(Outcome::of).collect();
    let all: Vec<Value> = outcomes.iter().map(|outcome| outcome.value.clone()).collect();
    let value = Value::one_of(outcomes);
    Ok(if value.is_unknown() { super::outcomes::join(&all) } else { value })
}

/// The only element, or null of none.
pub(super) fn one(call: &Call<'_>) -> Answer {
    let sequence = read::sequence(&call.arguments[0])?;
    let always = sequence.elements.iter().filter(|element| element.presence == Presence::Always).count();
    let is_set = sequence.collection == Collection::Set;
    if always > 1 && (!is_set || read::has_known_length(sequence)) {
        return Err(Stop::Fails);
    }
    let first = sequence.elements.first();
    match first {
        None if sequence.rest.is_none() => Ok(Value::null()),
        Some(element) if sequence.elements.len() == 1 && element.presence == Presence::Always => {
            // More of them would be refused.
            Ok(element.value.clone())
        }
        _ if always == 1 => {
            let only = sequence.elements.iter().find(|element| element.presence == Presence::Always);
            only.map(|element| element.value.clone()).ok_or(Stop::Unknown)
        }
        _ => {
            let none = Outcome::of(Value::null());
            let some = any_of(sequence)?;
            Ok(Value::one_of([Outcome::of(some), none]))
        }
    }
}

/// One of two.
pub(super) fn either(one: &Value, two: &Value) -> Value {
    let outcome = |value: &Value| Outcome::of(value.clone());
    let value = Value::one_of([outcome(one), outcome(two)]);
    if value.is_unknown() { super::outcomes::join([one, two]) } else { value }
}
