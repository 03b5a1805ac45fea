//! `unknown-resource-type`: a `type` whose name the data does not have. Fixed by the nearest names.

use super::checker::Checker;
use super::codes::UNKNOWN_RESOURCE_TYPE;
use super::possible_type::{self, Possible};
use super::type_reference::{self, WrittenType};
use super::{Fix, Severity};
use crate::azapi::Resource;
use crate::azapi::provider::Provider;
use crate::azapi::type_verdict::{Certainty, TypeVerdict};

pub(super) fn check(checker: &mut Checker<'_>, resource: &Resource<'_>) {
    possible_type::check_each(checker, resource, check_type);
}

fn check_type(checker: &mut Checker<'_>, resource: &Resource<'_>, possible: &Possible) {
    let Some(name) = resource.written_type() else { return };
    let (message, severity, close) = match type_reference::verdict(checker, resource) {
        TypeVerdict::UnknownType { close, certainty } => {
            let message = match certainty {
                Certainty::Vanished => type_reference::gone(&format!("the resource type `{name}`")),
                _ => format!("There is no resource type `{name}`{}", type_reference::nearest(&close)),
            };
            let message = message + &type_reference::doubt(checker.schema, certainty);
            (message, type_reference::severity(certainty), close)
        }
        TypeVerdict::UnknownDataPlaneType { close } => {
            let (release, nearest) = (&Provider::get().provider_version, type_reference::nearest(&close));
            let message = format!("`{name}` is not one of the data-plane types of azapi {release}{nearest}");
            (message, Severity::Warning, close)
        }
        TypeVerdict::Fine | TypeVerdict::UnknownVersion { .. } => return,
    };
    let Some(value) = resource.block.value("type") else { return };
    let written = WrittenType::of(&value);
    let fixes = written.map_or_else(Vec::new, |written| Fix::renamings(&value.with(written.name), close));
    checker
        .report(&UNKNOWN_RESOURCE_TYPE, possible.at.clone(), message + possible.when())
        .severity(possible.severity(severity))
        .of(resource)
        .fixes(fixes);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::diagnostics::tests::{check, check_fix, check_none, fixes_of, typed};

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
    fn one_of_several_types_and_one_by_default_are_warnings_that_say_when() {
        let (right, wrong) = ("\"Test.Rp/widgets@2024-01-01\"", "\"Test.Rp/widgetz@2020-01-01\"");
        let rows = "\n  body = { properties = { status = \"enabled\" } }";
        check(
            &typed(&format!("var.c ? {right} : {wrong}{rows}")),
            expect![[r#"
            |   type = var.c ? "Test.Rp/widgets@2024-01-01" : "Test.Rp/widgetz@2020-01-01"
            |                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Warning unknown-resource-type
            There is no resource type `Test.Rp/widgetz`; nearest: `Test.Rp/widgets`, `Test.Rp/widgetSets` (when `var.c` is false)
        "#]],
        );
        let default = format!("\nvariable \"t\" {{\n  default = {wrong}\n}}\n");
        check(
            &(typed("var.t") + &default),
            expect![[r#"
            |   type = var.t
            |          ^^^^^ Warning unknown-resource-type
            There is no resource type `Test.Rp/widgetz`; nearest: `Test.Rp/widgets`, `Test.Rp/widgetSets` (with the default of `var.t`)
        "#]],
        );
        check_none(&typed(&format!("var.c ? {right} : \"Test.Rp/widgets@2023-01-01\"{rows}")));
        check_none(&(typed(&format!("var.t{rows}")) + &default.replace(wrong, right)));
        check_none(&(typed("var.t") + "\nvariable \"t\" {\n  default = null\n}\n"));
    }

    #[test]
    fn action_blocks_state_their_type_in_config() {
        check(
            "action \"azapi_resource_action\" \"x\" {\n  config {\n    type = \"Test.Rp/nope@2020-01-01\"\n  }\n}\n",
            expect![[r#"
                | action "azapi_resource_action" "x" {
                | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error missing-argument
                `resource_id` is missing
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

    #[test]
    fn what_the_provider_gives_a_meaning_is_no_unknown_type() {
        use crate::ide::fixture::Fixture;

        let namespace = "\"/subscriptions/s/providers/Microsoft.Network\"";
        let scope = "\"/subscriptions/s\"";
        let group = "\"/subscriptions/s/resourceGroups/g\"";
        let action = "azapi_resource_action";
        let cases = [
            ("data", "azapi_resource", "Microsoft.Resources/subscriptions@2022-12-01", scope),
            ("data", action, "Microsoft.Resources/tenants@2022-12-01", "\"/\""),
            ("data", action, "Microsoft.Resources/providers@2022-12-01", namespace),
            ("resource", action, "Microsoft.Resources/providers@2022-12-01", namespace),
            ("resource", action, "Microsoft.Network@2024-05-01", namespace),
            ("data", action, "microsoft.network@2024-05-01", namespace),
            ("ephemeral", action, "Microsoft.Resources/resourceGroups@2022-09-01", group),
            ("data", action, "Microsoft.Resources/resources@2022-12-01", "var.id"),
            ("data", "azapi_resource_id", "Microsoft.Any/thing@2000-01-01", "var.id"),
            ("resource", action, "Microsoft.Resources/deployments@2022-09-01", "var.id"),
        ];
        for (kind, block, ty, id) in cases {
            let text = format!(
                "{kind} \"{block}\" \"x\" {{\n  type = \"{ty}\"\n  resource_id = {id}\n}}\nvariable \"id\" {{}}\n"
            );
            let fixture = Fixture::shipped(&text);
            assert_eq!(fixture.analysis().diagnostics(fixture.file), [], "{kind} {block} {ty}");
        }
    }
}
