//! The bodies that something outside of them is a part of: found by what refers to it, not by a look at every block.

use std::collections::{HashMap, HashSet, VecDeque};

use super::Asked;
use super::body::{self, BodyTarget, Sought};
use crate::azapi::{AzapiBlock, Resource};
use crate::syntax::ast::{self, AstNode};
use crate::terraform::span::Span;
use crate::terraform::{Address, Evaluator, Module, Value};

/// So many blocks that refer to it are looked at, and so many names on the way to them.
const MOST_BLOCKS: usize = 256;
const MOST_NAMES: usize = 1_024;
/// Calls of modules in each other are followed so deep.
const MOST_CALLS: usize = 4;
/// Of blocks with the same `type`, so many that say something of it, and so many that say nothing: the others will
/// hardly differ.
const MOST_ALIKE: usize = 3;
const MOST_SILENT: usize = 16;

/// What something in an item that is no block of azapi's is in the bodies of the blocks that refer to it, in called
/// modules too.
pub(super) fn targets<'s>(asked: &Asked<'_, '_, 's>, sought: &Sought) -> Vec<BodyTarget<'s>> {
    let Some(start) = item(asked) else { return Vec::new() };
    let marking = asked.marking(sought.marks());
    let mut search =
        Search { asked, marking: &marking, sought, looked_at: HashMap::new(), found: Vec::new() };
    // Through other blocks only where no local leads to a body.
    search.from(vec![start.clone()], false, 0);
    if search.found.is_empty() {
        search.looked_at.clear();
        search.from(vec![start], true, 0);
    }
    search.found
}

struct Search<'a, 'm, 's> {
    asked: &'a Asked<'a, 'm, 's>,
    marking: &'a Evaluator<'m>,
    sought: &'a Sought,
    /// By the text of `type`, how many blocks said something and how many nothing.
    looked_at: HashMap<String, [usize; 2]>,
    found: Vec<BodyTarget<'s>>,
}

impl<'s> Search<'_, '_, 's> {
    /// In the module that the evaluator is in, and in those that it calls.
    fn from(&mut self, start: Vec<Address>, through_blocks: bool, depth: usize) {
        let has_body =
            |block: &AzapiBlock| ["body", "sensitive_body"].iter().any(|name| block.argument(name).is_some());
        let referring = referring(self.marking.module(), start, through_blocks, &has_body);
        for block in referring.blocks {
            if (self.asked.is_cancelled)() {
                return;
            }
            self.block(&block);
        }
        if depth >= MOST_CALLS {
            return;
        }
        for call in referring.calls {
            for path in self.marking.calls_named(&call.name).into_iter().take(MOST_ALIKE) {
                if (self.asked.is_cancelled)() {
                    return;
                }
                let inputs = call.inputs.iter().cloned().map(Address::Variable).collect();
                self.marking.inside(&path, || self.from(inputs, through_blocks, depth + 1));
            }
        }
    }

    fn block(&mut self, block: &AzapiBlock) {
        let ty = block.value("type").map(|value| value.node.syntax().text().to_string());
        let [saying, silent] = self.looked_at.entry(ty.unwrap_or_default()).or_default();
        if *saying >= MOST_ALIKE || *silent >= MOST_SILENT {
            return;
        }
        let in_block = body::targets(self.asked, self.marking, block, self.sought);
        *(if in_block.is_empty() { silent } else { saying }) += 1;
        for target in in_block {
            if !self.found.iter().any(|known| known.says(&target)) {
                self.found.push(target);
            }
        }
    }
}

/// The block whose `type` is one of these expressions, in an item that is no block of azapi's.
pub(super) fn typed<'s>(asked: &Asked<'_, '_, 's>, expressions: Vec<Span>) -> Option<Resource<'s>> {
    let marking = asked.marking(expressions.clone());
    let is_it = |value: &Value| expressions.iter().any(|span| value.spans.as_slice().contains(span));
    let has_type = |block: &AzapiBlock| block.argument("type").is_some();
    let blocks = referring(marking.module(), vec![item(asked)?], false, &has_type).blocks;
    let found = blocks.into_iter().take_while(|_| !(asked.is_cancelled)()).find(|block| {
        let value =
            block.value("type").map(|node| marking.expression(&node, &marking.any_scope(&block.syntax)));
        value.is_some_and(|value| value.outcomes().any(is_it))
    });
    Resource::of(&marking, asked.schema, found?.syntax)
}

/// What the item under the cursor declares.
fn item(asked: &Asked<'_, '_, '_>) -> Option<Address> {
    let file = asked.evaluator.module().any_file(asked.file)?;
    if let Some(declared) = file.index().declared_at(asked.offset) {
        return declared.address.cloned();
    }
    // A file of variables has nothing but their values.
    let mut values = file.root().body().attributes();
    let value = values.find(|value| value.range().contains_inclusive(asked.offset))?;
    Some(Address::Variable(value.name()))
}

/// What refers to something.
#[derive(Default)]
struct Referring {
    /// Blocks of azapi's, the nearest first.
    blocks: Vec<AzapiBlock>,
    calls: Vec<Call>,
}

/// A call of a module.
struct Call {
    name: String,
    inputs: Vec<String>,
}

/// What refers to any of these addresses, by other names too; a call of a module refers to itself.
fn referring(
    module: &Module,
    start: Vec<Address>,
    through_blocks: bool,
    is_wanted: &dyn Fn(&AzapiBlock) -> bool,
) -> Referring {
    let mut found = Referring::default();
    let mut seen: HashSet<Address> = start.iter().cloned().collect();
    found.calls.extend(start.iter().filter_map(|address| call(module, address)));
    let mut pending = VecDeque::from(start);
    while let Some(address) = pending.pop_front() {
        for (file, range) in module.referring(&address) {
            let Some(declared) = module.file(file).and_then(|file| file.index().declared_at(range.start()))
            else {
                continue;
            };
            let Some(next) = declared.address.cloned() else { continue };
            if seen.len() >= MOST_NAMES || !seen.insert(next.clone()) {
                continue;
            }
            let is_block = matches!(next, Address::Block(_));
            if is_block && found.blocks.len() < MOST_BLOCKS {
                let node = module.node::<ast::Block>(file, declared.range);
                let block = node.and_then(|node| Some((module.parts(&node), AzapiBlock::of(node)?)));
                let block = block.map(|(parts, block)| block.with_parts(parts));
                found.blocks.extend(block.filter(is_wanted));
            }
            found.calls.extend(call(module, &next));
            if matches!(next, Address::Local(_)) || (is_block && through_blocks) {
                pending.push_back(next);
            }
        }
    }
    found
}

fn call(module: &Module, address: &Address) -> Option<Call> {
    let Address::Module(name) = address else { return None };
    let parts = module.parts(&module.block(address)?);
    let bodies = parts.iter().filter_map(|part| part.node.body());
    let inputs = bodies.flat_map(|body| body.attributes()).map(|input| input.name());
    Some(Call { name: name.clone(), inputs: inputs.collect() })
}
