//! A client that writes any bytes, may stop reading, and may end its input anywhere. Whatever is done to the program, it
//! writes whole messages, answers an id once, and does not panic.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::model::Encoding;

/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(90);

/// A result, or an error.
pub(crate) type Answer = Result<Value, Value>;

pub(crate) struct Server {
    child: Child,
    /// Bytes on their way to the program, from a thread of their own: a full pipe stops no test.
    input: Option<Sender<Vec<u8>>>,
    output: Receiver<Result<Value, String>>,
    listening: Arc<Listening>,
    errors: Option<JoinHandle<String>>,
    next_id: i64,
    /// The ids that wait for their answer, as JSON.
    asked: BTreeSet<String>,
    answers: BTreeMap<String, Answer>,
    /// Errors under no id: what the program says of what is no message.
    pub(crate) refusals: Vec<Value>,
    /// Its own requests and notifications.
    pub(crate) calls: Vec<Value>,
}

/// Whether the output is read.
#[derive(Default)]
struct Listening {
    now: Mutex<bool>,
    changed: Condvar,
}

impl Listening {
    fn set(&self, now: bool) {
        *self.now.lock().unwrap() = now;
        self.changed.notify_all();
    }

    fn wait(&self) {
        let mut now = self.now.lock().unwrap();
        while !*now {
            now = self.changed.wait(now).unwrap();
        }
    }
}

/// What a program left behind that has ended.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    /// The ids without an answer.
    pub(crate) unanswered: Vec<String>,
    pub(crate) answered: usize,
    pub(crate) refusals: usize,
    pub(crate) errors: String,
}

impl Server {
    /// A started program, nothing said yet.
    pub(crate) fn spawn() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_azapi-ls"))
            .args(["serve", "--stdio"])
            .env_remove("AZAPI_LS_LOG")
            .env_remove("AZAPI_LS_LOG_FILE")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, bytes) = channel::<Vec<u8>>();
        let mut stdin = child.stdin.take().unwrap();
        thread::spawn(move || {
            for bytes in bytes {
                if stdin.write_all(&bytes).and_then(|()| stdin.flush()).is_err() {
                    return;
                }
            }
        });
        let listening = Arc::<Listening>::default();
        listening.set(true);
        let (sender, output) = channel();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let may = Arc::clone(&listening);
        thread::spawn(move || {
            loop {
                may.wait();
                let Some(message) = read_message(&mut stdout).transpose() else { return };
                let last = message.is_err();
                if sender.send(message).is_err() || last {
                    return;
                }
            }
        });
        let mut stderr = child.stderr.take().unwrap();
        let errors = thread::spawn(move || {
            let mut bytes = Vec::new();
            stderr.read_to_end(&mut bytes).unwrap();
            String::from_utf8_lossy(&bytes).into_owned()
        });
        Self {
            child,
            input: Some(input),
            output,
            listening,
            errors: Some(errors),
            next_id: 0,
            asked: BTreeSet::new(),
            answers: BTreeMap::new(),
            refusals: Vec::new(),
            calls: Vec::new(),
        }
    }

    /// An initialized server that serves everything and is asked for diagnostics.
    pub(crate) fn start(encoding: Encoding) -> Self {
        Self::start_with(initialize(encoding))
    }

    pub(crate) fn start_with(params: Value) -> Self {
        let mut server = Self::spawn();
        server.request("initialize", params).unwrap();
        server.notify("initialized", json!({}));
        server
    }

    pub(crate) fn send_raw(&mut self, bytes: Vec<u8>) {
        // The program may have ended; what is then not answered fails the test.
        let _ = self.input.as_ref().expect("the input is open").send(bytes);
    }

    pub(crate) fn send(&mut self, message: &Value) {
        self.send_raw(frame(message));
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&notification(method, params));
    }

    /// Sends a request under the next number.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next_id += 1;
        let id = json!(self.next_id);
        self.ask_as(id.clone(), method, params);
        id
    }

    pub(crate) fn ask_as(&mut self, id: Value, method: &str, params: Value) {
        self.expect(&id);
        self.send(&request(&id, method, params));
    }

    /// A request of this id was sent as raw bytes.
    pub(crate) fn expect(&mut self, id: &Value) {
        assert!(self.asked.insert(id.to_string()), "{id} is used twice by the test");
    }

    pub(crate) fn request(&mut self, method: &str, params: Value) -> Answer {
        let id = self.ask(method, params);
        self.answer(&id)
    }

    pub(crate) fn answer(&mut self, id: &Value) -> Answer {
        let deadline = Instant::now() + PATIENCE;
        let key = id.to_string();
        loop {
            if let Some(answer) = self.answers.remove(&key) {
                return answer;
            }
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(message) => self.hear(message),
                Err(error) => panic!("{error}: no answer to {id}; stderr: {}", self.last_words()),
            }
        }
    }

    fn hear(&mut self, message: Result<Value, String>) {
        let mut message = message.unwrap_or_else(|problem| panic!("the output is damaged: {problem}"));
        assert_eq!(message["jsonrpc"], "2.0", "{message}");
        if message.get("method").is_some() {
            return self.calls.push(message);
        }
        let answer = match message.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(message.get_mut("result").expect("a result or an error").take()),
        };
        match &message["id"] {
            Value::Null => self.refusals.push(answer.expect_err("an answer under no id")),
            id => {
                let key = id.to_string();
                assert!(self.asked.remove(&key), "{id} is answered again, or was never asked: {answer:?}");
                self.answers.insert(key, answer);
            }
        }
    }

    pub(crate) fn open(&mut self, uri: &str, version: i32, text: &str) {
        self.notify("textDocument/didOpen", opening(uri, version, text));
    }

    pub(crate) fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    pub(crate) fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// From now on the output is not read any more, but for what is under way.
    pub(crate) fn stop_reading(&self) {
        self.listening.set(false);
    }

    pub(crate) fn read_again(&self) {
        self.listening.set(true);
    }

    /// The most memory that the program has held so far, in bytes, where the system tells.
    pub(crate) fn peak_memory(&self) -> Option<u64> {
        self.status("VmHWM:")
    }

    /// The memory that the program holds now, likewise.
    pub(crate) fn memory(&self) -> Option<u64> {
        self.status("VmRSS:")
    }

    fn status(&self, row: &str) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(row))?;
        let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
        Some(kibibytes << 10)
    }

    /// Something that grows while the program works, where the system tells.
    pub(crate) fn work_done(&self) -> Option<String> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // User and system time, behind the program's name.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        Some(fields.get(11..13)?.join(" "))
    }

    /// No more input: the pipe is closed behind what was sent.
    pub(crate) fn close_input(&mut self) {
        self.input = None;
    }

    /// Waits for the end, and checks what every end has in common.
    pub(crate) fn ended(mut self) -> Ended {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(message) => self.hear(message),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("the output stays open: {}", self.last_words()),
            }
        }
        let status = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status,
                None => assert!(Instant::now() < deadline, "the server does not end"),
            }
            thread::sleep(Duration::from_millis(1));
        };
        let errors = self.last_words();
        assert!(!errors.contains("panicked"), "{errors}");
        Ended {
            code: status.code(),
            unanswered: self.asked.iter().cloned().collect(),
            answered: self.answers.len(),
            refusals: self.refusals.len(),
            errors,
        }
    }

    /// `shutdown` and `exit`; everything must have been answered.
    pub(crate) fn finish(mut self) {
        assert_eq!(self.request("shutdown", Value::Null), Ok(Value::Null));
        self.notify("exit", Value::Null);
        let ended = self.ended();
        assert_eq!((ended.code, &ended.unanswered[..]), (Some(0), &[][..]), "{}", ended.errors);
        assert_eq!(ended.answered, 0, "answers that the test did not look at");
    }

    /// What the program wrote to stderr, once it has ended; it is ended for that.
    fn last_words(&mut self) -> String {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.errors.take().map_or_else(String::new, |errors| errors.join().unwrap_or_default())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listening.set(true);
        self.last_words();
    }
}

/// The parameters of `initialize` for a client that can everything.
pub(crate) fn initialize(encoding: Encoding) -> Value {
    let action = json!({ "codeActionKind": { "valueSet": [] } });
    let item = json!({
        "snippetSupport": true, "preselectSupport": true, "labelDetailsSupport": true, "deprecatedSupport": true,
    });
    json!({
        "capabilities": {
            "general": { "positionEncodings": [encoding.name()] },
            "textDocument": {
                "diagnostic": {},
                "codeAction": { "codeActionLiteralSupport": action, "isPreferredSupport": true },
                "completion": { "completionItem": item },
                "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
                "publishDiagnostics": { "relatedInformation": true },
            },
            "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } },
        },
        "initializationOptions": { "azapi": { "profile": "standalone" } },
    })
}

pub(crate) fn opening(uri: &str, version: i32, text: &str) -> Value {
    json!({ "textDocument": { "uri": uri, "languageId": "terraform", "version": version, "text": text } })
}

pub(crate) fn notification(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

pub(crate) fn request(id: &Value, method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })
}

pub(crate) fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// The next message; `None` at the end between two of them.
fn read_message(input: &mut impl BufRead) -> Result<Option<Value>, String> {
    let mut line = String::new();
    input.read_line(&mut line).map_err(|error| error.to_string())?;
    if line.is_empty() {
        return Ok(None);
    }
    let length = line.strip_prefix("Content-Length: ").and_then(|rest| rest.strip_suffix("\r\n"));
    let length: usize = length.and_then(|it| it.parse().ok()).ok_or_else(|| format!("a header {line:?}"))?;
    let mut body = vec![0; length + 2];
    input.read_exact(&mut body).map_err(|error| format!("half a message: {error}"))?;
    let body = body.strip_prefix(b"\r\n").ok_or("a second header")?;
    serde_json::from_slice(body).map(Some).map_err(|error| error.to_string())
}
