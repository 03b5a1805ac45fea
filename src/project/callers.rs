//! Which folders of an editor's workspace call which others by a path: found without opening a document.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::disk;
use crate::ide::normal_path;

/// Files and folders looked at in one workspace folder.
const MOST_ENTRIES: usize = 20_000;
/// Bytes of configuration read there.
const MOST_BYTES: usize = 32 << 20;
/// So many callers of one folder are given.
const MOST_CALLERS: usize = 64;

/// The folders of a workspace that call others.
#[derive(Debug, Default)]
pub(crate) struct Callers {
    tops: Vec<PathBuf>,
    /// `None` until it is asked for.
    called_by: Option<BTreeMap<PathBuf, BTreeSet<PathBuf>>>,
}

impl Callers {
    /// Of these workspace folders.
    pub(crate) fn of(tops: Vec<PathBuf>) -> Self {
        Self { tops, called_by: None }
    }

    /// The folders that call one, and those that call them in turn, as far as they say so plainly.
    pub(crate) fn of_folder(&mut self, dir: &Path) -> Vec<PathBuf> {
        if !self.tops.iter().any(|top| dir.starts_with(top)) {
            return Vec::new();
        }
        let tops = &self.tops;
        let called_by = self.called_by.get_or_insert_with(|| tops.iter().flat_map(|top| scan(top)).collect());
        let mut found: Vec<PathBuf> = Vec::new();
        let mut level = vec![dir.to_path_buf()];
        while let Some(called) = level.pop() {
            for (caller, _) in called_by.iter().filter(|(_, calls)| calls.contains(&called)) {
                if found.len() < MOST_CALLERS && caller != dir && !found.contains(caller) {
                    found.push(caller.clone());
                    level.push(caller.clone());
                }
            }
        }
        found
    }

    /// A file of this folder changed on the disk.
    pub(crate) fn changed(&mut self, dir: &Path) {
        if let Some(called_by) = &mut self.called_by
            && self.tops.iter().any(|top| dir.starts_with(top))
        {
            let texts = disk::read_module(dir).files;
            let calls = texts.iter().flat_map(|(_, text)| sources(dir, text)).collect();
            called_by.insert(dir.to_path_buf(), calls);
        }
    }
}

fn scan(top: &Path) -> BTreeMap<PathBuf, BTreeSet<PathBuf>> {
    let mut all: BTreeMap<PathBuf, BTreeSet<PathBuf>> = BTreeMap::new();
    let mut bytes = 0;
    for entry in WalkBuilder::new(top).require_git(false).build().take(MOST_ENTRIES).flatten() {
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        if !is_file || !disk::is_module_file(entry.path()) || bytes >= MOST_BYTES {
            continue;
        }
        let Ok(Some(text)) = disk::read_text(entry.path()) else { continue };
        bytes += text.len();
        let Some(dir) = entry.path().parent() else { continue };
        let calls: Vec<PathBuf> = sources(dir, &text).collect();
        if !calls.is_empty() {
            all.entry(dir.to_path_buf()).or_default().extend(calls);
        }
    }
    all
}

/// The folders that `source = "./…"` and `source = "../…"` name, wherever those stand: what is loaded for nothing
/// does no harm.
fn sources<'t>(dir: &'t Path, text: &'t str) -> impl Iterator<Item = PathBuf> + 't {
    text.match_indices("source").filter_map(move |(at, word)| {
        let value = text[at + word.len()..].trim_start_matches([' ', '\t']).strip_prefix('=')?;
        let value = value.trim_start_matches([' ', '\t']).strip_prefix('"')?;
        let path = value.split(['"', '\n']).next()?;
        let is_path = path.starts_with("./") || path.starts_with("../");
        is_path.then(|| normal_path(&dir.join(path))).flatten()
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn callers_are_found_below_the_workspace_however_many_calls_away() {
        let top = tempfile::tempdir().unwrap();
        let call = |source: &str| format!("module \"m\" {{\n  source   =\t\"{source}\"\n}}\n");
        for (name, text) in [
            ("child/main.tf", String::new()),
            ("middle/main.tf", call("../child")),
            ("examples/a/main.tf", call("../../middle/")),
            ("examples/b/main.tf", call("registry/child")),
            (".terraform/main.tf", call("../child")),
        ] {
            fs::create_dir_all(top.path().join(name).parent().unwrap()).unwrap();
            fs::write(top.path().join(name), text).unwrap();
        }
        let mut callers = Callers::of(vec![top.path().to_path_buf()]);
        let of = |callers: &mut Callers, dir: &str| {
            let found = callers.of_folder(&top.path().join(dir)).into_iter();
            found.map(|dir| dir.strip_prefix(top.path()).unwrap().to_path_buf()).collect::<Vec<_>>()
        };
        assert_eq!(of(&mut callers, "child"), [Path::new("middle"), Path::new("examples/a")]);
        fs::write(top.path().join("examples/b/main.tf"), call("../../child")).unwrap();
        callers.changed(&top.path().join("examples/b"));
        assert_eq!(of(&mut callers, "child").len(), 3);
        assert_eq!(of(&mut callers, "examples/a"), [""; 0].map(Path::new));
        assert!(callers.of_folder(Path::new("/elsewhere")).is_empty());
    }
}
