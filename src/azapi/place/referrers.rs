//! The bodies that something outside of them is a part of: found by what refers to it, not by a look at every block.

use std::collections::{HashMap, HashSet, VecDeque};

use super::Asked;
use super::body::{self, BodyTarget, Sought};
use crate::azapi::{AzapiBlock, Resource};
use crate::syntax::ast::{self, AstNode};
use crate::terraform::span::Span;
use crate::terraform::{Address, Located, Value};

/// So many blocks that refer to it are looked at, and so many names on the way to them.
const MOST_BLOCKS: usize = 256;
const MOST_NAMES: usize = 256;
/// Of blocks with the same `type`, so many that say something of it, and so many that say nothing: the others will
/// hardly differ.
const MOST_ALIKE: usize = 3;
const MOST_SILENT: usize = 16;

/// What something in an item that is no block of azapi's is in the bodies of the blocks that refer to it.
pub(super) fn targets<'s>(asked: &Asked<'_, '_, 's>, sought: &Sought) -> Vec<BodyTarget<'s>> {
    let Some(start) = item(asked) else { return Vec::new() };
    let marking = asked.evaluator.marking(sought.marks());
    let mut found: Vec<BodyTarget<'s>> = Vec::new();
    // Through other blocks only where no local leads to a body.
    for through_blocks in [false, true] {
        let has_body =
            |block: &AzapiBlock| ["body", "sensitive_body"].iter().any(|name| block.argument(name).is_some());
        let mut looked_at: HashMap<String, [usize; 2]> = HashMap::new();
        for block in referring(asked, &start, through_blocks, &has_body) {
            if (asked.is_cancelled)() {
                return Vec::new();
            }
            let ty = block.value("type").map(|value| value.node.syntax().text().to_string());
            let [saying, silent] = looked_at.entry(ty.unwrap_or_default()).or_default();
            if *saying >= MOST_ALIKE || *silent >= MOST_SILENT {
                continue;
            }
            let in_block = body::targets(asked, &marking, &block, sought);
            *(if in_block.is_empty() { silent } else { saying }) += 1;
            for target in in_block {
                if !found.iter().any(|known| known.says(&target)) {
                    found.push(target);
                }
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

/// The block whose `type` is one of these expressions, in an item that is no block of azapi's.
pub(super) fn typed<'s>(asked: &Asked<'_, '_, 's>, expressions: Vec<Span>) -> Option<Resource<'s>> {
    let marking = asked.evaluator.marking(expressions.clone());
    let is_it = |value: &Value| expressions.iter().any(|span| value.spans.as_slice().contains(span));
    let blocks = referring(asked, &item(asked)?, false, &|block| block.argument("type").is_some());
    let found = blocks.into_iter().take_while(|_| !(asked.is_cancelled)()).find(|block| {
        let value =
            block.value("type").map(|node| marking.expression(&node, &marking.any_scope(&block.syntax)));
        value.is_some_and(|value| value.outcomes().any(is_it))
    });
    Resource::of(&marking, asked.schema, found?.syntax)
}

/// What the item under the cursor declares.
fn item(asked: &Asked<'_, '_, '_>) -> Option<Address> {
    let index = asked.evaluator.module().file(asked.file)?.index();
    index.declared_at(asked.offset)?.address.clone()
}

/// The blocks of azapi's that refer to an address, by other names too; the nearest first.
fn referring(
    asked: &Asked<'_, '_, '_>,
    start: &Address,
    through_blocks: bool,
    is_wanted: &dyn Fn(&AzapiBlock) -> bool,
) -> Vec<AzapiBlock> {
    let module = asked.evaluator.module();
    let mut seen = HashSet::from([start.clone()]);
    let mut pending = VecDeque::from([start.clone()]);
    let mut blocks: Vec<AzapiBlock> = Vec::new();
    while let Some(address) = pending.pop_front() {
        for (file, range) in module.referring(&address) {
            let Some(declared) = module.file(file).and_then(|file| file.index().declared_at(range.start()))
            else {
                continue;
            };
            let Some(next) = declared.address.clone() else { continue };
            let is_block = matches!(next, Address::Block(_));
            let leads_on = matches!(next, Address::Local(_)) || (is_block && through_blocks);
            if !seen.contains(&next) && is_block {
                let node = module.node::<ast::Block>(file, declared.range);
                let block = node.and_then(|node| AzapiBlock::of(Located::new(file, node.node)));
                blocks.extend(block.filter(is_wanted));
                if blocks.len() >= MOST_BLOCKS {
                    return blocks;
                }
            }
            if seen.len() < MOST_NAMES && seen.insert(next.clone()) && leads_on {
                pending.push_back(next);
            }
        }
    }
    blocks
}
