//! `azapi-ls explain`: what a diagnostic code means, from `docs/diagnostics.md`.

use std::io::Write;

use serde_json::json;

use super::format::Format;
use super::{CliError, ExitOutcome};
use crate::ide::diagnostics::codes;

const DOCUMENT: &str = include_str!("../../docs/diagnostics.md");
const NEAREST: usize = 3;

/// Says what a diagnostic means, with a failing and a mended example.
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// Such as `invalid-parent-id`
    pub code: String,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Prints the section of the code. `Err` when there is no such code.
pub fn run(args: &ExplainArgs, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let found = codes::find(&args.code).and_then(|code| Some((code, section(code.name)?)));
    let Some((code, section)) = found else {
        let close = codes::nearest(&args.code, NEAREST);
        let near = if close.is_empty() { String::new() } else { format!("; nearest: {}", close.join(", ")) };
        return Err(CliError::new(format!("there is no diagnostic `{}`{near}", args.code)));
    };
    match args.format {
        Format::Text => writeln!(out, "{}\n\n{section}", code.name)?,
        Format::Json => {
            let answer = json!({
                "code": code.name,
                "severity": code.severity.name(),
                "summary": code.summary,
                "explanation": section,
            });
            writeln!(out, "{answer:#}")?;
        }
    }
    Ok(ExitOutcome::Clean)
}

/// The text under `## CODE`.
fn section(code: &str) -> Option<&'static str> {
    let sections = DOCUMENT.split("\n## ").skip(1);
    let own = sections.filter_map(|section| section.split_once('\n')).find(|(title, _)| *title == code)?;
    Some(own.1.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_section_and_every_section_a_code() {
        for code in codes::ALL {
            assert!(section(code.name).is_some_and(|text| text.contains("```hcl")), "{}", code.name);
        }
        assert_eq!(DOCUMENT.matches("\n## ").count(), codes::ALL.len());
    }
}
