//! Terraform's conversions of values between types, and the one type of two.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::terraform::convert;
use crate::terraform::type_constraint::{Attribute, Type};
use crate::terraform::value::{
    Collection, Element, Item, Lookup, Object, Presence, Sequence, Value, ValueKind,
};

use super::expression::either;
use crate::terraform::functions::compare::as_set;
use crate::terraform::functions::unify::{Common, common_type};

/// The value as one of a type; what Terraform cannot convert fails. Null stays null.
pub(crate) fn to(value: &Value, ty: &Type) -> Value {
    let kept = || value.clone();
    let kind = match (&value.kind, ty) {
        (_, Type::Any) | (ValueKind::Null | ValueKind::Fails, _) => return kept(),
        (ValueKind::OneOf(_), _) => {
            return value.map_outcomes(&mut |outcome| to(outcome, ty)).marked(value.marks);
        }
        // What it is comes with apply.
        (ValueKind::Computed(_) | ValueKind::ProviderCall(_), Type::String) => return kept(),
        (ValueKind::Computed(_) | ValueKind::ProviderCall(_) | ValueKind::Block(_), _) => {
            ValueKind::Unknown { ty: ty.clone(), not_null: false }
        }
        (_, Type::String) => convert::to_string(value).kind,
        (_, Type::Number) => convert::to_number(value).kind,
        (_, Type::Bool) => convert::to_bool(value).kind,
        (ValueKind::Unknown { not_null, .. }, _) => {
            ValueKind::Unknown { ty: ty.clone(), not_null: *not_null }
        }
        (ValueKind::Sequence(sequence), Type::List(inner)) => to_list(sequence, inner, Collection::List),
        (ValueKind::Sequence(sequence), Type::Set(inner)) => to_set(sequence, inner),
        (ValueKind::Sequence(sequence), Type::Tuple(types)) => to_tuple(sequence, types),
        (ValueKind::Object(object), Type::Map(inner)) => to_map(object, inner),
        (ValueKind::Object(object), Type::Object(attributes)) => to_object(object, attributes),
        _ => ValueKind::Fails,
    };
    Value { kind, spans: value.spans.clone(), marks: value.marks }
}

fn to_list(sequence: &Sequence, inner: &Type, collection: Collection) -> ValueKind {
    let inner = &one_type(inner, sequence.elements.iter().map(|element| &element.value));
    let elements = sequence
        .elements
        .iter()
        .map(|element| Element { value: to(&element.value, inner), ..element.clone() });
    let elements: Arc<[Element]> = elements.collect();
    if elements.iter().any(|element| element.value.is_failure()) {
        return ValueKind::Fails;
    }
    let rest = sequence.rest.as_ref().map(|rest| Arc::new(to(rest, inner)));
    ValueKind::Sequence(Sequence { elements, rest, collection })
}

fn to_set(sequence: &Sequence, inner: &Type) -> ValueKind {
    match to_list(sequence, inner, Collection::Set) {
        ValueKind::Sequence(set) => ValueKind::Sequence(as_set(set)),
        other => other,
    }
}

fn to_tuple(sequence: &Sequence, types: &[Type]) -> ValueKind {
    if !sequence.is_complete() {
        return ValueKind::Unknown { ty: Type::Tuple(types.into()), not_null: true };
    }
    if sequence.elements.len() != types.len() {
        return ValueKind::Fails;
    }
    let elements = sequence.elements.iter().zip(types);
    let elements = elements.map(|(element, ty)| Element { value: to(&element.value, ty), ..element.clone() });
    let elements: Arc<[Element]> = elements.collect();
    if elements.iter().any(|element| element.value.is_failure()) {
        return ValueKind::Fails;
    }
    ValueKind::Sequence(Sequence { elements, rest: None, collection: Collection::Tuple })
}

fn to_map(object: &Object, inner: &Type) -> ValueKind {
    let inner = &one_type(inner, object.items.values().map(|item| &item.value));
    let items = object
        .items
        .iter()
        .map(|(key, item)| (Arc::clone(key), Item { value: to(&item.value, inner), ..item.clone() }));
    let items: BTreeMap<Arc<str>, Item> = items.collect();
    if items.values().any(|item| item.value.is_failure()) {
        return ValueKind::Fails;
    }
    let rest = object.rest.as_ref().map(|rest| Arc::new(to(rest, inner)));
    let replaced = Arc::clone(&object.replaced);
    ValueKind::Object(Object { items: items.into(), rest, collection: Collection::Map, replaced })
}

/// Attributes that the type does not have are dropped, and those that are missing or null get their defaults.
fn to_object(object: &Object, attributes: &BTreeMap<Arc<str>, Attribute>) -> ValueKind {
    let mut items = BTreeMap::new();
    for (name, attribute) in attributes {
        let Some(item) = to_attribute(object, name, attribute) else { return ValueKind::Fails };
        if item.value.is_failure() {
            return ValueKind::Fails;
        }
        items.insert(Arc::clone(name), item);
    }
    let kept = object.replaced.iter().filter(|(name, _)| attributes.contains_key(name));
    ValueKind::Object(Object { replaced: kept.cloned().collect(), ..Object::new(items) })
}

/// `None` where a required attribute is missing.
fn to_attribute(object: &Object, name: &str, attribute: &Attribute) -> Option<Item> {
    match object.lookup(name) {
        Lookup::Found(item) => {
            let mut value = with_default(&item.value, attribute);
            if item.presence == Presence::Maybe && attribute.optional {
                value = either(&value, &left_out(attribute));
            }
            let keys = item.keys.with(&attribute.name.into());
            Some(Item { value, keys, presence: Presence::Always, ..item.clone() })
        }
        Lookup::Possible(rest) => {
            let mut value = with_default(rest, attribute);
            if attribute.optional && !value.is_unknown() {
                value = either(&value, &left_out(attribute));
            }
            Some(Item { keys: attribute.name.into(), ..Item::always(value) })
        }
        Lookup::Absent => attribute
            .optional
            .then(|| Item { keys: attribute.name.into(), ..Item::always(left_out(attribute)) }),
    }
}

fn with_default(value: &Value, attribute: &Attribute) -> Value {
    let value = value.map_outcomes(&mut |outcome| match &attribute.default {
        Some(default) if outcome.is_null() => default.clone(),
        _ => to(outcome, &attribute.ty),
    });
    match (&value.kind, &attribute.default) {
        (ValueKind::Unknown { ty, .. }, Some(default)) if !default.is_null() => {
            Value { kind: ValueKind::Unknown { ty: ty.clone(), not_null: true }, ..value }
        }
        _ => value,
    }
}

fn left_out(attribute: &Attribute) -> Value {
    attribute.default.clone().unwrap_or_else(Value::null)
}

/// The type of the elements of a collection of any type: one for all where that is known.
fn one_type<'v>(inner: &Type, values: impl Iterator<Item = &'v Value>) -> Type {
    if *inner != Type::Any {
        return inner.clone();
    }
    match common_type(values.filter(|value| !value.is_null())) {
        Common::Type(ty) => ty,
        Common::Unknown | Common::None => Type::Any,
    }
}

/// The type that Terraform makes of the types of both sides of a conditional; `None` where it is not known.
pub(super) fn unified(one: &Value, two: &Value) -> Option<Type> {
    match common_type([one, two]) {
        Common::Type(ty) if ty != Type::Any => Some(ty),
        _ => None,
    }
}

/// How many elements or items it has itself.
pub(super) fn breadth(value: &Value) -> usize {
    match &value.kind {
        ValueKind::Sequence(sequence) => sequence.elements.len(),
        ValueKind::Object(object) => object.items.len(),
        _ => 1,
    }
}
