//! Imports as clients see them: one action that opens a choice, or an action each, and what is shown then.

use serde_json::{Value, json};

use crate::client::Client;

const RESOURCE: &str = "resource \"azapi_resource\" \"x\" {\n  type      = \"Microsoft.ContainerRegistry/registries@2025-04-01\"\n  parent_id = \"/subscriptions/s/resourceGroups/g\"\n  name      = \"w\"\n}\n";
const ID: &str = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/w";

fn capabilities(shows: bool) -> Value {
    json!({
        "textDocument": { "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } }, "diagnostic": {} },
        "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } },
        "window": { "showDocument": { "support": shows } },
        "general": { "positionEncodings": ["utf-8"] },
    })
}

/// A client with the resource open in a folder of its own, beside an `imports.tf` with that text.
fn start(shows: bool, options: Value, imports: Option<&str>) -> (Client, String, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    if let Some(imports) = imports {
        std::fs::write(dir.path().join("imports.tf"), imports).unwrap();
    }
    let (mut client, _) = Client::start(capabilities(shows), options);
    let uri = format!("{}/main.tf", folder_uri(&dir));
    client.open(&uri, RESOURCE);
    (client, uri, dir)
}

fn folder_uri(dir: &tempfile::TempDir) -> String {
    let path = dir.path().canonicalize().unwrap().display().to_string().replace('\\', "/");
    format!("file:///{}", path.trim_start_matches("//?/").trim_start_matches('/'))
}

fn actions(client: &mut Client, uri: &str) -> Vec<Value> {
    let at = json!({ "line": 0, "character": 3 });
    let params = json!({ "textDocument": { "uri": uri }, "range": { "start": at, "end": at }, "context": { "diagnostics": [] } });
    client.request("textDocument/codeAction", params).unwrap().as_array().cloned().unwrap()
}

fn execute(client: &mut Client, command: &str, arguments: &Value) -> Result<Value, Value> {
    client.request("workspace/executeCommand", json!({ "command": command, "arguments": arguments }))
}

#[test]
fn a_client_with_the_command_has_one_action_and_gets_the_choices_by_it() {
    let options = json!({ "azapi": {}, "commands": ["azapi.import"] });
    let (mut client, uri, _dir) = start(true, options, Some("# imports\n"));
    let offered = actions(&mut client, &uri);
    let [action] = &offered[..] else { panic!("{offered:?}") };
    assert_eq!(action["title"], "Import this resource…");
    assert_eq!(action["command"]["command"], "azapi.import");
    assert_eq!(action.get("edit"), None);
    let choices = execute(&mut client, "azapi.importChoices", &action["command"]["arguments"]).unwrap();
    let choices = choices.as_array().unwrap();
    let titles: Vec<&str> = choices.iter().map(|choice| choice["title"].as_str().unwrap()).collect();
    let pinned = "with api-version 2025-04-01 (else azapi takes the newest)";
    assert_eq!(
        titles,
        [
            "add an import block to imports.tf",
            "insert an import block above",
            "insert the command as a comment above",
            "copy the command",
            &format!("insert an import block above, {pinned}"),
            &format!("insert the command as a comment above, {pinned}"),
            &format!("copy the command, {pinned}"),
        ]
    );
    // The block begins behind the empty line.
    assert_eq!(choices[0]["shows"]["position"], json!({ "line": 2, "character": 0 }));
    assert!(choices[0]["shows"]["uri"].as_str().unwrap().ends_with("/imports.tf"));
    assert!(choices[0]["edit"]["documentChanges"].to_string().contains(ID), "{}", choices[0]);
    assert!(choices[1].get("shows").is_none() && choices[1].get("copies").is_none());
    assert_eq!(choices[3]["copies"], format!("terraform import azapi_resource.x '{ID}'"));
    assert!(choices[3].get("edit").is_none());
    assert!(choices[4]["about"].as_str().unwrap().contains("Needed where"), "{}", choices[4]);
    // Where no such block is, there is no choice.
    let elsewhere = execute(&mut client, "azapi.importChoices", &json!([uri, { "line": 1, "character": 3 }]));
    assert_eq!(elsewhere, Ok(json!([])));
    client.finish();
}

#[test]
fn any_other_client_has_an_action_each_and_is_shown_what_was_added_elsewhere() {
    for (imports, position) in [
        (Some("# imports\n"), json!({ "line": 2, "character": 0 })),
        (None, json!({ "line": 0, "character": 0 })),
    ] {
        let (mut client, uri, _dir) = start(true, Value::Null, imports);
        let offered = actions(&mut client, &uri);
        assert_eq!(offered.len(), 5, "{offered:?}");
        assert!(offered.iter().all(|action| action["title"].as_str().unwrap().starts_with("Import: ")));
        assert!(offered.iter().all(|action| action.get("edit").is_some()));
        let added = &offered[0];
        assert_eq!(added["title"], "Import: add an import block to imports.tf");
        assert!(offered[1..].iter().all(|action| action.get("command").is_none()), "{offered:?}");
        assert_eq!(added["command"]["arguments"][1], position);
        assert_eq!(execute(&mut client, "azapi.show", &added["command"]["arguments"]), Ok(Value::Null));
        let (shown, id) = client.called("window/showDocument");
        assert_eq!(
            (&shown["uri"], &shown["selection"]["start"]),
            (&added["command"]["arguments"][0], &position)
        );
        client.send(&json!({ "jsonrpc": "2.0", "id": id, "result": { "success": true } }));
        client.finish();
    }
}

#[test]
fn a_client_that_shows_no_documents_is_not_asked_to() {
    let (mut client, uri, _dir) = start(false, Value::Null, None);
    let offered = actions(&mut client, &uri);
    assert!(offered.iter().all(|action| action.get("command").is_none()), "{offered:?}");
    let at = json!({ "line": 0, "character": 0 });
    assert_eq!(execute(&mut client, "azapi.show", &json!([uri, at])), Ok(Value::Null));
    let wrong = execute(&mut client, "azapi.show", &json!([uri])).unwrap_err();
    assert!(wrong["message"].as_str().unwrap().contains("a document's URI and a position in it"), "{wrong}");
    client.finish();
}
