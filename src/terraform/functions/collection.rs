//! Functions that take lists, sets and maps apart or put them together. Elements and items keep where they were
//! written; those of which it is not known whether they are there, that too.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::compare::{self, equal};
use super::read::{self, Answer, Stop, maybe};
use super::select;
use super::signature::Call;
use super::unify::{self, Common};
use unicode_segmentation::UnicodeSegmentation;

use crate::terraform::convert;
use crate::terraform::eval::convert::to;
use crate::terraform::span::Spans;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{
    Collection, Element, Item, Marks, Object, Presence, Sequence, Value, ValueKind,
};

fn sequence_value(elements: Vec<Element>, rest: Option<Arc<Value>>, collection: Collection) -> Value {
    ValueKind::Sequence(Sequence { elements: elements.into(), rest, collection }).into()
}

pub(super) fn length(call: &Call<'_>) -> Answer {
    let value = &call.arguments[0];
    let count = match &value.kind {
        ValueKind::String(_) => read::text(value)?.graphemes(true).count(),
        ValueKind::Sequence(_) => read::elements(value)?.len(),
        ValueKind::Object(object) if object.is_complete() => object.items.len(),
        ValueKind::Object(_) => return Err(Stop::Unknown),
        ValueKind::Unknown { ty: Type::Number | Type::Bool, .. }
        | ValueKind::Bool(_)
        | ValueKind::Number(_) => {
            return Err(Stop::Fails);
        }
        _ => return Err(Stop::Unknown),
    };
    Ok(Value::number(count))
}

pub(super) fn alltrue(call: &Call<'_>) -> Answer {
    decided(call, false)
}

pub(super) fn anytrue(call: &Call<'_>) -> Answer {
    decided(call, true)
}

/// One element of that value decides; null counts as false.
fn decided(call: &Call<'_>, wanted: bool) -> Answer {
    let sequence = read::sequence(&call.arguments[0])?;
    let mut is_certain = sequence.rest.is_none();
    for element in &*sequence.elements {
        let value = if element.value.is_null() { Some(false) } else { element.value.as_bool() };
        match value {
            Some(value) if value != wanted => {}
            Some(_) if element.presence == Presence::Always => return Ok(Value::bool(wanted)),
            _ => is_certain = false,
        }
    }
    if is_certain { Ok(Value::bool(!wanted)) } else { Err(Stop::Unknown) }
}

pub(super) fn chunklist(call: &Call<'_>) -> Answer {
    let size = read::integer(&call.arguments[1])?;
    let size = usize::try_from(size).map_err(|_| Stop::Fails)?;
    let elements = read::elements(&call.arguments[0])?;
    call.charge(elements.len())?;
    let size = if size == 0 { elements.len().max(1) } else { size };
    let chunk = |chunk: &[Element]| Element::always(read::list_of(chunk.to_vec(), Collection::List));
    Ok(read::list_of(elements.chunks(size).map(chunk).collect(), Collection::List))
}

pub(super) fn concat(call: &Call<'_>) -> Answer {
    let mut elements = Vec::new();
    let mut rests: Vec<Value> = Vec::new();
    let mut are_lists = true;
    let mut is_open = false;
    if call.arguments.is_empty() {
        return Err(Stop::Fails);
    }
    for argument in call.arguments {
        match read::ordered(argument) {
            Ok(sequence) => {
                call.charge(sequence.elements.len())?;
                elements.extend(sequence.elements.iter().cloned());
                rests.extend(sequence.rest.as_deref().cloned());
                are_lists &= sequence.collection == Collection::List;
            }
            Err(Stop::Fails) => return Err(Stop::Fails),
            Err(Stop::Unknown) => {
                rests.push(Value::unknown());
                is_open = true;
            }
        }
    }
    let rest = (!rests.is_empty()).then(|| Arc::new(super::outcomes::join(&rests)));
    let spans = call.arguments.iter().fold(Spans::None, |spans, one| spans.with(&one.spans));
    let tuple = sequence_value(elements, rest, Collection::Tuple).at(spans);
    match (are_lists, is_open) {
        (true, false) => unify::to_collection(&tuple, Collection::List),
        // Lists together get one type, beside a tuple they stay as they are.
        (true, true) => Ok(with_blurred_elements(&tuple)),
        (false, _) => Ok(tuple),
    }
}

fn with_blurred_elements(list: &Value) -> Value {
    let Some(sequence) = list.as_sequence() else { return list.clone() };
    let blurred = |it: &Element| Element { value: unify::blurred(&it.value), ..it.clone() };
    let elements = sequence.elements.iter().map(blurred).collect();
    Value { kind: ValueKind::Sequence(Sequence { elements, ..sequence.clone() }), ..list.clone() }
}

pub(super) fn contains(call: &Call<'_>) -> Answer {
    let sequence = read::sequence(&call.arguments[0])?;
    call.charge(sequence.elements.len())?;
    let mut is_certain = sequence.rest.is_none();
    for element in &*sequence.elements {
        match equal(&element.value, &call.arguments[1]) {
            Some(false) => {}
            Some(true) if element.presence == Presence::Always => return Ok(Value::bool(true)),
            _ => is_certain = false,
        }
    }
    if is_certain { Ok(Value::bool(false)) } else { Err(Stop::Unknown) }
}

/// `index`: the place of the first equal element.
pub(super) fn index(call: &Call<'_>) -> Answer {
    let sequence = read::ordered(&call.arguments[0])?;
    for (at, element) in sequence.elements.iter().enumerate() {
        if element.presence != Presence::Always {
            return Err(Stop::Unknown);
        }
        match equal(&element.value, &call.arguments[1]) {
            Some(true) if sequence.rest.is_none() => return Ok(Value::number(at)),
            Some(false) => {}
            _ => return Err(Stop::Unknown),
        }
    }
    Err(if sequence.rest.is_none() { Stop::Fails } else { Stop::Unknown })
}

pub(super) fn distinct(call: &Call<'_>) -> Answer {
    let sequence = read::sequence(&call.arguments[0])?;
    call.charge(sequence.elements.len())?;
    let mut elements = compare::distinct(&sequence.elements);
    // One that is not known may equal one before it.
    let mut is_known = true;
    for (at, element) in elements.iter_mut().enumerate() {
        is_known &= element.value.is_wholly_known();
        if !is_known && at > 0 {
            element.presence = Presence::Maybe;
        }
    }
    Ok(sequence_value(elements, sequence.rest.clone(), Collection::List))
}

pub(super) fn flatten(call: &Call<'_>) -> Answer {
    let sequence = read::sequence(&call.arguments[0])?;
    let mut flat = Flat { elements: Vec::new(), rests: Vec::new() };
    flat.add(sequence, Presence::Always, call)?;
    let rest = (!flat.rests.is_empty()).then(|| Arc::new(super::outcomes::join(&flat.rests)));
    Ok(sequence_value(flat.elements, rest, Collection::Tuple))
}

struct Flat {
    elements: Vec<Element>,
    rests: Vec<Value>,
}

impl Flat {
    fn add(&mut self, sequence: &Sequence, presence: Presence, call: &Call<'_>) -> Result<(), Stop> {
        let sequence = &read::listed(sequence);
        call.charge(sequence.elements.len() + 1)?;
        for element in &*sequence.elements {
            let presence = if element.presence == Presence::Maybe { Presence::Maybe } else { presence };
            match &element.value.kind {
                ValueKind::Sequence(inner) => {
                    let marks = element.value.marks;
                    let before = self.elements.len();
                    self.add(inner, presence, call)?;
                    for added in &mut self.elements[before..] {
                        added.value.marks = added.value.marks.with(marks);
                    }
                }
                ValueKind::OneOf(outcomes) => {
                    for outcome in &**outcomes {
                        match &outcome.value.kind {
                            ValueKind::Sequence(inner) => self.add(inner, Presence::Maybe, call)?,
                            _ => self.add_one(
                                &Element { value: outcome.value.clone(), ..maybe(element) },
                                Presence::Maybe,
                            ),
                        }
                    }
                }
                _ => self.add_one(element, presence),
            }
        }
        if let Some(rest) = &sequence.rest {
            self.add_rest(rest, call)?;
        }
        Ok(())
    }

    /// A rest of lists gives what is in each of them.
    fn add_rest(&mut self, rest: &Value, call: &Call<'_>) -> Result<(), Stop> {
        match &rest.kind {
            ValueKind::Sequence(inner) => self.add(inner, Presence::Maybe, call)?,
            _ => self.rests.push(rest.clone()),
        }
        // Each list of the rest may have more like these.
        if let ValueKind::Sequence(inner) = &rest.kind {
            self.rests.extend(inner.elements.iter().map(|element| element.value.clone()));
        }
        Ok(())
    }

    fn add_one(&mut self, element: &Element, presence: Presence) {
        let may_be_list = match &element.value.kind {
            ValueKind::Unknown { ty, .. } => {
                matches!(ty, Type::Any | Type::List(_) | Type::Set(_) | Type::Tuple(_))
            }
            ValueKind::Computed(_) | ValueKind::Block(_) | ValueKind::ProviderCall(_) => true,
            _ => false,
        };
        if may_be_list {
            self.rests.push(Value::unknown().marked(element.value.marks));
        } else {
            self.elements.push(Element { presence, ..element.clone() });
        }
    }
}

pub(super) fn keys(call: &Call<'_>) -> Answer {
    let object = read::object(&call.arguments[0])?;
    call.charge(object.items.len())?;
    let element = |(key, item): (&Arc<str>, &Item)| Element {
        value: Value::string(key).at(item.keys.clone()),
        site: item.keys.first(),
        presence: item.presence,
    };
    let rest = object.rest.as_ref().map(|_| Arc::new(super::format::unknown_text()));
    Ok(sequence_value(object.items.iter().map(element).collect(), rest, listing(object)))
}

pub(super) fn values(call: &Call<'_>) -> Answer {
    let object = read::object(&call.arguments[0])?;
    call.charge(object.items.len())?;
    let element =
        |item: &Item| Element { value: item.value.clone(), site: item.site, presence: item.presence };
    Ok(sequence_value(object.items.values().map(element).collect(), object.rest.clone(), listing(object)))
}

/// A map's keys and values are lists, an object's are tuples.
fn listing(object: &Object) -> Collection {
    if object.collection == Collection::Map { Collection::List } else { Collection::Tuple }
}

pub(super) fn matchkeys(call: &Call<'_>) -> Answer {
    let values = read::elements(&call.arguments[0])?;
    let keys = read::elements(&call.arguments[1])?;
    if values.len() != keys.len() {
        return Err(Stop::Fails);
    }
    let searched = read::elements(&call.arguments[2])?;
    call.charge(values.len().saturating_mul(1 + searched.len() / 4))?;
    // Keys and what is searched for are of one type.
    let both = keys.iter().chain(searched).map(|element| &element.value);
    let Common::Type(ty) = unify::common_type(both) else { return Err(Stop::Unknown) };
    let searched: Vec<Value> = searched.iter().map(|element| to(&element.value, &ty)).collect();
    let mut found = Vec::new();
    for (element, key) in values.iter().zip(keys) {
        let key = to(&key.value, &ty);
        let results: Vec<Option<bool>> = searched.iter().map(|one| equal(one, &key)).collect();
        if results.contains(&Some(true)) {
            found.push(element.clone());
        } else if results.contains(&None) {
            found.push(maybe(element));
        }
    }
    Ok(read::list_of(found, Collection::List))
}

pub(super) fn reverse(call: &Call<'_>) -> Answer {
    let sequence = read::listed(read::sequence(&call.arguments[0])?);
    call.charge(sequence.elements.len())?;
    let elements = sequence.elements.iter().rev().cloned().collect();
    let is_tuple = sequence.collection == Collection::Tuple;
    let collection = if is_tuple { Collection::Tuple } else { Collection::List };
    Ok(sequence_value(elements, sequence.rest.clone(), collection))
}

pub(super) fn sort(call: &Call<'_>) -> Answer {
    let sequence = read::sequence(&call.arguments[0])?;
    call.charge(sequence.elements.len())?;
    if sequence.elements.iter().any(|element| element.value.is_null()) {
        return Err(Stop::Fails);
    }
    let mut elements = sequence.elements.to_vec();
    if elements.iter().all(|element| element.value.is_wholly_known()) {
        elements
            .sort_by(|one, two| compare::order(&one.value, &two.value).unwrap_or(std::cmp::Ordering::Equal));
        return Ok(sequence_value(elements, sequence.rest.clone(), Collection::List));
    }
    // All are there; which is where, nobody knows.
    let values: Vec<Value> = elements.iter().map(|element| element.value.clone()).collect();
    Ok(sequence_value(Vec::new(), Some(Arc::new(super::outcomes::join(&values))), Collection::List))
}

pub(super) fn slice(call: &Call<'_>) -> Answer {
    let sequence = read::ordered(&call.arguments[0])?;
    let bound = |value: &Value| {
        let bound = read::integer(value)?;
        usize::try_from(bound).map_err(|_| Stop::Fails)
    };
    let (start, end) = (bound(&call.arguments[1])?, bound(&call.arguments[2])?);
    if start > end {
        return Err(Stop::Fails);
    }
    if !sequence.is_complete() {
        return Err(Stop::Unknown);
    }
    call.charge(end - start)?;
    let elements = sequence.elements.get(start..end).ok_or(Stop::Fails)?;
    Ok(sequence_value(elements.to_vec(), None, sequence.collection))
}

pub(super) fn transpose(call: &Call<'_>) -> Answer {
    let object = read::object(&call.arguments[0])?;
    let mut lists: BTreeMap<Arc<str>, Vec<Element>> = BTreeMap::new();
    if !object.is_complete() {
        return Err(Stop::Unknown);
    }
    for (key, item) in &*object.items {
        let list = unify::to_list_of(&item.value, &Type::String)?;
        for text in read::texts(&list)? {
            call.charge(1)?;
            let value = Value::string(key).at(item.keys.clone());
            lists.entry(text).or_default().push(Element::always(value));
        }
    }
    let item = |(key, elements): (Arc<str>, Vec<Element>)| {
        (key, Item::always(read::list_of(elements, Collection::List)))
    };
    let items: BTreeMap<_, _> = lists.into_iter().map(item).collect();
    Ok(ValueKind::Object(Object { collection: Collection::Map, ..Object::new(items) }).into())
}

pub(super) fn zipmap(call: &Call<'_>) -> Answer {
    let values = read::ordered(&call.arguments[1])?;
    let keys = read::sequence(&call.arguments[0])?;
    if !read::has_known_length(keys) || !values.is_complete() {
        return Err(Stop::Unknown);
    }
    if keys.elements.len() != values.elements.len() {
        return Err(Stop::Fails);
    }
    call.charge(keys.elements.len())?;
    let mut object = Object::new(BTreeMap::new());
    if values.collection == Collection::List {
        object.collection = Collection::Map;
    }
    let mut items: BTreeMap<Arc<str>, Item> = BTreeMap::new();
    let mut open = Vec::new();
    let mut marks = Marks::NONE;
    for (key, element) in keys.elements.iter().zip(&*values.elements) {
        marks = marks.with(key.value.marks);
        match read::text(&convert::to_string(&key.value)) {
            Ok(name) => {
                let keys = key.value.spans.clone();
                let item = Item {
                    value: element.value.clone(),
                    keys,
                    site: element.site,
                    presence: Presence::Always,
                };
                items.insert(name, item);
            }
            Err(Stop::Fails) => return Err(Stop::Fails),
            // It may be any key so far.
            Err(Stop::Unknown) => {
                for item in items.values_mut() {
                    item.value = select::either(&item.value, &element.value);
                }
                open.push(element.value.clone());
            }
        }
    }
    if !open.is_empty() {
        object.rest = Some(Arc::new(super::outcomes::join(&open)));
    }
    object.items = items.into();
    Ok(Value::from(ValueKind::Object(object)).marked(marks))
}
