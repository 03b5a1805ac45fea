//! What is served beside another Terraform server, and what alone: all of it, so that a new feature has to be
//! put on one side or both.

use std::fmt::Write;

use expect_test::expect;
use serde_json::{Value, json};

use crate::client::Client;

const URI: &str = "file:///no/such/folder/main.tf";

/// A client that can do everything, so that nothing is left out for its sake.
fn able() -> Value {
    let kinds = json!({ "codeActionKind": { "valueSet": [] } });
    json!({
        "general": { "positionEncodings": ["utf-8"] },
        "textDocument": {
            "diagnostic": {},
            "completion": { "completionItem": { "snippetSupport": true } },
            "codeAction": { "codeActionLiteralSupport": kinds },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        },
        "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } },
    })
}

fn both(mut ask: impl FnMut(&mut Client, &Value) -> String) -> String {
    let mut listed = String::new();
    for profile in ["companion", "standalone"] {
        let options = json!({ "azapi": { "profile": profile } });
        let (mut client, offer) = Client::start(able(), options);
        writeln!(listed, "{profile}\n{}", ask(&mut client, &offer)).unwrap();
        client.finish();
    }
    listed
}

#[test]
fn every_capability_is_listed_for_both_profiles() {
    let listed = both(|_, offer| {
        let lines = offer.as_object().unwrap().iter();
        lines.map(|(name, value)| format!("  {name}: {value}\n")).collect()
    });
    expect![[r#"
        companion
          codeActionProvider: {"codeActionKinds":["quickfix","refactor.rewrite","source","source.fixAll.azapi"]}
          completionProvider: {"resolveProvider":true,"triggerCharacters":["\"","@","/",".","="," "]}
          diagnosticProvider: {"identifier":"azapi","interFileDependencies":true,"workspaceDiagnostics":false}
          executeCommandProvider: {"commands":["azapi.importCommand","azapi.importChoices","azapi.page","azapi.show","azapi.typeData"]}
          hoverProvider: true
          positionEncoding: "utf-8"
          textDocumentSync: {"change":2,"openClose":true,"save":true}

        standalone
          codeActionProvider: {"codeActionKinds":["quickfix","refactor.rewrite","source","source.fixAll.azapi"]}
          completionProvider: {"resolveProvider":true,"triggerCharacters":["\"","@","/",".","="," "]}
          diagnosticProvider: {"identifier":"azapi","interFileDependencies":true,"workspaceDiagnostics":false}
          documentSymbolProvider: true
          executeCommandProvider: {"commands":["azapi.importCommand","azapi.importChoices","azapi.page","azapi.show","azapi.typeData"]}
          hoverProvider: true
          positionEncoding: "utf-8"
          signatureHelpProvider: {"triggerCharacters":["(",","]}
          textDocumentSync: {"change":2,"openClose":true,"save":true}

    "#]]
    .assert_eq(&listed);
}

/// Every kind of place that a cursor can be at, with the cursor as `|`.
const PLACES: [(&str, &str); 22] = [
    ("an empty file", "|"),
    ("the keyword of a block", "res|"),
    ("the label of a block", "resource \"az|\""),
    ("a type", "resource \"azapi_resource\" \"x\" {\n  type = \"registries/tok|\"\n}"),
    (
        "an api-version",
        "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.ContainerRegistry/registries@|\"\n}",
    ),
    ("an empty line of a block", "resource \"azapi_resource\" \"x\" {\n  |\n}"),
    ("the name of an argument", "resource \"azapi_resource\" \"x\" {\n  par|\n}"),
    ("the name of an argument with a value", "resource \"azapi_resource\" \"x\" {\n  loca|tion = \"a\"\n}"),
    (
        "the name of parent_id",
        "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.ContainerRegistry/registries@2025-04-01\"\n  parent|_id = \"a\"\n}",
    ),
    ("the value of an argument", "resource \"azapi_resource\" \"x\" {\n  response_export_values = \"*|\"\n}"),
    ("the name in a nested block", "resource \"azapi_resource\" \"x\" {\n  timeouts {\n    cre|\n  }\n}"),
    ("the key of an object argument", "resource \"azapi_resource\" \"x\" {\n  retry = {\n    err|\n  }\n}"),
    (
        "a key of body",
        "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.ContainerRegistry/registries@2025-04-01\"\n  body = {\n    proper|ties = {}\n  }\n}",
    ),
    (
        "a value of body",
        "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.ContainerRegistry/registries@2025-04-01\"\n  body = {\n    sku = { name = \"Pre|mium\" }\n  }\n}",
    ),
    ("a reference", "resource \"azapi_resource\" \"x\" {\n  parent_id = azapi_resource.|\n}"),
    (
        "an empty line of body",
        "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.ContainerRegistry/registries@2025-04-01\"\n  body = {\n    |\n  }\n}",
    ),
    (
        "the value of parent_id",
        "resource \"azurerm_resource_group\" \"rg\" {}\nresource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.ContainerRegistry/registries@2025-04-01\"\n  parent_id = |\n}",
    ),
    (
        "a step behind output",
        "data \"azapi_resource\" \"x\" {\n  type = \"Microsoft.ContainerRegistry/registries@2025-04-01\"\n}\noutput \"o\" {\n  value = data.azapi_resource.x.output.|\n}",
    ),
    ("a variable behind var", "variable \"v\" {}\noutput \"o\" {\n  value = var.|\n}"),
    ("the value of location", "resource \"azapi_resource\" \"x\" {\n  location = \"|\"\n}"),
    ("the provider's block", "provider \"azapi\" {\n  |\n}"),
    ("another provider's block", "resource \"azurerm_resource_group\" \"x\" {\n  na|me = \"x\"\n}"),
];

fn at(text: &str) -> (String, Value) {
    let offset = text.find('|').unwrap();
    let line = text[..offset].matches('\n').count();
    let column = offset - text[..offset].rfind('\n').map_or(0, |at| at + 1);
    (text.replacen('|', "", 1), json!({ "line": line, "character": column }))
}

#[test]
fn every_place_of_completion_and_hover_is_listed_for_both_profiles() {
    let listed = both(|client, _| {
        let mut listed = String::new();
        for (number, (name, text)) in (1..).zip(PLACES) {
            let (text, position) = at(text);
            let uri = URI.replace("main", &format!("{number}/main"));
            client.open(&uri, &text);
            let params = json!({ "textDocument": { "uri": uri }, "position": position });
            let list = client.request("textDocument/completion", params.clone()).unwrap();
            let count = list["items"].as_array().map_or(0, Vec::len);
            let hover = client.request("textDocument/hover", params).unwrap();
            let hover = hover["contents"]["value"].as_str().unwrap_or("-").lines().next().unwrap_or("-");
            let offered = if count == 0 { "-" } else { list["items"][0]["label"].as_str().unwrap() };
            writeln!(listed, "  {name}: completes {offered}, hovers {hover}").unwrap();
        }
        listed
    });
    expect![[r#"
        companion
          an empty file: completes resource "azapi_resource", hovers -
          the keyword of a block: completes resource "azapi_resource", hovers -
          the label of a block: completes azapi_data_plane_resource {…}, hovers -
          a type: completes Microsoft.ContainerRegistry/registries/tokens, hovers -
          an api-version: completes 2025-11-01, hovers **Microsoft.ContainerRegistry/registries** · [Documentation](https://learn.microsoft.com/en-us/azure/templates/microsoft.containerregistry/2025-11-01/registries?pivots=deployment-language-terraform)
          an empty line of a block: completes -, hovers -
          the name of an argument: completes -, hovers -
          the name of an argument with a value: completes -, hovers -
          the name of parent_id: completes -, hovers **parent_id** `string`
          the value of an argument: completes -, hovers **response_export_values** `any`
          the name in a nested block: completes -, hovers -
          the key of an object argument: completes -, hovers -
          a key of body: completes sku, hovers **properties** `object`
          a value of body: completes Classic, hovers **sku.name** `"Classic" | "Basic" | "Standard" | "Premium" | string`
          a reference: completes -, hovers **parent_id** `string`
          an empty line of body: completes required properties, hovers -
          the value of parent_id: completes azurerm_resource_group.rg.id, hovers -
          a step behind output: completes apiVersion, hovers -
          a variable behind var: completes -, hovers -
          the value of location: completes eastus, hovers **location** `string`
          the provider's block: completes -, hovers -
          another provider's block: completes -, hovers -

        standalone
          an empty file: completes resource "azapi_resource", hovers -
          the keyword of a block: completes resource "azapi_resource", hovers -
          the label of a block: completes azapi_data_plane_resource, hovers -
          a type: completes Microsoft.ContainerRegistry/registries/tokens, hovers -
          an api-version: completes 2025-11-01, hovers **Microsoft.ContainerRegistry/registries** · [Documentation](https://learn.microsoft.com/en-us/azure/templates/microsoft.containerregistry/2025-11-01/registries?pivots=deployment-language-terraform)
          an empty line of a block: completes type, hovers -
          the name of an argument: completes type, hovers -
          the name of an argument with a value: completes type, hovers **location** `string`
          the name of parent_id: completes parent_id, hovers **parent_id** `string`
          the value of an argument: completes -, hovers **response_export_values** `any`
          the name in a nested block: completes create, hovers -
          the key of an object argument: completes error_message_regex, hovers -
          a key of body: completes sku, hovers **properties** `object`
          a value of body: completes Classic, hovers **sku.name** `"Classic" | "Basic" | "Standard" | "Premium" | string`
          a reference: completes x, hovers **parent_id** `string`
          an empty line of body: completes required properties, hovers -
          the value of parent_id: completes azurerm_resource_group.rg.id, hovers -
          a step behind output: completes apiVersion, hovers -
          a variable behind var: completes v, hovers -
          the value of location: completes eastus, hovers **location** `string`
          the provider's block: completes always_acquire_policy_token, hovers -
          another provider's block: completes -, hovers -

    "#]].assert_eq(&listed);
}

#[test]
fn an_outline_is_there_alone_only_as_a_tree_or_a_list() {
    for (profile, nested) in [("companion", true), ("standalone", true), ("standalone", false)] {
        let symbols = json!({ "hierarchicalDocumentSymbolSupport": nested });
        let capabilities = json!({ "textDocument": { "documentSymbol": symbols, "diagnostic": {} } });
        let (mut client, _) = Client::start(capabilities, json!({ "profile": profile }));
        client.open(URI, "variable \"x\" {\n  default = 1\n}\n");
        let params = json!({ "textDocument": { "uri": URI } });
        let outline = client.request("textDocument/documentSymbol", params).unwrap();
        client.finish();
        match (profile, nested) {
            ("companion", _) => assert_eq!(outline, Value::Null),
            (_, true) => {
                assert_eq!(outline[0]["name"], "var.x");
                assert_eq!(outline[0]["selectionRange"]["start"], json!({ "line": 0, "character": 10 }));
                assert_eq!(outline[0]["children"][0]["name"], "default");
            }
            (_, false) => {
                assert_eq!(outline[1]["name"], "default");
                assert_eq!(outline[1]["containerName"], "var.x");
                assert_eq!(outline[1]["location"]["range"]["start"], json!({ "line": 1, "character": 2 }));
            }
        }
    }
}

#[test]
fn outlines_come_and_go_with_the_profile_while_the_server_runs() {
    let capabilities =
        json!({ "textDocument": { "diagnostic": {}, "documentSymbol": { "dynamicRegistration": true } } });
    let (mut client, offer) = Client::start(capabilities, Value::Null);
    assert_eq!(offer["documentSymbolProvider"], Value::Null);
    let set = |client: &mut Client, profile: &str| {
        let settings = json!({ "azapi": { "profile": profile } });
        client.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    };
    set(&mut client, "standalone");
    let (offered, id) = client.called("client/registerCapability");
    assert_eq!(offered["registrations"][0]["method"], "textDocument/documentSymbol");
    client.send(&json!({ "jsonrpc": "2.0", "id": id, "result": null }));
    set(&mut client, "companion");
    let (taken_back, id) = client.called("client/unregisterCapability");
    assert_eq!(taken_back["unregisterations"][0]["id"], offered["registrations"][0]["id"]);
    client.send(&json!({ "jsonrpc": "2.0", "id": id, "result": null }));
    client.finish();
}
