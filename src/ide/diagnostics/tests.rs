use expect_test::{Expect, expect};

use crate::ide::fixture::Fixture;

fn check(text: &str, expected: Expect) {
    let fixture = Fixture::new(text);
    expected.assert_eq(&fixture.draw(&fixture.analysis().diagnostics(fixture.file)));
}

fn check_none(text: &str) {
    check(text, expect![[""]]);
}

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
            `Test.Rp/widgets/gears` cannot live under a `Microsoft.Resources/resourceGroups`; expected a parent of the form `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
            -- main.tf
            | resource "azapi_resource" "group" {
            |                            ^^^^^ `azapi_resource.group` is declared here, a `Microsoft.Resources/resourceGroups`
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
            `Test.Rp/widgets/gears` cannot live under a `Test.Rp/widgetSets`; expected a parent of the form `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
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
            `Test.Rp/widgets/gears` cannot live under a `Microsoft.Resources/resourceGroups`; expected a parent of the form `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
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
            `Test.Rp/widgets/gears` cannot live under a `Test.Rp/widgetSets`; expected a parent of the form `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
            -- main.tf
            | resource "azapi_resource" "group" {
            |                            ^^^^^ `azapi_resource.group` is declared here, a `Microsoft.Resources/resourceGroups`
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
            `Test.Rp/widgets/gears` cannot live under a `Microsoft.Resources/subscriptions`; expected a parent of the form `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
}

#[test]
fn a_conditional_is_wrong_only_when_both_outcomes_are() {
    check_none(&gear_under(
        "var.x ? azapi_resource.widget.id : azapi_resource.group.id",
        &format!("{WIDGET}{GROUP}"),
    ));
    check(
        &gear_under("var.x ? \"/subscriptions/s\" : azapi_resource.group.id", GROUP),
        expect![[r#"
            |   parent_id = var.x ? "/subscriptions/s" : azapi_resource.group.id
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `Test.Rp/widgets/gears` cannot live under a `Microsoft.Resources/subscriptions`; expected a parent of the form `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
            -- main.tf
            | resource "azapi_resource" "group" {
            |                            ^^^^^ `azapi_resource.group` is declared here, a `Microsoft.Resources/resourceGroups`
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
            `Test.Rp/widgets/gears` cannot live under a `Microsoft.Resources/resourceGroups`; expected a parent of the form `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
            -- main.tf
            | resource "azapi_resource" "group" {
            |                            ^^^^^ `azapi_resource.group` is declared here, a `Microsoft.Resources/resourceGroups`
        "#]],
    );
    check_none(&gear_under("azapi_resource.group[*].id", &counted));
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
            `Test.Rp/widgets/gears` cannot live under a `Microsoft.Resources/resourceGroups`; expected a parent of the form `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
            -- main.tf
            | resource "azurerm_resource_group" "g" {}
            |                                    ^ `azurerm_resource_group.g` is declared here
        "#]],
    );
    let subscription = "data \"azurerm_subscription\" \"s\" {}\n";
    check(
        &gear_under("data.azurerm_subscription.s.id", subscription),
        expect![[r#"
            |   parent_id = data.azurerm_subscription.s.id
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `Test.Rp/widgets/gears` cannot live under a `Microsoft.Resources/subscriptions`; expected a parent of the form `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
            -- main.tf
            | data "azurerm_subscription" "s" {}
            |                              ^ `data.azurerm_subscription.s` is declared here
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
            `Test.Rp/widgets/gears` cannot live under a `Test.Rp/widgetSets`; expected a parent of the form `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
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
            `parent_id` is no ARM id: it is a URL; expected a parent of the form `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
    check(
        &gear_under("\"widget\"", ""),
        expect![[r#"
            |   parent_id = "widget"
            |               ^^^^^^^^ Error invalid-parent-id
            `parent_id` is no ARM id: it does not begin with `/`; expected a parent of the form `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
    check(
        &gear_under("\"/subscriptions/s?api-version=2024-01-01\"", ""),
        expect![[r#"
            |   parent_id = "/subscriptions/s?api-version=2024-01-01"
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `parent_id` is no ARM id: it holds `api-version=`; expected a parent of the form `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
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
            `Test.Rp/widgets` cannot live under a `Microsoft.Resources/subscriptions`; expected a parent of the form `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`
        "#]],
    );
    check_none(&top_level("Test.Rp/widgets@2023-01-01", "/subscriptions/s/resourceGroups/g"));
    check(
        &top_level("Test.Rp/tenantThings@2024-01-01", "/subscriptions/s"),
        expect![[r#"
            |   parent_id = "/subscriptions/s"
            |               ^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `Test.Rp/tenantThings` cannot live under a `Microsoft.Resources/subscriptions`; expected a parent of the form `/`
        "#]],
    );
    check_none(&top_level("Test.Rp/tenantThings@2024-01-01", "/"));
}

#[test]
fn a_resource_in_a_group_counts_as_that_group() {
    let id = "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgetSets/w";
    check_none(&top_level("Test.Rp/widgets@2023-01-01", id));
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
            `Test.Rp/widgets` can be read but not created under a `Microsoft.Resources/subscriptions`; expected a parent of the form `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`
        "#]],
    );
}

#[test]
fn data_sources_are_judged_too_but_lists_are_not() {
    check(
        "data \"azapi_resource_id\" \"x\" {\n  type = \"Test.Rp/widgets/gears@2024-01-01\"\n  parent_id = \"/subscriptions/s\"\n}\n",
        expect![[r#"
            |   parent_id = "/subscriptions/s"
            |               ^^^^^^^^^^^^^^^^^^ Error invalid-parent-id
            `Test.Rp/widgets/gears` cannot live under a `Microsoft.Resources/subscriptions`; expected a parent of the form `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`
        "#]],
    );
    check_none(
        "data \"azapi_resource_list\" \"x\" {\n  type = \"Test.Rp/widgets@2023-01-01\"\n  parent_id = \"/subscriptions/s\"\n}\n",
    );
}

#[test]
fn a_missing_parent_is_told_but_for_resource_groups() {
    check(
        "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n}\n",
        expect![[r#"
            | resource "azapi_resource" "x" {
            | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error missing-parent-id
            `parent_id` is missing: `Test.Rp/widgets` needs a parent, such as `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`
        "#]],
    );
    check(
        "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = null\n}\n",
        expect![[r#"
            |   parent_id = null
            |               ^^^^ Error missing-parent-id
            `parent_id` is missing: `Test.Rp/widgets` needs a parent, such as `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`
        "#]],
    );
    check_none(
        "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.Resources/resourceGroups@2024-01-01\"\n}\n",
    );
    check_none("resource \"azapi_resource\" \"x\" {\n  type = var.type\n}\n");
}

fn typed(type_value: &str) -> String {
    format!("resource \"azapi_resource\" \"x\" {{\n  type = {type_value}\n  parent_id = var.p\n}}\n")
}

#[test]
fn a_type_must_have_its_form() {
    check(
        &typed("\"Test.Rp/widgets\""),
        expect![[r#"
            |   type = "Test.Rp/widgets"
            |          ^^^^^^^^^^^^^^^^^ Error invalid-type-format
            `type` is `Test.Rp/widgets`; it must be `<resource-type>@<api-version>`, such as `Test.Rp/widgets@2024-01-01`
        "#]],
    );
    check(
        &typed("\"\""),
        expect![[r#"
            |   type = ""
            |          ^^ Error invalid-type-format
            `type` is ``; it must be `<resource-type>@<api-version>`, such as `Microsoft.Resources/resourceGroups@2024-01-01`
        "#]],
    );
    check(
        &typed("5"),
        expect![[r#"
            |   type = 5
            |          ^ Error invalid-type-format
            `type` is `5`; it must be `<resource-type>@<api-version>`, such as `Microsoft.Resources/resourceGroups@2024-01-01`
        "#]],
    );
    check_none(&typed("\"${var.type}\""));
    check_none(&typed("\"Test.Rp/widgets@${var.version}\""));
}

#[test]
fn an_unknown_type_names_the_nearest() {
    check(
        &typed("\"Test.Rp/widgetz@2020-01-01\""),
        expect![[r#"
            |   type = "Test.Rp/widgetz@2020-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error unknown-resource-type
            There is no resource type `Test.Rp/widgetz`; nearest: `Test.Rp/widgets`, `Test.Rp/widgetSets`
        "#]],
    );
}

#[test]
fn an_unknown_version_is_an_error_only_when_it_is_older_than_the_data_by_a_year() {
    check(
        &typed("\"Test.Rp/widgets@2022-01-01\""),
        expect![[r#"
            |   type = "Test.Rp/widgets@2022-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error unknown-api-version
            `Test.Rp/widgets` has no api-version `2022-01-01`; nearest: `2024-01-01`, `2023-01-01`; the newest is `2024-01-01`
        "#]],
    );
    check(
        &typed("\"Test.Rp/widgets@2025-01-01\""),
        expect![[r#"
            |   type = "Test.Rp/widgets@2025-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Warning unknown-api-version
            `Test.Rp/widgets` has no api-version `2025-01-01`; nearest: `2024-01-01`, `2023-01-01`; the newest is `2024-01-01` (type data up to 2024-01-01)
        "#]],
    );
    check(
        &typed("\"Test.Rp/widgets@latest\""),
        expect![[r#"
            |   type = "Test.Rp/widgets@latest"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^ Error unknown-api-version
            `Test.Rp/widgets` has no api-version `latest`; the newest is `2024-01-01`
        "#]],
    );
}

#[test]
fn a_switched_off_check_makes_it_information() {
    check(
        "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2022-01-01\"\n  parent_id = var.p\n  schema_validation_enabled = false\n}\n",
        expect![[r#"
            |   type = "Test.Rp/widgets@2022-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Information unknown-api-version
            `Test.Rp/widgets` has no api-version `2022-01-01`; nearest: `2024-01-01`, `2023-01-01`; the newest is `2024-01-01`
        "#]],
    );
}

#[test]
fn a_block_that_the_provider_does_not_check_gives_a_warning() {
    check(
        "data \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2022-01-01\"\n}\n",
        expect![[r#"
            |   type = "Test.Rp/widgets@2022-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Warning unknown-api-version
            `Test.Rp/widgets` has no api-version `2022-01-01`; nearest: `2024-01-01`, `2023-01-01`; the newest is `2024-01-01` (type data up to 2024-01-01)
        "#]],
    );
}

#[test]
fn a_version_behind_a_local_is_known() {
    check(
        &typed("\"Test.Rp/widgets@${local.v}\"")
            .replace("resource \"", "locals { v = \"2022-01-01\" }\nresource \""),
        expect![[r#"
            |   type = "Test.Rp/widgets@${local.v}"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Error unknown-api-version
            `Test.Rp/widgets` has no api-version `2022-01-01`; nearest: `2024-01-01`, `2023-01-01`; the newest is `2024-01-01`
        "#]],
    );
}

#[test]
fn a_comment_suppresses_its_codes() {
    check_none(
        "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/nope@2020-01-01\" # azapi-ls-ignore: unknown-resource-type  private preview\n  parent_id = var.p\n}\n",
    );
    check_none(
        "resource \"azapi_resource\" \"x\" {\n  # azapi-ls-ignore: invalid-parent-id, unknown-resource-type\n  type = \"Test.Rp/nope@2020-01-01\"\n  parent_id = var.p\n}\n",
    );
    check(
        "resource \"azapi_resource\" \"x\" {\n  # azapi-ls-ignore: invalid-parent-id\n  type = \"Test.Rp/nope@2020-01-01\"\n  parent_id = var.p\n}\n",
        expect![[r#"
            |   type = "Test.Rp/nope@2020-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^ Error unknown-resource-type
            There is no resource type `Test.Rp/nope`; nearest: `Test.Rp/both`, `Test.Rp/moved`, `Test.Rp/shapes`
        "#]],
    );
}

#[test]
fn a_broken_block_does_not_hide_the_findings_of_others() {
    check(
        &format!(
            "resource \"azapi_resource\" \"broken\" {{\n  name = \"x\n{}",
            typed("\"Test.Rp/nope@2020-01-01\"")
        ),
        expect![[r#"
            |   name = "x
            |            ^ Error syntax-error
            the closing quote `"` is missing
            |   type = "Test.Rp/nope@2020-01-01"
            |          ^^^^^^^^^^^^^^^^^^^^^^^^^ Error unknown-resource-type
            There is no resource type `Test.Rp/nope`; nearest: `Test.Rp/both`, `Test.Rp/moved`, `Test.Rp/shapes`
        "#]],
    );
}

#[test]
fn action_blocks_state_their_type_in_config() {
    check(
        "action \"azapi_resource_action\" \"x\" {\n  config {\n    type = \"Test.Rp/nope@2020-01-01\"\n  }\n}\n",
        expect![[r#"
            |     type = "Test.Rp/nope@2020-01-01"
            |            ^^^^^^^^^^^^^^^^^^^^^^^^^ Warning unknown-resource-type
            There is no resource type `Test.Rp/nope`; nearest: `Test.Rp/both`, `Test.Rp/moved`, `Test.Rp/shapes` (type data up to 2024-01-01)
        "#]],
    );
}

#[test]
fn the_published_example_has_no_error() {
    let text = include_str!("../../../tests/data/modules/token/main.tf");
    let fixture = Fixture::shipped(text);
    assert_eq!(fixture.analysis().diagnostics(fixture.file), []);
}
