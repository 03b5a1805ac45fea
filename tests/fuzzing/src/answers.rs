//! Everything an editor asks of a damaged configuration: answers that fit the text and are the same again, fixes that
//! fix, and blocks that may stand in any order.

use std::collections::BTreeSet;
use std::path::Path;

use azapi_ls::ide::{Analysis, Config, Diagnostic, FileId, FilePos, Profile, Workspace};
use azapi_ls::syntax;
use azapi_ls::syntax::ast::AstNode;
use azapi_ls::text::{TextRange, TextSize, apply_edits};

use crate::choices::Choices;
use crate::driver::Target;
use crate::{damage, samples};

const WORDS: [&str; 70] = [
    "null",
    "true",
    "\"\"",
    "[]",
    "{}",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "${",
    ",",
    " = ",
    "...",
    "for",
    "[*]",
    "[0]",
    "[each.key]",
    "each.value",
    "each.key",
    "count.index",
    "var.x",
    "local.x",
    "path.module",
    "self",
    "azapi_resource.x.id",
    "azapi_resource.x.output",
    "data.azapi_client_config.c.subscription_id",
    "module.m.x",
    "terraform.workspace",
    "type",
    "name",
    "parent_id",
    "location",
    "body",
    "tags",
    "identity {\n type = \"SystemAssigned\"\n}\n",
    "properties",
    "response_export_values",
    "schema_validation_enabled = false\n",
    "lifecycle {\n ignore_changes = [body]\n}\n",
    "for_each = toset([\"a\"])\n",
    "count = 2\n",
    "merge(",
    "jsonencode(",
    "jsondecode(",
    "try(",
    "concat(",
    "lookup(",
    "format(\"%s\", ",
    "templatefile(\"t\", ",
    "yamldecode(",
    "element([], ",
    "range(1, 1e9)",
    "flatten(",
    "coalesce(",
    "regex(\"(\", ",
    "\"Microsoft.Storage/storageAccounts@2023-01-01\"",
    "\"Microsoft.Network/virtualNetworks/subnets@2024-01-01\"",
    "\"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g\"",
    "sensitive(",
    "cidrsubnet(\"10.0.0.0/8\", 8, ",
    "dynamic \"timeouts\" {\n for_each = [1]\n content {}\n}\n",
    "provider::azapi::build_resource_id(",
    "locals {\n x = local.x\n}\n",
    "variable \"x\" {\n type = map(any)\n default = {}\n}\n",
    "# azapi-ls-ignore: unknown-property\n",
    "? 1 : ",
];

/// The evaluator, the validator and every feature of an editor.
pub const TARGET: Target = Target {
    name: "answers",
    samples: || {
        let folders = ["modules", "oracle", "styles"].map(samples::configurations);
        [folders.concat(), samples::examples("diagnostics.md")].concat()
    },
    damage: |choices, samples| damage::text(choices, samples, &WORDS),
    check,
    cases: 60,
};

/// Asks all of a text.
///
/// # Panics
///
/// Where an answer does not fit the text.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input).into_owned();
    let mut choices = Choices::of(input);
    let (analysis, file) = opened(&text);
    let diagnostics = analysis.diagnostics(file);
    assert_eq!(diagnostics, analysis.diagnostics(file), "asked again");
    let (other, again) = opened(&text);
    assert_eq!(diagnostics, other.diagnostics(again), "opened again");
    for diagnostic in &diagnostics {
        fits(&text, diagnostic.range);
        assert!(!diagnostic.message.is_empty() && diagnostic.file == file, "{diagnostic:?}");
    }
    let fixes: Vec<_> = diagnostics.iter().flat_map(|it| it.fixes.iter().map(move |fix| (it, fix))).collect();
    for (at, (diagnostic, fix)) in fixes.iter().enumerate() {
        let checked_in_full = at < 3;
        for (_, edits) in &fix.change.edits {
            let new = apply_edits(&text, edits).unwrap_or_else(|error| panic!("{error}: {diagnostic:?}"));
            let start = usize::from(diagnostic.range.start());
            let start = match edits.as_slice() {
                [edit] if edit.range.end() <= diagnostic.range.start() => start + new.len() - text.len(),
                _ => start,
            };
            fix_holds((&text, &new), start, diagnostic, &diagnostics, checked_in_full);
        }
    }
    let mut places: Vec<usize> = (0..6).map(|_| choices.boundary(&text)).collect();
    places.extend(diagnostics.iter().take(3).map(|it| usize::from(it.range.start())));
    for place in places {
        ask(&analysis, file, &text, place);
    }
    analysis.outline(file).expect("everything is served");
    analysis.imports(file);
    if let Some(all) = analysis.fix_all(file) {
        for (_, edits) in all.edit.edits {
            stays_sound(&text, &apply_edits(&text, &edits).expect("edits that fit"), "all fixes");
        }
    }
    any_order_will_do(&text);
}

/// An empty one, in which all is served.
pub(crate) fn workspace() -> Workspace {
    Workspace::new(Config { profile: Profile::Standalone, ..Config::default() })
}

fn opened(text: &str) -> (Analysis, FileId) {
    let mut workspace = workspace();
    let file = workspace.open_file(Path::new("/module/main.tf"), text, 1);
    (workspace.analysis(), file)
}

fn fits(text: &str, range: TextRange) {
    let within = text.get(usize::from(range.start())..usize::from(range.end()));
    assert!(within.is_some(), "{range:?} is no part of the text");
}

/// What is asked at a place.
fn ask(analysis: &Analysis, file: FileId, text: &str, place: usize) {
    let at = FilePos { file, offset: TextSize::new(u32::try_from(place).expect("a small text")) };
    for item in analysis.completion(at).items {
        let range = item.edit.range;
        fits(text, range);
        assert!(range.contains_inclusive(at.offset), "the cursor at {place} is not in {item:?}");
        let replaced = &text[usize::from(range.start())..usize::from(range.end())];
        assert!(!replaced.contains('\n'), "more than a line at {place}: {item:?}");
    }
    if let Some(hover) = analysis.hover(at) {
        fits(text, hover.range);
        assert!(hover.range.contains_inclusive(at.offset) && !hover.markdown.is_empty(), "{hover:?}");
    }
    analysis.signature_help(at);
    for action in analysis.code_actions(file, TextRange::empty(at.offset)) {
        for (_, edits) in &action.edit.edits {
            stays_sound(text, &apply_edits(text, edits).expect("edits that fit"), &format!("{action:?}"));
        }
    }
}

fn is_sound(text: &str) -> bool {
    syntax::parse(text).errors().is_empty()
}

fn stays_sound(old: &str, new: &str, what: &str) {
    assert!(!is_sound(old) || is_sound(new), "a change breaks the text: {what}\n{new}");
}

/// A fix leaves a sound text sound. Behind it the same is not said in the same place, which begins at `start` then, nor
/// more often than before.
fn fix_holds(
    (old, new): (&str, &str),
    start: usize,
    diagnostic: &Diagnostic,
    all: &[Diagnostic],
    in_full: bool,
) {
    stays_sound(old, new, &format!("{diagnostic:?}"));
    if !in_full || !is_sound(old) {
        return;
    }
    let like = |it: &&Diagnostic| {
        (it.code, &it.message, &it.address) == (diagnostic.code, &diagnostic.message, &diagnostic.address)
    };
    let (analysis, file) = opened(new);
    let left = analysis.diagnostics(file);
    let (before, after) = (all.iter().filter(like).count(), left.iter().filter(like).count());
    // What a value hid, where the last of several counts, is said behind it.
    let is_elsewhere =
        after == before && !left.iter().filter(like).any(|it| usize::from(it.range.start()) == start);
    assert!(after < before || is_elsewhere, "a fix fixes nothing: {diagnostic:?}\n{new}");
}

/// What is said of a sound file whose blocks all have names of their own does not depend on their order.
fn any_order_will_do(text: &str) {
    let parse = syntax::parse(text);
    let body = parse.root().body();
    if !parse.errors().is_empty() || body.attributes().next().is_some() || text.contains("azapi-ls-ignore") {
        return;
    }
    let mut names = BTreeSet::new();
    let mut blocks = Vec::new();
    for block in body.blocks() {
        let labels: Vec<String> = block.labels().map(|label| label.text()).collect();
        if !names.insert(format!("{} {}", block.keyword(), labels.join(" "))) {
            return;
        }
        blocks.push(block.syntax().text().to_string());
    }
    let said = |blocks: &[String]| {
        let (analysis, file) = opened(&(blocks.join("\n\n") + "\n"));
        let all = analysis.diagnostics(file);
        // What is said of several blocks at once is said with the name of the first.
        let named = |it: Diagnostic| {
            let of_one = !it.message.ends_with(" blocks)");
            (it.code, it.message, it.address.filter(|_| of_one), it.path.filter(|_| of_one), it.severity)
        };
        let mut said: Vec<_> = all.into_iter().map(named).collect();
        said.sort();
        said
    };
    let in_order = said(&blocks);
    blocks.reverse();
    // Of very many only the first are said.
    if in_order.len() < 90 {
        assert_eq!(in_order, said(&blocks), "in another order of the blocks");
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn damaged_configurations_are_answered() {
        crate::driver::run(super::TARGET);
    }
}
