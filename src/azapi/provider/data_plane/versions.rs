//! The api-versions of the services behind data-plane types (`schemas/data-plane-versions.txt`). The provider knows
//! none and takes any, so nothing is judged by them: they are what to offer and to tell.

/// Rows `TYPE: VERSION…`, the oldest version first. A row holds for the types below its own that have none.
const TABLE: &str = include_str!("../../../../schemas/data-plane-versions.txt");

/// The api-versions at which a service has a data-plane type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DataPlaneVersions(&'static str);

impl DataPlaneVersions {
    /// Of a type, whatever the case of its letters; `None` where the table has no word on it.
    pub(crate) fn of(type_name: &str) -> Option<Self> {
        let mut best: Option<(usize, Self)> = None;
        for (ty, versions) in rows() {
            let is_meant = type_name.get(..ty.len()).is_some_and(|start| start.eq_ignore_ascii_case(ty))
                && matches!(type_name.as_bytes().get(ty.len()), None | Some(b'/'));
            if is_meant && best.is_none_or(|(length, _)| ty.len() > length) {
                best = Some((ty.len(), Self(versions)));
            }
        }
        best.map(|(_, versions)| versions)
    }

    /// The newest first.
    pub(crate) fn newest_first(self) -> impl Iterator<Item = &'static str> {
        self.0.split(' ').rev()
    }

    /// The newest one that is no preview.
    pub(crate) fn newest_stable(self) -> Option<&'static str> {
        self.newest_first().find(|version| !is_preview(version))
    }

    /// The newest stable one, or the newest preview where there is no other.
    pub(crate) fn preferred(self) -> &'static str {
        let newest = self.newest_first().next().unwrap_or_default();
        self.newest_stable().unwrap_or(newest)
    }
}

/// Such versions need not be dates: `7.6-preview.2`.
pub(crate) fn is_preview(version: &str) -> bool {
    version.contains("preview")
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().filter_map(|row| row.split_once(": "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::azapi::provider::Provider;

    #[test]
    fn every_type_has_versions_and_every_row_types() {
        let types = Provider::get().data_plane_types();
        for ty in types {
            let versions = DataPlaneVersions::of(&ty.name).unwrap_or_else(|| panic!("{}", ty.name));
            assert!(versions.newest_first().all(|version| !version.is_empty()), "{}", ty.name);
        }
        for (row, versions) in rows() {
            let used =
                types.iter().any(|ty| DataPlaneVersions::of(&ty.name).is_some_and(|it| it.0 == versions));
            assert!(used, "{row}");
            let each: BTreeSet<&str> = versions.split(' ').collect();
            assert_eq!(each.len(), versions.split(' ').count(), "{row}");
        }
        assert!(rows().is_sorted_by(|one, next| one.0.to_lowercase() < next.0.to_lowercase()));
        assert_eq!(rows().count(), TABLE.lines().count());
    }

    #[test]
    fn the_row_of_the_type_itself_or_of_the_nearest_above_it_holds() {
        let newest = |name: &str| DataPlaneVersions::of(name).map(|it| it.newest_first().next().unwrap());
        assert_eq!(newest("microsoft.synapse/WORKSPACES/databases"), Some("2021-04-01"));
        assert_eq!(newest("Microsoft.Synapse/workspaces/datasets"), Some("2021-06-01-preview"));
        assert_eq!(newest("Microsoft.Synapse/workspacesets"), None);
        assert_eq!(newest("Microsoft.Synapse"), None);
        assert_eq!(newest(""), None);
    }

    #[test]
    fn a_preview_is_preferred_only_where_there_is_no_other() {
        let of = |name: &str| DataPlaneVersions::of(name).expect(name);
        assert_eq!(of("Microsoft.KeyVault/vaults/secrets").preferred(), "2026-04-01");
        assert_eq!(of("Microsoft.Synapse/workspaces/kqlScripts").preferred(), "2021-06-01-preview");
        assert_eq!(of("Microsoft.Synapse/workspaces/kqlScripts").newest_stable(), None);
        assert!(is_preview("7.6-preview.2") && !is_preview("v1"));
    }
}
