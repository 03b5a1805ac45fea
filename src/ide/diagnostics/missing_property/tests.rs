use expect_test::expect;

use crate::ide::diagnostics::tests::{check_fix, fixes_of};

/// A block with this body.
fn shape(body: &str) -> String {
    format!(
        "resource \"azapi_resource\" \"x\" {{\n  type      = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = var.p\n  body = {body}\n}}\n"
    )
}

#[test]
fn what_is_missing_is_added_as_the_other_items_are_laid_out() {
    check_fix(
        &shape("{\n    properties = {\n      count = 1\n    }\n  }"),
        expect![[r#"
            * Add `status` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type      = "Test.Rp/widgets@2024-01-01"
              parent_id = var.p
              body = {
                properties = {
                  count = 1
                  status = "enabled"
                }
              }
            }
        "#]],
    );
    check_fix(
        &shape("{ properties = { count = 1 } }"),
        expect![[r#"
            * Add `status` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type      = "Test.Rp/widgets@2024-01-01"
              parent_id = var.p
              body = { properties = { count = 1, status = "enabled" } }
            }
        "#]],
    );
    check_fix(
        &shape("{ properties = {} }"),
        expect![[r#"
            * Add `status` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type      = "Test.Rp/widgets@2024-01-01"
              parent_id = var.p
              body = { properties = {
                status = "enabled"
              } }
            }
        "#]],
    );
}

#[test]
fn what_it_needs_in_turn_is_added_too() {
    check_fix(
        &shape("{}"),
        expect![[r#"
            * Add `properties` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type      = "Test.Rp/widgets@2024-01-01"
              parent_id = var.p
              body = {
                properties = {
                  status = "enabled"
                }
              }
            }
        "#]],
    );
}

#[test]
fn where_no_braces_are_written_nothing_is_added() {
    assert_eq!(fixes_of(&shape("{ properties = jsondecode(\"{}\") }")), [0]);
}
