use super::harness::{id, parent, table, with};

/// A widget with this parent, and a block beside it.
fn parent_of(written: &str, block: &str) -> String {
    parent(&format!("{written}\n\n{block}"))
}

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
            ("\"/subscriptions/${var.any}/resourceGroups/rg1/\"", "/subscriptions/{}/resourceGroups/rg1"),
            ("\"/subscriptions/${var.any}//rg1\"", "/subscriptions/{}//rg1"),
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
            ("azapi_resource.w.output.id", &format!("{group}/providers/Test.Rp/widgets/w2")),
            ("azapi_resource.w.output.properties.id", "unknown"),
            ("azapi_resource.w.sensitive_output.id", "unknown"),
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
fn a_response_has_the_id_that_it_exports() {
    let group = "/subscriptions/s1/resourceGroups/rg1";
    let widget = "/subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets/w2";
    let exporting = |exports: &str, parent: &str| {
        let block = "resource \"azapi_resource\" \"made\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n";
        let rest = format!("  name = \"w2\"\n  parent_id = local.group\n  {exports}\n}}\n");
        id(&parent_of(parent, &format!("{block}{rest}")))
    };
    for (exports, parent, expected) in [
        ("", "azapi_resource.made.output.id", widget),
        ("", "azapi_resource.made.output[\"id\"]", widget),
        ("", "\"${local.group}/providers/Test.Rp/widgets/${azapi_resource.made.output.name}\"", widget),
        ("response_export_values = null", "azapi_resource.made.output.id", widget),
        ("response_export_values = [\"*\"]", "azapi_resource.made.output.id", widget),
        ("response_export_values = [\"id\"]", "azapi_resource.made.output.id", widget),
        ("response_export_values = [\"properties.id\"]", "azapi_resource.made.output.id", "unknown"),
        ("response_export_values = { at = \"id\" }", "azapi_resource.made.output.at", widget),
        ("response_export_values = { id = \"properties.id\" }", "azapi_resource.made.output.id", "unknown"),
        ("response_export_values = var.any", "azapi_resource.made.output.id", "unknown"),
    ] {
        assert_eq!(exporting(exports, parent), expected, "{parent} with {exports}");
    }
    assert_eq!(exporting("", "azapi_resource.made.parent_id"), group);
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

#[test]
fn a_function_of_text_leaves_the_type_of_an_id_known() {
    let group = "/subscriptions/{}/resourceGroups/rg1";
    table(
        |row| id(&parent(row)),
        &[
            ("\"${azapi_resource.rg.id}-2\"", &format!("{group}-2")),
            ("lower(azapi_resource.rg.id)", "/subscriptions/{}/resourcegroups/rg1"),
            ("upper(azapi_resource.rg.id)", "/SUBSCRIPTIONS/{}/RESOURCEGROUPS/RG1"),
            (
                "lower(\"${azapi_resource.rg.id}/providers/Test.Rp/widgets/W\")",
                "/subscriptions/{}/resourcegroups/rg1/providers/test.rp/widgets/w",
            ),
            ("replace(azapi_resource.rg.id, \"rg1\", \"rg2\")", "/subscriptions/{}/resourceGroups/rg2"),
            ("replace(lower(azapi_resource.rg.id), \"resourcegroups\", \"resourceGroups\")", group),
            ("replace(azapi_resource.rg.id, \"/\", \"-\")", "unknown"),
            ("replace(azapi_resource.rg.id, \"/r.*/\", \"\")", "unknown"),
            ("lower(var.any)", "unknown"),
            ("lower(data.azurerm_subscription.current.id)", "/subscriptions/{}"),
        ],
    );
}

#[test]
fn what_is_no_text_or_no_id_is_no_parent() {
    let no_slash = "malformed: it does not begin with `/`";
    table(
        |row| id(&parent(row)),
        &[
            ("azapi_resource.rg[*].id", "malformed: it is a list"),
            ("[azapi_resource.rg.id]", "malformed: it is a list"),
            ("toset([\"/subscriptions/s1\"])", "malformed: it is a list"),
            ("{ id = azapi_resource.rg.id }", "malformed: it is an object"),
            ("azapi_resource.rg", "malformed: it is an object"),
            ("data.azurerm_subscription.current", "malformed: it is an object"),
            ("azurerm_resource_group.main", "malformed: it is an object"),
            ("azapi_resource.rg.output", "malformed: it is an object"),
            (
                "provider::azapi::parse_resource_id(\"Test.Rp/widgets\", var.any)",
                "malformed: it is an object",
            ),
            ("var.list\n\nvariable \"list\" {\n  type = list(string)\n}\n", "malformed: it is a list"),
            ("var.map\n\nvariable \"map\" {\n  type = map(string)\n}\n", "malformed: it is a map"),
            ("true", no_slash),
            ("5", no_slash),
            ("var.flag\n\nvariable \"flag\" {\n  type = bool\n}\n", no_slash),
            ("data.azurerm_subscription.current.subscription_id", no_slash),
            (
                "azapi_resource.known_name.name\n\nresource \"azapi_resource\" \"known_name\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n}\n",
                no_slash,
            ),
            ("\"${azurerm_resource_group.main.tenant_id}/x\"", no_slash),
            ("azurerm_resource_group.main.tags", "unknown"),
        ],
    );
}

#[test]
fn blocks_of_other_providers_state_names_and_parents() {
    let base = "/subscriptions/{}/resourceGroups";
    let block = |body: &str| format!("{body}\n");
    table(
        |row| id(&parent(row)),
        &[
            ("azurerm_resource_group.main.id", &format!("{base}/rg2")),
            (
                &block(
                    "azurerm_subnet.s.id\n\nresource \"azurerm_subnet\" \"s\" {\n  name = \"s1\"\n  virtual_network_name = \"v1\"\n  resource_group_name = \"rg3\"\n}",
                ),
                &format!("{base}/rg3/providers/Microsoft.Network/virtualNetworks/v1/subnets/s1"),
            ),
            (
                &block(
                    "azurerm_mssql_database.d.id\n\nresource \"azurerm_mssql_server\" \"s\" {\n  name = \"s1\"\n  resource_group_name = azurerm_resource_group.main.name\n}\nresource \"azurerm_mssql_database\" \"d\" {\n  name = \"d1\"\n  server_id = azurerm_mssql_server.s.id\n}",
                ),
                &format!("{base}/rg2/providers/Microsoft.Sql/servers/s1/databases/d1"),
            ),
            (
                &block(
                    "data.azurerm_management_group.m.id\n\ndata \"azurerm_management_group\" \"m\" {\n  name = \"m1\"\n}",
                ),
                "/providers/Microsoft.Management/managementGroups/m1",
            ),
            (
                &block(
                    "data.azurerm_subscription.s.id\n\ndata \"azurerm_subscription\" \"s\" {\n  subscription_id = \"s9\"\n}",
                ),
                "/subscriptions/s9",
            ),
        ],
    );
}

#[test]
fn functions_take_the_names_they_are_given() {
    let group = "/subscriptions/{}/resourceGroups/rg1";
    let widget = "/subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets/w2";
    let parsed = |attribute: &str| {
        format!(
            "provider::azapi::parse_resource_id(\"Test.Rp/widgets/gears@2024-01-01\", \"{widget}/gears/g\").{attribute}"
        )
    };
    table(
        |row| id(&parent(row)),
        &[
            (
                "provider::azapi::build_resource_id(azapi_resource.w.id, \"Test.Rp/widgets/gears\", \"g2\")",
                &format!("{group}/providers/Test.Rp/widgets/w2/gears/g2"),
            ),
            (
                "\"${provider::azapi::build_resource_id(azapi_resource.rg.id, \"Test.Rp/widgets\", \"w9\")}/gears/g\"",
                &format!("{group}/providers/Test.Rp/widgets/w9/gears/g"),
            ),
            (
                "provider::azapi::resource_group_resource_id(\"s1\", \"rg1\", \"Test.Rp/widgets\", [\"w2\"])",
                widget,
            ),
            (
                "lower(provider::azapi::resource_group_resource_id(\"s1\", \"RG\", \"Test.Rp/widgets@2024-01-01\", [\"w2\"]))",
                "/subscriptions/s1/resourcegroups/rg/providers/test.rp/widgets/w2",
            ),
            (
                "provider::azapi::subscription_resource_id(\"s1\", \"Microsoft.Resources/resourceGroups\", [\"rg1\"])",
                "/subscriptions/s1/resourceGroups/rg1",
            ),
            (
                "provider::azapi::management_group_resource_id(\"m\", \"Test.Rp/widgets/gears\", [\"w\", \"g\"])",
                "/providers/Microsoft.Management/managementGroups/m/providers/Test.Rp/widgets/w/gears/g",
            ),
            (
                "provider::azapi::extension_resource_id(azapi_resource.w.id, \"Test.Rp/extras\", [\"e\"])",
                &format!("{group}/providers/Test.Rp/widgets/w2/providers/Test.Rp/extras/e"),
            ),
            (&parsed("id"), &format!("{widget}/gears/g")),
            (&parsed("parent_id"), widget),
            (&parsed("resource_group_id"), "/subscriptions/s1/resourceGroups/rg1"),
            (&parsed("subscription_id"), "malformed: it does not begin with `/`"),
            (&parsed("name"), "malformed: it does not begin with `/`"),
            (&parsed("parts[\"x\"]"), "malformed: it does not begin with `/`"),
            (
                "provider::azapi::parse_resource_id(\"Test.Rp/widgets/gears\", var.any).parent_id",
                "{…}/providers/Test.Rp/widgets/{}",
            ),
        ],
    );
}

#[test]
fn ids_within_ids_end() {
    let mut text = String::new();
    for at in 0..40 {
        let next = at + 1;
        text.push_str(&format!(
            "resource \"azapi_resource\" \"b{at}\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  name = \"${{azapi_resource.b{next}.id}}${{azapi_resource.b{next}.id}}\"\n  parent_id = \"${{azapi_resource.b{next}.id}}${{azapi_resource.b{next}.id}}\"\n}}\n"
        ));
    }
    let of = id(&parent(&format!("azapi_resource.b0.id\n\n{text}")));
    assert!(of.len() < 1 << 16, "{} bytes", of.len());
}
