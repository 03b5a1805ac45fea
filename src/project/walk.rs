//! The configuration files that paths on a command line mean.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::disk::{self, DiskError, Reason};

/// Files by their absolute path, each with its path as it was reached.
pub(crate) type FoundFiles = BTreeMap<PathBuf, PathBuf>;

/// The files of these paths; of the current folder where there is none. Folders are walked, but not into what
/// git and Terraform keep for themselves. `Err` for a path that is neither a folder nor a configuration file.
pub(crate) fn find_files(paths: &[PathBuf]) -> Result<FoundFiles, DiskError> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here[..] } else { paths };
    let mut found = FoundFiles::new();
    for path in paths {
        if disk::is_folder(path)? {
            walk(path, &mut found)?;
        } else if disk::is_checked(path) {
            found.insert(disk::in_real_folder(path)?, path.clone());
        } else {
            return Err(DiskError { path: path.clone(), reason: Reason::NotConfiguration });
        }
    }
    Ok(found)
}

/// The folders among these paths, or the current one where there is none, in which nothing was found.
pub(crate) fn without_files(paths: &[PathBuf], found: &FoundFiles) -> Vec<PathBuf> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here[..] } else { paths };
    let is_empty = |path: &&PathBuf| {
        let real = path.canonicalize().unwrap_or_else(|_| (*path).clone());
        !found.keys().any(|file| file.starts_with(&real)) && !found.values().any(|file| file == *path)
    };
    paths.iter().filter(is_empty).cloned().collect()
}

fn walk(folder: &Path, found: &mut FoundFiles) -> Result<(), DiskError> {
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        let entry = entry.map_err(|error| DiskError {
            path: folder.to_path_buf(),
            reason: Reason::Io(error.into_io_error().unwrap_or_else(|| io::Error::other("cannot be walked"))),
        })?;
        let is_file = entry.file_type().is_some_and(|kind| !kind.is_dir());
        if is_file && disk::is_checked(entry.path()) {
            found.insert(disk::in_real_folder(entry.path())?, entry.into_path());
        }
    }
    Ok(())
}
