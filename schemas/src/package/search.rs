//! The assembly that holds the types, wherever it is packed: alone, in an archive, in a program.

use std::io::{self, Read};

use flate2::read::GzDecoder;

use super::assembly::{self, Assembly, AssemblyError};
use super::error::PackageError;
use super::store::{DEFLATED, TYPES};
use super::{single_file, tar, zip};

/// Largest file that is read, inflated or not: ten times what is known.
pub(super) const MOST_FILE: usize = 1 << 30;

/// Most bytes that an archive may inflate to in all.
const MOST_ARCHIVE: u64 = 4 << 30;

/// Largest archive entry that describes the package.
const MOST_ABOUT: usize = 1 << 20;

const CUT: &str = "damaged or cut short; get it again";

/// What was looked for.
pub(super) struct Found {
    pub(super) bytes: Vec<u8>,
    pub(super) assembly: Assembly,
    /// Name and version as the archive states them, else the assembly's own.
    pub(super) name: String,
    pub(super) version: String,
    pub(super) date: Option<String>,
}

/// Searches a file's content, whatever it is.
pub(super) fn search(bytes: Vec<u8>) -> Result<Found, PackageError> {
    let mut search = Search::default();
    if bytes.starts_with(b"PK") {
        search.zip(&bytes);
    } else if bytes.starts_with(&[0x1f, 0x8b]) {
        search.tar(&bytes);
    } else {
        search.program("", bytes);
    }
    search.finish()
}

#[derive(Default)]
struct Search {
    types: Option<(Vec<u8>, Assembly)>,
    /// Name and version that the archive states.
    about: Option<(String, String)>,
    date: Option<String>,
    /// The first thing that could not be read; told when there is nothing better.
    problem: Option<PackageError>,
}

impl Search {
    fn finish(self) -> Result<Found, PackageError> {
        const NONE: &str = "holds no Azure types; give a .nupkg, .tgz or .whl package, an assembly, or a folder of index.json and types.json files";
        let Some((bytes, assembly)) = self.types else {
            return Err(self.problem.unwrap_or_else(|| PackageError::new("", NONE)));
        };
        let (name, version) = self.about.unwrap_or_else(|| (assembly.name.clone(), assembly.version.clone()));
        Ok(Found { bytes, assembly, name, version, date: self.date })
    }

    fn trouble(&mut self, name: &str, problem: impl Into<String>) {
        self.problem.get_or_insert_with(|| PackageError::new(name, problem));
    }

    /// Takes the types out of an assembly or a program, if it holds any; says whether it did.
    fn program(&mut self, name: &str, bytes: Vec<u8>) -> bool {
        match assembly::read(&bytes) {
            Ok(found) if holds_types(&found) => {
                self.types = Some((bytes, found));
                return true;
            }
            Err(AssemblyError::NotAnAssembly) => return self.single_file(name, &bytes),
            Err(AssemblyError::Damaged(part)) => self.trouble(name, format!("{part} cannot be read: {CUT}")),
            Ok(_) => {}
        }
        false
    }

    fn single_file(&mut self, name: &str, program: &[u8]) -> bool {
        let parts = single_file::parts(program).unwrap_or_default();
        let assemblies = parts.iter().filter(|it| it.path.to_ascii_lowercase().ends_with(".dll"));
        for part in assemblies {
            let name = if name.is_empty() { part.path.clone() } else { format!("{name}: {}", part.path) };
            let content = match single_file::read(program, part, MOST_FILE) {
                Ok(content) => content,
                Err(problem) => {
                    self.trouble(&name, problem);
                    continue;
                }
            };
            match assembly::read(&content) {
                Ok(found) if holds_types(&found) => {
                    self.types = Some((content, found));
                    return true;
                }
                Err(AssemblyError::Damaged(part)) => {
                    self.trouble(&name, format!("{part} cannot be read: {CUT}"));
                }
                _ => {}
            }
        }
        false
    }

    fn zip(&mut self, bytes: &[u8]) {
        let Some(mut entries) = zip::entries(bytes) else {
            return self.trouble("", format!("a zip archive that is {CUT}"));
        };
        // The types are by far the largest file.
        entries.sort_by_key(|it| std::cmp::Reverse(it.size));
        for entry in &entries {
            let about = entry.name.ends_with(".nuspec") || entry.name.ends_with(".dist-info/METADATA");
            if !about && self.types.is_some() {
                continue;
            }
            match zip::read(bytes, entry, if about { MOST_ABOUT } else { MOST_FILE }) {
                Ok(content) if about => self.about = stated(&String::from_utf8_lossy(&content)),
                Ok(content) if is_program(&content) => {
                    if self.program(&entry.name, content) {
                        self.date = likely_date(&entry.date);
                    }
                }
                Ok(_) => {}
                Err(problem) => self.trouble(&entry.name, problem),
            }
        }
    }

    fn tar(&mut self, bytes: &[u8]) {
        let mut tar = GzDecoder::new(bytes).take(MOST_ARCHIVE);
        let read = tar::for_each_file(&mut tar, |name, size, content| self.tar_file(name, size, content));
        // To the end, where the check sum stands.
        if let Err(error) = read.and_then(|()| io::copy(&mut tar, &mut io::sink())) {
            self.types = None;
            self.problem = None;
            self.trouble("", format!("an archive that is {CUT} ({error})"));
        }
    }

    fn tar_file(&mut self, name: &str, size: u64, content: &mut dyn Read) -> io::Result<()> {
        let about = name == "package/package.json" && size <= MOST_ABOUT as u64;
        let wanted = about || self.types.is_none();
        if !wanted || size < 4 || size > MOST_FILE as u64 {
            return Ok(());
        }
        let mut start = [0; 4];
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
            self.about = npm_about(&whole);
        } else {
            self.program(name, whole);
        }
        Ok(())
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
