//! The bodies that something outside of them is a part of: found by what refers to it, not by a look at every block.

use std::collections::{HashSet, VecDeque};

use super::Asked;
use super::body::{self, BodyTarget, Sought};
use crate::azapi::AzapiBlock;
use crate::syntax::ast;
use crate::terraform::{Address, Located};

/// So many blocks that refer to it are looked at, and so many names on the way to them.
const MOST_BLOCKS: usize = 64;
const MOST_NAMES: usize = 256;

/// What something in an item that is no block of azapi's is in the bodies of the blocks that refer to it.
pub(super) fn targets<'s>(asked: &Asked<'_, '_, 's>, sought: &Sought) -> Vec<BodyTarget<'s>> {
    let module = asked.evaluator.module();
    let start = module.file(asked.file).and_then(|file| file.index().declared_at(asked.offset));
    let Some(start) = start.and_then(|declaration| declaration.address.clone()) else { return Vec::new() };
    let marking = asked.evaluator.marking(sought.marks());
    let mut found: Vec<BodyTarget<'s>> = Vec::new();
    // Through other blocks only where no local leads to a body.
    for through_blocks in [false, true] {
        for block in referring(asked, &start, through_blocks) {
            if (asked.is_cancelled)() {
                return Vec::new();
            }
            for target in body::targets(asked, &marking, &block, sought) {
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

/// The blocks of azapi's that refer to an address, by other names too; the nearest first.
fn referring(asked: &Asked<'_, '_, '_>, start: &Address, through_blocks: bool) -> Vec<AzapiBlock> {
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
                blocks.extend(block.filter(|block| {
                    ["body", "sensitive_body"].iter().any(|name| block.argument(name).is_some())
                }));
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
