//! `cargo xtask descriptions [PACKAGE]`: the publisher's sentences, put where the build finds them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::lock::{self, Pin};
use crate::progress::{Bar, grouped, print_line, report};
use crate::{fetch, places};
use schemas::package::{Options, Package, ingest};
use schemas::text::described::{FILE, FOLDER, Origin, described_bytes, read_described, read_origin};

/// Names a package file in place of an argument.
pub(crate) const VARIABLE: &str = "AZAPI_LS_TYPES_PACKAGE";

/// The command: `Ok` also when no package can be had, since a build without descriptions is a build.
pub(crate) fn run(package: Option<&Path>) -> Result<ExitCode, String> {
    make(package)?;
    Ok(ExitCode::SUCCESS)
}

/// Makes the descriptions file from `package`, else from the file that the environment names, else from a
/// pinned package that a client on this machine brings. Gives its path; `None` when no package can be had,
/// which one line has reported. `Err` when a package that was named cannot be read.
pub(crate) fn make(package: Option<&Path>) -> Result<Option<PathBuf>, String> {
    let pins = lock::read(&places::schemas())?;
    if let Some(package) = package.map(Path::to_owned).or_else(named_package) {
        return from_named(&package, &pins).map(Some);
    }
    let target = file();
    if is_made(&target, |sha256| pins.iter().any(|it| it.sha256 == sha256)) {
        return Ok(Some(target));
    }
    Ok(from_clients(&pins, &target))
}

/// Whether the file is there and whole, from a package with such a hash. To write it again would have all builds begin anew.
fn is_made(target: &Path, is_meant: impl Fn(&str) -> bool) -> bool {
    let Some(origin) = read_origin(target).ok().filter(|origin| is_meant(&origin.sha256)) else {
        return false;
    };
    if read_described(target).is_err() {
        return false;
    }
    print_line(&format!("descriptions of {} {} are there", origin.package, origin.version));
    true
}

/// The package that the environment names.
pub(crate) fn named_package() -> Option<PathBuf> {
    std::env::var_os(VARIABLE).filter(|it| !it.is_empty()).map(PathBuf::from)
}

/// The file that the build reads.
fn file() -> PathBuf {
    places::target().join(FOLDER).join(FILE)
}

fn from_named(package: &Path, pins: &[Pin]) -> Result<PathBuf, String> {
    let sha256 = lock::sha256_of(package)?;
    if !pins.iter().any(|it| it.sha256 == sha256) {
        report(&format!("note: {} is none of the packages that schemas/source.lock pins", package.display()));
    }
    let target = file();
    if !is_made(&target, |made_from| made_from == sha256) {
        extract(package, &sha256, &target)?;
    }
    Ok(target)
}

fn from_clients(pins: &[Pin], target: &Path) -> Option<PathBuf> {
    let folder = target.with_file_name("fetch");
    let mut problems = Vec::new();
    for pin in pins {
        let fetched = fetch::fetch(pin, &folder).and_then(|package| {
            let sha256 = lock::sha256_of(&package)?;
            if sha256 != pin.sha256 {
                return Err(format!("brought another {} than source.lock pins, refused", pin.package));
            }
            extract(&package, &sha256, target)
        });
        let _ = fetch::remove(&folder);
        match fetched {
            Ok(()) => return Some(target.to_owned()),
            Err(problem) => problems.push(problem),
        }
    }
    report(&format!(
        "no descriptions: {}; give a package as an argument or in {VARIABLE}",
        problems.join(", ")
    ));
    None
}

/// Reads a package and writes the file, whole or not at all.
fn extract(package: &Path, sha256: &str, target: &Path) -> Result<(), String> {
    let opened = Package::open(package).map_err(|it| it.to_string())?;
    let bar = Bar::new("Reading descriptions");
    let read = ingest(&opened, Options { descriptions: true, partial: true }, &|it| bar.set(it))
        .map_err(|it| it.to_string())?;
    drop(bar);
    let origin = Origin { package: opened.name, version: opened.version, sha256: sha256.to_owned() };
    let failed = |error: std::io::Error| format!("{}: {error}", target.display());
    let bytes = described_bytes(&read.facts, &origin).map_err(failed)?;
    let fresh = target.with_extension("new");
    target.parent().map_or(Ok(()), fs::create_dir_all).map_err(failed)?;
    fs::write(&fresh, &bytes).map_err(failed)?;
    fs::rename(&fresh, target).map_err(failed)?;
    print_line(&format!(
        "{} descriptions for {} type@versions from {} {}: {} bytes in {}",
        grouped(read.facts.texts.len()),
        grouped(read.facts.resources.len()),
        origin.package,
        origin.version,
        grouped(bytes.len()),
        target.display()
    ));
    Ok(())
}
