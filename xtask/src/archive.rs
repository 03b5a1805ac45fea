//! Archives of a release: tar.gz for Unix, zip for Windows. Equal files give equal bytes.

use std::io::{self, Write};

use flate2::write::{DeflateEncoder, GzEncoder};
use flate2::{Compression, Crc};

/// One file of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    /// From the archive's root, with `/`; at most 100 bytes.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) executable: bool,
}

impl File {
    fn mode(&self) -> u32 {
        if self.executable { 0o755 } else { 0o644 }
    }
}

const BLOCK: usize = 512;

/// A gzipped tar archive, its files without dates and owners.
pub(crate) fn tar_gz(files: &[File]) -> io::Result<Vec<u8>> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    for file in files {
        out.write_all(&tar_header(file)?)?;
        out.write_all(&file.bytes)?;
        let rest = file.bytes.len().next_multiple_of(BLOCK) - file.bytes.len();
        out.write_all(&[0; BLOCK][..rest])?;
    }
    out.write_all(&[0; 2 * BLOCK])?;
    out.finish()
}

/// The header of the POSIX form (`ustar`).
fn tar_header(file: &File) -> io::Result<[u8; BLOCK]> {
    let mut header = [0; BLOCK];
    let mut put = |at: usize, text: &[u8]| header[at..at + text.len()].copy_from_slice(text);
    if file.name.len() > 100 {
        return Err(io::Error::other(format!("{}: the name is too long", file.name)));
    }
    put(0, file.name.as_bytes());
    put(100, format!("{:07o}", file.mode()).as_bytes());
    put(108, b"0000000");
    put(116, b"0000000");
    put(124, format!("{:011o}", file.bytes.len()).as_bytes());
    put(136, b"00000000000");
    // The sum counts its own place as spaces.
    put(148, b"        ");
    put(156, b"0");
    put(257, b"ustar\x0000");
    let sum: u32 = header.iter().map(|it| u32::from(*it)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    Ok(header)
}

/// The first day that a zip archive can state.
const DAY: u32 = 1 << 5 | 1;

/// A zip archive, its files of one date.
pub(crate) fn zip(files: &[File]) -> io::Result<Vec<u8>> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for file in files {
        let start = size(out.len())?;
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&file.bytes)?;
        let packed = packed.finish()?;
        let about = zip_facts(file, size(packed.len())?)?;
        out.extend(b"PK\x03\x04\x14\x00");
        out.extend(&about);
        out.extend([0; 2]);
        out.extend(file.name.as_bytes());
        out.extend(&packed);
        // Made on Unix, so that the mode below counts.
        directory.extend(b"PK\x01\x02\x14\x03\x14\x00");
        directory.extend(&about);
        directory.extend([0; 8]);
        directory.extend((0o100_000 | file.mode()).rotate_left(16).to_le_bytes());
        directory.extend(start.to_le_bytes());
        directory.extend(file.name.as_bytes());
    }
    let (start, length) = (size(out.len())?, size(directory.len())?);
    let count = u16::try_from(files.len()).map_err(io::Error::other)?.to_le_bytes();
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count, count].concat());
    out.extend(length.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    Ok(out)
}

/// What a file's own header and its line in the directory both state: flags, deflated, date, sum, sizes, length
/// of the name.
fn zip_facts(file: &File, packed: u32) -> io::Result<Vec<u8>> {
    let mut sum = Crc::new();
    sum.update(&file.bytes);
    let mut facts = vec![0, 0, 8, 0];
    facts.extend((DAY << 16).to_le_bytes());
    facts.extend(sum.sum().to_le_bytes());
    facts.extend(packed.to_le_bytes());
    facts.extend(size(file.bytes.len())?.to_le_bytes());
    facts.extend(u16::try_from(file.name.len()).map_err(io::Error::other)?.to_le_bytes());
    Ok(facts)
}

fn size(bytes: usize) -> io::Result<u32> {
    u32::try_from(bytes).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::process::Command;

    use super::{File, tar_gz, zip};

    fn files() -> Vec<File> {
        let file = |name: &str, bytes: &[u8], executable| File {
            name: name.to_owned(),
            bytes: bytes.to_vec(),
            executable,
        };
        vec![
            file("program", &[7; 1500], true),
            file("README.md", b"text\n", false),
            file("man/program.1", &[b'x'; 512], false),
            file("empty", b"", false),
        ]
    }

    /// Unpacks with what the machine has; `false` when it has nothing.
    fn unpacked(folder: &Path, archive: &str, bytes: &[u8], program: &[&str]) -> bool {
        fs::write(folder.join(archive), bytes).expect("a writable folder");
        let mut command = Command::new(program[0]);
        match command.args(&program[1..]).current_dir(folder).output() {
            Ok(output) => {
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
                true
            }
            Err(_) => false,
        }
    }

    fn assert_all_there(folder: &Path) {
        for file in files() {
            let path = folder.join(&file.name);
            assert_eq!(fs::read(&path).expect("the file is there"), file.bytes, "{}", file.name);
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let mode = fs::metadata(&path).expect("the file is there").permissions().mode();
                assert_eq!(mode & 0o100 != 0, file.executable, "{}", file.name);
            }
        }
    }

    #[test]
    fn a_tar_archive_is_unpacked_by_others() {
        let folder = tempfile::tempdir().expect("a folder");
        let bytes = tar_gz(&files()).expect("an archive");
        if unpacked(folder.path(), "a.tar.gz", &bytes, &["tar", "-xzf", "a.tar.gz"]) {
            assert_all_there(folder.path());
        }
        assert_eq!(bytes, tar_gz(&files()).expect("an archive"));
    }

    #[test]
    fn a_zip_archive_is_unpacked_by_others() {
        let folder = tempfile::tempdir().expect("a folder");
        let bytes = zip(&files()).expect("an archive");
        if unpacked(folder.path(), "a.zip", &bytes, &["unzip", "-q", "a.zip"]) {
            assert_all_there(folder.path());
        }
        // Sums and sizes, by a reader that everyone has.
        unpacked(folder.path(), "b.zip", &bytes, &["python3", "-m", "zipfile", "-t", "b.zip"]);
        assert_eq!(bytes, zip(&files()).expect("an archive"));
    }

    #[test]
    fn a_name_too_long_for_a_tar_header_is_refused() {
        let file = File { name: "n".repeat(101), bytes: Vec::new(), executable: false };
        assert!(tar_gz(&[file]).is_err());
    }
}
