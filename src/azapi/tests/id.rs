use super::harness::{id, parent, table, with};

#[test]
fn literals_and_what_is_wrong_with_them() {
    table(
        |row| id(&parent(row)),
        &[
            ("\"/\"", "/"),
            ("\"/subscriptions/s1\"", "/subscriptions/s1"),
            ("\"/subscriptions/s1/resourceGroups/rg1/\"", "/subscriptions/s1/resourceGroups/rg1"),
            (
                "\"/providers/Microsoft.Management/managementGroups/m1\"",
                "/providers/Microsoft.Management/managementGroups/m1",
            ),
            ("\"subscriptions/s1\"", "malformed: it does not begin with `/`"),
            ("\"rg1\"", "malformed: it does not begin with `/`"),
            ("\"https://a.b/c\"", "malformed: it is a URL"),
            ("\"/subscriptions/s1|x\"", "malformed: it holds `|`"),
            ("\"/subscriptions/s1?api-version=1\"", "malformed: it holds `api-version=`"),
            (
                "\"/resourceGroups/rg1\"",
                "malformed: it begins with neither `/subscriptions/` nor `/providers/`",
            ),
            ("\"/subscriptions/s1/resourceGroups\"", "malformed: its last segment lacks a name"),
            ("null", "unknown"),
            ("\"\"", "malformed: it is empty"),
            ("\"//\"", "malformed: it has an empty segment"),
            ("\"${azapi_resource.rg.id}/${var.any}\"", "/subscriptions/{}/resourceGroups/rg1{…}"),
        ],
    );
}

#[test]
fn references_to_blocks() {
    let group = "/subscriptions/{}/resourceGroups/rg1";
    table(
        |row| id(&parent(row)),
        &[
            ("azapi_resource.rg.id", group),
            ("(azapi_resource.rg.id)", group),
            ("\"${azapi_resource.rg.id}\"", group),
            ("azapi_resource.w.id", &format!("{group}/providers/Test.Rp/widgets/w2")),
            ("azapi_resource.w.parent_id", group),
            ("azapi_resource.gear.id", &format!("{group}/providers/Test.Rp/widgets/w2/gears/g1")),
            ("azapi_resource.w[0].id", "unknown"),
            ("one(azapi_resource.rg[*].id)", group),
            ("replace(local.group, \"rg1\", \"rg2\")", "/subscriptions/s1/resourceGroups/rg2"),
            ("azapi_resource.anywhere.id", "{…}/providers/Test.Rp/everywhere/e1"),
            (
                "azapi_update_resource.known.id",
                "/subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets/w3",
            ),
            ("azapi_resource_action.done.id", "unknown"),
            ("azapi_resource.missing.id", "unknown"),
            ("azapi_resource.w.output.id", "unknown"),
            ("azapi_resource.w.name", "malformed: it does not begin with `/`"),
            ("azurerm_resource_group.main.location", "malformed: it does not begin with `/`"),
            ("data.azurerm_subscription.current.id", "/subscriptions/{}"),
            ("local.group", "/subscriptions/s1/resourceGroups/rg1"),
            ("var.any", "unknown"),
            ("var.some", "unknown"),
        ],
    );
}

#[test]
fn templates_and_functions() {
    let group = "/subscriptions/{}/resourceGroups/rg1";
    table(
        |row| id(&parent(row)),
        &[
            ("\"/subscriptions/${var.any}\"", "/subscriptions/{}"),
            ("\"/subscriptions/${var.any}/resourceGroups/rg1\"", group),
            ("\"/subscriptions/s1/resourceGroups/rg-${var.any}\"", "/subscriptions/s1/resourceGroups/{}"),
            (
                "\"${local.group}/providers/Test.Rp/widgets/w2\"",
                "/subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets/w2",
            ),
            (
                "\"${azapi_resource.rg.id}/providers/Test.Rp/widgets/w2\"",
                &format!("{group}/providers/Test.Rp/widgets/w2"),
            ),
            ("\"${var.any}/providers/Test.Rp/widgets/w2\"", "{…}/providers/Test.Rp/widgets/w2"),
            ("\"${var.any}\"", "unknown"),
            ("format(\"/subscriptions/%s/resourceGroups/%s\", var.any, \"rg1\")", group),
            ("join(\"/\", [\"\", \"subscriptions\", \"s1\"])", "/subscriptions/s1"),
            ("try(\"/subscriptions/s1\", null)", "/subscriptions/s1"),
            ("coalesce(null, \"/subscriptions/s1\")", "/subscriptions/s1"),
            ("sensitive(azapi_resource.rg.id)", group),
            ("{ a = \"/subscriptions/s1\" }.a", "/subscriptions/s1"),
        ],
    );
}

#[test]
fn conditionals_keep_every_outcome() {
    table(
        |row| id(&parent(row)),
        &[
            ("var.any ? \"/subscriptions/s1\" : \"/\"", "/subscriptions/s1 or /"),
            ("true ? \"/subscriptions/s1\" : \"/\"", "/subscriptions/s1"),
            ("var.any ? var.any : \"/\"", "unknown or /"),
            (
                "var.any ? \"x\" : azapi_resource.rg.id",
                "malformed: it does not begin with `/` or /subscriptions/{}/resourceGroups/rg1",
            ),
            ("coalesce(var.any, \"/subscriptions/s1\")", "unknown or /subscriptions/s1"),
        ],
    );
}

#[test]
fn the_providers_own_functions() {
    let base = "/subscriptions/{}/resourceGroups/{}";
    table(
        |row| id(&parent(row)),
        &[
            (
                "provider::azapi::resource_group_resource_id(var.any, var.any, \"Test.Rp/widgets\", [var.any])",
                &format!("{base}/providers/Test.Rp/widgets/{{}}"),
            ),
            (
                "provider::azapi::resource_group_resource_id(var.any, var.any, \"Test.Rp/widgets/gears\", [var.any, var.any])",
                &format!("{base}/providers/Test.Rp/widgets/{{}}/gears/{{}}"),
            ),
            (
                "provider::azapi::subscription_resource_id(var.any, \"Test.Rp/widgets\", [var.any])",
                "/subscriptions/{}/providers/Test.Rp/widgets/{}",
            ),
            (
                "provider::azapi::tenant_resource_id(\"Test.Rp/widgets\", [var.any])",
                "/providers/Test.Rp/widgets/{}",
            ),
            (
                "provider::azapi::management_group_resource_id(var.any, \"Test.Rp/widgets\", [var.any])",
                "/providers/Microsoft.Management/managementGroups/{}/providers/Test.Rp/widgets/{}",
            ),
            (
                "provider::azapi::extension_resource_id(azapi_resource.w.id, \"Test.Rp/extras\", [var.any])",
                "/subscriptions/{}/resourceGroups/rg1/providers/Test.Rp/widgets/w2/providers/Test.Rp/extras/{}",
            ),
            (
                "provider::azapi::build_resource_id(azapi_resource.w.id, \"Test.Rp/widgets/gears\", var.any)",
                "/subscriptions/{}/resourceGroups/rg1/providers/Test.Rp/widgets/w2/gears/{}",
            ),
            (
                "provider::azapi::build_resource_id(var.any, \"Test.Rp/widgets/gears\", var.any)",
                "{…}/gears/{}",
            ),
            ("provider::azapi::parse_resource_id(\"Test.Rp/widgets\", var.any).parent_id", "unknown"),
            ("provider::other::build_resource_id(var.any, \"Test.Rp/widgets\", var.any)", "unknown"),
        ],
    );
}

#[test]
fn ids_that_are_named_as_such() {
    table(
        |row| id(&with(row)),
        &[
            (
                "resource_id = \"/subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets/w3\"",
                "/subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets/w3",
            ),
            ("resource_id = azapi_resource.x.id", "unknown"),
            ("resource_id = \"w3\"", "malformed: it does not begin with `/`"),
        ],
    );
}

#[test]
fn a_value_of_a_known_for_each_is_known() {
    table(
        |row| id(&with(row)),
        &[("for_each = { a = \"/subscriptions/s1\" }\n  parent_id = each.value", "/subscriptions/s1")],
    );
}
