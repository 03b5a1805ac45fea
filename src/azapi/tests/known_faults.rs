//! What is answered wrongly today, beside the right answer. Whoever corrects one moves its row to the table of
//! its subject.

use super::harness::{OTHERS, id, import, parent, with};

struct Fault {
    text: &'static str,
    now: &'static str,
    right: &'static str,
}

const fn fault(text: &'static str, now: &'static str, right: &'static str) -> Fault {
    Fault { text, now, right }
}

#[track_caller]
fn still_wrong(subject: impl Fn(&str) -> String, faults: &[Fault]) {
    let mut changed = String::new();
    for Fault { text, now, right } in faults {
        assert_ne!(now, right, "{text}");
        let given = subject(text);
        if given != *now {
            let verdict = if given == *right { "right now: move it" } else { "different" };
            changed.push_str(&format!("{text}\n    gives {given}\n    was   {now}\n    ({verdict})\n\n"));
        }
    }
    assert!(changed.is_empty(), "{changed}");
}

#[test]
fn ids_that_could_be_known_and_are_not_or_are_not_and_seem_to_be() {
    still_wrong(
        |row| id(&parent(row)),
        &[
            fault("\"${azapi_resource.rg.id}-2\"", "unknown", "/subscriptions/{}/resourceGroups/rg1-2"),
            fault("lower(azapi_resource.rg.id)", "{…}", "/subscriptions/{}/resourcegroups/rg1"),
            fault("azapi_resource.rg[*].id", "unknown", "malformed: it is a list"),
            fault("[azapi_resource.rg.id]", "unknown", "malformed: it is a list"),
            fault("true", "unknown", "malformed: it does not begin with `/`"),
            fault("azapi_resource.rg", "unknown", "malformed: it is an object"),
            fault(
                "data.azurerm_subscription.current.subscription_id",
                "unknown",
                "malformed: it does not begin with `/`",
            ),
            fault(
                "azurerm_resource_group.main.id",
                "/subscriptions/{}/resourceGroups/{}",
                "/subscriptions/{}/resourceGroups/rg2",
            ),
            fault(
                "provider::azapi::build_resource_id(azapi_resource.w.id, \"Test.Rp/widgets/gears\", \"g2\")",
                "/subscriptions/{}/resourceGroups/rg1/providers/Test.Rp/widgets/w2/gears/{}",
                "/subscriptions/{}/resourceGroups/rg1/providers/Test.Rp/widgets/w2/gears/g2",
            ),
            fault(
                "provider::azapi::resource_group_resource_id(\"s1\", \"rg1\", \"Test.Rp/widgets\", [\"w2\"])",
                "/subscriptions/{}/resourceGroups/{}/providers/Test.Rp/widgets/{}",
                "/subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets/w2",
            ),
        ],
    );
}

#[test]
fn imports_that_state_what_is_not_certain_or_hide_what_is() {
    still_wrong(
        |row| import(&parent(row)),
        &[
            fault(
                "var.any ? \"/subscriptions/s1/resourceGroups/a\" : \"/subscriptions/s1/resourceGroups/b\"",
                "azapi_resource.x /subscriptions/s1/resourceGroups/a/providers/Test.Rp/widgets/w1",
                "azapi_resource.x /subscriptions/s1/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/w1",
            ),
            fault(
                "azapi_update_resource.known.parent_id",
                "azapi_resource.x /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/w1",
                "azapi_resource.x /subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets/w1",
            ),
            fault("\"/\"", "azapi_resource.x /providers/Test.Rp/widgets/w1", "nothing"),
            fault("\"rg1\"", "azapi_resource.x rg1/providers/Test.Rp/widgets/w1", "nothing"),
        ],
    );
    let named = |row: &str| with(&format!("name = {row}\n  parent_id = azapi_resource.rg.id\n\n{OTHERS}"));
    still_wrong(
        |row| import(&named(row)),
        &[
            fault(
                "\"${var.any}-pe\"",
                "azapi_resource.x /subscriptions/{subscriptionId}/resourceGroups/rg1/providers/Test.Rp/widgets/{resourceName}",
                "azapi_resource.x /subscriptions/{subscriptionId}/resourceGroups/rg1/providers/Test.Rp/widgets/{resourceName}-pe",
            ),
            fault(
                "var.any ? \"a\" : \"b\"",
                "azapi_resource.x /subscriptions/{subscriptionId}/resourceGroups/rg1/providers/Test.Rp/widgets/a",
                "azapi_resource.x /subscriptions/{subscriptionId}/resourceGroups/rg1/providers/Test.Rp/widgets/{resourceName}",
            ),
        ],
    );
    let each = |row: &str| with(&format!("{row}\n  parent_id = \"/subscriptions/s1/resourceGroups/rg1\"\n"));
    still_wrong(
        |row| import(&each(row)),
        &[
            fault(
                "for_each = var.any\n  name = each.key",
                "azapi_resource.x[\"key\"] /subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets/{resourceName}",
                "azapi_resource.x[\"{key}\"] /subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets/{key}",
            ),
            fault(
                "for_each = {}\n  name = each.key",
                "azapi_resource.x[\"key\"] /subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets/{resourceName}",
                "nothing",
            ),
            fault(
                "count = 0\n  name = \"w\"",
                "azapi_resource.x[0] /subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets/w",
                "nothing",
            ),
        ],
    );
    let extra =
        |row: &str| format!("resource \"azapi_resource\" \"x\" {{\n  {row}\n  name = \"n\"\n}}\n{OTHERS}");
    still_wrong(
        |row| import(&extra(row)),
        &[
            fault(
                "type = \"Test.Rp/both@2024-01-01\"\n  parent_id = var.any",
                "azapi_resource.x /subscriptions/{subscriptionId}/providers/Test.Rp/both/n",
                "azapi_resource.x {any azure resource id}/providers/Test.Rp/both/n",
            ),
            fault(
                "type = \"Test.None/things@2024-01-01\"\n  parent_id = \"/subscriptions/s1\"",
                "azapi_resource.x /subscriptions/s1/providers/Test.None/things/n",
                "azapi_resource.x /subscriptions/s1/providers/Test.None/things/n?api-version=2024-01-01",
            ),
            fault(
                "type = \"Test.Rp/widgets@2000-01-01\"\n  parent_id = azapi_resource.rg.id",
                "azapi_resource.x /subscriptions/{subscriptionId}/resourceGroups/rg1/providers/Test.Rp/widgets/n",
                "azapi_resource.x /subscriptions/{subscriptionId}/resourceGroups/rg1/providers/Test.Rp/widgets/n?api-version=2000-01-01",
            ),
            fault(
                "type = \"Test.Rp/widgets/gears@2024-01-01\"\n  parent_id = provider::azapi::build_resource_id(azapi_resource.rg.id, \"Test.Rp/widgets\", \"w9\")",
                "azapi_resource.x /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}/gears/n",
                "azapi_resource.x /subscriptions/{subscriptionId}/resourceGroups/rg1/providers/Test.Rp/widgets/w9/gears/n",
            ),
        ],
    );
}
