//! Properties and types as JSON, in the form that `docs` and scripts hold on to.
//!
//! One level is spelled out: inside properties, variants, items and additional properties an object is
//! `{"kind": "object"}` alone, to be asked for by its path.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::schema::path::Resolved;
use crate::schema::{Property, SchemaType, TypeKind};

/// Unions and arrays inside one another are spelled out to this depth; data that goes on is recursive.
const DEEPEST: usize = 16;

/// The record of what a path leads to.
pub(crate) struct PropertyJson<'s> {
    property: Option<Property<'s>>,
    ty: TypeJson<'s>,
}

impl<'s> PropertyJson<'s> {
    /// With its type spelled out one level.
    pub(crate) fn new(resolved: Resolved<'s>) -> Self {
        let ty = TypeJson { ty: resolved.ty, spelled: true, depth: DEEPEST };
        PropertyJson { property: resolved.property, ty }
    }
}

impl Serialize for PropertyJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(property) = self.property {
            map.serialize_entry("name", property.name())?;
            let flags: Vec<&str> = property.flags().names().collect();
            if !flags.is_empty() {
                map.serialize_entry("flags", &flags)?;
            }
            optional(&mut map, "description", property.description())?;
        }
        map.serialize_entry("type", &self.ty)?;
        map.end()
    }
}

struct TypeJson<'s> {
    ty: SchemaType<'s>,
    /// Whether an object here shows its properties.
    spelled: bool,
    depth: usize,
}

fn optional<M: SerializeMap, T: Serialize>(
    map: &mut M,
    key: &'static str,
    value: Option<T>,
) -> Result<(), M::Error> {
    value.map_or(Ok(()), |value| map.serialize_entry(key, &value))
}

impl<'s> TypeJson<'s> {
    fn below(&self, ty: SchemaType<'s>) -> Self {
        TypeJson { ty, spelled: false, depth: self.depth.saturating_sub(1) }
    }

    fn element(&self, ty: SchemaType<'s>) -> Self {
        TypeJson { spelled: self.spelled, ..self.below(ty) }
    }

    fn properties(&self, list: impl Iterator<Item = Property<'s>>) -> Option<Vec<PropertyJson<'s>>> {
        let records: Vec<_> =
            list.map(|p| PropertyJson { property: Some(p), ty: self.below(p.ty()) }).collect();
        (!records.is_empty()).then_some(records)
    }
}

impl Serialize for TypeJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let kind = self.ty.kind();
        let collapsed = !self.spelled && matches!(kind, TypeKind::Discriminated(_));
        map.serialize_entry("kind", if collapsed { "object" } else { kind_name(&kind) })?;
        match kind {
            TypeKind::String { min_length, max_length, pattern, sensitive } => {
                optional(&mut map, "min_length", min_length)?;
                optional(&mut map, "max_length", max_length)?;
                optional(&mut map, "pattern", pattern)?;
                optional(&mut map, "sensitive", sensitive.then_some(true))?;
            }
            TypeKind::Integer { min_value, max_value } => {
                optional(&mut map, "min_value", min_value)?;
                optional(&mut map, "max_value", max_value)?;
            }
            TypeKind::Boolean | TypeKind::Any => {}
            TypeKind::Literal(value) => map.serialize_entry("value", value)?,
            TypeKind::Union(elements) if self.depth > 0 => {
                let elements: Vec<_> = elements.map(|ty| self.element(ty)).collect();
                map.serialize_entry("elements", &elements)?;
            }
            TypeKind::Union(_) => {}
            TypeKind::Array { items, min_length, max_length } => {
                if self.depth > 0 {
                    map.serialize_entry("items", &self.below(items))?;
                }
                optional(&mut map, "min_length", min_length)?;
                optional(&mut map, "max_length", max_length)?;
            }
            TypeKind::Object(object) if self.spelled => {
                optional(&mut map, "properties", self.properties(object.properties()))?;
                let additional = object.additional_properties().map(|ty| self.below(ty));
                optional(&mut map, "additional_properties", additional)?;
                optional(&mut map, "sensitive", object.sensitive().then_some(true))?;
            }
            TypeKind::Discriminated(object) if self.spelled => {
                map.serialize_entry("discriminator", object.discriminator())?;
                optional(&mut map, "properties", self.properties(object.base_properties()))?;
                let variants = object.variants().map(|(value, ty)| (value, self.below(ty)));
                map.serialize_entry("variants", &MapJson(variants.collect()))?;
            }
            TypeKind::Object(_) | TypeKind::Discriminated(_) => {}
        }
        map.end()
    }
}

fn kind_name(kind: &TypeKind<'_>) -> &'static str {
    match kind {
        TypeKind::String { .. } => "string",
        TypeKind::Integer { .. } => "integer",
        TypeKind::Boolean => "boolean",
        TypeKind::Any => "any",
        TypeKind::Literal(_) => "literal",
        TypeKind::Union(_) => "union",
        TypeKind::Array { .. } => "array",
        TypeKind::Object(_) => "object",
        TypeKind::Discriminated(_) => "discriminated",
    }
}

/// Pairs as a JSON object, in their order.
struct MapJson<'s>(Vec<(&'s str, TypeJson<'s>)>);

impl Serialize for MapJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}
