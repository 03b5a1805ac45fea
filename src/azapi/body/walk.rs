//! The walk of a body: every value paired with what the schema says of it, for what is shown at a place.

use std::sync::Arc;

use super::form::{Form, variants};
use super::root::Root;
use crate::schema::path::{BodyPath, Step};
use crate::schema::{DiscriminatedType, Property, SchemaType, TypeKind};
use crate::terraform::span::{Span, Spans};
use crate::terraform::value::{Object, Sequence, Value, ValueKind, When};

/// Objects in objects are followed so deep.
const DEPTH: usize = 64;
/// So many parts are visited in one walk.
const VISITS: u32 = 50_000;
/// A part has at most so many types.
const MOST_TYPES: usize = 64;

/// What a visitor wants next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Descend {
    Into,
    /// Not what is inside.
    Skip,
    /// Nothing more.
    Stop,
}

/// Looks at the parts of a body, outer ones first.
pub(crate) trait Visitor<'s> {
    fn enter(&mut self, part: &Part<'_, 's>) -> Descend;

    /// After what is inside, unless the walk was stopped.
    fn leave(&mut self, _part: &Part<'_, 's>) {}
}

/// A value in a body.
#[derive(Debug)]
pub(crate) struct Part<'w, 's> {
    /// From the body's root.
    pub(crate) path: &'w BodyPath,
    pub(crate) value: &'w Value,
    /// The keys in front of it; none for the root, for an item of a list and for an outcome of a value.
    pub(crate) keys: &'w Spans,
    /// The expression that gives it.
    pub(crate) site: Option<Span>,
    /// What the schema says of it; empty where the schema does not know it.
    pub(crate) types: &'w [TypedAs<'s>],
    /// The schema does not know what is around it either.
    pub(crate) is_beyond: bool,
    /// A later key of the same name took its place.
    pub(crate) is_replaced: bool,
    /// The outcomes that it takes part in, outer ones first.
    pub(crate) when: &'w [Option<When>],
}

/// A type that a part may have.
#[derive(Debug, Clone)]
pub(crate) struct TypedAs<'s> {
    pub(crate) ty: SchemaType<'s>,
    pub(crate) property: Option<Property<'s>>,
    /// Where it is the property that selects the shape of its object.
    pub(crate) selects: Option<DiscriminatedType<'s>>,
    /// All of these must hold; none: it is certain.
    pub(crate) when: Vec<TypedWhen<'s>>,
}

/// What a type depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TypedWhen<'s> {
    /// The argument `type` is that.
    Type(Arc<str>),
    /// The discriminator has that value.
    Variant { discriminator: &'s str, value: &'s str },
}

/// Walks one body.
pub(crate) fn walk<'s>(root: &Root<'s>, visitor: &mut dyn Visitor<'s>) {
    let types = root.readings.iter().map(|reading| TypedAs {
        ty: reading.ty,
        property: None,
        selects: None,
        when: reading.when_type.iter().cloned().map(TypedWhen::Type).collect(),
    });
    let types = types.collect::<Vec<_>>();
    let mut walk = Walk { visitor, path: BodyPath::default(), when: Vec::new(), visits: 0 };
    walk.value(&root.value, &Spans::None, None, &types, Around::default());
}

/// What is known of the surroundings of a part.
#[derive(Debug, Clone, Copy, Default)]
struct Around {
    is_beyond: bool,
    is_replaced: bool,
}

struct Walk<'w, 's> {
    visitor: &'w mut dyn Visitor<'s>,
    path: BodyPath,
    when: Vec<Option<When>>,
    visits: u32,
}

/// The walk goes on.
type Goes = bool;

impl<'s> Walk<'_, 's> {
    fn value(
        &mut self,
        value: &Value,
        keys: &Spans,
        site: Option<Span>,
        types: &[TypedAs<'s>],
        around: Around,
    ) -> Goes {
        self.visits += 1;
        if self.visits >= VISITS || self.path.steps().len() >= DEPTH {
            return true;
        }
        let Around { is_beyond, is_replaced } = around;
        let (path, when) = (self.path.clone(), self.when.clone());
        let part = Part { path: &path, value, keys, site, types, is_beyond, is_replaced, when: &when };
        let goes = match self.visitor.enter(&part) {
            Descend::Stop => return false,
            Descend::Skip => true,
            Descend::Into => self.inside(value, types, Around { is_beyond: types.is_empty(), is_replaced }),
        };
        if goes {
            self.visitor.leave(&part);
        }
        goes
    }

    fn inside(&mut self, value: &Value, types: &[TypedAs<'s>], around: Around) -> Goes {
        match &value.kind {
            ValueKind::OneOf(outcomes) => outcomes.iter().all(|outcome| {
                self.when.push(outcome.when);
                let goes = self.value(&outcome.value, &Spans::None, None, types, around);
                self.when.pop();
                goes
            }),
            ValueKind::Object(object) => self.object(object, types, around),
            ValueKind::Sequence(list) => self.list(list, types, around),
            _ => true,
        }
    }

    fn list(&mut self, list: &Sequence, types: &[TypedAs<'s>], around: Around) -> Goes {
        let items = |ty: SchemaType<'s>| match ty.kind() {
            TypeKind::Array { items, .. } => Some(items),
            _ => None,
        };
        let of_type = |one: &TypedAs<'s>| {
            let items = one.ty.alternatives().into_iter().find_map(items)?;
            Some(TypedAs { ty: items, property: None, selects: None, when: one.when.clone() })
        };
        let types: Vec<TypedAs<'s>> = types.iter().filter_map(of_type).collect();
        let around = Around { is_beyond: types.is_empty(), ..around };
        let elements = list.elements.iter().enumerate().all(|(index, element)| {
            self.path.push(Step::Index(index));
            let goes = self.value(&element.value, &Spans::None, element.site, &types, around);
            self.path.truncate(self.path.steps().len() - 1);
            goes
        });
        let Some(rest) = list.rest.as_ref().filter(|_| elements) else { return elements };
        self.path.push(Step::Any);
        let goes = self.value(rest, &Spans::None, None, &types, around);
        self.path.truncate(self.path.steps().len() - 1);
        goes
    }

    fn object(&mut self, object: &Object, types: &[TypedAs<'s>], around: Around) -> Goes {
        let forms: Vec<(Form<'s>, Vec<TypedWhen<'s>>)> =
            types.iter().flat_map(|one| forms(one, object)).take(MOST_TYPES).collect();
        let around = Around { is_beyond: forms.is_empty(), ..around };
        let replaced = object.replaced.iter().map(|(key, item)| (key, item, true));
        let items = object.items.iter().map(|(key, item)| (key, item, around.is_replaced));
        for (key, item, is_replaced) in items.chain(replaced) {
            let types = members(&forms, key);
            let of_variant = types.first().is_some_and(|one| one.property.is_none());
            let step = if of_variant { Step::FreeKey } else { Step::Key };
            self.path.push(step(key.to_string()));
            let goes =
                self.value(&item.value, &item.keys, item.site, &types, Around { is_replaced, ..around });
            self.path.truncate(self.path.steps().len() - 1);
            if !goes {
                return false;
            }
        }
        let Some(rest) = &object.rest else { return true };
        self.path.push(Step::Any);
        let goes = self.value(rest, &Spans::None, None, &members(&forms, ""), around);
        self.path.truncate(self.path.steps().len() - 1);
        goes
    }
}

/// The forms that an object may have under a type, each with what it depends on.
fn forms<'s>(one: &TypedAs<'s>, object: &Object) -> Vec<(Form<'s>, Vec<TypedWhen<'s>>)> {
    let mut all = Vec::new();
    for ty in one.ty.alternatives() {
        match ty.kind() {
            TypeKind::Object(plain) => all.push((Form::plain(plain), one.when.clone())),
            TypeKind::Discriminated(base) => {
                let read = variants(base, object);
                let possible = if read.all_select { read.selected } else { Form::all(base) };
                let is_certain = read.all_select && possible.len() == 1;
                all.extend(possible.into_iter().map(|form| {
                    let selection = form.selection().filter(|_| !is_certain);
                    let variant =
                        selection.map(|(discriminator, value)| TypedWhen::Variant { discriminator, value });
                    (form, one.when.iter().cloned().chain(variant).collect())
                }));
            }
            _ => {}
        }
    }
    all
}

/// What the forms say of a key; what all of them say is certain as far as they are.
fn members<'s>(forms: &[(Form<'s>, Vec<TypedWhen<'s>>)], key: &str) -> Vec<TypedAs<'s>> {
    let mut all: Vec<TypedAs<'s>> = Vec::new();
    for (form, when) in forms {
        let Some(member) = form.member(key) else { continue };
        let selects = form.base.filter(|base| base.discriminator() == key);
        // What the base says, or what selects, does not depend on the variant.
        let shared = !member.of_variant || selects.is_some();
        let is_own = |one: &TypedWhen<'s>| matches!(one, TypedWhen::Variant { value, .. } if Some(*value) == form.selected_by);
        let when: Vec<TypedWhen<'s>> = when.iter().filter(|one| !(shared && is_own(one))).cloned().collect();
        let known = all.iter().any(|one| {
            one.when == when
                && (one.ty.described_id() == member.ty.described_id() || (shared && selects.is_some()))
        });
        if !known {
            all.push(TypedAs { ty: member.ty, property: member.property, selects, when });
        }
    }
    let same = |one: &TypedAs<'s>| one.ty.described_id() == all[0].ty.described_id();
    if all.len() > 1 && all.len() == forms.len() && all.iter().all(same) {
        all.truncate(1);
        all[0].when.clear();
    }
    all
}
