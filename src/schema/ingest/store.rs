//! Where the type files of a package stand: in an assembly, which may be packed several times over, or in a
//! folder.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use super::assembly::{self, Assembly, AssemblyError};
use super::bytes::inflate;
use super::error::PackageError;
use super::{single_file, tar, zip};

/// Largest file that is read, inflated or not: ten times what is known.
const MOST_FILE: usize = 1 << 30;

/// Largest type file.
const MOST_TYPES: usize = 256 << 20;

/// Largest archive entry that describes the package.
const MOST_ABOUT: usize = 1 << 20;

/// Deepest folder looked into for type files.
const MOST_DEPTH: u32 = 12;

const INDEX: &str = "index.json";
const TYPES: &str = "types.json";
const DEFLATED: &str = ".deflated";

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
    /// is told by its content, not by its name.
    pub fn open(path: &Path) -> Result<Self, PackageError> {
        let failed = |error: io::Error| PackageError::at(path, error.to_string());
        let about = fs::metadata(path).map_err(failed)?;
        if about.is_dir() {
            return folder(path);
        }
        if about.len() > MOST_FILE as u64 {
            return Err(PackageError::at(path, "longer than 1 GiB, which no package of types is"));
        }
        let bytes = fs::read(path).map_err(failed)?;
        let place = path.display().to_string();
        let found = if bytes.starts_with(b"PK") {
            from_zip(&bytes)
        } else if bytes.starts_with(&[0x1f, 0x8b]) {
            from_tar(&bytes)
        } else {
            Found::default().program(&place, bytes)
        };
        found
            .and_then(|it| it.package(&place))
            .map_err(|error| if error.to_string().starts_with(&place) { error } else { error.within(&place) })
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
                let range =
                    range.ok_or_else(|| PackageError::new(file, "is referred to but not in the package"))?;
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

/// What was found in an archive so far.
#[derive(Default)]
struct Found {
    types: Option<(Vec<u8>, Assembly)>,
    /// Name and version that the archive states.
    about: Option<(String, String)>,
    date: Option<String>,
    /// The first thing that could not be read; told when there is nothing better.
    problem: Option<PackageError>,
}

impl Found {
    /// Takes the types out of an assembly or a program, if it holds any.
    fn program(mut self, name: &str, bytes: Vec<u8>) -> Result<Self, PackageError> {
        match assembly::read(&bytes) {
            Ok(found) if holds_types(&found) => self.types = Some((bytes, found)),
            Ok(_) => {}
            Err(AssemblyError::Damaged(part)) => {
                self.trouble(name, &format!("a program of which {part} cannot be read: damaged or cut short"))
            }
            Err(AssemblyError::NotAnAssembly) => {
                for part in single_file::parts(&bytes).unwrap_or_default() {
                    if self.types.is_none() && part.path.to_ascii_lowercase().ends_with(".dll") {
                        match single_file::read(&bytes, &part, MOST_FILE) {
                            Ok(content) => self = self.part(&part.path, content),
                            Err(problem) => self.trouble(&format!("{name}: {}", part.path), &problem),
                        }
                    }
                }
            }
        }
        Ok(self)
    }

    fn part(mut self, name: &str, bytes: Vec<u8>) -> Self {
        match assembly::read(&bytes) {
            Ok(found) if holds_types(&found) => self.types = Some((bytes, found)),
            Err(AssemblyError::Damaged(part)) => {
                self.trouble(name, &format!("{part} cannot be read: damaged or cut short"))
            }
            _ => {}
        }
        self
    }

    fn trouble(&mut self, name: &str, problem: &str) {
        self.problem.get_or_insert_with(|| PackageError::new(name, problem));
    }

    fn package(self, place: &str) -> Result<Package, PackageError> {
        let Some((bytes, assembly)) = self.types else {
            return Err(self.problem.unwrap_or_else(|| {
                PackageError::new(
                    place,
                    "holds no Azure types; give a .nupkg, .tgz or .whl package, an assembly, or a folder of index.json and types.json files",
                )
            }));
        };
        let (name, version) = self.about.unwrap_or((assembly.name, assembly.version));
        let resources = assembly.resources.into_iter().map(|it| (it.name, it.range));
        Ok(Package {
            name,
            version,
            date: self.date,
            store: Store::Assembly { bytes, resources: resources.collect() },
        })
    }
}

fn holds_types(assembly: &Assembly) -> bool {
    let mut names = assembly.resources.iter().filter_map(|it| it.name.strip_suffix(DEFLATED));
    names.any(|it| it.ends_with(TYPES))
}

/// Whether some bytes begin as a program of Windows, Linux or macOS does.
fn is_program(start: &[u8]) -> bool {
    let starts: [&[u8]; 4] = [b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"];
    starts.iter().any(|it| start.starts_with(it))
}

fn from_zip(bytes: &[u8]) -> Result<Found, PackageError> {
    let entries = zip::entries(bytes);
    let mut entries =
        entries.ok_or_else(|| PackageError::new("", "a zip archive that is damaged or cut short"))?;
    // The types are by far the largest file.
    entries.sort_by_key(|it| std::cmp::Reverse(it.size));
    let mut found = Found::default();
    for entry in &entries {
        let about = entry.name.ends_with(".nuspec") || entry.name.ends_with(".dist-info/METADATA");
        if !about && found.types.is_some() {
            continue;
        }
        match zip::read(bytes, entry, if about { MOST_ABOUT } else { MOST_FILE }) {
            Ok(content) if about => found.about = stated(&String::from_utf8_lossy(&content)),
            Ok(content) if is_program(&content) => {
                found = found.program(&entry.name, content)?;
                if found.types.is_some() {
                    found.date = likely_date(&entry.date);
                }
            }
            Ok(_) => {}
            Err(problem) => found.trouble(&entry.name, &problem),
        }
    }
    Ok(found)
}

fn from_tar(bytes: &[u8]) -> Result<Found, PackageError> {
    let mut found = Found::default();
    let mut tar = flate2::read::GzDecoder::new(bytes);
    let mut problem = None;
    let read = tar::for_each_file(&mut tar, |name, size, content| {
        let mut start = [0; 4];
        let about = name == "package/package.json" && size <= MOST_ABOUT as u64;
        if size < 4 || size > MOST_FILE as u64 || found.types.is_some() && !about {
            return Ok(());
        }
        content.read_exact(&mut start)?;
        if !about && !is_program(&start) {
            return Ok(());
        }
        let mut whole = start.to_vec();
        content.read_to_end(&mut whole)?;
        if whole.len() as u64 != size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if about {
            found.about = npm_about(&whole);
            return Ok(());
        }
        match std::mem::take(&mut found).program(name, whole) {
            Ok(next) => found = next,
            Err(error) => problem = Some(error),
        }
        Ok(())
    });
    match (problem, read) {
        (Some(error), _) => Err(error),
        (None, Err(error)) => {
            Err(PackageError::new("", format!("an archive that is damaged or cut short ({error})")))
        }
        (None, Ok(())) => Ok(found),
    }
}

/// Archives that are made to be equal byte for byte carry a day long past.
fn likely_date(date: &str) -> Option<String> {
    (date >= "2020").then(|| date.to_owned())
}

/// Name and version from a `.nuspec` or a wheel's `METADATA`.
fn stated(text: &str) -> Option<(String, String)> {
    let tag = |name: &str| Some(text.split_once(&format!("<{name}>"))?.1.split_once('<')?.0);
    let field = |name: &str| text.lines().find_map(|it| it.strip_prefix(name)?.strip_prefix(": "));
    let name = tag("id").or_else(|| field("Name"))?;
    let version = tag("version").or_else(|| field("Version"))?;
    Some((name.trim().to_owned(), version.trim().to_owned()))
}

fn npm_about(json: &[u8]) -> Option<(String, String)> {
    let about: serde_json::Value = serde_json::from_slice(json).ok()?;
    Some((about["name"].as_str()?.to_owned(), about["version"].as_str()?.to_owned()))
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
