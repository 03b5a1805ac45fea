//! `azapi-ls`: the server an editor starts, and the command line.

use std::fmt::Display;
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
            start_logging(BoxMakeWriter::new(std::io::stderr), Level::WARN);
            cli::run(work)
        }
        Invocation::Printed(code) => code,
    }
}

/// Without a path for the log, `AZAPI_LS_LOG_FILE` may name one.
fn serve(log: Option<PathBuf>) -> ExitCode {
    let named = || std::env::var_os("AZAPI_LS_LOG_FILE").filter(|path| !path.is_empty()).map(PathBuf::from);
    match log.or_else(named).map(|path| disk::append(&path)).transpose() {
        Ok(Some(file)) => start_logging(BoxMakeWriter::new(Mutex::new(file)), Level::INFO),
        Ok(None) => start_logging(BoxMakeWriter::new(std::io::stderr), Level::WARN),
        Err(error) => return fail("cannot write the log", &error),
    }
    server::run_stdio().unwrap_or_else(|error| fail("cannot serve", &error))
}

/// Logs never go to stdout, which is the protocol's. `AZAPI_LS_LOG` sets what is logged; without it `level` and worse.
fn start_logging(writer: BoxMakeWriter, level: Level) {
    let builder = tracing_subscriber::fmt().with_writer(writer).with_ansi(false).with_target(false);
    let filter = std::env::var_os("AZAPI_LS_LOG");
    match filter.as_ref().and_then(|filter| filter.to_str()) {
        // The filter's parser is not needed, and not paid for, in the usual case.
        None | Some("") => builder.with_max_level(level).init(),
        Some(filter) => builder.with_env_filter(filter).init(),
    }
}

fn fail(what: &str, error: &dyn Display) -> ExitCode {
    // There is nowhere left to report to when stderr is closed too.
    let _ = writeln!(std::io::stderr(), "azapi-ls: {what}: {error}");
    ExitCode::FAILURE
}
