//! Values of arguments, whole blocks and references.

use super::plain_text;
use crate::ide::Completions;
use crate::ide::fixture::Fixture;

fn completions(text: &str) -> (Fixture, Completions) {
    let fixture = Fixture::new(text);
    let found = fixture.analysis().completion(fixture.at());
    (fixture, found)
}

fn labels(text: &str) -> Vec<String> {
    completions(text).1.items.into_iter().map(|item| item.label).collect()
}

fn alone(text: &str) -> Vec<String> {
    let fixture = Fixture::alone(text);
    fixture.analysis().completion(fixture.at()).items.into_iter().map(|item| item.label).collect()
}

fn taken(text: &str, label: &str) -> String {
    let (fixture, found) = completions(text);
    let Some(mut item) = found.items.iter().find(|item| item.label == label).cloned() else {
        return format!("no {label} among {:?}", found.items.iter().map(|it| &it.label).collect::<Vec<_>>());
    };
    if item.is_snippet {
        item.edit.new_text = plain_text(&item.edit.new_text, "  ");
    }
    fixture.accepted(&item)
}

const MODULE: &str = r#"
resource "azapi_resource" "rg" {
  type     = "Microsoft.Resources/resourceGroups@2024-01-01"
  location = "westeurope"
}
resource "azurerm_resource_group" "old" {}
data "azurerm_resource_group" "read" {}
data "azapi_client_config" "me" {}
resource "azapi_resource" "widget" {
  type      = "Test.Rp/widgets@2024-01-01"
  parent_id = azapi_resource.rg.id
}
resource "azapi_resource" "many" {
  for_each = toset(["a", "b"])
  type     = "Test.Rp/widgets@2024-01-01"
}
resource "azapi_resource" "counted" {
  count = 2
  type  = "Test.Rp/widgets@2024-01-01"
}
"#;

fn asking(ty: &str, line: &str) -> String {
    format!("{MODULE}resource \"azapi_resource\" \"x\" {{\n  type = \"{ty}\"\n  {line}\n}}\n")
}

#[test]
fn a_parent_is_a_block_of_a_type_that_is_legal_there() {
    let group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
    for line in ["parent_id = $0", "parent_id = \"$0\"", "parent_id = az$0", "parent_id = \"$0"] {
        assert_eq!(
            labels(&asking("Test.Rp/widgets@2024-01-01", line)),
            [
                "azapi_resource.rg.id",
                "azurerm_resource_group.old.id",
                "data.azurerm_resource_group.read.id",
                group
            ],
            "{line}"
        );
    }
    assert_eq!(
        labels(&asking("Test.Rp/widgets/gears@2024-01-01", "parent_id = $0")),
        [
            "azapi_resource.widget.id",
            "azapi_resource.many[\"a\"].id",
            "azapi_resource.counted[0].id",
            "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}"
        ]
    );
    assert_eq!(
        labels(&asking("Test.Rp/widgets/gears@2024-01-01", "for_each = {}\n  parent_id = $0"))[1],
        "azapi_resource.many[each.key].id"
    );
    let subscription = labels(&asking("Microsoft.Resources/resourceGroups@2024-01-01", "parent_id = $0"));
    assert_eq!(subscription[0], "data.azapi_client_config.me.subscription_resource_id");
}

#[test]
fn what_no_expression_can_name_is_offered_nowhere() {
    for name in ["", "a b", "1", "a.b", "${x}"] {
        let group = format!(
            "resource \"azapi_resource\" \"{name}\" {{\n  type     = \"Microsoft.Resources/resourceGroups@2024-01-01\"\n  location = \"westeurope\"\n}}\nvariable \"{name}\" {{}}\nmodule \"{name}\" {{}}\n"
        );
        let asking = |line: &str| {
            format!(
                "{group}resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  {line}\n}}\n"
            )
        };
        assert_eq!(
            labels(&asking("parent_id = $0")),
            ["/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"],
            "{name}"
        );
        let locations = labels(&asking("location = $0"));
        assert!(!locations.iter().any(|label| label.contains('.')), "{name}: {locations:?}");
        assert_eq!(alone(&asking("name = azapi_resource.$0")), ["x"], "{name}");
        for root in ["var", "module"] {
            assert_eq!(alone(&asking(&format!("name = {root}.$0"))), [""; 0], "{name}");
        }
        let fixture = Fixture::new(&asking("name = \"x\"$0"));
        let found = fixture.analysis().diagnostics(fixture.at().file);
        let missing: Vec<_> = found.iter().filter(|it| it.code == "missing-parent-id").collect();
        assert!(missing.len() == 1 && missing[0].fixes.is_empty(), "{name}: {missing:?}");
    }
}

#[test]
fn taking_a_parent_leaves_a_reference_without_quotes() {
    for line in ["parent_id = $0", "parent_id = \"$0\"", "parent_id = \"az$0\"", "parent_id = azapi_$0"] {
        let after = taken(&asking("Test.Rp/widgets@2024-01-01", line), "azapi_resource.rg.id");
        assert!(after.contains("  parent_id = azapi_resource.rg.id\n"), "{line}: {after}");
    }
    let group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
    let after = taken(&asking("Test.Rp/widgets@2024-01-01", "parent_id = \"$0\""), group);
    assert!(
        after.contains("  parent_id = \"/subscriptions/subscriptionId/resourceGroups/resourceGroupName\"\n"),
        "{after}"
    );
}

#[test]
fn child_types_of_the_parent_alone_are_offered_where_it_is_known() {
    let ty = |parent: &str, typed: &str| {
        labels(&format!(
            "{MODULE}resource \"azapi_resource\" \"x\" {{\n  parent_id = {parent}\n  type = \"{typed}$0\"\n}}\n"
        ))
    };
    assert_eq!(ty("azapi_resource.widget.id", ""), ["widgets/config", "widgets/gears"]);
    assert_eq!(ty("azapi_resource.widget.id", "gea"), ["widgets/gears"]);
    assert_eq!(ty("azapi_resource.widget.id", "resourceGroups"), [""; 0]);
    let in_group = ty("azapi_resource.rg.id", "");
    assert!(in_group.contains(&"widgets".to_owned()) && !in_group.contains(&"widgets/gears".to_owned()));
}

#[test]
fn actions_methods_and_identities_have_their_values() {
    let action = |line: &str| {
        format!(
            "resource \"azapi_resource_action\" \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  {line}\n}}\n"
        )
    };
    assert_eq!(labels(&action("action = \"$0\"")), ["listKeys", "regenerateKey"]);
    assert!(labels(&action("method = \"$0\"")).contains(&"POST".to_owned()));
    let block = |line: &str| asking("Test.Rp/widgets@2024-01-01", line);
    assert!(labels(&block("identity {\n    type = \"$0\"\n  }")).contains(&"SystemAssigned".to_owned()));
    assert_eq!(labels(&block("schema_validation_enabled = $0")), ["true", "false"]);
    let resource = labels(&format!("{MODULE}{}", action("resource_id = $0")));
    assert_eq!(resource[0], "azapi_resource.widget.id");
}

#[test]
fn paths_are_those_that_exist() {
    let block = |line: &str| labels(&asking("Test.Rp/widgets@2024-01-01", line));
    let exported = block("response_export_values = [\"$0\"]");
    assert_eq!(exported[0], "*");
    assert!(exported.contains(&"properties.createdAt".to_owned()));
    assert!(!exported.contains(&"properties.password".to_owned()));
    let deeper = block("response_export_values = [\"properties.vault.$0\"]");
    assert_eq!(deeper, ["properties.vault.key"]);
    assert!(block("replace_triggers_refs = [\"properties.co$0\"]").contains(&"properties.colour".to_owned()));
    let ignored = block("ignore_body_changes = [\"$0\"]");
    assert!(ignored.contains(&"tags".to_owned()) && !ignored.contains(&"properties.createdAt".to_owned()));
    let secret =
        "sensitive_body = { properties = { password = \"p\" } }\n  sensitive_body_version = {\n    $0\n  }";
    assert_eq!(block(secret), ["properties.password"]);
}

#[test]
fn behind_output_stands_what_is_exported() {
    let output = |exports: &str, path: &str| {
        labels(&format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n{exports}\n}}\noutput \"o\" {{\n  value = azapi_resource.x.{path}$0\n}}\n"
        ))
    };
    assert!(output("response_export_values = [\"*\"]", "output.").contains(&"properties".to_owned()));
    assert!(output("response_export_values = [\"*\"]", "output.properties.").contains(&"status".to_owned()));
    let limited = "response_export_values = [\"properties.createdAt\", \"id\"]";
    assert_eq!(output(limited, "output."), ["id", "properties"]);
    assert_eq!(output(limited, "output.properties."), ["createdAt"]);
    assert_eq!(output("response_export_values = { made = \"properties.createdAt\" }", "output."), ["made"]);
    assert_eq!(output("", "output.properties."), ["createdAt"]);
    assert_eq!(output("body = { properties = { status = \"enabled\" } }", "body.properties."), ["status"]);
}

#[test]
fn alone_the_modules_names_are_completed() {
    let at = |expression: &str| {
        alone(&format!(
            "variable \"size\" {{}}\nlocals {{\n  here = 1\n}}\n{MODULE}output \"o\" {{\n  value = {expression}$0\n}}\n"
        ))
    };
    assert_eq!(at("var."), ["size"]);
    assert_eq!(at("local.h"), ["here"]);
    assert_eq!(at("azapi_resource."), ["counted", "many", "rg", "widget"]);
    assert!(at("azapi_resource.rg.").contains(&"id".to_owned()));
    assert_eq!(at("data.azapi_client_config."), ["me"]);
    assert_eq!(at("each."), ["key", "value"]);
    assert_eq!(labels("output \"o\" {\n  value = var.$0\n}\nvariable \"v\" {}\n"), [""; 0]);
}

#[test]
fn whole_blocks_are_offered_where_a_block_may_begin() {
    for text in ["$0", "res$0", "variable \"x\" {}\n\n$0\n", "resource \"a\" \"b\" {\n}\naz$0"] {
        let found = labels(text);
        assert_eq!(found.first().map(String::as_str), Some("resource \"azapi_resource\""), "{text}");
        assert!(found.contains(&"provider \"azapi\"".to_owned()), "{text}");
    }
    for text in
        ["resource \"a\" \"b\" {\n$0\n}\n", "# re$0", "/*\nre$0\n*/", "locals {\n$0", "x = <<E\n$0\nE\n"]
    {
        assert_eq!(labels(text), [""; 0], "{text}");
    }
    // Editors rank by how far in front a match is, so all begin alike.
    let filtered = completions("azapi$0").1.items;
    assert!(
        filtered.iter().all(|item| item.filter_text.as_deref().is_some_and(|text| text.starts_with("azapi")))
    );
    assert_eq!(
        completions("re$0").1.items[0].edit.new_text,
        "resource \"azapi_resource\" \"${1:name}\" {\n  type      = \"$2\"\n  parent_id = $3\n  name      = \"$4\"\n  location  = \"$5\"\n  body = {\n    $6\n  }\n}"
    );
}

#[test]
fn a_label_may_bring_the_rest_of_its_block() {
    let (fixture, found) = completions("resource \"az$0\"");
    let item = found.items.iter().find(|item| item.label == "azapi_resource {…}").expect("a whole block");
    let after = fixture.accepted(item);
    assert!(
        after.starts_with("resource \"azapi_resource\" \"${1:name}\" {\n") && after.ends_with("\n}"),
        "{after}"
    );
    assert_eq!(labels("resource \"az$0\" \"x\" {\n}\n"), [""; 0]);
}

#[test]
fn what_a_type_has_no_use_for_comes_last() {
    let found = alone(
        "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets/gears@2024-01-01\"\n  $0\n}\n",
    );
    let place = |name: &str| found.iter().position(|label| label == name).expect(name);
    assert_eq!(found[..2], ["parent_id", "name"]);
    assert!(
        place("location") > place("response_export_values") && place("identity") > place("body"),
        "{found:?}"
    );
    let found =
        alone("resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  $0\n}\n");
    assert_eq!(found[..5], ["parent_id", "name", "location", "body", "body, required properties"]);
    let found =
        alone("resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/shapes@2024-01-01\"\n  $0\n}\n");
    let filled: Vec<&String> = found.iter().filter(|label| label.starts_with("body, ")).collect();
    assert_eq!(filled, ["body, required properties: Circle", "body, required properties: Square"]);
}

#[test]
fn the_providers_own_block_has_its_arguments() {
    for text in [
        "provider \"azapi\" {\n  $0\n}\n",
        "provider \"azapi\" {\n  subs$0",
        "provider \"azapi\" {\n  use_cli = true\n  s$0\n}\n",
    ] {
        let found = alone(text);
        assert!(found.contains(&"subscription_id".to_owned()), "{text}: {found:?}");
        assert_eq!(found.contains(&"use_cli".to_owned()), !text.contains("use_cli"), "{text}");
        assert_eq!(labels(text), [""; 0], "{text}");
    }
    for text in [
        "provider \"azurerm\" {\n  $0\n}\n",
        "provider \"azapi\" {\n  use_cli = $0\n}\n",
        "provider \"azapi\" {}\n$0x",
    ] {
        assert!(!alone(text).contains(&"subscription_id".to_owned()), "{text}");
    }
}
