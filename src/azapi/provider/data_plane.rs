//! The types of `azapi_data_plane_resource`. What the provider knows of them is written here; which api-versions
//! their services have it does not know: those are a table of their own (`versions.rs`), and never taken from resource
//! types that are called the same.

pub(crate) mod versions;

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
    /// Whether the service makes the name in some versions of the provider, and others demand one.
    #[serde(default)]
    pub name_may_be_generated: bool,
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
    /// By the version of the provider one must be given, or none may.
    Varies,
}

impl DataPlaneType {
    /// Whether an address can be that of its parent, by the domain of its host: `x.vault.azure.net` for
    /// `{vaultName}.vault.azure.net`. What is in front of the domain may differ by region.
    pub fn may_stand_at(&self, address: &str) -> bool {
        let host = |text: &str| text.split('/').next().unwrap_or_default().to_ascii_lowercase();
        let own = host(&self.parent_id_example);
        let fixed = own.rsplit('}').next().unwrap_or(&own);
        let start = fixed.rmatch_indices('.').nth(2).map_or(0, |(dot, _)| dot);
        host(address).ends_with(&fixed[start..])
    }

    /// What `name` must be.
    pub fn name_rule(&self) -> NameRule<'_> {
        if !self.has_name {
            return NameRule::Absent;
        }
        if self.name_may_be_generated {
            return NameRule::Varies;
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
    fn a_parent_is_known_by_its_host() {
        let of = |name: &str, address: &str| {
            Provider::get().data_plane_type(name).expect(name).may_stand_at(address)
        };
        assert!(of("Microsoft.KeyVault/vaults/secrets", "MyVault.Vault.azure.net"));
        assert!(!of("Microsoft.KeyVault/vaults/secrets", "x.search.windows.net"));
        assert!(!of("Microsoft.KeyVault/vaults/secrets", "vault.azure.net.example/x.vault.azure.net"));
        assert!(of("Microsoft.Purview/accounts/Scanning/credentials", "a.purview.azure.com/scan"));
        assert!(of(
            "Microsoft.DigitalTwins/digitalTwinsInstances/eventroutes",
            "i.api.wus2.digitaltwins.azure.net"
        ));
    }

    #[test]
    fn a_name_is_given_or_fixed_or_not_there_or_that_varies() {
        let of = |name: &str| Provider::get().data_plane_type(name).expect(name);
        let rule = |name: &str| of(name).name_rule();
        assert_eq!(rule("Microsoft.KeyVault/vaults/secrets"), NameRule::Given);
        assert_eq!(rule("Microsoft.Search/searchServices/indexes"), NameRule::Given);
        let triggers = "Microsoft.Purview/accounts/Scanning/datasources/scans/triggers";
        assert_eq!(rule(triggers), NameRule::Exactly("default"));
        assert_eq!(rule("Microsoft.KeyVault/vaults/certificates/contacts"), NameRule::Absent);
        assert_eq!(rule("Microsoft.Foundry/agents"), NameRule::Varies);
    }
}
