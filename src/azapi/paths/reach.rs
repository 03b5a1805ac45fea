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
}

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
        Self { types: None }
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
        Self { types: Some(all) }
    }

    pub(super) fn is_anything(&self) -> bool {
        self.types.is_none()
    }

    pub(super) fn has_list(&self) -> bool {
        let is_list = |ty: &SchemaType<'_>| matches!(ty.kind(), TypeKind::Array { .. });
        self.types.as_ref().is_none_or(|types| types.iter().any(is_list))
    }

    pub(super) fn has_object(&self) -> bool {
        let is_object =
            |ty: &SchemaType<'_>| matches!(ty.kind(), TypeKind::Object(_) | TypeKind::Discriminated(_));
        self.types.as_ref().is_none_or(|types| types.iter().any(is_object))
    }

    /// What a member of this name may be.
    pub(crate) fn member(&self, name: &str) -> Member<'s> {
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

    /// What the items of a list may be; nothing where it may be none.
    pub(super) fn items(&self) -> Self {
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
        let Some(types) = &self.types else { return self };
        let inner = types.iter().filter_map(|ty| match ty.kind() {
            TypeKind::Array { items, .. } => Some(items),
            _ => None,
        });
        Self::of_all(types.iter().copied().chain(inner))
    }

    /// What the values of an object may be.
    pub(super) fn values(&self) -> Self {
        let Some(types) = &self.types else { return Self::anything() };
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
        self.types.as_ref().is_some_and(Vec::is_empty)
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
