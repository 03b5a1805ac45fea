//! Functions of sets and products.

use std::sync::Arc;

use super::compare::{self, equal};
use super::read::{self, Answer, Stop, maybe};
use super::signature::Call;
use super::unify::{self, Common};
use crate::terraform::eval::convert::to;
use crate::terraform::value::{Collection, Element, Presence, Sequence, Value, ValueKind};

/// The sets with elements of one type.
fn unified(call: &Call<'_>) -> Result<Vec<Sequence>, Stop> {
    let mut sets = Vec::new();
    for argument in call.arguments {
        let set = read::sequence(argument)?;
        call.charge(set.elements.len())?;
        sets.push(set.clone());
    }
    if sets.is_empty() {
        return Err(Stop::Fails);
    }
    let values =
        sets.iter().flat_map(|set| set.elements.iter().map(|it| &it.value).chain(set.rest.as_deref()));
    let ty = match unify::common_type(values) {
        Common::Type(ty) => Some(ty),
        Common::None => return Err(Stop::Fails),
        Common::Unknown => None,
    };
    for set in &mut sets {
        let change = |value: &Value| ty.as_ref().map_or_else(|| unify::blurred(value), |ty| to(value, ty));
        let element = |it: &Element| Element { value: change(&it.value), ..it.clone() };
        set.elements = set.elements.iter().map(element).collect();
    }
    Ok(sets)
}

fn set_of(elements: Vec<Element>, rest: Option<Arc<Value>>) -> Value {
    let sequence = Sequence { elements: elements.into(), rest, collection: Collection::Tuple };
    ValueKind::Sequence(compare::as_set(sequence)).into()
}

pub(super) fn union(call: &Call<'_>) -> Answer {
    let sets = unified(call)?;
    let elements = sets.iter().flat_map(|set| set.elements.iter().cloned()).collect();
    let rests: Vec<Value> = sets.iter().filter_map(|set| set.rest.as_deref().cloned()).collect();
    let rest = (!rests.is_empty()).then(|| Arc::new(super::outcomes::join(&rests)));
    Ok(set_of(elements, rest))
}

/// Whether a set holds a value.
fn holds(set: &Sequence, value: &Value) -> Option<bool> {
    let mut is_certain = set.rest.is_none();
    for element in &*set.elements {
        match equal(&element.value, value) {
            Some(true) if element.presence == Presence::Always => return Some(true),
            Some(false) => {}
            _ => is_certain = false,
        }
    }
    is_certain.then_some(false)
}

pub(super) fn intersection(call: &Call<'_>) -> Answer {
    let sets = unified(call)?;
    let (first, others) = sets.split_first().ok_or(Stop::Fails)?;
    if sets.iter().any(|set| set.rest.is_some()) {
        return Err(Stop::Unknown);
    }
    filtered(call, first, others, &|element| {
        let held: Vec<Option<bool>> = others.iter().map(|set| holds(set, &element.value)).collect();
        if held.contains(&Some(false)) {
            None
        } else if held.contains(&None) {
            Some(maybe(element))
        } else {
            Some(element.clone())
        }
    })
}

pub(super) fn subtract(call: &Call<'_>) -> Answer {
    let sets = unified(call)?;
    let (first, others) = sets.split_first().ok_or(Stop::Fails)?;
    filtered(call, first, others, &|element| match others.first().map(|set| holds(set, &element.value)) {
        Some(Some(true)) => None,
        Some(None) => Some(maybe(element)),
        _ => Some(element.clone()),
    })
}

fn filtered(
    call: &Call<'_>,
    first: &Sequence,
    others: &[Sequence],
    keep: &dyn Fn(&Element) -> Option<Element>,
) -> Answer {
    let compared: usize = others.iter().map(|set| set.elements.len()).sum();
    call.charge(first.elements.len().saturating_mul(compared) / 8)?;
    Ok(set_of(first.elements.iter().filter_map(keep).collect(), first.rest.clone()))
}

/// More tuples than this are not made.
const MOST_TUPLES: usize = 4_096;

pub(super) fn setproduct(call: &Call<'_>) -> Answer {
    if call.arguments.len() < 2 {
        return Err(Stop::Fails);
    }
    let mut lists = Vec::new();
    let mut has_set = false;
    for argument in call.arguments {
        has_set |= read::sequence(argument)?.collection == Collection::Set;
        let list = unify::to_collection(argument, Collection::List)?;
        lists.push(read::elements(&list)?.to_vec());
    }
    let count = lists.iter().try_fold(1_usize, |count, list| count.checked_mul(list.len()));
    let count = count.filter(|count| *count <= MOST_TUPLES).ok_or(Stop::Unknown)?;
    call.charge(count.saturating_mul(lists.len()))?;
    let mut rows: Vec<Vec<Element>> = vec![Vec::new()];
    for list in &lists {
        let with = |row: &Vec<Element>, element: &Element| {
            let mut row = row.clone();
            row.push(element.clone());
            row
        };
        rows = rows.iter().flat_map(|row| list.iter().map(move |element| with(row, element))).collect();
    }
    let tuples: Vec<Element> =
        rows.into_iter().map(|row| Element::always(read::list_of(row, Collection::Tuple))).collect();
    if has_set { Ok(set_of(tuples, None)) } else { Ok(read::list_of(tuples, Collection::List)) }
}
