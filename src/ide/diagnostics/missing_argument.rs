//! `missing-argument`: an argument that the block, or something in it, needs.

use super::Related;
use super::argument_fault::FaultyArgument;
use super::checker::Checker;
use super::codes::MISSING_ARGUMENT;
use crate::azapi::arguments::ArgumentFaultKind;

pub(super) fn check(checker: &mut Checker<'_>, found: &FaultyArgument<'_>) {
    let mut related = None;
    let message = match &found.fault.kind {
        ArgumentFaultKind::Missing { name, by: None } => format!("`{name}` is missing"),
        ArgumentFaultKind::Missing { name, by: Some(by) } => format!("`{name}` is missing: `{by}` needs it"),
        ArgumentFaultKind::NoDefault { name, default } => {
            let message = format!("azapi is configured here, without `{default}`");
            let place = checker.without_name;
            related = place.map(|(file, range)| Related { file, range, message });
            format!("`{name}` is missing, and the provider has no `{default}`")
        }
        ArgumentFaultKind::NoneOf { names } => {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            format!("{} is missing: one must be given", names.join(" or "))
        }
        _ => return,
    };
    found.report(checker, &MISSING_ARGUMENT, &message).related(related);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::diagnostics::argument_tests::{block, check, check_none, gear};

    #[test]
    fn what_the_block_needs_is_missing_at_its_header() {
        check(
            &block("resource", "azapi_resource", "parent_id = var.p"),
            expect![[r#"
            | resource "azapi_resource" "x" {
            | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error missing-argument
            `type` is missing
        "#]],
        );
        check(
            &gear("identity {\n  }\n  retry = {}"),
            expect![[r#"
            |   identity {
            |   ^^^^^^^^ Error missing-argument
            `type` is missing
            |   retry = {}
            |           ^ Error missing-argument
            `error_message_regex` is missing: `retry` needs it
        "#]],
        );
        check(
            &gear("identity {\n    type = null\n  }"),
            expect![[r#"
            |     type = null
            |            ^^^^ Error missing-argument
            `type` is missing
        "#]],
        );
        check_none(&gear("identity {\n    type = var.t\n  }\n  retry = null"));
    }

    #[test]
    fn one_of_several_must_be_given() {
        let typed = |row: &str| {
            block("data", "azapi_resource", &format!("type = \"Test.Rp/widgets/gears@2024-01-01\"\n  {row}"))
        };
        check(
            &typed(""),
            expect![[r#"
            | data "azapi_resource" "x" {
            | ^^^^^^^^^^^^^^^^^^^^^^^^^ Error missing-argument
            `resource_id` or `name` is missing: one must be given
        "#]],
        );
        check(
            &typed("name = \"a\""),
            expect![[r#"
            | data "azapi_resource" "x" {
            | ^^^^^^^^^^^^^^^^^^^^^^^^^ Error missing-argument
            `parent_id` is missing: `name` needs it
        "#]],
        );
        check(
            &typed("name = null"),
            expect![[r#"
            | data "azapi_resource" "x" {
            | ^^^^^^^^^^^^^^^^^^^^^^^^^ Error missing-argument
            `resource_id` or `name` is missing: one must be given
        "#]],
        );
        check_none(&typed("name = var.n\n  parent_id = var.p"));
        check_none(&typed("resource_id = var.r"));
        check_none(&typed("").replace("Test.Rp/widgets/gears", "Microsoft.Resources/subscriptions"));
    }

    #[test]
    fn a_name_is_missing_where_the_module_configures_no_default() {
        let provider = "provider \"azapi\" {\n}\n";
        let text = gear("").replace("  name = \"n\"\n", "");
        check_none(&text);
        check(
            &format!("{text}{provider}"),
            expect![[r#"
                | resource "azapi_resource" "x" {
                | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error missing-argument
                `name` is missing, and the provider has no `default_name`
                -- main.tf
                | provider "azapi" {
                | ^^^^^^^^^^^^^^^^ azapi is configured here, without `default_name`
            "#]],
        );
        check_none(&format!("{text}{}", provider.replace("{\n", "{\n  default_name = \"x\"\n")));
    }
}
