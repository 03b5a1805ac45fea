//! `azapi-ls check`: the diagnostics of files and folders.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use super::load::{self, Loaded};
use super::render::{Report, Reported, github, json, sarif, text};
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
    let loaded = load::load(&args.paths)?;
    let diagnostics = diagnostics(&loaded);
    let report = Report { files: loaded.files.len(), diagnostics: &diagnostics };
    match args.format {
        CheckFormat::Text => text::write(&report, coloured, out)?,
        CheckFormat::Json => json::write(&report, out)?,
        CheckFormat::Sarif => sarif::write(&report, out)?,
        CheckFormat::Github => github::write(&report, out)?,
    }
    if let Some(problem) = loaded.unread.first() {
        return Err(CliError::new(problem.to_string()));
    }
    let least = args.minimum_failure_severity.severity();
    let fails = diagnostics.iter().any(|reported| reported.diagnostic.severity >= least);
    Ok(if fails { ExitOutcome::Diagnostics } else { ExitOutcome::Clean })
}

/// In the order of the files; each module is checked once.
fn diagnostics(loaded: &Loaded) -> Vec<Reported<'_>> {
    let mut by_module = BTreeMap::new();
    let mut all = Vec::new();
    for (name, file) in &loaded.files {
        let Some(module) = loaded.analysis.module_of(*file) else { continue };
        let Some(source) = module.files.get(file) else { continue };
        let found = by_module.entry(&module.dir).or_insert_with(|| loaded.analysis.module_diagnostics(*file));
        let found = found.remove(file).unwrap_or_default();
        all.extend(found.into_iter().map(|diagnostic| Reported { file: name, source, diagnostic }));
    }
    // What the checked modules call is not checked by itself, but as they call it.
    let is_installed = |name: &str| name.split('/').any(|folder| folder == ".terraform");
    for (name, file) in loaded.called.iter().filter(|(name, _)| !is_installed(name)) {
        let Some(source) = loaded.analysis.source(*file) else { continue };
        let found = loaded.analysis.call_diagnostics(*file);
        all.extend(found.into_iter().map(|diagnostic| Reported { file: name, source, diagnostic }));
    }
    all
}
