//! `invalid-path`: a path into a body or a response that is malformed, or leads to nothing. Fixed by the nearest
//! names.

use super::argument_fault::FaultyArgument;
use super::checker::Checker;
use super::codes::INVALID_PATH;
use super::{Fix, type_reference};
use crate::azapi::arguments::ArgumentFaultKind;
use crate::azapi::paths::PathFaultKind;

pub(super) fn check(checker: &mut Checker<'_>, found: &FaultyArgument<'_>) {
    let mut fixes = Vec::new();
    let message = match &found.fault.kind {
        ArgumentFaultKind::NoPaths { name } => {
            format!("`{name}` must be a list of paths or a map of JMESPath: apply fails")
        }
        ArgumentFaultKind::Path { name, path, kind } => match kind {
            PathFaultKind::Syntax { expected } => {
                format!("`{path}` in `{name}` is no path: expected {expected}")
            }
            PathFaultKind::Nothing { name: step, near } => {
                let near: Vec<&str> = near.iter().map(String::as_str).collect();
                if checker.text(&found.at) == *step {
                    fixes.extend(Fix::renamings(&found.at, near.iter().copied()));
                }
                format!("`{path}` leads to nothing: there is no `{step}`{}", type_reference::nearest(&near))
            }
            PathFaultKind::Index => format!("`{path}` leads to nothing: `{name}` knows no items of lists"),
            PathFaultKind::NoList => format!("`{path}` is no list"),
        },
        ArgumentFaultKind::NoOutput { name, near } => {
            let near: Vec<&str> = near.iter().map(String::as_str).collect();
            fixes.extend(Fix::renamings(&found.at, near.iter().copied()));
            format!("`output` has no `{name}`{}", type_reference::nearest(&near))
        }
        ArgumentFaultKind::NotExported { name } => {
            format!("`output` does not hold `{name}`: name it in `response_export_values`")
        }
        _ => return,
    };
    found.report(checker, &INVALID_PATH, &message).fixes(fixes);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::diagnostics::argument_tests::{block, check, check_fix, check_none, widget};

    #[test]
    fn what_is_exported_is_in_the_response() {
        let export = |value: &str| widget(&format!("response_export_values = {value}"));
        check(
            &export("[\"properties.createdAtt\", \"*\", \"properties.rules[0]\", 1]"),
            expect![[r#"
            |   response_export_values = ["properties.createdAtt", "*", "properties.rules[0]", 1]
            |                                         ^^^^^^^^^^ Warning invalid-path
            `properties.createdAtt` leads to nothing: there is no `createdAtt`; nearest: `createdAt`
            |   response_export_values = ["properties.createdAtt", "*", "properties.rules[0]", 1]
            |                                                                       ^^^^^^^^ Warning invalid-path
            `properties.rules[0]` leads to nothing: `response_export_values` knows no items of lists
            |   response_export_values = ["properties.createdAtt", "*", "properties.rules[0]", 1]
            |                                                                                  ^ Warning invalid-path
            `response_export_values` must be a list of paths or a map of JMESPath: apply fails
        "#]],
        );
        check_fix(
            &export("[\"properties.createdAtt\"]"),
            expect![[r#"
            * Change to `createdAt` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              name = "n"
              parent_id = var.p
              response_export_values = ["properties.createdAt"]
            }
        "#]],
        );
        check(
            &export("{ a = \"properties.createdAtt\", b = \"properties.[\" }"),
            expect![[r#"
            |   response_export_values = { a = "properties.createdAtt", b = "properties.[" }
            |                                              ^^^^^^^^^^ Warning invalid-path
            `properties.createdAtt` leads to nothing: there is no `createdAtt`; nearest: `createdAt`
            |   response_export_values = { a = "properties.createdAtt", b = "properties.[" }
            |                                                               ^^^^^^^^^^^^^^ Warning invalid-path
            `properties.[` in `response_export_values` is no path: expected an expression
        "#]],
        );
        check(
            &export("\"*\""),
            expect![[r#"
            |   response_export_values = "*"
            |                            ^^^ Warning invalid-path
            `response_export_values` must be a list of paths or a map of JMESPath: apply fails
        "#]],
        );
        check_none(&export("[\"*\", \"properties.createdAt\", \"properties.rules\", var.v]"));
        check_none(&export("{ a = \"properties.rules[?priority > `1`].action | [0]\", b = \"@\" }"));
        check_none(&export("var.c ? [\"*\"] : null"));
    }

    #[test]
    fn what_a_function_gives_is_in_its_response() {
        let action = |value: &str| {
            block(
                "data",
                "azapi_resource_action",
                &format!(
                    "type = \"Test.Rp/widgets@2024-01-01\"\n  resource_id = var.r\n  action = \"listKeys\"\n  response_export_values = {value}"
                ),
            )
        };
        check(
            &action("[\"primry\"]"),
            expect![[r#"
            |   response_export_values = ["primry"]
            |                              ^^^^^^ Warning invalid-path
            `primry` leads to nothing: there is no `primry`; nearest: `primary`
        "#]],
        );
        check_none(&action("[\"primary\"]"));
    }

    #[test]
    fn what_a_list_exports_is_under_its_items() {
        let list = |value: &str| {
            let rows = format!(
                "type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = var.p\n  response_export_values = {value}"
            );
            block("data", "azapi_resource_list", &rows)
        };
        check(
            &list("{ a = \"value[].namee\", b = \"values[0]\", c = \"properties.status\" }"),
            expect![[r#"
            |   response_export_values = { a = "value[].namee", b = "values[0]", c = "properties.status" }
            |                                           ^^^^^ Warning invalid-path
            `value[].namee` leads to nothing: there is no `namee`; nearest: `name`
            |   response_export_values = { a = "value[].namee", b = "values[0]", c = "properties.status" }
            |                                                        ^^^^^^ Warning invalid-path
            `values[0]` leads to nothing: there is no `values`; nearest: `value`
            |   response_export_values = { a = "value[].namee", b = "values[0]", c = "properties.status" }
            |                                                                         ^^^^^^^^^^ Warning invalid-path
            `properties.status` leads to nothing: there is no `properties`
        "#]],
        );
        check_none(&list(
            "{ a = \"value[].{n: name, s: properties.status}\", b = \"length(value)\", c = \"@\" }",
        ));
        check_none(&list("[\"value\", \"*\"]"));
        let read = |path: &str| {
            format!(
                "{}output \"o\" {{\n  value = data.azapi_resource_list.x.output.{path}\n}}\n",
                list("[\"*\"]")
            )
        };
        check(
            &read("value[0].properties.statuss"),
            expect![[r#"
            |   value = data.azapi_resource_list.x.output.value[0].properties.statuss
            |                                                                 ^^^^^^^ Warning invalid-path
            `output` has no `statuss`; nearest: `status`
        "#]],
        );
        check_none(&read("value[*].properties.status"));
    }

    #[test]
    fn what_tells_items_apart_is_a_property_of_them() {
        check(
            &widget("list_unique_id_property = { \"properties.rules\" = \"action, priorty\" }"),
            expect![[r#"
                |   list_unique_id_property = { "properties.rules" = "action, priorty" }
                |                                                             ^^^^^^^ Warning invalid-path
                `priorty` leads to nothing: there is no `priorty`; nearest: `priority`
            "#]],
        );
        check_none(&widget("list_unique_id_property = { \"properties.rules\" = var.n }"));
        check_none(
            &widget("list_unique_id_property = { \"properties.parts.parts\" = var.n ? \"a\" : null }")
                .replace("\"a\"", "var.m"),
        );
    }

    #[test]
    fn paths_into_the_body_lead_to_something() {
        check(
            &widget(
                "replace_triggers_refs = [\"properties.statuss\", \"a.[\"]\n  ignore_body_changes = [\"properties.rules[0]\", \"propertie\"]\n  sensitive_body_version = { \"properties.passwort\" = \"1\" }\n  list_unique_id_property = { \"properties.status\" = \"name\" }\n  ignore_other_items_in_list = [\"properties.rulez\"]",
            ),
            expect![[r#"
                |   replace_triggers_refs = ["properties.statuss", "a.["]
                |                                        ^^^^^^^ Warning invalid-path
                `properties.statuss` leads to nothing: there is no `statuss`; nearest: `status`
                |   replace_triggers_refs = ["properties.statuss", "a.["]
                |                                                  ^^^^^ Warning invalid-path
                `a.[` in `replace_triggers_refs` is no path: expected an expression
                |   ignore_body_changes = ["properties.rules[0]", "propertie"]
                |                                      ^^^^^^^^ Warning invalid-path
                `properties.rules[0]` leads to nothing: `ignore_body_changes` knows no items of lists
                |   ignore_body_changes = ["properties.rules[0]", "propertie"]
                |                                                  ^^^^^^^^^ Warning invalid-path
                `propertie` leads to nothing: there is no `propertie`; nearest: `properties`
                |   sensitive_body_version = { "properties.passwort" = "1" }
                |                                          ^^^^^^^^ Warning invalid-path
                `properties.passwort` leads to nothing: there is no `passwort`; nearest: `password`
                |   list_unique_id_property = { "properties.status" = "name" }
                |                                           ^^^^^^ Warning invalid-path
                `properties.status` is no list
                |   ignore_other_items_in_list = ["properties.rulez"]
                |                                             ^^^^^ Warning invalid-path
                `properties.rulez` leads to nothing: there is no `rulez`; nearest: `rules`
            "#]],
        );
        check_none(&widget(
            "replace_triggers_refs = [\"properties.rules[].action\", \"tags.a\"]\n  ignore_body_changes = [\"properties.status\"]\n  sensitive_body_version = { \"properties.rules[0].action\" = \"1\" }\n  list_unique_id_property = { \"properties.rules\" = \"action,priority\" }\n  lifecycle {\n    ignore_changes = [body.properties.rules[0]]\n  }",
        ));
        check_none(
            &widget("ignore_body_changes = [\"propertie\"]")
                .replace("\"Test.Rp/widgets@2024-01-01\"", "var.t"),
        );
    }

    #[test]
    fn what_is_read_of_an_output_is_there() {
        let read = |export: &str, path: &str| {
            format!("{}output \"o\" {{\n  value = azapi_resource.x.output.{path}\n}}\n", widget(export))
        };
        let all = "response_export_values = [\"*\"]";
        check(
            &read(all, "properties.createdAtt"),
            expect![[r#"
            |   value = azapi_resource.x.output.properties.createdAtt
            |                                              ^^^^^^^^^^ Warning invalid-path
            `output` has no `createdAtt`; nearest: `createdAt`
        "#]],
        );
        check_fix(
            &read(all, "properties.createdAtt"),
            expect![[r#"
            * Change to `createdAt` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              name = "n"
              parent_id = var.p
              response_export_values = ["*"]
            }
            output "o" {
              value = azapi_resource.x.output.properties.createdAt
            }
        "#]],
        );
        check(
            &read("", "properties.colour"),
            expect![[r#"
            |   value = azapi_resource.x.output.properties.colour
            |                                              ^^^^^^ Warning invalid-path
            `output` does not hold `properties.colour`: name it in `response_export_values`
        "#]],
        );
        check(
            &read("response_export_values = [\"properties.createdAt\"]", "properties.colour"),
            expect![[r#"
                |   value = azapi_resource.x.output.properties.colour
                |                                              ^^^^^^ Warning invalid-path
                `output` does not hold `properties.colour`: name it in `response_export_values`
            "#]],
        );
        check(
            &read("response_export_values = { made = \"properties.createdAt\" }", "mad"),
            expect![[r#"
            |   value = azapi_resource.x.output.mad
            |                                   ^^^ Warning invalid-path
            `output` has no `mad`; nearest: `made`
        "#]],
        );
        for (export, path) in [
            (all, "properties.rules[0].action"),
            (all, "properties.rules[*].action"),
            (all, "tags[\"a\"]"),
            ("", "properties.createdAt"),
            ("response_export_values = [\"properties\"]", "properties.colour"),
            ("response_export_values = { made = \"properties.createdAt\" }", "made.anything"),
            ("response_export_values = var.v", "made"),
            ("count = 2\n  response_export_values = [\"*\"]", "properties"),
        ] {
            check_none(&read(export, path));
        }
        check_none("output \"o\" {\n  value = azapi_resource.nope.output.properties.x\n}\n");
    }
}
