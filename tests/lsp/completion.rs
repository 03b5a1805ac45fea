//! Completion as a client sees it: labels, commands, snippets or plain text, documentation that is asked for.

use serde_json::{Value, json};

use crate::client::Client;

const URI: &str = "file:///no/such/folder/main.tf";

/// The list at `|` for a client with these abilities of completion items.
fn list(name: &str, item: &Value, text: &str) -> (Client, Vec<Value>) {
    let capabilities = json!({
        "textDocument": { "completion": { "completionItem": item }, "diagnostic": {} },
        "general": { "positionEncodings": ["utf-8"] },
    });
    let (mut client, _) = Client::start_as(name, capabilities, Value::Null);
    let offset = text.find('|').unwrap();
    let line = text[..offset].matches('\n').count();
    let column = offset - text[..offset].rfind('\n').map_or(0, |at| at + 1);
    client.open(URI, &text.replacen('|', "", 1));
    let position = json!({ "line": line, "character": column });
    let params = json!({ "textDocument": { "uri": URI }, "position": position });
    let found = client.request("textDocument/completion", params).unwrap();
    (client, found["items"].as_array().cloned().unwrap_or_default())
}

const TYPE: &str = "resource \"azapi_resource\" \"x\" {\n  type = \"load balancer|\"\n}\n";
const BODY: &str = "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.ContainerRegistry/registries@2025-04-01\"\n  body = {\n    |\n  }\n}\n";

#[test]
fn a_client_that_shows_words_beside_labels_gets_short_labels_and_others_whole_names() {
    let (client, items) = list("x", &json!({ "labelDetailsSupport": true }), TYPE);
    assert_eq!(items[0]["label"], "loadBalancers");
    assert_eq!(items[0]["labelDetails"]["description"], "Microsoft.Network");
    client.finish();
    let (client, items) = list("x", &json!({}), TYPE);
    assert_eq!(items[0]["label"], "Microsoft.Network/loadBalancers");
    assert_eq!(items[0]["labelDetails"], Value::Null);
    client.finish();
}

#[test]
fn taking_a_type_asks_for_its_versions_where_the_client_can() {
    // A list that came by itself goes when something else is typed.
    let command = json!({
        "command": "editor.action.triggerSuggest", "title": "Complete", "arguments": [{ "auto": true }]
    });
    for (name, command) in [("Visual Studio Code", command), ("helix", Value::Null)] {
        let (client, items) = list(name, &json!({}), TYPE);
        assert_eq!(items[0]["command"], command, "{name}");
        client.finish();
    }
}

#[test]
fn a_client_without_snippets_gets_lines_that_are_set_in_already() {
    let text_of = |items: &[Value]| {
        let item = items.iter().find(|item| item["label"] == "required properties").unwrap().clone();
        (
            item["textEdit"]["newText"].clone(),
            item["insertTextFormat"].clone(),
            item["insertTextMode"].clone(),
        )
    };
    let (client, items) = list("x", &json!({}), BODY);
    assert_eq!(
        text_of(&items),
        (json!("sku = {\n      name = \"Classic\"\n    }"), Value::Null, Value::Null)
    );
    client.finish();
    let able = json!({ "snippetSupport": true, "insertTextModeSupport": { "valueSet": [1, 2] } });
    let (client, items) = list("x", &able, BODY);
    assert_eq!(
        text_of(&items),
        (json!("sku = {\n  name = \"${1|Classic,Basic,Standard,Premium|}\"\n}"), json!(2), json!(2))
    );
    client.finish();
}

#[test]
fn documentation_comes_when_it_is_asked_for() {
    let (mut client, items) = list("x", &json!({}), TYPE);
    assert_eq!(items[0]["documentation"], Value::Null);
    let whole = client.request("completionItem/resolve", items[0].clone()).unwrap();
    let text = whole["documentation"]["value"].as_str().unwrap();
    assert!(text.contains("/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"), "{text}");
    assert_eq!(whole["label"], items[0]["label"]);
    client.finish();
}

#[test]
fn a_blank_brings_a_list_behind_an_equals_sign_alone() {
    let capabilities = json!({ "textDocument": { "diagnostic": {} } });
    let (mut client, _) = Client::start(capabilities, json!({ "azapi": { "profile": "standalone" } }));
    client.open(URI, "resource \"azapi_resource\" \"x\" {\n  schema_validation_enabled = \n  \n}\n");
    let mut ask = |line: u32, column: u32| {
        let params = json!({
            "textDocument": { "uri": URI },
            "position": { "line": line, "character": column },
            "context": { "triggerKind": 2, "triggerCharacter": " " },
        });
        let list = client.request("textDocument/completion", params).unwrap();
        list["items"].as_array().map_or(0, Vec::len)
    };
    assert_eq!((ask(1, 30), ask(2, 2)), (2, 0));
    client.finish();
}
