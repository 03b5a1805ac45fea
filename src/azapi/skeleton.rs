//! The least that a type asks for: all that is required, at any depth, as values yet to be filled in.
//!
//! `draft.rs` has the values, `write.rs` makes HCL of them, as plain text or as a snippet, and `sample.rs` finds a
//! text that a string type takes.

mod draft;
mod sample;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use draft::Draft;
pub(crate) use write::{Style, Writer};

use std::cell::Cell;

use crate::schema::{Property, SchemaType, TypeId, TypeKind};

/// Objects in objects are filled in so deep.
const DEPTH: usize = 12;
/// So many values are drafted for one object; what comes behind them is empty.
const VALUES: u32 = 500;
/// So many forms are made of one object.
const FORMS: usize = 100;
/// A list that must have more items gets so many.
const ITEMS: u64 = 5;

/// One way to give an object what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    /// The discriminators that tell it from the other forms, each with its value, the outermost first.
    pub(crate) chosen: Vec<(String, String)>,
    /// What is to be added, the discriminator first, then by name.
    pub(crate) items: Vec<(String, Draft)>,
}

/// What an object of type `ty` still needs: one form for each value of a discriminator that is not known, the object's
/// own or that of an object that it needs. Empty where `ty` allows no object. `known` gives the value of a
/// discriminator where it is written; `is_present` says which properties are there already.
pub(crate) fn forms(
    ty: SchemaType<'_>,
    known: &dyn Fn(&str) -> Option<String>,
    is_present: &dyn Fn(&str) -> bool,
) -> Vec<Form> {
    forms_of(ty.alternatives().into_iter().flat_map(|one| shapes(one, known)).collect(), is_present)
}

/// The same for the shapes that an object may have.
pub(crate) fn forms_of(shapes: Vec<Shape<'_>>, is_present: &dyn Fn(&str) -> bool) -> Vec<Form> {
    let drafter = Drafter { left: Cell::new(VALUES) };
    let mut all: Vec<Form> = Vec::new();
    for shape in shapes.iter().take(FORMS) {
        // Each form may be as large as any other.
        drafter.left.set(VALUES);
        all.extend(drafter.forms(shape, is_present, &mut Vec::new()));
    }
    all.truncate(FORMS);
    all
}

/// The least value of a type; of several possible objects the first.
pub(crate) fn draft(ty: SchemaType<'_>) -> Draft {
    Drafter { left: Cell::new(VALUES) }.value(ty, &mut Vec::new()).swap_remove(0).1
}

/// What an object needs, once it is known which it is.
#[derive(Debug, Clone)]
pub(crate) struct Shape<'s> {
    /// The discriminator and its value.
    selected: Option<(&'s str, &'s str)>,
    /// The required properties, the discriminator first.
    required: Vec<Property<'s>>,
}

impl<'s> Shape<'s> {
    /// Of these properties; `selected` is the discriminator with the value that selects them.
    pub(crate) fn new(
        selected: Option<(&'s str, &'s str)>,
        properties: impl Iterator<Item = Property<'s>>,
    ) -> Self {
        // Where base and variant both have a property, the base's counts.
        let mut seen = std::collections::HashSet::new();
        let first = properties.filter(|property| seen.insert(property.name()));
        let mut required: Vec<_> = first.filter(|property| property.flags().required()).collect();
        let selects = |name: &str| selected.is_some_and(|(discriminator, _)| discriminator == name);
        required.sort_by_key(|property| (!selects(property.name()), property.name()));
        Self { selected, required }
    }
}

fn shapes<'s>(ty: SchemaType<'s>, known: &dyn Fn(&str) -> Option<String>) -> Vec<Shape<'s>> {
    match ty.kind() {
        TypeKind::Object(object) => vec![Shape::new(None, object.properties())],
        TypeKind::Discriminated(base) => {
            let of = |(value, ty): (&'s str, SchemaType<'s>)| {
                let TypeKind::Object(object) = ty.kind() else { return None };
                let properties = base.base_properties().chain(object.properties());
                Some(Shape::new(Some((base.discriminator(), value)), properties))
            };
            let selected = known(base.discriminator()).and_then(|value| base.variant_entry(&value));
            match selected {
                Some(entry) => of(entry).into_iter().collect(),
                None => {
                    // What a variant needs and the base has as read-only can be neither written nor left out.
                    let is_refused = |property: &Property<'_>| {
                        let of_base = base.base_property(property.name()).map(Property::flags);
                        let is_required = property.flags().required();
                        is_required && of_base.is_some_and(|flags| flags.read_only() && !flags.required())
                    };
                    let is_refused = |(_, ty): &(&str, SchemaType<'s>)| match ty.kind() {
                        TypeKind::Object(object) => object.properties().any(|property| is_refused(&property)),
                        _ => true,
                    };
                    let mut variants: Vec<_> = base.variants().collect();
                    variants.sort_by_key(is_refused);
                    variants.into_iter().filter_map(of).collect()
                }
            }
        }
        _ => Vec::new(),
    }
}

type Chosen = Vec<(String, String)>;

struct Drafter {
    left: Cell<u32>,
}

impl Drafter {
    fn forms<'s>(
        &self,
        shape: &Shape<'s>,
        is_present: &dyn Fn(&str) -> bool,
        around: &mut Vec<TypeId>,
    ) -> Vec<Form> {
        let chosen = shape.selected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let mut forms = vec![Form { chosen: chosen.into_iter().collect(), items: Vec::new() }];
        for property in shape.required.iter().filter(|property| !is_present(property.name())) {
            let selects = shape.selected.filter(|(name, _)| *name == property.name());
            let values = match selects {
                Some((_, value)) => vec![(Chosen::new(), Draft::Fixed(value.to_owned()))],
                None => self.value(property.ty(), around),
            };
            // Two that branch would multiply; of the second the first way is enough.
            let values = if forms.len() > 1 { &values[..1] } else { &values[..] };
            let with = |form: &Form, (chosen, value): &(Chosen, Draft)| {
                let mut form = form.clone();
                let at_property =
                    chosen.iter().map(|(name, value)| (format!("{}.{name}", property.name()), value.clone()));
                form.chosen.extend(at_property.take(if values.len() > 1 { usize::MAX } else { 0 }));
                form.items.push((property.name().to_owned(), value.clone()));
                form
            };
            forms = forms.iter().flat_map(|form| values.iter().map(|value| with(form, value))).collect();
            forms.truncate(FORMS);
        }
        forms
    }

    /// Every way to draft a value, at least one.
    fn value(&self, ty: SchemaType<'_>, around: &mut Vec<TypeId>) -> Vec<(Chosen, Draft)> {
        let one = |draft| vec![(Chosen::new(), draft)];
        let left = self.left.get();
        if left == 0 || around.len() >= DEPTH {
            return one(Draft::empty(ty));
        }
        self.left.set(left - 1);
        match ty.kind() {
            TypeKind::Object(_) | TypeKind::Discriminated(_) => self.object(ty, around),
            TypeKind::Array { items, min_length, .. } => {
                let count = min_length.unwrap_or(0).min(ITEMS) as usize;
                let Some(count) = std::num::NonZeroUsize::new(count) else {
                    return one(Draft::List(Vec::new()));
                };
                let first = self.value(items, around).swap_remove(0).1;
                one(Draft::List(vec![first; count.get()]))
            }
            TypeKind::Union(_) => self.union(ty, around),
            _ => one(Draft::scalar(ty)),
        }
    }

    fn object(&self, ty: SchemaType<'_>, around: &mut Vec<TypeId>) -> Vec<(Chosen, Draft)> {
        if around.contains(&ty.id()) {
            return vec![(Chosen::new(), Draft::Object(Vec::new()))];
        }
        around.push(ty.id());
        let shapes = shapes(ty, &|_| None);
        let forms = shapes.iter().flat_map(|shape| self.forms(shape, &|_| false, around));
        let mut all: Vec<_> =
            forms.map(|form| (form.chosen, Draft::Object(form.items))).take(FORMS).collect();
        around.pop();
        if all.is_empty() {
            all.push((Chosen::new(), Draft::Object(Vec::new())));
        }
        all
    }

    /// Literals are a choice; else the first element answers.
    fn union(&self, ty: SchemaType<'_>, around: &mut Vec<TypeId>) -> Vec<(Chosen, Draft)> {
        let elements = ty.alternatives();
        let literals: Vec<String> = elements
            .iter()
            .filter_map(|element| match element.kind() {
                TypeKind::Literal(value) => Some(value.to_owned()),
                _ => None,
            })
            .collect();
        match elements.first() {
            _ if !literals.is_empty() => vec![(Chosen::new(), Draft::choice(literals))],
            Some(&first) => self.value(first, around),
            None => vec![(Chosen::new(), Draft::Null)],
        }
    }
}
