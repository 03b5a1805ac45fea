//! Resource types and their versions.

use std::sync::atomic::Ordering;

use schemas::ApiVersion;
use schemas::layout::{NONE, Section};

use super::arm_id;
use super::bundle::{Schema, compare_names, partition, u24_at, u32_at};
use super::function::{Function, Functions, TypeFunctions};
use super::path::BodyPath;
use super::scope::{ANY_RESOURCE_ID, Scope, Scopes};
use super::shape::Shape;
use super::types::{Owner, Property, SchemaType, TypeKind};
use crate::text::closest;

/// The most near names that are given.
const NEAR_NAMES: usize = 5;

/// What there is of a type@version.
#[derive(Debug, Clone)]
pub enum Lookup<'s> {
    /// This version of this type.
    Found(ResourceVersion<'s>),
    /// The type has no such version.
    UnknownVersion {
        /// The type.
        resource_type: ResourceType<'s>,
        /// Its versions that are written nearly so, nearest first.
        close: Vec<&'s str>,
    },
    /// There is no such type.
    UnknownType {
        /// Types that are written nearly so, nearest first.
        close: Vec<&'s str>,
    },
}

impl Schema {
    /// The type of this name, whatever the case of its letters. O(log types), allocates nothing.
    pub fn resource_type(&self, name: &str) -> Option<ResourceType<'_>> {
        let count = self.count(Section::Types);
        let at = |index| ResourceType { schema: self, index };
        let is_at = |index| index < count && at(index).name().eq_ignore_ascii_case(name);
        // One block is asked about several times, and the next is often of the same type.
        let last = self.last_type.load(Ordering::Relaxed);
        if is_at(last) {
            return Some(at(last));
        }
        let index = partition(count, |index| compare_names(at(index).name(), name).is_lt());
        is_at(index).then(|| {
            self.last_type.store(index, Ordering::Relaxed);
            at(index)
        })
    }

    /// All types, by name, whatever the case of its letters.
    pub fn resource_types(&self) -> ResourceTypes<'_> {
        ResourceTypes { schema: self, next: 0, end: self.count(Section::Types) }
    }

    /// This type at this version. The type's case does not matter, the version's does.
    pub fn lookup(&self, name: &str, version: &str) -> Lookup<'_> {
        let Some(resource_type) = self.resource_type(name) else {
            return Lookup::UnknownType { close: self.close_types(name) };
        };
        match resource_type.version(version) {
            Some(found) => Lookup::Found(found),
            None => {
                let versions = resource_type.versions().map(|v| v.api_version().as_str());
                Lookup::UnknownVersion { resource_type, close: closest(version, versions, NEAR_NAMES) }
            }
        }
    }

    /// Whether the data has a type of this namespace, whatever the case of its letters. O(log types).
    pub fn has_namespace(&self, namespace: &str) -> bool {
        let count = self.count(Section::Types);
        let at = |index| ResourceType { schema: self, index };
        let beginning = format!("{namespace}/");
        let index = partition(count, |index| compare_names(at(index).name(), &beginning).is_lt());
        index < count && starts_with(at(index).name(), &beginning)
    }

    /// Types that are written nearly like `name`, nearest first.
    pub fn close_types(&self, name: &str) -> Vec<&str> {
        closest(name, self.resource_types().map(ResourceType::name), NEAR_NAMES)
    }
}

/// A resource type, in all its versions and spellings.
#[derive(Clone, Copy)]
pub struct ResourceType<'s> {
    schema: &'s Schema,
    index: u32,
}

impl PartialEq for ResourceType<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.schema, other.schema) && self.index == other.index
    }
}

impl Eq for ResourceType<'_> {}

impl std::fmt::Debug for ResourceType<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ResourceType({})", self.name())
    }
}

impl<'s> ResourceType<'s> {
    fn number(self, at: usize) -> u32 {
        u32_at(self.schema.row(Section::Types, self.index), at).unwrap_or(0)
    }

    /// Its rows in the table of versions; never beyond it, however many a damaged row claims.
    fn rows(self) -> std::ops::Range<u32> {
        let end = self.number(8).saturating_add(self.number(12));
        let end = end.min(self.schema.count(Section::Versions));
        self.number(8).min(end)..end
    }

    /// As spelled at the newest version.
    pub fn name(self) -> &'s str {
        self.schema.string(self.number(0))
    }

    /// Every spelling, that of the newest version first.
    pub fn spellings(self) -> impl Iterator<Item = &'s str> {
        let schema = self.schema;
        let list = schema.list(self.number(4));
        (0..list.len()).map(move |index| schema.string(list.get(index)))
    }

    /// Newest first; of one date the stable version first. Over all spellings.
    pub fn versions(self) -> Versions<'s> {
        let rows = self.rows();
        Versions { of: self, next: rows.start, end: rows.end }
    }

    /// The version written exactly so. O(log versions).
    pub fn version(self, version: &str) -> Option<ResourceVersion<'s>> {
        let rows = self.rows();
        let at = |index| ResourceVersion { of: self, index: rows.start + index };
        let count = rows.end - rows.start;
        let wanted = ApiVersion::new(version);
        let index = partition(count, |index| at(index).api_version() > wanted);
        (index < count && at(index).api_version() == wanted).then(|| at(index))
    }

    /// The newest version. Every type has one.
    pub fn newest(self) -> ResourceVersion<'s> {
        ResourceVersion { of: self, index: self.number(8) }
    }

    /// The newest version that is no preview.
    pub(crate) fn newest_stable(self) -> Option<ResourceVersion<'s>> {
        self.versions().find(|version| !version.api_version().is_preview())
    }

    /// The one to propose: the newest stable version, or the newest preview where there is no other.
    pub(crate) fn preferred(self) -> ResourceVersion<'s> {
        self.newest_stable().unwrap_or(self.newest())
    }

    /// The name less its last segment; `None` for a top-level type. The parent need not be a known type.
    pub fn parent_type_name(self) -> Option<&'s str> {
        arm_id::parent_type(self.name())
    }

    /// The types one level below, by name.
    pub fn child_types(self) -> impl Iterator<Item = ResourceType<'s>> {
        let (schema, name) = (self.schema, self.name());
        let at = move |index| ResourceType { schema, index };
        // `/` is not the least character a name may hold, so what begins with `name` is passed in full.
        (self.index + 1..schema.count(Section::Types))
            .map(at)
            .take_while(move |ty| starts_with(ty.name(), name))
            .filter(move |ty| ty.parent_type_name().is_some_and(|p| p.eq_ignore_ascii_case(name)))
    }

    /// The forms an id of its parent may have, placeholders in braces, as its documentation lists them:
    /// from the scopes where its oldest version can be written; for a child type, below each of its
    /// parent's own.
    pub fn parent_patterns(self) -> Vec<String> {
        let Some(parent) = self.parent_type_name() else {
            return self.scope_patterns();
        };
        let Some(parent_type) = self.schema.resource_type(parent) else {
            return vec![ANY_RESOURCE_ID.to_owned()];
        };
        below_each(parent_type, parent_type.parent_patterns())
    }

    fn scope_patterns(self) -> Vec<String> {
        let oldest = self.versions().next_back();
        patterns_of(oldest.map(ResourceVersion::writable_scopes).unwrap_or_default())
    }

    /// The form of its own id, placeholders in braces, below the first of its parent patterns.
    pub fn import_id(self) -> String {
        let patterns = self.parent_patterns();
        arm_id::build(patterns.first().map_or("", String::as_str), self.name(), "{resourceName}")
    }

    /// The names of its functions over all versions, sorted.
    pub(crate) fn function_names(self) -> Vec<&'s str> {
        self.schema.functions(self.name()).map(TypeFunctions::names).unwrap_or_default()
    }
}

/// The forms of a parent's id at these scopes, from the widest.
fn patterns_of(scopes: Scopes) -> Vec<String> {
    let patterns: Vec<String> = scopes.iter().map(|scope| scope.parent_pattern().to_owned()).collect();
    if patterns.is_empty() { vec![ANY_RESOURCE_ID.to_owned()] } else { patterns }
}

/// The forms of the ids of a type's resources below each of these.
fn below_each(ty: ResourceType<'_>, above: Vec<String>) -> Vec<String> {
    let mut patterns = Vec::new();
    for above in above {
        let pattern =
            if above == ANY_RESOURCE_ID { above } else { arm_id::build(&above, ty.name(), "{resourceName}") };
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
    }
    patterns
}

fn starts_with(name: &str, prefix: &str) -> bool {
    let start = name.as_bytes().get(..prefix.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
}

/// All types, by name.
#[derive(Clone)]
pub struct ResourceTypes<'s> {
    schema: &'s Schema,
    next: u32,
    end: u32,
}

impl<'s> Iterator for ResourceTypes<'s> {
    type Item = ResourceType<'s>;

    fn next(&mut self) -> Option<ResourceType<'s>> {
        let index = self.next;
        (index < self.end).then(|| {
            self.next += 1;
            ResourceType { schema: self.schema, index }
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = (self.end - self.next) as usize;
        (left, Some(left))
    }
}

impl ExactSizeIterator for ResourceTypes<'_> {}

/// The versions of a type, newest first.
#[derive(Clone)]
pub struct Versions<'s> {
    of: ResourceType<'s>,
    next: u32,
    end: u32,
}

impl<'s> Iterator for Versions<'s> {
    type Item = ResourceVersion<'s>;

    fn next(&mut self) -> Option<ResourceVersion<'s>> {
        let index = self.next;
        (index < self.end).then(|| {
            self.next += 1;
            ResourceVersion { of: self.of, index }
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = (self.end - self.next) as usize;
        (left, Some(left))
    }
}

impl DoubleEndedIterator for Versions<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        (self.next < self.end).then(|| {
            self.end -= 1;
            ResourceVersion { of: self.of, index: self.end }
        })
    }
}

impl ExactSizeIterator for Versions<'_> {}

/// A resource type at one api-version.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ResourceVersion<'s> {
    of: ResourceType<'s>,
    index: u32,
}

impl std::fmt::Debug for ResourceVersion<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ResourceVersion({}@{})", self.type_name(), self.api_version())
    }
}

impl<'s> ResourceVersion<'s> {
    fn row(self) -> &'s [u8] {
        self.of.schema.row(Section::Versions, self.index)
    }

    fn string(self, at: usize) -> &'s str {
        self.of.schema.string(u24_at(self.row(), at).unwrap_or(NONE))
    }

    fn scopes(self, at: usize) -> Scopes {
        Scopes::from_bits(self.row().get(at).copied().unwrap_or(0))
    }

    /// The api-version.
    pub fn api_version(self) -> ApiVersion<'s> {
        ApiVersion::new(self.string(0))
    }

    /// The type it is a version of.
    pub fn resource_type(self) -> ResourceType<'s> {
        self.of
    }

    /// The type's name as spelled at this version.
    pub fn type_name(self) -> &'s str {
        self.string(3)
    }

    /// Where it can be read.
    pub fn readable_scopes(self) -> Scopes {
        self.scopes(9)
    }

    /// Where it can be written; empty when it cannot be created.
    pub fn writable_scopes(self) -> Scopes {
        self.scopes(10)
    }

    /// The scopes where its parent may lie, of a type with none above it: where it can be written, of these where
    /// the provider takes it, which asks where it can be read; where there is no such, where it can be read.
    pub(crate) fn parent_scopes(self) -> Scopes {
        let (readable, writable) = (self.readable_scopes(), self.writable_scopes());
        if readable.is_empty() || readable.contains(Scope::Extension) && !writable.is_empty() {
            return writable;
        }
        let both = writable.and(readable);
        if both.is_empty() { readable } else { both }
    }

    /// Whether it can be created somewhere.
    pub(crate) fn is_creatable(self) -> bool {
        let writable = self.writable_scopes();
        !writable.is_empty()
            && (self.of.parent_type_name().is_some() || !writable.and(self.parent_scopes()).is_empty())
    }

    /// The forms an id of its parent may have at this version, placeholders in braces, by its
    /// [`parent_scopes`](Self::parent_scopes); for a child type, below each of its parent's own at the same
    /// version or the newest. What documentation lists is [`ResourceType::parent_patterns`].
    pub fn parent_patterns(self) -> Vec<String> {
        let Some(parent) = self.of.parent_type_name() else {
            return patterns_of(self.parent_scopes());
        };
        let Some(parent_type) = self.of.schema.resource_type(parent) else {
            return vec![ANY_RESOURCE_ID.to_owned()];
        };
        let above = parent_type.version(self.api_version().as_str()).unwrap_or(parent_type.newest());
        below_each(parent_type, above.parent_patterns())
    }

    /// The type of its body.
    pub fn body(self) -> SchemaType<'s> {
        let class = u24_at(self.row(), 6).unwrap_or(NONE);
        let owner = Owner { type_name: self.type_name(), api_version: self.api_version().as_str() };
        SchemaType::new(self.of.schema, class, owner)
    }

    /// A property of its body's root: the base's, or that of the first variant that has it.
    pub(crate) fn root_property(self, name: &str) -> Option<Property<'s>> {
        match self.body().kind() {
            TypeKind::Object(object) => object.property(name),
            TypeKind::Discriminated(base) => {
                Shape::variants(base).into_iter().find_map(|shape| shape.property(name))
            }
            _ => None,
        }
    }

    /// The oldest version of its type whose body has the path; `None` when none has. A base property is
    /// there since the object is, whichever variant the path names in front of it. O(versions).
    pub fn since(self, path: &BodyPath) -> Option<ApiVersion<'s>> {
        let path = path.canonical(self.body());
        let mut last = None;
        for version in self.of.versions().rev() {
            let body = version.body();
            if last != Some(body.id()) && path.is_in(body) {
                return Some(version.api_version());
            }
            last = Some(body.id());
        }
        None
    }

    /// Whether both bodies are equal in all but descriptions and the implied `type` and `apiVersion`.
    pub fn same_body(self, other: ResourceVersion<'_>) -> bool {
        self.body().id() == other.body().id()
    }

    /// Its functions, by name.
    pub fn functions(self) -> impl ExactSizeIterator<Item = Function<'s>> {
        let functions = self.of.schema.functions(self.of.name());
        Functions::at(self.of.schema, functions.and_then(|f| f.row_of(self.api_version())))
    }
}
