//! `type` on data-plane blocks: types and versions of a table of their own, at every stage of being typed.

use crate::ide::fixture::Fixture;
use crate::ide::{CompletionItem, Completions, Config};

const SECRETS: &str = "Microsoft.KeyVault/vaults/secrets";

fn complete(text: &str, completes_previews: bool) -> (Fixture, Completions) {
    let mut fixture = Fixture::shipped(text);
    fixture.set_config(Config { completes_previews, ..Config::default() });
    let found = fixture.analysis().completion(fixture.at());
    (fixture, found)
}

fn name(item: &CompletionItem) -> &str {
    item.whole_label.as_deref().unwrap_or(&item.label)
}

/// The line with the cursor, once the item is taken.
fn accepted(text: &str, label: &str) -> String {
    let (fixture, found) = complete(text, false);
    let item = found.items.iter().find(|item| name(item) == label);
    let item = item.unwrap_or_else(|| panic!("{label} at {text}: {:?}", found.items));
    let at = text.split("$0").next().unwrap_or_default().lines().count().saturating_sub(1);
    fixture.accepted(item).lines().nth(at).unwrap_or_default().trim().to_owned()
}

fn block(type_line: &str) -> String {
    format!("resource \"azapi_data_plane_resource\" \"x\" {{\n  {type_line}\n}}\n")
}

#[test]
fn accepting_a_type_or_a_version_leaves_what_is_meant_at_every_stage_of_typing() {
    let (whole, newest) = (format!("type = \"{SECRETS}@\""), format!("type = \"{SECRETS}@2026-04-01\""));
    let local = "type = \"${local.t}@7.6\"";
    for (written, taken, line) in [
        ("type = $0", SECRETS, format!("type = \"{SECRETS}@$0\"")),
        ("type = secr$0", SECRETS, format!("type = \"{SECRETS}@$0\"")),
        ("type = Microsoft.KeyVault/va$0", SECRETS, format!("type = \"{SECRETS}@$0\"")),
        ("type = \"$0\"", SECRETS, whole.clone()),
        ("type = \"$0", SECRETS, format!("type = \"{SECRETS}@")),
        ("type = \"vault sec$0\"", SECRETS, whole.clone()),
        ("type = \"vaults/sec$0", SECRETS, format!("type = \"{SECRETS}@")),
        ("type = \"sec$0ure\"", SECRETS, whole),
        ("type = \"Microsoft.KeyVault/vaults/s$0ecret@7.4\"", SECRETS, format!("type = \"{SECRETS}@7.4\"")),
        ("type = \"Microsoft.KeyVault/vaults/secrets@$0\"", "2026-04-01", newest.clone()),
        ("type = \"Microsoft.KeyVault/vaults/secrets@$0", "2026-04-01", newest.clone()),
        ("type = Microsoft.KeyVault/vaults/secrets@$0", "2026-04-01", newest.clone()),
        ("type = \"Microsoft.KeyVault/vaults/secrets@20$0\"", "2026-04-01", newest.clone()),
        ("type = \"Microsoft.KeyVault/vaults/secrets@7.$04\"", "2026-04-01", newest),
        (
            "type = \"microsoft.keyvault/VAULTS/secrets@7$0\"",
            "7.6",
            "type = \"microsoft.keyvault/VAULTS/secrets@7.6\"".into(),
        ),
        ("type = \"${local.t}@$0\"", "7.6", local.into()),
        ("type = \"${local.t}@7.$0\"", "7.6", local.into()),
        ("type = \"${local.t}@7$0.4\"", "7.6", local.into()),
        ("type = \"Microsoft.Foundry/agents@$0\"", "v1", "type = \"Microsoft.Foundry/agents@v1\"".into()),
        (
            "type = \"Microsoft.Synapse/workspaces/databases@$0\"",
            "2021-04-01",
            "type = \"Microsoft.Synapse/workspaces/databases@2021-04-01\"".into(),
        ),
    ] {
        let text = format!("{}locals {{\n  t = \"{SECRETS}\"\n}}\n", block(written));
        assert_eq!(accepted(&text, taken), line, "{written}");
        // The same where all behind the cursor is yet to be written.
        if let Some((before, _)) = text.split_once("$0").filter(|_| !written.contains("local")) {
            let open = format!("{before}$0\n");
            assert!(complete(&open, false).1.items.iter().any(|item| name(item) == taken), "{open}");
        }
    }
}

#[test]
fn what_stands_in_a_local_is_completed_as_what_refers_to_it() {
    let text = format!("locals {{\n  t = \"{SECRETS}@7.$0\"\n}}\n{}", block("type = local.t"));
    assert_eq!(accepted(&text, "7.6"), format!("t = \"{SECRETS}@7.6\""));
}

#[test]
fn stable_versions_come_first_and_previews_where_they_are_wanted() {
    let list = |type_line: &str, previews: bool| {
        let (_, found) = complete(&block(type_line), previews);
        let line =
            |item: &CompletionItem| format!("{} {}", item.label, item.detail.as_deref().unwrap_or("-"));
        found.items.iter().map(line).collect::<Vec<_>>()
    };
    let store = "type = \"Microsoft.AppConfiguration/configurationStores/keyValues@$0\"";
    let stable = ["2026-04-01 newest", "2024-09-01 -", "2023-11-01 -", "2023-10-01 -", "1.0 -"];
    assert_eq!(list(store, false), stable);
    let all = list(store, true);
    assert_eq!(&all[..5], stable);
    assert_eq!(
        &all[5..],
        ["2026-08-01-preview preview", "2023-05-01-preview preview", "2022-11-01-preview preview"]
    );
    // One is being written, or there is no other.
    assert!(
        list("type = \"Microsoft.KeyVault/vaults/secrets@7.6-$0\"", false)
            .contains(&"7.6-preview.2 preview".to_owned())
    );
    let scripts = "type = \"Microsoft.Synapse/workspaces/kqlScripts@$0\"";
    assert_eq!(list(scripts, false), ["2021-06-01-preview newest, preview"]);
}

#[test]
fn types_of_the_parents_host_come_first_then_those_in_use() {
    let first = |more: &str, type_line: &str| {
        let (_, found) = complete(&format!("{}{more}", block(type_line)), false);
        found.items.iter().take(2).map(|item| name(item).to_owned()).collect::<Vec<_>>()
    };
    let search = "parent_id = \"mine.search.windows.net\"\n  type = \"$0\"";
    assert!(
        first("", search).iter().all(|name| name.starts_with("Microsoft.Search/")),
        "{:?}",
        first("", search)
    );
    let used = "resource \"azapi_data_plane_resource\" \"y\" {\n  type = \"Microsoft.KeyVault/vaults/secrets@7.4\"\n}\n";
    assert_eq!(first(used, "type = \"$0\"")[0], SECRETS);
}

#[test]
fn nothing_is_offered_where_nothing_is_known() {
    for type_line in [
        "type = \"Microsoft.KeyVault/nothing@$0\"",
        "type = \"Microsoft.Network/virtualNetworks@$0\"",
        "type = \"@$0\"",
        "type = \"${var.none}@$0\"",
        "type = \"${local.t$0}@7.4\"",
    ] {
        let (_, found) = complete(&block(type_line), true);
        assert_eq!(found, Completions::default(), "{type_line}");
    }
}
