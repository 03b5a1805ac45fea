//! What is agreed on at the start, and documents in their folders.

use std::fs;

use serde_json::{Value, json};

use crate::client::Client;

/// A client that pulls diagnostics, so that none are pushed.
fn asking() -> Value {
    json!({ "textDocument": { "diagnostic": {} } })
}

fn folder(files: &[(&str, &str)]) -> (tempfile::TempDir, impl Fn(&str) -> String) {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(dir.path().join(name), text).unwrap();
    }
    let base = format!("file://{}", dir.path().display());
    (dir, move |name: &str| format!("{base}/{name}"))
}

#[test]
fn only_what_the_client_can_use_is_offered() {
    let (client, offer) = Client::start(json!({}), Value::Null);
    assert_eq!(offer["textDocumentSync"]["change"], 2);
    assert_eq!(offer["hoverProvider"], true);
    for absent in
        ["diagnosticProvider", "codeActionProvider", "positionEncoding", "documentFormattingProvider"]
    {
        assert_eq!(offer[absent], Value::Null, "{absent}");
    }
    client.finish();
    let (client, offer) = Client::start(
        json!({ "textDocument": {
            "diagnostic": {},
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } },
        } }),
        Value::Null,
    );
    assert_eq!(offer["diagnosticProvider"]["interFileDependencies"], true);
    let kinds = json!(["quickfix", "refactor.rewrite", "source", "source.fixAll.azapi"]);
    assert_eq!(offer["codeActionProvider"]["codeActionKinds"], kinds);
    client.finish();
}

#[test]
fn the_clients_first_known_encoding_is_taken() {
    for (offered, taken) in [
        (json!(["utf-8", "utf-16"]), json!("utf-8")),
        (json!(["utf-16", "utf-8"]), json!("utf-16")),
        (json!(["x", "utf-32"]), json!("utf-32")),
        (json!([]), Value::Null),
    ] {
        let (client, offer) =
            Client::start(json!({ "general": { "positionEncodings": offered } }), Value::Null);
        assert_eq!(offer["positionEncoding"], taken);
        client.finish();
    }
}

#[test]
fn files_are_watched_through_a_client_that_can() {
    let capabilities = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let (mut client, _) = Client::start(capabilities, Value::Null);
    let (params, id) = client.called("client/registerCapability");
    let watchers = &params["registrations"][0]["registerOptions"]["watchers"];
    assert_eq!(watchers[0]["globPattern"], "**/*.{tf,tofu,tfvars,tfquery.hcl,tftest.hcl,tofutest.hcl}");
    assert_eq!(watchers[1]["globPattern"], "**/*.{json,yaml,yml,tftpl}");
    assert_eq!(watchers[2]["globPattern"], "**/.azapi-ls.toml");
    client.send(&json!({ "jsonrpc": "2.0", "id": id, "result": null }));
    client.finish();
}

#[test]
fn a_refused_registration_does_no_harm() {
    let capabilities = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let (mut client, _) = Client::start(capabilities, Value::Null);
    let (_, id) = client.called("client/registerCapability");
    client.send(&json!({ "jsonrpc": "2.0", "id": id, "error": { "code": -32601, "message": "no" } }));
    client.finish();
}

#[test]
fn a_bad_setting_is_shown_with_what_to_do() {
    let (mut client, _) = Client::start(asking(), json!({ "azapi": { "profile": "neither" } }));
    let (params, _) = client.called("window/showMessage");
    let message = params["message"].as_str().unwrap();
    assert!(
        message.contains("`azapi.profile` is \"neither\"; write \"companion\" or \"standalone\""),
        "{message}"
    );
    client.finish();
}

#[test]
fn a_bad_project_file_is_shown_with_its_line() {
    let (dir, uri) = folder(&[("main.tf", ""), (".azapi-ls.toml", "profile = 'standalone'\n???\n")]);
    let (mut client, _) = Client::start(asking(), Value::Null);
    client.open(&uri("main.tf"), "");
    let (params, _) = client.called("window/showMessage");
    let message = params["message"].as_str().unwrap();
    assert!(message.contains(&format!("{}/.azapi-ls.toml: line 2: ", dir.path().display())), "{message}");
    client.finish();
}

#[test]
fn diagnostics_carry_the_version_they_mean_and_go_with_the_document() {
    let (_dir, uri) = folder(&[]);
    let (mut client, _) = Client::start(json!({}), Value::Null);
    client.open(&uri("main.tf"), "");
    let (params, _) = client.called("textDocument/publishDiagnostics");
    assert_eq!((&params["uri"], &params["version"]), (&json!(uri("main.tf")), &json!(1)));
    client.change(&uri("main.tf"), 2, json!([{ "text": "\n" }]));
    let (params, _) = client.called("textDocument/publishDiagnostics");
    assert_eq!(params["version"], 2);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri("main.tf") } }));
    let (params, _) = client.called("textDocument/publishDiagnostics");
    assert_eq!(params, json!({ "uri": uri("main.tf"), "diagnostics": [] }));
    client.finish();
}

#[test]
fn diagnostics_of_the_last_version_come_after_many_quick_changes_and_no_older_ones_follow() {
    let (_dir, uri) = folder(&[]);
    let (mut client, _) = Client::start(json!({}), Value::Null);
    client.open(&uri("main.tf"), "");
    for version in 2..=1000 {
        client.change(&uri("main.tf"), version, json!([{ "text": "\n".repeat(version as usize % 7) }]));
    }
    let mut last = 0;
    while last < 1000 {
        let (params, _) = client.called("textDocument/publishDiagnostics");
        let version = params["version"].as_i64().unwrap();
        assert!(version > last, "{version} after {last}");
        last = version;
    }
    client.finish();
}

#[test]
fn diagnostics_asked_for_are_unchanged_until_a_file_of_the_folder_changes() {
    let (dir, uri) = folder(&[("main.tf", ""), ("other.tf", "")]);
    let (mut client, _) = Client::start(asking(), Value::Null);
    client.open(&uri("main.tf"), "");
    let ask = |client: &mut Client, previous: &Value| {
        let params = json!({ "textDocument": { "uri": uri("main.tf") }, "previousResultId": previous });
        client.request("textDocument/diagnostic", params).unwrap()
    };
    let first = ask(&mut client, &Value::Null);
    assert_eq!(first["kind"], "full");
    assert_eq!(ask(&mut client, &first["resultId"])["kind"], "unchanged");
    fs::write(dir.path().join("other.tf"), "locals {}\n").unwrap();
    let event = json!({ "uri": uri("other.tf"), "type": 2 });
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [event] }));
    assert_eq!(ask(&mut client, &first["resultId"])["kind"], "full");
    client.finish();
}

#[test]
fn an_unknown_command_or_wrong_arguments_are_refused_with_the_reason() {
    let (mut client, _) = Client::start(asking(), Value::Null);
    let mut run = |command: &str, arguments: Value| {
        let params = json!({ "command": command, "arguments": arguments });
        client.request("workspace/executeCommand", params)
    };
    let error = run("azapi.other", json!([])).unwrap_err();
    assert_eq!(error["message"], "there is no command `azapi.other`");
    let error = run("azapi.importCommand", json!(["file:///main.tf"])).unwrap_err();
    assert!(error["message"].as_str().unwrap().starts_with("`azapi.importCommand` takes"), "{error}");
    let nothing = run("azapi.importCommand", json!(["file:///no/main.tf", { "line": 0, "character": 0 }]));
    assert_eq!(nothing, Ok(Value::Null));
    let error = run("azapi.typeData", json!([7])).unwrap_err();
    assert!(error["message"].as_str().unwrap().starts_with("`azapi.typeData` takes"), "{error}");
    client.finish();
}

#[test]
fn a_client_without_markdown_is_told_in_plain_text() {
    for (formats, kind) in
        [(json!(["plaintext"]), "plaintext"), (json!(["markdown", "plaintext"]), "markdown")]
    {
        let hover = json!({ "contentFormat": formats });
        let (mut client, _) =
            Client::start(json!({ "textDocument": { "hover": hover, "diagnostic": {} } }), Value::Null);
        let uri = "file:///no/such/main.tf";
        client.open(uri, "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.ContainerRegistry/registries@2025-04-01\"\n}\n");
        let position = json!({ "line": 1, "character": 12 });
        let params = json!({ "textDocument": { "uri": uri }, "position": position });
        let shown = client.request("textDocument/hover", params).unwrap()["contents"].clone();
        client.finish();
        assert_eq!(shown["kind"], kind);
        let text = shown["value"].as_str().unwrap();
        assert_eq!(text.contains(['*', '`']), kind == "markdown", "{text}");
        assert!(text.contains("Microsoft.ContainerRegistry/registries"), "{text}");
    }
}

#[test]
fn a_client_without_snippets_gets_their_text() {
    for (snippets, text, format) in [
        (true, "\"Microsoft.ContainerRegistry/registries/tokens@$0\"", json!(2)),
        (false, "\"Microsoft.ContainerRegistry/registries/tokens@\"", Value::Null),
    ] {
        let item = json!({ "snippetSupport": snippets });
        let completion = json!({ "completionItem": item });
        let (mut client, _) = Client::start(
            json!({ "textDocument": { "completion": completion, "diagnostic": {} } }),
            Value::Null,
        );
        let uri = "file:///no/such/main.tf";
        client.open(uri, "resource \"azapi_resource\" \"x\" {\n  type = registries/tokens\n}\n");
        let position = json!({ "line": 1, "character": 26 });
        let params = json!({ "textDocument": { "uri": uri }, "position": position });
        let items = client.request("textDocument/completion", params).unwrap()["items"].clone();
        client.finish();
        assert_eq!(items[0]["textEdit"]["newText"], text);
        assert_eq!(items[0]["insertTextFormat"], format);
    }
}

#[test]
fn what_is_safe_to_fix_is_given_to_a_client_that_asks_for_it_alone() {
    let (mut client, _) = Client::start(
        json!({ "textDocument": {
            "diagnostic": {},
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } },
        } }),
        Value::Null,
    );
    let uri = "file:///work/main.tf";
    let text = "resource \"azapi_resource\" \"x\" {\n  type      = \"Microsoft.ContainerRegistry/registries@2025-04-01\"\n  parent_id = var.p\n  name      = \"registry1\"\n  body = {\n    sku = { name = \"Premium\" }\n    properties = { AdminUserEnabled = true }\n  }\n}\n";
    let document = json!({ "uri": uri, "languageId": "terraform", "version": 1, "text": text });
    client.notify("textDocument/didOpen", json!({ "textDocument": document }));
    let place = json!({ "line": 0, "character": 0 });
    let mut asked = |only: Value| {
        let params = json!({
            "textDocument": { "uri": uri },
            "range": { "start": place, "end": place },
            "context": { "diagnostics": [], "only": only },
        });
        let actions = client.request("textDocument/codeAction", params).unwrap();
        let kinds = actions.as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap().to_owned());
        kinds.collect::<Vec<_>>()
    };
    for only in ["source.fixAll.azapi", "source.fixAll", "source"] {
        assert_eq!(asked(json!([only])), ["source.fixAll.azapi"], "{only}");
    }
    for only in [json!(["source.fixAll.other"]), json!(["quickfix"]), Value::Null] {
        assert!(!asked(only).contains(&"source.fixAll.azapi".to_owned()));
    }
    client.finish();
}
