//! Keys and values of bodies: what is offered, and what taking it leaves.

use expect_test::{Expect, expect};

use super::{CompletionItem, plain_text};
use crate::ide::fixture::Fixture;
use crate::ide::{Completions, Config, Profile};

/// A body of `Test.Rp/widgets`, whose braces stand around `inside`.
fn in_body(inside: &str) -> String {
    block(&format!("body = {{{inside}}}"))
}

fn in_properties(inside: &str) -> String {
    in_body(&format!("\n    properties = {{{inside}}}\n  "))
}

fn block(arguments: &str) -> String {
    format!(
        "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  {arguments}\n}}\n"
    )
}

fn completions(text: &str) -> (Fixture, Completions) {
    let fixture = Fixture::new(text);
    let found = fixture.analysis().completion(fixture.at());
    (fixture, found)
}

fn labels(text: &str) -> Vec<String> {
    completions(text).1.items.into_iter().map(|item| item.label).collect()
}

/// The file once an item is taken, as editors set its lines in, with the first choice at every stop.
fn taken(fixture: &Fixture, item: &CompletionItem) -> String {
    let text = fixture.text(fixture.file);
    let before = &text[..usize::from(item.edit.range.start())];
    let line = before.rfind('\n').map_or(before, |at| &before[at + 1..]);
    let indent: String = line.chars().take_while(|c| *c == ' ').collect();
    let mut item = item.clone();
    if item.is_snippet {
        item.edit.new_text = plain_text(&item.edit.new_text, &indent);
    }
    fixture.accepted(&item)
}

/// The labels with their types, and what taking one of them leaves.
fn check(text: &str, label: &str, expected: Expect) {
    let (fixture, found) = completions(text);
    let line = |item: &CompletionItem| {
        let beside =
            [item.detail.as_deref(), item.aside.as_deref()].into_iter().flatten().collect::<Vec<_>>();
        format!("{} ({})\n", item.label, beside.join("; "))
    };
    let list: String = found.items.iter().map(line).collect();
    let item = found.items.iter().find(|item| item.label == label);
    let after = item.map_or_else(String::new, |item| taken(&fixture, item));
    expected.assert_eq(&format!("{list}---\n{after}"));
}

/// What the item of a label writes, as a snippet.
fn written(text: &str, label: &str) -> String {
    let (_, found) = completions(text);
    let item = found.items.iter().find(|item| item.label == label);
    item.map_or_else(|| "-".to_owned(), |item| item.edit.new_text.clone())
}

#[test]
fn required_keys_come_first_and_what_azure_sets_does_not_come() {
    check(
        &in_properties("\n      $0\n    "),
        "status",
        expect![[r#"
            required properties (status)
            status ("enabled" | "disabled" | string)
            a.dotted (string)
            colour ("red" | "green")
            count (integer)
            enabled (boolean)
            engine (object by kind)
            engines (array of object by kind)
            mixed (string | object)
            parts (array of object)
            password (string)
            rules (array of object)
            spares (object)
            vault (object)
            ---
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
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
fn the_root_lacks_what_arguments_stand_for() {
    let root = ["required properties", "properties"];
    assert_eq!(labels(&in_body("\n    $0\n  ")), root);
    let update = in_body("\n    $0\n  ").replace("\"azapi_resource\"", "\"azapi_update_resource\"");
    assert!(labels(&update).contains(&"location".to_owned()));
}

#[test]
fn half_a_key_is_completed_to_a_whole_one() {
    for (inside, label, after) in [
        ("\n      sta$0\n    ", "status", "status = \"${1|enabled,disabled|}\""),
        ("\n      cou$0\n    ", "count", "count = $0"),
        ("\n      en$0\n    ", "enabled", "enabled = ${1|true,false|}"),
        ("\n      pass$0\n    ", "password", "password = \"$0\""),
        ("\n      ru$0\n    ", "rules", "rules = [$0]"),
        ("\n      va$0\n    ", "vault", "vault = {\n  $0\n}"),
        ("\n      $0\n    ", "a.dotted", "\"a.dotted\" = \"$0\""),
        ("\n      colo$0 = \"red\"\n    ", "colour", "colour"),
        ("\n      \"colo$0\" = \"red\"\n    ", "colour", "\"colour\""),
        (" sta$0 ", "status", "status = \"${1|enabled,disabled|}\""),
        (" status = \"enabled\", cou$0", "count", "count = $0"),
    ] {
        assert_eq!(written(&in_properties(inside), label), after, "{inside}");
    }
}

#[test]
fn keys_that_are_there_are_left_out_wherever_they_are_written() {
    let labels_of = |inside: &str| labels(&in_properties(inside));
    assert!(!labels_of("\n      status = \"enabled\"\n      $0\n    ").contains(&"status".to_owned()));
    assert!(!labels_of("\n      $0\n      status = \"enabled\"\n    ").contains(&"status".to_owned()));
    let merged = block("body = {\n    properties = merge({ status = \"enabled\" }, {\n      $0\n    })\n  }");
    let merged = labels(&merged);
    assert!(merged.contains(&"count".to_owned()) && !merged.contains(&"status".to_owned()), "{merged:?}");
}

#[test]
fn keys_come_at_any_depth_and_wherever_a_body_is_written() {
    for (text, key) in [
        (in_properties("\n      rules = [{ $0 }]\n    "), "action"),
        (in_properties("\n      rules = [\n        {\n          $0\n        },\n      ]\n    "), "priority"),
        (in_properties("\n      spares = { any = { $0 } }\n    "), "action"),
        (in_properties("\n      parts = [{ parts = [{ la$0 }] }]\n    "), "label"),
        (in_properties("\n      engine = { kind = \"electric\", $0 }\n    "), "volts"),
        (block("sensitive_body = {\n    properties = {\n      $0\n    }\n  }"), "password"),
        (block("body = jsonencode({\n    properties = {\n      $0\n    }\n  })"), "count"),
        (block("body = var.it ? { properties = { $0 } } : { properties = {} }"), "count"),
        (block("body = local.it\n}\nlocals {\n  it = {\n    properties = {\n      $0\n    }\n  }"), "count"),
        (
            block(
                "body = var.it\n}\nvariable \"it\" {\n  default = {\n    properties = {\n      $0\n    }\n  }",
            ),
            "count",
        ),
        (block("body = true ? { properties = { $0 } } : null"), "count"),
        (in_properties("\n      $0").trim_end_matches('}').trim_end().to_owned(), "count"),
    ] {
        let found = labels(&text);
        assert!(found.contains(&key.to_owned()), "{text}: {found:?}");
    }
}

#[test]
fn without_a_known_discriminator_every_shape_has_its_keys() {
    check(
        &in_properties("\n      engine = {\n        $0\n      }\n    "),
        "required properties: electric",
        expect![[r#"
            required properties: electric (kind, volts)
            required properties: steam (kind)
            kind ("electric" | "steam")
            volts (integer; if kind = electric)
            running (boolean)
            valves (array of object; if kind = steam)
            ---
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              body = {
                properties = {
                  engine = {
                    kind  = "electric"
                    volts = 0
                  }
                }
              }
            }
        "#]],
    );
    let steam =
        labels(&in_properties("\n      engine = {\n        kind = \"steam\"\n        $0\n      }\n    "));
    assert_eq!(steam, ["running", "valves"]);
}

#[test]
fn all_that_is_required_is_filled_in_at_once() {
    check(
        &in_body("\n    $0\n  "),
        "required properties",
        expect![[r#"
            required properties (properties)
            properties (object)
            ---
            resource "azapi_resource" "x" {
              type = "Test.Rp/widgets@2024-01-01"
              body = {
                properties = {
                  status = "enabled"
                }
              }
            }
        "#]],
    );
    assert_eq!(
        written(&in_body("\n    $0\n  "), "required properties"),
        "properties = {\n  status = \"${1|enabled,disabled|}\"\n}"
    );
}

#[test]
fn values_are_those_of_the_type() {
    for (inside, expected) in [
        ("\n      status = $0\n    ", &["enabled", "disabled"][..]),
        ("\n      status = \"$0\"\n    ", &["enabled", "disabled"]),
        ("\n      status = \"en$0", &["enabled", "disabled"]),
        ("\n      colour = \"$0\"\n    ", &["red", "green"]),
        ("\n      colour = gre$0\n    ", &["red", "green"]),
        ("\n      enabled = $0\n    ", &["true", "false"]),
        ("\n      enabled = tr$0\n    ", &["true", "false"]),
        ("\n      count = $0\n    ", &[]),
        ("\n      engine = { kind = \"$0\" }\n    ", &["electric", "steam"]),
        ("\n      rules = $0\n    ", &["[ ]"]),
        ("\n      rules = [$0]\n    ", &["{ }", "{ required properties }"]),
        ("\n      rules = [{ action = \"$0\" }]\n    ", &["red", "green"]),
        ("\n      status = true ? \"$0\" : null\n    ", &["enabled", "disabled"]),
        ("\n      status = \"${var.a}$0\"\n    ", &[]),
    ] {
        assert_eq!(labels(&in_properties(inside)), expected, "{inside}");
    }
}

#[test]
fn a_value_replaces_what_is_written_of_one() {
    for (before, label, after) in [
        ("status = $0", "enabled", "status = \"enabled\""),
        ("status =$0", "enabled", "status = \"enabled\""),
        ("status = \"$0\"", "enabled", "status = \"enabled\""),
        ("status = \"dis$0abled\"", "enabled", "status = \"enabled\""),
        ("status = \"en$0", "enabled", "status = \"enabled\""),
        ("status = en$0", "enabled", "status = \"enabled\""),
        ("enabled = $0", "true", "enabled = true"),
        ("enabled = fa$0", "true", "enabled = true"),
    ] {
        let text = in_properties(&format!("\n      {before}\n    "));
        let (fixture, found) = completions(&text);
        let item = found.items.iter().find(|item| item.label == label).expect(before);
        let line = taken(&fixture, item).lines().nth(4).unwrap_or_default().trim().to_owned();
        assert_eq!(line, after, "{before}");
    }
}

#[test]
fn an_id_is_one_of_the_modules_blocks_that_can_be_meant() {
    let module = r#"
resource "azapi_resource" "vnet" {
  type = "Microsoft.Network/virtualNetworks@2024-05-01"
  name = "v"
}
resource "azapi_resource" "subnets" {
  for_each = toset(["a"])
  type     = "Microsoft.Network/virtualNetworks/subnets@2024-05-01"
}
resource "azurerm_subnet" "old" {
  count = 2
}
resource "azapi_resource" "nic" {
  type = "Microsoft.Network/networkInterfaces@2024-05-01"
  body = {
    properties = {
      ipConfigurations = [{ properties = { subnet = { id = $0 } } }]
    }
  }
}
"#;
    let fixture = Fixture::shipped(module);
    let found = fixture.analysis().completion(fixture.at());
    let labels: Vec<&str> = found.items.iter().map(|item| item.label.as_str()).collect();
    assert_eq!(labels, ["azapi_resource.subnets[\"a\"].id", "azurerm_subnet.old[0].id"]);
}

#[test]
fn a_location_is_that_of_the_parent_or_a_region() {
    let text = r#"
resource "azapi_resource" "rg" {
  type     = "Microsoft.Resources/resourceGroups@2021-04-01"
  location = "westeurope"
}
resource "azapi_resource" "x" {
  type      = "Test.Rp/widgets@2024-01-01"
  parent_id = azapi_resource.rg.id
  location  = "$0"
}
"#;
    let (fixture, found) = completions(text);
    assert_eq!(found.items[0].label, "azapi_resource.rg.location");
    assert!(taken(&fixture, &found.items[0]).contains("  location  = azapi_resource.rg.location\n"));
    assert!(found.items.iter().any(|item| item.label == "swedencentral"));
}

#[test]
fn documentation_is_found_by_what_an_item_is_about() {
    let (fixture, found) = completions(&in_properties("\n      $0\n    "));
    let item = found.items.iter().find(|item| item.label == "colour").expect("a key");
    let topic = item.topic.as_ref().expect("what it is about");
    let text = fixture.analysis().completion_documentation(fixture.file, topic).expect("documentation");
    assert!(text.contains("Its colour"), "{text}");
}

#[test]
fn the_input_of_a_function_is_a_body() {
    let action = |body: &str| {
        format!(
            "resource \"azapi_resource_action\" \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  action = \"regenerateKey\"\n  body = {{{body}}}\n}}\n"
        )
    };
    assert_eq!(labels(&action("\n    $0\n  ")), ["required properties", "which"]);
}

#[test]
fn a_companion_completes_bodies_too() {
    for profile in [Profile::Companion, Profile::Standalone] {
        let mut fixture = Fixture::new(&in_properties("\n      $0\n    "));
        fixture.set_config(Config { profile, ..Config::default() });
        assert!(!fixture.analysis().completion(fixture.at()).items.is_empty());
    }
}

#[test]
fn where_nothing_is_known_nothing_is_offered() {
    for text in [
        in_properties("\n      vault = {\n        key = \"$0\"\n      }\n    "),
        in_properties("\n      # $0\n    "),
        in_properties("\n      nope = {\n        $0\n      }\n    "),
        in_properties("\n      status = \"enabled\" $0\n    "),
        in_body("\n    $0\n  ").replace("Test.Rp/widgets@", "Test.Rp/nope@"),
    ] {
        assert_eq!(labels(&text), [""; 0], "{text}");
    }
}
