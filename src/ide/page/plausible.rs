//! Texts that a reader of an example takes for what they stand for: an address, a GUID, the id of a resource.

use super::example::sample_id;
use super::value::USUAL;
use crate::azapi::noun::singular;
use crate::azapi::validate;
use crate::schema::arm_id;
use crate::schema::{Schema, SchemaType, TypeKind, synonyms};

/// What names may be, the first that a type takes.
pub(super) const NAMES: [&str; 9] = [
    "example",
    "example01",
    "example-01",
    "Example",
    "example_01",
    "exampleresource01",
    "example.com",
    GUID,
    "1.0.0",
];
pub(super) const LOCATION: &str = "westeurope";
pub(super) const GUID: &str = "00000000-0000-0000-0000-000000000000";

/// Ends of keys, and what their values look like; the first that fits counts.
const BY_END: [(&str, &str); 17] = [
    ("email", "someone@example.com"),
    ("emailaddress", "someone@example.com"),
    ("url", "https://example.com"),
    ("uri", "https://example.com"),
    ("endpoint", "https://example.com"),
    ("location", LOCATION),
    ("region", LOCATION),
    ("timezone", "UTC"),
    ("country", "US"),
    ("version", "1.0.0"),
    ("ipaddress", "10.0.0.4"),
    ("addressprefix", "10.0.0.0/16"),
    ("cidr", "10.0.0.0/16"),
    ("domainname", "example.com"),
    ("fqdn", "example.com"),
    ("vmsize", "Standard_D2s_v5"),
    ("firstname", "Example"),
];
/// Whose ids are GUIDs.
const BY_GUID: [&str; 8] =
    ["tenant", "principal", "client", "object", "application", "app", "subscription", "user"];

/// Makes texts for the body of a type.
#[derive(Clone, Copy)]
pub(super) struct Plausible<'s, 't> {
    pub(super) schema: &'s Schema,
    pub(super) type_name: &'t str,
}

impl Plausible<'_, '_> {
    /// For what stands at `path`: `drafted` where nothing else fits its type.
    pub(super) fn text(
        self,
        ty: SchemaType<'_>,
        description: Option<&str>,
        path: &[String],
        drafted: &str,
    ) -> String {
        let likely = self.likely(description.unwrap_or_default(), path);
        let names = NAMES.into_iter().take(if drafted.is_empty() { NAMES.len() } else { 2 });
        let mut all = likely.into_iter().chain(names.map(str::to_owned));
        all.find(|text| takes(ty, text)).unwrap_or_else(|| drafted.to_owned())
    }

    /// By its key, the one above it, and what the publisher says of it.
    fn likely(self, description: &str, path: &[String]) -> Vec<String> {
        let Some((key, above)) = path.split_last() else { return Vec::new() };
        let lower = key.to_ascii_lowercase();
        let owner = above.last().map(|key| key.to_ascii_lowercase()).unwrap_or_default();
        let mut all: Vec<String> = Vec::new();
        if owner.ends_with("sku") && matches!(lower.as_str(), "name" | "tier") {
            all.push(USUAL.to_owned());
        }
        if let Some(stem) = id_of(key) {
            let is_guid = ["guid", "uuid"].iter().any(|word| description.to_ascii_lowercase().contains(word));
            if is_guid || BY_GUID.iter().any(|end| stem.to_ascii_lowercase().ends_with(end)) {
                all.push(GUID.to_owned());
            }
            let of = if stem.is_empty() { above.last().map_or("", String::as_str) } else { stem };
            all.extend(self.type_called(of).map(|name| sample_id(self.schema, &name)));
        }
        all.extend(BY_END.iter().filter(|(end, _)| lower.ends_with(end)).map(|(_, text)| (*text).to_owned()));
        all
    }

    /// A type whose resources are called so: of the same namespace, else one of those that everybody calls so.
    fn type_called(self, word: &str) -> Option<String> {
        if word.is_empty() {
            return None;
        }
        let is_called = |name: &str| singular(arm_id::last_segment(name)).eq_ignore_ascii_case(word);
        let namespace = self.type_name.split('/').next().unwrap_or_default();
        let mut all = self.schema.resource_types().map(|ty| ty.name());
        let own = all.find(|name| {
            name.split('/').next().is_some_and(|it| it.eq_ignore_ascii_case(namespace)) && is_called(name)
        });
        own.or_else(|| synonyms::types_called(&synonyms::plain(word)).next()).map(str::to_owned)
    }
}

/// What an id is of, by its key: `subnetId` and `subnetResourceId` are of a `subnet`; `None` for what is no id, as
/// `paid` is none.
fn id_of(key: &str) -> Option<&str> {
    let stem = ["ResourceId", "ResourceID", "Id", "ID"].iter().find_map(|end| key.strip_suffix(end));
    stem.or_else(|| (key == "id" || key == "resourceId").then_some(""))
}

/// Whether a type takes a text.
pub(super) fn takes(ty: SchemaType<'_>, text: &str) -> bool {
    ty.alternatives().into_iter().any(|one| match one.kind() {
        TypeKind::String { min_length, max_length, pattern, .. } => {
            let length = text.chars().count() as u64;
            min_length.is_none_or(|least| least <= length)
                && max_length.is_none_or(|most| length <= most)
                && pattern.is_none_or(|pattern| validate::allows(pattern, text))
        }
        _ => true,
    })
}
