//! Archives of a release: tar.gz for Unix, zip for Windows. Equal files give equal bytes.

use std::io::{self, Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// One file of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    /// From the archive's root, with `/`; no part of it longer than a tar header holds, which is 100 bytes.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) executable: bool,
}

impl File {
    fn mode(&self) -> u32 {
        if self.executable { 0o755 } else { 0o644 }
    }
}

/// A gzipped tar archive, its files without dates and owners.
pub(crate) fn tar_gz(files: &[File]) -> io::Result<Vec<u8>> {
    let mut out = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::best()));
    for file in files {
        let mut header = tar::Header::new_ustar();
        header.set_path(&file.name).map_err(|error| io::Error::other(format!("{}: {error}", file.name)))?;
        header.set_mode(file.mode());
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(0);
        header.set_size(file.bytes.len() as u64);
        header.set_cksum();
        out.append(&header, &file.bytes[..])?;
    }
    out.into_inner()?.finish()
}

/// A zip archive, its files of the first day that one can state.
pub(crate) fn zip(files: &[File]) -> io::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::DEFAULT)
        .system(System::Unix);
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        out.start_file(file.name.as_str(), options.unix_permissions(file.mode()))?;
        out.write_all(&file.bytes)?;
    }
    Ok(out.finish()?.into_inner())
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
