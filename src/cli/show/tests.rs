//! The output of `show` on the toy types.

use super::*;
use crate::schema::toy;
use expect_test::{Expect, expect};

fn printed(reference: &str, path: &str, format: Format) -> String {
    let args = ShowArgs {
        type_reference: reference.to_owned(),
        path: (!path.is_empty()).then(|| path.to_owned()),
        format,
    };
    let mut out = Vec::new();
    match run(&args, toy::schema(), &mut out) {
        Ok(()) => String::from_utf8(out).expect("text"),
        Err(error) => format!("error: {error}\n"),
    }
}

fn check(reference: &str, path: &str, expect: Expect) {
    expect.assert_eq(&printed(reference, path, Format::Text));
}

/// JSON in one line, in the order of its fields.
fn check_json(reference: &str, path: &str, expect: Expect) {
    let lines = printed(reference, path, Format::Json);
    let line: String = lines.lines().map(str::trim_start).collect::<Vec<_>>().join(" ");
    expect.assert_eq(&line);
}

#[test]
fn a_type_shows_where_it_lives_and_its_versions() {
    check(
        "test.rp/WIDGETS",
        "",
        expect![[r#"
            Test.Rp/widgets
              parent_id      /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}
              import id      /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}
              functions      listKeys
                             regenerateKey
                             start
              child types    config
                             gears
              api-versions   2024-01-01
                             2024-01-01-preview
                             2023-01-01
                             2022-05-01-preview
              documentation  https://learn.microsoft.com/en-us/azure/templates/test.rp/2024-01-01/widgets?pivots=deployment-language-terraform
        "#]],
    );
    check_json(
        "test.rp/WIDGETS",
        "",
        expect![[
            r#"{ "type": "Test.Rp/widgets", "api_versions": [ "2024-01-01", "2024-01-01-preview", "2023-01-01", "2022-05-01-preview" ], "parent_id_patterns": [ "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}" ], "import_id": "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}", "functions": [ "listKeys", "regenerateKey", "start" ] }"#
        ]],
    );
}

#[test]
fn a_version_shows_its_scopes_and_its_body() {
    check(
        "Test.Rp/widgets@2023-01-01",
        "",
        expect![[r#"
            Test.Rp/widgets@2023-01-01
              readable at    resource-group
              writable at    resource-group
              documentation  https://learn.microsoft.com/en-us/azure/templates/test.rp/2023-01-01/widgets?pivots=deployment-language-terraform
            object
              apiVersion  "2023-01-01"       read-only, deploy-time-constant
              id          string             read-only, deploy-time-constant
              name        string             required, deploy-time-constant
              properties  object             required
              type        "Test.Rp/widgets"  read-only, deploy-time-constant
        "#]],
    );
    check_json(
        "Test.Rp/widgets@2023-01-01",
        "",
        expect![[
            r#"{ "type": "Test.Rp/widgets", "api_version": "2023-01-01", "readable_scopes": [ "resource-group" ], "writable_scopes": [ "resource-group" ], "path": "", "property": { "type": { "kind": "object", "properties": [ { "name": "apiVersion", "flags": [ "read-only", "deploy-time-constant" ], "description": "The resource api version", "type": { "kind": "literal", "value": "2023-01-01" } }, { "name": "id", "flags": [ "read-only", "deploy-time-constant" ], "description": "The resource id", "type": { "kind": "string" } }, { "name": "name", "flags": [ "required", "deploy-time-constant" ], "description": "The resource name", "type": { "kind": "string" } }, { "name": "properties", "flags": [ "required" ], "description": "The properties", "type": { "kind": "object" } }, { "name": "type", "flags": [ "read-only", "deploy-time-constant" ], "description": "The resource type", "type": { "kind": "literal", "value": "Test.Rp/widgets" } } ] } } }"#
        ]],
    );
}

#[test]
fn a_property_shows_flags_words_and_type() {
    check(
        "Test.Rp/widgets@2024-01-01",
        "properties.status",
        expect![[r#"
        Test.Rp/widgets@2024-01-01
        properties.status  "enabled" | "disabled" | string  required
          Whether it is in use
          since 2022-05-01-preview
    "#]],
    );
    check_json(
        "Test.Rp/widgets@2024-01-01",
        "properties.status",
        expect![[
            r#"{ "type": "Test.Rp/widgets", "api_version": "2024-01-01", "readable_scopes": [ "subscription", "resource-group" ], "writable_scopes": [ "resource-group" ], "path": "properties.status", "property": { "name": "status", "flags": [ "required" ], "description": "Whether it is in use", "type": { "kind": "union", "elements": [ { "kind": "literal", "value": "enabled" }, { "kind": "literal", "value": "disabled" }, { "kind": "string" } ] } } }"#
        ]],
    );
}

#[test]
fn absent_facts_are_absent_keys() {
    check_json(
        "Test.Rp/widgets@2024-01-01",
        "properties.enabled",
        expect![[
            r#"{ "type": "Test.Rp/widgets", "api_version": "2024-01-01", "readable_scopes": [ "subscription", "resource-group" ], "writable_scopes": [ "resource-group" ], "path": "properties.enabled", "property": { "name": "enabled", "type": { "kind": "boolean" } } }"#
        ]],
    );
    check_json(
        "Test.Rp/widgets@2024-01-01",
        "tags",
        expect![[
            r#"{ "type": "Test.Rp/widgets", "api_version": "2024-01-01", "readable_scopes": [ "subscription", "resource-group" ], "writable_scopes": [ "resource-group" ], "path": "tags", "property": { "name": "tags", "description": "Tags", "type": { "kind": "object", "additional_properties": { "kind": "string" } } } }"#
        ]],
    );
}

#[test]
fn constraints_are_shown() {
    check_json(
        "Test.Rp/widgets@2024-01-01",
        "properties.parts.*",
        expect![[
            r#"{ "type": "Test.Rp/widgets", "api_version": "2024-01-01", "readable_scopes": [ "subscription", "resource-group" ], "writable_scopes": [ "resource-group" ], "path": "properties.parts.*", "property": { "type": { "kind": "object", "properties": [ { "name": "label", "flags": [ "required" ], "description": "Its label", "type": { "kind": "string", "min_length": 1, "max_length": 10, "pattern": "^[a-z]+$" } }, { "name": "parts", "description": "Smaller parts", "type": { "kind": "array", "items": { "kind": "object" } } } ] } } }"#
        ]],
    );
    check_json(
        "Test.Rp/widgets@2024-01-01",
        "properties.rules",
        expect![[
            r#"{ "type": "Test.Rp/widgets", "api_version": "2024-01-01", "readable_scopes": [ "subscription", "resource-group" ], "writable_scopes": [ "resource-group" ], "path": "properties.rules", "property": { "name": "rules", "description": "Rules, in order", "type": { "kind": "array", "items": { "kind": "object" }, "min_length": 1, "max_length": 5 } } }"#
        ]],
    );
    check_json(
        "Test.Rp/widgets@2024-01-01",
        "properties.count",
        expect![[
            r#"{ "type": "Test.Rp/widgets", "api_version": "2024-01-01", "readable_scopes": [ "subscription", "resource-group" ], "writable_scopes": [ "resource-group" ], "path": "properties.count", "property": { "name": "count", "description": "How many", "type": { "kind": "integer", "min_value": -1, "max_value": 100 } } }"#
        ]],
    );
    check_json(
        "Test.Rp/widgets@2024-01-01",
        "properties.vault",
        expect![[
            r#"{ "type": "Test.Rp/widgets", "api_version": "2024-01-01", "readable_scopes": [ "subscription", "resource-group" ], "writable_scopes": [ "resource-group" ], "path": "properties.vault", "property": { "name": "vault", "type": { "kind": "object", "properties": [ { "name": "key", "flags": [ "required" ], "type": { "kind": "string", "min_length": 8, "max_length": 64, "sensitive": true } } ], "additional_properties": { "kind": "any" }, "sensitive": true } } }"#
        ]],
    );
}

#[test]
fn an_object_among_the_elements_asked_for_is_spelled_out() {
    check_json(
        "Test.Rp/widgets@2024-01-01",
        "properties.mixed",
        expect![[
            r#"{ "type": "Test.Rp/widgets", "api_version": "2024-01-01", "readable_scopes": [ "subscription", "resource-group" ], "writable_scopes": [ "resource-group" ], "path": "properties.mixed", "property": { "name": "mixed", "type": { "kind": "union", "elements": [ { "kind": "string" }, { "kind": "object", "properties": [ { "name": "action", "flags": [ "required" ], "description": "What to do", "type": { "kind": "union", "elements": [ { "kind": "literal", "value": "red" }, { "kind": "literal", "value": "green" } ] } }, { "name": "priority", "type": { "kind": "integer", "min_value": -1, "max_value": 100 } } ] } ] } } }"#
        ]],
    );
}

#[test]
fn a_discriminated_body_shows_base_properties_and_variants() {
    check(
        "Test.Rp/shapes@2024-01-01",
        "",
        expect![[r#"
            Test.Rp/shapes@2024-01-01
              readable at    resource-group
              writable at    resource-group
              documentation  https://learn.microsoft.com/en-us/azure/templates/test.rp/2024-01-01/shapes?pivots=deployment-language-terraform
            object by kind
              apiVersion     "2024-01-01"      read-only, deploy-time-constant
              id             string            read-only, deploy-time-constant
              name           string            required, deploy-time-constant
              type           "Test.Rp/shapes"  read-only, deploy-time-constant
              [kind=Circle]  object
              [kind=Square]  object
        "#]],
    );
    check_json(
        "Test.Rp/shapes@2024-01-01",
        "",
        expect![[
            r#"{ "type": "Test.Rp/shapes", "api_version": "2024-01-01", "readable_scopes": [ "resource-group" ], "writable_scopes": [ "resource-group" ], "path": "", "property": { "type": { "kind": "discriminated", "discriminator": "kind", "properties": [ { "name": "apiVersion", "flags": [ "read-only", "deploy-time-constant" ], "type": { "kind": "literal", "value": "2024-01-01" } }, { "name": "id", "flags": [ "read-only", "deploy-time-constant" ], "type": { "kind": "string" } }, { "name": "name", "flags": [ "required", "deploy-time-constant" ], "description": "The resource name", "type": { "kind": "string" } }, { "name": "type", "flags": [ "read-only", "deploy-time-constant" ], "type": { "kind": "literal", "value": "Test.Rp/shapes" } } ], "variants": { "Circle": { "kind": "object" }, "Square": { "kind": "object" } } } } }"#
        ]],
    );
    check(
        "Test.Rp/shapes@2024-01-01",
        "[kind=Circle]",
        expect![[r#"
        Test.Rp/shapes@2024-01-01
        [kind=Circle]  object
          since 2024-01-01
          kind        "Circle"  required
          properties  object
    "#]],
    );
}

#[test]
fn a_path_without_a_version_is_looked_up_in_the_newest_stable_one() {
    check(
        "Test.Rp/widgets",
        "properties.colour",
        expect![[r#"
        Test.Rp/widgets@2024-01-01
        properties.colour  "red" | "green"
          Its colour
          since 2024-01-01-preview
    "#]],
    );
}

#[test]
fn what_is_unknown_gives_near_names() {
    check(
        "Test.Rp/widget",
        "",
        expect![[r#"
        error: there is no resource type `Test.Rp/widget`; nearest: Test.Rp/widgets, Test.Rp/widgetSets
    "#]],
    );
    check(
        "Test.Rp/widgets@2024-01-02",
        "",
        expect![[r#"
            error: Test.Rp/widgets has no api-version `2024-01-02`; nearest: 2024-01-01, 2023-01-01; newest: 2024-01-01
        "#]],
    );
    check(
        "Test.Rp/widgets@latest",
        "",
        expect![[r#"
            error: Test.Rp/widgets has no api-version `latest`; newest: 2024-01-01
        "#]],
    );
    check(
        "Test.Rp/widgets@2024-01-01",
        "properties.statuss",
        expect![[r#"
        error: Test.Rp/widgets@2024-01-01: `properties` has no `statuss`; nearest: status
    "#]],
    );
    check(
        "Test.Rp/widgets@2024-01-01",
        "properties..x",
        expect![[r#"
        error: Test.Rp/widgets@2024-01-01: the path is cut short or malformed at byte 11: expected the name of a property
    "#]],
    );
    check(
        "Test.Rp/noResource",
        "",
        expect![[r#"
        error: `Test.Rp/noResource` is no resource type, it has functions only: check
    "#]],
    );
}
