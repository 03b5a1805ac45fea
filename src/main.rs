//! `azapi-ls`: the server an editor starts, and the command line.

use std::fmt::Display;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;

use azapi_ls::cli::{self, Invocation};
use azapi_ls::project::disk;
use azapi_ls::server;
use tracing::Level;
use tracing_subscriber::fmt::writer::BoxMakeWriter;

/// With musl's own allocator, checking a file takes half as long again.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os()) {
        Invocation::Serve { log } => serve(log),
        Invocation::Command(work) => {
            start_logging(None);
            cli::run(work)
        }
        Invocation::Said(code) => code,
    }
}

/// Without a path for the log, `AZAPI_LS_LOG_FILE` may name one.
fn serve(log: Option<PathBuf>) -> ExitCode {
    let named = || std::env::var_os("AZAPI_LS_LOG_FILE").filter(|path| !path.is_empty()).map(PathBuf::from);
    match log.or_else(named).map(|path| disk::append(&path)).transpose() {
        Ok(file) => start_logging(file),
        Err(error) => return fail("cannot write the log", &error),
    }
    server::run_stdio().unwrap_or_else(|error| fail("cannot serve", &error))
}

/// Logs go to the file, else to stderr, as stdout is the protocol. `AZAPI_LS_LOG` says what is logged; without it
/// each message of the client is in a file, and warnings alone on stderr.
fn start_logging(file: Option<File>) {
    let level = if file.is_some() { Level::INFO } else { Level::WARN };
    let writer = match file {
        Some(file) => BoxMakeWriter::new(Mutex::new(file)),
        None => BoxMakeWriter::new(std::io::stderr),
    };
    let builder = tracing_subscriber::fmt().with_writer(writer).with_ansi(false).with_target(false);
    let filter = std::env::var_os("AZAPI_LS_LOG");
    match filter.as_ref().and_then(|filter| filter.to_str()) {
        // The filter's parser is not needed, and not paid for, in the usual case.
        None | Some("") => builder.with_max_level(level).init(),
        Some(filter) => builder.with_env_filter(filter).init(),
    }
}

fn fail(what: &str, error: &dyn Display) -> ExitCode {
    // Nothing is left to tell it to when stderr is closed too.
    let _ = writeln!(std::io::stderr(), "azapi-ls: {what}: {error}");
    ExitCode::FAILURE
}
