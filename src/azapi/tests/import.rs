use super::harness::{OTHERS, import, parent, table, with};

#[test]
fn parents_that_are_known_stand_in_the_id() {
    let group = "/subscriptions/{subscriptionId}/resourceGroups/rg1";
    let widget = |parent: &str| format!("azapi_resource.x {parent}/providers/Test.Rp/widgets/w1");
    table(
        |row| import(&parent(row)),
        &[
            ("local.group", &widget("/subscriptions/s1/resourceGroups/rg1")),
            ("\"/subscriptions/s1/resourceGroups/rg1\"", &widget("/subscriptions/s1/resourceGroups/rg1")),
            ("azapi_resource.rg.id", &widget(group)),
            ("\"${azapi_resource.rg.id}\"", &widget(group)),
            (
                "\"/subscriptions/${var.any}/resourceGroups/${var.any}\"",
                &widget("/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"),
            ),
            ("var.any", &widget("/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}")),
            ("null", &widget("/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}")),
            ("var.some", &widget("/subscriptions/s1/resourceGroups/rg1")),
            ("azurerm_resource_group.main.id", &widget("/subscriptions/{subscriptionId}/resourceGroups/rg2")),
            (
                "\"${data.azurerm_subscription.current.id}/resourceGroups/rg3\"",
                &widget("/subscriptions/{subscriptionId}/resourceGroups/rg3"),
            ),
            (
                "format(\"%s/resourceGroups/%s\", data.azurerm_subscription.current.id, \"rg3\")",
                &widget("/subscriptions/{subscriptionId}/resourceGroups/rg3"),
            ),
            ("true ? azapi_resource.rg.id : var.any", &widget(group)),
            (
                "lower(\"/subscriptions/s1/resourceGroups/RG${var.any}\")",
                &widget("/subscriptions/s1/resourcegroups/rg{resourceGroupName}"),
            ),
        ],
    );
}

#[test]
fn names_are_written_out_as_far_as_they_are_known() {
    let id = "azapi_resource.x /subscriptions/{subscriptionId}/resourceGroups/rg1/providers/Test.Rp/widgets";
    let named = |row: &str| with(&format!("name = {row}\n  parent_id = azapi_resource.rg.id\n\n{OTHERS}"));
    table(
        |row| import(&named(row)),
        &[
            ("\"w\"", &format!("{id}/w")),
            ("\"w-${\"a\"}\"", &format!("{id}/w-a")),
            ("upper(\"w\")", &format!("{id}/W")),
            ("trimspace(\" w \")", &format!("{id}/w")),
            ("var.any", &format!("{id}/{{resourceName}}")),
            ("\"w-${var.any}\"", &format!("{id}/w-{{resourceName}}")),
            ("\"\"", &format!("{id}/{{resourceName}}")),
            ("azapi_resource.w.name", &format!("{id}/w2")),
        ],
    );
}

#[test]
fn types_of_every_scope_and_depth() {
    let block = |row: &str| {
        let (name, parent) = row.split_once(' ').unwrap_or((row, "var.any"));
        format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = \"{name}@2024-01-01\"\n  name = \"n\"\n  parent_id = {parent}\n}}\n{OTHERS}"
        )
    };
    table(
        |row| import(&block(row)),
        &[
            ("Test.Rp/tenantThings", "azapi_resource.x /providers/Test.Rp/tenantThings/n"),
            ("Test.Rp/tenantThings \"/\"", "azapi_resource.x /providers/Test.Rp/tenantThings/n"),
            (
                "Microsoft.Resources/resourceGroups",
                "azapi_resource.x /subscriptions/{subscriptionId}/resourceGroups/n",
            ),
            (
                "Microsoft.Resources/resourceGroups data.azurerm_subscription.current.id",
                "azapi_resource.x /subscriptions/{subscriptionId}/resourceGroups/n",
            ),
            (
                "Test.Rp/widgets/gears/teeth azapi_resource.gear.id",
                "azapi_resource.x /subscriptions/{subscriptionId}/resourceGroups/rg1/providers/Test.Rp/widgets/w2/gears/g1/teeth/n",
            ),
            ("Test.Rp/extras", "azapi_resource.x {any azure resource id}/providers/Test.Rp/extras/n"),
            (
                "Test.Rp/extras azapi_resource.w.id",
                "azapi_resource.x /subscriptions/{subscriptionId}/resourceGroups/rg1/providers/Test.Rp/widgets/w2/providers/Test.Rp/extras/n",
            ),
        ],
    );
}

#[test]
fn instances_have_a_key_that_exists() {
    let id = "/subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets";
    let each = |row: &str| {
        let (argument, name) = row.split_once("; ").expect("argument; name");
        with(&format!(
            "{argument}\n  name = {name}\n  parent_id = \"/subscriptions/s1/resourceGroups/rg1\"\n"
        ))
    };
    table(
        |row| import(&each(row)),
        &[
            ("count = 2; \"w${count.index}\"", &format!("azapi_resource.x[0] {id}/w0")),
            ("for_each = { a = \"b\" }; each.key", &format!("azapi_resource.x[\"a\"] {id}/a")),
            ("for_each = { a = \"b\" }; each.value", &format!("azapi_resource.x[\"a\"] {id}/b")),
            ("for_each = { a = { n = \"b\" } }; each.value.n", &format!("azapi_resource.x[\"a\"] {id}/b")),
            ("for_each = toset([\"a\", \"b\"]); each.key", &format!("azapi_resource.x[\"a\"] {id}/a")),
            ("for_each = { \"a b\" = 1 }; \"w\"", &format!("azapi_resource.x[\"a b\"] {id}/w")),
        ],
    );
}

#[test]
fn what_cannot_be_imported_is_not() {
    let arguments = "{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  name = \"w\"\n}\n";
    table(
        |row| import(&format!("{row} {arguments}")),
        &[
            ("data \"azapi_resource\" \"x\"", "nothing"),
            ("ephemeral \"azapi_resource\" \"x\"", "nothing"),
            ("resource \"azapi_update_resource\" \"x\"", "nothing"),
            ("resource \"azapi_resource_action\" \"x\"", "nothing"),
            ("resource \"null_resource\" \"x\"", "nothing"),
            (
                "resource \"azapi_resource\" \"x\"",
                "azapi_resource.x /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/w",
            ),
        ],
    );
    table(
        import,
        &[
            ("resource \"azapi_resource\" \"x\" {\n  name = \"w\"\n}\n", "nothing"),
            ("resource \"azapi_resource\" \"x\" {\n  type = var.t\n}\n", "nothing"),
            ("resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets\"\n}\n", "nothing"),
        ],
    );
}

#[test]
fn names_made_by_functions_are_evaluated() {
    let named = |row: &str| with(&format!("name = {row}\n  parent_id = azapi_resource.rg.id\n\n{OTHERS}"));
    let id = |name: &str| {
        format!(
            "azapi_resource.x /subscriptions/{{subscriptionId}}/resourceGroups/rg1/providers/Test.Rp/widgets/{name}"
        )
    };
    table(
        |row| import(&named(row)),
        &[("replace(\"a b\", \" \", \"-\")", &id("a-b")), ("substr(\"abcd\", 0, 2)", &id("ab"))],
    );
}

#[test]
fn an_instance_of_a_computed_for_each_has_its_key() {
    let each = |row: &str| with(&format!("{row}\n  parent_id = \"/subscriptions/s1/resourceGroups/rg1\"\n"));
    table(
        |row| import(&each(row)),
        &[(
            "for_each = { for k in [\"a\"] : k => k }\n  name = each.key",
            "azapi_resource.x[\"a\"] /subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets/a",
        )],
    );
}
