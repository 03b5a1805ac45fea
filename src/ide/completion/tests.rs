use expect_test::{Expect, expect};

use crate::ide::fixture::Fixture;
use crate::ide::{CompletionItem, CompletionKind, Completions, Config};

fn completions(text: &str) -> (Fixture, Completions) {
    let fixture = Fixture::new(text);
    let found = fixture.analysis().completion(fixture.at());
    (fixture, found)
}

/// The labels, with `>` before the one selected at first, and the line that accepting `label` makes.
fn check(type_line: &str, label: &str, expected: Expect) {
    let (fixture, found) = completions(&format!("resource \"azapi_resource\" \"x\" {{\n{type_line}\n}}\n"));
    let list: String = found.items.iter().map(line).collect();
    let chosen = found.items.iter().find(|item| name(item) == label);
    let after = chosen.map_or_else(String::new, |item| accepted(&fixture, item));
    expected.assert_eq(&format!("{list}---\n{after}\n"));
}

fn line(item: &CompletionItem) -> String {
    let mark = if item.preselect { "> " } else { "" };
    format!("{mark}{} ({})\n", name(item), item.detail.as_deref().unwrap_or_default())
}

/// What a client shows that has no room beside labels.
fn name(item: &CompletionItem) -> &str {
    item.whole_label.as_deref().unwrap_or(&item.label)
}

fn accepted(fixture: &Fixture, item: &CompletionItem) -> String {
    fixture.accepted(item).lines().nth(1).unwrap_or_default().to_owned()
}

#[test]
fn any_part_of_a_type_matches() {
    check(
        "  type = \"gear$0\"",
        "Test.Rp/widgets/gears",
        expect![[r#"
        Test.Rp/widgets/gears (newest 2024-01-01)
        Test.Rp/widgets/gears/teeth (newest 2024-01-01)
        ---
          type = "Test.Rp/widgets/gears@"
    "#]],
    );
}

#[test]
fn an_empty_value_lists_all_types() {
    let (_, found) = completions("resource \"azapi_resource\" \"x\" {\n  type = \"$0\"\n}\n");
    assert!(found.items.len() > 10 && found.incomplete);
}

#[test]
fn a_type_in_front_of_a_version_keeps_it() {
    check(
        "  type = \"Test.Rp/gea$0rs@2024-01-01\"",
        "Test.Rp/widgets/gears",
        expect![[r#"
            Test.Rp/widgets/gears (newest 2024-01-01)
            Test.Rp/widgets/gears/teeth (newest 2024-01-01)
            ---
              type = "Test.Rp/widgets/gears@2024-01-01"
        "#]],
    );
}

#[test]
fn a_type_without_quotes_brings_them() {
    check(
        "  type = $0",
        "Test.Rp/widgets/gears/teeth",
        expect![[r#"
            Test.Rp/widgets (newest 2024-01-01)
            Test.Rp/moved (newest 2024-01-01)
            Microsoft.Resources/resourceGroups (newest 2024-01-01)
            Microsoft.Resources/subscriptions (newest 2024-01-01)
            Test.Rp/both (newest 2024-01-01)
            Test.Rp/everywhere (newest 2024-01-01)
            Test.Rp/extras (newest 2024-01-01)
            Test.Rp/shapes (newest 2024-01-01)
            Test.Rp/tenantThings (newest 2024-01-01)
            Test.Gone/things/parts (newest 2024-01-01)
            Test.Rp/both/children (newest 2024-01-01)
            Test.Rp/extras/children (newest 2024-01-01)
            Test.Rp/widgets/config (newest 2024-01-01)
            Test.Rp/widgets/gears (newest 2024-01-01)
            Test.Rp/widgets/gears/teeth (newest 2024-01-01)
            Test.Rp/widgetSets (newest 2024-01-01)
            ---
              type = "Test.Rp/widgets/gears/teeth@$0"
        "#]],
    );
    check(
        "  type = teeth$0",
        "Test.Rp/widgets/gears/teeth",
        expect![[r#"
            Test.Rp/widgets/gears/teeth (newest 2024-01-01)
            ---
              type = "Test.Rp/widgets/gears/teeth@$0"
        "#]],
    );
    check(
        "  type = Test.Rp/widgets/gears/te$0",
        "Test.Rp/widgets/gears/teeth",
        expect![[r#"
            Test.Rp/widgets/gears/teeth (newest 2024-01-01)
            ---
              type = "Test.Rp/widgets/gears/teeth@$0"
        "#]],
    );
}

#[test]
fn a_type_behind_an_open_quote_leaves_it_open() {
    check(
        "  type = \"teeth$0",
        "Test.Rp/widgets/gears/teeth",
        expect![[r#"
            Test.Rp/widgets/gears/teeth (newest 2024-01-01)
            ---
              type = "Test.Rp/widgets/gears/teeth@
        "#]],
    );
}

#[test]
fn versions_come_newest_first_and_previews_behind_their_stable_date() {
    check(
        "  type = \"Test.Rp/widgets@$0\"",
        "2023-01-01",
        expect![[r#"
            > 2024-01-01 (newest)
            2023-01-01 ()
            2024-01-01-preview (preview)
            2022-05-01-preview (preview)
            ---
              type = "Test.Rp/widgets@2023-01-01"
        "#]],
    );
}

#[test]
fn previews_are_left_out_by_a_setting_unless_one_is_written_or_there_is_no_other() {
    let versions = |text: &str| {
        let mut fixture =
            Fixture::new(&format!("resource \"azapi_resource\" \"x\" {{\n  type = {text}\n}}\n"));
        fixture.set_config(Config { completes_previews: false, ..Config::default() });
        let found = fixture.analysis().completion(fixture.at());
        let labels: Vec<String> = found.items.into_iter().map(|item| item.label).collect();
        (labels.iter().any(|label| label.contains("preview")), labels.len(), found.incomplete)
    };
    let all = completions("resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@$0\"\n}\n")
        .1
        .items
        .len();
    let (preview, some, incomplete) = versions("\"Test.Rp/widgets@$0\"");
    assert!(!preview && incomplete && some > 0 && some < all);
    assert_eq!(versions("\"Test.Rp/widgets@2024-01-01-$0\""), (true, all, false));
    assert_eq!(versions("\"Test.Rp/widgets@$02024-01-01-preview\""), (true, all, false));
}

#[test]
fn a_version_replaces_the_one_that_is_there() {
    check(
        "  type = \"test.rp/WIDGETS@20$022-01-01\"",
        "2024-01-01",
        expect![[r#"
            > 2024-01-01 (newest)
            2023-01-01 ()
            2024-01-01-preview (preview)
            2022-05-01-preview (preview)
            ---
              type = "test.rp/WIDGETS@2024-01-01"
        "#]],
    );
    check(
        "  type = \"Test.Rp/widgets@2024-01-01$0\"",
        "2023-01-01",
        expect![[r#"
            > 2024-01-01 (newest)
            2023-01-01 ()
            2024-01-01-preview (preview, same body as yours)
            2022-05-01-preview (preview)
            ---
              type = "Test.Rp/widgets@2023-01-01"
        "#]],
    );
}

#[test]
fn a_version_closes_an_open_quote() {
    check(
        "  type = \"Test.Rp/widgets/gears@$0",
        "2024-01-01",
        expect![[r#"
            > 2024-01-01 (newest)
            ---
              type = "Test.Rp/widgets/gears@2024-01-01"
        "#]],
    );
    check(
        "  type = \"Test.Rp/widgets/gears@2024$0",
        "2024-01-01",
        expect![[r#"
            > 2024-01-01 (newest)
            ---
              type = "Test.Rp/widgets/gears@2024-01-01"
        "#]],
    );
}

#[test]
fn a_version_without_quotes_brings_them() {
    check(
        "  type = Test.Rp/widgets/gears@$0",
        "2024-01-01",
        expect![[r#"
            > 2024-01-01 (newest)
            ---
              type = "Test.Rp/widgets/gears@2024-01-01"
        "#]],
    );
}

#[test]
fn an_unknown_type_has_no_versions() {
    check(
        "  type = \"Test.Rp/nope@$0\"",
        "",
        expect![[r#"
        ---

    "#]],
    );
}

#[test]
fn a_template_is_left_alone() {
    check(
        "  type = \"Test.Rp/widgets@${var$0.v}\"",
        "",
        expect![[r#"
        ---

    "#]],
    );
}

#[test]
fn every_kind_of_block_completes() {
    for block in [
        "data \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets/gears@$0\"\n}\n",
        "ephemeral \"azapi_resource_action\" \"x\" {\n  type = \"Test.Rp/widgets/gears@$0\"\n}\n",
        "resource \"azapi_update_resource\" \"x\" {\n  type = \"Test.Rp/widgets/gears@$0\"\n}\n",
        "list \"azapi_resource\" \"x\" {\n  config {\n    type = \"Test.Rp/widgets/gears@$0\"\n  }\n}\n",
        "action \"azapi_resource_action\" \"x\" {\n  config {\n    type = \"Test.Rp/widgets/gears@$0\"\n  }\n}\n",
    ] {
        assert_eq!(completions(block).1.items.len(), 1, "{block}");
    }
    let plane = completions("resource \"azapi_data_plane_resource\" \"x\" {\n  type = \"keyVal$0\"\n}\n").1;
    assert_eq!(
        plane.items.first().map(name),
        Some("Microsoft.AppConfiguration/configurationStores/keyValues")
    );
}

#[test]
fn data_plane_types_answer_from_the_providers_table_and_not_from_resource_types() {
    let complete = |written: &str| {
        let text = format!("resource \"azapi_data_plane_resource\" \"x\" {{\n  type = \"{written}\"\n}}\n");
        let fixture = Fixture::shipped(&text);
        fixture.analysis().completion(fixture.at()).items
    };
    let secrets = complete("Microsoft.KeyVault/vaults/secrets$0");
    let secrets = secrets.first().expect("a type that resources have too");
    assert_eq!(secrets.detail.as_deref(), Some("newest 2026-04-01"));
    let topic = secrets.topic.as_ref().expect("what it is about");
    let documentation = super::documentation(crate::schema::Schema::bundled(), topic);
    let documentation = documentation.expect("where such resources live");
    assert!(documentation.starts_with("Parents:\n- `{vaultName}.vault.azure.net`\n"), "{documentation}");
    let versions = complete("Microsoft.KeyVault/vaults/secrets@$0");
    let newest = &versions.first().expect("the service's versions").label;
    let resources = crate::schema::Schema::bundled().resource_type("Microsoft.KeyVault/vaults/secrets");
    assert!(resources.expect("a resource type too").version(newest).is_none(), "{newest}");
}

#[test]
fn elsewhere_nothing_is_offered() {
    for text in [
        "resource \"azapi_resource\" \"x\" {\n  na$0me = \"\"\n}\n",
        "resource \"azurerm_x\" \"x\" {\n  type = \"$0\"\n}\n",
    ] {
        assert_eq!(completions(text).1, Completions::default(), "{text}");
    }
}

#[test]
fn the_published_example_has_its_fifteen_versions() {
    const PUBLISHED: [&str; 15] = [
        "2019-05-01-preview",
        "2020-11-01-preview",
        "2021-06-01-preview",
        "2021-08-01-preview",
        "2021-12-01-preview",
        "2022-02-01-preview",
        "2022-12-01",
        "2023-01-01-preview",
        "2023-06-01-preview",
        "2023-07-01",
        "2023-08-01-preview",
        "2023-11-01-preview",
        "2024-11-01-preview",
        "2025-03-01-preview",
        "2025-04-01",
    ];
    let fixture = Fixture::shipped(
        "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.ContainerRegistry/registries/tokens@$0\"\n}\n",
    );
    let found: Vec<String> =
        fixture.analysis().completion(fixture.at()).items.into_iter().map(|item| item.label).collect();
    assert!(PUBLISHED.iter().all(|version| found.iter().any(|label| label == version)), "{found:?}");
    let stable = found.iter().take_while(|version| version.len() == 10);
    assert!(stable.clone().is_sorted_by(|a, b| a >= b) && stable.count() > 0, "{found:?}");
}

#[test]
fn the_label_of_a_type_is_what_tells_it_from_others() {
    let (_, found) = completions("resource \"azapi_resource\" \"x\" {\n  type = \"teeth$0\"\n}\n");
    let item = &found.items[0];
    assert_eq!((item.label.as_str(), item.aside.as_deref()), ("gears/teeth", Some("Test.Rp/widgets")));
    assert!(item.goes_on, "the versions follow");
}

#[test]
fn types_of_the_module_come_first_and_those_with_more_versions_before_others() {
    let first = |other: &str| {
        let text = format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = \"test.rp/$0\"\n}}\nresource \"azapi_resource\" \"y\" {{\n  type = \"{other}\"\n}}\n"
        );
        completions(&text).1.items[0].whole_label.clone()
    };
    assert_eq!(first("").as_deref(), Some("Test.Rp/widgets"));
    assert_eq!(first("test.rp/WIDGETSETS@2024-01-01").as_deref(), Some("Test.Rp/widgetSets"));
}

#[test]
fn each_name_that_people_use_brings_its_type_among_the_first_three() {
    let mut missed = Vec::new();
    for row in include_str!("../../../schemas/synonyms.txt").lines() {
        let (ty, names) = row.split_once(": ").expect("a type and names");
        for name in names.split(", ") {
            let fixture = Fixture::shipped(&format!(
                "resource \"azapi_resource\" \"x\" {{\n  type = \"{name}$0\"\n}}\n"
            ));
            let found = fixture.analysis().completion(fixture.at()).items;
            if !found.iter().take(3).any(|item| item.whole_label.as_deref() == Some(ty)) {
                missed
                    .push(format!("{name}: {:?}", found.iter().take(3).map(self::name).collect::<Vec<_>>()));
            }
        }
    }
    assert!(missed.is_empty(), "{} names:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn behind_a_reference_that_gives_the_type_come_its_versions() {
    let text = |ty: &str| {
        format!(
            "locals {{\n  t = \"Test.Rp/widgets\"\n}}\nresource \"azapi_resource\" \"x\" {{\n  type = {ty}\n}}\n"
        )
    };
    for (written, after) in [
        ("\"${local.t}@$0\"", "  type = \"${local.t}@2024-01-01\""),
        ("\"${local.t}@202$03-01-01\"", "  type = \"${local.t}@2024-01-01\""),
        ("\"${local.t}@$0", "  type = \"${local.t}@2024-01-01\""),
    ] {
        let (fixture, found) = completions(&text(written));
        let item = found.items.first().unwrap_or_else(|| panic!("{written}"));
        let accepted = fixture.accepted(item);
        assert_eq!(accepted.lines().nth(4), Some(after), "{written}");
    }
    for unknown in ["\"${var.t}@$0\"", "\"${local.t$0}@\"", "\"${local.t}$0\""] {
        assert!(
            completions(&text(unknown)).1.items.iter().all(|item| item.kind != CompletionKind::ApiVersion)
        );
    }
}

#[test]
fn a_version_says_what_it_adds_to_the_list() {
    let (_, found) =
        completions("resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@$02023-01-01\"\n}\n");
    let says = |version: &str| {
        let item = found.items.iter().find(|item| item.label == version).expect(version);
        item.aside.clone()
    };
    assert_eq!(says("2024-01-01").as_deref(), Some("newest"));
    assert_eq!(says("2024-01-01-preview").as_deref(), Some("preview"));
    assert_eq!(says("2022-05-01-preview").as_deref(), Some("preview, same body as yours"));
    assert_eq!(says("2023-01-01"), None);
}

#[test]
fn nothing_is_offered_that_would_replace_more_than_the_line() {
    for half in ["(n{", "}(e {"] {
        let before = "resource \"azapi_resource\"\n type=t?\"Microsoft.Web/sites@\nbody={";
        let text = format!("{before}{half}\n");
        for at in before.len()..=text.len() {
            let fixture = Fixture::shipped(&format!("{}$0{}", &text[..at], &text[at..]));
            for item in fixture.analysis().completion(fixture.at()).items {
                let range = item.edit.range;
                assert!(!text[range].contains('\n'), "{half} at {at}: {range:?}");
            }
        }
    }
}
