use expect_test::expect;

use crate::ide::diagnostics::tests::{check, check_none};

/// A gear whose parent is what `parent` says, among other blocks.
fn gear_under(parent: &str, others: &str) -> String {
    format!(
        "resource \"azapi_resource\" \"gear\" {{\n  type = \"Test.Rp/widgets/gears@2024-01-01\"\n  parent_id = {parent}\n}}\n{others}"
    )
}

const GROUP: &str = r#"
resource "azapi_resource" "group" {
  type = "Microsoft.Resources/resourceGroups@2024-01-01"
}
"#;

const WIDGET: &str = r#"
resource "azapi_resource" "widget" {
  type      = "Test.Rp/widgets@2024-01-01"
  parent_id = "/subscriptions/s/resourceGroups/g"
}
"#;

#[test]
fn a_child_type_refuses_its_grandparent() {
    check(
        &gear_under("azapi_resource.group.id", GROUP),
        expect![[r#"
            |   parent_id = azapi_resource.group.id
            |               ^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group
            -- main.tf
            | resource "azapi_resource" "group" {
            |                            ^^^^^ `azapi_resource.group` is declared here, a resource group
            -- main.tf
            |   type = "Test.Rp/widgets/gears@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
}

#[test]
fn a_child_type_accepts_its_parent() {
    check_none(&gear_under("azapi_resource.widget.id", WIDGET));
}

#[test]
fn a_child_type_refuses_the_literal_id_of_another_type() {
    check(
        &gear_under("\"/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgetSets/w\"", ""),
        expect![[r#"
            |   parent_id = "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgetSets/w"
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be a widget (`Test.Rp/widgets`), not a widget set (`Test.Rp/widgetSets`)
            -- main.tf
            |   type = "Test.Rp/widgets/gears@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
}

#[test]
fn casing_of_ids_does_not_matter() {
    check_none(&gear_under("\"/Subscriptions/s/RESOURCEGROUPS/g/Providers/test.rp/WIDGETS/w/\"", ""));
}

#[test]
fn a_template_with_unknown_names_is_known_in_shape() {
    check(
        &gear_under("\"/subscriptions/${var.s}/resourceGroups/${var.g}\"", ""),
        expect![[r#"
            |   parent_id = "/subscriptions/${var.s}/resourceGroups/${var.g}"
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group
            -- main.tf
            |   type = "Test.Rp/widgets/gears@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
    check_none(&gear_under(
        "\"/subscriptions/${var.s}/resourceGroups/${var.g}/providers/Test.Rp/widgets/${var.w}\"",
        "",
    ));
    check_none(&gear_under("\"${azapi_resource.group.id}/providers/Test.Rp/widgets/w\"", GROUP));
    check_none(&gear_under("\"${var.widget}\"", ""));
    check_none(&gear_under("\"${var.group}/providers/Test.Rp/widgets/w\"", ""));
}

#[test]
fn a_template_on_a_block_of_another_type_is_refused() {
    check(
        &gear_under("\"${azapi_resource.group.id}/providers/Test.Rp/widgetSets/w\"", GROUP),
        expect![[r#"
            |   parent_id = "${azapi_resource.group.id}/providers/Test.Rp/widgetSets/w"
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be a widget (`Test.Rp/widgets`), not a widget set (`Test.Rp/widgetSets`)
            -- main.tf
            | resource "azapi_resource" "group" {
            |                            ^^^^^ `azapi_resource.group` is declared here, a resource group
            -- main.tf
            |   type = "Test.Rp/widgets/gears@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
}

#[test]
fn a_value_that_is_not_known_is_silent() {
    for parent in [
        "var.parent",
        "module.m.id",
        "each.value",
        "null_resource.x.id",
        "azapi_resource.gone.id",
        "local.gone",
    ] {
        check_none(&gear_under(parent, ""));
    }
}

#[test]
fn a_variables_default_is_no_verdict() {
    check_none(&gear_under("var.parent", "variable \"parent\" { default = \"/subscriptions/s\" }\n"));
}

#[test]
fn a_local_is_followed() {
    check(
        &gear_under("local.parents.a", "locals { parents = { a = \"/subscriptions/s\" } }\n"),
        expect![[r#"
            |   parent_id = local.parents.a
            |               ^^^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be a widget (`Test.Rp/widgets`), not a subscription
            -- main.tf
            |   type = "Test.Rp/widgets/gears@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
}

#[test]
fn a_conditional_is_refused_when_both_outcomes_are_and_warned_of_when_one_is() {
    check(
        &gear_under(
            "var.x ? azapi_resource.widget.id : azapi_resource.group.id",
            &format!("{WIDGET}{GROUP}"),
        ),
        expect![[r#"
            |   parent_id = var.x ? azapi_resource.widget.id : azapi_resource.group.id
            |                                                  ^^^^^^^^^^^^^^^^^^^^^^^ Warning invalid-parent-id
            `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group (when `var.x` is false)
            -- main.tf
            | resource "azapi_resource" "group" {
            |                            ^^^^^ `azapi_resource.group` is declared here, a resource group
            -- main.tf
            |   type = "Test.Rp/widgets/gears@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
    check(
        &gear_under("var.x ? \"/subscriptions/s\" : azapi_resource.group.id", GROUP),
        expect![[r#"
            |   parent_id = var.x ? "/subscriptions/s" : azapi_resource.group.id
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be a widget (`Test.Rp/widgets`), not a subscription or a resource group
            -- main.tf
            | resource "azapi_resource" "group" {
            |                            ^^^^^ `azapi_resource.group` is declared here, a resource group
            -- main.tf
            |   type = "Test.Rp/widgets/gears@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
}

#[test]
fn an_instance_of_a_counted_block_has_the_blocks_type() {
    let counted = GROUP.replace("{\n", "{\n  count = 1\n");
    check(
        &gear_under("azapi_resource.group[0].id", &counted),
        expect![[r#"
            |   parent_id = azapi_resource.group[0].id
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group
            -- main.tf
            | resource "azapi_resource" "group" {
            |                            ^^^^^ `azapi_resource.group` is declared here, a resource group
            -- main.tf
            |   type = "Test.Rp/widgets/gears@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
    check(
        &gear_under("azapi_resource.group[*].id", &counted),
        expect![[r#"
            |   parent_id = azapi_resource.group[*].id
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it is a list
            -- main.tf
            |   type = "Test.Rp/widgets/gears@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
    // Terraform refuses both before the provider sees them.
    check_none(&gear_under("azapi_resource.group.id", &counted));
    check_none(&gear_under("azapi_resource.group[0].id", GROUP));
}

#[test]
fn azurerm_blocks_whose_type_is_known_are_parents() {
    let group = "resource \"azurerm_resource_group\" \"g\" {}\n";
    check(
        &gear_under("azurerm_resource_group.g.id", group),
        expect![[r#"
            |   parent_id = azurerm_resource_group.g.id
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group
            -- main.tf
            | resource "azurerm_resource_group" "g" {}
            |                                    ^ `azurerm_resource_group.g` is declared here
            -- main.tf
            |   type = "Test.Rp/widgets/gears@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
    let subscription = "data \"azurerm_subscription\" \"s\" {}\n";
    check(
        &gear_under("data.azurerm_subscription.s.id", subscription),
        expect![[r#"
            |   parent_id = data.azurerm_subscription.s.id
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be a widget (`Test.Rp/widgets`), not a subscription
            -- main.tf
            | data "azurerm_subscription" "s" {}
            |                              ^ `data.azurerm_subscription.s` is declared here
            -- main.tf
            |   type = "Test.Rp/widgets/gears@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
}

#[test]
fn ids_built_by_functions_are_read() {
    let wrong = "provider::azapi::resource_group_resource_id(\"s\", \"g\", \"Test.Rp/widgetSets\", [\"w\"])";
    check(
        &gear_under(wrong, ""),
        expect![[r#"
            |   parent_id = provider::azapi::resource_group_resource_id("s", "g", "Test.Rp/widgetSets", ["w"])
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be a widget (`Test.Rp/widgets`), not a widget set (`Test.Rp/widgetSets`)
            -- main.tf
            |   type = "Test.Rp/widgets/gears@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
    let right = "provider::azapi::resource_group_resource_id(\"s\", \"g\", \"Test.Rp/widgets\", [\"w\"])";
    check_none(&gear_under(right, ""));
}

#[test]
fn a_parent_that_is_no_arm_id_is_refused() {
    check(
        &gear_under("\"https://example.com/subscriptions/s\"", ""),
        expect![[r#"
            |   parent_id = "https://example.com/subscriptions/s"
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it is a URL
            -- main.tf
            |   type = "Test.Rp/widgets/gears@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
    check(
        &gear_under("\"widget\"", ""),
        expect![[r#"
            |   parent_id = "widget"
            |               ^^^^^^^^ Error invalid-parent-id
            `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it does not begin with `/`
            -- main.tf
            |   type = "Test.Rp/widgets/gears@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
    check(
        &gear_under("\"/subscriptions/s?api-version=2024-01-01\"", ""),
        expect![[r#"
            |   parent_id = "/subscriptions/s?api-version=2024-01-01"
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it holds `api-version=`
            -- main.tf
            |   type = "Test.Rp/widgets/gears@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
}

fn top_level(type_name: &str, parent: &str) -> String {
    format!(
        "resource \"azapi_resource\" \"x\" {{\n  type = \"{type_name}\"\n  parent_id = \"{parent}\"\n}}\n"
    )
}

#[test]
fn a_top_level_type_lives_at_its_readable_scopes() {
    check(
        &top_level("Test.Rp/widgets@2023-01-01", "/subscriptions/s"),
        expect![[r#"
            |   parent_id = "/subscriptions/s"
            |               ^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be a resource group, not a subscription
            -- main.tf
            |   type = "Test.Rp/widgets@2023-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`
        "#]],
    );
    check_none(&top_level("Test.Rp/widgets@2023-01-01", "/subscriptions/s/resourceGroups/g"));
    check(
        &top_level("Test.Rp/tenantThings@2024-01-01", "/subscriptions/s"),
        expect![[r#"
            |   parent_id = "/subscriptions/s"
            |               ^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be the tenant (`/`), not a subscription
            -- main.tf
            |   type = "Test.Rp/tenantThings@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/tenantThings` lives under `/`
        "#]],
    );
    check_none(&top_level("Test.Rp/tenantThings@2024-01-01", "/"));
}

#[test]
fn a_type_of_groups_under_a_resource_is_a_warning() {
    check(
        &top_level(
            "Test.Rp/widgets@2023-01-01",
            "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgetSets/w",
        ),
        expect![[r#"
            |   parent_id = "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgetSets/w"
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Warning invalid-parent-id
            `parent_id` should be a resource group: `Test.Rp/widgets` is no extension of a widget set (`Test.Rp/widgetSets`)
            -- main.tf
            |   type = "Test.Rp/widgets@2023-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`
        "#]],
    );
}

#[test]
fn an_extension_accepts_any_parent() {
    check_none(&top_level("Test.Rp/extras@2024-01-01", "/subscriptions/s"));
    check_none(&top_level("Test.Rp/extras@2024-01-01", "/"));
}

#[test]
fn a_scope_that_can_be_read_but_not_written_is_a_warning() {
    check(
        &top_level("Test.Rp/widgets@2024-01-01", "/subscriptions/s"),
        expect![[r#"
            |   parent_id = "/subscriptions/s"
            |               ^^^^^^^^^^^^^^^^^^ Warning invalid-parent-id
            `parent_id` should be a resource group: `Test.Rp/widgets` can be read but not created under a subscription
            -- main.tf
            |   type = "Test.Rp/widgets@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`
        "#]],
    );
}

#[test]
fn data_sources_are_judged_too_but_lists_are_not() {
    check(
        "data \"azapi_resource_id\" \"x\" {\n  type = \"Test.Rp/widgets/gears@2024-01-01\"\n  parent_id = \"/subscriptions/s\"\n}\n",
        expect![[r#"
            | data "azapi_resource_id" "x" {
            | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error missing-argument
            `name` is missing: `parent_id` needs it
            |   parent_id = "/subscriptions/s"
            |               ^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` must be a widget (`Test.Rp/widgets`), not a subscription
            -- main.tf
            |   type = "Test.Rp/widgets/gears@2024-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
    check_none(
        "data \"azapi_resource_list\" \"x\" {\n  type = \"Test.Rp/widgets@2023-01-01\"\n  parent_id = \"/subscriptions/s\"\n}\n",
    );
}

#[test]
fn what_decides_the_type_and_the_parent_decides_both_at_once() {
    let block = |parent: &str| {
        format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = var.slot ? \"Test.Rp/widgets/gears@2024-01-01\" : \"Test.Rp/widgets@2024-01-01\"\n  parent_id = {parent}\n}}\nresource \"azapi_resource\" \"widget\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = azurerm_resource_group.group.id\n}}\nresource \"azapi_resource\" \"shape\" {{\n  type = \"Test.Rp/shapes@2024-01-01\"\n  parent_id = azurerm_resource_group.group.id\n}}\nresource \"azurerm_resource_group\" \"group\" {{\n  name = \"g\"\n}}\n"
        )
    };
    let (widget, group) = ("azapi_resource.widget.id", "azurerm_resource_group.group.id");
    for right in [
        format!("var.slot ? {widget} : {group}"),
        format!("!var.slot ? {group} : {widget}"),
        format!("var.slot ? {widget} : var.p"),
        format!("var.slot ? {widget} : null"),
        // Right beside one of the types.
        widget.to_owned(),
        format!("var.other ? {widget} : {group}"),
    ] {
        check_none(&block(&right));
    }
    let beside_unknown = |parent: &str| {
        block(parent).replace(
            "\"Test.Rp/widgets@2024-01-01\"\n  parent_id = var.slot",
            "var.t\n  parent_id = var.slot",
        )
    };
    for right in [format!("var.slot ? {widget} : {group}"), format!("var.slot ? {widget} : {widget}")] {
        check_none(&beside_unknown(&right));
    }
    check(
        &beside_unknown(&format!("var.slot ? {group} : {widget}")),
        expect![[r#"
            |   parent_id = var.slot ? azurerm_resource_group.group.id : azapi_resource.widget.id
            |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Warning invalid-parent-id
            `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group (when `var.slot` is true)
            -- main.tf
            | resource "azurerm_resource_group" "group" {
            |                                    ^^^^^ `azurerm_resource_group.group` is declared here
            -- main.tf
            |   type = var.slot ? "Test.Rp/widgets/gears@2024-01-01" : var.t
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
    check(
        &block(&format!("var.slot ? {group} : {widget}")),
        expect![[r#"
        |   parent_id = var.slot ? azurerm_resource_group.group.id : azapi_resource.widget.id
        |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Warning invalid-parent-id
        `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group (when `var.slot` is true)
        -- main.tf
        | resource "azurerm_resource_group" "group" {
        |                                    ^^^^^ `azurerm_resource_group.group` is declared here
        -- main.tf
        |   type = var.slot ? "Test.Rp/widgets/gears@2024-01-01" : "Test.Rp/widgets@2024-01-01"
        |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        |   parent_id = var.slot ? azurerm_resource_group.group.id : azapi_resource.widget.id
        |                                                            ^^^^^^^^^^^^^^^^^^^^^^^^ Warning invalid-parent-id
        `parent_id` should be a resource group: `Test.Rp/widgets` is no extension of a widget (`Test.Rp/widgets`) (when `var.slot` is false)
        -- main.tf
        | resource "azapi_resource" "widget" {
        |                            ^^^^^^ `azapi_resource.widget` is declared here, a widget (`Test.Rp/widgets`)
        -- main.tf
        |   type = var.slot ? "Test.Rp/widgets/gears@2024-01-01" : "Test.Rp/widgets@2024-01-01"
        |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`
    "#]],
    );
    check(
        &block(&format!("var.slot ? {group} : var.p")),
        expect![[r#"
        |   parent_id = var.slot ? azurerm_resource_group.group.id : var.p
        |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Warning invalid-parent-id
        `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group (when `var.slot` is true)
        -- main.tf
        | resource "azurerm_resource_group" "group" {
        |                                    ^^^^^ `azurerm_resource_group.group` is declared here
        -- main.tf
        |   type = var.slot ? "Test.Rp/widgets/gears@2024-01-01" : "Test.Rp/widgets@2024-01-01"
        |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
    "#]],
    );
    check(
        &block("azapi_resource.shape.id"),
        expect![[r#"
        |   parent_id = azapi_resource.shape.id
        |               ^^^^^^^^^^^^^^^^^^^^^^^ Warning invalid-parent-id
        `parent_id` must be a widget (`Test.Rp/widgets`), not a shape (`Test.Rp/shapes`)
        -- main.tf
        | resource "azapi_resource" "shape" {
        |                            ^^^^^ `azapi_resource.shape` is declared here, a shape (`Test.Rp/shapes`)
        -- main.tf
        |   type = var.slot ? "Test.Rp/widgets/gears@2024-01-01" : "Test.Rp/widgets@2024-01-01"
        |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
    "#]],
    );
    check(
        &block(&format!("var.other ? azapi_resource.shape.id : {group}")),
        expect![[r#"
        |   parent_id = var.other ? azapi_resource.shape.id : azurerm_resource_group.group.id
        |                           ^^^^^^^^^^^^^^^^^^^^^^^ Warning invalid-parent-id
        `parent_id` must be a widget (`Test.Rp/widgets`), not a shape (`Test.Rp/shapes`) (when `var.other` is true)
        -- main.tf
        | resource "azapi_resource" "shape" {
        |                            ^^^^^ `azapi_resource.shape` is declared here, a shape (`Test.Rp/shapes`)
        -- main.tf
        |   type = var.slot ? "Test.Rp/widgets/gears@2024-01-01" : "Test.Rp/widgets@2024-01-01"
        |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
    "#]],
    );
}

#[test]
fn what_try_takes_in_the_place_of_a_branch_is_not_put_down_to_the_branch() {
    let parent = "try(var.flag ? azapi_resource.widget.id : var.other.id, \"w\")";
    let others = format!("{WIDGET}variable \"flag\" {{}}\nvariable \"other\" {{}}\n");
    check(
        &gear_under(parent, &others),
        expect![[r#"
        |   parent_id = try(var.flag ? azapi_resource.widget.id : var.other.id, "w")
        |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Warning invalid-parent-id
        `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it does not begin with `/` (when `var.flag` is false)
        -- main.tf
        |   type = "Test.Rp/widgets/gears@2024-01-01"
        |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Test.Rp/widgets/gears` lives under `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
    "#]],
    );
}

#[test]
fn what_stands_behind_a_name_in_try_is_not_judged() {
    let others = format!("{WIDGET}variable \"any\" {{}}\n");
    for certain in ["var.any", "local.any", "azapi_resource.widget.id", "\"${azapi_resource.widget.id}\""] {
        check_none(&gear_under(&format!("try({certain}, [])"), &others));
    }
    check_none(&gear_under("try(var.any ? var.any : azapi_resource.widget.id, var.any, \"w\")", &others));
}
