//! What is to be said of the type and the api-version that a block's `type` names.

use super::provider::{Block, Check, Provider, TypesOf};
use crate::schema::{ApiVersion, Lookup, ResourceType, Schema, arm_id, vanished};
use crate::text::closest;

/// Of the names of data-plane types so many near ones are told.
const NEAREST: usize = 3;
/// A version older than the data by so many days is surely not just newer than the data.
const DAYS_OF_DOUBT: i64 = 365;

/// What is to be said of a type reference.
#[derive(Debug)]
pub(crate) enum TypeVerdict<'s> {
    /// It is right, or nothing can be said.
    Fine,
    /// There is no such type.
    UnknownType {
        /// Types that are written nearly so, nearest first.
        close: Vec<&'s str>,
        /// What becomes of it.
        certainty: Certainty,
    },
    /// The type has no such version.
    UnknownVersion {
        /// The type.
        resource_type: ResourceType<'s>,
        /// Its versions that are written nearly so, nearest first.
        close: Vec<&'s str>,
        /// What becomes of it.
        certainty: Certainty,
    },
    /// It is none of the data-plane types of the provider as it was when they were written down.
    UnknownDataPlaneType {
        /// Those that are written nearly so, nearest first.
        close: Vec<&'static str>,
    },
}

/// What becomes of a type reference that the data does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certainty {
    /// The provider refuses it.
    Refused,
    /// The author switched off the provider's check.
    SwitchedOff,
    /// The provider does not check such blocks, or may have newer data.
    Unsure,
    /// Earlier data had it: a provider of that time takes it.
    Vanished,
}

/// Judges the type and the version that `type` names in a block of this definition. `validated` says whether the
/// provider's check of the block is surely on.
pub(crate) fn judge<'s>(
    name: &str,
    version: Option<&str>,
    definition: &Block,
    schema: &'s Schema,
    validated: bool,
) -> TypeVerdict<'s> {
    match definition.means.types {
        TypesOf::Nothing => TypeVerdict::Fine,
        TypesOf::DataPlane => judge_data_plane(name),
        TypesOf::Resource if definition.means.local => TypeVerdict::Fine,
        TypesOf::Resource => {
            let checked = definition.means.checks.contains(&Check::Type);
            if !checked && is_special(name, schema) {
                return TypeVerdict::Fine;
            }
            judge_resource(name, version, schema, &|| {
                if checked && !validated {
                    Certainty::SwitchedOff
                } else if vanished::was_known(name, version) {
                    Certainty::Vanished
                } else if checked {
                    certainty(version, schema)
                } else {
                    Certainty::Unsure
                }
            })
        }
    }
}

/// The provider's list may have grown since it was written down. It states no api-versions.
fn judge_data_plane(name: &str) -> TypeVerdict<'static> {
    let provider = Provider::get();
    if provider.data_plane_type(name).is_some() {
        return TypeVerdict::Fine;
    }
    let known = provider.data_plane_types().iter().map(|known| known.name.as_str());
    TypeVerdict::UnknownDataPlaneType { close: closest(name, known, NEAREST) }
}

/// What is known without being a type of the data: what the provider gives a meaning of its own, namespaces,
/// and types that have nothing but functions.
fn is_special(name: &str, schema: &Schema) -> bool {
    arm_id::is_special_type(name)
        || (!name.contains('/') && schema.has_namespace(name))
        || (schema.resource_type(name).is_none() && schema.functions(name).is_some())
}

fn judge_resource<'s>(
    name: &str,
    version: Option<&str>,
    schema: &'s Schema,
    certainty: &dyn Fn() -> Certainty,
) -> TypeVerdict<'s> {
    let Some(version) = version else {
        return match schema.resource_type(name) {
            Some(_) => TypeVerdict::Fine,
            None => TypeVerdict::UnknownType { close: schema.close_types(name), certainty: certainty() },
        };
    };
    match schema.lookup(name, version) {
        Lookup::Found(_) => TypeVerdict::Fine,
        Lookup::UnknownType { close } => TypeVerdict::UnknownType { close, certainty: certainty() },
        Lookup::UnknownVersion { resource_type, close } => {
            TypeVerdict::UnknownVersion { resource_type, close, certainty: certainty() }
        }
    }
}

/// Of a block that the provider checks against its own data.
fn certainty(version: Option<&str>, schema: &Schema) -> Certainty {
    let newest = ApiVersion::new(schema.source().newest_api_version).days();
    match (version.map(|version| ApiVersion::new(version).days()), newest) {
        // What is no date is no version of any data to come.
        (Some(None), _) => Certainty::Refused,
        (Some(Some(day)), Some(newest)) if newest - day > DAYS_OF_DOUBT => Certainty::Refused,
        _ => Certainty::Unsure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::toy;
    use crate::terraform::BlockKind;

    fn of(kind: BlockKind, block: &str, reference: &str) -> String {
        let definition = Provider::get().block(kind, block).expect("a block");
        let (name, version) = reference.split_once('@').expect("TYPE@VERSION");
        match judge(name, Some(version), definition, toy::schema(), true) {
            TypeVerdict::Fine => "fine".to_owned(),
            TypeVerdict::UnknownType { certainty, .. } => format!("type {certainty:?}"),
            TypeVerdict::UnknownVersion { certainty, .. } => format!("version {certainty:?}"),
            TypeVerdict::UnknownDataPlaneType { .. } => "data-plane type".to_owned(),
        }
    }

    fn resource(reference: &str) -> String {
        of(BlockKind::Resource, "azapi_resource", reference)
    }

    #[test]
    fn a_resource_is_refused_what_the_data_surely_lacks() {
        assert_eq!(resource("Test.Rp/widgets@2024-01-01"), "fine");
        assert_eq!(resource("Test.Rp/nope@2020-01-01"), "type Refused");
        assert_eq!(resource("Test.Rp/nope@2030-01-01"), "type Unsure");
        assert_eq!(resource("Test.Rp/widgets@latest"), "version Refused");
        assert_eq!(resource("Microsoft.Resources/tenants@2020-01-01"), "type Refused");
    }

    #[test]
    fn what_earlier_data_had_is_not_refused() {
        assert_eq!(resource("Astronomer.Astro/organizations@2023-08-01"), "type Vanished");
        assert_eq!(resource("astronomer.astro/Organizations@2020-01-01"), "type Refused");
    }

    #[test]
    fn blocks_that_are_not_checked_take_what_the_provider_gives_a_meaning() {
        let data = |reference: &str| of(BlockKind::Data, "azapi_resource", reference);
        let action = |reference: &str| of(BlockKind::Action, "azapi_resource_action", reference);
        for name in ["subscriptions", "tenants", "providers", "resources"] {
            assert_eq!(data(&format!("microsoft.resources/{name}@2020-01-01")), "fine", "{name}");
        }
        assert_eq!(action("Test.Rp@2020-01-01"), "fine");
        assert_eq!(data("test.RP@2020-01-01"), "fine");
        assert_eq!(data("Test.R@2020-01-01"), "type Unsure");
        assert_eq!(data("Test.Rp/nope@2020-01-01"), "type Unsure");
    }

    #[test]
    fn types_that_have_functions_alone_are_known_to_actions() {
        let schema = toy::schema();
        let only = schema.function_types().find(|it| schema.resource_type(it.type_name()).is_none());
        let name = only.expect("one such type among the toys").type_name();
        let action = of(BlockKind::Resource, "azapi_resource_action", &format!("{name}@2020-01-01"));
        assert_eq!(action, "fine");
    }

    #[test]
    fn any_type_passes_where_azure_is_not_asked() {
        assert_eq!(of(BlockKind::Data, "azapi_resource_id", "Any.Thing/at/all@x"), "fine");
    }

    #[test]
    fn data_plane_types_are_those_of_the_providers_list() {
        let plane = |reference: &str| of(BlockKind::Resource, "azapi_data_plane_resource", reference);
        assert_eq!(plane("Microsoft.Synapse/workspaces/notebooks@1"), "fine");
        assert_eq!(plane("Test.Rp/widgets@2024-01-01"), "data-plane type");
    }
}
