//! The types of `azapi_data_plane_resource`. What the provider knows of them is written here; which api-versions
//! their services have it does not know, and never takes them from resource types that are called the same.

use serde::Deserialize;

/// A type that `azapi_data_plane_resource` takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataPlaneType {
    /// `Microsoft.X/a/b`.
    #[serde(rename = "type")]
    pub name: String,
    /// `{parentId}/kv/{name}`.
    pub url_format: String,
    /// What a parent id looks like.
    pub parent_id_example: String,
    /// The path of the service's own interface.
    pub api_url: String,
    /// Whether its URL holds a name.
    pub has_name: bool,
    /// Whether the service makes the name, so that none may be given.
    #[serde(default)]
    pub name_generated_by_service: bool,
}

/// What `name` must be in a block of a data-plane type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameRule<'p> {
    /// Some name must be given.
    Given,
    /// This very name must be given, whatever the case of its letters.
    Exactly(&'p str),
    /// None may be given.
    Absent,
}

impl DataPlaneType {
    /// What `name` must be.
    pub fn name_rule(&self) -> NameRule<'_> {
        if !self.has_name || self.name_generated_by_service {
            return NameRule::Absent;
        }
        let default = self.url_format.split_once("{name=").and_then(|(_, rest)| rest.split_once('}'));
        default.map_or(NameRule::Given, |(name, _)| NameRule::Exactly(name))
    }
}

#[cfg(test)]
mod tests {
    use super::NameRule;
    use crate::azapi::provider::Provider;

    #[test]
    fn a_name_is_given_or_fixed_or_made_by_the_service() {
        let of = |name: &str| Provider::get().data_plane_type(name).expect(name);
        let rule = |name: &str| of(name).name_rule();
        assert_eq!(rule("Microsoft.KeyVault/vaults/secrets"), NameRule::Given);
        assert_eq!(rule("Microsoft.Search/searchServices/indexes"), NameRule::Given);
        let triggers = "Microsoft.Purview/accounts/Scanning/datasources/scans/triggers";
        assert_eq!(rule(triggers), NameRule::Exactly("default"));
        assert_eq!(rule("Microsoft.KeyVault/vaults/certificates/contacts"), NameRule::Absent);
        assert_eq!(rule("Microsoft.Foundry/agents"), NameRule::Absent);
    }
}
