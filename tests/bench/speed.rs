//! What an editor waits for, measured over stdio on the release program, beside a server on the same
//! framework that does nothing. Run with `cargo bench --bench speed`.

mod idle;

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The argument that makes this program the server that does nothing.
const IDLE: &str = "--serve-nothing";
const URI: &str = "file:///no/such/folder/main.tf";
const LINES: usize = 5_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.iter().any(|argument| argument == IDLE) {
        idle::serve();
    } else if arguments.iter().any(|argument| argument == "--bench") {
        let report = report();
        std::io::stdout().write_all(report.as_bytes()).expect("stdout is open");
    }
    ExitCode::SUCCESS
}

fn report() -> String {
    let ours = measure(Path::new(env!("CARGO_BIN_EXE_azapi-ls")), &[]);
    let idle = measure(&std::env::current_exe().expect("this program has a path"), &[IDLE]);
    let mut table = String::new();
    let mut row = |name: &str, aim: f64, unit: &str, pick: fn(&Figures) -> f64| {
        let (ours, idle) = (pick(&ours), pick(&idle));
        let ratio = ours / idle;
        writeln!(table, "{name:<34} {ours:>9.2} {unit:<3} aim {aim:>4} {idle:>9.2} {unit:<3} {ratio:>6.1}x")
            .expect("a string takes everything");
    };
    row("start to initialize answer", 7.0, "ms", |it| millis(it.start));
    row("first completion", 1.0, "ms", |it| millis(it.first_completion));
    row("first list of a body", 1.0, "ms", |it| millis(it.first_body));
    row("5,000 lines opened to diagnostics", 15.0, "ms", |it| millis(it.open));
    row("keystroke in them to completion", 3.0, "ms", |it| millis(it.key_to_completion));
    row("completion at 1,000 places, median", 1.5, "ms", |it| millis(it.places.median));
    row("completion at 1,000 places, worst", 10.0, "ms", |it| millis(it.places.worst));
    row("largest of those lists", 60.0, "kB", |it| it.places.largest);
    row("keystroke in them to diagnostics", 5.0, "ms", |it| millis(it.key_to_diagnostics));
    row("peak memory", 30.0, "MB", |it| it.peak_memory);
    row("program size", 20.0, "MB", |it| it.size);
    format!("{:<34} {:>13} {:>8} {:>13} {:>7}\n{table}", "", "azapi-ls", "", "does nothing", "ratio")
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Completion at many places of a long file.
struct Places {
    median: Duration,
    worst: Duration,
    /// Kilobytes.
    largest: f64,
}

struct Figures {
    start: Duration,
    first_completion: Duration,
    first_body: Duration,
    places: Places,
    open: Duration,
    key_to_completion: Duration,
    key_to_diagnostics: Duration,
    /// Megabytes; 0 where the system does not tell.
    peak_memory: f64,
    /// Megabytes.
    size: f64,
}

fn measure(program: &Path, arguments: &[&str]) -> Figures {
    let start = || Server::start(program, arguments);
    let long = long_file();
    let (line, text) = long
        .lines()
        .enumerate()
        .skip(LINES / 2)
        .find(|(_, text)| text.contains("Enabled\""))
        .expect("the file is longer");
    let column = text.len();
    let mut server = start();
    server.open(&long);
    let key_to_diagnostics = median(100, |key| {
        timed(|| {
            let version = server.key(line, column, key);
            server.diagnostics(version);
        })
    });
    let key_to_completion = median(100, |key| {
        timed(|| {
            server.key(line, column, key);
            server.complete(line, column);
        })
    });
    let places = server.complete_everywhere(&long);
    Figures {
        places,
        first_body: median(20, |_| first_body(start())),
        start: median(40, |_| starting(program, arguments)),
        first_completion: median(20, |_| first_completion(start())),
        open: median(10, |_| opening(start(), &long)),
        key_to_completion,
        key_to_diagnostics,
        peak_memory: server.peak_memory(),
        size: std::fs::metadata(program).map_or(0.0, |file| file.len() as f64 / 1e6),
    }
}

fn starting(program: &Path, arguments: &[&str]) -> Duration {
    let begin = Instant::now();
    let server = Server::start(program, arguments);
    let time = begin.elapsed();
    drop(server);
    time
}

fn first_completion(mut server: Server) -> Duration {
    server.open(
        "resource \"azapi_resource\" \"token\" {\n  type = \"Microsoft.ContainerRegistry/registries/tokens@\"\n}\n",
    );
    timed(|| {
        server.complete(1, 56);
    })
}

fn first_body(mut server: Server) -> Duration {
    server.open(
        "resource \"azapi_resource\" \"registry\" {\n  type = \"Microsoft.ContainerRegistry/registries@2025-04-01\"\n  body = {\n    properties = {\n      \n    }\n  }\n}\n",
    );
    timed(|| {
        server.complete(4, 6);
    })
}

fn opening(mut server: Server, text: &str) -> Duration {
    timed(|| server.open(text))
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// The median of this many measurements.
fn median(times: usize, measurement: impl FnMut(usize) -> Duration) -> Duration {
    let mut all: Vec<Duration> = (0..times).map(measurement).collect();
    all.sort();
    all[times / 2]
}

/// Registries one after another, each with a body.
fn long_file() -> String {
    let mut text = String::new();
    let mut number = 0;
    while text.lines().count() < LINES {
        number += 1;
        write!(
            text,
            r#"resource "azapi_resource" "registry{number}" {{
  type      = "Microsoft.ContainerRegistry/registries@2023-07-01"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/group{number}"
  name      = "registry{number}"
  location  = "westeurope"
  body = {{
    sku = {{ name = "Premium" }}
    properties = {{
      adminUserEnabled = false
      zoneRedundancy   = "Enabled"
    }}
  }}
}}

"#
        )
        .expect("a string takes everything");
    }
    text
}

/// A served client in lock step: one message out, one awaited.
struct Server {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    version: i32,
    id: i64,
}

impl Server {
    fn start(program: &Path, arguments: &[&str]) -> Self {
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
        server.request("initialize", &json!({ "capabilities": {} }));
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

    /// A thousand places, spread over lines and columns.
    fn complete_everywhere(&mut self, text: &str) -> Places {
        let lines: Vec<&str> = text.lines().collect();
        let mut largest = 0;
        let mut times: Vec<Duration> = (0..1_000)
            .map(|at| {
                let line = at * 4_999 / 1_000 + at % 7;
                let column = lines.get(line).map_or(0, |line| (at * 31) % (line.len() + 1));
                timed(|| {
                    let list = self.complete(line, column);
                    largest = largest.max(list.to_string().len());
                })
            })
            .collect();
        times.sort();
        Places { median: times[500], worst: times[999], largest: largest as f64 / 1e3 }
    }

    /// Opens a document and waits for its diagnostics.
    fn open(&mut self, text: &str) {
        let document = json!({ "uri": URI, "languageId": "terraform", "version": 1, "text": text });
        let params = json!({ "textDocument": document });
        self.send(&json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": params }));
        self.diagnostics(1);
    }

    fn diagnostics(&mut self, version: i32) {
        while self.receive()["params"]["version"] != version {}
    }

    /// Types a blank at a place, or takes it back. Gives the document's new version.
    fn key(&mut self, line: usize, column: usize, key: usize) -> i32 {
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

    fn complete(&mut self, line: usize, column: usize) -> Value {
        let position = json!({ "line": line, "character": column });
        self.request(
            "textDocument/completion",
            &json!({ "textDocument": { "uri": URI }, "position": position }),
        )
    }

    fn peak_memory(&self) -> f64 {
        let status = PathBuf::from(format!("/proc/{}/status", self.child.id()));
        let status = std::fs::read_to_string(status).unwrap_or_default();
        let kilobytes =
            status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        kilobytes
            .and_then(|number| number.parse().ok())
            .map_or(0.0, |kilobytes: f64| kilobytes * 1024.0 / 1e6)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
