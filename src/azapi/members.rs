//! The properties an object can have, given what it says of its discriminators.

use crate::schema::{DiscriminatedType, ObjectType, Property, SchemaType, TypeKind};

/// The properties an object may carry where the schema says `ty`.
#[derive(Debug, Clone)]
pub struct Members<'s> {
    objects: Vec<ObjectType<'s>>,
    bases: Vec<DiscriminatedType<'s>>,
    /// Whether a discriminator's value selected one variant; if not, `objects` are all that are possible.
    certain: bool,
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
}

impl<'s> Members<'s> {
    /// `value_of` gives the known value of a key of the object, for discriminators.
    /// `None` where the schema allows no object.
    pub fn of(ty: SchemaType<'s>, value_of: &dyn Fn(&str) -> Option<String>) -> Option<Self> {
        let mut members = Self { objects: Vec::new(), bases: Vec::new(), certain: true };
        members.add(ty, value_of, 0);
        (!members.objects.is_empty() || !members.bases.is_empty()).then_some(members)
    }

    fn add(&mut self, ty: SchemaType<'s>, value_of: &dyn Fn(&str) -> Option<String>, depth: u32) {
        // Unions of unions do not occur deeper than this in any type data; the bound is for damaged files.
        if depth > 8 {
            return;
        }
        match ty.kind() {
            TypeKind::Object(object) => self.objects.push(object),
            TypeKind::Discriminated(base) => self.add_discriminated(base, value_of),
            TypeKind::Union(elements) => {
                for element in elements {
                    let before = self.objects.len() + self.bases.len();
                    self.add(element, value_of, depth + 1);
                    self.certain &= before == 0 || self.objects.len() + self.bases.len() == before;
                }
            }
            _ => {}
        }
    }

    fn add_discriminated(&mut self, base: DiscriminatedType<'s>, value_of: &dyn Fn(&str) -> Option<String>) {
        self.bases.push(base);
        let selected = value_of(base.discriminator()).and_then(|value| base.variant(&value));
        let variants: Vec<_> = match selected {
            Some(variant) => vec![variant],
            None => {
                self.certain = false;
                base.variants().map(|(_, variant)| variant).collect()
            }
        };
        for variant in variants {
            if let TypeKind::Object(object) = variant.kind() {
                self.objects.push(object);
            }
        }
    }

    /// What `key` means. Of several possible variants the first that has it answers.
    pub fn get(&self, key: &str) -> Option<Member<'s>> {
        let declared = self.bases.iter().find_map(|base| base.base_property(key));
        let declared = declared.or_else(|| self.objects.iter().find_map(|object| object.property(key)));
        let is_discriminator = self.bases.iter().any(|base| base.discriminator() == key);
        if let Some(property) = declared {
            return Some(Member { property: Some(property), ty: property.ty(), is_discriminator });
        }
        let additional = self.objects.iter().find_map(|object| object.additional_properties())?;
        Some(Member { property: None, ty: additional, is_discriminator: false })
    }

    /// Every property, by name; of several variants' properties of one name the first variant's. Whether each
    /// is sure to be allowed is [`Members::is_certain`].
    pub fn all(&self) -> Vec<Property<'s>> {
        let of_bases = self.bases.iter().flat_map(|base| base.base_properties());
        let of_objects = self.objects.iter().flat_map(|object| object.properties());
        let mut all: Vec<Property<'s>> = of_bases.chain(of_objects).collect();
        all.sort_by(|a, b| a.name().cmp(b.name()));
        all.dedup_by(|a, b| a.name() == b.name());
        all
    }

    /// Whether exactly one shape is possible.
    pub fn is_certain(&self) -> bool {
        self.certain
    }

    /// The values a discriminator can have, in the data's order; empty when `key` is none.
    pub fn discriminator_values(&self, key: &str) -> Vec<&'s str> {
        let of_key = self.bases.iter().filter(|base| base.discriminator() == key);
        of_key.flat_map(|base| base.variants().map(|(value, _)| value)).collect()
    }
}
