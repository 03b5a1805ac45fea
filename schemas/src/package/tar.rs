//! Files of a gzipped tar archive (an npm package), read in one pass.

use std::io::{self, Read};

const BLOCK: u64 = 512;

/// Calls `each` with the path and the size of every plain file and a reader of its content, which need not
/// be read to its end. Stops at the first error of `each`.
pub(super) fn for_each_file(
    tar: &mut dyn Read,
    mut each: impl FnMut(&str, u64, &mut dyn Read) -> io::Result<()>,
) -> io::Result<()> {
    let mut long_name = None;
    loop {
        let mut header = [0; 512];
        tar.read_exact(&mut header)?;
        if header.iter().all(|it| *it == 0) {
            return Ok(());
        }
        let size = octal(&header[124..136]).ok_or_else(|| damaged("a size"))?;
        let padded = size.checked_next_multiple_of(BLOCK).ok_or_else(|| damaged("a size"))?;
        let mut content = Read::take(&mut *tar, padded);
        match header[156] {
            b'0' | 0 => {
                let name = long_name.take().unwrap_or_else(|| name(&header));
                each(&name, size, &mut content.by_ref().take(size))?;
            }
            b'L' | b'x' => {
                let mut record = Vec::new();
                content.by_ref().take(size.min(BLOCK << 8)).read_to_end(&mut record)?;
                let record = String::from_utf8_lossy(&record);
                long_name = if header[156] == b'L' {
                    Some(record.trim_end_matches('\0').to_owned())
                } else {
                    pax_path(&record).or(long_name)
                };
            }
            _ => {}
        }
        let left = content.limit();
        if io::copy(&mut content, &mut io::sink())? < left {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

fn name(header: &[u8; 512]) -> String {
    let text = |bytes: &[u8]| {
        let len = bytes.iter().position(|it| *it == 0).unwrap_or(bytes.len());
        String::from_utf8_lossy(&bytes[..len]).into_owned()
    };
    let prefix = if &header[257..262] == b"ustar" { text(&header[345..500]) } else { String::new() };
    let name = text(&header[..100]);
    if prefix.is_empty() { name } else { format!("{prefix}/{name}") }
}

/// The value of `path` in records of the form `length key=value`.
fn pax_path(records: &str) -> Option<String> {
    let mut found = records.lines().filter_map(|it| it.split_once(' ')?.1.strip_prefix("path="));
    found.next().map(str::to_owned)
}

fn octal(field: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(field).ok()?;
    u64::from_str_radix(text.trim_matches(['\0', ' ']), 8).ok()
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{what} is damaged"))
}
