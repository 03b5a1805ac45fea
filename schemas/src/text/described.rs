//! Facts with the publisher's descriptions, in one file that the build reads: never committed, made from a
//! package on the machine that builds.

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::lines::read_text;
use super::read::FactsError;
use super::token::{Cursor, write_quoted, write_word};
use super::write::whole_text;
use crate::facts::Facts;
use crate::share::share;

/// Where the file is in cargo's target folder.
pub const FOLDER: &str = "azapi-descriptions";

/// Its name there.
pub const FILE: &str = "descriptions";

/// What cargo marks its target folder with.
const TAG: &str = "CACHEDIR.TAG";

/// First word of the file.
const MAGIC: &str = "azapi-descriptions 1";

/// Bytes that the file may come to when inflated: several times what all of Azure takes.
const MOST_BYTES: u64 = 512 << 20;

/// Longest first line.
const HEADER_BYTES: usize = 1 << 10;

/// What the descriptions were taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The package's name.
    pub package: String,
    /// Its version.
    pub version: String,
    /// Hash of the package file in hexadecimal, `-` for a folder.
    pub sha256: String,
}

/// The file's bytes: a header line that names the origin, then one DEFLATE stream of the texts and the facts.
pub fn described_bytes(facts: &Facts, origin: &Origin) -> std::io::Result<Vec<u8>> {
    let mut header = format!("{MAGIC} ");
    for (word, after) in [(&origin.package, ' '), (&origin.version, ' '), (&origin.sha256, '\n')] {
        write_word(&mut header, word);
        header.push(after);
    }
    let mut text = format!("{}\n", facts.texts.len());
    for description in &facts.texts {
        write_quoted(&mut text, description);
        text.push('\n');
    }
    text.push_str(&whole_text(facts));
    let mut encoder = DeflateEncoder::new(header.into_bytes(), Compression::fast());
    encoder.write_all(text.as_bytes())?;
    encoder.finish()
}

/// The folder of the file, for a build that writes into `out`. `None` where that is in no target folder.
pub fn folder_for(out: &Path) -> Option<PathBuf> {
    if let Some(target) = out.ancestors().find(|it| it.join(FOLDER).join(FILE).is_file()) {
        return Some(target.join(FOLDER));
    }
    // What is built for another target has a marked folder of its own, inside the one that is meant.
    let mut marked = out.ancestors().skip_while(|it| !is_marked(it)).take_while(|it| is_marked(it));
    let first = marked.next()?;
    Some(marked.last().unwrap_or(first).join(FOLDER))
}

fn is_marked(folder: &Path) -> bool {
    folder.join(TAG).is_file()
}

/// What the file's header line names, without reading on.
pub fn read_origin(path: &Path) -> Result<Origin, FactsError> {
    Ok(open(path)?.0)
}

/// The facts of a file made by [`described_bytes`], shared, descriptions in [`Facts::texts`].
pub fn read_described(path: &Path) -> Result<Facts, FactsError> {
    let (_, file) = open(path)?;
    let mut text = String::new();
    DeflateDecoder::new(file)
        .take(MOST_BYTES)
        .read_to_string(&mut text)
        .map_err(|error| failed(path, 0, &format!("damaged: {error}")))?;
    let damaged = |line| failed(path, line, "damaged: not the descriptions that were written");
    let (count, mut rest) = text.split_once('\n').ok_or_else(|| damaged(1))?;
    let count: usize = count.parse().map_err(|_| damaged(1))?;
    let mut facts = Facts::default();
    for at in 0..count {
        let (line, after) = rest.split_once('\n').ok_or_else(|| damaged(at + 2))?;
        let description = Cursor { rest: line }.quoted();
        facts.texts.push(description.map_err(|_| damaged(at + 2))?);
        rest = after;
    }
    read_text(rest, &mut facts).map_err(|(line, message)| failed(path, line + count + 1, &message))?;
    Ok(share(facts))
}

fn open(path: &Path) -> Result<(Origin, BufReader<File>), FactsError> {
    let file = File::open(path).map_err(|error| failed(path, 0, &error.to_string()))?;
    let mut file = BufReader::new(file);
    let mut line = Vec::new();
    for byte in file.by_ref().bytes().take(HEADER_BYTES) {
        match byte.map_err(|error| failed(path, 0, &error.to_string()))? {
            b'\n' => break,
            byte => line.push(byte),
        }
    }
    let foreign =
        |_| failed(path, 1, "not a file of descriptions; make it again with `cargo xtask descriptions`");
    let line = String::from_utf8(line).map_err(|_| foreign("text"))?;
    Ok((origin(&line).map_err(foreign)?, file))
}

fn origin(line: &str) -> Result<Origin, &'static str> {
    let mut at = Cursor { rest: line };
    at.expect(MAGIC, "the first words")?;
    let mut word = || {
        at.expect(" ", "a space")?;
        at.word()
    };
    let origin = Origin { package: word()?, version: word()?, sha256: word()? };
    at.end()?;
    Ok(origin)
}

fn failed(path: &Path, line: usize, message: &str) -> FactsError {
    FactsError { file: path.display().to_string(), line, message: message.to_owned() }
}
