//! Terraform's conversions of values between types, and the one type of two.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::terraform::convert;
use crate::terraform::number::Number;
use crate::terraform::type_constraint::{Attribute, Type};
use crate::terraform::value::{
    Collection, Element, Item, Lookup, Object, Presence, Sequence, Value, ValueKind,
};

use super::expression::either;

/// The value as one of a type; what Terraform cannot convert fails. Null stays null.
pub(crate) fn to(value: &Value, ty: &Type) -> Value {
    let kept = || value.clone();
    let kind = match (&value.kind, ty) {
        (_, Type::Any) | (ValueKind::Null | ValueKind::Fails, _) => return kept(),
        (ValueKind::OneOf(_), _) => {
            return value.map_outcomes(&mut |outcome| to(outcome, ty)).marked(value.marks);
        }
        (ValueKind::Unknown { not_null, .. }, _) => {
            ValueKind::Unknown { ty: ty.clone(), not_null: *not_null }
        }
        // What it is comes with apply.
        (ValueKind::Computed(_) | ValueKind::ProviderCall(_), Type::String) => return kept(),
        (ValueKind::Computed(_) | ValueKind::ProviderCall(_) | ValueKind::Block(_), _) => {
            ValueKind::Unknown { ty: ty.clone(), not_null: false }
        }
        (_, Type::String) => convert::to_string(value).kind,
        (_, Type::Number) => convert::to_number(value).kind,
        (_, Type::Bool) => convert::to_bool(value).kind,
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

/// Each element once; sorted where all are strings or numbers.
fn as_set(set: Sequence) -> Sequence {
    let mut keyed: BTreeMap<SetKey, Element> = BTreeMap::new();
    for element in set.elements.iter() {
        let Some(key) = SetKey::of(&element.value) else { return set };
        match keyed.get_mut(&key) {
            Some(kept) if element.presence == Presence::Always => kept.presence = Presence::Always,
            Some(_) => {}
            None => drop(keyed.insert(key, element.clone())),
        }
    }
    Sequence { elements: keyed.into_values().collect(), ..set }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SetKey {
    Bool(bool),
    Number(Number),
    String(Arc<str>),
}

impl SetKey {
    fn of(value: &Value) -> Option<Self> {
        match &value.kind {
            ValueKind::Bool(value) => Some(Self::Bool(*value)),
            ValueKind::Number(number) => Some(Self::Number(number.clone())),
            ValueKind::String(text) => text.as_known().map(Self::String),
            _ => None,
        }
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
    let mut all: Option<Type> = None;
    for value in values.filter(|value| !value.is_null()) {
        let ty = type_of(value, 0);
        let one = match &all {
            None => Some(ty),
            Some(before) => unify(before, &ty),
        };
        match one {
            Some(ty) => all = Some(ty),
            None => return Type::Any,
        }
    }
    all.unwrap_or_default()
}

/// The type that Terraform makes of the types of both sides of a conditional; `None` where that changes neither,
/// or where it is not known.
pub(super) fn unified(one: &Value, two: &Value) -> Option<Type> {
    let (one, two) = (type_of(one, 0), type_of(two, 0));
    if one == two { None } else { unify(&one, &two).filter(|ty| *ty != Type::Any) }
}

/// Objects in objects deeper than this are taken to be of unknown types.
const DEPTH: u32 = 32;

/// Any for what is not known.
fn type_of(value: &Value, depth: u32) -> Type {
    if depth > DEPTH {
        return Type::Any;
    }
    let of = |value: &Value| type_of(value, depth + 1);
    match &value.kind {
        ValueKind::Unknown { ty, .. } => ty.clone(),
        ValueKind::Bool(_) => Type::Bool,
        ValueKind::Number(_) => Type::Number,
        ValueKind::String(_) => Type::String,
        ValueKind::Sequence(sequence) => match sequence.collection {
            Collection::Tuple | Collection::Object | Collection::Map if !sequence.is_complete() => Type::Any,
            Collection::Tuple | Collection::Object | Collection::Map => {
                Type::Tuple(sequence.elements.iter().map(|element| of(&element.value)).collect())
            }
            Collection::List => Type::List(Arc::new(element_type(sequence, of))),
            Collection::Set => Type::Set(Arc::new(element_type(sequence, of))),
        },
        ValueKind::Object(object) if object.collection == Collection::Map => {
            let first = object.items.values().map(|item| &item.value).chain(object.rest.as_deref()).next();
            Type::Map(Arc::new(first.map_or(Type::Any, of)))
        }
        ValueKind::Object(object) if object.is_complete() => {
            let attributes = object.items.iter().map(|(name, item)| {
                let attribute = Attribute { ty: of(&item.value), optional: false, default: None, name: None };
                (Arc::clone(name), attribute)
            });
            Type::Object(Arc::new(attributes.collect()))
        }
        _ => Type::Any,
    }
}

fn element_type(sequence: &Sequence, of: impl Fn(&Value) -> Type) -> Type {
    let first = sequence.elements.iter().map(|element| &element.value).chain(sequence.rest.as_deref()).next();
    first.map_or(Type::Any, of)
}

/// The type that values of both are converted to where they must have one; `None` where there is none, or where one
/// of them is not known.
fn unify(one: &Type, two: &Type) -> Option<Type> {
    if one == two {
        return Some(one.clone());
    }
    match (one, two) {
        (Type::String, Type::Number | Type::Bool) | (Type::Number | Type::Bool, Type::String) => {
            Some(Type::String)
        }
        (Type::List(one), Type::List(two)) => Some(Type::List(Arc::new(unify(one, two)?))),
        (Type::Set(one), Type::Set(two)) => Some(Type::Set(Arc::new(unify(one, two)?))),
        (Type::Map(one), Type::Map(two)) => Some(Type::Map(Arc::new(unify(one, two)?))),
        (Type::Tuple(one), Type::Tuple(two)) if one.len() == two.len() => {
            let types: Option<Vec<Type>> = one.iter().zip(&**two).map(|(one, two)| unify(one, two)).collect();
            Some(Type::Tuple(types?.into()))
        }
        (Type::Tuple(one), Type::Tuple(two)) => list_of(one.iter().chain(&**two)),
        (Type::List(inner), Type::Tuple(types)) | (Type::Tuple(types), Type::List(inner)) => {
            list_of(types.iter().chain([&**inner]))
        }
        (Type::Set(inner), Type::Tuple(types)) | (Type::Tuple(types), Type::Set(inner)) => {
            let Type::List(inner) = list_of(types.iter().chain([&**inner]))? else { return None };
            Some(Type::Set(inner))
        }
        (Type::Object(one), Type::Object(two)) if one.keys().eq(two.keys()) => {
            let pairs = one.iter().zip(&**two);
            let attributes = pairs.map(|((name, one), (_, two))| {
                Some((Arc::clone(name), Attribute { ty: unify(&one.ty, &two.ty)?, ..one.clone() }))
            });
            Some(Type::Object(Arc::new(attributes.collect::<Option<_>>()?)))
        }
        (Type::Object(one), Type::Object(two)) => map_of(one.values().chain(two.values()).map(|it| &it.ty)),
        (Type::Map(inner), Type::Object(attributes)) | (Type::Object(attributes), Type::Map(inner)) => {
            map_of(attributes.values().map(|it| &it.ty).chain([&**inner]))
        }
        _ => None,
    }
}

fn list_of<'t>(types: impl Iterator<Item = &'t Type>) -> Option<Type> {
    Some(Type::List(Arc::new(unify_all(types)?)))
}

fn map_of<'t>(types: impl Iterator<Item = &'t Type>) -> Option<Type> {
    Some(Type::Map(Arc::new(unify_all(types)?)))
}

fn unify_all<'t>(mut types: impl Iterator<Item = &'t Type>) -> Option<Type> {
    let first = types.next()?.clone();
    types.try_fold(first, |one, two| unify(&one, two))
}

/// How many elements or items it has itself.
pub(super) fn breadth(value: &Value) -> usize {
    match &value.kind {
        ValueKind::Sequence(sequence) => sequence.elements.len(),
        ValueKind::Object(object) => object.items.len(),
        _ => 1,
    }
}
