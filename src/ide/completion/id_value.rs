//! Completion of values that are ids: the blocks of the module that can be meant.

use super::module_blocks::{self, IdBlock};
use super::value_slot::ValueSlot;
use super::{CompletionItem, CompletionKind};
use crate::azapi::Resource;
use crate::azapi::parent::{self, Fit};
use crate::azapi::provider::TypesOf;
use crate::ide::request::Request;
use crate::schema::{ResourceVersion, Scope, arm_id, synonyms};

/// What an id in a body may be, by the keys that lead to it and what the publisher says of it: blocks of the type that
/// these speak of; where they speak of none, every block. Nothing where it is no id.
pub(super) fn complete(
    request: &Request<'_>,
    resource: &Resource<'_>,
    slot: &ValueSlot,
    keys: &[&str],
    description: Option<&str>,
) -> Vec<CompletionItem> {
    let Some(meant) = Meant::by(keys, description) else { return Vec::new() };
    let blocks = module_blocks::with_ids(request, resource);
    let mut fitting: Vec<&IdBlock> =
        blocks.iter().filter(|block| block.types.iter().any(|ty| meant.is(ty))).collect();
    if fitting.is_empty() && meant.is_open {
        fitting = blocks.iter().collect();
    }
    fitting.into_iter().map(|block| item(slot, block)).collect()
}

fn item(slot: &ValueSlot, block: &IdBlock) -> CompletionItem {
    let ty = block.types.first().map_or("", String::as_str);
    CompletionItem {
        detail: Some(ty.to_owned()),
        aside: Some(arm_id::last_segment(ty).to_owned()),
        ..slot.expression(CompletionKind::Reference, &block.id)
    }
}

/// Which types an id is of.
#[derive(Debug, PartialEq, Eq)]
struct Meant {
    /// What the type is called, the most telling first: `vnetsubnet`, `subnet`.
    words: Vec<String>,
    /// Types that are named in full, in lower case.
    types: Vec<String>,
    /// It may be of any type, where the module has none of those.
    is_open: bool,
}

impl Meant {
    /// `None` where it is no id.
    fn by(keys: &[&str], description: Option<&str>) -> Option<Self> {
        let (last, above) = keys.split_last()?;
        let lower = last.to_ascii_lowercase();
        let stem =
            ["resourceids", "resourceid", "ids", "id"].iter().find_map(|end| lower.strip_suffix(end))?;
        // `paid` and `valid` are no ids: in front of it a word ends.
        let at = stem.len();
        if at > 0 && !last[at..].starts_with(['I', 'R', '_']) {
            return None;
        }
        let owner = if stem.is_empty() || matches!(stem, "target" | "source" | "arm" | "azure" | "parent") {
            above.last().copied().unwrap_or_default()
        } else {
            &last[..at]
        };
        let types = description.map(types_named).unwrap_or_default();
        let is_open = lower.ends_with("resourceid") || lower.ends_with("resourceids") || lower == "id";
        Some(Self { words: endings(owner), types, is_open })
    }

    fn is(&self, ty: &str) -> bool {
        let last = synonyms::plain(arm_id::last_segment(ty));
        let is_called = |word: &String| {
            let singular = word.strip_suffix('s').unwrap_or(word);
            [word.as_str(), singular].iter().any(|word| {
                last.strip_prefix(word).is_some_and(|rest| matches!(rest, "" | "s" | "es"))
                    || synonyms::types_called(word).any(|known| known.eq_ignore_ascii_case(ty))
            })
        };
        self.types.iter().any(|named| named.eq_ignore_ascii_case(ty)) || self.words.iter().any(is_called)
    }
}

/// A name in camel case and what is left of it word by word: `vnetSubnets`: `vnetsubnets`, `subnets`.
fn endings(name: &str) -> Vec<String> {
    let starts = name.char_indices().filter(|&(at, c)| {
        let before = name[..at].chars().next_back();
        before.is_none_or(|before| c.is_uppercase() && !before.is_uppercase())
    });
    starts.map(|(at, _)| synonyms::plain(&name[at..])).filter(|word| word.len() > 1).collect()
}

/// The types that a text names in full.
fn types_named(description: &str) -> Vec<String> {
    let words = description.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '/' | '_' | '-')));
    let mut types = Vec::new();
    for word in words {
        let Some(at) = word.to_ascii_lowercase().find("microsoft.") else { continue };
        let parts: Vec<&str> = word[at..].trim_end_matches(['.', '/']).split('/').collect();
        match parts.as_slice() {
            [namespace, kind] => types.push(format!("{namespace}/{kind}")),
            [namespace, kind, _, child] => types.push(format!("{namespace}/{kind}/{child}")),
            [namespace, kind, _] => types.push(format!("{namespace}/{kind}")),
            _ => {}
        }
    }
    types
}

/// What `parent_id` may be: the blocks of the module that are legal parents, then the forms of such an id.
pub(super) fn parents(
    request: &Request<'_>,
    resource: &Resource<'_>,
    slot: &ValueSlot,
) -> Vec<CompletionItem> {
    if resource.block.definition.means.types == TypesOf::DataPlane {
        let example = resource.data_plane_type().map(|ty| ty.parent_id_example.as_str());
        return example.map(|example| pattern(slot, example)).into_iter().collect();
    }
    let version = resource.version_or_newest();
    let blocks = module_blocks::with_ids(request, resource);
    let fit = |block: &IdBlock| match version {
        Some(version) => block.types.iter().filter_map(|ty| parent::fit(version, ty)).min(),
        None => Some(Fit::Own),
    };
    let mut fitting: Vec<(Fit, &IdBlock)> =
        blocks.iter().filter_map(|block| Some((fit(block)?, block))).collect();
    fitting.sort_by_key(|(fit, _)| *fit);
    let patterns = version.map(parent_forms).unwrap_or_default();
    let patterns = patterns.iter().map(|form| pattern(slot, form));
    fitting.into_iter().map(|(_, block)| item(slot, block)).chain(patterns).collect()
}

/// The forms of a parent's id. Where any resource will do, those of one in a resource group; where the parent's type is
/// not in the data, its names below each scope.
fn parent_forms(version: ResourceVersion<'_>) -> Vec<String> {
    let mut forms = version.parent_patterns();
    forms.retain(|form| form.starts_with('/'));
    let group = Scope::ResourceGroup.parent_pattern();
    let Some(parent) = arm_id::parent_type(version.type_name()) else {
        let scopes = version.writable_scopes();
        if forms.is_empty() || scopes.contains(Scope::Extension) {
            forms.push(format!("{group}/providers/{{namespace}}/{{resourceType}}/{{resourceName}}"));
        }
        return forms;
    };
    if !forms.is_empty() {
        return forms;
    }
    let scopes = version.parent_scopes();
    let above = |scope: Scope| {
        let mut id = scope.parent_pattern().to_owned();
        for (at, _) in parent.match_indices('/').skip(1).chain([(parent.len(), "")]) {
            let ty = &parent[..at];
            id = arm_id::build(&id, ty, &format!("{{{}}}", arm_id::last_segment(ty)));
        }
        id
    };
    forms.extend(scopes.iter().filter(|scope| *scope != Scope::Extension).map(above));
    if forms.is_empty() {
        forms.push(above(Scope::ResourceGroup));
    }
    forms
}

/// What `resource_id` may be: blocks of the type itself, then the form of its id.
pub(super) fn resources(
    request: &Request<'_>,
    resource: &Resource<'_>,
    slot: &ValueSlot,
) -> Vec<CompletionItem> {
    let name = resource.type_name();
    let is_it = |ty: &String| name.as_ref().is_none_or(|name| name.eq_ignore_ascii_case(ty));
    let blocks = module_blocks::with_ids(request, resource);
    let fitting = blocks.iter().filter(|block| block.types.iter().any(is_it));
    let form = resource.resource_type().map(|ty| ty.import_id()).filter(|form| form.starts_with('/'));
    fitting.map(|block| item(slot, block)).chain(form.map(|form| pattern(slot, &form))).collect()
}

/// Ids of one type.
pub(super) fn of_type(
    request: &Request<'_>,
    resource: &Resource<'_>,
    slot: &ValueSlot,
    type_name: Option<&str>,
) -> Vec<CompletionItem> {
    let is_it = |ty: &String| type_name.is_none_or(|name| name.eq_ignore_ascii_case(ty));
    let blocks = module_blocks::with_ids(request, resource);
    let fitting = blocks.iter().filter(|block| block.types.iter().any(is_it));
    fitting.map(|block| item(slot, block)).collect()
}

/// A form with placeholders in braces, each a stop.
fn pattern(slot: &ValueSlot, form: &str) -> CompletionItem {
    let mut snippet = String::new();
    let mut stops = 0;
    let mut rest = form;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        stops += 1;
        snippet.push_str(&format!("{before}${{{stops}:{name}}}"));
        rest = behind;
    }
    snippet.push_str(rest);
    slot.text_snippet(form, &snippet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_of_the_type_that_its_keys_speak_of() {
        let subnets = "Microsoft.Network/virtualNetworks/subnets";
        for (keys, ty, is_it) in [
            (&["properties", "subnet", "id"][..], subnets, true),
            (&["properties", "vnetSubnetID"], subnets, true),
            (&["properties", "virtualNetworkSubnetId"], subnets, true),
            (&["properties", "subnet", "id"], "Microsoft.Network/virtualNetworks", false),
            (&["properties", "serverFarmId"], "Microsoft.Web/serverfarms", true),
            (&["properties", "remoteVirtualNetwork", "id"], "Microsoft.Network/virtualNetworks", true),
            (&["properties", "workspaceResourceId"], "Microsoft.OperationalInsights/workspaces", true),
            (&["properties", "keyVaultId"], "Microsoft.KeyVault/vaults", true),
            (&["properties", "networkSecurityGroup", "id"], "Microsoft.Network/networkSecurityGroups", true),
            (&["properties", "publicIPAddress", "id"], "Microsoft.Network/publicIPAddresses", true),
        ] {
            let meant = Meant::by(keys, None).expect("an id");
            assert_eq!(meant.is(ty), is_it, "{keys:?} {ty}");
        }
        for keys in [&["properties", "paid"][..], &["properties", "valid"], &["properties", "name"], &[]] {
            assert_eq!(Meant::by(keys, None), None, "{keys:?}");
        }
    }

    #[test]
    fn a_description_may_name_the_type() {
        let text =
            "The id, as in /subscriptions/x/providers/Microsoft.Test/things/{name}. Not Microsoft.Other.";
        assert_eq!(types_named(text), ["Microsoft.Test/things"]);
    }
}
