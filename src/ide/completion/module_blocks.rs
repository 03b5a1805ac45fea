//! The blocks of the module that have an id or a location, and how another block refers to them.

use crate::azapi::emit;
use crate::azapi::provider::TypesOf;
use crate::azapi::{AzapiBlock, Resource, known_ids};
use crate::ide::request::Request;
use crate::syntax::ast;
use crate::terraform::{BlockAddress, BlockKind, InstanceKey, Located};

/// A block whose attribute `id` is an ARM id.
#[derive(Debug)]
pub(super) struct IdBlock {
    pub(super) address: BlockAddress,
    /// The types that the id can be of; at least one.
    pub(super) types: Vec<String>,
    /// `azapi_resource.x.id`, with the instance that another block would mean.
    pub(super) id: String,
}

/// Every block but the one that asks, resources before data sources, else in the module's order.
pub(super) fn with_ids(request: &Request<'_>, asking: &Resource<'_>) -> Vec<IdBlock> {
    let mut found: Vec<IdBlock> = Vec::new();
    for (block, declaration) in request.module().provider_blocks() {
        let Some(address) = declaration.address.as_ref().and_then(|address| address.as_block()) else {
            continue;
        };
        let can_refer = matches!(address.kind, BlockKind::Resource | BlockKind::Data | BlockKind::Ephemeral);
        if !can_refer || block == asking.block.syntax || !address.can_be_referred_to() {
            continue;
        }
        let (types, attribute) = types_of(request, &block, address);
        if !types.is_empty() {
            let id = format!("{}.{attribute}", instance(request, asking, &block, address));
            found.push(IdBlock { address: address.clone(), types, id });
        }
    }
    found.sort_by_key(|block| block.address.kind != BlockKind::Resource);
    found
}

/// The types of a block's id, and the attribute that has it.
fn types_of(
    request: &Request<'_>,
    block: &Located<ast::Block>,
    address: &BlockAddress,
) -> (Vec<String>, &'static str) {
    let Some(azapi) = AzapiBlock::of(block.clone()) else {
        let known = known_ids::types_of_block(address);
        return (known.into_iter().map(str::to_owned).collect(), "id");
    };
    let means = &azapi.definition.means;
    if !means.id_of_type || means.types != TypesOf::Resource {
        let known = known_ids::ids_of(address.kind, &address.type_name).first().copied();
        return known.map_or((Vec::new(), "id"), |(attribute, name)| (vec![name.to_owned()], attribute));
    }
    // What is written out needs no evaluating: a module may have hundreds of blocks.
    let written = azapi.value("type").and_then(|value| value.node.literal_string());
    let name = match written {
        Some(text) => text.split_once('@').map(|(name, _)| name.to_owned()),
        None => Resource::of(request.evaluator(), request.schema(), block.clone())
            .and_then(|resource| resource.type_name()),
    };
    (name.into_iter().collect(), "id")
}

/// The address, with the instance that is meant where the block repeats: that of the same key or number in a block
/// that repeats likewise, else the first.
pub(super) fn instance(
    request: &Request<'_>,
    asking: &Resource<'_>,
    block: &Located<ast::Block>,
    address: &BlockAddress,
) -> String {
    let has =
        |block: &ast::Block, name: &str| block.body().is_some_and(|body| body.attribute(name).is_some());
    let own = &asking.block.syntax.node;
    if has(&block.node, "count") {
        let index = if has(own, "count") { "count.index" } else { "0" };
        return format!("{address}[{index}]");
    }
    if !has(&block.node, "for_each") {
        return address.to_string();
    }
    if has(own, "for_each") {
        return format!("{address}[each.key]");
    }
    let instances = request.evaluator().instances(block);
    let first = instances.known.first().map(|(instance, _)| &instance.key);
    match first {
        Some(InstanceKey::Key(key)) => format!("{address}[{}]", emit::string(key)),
        _ => format!("{address}[each.key]"),
    }
}
