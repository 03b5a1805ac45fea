//! `azapi-ls`: the server an editor starts, and the command line.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use azapi_ls::cli::{self, Invocation};
use azapi_ls::server;

/// With musl's own allocator, checking a file takes half as long again.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

fn main() -> ExitCode {
    start_logging(std::env::var_os("AZAPI_LS_LOG"));
    match cli::parse(std::env::args_os()) {
        Invocation::Serve => server::run_stdio().unwrap_or_else(|error| fail(&error)),
        Invocation::Command(work) => cli::run(work),
        Invocation::Said(code) => code,
    }
}

/// Logs go to stderr, as stdout is the protocol. Warnings and worse unless `AZAPI_LS_LOG` says otherwise.
fn start_logging(filter: Option<OsString>) {
    let builder = tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(false).with_target(false);
    match filter.as_ref().and_then(|filter| filter.to_str()) {
        // The filter's parser is not needed, and not paid for, in the usual case.
        None | Some("") => builder.with_max_level(tracing::Level::WARN).init(),
        Some(filter) => builder.with_env_filter(filter).init(),
    }
}

fn fail(error: &std::io::Error) -> ExitCode {
    // Nothing is left to tell it to when stderr is closed too.
    let _ = writeln!(std::io::stderr(), "azapi-ls: cannot serve: {error}");
    ExitCode::FAILURE
}
