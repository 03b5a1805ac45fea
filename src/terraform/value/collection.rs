//! Lists and objects, known whole or in part.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Value;
use crate::terraform::span::{Span, Spans};

/// Which collection a sequence or an object is in Terraform's types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Collection {
    Tuple,
    List,
    /// Elements once each, in the order Terraform sorts them where all are known.
    Set,
    Object,
    Map,
}

/// Whether a key or an element is there in every case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Always,
    /// A condition that is not known decides.
    Maybe,
}

/// A list, set or tuple.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sequence {
    pub(crate) elements: Arc<[Element]>,
    /// `Some`: any number of further elements may follow, each like this value. With it, or with an element that may
    /// be absent, places in the list are not certain.
    pub(crate) rest: Option<Arc<Value>>,
    pub(crate) collection: Collection,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Element {
    pub(crate) value: Value,
    /// The expression in the brackets that gives it, a reference maybe; the value's own spans say where that leads.
    pub(crate) site: Option<Span>,
    pub(crate) presence: Presence,
}

/// An object or map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Object {
    pub(crate) items: Arc<BTreeMap<Arc<str>, Item>>,
    /// `Some`: there may be further keys, each with a value like this (a key that is not known, a merge with
    /// something unknown).
    pub(crate) rest: Option<Arc<Value>>,
    pub(crate) collection: Collection,
    /// Items that a later key of the same name replaced (in `merge`, or written twice), and those that the condition of
    /// a `for` leaves out. For the cursor alone.
    pub(crate) replaced: Arc<[(Arc<str>, Item)]>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) value: Value,
    /// Where the key is written; with its quotes or parentheses.
    pub(crate) keys: Spans,
    /// The expression behind `=`; `None` where no text states it, or where the value is not written yet.
    pub(crate) site: Option<Span>,
    pub(crate) presence: Presence,
}

/// What an object says of a key.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lookup<'v> {
    Found(&'v Item),
    /// There is no such key.
    Absent,
    /// It may be there, with a value like this.
    Possible(&'v Value),
}

impl Object {
    pub(crate) fn new(items: BTreeMap<Arc<str>, Item>) -> Self {
        Self { items: items.into(), rest: None, collection: Collection::Object, replaced: Arc::new([]) }
    }

    pub(crate) fn lookup(&self, key: &str) -> Lookup<'_> {
        match (self.items.get(key), &self.rest) {
            (Some(item), _) => Lookup::Found(item),
            (None, Some(rest)) => Lookup::Possible(rest),
            (None, None) => Lookup::Absent,
        }
    }

    /// Whether its keys are all known and there in every case.
    pub(crate) fn is_complete(&self) -> bool {
        self.rest.is_none() && self.items.values().all(|item| item.presence == Presence::Always)
    }

    pub(super) fn same_as(&self, other: &Self) -> bool {
        let rest = match (&self.rest, &other.rest) {
            (None, None) => true,
            (Some(one), Some(two)) => one.same_as(two),
            _ => false,
        };
        rest && self.items.len() == other.items.len()
            && self.items.iter().zip(&*other.items).all(|((key, item), (other_key, other))| {
                key == other_key && item.presence == other.presence && item.value.same_as(&other.value)
            })
    }
}

impl Sequence {
    pub(crate) fn tuple(values: impl IntoIterator<Item = Value>) -> Self {
        Self {
            elements: values.into_iter().map(Element::always).collect(),
            rest: None,
            collection: Collection::Tuple,
        }
    }

    /// Whether the number of its elements is known.
    pub(crate) fn is_complete(&self) -> bool {
        self.rest.is_none() && self.elements.iter().all(|element| element.presence == Presence::Always)
    }

    pub(super) fn same_as(&self, other: &Self) -> bool {
        let rest = match (&self.rest, &other.rest) {
            (None, None) => true,
            (Some(one), Some(two)) => one.same_as(two),
            _ => false,
        };
        rest && self.elements.len() == other.elements.len()
            && self
                .elements
                .iter()
                .zip(&*other.elements)
                .all(|(one, two)| one.presence == two.presence && one.value.same_as(&two.value))
    }
}

impl Element {
    /// One that no brackets state.
    pub(crate) fn always(value: Value) -> Self {
        Self { value, site: None, presence: Presence::Always }
    }
}

impl Item {
    /// One that no braces state.
    pub(crate) fn always(value: Value) -> Self {
        Self { value, keys: Spans::None, site: None, presence: Presence::Always }
    }
}
