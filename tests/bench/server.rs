//! A server and its only client, which waits for each answer.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// The document that most is asked of. It stands in no folder that is there.
const URI: &str = "file:///no/such/folder/main.tf";

/// A served client in lock step: one message out, one awaited.
pub(crate) struct Server {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    version: i32,
    id: i64,
}

impl Server {
    /// An initialized server, of no folder.
    pub(crate) fn start(program: &Path, arguments: &[&str]) -> Self {
        Self::start_in(program, arguments, None)
    }

    /// An initialized server of this folder.
    pub(crate) fn start_in(program: &Path, arguments: &[&str], folder: Option<&Path>) -> Self {
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let stdin = child.stdin.take().expect("it is piped");
        let stdout = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut server = Self { child, stdin, stdout, version: 1, id: 0 };
        let root = folder.map(|folder| format!("file://{}", folder.display()));
        server.request("initialize", &json!({ "capabilities": {}, "rootUri": root }));
        server.send(&json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }));
        server
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.stdin.write_all(frame.as_bytes()).expect("the server reads");
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert_ne!(
                self.stdout.read_line(&mut line).expect("the server writes"),
                0,
                "the server has ended"
            );
            match line.trim_end().strip_prefix("Content-Length: ") {
                Some(value) => length = value.parse().expect("a length"),
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.stdout.read_exact(&mut body).expect("the server writes");
        serde_json::from_slice(&body).expect("JSON")
    }

    fn request(&mut self, method: &str, params: &Value) -> Value {
        self.id += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.id, "method": method, "params": params }));
        loop {
            let received = self.receive();
            if received["id"] == self.id {
                return received;
            }
        }
    }

    /// Opens the document and waits for its diagnostics. Gives the bytes of those.
    pub(crate) fn open(&mut self, text: &str) -> usize {
        self.open_as(URI, text)
    }

    /// The same for another document.
    pub(crate) fn open_as(&mut self, uri: &str, text: &str) -> usize {
        let document = json!({ "uri": uri, "languageId": "terraform", "version": 1, "text": text });
        let params = json!({ "textDocument": document });
        self.send(&json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": params }));
        self.diagnostics(1)
    }

    /// Waits for the diagnostics of a version. Gives the bytes of the message.
    pub(crate) fn diagnostics(&mut self, version: i32) -> usize {
        loop {
            let message = self.receive();
            if message["params"]["version"] == version {
                return message.to_string().len();
            }
        }
    }

    /// Types a blank at a place, or takes it back. Gives the document's new version.
    pub(crate) fn key(&mut self, line: usize, column: usize, key: usize) -> i32 {
        self.version += 1;
        let start = json!({ "line": line, "character": column });
        let end = json!({ "line": line, "character": column + key % 2 });
        let text = if key.is_multiple_of(2) { " " } else { "" };
        let change = json!({ "range": { "start": start, "end": end }, "text": text });
        let document = json!({ "uri": URI, "version": self.version });
        let params = json!({ "textDocument": document, "contentChanges": [change] });
        self.send(&json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params }));
        self.version
    }

    /// What is offered at a place.
    pub(crate) fn complete(&mut self, line: usize, column: usize) -> Value {
        let position = json!({ "line": line, "character": column });
        self.request(
            "textDocument/completion",
            &json!({ "textDocument": { "uri": URI }, "position": position }),
        )
    }

    /// What is said at a place.
    pub(crate) fn hover(&mut self, line: usize, column: usize) -> Value {
        let position = json!({ "line": line, "character": column });
        self.request("textDocument/hover", &json!({ "textDocument": { "uri": URI }, "position": position }))
    }

    /// Megabytes of memory at the peak, and now; 0 where the system does not tell.
    pub(crate) fn memory(&self) -> (f64, f64) {
        (memory(self.child.id(), "VmHWM:"), memory(self.child.id(), "VmRSS:"))
    }

    /// Milliseconds of processor time so far; 0 where the system does not tell.
    pub(crate) fn processor_time(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        // Behind the name in parentheses; a tick is a hundredth of a second.
        let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
        fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() * 10.0
    }
}

/// Megabytes in a line of what the system tells of a process.
pub(crate) fn memory(process: u32, line: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let kilobytes = status.lines().find_map(|it| it.strip_prefix(line)?.trim().strip_suffix(" kB"));
    kilobytes.and_then(|number| number.parse().ok()).map_or(0.0, |kilobytes: f64| kilobytes * 1024.0 / 1e6)
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
