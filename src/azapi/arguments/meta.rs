//! What Terraform refuses in the arguments and blocks of its own that every block of a provider may have.

use super::fault::{ArgumentFault, ArgumentFaultKind, Certainty};
use crate::syntax::SyntaxToken;
use crate::syntax::ast::{self, Item};
use crate::terraform::{BlockKind, Located, Module};
use crate::text::{TextRange, closest};

/// The name of the block.
pub(crate) const LIFECYCLE: &str = "lifecycle";
/// The arguments of which a block has one at most.
pub(crate) const REPEATS: [&str; 2] = ["count", "for_each"];
/// What a resource may have in it; the last two are OpenTofu's.
const OF_RESOURCES: [&str; 6] = [
    "create_before_destroy",
    "prevent_destroy",
    "ignore_changes",
    "replace_triggered_by",
    "enabled",
    "destroy",
];
/// What any other block may have in it, which is OpenTofu's.
const OF_OTHERS: [&str; 1] = ["enabled"];
const BLOCKS: [&str; 3] = ["precondition", "postcondition", "action_trigger"];

/// Looks at one block; `body` is its own.
pub(super) fn check(
    module: &Module,
    kind: BlockKind,
    body: &Located<ast::Body>,
    faults: &mut Vec<ArgumentFault>,
) {
    if !matches!(kind, BlockKind::Resource | BlockKind::Data | BlockKind::Ephemeral) {
        return;
    }
    let span = |range: TextRange| module.span(body.file, range);
    let mut report = |kind, at: TextRange| {
        faults.push(ArgumentFault { kind, at: span(at), certainty: Certainty::Sure });
    };
    let first_of = |name: &str| body.node.attribute(name)?.name_token();
    let mut repeats: Vec<SyntaxToken> = REPEATS.into_iter().filter_map(first_of).collect();
    repeats.sort_by_key(|name| name.text_range().start());
    if let [first, second] = repeats.as_slice() {
        let kind = ArgumentFaultKind::Conflict {
            name: second.text().to_owned(),
            other: first.text().to_owned(),
            other_at: span(first.text_range()),
        };
        report(kind, second.text_range());
    }
    let mut first = None;
    for block in body.node.blocks_named(LIFECYCLE) {
        let Some(keyword) = block.keyword_token() else { continue };
        match first {
            None => first = Some(keyword.text_range()),
            Some(first) => {
                let kind = ArgumentFaultKind::Twice {
                    name: LIFECYCLE.to_owned(),
                    is_block: true,
                    first: span(first),
                };
                report(kind, keyword.text_range());
            }
        }
        let arguments = if kind == BlockKind::Resource { &OF_RESOURCES[..] } else { &OF_OTHERS[..] };
        for item in block.body().into_iter().flat_map(|body| body.items()) {
            let (name, is_block, names) = match &item {
                Item::Attribute(attribute) => (attribute.name_token(), false, arguments),
                Item::Block(block) => (block.keyword_token(), true, &BLOCKS[..]),
            };
            let Some(name) = name.filter(|name| !names.contains(&name.text())) else { continue };
            let kind = ArgumentFaultKind::UnknownName {
                name: name.text().to_owned(),
                is_block,
                inside: LIFECYCLE.to_owned(),
                near: closest(name.text(), names.iter().copied(), 1),
                is_removed: false,
            };
            report(kind, name.text_range());
        }
    }
}
