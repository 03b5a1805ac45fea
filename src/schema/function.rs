//! The functions (`listKeys`, …) of resource types.

use schemas::ApiVersion;
use schemas::layout::{NONE, Section};

use super::bundle::{List, Schema, compare_names, partition, u32_at};
use super::types::{Owner, SchemaType};

impl Schema {
    /// The functions of a type, whatever the case of its letters. Some types that are no resources have
    /// functions too.
    pub fn functions(&self, type_name: &str) -> Option<TypeFunctions<'_>> {
        let count = self.count(Section::FunctionTypes);
        let at = |index| TypeFunctions { schema: self, index };
        let index = partition(count, |index| compare_names(at(index).type_name(), type_name).is_lt());
        (index < count && compare_names(at(index).type_name(), type_name).is_eq()).then(|| at(index))
    }

    /// The functions of all types, by type name.
    pub fn function_types(&self) -> impl ExactSizeIterator<Item = TypeFunctions<'_>> {
        (0..self.count(Section::FunctionTypes)).map(|index| TypeFunctions { schema: self, index })
    }
}

/// The functions of one type, at all versions.
#[derive(Clone, Copy)]
pub struct TypeFunctions<'s> {
    schema: &'s Schema,
    index: u32,
}

impl std::fmt::Debug for TypeFunctions<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TypeFunctions({})", self.type_name())
    }
}

impl<'s> TypeFunctions<'s> {
    fn number(self, at: usize) -> u32 {
        u32_at(self.schema.row(Section::FunctionTypes, self.index), at).unwrap_or(0)
    }

    /// The type, as spelled with its functions.
    pub fn type_name(self) -> &'s str {
        self.schema.string(self.number(0))
    }

    fn rows(self) -> std::ops::Range<u32> {
        let end = self.number(4).saturating_add(self.number(8));
        let end = end.min(self.schema.count(Section::FunctionVersions));
        self.number(4).min(end)..end
    }

    fn version_at(self, row: u32) -> ApiVersion<'s> {
        let row = self.schema.row(Section::FunctionVersions, row);
        ApiVersion::new(self.schema.string(u32_at(row, 0).unwrap_or(NONE)))
    }

    pub(super) fn row_of(self, version: ApiVersion<'_>) -> Option<u32> {
        let rows = self.rows();
        let count = rows.end - rows.start;
        let index = partition(count, |index| self.version_at(rows.start + index) > version);
        let row = rows.start + index;
        (index < count && self.version_at(row) == version).then_some(row)
    }

    /// The versions that have functions, newest first.
    pub fn versions(self) -> impl DoubleEndedIterator<Item = ApiVersion<'s>> + ExactSizeIterator {
        self.rows().map(move |row| self.version_at(row))
    }

    /// The functions of the version written exactly so, by name; none when there is no such version.
    pub fn at(self, version: &str) -> impl ExactSizeIterator<Item = Function<'s>> {
        Functions::at(self.schema, self.row_of(ApiVersion::new(version)))
    }

    /// Their names over all versions, sorted.
    pub fn names(self) -> Vec<&'s str> {
        let mut names: Vec<&str> =
            self.rows().flat_map(|row| Functions::at(self.schema, Some(row))).map(Function::name).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// The functions of a type at one version.
pub(super) struct Functions<'s> {
    schema: &'s Schema,
    list: List<'s>,
    api_version: &'s str,
    next: u32,
}

impl<'s> Functions<'s> {
    pub(super) fn at(schema: &'s Schema, row: Option<u32>) -> Self {
        let row = row.map_or(&[][..], |row| schema.row(Section::FunctionVersions, row));
        let [version, list] = [0, 4].map(|at| u32_at(row, at).unwrap_or(u32::MAX));
        let api_version = schema.string(version);
        Functions { schema, list: schema.list(list), api_version, next: 0 }
    }
}

impl<'s> Iterator for Functions<'s> {
    type Item = Function<'s>;

    fn next(&mut self) -> Option<Function<'s>> {
        if self.next >= self.list.len() / 4 {
            return None;
        }
        let [name, type_name, input, output] = [0, 1, 2, 3].map(|field| self.list.get(self.next * 4 + field));
        self.next += 1;
        let owner = Owner { type_name: self.schema.string(type_name), api_version: self.api_version };
        let ty = |class| SchemaType::new(self.schema, class, owner);
        Some(Function {
            name: self.schema.string(name),
            type_name: owner.type_name,
            input: (input != NONE).then(|| ty(input)),
            output: ty(output),
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = (self.list.len() / 4).saturating_sub(self.next) as usize;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Functions<'_> {}

/// A function of a type at one version.
#[derive(Debug, Clone, Copy)]
pub struct Function<'s> {
    name: &'s str,
    type_name: &'s str,
    input: Option<SchemaType<'s>>,
    output: SchemaType<'s>,
}

impl<'s> Function<'s> {
    /// `listKeys`, …
    pub fn name(self) -> &'s str {
        self.name
    }

    /// The type it belongs to, as spelled with the function.
    pub fn type_name(self) -> &'s str {
        self.type_name
    }

    /// What it takes; `None` when it takes no body.
    pub fn input(self) -> Option<SchemaType<'s>> {
        self.input
    }

    /// The type of what it returns.
    pub fn output(self) -> SchemaType<'s> {
        self.output
    }
}
