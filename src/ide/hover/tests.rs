use std::sync::Arc;

use expect_test::{Expect, expect};

use crate::ide::fixture::Fixture;
use crate::schema::toy;

fn check(text: &str, expected: Expect) {
    check_in(&Fixture::new(text), expected);
}

/// Where no other Terraform server runs.
fn check_alone(text: &str, expected: Expect) {
    check_in(&Fixture::alone(text), expected);
}

fn check_in(fixture: &Fixture, expected: Expect) {
    let shown = fixture.analysis().hover(fixture.at()).map_or_else(
        || "nothing\n".to_owned(),
        |hover| format!("<{}>\n{}\n", fixture.source(hover.range), hover.markdown),
    );
    expected.assert_eq(&shown);
}

fn widget(body: &str) -> String {
    format!(
        "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  name = \"w\"\n  body = {body}\n}}\n"
    )
}

#[test]
fn a_type_says_where_it_lives_and_what_is_newer() {
    check(
        "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/wid$0gets@2023-01-01\"\n}\n",
        expect![[r#"
            <"Test.Rp/widgets@2023-01-01">
            **Test.Rp/widgets** `2023-01-01` · [Documentation](https://learn.microsoft.com/en-us/azure/templates/test.rp/2023-01-01/widgets?pivots=deployment-language-terraform)

            A widget. Deploys to a resource group.

            Newer api-versions: `2024-01-01` (newest stable), `2024-01-01-preview`

            Import id: `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}`

            Child types: `config`, `gears`

            Functions: `listKeys`, `regenerateKey`, `start`

            Type data: toy 1.0 (newest api-version 2024-01-01)
        "#]],
    );
}

#[test]
fn a_version_that_does_not_exist_still_shows_the_type() {
    check(
        "data \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets/gears@2020-01-0$01\"\n}\n",
        expect![[r#"
            <"Test.Rp/widgets/gears@2020-01-01">
            **Test.Rp/widgets/gears** `2020-01-01` · [Documentation](https://learn.microsoft.com/en-us/azure/templates/test.rp/2024-01-01/widgets/gears?pivots=deployment-language-terraform)

            There is no api-version `2020-01-01` of this type in the type data.

            A gear. Deploys to a widget (`Test.Rp/widgets`).

            Newest stable api-version: `2024-01-01`

            Import id: `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}/gears/{resourceName}`

            Child types: `teeth`

            Type data: toy 1.0 (newest api-version 2024-01-01)
        "#]],
    );
}

#[test]
fn each_type_that_a_block_may_have_is_explained_where_it_is_written() {
    let first = |text: &str| {
        let fixture = Fixture::new(text);
        let hover = fixture.analysis().hover(fixture.at()).expect("a hover");
        let title = hover.markdown.lines().next().expect("a title").to_owned();
        title.split(" · ").next().expect("a name").to_owned()
    };
    let block = |ty: &str| format!("resource \"azapi_resource\" \"x\" {{\n  type = {ty}\n}}\n");
    let choice = "var.c ? \"Test.Rp/widgets@2024-01-01\" : \"Test.Rp/widgets/gears@2024-01-01\"";
    let gears = block(&choice.replace("gears", "ge$0ars"));
    assert_eq!(first(&gears), "**Test.Rp/widgets/gears** `2024-01-01`");
    assert_eq!(
        first(&block(&choice.replacen("widgets@", "wid$0gets@", 1))),
        "**Test.Rp/widgets** `2024-01-01`"
    );
    let variable = "variable \"types\" {\n  type = object({ this = optional(string, \"Test.Rp/wid$0gets@2023-01-01\") })\n  default = {}\n}\n";
    assert_eq!(first(&format!("{}{variable}", block("var.types.this"))), "**Test.Rp/widgets** `2023-01-01`");
}

#[test]
fn a_key_shows_its_type_its_facts_and_its_words() {
    check(
        &widget("{ properties = { sta$0tus = \"enabled\" } }"),
        expect![[r#"
            <status>
            **properties.status** `"enabled" | "disabled" | string`

            Whether it is in use

            required · since 2022-05-01-preview

            `Test.Rp/widgets@2024-01-01`
        "#]],
    );
    check(
        &widget("{ properties = { rules = [{ prio$0rity = 1 }] } }"),
        expect![[r#"
        <priority>
        **properties.rules.0.priority** `integer`

        since 2024-01-01-preview

        Range: -1–100

        `Test.Rp/widgets@2024-01-01`
    "#]],
    );
    check(
        &widget("{ properties = { \"a.dot$0ted\" = 1 } }"),
        expect![[r#"
            <"a.dotted">
            **properties.a.dotted** `string`

            A name with a dot

            since 2024-01-01-preview

            `Test.Rp/widgets@2024-01-01`
        "#]],
    );
    check(
        &widget("{ properties = { pass$0word = 1 } }"),
        expect![[r#"
            <password>
            **properties.password** `string`

            A secret

            write-only · since 2024-01-01-preview

            Length: 8–64

            Sensitive.

            `Test.Rp/widgets@2024-01-01`
        "#]],
    );
}

#[test]
fn a_recursive_type_is_followed() {
    check(
        &widget("{ properties = { parts = [{ parts = [{ la$0bel = \"x\" }] }] } }"),
        expect![[r#"
            <label>
            **properties.parts.0.parts.0.label** `string`

            Its label

            required · since 2024-01-01-preview

            Length: 1–10

            Pattern: `^[a-z]+$`

            `Test.Rp/widgets@2024-01-01`
        "#]],
    );
}

#[test]
fn a_value_of_an_enumeration_is_explained() {
    check(
        &widget("{ properties = { colour = \"r$0ed\" } }"),
        expect![[r#"
            <"red">
            **properties.colour** `"red" | "green"`

            Its colour

            `red` is one of the allowed values.

            `Test.Rp/widgets@2024-01-01`
        "#]],
    );
    check(
        &widget("{ properties = { colour = \"bl$0ue\" } }"),
        expect![[r#"
            <"blue">
            **properties.colour** `"red" | "green"`

            Its colour

            `blue` is not one of the known values.

            `Test.Rp/widgets@2024-01-01`
        "#]],
    );
}

#[test]
fn a_discriminator_shows_its_values_and_selects_the_variant() {
    let shape = |body: &str| {
        format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/shapes@2024-01-01\"\n  body = {body}\n}}\n"
        )
    };
    check(
        &shape("{ ki$0nd = \"Circle\" }"),
        expect![[r#"
            <kind>
            **kind** `"Circle"`

            A round one

            required · since 2024-01-01

            Selects the shape of this object:
            - `Circle`
            - `Square`

            `Test.Rp/shapes@2024-01-01`
        "#]],
    );
    check(
        &shape("{ kind = \"Circ$0le\" }"),
        expect![[r#"
            <"Circle">
            **kind** `"Circle"`

            A round one

            `Circle` is one of the allowed values.

            Selects the shape of this object:
            - `Circle`
            - `Square`

            `Test.Rp/shapes@2024-01-01`
        "#]],
    );
    check(
        &shape("{\n kind = \"Square\"\n si$0de = 1\n}"),
        expect![[r#"
            <side>
            **side** `integer`

            Its width

            required · since 2024-01-01

            `Test.Rp/shapes@2024-01-01`
        "#]],
    );
    check(
        &shape("{\n kind = \"Circle\"\n si$0de = 1\n}"),
        expect![[r#"
        nothing
    "#]],
    );
    check(
        &shape("{\n kind = \"Circle\"\n properties = { rad$0ius = 1 }\n}"),
        expect![[r#"
            <radius>
            **properties.radius** `integer`

            Half its width

            required · since 2024-01-01

            `Test.Rp/shapes@2024-01-01`
        "#]],
    );
}

#[test]
fn a_property_of_a_variant_says_since_when_the_chosen_variant_has_it() {
    let since = |body: &str| {
        let text = format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/forms@2024-01-01\"\n  body = {{ {body} }}\n}}\n"
        );
        let fixture = Fixture::with_schema(&text, Some(Arc::new(toy::open(&toy::forms()))));
        let hover = fixture.analysis().hover(fixture.at()).expect("a hover");
        hover.markdown.lines().find(|line| line.contains("since")).expect("a version").to_owned()
    };
    assert_eq!(since("kind = \"Circle\", si$0ze = 1"), "since 2024-01-01");
    assert_eq!(since("kind = \"Square\", si$0ze = 1"), "since 2023-01-01");
    assert_eq!(since("kind = var.kind, si$0ze = 1"), "since 2023-01-01");
    assert_eq!(since("kind = \"Circle\", na$0me = 1"), "required · deploy-time-constant · since 2023-01-01");
}

#[test]
fn a_further_key_is_explained_as_one() {
    check(
        &widget("{ tags = { en$0v = 1 } }"),
        expect![[r#"
        <env>
        **tags.env** `string`

        Not declared by the type, which allows further keys here.

        `Test.Rp/widgets@2024-01-01`
    "#]],
    );
}

#[test]
fn a_secret_object_is_said_to_be_one() {
    check(
        &widget("{ properties = { vau$0lt = 1 } }"),
        expect![[r#"
            <vault>
            **properties.vault** `object`

            since 2024-01-01-preview

            Sensitive.

            Has `key` (required)

            `Test.Rp/widgets@2024-01-01`
        "#]],
    );
}

#[test]
fn an_action_says_what_its_function_takes_and_gives() {
    check(
        "resource \"azapi_resource_action\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  action = \"regen$0erateKey\"\n}\n",
        expect![[r#"
            <"regenerateKey">
            **action** `string`

            Action name appended to the resource ID; empty means call the ID itself.

            optional

            `regenerateKey` of `test.rp/widgets`: `(object) → object`
        "#]],
    );
    check(
        "resource \"azapi_resource_action\" \"x\" {\n  type = \"Test.Rp/widgets@2023-01-01\"\n  action = \"st$0art\"\n}\n",
        expect![[r#"
            <"start">
            **action** `string`

            Action name appended to the resource ID; empty means call the ID itself.

            optional

            `start` of `test.rp/widgets`: `() → string`
        "#]],
    );
}

#[test]
fn a_property_of_a_functions_input_has_no_version_of_the_resources_body() {
    let mut b = toy::Builder::default();
    let string = b.string();
    let body = b.root(&[]);
    let input = b.object(&[("name", 1, string, "Of the key")]);
    b.resource("Test.Rp/boxes@2024-01-01", body, (8, 8));
    b.function("Test.Rp/boxes@2024-01-01", "open", Some(input), string);
    let text = "resource \"azapi_resource_action\" \"x\" {\n  type = \"Test.Rp/boxes@2024-01-01\"\n  action = \"open\"\n  body = { na$0me = \"x\" }\n}\n";
    check_in(
        &Fixture::with_schema(text, Some(Arc::new(toy::open(&b.finish())))),
        expect![[r#"
            <name>
            **name** `string`

            Of the key

            required

            `Test.Rp/boxes@2024-01-01`
        "#]],
    );
}

#[test]
fn the_name_argument_selects_the_body_of_named_configurations() {
    check(
        "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets/config@2024-01-01\"\n  name = \"web\"\n  body = { po$0rt = 1 }\n}\n",
        expect![[r#"
            <port>
            **port** `integer`

            required · since 2024-01-01

            `Test.Rp/widgets/config@2024-01-01`
        "#]],
    );
    check(
        "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets/config@2024-01-01\"\n  name = \"logs\"\n  body = { po$0rt = 1 }\n}\n",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn a_body_is_followed_through_what_builds_it() {
    for body in [
        "merge({ properties = { sta$0tus = 1 } }, var.x)",
        "var.x ? { properties = { sta$0tus = 1 } } : null",
        "jsonencode({ properties = { sta$0tus = 1 } })",
        "({ properties = { sta$0tus = 1 } })",
    ] {
        let fixture = Fixture::new(&widget(body));
        let hover = fixture.analysis().hover(fixture.at()).expect(body);
        assert!(hover.markdown.starts_with("**properties.status**"), "{body}: {}", hover.markdown);
    }
    check(
        &widget("{ properties = { rules = [for r in var.r : { act$0ion = r }] } }"),
        expect![[r#"
            <action>
            **properties.rules.\*.action** `"red" | "green"`

            What to do

            required · since 2024-01-01-preview

            `Test.Rp/widgets@2024-01-01`
        "#]],
    );
}

#[test]
fn a_local_that_a_body_refers_to_is_explained_where_it_stands() {
    let text = format!(
        "#- main.tf\n{}#- locals.tf\nlocals {{\n  inner = {{ sta$0tus = \"x\" }}\n}}\n",
        widget("{ properties = local.inner }")
    );
    check(
        &text,
        expect![[r#"
            <status>
            **properties.status** `"enabled" | "disabled" | string`

            Whether it is in use

            required · since 2022-05-01-preview

            `Test.Rp/widgets@2024-01-01`
        "#]],
    );
}

#[test]
fn an_argument_shows_what_the_provider_says() {
    check_alone(
        "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  par$0ent_id = \"\"\n}\n",
        expect![[r#"
            <parent_id>
            **parent_id** `string`

            ID of the scope or parent resource that contains the resource.

            optional

            Allowed:
            - `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`
        "#]],
    );
    check_alone(
        "resource \"azapi_resource\" \"x\" {\n  retry = { inter$0val_seconds = 1 }\n}\n",
        expect![[r#"
            <interval_seconds>
            **retry.interval_seconds** `number`

            Base wait between retries.

            optional · default `10`
        "#]],
    );
    check_alone(
        "resource \"azapi_resource\" \"x\" {\n  identity {\n    ty$0pe = \"None\"\n  }\n}\n",
        expect![[r#"
            <type>
            **identity.type** `string`

            Which kinds of managed identity the resource has.

            required
        "#]],
    );
    check_alone(
        "action \"azapi_resource_action\" \"x\" {\n  config {\n    met$0hod = \"POST\"\n  }\n}\n",
        expect![[r#"
            <method>
            **method** `string`

            HTTP method.

            optional · default `"POST"`
        "#]],
    );
}

#[test]
fn on_the_name_of_an_argument_a_companion_tells_what_the_azure_type_knows_and_no_more() {
    check(
        "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  par$0ent_id = \"\"\n}\n",
        expect![[r#"
            <parent_id>
            **parent_id** `string`

            Allowed:
            - `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`
        "#]],
    );
    check(
        "resource \"azapi_resource\" \"x\" {\n  retry = { inter$0val_seconds = 1 }\n}\n",
        expect![[r#"
            nothing
        "#]],
    );
    check(
        "resource \"azapi_resource\" \"x\" {\n  identity {\n    ty$0pe = \"None\"\n  }\n}\n",
        expect![[r#"
            nothing
        "#]],
    );
    check(
        "action \"azapi_resource_action\" \"x\" {\n  config {\n    met$0hod = \"POST\"\n  }\n}\n",
        expect![[r#"
            nothing
        "#]],
    );
}

#[test]
fn the_body_of_an_action_is_its_functions_input() {
    check(
        "resource \"azapi_resource_action\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  action = \"regenerateKey\"\n  body = { whi$0ch = \"primary\" }\n}\n",
        expect![[r#"
            <which>
            **which** `string`

            Which key

            required

            `Test.Rp/widgets@2024-01-01`
        "#]],
    );
}

#[test]
fn what_the_data_does_not_know_is_silent() {
    check(
        &widget("{ properties = { unkn$0own = 1 } }"),
        expect![[r#"
        nothing
    "#]],
    );
    check(
        "resource \"azurerm_x\" \"x\" {\n  ty$0pe = 1\n}\n",
        expect![[r#"
        nothing
    "#]],
    );
    check(
        "locals {\n  a = { sta$0tus = 1 }\n}\n",
        expect![[r#"
        nothing
    "#]],
    );
    check(
        "$0",
        expect![[r#"
        nothing
    "#]],
    );
}

/// What the hover says behind `before` in the published example; with the publisher's sentences or without, as the
/// program was built.
fn in_example(before: &str, lines: &[&str]) {
    let text = include_str!("../../../tests/data/modules/token/main.tf");
    let at = text.rfind(before).expect("in the example") + before.len();
    let fixture = Fixture::shipped(&format!("{}$0{}", &text[..at], &text[at..]));
    let hover = fixture.analysis().hover(fixture.at()).expect("a hover");
    for line in lines {
        assert!(hover.markdown.lines().any(|said| said == *line), "{line}\n{}", hover.markdown);
    }
}

const ORIGIN: &str = "`Microsoft.ContainerRegistry/registries/tokens@2021-08-01-preview`";

#[test]
fn the_published_examples_keys_are_explained() {
    in_example("      scopeMa", &["**properties.scopeMapId** `string`", "since 2019-05-01-preview", ORIGIN]);
    let status = "**properties.status** `\"enabled\" | \"disabled\" | string`";
    in_example("      sta", &[status, ORIGIN]);
}

#[test]
fn the_published_examples_values_are_explained() {
    in_example("status     = \"en", &["`enabled` is one of the allowed values.", ORIGIN]);
}

#[test]
fn a_type_without_a_version_is_explained_all_the_same() {
    let hover = |ty: &str| {
        let fixture = Fixture::new(&format!("resource \"azapi_resource\" \"x\" {{\n  type = \"{ty}\"\n}}\n"));
        fixture.analysis().hover(fixture.at()).map(|hover| hover.markdown)
    };
    for written in ["Test.Rp/wid$0gets", "Test.Rp/widgets@$0", "test.rp/widgets$0"] {
        let markdown = hover(written).expect(written);
        assert!(markdown.starts_with("**Test.Rp/widgets** · ["), "{markdown}");
        assert!(markdown.contains("Newest stable api-version: `2024-01-01`"), "{markdown}");
    }
    for written in ["Test.Rp/widge$0", "$0", "@$0", "Test.Rp/widgets@@$0", "Test.Rp/widgets@a@$0"] {
        assert_eq!(hover(written), None, "{written}");
    }
}

#[test]
fn a_data_plane_type_answers_from_the_providers_own_table() {
    let block = |line: &str| {
        let text = format!(
            "resource \"azapi_data_plane_resource\" \"x\" {{\n  type = \"Microsoft.KeyVault/vaults/secrets@7.4\"\n  {line}\n}}\n"
        );
        Fixture::shipped(&text)
    };
    check_in(
        &block("parent_id = \"$0x\""),
        expect![[r#"
            <"x">
            **parent_id** `string`

            ID of the scope or parent resource that contains the resource.

            required

            Allowed:
            - `{vaultName}.vault.azure.net`
        "#]],
    );
    let text = "resource \"azapi_data_plane_resource\" \"x\" {\n  type = \"$0Microsoft.KeyVault/vaults/secrets@7.4\"\n}\n";
    check_in(
        &Fixture::shipped(text),
        expect![[r#"
            <"Microsoft.KeyVault/vaults/secrets@7.4">
            **Microsoft.KeyVault/vaults/secrets** `7.4`

            Parents:
            - `{vaultName}.vault.azure.net`

            Newer api-versions: `2026-04-01` (newest stable), `2026-07-01-preview`, `2026-05-01-preview`, `2026-03-01-preview`, `2026-01-01-preview`, and 5 more

            Address: `{parentId}/secrets/{name}`

            `name` must be set
        "#]],
    );
    let line = |written: &str| {
        let text = format!("resource \"azapi_data_plane_resource\" \"x\" {{\n  type = \"{written}$0\"\n}}\n");
        let fixture = Fixture::shipped(&text);
        let hover = fixture.analysis().hover(fixture.at()).expect("a hover").markdown;
        hover.lines().find(|line| line.contains("api-version")).unwrap_or_default().to_owned()
    };
    let store = "Microsoft.AppConfiguration/configurationStores/keyValues";
    assert_eq!(
        line(&format!("{store}@2026-04-01")),
        "This is the newest stable api-version. Newer previews: `2026-08-01-preview`"
    );
    // One that the table does not have may well be newer.
    for written in [store.to_owned(), format!("{store}@2031-01-01")] {
        assert_eq!(line(&written), "Newest stable api-version: `2026-04-01`", "{written}");
    }
    assert_eq!(
        line("Microsoft.Synapse/workspaces/kqlScripts@2021-06-01-preview"),
        "This is the newest api-version."
    );
}

#[test]
fn a_file_of_variables_and_the_only_call_say_what_a_variable_is() {
    let child = "#- child/main.tf\nvariable \"t\" {}\nresource \"azapi_resource\" \"x\" {\n  type = var.t\n  body = { prop$0erties = {} }\n}\n";
    let hovered = |text: &str| {
        let fixture = Fixture::new(text);
        fixture.analysis().hover(fixture.at()).map(|hover| fixture.source(hover.range).to_owned())
    };
    let call = |name: &str, meta: &str, ty: &str| {
        format!("module \"{name}\" {{\n  source = \"./child\"\n{meta}  t = {ty}\n}}\n")
    };
    let widgets = "\"Test.Rp/widgets@2024-01-01\"";
    let known = hovered(&format!("#- main.tf\n{}{child}", call("m", "", widgets)));
    assert!(known.is_some());
    let each = call("m", "  for_each = toset([\"a\", \"b\"])\n", widgets);
    assert_eq!(hovered(&format!("#- main.tf\n{each}{child}")), known);
    let two = format!("{}{}", call("m", "", widgets), call("n", "", "\"Test.Rp/nope@2024-01-01\""));
    assert_eq!(hovered(&format!("#- main.tf\n{two}{child}")), None);
    assert_eq!(hovered(child), None);
    let own = child.replace("child/", "");
    for (name, text) in [
        ("terraform.tfvars", format!("t = {widgets}\n")),
        ("terraform.tfvars.json", format!("{{\"t\": {widgets}}}\n")),
        ("x.auto.tfvars", format!("u = {{\nt = {widgets}\n")),
        ("z.auto.tfvars.json", format!("{{\"t\": {widgets}, \"u\": [1]}}\n")),
    ] {
        // Half typed, a file gives what can be read of it.
        assert_eq!(hovered(&format!("{own}#- {name}\n{text}")), known, "{name}");
    }
    let both = format!(
        "{own}#- terraform.tfvars\nt = \"Test.Rp/nope@2024-01-01\"\n#- a.auto.tfvars\nt = {widgets}\n"
    );
    assert_eq!(hovered(&both), known);
}

const NAMES: &str = r#"
variable "name" {
  type        = string
  description = "How it is called"
  default     = "w"
}
variable "secret" {
  sensitive = true
  default   = "x"
}
variable "flag" {
}
locals {
  label = "${var.name}-1"
  kind  = var.flag ? "a" : "b"
}
module "m" {
  source = "./child"
}
resource "azapi_resource" "x" {
  type      = "Test.Rp/widgets@2024-01-01"
  parent_id = "/subscriptions/s/resourceGroups/g"
  name      = local.label
  timeouts {
    create = "1h30m"
  }
  response_export_values = ["properties.status"]
}
resource "azapi_resource" "many" {
  for_each = { a = 1, b = 2 }
  type     = "Test.Rp/widgets/gears@2024-01-01"
  name     = each.key
  tags     = { n = each.value }
}
output "o" {
  value = EXPRESSION
}
#- child/main.tf
output "y" {
  value = 3
}
"#;

fn named(expression: &str) -> String {
    NAMES.trim_start().replace("EXPRESSION", expression)
}

#[test]
fn a_reference_says_what_it_leads_to() {
    check_alone(
        &named("var.na$0me"),
        expect![[r#"
        <var.name>
        **var.name** `string`

        How it is called

        Default: `"w"`
    "#]],
    );
    check_alone(
        &named("local.la$0bel"),
        expect![[r#"
        <local.label>
        **local.label**

        Value, unless a variable is set otherwise: `"w-1"`
    "#]],
    );
    check_alone(
        &named("local.ki$0nd"),
        expect![[r#"
        <local.kind>
        **local.kind**

        One of:
        - `"a"`
        - `"b"`
    "#]],
    );
    check_alone(
        &named("var.sec$0ret"),
        expect![[r#"
            <var.secret>
            **var.secret**

            Sensitive: its value is not shown.
        "#]],
    );
    check_alone(
        &named("module.m.$0y"),
        expect![[r#"
        <module.m.y>
        **module.m.y**

        Value: `3`
    "#]],
    );
    check_alone(
        &named("modu$0le.m.y"),
        expect![[r#"
        <module.m>
        **module.m**

        Source: `./child`
    "#]],
    );
    check_alone(
        &named("azapi_resource.x.i$0d"),
        expect![[r#"
        <azapi_resource.x.id>
        **azapi_resource.x.id** `Test.Rp/widgets@2024-01-01`

        Id: `/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w-1`
    "#]],
    );
    check_alone(
        &named("azapi_resource.x.output.properties.sta$0tus"),
        expect![[r#"
            <azapi_resource.x.output.properties.status>
            **azapi_resource.x.output.properties.status** `Test.Rp/widgets@2024-01-01`

            ---

            **properties.status** `"enabled" | "disabled" | string`

            Whether it is in use

            required · since 2022-05-01-preview

            `Test.Rp/widgets@2024-01-01`
        "#]],
    );
    check_alone(
        &named("upp$0er(var.name)"),
        expect![[r#"
            <upper>
            **upper** `(text: string) → string`

            A text in upper case.

            Value, unless a variable is set otherwise: `"W"`
        "#]],
    );
    check_alone(
        &named("provider::azapi::unique_str$0ing([\"a\"])"),
        expect![[r#"
        <provider::azapi::unique_string>
        **unique_string** `(base_string: list(string)) → string`

        Same hash as the ARM uniqueString function.

        since azapi 2.4
    "#]],
    );
}

#[test]
fn a_declaration_of_a_local_says_its_value() {
    check_alone(
        &named("1").replace("  kind  =", "  ki$0nd  ="),
        expect![[r#"
        <kind>
        **local.kind**

        One of:
        - `"a"`
        - `"b"`
    "#]],
    );
}

#[test]
fn a_name_of_a_repeated_block_says_all_its_values() {
    check_alone(
        &named("1").replace("= each.key", "= each.k$0ey"),
        expect![[r#"
            <each.key>
            **each.key**

            One of:
            - `"a"`
            - `"b"`

            ---

            **name** `string`

            Last name segment of the resource ID.

            optional

            `name` of `Test.Rp/widgets/gears@2024-01-01`: `string` (required)

            The resource name
        "#]],
    );
}

#[test]
fn a_nested_block_is_explained_on_its_name() {
    let of = |block: &str, alone: bool| {
        let text = format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  {block}\n}}\n"
        );
        let fixture = if alone { Fixture::alone(&text) } else { Fixture::new(&text) };
        fixture.analysis().hover(fixture.at()).map(|hover| hover.markdown)
    };
    for (block, name) in
        [("identity {\n  }", "identity"), ("timeouts {\n  }", "timeouts"), ("timeouts {", "timeouts")]
    {
        let at = format!("{}$0{}", &block[..2], &block[2..]);
        let found = of(&at, true).unwrap_or_else(|| panic!("{block}"));
        assert!(found.starts_with(&format!("**{name}** `block`")), "{found}");
    }
    assert_eq!(of("time$0outs {\n  }", false), None);
    assert_eq!(of("life$0cycle {\n  }", true), None);
}

#[test]
fn a_duration_and_an_export_path_are_explained() {
    check_alone(
        &named("1").replace("1h30m", "1h3$00m"),
        expect![[r#"
        <"1h30m">
        **timeouts.create** `string`

        Limit for create.

        That is 1 hour 30 minutes.

        optional · default `"30m"`
    "#]],
    );
    check_alone(
        &named("1").replace("\"properties.status", "\"properties.st$0atus"),
        expect![[r#"
            <["properties.status"]>
            **response_export_values** `any`

            Response parts to expose in output: a list of dotted paths ("\*" = all) or a map of name to JMESPath query.

            optional

            `properties.status` of `Test.Rp/widgets@2024-01-01`: `"enabled" | "disabled" | string`

            Whether it is in use
        "#]],
    );
}

/// What stands behind the argument's own words, of a word in a JMESPath.
fn exported(query: &str) -> String {
    let block = |of: &str, query: &str| {
        format!(
            "{of} \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  response_export_values = {{ r = \"{query}\" }}\n}}\n"
        )
    };
    let fixture = Fixture::new(&block("resource \"azapi_resource\"", query));
    let hover = fixture.analysis().hover(fixture.at()).map(|hover| hover.markdown).unwrap_or_default();
    hover.split("optional\n\n").nth(1).unwrap_or("-").split("\n\n").collect::<Vec<_>>().join(" | ")
}

#[test]
fn a_word_of_a_jmespath_says_what_it_selects_or_does() {
    let of = "of `Test.Rp/widgets@2024-01-01`";
    for (query, name, ty) in [
        (
            "properties.sta$0tus",
            "properties.status",
            "`\"enabled\" | \"disabled\" | string` | Whether it is in use",
        ),
        ("properties.rules[*].pri$0ority", "properties.rules.*.priority", "`integer`"),
        ("properties.rules[].prio$0rity | [0]", "properties.rules.*.priority", "`integer`"),
        ("properties.rules[?pri$0ority > `1`].action", "properties.rules.*.priority", "`integer`"),
        ("properties.rules[*].{p: prior$0ity}", "properties.rules.*.priority", "`integer`"),
        ("properties.rules | [0].prior$0ity", "properties.rules.*.priority", "`integer`"),
        ("properties.[count, cou$0nt]", "properties.count", "`integer` | How many"),
        ("sort_by(properties.rules, &prior$0ity)", "properties.rules.*.priority", "`integer`"),
        ("properties.\\\"a.dot$0ted\\\"", "properties.a.dotted", "`string`"),
    ] {
        let expected = format!("`{name}` {of}: {ty}");
        assert!(exported(query).starts_with(&expected), "{query}: {}", exported(query));
    }
    assert_eq!(
        exported("sort$0_by(properties.rules, &priority)[0]"),
        "`sort_by`: `(list: list(any), each: expression) → list(any)` | The elements in the order of what an expression such as `&name` takes of each."
    );
    for query in [
        "$0",
        "properties.nothi$0ng",
        "properties.[$0",
        "no_such$0(name)",
        "'ra$0w'",
        "properties.rules[0$0]",
    ] {
        assert_eq!(exported(query), "-", "{query}");
    }
}

#[test]
fn an_answer_that_lists_holds_what_is_listed_under_value() {
    let text = "data \"azapi_resource_list\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  response_export_values = { r = \"value[].properties.cou$0nt\" }\n}\n";
    let fixture = Fixture::new(text);
    let hover = fixture.analysis().hover(fixture.at()).expect("a hover").markdown;
    assert!(hover.contains("`properties.count` of `Test.Rp/widgets@2024-01-01`: `integer`"), "{hover}");
}

#[test]
fn a_companion_says_of_references_only_what_the_azure_type_knows() {
    check(
        &named("var.na$0me"),
        expect![[r#"
        nothing
    "#]],
    );
    check(
        &named("upp$0er(var.name)"),
        expect![[r#"
        nothing
    "#]],
    );
    check(
        &named("azapi_resource.x$0.id"),
        expect![[r#"
        <azapi_resource.x>
        **azapi_resource.x** `Test.Rp/widgets@2024-01-01`

        Id: `/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w-1`
    "#]],
    );
}

#[test]
fn half_typed_references_break_nothing() {
    for expression in
        ["var.$0", "local.$0.", "azapi_resource.$0", "azapi_resource.x.$0", "each.$0", "f($0", "var.na$0me["]
    {
        let fixture = Fixture::alone(&named(expression));
        let _ = fixture.analysis().hover(fixture.at());
    }
}

#[test]
fn a_reference_to_a_block_of_azurerm_says_which_type_it_is_and_what_form_its_id_has() {
    let shown = |reference: &str| {
        let text = format!(
            "resource \"azurerm_subnet\" \"s\" {{\n  count = 1\n}}\n\
             data \"azurerm_subscription\" \"s\" {{}}\nresource \"azurerm_linux_web_app\" \"w\" {{}}\n\
             resource \"azurerm_management_lock\" \"l\" {{}}\n\
             resource \"azurerm_key_vault_secret\" \"k\" {{}}\nresource \"azurerm_subscription\" \"r\" {{}}\n\
             locals {{\n  it = {reference}\n}}\n"
        );
        let fixture = Fixture::shipped(&text);
        let hover = fixture.analysis().hover(fixture.at());
        hover.map_or_else(|| format!("{reference}: nothing\n"), |hover| format!("{}\n", hover.markdown))
    };
    let all: Vec<String> = [
        "azurerm_subnet.s[0].i$0d",
        "azurerm_subnet.s[0].virtual_network$0_name",
        "azurerm_subn$0et.s",
        "data.azurerm_subscription.s.i$0d",
        "azurerm_subscription.r.i$0d",
        "azurerm_linux_web_app.w.service_plan$0_id",
        "azurerm_management_lock.l.i$0d",
        "azurerm_key_vault_secret.k.i$0d",
        "azurerm_key_vault_secret.k.key_vault$0_id",
        "azurerm_subnet.not_there.i$0d",
        "azurerm_unknown.x.i$0d",
    ]
    .into_iter()
    .map(shown)
    .collect();
    expect![[r#"
        **azurerm_subnet.s[0].id** `Microsoft.Network/virtualNetworks/subnets`

        Id: `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/virtualNetworks/{resourceName}/subnets/{resourceName}`
        ===
        **azurerm_subnet.s[0].virtual_network_name**

        Of `Microsoft.Network/virtualNetworks/subnets`
        ===
        **azurerm_subnet.s** `Microsoft.Network/virtualNetworks/subnets`

        Id: `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/virtualNetworks/{resourceName}/subnets/{resourceName}`
        ===
        **data.azurerm_subscription.s.id** `Microsoft.Resources/subscriptions`

        Id: `/subscriptions/{subscriptionId}`
        ===
        **azurerm_subscription.r.id**

        Id of one of:
        - `Microsoft.Subscription/aliases`
        - `Microsoft.Resources/subscriptions`
        ===
        **azurerm_linux_web_app.w.service_plan_id**

        Of `Microsoft.Web/sites`
        ===
        **azurerm_management_lock.l.id** `Microsoft.Authorization/locks`

        Id, one of:
        - `/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/locks/{resourceName}`
        - `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Authorization/locks/{resourceName}`
        - `{any azure resource id}/providers/Microsoft.Authorization/locks/{resourceName}`
        ===
        azurerm_key_vault_secret.k.i$0d: nothing
        ===
        azurerm_key_vault_secret.k.key_vault$0_id: nothing
        ===
        azurerm_subnet.not_there.i$0d: nothing
        ===
        azurerm_unknown.x.i$0d: nothing
    "#]].assert_eq(&all.join("===\n"));
}

#[test]
fn a_name_that_azure_takes_a_guid_for_is_told() {
    let shown = |ty: &str| {
        let text = format!("resource \"azapi_resource\" \"x\" {{\n  type = \"{ty}\"\n  na$0me = \"x\"\n}}\n");
        let fixture = Fixture::shipped(&text);
        fixture.analysis().hover(fixture.at()).unwrap().markdown
    };
    let told = "Azure takes a GUID for it.";
    assert!(shown("Microsoft.Authorization/roleAssignments@2022-04-01").contains(told));
    assert!(!shown("Microsoft.Authorization/locks@2020-05-01").contains(told));
}

#[test]
fn a_name_that_selects_the_shape_of_the_body_lists_the_names() {
    let text = "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.Web/sites/config@2024-04-01\"\n  na$0me = \"web\"\n}\n";
    let fixture = Fixture::shipped(text);
    let shown = fixture.analysis().hover(fixture.at()).unwrap().markdown;
    assert!(shown.contains("Selects the shape of the body:\n- `appsettings`\n"), "{shown}");
}

#[test]
fn the_arguments_of_the_provider_are_explained_where_it_runs_alone() {
    let text = |inner: &str| format!("provider \"azapi\" {{\n  {inner}\n}}\n");
    check_alone(
        &text("enable_pre$0flight = true"),
        expect![[r#"
        <enable_preflight>
        **enable_preflight** `bool`

        Call the ARM preflight API at plan time.

        optional · since azapi 2.0 · default `false`
    "#]],
    );
    check_alone(
        &text("endp$0oint {\n  }"),
        expect![[r#"
        <endpoint>
        **endpoint** `list(object)`

        Custom cloud endpoints.

        optional
    "#]],
    );
    for text in [
        text("enable_preflight = tr$0ue"),
        text("unknown$0 = true"),
        "provider \"azurerm\" {\n  enable_pre$0flight = true\n}\n".to_owned(),
    ] {
        assert_eq!(Fixture::alone(&text).analysis().hover(Fixture::alone(&text).at()), None, "{text}");
    }
    let fixture = Fixture::new(&text("enable_pre$0flight = true"));
    assert_eq!(fixture.analysis().hover(fixture.at()), None);
}

#[test]
fn a_local_tells_what_it_is_by_the_defaults_of_variables_and_what_else_it_may_be() {
    check_alone(
        "variable \"p\" {\n  type    = bool\n  default = false\n}\nlocals {\n  ti$0er = var.p ? \"Premium\" : \"Standard\"\n}\n",
        expect![[r#"
            <tier>
            **local.tier**

            Value, unless a variable is set otherwise: `"Standard"`, else `"Premium"`
        "#]],
    );
}

#[test]
fn an_argument_that_the_type_requires_says_so() {
    check_alone(
        "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  loc$0ation = \"x\"\n}\n",
        expect![[r#"
            <location>
            **location** `string`

            Azure region.

            optional

            `location` of `Test.Rp/widgets@2024-01-01`: `string` (required)

            The region
        "#]],
    );
}
