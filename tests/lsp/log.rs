//! What the server says of itself in a log.

use std::fs;

use serde_json::{Value, json};

use crate::client::Client;

const URI: &str = "file:///no/such/folder/main.tf";

#[test]
fn the_log_names_each_request_with_its_method_its_document_and_its_duration() {
    let dir = tempfile::tempdir().unwrap();
    let log = dir.path().join("azapi-ls.log");
    fs::write(&log, "what was there\n").unwrap();
    let arguments = ["serve", "--log", log.to_str().unwrap()];
    let (mut client, _) = Client::start_with(&arguments, json!({}), Value::Null);
    let place = json!({ "textDocument": { "uri": URI }, "position": { "line": 0, "character": 0 } });
    client.request("textDocument/hover", place).unwrap();
    client.finish();
    let text = fs::read_to_string(&log).unwrap();
    assert!(text.starts_with("what was there\n"), "{text}");
    let line = text.lines().find(|line| line.contains("textDocument/hover")).expect("the hover's line");
    assert!(line.contains("request{") && line.contains(&format!("document=\"{URI}\"")), "{line}");
    let duration = line.split("duration_ms=").nth(1).and_then(|rest| rest.split(' ').next());
    assert!(duration.is_some_and(|number| number.parse::<f64>().is_ok()), "{line}");
    assert!(
        text.lines().any(|line| line.contains("notification{") && line.contains("initialized")),
        "{text}"
    );
}

#[test]
fn a_request_that_is_refused_says_so_in_the_log() {
    let dir = tempfile::tempdir().unwrap();
    let log = dir.path().join("azapi-ls.log");
    let (mut client, _) =
        Client::start_with(&["serve", "--log", log.to_str().unwrap()], json!({}), Value::Null);
    client.request("no/such/method", json!({})).unwrap_err();
    client.finish();
    let text = fs::read_to_string(&log).unwrap();
    let line = text.lines().find(|line| line.contains("no/such/method")).expect("the request's line");
    assert!(line.contains("refused") && line.contains("code=-32601"), "{line}");
}
