//! What a type has at a path: the one lookup for every feature.

use std::fmt;

use super::{BodyPath, Step};
use crate::schema::shape::Shape;
use crate::schema::types::{DiscriminatedType, Property, SchemaType, TypeKind};
use crate::text::closest;

/// How many near names an error holds at most.
const NEAR_NAMES: usize = 3;

/// What a path leads to.
#[derive(Debug, Clone, Copy)]
pub struct Resolved<'s> {
    /// The property; `None` for the body itself, for items and for values of undeclared keys.
    pub property: Option<Property<'s>>,
    /// Its type; of a chosen variant, the object that the value selects, without the base properties.
    pub ty: SchemaType<'s>,
}

/// Why a path leads nowhere. Its text is one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathError {
    /// The text is no path; says what was expected and the byte (from 0) where.
    Syntax {
        /// What is missing or too much.
        expected: &'static str,
        /// Byte of the path, from 0.
        at: usize,
    },
    /// Up to `before` it leads somewhere, but not on to `step`.
    Unknown {
        /// The part that leads somewhere; empty for the body itself.
        before: BodyPath,
        /// The step that cannot be taken.
        step: Step,
        /// Names that can stand there, nearest first, else the first ones that can.
        close: Vec<String>,
    },
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PathError::Syntax { expected, at } => {
                write!(f, "the path is cut short or malformed at byte {at}: expected {expected}")
            }
            PathError::Unknown { before, step, close } => {
                match before.is_root() {
                    true => write!(f, "the body has no `{step}`")?,
                    false => write!(f, "`{before}` has no `{step}`")?,
                }
                if !close.is_empty() {
                    write!(f, "; nearest: {}", close.join(", "))?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for PathError {}

/// Where a walk along a path stands.
#[derive(Clone, Copy)]
struct Here<'s> {
    resolved: Resolved<'s>,
    /// The discriminated type whose variant was picked.
    base: Option<DiscriminatedType<'s>>,
}

impl<'s> Here<'s> {
    fn new(property: Option<Property<'s>>, ty: SchemaType<'s>) -> Self {
        Here { resolved: Resolved { property, ty }, base: None }
    }

    fn at(property: Property<'s>) -> Self {
        Here::new(Some(property), property.ty())
    }
}

/// What a path without a variant means where the type has variants.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Variants {
    /// The base properties alone; a variant must be there to be picked.
    Named,
    /// Any of them; and a variant may be picked of a plain object too, which is all of its variants.
    Any,
}

impl BodyPath {
    /// What it leads to from `body`; of several elements of a union that have it, the first.
    pub fn resolve<'s>(&self, body: SchemaType<'s>) -> Result<Resolved<'s>, PathError> {
        self.walk(body).map(|(resolved, _)| resolved)
    }

    /// The same path without the variants that decide nothing: those in front of a base property, which all
    /// variants have. Where it leads nowhere, the path as it is.
    pub(crate) fn canonical(&self, body: SchemaType<'_>) -> Self {
        self.walk(body).map_or_else(|_| self.clone(), |(_, path)| path)
    }

    fn walk<'s>(&self, body: SchemaType<'s>) -> Result<(Resolved<'s>, BodyPath), PathError> {
        let mut all = vec![Here::new(None, body)];
        let mut canonical: Vec<Step> = Vec::new();
        let mut resolved = Resolved { property: None, ty: body };
        for (index, step) in self.steps.iter().enumerate() {
            let next = take_all(&all, step, Variants::Named);
            let Some(first) = next.first() else {
                return Err(PathError::Unknown {
                    before: self.steps[..index].iter().cloned().collect(),
                    step: step.clone(),
                    close: close_steps(&all, step),
                });
            };
            let of_base = |name: &str| {
                all.iter().any(|here| here.base.is_some_and(|it| it.base_property(name).is_some()))
            };
            if matches!(step, Step::Key(name) if of_base(name)) {
                canonical.pop();
            }
            canonical.push(step.clone());
            resolved = first.resolved;
            all = next;
        }
        Ok((resolved, canonical.into_iter().collect()))
    }

    /// Whether it leads anywhere from `body`. Where it names no variant, any may have it; where it names one,
    /// that one must, or a plain object: what was one object in an older version may have been split into
    /// variants since.
    pub(crate) fn is_in(&self, body: SchemaType<'_>) -> bool {
        let mut all = vec![Here::new(None, body)];
        for step in &self.steps {
            all = take_all(&all, step, Variants::Any);
        }
        !all.is_empty()
    }
}

/// Every place that a step leads to from any of `all`, each type once: however often a type's variants lead
/// back to it, a step costs no more than the types that there are.
fn take_all<'s>(all: &[Here<'s>], step: &Step, variants: Variants) -> Vec<Here<'s>> {
    let mut next: Vec<Here<'s>> = Vec::new();
    for here in all {
        for ty in here.resolved.ty.alternatives() {
            take(*here, ty, step, variants, &mut next);
        }
    }
    let mut seen = std::collections::HashSet::new();
    next.retain(|here| here.base.is_some() || seen.insert(here.resolved.ty.described_id()));
    next
}

/// `ty` is the type at `here`, or an element of it when that is a union.
fn take<'s>(here: Here<'s>, ty: SchemaType<'s>, step: &Step, variants: Variants, next: &mut Vec<Here<'s>>) {
    match (ty.kind(), step) {
        (TypeKind::Array { items, .. }, Step::Any | Step::Index(_)) => next.push(Here::new(None, items)),
        (TypeKind::Discriminated(base), Step::Variant { discriminator, value }) => {
            let variant = base.variant(value).filter(|_| base.discriminator() == discriminator);
            let property = here.resolved.property;
            next.extend(variant.map(|ty| Here { resolved: Resolved { property, ty }, base: Some(base) }));
        }
        (TypeKind::Object(_), Step::Variant { .. }) if variants == Variants::Any => next.push(here),
        (TypeKind::Object(object), _) => {
            next.extend(member(Shape::plain(here.base, Some(object)), step));
        }
        (TypeKind::Discriminated(base), _) if variants == Variants::Any => {
            next.extend(Shape::variants(base).into_iter().filter_map(|shape| member(shape, step)));
        }
        (TypeKind::Discriminated(base), _) => next.extend(member(Shape::plain(Some(base), None), step)),
        _ => {}
    }
}

fn member<'s>(shape: Shape<'s>, step: &Step) -> Option<Here<'s>> {
    let further = || shape.additional_properties().map(|ty| Here::new(None, ty));
    let named = |key: &str| shape.property(key).map(Here::at);
    match step {
        Step::Key(key) => named(key),
        Step::FreeKey(key) => named(key).or_else(further),
        Step::Index(index) => named(&index.to_string()).or_else(further),
        Step::Any => further(),
        Step::Variant { .. } => None,
    }
}

/// The steps that can be taken instead of one that cannot, as they are written in a path.
fn close_steps(all: &[Here<'_>], step: &Step) -> Vec<String> {
    let mut possible = Vec::new();
    let mut in_variants = Vec::new();
    for here in all {
        for ty in here.resolved.ty.alternatives() {
            possible_steps(ty, here.base, &mut possible);
            in_variants.extend(variants_with(ty, step));
        }
    }
    // A property of some variants only: say which.
    if !in_variants.is_empty() {
        in_variants.truncate(NEAR_NAMES);
        return in_variants;
    }
    let possible: Vec<String> = possible.iter().map(Step::to_string).collect();
    let near = closest(&step.to_string(), possible.iter().map(String::as_str), NEAR_NAMES);
    if near.is_empty() {
        return possible.into_iter().take(NEAR_NAMES).collect();
    }
    near.into_iter().map(str::to_owned).collect()
}

fn possible_steps(ty: SchemaType<'_>, base: Option<DiscriminatedType<'_>>, steps: &mut Vec<Step>) {
    let property = |p: Property<'_>| Step::Key(p.name().to_owned());
    match ty.kind() {
        TypeKind::Object(object) => {
            steps.extend(object.properties().map(property));
            steps.extend(base.iter().flat_map(|base| base.base_properties()).map(property));
            steps.extend(object.additional_properties().map(|_| Step::Any));
        }
        TypeKind::Discriminated(object) => {
            steps.extend(object.variants().map(|(value, _)| variant_step(object, value)));
            steps.extend(object.base_properties().map(property));
        }
        TypeKind::Array { .. } => steps.push(Step::Any),
        _ => {}
    }
}

fn variant_step(of: DiscriminatedType<'_>, value: &str) -> Step {
    Step::Variant { discriminator: of.discriminator().to_owned(), value: value.to_owned() }
}

/// `[kind=Circle].radius` for each variant that has the property.
fn variants_with(ty: SchemaType<'_>, step: &Step) -> Vec<String> {
    let (TypeKind::Discriminated(object), Step::Key(name)) = (ty.kind(), step) else {
        return Vec::new();
    };
    let has = |ty: SchemaType<'_>| match ty.kind() {
        TypeKind::Object(variant) => variant.property(name).is_some(),
        _ => false,
    };
    let variants = object.variants().filter(|&(_, ty)| has(ty)).take(NEAR_NAMES);
    let path = |value: &str| BodyPath { steps: vec![variant_step(object, value), step.clone()] }.to_string();
    variants.map(|(value, _)| path(value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::toy;

    fn resolve(name: &str, path: &str) -> String {
        let body = toy::schema().resource_type(name).expect("a toy type").newest().body();
        match path.parse::<BodyPath>().and_then(|path| path.resolve(body)) {
            Ok(found) => {
                let name = found.property.map_or("-", Property::name);
                format!("{name}: {}", line(found.ty))
            }
            Err(error) => error.to_string(),
        }
    }

    fn line(ty: SchemaType<'_>) -> String {
        match ty.kind() {
            TypeKind::String { .. } => "string".to_owned(),
            TypeKind::Integer { .. } => "integer".to_owned(),
            TypeKind::Object(_) => "object".to_owned(),
            TypeKind::Literal(value) => format!("{value:?}"),
            TypeKind::Union(elements) => elements.map(line).collect::<Vec<_>>().join(" | "),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_path_leads_through_objects_items_values_variants_and_unions() {
        let widget = |path| resolve("Test.Rp/widgets", path);
        assert_eq!(widget(""), "-: object");
        assert_eq!(widget("properties.colour"), "colour: \"red\" | \"green\"");
        assert_eq!(widget("properties.rules.*.priority"), "priority: integer");
        assert_eq!(widget("properties.rules.0.priority"), "priority: integer");
        assert_eq!(widget("properties.rules.*"), "-: object");
        assert_eq!(widget("tags.*"), "-: string");
        assert_eq!(widget("properties.\"a.dotted\""), "a.dotted: string");
        assert_eq!(widget("properties.parts.*.parts.*.parts.*.label"), "label: string");
        assert_eq!(widget("properties.mixed.action"), "action: \"red\" | \"green\"");
        let shape = |path| resolve("Test.Rp/shapes", path);
        assert_eq!(shape("[kind=Circle].properties.radius"), "radius: integer");
        assert_eq!(shape("[kind=Square].name"), "name: string");
        assert_eq!(shape("[kind=Square]"), "-: object");
        assert_eq!(shape("id"), "id: string");
    }

    #[test]
    fn a_wrong_step_gives_the_nearest_right_ones() {
        let widget = |path| resolve("Test.Rp/widgets", path);
        assert_eq!(widget("properties.statuss"), "`properties` has no `statuss`; nearest: status");
        assert_eq!(widget("propertie"), "the body has no `propertie`; nearest: properties");
        assert_eq!(widget("properties.rules.action"), "`properties.rules` has no `action`; nearest: *");
        assert_eq!(widget("properties.status.x"), "`properties.status` has no `x`");
        assert_eq!(widget("location.*"), "`location` has no `*`");
        let shape = |path| resolve("Test.Rp/shapes", path);
        assert_eq!(shape("side"), "the body has no `side`; nearest: [kind=Square].side");
        assert_eq!(shape("[kind=Sqare]"), "the body has no `[kind=Sqare]`; nearest: [kind=Square]");
        assert_eq!(
            shape("[kind=Circle].properties.side"),
            "`[kind=Circle].properties` has no `side`; nearest: radius"
        );
    }
}
