//! `unknown-resource-type`: a `type` whose name the data does not have. Fixed by the nearest names.

use super::checker::Checker;
use super::codes::UNKNOWN_RESOURCE_TYPE;
use super::type_reference::{self, WrittenType};
use super::{Fix, Severity};
use crate::azapi::provider::{Provider, TypesOf};
use crate::azapi::{Resource, TypeReference};
use crate::syntax::ast::AstNode;
use crate::text::closest;

/// The most data-plane types that are named as nearest.
const NEAREST: usize = 3;

pub(super) fn check(checker: &mut Checker<'_>, resource: &Resource<'_>) {
    let TypeReference::Named { resource_type: name, api_version } = &resource.type_reference else { return };
    let (message, severity, close) = match resource.block.definition.means.types {
        TypesOf::Resource if resource.resource_type().is_none() => {
            let close = checker.schema.close_types(name);
            let severity = type_reference::severity(checker, resource, api_version.as_deref());
            let doubt = type_reference::doubt(checker.schema, severity);
            let nearest = type_reference::nearest(&close);
            (format!("There is no resource type `{name}`{nearest}{doubt}"), severity, close)
        }
        TypesOf::DataPlane if Provider::get().data_plane_type(name).is_none() => data_plane(name),
        _ => return,
    };
    let Some(value) = resource.block.value("type") else { return };
    let range = value.node.syntax().text_range();
    let written = WrittenType::of(&value);
    let fixes = written.map_or_else(Vec::new, |written| Fix::renamings(&value.with(written.name), close));
    checker
        .report(&UNKNOWN_RESOURCE_TYPE, value.with(range), message)
        .severity(severity)
        .of(resource)
        .fixes(fixes);
}

/// The provider's list of data-plane types may have grown since it was written down: never an error.
fn data_plane(name: &str) -> (String, Severity, Vec<&'static str>) {
    let provider = Provider::get();
    let close = closest(name, provider.data_plane_types().iter().map(|known| known.name.as_str()), NEAREST);
    let message = format!(
        "`{name}` is not one of the data-plane types of azapi {}{}",
        provider.provider_version,
        type_reference::nearest(&close)
    );
    (message, Severity::Warning, close)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::diagnostics::tests::{check, check_fix, fixes_of, typed};

    #[test]
    fn an_unknown_type_names_the_nearest() {
        check(
            &typed("\"Test.Rp/widgetz@2020-01-01\""),
            expect![[r#"
                |   type = "Test.Rp/widgetz@2020-01-01"
                |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error unknown-resource-type
                There is no resource type `Test.Rp/widgetz`; nearest: `Test.Rp/widgets`, `Test.Rp/widgetSets`
            "#]],
        );
    }

    #[test]
    fn action_blocks_state_their_type_in_config() {
        check(
            "action \"azapi_resource_action\" \"x\" {\n  config {\n    type = \"Test.Rp/nope@2020-01-01\"\n  }\n}\n",
            expect![[r#"
                |     type = "Test.Rp/nope@2020-01-01"
                |            ^^^^^^^^^^^^^^^^^^^^^^^^^ Warning unknown-resource-type
                There is no resource type `Test.Rp/nope`; nearest: `Test.Rp/both`, `Test.Rp/moved`, `Test.Rp/shapes` (type data up to 2024-01-01)
            "#]],
        );
    }

    #[test]
    fn the_nearest_types_are_fixes() {
        check_fix(
            &typed("\"Test.Rp/widgetz@2024-01-01\""),
            expect![[r#"
            Change to `Test.Rp/widgets` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              parent_id = var.p
            }
            Change to `Test.Rp/widgetSets` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgetSets@2024-01-01"
              parent_id = var.p
            }
        "#]],
        );
    }

    #[test]
    fn what_is_not_written_out_has_no_fix() {
        for written in ["\"Test.Rp/widgetz@${var.v}\"", "local.t", "\"Test.Rp/\\u0077idgetz@2024-01-01\""] {
            let text = typed(written) + "locals { t = \"Test.Rp/widgetz@2024-01-01\" }\n";
            assert_eq!(fixes_of(&text), [0], "{written}");
        }
    }

    #[test]
    fn a_data_plane_type_is_fixed_from_the_providers_own_list() {
        check_fix(
            "resource \"azapi_data_plane_resource\" \"x\" {\n  type = \"Microsoft.AppConfiguration/configurationStores/keyValuez@1.0\"\n}\n",
            expect![[r#"
                * Change to `Microsoft.AppConfiguration/configurationStores/keyValues` (Confirm)
                #- main.tf
                resource "azapi_data_plane_resource" "x" {
                  type = "Microsoft.AppConfiguration/configurationStores/keyValues@1.0"
                }
            "#]],
        );
    }
}
