//! Completion of locations: where the parent is, where other blocks of the module are, the regions of Azure.

use super::module_blocks;
use super::type_slot::text;
use super::value_slot::ValueSlot;
use super::{CompletionItem, CompletionKind};
use crate::azapi::{AzapiBlock, Resource};
use crate::ide::request::Request;
use crate::syntax::ast::{self, AstNode};
use crate::terraform::{Address, BlockKind};

/// Rows `NAME: DISPLAY NAME`.
const TABLE: &str = include_str!("../../../schemas/locations.txt");
/// So many blocks are named.
const MOST_BLOCKS: usize = 20;

/// References first: that of the parent, of resource groups, of others; then the regions.
pub(super) fn complete(
    request: &Request<'_>,
    resource: &Resource<'_>,
    slot: &ValueSlot,
) -> Vec<CompletionItem> {
    let parent = resource.block.value("parent_id");
    let parent = parent.and_then(|value| text(request, value.node.range()));
    let mut found = Vec::new();
    for (block, declaration) in request.module().provider_blocks() {
        let Some(address) = declaration.address.and_then(Address::as_block) else { continue };
        let is_other = block != resource.block.syntax && address.can_be_referred_to();
        let has_location = match AzapiBlock::of(block.clone()) {
            Some(azapi) => azapi.argument("location").is_some() || is_read(&azapi),
            None => block.node.body().is_some_and(|body| body.attribute("location").is_some()),
        };
        if is_other && has_location {
            let text = module_blocks::instance(request, resource, &block, address);
            let is_parent = parent.as_ref().is_some_and(|parent| parent.starts_with(&format!("{text}.")));
            let is_group = text.contains("resource_group") || is_group(&block.node);
            found.push((!is_parent, !is_group, address.kind, format!("{text}.location")));
        }
    }
    found.sort_by_key(|(not_parent, not_group, kind, _)| (*not_parent, *not_group, *kind));
    let given = ["location", "region"].into_iter().flat_map(|name| {
        let is_declared = |address: &Address| request.module().declaration(address).is_some();
        let variable =
            Some(format!("var.{name}")).filter(|_| is_declared(&Address::Variable(name.to_owned())));
        let local = Some(format!("local.{name}")).filter(|_| is_declared(&Address::Local(name.to_owned())));
        variable.into_iter().chain(local)
    });
    let blocks = found.into_iter().take(MOST_BLOCKS).map(|(.., text)| text);
    let references = blocks.chain(given).map(|text| slot.expression(CompletionKind::Reference, &text));
    references.chain(regions().map(|(name, shown)| region(slot, name, shown))).collect()
}

/// Whether Azure tells where it is.
fn is_read(block: &AzapiBlock) -> bool {
    block.kind == BlockKind::Data && block.definition.arguments.contains_key("location")
}

fn is_group(block: &ast::Block) -> bool {
    let ty = block.body().and_then(|body| body.attribute("type")?.value()?.literal_string());
    ty.is_some_and(|ty| ty.to_ascii_lowercase().starts_with("microsoft.resources/resourcegroups@"))
}

fn region(slot: &ValueSlot, name: &str, shown: &str) -> CompletionItem {
    CompletionItem { detail: Some(shown.to_owned()), aside: Some(shown.to_owned()), ..slot.text(name) }
}

fn regions() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().filter_map(|row| row.split_once(": "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_called_as_in_ids_and_as_in_the_portal() {
        for (name, shown) in regions() {
            let plain: String =
                shown.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
            assert_eq!(name, plain, "{shown}");
        }
        assert_eq!(regions().count(), TABLE.lines().count());
        assert!(regions().count() >= 50);
    }
}
