//! `azapi-ls explain`: what a diagnostic code means, from `docs/diagnostics.md`.

use std::io::Write;

use serde_json::json;

use super::format::Format;
use super::{CliError, ExitOutcome};
use crate::ide::diagnostics::codes;

const NEAREST: usize = 3;

/// Explains a diagnostic, with a failing and a fixed example.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("Diagnostics: {}", codes::names().join(", ")))]
pub(crate) struct ExplainArgs {
    /// Such as `invalid-parent-id`
    pub code: String,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Prints the section of the code. `Err` when there is no such code.
pub(crate) fn run(args: &ExplainArgs, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let Some(code) = codes::find(&args.code) else {
        let close = codes::nearest(&args.code, NEAREST);
        let near = match close.is_empty() {
            true => format!("; the diagnostics are {}", codes::names().join(", ")),
            false => format!("; nearest: {}", close.join(", ")),
        };
        return Err(CliError::new(format!("there is no diagnostic `{}`{near}", args.code)));
    };
    match args.format {
        Format::Text => writeln!(out, "{}\n\n{}", code.name, code.explanation())?,
        Format::Json => {
            let result = json!({
                "code": code.name,
                "severity": code.severity.name(),
                "summary": code.summary,
                "has_fix": code.has_fix,
                "explanation": code.explanation(),
            });
            writeln!(out, "{result:#}")?;
        }
    }
    Ok(ExitOutcome::Clean)
}
