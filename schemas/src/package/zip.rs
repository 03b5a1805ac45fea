//! Entries of a zip archive (`.nupkg`, `.whl`), found by its central directory.

use super::bytes::{Bytes, inflate};

const END_OF_DIRECTORY: &[u8; 4] = b"PK\x05\x06";
const DIRECTORY_ENTRY: u32 = 0x0201_4b50;
const LOCAL_ENTRY: u32 = 0x0403_4b50;

/// The end record may be followed by a comment of this many bytes.
const LONGEST_COMMENT: usize = 0xffff;

/// One file of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    /// Bytes when inflated, as the directory states it.
    pub(super) size: usize,
    /// `YYYY-MM-DD`.
    pub(super) date: String,
    method: u16,
    deflated: usize,
    local: usize,
}

/// What the central directory lists; `None` when it is damaged, cut short or not there.
pub(super) fn entries(zip: &[u8]) -> Option<Vec<Entry>> {
    let from = zip.len().saturating_sub(LONGEST_COMMENT + 22);
    let end = from + zip.get(from..)?.windows(4).rposition(|it| it == END_OF_DIRECTORY)?;
    let mut record = Bytes::new(zip, end + 10);
    let count = record.u16()?;
    record.u32()?;
    let start = record.len32()?;
    let comment = record.u16()?;
    record.take(comment.into())?;
    let mut at = Bytes::new(zip, start);
    (0..count).map(|_| entry(&mut at)).collect()
}

fn entry(at: &mut Bytes<'_>) -> Option<Entry> {
    if at.u32()? != DIRECTORY_ENTRY {
        return None;
    }
    at.take(6)?;
    let method = at.u16()?;
    at.u16()?;
    let date = at.u16()?;
    at.u32()?;
    let (deflated, size) = (at.len32()?, at.len32()?);
    let (name, extra, comment) = (at.u16()?, at.u16()?, at.u16()?);
    at.take(8)?;
    let local = at.len32()?;
    let name = at.take(name.into())?;
    at.take(usize::from(extra) + usize::from(comment))?;
    Some(Entry {
        name: String::from_utf8_lossy(name).into_owned(),
        size,
        date: format!("{:04}-{:02}-{:02}", 1980 + (date >> 9), date >> 5 & 15, date & 31),
        method,
        deflated,
        local,
    })
}

/// The entry's content, at most `most` bytes; the words say what is wrong with it.
pub(super) fn read(zip: &[u8], entry: &Entry, most: usize) -> Result<Vec<u8>, String> {
    let data = data(zip, entry).ok_or("damaged or cut short")?;
    let content = match entry.method {
        0 if data.len() <= most => data.to_vec(),
        0 => return Err(format!("longer than {most} bytes")),
        8 => inflate(data, most)?,
        other => return Err(format!("compressed by method {other}, which is not read")),
    };
    if content.len() != entry.size {
        return Err("damaged or cut short".to_owned());
    }
    Ok(content)
}

fn data<'z>(zip: &'z [u8], entry: &Entry) -> Option<&'z [u8]> {
    let mut at = Bytes::new(zip, entry.local);
    if at.u32()? != LOCAL_ENTRY {
        return None;
    }
    at.take(22)?;
    let (name, extra) = (at.u16()?, at.u16()?);
    at.take(usize::from(name) + usize::from(extra))?;
    at.take(entry.deflated)
}
