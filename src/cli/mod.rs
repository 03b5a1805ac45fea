//! The command line: arguments, output, exit codes.
//!
//! A command is a module with `Args` (clap's) and `run(args, out)`; it is named once in `Command` and once in
//! [`parse`].

mod check;
mod complaint;
mod docs;
mod explain;
mod format;
mod import;
mod load;
mod lookup;
mod printable;
mod query_error;
mod render;
mod show;
mod types;
mod version;

use std::ffi::OsString;
use std::fmt;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use self::printable::{Printable, printable};
use self::query_error::QueryError;

/// Exit code of a command that found something at or over the failure severity.
const FOUND: u8 = 2;
/// Exit code of a command that could not do its work.
const FAILED: u8 = 1;

/// Language server and command line for Terraform configurations that use the azapi provider.
#[derive(Debug, Parser)]
#[command(name = "azapi-ls", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Serve on stdin and stdout, which is what happens anyway
    #[arg(long)]
    stdio: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Language server on stdin and stdout (the default; what an editor starts)
    Serve {
        /// Accepted because editors pass it
        #[arg(long)]
        stdio: bool,
        /// Write what the server does to the end of this file: each message with its method, document and
        /// duration
        #[arg(long, value_name = "FILE")]
        log: Option<PathBuf>,
    },
    /// Diagnose .tf and .tofu files; folders are walked, .gitignore and .terraform respected
    Check(check::CheckArgs),
    /// Print how a module's azapi resources are imported
    Import(import::ImportArgs),
    /// Print the resource types that match, with their newest api-version
    Types(types::TypesArgs),
    /// Show one type, one version or one property, as a hover would
    Show(show::ShowArgs),
    /// Print the page of a type: example, arguments, body, import
    Docs(docs::DocsArgs),
    /// Explain a diagnostic
    Explain(explain::ExplainArgs),
}

/// A command with its arguments, ready to write its output.
pub type Work = Box<dyn FnOnce(&mut dyn Write) -> Result<ExitOutcome, CliError>>;

/// What the arguments request.
pub enum Invocation {
    /// The language server.
    Serve {
        /// Where its log goes; `None` where no argument names a file.
        log: Option<PathBuf>,
    },
    /// One of the commands.
    Command(Work),
    /// Nothing more: help, the version or a complaint was printed. End with this code.
    Printed(ExitCode),
}

/// How a command's work ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitOutcome {
    /// Done, and nothing found that fails it.
    Clean,
    /// Done, with diagnostics at or over the failure severity.
    Diagnostics,
}

/// Why a command could not do its work: one line with what and where.
#[derive(Debug)]
pub enum CliError {
    /// For the user.
    Message(String),
    /// The output cannot be written.
    Output(io::Error),
}

impl CliError {
    /// An error with this line.
    pub fn new(message: impl Into<String>) -> Self {
        Self::Message(message.into())
    }
}

impl From<io::Error> for CliError {
    /// For errors of the output alone; of others, name what could not be read.
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(message) => f.write_str(message),
            Self::Output(error) => write!(f, "cannot write the output: {error}"),
        }
    }
}

impl std::error::Error for CliError {}

/// Reads the arguments, the program's name first. Prints help, version and complaints.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Invocation {
    let written: Vec<OsString> = arguments.into_iter().collect();
    // So an editor starts it, and waits: the description of all commands is not made for that.
    if written.get(1..).is_none_or(|words| words.is_empty() || words == ["serve"]) {
        return Invocation::Serve { log: None };
    }
    let arguments = match Arguments::try_parse_from(&written) {
        Ok(arguments) => arguments,
        Err(error) => return Invocation::Printed(complain(&error, &written)),
    };
    let Some(command) = arguments.command else { return Invocation::Serve { log: None } };
    let work: Work = match command {
        Command::Serve { log, .. } => return Invocation::Serve { log },
        Command::Check(args) => {
            let coloured =
                !args.diff && io::stdout().is_terminal() && takes_colour(|name| std::env::var_os(name));
            let work: Work = Box::new(move |out| check::run(&args, coloured, out));
            // The renderer escapes what stands between its colours.
            return Invocation::Command(if coloured { work } else { printed_plain(work) });
        }
        Command::Import(args) => Box::new(move |out| import::run(&args, out)),
        Command::Types(args) => Box::new(move |out| {
            let data = load::type_data()?;
            finished(types::run(&args, data.schema(), out))
        }),
        Command::Show(args) => Box::new(move |out| {
            let data = load::type_data()?;
            finished(show::run(&args, data.schema(), out))
        }),
        Command::Docs(args) => Box::new(move |out| {
            let data = load::type_data()?;
            finished(docs::run(&args, data.schema(), out))
        }),
        Command::Explain(args) => Box::new(move |out| explain::run(&args, out)),
    };
    Invocation::Command(printed_plain(work))
}

/// The same work, whose output does not steer a terminal.
fn printed_plain(work: Work) -> Work {
    match io::stdout().is_terminal() {
        true => Box::new(move |out| work(&mut Printable(out))),
        false => work,
    }
}

/// Whether the environment has nothing against colours on a terminal. An empty `NO_COLOR` is one that is not set.
fn takes_colour(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    variable("NO_COLOR").is_none_or(|value| value.is_empty())
        && variable("TERM").is_none_or(|term| term != "dumb")
}

fn finished(result: Result<(), QueryError>) -> Result<ExitOutcome, CliError> {
    match result {
        Ok(()) => Ok(ExitOutcome::Clean),
        Err(QueryError::Unknown(line)) => Err(CliError::Message(line)),
        Err(QueryError::Output(error)) => Err(CliError::Output(error)),
    }
}

fn complain(error: &clap::Error, written: &[OsString]) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp => print(error),
        ErrorKind::DisplayVersion => print(&format_args!("{}\n", version::line())),
        _ => {
            let written: Vec<String> =
                written.iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
            finish(Err(CliError::new(complaint::line(error, &command(), &written))))
        }
    }
}

fn print(text: &impl fmt::Display) -> ExitCode {
    finish(write!(io::stdout(), "{text}").map_err(CliError::from).map(|()| ExitOutcome::Clean))
}

/// The command line as clap knows it, for manual pages and the completions of shells.
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Runs a command on stdout.
pub fn run(work: Work) -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let outcome = work(&mut out);
    let written = out.flush();
    finish(outcome.and_then(|outcome| match written {
        // Whoever reads has read enough (`| head`); what was found stays so.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Output(error)),
        _ => Ok(outcome),
    }))
}

fn finish(outcome: Result<ExitOutcome, CliError>) -> ExitCode {
    match outcome {
        Ok(ExitOutcome::Clean) => ExitCode::SUCCESS,
        Ok(ExitOutcome::Diagnostics) => ExitCode::from(FOUND),
        // Whoever reads has read enough (`| head`).
        Err(CliError::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            // There is nowhere left to report to when stderr is closed too.
            let _ = writeln!(io::stderr(), "azapi-ls: {}", printable(&error.to_string()));
            ExitCode::from(FAILED)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_for_terminals_that_have_them_and_users_that_want_them() {
        let with = |set: &[(&str, &str)]| {
            takes_colour(|name| {
                set.iter().find(|(other, _)| *other == name).map(|(_, value)| OsString::from(value))
            })
        };
        assert!(with(&[]) && with(&[("TERM", "xterm"), ("NO_COLOR", "")]));
        assert!(!with(&[("NO_COLOR", "1")]) && !with(&[("TERM", "dumb")]));
    }
}
