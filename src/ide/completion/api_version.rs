//! Completion of the api-version behind the `@` of `type`.

use super::type_slot::TypeSlot;
use super::{CompletionItem, CompletionKind, Completions};
use crate::azapi::provider::data_plane_versions::is_preview;
use crate::azapi::provider::{DataPlaneVersions, TypesOf};
use crate::schema::ResourceVersion;

/// Stable versions so much older than the newest stand behind the previews.
const RECENT_DAYS: i64 = 2 * 365;

/// The versions of the type: stable ones of the last two years, previews, older stable ones, each newest first.
/// Previews go by the setting, but for a type that has no other, and where one is written.
pub(super) fn complete(slot: &TypeSlot<'_>, settings_want_previews: bool) -> Completions {
    // Those of a resource type of its name are others.
    if slot.types == TypesOf::DataPlane {
        return of_data_plane(slot, settings_want_previews);
    }
    let Some(found) = slot.schema.resource_type(slot.type_name()) else { return Completions::default() };
    let newest_stable = found.newest_stable();
    let with_previews = settings_want_previews || newest_stable.is_none() || slot.has_preview();
    let yours = found.version(&slot.version());
    let is_recent = |version: &ResourceVersion<'_>| {
        let days = |version: ResourceVersion<'_>| version.api_version().days();
        let newest = newest_stable.and_then(days);
        newest.zip(days(*version)).is_none_or(|(newest, days)| newest - days <= RECENT_DAYS)
    };
    let mut offered: Vec<_> = found.versions().collect();
    offered.retain(|version| with_previews || !version.api_version().is_preview());
    offered.sort_by_key(|version| match version.api_version().is_preview() {
        false if is_recent(version) => 0,
        true => 1,
        false => 2,
    });
    let of_version = |version: ResourceVersion<'_>| {
        let name = version.api_version().as_str();
        let is_newest = newest_stable.unwrap_or(found.newest()) == version;
        let is_same = yours.is_some_and(|yours| yours != version && yours.same_body(version));
        let is_preview = version.api_version().is_preview();
        let holds = [(is_newest, "newest"), (is_preview, "preview"), (is_same, "same body as yours")];
        item(slot, name, &holds, is_newest)
    };
    let items = offered.into_iter().map(of_version).collect();
    let mut list = Completions::ordered(items, slot.typed_version());
    // Behind the date of a version, previews come all the same.
    list.incomplete |= !with_previews;
    list
}

/// Those of the service: stable ones, then previews, each newest first. They need not be dates.
fn of_data_plane(slot: &TypeSlot<'_>, settings_want_previews: bool) -> Completions {
    let Some(known) = DataPlaneVersions::of(slot.type_name()) else { return Completions::default() };
    let newest = known.preferred();
    // Where previews alone begin like what is written, one of them is being written.
    let written = slot.version();
    let mut like_it = known.newest_first().filter(|version| version.starts_with(&written)).peekable();
    let is_of_preview = like_it.peek().is_some() && like_it.all(is_preview);
    let with_previews = settings_want_previews || known.newest_stable().is_none() || is_of_preview;
    let mut offered: Vec<&str> =
        known.newest_first().filter(|version| with_previews || !is_preview(version)).collect();
    offered.sort_by_key(|version| is_preview(version));
    let of_version = |name: &str| {
        let holds = [(name == newest, "newest"), (is_preview(name), "preview")];
        item(slot, name, &holds, name == newest)
    };
    let items = offered.into_iter().map(of_version).collect();
    let mut list = Completions::ordered(items, slot.typed_version());
    list.incomplete |= !with_previews;
    list
}

/// A version, with what is said of it as far as that holds.
fn item(slot: &TypeSlot<'_>, name: &str, holds: &[(bool, &str)], is_preferred: bool) -> CompletionItem {
    let says: Vec<&str> = holds.iter().filter_map(|(holds, says)| holds.then_some(*says)).collect();
    let says = Some(says.join(", ")).filter(|says| !says.is_empty());
    CompletionItem {
        aside: says.clone(),
        detail: says,
        filter_text: Some(slot.filter_text(name)),
        preselect: is_preferred,
        ..CompletionItem::new(CompletionKind::ApiVersion, name, slot.version_edit(name))
    }
}
