//! Describes what is known of a data-plane type.

use super::model::{Described, ListKind, Subject};
use crate::azapi::provider::{DataPlaneType, DataPlaneVersions};

/// A data-plane type at the api-version that is written, if one is.
pub(crate) fn data_plane_type(
    found: &'static DataPlaneType,
    api_version: Option<&str>,
) -> Described<'static> {
    let subject = Subject::DataPlaneType {
        api_version: api_version.map(str::to_owned),
        url: &found.url_format,
        name: found.name_rule(),
        versions: DataPlaneVersions::of(&found.name),
    };
    let mut described = Described::new(found.name.clone(), subject);
    described.list(ListKind::Parents, [found.parent_id_example.clone()]);
    described
}
