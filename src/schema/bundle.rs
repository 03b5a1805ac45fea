//! A bundle's rows, read where they lie; nothing is kept on the heap per type.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering as Atomic};
use std::sync::{Arc, Mutex, PoisonError};

use schemas::layout::{FORMAT, MAGIC, NONE, SECTION_COUNT, SECTION_TABLE, Section};

use super::bundle_error::Fault;

/// How many inflated runs of descriptions are kept: the few that one hover or completion list reads.
const KEPT_RUNS: usize = 8;
/// No run is larger, whatever a file claims.
const LARGEST_RUN: u64 = 16 << 20;

/// The Azure type data of one package, read in place. All accessors are total: in a bundle that was not
/// checked and is damaged they give less, and never panic.
pub struct Schema {
    bytes: Bytes,
    sections: [Range<usize>; SECTION_COUNT],
    node_count: u32,
    serial: usize,
    runs: Mutex<Vec<(u32, Arc<Run>)>>,
    /// The type that was asked for last.
    pub(super) last_type: AtomicU32,
    /// From this number on descriptions say that what they describe is deprecated.
    pub(super) first_deprecated: u32,
}

/// Inflated descriptions, and where each ends.
struct Run {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// Where the bundle lies.
pub(super) enum Bytes {
    Static(&'static [u8]),
    Owned(Box<[u8]>),
}

impl Bytes {
    fn get(&self) -> &[u8] {
        match self {
            Bytes::Static(bytes) => bytes,
            Bytes::Owned(bytes) => bytes,
        }
    }
}

/// Where a bundle's data came from and how much of it there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'s> {
    /// Name of the package.
    pub package: &'s str,
    /// The package's own version.
    pub version: &'s str,
    /// The newest api-version in it, which is the data's date; empty when there is no type.
    pub newest_api_version: &'s str,
    /// Count of resource types, however they are spelled.
    pub types: usize,
    /// Count of type@versions.
    pub type_versions: usize,
    /// Count of different structures.
    pub nodes: usize,
    /// Whether properties have descriptions.
    pub has_descriptions: bool,
}

fn next_serial() -> usize {
    static SERIAL: AtomicUsize = AtomicUsize::new(0);
    SERIAL.fetch_add(1, Atomic::Relaxed)
}

impl Schema {
    /// A bundle without types.
    pub(super) fn empty() -> Schema {
        Schema {
            bytes: Bytes::Static(&[]),
            sections: std::array::from_fn(|_| 0..0),
            node_count: 0,
            serial: next_serial(),
            runs: Mutex::default(),
            last_type: AtomicU32::new(0),
            first_deprecated: NONE,
        }
    }

    /// Reads the header; the tables are read when they are needed.
    pub(super) fn with_header(bytes: Bytes) -> Result<Schema, Fault> {
        let all = bytes.get();
        if all.get(..MAGIC.len()) != Some(&MAGIC) {
            return Err(Fault::Foreign);
        }
        let number = |at| u32_at(all, at).ok_or(Fault::Truncated);
        let format = number(8)?;
        if format != FORMAT {
            return Err(Fault::OtherFormat(format));
        }
        match (number(16)? as usize).cmp(&all.len()) {
            Ordering::Greater => return Err(Fault::Truncated),
            Ordering::Less => return Err(Fault::Damaged("bytes follow its end")),
            Ordering::Equal => {}
        }
        let mut sections: [Range<usize>; SECTION_COUNT] = std::array::from_fn(|_| 0..0);
        for (index, section) in Section::ALL.into_iter().enumerate() {
            let start = number(SECTION_TABLE + index * 8)? as usize;
            let length = number(SECTION_TABLE + 4 + index * 8)? as usize;
            let end = start.checked_add(length).filter(|&end| end <= all.len());
            let end = end.ok_or(Fault::Damaged("a table lies outside of it"))?;
            if !length.is_multiple_of(section.width()) {
                return Err(Fault::Damaged("a table ends inside a row"));
            }
            sections[index] = start..end;
        }
        let (node_count, first_deprecated) = (number(32)?, number(36)?);
        Ok(Schema { bytes, sections, node_count, first_deprecated, ..Schema::empty() })
    }

    /// What the data is.
    pub fn source(&self) -> Source<'_> {
        let string = |at| self.string(u32_at(self.bytes.get(), at).unwrap_or(NONE));
        Source {
            package: string(20),
            version: string(24),
            newest_api_version: string(28),
            types: self.count(Section::Types) as usize,
            type_versions: self.count(Section::Versions) as usize,
            nodes: self.node_count as usize,
            has_descriptions: self.count(Section::TextBlocks) > 0,
        }
    }

    /// Differs between any two that this process opened, also where the one took the other's place in memory.
    pub(crate) fn serial(&self) -> usize {
        self.serial
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get()
    }

    pub(super) fn header_number(&self, at: usize) -> u32 {
        u32_at(self.bytes.get(), at).unwrap_or(NONE)
    }

    /// Count of structural nodes.
    pub(super) fn node_count(&self) -> u32 {
        self.node_count
    }

    pub(super) fn table(&self, section: Section) -> &[u8] {
        self.bytes.get().get(self.sections[section as usize].clone()).unwrap_or_default()
    }

    pub(super) fn count(&self, section: Section) -> u32 {
        (self.sections[section as usize].len() / section.width()) as u32
    }

    /// The bytes of a row; none when there is no such row.
    #[inline]
    pub(super) fn row(&self, section: Section, index: u32) -> &[u8] {
        let start = (index as usize).saturating_mul(section.width());
        let end = start.saturating_add(section.width());
        self.table(section).get(start..end).unwrap_or_default()
    }

    /// A string; empty when there is none of that number.
    #[inline]
    pub(super) fn string(&self, id: u32) -> &str {
        std::str::from_utf8(self.string_bytes(id)).unwrap_or_default()
    }

    #[inline]
    pub(super) fn string_bytes(&self, id: u32) -> &[u8] {
        const WIDTH: usize = Section::StringEnds.width();
        let ends = self.table(Section::StringEnds);
        let at = (id as usize).saturating_mul(WIDTH);
        // The end of the string before, where there is one, and its own.
        let pair = ends.get(at.saturating_sub(WIDTH)..at.saturating_add(WIDTH)).unwrap_or_default();
        let start = if id == 0 { Some(0) } else { u32_at(pair, 0) };
        let end = pair.last_chunk().map(|end| u32::from_le_bytes(*end));
        let (Some(start), Some(end)) = (start, end) else { return &[] };
        self.table(Section::StringBytes).get(start as usize..end as usize).unwrap_or_default()
    }

    /// The list at `at`; empty when it does not lie in the table.
    #[inline]
    pub(super) fn list(&self, at: u32) -> List<'_> {
        let table = self.table(Section::Lists);
        let start = (at as usize).saturating_mul(3);
        let Some(length) = u24_at(table, start) else { return List(&[]) };
        let start = start + 3;
        List(table.get(start..start.saturating_add(length as usize * 3)).unwrap_or_default())
    }

    /// A description by number. Inflates the run it lies in, unless that was done lately.
    pub(super) fn text(&self, id: u32) -> Option<String> {
        let blocks = self.count(Section::TextBlocks);
        let first = |block| u32_at(self.row(Section::TextBlocks, block), 0).unwrap_or(NONE);
        let block = partition(blocks, |block| first(block) <= id).checked_sub(1)?;
        let run = self.run(block)?;
        let index = id.checked_sub(first(block))? as usize;
        let start = if index == 0 { 0 } else { run.ends.get(index - 1)? + 1 };
        let text = run.bytes.get(start..*run.ends.get(index)?)?;
        Some(String::from_utf8_lossy(text).into_owned())
    }

    fn run(&self, block: u32) -> Option<Arc<Run>> {
        let mut runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, run)) = runs.iter().find(|(known, _)| *known == block) {
            return Some(run.clone());
        }
        let end = |block| u32_at(self.row(Section::TextBlocks, block), 4);
        let start = if block == 0 { 0 } else { end(block - 1)? as usize };
        let deflated = self.table(Section::TextBytes).get(start..end(block)? as usize)?;
        let mut bytes = Vec::new();
        let inflater = flate2::read::DeflateDecoder::new(deflated);
        std::io::Read::read_to_end(&mut std::io::Read::take(inflater, LARGEST_RUN), &mut bytes).ok()?;
        let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == 0).map(|(at, _)| at).collect();
        let run = Arc::new(Run { bytes, ends });
        if runs.len() == KEPT_RUNS {
            runs.remove(0);
        }
        runs.push((block, run.clone()));
        Some(run)
    }
}

impl std::fmt::Debug for Schema {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Schema").field(&self.source()).finish()
    }
}

/// A run of 24-bit numbers.
#[derive(Clone, Copy)]
pub(super) struct List<'s>(&'s [u8]);

impl List<'_> {
    pub(super) fn len(self) -> u32 {
        (self.0.len() / 3) as u32
    }

    #[inline]
    pub(super) fn get(self, index: u32) -> u32 {
        u24_at(self.0, index as usize * 3).unwrap_or(NONE)
    }

    pub(super) fn iter(self) -> impl Iterator<Item = u32> {
        (0..self.len()).map(move |index| self.get(index))
    }
}

#[inline]
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

#[inline]
pub(super) fn u24_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes: [u8; 3] = bytes.get(at..at.checked_add(3)?)?.try_into().ok()?;
    Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]))
}

/// How many of the first `count` numbers fulfil `holds`, which must hold up to some number and not after.
pub(super) fn partition(count: u32, holds: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

/// The order of type names: that of their bytes with ASCII letters in lower case.
pub(super) fn compare_names(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let common = a.len().min(b.len());
    for (a, b) in a[..common].iter().zip(&b[..common]) {
        match a.to_ascii_lowercase().cmp(&b.to_ascii_lowercase()) {
            Ordering::Equal => {}
            order => return order,
        }
    }
    a.len().cmp(&b.len())
}
