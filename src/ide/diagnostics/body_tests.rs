//! What the faults of bodies look like: where they are drawn, what they say, what their fixes leave.

use expect_test::expect;

use super::tests::{check, check_fix, check_none, fixes_of, said};
use crate::ide::fixture::Fixture;

/// A widget with these properties; what comes behind an empty line stands beside it.
fn widget(row: &str) -> String {
    let (row, beside) = row.split_once("\n\n").unwrap_or((row, ""));
    format!(
        "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = var.p\n  body = {{\n    properties = {{\n      status = \"enabled\"\n      {row}\n    }}\n  }}\n}}\n{beside}"
    )
}

/// A gear whose body is given as JSON.
fn encoded(body: &str) -> String {
    format!(
        "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets/gears@2024-01-01\"\n  parent_id = var.p\n  body = jsonencode({body})\n}}\n"
    )
}

#[test]
fn what_the_provider_refuses_is_an_error_at_the_key_or_value() {
    check(
        &widget(
            "statuss = 1\n      Colour = \"red\"\n      createdAt = \"\"\n      count = \"5\"\n      colour = \"rd\"",
        ),
        expect![[r#"
            |       statuss = 1
            |       ^^^^^^^ Error unknown-property
            `statuss` is no property of `properties`; nearest: `status`
            |       Colour = "red"
            |       ^^^^^^ Error unknown-property
            `Colour` must be written `colour`
            |       createdAt = ""
            |       ^^^^^^^^^ Error read-only-property
            `createdAt` is read-only: remove it
            |       count = "5"
            |               ^^^ Error type-mismatch
            `count` must be a number, not the string `"5"`
            |       colour = "rd"
            |                ^^^^ Error invalid-value
            `colour` must be one of `red`, `green`, not `rd`
        "#]],
    );
    check(
        &widget(
            "engine = { kind = \"steem\" }\n      password = \"short\"\n      parts = [{ label = \"A\" }, {}]\n      rules = []",
        ),
        expect![[r#"
            |       engine = { kind = "steem" }
            |                         ^^^^^^^ Error invalid-value
            `kind` must be one of `electric`, `steam`, not `steem`
            |       password = "short"
            |       ^^^^^^^^ Warning sensitive-property
            `password` is a secret: write it in `sensitive_body`
            |       password = "short"
            |                  ^^^^^^^ Error invalid-length
            `password` must have 8 to 64 bytes, not 5
            |       parts = [{ label = "A" }, {}]
            |                          ^^^ Error pattern-mismatch
            `label` does not allow `A`
            -- main.tf
            |       parts = [{ label = "A" }, {}]
            |                          ^^^ it must match `^[a-z]+$`
            |       parts = [{ label = "A" }, {}]
            |                                 ^ Error missing-property
            `label` is missing in `properties.parts.1`
            |       rules = []
            |               ^^ Error invalid-length
            `rules` must have 1 to 5 items, not 0
        "#]],
    );
    check(
        &widget("mixed = []"),
        expect![[r#"
        |       mixed = []
        |               ^^ Error no-matching-variant
        `mixed` must be a string or an object, not a list
    "#]],
    );
}

#[test]
fn what_only_azure_refuses_is_a_warning() {
    check(
        &widget("count = 101\n      enabled = \"yes\""),
        expect![[r#"
        |       count = 101
        |               ^^^ Warning out-of-range
        `count` must be -1 to 100, not 101: Azure will likely refuse it
        |       enabled = "yes"
        |                 ^^^^^ Warning type-mismatch
        `enabled` must be `true` or `false`, not the string `"yes"`
    "#]],
    );
    check(
        &widget("cont = 1")
            .replace("azapi_resource\"", "azapi_update_resource\"")
            .replace("parent_id", "resource_id"),
        expect![[r#"
            |       cont = 1
            |       ^^^^ Warning unknown-property
            `cont` is no property of `properties`; nearest: `count`
        "#]],
    );
}

#[test]
fn where_the_author_switched_the_check_off_it_is_an_information() {
    check(
        &widget("cont = 1")
            .replace("parent_id = var.p", "parent_id = var.p\n  schema_validation_enabled = false"),
        expect![[r#"
            |       cont = 1
            |       ^^^^ Information unknown-property
            `cont` is no property of `properties`; nearest: `count`
        "#]],
    );
}

#[test]
fn what_arguments_say_without_a_body_is_information_too_where_the_check_is_off() {
    check(
        "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets/gears@2024-01-01\"\n  parent_id = var.p\n  location = \"here\"\n  schema_validation_enabled = false\n}\n",
        expect![[r#"
            |   location = "here"
            |   ^^^^^^^^ Information unknown-property
            `location` is no property of `Test.Rp/widgets/gears`
        "#]],
    );
}

#[test]
fn what_depends_on_a_condition_is_a_warning_that_says_when() {
    check(
        &widget("colour = var.blue ? \"blue\" : \"red\""),
        expect![[r#"
        |       colour = var.blue ? "blue" : "red"
        |                           ^^^^^^ Warning invalid-value
        `colour` must be one of `red`, `green`, not `blue` (when `var.blue` is true)
    "#]],
    );
    check_none(&widget("colour = var.c"));
}

#[test]
fn what_is_wrong_where_the_type_is_another_is_a_warning_that_says_when() {
    check(
        "resource \"azapi_resource\" \"x\" {\n  type = var.w ? \"Test.Rp/widgets@2024-01-01\" : \"Test.Rp/widgets/gears@2024-01-01\"\n  parent_id = var.p\n  body = var.w ? { properties = { status = \"enabled\" } } : { properties = {} }\n}\n",
        expect![[r#"
            |   body = var.w ? { properties = { status = "enabled" } } : { properties = {} }
            |                                                              ^^^^^^^^^^ Warning unknown-property
            `properties` is no property of `Test.Rp/widgets/gears` (as `Test.Rp/widgets/gears@2024-01-01`, when `var.w` is false)
        "#]],
    );
}

#[test]
fn a_fault_of_one_of_several_types_names_it_and_one_of_all_names_none() {
    let (widget, gear, old) =
        ("Test.Rp/widgets@2024-01-01", "Test.Rp/widgets/gears@2024-01-01", "Test.Rp/widgets@2023-01-01");
    let check_types = |types: &[&str], bodies: &[&str], expected: expect_test::Expect| {
        let chain = |values: &[&str]| match values {
            [one, two] => format!("var.w ? {one} : {two}"),
            [one, two, three] => format!("var.w ? {one} : var.v ? {two} : {three}"),
            _ => values.concat(),
        };
        let quoted: Vec<String> = types.iter().map(|ty| format!("\"{ty}\"")).collect();
        let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
        let (ty, body) = (chain(&quoted), chain(bodies));
        check(
            &format!(
                "resource \"azapi_resource\" \"x\" {{\n  type = {ty}\n  parent_id = var.p\n  body = {body}\n}}\n"
            ),
            expected,
        );
    };
    let fine = "{ location = \"w\", properties = { status = \"on\" } }";
    // A missing property, a wrong value, a value of another kind.
    check_types(&[widget, gear], &["{ location = \"w\" }", "{}"], expect![[""]]);
    check_types(
        &[gear, widget],
        &["{}", "{ location = \"w\", properties = { status = \"on\", colour = \"blue\" } }"],
        expect![[r#"
            |   body = var.w ? {} : { location = "w", properties = { status = "on", colour = "blue" } }
            |                                                                                ^^^^^^ Warning invalid-value
            `colour` must be one of `red`, `green`, not `blue` (as `Test.Rp/widgets@2024-01-01`, when `var.w` is false)
        "#]],
    );
    check_types(
        &[gear, widget],
        &["{}", "{ location = \"w\", properties = { status = \"on\", count = \"x\" } }"],
        expect![[r#"
            |   body = var.w ? {} : { location = "w", properties = { status = "on", count = "x" } }
            |                                                                               ^^^ Warning type-mismatch
            `count` must be a number, not the string `"x"` (as `Test.Rp/widgets@2024-01-01`, when `var.w` is false)
        "#]],
    );
    // Each type refuses its own body, and all do.
    check_types(
        &[gear, widget],
        &["{ nope = 1 }", "{ location = \"w\", properties = { status = \"on\", cont = 1 } }"],
        expect![[r#"
            |   body = var.w ? { nope = 1 } : { location = "w", properties = { status = "on", cont = 1 } }
            |                    ^^^^ Error unknown-property
            `nope` is no property of `Test.Rp/widgets/gears` (as `Test.Rp/widgets/gears@2024-01-01`)
            |   body = var.w ? { nope = 1 } : { location = "w", properties = { status = "on", cont = 1 } }
            |                                                                                 ^^^^ Error unknown-property
            `cont` is no property of `properties`; nearest: `count` (as `Test.Rp/widgets@2024-01-01`)
        "#]],
    );
    // Two of three refuse the same.
    check_types(&[widget, old, gear], &[fine, "local.b", "local.b"], expect![[""]]);
    check_types(
        &[widget, gear],
        &["{ location = \"w\", nope = 1, properties = { status = \"on\" } }", "{}"],
        expect![[r#"
            |   body = var.w ? { location = "w", nope = 1, properties = { status = "on" } } : {}
            |                                    ^^^^ Warning unknown-property
            `nope` is no property of `Test.Rp/widgets` (as `Test.Rp/widgets@2024-01-01`, when `var.w` is true)
        "#]],
    );
}

#[test]
fn a_list_of_one_of_several_types_is_judged_by_each() {
    let list = |ty: &str| {
        let text = format!(
            "#- all.tfquery.hcl\nlist \"azapi_resource\" \"x\" {{\n  provider = azapi\n  config {{\n    type = {ty}\n    parent_id = \"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g\"\n  }}\n}}\n"
        );
        let fixture = Fixture::new(&text);
        let found = fixture.analysis().diagnostics(fixture.file);
        found.iter().map(|one| format!("{:?} {}", one.severity, one.message)).collect::<Vec<_>>()
    };
    let (right, wrong) = ("\"Test.Rp/widgets@2024-01-01\"", "\"Test.Rp/widgetz@2020-01-01\"");
    assert_eq!(list(right), [""; 0]);
    assert_eq!(list(&format!("var.c ? {right} : \"Test.Rp/widgets@2023-01-01\"")), [""; 0]);
    for (ty, count) in [
        (wrong.to_owned(), 1),
        (format!("var.c ? {right} : {wrong}"), 1),
        (format!("var.c ? {wrong} : \"Test.Rp/widgets\""), 2),
    ] {
        let found = list(&ty);
        assert_eq!(found.len(), count, "{found:?}");
        assert_eq!(found[0].contains("when `var.c`"), ty.starts_with("var"), "{found:?}");
    }
}

#[test]
fn what_is_written_elsewhere_is_reported_there_once() {
    let block = |name: &str| {
        format!(
            "resource \"azapi_resource\" \"{name}\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = var.p\n  body = {{ properties = local.p }}\n}}\n"
        )
    };
    let text = format!(
        "#- locals.tf\nlocals {{\n  p = {{\n    status = \"\"\n    cont = $01\n  }}\n}}\n#- main.tf\n{}{}",
        block("x"),
        block("y")
    );
    check(
        &text,
        expect![[r#"
        |     cont = 1
        |     ^^^^ Error unknown-property
        `cont` is no property of `properties`; nearest: `count` (in 2 blocks)
        -- main.tf
        | resource "azapi_resource" "x" {
        | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ part of the body of `azapi_resource.x`
    "#]],
    );
}

#[test]
fn arguments_that_stand_for_parts_of_the_body_are_checked_at_the_argument() {
    check(
        "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets/gears@2024-01-01\"\n  parent_id = var.p\n  location = \"west\"\n  tags = { a = \"b\" }\n  identity {\n    type = \"SystemAssigned\"\n  }\n  body = {}\n}\n",
        expect![[r#"
            |   location = "west"
            |   ^^^^^^^^ Error unknown-property
            `location` is no property of `Test.Rp/widgets/gears`
            |   tags = { a = "b" }
            |   ^^^^ Error unknown-property
            `tags` is no property of `Test.Rp/widgets/gears`
            |   identity {
            |   ^^^^^^^^ Error unknown-property
            `identity` is no property of `Test.Rp/widgets/gears`
        "#]],
    );
}

#[test]
fn without_a_body_only_azure_refuses_what_arguments_stand_for() {
    let gear = |rows: &str| {
        format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets/gears@2024-01-01\"\n  parent_id = var.p\n  {rows}\n}}\n"
        )
    };
    check(
        &gear(
            "location = \"west\"\n  tags = { a = \"b\" }\n  identity {\n    type = \"SystemAssigned\"\n  }",
        ),
        expect![[r#"
            |   location = "west"
            |   ^^^^^^^^ Warning unknown-property
            `location` is no property of `Test.Rp/widgets/gears`
            |   tags = { a = "b" }
            |   ^^^^ Warning unknown-property
            `tags` is no property of `Test.Rp/widgets/gears`
            |   identity {
            |   ^^^^^^^^ Warning unknown-property
            `identity` is no property of `Test.Rp/widgets/gears`
        "#]],
    );
    check(
        &gear("location = \"west\"\n  body = null"),
        expect![[r#"
        |   location = "west"
        |   ^^^^^^^^ Warning unknown-property
        `location` is no property of `Test.Rp/widgets/gears`
    "#]],
    );
    check_none(&gear("location = null\n  tags = {}\n  identity {\n    type = \"None\"\n  }"));
    check_none(&gear("location = \"west\"").replace("widgets/gears", "widgets"));
    check_none(&gear("name = \"web\"").replace("widgets/gears", "shapes"));
}

#[test]
fn a_body_that_is_a_string_is_refused_and_looked_into() {
    let text = &encoded("{ nope = 1 }");
    check(
        text,
        expect![[r#"
            |   body = jsonencode({ nope = 1 })
            |          ^^^^^^^^^^^^^^^^^^^^^^^^ Error type-mismatch
            `body` must be an object, not a string
            |   body = jsonencode({ nope = 1 })
            |                       ^^^^ Error unknown-property
            `nope` is no property of `Test.Rp/widgets/gears`
        "#]],
    );
    check_fix(
        text,
        expect![[r#"
        * Write the object itself (Confirm)
        #- main.tf
        resource "azapi_resource" "x" {
          type = "Test.Rp/widgets/gears@2024-01-01"
          parent_id = var.p
          body = { nope = 1 }
        }
        * Remove `nope` (Confirm)
        #- main.tf
        resource "azapi_resource" "x" {
          type = "Test.Rp/widgets/gears@2024-01-01"
          parent_id = var.p
          body = jsonencode({  })
        }
    "#]],
    );
}

#[test]
fn a_fix_changes_the_name_the_value_or_its_notation() {
    check_fix(
        &widget("Colour = \"red\""),
        expect![[r#"
        * Change to `colour` (Safe)
        #- main.tf
        resource "azapi_resource" "x" {
          type = "Test.Rp/widgets@2024-01-01"
          parent_id = var.p
          body = {
            properties = {
              status = "enabled"
              colour = "red"
            }
          }
        }
        Remove `Colour` (Confirm)
        #- main.tf
        resource "azapi_resource" "x" {
          type = "Test.Rp/widgets@2024-01-01"
          parent_id = var.p
          body = {
            properties = {
              status = "enabled"
            }
          }
        }
    "#]],
    );
    check_fix(
        &widget("cont = 1"),
        expect![[r#"
        * Change to `count` (Confirm)
        #- main.tf
        resource "azapi_resource" "x" {
          type = "Test.Rp/widgets@2024-01-01"
          parent_id = var.p
          body = {
            properties = {
              status = "enabled"
              count = 1
            }
          }
        }
        Remove `cont` (Confirm)
        #- main.tf
        resource "azapi_resource" "x" {
          type = "Test.Rp/widgets@2024-01-01"
          parent_id = var.p
          body = {
            properties = {
              status = "enabled"
            }
          }
        }
    "#]],
    );
    check_fix(
        &widget("colour = \"Red\""),
        expect![[r#"
        * Change to `red` (Safe)
        #- main.tf
        resource "azapi_resource" "x" {
          type = "Test.Rp/widgets@2024-01-01"
          parent_id = var.p
          body = {
            properties = {
              status = "enabled"
              colour = "red"
            }
          }
        }
    "#]],
    );
    check_fix(
        &widget("count = \"5\""),
        expect![[r#"
        * Change to `5` (Safe)
        #- main.tf
        resource "azapi_resource" "x" {
          type = "Test.Rp/widgets@2024-01-01"
          parent_id = var.p
          body = {
            properties = {
              status = "enabled"
              count = 5
            }
          }
        }
    "#]],
    );
    check_fix(
        &widget("enabled = \"true\""),
        expect![[r#"
        * Change to `true` (Safe)
        #- main.tf
        resource "azapi_resource" "x" {
          type = "Test.Rp/widgets@2024-01-01"
          parent_id = var.p
          body = {
            properties = {
              status = "enabled"
              enabled = true
            }
          }
        }
    "#]],
    );
    check_fix(
        &widget("password = 12345678"),
        expect![[r#"
            * Move to `sensitive_body` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              parent_id = var.p
              body = {
                properties = {
                  status = "enabled"
                }
              }
              sensitive_body = {
                properties = {
                  password = 12345678
                }
              }
            }
            * Change to `"12345678"` (Safe)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              parent_id = var.p
              body = {
                properties = {
                  status = "enabled"
                  password = "12345678"
                }
              }
            }
        "#]],
    );
    check_fix(
        &widget("engine = { kind = \"Steam\" }"),
        expect![[r#"
        * Change to `steam` (Safe)
        #- main.tf
        resource "azapi_resource" "x" {
          type = "Test.Rp/widgets@2024-01-01"
          parent_id = var.p
          body = {
            properties = {
              status = "enabled"
              engine = { kind = "steam" }
            }
          }
        }
    "#]],
    );
}

#[test]
fn a_key_that_is_written_twice_is_fixed_in_both_places() {
    for (row, title, left) in [
        ("xyz = 1\n      count = 1\n      xyz = 2", "Remove `xyz`", "count = 1"),
        ("parts = [{ xyz = 1, label = \"a\", xyz = 2 }]", "Remove `xyz`", "parts = [{ label = \"a\" }]"),
        ("parts = [{ label = \"a\", xyz = 1, xyz = 2 }]", "Remove `xyz`", "parts = [{ label = \"a\" }]"),
        ("createdAt = 1\n      createdAt = 2", "Remove `createdAt`", ""),
        (
            "colur = \"red\"\n      colur = \"green\"",
            "Change to `colour`",
            "colour = \"red\"\n      colour = \"green\"",
        ),
    ] {
        let fixture = Fixture::new(&widget(row));
        let found = fixture.analysis().diagnostics(fixture.file);
        let fix = found.iter().flat_map(|one| &one.fixes).find(|fix| fix.title == title);
        let after = fixture.changed(&fix.unwrap_or_else(|| panic!("{row}: {found:?}")).change);
        let expected = widget(left);
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let after = after.lines().filter(|line| !line.starts_with("#-")).collect::<Vec<_>>().join("\n");
        assert_eq!(plain(&after), plain(&expected), "{row}");
        let fixed = Fixture::new(&after);
        assert_eq!(fixed.analysis().diagnostics(fixed.file), [], "{after}");
    }
}

#[test]
fn a_fix_removes_the_whole_item_with_what_sets_it_off() {
    check_fix(
        &widget("createdAt = {\n        a = 1\n      } # seen\n      count = 1"),
        expect![[r#"
            * Remove `createdAt` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              parent_id = var.p
              body = {
                properties = {
                  status = "enabled"
                  count = 1
                }
              }
            }
        "#]],
    );
    check_fix(
        &widget(
            "vault = { key = \"12345678\" }\n      parts = [{ label = \"a\", xyz = 1 }, { xyz = 1, label = \"a\" }]",
        ),
        expect![[r#"
            * Move to `sensitive_body` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              parent_id = var.p
              body = {
                properties = {
                  status = "enabled"
                  parts = [{ label = "a", xyz = 1 }, { xyz = 1, label = "a" }]
                }
              }
              sensitive_body = {
                properties = {
                  vault = { key = "12345678" }
                }
              }
            }
            * Remove `xyz` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              parent_id = var.p
              body = {
                properties = {
                  status = "enabled"
                  vault = { key = "12345678" }
                  parts = [{ label = "a" }, { xyz = 1, label = "a" }]
                }
              }
            }
            * Remove `xyz` (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              parent_id = var.p
              body = {
                properties = {
                  status = "enabled"
                  vault = { key = "12345678" }
                  parts = [{ label = "a", xyz = 1 }, { label = "a" }]
                }
              }
            }
        "#]],
    );
}

#[test]
fn a_key_that_an_expression_gives_is_removed_and_not_renamed() {
    let fixture = Fixture::new(&widget("(local.k) = 1\n\nlocals {\n  k = \"statuss\"\n}\n"));
    let found = fixture.analysis().diagnostics(fixture.file);
    assert_eq!(
        found.iter().map(|one| (one.code, one.fixes.len())).collect::<Vec<_>>(),
        [("unknown-property", 1)]
    );
}

#[test]
fn a_diagnostic_names_the_block_and_the_path() {
    let fixture = Fixture::new(&widget("parts = [{}]"));
    let found = fixture.analysis().diagnostics(fixture.file);
    let [one] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(one.address.as_deref(), Some("azapi_resource.x"));
    assert_eq!(one.path.as_deref(), Some("properties.parts.0.label"));
}

#[test]
fn a_half_typed_body_lacks_at_most_what_is_not_there_yet() {
    for row in ["", "count", "count =", "count = ", "rules = [", "rules = [{", "colour = var."] {
        let fixture = Fixture::new(&widget(row));
        let found = fixture.analysis().diagnostics(fixture.file);
        let wrong: Vec<_> = found
            .iter()
            .filter(|one| !["syntax-error", "missing-property", "invalid-length"].contains(&one.code))
            .collect();
        assert!(wrong.is_empty(), "{row}: {wrong:?}");
    }
}

#[test]
fn a_string_is_a_body_where_the_module_asks_for_version_1() {
    let block = encoded("{}");
    let asks = |version: &str| {
        format!(
            "{block}terraform {{\n  required_providers {{\n    azapi = {{\n      source = \"Azure/azapi\"\n      version = \"{version}\"\n    }}\n  }}\n}}\n"
        )
    };
    check_none(&asks("~> 1.13"));
    check(
        &asks("~> 2.0"),
        expect![[r#"
            |   body = jsonencode({})
            |          ^^^^^^^^^^^^^^ Error type-mismatch
            `body` must be an object, not a string
        "#]],
    );
}

#[test]
fn of_many_values_the_nearest_is_named_or_the_first() {
    let text = r#"resource "azapi_resource" "a" {
  type      = "Microsoft.Web/sites/config@2022-03-01"
  name      = "connectionstrings"
  parent_id = var.p
  body = {
    properties = {
      a = { type = "Nope", value = "x" }
      b = { type = "MySq", value = "x" }
    }
  }
}
"#;
    let fixture = Fixture::shipped(text);
    let found = fixture.draw(&fixture.analysis().diagnostics(fixture.file));
    expect![[r#"
        |       a = { type = "Nope", value = "x" }
        |                    ^^^^^^ Error invalid-value
        `type` must be one of 11 values, such as `MySql`, `SQLServer`, `SQLAzure`, `Custom`, `NotificationHub`, `ServiceBus`, not `Nope`
        |       b = { type = "MySq", value = "x" }
        |                    ^^^^^^ Error invalid-value
        `type` must be one of 11 values, not `MySq`; nearest: `MySql`
    "#]].assert_eq(&found);
}

#[test]
fn a_length_that_is_one_number_is_told_as_one() {
    let text = "resource \"azapi_resource\" \"a\" {\n  type      = \"Microsoft.KeyVault/vaults@2024-11-01\"\n  name      = \"vault1\"\n  parent_id = var.p\n  location  = \"w\"\n  body = {\n    properties = {\n      sku      = { family = \"A\", name = \"standard\" }\n      tenantId = \"short\"\n    }\n  }\n}\n";
    let fixture = Fixture::shipped(text);
    let found = fixture.analysis().diagnostics(fixture.file);
    let messages: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
    assert!(messages.contains(&"`tenantId` must have exactly 36 bytes, not 5"), "{messages:?}");
}

#[test]
fn a_value_that_is_no_string_is_named_by_its_kind() {
    check(
        &widget("colour = [1]\n      engine = { kind = true }"),
        expect![[r#"
            |       colour = [1]
            |                ^^^ Error invalid-value
            `colour` must be one of `red`, `green`, not a list
            |       engine = { kind = true }
            |                         ^^^^ Error type-mismatch
            `kind` must be a string, not `true`
        "#]],
    );
    check(
        &widget("colour = 5"),
        expect![[r#"
        |       colour = 5
        |                ^ Error invalid-value
        `colour` must be one of `red`, `green`, not the number `5`
    "#]],
    );
    // A list has one to five.
    check(
        &widget("rules = []"),
        expect![[r#"
        |       rules = []
        |               ^^ Error invalid-length
        `rules` must have 1 to 5 items, not 0
    "#]],
    );
}

#[test]
fn of_a_body_that_is_encoded_twice_the_object_is_left() {
    check_fix(
        &encoded("$0(jsonencode({ a = var.a }))"),
        expect![[r#"
            * Write the object itself (Confirm)
            #- main.tf
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets/gears@2024-01-01"
              parent_id = var.p
              body = { a = var.a }
            }
        "#]],
    );
}

#[test]
fn a_string_in_the_place_of_a_body_is_not_offered() {
    let fixes = |body: &str| fixes_of(&encoded(body));
    assert_eq!(fixes("{}"), [1]);
    assert_eq!(fixes("var.a"), [1]);
    assert_eq!(fixes("azapi_resource.other.output"), [1]);
    for none in ["\"text\"", "\"${var.a}-\"", "7", "[{}]", "\"%{ for k in var.a }%{ endfor }\""] {
        assert_eq!(fixes(none), [0], "{none}");
    }
}

#[test]
fn a_string_body_is_refused_in_every_block_that_takes_one_and_a_sensitive_one_may_be() {
    let of = |header: &str, rows: &str| {
        let text = format!(
            "{header} \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  resource_id = var.r\n  {rows}\n}}\n"
        );
        let said = said(&Fixture::new(&text)).into_iter();
        said.filter(|it| it.contains("not a string")).collect::<Vec<_>>()
    };
    let body = "body = jsonencode({ properties = { status = \"x\" } })";
    for header in [
        "resource \"azapi_update_resource\"",
        "resource \"azapi_resource_action\"",
        "data \"azapi_resource_action\"",
        "ephemeral \"azapi_resource_action\"",
    ] {
        assert_eq!(of(header, body), ["error `body` must be an object, not a string"], "{header}");
    }
    let off = "schema_validation_enabled = false\n  parent_id = var.p\n  name = \"n\"";
    let created = "resource \"azapi_resource\"";
    assert_eq!(of(created, &format!("{off}\n  {body}")), ["error `body` must be an object, not a string"]);
    let sensitive = format!("sensitive_{body}");
    assert_eq!(
        of("resource \"azapi_update_resource\"", &sensitive),
        ["warning `sensitive_body` must be an object, not a string"]
    );
    let either = "body = var.c ? jsonencode({}) : {}";
    assert!(of("resource \"azapi_update_resource\"", either)[0].starts_with("warning "));
}
