//! Files inside of a .NET single-file program: a native program with a manifest that lists what was
//! appended to it.

use super::bytes::{Bytes, inflate, range_within};

/// Marks the place whose 8 bytes before it give the offset of the manifest.
pub(super) const MARK: [u8; 32] = [
    0x8b, 0x12, 0x02, 0xb9, 0x6a, 0x61, 0x20, 0x38, 0x72, 0x7b, 0x93, 0x02, 0x14, 0xd7, 0xa0, 0x32, 0x13,
    0xf5, 0xb9, 0xe6, 0xef, 0xae, 0x33, 0x18, 0xee, 0x3b, 0x2d, 0xce, 0x24, 0xb3, 0x6a, 0xae,
];

/// More files than any program holds.
const MOST_FILES: u32 = 100_000;

/// One file in a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) path: String,
    offset: usize,
    size: usize,
    /// 0 when stored as it is.
    deflated: usize,
}

/// What the manifest lists; `None` when the bytes are no such program, or a damaged one.
pub(super) fn parts(program: &[u8]) -> Option<Vec<Part>> {
    let mark = find(program, &MARK)?;
    let manifest = Bytes::new(program, mark.checked_sub(8)?).len64()?;
    let mut at = Bytes::new(program, manifest);
    let major = at.u32()?;
    at.u32()?;
    let count = at.u32()?;
    if count > MOST_FILES {
        return None;
    }
    text(&mut at)?;
    if major >= 2 {
        at.take(40)?;
    }
    (0..count)
        .map(|_| {
            let (offset, size) = (at.len64()?, at.len64()?);
            let deflated = if major >= 6 { at.len64()? } else { 0 };
            at.u8()?;
            let path = text(&mut at)?.to_owned();
            Some(Part { path, offset, size, deflated })
        })
        .collect()
}

/// The content of a part, at most `most` bytes; the words say what is wrong with it.
pub(super) fn read(program: &[u8], part: &Part, most: usize) -> Result<Vec<u8>, String> {
    let stored = if part.deflated == 0 { part.size } else { part.deflated };
    let data = range_within(part.offset, stored, program.len()).map(|it| &program[it]);
    let data = data.ok_or("cut short")?;
    if part.size > most {
        return Err(format!("longer than {most} bytes"));
    }
    if part.deflated == 0 { Ok(data.to_vec()) } else { inflate(data, most) }
}

/// A text after its length, which is written 7 bits a byte.
fn text<'b>(at: &mut Bytes<'b>) -> Option<&'b str> {
    let mut len = 0_usize;
    for shift in [0, 7, 14] {
        let byte = at.u8()?;
        len |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return std::str::from_utf8(at.take(len)?).ok();
        }
    }
    None
}

fn find(all: &[u8], wanted: &[u8; 32]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = all.get(from..)?.iter().position(|it| *it == wanted[0]) {
        from += at;
        if all.get(from..)?.starts_with(wanted) {
            return Some(from);
        }
        from += 1;
    }
    None
}
