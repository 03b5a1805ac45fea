//! `conflicting-arguments`: arguments that exclude each other. Fixed by removing one.

use super::argument_fault::FaultyArgument;
use super::checker::Checker;
use super::codes::CONFLICTING_ARGUMENTS;
use super::fix::Applicability;
use super::{Fix, argument_fix, body_fix, moved};
use crate::azapi::arguments::{ArgumentFaultKind, REPEATS};
use crate::terraform::span::Span;

pub(super) fn check(checker: &mut Checker<'_>, found: &FaultyArgument<'_>) {
    match &found.fault.kind {
        // Another server says the same of Terraform's own arguments.
        ArgumentFaultKind::Conflict { name, .. }
            if checker.is_companion && REPEATS.contains(&name.as_str()) => {}
        ArgumentFaultKind::Conflict { name, other, other_at } => {
            let message = format!("`{name}` cannot stand beside `{other}`");
            let fixes = either(checker, found, name, other, *other_at);
            let related = found.place(checker, *other_at, &format!("`{other}` is given here"));
            found.report(checker, &CONFLICTING_ARGUMENTS, &message).related(related).fixes(fixes);
        }
        ArgumentFaultKind::AlsoInBody { name, body, other_at } => {
            let message = format!("`{name}` is given here and in `{body}`: only one may be");
            let other = format!("{body}.{name}");
            let mut fixes = either(checker, found, name, &other, *other_at);
            if let Some(last) = fixes.last_mut()
                && is_said_twice(checker, found, *other_at)
            {
                (last.applicability, last.preferred) = (Applicability::Safe, true);
            }
            let related = found.place(checker, *other_at, &format!("`{name}` in `{body}`"));
            found.report(checker, &CONFLICTING_ARGUMENTS, &message).related(related).fixes(fixes);
        }
        ArgumentFaultKind::NotBeside { name, other, value } => {
            let message = format!("`{name}` has no place where `{other}` is `{value}`");
            let fixes = argument_fix::remove_all(checker, &found.at, name, true);
            found.report(checker, &CONFLICTING_ARGUMENTS, &message).fixes(fixes);
        }
        _ => {}
    }
}

/// Whether both places of a block give the same.
fn is_said_twice(checker: &Checker<'_>, found: &FaultyArgument<'_>, other_at: Option<Span>) -> bool {
    let Some(other_at) = other_at.and_then(|span| checker.locate(span)) else { return false };
    let value = |at| body_fix::value_text(checker, at);
    // In one of several outcomes of the body, or under a key that hides another, it would not be gone.
    let is_in_braces = || checker.node(&other_at).is_some_and(|node| moved::is_at_root(&node));
    found.is_own(&other_at)
        && is_in_braces()
        && value(&found.at).is_some_and(|text| value(&other_at) == Some(text))
}

fn either(
    checker: &Checker<'_>,
    found: &FaultyArgument<'_>,
    name: &str,
    other: &str,
    other_at: Option<Span>,
) -> Vec<Fix> {
    let other_at = other_at.and_then(|span| checker.locate(span));
    let mut fixes: Vec<Fix> = argument_fix::remove_all(checker, &found.at, name, false).into_iter().collect();
    fixes.extend(other_at.and_then(|at| argument_fix::remove_all(checker, &at, other, false)));
    fixes
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::diagnostics::argument_tests::{
        block, check, check_fix, check_none, gear_of_any_type, widget,
    };

    #[test]
    fn a_fix_removes_an_argument_that_is_written_twice_as_a_whole() {
        check_fix(
            "data \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets/gears@2024-01-01\"\n  name = \"n\"\n  resource_id = \"\"\n  resource_id = \"\"\n}\n",
            expect![[r#"
                Remove `resource_id` (Confirm)
                #- main.tf
                data "azapi_resource" "x" {
                  type = "Test.Rp/widgets/gears@2024-01-01"
                  name = "n"
                }
                Remove `name` (Confirm)
                #- main.tf
                data "azapi_resource" "x" {
                  type = "Test.Rp/widgets/gears@2024-01-01"
                  resource_id = ""
                  resource_id = ""
                }
                * Remove `resource_id` (Confirm)
                #- main.tf
                data "azapi_resource" "x" {
                  type = "Test.Rp/widgets/gears@2024-01-01"
                  name = "n"
                  resource_id = ""
                }
            "#]],
        );
    }

    #[test]
    fn what_excludes_each_other_is_marked_at_the_later_one() {
        let data = |row: &str| {
            block("data", "azapi_resource", &format!("type = \"Test.Rp/widgets/gears@2024-01-01\"\n  {row}"))
        };
        check(
            &data("name = \"a\"\n  parent_id = var.p\n  resource_id = \"/subscriptions/s\""),
            expect![[r#"
                |   resource_id = "/subscriptions/s"
                |   ^^^^^^^^^^^ Error conflicting-arguments
                `resource_id` cannot stand beside `name`
                -- main.tf
                |   name = "a"
                |   ^^^^ `name` is given here
                |   resource_id = "/subscriptions/s"
                |                 ^^^^^^^^^^^^^^^^^^ Error invalid-resource-id
                `resource_id` must be a gear (`Test.Rp/widgets/gears`), as `type` says, not a subscription
            "#]],
        );
        check_none(&data("name = var.a\n  parent_id = var.p\n  resource_id = var.r"));
        let update = data("parent_id = \"/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w\"\n  resource_id = \"/subscriptions/s\"")
            .replace("data \"azapi_resource\"", "resource \"azapi_update_resource\"");
        check(
            &update,
            expect![[r#"
                |   resource_id = "/subscriptions/s"
                |   ^^^^^^^^^^^ Error conflicting-arguments
                `resource_id` cannot stand beside `parent_id`
                -- main.tf
                |   parent_id = "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w"
                |   ^^^^^^^^^ `parent_id` is given here
                |   resource_id = "/subscriptions/s"
                |                 ^^^^^^^^^^^^^^^^^^ Error invalid-resource-id
                `resource_id` must be a gear (`Test.Rp/widgets/gears`), as `type` says, not a subscription
            "#]],
        );
    }

    #[test]
    fn what_an_argument_stands_for_is_not_in_the_body_too() {
        let row = "location = \"a\"\n  tags = { a = \"b\" }";
        check(
            &widget(&format!(
                "{row}\n  body = {{ location = \"a\", properties = {{ status = \"enabled\" }} }}"
            )),
            expect![[r#"
                |   location = "a"
                |   ^^^^^^^^ Error conflicting-arguments
                `location` is given here and in `body`: only one may be
                -- main.tf
                |   body = { location = "a", properties = { status = "enabled" } }
                |            ^^^^^^^^ `location` in `body`
            "#]],
        );
        check_fix(
            &widget(
                "tags = { a = \"b\" }\n  body = {\n    tags = {}\n    properties = { status = \"enabled\" }\n  }",
            ),
            expect![[r#"
                Remove `tags` (Confirm)
                #- main.tf
                resource "azapi_resource" "x" {
                  type = "Test.Rp/widgets@2024-01-01"
                  name = "n"
                  parent_id = var.p
                  body = {
                    tags = {}
                    properties = { status = "enabled" }
                  }
                }
                Remove `body.tags` (Confirm)
                #- main.tf
                resource "azapi_resource" "x" {
                  type = "Test.Rp/widgets@2024-01-01"
                  name = "n"
                  parent_id = var.p
                  tags = { a = "b" }
                  body = {
                    properties = { status = "enabled" }
                  }
                }
            "#]],
        );
        check_none(&widget(&format!("{row}\n  body = {{ properties = {{ status = \"enabled\" }} }}")));
        check_none(&widget(
            "location = null\n  body = { location = \"a\", properties = { status = \"enabled\" } }",
        ));
    }

    #[test]
    fn what_is_said_twice_alike_is_left_in_one_place_without_asking() {
        use crate::ide::fixture::Fixture;
        let safe = |row: &str, body: &str| {
            let text = widget(&format!(
                "{row}\n  body = {{\n    {body}\n    properties = {{ status = \"enabled\" }}\n  }}"
            ));
            let fixture = Fixture::alone(&text);
            let found = fixture.analysis().diagnostics(fixture.file);
            let fixes: Vec<_> = found.iter().flat_map(|one| &one.fixes).filter(|fix| fix.is_safe()).collect();
            fixes.iter().map(|fix| fix.title.clone()).collect::<Vec<_>>()
        };
        assert_eq!(safe("location = \"a\"", "location = \"a\""), ["Remove `body.location`"]);
        assert_eq!(safe("tags = { a = \"b\" }", "tags = { a = \"b\" }"), ["Remove `body.tags`"]);
        assert!(safe("location = \"a\"", "location = \"b\"").is_empty());
    }

    #[test]
    fn identities_have_ids_only_where_their_type_takes_them() {
        let with = |ty: &str| {
            gear_of_any_type(&format!("identity {{\n    type = {ty}\n    identity_ids = [var.i]\n  }}"))
        };
        check(
            &with("\"SystemAssigned\""),
            expect![[r#"
                |     identity_ids = [var.i]
                |     ^^^^^^^^^^^^ Error conflicting-arguments
                `identity_ids` has no place where `type` is `SystemAssigned`
            "#]],
        );
        for right in ["\"UserAssigned\"", "\"SystemAssigned, UserAssigned\"", "var.t"] {
            check_none(&with(right));
        }
    }

    #[test]
    fn a_secret_body_is_sent_on_apply_alone() {
        let action = |when: &str| {
            block(
                "resource",
                "azapi_resource_action",
                &format!(
                    "type = \"Test.Rp/widgets@2024-01-01\"\n  resource_id = var.r\n  sensitive_body = {{ a = 1 }}\n  when = {when}"
                ),
            )
        };
        check(
            &action("\"destroy\""),
            expect![[r#"
            |   sensitive_body = { a = 1 }
            |   ^^^^^^^^^^^^^^ Error conflicting-arguments
            `sensitive_body` has no place where `when` is `destroy`
        "#]],
        );
        check_none(&action("\"apply\""));
    }

    #[test]
    fn a_type_without_a_name_takes_none_and_one_whose_rule_varies_any() {
        let plane = |ty: &str, row: &str| {
            block(
                "resource",
                "azapi_data_plane_resource",
                &format!("type = \"{ty}@1.0\"\n  parent_id = var.p\n  {row}"),
            )
        };
        check(
            &plane("Microsoft.KeyVault/vaults/certificates/contacts", "name = \"a\""),
            expect![[r#"
            |   name = "a"
            |   ^^^^ Error conflicting-arguments
            `name` has no place where `type` is `Microsoft.KeyVault/vaults/certificates/contacts@1.0`
        "#]],
        );
        check(
            &plane("Microsoft.AppConfiguration/configurationStores/keyValues", ""),
            expect![[r#"
            | resource "azapi_data_plane_resource" "x" {
            | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error missing-argument
            `name` is missing: `type` needs it
        "#]],
        );
        for name in ["", "name = \"a\""] {
            check_none(&plane("Microsoft.Foundry/agents", name));
        }
        check_none(&plane("Microsoft.AppConfiguration/configurationStores/keyValues", "name = \"a\""));
    }
}
