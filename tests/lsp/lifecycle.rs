//! From start to end: what is refused when, and with which code the process ends.

use serde_json::{Value, json};

use crate::client::Client;

fn code(answer: Result<Value, Value>) -> i64 {
    answer.unwrap_err()["code"].as_i64().unwrap()
}

fn hover() -> Value {
    json!({ "textDocument": { "uri": "file:///no/such/main.tf" }, "position": { "line": 0, "character": 0 } })
}

#[test]
fn shutdown_and_exit_end_it_with_0_while_stdin_stays_open() {
    let (client, _) = Client::start(json!({}), Value::Null);
    client.finish();
}

#[test]
fn parameters_of_a_call_that_takes_none_are_no_matter() {
    for params in [Value::Null, json!({}), json!([])] {
        let (mut client, _) = Client::start(json!({}), Value::Null);
        client.send(&json!({ "jsonrpc": "2.0", "id": 77, "method": "shutdown", "params": params }));
        assert_eq!(client.answer_to(77), Ok(Value::Null));
        client.send(&json!({ "jsonrpc": "2.0", "method": "exit", "params": params }));
        client.ends_with(0);
    }
}

#[test]
fn exit_without_shutdown_ends_it_with_1() {
    let (mut client, _) = Client::start(json!({}), Value::Null);
    client.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    client.ends_with(1);
}

#[test]
fn exit_before_initialize_ends_it_with_1() {
    let mut client = Client::spawn(&[]);
    client.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    client.ends_with(1);
}

#[test]
fn the_end_of_the_input_ends_it() {
    let (mut client, _) = Client::start(json!({}), Value::Null);
    client.close_input();
    client.ends_with(1);
    let (mut client, _) = Client::start(json!({}), Value::Null);
    client.request("shutdown", Value::Null).unwrap();
    client.close_input();
    client.ends_with(0);
}

#[test]
fn what_was_piped_in_whole_is_answered_whole() {
    let (mut client, _) = Client::start(json!({}), Value::Null);
    let ids: Vec<_> = (0..40).map(|_| client.ask("textDocument/hover", hover())).collect();
    client.close_input();
    for id in ids {
        assert_eq!(client.answer_to(id), Ok(Value::Null));
    }
    client.ends_with(1);
}

#[test]
fn requests_before_initialize_and_after_shutdown_are_refused() {
    let mut client = Client::spawn(&["serve", "--stdio"]);
    assert_eq!(code(client.request("textDocument/hover", hover())), -32002);
    client.open("file:///no/such/main.tf", "");
    client.request("initialize", json!({ "capabilities": {} })).unwrap();
    assert_eq!(code(client.request("initialize", json!({ "capabilities": {} }))), -32600);
    client.request("shutdown", Value::Null).unwrap();
    assert_eq!(code(client.request("textDocument/hover", hover())), -32600);
    client.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    client.ends_with(0);
}

#[test]
fn unknown_methods_are_refused_and_unknown_notifications_ignored() {
    let (mut client, _) = Client::start(json!({}), Value::Null);
    assert_eq!(code(client.request("no/such/method", json!({}))), -32601);
    client.notify("$/setTrace", json!({ "value": "off" }));
    client.notify("no/such/notification", json!({}));
    assert_eq!(code(client.request("textDocument/hover", json!({ "wrong": 1 }))), -32602);
    client.finish();
}

#[test]
fn what_is_no_message_is_refused_and_the_server_lives_on() {
    let (mut client, _) = Client::start(json!({}), Value::Null);
    client.send_raw(b"Content-Length: 3\r\n\r\n{]}");
    let refusal = client.wait_for(|message| message["id"].is_null());
    assert_eq!(refusal["error"]["code"], -32700);
    let lone = r#"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///no/x.txt","languageId":"x","version":1,"text":"\ud83d"}}}"#;
    client.send_raw(format!("Content-Length: {}\r\n\r\n{lone}", lone.len()).as_bytes());
    assert_eq!(client.request("textDocument/hover", hover()), Ok(Value::Null));
    client.finish();
}

#[test]
fn every_request_gets_exactly_one_answer_cancelled_or_not() {
    let (mut client, _) = Client::start(json!({}), Value::Null);
    let ids: Vec<_> = (0..300)
        .map(|_| {
            let id = client.ask("textDocument/hover", hover());
            client.notify("$/cancelRequest", json!({ "id": id }));
            client.notify("$/cancelRequest", json!({ "id": id }));
            id
        })
        .collect();
    for id in ids {
        match client.answer_to(id) {
            Ok(result) => assert_eq!(result, Value::Null),
            Err(error) => assert_eq!(error["code"], -32800),
        }
    }
    client.finish();
}

#[test]
fn an_output_nobody_reads_ends_it_while_stdin_stays_open() {
    let mut client = Client::spawn_deaf();
    // It notices when it writes.
    while client.tries_to_write(&json!({ "jsonrpc": "2.0", "id": 1, "method": "no/such/method" })) {}
    client.ends_with(1);
}

#[cfg(target_os = "linux")]
#[test]
fn what_a_peak_took_of_memory_is_given_back_when_nothing_comes() {
    let block =
        "resource \"azapi_resource\" \"r\" {\n  type = \"Microsoft.Web/sites@2024-04-01\"\n  body = {}\n}\n";
    let (mut client, _) = Client::start(json!({ "textDocument": { "diagnostic": {} } }), Value::Null);
    let document = json!({ "textDocument": { "uri": "untitled:a.tf" } });
    client.open("untitled:a.tf", &block.repeat(5_000));
    client.request("textDocument/diagnostic", document.clone()).unwrap();
    client.notify("textDocument/didClose", document);
    let peak = client.resident_kilobytes();
    for _ in 0..200 {
        if client.resident_kilobytes() < peak * 3 / 4 {
            return client.finish();
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("{peak} KB at the peak, {} KB at rest", client.resident_kilobytes());
}
