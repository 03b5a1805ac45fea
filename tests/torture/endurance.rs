//! A long day at one server: many files, many open documents, edits without end. What it holds at the end is what it
//! held after the start.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;
use serde_json::json;

use crate::client::{Server, initialize};
use crate::model::{self, Encoding};
use crate::questions::Question;
use crate::rounds::{say, seconds};
use crate::texts;

/// A day's work. A long one goes on for as long as is wanted.
struct Day {
    folders: usize,
    files_of_a_folder: usize,
    open: usize,
    edits: usize,
}

const SHORT: Day = Day { folders: 20, files_of_a_folder: 10, open: 20, edits: 600 };
const LONG: Day = Day { folders: 200, files_of_a_folder: 100, open: 200, edits: 20_000 };

/// The part of the edits after which the server knows its work: a minute of half an hour.
const START: usize = 30;
/// Longer than the server waits before it gives memory back.
const REST: Duration = Duration::from_millis(4_500);
/// After so many edits a document has its first text again, so that it gets no larger.
const LEAST_EDITS: usize = 10;

/// A document, and what the editor has of it.
struct Document {
    path: PathBuf,
    text: String,
    version: i32,
    edits: usize,
}

impl Document {
    fn uri(&self) -> String {
        format!("file://{}", self.path.display())
    }
}

fn file(folder: usize, number: usize) -> String {
    format!(
        r#"locals {{
  sku_{number} = {{ name = "Premium" }}
}}

resource "azapi_resource" "registry_{number}" {{
  type      = "Microsoft.ContainerRegistry/registries@2023-07-01"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/group{folder}"
  name      = "registry{folder}x{number}"
  location  = "westeurope"
  body = {{
    sku = local.sku_{number}
    properties = {{
      adminUserEnabled = {}
    }}
  }}
}}
"#,
        number.is_multiple_of(2)
    )
}

fn path(root: &Path, day: &Day, number: usize) -> PathBuf {
    root.join(format!("folder{}", number % day.folders)).join(format!("part{}.tf", number / day.folders))
}

fn write_all(root: &Path, day: &Day) {
    for folder in 0..day.folders {
        fs::create_dir(root.join(format!("folder{folder}"))).expect("a folder");
    }
    for number in 0..day.folders * day.files_of_a_folder {
        let text = file(number % day.folders, number / day.folders);
        fs::write(path(root, day, number), text).expect("a file");
    }
}

fn open(server: &mut Server, path: PathBuf) -> Document {
    let text = fs::read_to_string(&path).expect("a file of text");
    let document = Document { path, text, version: 1, edits: 0 };
    server.open(&document.uri(), 1, &document.text);
    document
}

fn edit(server: &mut Server, rng: &mut Rng, document: &mut Document) {
    document.edits += 1;
    document.version += 1;
    let change = if document.edits.is_multiple_of(LEAST_EDITS) {
        let text = fs::read_to_string(&document.path).expect("a file of text");
        model::Change { range: None, text }
    } else {
        texts::change(rng, &document.text, Encoding::Utf16)
    };
    document.text = model::changed(&document.text, &change, Encoding::Utf16);
    server.change(&document.uri(), document.version, json!([change.to_json()]));
}

/// A branch is checked out: a file beside the open ones is another, and the editor tells of it.
fn touch(server: &mut Server, rng: &mut Rng, root: &Path, day: &Day) {
    let number = rng.usize(day.open..day.folders * day.files_of_a_folder);
    let path = path(root, day, number);
    let text = file(rng.usize(..day.folders), number / day.folders);
    fs::write(&path, text).expect("a file");
    let uri = format!("file://{}", path.display());
    server.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 2 }] }));
}

fn work(server: &mut Server, rng: &mut Rng, root: &Path, day: &Day) -> Option<[u64; 2]> {
    let started = Instant::now();
    let pause = seconds().map(|seconds| Duration::from_secs(seconds) / day.edits as u32);
    let mut documents: Vec<Document> =
        (0..day.open).map(|number| open(server, path(root, day, number))).collect();
    let mut after_start = None;
    for number in 1..=day.edits {
        let at = rng.usize(..documents.len());
        edit(server, rng, &mut documents[at]);
        let (uri, text) = (documents[at].uri(), &documents[at].text);
        match number % 100 {
            33 => touch(server, rng, root, day),
            66 => {
                server.close(&uri);
                let path = documents.swap_remove(at).path;
                documents.push(open(server, path));
            }
            n if n % 3 == 0 => {
                Question::any(rng, &uri, text, Encoding::Utf16).answer(server).ok();
            }
            _ => {}
        }
        if number == (day.edits / START).max(5 * day.open) {
            after_start = Some(at_rest(server, &documents)?);
        }
        if let Some(pause) = pause {
            thread::sleep((pause * number as u32).saturating_sub(started.elapsed()));
        }
    }
    Some([after_start?, at_rest(server, &documents)?])
}

/// The memory that it holds when nothing happens, every document having been asked about.
fn at_rest(server: &mut Server, documents: &[Document]) -> Option<u64> {
    for document in documents {
        Question::diagnostics(&document.uri()).answer(server).ok();
    }
    thread::sleep(REST);
    server.memory()
}

#[test]
fn what_is_held_does_not_grow_with_the_edits() {
    let day = if seconds().is_some() { LONG } else { SHORT };
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().canonicalize().expect("a folder");
    write_all(&root, &day);
    let mut params = initialize(Encoding::Utf16);
    params["workspaceFolders"] = json!([{ "uri": format!("file://{}", root.display()), "name": "day" }]);
    let mut server = Server::start_with(params);
    let held = work(&mut server, &mut Rng::with_seed(0), &root, &day);
    server.calls.clear();
    server.finish();
    // Where the system does not tell, the day was got through.
    let Some([after_start, at_end]) = held else { return };
    let files = day.folders * day.files_of_a_folder;
    say(&format!(
        "Endurance: {files} files, {} open, {} edits: {} kB after the start, {} kB at the end",
        day.open,
        day.edits,
        after_start >> 10,
        at_end >> 10
    ));
    assert!(
        at_end <= after_start + after_start / 10,
        "{after_start} bytes after the start, {at_end} at the end"
    );
}
