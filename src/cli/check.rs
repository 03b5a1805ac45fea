//! `azapi-ls check`: the diagnostics of files and folders.

mod diff;
mod fix;
mod modules;

use std::io::{self, Write};
use std::path::PathBuf;

use super::load;
use super::render::{Report, github, json, sarif, text};
use super::{CliError, ExitOutcome};
use crate::ide::Severity;

/// Diagnoses .tf and .tofu files; folders are walked, .gitignore and .terraform respected.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// Files and folders; without any, the current folder
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How the diagnostics are printed
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// From which severity on a diagnostic makes the exit code 2
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    pub(crate) minimum_failure_severity: FailureSeverity,
    /// Apply the fixes that keep what the author meant, and print what is left
    #[arg(long)]
    pub(crate) fix: bool,
    /// Print what --fix would change, and change nothing
    #[arg(long, requires = "fix")]
    pub(crate) diff: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people, with the source line
    #[default]
    Text,
    /// One JSON object
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

/// A severity as an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum FailureSeverity {
    /// Errors alone
    Error,
    /// Warnings and errors
    #[default]
    Warning,
    /// Information and what is worse
    Information,
    /// Everything
    Hint,
}

impl FailureSeverity {
    fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Information => Severity::Information,
            Self::Hint => Severity::Hint,
        }
    }
}

/// Prints the diagnostics. `coloured` is for text on a terminal.
pub(crate) fn run(args: &CheckArgs, coloured: bool, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let mut loaded = load::load(&args.paths)?;
    loaded.tell_empty();
    if args.diff {
        let before = modules::diagnostics(&loaded);
        let outcome = outcome(args, before.severities());
        drop(before);
        let changed = fix::apply(&mut loaded);
        let written = changed.iter().try_for_each(|file| diff::write(&file.name, &file.old, &file.new, out));
        return ended(written, outcome);
    }
    if args.fix {
        fix::apply(&mut loaded).iter().try_for_each(fix::Changed::save)?;
    }
    let found = modules::diagnostics(&loaded);
    let report = Report {
        files: loaded.files.len(),
        analysis: &loaded.analysis,
        diagnostics: &found.list,
        more: found.more,
    };
    let written = match args.format {
        CheckFormat::Text => text::write(&report, coloured, out),
        CheckFormat::Json => json::write(&report, out),
        CheckFormat::Sarif => sarif::write(&report, out),
        CheckFormat::Github => github::write(&report, out),
    };
    let outcome = ended(written, outcome(args, found.severities()))?;
    drop(found);
    let outcome = match loaded.unread.first() {
        Some(problem) => Err(CliError::new(problem.to_string())),
        None => Ok(outcome),
    };
    // The process ends: taking a hundred thousand nodes apart would be a tenth of its time.
    std::mem::forget(loaded);
    outcome
}

fn outcome(args: &CheckArgs, mut severities: impl Iterator<Item = Severity>) -> ExitOutcome {
    let least = args.minimum_failure_severity.severity();
    if severities.any(|severity| severity >= least) { ExitOutcome::Diagnostics } else { ExitOutcome::Clean }
}

/// A reader that has read enough (`| head`) changes nothing of what was found.
fn ended(written: io::Result<()>, outcome: ExitOutcome) -> Result<ExitOutcome, CliError> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Output(error)),
        _ => Ok(outcome),
    }
}
