//! Calls as they are written, held against what Terraform gives.

mod evaluator;
mod known;
mod partly;
mod sound;

use std::fs;
use std::path::Path;

/// Name and text of every table in `tests/data/functions`, sorted.
fn tables() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/functions");
    let table = |path: &Path| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap())
    };
    let entries = fs::read_dir(folder).unwrap();
    let mut tables: Vec<_> = entries.map(|entry| table(&entry.unwrap().path())).collect();
    tables.sort();
    tables
}

/// Makes the files that the tables read.
fn write_files(folder: &Path) {
    for (name, text) in evaluator::FILES {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}
