//! Little-endian numbers out of bytes that may end anywhere, and DEFLATE with a bound.

use std::io::Read;
use std::ops::Range;

use flate2::read::DeflateDecoder;

/// A place in some bytes; every read is checked and gives `None` past the end.
#[derive(Clone, Copy)]
pub(super) struct Bytes<'b> {
    pub(super) all: &'b [u8],
    pub(super) at: usize,
}

impl<'b> Bytes<'b> {
    pub(super) fn new(all: &'b [u8], at: usize) -> Self {
        Self { all, at }
    }

    pub(super) fn take(&mut self, len: usize) -> Option<&'b [u8]> {
        let end = self.at.checked_add(len)?;
        let taken = self.all.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.array::<1>().map(|[it]| it)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    /// A `u32` that is a length or an offset.
    pub(super) fn len32(&mut self) -> Option<usize> {
        self.u32().and_then(|it| usize::try_from(it).ok())
    }

    /// A `u64` that is a length or an offset.
    pub(super) fn len64(&mut self) -> Option<usize> {
        self.u64().and_then(|it| usize::try_from(it).ok())
    }

    /// Text up to a zero byte.
    pub(super) fn zero_ended(&mut self) -> Option<&'b str> {
        let rest = self.all.get(self.at..)?;
        let len = rest.iter().position(|it| *it == 0)?;
        self.at += len + 1;
        std::str::from_utf8(&rest[..len]).ok()
    }
}

/// `start..start + len` when that lies within `whole` bytes.
pub(super) fn range_within(start: usize, len: usize, whole: usize) -> Option<Range<usize>> {
    let end = start.checked_add(len)?;
    (end <= whole).then_some(start..end)
}

/// A raw DEFLATE stream of at most `most` bytes; the words say what is wrong with it.
pub(super) fn inflate(deflated: &[u8], most: usize) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(deflated.len().saturating_mul(8).min(most));
    let bound = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    DeflateDecoder::new(deflated)
        .take(bound)
        .read_to_end(&mut out)
        .map_err(|_| "damaged or cut short".to_owned())?;
    if out.len() > most {
        return Err(format!("inflates to more than {most} bytes"));
    }
    Ok(out)
}
