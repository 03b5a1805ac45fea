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
            (
                "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  name = \"a\\nb\"\n}\n",
                "nothing",
            ),
            ("resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@\\n\"\n}\n", "nothing"),
            (
                "resource \"azapi_data_plane_resource\" \"x\" {\n  type = \"Microsoft.AppConfiguration/configurationStores/keyValues@1.0\"\n  name = \"a\\rb\"\n}\n",
                "nothing",
            ),
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

#[test]
fn what_is_not_certain_is_a_placeholder() {
    let widget = |parent: &str| format!("azapi_resource.x {parent}/providers/Test.Rp/widgets/w1");
    table(
        |row| import(&parent(row)),
        &[
            (
                "var.any ? \"/subscriptions/s1/resourceGroups/a\" : \"/subscriptions/s1/resourceGroups/b\"",
                &widget("/subscriptions/s1/resourceGroups/{resourceGroupName}"),
            ),
            (
                "var.any ? \"/subscriptions/s1/resourceGroups/a\" : azapi_resource.rg.id",
                &widget("/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"),
            ),
            (
                "var.any ? \"/subscriptions/s1/resourceGroups/a\" : var.any",
                &widget("/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"),
            ),
            (
                "var.any ? \"/subscriptions/s1/resourceGroups/a\" : null",
                &widget("/subscriptions/s1/resourceGroups/a"),
            ),
            ("azapi_update_resource.known.parent_id", &widget("/subscriptions/s1/resourceGroups/rg1")),
            (
                "\"${var.any}/resourceGroups/rg7\"",
                &widget("/subscriptions/{subscriptionId}/resourceGroups/rg7"),
            ),
            ("lower(azapi_resource.rg.id)", &widget("/subscriptions/{subscriptionId}/resourcegroups/rg1")),
            (
                "replace(azapi_resource.rg.id, \"rg1\", \"rg5\")",
                &widget("/subscriptions/{subscriptionId}/resourceGroups/rg5"),
            ),
            (
                "provider::azapi::resource_group_resource_id(\"s1\", \"g\", \"Test.Rp/widgets\", [\"w\"])",
                &widget("/subscriptions/s1/resourceGroups/g/providers/Test.Rp/widgets/w"),
            ),
        ],
    );
    let id = |name: &str| {
        format!(
            "azapi_resource.x /subscriptions/{{subscriptionId}}/resourceGroups/rg1/providers/Test.Rp/widgets/{name}"
        )
    };
    let named = |row: &str| with(&format!("name = {row}\n  parent_id = azapi_resource.rg.id\n\n{OTHERS}"));
    table(
        |row| import(&named(row)),
        &[
            ("\"${var.any}-pe\"", &id("{resourceName}-pe")),
            ("\"pe-${var.any}-1\"", &id("pe-{resourceName}-1")),
            ("var.any ? \"a\" : \"b\"", &id("{resourceName}")),
            ("lower(\"${var.any}-PE\")", &id("{resourceName}-pe")),
            ("replace(\"${var.any}_pe\", \"_\", \"-\")", &id("{resourceName}-pe")),
            ("substr(\"abcdef\", 0, 3)", &id("abc")),
            (
                "provider::azapi::parse_resource_id(\"Test.Rp/widgets\", \"/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w7\").name",
                &id("w7"),
            ),
        ],
    );
}

#[test]
fn a_wrong_parent_has_no_import() {
    table(
        |row| import(&parent(row)),
        &[
            ("\"/\"", "nothing"),
            ("\"rg1\"", "nothing"),
            ("azapi_resource.w", "nothing"),
            ("azapi_resource.rg.name", "nothing"),
            ("data.azurerm_subscription.current.subscription_id", "nothing"),
            ("var.any ? \"/\" : \"rg1\"", "nothing"),
        ],
    );
}

#[test]
fn instances_that_are_not_known_have_no_key_of_their_own() {
    let id = "/subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets";
    let each = |row: &str| with(&format!("{row}\n  parent_id = \"/subscriptions/s1/resourceGroups/rg1\"\n"));
    let some_key = |name: &str| format!("azapi_resource.x[\"{{key}}\"] {id}/{name}");
    table(
        |row| import(&each(row)),
        &[
            ("for_each = var.any\n  name = each.key", &some_key("{key}")),
            ("for_each = var.any\n  name = \"w-${each.key}-1\"", &some_key("w-{key}-1")),
            ("for_each = var.any\n  name = each.value", &some_key("{resourceName}")),
            ("for_each = var.any\n  name = \"w\"", &some_key("w")),
            (
                "for_each = var.any\n  name = each.key == \"a\" ? \"one\" : \"two\"",
                &some_key("{resourceName}"),
            ),
            (
                "for_each = toset(var.any)\n  name = { a = \"b\", c = \"d\" }[each.key]",
                &some_key("{resourceName}"),
            ),
            (
                "for_each = var.any ? { a = 1 } : {}\n  name = each.key",
                &format!("azapi_resource.x[\"a\"] {id}/a"),
            ),
            ("for_each = {}\n  name = each.key", "nothing"),
            ("for_each = toset([])\n  name = each.key", "nothing"),
            ("count = 0\n  name = \"w\"", "nothing"),
            ("count = var.any\n  name = \"w${count.index}\"", &format!("azapi_resource.x[0] {id}/w0")),
            ("count = var.any ? 1 : 0\n  name = \"w\"", &format!("azapi_resource.x[0] {id}/w")),
        ],
    );
}

#[test]
fn the_api_version_is_named_where_the_provider_has_none() {
    let extra =
        |row: &str| format!("resource \"azapi_resource\" \"x\" {{\n  {row}\n  name = \"n\"\n}}\n{OTHERS}");
    let group = "azapi_resource.x /subscriptions/{subscriptionId}/resourceGroups/rg1";
    table(
        |row| import(&extra(row)),
        &[
            (
                "type = \"Test.Rp/both@2024-01-01\"\n  parent_id = var.any",
                "azapi_resource.x {any azure resource id}/providers/Test.Rp/both/n",
            ),
            (
                "type = \"Test.Rp/both/children@2024-01-01\"\n  parent_id = var.any",
                "azapi_resource.x {any azure resource id}/providers/Test.Rp/both/{resourceName}/children/n",
            ),
            (
                "type = \"Test.None/things@2024-01-01\"\n  parent_id = \"/subscriptions/s1\"",
                "azapi_resource.x /subscriptions/s1/providers/Test.None/things/n?api-version=2024-01-01",
            ),
            (
                "type = \"Test.Rp/widgets@2000-01-01\"\n  parent_id = azapi_resource.rg.id",
                &format!("{group}/providers/Test.Rp/widgets/n?api-version=2000-01-01"),
            ),
            (
                "type = \"Test.Rp/widgets@${var.any}\"\n  parent_id = azapi_resource.rg.id",
                &format!("{group}/providers/Test.Rp/widgets/n"),
            ),
            (
                "type = \"test.rp/Widgets/GEARS@2024-01-01\"\n  parent_id = azapi_resource.w.id",
                &format!("{group}/providers/Test.Rp/widgets/w2/GEARS/n"),
            ),
            (
                "type = \"Test.Rp/widgets/gears@2024-01-01\"\n  parent_id = provider::azapi::build_resource_id(azapi_resource.rg.id, \"Test.Rp/widgets\", \"w9\")",
                &format!("{group}/providers/Test.Rp/widgets/w9/gears/n"),
            ),
            (
                "type = \"Test.Rp/widgets/gears@2024-01-01\"\n  parent_id = azapi_update_resource.known.id",
                "azapi_resource.x /subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets/w3/gears/n",
            ),
        ],
    );
}

#[test]
fn the_provider_block_names_the_subscription() {
    let group = |provider: &str, arguments: &str| {
        format!(
            "{provider}\nresource \"azapi_resource\" \"x\" {{\n  type = \"Microsoft.Resources/resourceGroups@2024-01-01\"\n  name = \"g\"\n  {arguments}\n}}\n"
        )
    };
    let of = |row: &str| {
        let (providers, arguments) = row.split_once("; ").unwrap_or((row, ""));
        let blocks: String = providers
            .split('|')
            .map(|body| format!("provider \"azapi\" {{\n{}\n}}\n", body.replace(',', "\n")))
            .collect();
        import(&group(&blocks, arguments))
    };
    let id = |subscription: &str| format!("azapi_resource.x /subscriptions/{subscription}/resourceGroups/g");
    table(
        of,
        &[
            ("subscription_id = \"s1\"", &id("s1")),
            ("", &id("{subscriptionId}")),
            ("subscription_id = var.any", &id("{subscriptionId}")),
            ("subscription_id = null", &id("{subscriptionId}")),
            (
                "subscription_id = \"s1\"|alias = \"two\", subscription_id = \"s2\"; provider = azapi.two",
                &id("s2"),
            ),
            ("subscription_id = \"s1\"|alias = \"two\", subscription_id = \"s2\"", &id("s1")),
            ("subscription_id = \"s1\"|alias = \"two\"; provider = azapi.two", &id("{subscriptionId}")),
            ("subscription_id = \"s1\"; parent_id = \"/subscriptions/s3\"", &id("s3")),
        ],
    );
}

#[test]
fn the_subscription_of_a_provider_that_leads_back_to_itself_is_not_known() {
    let group = "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.Resources/resourceGroups@2024-01-01\"\n  name = \"g\"\n}\nresource \"azurerm_resource_group\" \"g\" {\n  name = \"g\"\n}\ndata \"azurerm_subscription\" \"s\" {\n}\n";
    let of = |row: &str| {
        let providers = row.split('|').map(|provider| {
            let (name, subscription) = provider.split_once(": ").expect("a provider and its subscription");
            format!("provider \"{name}\" {{\n  subscription_id = {subscription}\n}}\n")
        });
        import(&(group.to_owned() + &providers.collect::<String>()))
    };
    let unknown = "azapi_resource.x /subscriptions/{subscriptionId}/resourceGroups/g";
    table(
        of,
        &[
            ("azapi: azapi_resource.x.id", unknown),
            ("azapi: azapi_resource.x.output", unknown),
            ("azapi: split(\"/\", azapi_resource.x.id)[2]", unknown),
            ("azapi: azurerm_resource_group.g.id|azurerm: azapi_resource.x.id", unknown),
            ("azapi: split(\"/\", azurerm_resource_group.g.id)[2]|azurerm: azapi_resource.x.id", unknown),
            ("azapi: data.azurerm_subscription.s.subscription_id|azurerm: \"s1\"", unknown),
            ("azurerm: azurerm_resource_group.g.id", unknown),
            (
                "azurerm: azurerm_resource_group.g.id|azapi: \"s1\"",
                &unknown.replace("{subscriptionId}", "s1"),
            ),
        ],
    );
}

#[test]
fn data_plane_resources_are_imported_by_url_and_type() {
    let block = |row: &str| {
        format!("resource \"azapi_data_plane_resource\" \"x\" {{\n  {row}\n}}\nvariable \"any\" {{}}\n")
    };
    table(
        |row| import(&block(row)),
        &[
            (
                "type = \"Microsoft.AppConfiguration/configurationStores/keyValues@1.0\"\n  parent_id = \"store.azconfig.io\"\n  name = \"k\"",
                "azapi_data_plane_resource.x store.azconfig.io/kv/k|Microsoft.AppConfiguration/configurationStores/keyValues@1.0",
            ),
            (
                "type = \"Microsoft.AppConfiguration/configurationStores/keyValues@1.0\"\n  parent_id = var.any\n  name = \"k\"",
                "azapi_data_plane_resource.x {storeName}.azconfig.io/kv/k|Microsoft.AppConfiguration/configurationStores/keyValues@1.0",
            ),
            (
                "type = \"Microsoft.AppConfiguration/configurationStores/keyValues@1.0\"\n  parent_id = \"${var.any}.azconfig.io\"\n  name = var.any",
                "azapi_data_plane_resource.x {resourceName}.azconfig.io/kv/{name}|Microsoft.AppConfiguration/configurationStores/keyValues@1.0",
            ),
            ("type = \"Test.Rp/widgets@1\"\n  parent_id = \"a\"", "nothing"),
        ],
    );
}

#[test]
fn what_a_default_decides_is_taken_and_what_a_validation_allows_is_not() {
    let id = |name: &str| {
        format!("azapi_resource.x /subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets/{name}")
    };
    let named = |row: &str| {
        let (name, beside) = row.split_once("; ").expect("a name; what stands beside");
        with(&format!(
            "name = {name}\n  parent_id = \"/subscriptions/s1/resourceGroups/rg1\"\n\n{OTHERS}{beside}\n"
        ))
    };
    table(
        |row| import(&named(row)),
        &[
            ("var.n; variable \"n\" { default = \"w\" }", &id("w")),
            ("var.f ? \"a\" : \"b\"; variable \"f\" { default = false }", &id("b")),
            ("var.any ? var.n : \"b\"; variable \"n\" { default = \"w\" }", &id("{resourceName}")),
            (
                "var.n; variable \"n\" {\n  type = string\n  validation {\n    condition = contains([\"a\", \"b\"], var.n)\n    error_message = \"\"\n  }\n}",
                &id("{resourceName}"),
            ),
        ],
    );
}
