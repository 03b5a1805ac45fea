//! Sound configurations with one fault put into them: each fix of what is then reported removes that, and leaves a text that
//! parses; a safe one brings nothing new, and once all of them are applied none is left.
#![expect(clippy::print_stdout, reason = "how many there were is part of the result")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use azapi_ls::ide::{Analysis, Config, FileId, Profile, Workspace};
use azapi_ls::syntax;
use azapi_ls::text::apply_edits;

/// Longer configurations are left out unless all are asked for.
const LONGEST: usize = 2_500;
/// Of the faults that can be put into a configuration, one in so many is, unless all are asked for.
const STRIDE: usize = 29;

fn all_are_asked_for() -> bool {
    std::env::var_os("AZAPI_LS_ALL_FIXES").is_some()
}

fn configurations() -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/styles")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "tf") {
                let text = std::fs::read_to_string(&path).expect("a text");
                let is_short = text.len() <= LONGEST || all_are_asked_for();
                if is_short && said(&text).is_empty() {
                    found.push((path, text));
                }
            }
        }
    }
    found.sort();
    found
}

fn opened(text: &str) -> (Analysis, FileId) {
    let mut workspace = Workspace::new(Config { profile: Profile::Standalone, ..Config::default() });
    let file = workspace.open_file(Path::new("/module/main.tf"), text, 1);
    (workspace.analysis(), file)
}

/// What is reported, each with how often.
type Said = BTreeMap<(&'static str, String), usize>;

fn said(text: &str) -> Said {
    let (analysis, file) = opened(text);
    let mut counts = BTreeMap::new();
    for one in analysis.diagnostics(file) {
        *counts.entry((one.code, one.message)).or_default() += 1;
    }
    counts
}

/// What is said in one text more often than in another.
fn more<'s>(now: &'s Said, before: &Said) -> Vec<&'s (&'static str, String)> {
    let is_more = |one: &(&_, &usize)| *one.1 > before.get(one.0).copied().unwrap_or_default();
    now.iter().filter(is_more).map(|(one, _)| one).collect()
}

/// A line of `key = value`, and what it becomes with a fault of each kind.
fn damaged(line: &str) -> Vec<String> {
    let Some((before, value)) = line.split_once('=') else { return Vec::new() };
    let (key, value) = (before.trim(), value.trim());
    let is_name = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !is_name || value.starts_with(['=', '>']) {
        return Vec::new();
    }
    let indent = &line[..line.len() - line.trim_start().len()];
    let mut upper = key.to_owned();
    upper[..1].make_ascii_uppercase();
    let mut all = vec![
        line.replacen(key, &key[..key.len() - 1], 1),
        line.replacen(key, &upper, 1),
        format!("{line}\n{line}"),
        String::new(),
        format!("{indent}tags = {{ a = \"b\" }}\n{line}"),
        format!("{indent}location = \"west\"\n{line}"),
        format!("{indent}identity {{\n{indent}  type = \"SystemAssigned\"\n{indent}}}\n{line}"),
    ];
    let quoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    let other = match quoted {
        Some(text) if text.len() > 2 => format!(
            "\"{}\"",
            &text.chars().rev().skip(1).collect::<Vec<_>>().iter().rev().collect::<String>()
        ),
        Some(_) => "1".to_owned(),
        None => format!("\"{value}\""),
    };
    all.push(line.replacen(value, &other, 1));
    all
}

fn check(path: &Path, text: &str) -> usize {
    let before = said(text);
    let (analysis, file) = opened(text);
    let mut fixes = 0;
    for one in analysis.diagnostics(file) {
        for fix in &one.fixes {
            let [(edited, edits)] = &fix.change.edits[..] else { continue };
            assert_eq!(*edited, file);
            let after = apply_edits(text, edits).expect("edits that fit");
            let shown = || format!("{}\n{}: {}\n{text}\nnow\n{after}", path.display(), one.code, fix.title);
            assert!(syntax::parse(&after).errors().is_empty(), "it does not parse any more: {}", shown());
            let now = said(&after);
            let key = (one.code, one.message.clone());
            assert!(now.get(&key).copied().unwrap_or_default() < before[&key], "still there: {}", shown());
            if fix.is_safe() {
                let new = more(&now, &before);
                assert!(new.is_empty(), "new: {new:?} {}", shown());
            }
            fixes += 1;
        }
    }
    if let Some(all) = analysis.fix_all(file) {
        let after = apply_edits(text, &all.edit.edits[0].1).expect("edits that fit");
        let (fixed, file) = opened(&after);
        assert_eq!(fixed.fix_all(file), None, "{}\n{text}\nnow\n{after}", path.display());
        let now = said(&after);
        let new = more(&now, &before);
        assert!(new.is_empty(), "new: {new:?} {}\n{text}\nnow\n{after}", path.display());
    }
    fixes
}

#[test]
fn a_fix_removes_what_it_is_one_of_and_a_safe_one_brings_nothing_new() {
    let all = configurations();
    let (next, texts, fixes) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let stride = if all_are_asked_for() { 1 } else { STRIDE };
    let work = || {
        while let Some((number, (path, text))) = {
            let number = next.fetch_add(1, Ordering::Relaxed);
            all.get(number).map(|one| (number, one))
        } {
            let lines: Vec<&str> = text.lines().collect();
            let faulty = lines
                .iter()
                .enumerate()
                .flat_map(|(at, line)| damaged(line).into_iter().map(move |damaged| (at, damaged)));
            for (at, damaged) in faulty.skip(number % stride).step_by(stride) {
                let whole = [&lines[..at], &[&*damaged], &lines[at + 1..]].concat().join("\n") + "\n";
                if syntax::parse(&whole).errors().is_empty() {
                    texts.fetch_add(1, Ordering::Relaxed);
                    fixes.fetch_add(check(path, &whole), Ordering::Relaxed);
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let (texts, fixes) = (texts.into_inner(), fixes.into_inner());
    println!("{fixes} fixes of {texts} faulty texts");
    assert!(texts > 300 && fixes > 200, "{fixes} fixes of {texts} texts");
}
