//! `--format github`: workflow commands that GitHub Actions shows beside the lines.

use std::io::{self, Write};

use super::{Report, line_column};
use crate::cli::printable::printable;
use crate::ide::Severity;

pub(in crate::cli) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for reported in report.diagnostics {
        let found = &reported.diagnostic;
        let level = level(found.severity);
        let (line, column) = line_column(&reported.source.rope, found.range.start());
        let (end_line, end_column) = line_column(&reported.source.rope, found.range.end());
        // Columns are only for what is on one line.
        let place = if line == end_line {
            format!("line={line},endLine={end_line},col={column},endColumn={end_column}")
        } else {
            format!("line={line},endLine={end_line}")
        };
        let (file, message) = (property(reported.file), data(&printable(&found.message)));
        writeln!(out, "::{level} file={file},{place},title=azapi {}::{message}", found.code)?;
    }
    match (report.more.worst, report.not_listed()) {
        (Some(worst), Some(text)) => writeln!(out, "::{} title=azapi::{}", level(worst), data(&text)),
        _ => Ok(()),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "notice",
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
