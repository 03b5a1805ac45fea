//! The properties an object can have, given what it says of its discriminators.

use crate::schema::path::Step;
use crate::schema::shape::Shape;
use crate::schema::{DiscriminatedType, Property, SchemaType, TypeKind};

/// The properties an object may carry where the schema says `ty`.
#[derive(Debug, Clone)]
pub struct Members<'s> {
    /// Never empty; more than one where it is not known which the object is to be.
    shapes: Vec<Shape<'s>>,
    bases: Vec<DiscriminatedType<'s>>,
}

/// What a key means to an object.
#[derive(Debug, Clone)]
pub struct Member<'s> {
    /// The property; `None` for an undeclared key that the object allows.
    pub property: Option<Property<'s>>,
    /// The type of its value. For a discriminator whose variant is not known: that of the first variant, see
    /// [`Members::discriminator_values`] for all.
    pub ty: SchemaType<'s>,
    /// Whether it is the property that selects the variant.
    pub is_discriminator: bool,
    /// The discriminator and its known value, where only the variant that they select has the property.
    pub variant: Option<(&'s str, &'s str)>,
}

impl Member<'_> {
    /// From the object to the value of this member under `key`.
    pub fn steps(&self, key: &str) -> impl Iterator<Item = Step> + use<> {
        let variant = self.variant.map(|(discriminator, value)| Step::Variant {
            discriminator: discriminator.to_owned(),
            value: value.to_owned(),
        });
        let key = key.to_owned();
        let key = if self.property.is_some() { Step::Key(key) } else { Step::FreeKey(key) };
        variant.into_iter().chain([key])
    }
}

impl<'s> Members<'s> {
    /// `value_of` gives the known value of a key of the object, for discriminators.
    /// `None` where the schema allows no object.
    pub fn of(ty: SchemaType<'s>, value_of: &dyn Fn(&str) -> Option<String>) -> Option<Self> {
        let shapes = Shape::all(ty, value_of);
        let bases = ty.alternatives().into_iter().filter_map(|ty| match ty.kind() {
            TypeKind::Discriminated(base) => Some(base),
            _ => None,
        });
        (!shapes.is_empty()).then(|| Self { shapes, bases: bases.collect() })
    }

    /// What `key` means. Of several possible variants the first that has it answers.
    pub fn get(&self, key: &str) -> Option<Member<'s>> {
        let declared = self.shapes.iter().find_map(|&shape| Some((shape, shape.property(key)?)));
        if let Some((shape, property)) = declared {
            let of_variant = shape.base_property(key).is_none();
            let selected = shape.base().map(DiscriminatedType::discriminator).zip(shape.selected_by());
            return Some(Member {
                property: Some(property),
                ty: property.ty(),
                is_discriminator: self.bases.iter().any(|base| base.discriminator() == key),
                variant: selected.filter(|_| of_variant),
            });
        }
        let additional = self.shapes.iter().find_map(|shape| shape.additional_properties())?;
        Some(Member { property: None, ty: additional, is_discriminator: false, variant: None })
    }

    /// Every property, by name; of several variants' properties of one name the first variant's. Whether each
    /// is sure to be allowed is [`Members::is_certain`].
    pub fn all(&self) -> Vec<Property<'s>> {
        let mut all: Vec<Property<'s>> = self.shapes.iter().flat_map(|shape| shape.properties()).collect();
        all.sort_by(|a, b| a.name().cmp(b.name()));
        all.dedup_by(|a, b| a.name() == b.name());
        all
    }

    /// Whether exactly one shape is possible.
    pub fn is_certain(&self) -> bool {
        matches!(&*self.shapes, [one] if one.base().is_none() || one.selected_by().is_some())
    }

    /// The values a discriminator can have, in the data's order; empty when `key` is none.
    pub fn discriminator_values(&self, key: &str) -> Vec<&'s str> {
        let of_key = self.bases.iter().filter(|base| base.discriminator() == key);
        of_key.flat_map(|base| base.variants().map(|(value, _)| value)).collect()
    }
}
