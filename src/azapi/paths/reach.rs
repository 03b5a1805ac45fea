//! Where a path has come to: the types that a value may have there.

use std::collections::HashSet;

use crate::schema::{Property, SchemaType, TypeKind};
use crate::text::closest;

/// So many near names are proposed.
const NEAR: usize = 3;

/// What a value may be.
#[derive(Debug, Clone)]
pub(crate) struct Reach<'s> {
    /// `None`: anything.
    types: Option<Vec<SchemaType<'s>>>,
    /// What holds a value of these types in place of being one.
    around: Option<Around>,
}

/// What Azure answers when it lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    /// An object with the list under [`LISTED`].
    Answer,
    List,
}

/// The member of an answer that holds what is listed.
const LISTED: &str = "value";

/// Where a name leads.
pub(crate) enum Member<'s> {
    To(Reach<'s>),
    /// Nowhere; names that are nearly the same.
    Nowhere(Vec<String>),
}

impl<'s> Reach<'s> {
    pub(crate) fn of(ty: SchemaType<'s>) -> Self {
        Self::of_all([ty])
    }

    pub(crate) fn anything() -> Self {
        Self { types: None, around: None }
    }

    /// An answer that lists these.
    pub(crate) fn listed(self) -> Self {
        if self.is_anything() { self } else { Self { around: Some(Around::Answer), ..self } }
    }

    fn of_all(types: impl IntoIterator<Item = SchemaType<'s>>) -> Self {
        let (mut all, mut seen) = (Vec::new(), HashSet::new());
        for ty in types.into_iter().flat_map(SchemaType::alternatives) {
            if matches!(ty.kind(), TypeKind::Any) {
                return Self::anything();
            }
            if seen.insert(ty.described_id()) {
                all.push(ty);
            }
        }
        Self { types: Some(all), around: None }
    }

    pub(super) fn is_anything(&self) -> bool {
        self.types.is_none()
    }

    pub(super) fn has_list(&self) -> bool {
        if let Some(around) = self.around {
            return around == Around::List;
        }
        let is_list = |ty: &SchemaType<'_>| matches!(ty.kind(), TypeKind::Array { .. });
        self.types.as_ref().is_none_or(|types| types.iter().any(is_list))
    }

    pub(super) fn has_object(&self) -> bool {
        if let Some(around) = self.around {
            return around == Around::Answer;
        }
        let is_object =
            |ty: &SchemaType<'_>| matches!(ty.kind(), TypeKind::Object(_) | TypeKind::Discriminated(_));
        self.types.as_ref().is_none_or(|types| types.iter().any(is_object))
    }

    /// What a member of this name may be.
    pub(crate) fn member(&self, name: &str) -> Member<'s> {
        match self.around {
            Some(Around::Answer) => return self.answered(name),
            Some(Around::List) => return Member::Nowhere(Vec::new()),
            None => {}
        }
        let Some(types) = &self.types else { return Member::To(Self::anything()) };
        let mut found = Vec::new();
        for ty in types {
            members(*ty, &mut |property, additional| match property {
                Some(property) if property.name() == name => found.push(property.ty()),
                Some(_) => {}
                None => found.extend(additional),
            });
        }
        if !found.is_empty() {
            return Member::To(Self::of_all(found));
        }
        let mut names = Vec::new();
        for ty in types {
            members(*ty, &mut |property, _| names.extend(property.map(Property::name)));
        }
        names.sort_unstable();
        names.dedup();
        Member::Nowhere(closest(name, names, NEAR).into_iter().map(str::to_owned).collect())
    }

    /// A member of an answer that lists. A service may answer in a way of its own: only what was surely looked for
    /// in the items, or is a misspelt word for all of them, is nowhere.
    fn answered(&self, name: &str) -> Member<'s> {
        if name == LISTED {
            return Member::To(Self { around: Some(Around::List), ..self.clone() });
        }
        let item = Self { around: None, ..self.clone() };
        let near = closest(name, [LISTED], NEAR);
        match item.member(name) {
            Member::Nowhere(_) if near.is_empty() => Member::To(Self::anything()),
            _ => Member::Nowhere(near.into_iter().map(str::to_owned).collect()),
        }
    }

    /// What the items of a list may be; nothing where it may be none.
    pub(super) fn items(&self) -> Self {
        match self.around {
            Some(Around::Answer) => return Self::of_all([]),
            Some(Around::List) => return Self { around: None, ..self.clone() },
            None => {}
        }
        let Some(types) = &self.types else { return Self::anything() };
        Self::of_all(types.iter().filter_map(|ty| match ty.kind() {
            TypeKind::Array { items, .. } => Some(items),
            _ => None,
        }))
    }

    /// An item of a list, or a value of an object under a key that is not known.
    pub(crate) fn any_item(&self) -> Self {
        let items = self.items();
        if items.is_nothing() { Self::anything() } else { items }
    }

    /// With the items of lists among them, as `[]` takes lists of lists apart.
    pub(super) fn flattened(self) -> Self {
        let Some(types) = self.types.as_ref().filter(|_| self.around.is_none()) else { return self };
        let inner = types.iter().filter_map(|ty| match ty.kind() {
            TypeKind::Array { items, .. } => Some(items),
            _ => None,
        });
        Self::of_all(types.iter().copied().chain(inner))
    }

    /// What the values of an object may be.
    pub(super) fn values(&self) -> Self {
        let Some(types) = self.types.as_ref().filter(|_| self.around.is_none()) else {
            return Self::anything();
        };
        let mut found = Vec::new();
        for ty in types {
            members(*ty, &mut |property, additional| {
                found.extend(property.map(Property::ty).or(additional));
            });
        }
        Self::of_all(found)
    }

    /// Whether it can be nothing at all: a path there is known to be in vain.
    pub(super) fn is_nothing(&self) -> bool {
        self.around.is_none() && self.types.as_ref().is_some_and(Vec::is_empty)
    }
}

/// The properties of an object in all of its variants, and with `None` the type of its further keys.
fn members<'s>(ty: SchemaType<'s>, visit: &mut dyn FnMut(Option<Property<'s>>, Option<SchemaType<'s>>)) {
    match ty.kind() {
        TypeKind::Object(object) => {
            object.properties().for_each(|property| visit(Some(property), None));
            if let Some(additional) = object.additional_properties() {
                visit(None, Some(additional));
            }
        }
        TypeKind::Discriminated(object) => {
            object.base_properties().for_each(|property| visit(Some(property), None));
            for (_, variant) in object.variants() {
                if matches!(variant.kind(), TypeKind::Object(_)) {
                    members(variant, visit);
                }
            }
        }
        _ => {}
    }
}
