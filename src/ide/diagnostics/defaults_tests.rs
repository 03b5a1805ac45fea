//! Faults that hang on the defaults of variables.

use expect_test::expect;

use super::tests::{check, check_none, fixes_of};
use crate::ide::fixture::Fixture;

/// A widget with these properties, and what stands beside it.
fn widget(properties: &str, beside: &str) -> String {
    format!(
        "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = var.p\n  body = {{\n    properties = {{\n      status = \"enabled\"\n      {properties}\n    }}\n  }}\n}}\n{beside}\n"
    )
}

#[test]
fn a_default_that_the_provider_refuses_is_a_warning_where_it_is_written() {
    let main = widget("colour = var.colour", "");
    check(
        &format!("#- main.tf\n{main}#- variables.tf\nvariable \"colour\" {{\n  default = $0\"blue\"\n}}\n"),
        expect![[r#"
            |   default = "blue"
            |             ^^^^^^ Warning invalid-value
            `colour` must be one of `red`, `green`, not `blue` (the default of `var.colour`)
            -- main.tf
            | resource "azapi_resource" "x" {
            | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ part of the body of `azapi_resource.x`
        "#]],
    );
    check_none(&widget("colour = var.colour", "variable \"colour\" {\n  default = \"red\"\n}"));
    check_none(&widget("colour = var.colour", "variable \"colour\" {\n  default = null\n}"));
    check_none(&widget("colour = var.colour", "variable \"colour\" {}"));
}

#[test]
fn a_default_of_a_part_is_looked_into() {
    let object = "variable \"o\" {\n  type = object({ count = optional(number, 101), colour = optional(string) })\n  default = {}\n}";
    check(
        &widget("count = var.o.count\n      colour = var.o.colour", object),
        expect![[r#"
            |   type = object({ count = optional(number, 101), colour = optional(string) })
            |                                            ^^^ Warning out-of-range
            `count` must be -1 to 100, not 101: Azure will likely refuse it (the default of `var.o`)
            -- main.tf
            | resource "azapi_resource" "x" {
            | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ part of the body of `azapi_resource.x`
        "#]],
    );
}

#[test]
fn a_default_that_is_not_sent_is_no_fault() {
    let blue = "variable \"colour\" {\n  default = \"blue\"\n}";
    check_none(&widget("colour = var.colour == \"blue\" ? \"red\" : var.colour", blue));
    check_none(&widget("colour = lookup({ blue = \"red\" }, var.colour, \"green\")", blue));
}

#[test]
fn what_to_write_as_a_default_is_left_to_the_author() {
    let text = widget("colour = var.colour", "variable \"colour\" {\n  default = \"Red\"\n}");
    assert_eq!(fixes_of(&text), [0]);
}

/// A widget whose type is what a variable gives by default.
fn widget_of(ty: &str, properties: &str, beside: &str) -> String {
    format!(
        "variable \"types\" {{\n  type    = object({{ this = optional(string, \"Test.Rp/widgets@2024-01-01\") }})\n  default = {{}}\n}}\nresource \"azapi_resource\" \"x\" {{\n  type = {ty}\n  parent_id = var.p\n  body = {{\n    properties = {{\n      {properties}\n    }}\n  }}\n  {beside}\n}}\n"
    )
}

#[test]
fn a_body_of_a_type_by_default_is_judged_by_it_with_warnings_that_say_so() {
    check(
        &widget_of("var.types.this", "status = \"enabled\"\n      colours = \"red\"", ""),
        expect![[r#"
            |       colours = "red"
            |       ^^^^^^^ Warning unknown-property
            `colours` is no property of `properties`; nearest: `colour` (with the default of `var.types`)
        "#]],
    );
    check(
        &widget_of("var.types.this", "colour = \"red\"", ""),
        expect![[r#"
        |     properties = {
        |     ^^^^^^^^^^ Warning missing-property
        `status` is missing in `properties` (with the default of `var.types`)
    "#]],
    );
    check_none(&widget_of("var.types.this", "status = \"enabled\"\n      colour = \"red\"", ""));
    check_none(&widget_of("var.types.this", "status = var.status", ""));
    check_none(&widget_of("var.unknown", "colours = \"red\"", ""));
    // What the author switched off is information.
    check(
        &widget_of(
            "var.types.this",
            "status = \"enabled\"\n      colours = \"red\"",
            "schema_validation_enabled = false",
        ),
        expect![[r#"
            |       colours = "red"
            |       ^^^^^^^ Information unknown-property
            `colours` is no property of `properties`; nearest: `colour` (with the default of `var.types`)
        "#]],
    );
}

/// A block whose type is a gear, or what `types` says, by default.
fn gear_of(rows: &str) -> String {
    format!(
        "variable \"types\" {{\n  default = {{ gear = \"Test.Rp/widgets/gears@2024-01-01\", widget = \"Test.Rp/widgets@2024-01-01\" }}\n}}\nvariable \"c\" {{\n  default = false\n}}\nresource \"azapi_resource\" \"x\" {{\n  {rows}\n}}\nresource \"azapi_resource\" \"widget\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = \"/subscriptions/s/resourceGroups/g\"\n}}\n"
    )
}

#[test]
fn a_parent_beside_a_type_by_default_is_judged_by_it_with_warnings_that_say_so() {
    check(
        &gear_of("type = var.types.gear\n  parent_id = \"/subscriptions/s/resourceGroups/g\""),
        expect![[r#"
            |   parent_id = "/subscriptions/s/resourceGroups/g"
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Warning invalid-parent-id
            `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group (with the default of `var.types`)
            -- main.tf
            |   type = var.types.gear
            |          ^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
    check(
        &gear_of("type = var.types.widget\n  parent_id = azapi_resource.widget.id"),
        expect![[r#"
        |   parent_id = azapi_resource.widget.id
        |               ^^^^^^^^^^^^^^^^^^^^^^^^ Warning invalid-parent-id
        `parent_id` should be a resource group: `Test.Rp/widgets` is no extension of a widget (`Test.Rp/widgets`) (with the default of `var.types`)
        -- main.tf
        | resource "azapi_resource" "widget" {
        |                            ^^^^^^ `azapi_resource.widget` is declared here, a widget (`Test.Rp/widgets`)
        -- main.tf
        |   type = var.types.widget
        |          ^^^^^^^^^^^^^^^^ `Test.Rp/widgets` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`
    "#]],
    );
    check(
        &gear_of("type = \"${var.types.gear}\""),
        expect![[r#"
        | resource "azapi_resource" "x" {
        | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Warning missing-parent-id
        `parent_id` is missing: `Test.Rp/widgets/gears` lives under a widget (`Test.Rp/widgets`) (with the default of `var.types`)
        -- main.tf
        |   type = "${var.types.gear}"
        |          ^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
    "#]],
    );
    for right in [
        "type = var.types.gear\n  parent_id = azapi_resource.widget.id",
        "type = var.types.gear\n  parent_id = var.p",
        // What the condition says may follow the type that is given.
        "type = var.types.gear\n  parent_id = var.c ? \"/subscriptions/s/resourceGroups/g\" : azapi_resource.widget.id",
        "type = var.c ? var.types.gear : var.types.widget\n  parent_id = var.p",
        "type = var.types.none\n  parent_id = \"/subscriptions/s\"",
        "type = var.unknown\n  parent_id = \"/subscriptions/s\"",
    ] {
        check_none(&gear_of(right));
    }
}

#[test]
fn names_and_what_stands_for_properties_are_judged_by_a_type_by_default() {
    let gear = |rows: &str| {
        gear_of(&format!("type = var.types.gear\n  parent_id = azapi_resource.widget.id\n  {rows}"))
    };
    check(
        &gear("location = \"west\"\n  identity {\n    type = \"SystemAssigned\"\n  }"),
        expect![[r#"
        |   location = "west"
        |   ^^^^^^^^ Warning unknown-property
        `location` is no property of `Test.Rp/widgets/gears` (with the default of `var.types`)
        |   identity {
        |   ^^^^^^^^ Warning unknown-property
        `identity` is no property of `Test.Rp/widgets/gears` (with the default of `var.types`)
    "#]],
    );
    check(
        &gear("location = \"west\"\n  body = {}"),
        expect![[r#"
        |   location = "west"
        |   ^^^^^^^^ Warning unknown-property
        `location` is no property of `Test.Rp/widgets/gears` (with the default of `var.types`)
    "#]],
    );
    let config = |name: &str| {
        gear(&format!("name = \"{name}\"\n  body = {{ port = 1 }}"))
            .replace("widgets/gears", "widgets/config")
    };
    check(
        &config("other"),
        expect![[r#"
        |   name = "other"
        |          ^^^^^^^ Warning invalid-value
        `name` must be one of `logs`, `web`, not `other` (with the default of `var.types`)
    "#]],
    );
    check_none(&config("web"));
}

#[test]
fn what_another_variable_decides_may_follow_the_type() {
    check_none(&widget_of(
        "var.types.this",
        "status = var.types.this == \"Test.Rp/widgets@2024-01-01\" ? \"enabled\" : null\n      colour = var.types.this == \"a\" ? \"blue\" : \"red\"",
        "",
    ));
}

#[test]
fn a_body_at_a_version_by_default_is_judged_by_it() {
    let widget = |version: &str, properties: &str| {
        format!(
            "variable \"v\" {{\n  default = \"{version}\"\n}}\nresource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets@${{var.v}}\"\n  parent_id = var.p\n  body = {{ properties = {{ {properties} }} }}\n}}\n"
        )
    };
    check(
        &widget("2023-01-01", "status = \"enabled\", colour = \"red\""),
        expect![[r#"
        |   body = { properties = { status = "enabled", colour = "red" } }
        |                                               ^^^^^^ Warning unknown-property
        `colour` is no property of `properties` (with the default of `var.v`)
    "#]],
    );
    check_none(&widget("2024-01-01", "status = \"enabled\", colour = \"red\""));
    check_none(&widget("2024-01-01", "status = var.v == \"2024-01-01\" ? \"enabled\" : 1"));
}

#[test]
fn of_several_variables_the_one_that_is_named_first_is_told_whatever_was_looked_at_before() {
    let told = |[first, second]: [&str; 2], of_another: &str| {
        let text = format!(
            "variable \"{first}\" {{\n  default = \"Test.Rp/widgets\"\n}}\nvariable \"{second}\" {{\n  default = \"2024-01-01\"\n}}\nresource \"azapi_resource\" \"before\" {{\n  type = {of_another}\n}}\nresource \"azapi_resource\" \"x\" {{\n  type = \"${{var.{first}}}@${{var.{second}}}\"\n  parent_id = var.p\n  body = {{\n    properties = {{\n      status = \"enabled\"\n      colours = \"red\"\n    }}\n  }}\n}}\n"
        );
        let fixture = Fixture::new(&text);
        let found = fixture.analysis().diagnostics(fixture.file).into_iter();
        found.filter(|one| one.code == "unknown-property").map(|one| one.message).collect::<Vec<_>>()
    };
    // One name may begin like the other.
    for names in [["b", "a"], ["b", "bc"], ["bc", "b"]] {
        let [first, second] = names;
        let expected = format!(
            "`colours` is no property of `properties`; nearest: `colour` (with the default of `var.{first}`)"
        );
        for of_another in [
            format!("var.{first}"),
            format!("var.{second}"),
            format!("\"${{var.{second}}}${{var.{first}}}\""),
        ] {
            assert_eq!(told(names, &of_another), [expected.as_str()], "{names:?}, {of_another}");
        }
    }
}
