//! The full check of a bundle that comes from a file: every row of every table leads to rows that exist.

use std::cmp::Ordering;

use schemas::ApiVersion;
use schemas::layout::{NONE, Section, tag};

use super::bundle::{List, Schema, compare_names, u24_at, u32_at};
use super::bundle_error::Fault;

type Checked = Result<(), Fault>;

/// `Ok` when every number in every table leads somewhere and everything that is searched is sorted.
pub(super) fn check(schema: &Schema) -> Checked {
    let check = Check {
        schema,
        strings: schema.count(Section::StringEnds),
        classes: schema.node_count() + schema.count(Section::Alternates),
        properties: schema.count(Section::Properties),
        constraints: schema.count(Section::Constraints),
        lists: schema.count(Section::Lists),
        versions: schema.count(Section::Versions),
    };
    check.header()?;
    check.strings()?;
    check.properties()?;
    check.constraints()?;
    check.nodes()?;
    check.alternates()?;
    check.types()?;
    check.functions()?;
    check.texts()
}

struct Check<'s> {
    schema: &'s Schema,
    strings: u32,
    classes: u32,
    properties: u32,
    constraints: u32,
    lists: u32,
    versions: u32,
}

fn ensure(holds: bool, what: &'static str) -> Checked {
    if holds { Ok(()) } else { Err(Fault::Damaged(what)) }
}

fn u32_of(row: &[u8], at: usize) -> u32 {
    u32_at(row, at).unwrap_or(u32::MAX)
}

fn u24_of(row: &[u8], at: usize) -> u32 {
    u24_at(row, at).unwrap_or(u32::MAX)
}

impl<'s> Check<'s> {
    fn rows(&self, section: Section) -> impl Iterator<Item = &'s [u8]> + use<'s> {
        self.schema.table(section).chunks_exact(section.width())
    }

    fn string(&self, id: u32) -> Checked {
        ensure(id < self.strings, "a string is missing")
    }

    fn class(&self, class: u32) -> Checked {
        ensure(class < self.classes, "a type is missing")
    }

    fn optional_class(&self, class: u32) -> Checked {
        if class == NONE { Ok(()) } else { self.class(class) }
    }

    /// The list at `at`, all of which must lie in the table.
    fn list(&self, at: u32) -> Result<List<'s>, Fault> {
        let length = u24_at(self.schema.row(Section::Lists, at), 0);
        let end = length.and_then(|length| at.checked_add(1)?.checked_add(length));
        ensure(end.is_some_and(|end| end <= self.lists), "a list is missing")?;
        Ok(self.schema.list(at))
    }

    fn header(&self) -> Checked {
        for at in [20, 24, 28] {
            self.string(self.schema.header_number(at))?;
        }
        ensure(self.schema.node_count() == self.schema.count(Section::Nodes), "types are missing")
    }

    fn strings(&self) -> Checked {
        let bytes = self.schema.table(Section::StringBytes);
        let (mut start, mut previous) = (0, None);
        for row in self.rows(Section::StringEnds) {
            let end = u32_of(row, 0) as usize;
            let text = bytes.get(start..end).and_then(|text| std::str::from_utf8(text).ok());
            ensure(text.is_some(), "a string is not text")?;
            ensure(previous.is_none() || previous < text, "its strings are not in order")?;
            (start, previous) = (end, text);
        }
        ensure(start == bytes.len(), "its strings do not fill their table")
    }

    fn properties(&self) -> Checked {
        for row in self.rows(Section::Properties) {
            self.string(u24_of(row, 0))?;
            self.class(u24_of(row, 4))?;
        }
        Ok(())
    }

    fn constraints(&self) -> Checked {
        self.rows(Section::Constraints).try_for_each(|row| self.string(u24_of(row, 1)))
    }

    fn nodes(&self) -> Checked {
        for row in self.rows(Section::Nodes) {
            let (kind, a, b) = (row.first().copied(), u24_of(row, 1), u32_of(row, 4));
            match kind.map_or(u8::MAX, |kind| kind & !tag::HOLDS_SECRETS) {
                tag::STRING | tag::INTEGER => self.constraint(b)?,
                tag::BOOLEAN | tag::ANY | tag::OWN_TYPE | tag::OWN_VERSION => {}
                tag::LITERAL => self.string(a)?,
                tag::UNION => self.list(b)?.iter().try_for_each(|class| self.class(class))?,
                tag::ARRAY => {
                    self.class(a)?;
                    self.constraint(b)?;
                }
                tag::OBJECT | tag::SECRET_OBJECT => {
                    self.optional_class(a)?;
                    self.property_list(b)?;
                }
                tag::DISCRIMINATED => {
                    self.string(a)?;
                    let base = self.property_list(b)?;
                    let variants = self.list(b.saturating_add(1).saturating_add(base.len()))?;
                    self.variants(variants)?;
                }
                _ => return Err(Fault::Damaged("a type is of no known kind")),
            }
        }
        Ok(())
    }

    fn constraint(&self, id: u32) -> Checked {
        ensure(id < self.constraints, "a constraint is missing")
    }

    fn property_list(&self, at: u32) -> Result<List<'s>, Fault> {
        let list = self.list(at)?;
        let mut previous = None;
        for id in list.iter() {
            ensure(id < self.properties, "a property is missing")?;
            // Strings are sorted, so their numbers are in the order of the names.
            let name = Some(u24_of(self.schema.row(Section::Properties, id), 0));
            ensure(previous < name, "the properties of a type are not in order")?;
            previous = name;
        }
        Ok(list)
    }

    fn variants(&self, list: List<'_>) -> Checked {
        ensure(list.len().is_multiple_of(2), "a variant is cut off")?;
        let mut previous = None;
        for index in (0..list.len()).step_by(2) {
            let value = Some(list.get(index));
            self.string(list.get(index))?;
            self.class(list.get(index + 1))?;
            ensure(previous < value, "the variants of a type are not in order")?;
            previous = value;
        }
        Ok(())
    }

    fn alternates(&self) -> Checked {
        let overrides = self.schema.count(Section::Overrides);
        let mut start = 0;
        for row in self.rows(Section::Alternates) {
            let end = u32_of(row, 3);
            ensure(u24_of(row, 0) < self.schema.node_count(), "a type is missing")?;
            ensure(start <= end, "described types are not in order")?;
            let mut previous = None;
            for index in start..end {
                let row = self.schema.row(Section::Overrides, index);
                let slot = row.get(..2).map(|slot| u16::from_le_bytes([slot[0], slot[1]]));
                // One that is missing has no slot.
                ensure(previous < slot, "described types are not in order")?;
                self.class(u24_of(row, 2))?;
                previous = slot;
            }
            start = end;
        }
        ensure(start == overrides, "described types are missing")
    }

    fn types(&self) -> Checked {
        let (mut next, mut previous) = (0, "");
        for row in self.rows(Section::Types) {
            let [name, spellings, first, count] = [0, 4, 8, 12].map(|at| u32_of(row, at));
            self.string(name)?;
            previous = self.after(previous, name)?;
            self.list(spellings)?.iter().try_for_each(|spelling| self.string(spelling))?;
            ensure(first == next && count > 0, "versions are missing")?;
            next = first.saturating_add(count);
            ensure(next <= self.versions, "versions are missing")?;
            self.newest_first(first..next, |row| u24_of(row, 0), Section::Versions)?;
        }
        for row in self.rows(Section::Versions) {
            self.string(u24_of(row, 3))?;
            self.class(u24_of(row, 6))?;
        }
        ensure(next == self.versions, "versions are missing")
    }

    /// The string `name`, which must come after `previous` whatever the case of their letters.
    fn after(&self, previous: &str, name: u32) -> Result<&'s str, Fault> {
        let name = self.schema.string(name);
        let order = compare_names(previous, name);
        ensure(order == Ordering::Less, "its types are not in order")?;
        Ok(name)
    }

    fn newest_first(
        &self,
        rows: std::ops::Range<u32>,
        version: impl Fn(&[u8]) -> u32,
        section: Section,
    ) -> Checked {
        let mut previous = None;
        for index in rows {
            let id = version(self.schema.row(section, index));
            self.string(id)?;
            let version = ApiVersion::new(self.schema.string(id));
            let ordered = previous.is_none_or(|previous| previous > version);
            ensure(ordered, "the versions of a type are not in order")?;
            previous = Some(version);
        }
        Ok(())
    }

    fn functions(&self) -> Checked {
        let rows = self.schema.count(Section::FunctionVersions);
        let (mut next, mut previous) = (0, "");
        for row in self.rows(Section::FunctionTypes) {
            let [name, first, count] = [0, 4, 8].map(|at| u32_of(row, at));
            self.string(name)?;
            previous = self.after(previous, name)?;
            ensure(first == next && count > 0, "functions are missing")?;
            next = first.saturating_add(count);
            ensure(next <= rows, "functions are missing")?;
            self.newest_first(first..next, |row| u32_of(row, 0), Section::FunctionVersions)?;
        }
        ensure(next == rows, "functions are missing")?;
        for row in self.rows(Section::FunctionVersions) {
            let list = self.list(u32_of(row, 4))?;
            ensure(list.len().is_multiple_of(4), "a function is cut off")?;
            for index in (0..list.len()).step_by(4) {
                self.string(list.get(index))?;
                self.string(list.get(index + 1))?;
                self.optional_class(list.get(index + 2))?;
                self.class(list.get(index + 3))?;
            }
        }
        Ok(())
    }

    fn texts(&self) -> Checked {
        let deflated = self.schema.count(Section::TextBytes);
        let (mut first, mut start) = (None, 0);
        for row in self.rows(Section::TextBlocks) {
            let end = u32_of(row, 4);
            ensure(start < end && end <= deflated, "descriptions are missing")?;
            ensure(first < Some(u32_of(row, 0)), "descriptions are not in order")?;
            (first, start) = (Some(u32_of(row, 0)), end);
        }
        ensure(start == deflated, "descriptions are missing")
    }
}
