//! Where the type files of a package stand: in an assembly, which may be packed several times over, or in a
//! folder.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use super::bytes::inflate;
use super::error::PackageError;
use super::search::{MOST_FILE, search};

/// Largest type file.
const MOST_TYPES: usize = 256 << 20;

/// Deepest folder looked into for type files.
const MOST_DEPTH: u32 = 12;

const INDEX: &str = "index.json";
pub(super) const TYPES: &str = "types.json";
/// What an assembly puts after the name of every file.
pub(super) const DEFLATED: &str = ".deflated";

/// A package, opened: its type files can be read, nothing of them was yet.
#[derive(Debug)]
pub struct Package {
    /// As the package states it; an assembly's or a folder's own name when there is nothing around it.
    pub name: String,
    /// As the package states it, `-` for a folder.
    pub version: String,
    /// Day on which the types were packed, `YYYY-MM-DD`, where the archive tells.
    pub date: Option<String>,
    store: Store,
}

#[derive(Debug)]
enum Store {
    Assembly { bytes: Vec<u8>, resources: HashMap<String, Range<usize>> },
    Folder { root: PathBuf, files: Vec<String> },
}

impl Package {
    /// Opens a `.nupkg`, `.whl`, `.tgz`, a bare assembly, a program that holds it, or a folder. What it is
    /// is recognised by its content, not by its name.
    pub fn open(path: &Path) -> Result<Self, PackageError> {
        let failed = |error: io::Error| PackageError::at(path, error.to_string());
        let about = fs::metadata(path).map_err(failed)?;
        if about.is_dir() {
            return folder(path);
        }
        if about.len() > MOST_FILE as u64 {
            return Err(PackageError::at(path, "longer than 1 GiB, which no package of types is"));
        }
        Self::from_bytes(&path.display().to_string(), fs::read(path).map_err(failed)?)
    }

    /// As [`Package::open`], of a file's content; `place` names it in errors.
    pub(super) fn from_bytes(place: &str, bytes: Vec<u8>) -> Result<Self, PackageError> {
        let found = search(bytes).map_err(|error| error.within(place))?;
        let resources = found.assembly.resources.into_iter().map(|it| (it.name, it.range));
        Ok(Self {
            name: found.name,
            version: found.version,
            date: found.date,
            store: Store::Assembly { bytes: found.bytes, resources: resources.collect() },
        })
    }

    /// Paths of all type files, sorted.
    pub fn type_files(&self) -> Vec<String> {
        let mut files: Vec<String> = match &self.store {
            Store::Assembly { resources, .. } => {
                let names = resources.keys().filter_map(|it| it.strip_suffix(DEFLATED));
                names.filter(|it| it.ends_with(TYPES)).map(str::to_owned).collect()
            }
            Store::Folder { files, .. } => files.clone(),
        };
        files.sort();
        files
    }

    /// Whether a file of this path is in the package.
    pub fn holds(&self, file: &str) -> bool {
        match &self.store {
            Store::Assembly { resources, .. } => resources.contains_key(&format!("{file}{DEFLATED}")),
            Store::Folder { root, .. } => root.join(file).is_file(),
        }
    }

    /// The content of `index.json`, `None` when there is none.
    pub fn index(&self) -> Result<Option<Vec<u8>>, PackageError> {
        let there = self.holds(INDEX);
        if there { self.read(INDEX).map(Some) } else { Ok(None) }
    }

    /// The content of one file, inflated.
    pub fn read(&self, file: &str) -> Result<Vec<u8>, PackageError> {
        match &self.store {
            Store::Assembly { bytes, resources } => {
                let range = resources.get(&format!("{file}{DEFLATED}"));
                let range = range.ok_or_else(|| {
                    PackageError::new(
                        file,
                        "is named by the index but not in the package: it holds a part of the types only",
                    )
                })?;
                inflate(&bytes[range.clone()], MOST_TYPES).map_err(|it| PackageError::new(file, it))
            }
            Store::Folder { root, .. } => {
                let plain = Path::new(file).components().all(|it| matches!(it, Component::Normal(_)));
                let path = root.join(file);
                if !plain {
                    return Err(PackageError::new(file, "is no path inside of the folder"));
                }
                let failed = |error: io::Error| PackageError::at(&path, error.to_string());
                let mut content = Vec::new();
                let file = fs::File::open(&path).map_err(failed)?;
                file.take(MOST_TYPES as u64 + 1).read_to_end(&mut content).map_err(failed)?;
                if content.len() > MOST_TYPES {
                    return Err(PackageError::at(&path, "longer than any type file"));
                }
                Ok(content)
            }
        }
    }
}

fn folder(path: &Path) -> Result<Package, PackageError> {
    let generated = path.join("generated");
    let root = if path.join(INDEX).is_file() || !generated.join(INDEX).is_file() {
        path.to_owned()
    } else {
        generated
    };
    let mut files = Vec::new();
    list(&root, "", 0, &mut files).map_err(|error| PackageError::at(&root, error.to_string()))?;
    if files.is_empty() {
        return Err(PackageError::at(
            path,
            "a folder without types.json files; give one that holds index.json, or a checkout of the types",
        ));
    }
    let name = path.canonicalize().ok();
    let name = name.as_deref().and_then(Path::file_name).map(|it| it.to_string_lossy().into_owned());
    Ok(Package {
        name: name.unwrap_or_else(|| "folder".to_owned()),
        version: "-".to_owned(),
        date: None,
        store: Store::Folder { root, files },
    })
}

fn list(folder: &Path, prefix: &str, depth: u32, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (kind, name) = (entry.file_type()?, entry.file_name());
        let Some(name) = name.to_str() else {
            continue;
        };
        if kind.is_file() && name == TYPES {
            files.push(format!("{prefix}{name}"));
        } else if kind.is_dir() && depth < MOST_DEPTH && !name.starts_with('.') {
            list(&entry.path(), &format!("{prefix}{name}/"), depth + 1, files)?;
        }
    }
    Ok(())
}
