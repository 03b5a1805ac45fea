//! Completion of the api-version behind the `@` of `type`.

use super::type_slot::TypeSlot;
use crate::ide::{CompletionItem, CompletionKind, Completions};

/// Every version of the type, newest first; the newest stable one is selected at first.
pub(super) fn complete(slot: &TypeSlot<'_>) -> Completions {
    let Some(found) = slot.schema.resource_type(slot.type_name()) else { return Completions::default() };
    let newest_stable = found.newest_stable();
    let items = found.versions().enumerate().map(|(at, version)| {
        let name = version.api_version().as_str();
        let selected = newest_stable.map_or(at == 0, |newest| newest == version);
        let detail = match (version.api_version().is_preview(), selected) {
            (true, _) => "preview",
            (false, true) => "stable, newest",
            (false, false) => "stable",
        };
        CompletionItem {
            label: name.to_owned(),
            kind: CompletionKind::ApiVersion,
            detail: Some(detail.to_owned()),
            documentation: None,
            sort_text: format!("{at:04}"),
            filter_text: Some(slot.filter_text(name)),
            edit: slot.version_edit(name),
            preselect: selected,
            is_snippet: false,
            deprecated: false,
        }
    });
    Completions { items: items.collect(), incomplete: false }
}
