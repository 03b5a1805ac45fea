//! Embedded resources of a .NET assembly, by its metadata alone: PE image → CLI header → metadata root →
//! tables → `ManifestResource` rows. Nothing is executed.

use std::ops::Range;

use object::FileKind;
use object::pe::IMAGE_DIRECTORY_ENTRY_COM_DESCRIPTOR;
use object::read::coff::SectionTable;
use object::read::pe::{ImageNtHeaders, PeFile, PeFile32, PeFile64};

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
    let parts = Image::read(image).ok_or(Damaged("its headers"))?;
    let (address, size) = parts.cli.ok_or(NotAnAssembly)?;
    if address == 0 || size == 0 {
        return Err(NotAnAssembly);
    }
    let header = parts.offset(address).ok_or(Damaged("its CLI header"))?;
    let (metadata, resources) = cli_header(image, header, &parts).ok_or(Damaged("its CLI header"))?;
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

/// Where the parts of a PE image stand.
struct Image<'i> {
    sections: SectionTable<'i>,
    /// Virtual address and size of the CLI header.
    cli: Option<(u32, u32)>,
}

impl<'i> Image<'i> {
    /// `None` when the headers are damaged.
    fn read(image: &'i [u8]) -> Option<Self> {
        match FileKind::parse(image).ok()? {
            FileKind::Pe32 => Some(PeFile32::parse(image).ok()?.into()),
            FileKind::Pe64 => Some(PeFile64::parse(image).ok()?.into()),
            _ => None,
        }
    }

    /// The file offset of a virtual address.
    fn offset(&self, address: u32) -> Option<usize> {
        usize::try_from(self.sections.pe_file_range_at(address)?.0).ok()
    }
}

impl<'i, Headers: ImageNtHeaders> From<PeFile<'i, Headers>> for Image<'i> {
    fn from(file: PeFile<'i, Headers>) -> Self {
        let cli = file.data_directory(IMAGE_DIRECTORY_ENTRY_COM_DESCRIPTOR);
        Self { sections: file.section_table(), cli: cli.map(|it| it.address_range()) }
    }
}

/// File ranges of the metadata and of the resources (empty when there are none).
fn cli_header(image: &[u8], offset: usize, parts: &Image<'_>) -> Option<(Range<usize>, Range<usize>)> {
    let mut at = Bytes::new(image, offset);
    at.take(8)?;
    let (metadata, metadata_size) = (at.u32()?, at.len32()?);
    at.take(8)?;
    let (resources, resources_size) = (at.u32()?, at.len32()?);
    let metadata = range_within(parts.offset(metadata)?, metadata_size, image.len())?;
    let resources = if resources_size == 0 {
        0..0
    } else {
        range_within(parts.offset(resources)?, resources_size, image.len())?
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
