//! `schemas/manifest.txt`: counts, and a checksum of the facts files.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::counts::Counts;

const HEAD: &str =
    "# Counts of the facts and of the package they were made from, written by `cargo xtask schemas`.\n";

/// The text of the manifest.
pub(crate) fn write(counts: &Counts) -> String {
    let lines = counts.iter().map(|(name, value)| format!("{name} {value}\n"));
    std::iter::once(HEAD.to_owned()).chain(lines).collect()
}

/// The counts that a manifest states.
pub(crate) fn read(text: &str) -> Counts {
    let lines = text.lines().filter(|it| !it.starts_with('#'));
    let pairs = lines.filter_map(|it| it.split_once(' '));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// One hash over all files, their names included, and their size.
pub(crate) fn of_files(files: &BTreeMap<String, String>) -> Counts {
    let mut hash = Sha256::new();
    for (name, text) in files {
        hash.update(format!("{name} {}\n", text.len()));
        hash.update(text);
    }
    let hex: String = hash.finalize().iter().map(|it| format!("{it:02x}")).collect();
    let bytes: usize = files.values().map(String::len).sum();
    Counts::from([
        ("facts-files".to_owned(), files.len().to_string()),
        ("facts-bytes".to_owned(), bytes.to_string()),
        ("facts-sha256".to_owned(), hex),
    ])
}
