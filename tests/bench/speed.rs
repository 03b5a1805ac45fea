//! What an editor waits for, measured over stdio on the release program, beside a server on the same
//! framework that does nothing. Run with `cargo bench --bench speed`; `docs/performance.md` has the table.

mod idle;
mod server;
mod texts;
mod workspace;

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use server::Server;
use texts::{registries, sharing};

/// The argument that makes this program the server that does nothing.
const IDLE: &str = "--serve-nothing";
/// Lines of the documents that are opened; the second one is the one that most is asked of.
const LINES: [usize; 3] = [200, 5_000, 50_000];

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

/// A program, and what makes it a server.
type Program<'p> = (&'p Path, &'p [&'p str]);

/// A row of the table: what is measured, its unit, and the most that it should be.
struct Row {
    name: String,
    unit: &'static str,
    aim: &'static str,
    value: f64,
}

fn report() -> String {
    let this = std::env::current_exe().expect("this program has a path");
    let ours = measured((Path::new(env!("CARGO_BIN_EXE_azapi-ls")), &[]));
    let idle = measured((&this, &[IDLE]));
    let mut table = String::from("| | azapi-ls | aim | does nothing | ratio |\n|---|---|---|---|---|\n");
    for (ours, idle) in ours.iter().zip(&idle) {
        let Row { name, unit, aim, value } = ours;
        let ratio = if idle.value > 0.0 { format!("{:.1}", value / idle.value) } else { String::new() };
        // A string takes everything.
        let _ =
            writeln!(table, "| {name} | {value:.2} {unit} | {aim} | {:.2} {unit} | {ratio} |", idle.value);
    }
    for row in checked() {
        let _ = writeln!(table, "| {} | {:.2} {} | {} | | |", row.name, row.value, row.unit, row.aim);
    }
    table
}

fn measured(program: Program<'_>) -> Vec<Row> {
    let (mut rows, start) = (Vec::new(), || Server::start(program.0, program.1));
    let mut row = |name: &str, unit, aim, value| rows.push(Row { name: name.to_owned(), unit, aim, value });
    row("start to the answer to `initialize`", "ms", "1.2 ×", median(40, |_| timed(|| drop(start()))));
    row("first completion", "ms", "1 ms", median(20, |_| first_completion(start())));
    row("first list of a body", "ms", "1 ms", median(20, |_| first_body(start())));
    for lines in LINES {
        let times = if lines > 10_000 { 10 } else { 40 };
        let text = registries(lines);
        let at = |aims: [&'static str; 3]| LINES.iter().position(|it| *it == lines).map_or("", |at| aims[at]);
        let mut server = start();
        row(&format!("{lines} lines opened to diagnostics"), "ms", at(["", "10 ms", ""]), {
            median(times, |_| {
                let mut server = start();
                timed(|| {
                    server.open(&text);
                })
            })
        });
        let bytes = server.open(&text);
        let (line, column) = cursor(&text);
        row("… a keystroke to diagnostics", "ms", at(["3 ms", "3 ms", "6 ms"]), {
            median(times, |key| {
                timed(|| {
                    let version = server.key(line, column, key);
                    server.diagnostics(version);
                })
            })
        });
        row("… a keystroke to completion", "ms", at(["2 ms", "2 ms", ""]), {
            median(times, |key| {
                timed(|| {
                    server.key(line, column, key);
                    server.complete(line, column);
                })
            })
        });
        row("… hover", "ms", "3 ×", {
            median(times, |_| {
                timed(|| {
                    server.hover(line, column - 20);
                })
            })
        });
        if lines == LINES[1] {
            let hover = server.hover(line, column - 20).to_string().len();
            let places = everywhere(&mut server, &text);
            row("… completion at 1,000 places, median", "ms", "1.5 ms", places.median);
            row("… completion at 1,000 places, worst", "ms", "10 ms", places.worst);
            row("… largest of those lists", "kB", "60 kB", places.largest);
            row("… a hover", "kB", "", hover as f64 / 1e3);
            row("… the diagnostics of a document without faults", "kB", "", bytes as f64 / 1e3);
        }
        let (peak, _) = server.memory();
        row("… memory at the peak", "MB", at(["", "20 MB", ""]), peak);
        if lines == LINES[2] {
            let before = server.processor_time();
            thread::sleep(Duration::from_secs(5));
            row("… processor time of five seconds at rest", "ms", "0 ms", server.processor_time() - before);
            row("… memory at rest", "MB", "", server.memory().1);
        }
    }
    let text = sharing(200);
    let mut server = start();
    server.open(&text);
    row("a local that 200 blocks have changed to diagnostics", "ms", "20 ms", {
        median(20, |key| {
            timed(|| {
                // Inside the quotes.
                let version = server.key(2, "    sku = { name = \"Premium".len(), key);
                server.diagnostics(version);
            })
        })
    });
    let size = std::fs::metadata(program.0).map_or(0.0, |file| file.len() as f64 / 1e6);
    row("size of the program", "MB", "18 MB", size);
    rows
}

/// The end of a value in the middle of the text.
fn cursor(text: &str) -> (usize, usize) {
    let half = text.lines().count() / 2;
    let mut behind = text.lines().enumerate().skip(half);
    let (line, found) = behind.find(|(_, text)| text.contains("Enabled\"")).expect("the text is longer");
    (line, found.len())
}

fn first_completion(mut server: Server) -> f64 {
    server.open(
        "resource \"azapi_resource\" \"token\" {\n  type = \"Microsoft.ContainerRegistry/registries/tokens@\"\n}\n",
    );
    timed(|| {
        server.complete(1, 56);
    })
}

fn first_body(mut server: Server) -> f64 {
    server.open(
        "resource \"azapi_resource\" \"registry\" {\n  type = \"Microsoft.ContainerRegistry/registries@2025-04-01\"\n  body = {\n    properties = {\n      \n    }\n  }\n}\n",
    );
    timed(|| {
        server.complete(4, 6);
    })
}

/// Completion at many places of a long file: milliseconds, and kilobytes.
struct Places {
    median: f64,
    worst: f64,
    largest: f64,
}

/// A thousand places, spread over lines and columns.
fn everywhere(server: &mut Server, text: &str) -> Places {
    let lines: Vec<&str> = text.lines().collect();
    let mut largest = 0;
    let mut times: Vec<f64> = (0..1_000)
        .map(|at| {
            let line = at * 4_999 / 1_000 + at % 7;
            let column = lines.get(line).map_or(0, |line| (at * 31) % (line.len() + 1));
            timed(|| {
                let list = server.complete(line, column);
                largest = largest.max(list.to_string().len());
            })
        })
        .collect();
    times.sort_by(f64::total_cmp);
    Places { median: times[500], worst: times[999], largest: largest as f64 / 1e3 }
}

/// Milliseconds of `check` on a folder, and megabytes at the peak.
fn check(times: usize, dir: &Path) -> (f64, f64) {
    let mut peak: f64 = 0.0;
    let time = median(times, |_| {
        timed(|| {
            let mut child = Command::new(env!("CARGO_BIN_EXE_azapi-ls"))
                .arg("check")
                .arg(dir)
                .stdout(Stdio::null())
                .spawn()
                .expect("the program starts");
            while child.try_wait().expect("it ends").is_none() {
                peak = peak.max(server::memory(child.id(), "VmHWM:"));
                thread::sleep(Duration::from_millis(1));
            }
        })
    });
    (time, peak)
}

/// A workspace of 700 files and 100,000 lines: `check` on all of it, and a server that opens one of its files; one module
/// of 200 files.
fn checked() -> Vec<Row> {
    let dir = tempfile::tempdir().expect("a folder");
    workspace::write(dir.path());
    let program = env!("CARGO_BIN_EXE_azapi-ls");
    let (time, peak) = check(5, dir.path());
    let module = tempfile::tempdir().expect("a folder");
    workspace::write_module(module.path());
    let of_module = check(20, module.path()).0;
    let file = dir.path().join("module7/part3.tf");
    let text = std::fs::read_to_string(&file).expect("it was written");
    let uri = format!("file://{}", file.display());
    let opened = median(10, |_| {
        let mut server = Server::start_in(Path::new(program), &[], Some(dir.path()));
        timed(|| {
            server.open_as(&uri, &text);
        })
    });
    let row = |name: &str, unit, aim, value| Row { name: name.to_owned(), unit, aim, value };
    vec![
        row("700 files, 100,000 lines: `check`", "ms", "1000 ms", time),
        row("… memory at the peak", "MB", "80 MB", peak),
        row("… one of the files opened to diagnostics", "ms", "", opened),
        row("a module of 200 files, its types in variables: `check`", "ms", "60 ms", of_module),
    ]
}

/// Milliseconds.
fn timed(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1e3
}

/// The median of this many measurements.
fn median(times: usize, measurement: impl FnMut(usize) -> f64) -> f64 {
    let mut all: Vec<f64> = (0..times).map(measurement).collect();
    all.sort_by(f64::total_cmp);
    all[times / 2]
}
