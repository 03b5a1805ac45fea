//! The forms that an object may have under a type: a plain object has one, a discriminated one those that the values
//! of its discriminator leave.

use crate::schema::{DiscriminatedType, ObjectType, Property, SchemaType, TypeKind};
use crate::terraform::value::{Item, Lookup, Object, Presence, ValueKind};

/// One form of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form<'s> {
    /// What all variants have.
    pub(crate) base: Option<DiscriminatedType<'s>>,
    /// A plain object, or what a variant adds; `None` where no variant is selected.
    pub(crate) object: Option<ObjectType<'s>>,
    /// The value of the discriminator that selects it.
    pub(crate) selected_by: Option<&'s str>,
}

/// What a form says of a key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FormMember<'s> {
    /// `None` for a further key that the object allows.
    pub(crate) property: Option<Property<'s>>,
    pub(crate) ty: SchemaType<'s>,
    /// Only the variant has it.
    pub(crate) of_variant: bool,
}

impl<'s> Form<'s> {
    pub(crate) fn plain(object: ObjectType<'s>) -> Self {
        Self { base: None, object: Some(object), selected_by: None }
    }

    /// Every variant.
    pub(crate) fn all(ty: DiscriminatedType<'s>) -> Vec<Self> {
        ty.variants().filter_map(|(value, _)| select(ty, value)).collect()
    }

    /// Where base and variant both declare it, the base's: so the provider looks.
    pub(crate) fn member(self, key: &str) -> Option<FormMember<'s>> {
        let of_base = self.base.and_then(|base| base.base_property(key));
        let of_variant = || self.object?.property(key);
        if let Some(property) = of_base.or_else(of_variant) {
            let of_variant = self.base.is_some() && of_base.is_none();
            return Some(FormMember { property: Some(property), ty: property.ty(), of_variant });
        }
        let ty = self.object?.additional_properties()?;
        Some(FormMember { property: None, ty, of_variant: self.base.is_some() })
    }

    /// Those of the base, then those of the variant; whether each is of the base.
    pub(crate) fn properties(self) -> impl Iterator<Item = (Property<'s>, bool)> {
        let base = self.base.into_iter().flat_map(DiscriminatedType::base_properties);
        let of_variant = self.object.into_iter().flat_map(ObjectType::properties);
        base.map(|property| (property, true)).chain(of_variant.map(|property| (property, false)))
    }

    /// Those of [`Form::properties`] that must be there.
    pub(crate) fn required(self) -> impl Iterator<Item = (Property<'s>, bool)> {
        let base = self.base.into_iter().flat_map(|base| base.base_properties().required());
        let of_variant = self.object.into_iter().flat_map(|object| object.properties().required());
        base.map(|property| (property, true)).chain(of_variant.map(|property| (property, false)))
    }

    /// The discriminator with the value that selects it.
    pub(crate) fn selection(self) -> Option<(&'s str, &'s str)> {
        Some((self.base?.discriminator(), self.selected_by?))
    }
}

/// What an object says of the discriminator of its type.
#[derive(Debug)]
pub(crate) enum Discriminator<'v> {
    /// It has no such key.
    Absent,
    /// It may have any value, or none.
    Unknown,
    /// The key is there, with values that are all known.
    Known(&'v Item),
}

/// The variants that an object may have.
#[derive(Debug)]
pub(crate) struct Variants<'v, 's> {
    pub(crate) discriminator: Discriminator<'v>,
    /// Those that its known values select, each once; none where it has values that select none.
    pub(crate) selected: Vec<Form<'s>>,
    /// Its values are known, and each selects one.
    pub(crate) all_select: bool,
}

/// Reads the discriminator of an object.
pub(crate) fn variants<'v, 's>(ty: DiscriminatedType<'s>, object: &'v Object) -> Variants<'v, 's> {
    let item = match object.lookup(ty.discriminator()) {
        Lookup::Absent => {
            return Variants {
                discriminator: Discriminator::Absent,
                selected: Vec::new(),
                all_select: false,
            };
        }
        Lookup::Found(item) if item.presence == Presence::Always => item,
        Lookup::Found(_) | Lookup::Possible(_) => return unknown(),
    };
    let (mut selected, mut all_select): (Vec<Form<'s>>, bool) = (Vec::new(), true);
    for value in item.value.outcomes() {
        let form = match &value.kind {
            ValueKind::String(text) => match text.as_known() {
                Some(text) => select(ty, &text),
                None => return unknown(),
            },
            ValueKind::Bool(_) | ValueKind::Number(_) | ValueKind::Sequence(_) | ValueKind::Object(_) => None,
            _ => return unknown(),
        };
        all_select &= form.is_some();
        let is_new = |form: &Form<'s>| selected.iter().all(|one| one.selected_by != form.selected_by);
        let form = form.filter(is_new);
        selected.extend(form);
    }
    Variants { discriminator: Discriminator::Known(item), selected, all_select }
}

fn unknown<'v, 's>() -> Variants<'v, 's> {
    Variants { discriminator: Discriminator::Unknown, selected: Vec::new(), all_select: false }
}

/// The form that a value of the discriminator selects.
fn select<'s>(ty: DiscriminatedType<'s>, value: &str) -> Option<Form<'s>> {
    let (value, variant) = ty.variant_entry(value)?;
    let object = match variant.kind() {
        TypeKind::Object(object) => Some(object),
        _ => None,
    };
    Some(Form { base: Some(ty), object, selected_by: Some(value) })
}
