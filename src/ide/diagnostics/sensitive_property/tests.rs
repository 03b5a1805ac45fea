use expect_test::expect;

use crate::ide::diagnostics::tests::{check, check_fix, check_none};

/// A widget with this in its body, and beside it.
fn widget(body: &str, beside: &str) -> String {
    format!(
        "resource \"azapi_resource\" \"x\" {{\n  type      = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = var.p\n  body = {{\n    properties = {{\n      status = \"enabled\"\n      {body}\n    }}\n  }}\n{beside}}}\n"
    )
}

#[test]
fn a_secret_in_the_body_is_a_warning_wherever_its_value_comes_from() {
    check(
        &widget("password = var.password", ""),
        expect![[r#"
            |       password = var.password
            |       ^^^^^^^^ Warning sensitive-property
            `password` is a secret: write it in `sensitive_body`
        "#]],
    );
    check_none(&widget("password = null", ""));
    check_none(&widget("", "  sensitive_body = { properties = { password = var.password } }\n"));
}

#[test]
fn it_is_moved_to_a_sensitive_body_of_its_own() {
    check_fix(
        &widget("password = var.password", ""),
        expect![[r#"
            * Move to `sensitive_body` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type      = "Test.Rp/widgets@2024-01-01"
              parent_id = var.p
              body = {
                properties = {
                  status = "enabled"
                }
              }
              sensitive_body = {
                properties = {
                  password = var.password
                }
              }
            }
        "#]],
    );
}

#[test]
fn it_is_moved_into_the_braces_that_are_there() {
    check_fix(
        &widget("password = var.password", "  sensitive_body = {\n    tags = {}\n  }\n"),
        expect![[r#"
            * Move to `sensitive_body` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type      = "Test.Rp/widgets@2024-01-01"
              parent_id = var.p
              body = {
                properties = {
                  status = "enabled"
                }
              }
              sensitive_body = {
                tags = {}
                properties = {
                  password = var.password
                }
              }
            }
        "#]],
    );
}

#[test]
fn what_is_not_in_the_braces_of_the_body_stays() {
    let text = widget("", "")
        .replace("      \n", "")
        .replace("properties = {\n      status = \"enabled\"\n    }", "properties = local.p");
    let beside = "locals {\n  p = {\n    status = \"enabled\"\n    password = var.password\n  }\n}\n";
    check_fix(&format!("{text}{beside}"), expect![[""]]);
}
