//! `schemas/source.lock`: which package the facts were made from, and which packages descriptions may be
//! taken from.

use std::fmt::Write;
use std::path::Path;

use sha2::{Digest, Sha256};

const HEAD: &str = "\
# The package that the facts were made from, and others that hold at least some of the descriptions.
# Written by `cargo xtask schemas`, which replaces the line of the facts and leaves the others alone.
# use client package version date sha256
";

/// One package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pin {
    /// `facts` or `descriptions`.
    pub(crate) usage: String,
    /// Which client can fetch it: `nuget`, `npm`, `pypi`; `-` for none.
    pub(crate) client: String,
    pub(crate) package: String,
    pub(crate) version: String,
    /// Day it was packed on, `-` where it does not say.
    pub(crate) date: String,
    /// Of the package file, in hexadecimal; `-` for a folder.
    pub(crate) sha256: String,
}

/// All pins of a `schemas` folder, the facts' own first. Empty when there is no file.
pub(crate) fn read(schemas: &Path) -> Result<Vec<Pin>, String> {
    let path = schemas.join("source.lock");
    match std::fs::read_to_string(&path) {
        Ok(text) => parse(&text).map_err(|line| format!("{}:{line}: not six words", path.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(format!("{}: {error}", path.display())),
    }
}

fn parse(text: &str) -> Result<Vec<Pin>, usize> {
    let mut pins = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let [usage, client, package, version, date, sha256] = words[..] else {
            return Err(at + 1);
        };
        pins.push(Pin {
            usage: usage.to_owned(),
            client: client.to_owned(),
            package: package.to_owned(),
            version: version.to_owned(),
            date: date.to_owned(),
            sha256: sha256.to_owned(),
        });
    }
    Ok(pins)
}

/// The text with the facts' pin replaced.
pub(crate) fn with_facts(pins: &[Pin], facts: &Pin) -> String {
    let others = pins.iter().filter(|it| it.usage != "facts");
    let mut text = HEAD.to_owned();
    for pin in std::iter::once(facts).chain(others) {
        let _ = writeln!(
            text,
            "{} {} {} {} {} {}",
            pin.usage, pin.client, pin.package, pin.version, pin.date, pin.sha256
        );
    }
    text
}

/// Hash of a file in hexadecimal, `-` for a folder.
pub(crate) fn sha256_of(path: &Path) -> Result<String, String> {
    if path.is_dir() {
        return Ok("-".to_owned());
    }
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(sha256(&bytes))
}

/// Hash of some bytes in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
