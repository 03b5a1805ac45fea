//! Schema types: what a body, a property or a function's input may hold.

use std::cmp::Ordering;
use std::collections::HashSet;

use schemas::layout::{NONE, Section, given, tag};

use super::bundle::{List, Schema, partition, u24_at, u32_at};

/// Names a structure: two types of one [`Schema`] are equal in all facts exactly when their ids are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(u32);

/// One type, at one place: it knows which resource type and api-version it was reached from (for the
/// literals that are implied) and which words describe what is under it.
#[derive(Clone, Copy)]
pub struct SchemaType<'s> {
    schema: &'s Schema,
    class: u32,
    owner: Owner<'s>,
}

/// The type@version that a type was reached from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Owner<'s> {
    pub(super) type_name: &'s str,
    pub(super) api_version: &'s str,
}

/// A type, taken apart one level.
#[derive(Debug, Clone, Copy)]
pub enum TypeKind<'s> {
    /// Text.
    String {
        /// Least length.
        min_length: Option<u64>,
        /// Greatest length.
        max_length: Option<u64>,
        /// An unanchored regular expression, in Go's dialect.
        pattern: Option<&'s str>,
        /// A secret.
        sensitive: bool,
    },
    /// A number; fractions are typed so too.
    Integer {
        /// Least value.
        min_value: Option<i64>,
        /// Greatest value.
        max_value: Option<i64>,
    },
    /// `true` or `false`.
    Boolean,
    /// Anything.
    Any,
    /// This text.
    Literal(&'s str),
    /// Any of these.
    Union(Elements<'s>),
    /// A list.
    Array {
        /// Type of each item.
        items: SchemaType<'s>,
        /// Least count.
        min_length: Option<u64>,
        /// Greatest count.
        max_length: Option<u64>,
    },
    /// Named properties.
    Object(ObjectType<'s>),
    /// An object whose further properties depend on the value of one.
    Discriminated(DiscriminatedType<'s>),
}

impl<'s> SchemaType<'s> {
    pub(super) fn new(schema: &'s Schema, class: u32, owner: Owner<'s>) -> Self {
        SchemaType { schema, class, owner }
    }

    /// Equal for equal structure. Descriptions and the implied literals do not count.
    pub fn id(self) -> TypeId {
        TypeId(self.class_row().0)
    }

    /// Equal when [`SchemaType::id`] is and every description below is too. Lets a walk over all types
    /// remember where it has been.
    pub fn described_id(self) -> u32 {
        self.class
    }

    /// The structural node and where the class's overrides lie.
    fn class_row(self) -> (u32, Overrides<'s>) {
        let nodes = self.schema.node_count();
        let Some(alternate) = self.class.checked_sub(nodes) else {
            return (self.class, Overrides::none(self.schema));
        };
        let row = |index| self.schema.row(Section::Alternates, index);
        let end = |index| u32_at(row(index), 3).unwrap_or(0);
        let node = u24_at(row(alternate), 0).unwrap_or(NONE);
        let start = if alternate == 0 { 0 } else { end(alternate - 1) };
        (node, Overrides { schema: self.schema, start, end: end(alternate) })
    }

    /// Whether it is a secret, or one lies somewhere below it.
    pub fn holds_secrets(self) -> bool {
        let (node, _) = self.class_row();
        self.schema.row(Section::Nodes, node).first().is_some_and(|kind| kind & tag::HOLDS_SECRETS != 0)
    }

    /// Takes the type apart. Constant time.
    pub fn kind(self) -> TypeKind<'s> {
        let (node, overrides) = self.class_row();
        let row = self.schema.row(Section::Nodes, node);
        let (Some(&kind), Some(a), Some(b)) = (row.first(), u24_at(row, 1), u32_at(row, 4)) else {
            return TypeKind::Any;
        };
        let edges = |at| Edges { list: self.schema.list(at), overrides, owner: self.owner, first_slot: 0 };
        let kind = kind & !tag::HOLDS_SECRETS;
        match kind {
            tag::STRING => self.string(b),
            tag::INTEGER => {
                let limits = Limits::new(self.schema, b);
                TypeKind::Integer {
                    min_value: limits.least.map(u64::cast_signed),
                    max_value: limits.greatest.map(u64::cast_signed),
                }
            }
            tag::BOOLEAN => TypeKind::Boolean,
            tag::LITERAL => TypeKind::Literal(self.schema.string(a)),
            tag::OWN_TYPE => TypeKind::Literal(self.owner.type_name),
            tag::OWN_VERSION => TypeKind::Literal(self.owner.api_version),
            tag::UNION => TypeKind::Union(Elements { edges: edges(b), at: 0 }),
            tag::ARRAY => {
                let limits = Limits::new(self.schema, b);
                let class = overrides.get(0).map_or(a, |(class, _)| class);
                TypeKind::Array {
                    items: SchemaType { class, ..self },
                    min_length: limits.least,
                    max_length: limits.greatest,
                }
            }
            tag::OBJECT | tag::SECRET_OBJECT => TypeKind::Object(ObjectType {
                properties: edges(b),
                additional: a,
                sensitive: kind == tag::SECRET_OBJECT,
            }),
            tag::DISCRIMINATED => {
                let base = edges(b);
                let variants = b.saturating_add(1).saturating_add(base.list.len());
                let variants = Edges { first_slot: base.list.len(), ..edges(variants) };
                TypeKind::Discriminated(DiscriminatedType { discriminator: a, base, variants })
            }
            _ => TypeKind::Any,
        }
    }

    /// Itself; of a union its elements in the data's order, unions among them taken apart, each type once.
    pub(crate) fn alternatives(self) -> Vec<SchemaType<'s>> {
        let TypeKind::Union(elements) = self.kind() else { return vec![self] };
        let all: Vec<SchemaType<'s>> = elements.collect();
        if is_flat(&all) {
            return all;
        }
        let (mut found, mut seen, mut waiting) = (Vec::new(), HashSet::new(), vec![self]);
        while let Some(ty) = waiting.pop() {
            if !seen.insert(ty.class) {
                continue;
            }
            match ty.kind() {
                TypeKind::Union(elements) => {
                    let at = waiting.len();
                    waiting.extend(elements);
                    waiting[at..].reverse();
                }
                _ => found.push(ty),
            }
        }
        found
    }

    fn string(self, constraint: u32) -> TypeKind<'s> {
        let limits = Limits::new(self.schema, constraint);
        TypeKind::String {
            min_length: limits.least,
            max_length: limits.greatest,
            pattern: limits.pattern,
            sensitive: limits.sensitive,
        }
    }
}

impl std::fmt::Debug for SchemaType<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SchemaType({})", self.class)
    }
}

/// Whether none of these is a union or there twice, as it mostly is.
fn is_flat(elements: &[SchemaType<'_>]) -> bool {
    let mut classes: Vec<u32> = elements.iter().map(|ty| ty.class).collect();
    classes.sort_unstable();
    classes.windows(2).all(|pair| pair[0] != pair[1])
        && !elements.iter().any(|ty| matches!(ty.kind(), TypeKind::Union(_)))
}

/// A constraint row, taken apart.
struct Limits<'s> {
    least: Option<u64>,
    greatest: Option<u64>,
    pattern: Option<&'s str>,
    sensitive: bool,
}

impl<'s> Limits<'s> {
    fn new(schema: &'s Schema, constraint: u32) -> Self {
        let row = schema.row(Section::Constraints, constraint);
        let flags = row.first().copied().unwrap_or(0);
        let has = |flag| flags & flag != 0;
        let number =
            |at: usize| row.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes);
        Limits {
            least: number(4).filter(|_| has(given::LEAST)),
            greatest: number(12).filter(|_| has(given::GREATEST)),
            pattern: u24_at(row, 1).filter(|_| has(given::PATTERN)).map(|id| schema.string(id)),
            sensitive: has(given::SENSITIVE),
        }
    }
}

/// Where a class differs from the default of its node.
#[derive(Clone, Copy)]
struct Overrides<'s> {
    schema: &'s Schema,
    start: u32,
    end: u32,
}

impl<'s> Overrides<'s> {
    fn none(schema: &'s Schema) -> Self {
        Overrides { schema, start: 0, end: 0 }
    }

    /// The class and the text at a slot that differs.
    fn get(self, slot: u32) -> Option<(u32, u32)> {
        let row = |index| self.schema.row(Section::Overrides, self.start.saturating_add(index));
        let slot_of = |index| row(index).get(..2).map_or(0, |s| u32::from(s[0]) | u32::from(s[1]) << 8);
        let count = self.end.saturating_sub(self.start);
        let index = partition(count, |index| slot_of(index) < slot);
        if index == count || slot_of(index) != slot {
            return None;
        }
        Some((u24_at(row(index), 2)?, u24_at(row(index), 5)?))
    }
}

/// The places of a type that lead on.
#[derive(Clone, Copy)]
struct Edges<'s> {
    list: List<'s>,
    overrides: Overrides<'s>,
    owner: Owner<'s>,
    first_slot: u32,
}

impl std::fmt::Debug for Edges<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.list.iter()).finish()
    }
}

impl<'s> Edges<'s> {
    fn schema(&self) -> &'s Schema {
        self.overrides.schema
    }

    fn at(&self, slot: u32, class: u32) -> SchemaType<'s> {
        let class = self.overrides.get(self.first_slot + slot).map_or(class, |(class, _)| class);
        SchemaType { schema: self.schema(), class, owner: self.owner }
    }

    fn property(&self, index: u32) -> Property<'s> {
        let row = self.schema().row(Section::Properties, self.list.get(index));
        let usual = (u24_at(row, 4).unwrap_or(NONE), u24_at(row, 7).unwrap_or(NONE));
        let (class, text) = self.overrides.get(self.first_slot + index).unwrap_or(usual);
        Property {
            name: u24_at(row, 0).unwrap_or(NONE),
            flags: flags_of(row),
            text,
            ty: SchemaType { schema: self.schema(), class, owner: self.owner },
        }
    }

    fn property_named(&self, name: &str) -> Option<Property<'s>> {
        let schema = self.schema();
        let name_of = |index| {
            let row = schema.row(Section::Properties, self.list.get(index));
            schema.string_bytes(u24_at(row, 0).unwrap_or(NONE))
        };
        let (mut low, mut high) = (0, self.list.len());
        while low < high {
            let middle = low.midpoint(high);
            match name_of(middle).cmp(name.as_bytes()) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Some(self.property(middle)),
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn flags(&self, index: u32) -> PropertyFlags {
        flags_of(self.schema().row(Section::Properties, self.list.get(index)))
    }
}

/// Of a row of [`Section::Properties`].
fn flags_of(row: &[u8]) -> PropertyFlags {
    PropertyFlags(row.get(3).copied().unwrap_or(0))
}

/// The elements of a union, in the order of the data.
#[derive(Debug, Clone, Copy)]
pub struct Elements<'s> {
    edges: Edges<'s>,
    at: u32,
}

impl<'s> Iterator for Elements<'s> {
    type Item = SchemaType<'s>;

    fn next(&mut self) -> Option<SchemaType<'s>> {
        let index = self.at;
        if index >= self.edges.list.len() {
            return None;
        }
        self.at += 1;
        Some(self.edges.at(index, self.edges.list.get(index)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.edges.list.len().saturating_sub(self.at) as usize;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Elements<'_> {}

/// The properties of an object, sorted by name (bytes).
#[derive(Debug, Clone, Copy)]
pub struct Properties<'s> {
    edges: Edges<'s>,
    at: u32,
}

impl<'s> Properties<'s> {
    /// Those that must be there, without making the others.
    pub fn required(self) -> impl Iterator<Item = Property<'s>> {
        let edges = self.edges;
        let left = self.at..edges.list.len();
        left.filter(move |&index| edges.flags(index).required()).map(move |index| edges.property(index))
    }
}

impl<'s> Iterator for Properties<'s> {
    type Item = Property<'s>;

    fn next(&mut self) -> Option<Property<'s>> {
        if self.at >= self.edges.list.len() {
            return None;
        }
        self.at += 1;
        Some(self.edges.property(self.at - 1))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.edges.list.len().saturating_sub(self.at) as usize;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Properties<'_> {}

/// An object type.
#[derive(Debug, Clone, Copy)]
pub struct ObjectType<'s> {
    properties: Edges<'s>,
    additional: u32,
    sensitive: bool,
}

impl<'s> ObjectType<'s> {
    /// All declared properties, sorted by name (bytes).
    pub fn properties(self) -> Properties<'s> {
        Properties { edges: self.properties, at: 0 }
    }

    /// The property of exactly this name. O(log properties).
    pub fn property(self, name: &str) -> Option<Property<'s>> {
        self.properties.property_named(name)
    }

    /// Type of the values of undeclared keys; `None` when there may be none.
    pub fn additional_properties(self) -> Option<SchemaType<'s>> {
        let slot = self.properties.list.len();
        (self.additional != NONE).then(|| self.properties.at(slot, self.additional))
    }

    /// Whether the whole object is a secret.
    pub fn sensitive(self) -> bool {
        self.sensitive
    }
}

/// An object type with variants.
#[derive(Debug, Clone, Copy)]
pub struct DiscriminatedType<'s> {
    discriminator: u32,
    base: Edges<'s>,
    variants: Edges<'s>,
}

impl<'s> DiscriminatedType<'s> {
    /// The property whose value picks the variant.
    pub fn discriminator(self) -> &'s str {
        self.base.schema().string(self.discriminator)
    }

    /// The properties that every variant has, sorted by name (bytes); the discriminator is not among them.
    pub fn base_properties(self) -> Properties<'s> {
        Properties { edges: self.base, at: 0 }
    }

    /// The base property of exactly this name.
    pub fn base_property(self, name: &str) -> Option<Property<'s>> {
        self.base.property_named(name)
    }

    /// Each value of the discriminator, sorted (bytes), and the object it selects: the further properties,
    /// the discriminator among them.
    pub fn variants(self) -> impl ExactSizeIterator<Item = (&'s str, SchemaType<'s>)> + Clone {
        (0..self.variants.list.len() / 2).map(move |index| self.variant_at(index))
    }

    /// The object that exactly this value selects.
    pub fn variant(self, value: &str) -> Option<SchemaType<'s>> {
        self.variant_entry(value).map(|(_, ty)| ty)
    }

    /// The same, with the value as the data holds it.
    pub(crate) fn variant_entry(self, value: &str) -> Option<(&'s str, SchemaType<'s>)> {
        let count = self.variants.list.len() / 2;
        let index = partition(count, |index| self.variant_at(index).0 < value);
        let entry = (index < count).then(|| self.variant_at(index))?;
        (entry.0 == value).then_some(entry)
    }

    fn variant_at(self, index: u32) -> (&'s str, SchemaType<'s>) {
        let list = self.variants.list;
        let value = self.base.schema().string(list.get(index * 2));
        (value, self.variants.at(index, list.get(index * 2 + 1)))
    }
}

/// A member of an object type.
#[derive(Debug, Clone, Copy)]
pub struct Property<'s> {
    name: u32,
    flags: PropertyFlags,
    text: u32,
    ty: SchemaType<'s>,
}

impl<'s> Property<'s> {
    /// Its key.
    pub fn name(self) -> &'s str {
        self.ty.schema.string(self.name)
    }

    /// What is demanded of it.
    pub fn flags(self) -> PropertyFlags {
        self.flags
    }

    /// Its type.
    pub fn ty(self) -> SchemaType<'s> {
        self.ty
    }

    /// Whether the publisher's description says that it is deprecated. Inflates nothing.
    pub fn is_deprecated(self) -> bool {
        self.text != NONE && self.text >= self.ty.schema.first_deprecated
    }

    /// What the publisher says of it; `None` when it says nothing or descriptions are not built in. May
    /// inflate some ten kilobytes.
    pub fn description(self) -> Option<String> {
        if self.text == NONE { None } else { self.ty.schema.text(self.text) }
    }
}

/// What is demanded of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct PropertyFlags(u8);

impl PropertyFlags {
    /// Must be given.
    pub fn required(self) -> bool {
        self.0 & 1 != 0
    }

    /// Azure sets it; it cannot be given.
    pub fn read_only(self) -> bool {
        self.0 & 2 != 0
    }

    /// Can be given and is never returned.
    pub fn write_only(self) -> bool {
        self.0 & 4 != 0
    }

    /// The data's bits: 1 required, 2 read-only, 4 write-only, 8 deploy-time constant, 16 identifier.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Their names as commands print them, in a fixed order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let names = ["required", "read-only", "write-only", "deploy-time-constant", "identifier"];
        names.into_iter().enumerate().filter(move |(bit, _)| self.0 >> bit & 1 != 0).map(|(_, n)| n)
    }
}
