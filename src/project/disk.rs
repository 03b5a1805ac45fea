//! The only code that opens files for the server and the commands, whatever for.
//!
//! Plain files of a bounded size only; a device, a pipe or a giant is reported and left out, never waited for.

use std::fmt;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::terraform::FileKind;

/// Bytes of the largest file that is read.
const LARGEST_FILE: u64 = 16 << 20;
/// Bytes of the largest file of type data that is opened.
const LARGEST_DATA: u64 = 256 << 20;
/// Bytes read from one folder at most.
const LARGEST_MODULE: u64 = 64 << 20;
/// Entries of a folder whose files functions may read.
const MOST_ENTRIES: usize = 10_000;
/// The name of the project's settings file.
pub(crate) const CONFIG_FILE: &str = ".azapi-ls.toml";

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
    /// The system refuses.
    Io(io::Error),
    /// A folder, a pipe, a device.
    NotAFile,
    /// It, or its folder's module, has more than this many bytes.
    TooLarge(u64),
    /// Not UTF-8; in UTF-16, as its first bytes say, or not.
    NotText {
        /// Whether it begins as UTF-16 does.
        utf_16: bool,
    },
    /// Neither a folder nor a `.tf` or `.tofu` file.
    NotConfiguration,
    /// Somebody wrote it since it was read.
    Changed,
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.reason)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) if error.kind() == io::ErrorKind::NotFound => {
                f.write_str("there is no such file or folder")
            }
            Self::Io(error) => {
                let text = error.to_string();
                f.write_str(text.split_once(" (os error ").map_or(text.as_str(), |(plain, _)| plain))
            }
            Self::NotAFile => f.write_str("not a plain file"),
            Self::TooLarge(LARGEST_MODULE) => {
                write!(f, "too large (the files of a folder may have {} MiB)", LARGEST_MODULE >> 20)
            }
            Self::TooLarge(most) => write!(f, "too large (a file may have {} MiB)", most >> 20),
            Self::Changed => f.write_str("it was changed meanwhile; try again"),
            Self::NotText { utf_16: true } => f.write_str("UTF-16 text; save it as UTF-8"),
            Self::NotText { utf_16: false } => f.write_str("not UTF-8 text; save it as UTF-8"),
            Self::NotConfiguration => f.write_str("it is neither a folder nor a .tf or .tofu file"),
        }
    }
}

impl std::error::Error for DiskError {}

/// What a folder holds.
#[derive(Debug, Default)]
pub(super) struct ModuleFiles {
    /// Its configuration and its files of variables with their texts, by name.
    pub(super) files: Vec<(PathBuf, String)>,
    /// What should have been among them but cannot be read.
    pub(super) problems: Vec<DiskError>,
}

/// Whether Terraform or OpenTofu reads a file of this name as part of its folder's module.
pub(crate) fn is_module_file(path: &Path) -> bool {
    FileKind::of(path) == Some(FileKind::Configuration)
}

/// Whether a file of this name is checked: configuration and tests.
pub(super) fn is_checked(path: &Path) -> bool {
    matches!(FileKind::of(path), Some(FileKind::Configuration | FileKind::Test))
}

/// Whether a file of this name is read with its folder.
pub(crate) fn is_read(path: &Path) -> bool {
    FileKind::of(path).is_some()
}

/// The files of a folder that are read. A folder that does not exist has none.
pub(super) fn read_module(dir: &Path) -> ModuleFiles {
    let mut found = ModuleFiles::default();
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if is_absence(&error) => return found,
        Err(error) => {
            found.problems.push(DiskError { path: dir.to_path_buf(), reason: Reason::Io(error) });
            return found;
        }
    };
    let mut paths: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| is_read(path)).collect();
    paths.sort();
    let mut bytes = 0;
    for path in paths {
        match read_text(&path) {
            Ok(Some(text)) if bytes + text.len() as u64 <= LARGEST_MODULE => {
                bytes += text.len() as u64;
                found.files.push((path, text));
            }
            Ok(Some(_)) => found.problems.push(DiskError { path, reason: Reason::TooLarge(LARGEST_MODULE) }),
            Ok(None) => {}
            Err(problem) => found.problems.push(problem),
        }
    }
    found
}

/// Whether an error means that nothing is there, or that nothing can be: a path that somebody is typing has a NUL in it,
/// is longer than paths are, or leads through a file.
fn is_absence(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | InvalidInput | InvalidFilename | NotADirectory)
}

/// The text of a file; `None` when there is none. Links are followed to plain files only.
pub(crate) fn read_text(path: &Path) -> Result<Option<String>, DiskError> {
    read_small_text(path, LARGEST_FILE)
}

/// The same for a file of this many bytes at most.
pub(super) fn read_small_text(path: &Path, largest: u64) -> Result<Option<String>, DiskError> {
    let fail = |reason| DiskError { path: path.to_path_buf(), reason };
    match read_bytes(path, largest) {
        Ok(bytes) => String::from_utf8(bytes).map(Some).map_err(|error| {
            let utf_16 = matches!(error.as_bytes(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
            fail(Reason::NotText { utf_16 })
        }),
        Err(Reason::Io(error)) if is_absence(&error) => Ok(None),
        Err(reason) => Err(fail(reason)),
    }
}

fn read_bytes(path: &Path, largest: u64) -> Result<Vec<u8>, Reason> {
    let file = open_plain(path, largest)?;
    let mut bytes = Vec::new();
    // A file may grow while it is read, and some (under /proc) do not tell their length.
    file.take(largest + 1).read_to_end(&mut bytes).map_err(Reason::Io)?;
    if bytes.len() as u64 > largest { Err(Reason::TooLarge(largest)) } else { Ok(bytes) }
}

/// What is in a folder, each with whether it is a folder itself, `None` for what is neither that nor a plain file;
/// links are not followed. `None` for what is no folder, cannot be read, or has more than this program looks at.
pub(super) fn entries(dir: &Path) -> Option<Vec<(String, Option<bool>)>> {
    let mut all: Vec<(String, Option<bool>)> = Vec::new();
    for entry in fs::read_dir(dir).ok()?.flatten() {
        if all.len() >= MOST_ENTRIES {
            return None;
        }
        let Ok(name) = entry.file_name().into_string() else { continue };
        let kind = entry.file_type().ok();
        let is_folder = kind.filter(|kind| kind.is_dir() || kind.is_file()).map(|kind| kind.is_dir());
        all.push((name, is_folder));
    }
    all.sort();
    Some(all)
}

/// Opens a file of type data, of [`LARGEST_DATA`] bytes at most.
pub(crate) fn open_data(path: &Path) -> Result<fs::File, DiskError> {
    open_plain(path, LARGEST_DATA).map_err(|reason| DiskError { path: path.to_path_buf(), reason })
}

/// Which file stands at a path, and since when: another one once it was replaced or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    length: u64,
    modified: Option<SystemTime>,
    /// Device, number, and when anything of it changed last, in seconds and nanoseconds.
    #[cfg(unix)]
    node: (u64, u64, i64, i64),
    #[cfg(not(unix))]
    created: Option<SystemTime>,
}

/// That of the file at a path; `None` where there is none. Nothing is opened.
pub(super) fn identity(path: &Path) -> Option<Identity> {
    let metadata = fs::metadata(path).ok()?;
    #[cfg(unix)]
    let node = {
        use std::os::unix::fs::MetadataExt;
        (metadata.dev(), metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
    };
    Some(Identity {
        length: metadata.len(),
        modified: metadata.modified().ok(),
        #[cfg(unix)]
        node,
        #[cfg(not(unix))]
        created: metadata.created().ok(),
    })
}

/// The one way a file is opened to be read. Links are followed; what is then no plain file, or has more than
/// `largest` bytes, is refused.
fn open_plain(path: &Path, largest: u64) -> Result<fs::File, Reason> {
    // Asked before opening: opening a pipe waits for its other end, and opening a device may do anything.
    check_plain(&fs::metadata(path).map_err(Reason::Io)?, largest)?;
    let file = fs::File::open(path).map_err(Reason::Io)?;
    // Another file may have taken its place since.
    check_plain(&file.metadata().map_err(Reason::Io)?, largest)?;
    Ok(file)
}

fn check_plain(metadata: &fs::Metadata, largest: u64) -> Result<(), Reason> {
    if !metadata.is_file() {
        return Err(Reason::NotAFile);
    }
    if metadata.len() > largest { Err(Reason::TooLarge(largest)) } else { Ok(()) }
}

/// Opens a file to write at its end; made where there is none.
///
/// # Errors
///
/// When the path is no plain file, or the system refuses.
pub fn append(path: &Path) -> Result<fs::File, DiskError> {
    let fail = |reason| DiskError { path: path.to_path_buf(), reason };
    match fs::metadata(path) {
        Ok(metadata) => check_plain(&metadata, u64::MAX).map_err(fail)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(fail(Reason::Io(error))),
    }
    let file = fs::OpenOptions::new().append(true).create(true).open(path);
    file.map_err(|error| fail(Reason::Io(error)))
}

/// Puts another text in the place of a file's, as a whole or not at all: who reads it meanwhile sees the one or the
/// other. Links are followed, and what the file permits stays.
///
/// # Errors
///
/// When the file has another text than `old`, or the system refuses.
pub(crate) fn replace_text(path: &Path, old: &str, new: &str) -> Result<(), DiskError> {
    let fail = |reason| DiskError { path: path.to_path_buf(), reason };
    if read_text(path)?.as_deref() != Some(old) {
        return Err(fail(Reason::Changed));
    }
    let write = || {
        let target = path.canonicalize()?;
        let folder = target.parent().unwrap_or(Path::new("."));
        let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let beside = folder.join(format!(".{name}.{}.azapi-ls", std::process::id()));
        let written =
            fs::OpenOptions::new().write(true).create_new(true).open(&beside).and_then(|mut file| {
                file.write_all(new.as_bytes())?;
                file.set_permissions(fs::metadata(&target)?.permissions())?;
                file.sync_all()?;
                fs::rename(&beside, &target)
            });
        if written.is_err() {
            // What could not be written may not be there either.
            let _ = fs::remove_file(&beside);
        }
        written
    };
    write().map_err(|error| fail(Reason::Io(error)))
}

/// Sees to it that a folder in `above` has a file with this text; the folders on the way are made. Neither they nor the
/// file may be links: what else stands in the file's place goes. Who reads it meanwhile sees all of the one text or
/// of the other.
///
/// # Errors
///
/// When a folder is none, or the system refuses.
pub(super) fn keep_text(above: &Path, folders: &[&str], name: &str, text: &str) -> Result<(), DiskError> {
    let fail = |path: &Path, error| DiskError { path: path.to_path_buf(), reason: Reason::Io(error) };
    fs::create_dir_all(above).map_err(|error| fail(above, error))?;
    let mut folder = above.to_path_buf();
    for name in folders {
        folder.push(name);
        match fs::create_dir(&folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(fail(&folder, error)),
            _ => {}
        }
        let metadata = fs::symlink_metadata(&folder).map_err(|error| fail(&folder, error))?;
        if !metadata.is_dir() {
            return Err(fail(&folder, io::ErrorKind::NotADirectory.into()));
        }
    }
    let path = folder.join(name);
    let length = text.len() as u64;
    let is_of_its_length = |metadata: fs::Metadata| metadata.is_file() && metadata.len() == length;
    if fs::symlink_metadata(&path).is_ok_and(is_of_its_length)
        && read_bytes(&path, length).is_ok_and(|bytes| bytes == text.as_bytes())
    {
        return Ok(());
    }
    let beside = folder.join(format!(".{name}.{}.azapi-ls", std::process::id()));
    // Left there by one that was ended while it wrote.
    let _ = fs::remove_file(&beside);
    let written = fs::OpenOptions::new().write(true).create_new(true).open(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        drop(file);
        fs::rename(&beside, &path)
    });
    if written.is_err() {
        // What could not be written may not be there either.
        let _ = fs::remove_file(&beside);
    }
    written.map_err(|error| fail(&path, error))
}

/// So many entries of a folder are looked at.
const MOST_CLEARED: usize = 1_000;

/// The folders in a folder by their names, links left out; none where it cannot be read.
pub(super) fn folders_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().take(MOST_CLEARED).flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|it| it.is_dir()));
    folders.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// Removes the plain files of these names from a folder below another, then the folders that are empty. Follows no link
/// below `above`; what cannot be removed stays.
pub(super) fn remove_texts(above: &Path, folders: &[&str], is_meant: &dyn Fn(&str) -> bool) {
    let mut paths = vec![above.to_path_buf()];
    for name in folders {
        let path = paths[paths.len() - 1].join(name);
        if !fs::symlink_metadata(&path).is_ok_and(|it| it.is_dir()) {
            return;
        }
        paths.push(path);
    }
    let entries = fs::read_dir(&paths[folders.len()]).into_iter().flatten().take(MOST_CLEARED).flatten();
    for entry in entries {
        let is_meant = entry.file_name().to_str().is_some_and(is_meant);
        if is_meant && entry.file_type().is_ok_and(|it| it.is_file()) {
            let _ = fs::remove_file(entry.path());
        }
    }
    // Only empty folders can be removed so.
    paths.iter().skip(1).rev().for_each(|path| drop(fs::remove_dir(path)));
}

/// Whether there is a folder at a path. `Err` when there is nothing, or it cannot be determined.
pub(super) fn is_folder(path: &Path) -> Result<bool, DiskError> {
    let metadata = fs::metadata(path);
    let fail = |error| DiskError { path: path.to_path_buf(), reason: Reason::Io(error) };
    metadata.map(|metadata| metadata.is_dir()).map_err(fail)
}

/// The path of a file with its folder's links followed; its own name stays, as it is part of the module.
pub(super) fn in_real_folder(path: &Path) -> Result<PathBuf, DiskError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let fail = |error| DiskError { path: path.to_path_buf(), reason: Reason::Io(error) };
    let folder = folder.canonicalize().map_err(fail)?;
    Ok(path.file_name().map_or_else(|| folder.clone(), |name| folder.join(name)))
}

/// The settings file that holds for a folder: its own, or that of the nearest folder above; with its text.
pub(super) fn find_config(dir: &Path) -> Result<Option<(PathBuf, String)>, DiskError> {
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
        for name in
            ["b.tf", "a.tofu", "c.tf.json", "d.tfvars", ".hidden.tf", "e.tf~", ".tf", "terraform.tfvars"]
        {
            fs::write(dir.path().join(name), name).unwrap();
        }
        fs::create_dir(dir.path().join("sub")).unwrap();
        fs::write(dir.path().join("sub/f.tf"), "").unwrap();
        let found = read_module(dir.path());
        assert_eq!(names(&found), ["a.tofu", "b.tf", "terraform.tfvars"]);
        assert!(found.problems.is_empty());
    }

    #[test]
    fn a_folder_that_does_not_exist_is_empty() {
        let found = read_module(Path::new("/no/such/folder"));
        assert!(found.files.is_empty() && found.problems.is_empty());
    }

    #[test]
    fn a_path_that_nothing_can_have_is_one_where_nothing_is() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("main.tf"), "").unwrap();
        for name in ["a\0b", "main.tf", "main.tf/a", &"x".repeat(300), &"x/".repeat(3000)] {
            let path = dir.path().join(name);
            let found = read_module(&path);
            assert!(found.files.is_empty() && found.problems.is_empty(), "{name:?}: {:?}", found.problems);
            assert!(find_config(&path).unwrap().is_none(), "{name:?}");
        }
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
        assert!(
            matches!(reasons[..], [Reason::NotText { utf_16: true }, Reason::NotAFile, Reason::TooLarge(_)]),
            "{reasons:?}"
        );
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

    #[cfg(unix)]
    #[test]
    fn nothing_but_a_plain_file_is_opened_for_any_purpose() {
        let dir = tempfile::tempdir().unwrap();
        let pipe = dir.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        for path in [pipe.as_path(), Path::new("/dev/zero"), dir.path()] {
            let reasons = [
                read_text(path).unwrap_err().reason,
                open_data(path).unwrap_err().reason,
                append(path).unwrap_err().reason,
            ];
            assert!(reasons.iter().all(|reason| matches!(reason, Reason::NotAFile)), "{path:?} {reasons:?}");
        }
    }

    #[test]
    fn type_data_may_be_larger_than_a_text_but_not_without_bound() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("types.bundle");
        let sized = |bytes| fs::File::create(&path).unwrap().set_len(bytes).unwrap();
        sized(LARGEST_FILE + 1);
        assert!(open_data(&path).is_ok());
        sized(LARGEST_DATA + 1);
        let error = open_data(&path).unwrap_err().to_string();
        assert!(error.ends_with("too large (a file may have 256 MiB)"), "{error}");
    }

    #[test]
    fn what_is_appended_stands_behind_what_was_there() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log");
        for text in ["one\n", "two\n"] {
            append(&path).unwrap().write_all(text.as_bytes()).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "one\ntwo\n");
    }

    #[test]
    fn a_text_is_replaced_as_a_whole_unless_somebody_changed_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("main.tf");
        fs::write(&path, "\u{feff}a\r\n").unwrap();
        replace_text(&path, "\u{feff}a\r\n", "\u{feff}b\r\n").unwrap();
        assert_eq!(fs::read(&path).unwrap(), "\u{feff}b\r\n".as_bytes());
        let error = replace_text(&path, "a", "c").unwrap_err();
        assert!(matches!(error.reason, Reason::Changed), "{error}");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_what_a_file_permits_stays_when_its_text_is_replaced() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let (path, link) = (dir.path().join("real.tf"), dir.path().join("link.tf"));
        fs::write(&path, "a").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        replace_text(&link, "a", "b").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "b");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
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
