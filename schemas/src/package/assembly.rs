//! Embedded resources of a .NET assembly, by its metadata alone: PE image → CLI header → metadata root →
//! tables → `ManifestResource` rows. Nothing is executed.

use std::ops::Range;

use super::bytes::{Bytes, range_within};
use super::table::{ASSEMBLY, MANIFEST_RESOURCE, Tables};

/// One embedded resource: its content is `range` of the assembly's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resource {
    pub(super) name: String,
    pub(super) range: Range<usize>,
}

/// What an assembly states of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Assembly {
    pub(super) name: String,
    /// `1.2.3.4`.
    pub(super) version: String,
    pub(super) resources: Vec<Resource>,
}

/// Why some bytes are no assembly to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AssemblyError {
    /// A PE image or something else, but without a CLI header.
    NotAnAssembly,
    /// Damaged or cut short; the words say in what part.
    Damaged(&'static str),
}

use AssemblyError::{Damaged, NotAnAssembly};

/// Reads the metadata; cost does not depend on the size of the resources.
pub(super) fn read(image: &[u8]) -> Result<Assembly, AssemblyError> {
    if !image.starts_with(b"MZ") {
        return Err(NotAnAssembly);
    }
    let sections = Sections::read(image).ok_or(Damaged("its headers"))?;
    let (address, size) = sections.cli.ok_or(NotAnAssembly)?;
    if address == 0 || size == 0 {
        return Err(NotAnAssembly);
    }
    let header = sections.offset(address).ok_or(Damaged("its CLI header"))?;
    let (metadata, resources) = cli_header(image, header, &sections).ok_or(Damaged("its CLI header"))?;
    let root = image.get(metadata).ok_or(Damaged("its metadata"))?;
    let area = image.get(resources.clone()).ok_or(Damaged("its resources"))?;
    let streams = Streams::read(root).ok_or(Damaged("its metadata streams"))?;
    let tables = Tables::read(streams.tables).ok_or(Damaged("its metadata tables"))?;
    let (name, version) = identity(&tables, streams.strings).ok_or(Damaged("its name"))?;
    let mut found = Vec::new();
    for row in 0..tables.rows(MANIFEST_RESOURCE) {
        let resource = embedded(&tables, row, streams.strings, area).ok_or(Damaged("its resources"))?;
        found.extend(resource.map(|mut it| {
            it.range.start += resources.start;
            it.range.end += resources.start;
            it
        }));
    }
    Ok(Assembly { name, version, resources: found })
}

/// Section table of a PE image and where the CLI header stands.
struct Sections {
    /// Virtual address, bytes, file offset.
    spans: Vec<(usize, usize, usize)>,
    /// Virtual address and size.
    cli: Option<(usize, usize)>,
}

impl Sections {
    fn read(image: &[u8]) -> Option<Self> {
        let start = Bytes::new(image, 0x3c).len32()?;
        let mut at = Bytes::new(image, start);
        if at.take(4)? != b"PE\0\0" {
            return None;
        }
        at.u16()?;
        let count = at.u16()?;
        at.take(12)?;
        let optional_size = usize::from(at.u16()?);
        at.u16()?;
        let optional = at.take(optional_size)?;
        let directories = match Bytes::new(optional, 0).u16()? {
            0x10b => 96,
            0x20b => 112,
            _ => return None,
        };
        let mut entry = Bytes::new(optional, directories + 14 * 8);
        let cli = entry.len32().zip(entry.len32());
        let spans = (0..count)
            .map(|_| {
                at.take(8)?;
                let (virtual_size, address) = (at.len32()?, at.len32()?);
                let (raw_size, offset) = (at.len32()?, at.len32()?);
                at.take(16)?;
                Some((address, virtual_size.max(raw_size), offset))
            })
            .collect::<Option<_>>()?;
        Some(Self { spans, cli })
    }

    fn offset(&self, address: usize) -> Option<usize> {
        self.spans.iter().find_map(|(start, size, offset)| {
            let within = address.checked_sub(*start)?;
            if within < *size { offset.checked_add(within) } else { None }
        })
    }
}

/// File ranges of the metadata and of the resources (empty when there are none).
fn cli_header(image: &[u8], offset: usize, sections: &Sections) -> Option<(Range<usize>, Range<usize>)> {
    let mut at = Bytes::new(image, offset);
    at.take(8)?;
    let (metadata, metadata_size) = (at.len32()?, at.len32()?);
    at.take(8)?;
    let (resources, resources_size) = (at.len32()?, at.len32()?);
    let metadata = range_within(sections.offset(metadata)?, metadata_size, image.len())?;
    let resources = if resources_size == 0 {
        0..0
    } else {
        range_within(sections.offset(resources)?, resources_size, image.len())?
    };
    Some((metadata, resources))
}

struct Streams<'i> {
    tables: &'i [u8],
    strings: &'i [u8],
}

impl<'i> Streams<'i> {
    fn read(root: &'i [u8]) -> Option<Self> {
        let mut at = Bytes::new(root, 0);
        if at.take(4)? != b"BSJB" {
            return None;
        }
        at.take(8)?;
        let version = at.len32()?;
        at.take(version)?;
        at.u16()?;
        let count = at.u16()?;
        let (mut tables, mut strings) = (None, None);
        for _ in 0..count {
            let (offset, size) = (at.len32()?, at.len32()?);
            let content = root.get(range_within(offset, size, root.len())?)?;
            let start = at.at;
            match at.zero_ended()? {
                "#~" | "#-" => tables = Some(content),
                "#Strings" => strings = Some(content),
                _ => {}
            }
            at.at = start + (at.at - start).next_multiple_of(4);
        }
        Some(Self { tables: tables?, strings: strings? })
    }
}

fn string(heap: &[u8], offset: u32) -> Option<&str> {
    Bytes::new(heap, usize::try_from(offset).ok()?).zero_ended()
}

fn identity(tables: &Tables<'_>, strings: &[u8]) -> Option<(String, String)> {
    if tables.rows(ASSEMBLY) == 0 {
        return Some(("unnamed".to_owned(), "0".to_owned()));
    }
    let part = |column| tables.cell(ASSEMBLY, 0, column);
    let version = format!("{}.{}.{}.{}", part(1)?, part(2)?, part(3)?, part(4)?);
    Some((string(strings, part(7)?)?.to_owned(), version))
}

/// `Some(None)` for a resource that stands in another file.
fn embedded(tables: &Tables<'_>, row: u32, strings: &[u8], area: &[u8]) -> Option<Option<Resource>> {
    let cell = |column| tables.cell(MANIFEST_RESOURCE, row, column);
    if cell(3)? != 0 {
        return Some(None);
    }
    let start = usize::try_from(cell(0)?).ok()?;
    let mut at = Bytes::new(area, start);
    let len = at.len32()?;
    Some(Some(Resource {
        name: string(strings, cell(2)?)?.to_owned(),
        range: range_within(at.at, len, area.len())?,
    }))
}
