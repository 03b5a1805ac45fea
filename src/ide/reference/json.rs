//! Described things as JSON, in the form that scripts hold on to.
//!
//! One level of a type is spelled out: inside properties, variants, items and additional properties an object is
//! `{"kind": "object"}` alone, to be asked for by its path.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::describe::member;
use super::model::{At, Described, Subject, TypeFacts};
use crate::schema::{Property, SchemaType, TypeKind};

/// Unions and arrays inside one another are spelled out to this depth; data that goes on is recursive.
const DEEPEST: usize = 16;

/// One thing.
pub(crate) struct Output<'d, 's>(pub(crate) &'d Described<'s>);

impl Serialize for Output<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let Output(described) = self;
        match &described.subject {
            Subject::ResourceType(facts) => resource_type(&mut map, &described.name, facts)?,
            Subject::Property { at: Some(at), .. } => place(&mut map, at, described)?,
            Subject::TypeInShort { newest } => {
                map.serialize_entry("type", &described.name)?;
                map.serialize_entry("api_version", newest)?;
            }
            Subject::Property { at: None, .. }
            | Subject::DataPlaneType { .. }
            | Subject::Argument { .. }
            | Subject::Function { .. } => {
                record(&mut map, described, true)?;
            }
        }
        map.end()
    }
}

/// Many: `{KEY: […]}`.
pub(crate) struct Outputs<'d, 's>(pub(crate) &'static str, pub(crate) &'d [Described<'s>]);

impl Serialize for Outputs<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let all: Vec<Output<'_, '_>> = self.1.iter().map(Output).collect();
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(self.0, &all)?;
        map.end()
    }
}

fn resource_type<M: SerializeMap>(map: &mut M, name: &str, facts: &TypeFacts<'_>) -> Result<(), M::Error> {
    map.serialize_entry("type", name)?;
    map.serialize_entry("api_versions", &facts.api_versions)?;
    map.serialize_entry("parent_id_patterns", &facts.parents)?;
    map.serialize_entry("import_id", &facts.import_id)?;
    map.serialize_entry("functions", &facts.functions)
}

fn place<M: SerializeMap>(map: &mut M, at: &At<'_>, described: &Described<'_>) -> Result<(), M::Error> {
    map.serialize_entry("type", at.version.type_name)?;
    map.serialize_entry("api_version", at.version.api_version)?;
    map.serialize_entry("readable_scopes", &at.version.readable_scopes)?;
    map.serialize_entry("writable_scopes", &at.version.writable_scopes)?;
    map.serialize_entry("path", &at.path.to_string())?;
    map.serialize_entry("property", &Record { described, spelled: true })
}

/// One property, or whatever else has a name, flags and a type.
struct Record<'d, 's> {
    described: &'d Described<'s>,
    /// Whether an object here shows its properties.
    spelled: bool,
}

impl Serialize for Record<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        record(&mut map, self.described, self.spelled)?;
        map.end()
    }
}

fn record<M: SerializeMap>(map: &mut M, described: &Described<'_>, spelled: bool) -> Result<(), M::Error> {
    let (name, ty) = match &described.subject {
        Subject::Property { key, ty, .. } => (*key, Some(*ty)),
        _ => (Some(described.name.as_str()), None),
    };
    optional(map, "name", name)?;
    optional(map, "flags", Some(&described.flags).filter(|flags| !flags.is_empty()))?;
    optional(map, "description", described.description.as_ref())?;
    match ty {
        Some(ty) => map.serialize_entry("type", &TypeJson { ty, spelled, depth: DEEPEST }),
        None => map.serialize_entry("type", &described.type_line(usize::MAX)),
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
}

/// Each with its type, of which nothing is spelled out.
struct Properties<'s>(Vec<Described<'s>>);

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|described| Record { described, spelled: false }))
    }
}

fn properties<'s>(list: impl Iterator<Item = Property<'s>>) -> Option<Properties<'s>> {
    let all: Vec<_> = list.map(member).collect();
    (!all.is_empty()).then_some(Properties(all))
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
                optional(&mut map, "properties", properties(object.properties()))?;
                let additional = object.additional_properties().map(|ty| self.below(ty));
                optional(&mut map, "additional_properties", additional)?;
                optional(&mut map, "sensitive", object.sensitive().then_some(true))?;
            }
            TypeKind::Discriminated(object) if self.spelled => {
                map.serialize_entry("discriminator", object.discriminator())?;
                optional(&mut map, "properties", properties(object.base_properties()))?;
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
