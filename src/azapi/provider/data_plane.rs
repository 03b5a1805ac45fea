//! The types of `azapi_data_plane_resource`.

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
