//! The walk of a body: every value paired with what the schema says of it, for what is shown at a place.

use super::root::Root;
use super::typed::{Members, TypedAs, TypedWhen};
use crate::schema::path::{BodyPath, Step};
use crate::terraform::span::{Span, Spans};
use crate::terraform::value::{Object, Sequence, Value, ValueKind, When};

/// Objects in objects are followed so deep.
const DEPTH: usize = 64;
/// So many parts are visited in one walk.
const VISITS: u32 = 50_000;

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
    /// The object that it is an item of, and what that may have; `None` for the root and for items of lists.
    pub(crate) object: Option<(&'w Object, &'w Members<'s>)>,
    /// The schema does not know what is around it either.
    pub(crate) is_beyond: bool,
    /// A later key of the same name took its place.
    #[cfg_attr(not(test), expect(dead_code, reason = "the cursor is answered there alike"))]
    pub(crate) is_replaced: bool,
    /// The outcomes that it takes part in, outer ones first.
    #[cfg_attr(not(test), expect(dead_code, reason = "the cursor is answered there alike"))]
    pub(crate) when: &'w [Option<When>],
}

/// Walks one body.
pub(crate) fn walk<'s>(root: &Root<'s>, visitor: &mut dyn Visitor<'s>) {
    let mut walk = Walk { visitor, path: BodyPath::default(), when: Vec::new(), visits: 0 };
    walk.value(&root.value, &Spans::None, None, &root.types(), Around::default());
}

impl<'s> Root<'s> {
    /// What the body itself may be.
    pub(crate) fn types(&self) -> Vec<TypedAs<'s>> {
        let of_reading = self.readings.iter().map(|reading| TypedAs {
            ty: reading.ty,
            property: None,
            selects: None,
            when: reading.when_type.iter().cloned().map(TypedWhen::Type).collect(),
            path: BodyPath::default(),
            versions: vec![reading.version],
        });
        of_reading.collect()
    }
}

/// What is known of the surroundings of a part.
#[derive(Debug, Clone, Copy, Default)]
struct Around<'w, 's> {
    object: Option<(&'w Object, &'w Members<'s>)>,
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
        around: Around<'_, 's>,
    ) -> Goes {
        self.visits += 1;
        if self.visits >= VISITS || self.path.steps().len() >= DEPTH {
            return true;
        }
        let Around { object, is_beyond, is_replaced } = around;
        let (path, when) = (self.path.clone(), self.when.clone());
        let part =
            Part { path: &path, value, keys, site, types, object, is_beyond, is_replaced, when: &when };
        let goes = match self.visitor.enter(&part) {
            Descend::Stop => return false,
            Descend::Skip => true,
            Descend::Into => self.inside(value, types, around),
        };
        if goes {
            self.visitor.leave(&part);
        }
        goes
    }

    fn inside(&mut self, value: &Value, types: &[TypedAs<'s>], around: Around<'_, 's>) -> Goes {
        let is_beyond = types.is_empty();
        match &value.kind {
            ValueKind::OneOf(outcomes) => outcomes.iter().all(|outcome| {
                self.when.push(outcome.when);
                let around = Around { is_beyond, ..around };
                let goes = self.value(&outcome.value, &Spans::None, None, types, around);
                self.when.pop();
                goes
            }),
            ValueKind::Object(object) => self.object(object, types, around.is_replaced),
            ValueKind::Sequence(list) => self.list(list, types, around.is_replaced),
            _ => true,
        }
    }

    fn list(&mut self, list: &Sequence, types: &[TypedAs<'s>], is_replaced: bool) -> Goes {
        let elements = list.elements.iter().map(|element| (&element.value, element.site));
        let steps = (0..list.elements.len()).map(Step::Index);
        let rest = list.rest.as_deref().map(|rest| (Step::Any, (rest, None)));
        for (step, (value, site)) in steps.zip(elements).chain(rest) {
            let types = TypedAs::items(types, &step);
            let around = Around { object: None, is_beyond: types.is_empty(), is_replaced };
            self.path.push(step);
            let goes = self.value(value, &Spans::None, site, &types, around);
            self.path.truncate(self.path.steps().len() - 1);
            if !goes {
                return false;
            }
        }
        true
    }

    fn object(&mut self, object: &Object, types: &[TypedAs<'s>], is_replaced: bool) -> Goes {
        let members = Members::of(types, object);
        let around = Around { object: Some((object, &members)), is_beyond: members.is_empty(), is_replaced };
        let replaced = object.replaced.iter().map(|(key, item)| (key, item, true));
        let items = object.items.iter().map(|(key, item)| (key, item, is_replaced));
        for (key, item, is_replaced) in items.chain(replaced) {
            let types = members.get(key);
            let is_free = types.first().is_some_and(|one| one.property.is_none());
            let step = if is_free { Step::FreeKey } else { Step::Key };
            self.path.push(step(key.to_string()));
            let around = Around { is_replaced, ..around };
            let goes = self.value(&item.value, &item.keys, item.site, &types, around);
            self.path.truncate(self.path.steps().len() - 1);
            if !goes {
                return false;
            }
        }
        let Some(rest) = &object.rest else { return true };
        self.path.push(Step::Any);
        let goes = self.value(rest, &Spans::None, None, &members.further(), around);
        self.path.truncate(self.path.steps().len() - 1);
        goes
    }
}
