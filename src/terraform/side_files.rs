//! The files of a module's folder that are no configuration: what `file` and its like read.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Every file below a folder, as far as it was looked through. Paths are relative to it, with `/`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct SideFiles {
    /// `None` for a file whose text was not read.
    texts: BTreeMap<String, Option<Arc<str>>>,
    /// Folders whose files are not among them.
    unlisted: Vec<String>,
}

impl SideFiles {
    pub(crate) fn new(texts: BTreeMap<String, Option<Arc<str>>>, unlisted: Vec<String>) -> Self {
        Self { texts, unlisted }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The text of a file.
    pub(super) fn text(&self, path: &str) -> Option<&Arc<str>> {
        self.texts.get(&inside(path)?)?.as_ref()
    }

    /// Whether there surely is such a file.
    pub(super) fn has(&self, path: &str) -> bool {
        inside(path).is_some_and(|path| self.texts.contains_key(&path))
    }

    /// The files below a folder that match a pattern, by their path from there; `None` where there may be others.
    pub(super) fn matching(&self, folder: &str, pattern: &str) -> Option<Vec<String>> {
        let folder = inside(folder)?;
        let below = |path: &str| match folder.as_str() {
            "" => Some(path.to_owned()),
            folder => Some(path.strip_prefix(folder)?.strip_prefix('/')?.to_owned()),
        };
        let pattern = Pattern::parse(pattern)?;
        let reaches = |unlisted: &String| {
            let is_above = format!("{folder}/").starts_with(&format!("{unlisted}/")) && !folder.is_empty();
            is_above || below(unlisted).is_some_and(|inner| pattern.reaches_into(&inner))
        };
        if self.texts.is_empty() || self.unlisted.iter().any(reaches) {
            return None;
        }
        Some(self.texts.keys().filter_map(|path| below(path)).filter(|path| pattern.matches(path)).collect())
    }
}

/// A path without `.` and `..`; `None` for one that leaves the folder, or is not relative.
fn inside(path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains(['\\', ':']) {
        return None;
    }
    let mut names: Vec<&str> = Vec::new();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}

/// What `fileset` takes: `*`, `?`, and `**` for folders in folders.
struct Pattern {
    names: Vec<Vec<char>>,
}

impl Pattern {
    /// `None` for one with alternatives or classes, which are not read here.
    fn parse(text: &str) -> Option<Self> {
        if text.contains(['{', '}', '[', ']', '\\', '!']) || text.starts_with('/') {
            return None;
        }
        let names: Vec<Vec<char>> =
            text.split('/').filter(|name| *name != ".").map(|name| name.chars().collect()).collect();
        names.iter().all(|name| !name.is_empty() && name != &['.', '.']).then_some(Self { names })
    }

    fn matches(&self, path: &str) -> bool {
        let path: Vec<Vec<char>> = path.split('/').map(|name| name.chars().collect()).collect();
        // Which of the pattern's names may come next, after each name of the path.
        let mut next = vec![false; self.names.len() + 1];
        next[0] = true;
        self.skip_any(&mut next);
        for name in &path {
            let mut after = vec![false; self.names.len() + 1];
            for (at, pattern) in self.names.iter().enumerate().filter(|(at, _)| next[*at]) {
                if is_any_folders(pattern) {
                    after[at] = true;
                } else if name_matches(pattern, name) {
                    after[at + 1] = true;
                }
            }
            next = after;
            self.skip_any(&mut next);
        }
        next[self.names.len()]
    }

    /// `**` stands for no folder too.
    fn skip_any(&self, next: &mut [bool]) {
        for (at, pattern) in self.names.iter().enumerate() {
            if next[at] && is_any_folders(pattern) && at + 1 < self.names.len() {
                next[at + 1] = true;
            }
        }
        // At the end it stands for any file.
        let last = self.names.len() - 1;
        if next[last] && is_any_folders(&self.names[last]) {
            next[last + 1] = true;
        }
    }

    /// Whether a file in this folder may match.
    fn reaches_into(&self, folder: &str) -> bool {
        let depth = folder.split('/').count();
        depth < self.names.len() || self.names.iter().any(|name| is_any_folders(name))
    }
}

fn is_any_folders(name: &[char]) -> bool {
    name == ['*', '*']
}

/// Linear for each `*`: of two that could take a character, only the later one is tried again.
fn name_matches(pattern: &[char], name: &[char]) -> bool {
    let (mut at, mut taken) = (0, 0);
    let mut again: Option<(usize, usize)> = None;
    while taken < name.len() {
        match pattern.get(at) {
            Some('*') => {
                again = Some((at + 1, taken));
                at += 1;
            }
            Some(wanted) if *wanted == '?' || *wanted == name[taken] => {
                at += 1;
                taken += 1;
            }
            _ => {
                let Some((star, from)) = again else { return false };
                again = Some((star, from + 1));
                at = star;
                taken = from + 1;
            }
        }
    }
    pattern[at..].iter().all(|rest| *rest == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str], unlisted: &[&str]) -> SideFiles {
        let texts = paths.iter().map(|path| ((*path).to_owned(), Some((*path).into()))).collect();
        SideFiles::new(texts, unlisted.iter().map(|path| (*path).to_owned()).collect())
    }

    #[test]
    fn a_file_is_found_by_any_path_that_stays_inside() {
        let found = files(&["a/b.json"], &[]);
        for path in ["a/b.json", "./a/b.json", "a//b.json", "a/c/../b.json", "c/../a/./b.json"] {
            assert!(found.text(path).is_some() && found.has(path), "{path}");
        }
        for path in ["/a/b.json", "../a/b.json", "a/../../a/b.json", "C:/a/b.json", "a\\b.json", "a", ""] {
            assert!(found.text(path).is_none() && !found.has(path), "{path}");
        }
    }

    #[test]
    fn a_pattern_takes_the_files_that_terraform_takes() {
        let found = files(&["a.json", "b.txt", "p/a.json", "p/q/b.json", "p/q/.c.json"], &[]);
        for (folder, pattern, expected) in [
            (".", "*.json", Some("a.json")),
            ("", "?.*", Some("a.json b.txt")),
            (".", "**/*.json", Some("a.json p/a.json p/q/.c.json p/q/b.json")),
            (".", "p/**", Some("p/a.json p/q/.c.json p/q/b.json")),
            (".", "**/q/*b*", Some("p/q/b.json")),
            ("./p", "*", Some("a.json")),
            ("p/q", "**", Some(".c.json b.json")),
            ("gone", "*", Some("")),
            (".", "*.{json,txt}", None),
            ("..", "*", None),
        ] {
            let names = found.matching(folder, pattern).map(|names| names.join(" "));
            assert_eq!(names.as_deref(), expected, "{folder} {pattern}");
        }
    }

    #[test]
    fn where_a_folder_was_not_looked_into_nothing_is_said_of_it() {
        let found = files(&["a.json", "p/b.json"], &["deep"]);
        assert_eq!(found.matching(".", "*.json"), Some(vec!["a.json".to_owned()]));
        assert_eq!(found.matching("p", "**"), Some(vec!["b.json".to_owned()]));
        assert_eq!(found.matching(".", "*/*.json"), None);
        assert_eq!(found.matching(".", "**"), None);
        assert_eq!(found.matching("deep", "*"), None);
    }
}
