//! The forms that an object can have: a plain object has one, a discriminated type one for each variant.

use super::types::{DiscriminatedType, ObjectType, Property, SchemaType, TypeKind};

/// One form of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape<'s> {
    /// What all variants have.
    base: Option<DiscriminatedType<'s>>,
    /// A plain object, or what one variant adds to `base`.
    object: Option<ObjectType<'s>>,
}

impl<'s> Shape<'s> {
    /// Not known to be selected by any value.
    pub(crate) fn plain(base: Option<DiscriminatedType<'s>>, object: Option<ObjectType<'s>>) -> Self {
        Shape { base, object }
    }

    /// Every variant; the base alone where there is none.
    pub(crate) fn variants(base: DiscriminatedType<'s>) -> Vec<Self> {
        let objects = base.variants().filter_map(|(_, ty)| as_object(ty));
        let shapes: Vec<_> = objects.map(|object| Shape::plain(Some(base), Some(object))).collect();
        if shapes.is_empty() { vec![Shape::plain(Some(base), None)] } else { shapes }
    }

    /// The property of this name. Where base and variant both have it, the base's: so the provider looks.
    pub(crate) fn property(self, name: &str) -> Option<Property<'s>> {
        self.base_property(name).or_else(|| self.object?.property(name))
    }

    pub(crate) fn base_property(self, name: &str) -> Option<Property<'s>> {
        self.base?.base_property(name)
    }

    /// Type of the values of undeclared keys; `None` when there may be none.
    pub(crate) fn additional_properties(self) -> Option<SchemaType<'s>> {
        self.object?.additional_properties()
    }
}

fn as_object(ty: SchemaType<'_>) -> Option<ObjectType<'_>> {
    match ty.kind() {
        TypeKind::Object(object) => Some(object),
        _ => None,
    }
}
