//! Completion of the api-version behind the `@` of `type`.

use super::type_slot::TypeSlot;
use crate::azapi::provider::TypesOf;
use crate::ide::{CompletionItem, CompletionKind, Completions};

/// The versions of the type, newest first; the newest stable one is selected at first. Previews go by the setting,
/// but for a type that has no other, and where one is written.
pub(super) fn complete(slot: &TypeSlot<'_>, settings_want_previews: bool) -> Completions {
    // Which api-versions a data-plane type has, nobody says; those of a resource type of its name are others.
    if slot.types == TypesOf::DataPlane {
        return Completions::default();
    }
    let Some(found) = slot.schema.resource_type(slot.type_name()) else { return Completions::default() };
    let newest_stable = found.newest_stable();
    let with_previews = settings_want_previews || newest_stable.is_none() || slot.has_preview();
    let offered = found.versions().filter(|version| with_previews || !version.api_version().is_preview());
    let items = offered.enumerate().map(|(at, version)| {
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
    // Behind the date of a version, previews come all the same.
    Completions { items: items.collect(), incomplete: !with_previews }
}
