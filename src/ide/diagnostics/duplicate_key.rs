//! `duplicate-key`: a name twice in a block. Fixed by removing one.

use super::argument_fault::FaultyArgument;
use super::argument_fix;
use super::checker::Checker;
use super::codes::DUPLICATE_KEY;
use crate::azapi::arguments::{ArgumentFaultKind, LIFECYCLE, REQUIRED_PROVIDERS};

pub(super) fn check(checker: &mut Checker<'_>, found: &FaultyArgument<'_>) {
    let (name, first, message) = match &found.fault.kind {
        ArgumentFaultKind::Twice { name, first, is_block } => {
            // Another server says the same of Terraform's own blocks.
            if checker.is_companion && [LIFECYCLE, REQUIRED_PROVIDERS].contains(&name.as_str()) {
                return;
            }
            let what = if *is_block { "nested block" } else { "argument" };
            (name, first, format!("`{name}` stands twice: the {what} may be given once"))
        }
        ArgumentFaultKind::OnlyFirstCounts { name, first } => {
            (name, first, format!("`{name}` stands twice: the provider reads the first alone"))
        }
        _ => return,
    };
    let related = found.place(checker, *first, "written before here");
    let fix = argument_fix::remove(checker, &found.at, name, true);
    found.report(checker, &DUPLICATE_KEY, &message).related(related).fixes(fix);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::diagnostics::argument_tests::{check, check_fix, check_none, gear};

    #[test]
    fn a_name_stands_once_in_a_block() {
        check(
            &gear(
                "location = null\n  location = null\n  timeouts {\n    read = \"1m\"\n    read = \"1m\"\n  }\n  timeouts {\n  }",
            ),
            expect![[r#"
                |   location = null
                |   ^^^^^^^^ Error duplicate-key
                `location` stands twice: the argument may be given once
                -- main.tf
                |   location = null
                |   ^^^^^^^^ written before here
                |     read = "1m"
                |     ^^^^ Error duplicate-key
                `read` stands twice: the argument may be given once
                -- main.tf
                |     read = "1m"
                |     ^^^^ written before here
                |   timeouts {
                |   ^^^^^^^^ Error duplicate-key
                `timeouts` stands twice: the nested block may be given once
                -- main.tf
                |   timeouts {
                |   ^^^^^^^^ written before here
            "#]],
        );
        check(
            &gear("parent_id = var.q\n  type = var.t\n  name = \"o\""),
            expect![[r#"
            |   parent_id = var.q
            |   ^^^^^^^^^ Error duplicate-key
            `parent_id` stands twice: the argument may be given once
            -- main.tf
            |   parent_id = var.p
            |   ^^^^^^^^^ written before here
            |   type = var.t
            |   ^^^^ Error duplicate-key
            `type` stands twice: the argument may be given once
            -- main.tf
            |   type = "Test.Rp/widgets/gears@2024-01-01"
            |   ^^^^ written before here
            |   name = "o"
            |   ^^^^ Error duplicate-key
            `name` stands twice: the argument may be given once
            -- main.tf
            |   name = "n"
            |   ^^^^ written before here
        "#]],
        );
        check_none(&gear("location = null\n  timeouts {\n    read = \"1m\"\n  }"));
    }

    #[test]
    fn the_provider_reads_one_identity() {
        let twice = "identity {\n    type = \"None\"\n  }\n  identity {\n    type = \"None\"\n  }";
        check(
            &gear(twice),
            expect![[r#"
            |   identity {
            |   ^^^^^^^^ Warning duplicate-key
            `identity` stands twice: the provider reads the first alone
            -- main.tf
            |   identity {
            |   ^^^^^^^^ written before here
        "#]],
        );
    }

    #[test]
    fn the_second_is_removed() {
        check_fix(
            &gear("timeouts {\n    read = \"1m\"\n  }\n  timeouts {\n    read = \"2m\"\n  }"),
            expect![[r#"
            * Remove `timeouts` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets/gears@2024-01-01"
              name = "n"
              parent_id = var.p
              timeouts {
                read = "1m"
              }
            }
        "#]],
        );
        check_fix(
            &gear("location = null\n  location = null"),
            expect![[r#"
            * Remove `location` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets/gears@2024-01-01"
              name = "n"
              parent_id = var.p
              location = null
            }
        "#]],
        );
    }
}
