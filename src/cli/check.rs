//! `azapi-ls check`: the findings of files and folders.

use std::io::Write;
use std::path::PathBuf;

use super::load::{self, Loaded};
use super::render::{Finding, Report, github, json, sarif, text};
use super::{CliError, ExitOutcome};
use crate::ide::Severity;

/// Diagnoses .tf and .tofu files; folders are walked, .gitignore and .terraform respected.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Files and folders; without any, the current folder
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How the findings are printed
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// From which severity on a finding makes the exit code 2
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    pub minimum_failure_severity: FailureSeverity,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum CheckFormat {
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
pub enum FailureSeverity {
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

/// Prints the findings. `coloured` is for text on a terminal.
pub fn run(args: &CheckArgs, coloured: bool, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let loaded = load::load(&args.paths)?;
    let findings = findings(&loaded);
    let report = Report { files: loaded.files.len(), findings: &findings };
    match args.format {
        CheckFormat::Text => text::write(&report, coloured, out)?,
        CheckFormat::Json => json::write(&report, out)?,
        CheckFormat::Sarif => sarif::write(&report, out)?,
        CheckFormat::Github => github::write(&report, out)?,
    }
    let least = args.minimum_failure_severity.severity();
    let fails = findings.iter().any(|finding| finding.diagnostic.severity >= least);
    Ok(if fails { ExitOutcome::Findings } else { ExitOutcome::Clean })
}

fn findings(loaded: &Loaded) -> Vec<Finding<'_>> {
    let mut all = Vec::new();
    let found = loaded.analysis.diagnostics_of_all(&loaded.ids());
    for ((name, file), found) in loaded.files.iter().zip(found) {
        let Some(source) = loaded.analysis.source(*file) else { continue };
        all.extend(found.into_iter().map(|diagnostic| Finding { file: name, source, diagnostic }));
    }
    all
}
