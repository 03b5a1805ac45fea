//! Damaged messages to the server: each valid request is answered once, whatever stands between them.
//!
//! An input has a message on each line, which is framed here. One that begins with `Content-Length` is sent as it is.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use azapi_ls::server;
use serde_json::Value;

use crate::choices::Choices;
use crate::damage;
use crate::driver::{Target, panics_elsewhere};

const WORDS: [&str; 60] = [
    "null",
    "true",
    "1",
    "-1",
    "0",
    "2147483648",
    "1e3",
    "1.5",
    "\"\"",
    "{}",
    "[]",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\ud83d",
    "\\u0000",
    "\"id\":7,",
    "\"id\":\"a\",",
    "\"id\":null,",
    "\"method\"",
    "\"params\":null",
    "\"params\":[]",
    "\"result\":null",
    "\"error\":{}",
    "\"jsonrpc\":\"2.0\"",
    "\"initialize\"",
    "\"shutdown\"",
    "\"exit\"",
    "\"$/cancelRequest\"",
    "\"$/setTrace\"",
    "\"textDocument/didOpen\"",
    "\"textDocument/didChange\"",
    "\"textDocument/didClose\"",
    "\"textDocument/hover\"",
    "\"textDocument/completion\"",
    "\"textDocument/diagnostic\"",
    "\"textDocument/codeAction\"",
    "\"textDocument/documentSymbol\"",
    "\"textDocument/signatureHelp\"",
    "\"completionItem/resolve\"",
    "\"workspace/executeCommand\"",
    "\"workspace/didChangeConfiguration\"",
    "\"workspace/didChangeWatchedFiles\"",
    "\"workspace/didChangeWorkspaceFolders\"",
    "\"workspace/diagnostic\"",
    "\"version\":null",
    "\"version\":3000000000",
    "\"line\":4294967295",
    "\"character\":99999",
    "\"rangeLength\":1",
    "\"uri\":\"\"",
    "\"uri\":\"untitled:x\"",
    "\"uri\":\"file:///nowhere/b.tf\"",
    "\"capabilities\":{}",
    "\"initializationOptions\":{\"azapi\":{\"profile\":\"standalone\"}}",
    "\n",
];

/// The server.
pub const TARGET: Target = Target { name: "messages", samples: Vec::new, damage: damaged, check, cases: 250 };

fn damaged(choices: &mut Choices, samples: &[Vec<u8>]) -> Vec<u8> {
    if choices.once_in(8) {
        let framed: Vec<Vec<u8>> = samples.iter().map(|it| input_of(it)).collect();
        return damage::bytes(choices, &framed);
    }
    let mut all = Vec::new();
    // The first lines stay as they are most of the time: a server that is not initialized says nothing new.
    if !choices.once_in(4) {
        all.extend_from_slice(&samples[0]);
    }
    all.extend(damage::text(choices, samples, &WORDS));
    all
}

fn input_of(input: &[u8]) -> Vec<u8> {
    if input.starts_with(b"Content-Length") {
        return input.to_vec();
    }
    messages(input).flat_map(framed).collect()
}

fn messages(input: &[u8]) -> impl Iterator<Item = &[u8]> {
    input.split(|byte| *byte == b'\n').filter(|line| !line.is_empty())
}

#[derive(Clone, Default)]
struct Output(Arc<Mutex<Vec<u8>>>);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no writer panics").extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What a client sends, which then waits for so many answers before it ends.
struct Input {
    sent: Cursor<Vec<u8>>,
    output: Output,
    awaited: usize,
}

/// How long a client waits for an answer, on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(60);

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.sent.read(buffer)?;
        let begun = Instant::now();
        while count == 0 && self.output.answered() < self.awaited && begun.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(1));
        }
        Ok(count)
    }
}

impl Output {
    /// How many answers were written.
    fn answered(&self) -> usize {
        let written = self.0.lock().expect("no writer panics");
        let starts = [&b"\"jsonrpc\":\"2.0\",\"result\":"[..], b"\"jsonrpc\":\"2.0\",\"error\":"];
        starts.iter().map(|start| written.windows(start.len()).filter(|text| text == start).count()).sum()
    }
}

/// Serves a client that sends these bytes and waits for so many answers; how often each id was answered.
///
/// # Panics
///
/// Where anything panics within, or an answer is an internal error.
pub(crate) fn served(bytes: Vec<u8>, awaited: usize) -> BTreeMap<String, usize> {
    let output = Output::default();
    panics_elsewhere();
    let input = Input { sent: Cursor::new(bytes), output: output.clone(), awaited };
    server::run(input, output.clone()).expect("a server");
    let panics = panics_elsewhere();
    assert!(panics.is_empty(), "{}", panics.join("\n"));
    let written = output.0.lock().expect("no writer panics").clone();
    answers(&written)
}

/// A message below its header.
pub(crate) fn framed(message: &[u8]) -> Vec<u8> {
    [format!("Content-Length: {}\r\n\r\n", message.len()).as_bytes(), message].concat()
}

/// Serves a client that sends these bytes.
///
/// # Panics
///
/// Where a request has not exactly one answer, or anything panics within.
pub fn check(input: &[u8]) {
    let answers = served(input_of(input), 0);
    if input.starts_with(b"Content-Length") {
        return;
    }
    let sent: Vec<Value> = messages(input).filter_map(|it| serde_json::from_slice(it).ok()).collect();
    // What ends like the next header begins is taken for a message that is shorter than its length, and half of a
    // surrogate for a character: a reader of plain JSON sees no message there.
    if messages(input).any(|line| ends_in_header(line) || has_surrogate(line)) {
        return;
    }
    let ends_early = sent.iter().any(|it| it["method"] == "exit" || it.to_string().contains("processId"));
    // What has an id and a method that is none may be told so.
    let mut requests: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for message in sent.iter().filter(|it| it.get("method").is_some()) {
        let id = &message["id"];
        if id.is_i64() || id.is_string() {
            let (least, most) = requests.entry(id.to_string()).or_default();
            *least += usize::from(message["method"].is_string());
            *most += 1;
        }
    }
    for (id, (least, most)) in requests {
        let found = answers.get(&id).copied().unwrap_or_default();
        let holds = (least..=most).contains(&found) || ends_early && found < least;
        assert!(holds, "{found} answers to {least} requests {id}");
    }
}

/// Whether more stands behind the JSON of a line, and that begins like a header.
fn ends_in_header(line: &[u8]) -> bool {
    let mut values = serde_json::Deserializer::from_slice(line).into_iter::<Value>();
    let is_value = values.next().is_some_and(|it| it.is_ok());
    let behind = line.get(values.byte_offset()..).unwrap_or_default().trim_ascii_start();
    is_value
        && behind
            .first()
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte))
}

fn has_surrogate(line: &[u8]) -> bool {
    line.windows(3).any(|text| text.eq_ignore_ascii_case(b"\\ud"))
}

/// How often each id was answered.
fn answers(mut output: &[u8]) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    while !output.is_empty() {
        let text = output.strip_prefix(b"Content-Length: ").expect("a frame");
        let end = text.iter().position(|byte| *byte == b'\r').expect("the end of a header");
        let length: usize =
            str::from_utf8(&text[..end]).ok().and_then(|it| it.parse().ok()).expect("a length");
        let body = text[end..].strip_prefix(b"\r\n\r\n").expect("one header");
        let message: Value = serde_json::from_slice(&body[..length]).expect("JSON");
        assert_eq!(message["jsonrpc"], "2.0");
        if message.get("method").is_none() {
            assert!(message["error"]["code"] != -32603, "an internal error: {message}");
            *found.entry(message["id"].to_string()).or_default() += 1;
        }
        output = &body[length..];
    }
    found
}

#[cfg(test)]
mod tests {
    #[test]
    fn damaged_messages_are_answered_once() {
        crate::driver::run(super::TARGET);
    }
}
