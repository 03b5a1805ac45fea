//! The disk changes under it: checkouts, renames, deletions, files half written, folders and pipes in the place of files.
//! When the client has told of it, diagnostics are those of a server that was started afterwards.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use serde_json::{Value, json};

use crate::client::{Server, initialize};
use crate::model::Encoding;
use crate::questions::{Question, compare};
use crate::rounds::{Subject, is_long, play};
use crate::texts;

const FOLDERS: [&str; 5] = [".", "child", "child/child", "other", "root"];

/// The local that a file of this name declares, once in its folder.
fn local_of(name: &str) -> String {
    format!("disk_{}", name.trim_end_matches(".tf").trim_end_matches(".tofu"))
}

/// Blocks whose diagnostics show what the files beside them say.
fn probes() -> String {
    let names = (8..24).map(|number| format!("file{number}.tf")).chain(["variables.tf".to_owned()]);
    let values = names.map(|name| format!("local.{}", local_of(&name)));
    let read = "jsondecode(file(\"${path.module}/data.json\")).name".to_owned();
    let blocks = values.chain([read]).enumerate().map(|(number, value)| {
        format!("resource \"azapi_resource\" \"probe{number}\" {{\n  type = \"Microsoft.ContainerRegistry/registries@${{{value}}}\"\n}}\n")
    });
    blocks.collect()
}

/// A folder that is a working copy, and what the client has to tell of.
struct Copy {
    /// Taken away in the end.
    _dir: tempfile::TempDir,
    /// Without links: the names under which documents are opened.
    root: PathBuf,
    changed: BTreeSet<PathBuf>,
    files: usize,
}

impl Copy {
    fn new(files: usize) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path().canonicalize().expect("a folder");
        FOLDERS.iter().for_each(|folder| fs::create_dir_all(root.join(folder)).expect("a folder"));
        Self { _dir: dir, root, changed: BTreeSet::new(), files }
    }

    /// The path of one of the files, by number.
    fn path(&self, number: usize) -> PathBuf {
        let folder = FOLDERS[number % FOLDERS.len()];
        let name = match number / FOLDERS.len() {
            0 => "main.tf".to_owned(),
            1 => "variables.tf".to_owned(),
            2 => "terraform.tfvars".to_owned(),
            3 => "main_override.tf".to_owned(),
            4 => "a.auto.tfvars".to_owned(),
            5 => "data.json".to_owned(),
            6 => "main.tofu".to_owned(),
            7 => ".azapi-ls.toml".to_owned(),
            n => format!("file{n}.tf"),
        };
        self.root.join(folder).join(name)
    }

    fn text(&self, rng: &mut Rng, path: &Path) -> String {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.ends_with(".tfvars") {
            return format!(
                "name = \"{}\"\n{}",
                rng.u8(..),
                if rng.u8(..4) == 0 { texts::piece(rng) } else { String::new() }
            );
        }
        match name {
            "data.json" => format!("{{ \"name\": \"n{}\" }}", rng.u8(..)),
            ".azapi-ls.toml" => {
                let line = ["", "unknown-property = \"off\"\n", "invalid-parent-id = \"warning\"\n", "[[[\n"];
                format!("[severities]\n{}", rng.choice(line).expect("some"))
            }
            _ => {
                let reads = "locals {\n  read = jsondecode(file(\"${path.module}/data.json\")).name\n}\nresource \"azapi_resource\" \"r\" {\n  type = \"Microsoft.Web/sites@2023-12-01\"\n  name = local.read\n  body = { properties = { x = local.read } }\n}\n";
                let reads = if rng.u8(..3) == 0 { reads } else { "" };
                let items = texts::configuration(rng, if self.files > 500 { 2 } else { 4 });
                format!("locals {{\n  {} = \"{}\"\n}}\n{items}{reads}", local_of(name), rng.u8(..))
            }
        }
    }

    /// Takes away whatever is there.
    fn clear(path: &Path) {
        let Ok(found) = fs::symlink_metadata(path) else { return };
        let gone = if found.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        gone.expect("it can be taken away");
    }

    fn write(&mut self, path: PathBuf, text: &[u8]) {
        Self::clear(&path);
        fs::write(&path, text).expect("it can be written");
        self.changed.insert(path);
    }

    /// A checkout: about so many files in a hundred are written, and some are gone.
    fn checkout(&mut self, rng: &mut Rng, percent: u8) {
        for number in 0..self.files {
            if rng.u8(..100) < percent {
                let path = self.path(number);
                if rng.u8(..8) == 0 {
                    Self::clear(&path);
                    self.changed.insert(path);
                } else {
                    let text = self.text(rng, &path);
                    self.write(path, text.as_bytes());
                }
            }
        }
    }

    /// Something happens to one file.
    fn disturb(&mut self, rng: &mut Rng) {
        let path = self.path(rng.usize(..self.files));
        let text = self.text(rng, &path);
        match rng.u8(..12) {
            0 | 1 => {
                let half = texts::boundary(rng, &text);
                self.write(path, &text.as_bytes()[..half]);
            }
            2 => {
                Self::clear(&path);
                self.changed.insert(path);
            }
            3 | 4 => {
                let other = self.path(rng.usize(..self.files));
                if path.is_file() && path != other {
                    Self::clear(&other);
                    fs::rename(&path, &other).expect("it can be renamed");
                    self.changed.extend([path, other]);
                }
            }
            5 => {
                Self::clear(&path);
                fs::create_dir(&path).expect("a folder");
                self.changed.insert(path);
            }
            6 => self.write(path, &[b"a = \xff\xfe".as_slice(), text.as_bytes()].concat()),
            7 => self.write(path, b""),
            #[cfg(unix)]
            8 => {
                Self::clear(&path);
                let made = std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo");
                assert!(made.success());
                self.changed.insert(path);
            }
            #[cfg(unix)]
            9 | 10 => {
                Self::clear(&path);
                let target = match rng.u8(..5) {
                    0 => PathBuf::from("/dev/zero"),
                    1 => path.clone(),
                    2 => PathBuf::from("."),
                    3 => PathBuf::from("nowhere.tf"),
                    _ => self.path(rng.usize(..self.files)),
                };
                std::os::unix::fs::symlink(target, &path).expect("a link");
                self.changed.insert(path);
            }
            _ => self.write(path, text.as_bytes()),
        }
    }

    fn uri(path: &Path) -> String {
        format!("file://{}", path.display())
    }

    /// Tells of all that changed, in any order, in one notification or in several; some more than once.
    fn tell(&mut self, rng: &mut Rng, server: &mut Server) {
        let mut paths: Vec<PathBuf> = std::mem::take(&mut self.changed).into_iter().collect();
        rng.shuffle(&mut paths);
        let again = paths.iter().take(3).cloned().collect::<Vec<_>>();
        paths.extend(again);
        let size = *rng.choice([1, 7, 10_000].as_slice()).expect("some");
        for part in paths.chunks(size) {
            // Which kind of change it is, is no more than a hint: the file may have changed again since.
            let changes: Vec<Value> =
                part.iter().map(|path| json!({ "uri": Self::uri(path), "type": rng.u8(1..=3) })).collect();
            server.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
        }
    }
}

fn start(root: &Path, documents: &[(String, String)]) -> Server {
    let mut params = initialize(Encoding::Utf16);
    params["workspaceFolders"] = json!([{ "uri": Copy::uri(root), "name": "copy" }]);
    let mut server = Server::start_with(params);
    documents.iter().for_each(|(uri, text)| server.open(uri, 1, text));
    server
}

fn round(rng: &mut Rng, files: usize) -> Result<usize, String> {
    let mut copy = Copy::new(files);
    copy.checkout(rng, 80);
    copy.changed.clear();
    // The main files of three folders are open; the editor's text is that of the disk, or another one.
    let documents: Vec<(String, String)> = (0..3)
        .map(|number| {
            let path = copy.path(number);
            let text = fs::read_to_string(&path).ok().filter(|_| rng.bool());
            let text = text.unwrap_or_else(|| copy.text(rng, &path));
            (Copy::uri(&path), format!("{}{text}", probes()))
        })
        .collect();
    let mut server = start(&copy.root, &documents);
    let mut cases = 0;
    for _ in 0..3 {
        let mut log = Vec::new();
        if rng.bool() {
            copy.checkout(rng, 70);
            // Asked of in the middle, when nothing was told yet.
            for (uri, _) in &documents {
                Question::diagnostics(uri).answer(&mut server).ok();
            }
            if rng.bool() {
                copy.tell(rng, &mut server);
            }
        }
        for _ in 0..rng.u8(1..30) {
            copy.disturb(rng);
            log.extend(copy.changed.iter().cloned());
            if rng.u8(..6) == 0 {
                copy.tell(rng, &mut server);
            }
            cases += 1;
        }
        copy.tell(rng, &mut server);
        let mut fresh = start(&copy.root, &documents);
        for (uri, text) in &documents {
            for question in [Question::diagnostics(uri), Question::outline(uri)] {
                let (one, other) = (question.answer(&mut server), question.answer(&mut fresh));
                compare("told and fresh differ", &question, &one, &other)
                    .map_err(|problem| format!("{problem}\nopen: {text:?}\nchanged: {log:?}"))?;
            }
        }
        fresh.calls.clear();
        fresh.finish();
    }
    server.finish();
    Ok(cases)
}

#[test]
fn what_is_told_of_the_disk_gives_the_diagnostics_of_a_fresh_server() {
    play(Subject::Disk, 4, |seed, rng| {
        round(rng, if is_long() && seed % 4 == 3 { 1000 } else { 200 })
            .unwrap_or_else(|problem| panic!("{problem}"))
    });
}
