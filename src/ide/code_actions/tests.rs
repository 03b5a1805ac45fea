use expect_test::{Expect, expect};

use crate::ide::fixture::Fixture;
use crate::ide::{CodeActionKind, ImportChoice, ImportDeed};
use crate::text::{TextRange, apply_edits};

/// The titles of what is offered, and what the one whose title begins with `title` leaves.
fn check(text: &str, title: &str, expected: Expect) {
    let fixture = Fixture::new(text);
    let actions = fixture.analysis().code_actions(fixture.file, TextRange::empty(fixture.offset));
    let titles: String = actions.iter().map(|action| format!("* {}\n", action.title)).collect();
    let chosen = actions.iter().find(|action| action.title.starts_with(title));
    let after = chosen.map_or_else(String::new, |action| fixture.changed(&action.edit));
    expected.assert_eq(&format!("{titles}---\n{after}"));
}

fn command(text: &str, expected: Expect) {
    let fixture = Fixture::new(text);
    expected.assert_eq(&fixture.analysis().import_command(fixture.at()).unwrap_or_default());
}

const GEAR: &str = "resource \"azapi_resource\" \"gear\" {\n  type      = \"Test.Rp/widgets/gears@2024-01-01\"\n  parent_id = azapi_resource.widget.id\n  name      = var.name\n}\n\nresource \"azapi_resource\" \"widget\" {\n  type      = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = azurerm_resource_group.g.id\n  name      = \"w-${var.name}\"\n}\n\nresource \"azurerm_resource_group\" \"g\" {\n  name = \"group\"\n}\n";

#[test]
fn a_property_that_an_argument_stands_for_is_written_as_the_argument() {
    let moved = |body: &str, expected: &str| {
        let text = |body: &str| {
            format!(
                "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  {body}\n}}\n"
            )
        };
        let fixture = Fixture::new(&text(body));
        let actions = fixture.analysis().code_actions(fixture.file, TextRange::empty(fixture.offset));
        let chosen = actions.iter().find(|action| action.title.starts_with("Write `"));
        let after = chosen.map_or_else(String::new, |action| fixture.changed(&action.edit));
        let expected =
            if expected.is_empty() { String::new() } else { format!("#- main.tf\n{}", text(expected)) };
        assert_eq!(after, expected);
    };
    moved(
        "body = {\n    $0tags = {\n      a = \"b\"\n    }\n    properties = {}\n  }",
        "tags = {\n    a = \"b\"\n  }\n  body = {\n    properties = {}\n  }",
    );
    moved(
        "body = jsonencode({ $0location = var.l, properties = {} })",
        "location = var.l\n  body = jsonencode({ properties = {} })",
    );
    moved(
        "body = {\n    ident$0ity = {\n      type = var.t\n      userAssignedIdentities = { (var.i) = {} }\n    }\n  }",
        "identity {\n    type = var.t\n    identity_ids = [var.i]\n  }\n  body = {\n  }",
    );
    for kept in [
        "body = { $0identity = var.i }",
        "body = { properties = { $0location = var.l } }",
        "body = { $0location = var.l }\n  location = null",
        "body = { $0kind = var.l }",
        "body = { location = var$0.l }",
    ] {
        moved(kept, "");
    }
}

#[test]
fn an_import_is_filled_from_what_the_module_knows() {
    command(
        &format!("$0{GEAR}variable \"name\" {{\n  default = \"n\"\n}}\n"),
        expect![
            "terraform import azapi_resource.gear '/subscriptions/{subscriptionId}/resourceGroups/group/providers/Test.Rp/widgets/w-n/gears/n'"
        ],
    );
    command(
        &format!("$0{GEAR}variable \"name\" {{}}\n"),
        expect![
            "terraform import azapi_resource.gear '/subscriptions/{subscriptionId}/resourceGroups/group/providers/Test.Rp/widgets/w-{resourceName}/gears/{resourceName}'"
        ],
    );
}

#[test]
fn an_id_keeps_the_letters_of_the_type_as_it_is_written() {
    command(
        "$0resource \"azapi_resource\" \"x\" {\n  type = \"test.rp/Widgets/GEARS@2024-01-01\"\n  parent_id = \"/subscriptions/s/resourcegroups/g/providers/test.rp/widgets/w\"\n  name = \"N\"\n}\n",
        expect![
            "terraform import azapi_resource.x '/subscriptions/s/resourcegroups/g/providers/test.rp/widgets/w/GEARS/N'"
        ],
    );
}

#[test]
fn a_parent_that_is_not_known_leaves_its_pattern() {
    command(
        "$0resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets/gears@2024-01-01\"\n  parent_id = var.p\n}\n",
        expect![
            "terraform import azapi_resource.x '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}/gears/{resourceName}'"
        ],
    );
    command(
        "$0resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.Resources/resourceGroups@2024-01-01\"\n}\n",
        expect![
            "terraform import azapi_resource.x '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}'"
        ],
    );
    command(
        "$0resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = \"/subscriptions/${var.s}/resourceGroups/${var.g}\"\n  name = \"w\"\n}\n",
        expect![
            "terraform import azapi_resource.x '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/w'"
        ],
    );
    command(
        "$0resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = \"${data.azurerm_subscription.s.id}/resourceGroups/g\"\n  name = \"it's\"\n}\ndata \"azurerm_subscription\" \"s\" {}\n",
        expect![[
            r#"terraform import azapi_resource.x '/subscriptions/{subscriptionId}/resourceGroups/g/providers/Test.Rp/widgets/it'\''s'"#
        ]],
    );
}

#[test]
fn an_indexed_block_is_imported_by_the_keys_that_are_known_else_by_an_example() {
    let of = |meta: &str, name: &str| {
        format!(
            "$0resource \"azapi_resource\" \"x\" {{\n  {meta}\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = \"/subscriptions/s/resourceGroups/g\"\n  name = {name}\n}}\n"
        )
    };
    command(
        &of("count = 2", "\"w${count.index}\""),
        expect![[r#"
            terraform import 'azapi_resource.x[0]' '/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w0'
            terraform import 'azapi_resource.x[1]' '/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w1'"#]],
    );
    command(
        &of("for_each = toset([\"a\", \"b\"])", "each.key"),
        expect![[r#"
            terraform import 'azapi_resource.x["a"]' '/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/a'
            terraform import 'azapi_resource.x["b"]' '/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/b'"#]],
    );
    command(
        &of("for_each = { one = { n = \"x\" } }", "each.value.n"),
        expect![[
            r#"terraform import 'azapi_resource.x["one"]' '/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/x'"#
        ]],
    );
    command(
        &of("for_each = var.all", "each.key"),
        expect![[
            r#"terraform import 'azapi_resource.x["{key}"]' '/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/{key}'"#
        ]],
    );
}

#[test]
fn the_instances_of_a_block_are_imported_together() {
    let text = "resource \"azapi_resource\" \"x\" {$0\n  count = 2\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = \"/subscriptions/s/resourceGroups/g\"\n  name = \"w${count.index}\"\n}\n";
    check(
        text,
        "Import: insert import blocks above (2 instances)",
        expect![[r#"
        * Import: add import blocks to imports.tf (2 instances)
        * Import: insert import blocks above (2 instances)
        * Import: insert the commands as comments above (2 instances)
        * Import: insert import blocks above (2 instances), with api-version 2024-01-01 (else azapi takes the newest)
        * Import: insert the commands as comments above (2 instances), with api-version 2024-01-01 (else azapi takes the newest)
        ---
        #- main.tf
        import {
          to = azapi_resource.x[0]
          id = "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w0"
        }

        import {
          to = azapi_resource.x[1]
          id = "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w1"
        }

        resource "azapi_resource" "x" {
          count = 2
          type = "Test.Rp/widgets@2024-01-01"
          parent_id = "/subscriptions/s/resourceGroups/g"
          name = "w${count.index}"
        }
    "#]],
    );
    // One of them is imported already.
    let known = "import {\n  to = azapi_resource.x[0]\n  id = \"/subscriptions/s\"\n}\n";
    check(
        &format!("{text}{known}"),
        "Import: insert the command as a comment above",
        expect![[r#"
        * Import: add an import block to imports.tf
        * Import: insert an import block above
        * Import: insert the command as a comment above
        * Import: insert an import block above, with api-version 2024-01-01 (else azapi takes the newest)
        * Import: insert the command as a comment above, with api-version 2024-01-01 (else azapi takes the newest)
        ---
        #- main.tf
        # terraform import 'azapi_resource.x[1]' '/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w1'
        resource "azapi_resource" "x" {
          count = 2
          type = "Test.Rp/widgets@2024-01-01"
          parent_id = "/subscriptions/s/resourceGroups/g"
          name = "w${count.index}"
        }
        import {
          to = azapi_resource.x[0]
          id = "/subscriptions/s"
        }
    "#]],
    );
}

#[test]
fn an_import_block_goes_above_or_into_a_file_of_its_own() {
    let text = "resource \"azapi_resource\" \"x\" {$0\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = \"/subscriptions/s/resourceGroups/g\"\n  name = \"w\"\n}\n";
    check(
        text,
        "Import: insert an import block above",
        expect![[r#"
            * Import: add an import block to imports.tf
            * Import: insert an import block above
            * Import: insert the command as a comment above
            * Import: insert an import block above, with api-version 2024-01-01 (else azapi takes the newest)
            * Import: insert the command as a comment above, with api-version 2024-01-01 (else azapi takes the newest)
            ---
            #- main.tf
            import {
              to = azapi_resource.x
              id = "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w"
            }

            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              parent_id = "/subscriptions/s/resourceGroups/g"
              name = "w"
            }
        "#]],
    );
    check(
        text,
        "Import: insert the command as a comment",
        expect![[r#"
            * Import: add an import block to imports.tf
            * Import: insert an import block above
            * Import: insert the command as a comment above
            * Import: insert an import block above, with api-version 2024-01-01 (else azapi takes the newest)
            * Import: insert the command as a comment above, with api-version 2024-01-01 (else azapi takes the newest)
            ---
            #- main.tf
            # terraform import azapi_resource.x '/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w'
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              parent_id = "/subscriptions/s/resourceGroups/g"
              name = "w"
            }
        "#]],
    );
    check(
        text,
        "Import: add an import block to imports.tf",
        expect![[r#"
            * Import: add an import block to imports.tf
            * Import: insert an import block above
            * Import: insert the command as a comment above
            * Import: insert an import block above, with api-version 2024-01-01 (else azapi takes the newest)
            * Import: insert the command as a comment above, with api-version 2024-01-01 (else azapi takes the newest)
            ---
            #- imports.tf (new)
            import {
              to = azapi_resource.x
              id = "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w"
            }
        "#]],
    );
    check(
        &format!("#- main.tf\n{text}#- imports.tf\n# here"),
        "Import: add an import block to imports.tf",
        expect![[r#"
            * Import: add an import block to imports.tf
            * Import: insert an import block above
            * Import: insert the command as a comment above
            * Import: insert an import block above, with api-version 2024-01-01 (else azapi takes the newest)
            * Import: insert the command as a comment above, with api-version 2024-01-01 (else azapi takes the newest)
            ---
            #- imports.tf
            # here

            import {
              to = azapi_resource.x
              id = "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w"
            }
        "#]],
    );
    check(
        text,
        "Import: insert an import block above, with api-version",
        expect![[r#"
            * Import: add an import block to imports.tf
            * Import: insert an import block above
            * Import: insert the command as a comment above
            * Import: insert an import block above, with api-version 2024-01-01 (else azapi takes the newest)
            * Import: insert the command as a comment above, with api-version 2024-01-01 (else azapi takes the newest)
            ---
            #- main.tf
            import {
              to = azapi_resource.x
              id = "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w?api-version=2024-01-01"
            }

            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              parent_id = "/subscriptions/s/resourceGroups/g"
              name = "w"
            }
        "#]],
    );
}

#[test]
fn a_list_of_choices_says_what_comes_of_each_and_has_what_only_the_editor_can_do() {
    let fixture = Fixture::new(
        "resource \"azapi_resource\" \"x\" {$0\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = \"/subscriptions/s/resourceGroups/g\"\n  name = \"w\"\n}\n",
    );
    let choices = fixture.analysis().import_choices(fixture.at());
    let copied = choices.iter().filter_map(|choice| match &choice.deed {
        ImportDeed::Copy(text) => Some(format!("{}: {text}", choice.title)),
        ImportDeed::Write { .. } => None,
    });
    assert_eq!(
        copied.collect::<Vec<_>>(),
        [
            "copy the command: terraform import azapi_resource.x '/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w'",
            "copy the command, with api-version 2024-01-01 (else azapi takes the newest): terraform import azapi_resource.x '/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w?api-version=2024-01-01'",
        ]
    );
    for choice in &choices {
        let is_pinned = choice.title.contains("api-version");
        assert_eq!(choice.about.contains("Needed where"), is_pinned, "{choice:?}");
        assert!(choice.about.ends_with('.'), "{choice:?}");
    }
    let elsewhere =
        |choice: &ImportChoice| matches!(choice.deed, ImportDeed::Write { is_elsewhere: true, .. });
    assert_eq!(choices.iter().filter(|choice| elsewhere(choice)).count(), 1);
}

#[test]
fn what_is_imported_already_is_not_offered_again() {
    check(
        "import {\n  to = azapi_resource.x\n  id = \"/\"\n}\nresource \"azapi_resource\" \"x\" {$0\n  type = \"Test.Rp/widgets@2024-01-01\"\n}\n",
        "",
        expect![[r#"
        ---
    "#]],
    );
}

#[test]
fn an_import_of_every_instance_imports_each() {
    let block = |import: &str, repeats: &str| {
        format!(
            "locals {{\n  ids = {{ a = \"/1\", b = \"/2\" }}\n}}\n{import}resource \"azapi_resource\" \"x\" {{$0\n  type = \"Test.Rp/widgets@2024-01-01\"\n  {repeats}\n  name = \"w\"\n}}\n"
        )
    };
    let import = |to: &str| {
        format!("import {{\n  for_each = local.ids\n  to = azapi_resource.{to}\n  id = each.value\n}}\n")
    };
    let is_offered = |text: &str| {
        let fixture = Fixture::new(text);
        let offered = fixture.analysis().code_actions(fixture.file, TextRange::empty(fixture.offset));
        offered.iter().any(|action| action.title.to_lowercase().contains("import"))
    };
    let of_all = "for_each = local.ids";
    assert!(is_offered(&block("", of_all)));
    for to in ["x[each.key]", "x[ each.key ]", "x[upper(each.key)]", "x[\"${each.key}\"]"] {
        assert!(!is_offered(&block(&import(to), of_all)), "{to}");
    }
    for to in ["y[each.key]", "x[\"b\"]"] {
        assert!(is_offered(&block(&import(to), of_all)), "{to}");
    }
}

#[test]
fn only_resources_are_imported() {
    check(
        "data \"azapi_resource\" \"x\" {$0\n  type = \"Test.Rp/widgets@2024-01-01\"\n}\n",
        "",
        expect![[r#"
        ---
    "#]],
    );
    check(
        "resource \"azurerm_x\" \"x\" {$0\n}\n",
        "",
        expect![[r#"
        ---
    "#]],
    );
    check(
        "resource \"azapi_resource\" \"x\" {$0\n  type = var.t\n}\n",
        "",
        expect![[r#"
        ---
    "#]],
    );
}

#[test]
fn the_fixes_of_diagnostics_are_offered_where_those_are() {
    check(
        "data \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widget$0z@2024-01-01\"\n}\n",
        "Change to `Test.Rp/widgets`",
        expect![[r#"
        * Change to `Test.Rp/widgets`
        * Change to `Test.Rp/widgetSets`
        ---
        #- main.tf
        data "azapi_resource" "x" {
          type = "Test.Rp/widgets@2024-01-01"
        }
    "#]],
    );
    check(
        "data \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01$0-02\"\n}\n",
        "Change to `2024-01-01`",
        expect![[r#"
        * Change to `2024-01-01`
        * Change to `2023-01-01`
        ---
        #- main.tf
        data "azapi_resource" "x" {
          type = "Test.Rp/widgets@2024-01-01"
        }
    "#]],
    );
}

#[test]
fn a_fix_names_the_diagnostic_that_it_removes() {
    let fixture =
        Fixture::new("data \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets/gears@2$0023-01-01\"\n}\n");
    let found = fixture.analysis().diagnostics(fixture.file);
    let actions = fixture.analysis().code_actions(fixture.file, TextRange::empty(fixture.offset));
    let [action] = &actions[..] else { panic!("{actions:?}") };
    let one = found.iter().find(|one| one.code == "unknown-api-version").unwrap();
    assert_eq!(action.diagnostic, Some((one.code, one.range)));
    assert!(action.preferred && action.kind == CodeActionKind::QuickFix);
}

#[test]
fn where_nothing_is_reported_no_fix_is_offered() {
    for text in [
        "data \"azapi_resource\" \"x\" {$0\n  type = \"Test.Rp/widgets/gears@2023-01-01\"\n}\n",
        "data \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets/gears@2$0023-01-01\" # azapi-ls-ignore: unknown-api-version\n}\n",
    ] {
        check(
            text,
            "",
            expect![[r#"
            ---
        "#]],
        );
    }
}

#[test]
fn every_edit_leaves_text_that_parses() {
    let fixture = Fixture::new(&format!("$0{GEAR}"));
    let actions = fixture.analysis().code_actions(fixture.file, TextRange::empty(fixture.offset));
    assert!(!actions.is_empty());
    for action in actions {
        for (file, edits) in &action.edit.edits {
            let text = apply_edits(fixture.text(*file), edits).expect("an edit that fits");
            assert_eq!(crate::syntax::parse(&text).errors(), [], "{}", action.title);
        }
        for (_, text) in &action.edit.new_files {
            assert_eq!(crate::syntax::parse(text).errors(), [], "{}", action.title);
        }
    }
}

#[test]
fn what_is_put_at_the_end_of_imports_stands_before_the_last_line_break() {
    let block = "import {\n  to = azapi_resource.widget\n  id = \"";
    for (imports, before) in [("# a\n", 1), ("# a\r\n", 2), ("# a", 0), ("", 0)] {
        let resource = GEAR.split_once("\n\n").unwrap().1;
        let fixture = Fixture::new(&format!("#- main.tf\n$0{resource}#- imports.tf\n{imports}"));
        let actions = fixture.analysis().code_actions(fixture.file, TextRange::empty(fixture.offset));
        let action = actions
            .iter()
            .find(|action| action.title == "Import: add an import block to imports.tf")
            .unwrap();
        let [(file, edits)] = &action.edit.edits[..] else { panic!("{action:?}") };
        let text = fixture.text(*file);
        assert_eq!(usize::from(edits[0].range.start()), text.len() - before, "{text:?}");
        assert!(edits[0].new_text.trim_start().starts_with(block), "{}", edits[0].new_text);
    }
}

#[test]
fn all_that_is_safe_to_fix_in_a_file_is_one_change() {
    let block = |properties: &str| {
        format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = var.p\n  body = {{\n    properties = {{\n      status = \"enabled\"\n      {properties}\n    }}\n  }}\n}}\n"
        )
    };
    let fixture = Fixture::new(&block("Colour = \"red\"\n      count = \"5\"\n      nope = 1"));
    let action = fixture.analysis().fix_all(fixture.file).expect("something to fix");
    assert_eq!(action.kind, CodeActionKind::FixAll);
    let after = block("colour = \"red\"\n      count = 5\n      nope = 1");
    assert_eq!(fixture.changed(&action.edit), format!("#- main.tf\n{after}"));
    let fixed = Fixture::new(&after);
    assert_eq!(fixed.analysis().fix_all(fixed.file), None);
}

#[test]
fn a_fix_that_changes_another_file_is_left_out_of_those_of_a_file() {
    let text = "#- locals.tf\nlocals {\n  p = {\n    status = \"enabled\"\n    Colour = \"red\"\n  }\n}\n#- main.tf\n$0resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = var.p\n  body = { properties = local.p }\n}\n";
    let fixture = Fixture::new(text);
    assert_eq!(fixture.analysis().fix_all(fixture.file), None);
}

#[test]
fn a_block_of_a_called_module_is_imported_in_the_root_alone() {
    let child = "#- child/main.tf\nvariable \"name\" {}\nresource \"azapi_resource\" \"x\" {$0\n  type      = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = \"/subscriptions/s/resourceGroups/g\"\n  name      = var.name\n}\n";
    check(
        &format!("#- main.tf\nmodule \"m\" {{\n  source = \"./child\"\n  name   = \"w\"\n}}\n{child}"),
        "",
        expect![[r#"
            * Import: add an import block for module.m.azapi_resource.x to imports.tf of the root module
            ---
            #- imports.tf (new)
            import {
              to = module.m.azapi_resource.x
              id = "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w"
            }
        "#]],
    );
    check(
        &format!(
            "#- main.tf\nvariable \"names\" {{}}\nmodule \"m\" {{\n  source   = \"./middle\"\n  for_each = var.names\n}}\n#- imports.tf\n\n#- middle/main.tf\nmodule \"n\" {{\n  source = \"../child\"\n  count  = 2\n  name   = \"w${{count.index}}\"\n}}\n{child}"
        ),
        "",
        expect![[r#"
            * Import: add an import block for module.m["key"].module.n[0].azapi_resource.x to imports.tf of the root module
            * Import: add an import block for module.m["key"].module.n[1].azapi_resource.x to imports.tf of the root module
            ---
            #- imports.tf


            import {
              to = module.m["key"].module.n[0].azapi_resource.x
              id = "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w0"
            }
        "#]],
    );
    check(
        &format!(
            "#- main.tf\nmodule \"m\" {{\n  source = \"./child\"\n  name   = \"w\"\n}}\nimport {{\n  to = module.m.azapi_resource.x\n  id = \"/x\"\n}}\n{child}"
        ),
        "",
        expect![[r#"
            ---
        "#]],
    );
}

#[test]
fn imports_are_offered_on_the_header_and_the_name_of_a_block_alone() {
    let text = "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = \"/subscriptions/s/resourceGroups/g\"\n  name = \"w\"\n  body = {\n    properties = { name = \"w\" }\n  }\n}\n";
    let is_offered = |offset: usize| {
        let fixture = Fixture::new(&format!("{}$0{}", &text[..offset], &text[offset..]));
        let range = TextRange::empty(fixture.offset);
        let actions = fixture.analysis().code_actions(fixture.file, range);
        actions.iter().any(|action| action.title.contains("import"))
    };
    let lines = text.split_inclusive('\n').scan(0, |start, line| {
        let offsets = *start..*start + line.trim_end().len();
        *start += line.len();
        Some((line.trim(), offsets))
    });
    let mut marked = Vec::new();
    for (line, mut offsets) in lines {
        if offsets.any(is_offered) {
            marked.push(line);
        }
    }
    assert_eq!(marked, ["resource \"azapi_resource\" \"x\" {", "name = \"w\""]);
}
