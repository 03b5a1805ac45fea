//! Parents of every form, whole and half known.

use crate::ide::Severity;
use crate::ide::fixture::Fixture;
use expect_test::{Expect, expect};

fn found(text: &str) -> Vec<(Severity, String)> {
    let fixture = Fixture::new(text);
    let found = fixture.analysis().diagnostics(fixture.file).into_iter();
    let parents = found.filter(|one| one.code == "invalid-parent-id");
    parents.map(|one| (one.severity, one.message)).collect()
}

fn block(name: &str, ty: &str, parent: &str) -> String {
    format!(
        "resource \"azapi_resource\" \"{name}\" {{\n  type = \"{ty}@2024-01-01\"\n  name = \"n\"\n  parent_id = {parent}\n}}\n"
    )
}

/// Each parent of a type, with what is said of it up to the `;`.
fn check(ty: &str, parents: &[&str], expected: Expect) {
    let mut lines = String::new();
    for parent in parents {
        let of_parent = found(&block("x", ty, &format!("\"{parent}\"")));
        let (severity, message) = of_parent.first().map_or(("fine", ""), |(severity, message)| {
            let severity = if *severity == Severity::Error { "error" } else { "warning" };
            (severity, message.as_str())
        });
        lines.push_str(format!("{parent} => {severity} {message}").trim_end());
        lines.push('\n');
    }
    expected.assert_eq(&lines);
}

#[test]
fn odd_forms_are_refused_where_the_provider_refuses_them() {
    let parents = [
        "",
        "/",
        "//",
        "/tenants/t",
        "/subscriptions/s/resourceGroup/g",
        "/subscriptions/s//resourceGroups/g",
        "/subscriptions/s/resourceGroups/g/",
        "/subscriptions/s/locations",
        "/subscriptions/s/resourceGroups/g/providers/Test.Rp",
    ];
    check(
        "Test.Rp/widgets",
        &parents,
        expect![[r#"
             => error `parent_id` must be the id of a resource group, but it is empty
            / => error `parent_id` must be a resource group, not the tenant (`/`)
            // => error `parent_id` must be the id of a resource group, but it has an empty segment
            /tenants/t => error `parent_id` must be the id of a resource group, but it begins with neither `/subscriptions/` nor `/providers/`
            /subscriptions/s/resourceGroup/g => error `parent_id` must be a resource group, not a resource group (`Microsoft.Resources/subscriptions/resourceGroup`)
            /subscriptions/s//resourceGroups/g => error `parent_id` must be the id of a resource group, but it has an empty segment
            /subscriptions/s/resourceGroups/g/ => fine
            /subscriptions/s/locations => error `parent_id` must be the id of a resource group, but its last segment lacks a name
            /subscriptions/s/resourceGroups/g/providers/Test.Rp => error `parent_id` must be the id of a resource group, but its namespace is not followed by a type and a name
        "#]],
    );
    check(
        "Test.Rp/extras",
        &parents,
        expect![[r#"
             => error `parent_id` must be the id of any resource, but it is empty
            / => fine
            // => error `parent_id` must be the id of any resource, but it has an empty segment
            /tenants/t => error `parent_id` must be the id of any resource, but it begins with neither `/subscriptions/` nor `/providers/`
            /subscriptions/s/resourceGroup/g => fine
            /subscriptions/s//resourceGroups/g => warning `parent_id` is no id that Azure has: it has an empty segment
            /subscriptions/s/resourceGroups/g/ => fine
            /subscriptions/s/locations => warning `parent_id` is no id that Azure has: its last segment lacks a name
            /subscriptions/s/resourceGroups/g/providers/Test.Rp => error `parent_id` must be the id of any resource, but its namespace is not followed by a type and a name
        "#]],
    );
}

#[test]
fn a_stretch_that_may_hold_slashes_is_no_error() {
    let group = "resource \"azapi_resource\" \"rg\" {\n  type = \"Microsoft.Resources/resourceGroups@2024-01-01\"\n}\nvariable \"rest\" {}\n";
    let of = |parent: &str| {
        let block = block("x", "Test.Rp/widgets/gears", &format!("\"{parent}\""));
        found(&format!("{group}{block}")).len()
    };
    assert_eq!(of("${azapi_resource.rg.id}/${var.rest}"), 0);
    assert_eq!(of("/subscriptions/s/${var.rest}"), 0);
    assert_eq!(of("${var.rest}/widgets/w"), 0);
    assert_eq!(of("${azapi_resource.rg.id}/providers/Test.Rp/widgetSets/${var.rest}"), 1);
    assert_eq!(of("/subscriptions/${var.rest}/resourceGroups/${var.rest}"), 1);
}

#[test]
fn a_type_whose_last_word_is_subscriptions_is_no_subscription() {
    let topic = "\"/subscriptions/s/resourceGroups/g/providers/Test.Rp/topics/t\"";
    let above = block("above", "Test.Rp/topics/subscriptions", topic);
    let under = |ty: &str| found(&format!("{above}{}", block("x", ty, "azapi_resource.above.id"))).len();
    assert_eq!(under("Test.Rp/topics/subscriptions/rules"), 0);
    assert_eq!(under("Test.Rp/topics/rules"), 1);
}

const OTHERS: &str = r#"
variable "any" {}
variable "flag" { type = bool }
variable "list" { type = list(string) }
resource "azapi_resource" "group" {
  type = "Microsoft.Resources/resourceGroups@2024-01-01"
  name = "g"
}
resource "azapi_resource" "widget" {
  type      = "Test.Rp/widgets@2024-01-01"
  name      = "w"
  parent_id = azapi_resource.group.id
}
resource "azapi_resource" "several" {
  for_each  = { a = 1, b = 2 }
  type      = "Test.Rp/widgets@2024-01-01"
  name      = each.key
  parent_id = azapi_resource.group.id
}
data "azurerm_subscription" "current" {}
"#;

/// Each value of `parent_id` of a gear, whose parent is a widget, with what is said of it.
fn of_gear(parents: &[&str]) -> String {
    let mut lines = String::new();
    for parent in parents {
        let (arguments, parent) = parent.split_once("; ").unwrap_or(("", parent));
        let text = format!(
            "resource \"azapi_resource\" \"x\" {{\n  {arguments}\n  type = \"Test.Rp/widgets/gears@2024-01-01\"\n  name = \"n\"\n  parent_id = {parent}\n}}\n{OTHERS}"
        );
        let found = found(&text);
        let said: Vec<String> =
            found.iter().map(|(severity, message)| format!("{} {message}", severity.name())).collect();
        lines.push_str(&format!(
            "{parent}\n    {}\n",
            if said.is_empty() { "fine".to_owned() } else { said.join("\n    ") }
        ));
    }
    lines
}

#[test]
fn what_is_no_id_is_refused_in_words() {
    expect![[r#"
        azapi_resource.group
            error `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it is an object
        azapi_resource.widget
            error `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it is an object: write `azapi_resource.widget.id`
        azapi_resource.widget.name
            error `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it does not begin with `/`
        azapi_resource.widget.type
            error `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it does not begin with `/`
        azapi_resource.widget[*].id
            error `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it is a list
        [azapi_resource.widget.id]
            error `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it is a list
        azapi_resource.several
            error `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it is an object
        azapi_resource.several["a"]
            error `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it is an object
        data.azurerm_subscription.current.subscription_id
            error `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it does not begin with `/`
        { id = azapi_resource.widget.id }
            error `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it is an object
        true
            error `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it does not begin with `/`
        1
            error `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it does not begin with `/`
        var.list
            error `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it is a list
        var.flag
            error `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it does not begin with `/`
        values(azapi_resource.several)[*].id
            error `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it is a list
    "#]].assert_eq(&of_gear(&[
        "azapi_resource.group",
        "azapi_resource.widget",
        "azapi_resource.widget.name",
        "azapi_resource.widget.type",
        "azapi_resource.widget[*].id",
        "[azapi_resource.widget.id]",
        "azapi_resource.several",
        "azapi_resource.several[\"a\"]",
        "data.azurerm_subscription.current.subscription_id",
        "{ id = azapi_resource.widget.id }",
        "true",
        "1",
        "var.list",
        "var.flag",
        "values(azapi_resource.several)[*].id",
    ]));
}

#[test]
fn functions_keep_the_type_of_an_id() {
    expect![[r#"
        lower(azapi_resource.widget.id)
            fine
        upper(azapi_resource.group.id)
            error `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group
        replace(azapi_resource.group.id, "g", "h")
            error `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group
        one(azapi_resource.group[*].id)
            error `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group
        try(azapi_resource.group.id, null)
            error `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group
        coalesce(azapi_resource.group.id, "")
            error `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group
        element([azapi_resource.group.id], 0)
            error `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group
        provider::azapi::parse_resource_id("Test.Rp/widgets", azapi_resource.widget.id).parent_id
            error `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group
        provider::azapi::parse_resource_id("Test.Rp/widgets/gears", var.any).parent_id
            fine
        "${provider::azapi::build_resource_id(azapi_resource.group.id, "Test.Rp/widgetSets", "s")}"
            error `parent_id` must be a widget (`Test.Rp/widgets`), not a widget set (`Test.Rp/widgetSets`)
    "#]]
    .assert_eq(&of_gear(&[
        "lower(azapi_resource.widget.id)",
        "upper(azapi_resource.group.id)",
        "replace(azapi_resource.group.id, \"g\", \"h\")",
        "one(azapi_resource.group[*].id)",
        "try(azapi_resource.group.id, null)",
        "coalesce(azapi_resource.group.id, \"\")",
        "element([azapi_resource.group.id], 0)",
        "provider::azapi::parse_resource_id(\"Test.Rp/widgets\", azapi_resource.widget.id).parent_id",
        "provider::azapi::parse_resource_id(\"Test.Rp/widgets/gears\", var.any).parent_id",
        "\"${provider::azapi::build_resource_id(azapi_resource.group.id, \"Test.Rp/widgetSets\", \"s\")}\"",
    ]));
}

#[test]
fn an_outcome_that_is_wrong_is_told_with_when() {
    expect![[r#"
        var.flag ? azapi_resource.group.id : "/subscriptions/s"
            error `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group or a subscription
        var.flag ? azapi_resource.group.id : azapi_resource.widget.id
            warning `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group (when `var.flag` is true)
        var.flag ? azapi_resource.widget.id : var.any
            fine
        var.flag ? azapi_resource.group.id : var.any
            warning `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group (when `var.flag` is true)
        var.flag ? azapi_resource.widget.id : (var.any == 1 ? azapi_resource.group.id : "w")
            warning `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group (when `var.any == 1` is true)
            warning `parent_id` must be the id of a widget (`Test.Rp/widgets`), but it does not begin with `/` (when `var.any == 1` is false)
        var.flag ? azapi_resource.group.id : null
            warning `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group (when `var.flag` is true)
        try(azapi_resource.several[var.any].id, azapi_resource.group.id)
            warning `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group (in some cases)
        azapi_resource.several[var.any].id
            fine
    "#]].assert_eq(&of_gear(&[
        "var.flag ? azapi_resource.group.id : \"/subscriptions/s\"",
        "var.flag ? azapi_resource.group.id : azapi_resource.widget.id",
        "var.flag ? azapi_resource.widget.id : var.any",
        "var.flag ? azapi_resource.group.id : var.any",
        "var.flag ? azapi_resource.widget.id : (var.any == 1 ? azapi_resource.group.id : \"w\")",
        "var.flag ? azapi_resource.group.id : null",
        "try(azapi_resource.several[var.any].id, azapi_resource.group.id)",
        "azapi_resource.several[var.any].id",
    ]));
}

#[test]
fn each_instance_is_judged_by_itself() {
    let widget = "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w";
    let each = |map: &str| format!("for_each = {map}; each.value");
    expect![[r#"
        each.value
            error `parent_id` must be a widget (`Test.Rp/widgets`), not a subscription (in `azapi_resource.x["b"]`)
        each.value
            fine
        each.value
            error `parent_id` must be a widget (`Test.Rp/widgets`), not a subscription
        each.value
            error `parent_id` must be a widget (`Test.Rp/widgets`), not a subscription (in `azapi_resource.x["a"]`)
            error `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group (in `azapi_resource.x["b"]`)
        each.value
            error `parent_id` must be a widget (`Test.Rp/widgets`), not a subscription
        each.value
            fine
        [azapi_resource.widget.id, azapi_resource.group.id][count.index]
            error `parent_id` must be a widget (`Test.Rp/widgets`), not a resource group (in `azapi_resource.x[1]`)
        azapi_resource.several[each.key].id
            fine
    "#]].assert_eq(&of_gear(&[
        &each(&format!("{{ a = \"{widget}\", b = \"/subscriptions/s\" }}")),
        &each(&format!("{{ a = \"{widget}\", b = azapi_resource.widget.id }}")),
        &each("{ a = \"/subscriptions/s\", b = \"/subscriptions/t\" }"),
        &each("{ a = \"/subscriptions/s\", b = azapi_resource.group.id }"),
        &each("var.flag ? { a = \"/subscriptions/s\" } : {}"),
        &each("var.any"),
        "count = 2; [azapi_resource.widget.id, azapi_resource.group.id][count.index]",
        "for_each = { a = 1, b = 2 }; azapi_resource.several[each.key].id",
    ]));
}

#[test]
fn a_list_of_children_asks_for_their_parent() {
    let of = |header: &str, ty: &str, parent: &str| {
        let (open, close) = if header.starts_with("list") { ("  config {\n", "  }\n") } else { ("", "") };
        let text = format!(
            "{header} \"x\" {{\n{open}  type = \"{ty}@2024-01-01\"\n  parent_id = {parent}\n{close}}}\n{OTHERS}"
        );
        found(&text).into_iter().map(|(severity, _)| severity).collect::<Vec<_>>()
    };
    for header in ["data \"azapi_resource_list\"", "list \"azapi_resource\""] {
        assert_eq!(
            of(header, "Test.Rp/widgets/gears", "azapi_resource.group.id"),
            [Severity::Warning],
            "{header}"
        );
        assert_eq!(of(header, "Test.Rp/widgets/gears", "azapi_resource.widget.id"), [], "{header}");
        assert_eq!(of(header, "Test.Rp/widgets/gears", "var.any"), [], "{header}");
        assert_eq!(of(header, "Test.Rp/widgets", "data.azurerm_subscription.current.id"), [], "{header}");
    }
}

#[test]
fn legal_parents_are_offered_best_first() {
    let fixes = |parent: &str| {
        let text = format!(
            "{OTHERS}resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets/gears@2024-01-01\"\n  name = \"n\"\n  parent_id = {parent}\n}}\nresource \"azapi_resource\" \"below\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = azapi_resource.group.id\n}}\nresource \"azapi_resource\" \"circle\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = azapi_resource.group.id\n  body = {{ tags = {{ a = azapi_resource.x.id }} }}\n}}\n"
        );
        let fixture = Fixture::new(&text);
        let found = fixture
            .analysis()
            .diagnostics(fixture.file)
            .into_iter()
            .filter(|one| one.code == "invalid-parent-id");
        found.flat_map(|one| one.fixes).map(|fix| fix.title).collect::<Vec<_>>()
    };
    let titles = ["Change to `azapi_resource.widget.id`", "Change to `azapi_resource.below.id`"];
    assert_eq!(fixes("azapi_resource.group.id"), titles);
    assert_eq!(fixes("azapi_resource.widget"), titles);
    assert_eq!(fixes("azapi_resource.below.name"), [titles[1], titles[0]]);
}

#[test]
fn a_block_of_the_right_type_with_a_wrong_id_is_not_offered() {
    let fixes = |argument: &str| {
        let parent = format!(
            "resource \"azapi_resource\" \"parent\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  name = \"n\"\n  {argument}\n}}\n"
        );
        let text = block("x", "Test.Rp/widgets/gears", "\"/subscriptions/s/resourceGroups/g\"") + &parent;
        let fixture = Fixture::new(&text);
        let found = fixture.analysis().diagnostics(fixture.file).into_iter();
        let of_x = found.filter(|one| one.address.as_deref() == Some("azapi_resource.x"));
        of_x.flat_map(|one| one.fixes).map(|fix| fix.title).collect::<Vec<_>>()
    };
    let offered = ["Change to `azapi_resource.parent.id`"];
    assert_eq!(fixes("parent_id = \"/subscriptions/s/resourceGroups/g\""), offered);
    assert_eq!(fixes("parent_id = var.any"), offered);
    assert_eq!(fixes("parent_id = \"/subscriptions/s/s/resourceGroups/g\""), [""; 0]);
    assert_eq!(fixes("parent_id = \"nothing\""), [""; 0]);
    assert_eq!(
        fixes("parent_id = var.any\n}\nresource \"azapi_resource\" \"parent\" {\n  type = var.any"),
        [""; 0],
        "which of two that have one name is meant"
    );
}

#[test]
fn the_branch_that_is_wrong_is_replaced() {
    let text = format!(
        "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets/gears@2024-01-01\"\n  parent_id = var.flag ? var.any : azapi_resource.group.id\n}}\n{OTHERS}"
    );
    let fixture = Fixture::new(&text);
    let found = fixture.analysis().diagnostics(fixture.file);
    let one = found.iter().find(|one| one.code == "invalid-parent-id").expect("one");
    let changed = fixture.changed(&one.fixes[0].change);
    assert!(changed.contains("parent_id = var.flag ? var.any : azapi_resource.widget.id"), "{changed}");
}

#[test]
fn a_chain_of_service_bus_rules_is_clean() {
    let chain = [
        ("group", "Microsoft.Resources/resourceGroups@2020-06-01", ""),
        ("namespace", "Microsoft.ServiceBus/namespaces@2022-01-01-preview", "group"),
        ("topic", "Microsoft.ServiceBus/namespaces/topics@2021-06-01-preview", "namespace"),
        ("subscription", "Microsoft.ServiceBus/namespaces/topics/subscriptions@2021-06-01-preview", "topic"),
        (
            "rule",
            "Microsoft.ServiceBus/namespaces/topics/subscriptions/rules@2021-06-01-preview",
            "subscription",
        ),
    ];
    let block = |(name, ty, parent): (&str, &str, &str)| {
        let parent = if parent.is_empty() {
            String::new()
        } else {
            format!("  parent_id = azapi_resource.{parent}.id\n")
        };
        format!(
            "resource \"azapi_resource\" \"{name}\" {{\n  type = \"{ty}\"\n{parent}  name = \"acctest0001\"\n}}\n"
        )
    };
    let text: String = chain.into_iter().map(block).collect();
    let fixture = Fixture::shipped(&text);
    assert_eq!(fixture.analysis().diagnostics(fixture.file), []);
    let wrong =
        text.replace("parent_id = azapi_resource.subscription.id", "parent_id = azapi_resource.topic.id");
    let fixture = Fixture::shipped(&wrong);
    assert_eq!(fixture.analysis().diagnostics(fixture.file).len(), 1);
}

#[test]
fn a_network_under_an_identity_is_a_warning() {
    let text = r#"
resource "azapi_resource" "identity" {
  type      = "Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31"
  name      = "i"
  parent_id = "/subscriptions/s/resourceGroups/g"
}
resource "azapi_resource" "network" {
  type      = "Microsoft.Network/virtualNetworks@2024-05-01"
  name      = "v"
  parent_id = azapi_resource.identity.id
}
"#;
    let fixture = Fixture::shipped(text);
    let found = fixture.analysis().diagnostics(fixture.file);
    let found: Vec<_> = found.iter().map(|one| (one.severity, one.message.as_str())).collect();
    assert_eq!(
        found,
        [(
            Severity::Warning,
            "`parent_id` should be a resource group: `Microsoft.Network/virtualNetworks` is no extension of a user assigned identity (`Microsoft.ManagedIdentity/userAssignedIdentities`)"
        )]
    );
}

#[test]
fn of_what_is_escaped_or_cut_off_nothing_is_claimed() {
    check(
        "Test.Rp/widgets",
        &["/subscriptions/s", "/subscriptions/s%2FresourceGroups", "/subscriptions/s?x"],
        expect![[r#"
            /subscriptions/s => warning `parent_id` should be a resource group: `Test.Rp/widgets` can be read but not created under a subscription
            /subscriptions/s%2FresourceGroups => fine
            /subscriptions/s?x => fine
        "#]],
    );
}
