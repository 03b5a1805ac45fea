//! The assembly that holds the types, wherever it is packed: alone, in an archive, in a program.

use std::cmp::Reverse;
use std::io::{self, Cursor, Read};

use flate2::read::GzDecoder;
use tar::{Archive, EntryType};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::assembly::{self, Assembly, AssemblyError};
use super::error::PackageError;
use super::single_file;
use super::store::{DEFLATED, TYPES};

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
    /// The first thing that could not be read; reported when nothing better is found.
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
        let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
            return self.trouble("", format!("a zip archive that is {CUT}"));
        };
        // The types are by far the largest file.
        let mut order: Vec<usize> = (0..archive.len()).collect();
        order.sort_by_cached_key(|index| Reverse(archive.by_index_raw(*index).map_or(0, |it| it.size())));
        for index in order {
            match archive.by_index(index) {
                Ok(file) => self.zip_file(file),
                Err(error) => {
                    self.trouble("", format!("a zip archive with a file that cannot be read: {error}"))
                }
            }
        }
    }

    fn zip_file(&mut self, mut file: ZipFile<'_, Cursor<&[u8]>>) {
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        let about = name.ends_with(".nuspec") || name.ends_with(".dist-info/METADATA");
        if !about && self.types.is_some() {
            return;
        }
        let date = file.last_modified();
        let date = date.map(|it| format!("{:04}-{:02}-{:02}", it.year(), it.month(), it.day()));
        match within(&mut file, if about { MOST_ABOUT } else { MOST_FILE }) {
            Ok(content) if about => self.about = stated(&String::from_utf8_lossy(&content)),
            Ok(content) if is_program(&content) => {
                if self.program(&name, content) {
                    self.date = date.and_then(likely_date);
                }
            }
            Ok(_) => {}
            Err(problem) => self.trouble(&name, problem),
        }
    }

    fn tar(&mut self, bytes: &[u8]) {
        let mut archive = Archive::new(GzDecoder::new(bytes).take(MOST_ARCHIVE));
        let read = archive.entries().and_then(|entries| {
            // Raw: a longer name than a header holds is an entry of its own, which would be read whole, however
            // large; the names that count are short.
            entries.raw(true).try_for_each(|entry| {
                let entry = entry?;
                let size = entry.size();
                let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
                match entry.header().entry_type() {
                    EntryType::Regular | EntryType::Continuous => self.tar_file(&name, size, entry),
                    _ => Ok(()),
                }
            })
        });
        // To the end, where the check sum stands.
        if let Err(error) = read.and_then(|()| io::copy(&mut archive.into_inner(), &mut io::sink())) {
            self.types = None;
            self.problem = None;
            self.trouble("", format!("an archive that is {CUT} ({error})"));
        }
    }

    fn tar_file(&mut self, name: &str, size: u64, mut content: impl Read) -> io::Result<()> {
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

/// All of a file, at most `most` bytes; the words say what is wrong with it.
fn within(file: &mut impl Read, most: usize) -> Result<Vec<u8>, String> {
    let mut content = Vec::new();
    let bound = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    file.take(bound).read_to_end(&mut content).map_err(|_| "damaged or cut short".to_owned())?;
    if content.len() > most {
        return Err(format!("longer than {most} bytes"));
    }
    Ok(content)
}

/// Archives that are made to be equal byte for byte carry a day long past.
fn likely_date(date: String) -> Option<String> {
    (date.as_str() >= "2020").then_some(date)
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
