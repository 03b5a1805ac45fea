//! What a module has that a block can live under.

use std::collections::{BTreeMap, HashMap};

use super::id::{self, IdReader};
use super::known_ids;
use super::parent;
use super::resource::Resource;
use crate::schema::{Schema, Scope, arm_id};
use crate::syntax::ast::{self, AstNode};
use crate::terraform::eval::Repeats;
use crate::terraform::value::Presence;
use crate::terraform::{Address, BlockAddress, BlockKind, Evaluator, InstanceKey, Located, Value};

/// How many blocks in a row are followed to see whether one leads back.
const DEPTH: u32 = 32;
/// Of the blocks in each direction so many are looked at.
const NEAREST: usize = 16;

/// The blocks of a module whose ids are of a type that is known, found once for all questions.
pub(crate) struct ParentCandidates {
    /// By their types in lower case, each list in the order of the files.
    by_type: BTreeMap<String, Vec<Candidate>>,
    /// The type of each address.
    types: HashMap<String, String>,
}

struct Candidate {
    address: BlockAddress,
    block: Located<ast::Block>,
    attribute: &'static str,
}

impl ParentCandidates {
    /// O(blocks of the module).
    pub(crate) fn of(evaluator: &Evaluator<'_>, schema: &Schema) -> Self {
        let mut all = Self { by_type: BTreeMap::new(), types: HashMap::new() };
        for (block, declaration) in evaluator.module().provider_blocks() {
            let Some(named @ Address::Block(address)) = declaration.address else { continue };
            let has_id = matches!(address.kind, BlockKind::Resource | BlockKind::Data);
            // Which of two with one name is meant is not known.
            let is_one = || evaluator.module().declaration(named).is_some();
            if !has_id || !address.can_be_referred_to() || !is_one() {
                continue;
            }
            let held = match Resource::of(evaluator, schema, block.clone()) {
                Some(resource) if resource.has_arm_id() => {
                    resource.type_name().map(|name| vec![("id", name)])
                }
                _ => None,
            };
            let held = held.unwrap_or_else(|| {
                let known = known_ids::ids_of(address.kind, &address.type_name).into_iter();
                known.map(|(attribute, name)| (attribute, name.to_owned())).collect()
            });
            for (attribute, type_name) in held {
                let type_name = type_name.to_ascii_lowercase();
                all.types.insert(address.to_string(), type_name.clone());
                let candidate = Candidate { address: address.clone(), block: block.clone(), attribute };
                all.by_type.entry(type_name).or_default().push(candidate);
            }
        }
        for list in all.by_type.values_mut() {
            list.sort_by_key(|one| place(&one.block));
        }
        all
    }

    /// Expressions for `parent_id` that surely are right, best first: what `written` begins with, then what stands
    /// nearest above the block, below it, in other files.
    pub(crate) fn legal(
        &self,
        evaluator: &Evaluator<'_>,
        schema: &Schema,
        resource: &Resource<'_>,
        written: &str,
        most: usize,
    ) -> Vec<String> {
        let types = parent_types(resource);
        let block = &resource.block.syntax;
        // A parent that is meant, the types in their order, the distance.
        let mut found: Vec<((bool, usize, usize), &Candidate)> = Vec::new();
        let meant = address_in(written);
        for (of_type, type_name) in types.iter().enumerate() {
            let Some(list) = self.by_type.get(type_name) else { continue };
            if self.types.get(&meant) == Some(type_name) {
                found.extend(
                    list.iter()
                        .filter(|one| one.address.to_string() == meant)
                        .map(|one| ((false, of_type, 0), one)),
                );
            }
            let at = list.partition_point(|one| place(&one.block) < place(block));
            let first = list.partition_point(|one| one.block.file < block.file);
            let behind = list.partition_point(|one| one.block.file <= block.file);
            let above = list[first..at].iter().rev().take(NEAREST).enumerate();
            found.extend(above.map(|(rank, one)| ((true, of_type, rank), one)));
            let below = list[at..behind].iter().take(NEAREST).enumerate();
            found.extend(below.map(|(rank, one)| ((true, of_type, NEAREST + rank), one)));
            let others = list[..first].iter().take(NEAREST).chain(list[behind..].iter().take(NEAREST));
            found.extend(others.enumerate().map(|(rank, one)| ((true, of_type, 2 * NEAREST + rank), one)));
        }
        found.sort_by_key(|(rank, _)| *rank);
        let own = resource.block.address();
        let reader = IdReader::new(evaluator, schema);
        let mut texts: Vec<String> = Vec::new();
        for (_, one) in found {
            if texts.len() == most {
                break;
            }
            let Some((index, instance)) = index(evaluator, &one.block, block).filter(|_| one.address != own)
            else {
                continue;
            };
            let text = format!("{}{index}.{}", one.address, one.attribute);
            let of = Resource::of(evaluator, schema, one.block.clone());
            let parent = of.as_ref().and_then(|of| of.argument(evaluator, "parent_id"));
            if texts.contains(&text) || leads_to(evaluator, schema, &one.block, parent.clone(), &own) {
                continue;
            }
            // Of a block that has no right parent itself the id may not be known.
            let id = evaluator.attribute_of(&one.address, instance, one.attribute);
            let judged = [Some((resource, &id)), of.as_ref().zip(parent.as_ref())].into_iter().flatten();
            let mut faults = judged.flat_map(|(resource, parent)| parent::judge(&reader, resource, parent));
            if !faults.any(|fault| fault.is_sure()) {
                texts.push(text);
            }
        }
        if scopes(resource).eq([Scope::Tenant]) {
            texts.push("\"/\"".to_owned());
        }
        texts.truncate(most);
        texts
    }
}

fn place(block: &Located<ast::Block>) -> (crate::terraform::FileId, crate::text::TextSize) {
    (block.file, block.node.range().start())
}

/// The address that an expression begins with: `data.a.b` of `data.a.b[0].id`.
fn address_in(written: &str) -> String {
    let steps = if written.starts_with("data.") { 3 } else { 2 };
    let words = written.split('.').take(steps).map(|word| word.split('[').next().unwrap_or_default().trim());
    words.collect::<Vec<_>>().join(".")
}

/// Where the block's version can be created, or read where it cannot be created.
fn scopes(resource: &Resource<'_>) -> impl Iterator<Item = Scope> {
    let version = resource.version_or_newest().filter(|_| resource.parent_type().is_none());
    let scopes = version.map(|version| version.parent_scopes());
    Scope::ALL.into_iter().filter(move |scope| scopes.is_some_and(|scopes| scopes.contains(*scope)))
}

/// The types that a parent can have, in lower case. None of an extension: it can be anything.
fn parent_types(resource: &Resource<'_>) -> Vec<String> {
    if let Some(parent) = resource.parent_type() {
        return vec![parent.to_ascii_lowercase()];
    }
    let of_scope = |scope| match scope {
        Scope::ManagementGroup => Some(arm_id::MANAGEMENT_GROUPS),
        Scope::Subscription => Some(arm_id::SUBSCRIPTIONS),
        Scope::ResourceGroup => Some(arm_id::RESOURCE_GROUPS),
        Scope::Tenant | Scope::Extension => None,
    };
    // A resource group is the likeliest of several.
    let mut types: Vec<&str> = scopes(resource).filter_map(of_scope).collect();
    types.reverse();
    types.into_iter().map(str::to_ascii_lowercase).collect()
}

/// The index that names one instance of a block from within another, and that instance: that of the same key where both
/// repeat over the same, or the only one. `None` where there is no telling.
fn index(
    evaluator: &Evaluator<'_>,
    of: &Located<ast::Block>,
    from: &Located<ast::Block>,
) -> Option<(String, InstanceKey)> {
    let instances = evaluator.instances(of);
    let text = |block: &Located<ast::Block>, name: &str| {
        let value = block.node.body()?.attribute(name)?.value()?;
        Some(value.syntax().text().to_string())
    };
    let same = |name: &str| text(of, name).is_some_and(|one| text(from, name) == Some(one));
    match instances.repeats {
        Repeats::Once => return Some((String::new(), InstanceKey::Whole)),
        Repeats::ForEach if same("for_each") => return Some(("[each.key]".to_owned(), InstanceKey::Unknown)),
        Repeats::Count if same("count") => return Some(("[count.index]".to_owned(), InstanceKey::Unknown)),
        Repeats::ForEach | Repeats::Count => {}
    }
    let ([(only, Presence::Always)], None) = (instances.known.as_slice(), &instances.rest) else {
        return None;
    };
    let index = match &only.key {
        InstanceKey::Index(at) => format!("[{at}]"),
        InstanceKey::Key(key) => format!("[{}]", super::emit::string(key)),
        InstanceKey::Whole | InstanceKey::Unknown => return None,
    };
    Some((index, only.key.clone()))
}

/// Whether a block with this parent refers to another, itself or through its parents: Terraform refuses a circle.
fn leads_to(
    evaluator: &Evaluator<'_>,
    schema: &Schema,
    block: &Located<ast::Block>,
    mut parent: Option<Value>,
    address: &BlockAddress,
) -> bool {
    if names(&block.node.syntax().text().to_string(), &address.to_string()) {
        return true;
    }
    for _ in 0..DEPTH {
        let Some(origin) = parent.as_ref().and_then(id::origin) else { return false };
        if origin.block.address == *address {
            return true;
        }
        let found = evaluator.block(&origin.block);
        let of = found.and_then(|(block, scope)| Resource::in_scope(evaluator, schema, block, scope));
        parent = of.and_then(|of| of.argument(evaluator, "parent_id"));
    }
    true
}

/// Whether a text names an address: not only one that begins like it.
fn names(text: &str, address: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    text.match_indices(address).any(|(at, _)| !text[at + address.len()..].starts_with(is_part))
}
