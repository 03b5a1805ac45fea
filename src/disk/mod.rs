//! Reading a module's files: the only code that touches the disk for the server and the commands.
//!
//! Plain files of a bounded size only; a device, a pipe or a giant is told and left out, never waited for.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Bytes of the largest file that is read.
pub const LARGEST_FILE: u64 = 16 << 20;
/// Bytes read from one folder at most.
pub const LARGEST_MODULE: u64 = 64 << 20;
/// The name of the project's settings file.
pub const CONFIG_FILE: &str = ".azapi-ls.toml";

/// Something that cannot be read.
#[derive(Debug)]
pub struct DiskError {
    /// What.
    pub path: PathBuf,
    /// Why not.
    pub reason: Reason,
}

/// Why a path cannot be read.
#[derive(Debug)]
pub enum Reason {
    /// The system says no.
    Io(io::Error),
    /// A folder, a pipe, a device.
    NotAFile,
    /// Over [`LARGEST_FILE`] bytes, or the folder is over [`LARGEST_MODULE`].
    TooLarge,
    /// Not UTF-8.
    NotText,
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        match &self.reason {
            Reason::Io(error) => write!(f, "{error}"),
            Reason::NotAFile => f.write_str("not a plain file"),
            Reason::TooLarge => write!(f, "too large (a file may have {} MiB)", LARGEST_FILE >> 20),
            Reason::NotText => f.write_str("not UTF-8 text"),
        }
    }
}

impl std::error::Error for DiskError {}

/// What a folder holds.
#[derive(Debug, Default)]
pub struct ModuleFiles {
    /// Its `.tf` and `.tofu` files with their texts, by name.
    pub files: Vec<(PathBuf, String)>,
    /// What should have been among them but cannot be read.
    pub problems: Vec<DiskError>,
}

/// Whether Terraform or OpenTofu reads a file of this name as part of its folder's module.
pub fn is_module_file(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("tf" | "tofu")) && !name.starts_with('.')
}

/// The module files of a folder. A folder that does not exist has none.
pub fn read_module(dir: &Path) -> ModuleFiles {
    let mut found = ModuleFiles::default();
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return found,
        Err(error) => {
            found.problems.push(DiskError { path: dir.to_path_buf(), reason: Reason::Io(error) });
            return found;
        }
    };
    let mut paths: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| is_module_file(path)).collect();
    paths.sort();
    let mut bytes = 0;
    for path in paths {
        match read_text(&path) {
            Ok(Some(text)) if bytes + text.len() as u64 <= LARGEST_MODULE => {
                bytes += text.len() as u64;
                found.files.push((path, text));
            }
            Ok(Some(_)) => found.problems.push(DiskError { path, reason: Reason::TooLarge }),
            Ok(None) => {}
            Err(problem) => found.problems.push(problem),
        }
    }
    found
}

/// The text of a file; `None` when there is none. Links are followed to plain files only.
pub fn read_text(path: &Path) -> Result<Option<String>, DiskError> {
    let fail = |reason| DiskError { path: path.to_path_buf(), reason };
    match read_bytes(path) {
        Ok(bytes) => String::from_utf8(bytes).map(Some).map_err(|_| fail(Reason::NotText)),
        Err(Reason::Io(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(reason) => Err(fail(reason)),
    }
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Reason> {
    // Asked before opening: opening a pipe waits for its other end.
    check_plain(&fs::metadata(path).map_err(Reason::Io)?)?;
    let file = fs::File::open(path).map_err(Reason::Io)?;
    let metadata = file.metadata().map_err(Reason::Io)?;
    check_plain(&metadata)?;
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    // A file may grow while it is read, and some (under /proc) do not tell their length.
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(Reason::Io)?;
    if bytes.len() as u64 > LARGEST_FILE { Err(Reason::TooLarge) } else { Ok(bytes) }
}

fn check_plain(metadata: &fs::Metadata) -> Result<(), Reason> {
    if !metadata.is_file() {
        return Err(Reason::NotAFile);
    }
    if metadata.len() > LARGEST_FILE { Err(Reason::TooLarge) } else { Ok(()) }
}

/// The settings file that holds for a folder: its own, or that of the nearest folder above; with its text.
pub fn find_config(dir: &Path) -> Result<Option<(PathBuf, String)>, DiskError> {
    for dir in dir.ancestors() {
        let path = dir.join(CONFIG_FILE);
        if let Some(text) = read_text(&path)? {
            return Ok(Some((path, text)));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: &ModuleFiles) -> Vec<&str> {
        found.files.iter().map(|(path, _)| path.file_name().unwrap().to_str().unwrap()).collect()
    }

    #[test]
    fn a_module_is_its_folders_terraform_files_by_name() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["b.tf", "a.tofu", "c.tf.json", "d.tfvars", ".hidden.tf", "e.tf~", ".tf"] {
            fs::write(dir.path().join(name), name).unwrap();
        }
        fs::create_dir(dir.path().join("sub")).unwrap();
        fs::write(dir.path().join("sub/f.tf"), "").unwrap();
        let found = read_module(dir.path());
        assert_eq!(names(&found), ["a.tofu", "b.tf"]);
        assert!(found.problems.is_empty());
    }

    #[test]
    fn a_folder_that_does_not_exist_is_empty() {
        let found = read_module(Path::new("/no/such/folder"));
        assert!(found.files.is_empty() && found.problems.is_empty());
    }

    #[test]
    fn what_cannot_be_read_is_told_and_the_rest_is_read() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.tf"), [0xff, 0xfe]).unwrap();
        fs::create_dir(dir.path().join("b.tf")).unwrap();
        fs::File::create(dir.path().join("c.tf")).unwrap().set_len(LARGEST_FILE + 1).unwrap();
        fs::write(dir.path().join("d.tf"), "d").unwrap();
        let found = read_module(dir.path());
        assert_eq!(names(&found), ["d.tf"]);
        let reasons: Vec<_> = found.problems.iter().map(|problem| &problem.reason).collect();
        assert!(matches!(reasons[..], [Reason::NotText, Reason::NotAFile, Reason::TooLarge]), "{reasons:?}");
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_or_a_device_is_not_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/dev/zero", dir.path().join("zero.tf")).unwrap();
        std::os::unix::fs::symlink("/no/such/file", dir.path().join("dangling.tf")).unwrap();
        let pipe = dir.path().join("pipe.tf");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let found = read_module(dir.path());
        assert_eq!(names(&found), [""; 0]);
        assert_eq!(found.problems.len(), 2);
    }

    #[test]
    fn the_nearest_settings_file_upward_holds() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("a/b/c");
        fs::create_dir_all(&deep).unwrap();
        fs::write(dir.path().join(CONFIG_FILE), "far").unwrap();
        fs::write(dir.path().join("a/b").join(CONFIG_FILE), "near").unwrap();
        let (path, text) = find_config(&deep).unwrap().unwrap();
        assert_eq!((path, text.as_str()), (dir.path().join("a/b").join(CONFIG_FILE), "near"));
    }
}
