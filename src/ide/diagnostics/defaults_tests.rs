//! Faults that hang on the defaults of variables.

use expect_test::expect;

use super::tests::{check, check_none, fixes_of};

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
