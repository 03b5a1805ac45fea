//! A function of values that are one of several, applied in every case.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::compare;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{
    Collection, Decisions, Element, Item, MOST_OUTCOMES, Marks, Object, Outcome, Presence, Sequence, Value,
    ValueKind,
};

/// Applies it to every combination. Where there are more than [`MOST_OUTCOMES`], the arguments with the most outcomes
/// are joined first.
pub(super) fn distribute(arguments: &[Value], apply: &mut dyn FnMut(&[Value]) -> Value) -> Value {
    if !arguments.iter().any(|value| matches!(value.kind, ValueKind::OneOf(_))) {
        return apply(arguments);
    }
    let mut choices: Vec<Vec<Outcome>> = arguments.iter().map(choices).collect();
    while choices.iter().map(Vec::len).product::<usize>() > MOST_OUTCOMES {
        let Some(widest) = choices.iter_mut().max_by_key(|choice| choice.len()) else { break };
        let value = join(widest.iter().map(|outcome| &outcome.value));
        *widest = vec![Outcome::of(value)];
    }
    let mut all = Vec::new();
    combine(&choices, &mut Vec::new(), (None, Decisions::NONE), &mut |arguments, when, decisions| {
        all.push(Outcome { value: apply(arguments), when, decisions });
    });
    let joined = all.clone();
    let value = Value::one_of(all);
    // The results may have outcomes of their own.
    if value.is_unknown() { join(joined.iter().map(|outcome| &outcome.value)) } else { value }
}

type When = Option<crate::terraform::value::When>;

/// `when` is that of the only choice that was one; `None` where several were.
fn combine(
    choices: &[Vec<Outcome>],
    chosen: &mut Vec<Value>,
    (when, decisions): (Option<When>, Decisions),
    each: &mut dyn FnMut(&[Value], When, Decisions),
) {
    let Some((first, others)) = choices.split_first() else {
        each(chosen, when.flatten(), decisions);
        return;
    };
    for outcome in first {
        // Two arguments that depend on one condition do so together.
        let Some(decisions) = decisions.and(&outcome.decisions) else { continue };
        chosen.push(outcome.value.clone());
        let decided = match (first.len(), when) {
            (1, _) => when,
            (_, None) => Some(outcome.when),
            (_, Some(_)) => Some(None),
        };
        combine(others, chosen, (decided, decisions), each);
        chosen.pop();
    }
}

/// Every outcome, with the marks of the whole that are of none of them.
fn choices(value: &Value) -> Vec<Outcome> {
    let ValueKind::OneOf(outcomes) = &value.kind else {
        return vec![Outcome::of(value.clone())];
    };
    let inner = outcomes.iter().fold(Marks::NONE, |marks, one| marks.with(one.value.marks));
    let outer = Marks {
        sensitive: value.marks.sensitive && !inner.sensitive,
        ephemeral: value.marks.ephemeral && !inner.ephemeral,
        assumed: value.marks.assumed && !inner.assumed,
    };
    let marked = |one: &Outcome| one.with(one.value.clone().marked(outer));
    outcomes.iter().map(marked).collect()
}

/// A list whose elements have several outcomes as one of several lists, where these are few.
pub(super) fn of_elements(value: &Value) -> Value {
    let ValueKind::Sequence(sequence) = &value.kind else { return value.clone() };
    let elements: Vec<Value> = sequence.elements.iter().map(|element| element.value.clone()).collect();
    let count = |value: &Value| if let ValueKind::OneOf(outcomes) = &value.kind { outcomes.len() } else { 1 };
    let combinations = elements.iter().try_fold(1_usize, |product, value| product.checked_mul(count(value)));
    if !combinations.is_some_and(|combinations| (2..=MOST_OUTCOMES).contains(&combinations)) {
        return value.clone();
    }
    let of = |values: &[Value]| {
        let with = |(element, value): (&Element, &Value)| Element { value: value.clone(), ..element.clone() };
        let elements = sequence.elements.iter().zip(values).map(with).collect();
        let list = Sequence { elements, ..sequence.clone() };
        let is_set = list.collection == Collection::Set;
        let list = if is_set { compare::as_set(list) } else { list };
        Value { kind: ValueKind::Sequence(list), ..value.clone() }
    };
    distribute(&elements, &mut |values| of(values))
}

/// One value for all of several: an object with the keys of all, those that are not in all of them only maybe;
/// otherwise what their types say.
pub(crate) fn join<'v>(values: impl IntoIterator<Item = &'v Value>) -> Value {
    let all: Vec<&Value> = values.into_iter().flat_map(Value::outcomes).collect();
    let marks = all.iter().fold(Marks::NONE, |marks, value| marks.with(value.marks));
    let objects: Vec<&Object> = all.iter().filter_map(|value| value.as_object()).collect();
    let joined: Value = if objects.len() == all.len() && !all.is_empty() {
        ValueKind::Object(join_objects(&objects)).into()
    } else {
        ValueKind::Unknown { ty: common_type(&all), not_null: all.iter().all(|value| is_never_null(value)) }
            .into()
    };
    joined.marked(marks)
}

fn join_objects(objects: &[&Object]) -> Object {
    let keys: BTreeSet<&Arc<str>> = objects.iter().flat_map(|object| object.items.keys()).collect();
    let item = |key: &Arc<str>| {
        let items: Vec<&Item> = objects.iter().filter_map(|object| object.items.get(key)).collect();
        let is_always =
            items.len() == objects.len() && items.iter().all(|it| it.presence == Presence::Always);
        Item {
            value: join_items(&items),
            keys: items.iter().flat_map(|it| it.keys.as_slice().iter().copied()).collect(),
            site: items.first().and_then(|it| it.site),
            presence: if is_always { Presence::Always } else { Presence::Maybe },
        }
    };
    let items: BTreeMap<Arc<str>, Item> = keys.into_iter().map(|key| (Arc::clone(key), item(key))).collect();
    let rests: Vec<&Value> = objects.iter().filter_map(|object| object.rest.as_deref()).collect();
    let is_map = objects.iter().all(|object| object.collection == Collection::Map);
    Object {
        rest: (!rests.is_empty()).then(|| Arc::new(join(rests))),
        collection: if is_map { Collection::Map } else { Collection::Object },
        ..Object::new(items)
    }
}

fn join_items(items: &[&Item]) -> Value {
    let value = Value::one_of(items.iter().map(|it| Outcome::of(it.value.clone())));
    if value.is_unknown() { join(items.iter().map(|it| &it.value)) } else { value }
}

fn is_never_null(value: &Value) -> bool {
    match value.kind {
        ValueKind::Unknown { not_null, .. } => not_null,
        ValueKind::Bool(_)
        | ValueKind::Number(_)
        | ValueKind::String(_)
        | ValueKind::Sequence(_)
        | ValueKind::Object(_) => true,
        _ => false,
    }
}

/// Of scalars alone: collections may differ in what is inside.
fn common_type(values: &[&Value]) -> Type {
    let of = |value: &Value| match &value.kind {
        ValueKind::String(_) => Some(Type::String),
        ValueKind::Number(_) => Some(Type::Number),
        ValueKind::Bool(_) => Some(Type::Bool),
        ValueKind::Unknown { ty, .. } => Some(ty.clone()),
        _ => None,
    };
    let mut types = values.iter().filter(|value| !value.is_null()).map(|value| of(value));
    match types.next().flatten() {
        Some(first) if types.all(|ty| ty.as_ref() == Some(&first)) => first,
        _ => Type::Any,
    }
}
