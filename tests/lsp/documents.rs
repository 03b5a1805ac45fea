//! Texts and folders as the editor and the disk change them, seen through what the server says of them.

use std::fs;

use serde_json::{Value, json};

use crate::client::Client;

/// A client that pulls diagnostics, so that none are pushed.
fn asking(encoding: &str) -> Value {
    json!({ "textDocument": { "diagnostic": {} }, "general": { "positionEncodings": [encoding] } })
}

const URI: &str = "file:///no/such/folder/main.tf";

/// A registry with this value for its name.
fn registry(name: &str) -> String {
    format!(
        "resource \"azapi_resource\" \"it\" {{\n  type = \"Microsoft.ContainerRegistry/registries@2023-07-01\"\n  name = {name}\n}}\n"
    )
}

/// The registry's name as the import command at the first line has it.
fn name(client: &mut Client, uri: &str) -> String {
    let arguments = json!([uri, { "line": 0, "character": 0 }]);
    let params = json!({ "command": "azapi.importCommand", "arguments": arguments });
    let command = client.request("workspace/executeCommand", params).unwrap();
    let command = command.as_str().unwrap();
    command.split("/registries/").nth(1).unwrap().trim_end_matches(['\'', '"']).to_owned()
}

fn replacement(line: u32, start: u32, end: u32, text: &str) -> Value {
    let position = |character| json!({ "line": line, "character": character });
    json!([{ "range": { "start": position(start), "end": position(end) }, "text": text }])
}

#[test]
fn requests_between_a_thousand_quick_edits_see_their_own_moment() {
    let (mut client, _) = Client::start(asking("utf-16"), Value::Null);
    client.open(URI, &registry("\"r0\""));
    let mut asked = Vec::new();
    let mut length = 2;
    for edit in 1..=1000 {
        let new = format!("r{edit}");
        client.change(URI, edit + 1, replacement(2, 10, 10 + length, &new));
        length = new.len() as u32;
        if edit % 100 == 0 {
            let params = json!({ "command": "azapi.importCommand", "arguments": [URI, { "line": 0, "character": 0 }] });
            asked.push((new, client.ask("workspace/executeCommand", params)));
        }
    }
    for (name, id) in asked {
        let command = client.answer_to(id).unwrap();
        assert!(command.as_str().unwrap().contains(&format!("/registries/{name}'")), "{name}: {command}");
    }
    client.finish();
}

#[test]
fn a_diagnostic_behind_wide_characters_lies_where_the_encoding_says() {
    // The column of `b`, whose value is then taken away.
    for (encoding, column) in [("utf-8", 15), ("utf-16", 10), ("utf-32", 9)] {
        let (mut client, _) = Client::start(asking(encoding), Value::Null);
        client.open(URI, "a = 1\r\n/*\t😀é\u{2028}*/ b = 1\r\n");
        client.change(URI, 2, replacement(1, column + 4, column + 5, ""));
        let params = json!({ "textDocument": { "uri": URI } });
        let report = client.request("textDocument/diagnostic", params).unwrap();
        assert_eq!(report["items"].as_array().unwrap().len(), 1, "{report}");
        let found = &report["items"][0];
        assert_eq!(found["code"], "syntax-error");
        let (start, end) = (&found["range"]["start"], &found["range"]["end"]);
        assert_eq!((&start["line"], &end["line"]), (&json!(1), &json!(1)), "{encoding}: {found}");
        let near = column + 2..=column + 4;
        assert!(near.contains(&(start["character"].as_u64().unwrap() as u32)), "{encoding}: {found}");
        client.finish();
    }
}

#[test]
fn a_variable_in_a_file_that_is_not_open_is_known_and_followed_on_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let variables = dir.path().join("variables.tf");
    let variable = |value: &str| format!("variable \"name\" {{\n  default = \"{value}\"\n}}\n");
    fs::write(&variables, variable("before")).unwrap();
    let uri = format!("file://{}/main.tf", dir.path().display());
    let (mut client, _) = Client::start(asking("utf-16"), Value::Null);
    client.open(&uri, &registry("var.name"));
    assert_eq!(name(&mut client, &uri), "before");
    fs::write(&variables, variable("after")).unwrap();
    let event = json!({ "uri": format!("file://{}", variables.display()), "type": 2 });
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [event] }));
    assert_eq!(name(&mut client, &uri), "after");
    client.finish();
}

#[test]
fn folders_do_not_see_each_other() {
    let (mut client, _) = Client::start(asking("utf-16"), Value::Null);
    client.open("file:///no/one/main.tf", &registry("var.name"));
    client.open("file:///no/two/main.tf", &registry("var.name"));
    client.open("file:///no/one/variables.tf", "variable \"name\" {\n  default = \"one\"\n}\n");
    client.open("file:///no/two/variables.tf", "variable \"name\" {\n  default = \"two\"\n}\n");
    assert_eq!(name(&mut client, "file:///no/one/main.tf"), "one");
    assert_eq!(name(&mut client, "file:///no/two/main.tf"), "two");
    client.finish();
}

#[test]
fn a_document_is_found_under_every_form_of_its_uri() {
    let (mut client, _) = Client::start(asking("utf-16"), Value::Null);
    for [opened, asked] in [
        ["file:///no/[id]/main.tf", "file:///no/%5Bid%5D/main.tf"],
        ["file:///no/a b/main.tf", "file:///no/a%20b/main.tf"],
        ["file:///no/%C3%A9/main.tf", "file:///no/é/main.tf"],
        ["file:///c%3A/no/main.tf", "file:///C:/no/main.tf"],
        ["untitled:Untitled-1", "untitled:Untitled-1"],
    ] {
        client.open(opened, &registry("\"here\""));
        assert_eq!(name(&mut client, asked), "here", "{asked}");
    }
    client.finish();
}
