//! The forms that an object can have: a plain object has one, a discriminated type one for each variant.

use super::types::{DiscriminatedType, ObjectType, Property, SchemaType, TypeKind};

/// One form of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape<'s> {
    /// What all variants have.
    base: Option<DiscriminatedType<'s>>,
    /// A plain object, or what one variant adds to `base`.
    object: Option<ObjectType<'s>>,
    selected_by: Option<&'s str>,
}

impl<'s> Shape<'s> {
    /// The forms of objects that `ty` allows, in the data's order: none where it allows no object. `value_of`
    /// gives the known value of a discriminator, which leaves one form of those that it decides between.
    pub(crate) fn all(ty: SchemaType<'s>, value_of: &dyn Fn(&str) -> Option<String>) -> Vec<Self> {
        let of = |ty: SchemaType<'s>| match ty.kind() {
            TypeKind::Object(object) => vec![Shape::plain(None, Some(object))],
            TypeKind::Discriminated(base) => {
                let value = value_of(base.discriminator());
                let selected = value.and_then(|value| Shape::selected(base, &value));
                selected.map_or_else(|| Shape::variants(base), |shape| vec![shape])
            }
            _ => Vec::new(),
        };
        ty.alternatives().into_iter().flat_map(of).collect()
    }

    /// Not known to be selected by any value.
    pub(crate) fn plain(base: Option<DiscriminatedType<'s>>, object: Option<ObjectType<'s>>) -> Self {
        Shape { base, object, selected_by: None }
    }

    /// Every variant; the base alone where there is none.
    pub(crate) fn variants(base: DiscriminatedType<'s>) -> Vec<Self> {
        let objects = base.variants().filter_map(|(_, ty)| as_object(ty));
        let shapes: Vec<_> = objects.map(|object| Shape::plain(Some(base), Some(object))).collect();
        if shapes.is_empty() { vec![Shape::plain(Some(base), None)] } else { shapes }
    }

    fn selected(base: DiscriminatedType<'s>, value: &str) -> Option<Self> {
        let (value, ty) = base.variant_entry(value)?;
        Some(Shape { base: Some(base), object: as_object(ty), selected_by: Some(value) })
    }

    /// The property of this name. Where base and variant both have it, the base's: so the provider looks.
    pub(crate) fn property(self, name: &str) -> Option<Property<'s>> {
        self.base_property(name).or_else(|| self.object?.property(name))
    }

    pub(crate) fn base_property(self, name: &str) -> Option<Property<'s>> {
        self.base?.base_property(name)
    }

    /// Those of the base, then those of the variant.
    pub(crate) fn properties(self) -> impl Iterator<Item = Property<'s>> {
        let base = self.base.into_iter().flat_map(DiscriminatedType::base_properties);
        base.chain(self.object.into_iter().flat_map(ObjectType::properties))
    }

    /// Type of the values of undeclared keys; `None` when there may be none.
    pub(crate) fn additional_properties(self) -> Option<SchemaType<'s>> {
        self.object?.additional_properties()
    }

    /// The discriminated type that it is a form of.
    pub(crate) fn base(self) -> Option<DiscriminatedType<'s>> {
        self.base
    }

    /// The known value of the discriminator, where there is one.
    pub(crate) fn selected_by(self) -> Option<&'s str> {
        self.selected_by
    }
}

fn as_object(ty: SchemaType<'_>) -> Option<ObjectType<'_>> {
    match ty.kind() {
        TypeKind::Object(object) => Some(object),
        _ => None,
    }
}
