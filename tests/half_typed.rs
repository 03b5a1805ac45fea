//! Every configuration under `tests/data` but the longest, cut at each place and with the character there left out: it is parsed,
//! checked, hovered and completed, and what is found outside the damaged block stays what it was.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use azapi_ls::ide::{Analysis, Config, Diagnostic, FileId, FilePos, Profile, Symbol, Workspace};
use azapi_ls::syntax;
use azapi_ls::syntax::ast::AstNode;
use azapi_ls::text::{TextRange, TextSize, apply_edits};

/// Whether a folder is one of the longer configurations in published styles, which `styles.rs` cuts at every line.
fn is_published(folder: &Path) -> bool {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    ["avm_", "example_", "landing_zone_", "module_", "quickstart_"]
        .iter()
        .any(|start| name.starts_with(start))
}

fn configurations() -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                if !is_published(&path) {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "tf") {
                let text = std::fs::read_to_string(&path).expect("a text");
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// Longer texts are cut where words begin and end and inside them once, shorter ones at every character.
const SHORT: usize = 1_200;

/// The places where a text is cut.
fn places(text: &str) -> impl Iterator<Item = (usize, char)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut before = (' ', ' ');
    text.char_indices().filter(move |&(_, c)| {
        let (second, first) = before;
        before = (first, c);
        let turns = is_word(first) != is_word(c) || !is_word(c) && c != ' ';
        text.len() <= SHORT || turns || is_word(first) != is_word(second)
    })
}

/// Does the same for every configuration, on all cores.
fn for_every_configuration(check: impl Fn(&Path, &str) + Sync) {
    let all = configurations();
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((path, text)) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    check(path, text);
                }
            });
        }
    });
}

fn opened(text: &str) -> (Analysis, FileId) {
    let mut workspace = Workspace::new(Config { profile: Profile::Standalone, ..Config::default() });
    let file = workspace.open_file(Path::new("/module/main.tf"), text, 1);
    (workspace.analysis(), file)
}

/// Editors throw an outline away as a whole when a part of it lies outside of what holds it.
fn fits(outline: &[Symbol], inside: TextRange) {
    for symbol in outline {
        assert!(inside.contains_range(symbol.range), "{symbol:?}");
        assert!(symbol.range.contains_range(symbol.name_range) && !symbol.name.is_empty(), "{symbol:?}");
        fits(&symbol.children, symbol.range);
    }
}

/// Asks everything an editor asks while somebody types at the place.
fn ask(text: &str, offset: usize) -> Vec<Diagnostic> {
    let (analysis, file) = opened(text);
    let at = FilePos { file, offset: TextSize::new(offset as u32) };
    for completion in analysis.completion(at).items {
        let range = completion.edit.range;
        assert!(range.contains_inclusive(at.offset) && usize::from(range.end()) <= text.len());
    }
    if let Some(hover) = analysis.hover(at) {
        assert!(hover.range.contains_inclusive(at.offset) && !hover.markdown.is_empty());
    }
    fits(&analysis.outline(file).expect("everything is served"), TextRange::up_to(TextSize::of(text)));
    let _ = analysis.code_actions(file, TextRange::empty(at.offset));
    let diagnostics = analysis.diagnostics(file);
    for diagnostic in &diagnostics {
        assert!(usize::from(diagnostic.range.end()) <= text.len(), "{diagnostic:?}");
        for (_, edits) in diagnostic.fixes.iter().flat_map(|fix| &fix.change.edits) {
            assert!(apply_edits(text, edits).is_ok(), "{diagnostic:?}");
        }
    }
    diagnostics
}

/// What is said of a block, wherever it stands.
type Said = BTreeSet<(String, &'static str, String)>;

/// The diagnostics by the blocks' addresses, without those of the damaged block, and without those that follow from
/// another block (they may rightly go when that one is damaged).
fn said(diagnostics: &[Diagnostic], without: Option<&str>) -> Said {
    let own = diagnostics.iter().filter(|diagnostic| diagnostic.related.is_empty());
    let of_blocks = own.filter_map(|diagnostic| {
        let address = diagnostic.address.clone()?;
        Some((address, diagnostic.code, diagnostic.message.clone()))
    });
    of_blocks.filter(|(address, ..)| Some(address.as_str()) != without).collect()
}

/// The top-level blocks of a sound text: their ranges and addresses.
fn blocks(text: &str) -> Vec<(TextRange, String)> {
    let file = syntax::parse(text).root();
    let blocks = file.body().blocks().map(|block| {
        let labels: Vec<String> = block.labels().map(|label| label.text()).collect();
        let keyword = block.keyword();
        let prefix = if keyword == "resource" { String::new() } else { format!("{keyword}.") };
        (block.syntax().text_range(), format!("{prefix}{}", labels.join(".")))
    });
    blocks.collect()
}

fn damaged_at(blocks: &[(TextRange, String)], offset: usize) -> Option<&(TextRange, String)> {
    blocks.iter().find(|(range, _)| range.contains_inclusive(TextSize::new(offset as u32)))
}

/// Whether damage to the block can change what others are: it declares a local or a variable, or asks for a version
/// of the provider.
fn declares_values(address: &str) -> bool {
    ["locals.", "variable.", "terraform."].iter().any(|kind| address.starts_with(kind)) || address.is_empty()
}

#[test]
fn every_prefix_is_answered_and_keeps_the_diagnostics_of_whole_blocks() {
    for_every_configuration(|path, text| {
        let blocks = blocks(text);
        let whole = said(&ask(text, 0), None);
        for (offset, _) in places(text) {
            let now =
                said(&ask(&text[..offset], offset), damaged_at(&blocks, offset).map(|it| it.1.as_str()));
            let complete: BTreeSet<&str> = blocks
                .iter()
                .filter(|(range, _)| usize::from(range.end()) < offset)
                .map(|(_, address)| address.as_str())
                .collect();
            let expected: Said =
                whole.iter().filter(|(address, ..)| complete.contains(address.as_str())).cloned().collect();
            assert_eq!(now, expected, "{}: cut at {offset}", path.display());
        }
    });
}

/// Where nothing is indented, a brace that is gone takes the blocks behind with it: only indentation tells them apart.
const NOT_INDENTED: &str = "flush_left.tf";

#[test]
fn every_character_left_out_is_answered_and_keeps_the_diagnostics_of_other_blocks() {
    for_every_configuration(|path, text| {
        let blocks = blocks(text);
        let whole = ask(text, 0);
        for (offset, character) in places(text) {
            let without = format!("{}{}", &text[..offset], &text[offset + character.len_utf8()..]);
            let diagnostics = ask(&without, offset);
            let Some((_, damaged)) = damaged_at(&blocks, offset) else { continue };
            if declares_values(damaged) || path.ends_with(NOT_INDENTED) {
                continue;
            }
            let (now, expected) = (said(&diagnostics, Some(damaged)), said(&whole, Some(damaged)));
            let renamed: Said = now.difference(&expected).cloned().collect();
            // A block whose keyword, type or name is damaged speaks under another address.
            let foreign =
                renamed.iter().all(|(address, ..)| blocks.iter().all(|(_, known)| known != address));
            assert!(foreign, "{}: without byte {offset}: {renamed:?}", path.display());
            assert!(expected.is_subset(&now), "{}: without byte {offset}", path.display());
        }
    });
}
