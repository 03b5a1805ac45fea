//! `unknown-function`: a function that the provider does not have, or an `action` that the resource type does not.

use super::argument_fault::FaultyArgument;
use super::checker::Checker;
use super::codes::UNKNOWN_FUNCTION;
use super::{Fix, body_fix, type_reference};
use crate::azapi::arguments::ArgumentFaultKind;

pub(super) fn check(checker: &mut Checker<'_>, found: &FaultyArgument<'_>) {
    let ArgumentFaultKind::UnknownFunction { name, of, near, is_action } = &found.fault.kind else { return };
    let near: Vec<&str> = near.iter().map(String::as_str).collect();
    let message = format!("`{of}` has no function `{name}`{}", type_reference::nearest(&near));
    let fixes = match is_action {
        true => body_fix::change_string(checker, &found.at, name, &near),
        false => Fix::renamings(&found.at, near),
    };
    found.report(checker, &UNKNOWN_FUNCTION, &message).fixes(fixes);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::diagnostics::argument_tests::{block, check, check_fix, check_none};

    #[test]
    fn the_provider_has_its_functions_and_no_others() {
        let call = |name: &str| format!("output \"f\" {{\n  value = provider::azapi::{name}(\"x\")\n}}\n");
        check(
            &call("unique_strin"),
            expect![[r#"
            |   value = provider::azapi::unique_strin("x")
            |                            ^^^^^^^^^^^^ Error unknown-function
            `azapi` has no function `unique_strin`; nearest: `unique_string`
        "#]],
        );
        check_fix(
            &call("unique_strin"),
            expect![[r#"
            * Change to `unique_string` (Confirm)
            #- main.tf
            output "f" {
              value = provider::azapi::unique_string("x")
            }
        "#]],
        );
        check_none("locals {\n  f = provider::other::nope(1)\n}\n");
    }

    #[test]
    fn an_action_is_a_function_of_the_type() {
        let action = |row: &str| {
            block(
                "resource",
                "azapi_resource_action",
                &format!("type = \"Test.Rp/widgets@2024-01-01\"\n  resource_id = var.r\n  {row}"),
            )
        };
        check(
            &action("action = \"listKey\""),
            expect![[r#"
            |   action = "listKey"
            |            ^^^^^^^^^ Warning unknown-function
            `Test.Rp/widgets` has no function `listKey`; nearest: `listKeys`
        "#]],
        );
        check_fix(
            &action("action = \"listKey\""),
            expect![[r#"
            * Change to `listKeys` (Confirm)
            #- main.tf
            resource "azapi_resource_action" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              resource_id = var.r
              action = "listKeys"
            }
        "#]],
        );
        for right in [
            "action = \"listkeys\"",
            "action = \"start\"",
            "action = \"config/list\"",
            "action = var.a",
            "action = \"\"",
            "action = \"parts\"\n  method = \"GET\"",
        ] {
            check_none(&action(right));
        }
    }
}
