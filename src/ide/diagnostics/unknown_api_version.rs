//! `unknown-api-version`: a `type` whose api-version the data does not have. Fixed by the nearest and the newest.

use super::Fix;
use super::checker::Checker;
use super::codes::UNKNOWN_API_VERSION;
use super::possible_type::{self, Possible};
use super::type_reference::{self, WrittenType};
use crate::azapi::type_verdict::{Certainty, TypeVerdict};
use crate::azapi::{Resource, TypeReference};

/// The most api-versions that are offered.
const MOST_FIXES: usize = 3;

pub(super) fn check(checker: &mut Checker<'_>, resource: &Resource<'_>) {
    possible_type::check_each(checker, resource, check_type);
}

fn check_type(checker: &mut Checker<'_>, resource: &Resource<'_>, possible: &Possible) {
    let TypeReference::Named { api_version: Some(version), .. } = &resource.type_reference else { return };
    let verdict = type_reference::verdict(checker, resource);
    let TypeVerdict::UnknownVersion { resource_type, mut close, certainty } = verdict else { return };
    let Some(value) = resource.block.value("type") else { return };
    let newest = resource_type.preferred().api_version().as_str();
    let name = resource_type.name();
    let message = match certainty {
        Certainty::Vanished => type_reference::gone(&format!("api-version `{version}` of `{name}`")),
        _ => format!("`{name}` has no api-version `{version}`{}", type_reference::nearest(&close)),
    };
    let doubt = type_reference::doubt(checker.schema, certainty);
    if !close.contains(&newest) {
        close.push(newest);
    }
    close.truncate(MOST_FIXES);
    let written = WrittenType::of(&value);
    let fixes = written.map_or_else(Vec::new, |written| Fix::renamings(&value.with(written.version), close));
    let message = format!("{message}; the newest is `{newest}`{doubt}{}", possible.when());
    checker
        .report(&UNKNOWN_API_VERSION, possible.at.clone(), message)
        .severity(possible.severity(type_reference::severity(certainty)))
        .of(resource)
        .fixes(fixes);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::diagnostics::tests::{check, check_fix, typed};

    #[test]
    fn an_unknown_version_is_an_error_only_when_it_is_older_than_the_data_by_a_year() {
        check(
            &typed("\"Test.Rp/widgets@2022-01-01\""),
            expect![[r#"
                |   type = "Test.Rp/widgets@2022-01-01"
                |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error unknown-api-version
                `Test.Rp/widgets` has no api-version `2022-01-01`; nearest: `2024-01-01`, `2023-01-01`; the newest is `2024-01-01`
            "#]],
        );
        check(
            &typed("\"Test.Rp/widgets@2025-01-01\""),
            expect![[r#"
                |   type = "Test.Rp/widgets@2025-01-01"
                |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Warning unknown-api-version
                `Test.Rp/widgets` has no api-version `2025-01-01`; nearest: `2024-01-01`, `2023-01-01`; the newest is `2024-01-01` (type data up to 2024-01-01)
            "#]],
        );
        check(
            &typed("\"Test.Rp/widgets@latest\""),
            expect![[r#"
                |   type = "Test.Rp/widgets@latest"
                |          ^^^^^^^^^^^^^^^^^^^^^^^^ Error unknown-api-version
                `Test.Rp/widgets` has no api-version `latest`; the newest is `2024-01-01`
            "#]],
        );
    }

    #[test]
    fn one_of_several_versions_and_one_by_default_are_warnings_that_say_when() {
        let wrong = "\"Test.Rp/widgets@2022-01-01\"";
        let rows = "\n  body = { properties = { status = \"enabled\" } }";
        check(
            &typed(&format!("var.c ? \"Test.Rp/widgets@2024-01-01\" : {wrong}{rows}")),
            expect![[r#"
            |   type = var.c ? "Test.Rp/widgets@2024-01-01" : "Test.Rp/widgets@2022-01-01"
            |                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Warning unknown-api-version
            `Test.Rp/widgets` has no api-version `2022-01-01`; nearest: `2024-01-01`, `2023-01-01`; the newest is `2024-01-01` (when `var.c` is false)
        "#]],
        );
        let version = "\nvariable \"v\" {\n  default = \"2022-01-01\"\n}\n";
        check(
            &(typed("\"Test.Rp/widgets@${var.v}\"") + version),
            expect![[r#"
            |   type = "Test.Rp/widgets@${var.v}"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^ Warning unknown-api-version
            `Test.Rp/widgets` has no api-version `2022-01-01`; nearest: `2024-01-01`, `2023-01-01`; the newest is `2024-01-01` (with the default of `var.v`)
        "#]],
        );
        let default = format!("\nvariable \"t\" {{\n  default = {wrong}\n}}\n");
        check(
            &(typed("var.t") + &default),
            expect![[r#"
            |   type = var.t
            |          ^^^^^ Warning unknown-api-version
            `Test.Rp/widgets` has no api-version `2022-01-01`; nearest: `2024-01-01`, `2023-01-01`; the newest is `2024-01-01` (with the default of `var.t`)
        "#]],
        );
    }

    #[test]
    fn a_switched_off_check_makes_it_information() {
        check(
            "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2022-01-01\"\n  parent_id = var.p\n  schema_validation_enabled = false\n}\n",
            expect![[r#"
                |   type = "Test.Rp/widgets@2022-01-01"
                |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Information unknown-api-version
                `Test.Rp/widgets` has no api-version `2022-01-01`; nearest: `2024-01-01`, `2023-01-01`; the newest is `2024-01-01`
            "#]],
        );
    }

    #[test]
    fn a_block_that_the_provider_does_not_check_gives_a_warning() {
        check(
            "data \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2022-01-01\"\n}\n",
            expect![[r#"
                | data "azapi_resource" "x" {
                | ^^^^^^^^^^^^^^^^^^^^^^^^^ Error missing-argument
                `resource_id` or `name` is missing: one must be given
                |   type = "Test.Rp/widgets@2022-01-01"
                |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Warning unknown-api-version
                `Test.Rp/widgets` has no api-version `2022-01-01`; nearest: `2024-01-01`, `2023-01-01`; the newest is `2024-01-01` (type data up to 2024-01-01)
            "#]],
        );
    }

    #[test]
    fn a_version_behind_a_local_is_known() {
        check(
            &typed("\"Test.Rp/widgets@${local.v}\"")
                .replace("resource \"", "locals { v = \"2022-01-01\" }\nresource \""),
            expect![[r#"
                |   type = "Test.Rp/widgets@${local.v}"
                |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error unknown-api-version
                `Test.Rp/widgets` has no api-version `2022-01-01`; nearest: `2024-01-01`, `2023-01-01`; the newest is `2024-01-01`
            "#]],
        );
    }

    #[test]
    fn the_nearest_versions_and_the_newest_are_fixes() {
        check_fix(
            &typed("\"Test.Rp/widgets@2022-01-01\""),
            expect![[r#"
            Change to `2024-01-01` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              parent_id = var.p
            }
            Change to `2023-01-01` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets@2023-01-01"
              parent_id = var.p
            }
        "#]],
        );
    }

    #[test]
    fn where_one_version_is_all_there_is_it_is_preferred() {
        check_fix(
            &typed("\"Test.Rp/widgets/gears@latest\""),
            expect![[r#"
            * Change to `2024-01-01` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets/gears@2024-01-01"
              parent_id = var.p
            }
        "#]],
        );
    }
}
