//! A client that forgives nothing: a message nobody read, a wrong exit code, a panic on stderr or an answer
//! that does not come fails the test.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long anything may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Client {
    child: Child,
    stdin: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Read from the pipe, but not yet by the test.
    unread: VecDeque<Value>,
    stderr: Option<JoinHandle<String>>,
    next_id: i64,
    ended: bool,
}

impl Client {
    /// A started program, nothing said yet.
    pub(crate) fn spawn(arguments: &[&str]) -> Self {
        Self::spawn_with(arguments, &[], true)
    }

    /// The same with these variables in its environment.
    pub(crate) fn spawn_in(arguments: &[&str], variables: &[(&str, &Path)]) -> Self {
        Self::spawn_with(arguments, variables, true)
    }

    /// A started program whose output has no reader.
    pub(crate) fn spawn_deaf() -> Self {
        Self::spawn_with(&[], &[], false)
    }

    fn spawn_with(arguments: &[&str], variables: &[(&str, &Path)], reads: bool) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_azapi-ls"))
            .args(arguments)
            .env_remove("AZAPI_LS_LOG")
            .env_remove("AZAPI_LS_LOG_FILE")
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, messages) = std::sync::mpsc::channel();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        if reads {
            thread::spawn(move || {
                while let Some(message) = read_message(&mut stdout) {
                    if sender.send(message).is_err() {
                        return;
                    }
                }
            });
        } else {
            drop((stdout, sender));
        }
        let mut stderr = child.stderr.take().unwrap();
        let stderr = thread::spawn(move || {
            let mut text = String::new();
            stderr.read_to_string(&mut text).unwrap();
            text
        });
        let stdin = child.stdin.take();
        let (unread, stderr) = (VecDeque::new(), Some(stderr));
        Self { child, stdin, messages, unread, stderr, next_id: 0, ended: false }
    }

    /// An initialized server, and what it offers.
    pub(crate) fn start(capabilities: Value, options: Value) -> (Self, Value) {
        Self::start_with(&[], capabilities, options)
    }

    /// The same for a client that calls itself so.
    pub(crate) fn start_as(name: &str, capabilities: Value, options: Value) -> (Self, Value) {
        let mut client = Self::spawn(&[]);
        let info = json!({ "name": name });
        let params =
            json!({ "capabilities": capabilities, "initializationOptions": options, "clientInfo": info });
        let offer = client.request("initialize", params).unwrap();
        client.notify("initialized", json!({}));
        (client, offer["capabilities"].clone())
    }

    /// The same, of a program started with these arguments.
    pub(crate) fn start_with(arguments: &[&str], capabilities: Value, options: Value) -> (Self, Value) {
        let mut client = Self::spawn(arguments);
        let params = json!({ "capabilities": capabilities, "initializationOptions": options });
        let offer = client.request("initialize", params).unwrap();
        client.notify("initialized", json!({}));
        (client, offer["capabilities"].clone())
    }

    /// Bytes as they are.
    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(bytes).unwrap();
        stdin.flush().unwrap();
    }

    pub(crate) fn send(&mut self, message: &Value) {
        self.send_raw(frame(message).as_bytes());
    }

    /// Sends a message and waits a little; `false` when nobody takes it any more.
    pub(crate) fn tries_to_write(&mut self, message: &Value) -> bool {
        thread::sleep(Duration::from_millis(2));
        self.stdin.as_mut().unwrap().write_all(frame(message).as_bytes()).is_ok()
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and gives its id.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        let mut request = json!({ "jsonrpc": "2.0", "id": self.next_id, "method": method, "params": params });
        if request["params"].is_null() {
            request.as_object_mut().unwrap().remove("params");
        }
        self.send(&request);
        self.next_id
    }

    /// The result of a request, or its error.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.ask(method, params);
        self.answer_to(id)
    }

    /// The answer to an earlier request.
    pub(crate) fn answer_to(&mut self, id: i64) -> Result<Value, Value> {
        let mut answer = self.wait_for(|message| message.get("method").is_none() && message["id"] == id);
        match answer.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(answer["result"].take()),
        }
    }

    /// The next message of the server with this method: its parameters, and its id when it wants an answer.
    pub(crate) fn called(&mut self, method: &str) -> (Value, Option<Value>) {
        let mut message = self.wait_for(|message| message["method"] == method);
        (message["params"].take(), message.get("id").cloned())
    }

    pub(crate) fn wait_for(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.unread.iter().position(&wanted) {
            return self.unread.remove(at).unwrap();
        }
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.messages.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(message) if wanted(&message) => return message,
                Ok(message) => self.unread.push_back(message),
                Err(error) => panic!("{error}; unread: {:?}", self.unread),
            }
        }
    }

    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "terraform", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(crate) fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// What of the program is in memory now.
    #[cfg(target_os = "linux")]
    pub(crate) fn resident_kilobytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim_end_matches("kB").trim().parse().unwrap()
    }

    /// No more input: the pipe is closed.
    pub(crate) fn close_input(&mut self) {
        self.stdin = None;
    }

    /// Waits for the end. Stdin stays as it is; stderr and the number of unread messages are checked.
    pub(crate) fn ends_with(&mut self, code: i32) {
        let deadline = Instant::now() + PATIENCE;
        let status = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status,
                None => assert!(Instant::now() < deadline, "the server does not end"),
            }
            thread::sleep(Duration::from_millis(2));
        };
        let stderr = self.stderr.take().unwrap().join().unwrap();
        self.ended = true;
        assert_eq!(status.code(), Some(code), "stderr: {stderr}");
        assert!(!stderr.contains("panicked"), "{stderr}");
        // The pipe is closed, so the reader ends: what it has read is all there is.
        loop {
            match self.messages.recv_timeout(PATIENCE) {
                Ok(message) => self.unread.push_back(message),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("the output stays open"),
            }
        }
        assert!(self.unread.is_empty(), "nobody read {:?}", self.unread);
    }

    /// `shutdown` and `exit` with stdin left open.
    pub(crate) fn finish(mut self) {
        assert_eq!(self.request("shutdown", Value::Null), Ok(Value::Null));
        self.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
        self.ends_with(0);
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if !self.ended {
            // It may have ended by itself already.
            let _ = self.child.kill();
            let _ = self.child.wait();
            assert!(thread::panicking(), "a test must end its server");
        }
    }
}

fn frame(message: &Value) -> String {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

fn read_message(input: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok(),
            Some(other) => panic!("an unknown header {other:?}"),
            None => break,
        }
    }
    let mut body = vec![0; length.expect("a message without its length")];
    input.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}
