//! Configurations to begin with.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// Bytes of the longest one.
const LONGEST: usize = 2_500;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The shorter configurations under a folder of `tests/data`.
pub(crate) fn configurations(folder: &str) -> Vec<Vec<u8>> {
    let mut folders = vec![root().join("tests/data").join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "tf") {
                found.push(path);
            }
        }
    }
    found.sort();
    let texts = found.iter().map(|path| fs::read(path).expect("a text"));
    texts.filter(|text| text.len() <= LONGEST).collect()
}

/// The examples of a page of `docs`, by its fences.
pub(crate) fn examples(page: &str) -> Vec<Vec<u8>> {
    let text = fs::read_to_string(root().join("docs").join(page)).expect("a page");
    let fenced = text.split("\n```").skip(1).step_by(2);
    let examples = fenced.filter_map(|it| it.split_once('\n'));
    examples.map(|(_, example)| format!("{example}\n").into_bytes()).collect()
}

/// The names under `#- NAME` lines of a text, each with what follows.
pub(crate) fn sections(text: &str) -> Vec<(&str, &str)> {
    let mut sections = text.split("\n#- ");
    let first = sections.next().and_then(|first| first.strip_prefix("#- "));
    let all = first.into_iter().chain(sections);
    all.map(|section| section.split_once('\n').unwrap_or((section, ""))).collect()
}

/// Writes the files under the `#- NAME` lines of a text; those whose names cannot be are left out. What was written.
pub(crate) fn write_files(folder: &Path, text: &str) -> Vec<PathBuf> {
    let mut written = Vec::new();
    for (name, content) in sections(text) {
        let is_plain = Path::new(name).components().all(|it| matches!(it, Component::Normal(_)));
        if is_plain && !name.contains('\0') && !name.is_empty() {
            let path = folder.join(name);
            let there = path.parent().is_some_and(|it| fs::create_dir_all(it).is_ok());
            if there && fs::write(&path, content).is_ok() {
                written.push(path);
            }
        }
    }
    written
}
