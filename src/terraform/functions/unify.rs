//! The one type that elements of a list or map get, and the conversion to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::read::{self, Stop};
use super::{compare, outcomes};
use crate::terraform::eval::convert::to;
use crate::terraform::type_constraint::{Attribute, Type};
use crate::terraform::value::{Collection, Element, Item, Object, Sequence, Value, ValueKind};

/// What several types have in common.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Common {
    Type(Type),
    /// It depends on what is not known.
    Unknown,
    /// Terraform finds none.
    None,
}

/// A sequence as a list or set of elements of one type.
pub(super) fn to_collection(value: &Value, collection: Collection) -> Result<Value, Stop> {
    let sequence = match &value.kind {
        ValueKind::Sequence(sequence) => sequence,
        ValueKind::Unknown { ty, .. } if is_no_sequence(ty) => return Err(Stop::Fails),
        ValueKind::String(_) | ValueKind::Number(_) | ValueKind::Bool(_) | ValueKind::Object(_) => {
            return Err(Stop::Fails);
        }
        _ => return Ok(value.clone()),
    };
    let is_uniform = matches!(sequence.collection, Collection::List | Collection::Set);
    let converted = if is_uniform {
        sequence.clone()
    } else {
        let rest = sequence.rest.as_deref();
        let values = sequence.elements.iter().map(|element| &element.value).chain(rest);
        with_common_type(sequence, &common_type(values))?
    };
    let sequence = in_collection(converted, collection);
    Ok(Value { kind: ValueKind::Sequence(sequence), ..value.clone() })
}

fn is_no_sequence(ty: &Type) -> bool {
    !matches!(ty, Type::Any | Type::List(_) | Type::Set(_) | Type::Tuple(_))
}

fn with_common_type(sequence: &Sequence, common: &Common) -> Result<Sequence, Stop> {
    let change = |value: &Value| match common {
        Common::Type(ty) => to(value, ty),
        _ => blurred(value),
    };
    if *common == Common::None {
        return Err(Stop::Fails);
    }
    let element = |element: &Element| Element { value: change(&element.value), ..element.clone() };
    let elements: Arc<[Element]> = sequence.elements.iter().map(element).collect();
    let fails = |element: &Element| matches!(element.value.kind, ValueKind::Fails);
    if elements.iter().any(fails) {
        return Err(Stop::Fails);
    }
    let rest = sequence.rest.as_deref().map(|rest| Arc::new(change(rest)));
    Ok(Sequence { elements, rest, collection: sequence.collection })
}

/// A sequence of elements that fit: a set has each once, and sorted.
pub(super) fn in_collection(sequence: Sequence, collection: Collection) -> Sequence {
    if collection != Collection::Set {
        return Sequence { collection, ..read::listed(&sequence) };
    }
    let is_set_already = sequence.collection == Collection::Set;
    let sequence = Sequence { collection, ..sequence };
    if is_set_already { sequence } else { compare::as_set(sequence) }
}

/// `list(string)` and its like, of a primitive type.
pub(super) fn to_list_of(value: &Value, ty: &Type) -> Result<Value, Stop> {
    let ValueKind::Sequence(sequence) = &value.kind else { return to_collection(value, Collection::List) };
    let converted = with_common_type(sequence, &Common::Type(ty.clone()))?;
    let sequence = in_collection(converted, Collection::List);
    Ok(Value { kind: ValueKind::Sequence(sequence), ..value.clone() })
}

/// An object as a map of elements of one type.
pub(super) fn to_map(value: &Value) -> Result<Value, Stop> {
    let object = match &value.kind {
        ValueKind::Object(object) => object,
        ValueKind::Unknown { ty: Type::Any | Type::Object(_) | Type::Map(_), .. }
        | ValueKind::Null
        | ValueKind::Computed(_)
        | ValueKind::Block(_)
        | ValueKind::ProviderCall(_) => return Ok(value.clone()),
        _ => return Err(Stop::Fails),
    };
    if object.collection == Collection::Map {
        return Ok(value.clone());
    }
    let common = common_type(object.items.values().map(|item| &item.value).chain(object.rest.as_deref()));
    let items: BTreeMap<Arc<str>, Item> = match &common {
        Common::None => return Err(Stop::Fails),
        Common::Type(ty) => map_items(object, &|value| to(value, ty)),
        Common::Unknown => map_items(object, &blurred),
    };
    if items.values().any(|item| matches!(item.value.kind, ValueKind::Fails)) {
        return Err(Stop::Fails);
    }
    let object = Object { items: items.into(), collection: Collection::Map, ..object.clone() };
    Ok(Value { kind: ValueKind::Object(object), ..value.clone() })
}

fn map_items(object: &Object, change: &dyn Fn(&Value) -> Value) -> BTreeMap<Arc<str>, Item> {
    let item = |item: &Item| Item { value: change(&item.value), ..item.clone() };
    object.items.iter().map(|(key, it)| (Arc::clone(key), item(it))).collect()
}

/// What more types than this have in common is not told: each is compared with all before it.
const MOST_TYPES: usize = 64;

/// The common type of values.
pub(crate) fn common_type<'v>(values: impl IntoIterator<Item = &'v Value>) -> Common {
    let mut types: Vec<Type> = Vec::new();
    for value in values {
        match type_of(value) {
            Some(ty) if types.contains(&ty) => {}
            Some(ty) if types.len() < MOST_TYPES => types.push(ty),
            _ => return Common::Unknown,
        }
    }
    unify(types)
}

/// `None` where it depends on what is not known. Of null and of the elements of nothing: [`Type::Any`].
pub(super) fn type_of(value: &Value) -> Option<Type> {
    Some(match &value.kind {
        ValueKind::Null => Type::Any,
        ValueKind::Bool(_) => Type::Bool,
        ValueKind::Number(_) => Type::Number,
        ValueKind::String(_) => Type::String,
        ValueKind::Unknown { ty: Type::Any, .. } => return None,
        ValueKind::Unknown { ty, .. } => ty.clone(),
        ValueKind::Sequence(sequence) if sequence.collection == Collection::Tuple => {
            if !sequence.is_complete() {
                return None;
            }
            let types: Option<Arc<[Type]>> = sequence.elements.iter().map(|it| type_of(&it.value)).collect();
            Type::Tuple(types?)
        }
        ValueKind::Sequence(sequence) => {
            let values = sequence.elements.iter().map(|it| &it.value).chain(sequence.rest.as_deref());
            let element = Arc::new(known(common_type(values))?);
            if sequence.collection == Collection::Set { Type::Set(element) } else { Type::List(element) }
        }
        ValueKind::Object(object) if object.collection == Collection::Map => {
            let values = object.items.values().map(|it| &it.value).chain(object.rest.as_deref());
            Type::Map(Arc::new(known(common_type(values))?))
        }
        ValueKind::Object(object) if object.is_complete() => {
            let attribute =
                |(name, item): (&Arc<str>, &Item)| Some((Arc::clone(name), attribute(type_of(&item.value)?)));
            let attributes: Option<BTreeMap<_, _>> = object.items.iter().map(attribute).collect();
            Type::Object(attributes?.into())
        }
        _ => return None,
    })
}

fn known(common: Common) -> Option<Type> {
    if let Common::Type(ty) = common { Some(ty) } else { None }
}

fn attribute(ty: Type) -> Attribute {
    Attribute { ty, optional: false, default: None, name: None }
}

fn unify(types: Vec<Type>) -> Common {
    let is_any = |ty: &Type| *ty == Type::Any;
    let has_any = types.iter().any(is_any);
    let mut types: Vec<Type> = types.into_iter().filter(|ty| !is_any(ty)).collect();
    match types.len() {
        0 => return Common::Type(Type::Any),
        // With an untyped null beside it Terraform leaves an object's type open.
        1 if has_any && matches!(types[0], Type::Object(_) | Type::Tuple(_)) => return Common::Unknown,
        1 => return Common::Type(types.remove(0)),
        _ => {}
    }
    let all = |is: fn(&Type) -> bool| types.iter().all(is);
    if all(|ty| matches!(ty, Type::String | Type::Number | Type::Bool)) {
        let has_string = types.contains(&Type::String);
        return if has_string { Common::Type(Type::String) } else { Common::None };
    }
    if all(|ty| matches!(ty, Type::Object(_) | Type::Map(_))) {
        return if has_any { Common::Unknown } else { unify_objects(&types) };
    }
    if all(|ty| matches!(ty, Type::Tuple(_) | Type::List(_) | Type::Set(_))) {
        return if has_any { Common::Unknown } else { unify_sequences(&types) };
    }
    Common::None
}

fn unify_objects(types: &[Type]) -> Common {
    let mut objects = Vec::new();
    let mut elements = Vec::new();
    for ty in types {
        match ty {
            Type::Object(attributes) => {
                objects.push(attributes);
                elements.extend(attributes.values().map(|attribute| attribute.ty.clone()));
            }
            Type::Map(element) => elements.push((**element).clone()),
            _ => {}
        }
    }
    let same_names = objects.windows(2).all(|two| two[0].keys().eq(two[1].keys()));
    if objects.len() < types.len() || !same_names {
        return wrap(unify_distinct(elements), Type::Map);
    }
    let mut attributes = BTreeMap::new();
    for name in objects.first().into_iter().flat_map(|object| object.keys()) {
        let of_name = objects.iter().filter_map(|object| object.get(name)).map(|it| it.ty.clone());
        match unify_distinct(of_name) {
            Common::Type(ty) => attributes.insert(Arc::clone(name), attribute(ty)),
            other => return other,
        };
    }
    Common::Type(Type::Object(attributes.into()))
}

fn unify_sequences(types: &[Type]) -> Common {
    let mut tuples = Vec::new();
    let mut elements = Vec::new();
    for ty in types {
        match ty {
            Type::Tuple(inner) => {
                tuples.push(inner);
                elements.extend(inner.iter().cloned());
            }
            Type::List(element) | Type::Set(element) => elements.push((**element).clone()),
            _ => {}
        }
    }
    let has = |is: fn(&Type) -> bool| types.iter().any(is);
    match (has(|ty| matches!(ty, Type::List(_))), has(|ty| matches!(ty, Type::Set(_)))) {
        (true, true) => return Common::Unknown,
        (_, true) => return wrap(unify_distinct(elements), Type::Set),
        (true, false) => return wrap(unify_distinct(elements), Type::List),
        (false, false) => {}
    }
    if tuples.windows(2).any(|two| two[0].len() != two[1].len()) {
        return wrap(unify_distinct(elements), Type::List);
    }
    let mut unified = Vec::new();
    for at in 0..tuples.first().map_or(0, |tuple| tuple.len()) {
        match unify_distinct(tuples.iter().map(|tuple| tuple[at].clone())) {
            Common::Type(ty) => unified.push(ty),
            other => return other,
        }
    }
    Common::Type(Type::Tuple(unified.into()))
}

fn unify_distinct(types: impl IntoIterator<Item = Type>) -> Common {
    let mut distinct: Vec<Type> = Vec::new();
    for ty in types {
        if !distinct.contains(&ty) {
            if distinct.len() == MOST_TYPES {
                return Common::Unknown;
            }
            distinct.push(ty);
        }
    }
    unify(distinct)
}

fn wrap(common: Common, outer: fn(Arc<Type>) -> Type) -> Common {
    match common {
        Common::Type(ty) => Common::Type(outer(Arc::new(ty))),
        other => other,
    }
}

/// What stays certain of a value that may have to become a string: a string does, and the shape.
pub(super) fn blurred(value: &Value) -> Value {
    let kind = match &value.kind {
        ValueKind::OneOf(_) => return value.map_outcomes(&mut blurred).marked(value.marks),
        ValueKind::Number(_) | ValueKind::Bool(_) => ValueKind::Unknown { ty: Type::Any, not_null: true },
        ValueKind::Sequence(sequence) => {
            let element = |element: &Element| Element { value: blurred(&element.value), ..element.clone() };
            let elements: Arc<[Element]> = sequence.elements.iter().map(element).collect();
            // A tuple beside a set becomes a set, which has its own order.
            let rest = sequence.rest.clone().or_else(|| {
                let values = elements.iter().map(|element| &element.value);
                (elements.len() > 1).then(|| Arc::new(outcomes::join(values)))
            });
            ValueKind::Sequence(Sequence { elements, rest, ..sequence.clone() })
        }
        ValueKind::Object(object) => {
            ValueKind::Object(Object { items: map_items(object, &blurred).into(), ..object.clone() })
        }
        _ => return value.clone(),
    };
    Value { kind, ..value.clone() }
}
