//! Opening bundles: the program's own by its header alone, a file only after a check of all of it.

use std::io::Read;
use std::path::Path;
use std::sync::LazyLock;

use schemas::layout::{CHECKED_FROM, HEADER_LENGTH, MAGIC};

use super::bundle::{Bytes, Schema, u32_at};
use super::bundle_error::{BundleError, Fault};
use super::check::check;

/// Aligns the bundle inside the program, so that its tables lie on whole cache lines.
#[repr(align(64))]
struct Aligned<T: ?Sized>(T);

static BUNDLED: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/types.bundle")));

impl Schema {
    /// The data inside the program. Only its header is read; the build made it and a test checks it.
    pub fn bundled() -> &'static Schema {
        static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
            Schema::with_header(Bytes::Static(&BUNDLED.0)).unwrap_or_else(|_| Schema::empty())
        });
        &SCHEMA
    }

    /// The bytes of [`Schema::bundled`], for tests and measurements.
    pub fn bundled_bytes() -> &'static [u8] {
        &BUNDLED.0
    }

    /// Reads a bundle file into memory and checks all of it (some milliseconds), so that whatever is asked of it
    /// later has an answer, whatever becomes of the file: one that is cut off under a memory map would end the
    /// process. `path` is for messages alone. The file must be a plain one.
    pub fn open(file: &std::fs::File, path: &Path) -> Result<Schema, BundleError> {
        let fault = |fault| BundleError { path: Some(path.to_owned()), fault };
        let read = |error: std::io::Error| fault(Fault::Unreadable(error.to_string()));
        let length = file.metadata().map_err(read)?.len();
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        // Bytes that somebody adds meanwhile are left alone.
        file.take(length).read_to_end(&mut bytes).map_err(read)?;
        if bytes.len() < HEADER_LENGTH {
            let foreign = bytes.get(..MAGIC.len()) != Some(&MAGIC);
            return Err(fault(if foreign { Fault::Foreign } else { Fault::Truncated }));
        }
        Schema::checked(Bytes::Owned(bytes.into())).map_err(fault)
    }

    /// The same checks on bytes in memory.
    pub fn from_bytes(bytes: impl Into<Box<[u8]>>) -> Result<Schema, BundleError> {
        Schema::checked(Bytes::Owned(bytes.into())).map_err(|fault| BundleError { path: None, fault })
    }

    /// Reads the header alone, as for the program's own data.
    #[cfg(test)]
    pub(super) fn unchecked(bytes: Vec<u8>) -> Result<Schema, Fault> {
        Schema::with_header(Bytes::Owned(bytes.into()))
    }

    fn checked(bytes: Bytes) -> Result<Schema, Fault> {
        let schema = Schema::with_header(bytes)?;
        let bytes = schema.bytes();
        let mut crc = flate2::Crc::new();
        crc.update(bytes.get(CHECKED_FROM..).unwrap_or_default());
        if Some(crc.sum()) != u32_at(bytes, 12) {
            return Err(Fault::Damaged("its checksum does not match"));
        }
        check(&schema)?;
        Ok(schema)
    }
}
