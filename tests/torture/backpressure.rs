//! Back-pressure: a client that asks and asks, and reads nothing meanwhile. What waits is bounded, and all is answered when
//! it reads at last.

use std::time::Duration;

use fastrand::Rng;
use serde_json::json;

use crate::client::{Server, initialize};
use crate::model::{Encoding, Place};
use crate::questions::{Question, comparable};
use crate::rounds::{Subject, is_long, play};
use crate::texts;

const URIS: [&str; 2] = ["file:///no/such/folder/main.tf", "file:///no/such/elsewhere/main.tf"];
/// More than the program may hold at any time here, in bytes. What is asked for in a long run is more than that.
const MOST_MEMORY: u64 = 300 << 20;
/// More bytes than may wait to be read: those of the program's queue and of the pipe, twice.
const MOST_WAITING: usize = 64 << 20;
/// Bytes of an item that is sent to be completed, and comes back.
const ITEM: usize = 400_000;
/// The protocol's code for a request that was valid and failed.
const REQUEST_FAILED: i64 = -32803;

/// Two documents whose answers are large, and what is asked of them: lists of types and of what large bodies may have,
/// an outline, and an item that is large itself.
fn large(rng: &mut Rng) -> ([String; 2], Vec<Question>) {
    let types = [
        "Microsoft.Web/sites@2023-12-01",
        "Microsoft.Compute/virtualMachines@2024-07-01",
        "Microsoft.Network/applicationGateways@2024-05-01",
    ];
    let kind = rng.choice(types).expect("some");
    let text = format!(
        "resource \"azapi_resource\" \"a\" {{\n  type = \"\"\n}}\nresource \"azapi_resource\" \"b\" {{\n  type = \"{kind}\"\n  body = {{\n    properties = {{\n      \n    }}\n  }}\n}}\n{}",
        "@".repeat(90)
    );
    let locals: String = (0..300).map(|number| format!("  l{number} = {{ a = {number} }}\n")).collect();
    let place = |line, column| Place { line, column };
    let questions = vec![
        Question::completion(URIS[0], place(1, 10)),
        Question::completion(URIS[0], place(7, 6)),
        Question::diagnostics(URIS[0]),
        Question::outline(URIS[1]),
        Question { method: "completionItem/resolve", params: json!({ "label": "x".repeat(ITEM) }) },
    ];
    ([text, format!("locals {{\n{locals}}}\n")], questions)
}

/// Waits until the program has nothing to do; whether the system tells that.
fn settles(server: &Server) -> bool {
    let mut before = None;
    let mut quiet = 0;
    for _ in 0..300 {
        std::thread::sleep(Duration::from_millis(100));
        let now = server.work_done();
        quiet = if now.is_some() && now == before { quiet + 1 } else { 0 };
        if now.is_none() || quiet == 5 {
            return now.is_some();
        }
        before = now;
    }
    false
}

fn round(rng: &mut Rng, asked: usize) -> usize {
    let mut params = initialize(Encoding::Utf16);
    let pushes = rng.bool();
    if pushes {
        params["capabilities"]["textDocument"]["diagnostic"].take();
    }
    let mut server = Server::start_with(params);
    let (texts, questions) = large(rng);
    URIS.iter().zip(&texts).for_each(|(uri, text)| server.open(uri, 1, text));
    let expected: Vec<_> = questions.iter().map(|question| question.answer(&mut server)).collect();
    server.stop_reading();
    let mut ids = Vec::new();
    let mut version = 1;
    for _ in 0..asked {
        let which = if rng.bool() { questions.len() - 1 } else { rng.usize(..questions.len()) };
        ids.push((questions[which].ask(&mut server), which));
        if rng.u8(..8) == 0 {
            // There and back: diagnostics are pushed anew, and the text is what it was.
            for (end, text) in [(0, "\n"), (1, "")] {
                version += 1;
                let line = |line| json!({ "line": line, "character": 0 });
                let range = json!({ "start": line(0), "end": line(end) });
                server.change(URIS[0], version, json!([{ "range": range, "text": text }]));
            }
        }
        if rng.u8(..200) == 0 {
            // Unread diagnostics of other documents.
            let other = format!("file:///no/such/folder{}/main.tf", rng.u8(..20));
            server.open(&other, 1, &texts::configuration(rng, 3));
        }
    }
    let settled = settles(&server);
    server.read_again();
    let (mut refused, mut waited) = (0, 0);
    for (id, which) in ids {
        match comparable(server.answer(&id)) {
            Err(error) if error["code"] == REQUEST_FAILED => {
                assert!(
                    error["message"].as_str().is_some_and(|words| words.contains("not being read")),
                    "{error}"
                );
                refused += 1;
            }
            answer => {
                assert!(answer == expected[which], "{} is answered otherwise", questions[which].method);
                waited += answer.map_or(0, |result| result.to_string().len());
            }
        }
    }
    assert!(!settled || waited < MOST_WAITING, "{waited} bytes waited to be read");
    if let Some(peak) = server.peak_memory() {
        assert!(peak < MOST_MEMORY, "{} MiB, {refused} of {asked} refused", peak >> 20);
    }
    for (question, expected) in questions.iter().zip(&expected) {
        assert!(
            &question.answer(&mut server) == expected,
            "{} is answered otherwise afterwards",
            question.method
        );
    }
    for call in &server.calls {
        assert!(call["method"] == "textDocument/publishDiagnostics" && pushes, "{call}");
    }
    server.finish();
    asked
}

#[test]
fn what_nobody_reads_is_bounded_and_all_is_answered_in_the_end() {
    play(Subject::Backpressure, 1, |_, rng| round(rng, if is_long() { 1500 } else { 350 }));
}
