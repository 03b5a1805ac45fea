//! `merge`: the cursor still finds what was replaced.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::outcomes;
use super::read::{self, Answer, Stop};
use super::select;
use super::signature::Call;
use super::unify;
use crate::terraform::span::Spans;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{Collection, Item, Object, Presence, Value, ValueKind};

#[derive(Default)]
struct Merged {
    items: BTreeMap<Arc<str>, Item>,
    rests: Vec<Value>,
    replaced: Vec<(Arc<str>, Item)>,
}

pub(super) fn merge(call: &Call<'_>) -> Answer {
    let mut merged = Merged::default();
    let mut are_maps = true;
    let mut is_first = true;
    for argument in call.arguments {
        if argument.is_null() {
            continue;
        }
        match read::object(argument) {
            Ok(object) => {
                call.charge(object.items.len() + object.replaced.len())?;
                are_maps &= object.collection == Collection::Map;
                merged.add(object, is_first);
            }
            Err(Stop::Fails) => return Err(Stop::Fails),
            Err(Stop::Unknown) => {
                are_maps = false;
                merged.add_rest(&rest_of(argument), is_first);
            }
        }
        is_first = false;
    }
    let is_map = are_maps && !is_first;
    let spans = call.arguments.iter().fold(Spans::None, |spans, one| spans.with(&one.spans));
    let value = Value::from(merged.into_object()).at(spans);
    // Maps of different types become an object.
    if is_map { unify::to_map(&value).or(Ok(value)) } else { Ok(value) }
}

/// What any key of an unknown object holds.
fn rest_of(argument: &Value) -> Value {
    let ty = match &argument.kind {
        ValueKind::Unknown { ty: Type::Map(element), .. } => (**element).clone(),
        _ => Type::Any,
    };
    Value::unknown_of(ty).marked(argument.marks)
}

impl Merged {
    fn add(&mut self, object: &Object, is_first: bool) {
        self.replaced.extend(object.replaced.iter().cloned());
        // A key that is not known may be any of those so far.
        if let Some(rest) = &object.rest {
            self.add_rest(rest, is_first);
        }
        for (key, item) in &*object.items {
            let Some(before) = self.items.get(key).cloned() else {
                self.items.insert(Arc::clone(key), item.clone());
                continue;
            };
            let merged = if item.presence == Presence::Always {
                self.replaced.push((Arc::clone(key), before));
                item.clone()
            } else {
                either(&before, item)
            };
            self.items.insert(Arc::clone(key), merged);
        }
    }

    /// Something unknown: it may replace every item there is.
    fn add_rest(&mut self, rest: &Value, is_first: bool) {
        self.rests.push(rest.clone());
        if is_first {
            return;
        }
        for item in self.items.values_mut() {
            let value = item.value.clone();
            item.value = select::either(&value, rest);
        }
    }

    fn into_object(self) -> ValueKind {
        let rest = (!self.rests.is_empty()).then(|| Arc::new(outcomes::join(&self.rests)));
        ValueKind::Object(Object { rest, replaced: self.replaced.into(), ..Object::new(self.items) })
    }
}

/// An item that a later one may replace.
fn either(before: &Item, later: &Item) -> Item {
    Item {
        value: select::either(&before.value, &later.value),
        keys: before.keys.with(&later.keys),
        site: before.site.or(later.site),
        presence: before.presence,
    }
}
