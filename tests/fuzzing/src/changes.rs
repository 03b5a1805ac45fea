//! Files that change while others know of them. Whatever was asked in between, what is said then is what is said of the
//! same files when they are opened for the first time.
//!
//! An input is a sequence of texts: each under a `#- NAME` line, a later one in place of the one before with that name.

use std::path::Path;

use azapi_ls::ide::{Analysis, FileId, FilePos, Workspace};
use azapi_ls::text::{TextRange, TextSize};

use crate::choices::Choices;
use crate::driver::Target;
use crate::grammar::{Grammar, Item, Kind, NAMES};
use crate::{answers, damage, samples};

/// The files of a root module, and of the two that it may call.
const FILES: [&str; 10] = [
    "main.tf",
    "other.tf",
    "other.tofu",
    "x.tftest.hcl",
    "main_override.tf",
    "terraform.tfvars",
    "x.auto.tfvars",
    "a/main.tf",
    "a/more.tf",
    "b/main.tf",
];

/// What is remembered from one version of a file to the next.
pub const TARGET: Target = Target { name: "changes", samples: Vec::new, damage: made, check, cases: 120 };

fn made(choices: &mut Choices, samples: &[Vec<u8>]) -> Vec<u8> {
    if choices.once_in(8) {
        return damage::text(choices, samples, &NAMES);
    }
    let mut files: Vec<(&str, Vec<Item>)> = Vec::new();
    for name in FILES {
        if choices.once_in(if name == "main.tf" { 1 } else { 2 }) {
            let mut grammar = Grammar { choices, constants: 2 };
            let items = match special(name) {
                Some(kind) => ["a", "b", "c"].map(|name| grammar.item(kind, name)).into(),
                None => grammar.items(true),
            };
            files.push((name, items));
        }
    }
    let mut text: String = files.iter().map(version).collect();
    for _ in 0..=choices.below(8) {
        let at = choices.below(files.len());
        change(choices, &mut files[at]);
        text.push_str(&version(&files[at]));
    }
    text.into_bytes()
}

/// What all items of a file are, where it is no configuration.
fn special(name: &str) -> Option<Kind> {
    match name.rsplit('.').next() {
        Some("tfvars") => Some(Kind::Value),
        Some("hcl") => Some(Kind::Run),
        _ => None,
    }
}

fn version((name, items): &(&str, Vec<Item>)) -> String {
    format!("#- {name}\n") + &items.iter().map(|item| item.text.as_str()).collect::<String>()
}

/// An item comes, goes, says something else or stands elsewhere.
fn change(choices: &mut Choices, (name, items): &mut (&str, Vec<Item>)) {
    let kinds =
        [Kind::Resource, Kind::Data, Kind::Local, Kind::Variable, Kind::Output, Kind::Call, Kind::Other];
    let at = choices.below(items.len());
    match (choices.below(6), items.get(at).cloned()) {
        (0, Some(_)) => {
            items.remove(at);
        }
        (1, Some(item)) => {
            items.remove(at);
            items.insert(choices.below(items.len() + 1), item);
        }
        (2..=4, Some(item)) => items[at] = Grammar { choices, constants: 2 }.item(item.kind, item.name),
        _ => {
            let kind = special(name).unwrap_or_else(|| choices.one_of(&kinds));
            let declared = choices.one_of(&["a", "b", "c"]);
            items.insert(at, Grammar { choices, constants: 2 }.item(kind, declared));
        }
    }
}

/// Puts the texts into a workspace one after another, and asks now and then.
///
/// # Panics
///
/// Where an answer is another than that of a workspace that has only the last texts.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let mut choices = Choices::of(input);
    let mut workspace = answers::workspace();
    // Those that are open, in the order in which they were opened first, with their texts.
    let mut open: Vec<(&str, FileId, &str)> = Vec::new();
    for (name, content) in samples::sections(&text) {
        if !FILES.contains(&name) {
            continue;
        }
        let file = put(&mut workspace, name, content);
        match open.iter_mut().find(|(.., it, _)| *it == file) {
            Some(known) => known.2 = content,
            None => open.push((name, file, content)),
        }
        // Most changes find what was remembered before them.
        match choices.below(4) {
            0 => {}
            1 => {
                let (_, file, text) = choices.one_of(&open);
                ask(&workspace.analysis(), file, text, &mut choices);
            }
            _ => compare(&workspace, &open, &mut choices),
        }
    }
    compare(&workspace, &open, &mut choices);
}

fn put(workspace: &mut Workspace, name: &str, text: &str) -> FileId {
    workspace.open_file(&Path::new("/module").join(name), text, 1)
}

/// The files in any order, and in any order of a fresh workspace.
fn compare(workspace: &Workspace, open: &[(&str, FileId, &str)], choices: &mut Choices) {
    let mut fresh = answers::workspace();
    for (name, _, text) in open {
        put(&mut fresh, name, text);
    }
    let (known, new) = (workspace.analysis(), fresh.analysis());
    let mut left = open.to_vec();
    while !left.is_empty() {
        let (name, file, text) = left.remove(choices.below(left.len()));
        let (known, new) = (said(&known, file), said(&new, file));
        assert!(known == new, "of {name}\n{text}\nis said {known:#?}\nand when it is opened {new:#?}");
    }
    let Some(&(name, file, text)) = open.get(choices.below(open.len())) else { return };
    let mut same = choices.clone();
    let (known, new) = (ask(&known, file, text, choices), ask(&new, file, text, &mut same));
    assert!(known == new, "of {name}\n{text}\nis answered {known}\nand when it is opened {new}");
}

fn said(analysis: &Analysis, file: FileId) -> Vec<String> {
    analysis.diagnostics(file).iter().map(|it| format!("{it:?}")).collect()
}

/// What is answered at a place.
fn ask(analysis: &Analysis, file: FileId, text: &str, choices: &mut Choices) -> String {
    let offset = TextSize::new(u32::try_from(choices.boundary(text)).expect("a small text"));
    let at = FilePos { file, offset };
    let hover = analysis.hover(at).map(|it| it.markdown);
    let list: Vec<_> = analysis.completion(at).items.into_iter().map(|it| (it.label, it.edit)).collect();
    let actions = analysis.code_actions(file, TextRange::empty(offset));
    let imports = analysis.imports(file);
    format!("at {offset:?}: {hover:?}\n{list:?}\n{actions:?}\n{imports:?}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn changed_files_are_known_as_they_are() {
        crate::driver::run(super::TARGET);
    }
}
