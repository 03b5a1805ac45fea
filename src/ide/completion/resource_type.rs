//! Completion of the resource type in `type`.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::type_slot::TypeSlot;
use super::{CompletionItem, CompletionKind, Completions, Topic};
use crate::azapi::parent::{self, Fit};
use crate::azapi::provider::{DataPlaneVersions, Provider, TypesOf};
use crate::azapi::{AzapiBlock, Id, IdReader, Resource};
use crate::ide::request::Request;
use crate::ide::type_search::{Match, Query};
use crate::schema::ResourceType;
use crate::terraform::BlockKind;

/// Types that match what is written, the likeliest first: by how they match, those that the module has already, then
/// those that are used the most at large. Under a parent that is known, those alone that stand there.
pub(super) fn complete(request: &Request<'_>, resource: &Resource<'_>, slot: &TypeSlot<'_>) -> Completions {
    let query = Query::new(&slot.before);
    let items = match slot.types {
        TypesOf::Resource => of_resources(request, resource, slot, &query),
        TypesOf::DataPlane => of_data_plane(request, resource, slot, &query),
        TypesOf::Nothing => Vec::new(),
    };
    let mut found = Completions::ordered(items, "");
    // The client must request again after every key: it may know only of prefixes, while any part of a name matches.
    found.incomplete = true;
    found
}

/// Smaller is better. The number of api-versions is how much a type is used at large.
type Rank<'s> = (Match, Option<Fit>, bool, bool, Reverse<usize>, usize, &'s str);

fn of_resources(
    request: &Request<'_>,
    resource: &Resource<'_>,
    slot: &TypeSlot<'_>,
    query: &Query,
) -> Vec<CompletionItem> {
    let used = used_types(request, resource);
    let parent = parent_type(request, resource);
    let is_created = resource.block.kind == BlockKind::Resource && resource.block.definition.means.importable;
    let ranked = slot.schema.resource_types().filter_map(|ty| {
        let matched = query.rank(ty.name())?;
        let fit = match &parent {
            Some(parent) => Some(parent::fit(ty.newest(), parent)?),
            None => None,
        };
        let cannot_be_made = is_created && ty.newest().writable_scopes().is_empty();
        let is_new = used.is_empty() || !used.contains(&ty.name().to_ascii_lowercase());
        let depth = ty.name().matches('/').count();
        let versions = Reverse(ty.versions().len());
        Some(((matched, fit, is_new, cannot_be_made, versions, depth, ty.name()), ty))
    });
    let mut ranked: Vec<(Rank<'_>, ResourceType<'_>)> = ranked.collect();
    // What extends any resource is not what stands in this one, where there is such.
    let is_own = |rank: &Rank<'_>| rank.1 == Some(Fit::Own);
    if parent.as_deref().is_some_and(is_no_scope) && ranked.iter().any(|(rank, _)| is_own(rank)) {
        ranked.retain(|(rank, _)| is_own(rank));
    }
    if ranked.len() > Completions::MOST {
        ranked.select_nth_unstable_by(Completions::MOST, |one, other| one.0.cmp(&other.0));
        ranked.truncate(Completions::MOST);
    }
    ranked.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    ranked.into_iter().map(|(_, ty)| of_resource(slot, ty)).collect()
}

fn is_no_scope(type_name: &str) -> bool {
    crate::schema::arm_id::scope_of_type(type_name).is_none()
}

fn of_resource(slot: &TypeSlot<'_>, ty: ResourceType<'_>) -> CompletionItem {
    let newest = ty.preferred().api_version();
    CompletionItem {
        behind: Some(format!(" {newest}")),
        detail: Some(format!("newest {newest}")),
        topic: Some(Topic::ResourceType(ty.name().to_owned())),
        goes_on: slot.brings_version(),
        ..item(slot, ty.name())
    }
}

/// By how they match, those that stand at the address in `parent_id`, those that the module has already.
fn of_data_plane(
    request: &Request<'_>,
    resource: &Resource<'_>,
    slot: &TypeSlot<'_>,
    query: &Query,
) -> Vec<CompletionItem> {
    let used = used_types(request, resource);
    let parent = resource.argument(request.evaluator(), "parent_id");
    let parent = parent.and_then(|parent| parent.assumed().as_str()).unwrap_or_default();
    let ranked = Provider::get().data_plane_types().iter().filter_map(|ty| {
        let is_elsewhere = !parent.is_empty() && !ty.may_stand_at(&parent);
        let is_new = !used.contains(&ty.name.to_ascii_lowercase());
        Some((query.rank(&ty.name)?, is_elsewhere, is_new, ty.name.as_str()))
    });
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort_unstable();
    let of = |(.., name): (Match, bool, bool, &str)| {
        let newest = DataPlaneVersions::of(name).map(DataPlaneVersions::preferred);
        CompletionItem {
            behind: newest.map(|newest| format!(" {newest}")),
            detail: newest.map(|newest| format!("newest {newest}")),
            topic: Some(Topic::DataPlaneType(name.to_owned())),
            goes_on: slot.brings_version(),
            ..item(slot, name)
        }
    };
    ranked.into_iter().map(of).collect()
}

/// The last two segments tell types apart; what is in front of them stands aside.
fn item(slot: &TypeSlot<'_>, name: &str) -> CompletionItem {
    let (edit, is_snippet) = slot.type_edit(name);
    let cut = name.rmatch_indices('/').nth(1).or_else(|| name.rmatch_indices('/').next());
    let (aside, label) = cut.map_or(("", name), |(at, _)| (&name[..at], &name[at + 1..]));
    let typed = slot.before.trim();
    CompletionItem {
        aside: Some(aside.to_owned()),
        whole_label: Some(name.to_owned()),
        filter_text: Some(if typed.is_empty() { name.to_owned() } else { typed.to_owned() }),
        is_snippet,
        ..CompletionItem::new(CompletionKind::ResourceType, label, edit)
    }
}

/// The types of the module's other blocks, in lower case.
fn used_types(request: &Request<'_>, resource: &Resource<'_>) -> HashSet<String> {
    let own = &resource.block.syntax;
    let blocks = request.module().provider_blocks().map(|(block, _)| block).filter(|block| block != own);
    let written = blocks.filter_map(AzapiBlock::of).filter_map(|block| {
        let text = block.value("type")?.node.literal_string()?;
        Some(text.split('@').next().unwrap_or_default().to_ascii_lowercase())
    });
    written.collect()
}

/// The type of the parent that the block states; `None` while that is not known.
fn parent_type(request: &Request<'_>, resource: &Resource<'_>) -> Option<String> {
    let parent = resource.argument(request.evaluator(), "parent_id")?;
    let mut types = parent.outcomes().map(|outcome| {
        let reader = IdReader::new(request.evaluator(), request.schema());
        let Id::Known(id) = reader.id(outcome) else { return None };
        id.resource_type().map(str::to_owned)
    });
    let first = types.next().flatten()?;
    types.all(|other| other.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(&first))).then_some(first)
}
