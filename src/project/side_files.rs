//! The files of a module's folder that its functions may read.

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::Arc;

use super::disk;
use crate::terraform::side_files::SideFiles;

/// Files and folders looked at below one folder.
const MOST_ENTRIES: usize = 4_000;
/// Folders in each other.
const DEPTH: usize = 8;
/// Bytes of texts read below one folder, and of one of them.
const MOST_BYTES: u64 = 8 << 20;
const LARGEST: u64 = 1 << 20;

/// What a configuration that reads files contains.
const READING: [&str; 6] = ["file(", "fileset(", "fileexists(", "filebase64", "filemd5(", "filesha"];

/// Looks through a folder whose configuration, these texts, reads files; else there are none. Only texts that the
/// configuration may mean are read: it mentions their name or their extension.
pub(super) fn read(dir: &Path, texts: &[&str]) -> SideFiles {
    if !texts.iter().any(|text| READING.iter().any(|function| text.contains(function))) {
        return SideFiles::default();
    }
    let mut mentioned = Mentioned { texts, known: BTreeMap::new() };
    let (mut files, mut unlisted) = (BTreeMap::new(), Vec::new());
    let (mut entries, mut bytes) = (0, 0);
    let mut waiting = VecDeque::from([(dir.to_path_buf(), String::new(), 0)]);
    while let Some((folder, prefix, depth)) = waiting.pop_front() {
        let names = if depth < DEPTH && entries < MOST_ENTRIES { disk::entries(&folder) } else { None };
        let Some(names) = names else {
            unlisted.push(prefix.trim_end_matches('/').to_owned());
            continue;
        };
        entries += names.len();
        for (name, is_folder) in names {
            let path = format!("{prefix}{name}");
            match is_folder {
                // What tools keep for themselves.
                Some(true) if name.starts_with('.') || name == "node_modules" => unlisted.push(path),
                Some(true) => waiting.push_back((folder.join(&name), format!("{path}/"), depth + 1)),
                Some(false) => {
                    let text = mentioned.is(&name).then(|| text(&folder.join(&name), &mut bytes)).flatten();
                    files.insert(path, text);
                }
                // A link or a pipe: what `fileset` makes of it is not told.
                None => unlisted.push(path),
            }
        }
    }
    SideFiles::new(files, unlisted)
}

fn text(path: &Path, bytes: &mut u64) -> Option<Arc<str>> {
    if *bytes >= MOST_BYTES {
        return None;
    }
    let text = disk::read_small_text(path, LARGEST).ok()??;
    *bytes += text.len() as u64;
    Some(text.into())
}

struct Mentioned<'t> {
    texts: &'t [&'t str],
    /// By extension with its dot.
    known: BTreeMap<String, bool>,
}

impl Mentioned<'_> {
    fn is(&mut self, name: &str) -> bool {
        let contains = |part: &str| self.texts.iter().any(|text| text.contains(part));
        let Some((_, extension)) = name.rsplit_once('.') else { return contains(name) };
        let extension = format!(".{extension}");
        *self.known.entry(extension).or_insert_with_key(|extension| contains(extension))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_folder_is_looked_through_where_its_configuration_reads_files() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("p/.git")).unwrap();
        for (name, text) in [("a.json", "1"), ("p/b.json", "2"), ("p/c.zip", "3"), ("p/.git/d.json", "4")] {
            fs::write(dir.path().join(name), text).unwrap();
        }
        fs::write(dir.path().join("e.json"), [0xff, 0xfe]).unwrap();
        assert!(read(dir.path(), &["a = \"a.json\""]).is_empty());
        let found = read(dir.path(), &["a = 1", "b = file(\"p/b.json\")"]);
        let text = |text: &str| Some(Arc::<str>::from(text));
        let expected = [("a.json", text("1")), ("e.json", None), ("p/b.json", text("2")), ("p/c.zip", None)];
        let expected = expected.map(|(path, text)| (path.to_owned(), text)).into();
        assert_eq!(found, SideFiles::new(expected, vec!["p/.git".to_owned()]));
    }

    #[cfg(unix)]
    #[test]
    fn nothing_but_plain_files_of_the_folder_is_read() {
        let dir = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/dev/zero", dir.path().join("zero.json")).unwrap();
        std::os::unix::fs::symlink("/", dir.path().join("all")).unwrap();
        let pipe = dir.path().join("pipe.json");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let mut unlisted = vec!["all".to_owned(), "pipe.json".to_owned(), "zero.json".to_owned()];
        unlisted.sort();
        assert_eq!(read(dir.path(), &["file(\"x.json\")"]), SideFiles::new(BTreeMap::new(), unlisted));
    }
}
