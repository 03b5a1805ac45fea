//! `unknown-argument`: a name that the block does not take. Fixed by the nearest names.

use super::argument_fault::FaultyArgument;
use super::checker::Checker;
use super::codes::UNKNOWN_ARGUMENT;
use super::fix::Applicability;
use super::{Fix, argument_fix, body_fix, moved, type_reference};
use crate::azapi::arguments::{ArgumentFaultKind, Certainty};
use crate::ide::SourceChange;

pub(super) fn check(checker: &mut Checker<'_>, found: &FaultyArgument<'_>) {
    match &found.fault.kind {
        ArgumentFaultKind::UnknownName { name, is_block, inside, near, is_removed } => {
            // Another server says the same of what Terraform itself refuses.
            if checker.is_companion && found.fault.certainty == Certainty::Sure {
                return;
            }
            let what = if *is_block { "nested block" } else { "argument" };
            let message = match (is_removed, near.as_slice()) {
                (true, _) => format!("`{name}` is no {what} of `{inside}` any more: version 2 has it not"),
                (false, [only]) if only.eq_ignore_ascii_case(name) => {
                    format!("`{name}` must be written `{only}`")
                }
                (false, near) => {
                    let nearest = type_reference::nearest(near);
                    format!("`{name}` is no {what} of `{inside}`{nearest}")
                }
            };
            let mut fixes = body_fix::rename_key(checker, &found.at, name, near);
            let within = moved::into_body(checker, &found.at, name, &[]);
            fixes.extend(within.map(|edits| Fix {
                title: format!("Move `{name}` into `body`"),
                change: SourceChange { edits: vec![(found.at.file, edits)], new_files: Vec::new() },
                applicability: Applicability::Safe,
                preferred: true,
            }));
            let preferred = fixes.is_empty();
            fixes.extend(argument_fix::remove(checker, &found.at, name, preferred));
            found.report(checker, &UNKNOWN_ARGUMENT, &message).fixes(fixes);
        }
        ArgumentFaultKind::WrongForm { name, is_block } => {
            if checker.is_companion {
                return;
            }
            let message = match is_block {
                true => format!("`{name}` is an argument: write `{name} = {{ … }}`"),
                false => format!("`{name}` is a nested block: write `{name} {{ … }}`"),
            };
            let fix = argument_fix::other_form(checker, &found.at, name);
            found.report(checker, &UNKNOWN_ARGUMENT, &message).fixes(fix);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::diagnostics::argument_tests::{block, check, check_fix, check_none, companion, gear};

    #[test]
    fn what_another_block_takes_as_an_argument_is_moved_into_the_body() {
        let update = |rows: &str| {
            let rows = format!("type = \"Test.Rp/widgets@2024-01-01\"\n  resource_id = var.r\n  {rows}");
            block("resource", "azapi_update_resource", &rows)
        };
        check_fix(
            &update("tags = {\n    a = \"b\"\n  }\n  body = {\n    properties = {}\n  }"),
            expect![[r#"
            * Move `tags` into `body` (Safe)
            #- main.tf
            resource "azapi_update_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              resource_id = var.r
              body = {
                properties = {}
                tags = {
                  a = "b"
                }
              }
            }
            Remove `tags` (Confirm)
            #- main.tf
            resource "azapi_update_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              resource_id = var.r
              body = {
                properties = {}
              }
            }
        "#]],
        );
        check_fix(
            &update("location = var.l"),
            expect![[r#"
            * Move `location` into `body` (Safe)
            #- main.tf
            resource "azapi_update_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              resource_id = var.r
              body = {
                location = var.l
              }
            }
            Remove `location` (Confirm)
            #- main.tf
            resource "azapi_update_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              resource_id = var.r
            }
        "#]],
        );
        check_fix(
            &update("tags = {}\n  body = { tags = {} }"),
            expect![[r#"
            * Remove `tags` (Confirm)
            #- main.tf
            resource "azapi_update_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              resource_id = var.r
              body = { tags = {} }
            }
        "#]],
        );
        check_fix(
            &update("tags = {}\n  body = var.b"),
            expect![[r#"
            * Remove `tags` (Confirm)
            #- main.tf
            resource "azapi_update_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              resource_id = var.r
              body = var.b
            }
        "#]],
        );
    }

    #[test]
    fn a_name_that_the_block_does_not_take_is_marked() {
        check(
            &gear("bodyy = {}\n  Tags = {}\n  xyz = 1"),
            expect![[r#"
                |   bodyy = {}
                |   ^^^^^ Error unknown-argument
                `bodyy` is no argument of `azapi_resource`; nearest: `body`
                |   Tags = {}
                |   ^^^^ Error unknown-argument
                `Tags` must be written `tags`
                |   xyz = 1
                |   ^^^ Error unknown-argument
                `xyz` is no argument of `azapi_resource`
            "#]],
        );
        check_none(&gear("count = 1\n  depends_on = []\n  lifecycle {\n  }\n  timeouts {\n  }"));
    }

    #[test]
    fn beside_another_server_names_are_left_to_it() {
        companion(
            &gear("bodyy = {}\n  retry = { error_message_regexp = [\"a\"], error_message_regex = [\"a\"] }"),
            expect![[r#"
            |   retry = { error_message_regexp = ["a"], error_message_regex = ["a"] }
            |             ^^^^^^^^^^^^^^^^^^^^ Warning unknown-argument
            `error_message_regexp` is no argument of `retry`; nearest: `error_message_regex`
        "#]],
        );
    }

    #[test]
    fn an_argument_is_no_block_and_a_block_no_argument() {
        check(
            &gear("retry {\n    error_message_regex = []\n  }\n  timeouts = {\n    create = \"1m\"\n  }"),
            expect![[r#"
                |   retry {
                |   ^^^^^ Error unknown-argument
                `retry` is an argument: write `retry = { … }`
                |   timeouts = {
                |   ^^^^^^^^ Error unknown-argument
                `timeouts` is a nested block: write `timeouts { … }`
            "#]],
        );
        check_fix(
            &gear("timeouts = { create = \"1m\" }"),
            expect![[r#"
            * Write `timeouts { … }` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets/gears@2024-01-01"
              name = "n"
              parent_id = var.p
              timeouts { create = "1m" }
            }
        "#]],
        );
        check_fix(
            &gear("timeouts = {\n    create = \"1m\"\n  }"),
            expect![[r#"
            * Write `timeouts { … }` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets/gears@2024-01-01"
              name = "n"
              parent_id = var.p
              timeouts {
                create = "1m"
              }
            }
        "#]],
        );
        check_fix(
            &gear("retry {\n    error_message_regex = [\"a\"]\n  }"),
            expect![[r#"
            * Write `retry = { … }` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets/gears@2024-01-01"
              name = "n"
              parent_id = var.p
              retry = {
                error_message_regex = ["a"]
              }
            }
        "#]],
        );
    }

    #[test]
    fn the_nearest_name_takes_its_place() {
        check_fix(
            &gear("bodyy = {}"),
            expect![[r#"
            * Change to `body` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets/gears@2024-01-01"
              name = "n"
              parent_id = var.p
              body = {}
            }
            Remove `bodyy` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets/gears@2024-01-01"
              name = "n"
              parent_id = var.p
            }
        "#]],
        );
        check_fix(
            &gear("timeouts {\n    creat = \"1m\"\n  }"),
            expect![[r#"
            * Change to `create` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets/gears@2024-01-01"
              name = "n"
              parent_id = var.p
              timeouts {
                create = "1m"
              }
            }
            Remove `creat` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets/gears@2024-01-01"
              name = "n"
              parent_id = var.p
              timeouts {
              }
            }
        "#]],
        );
    }
}
