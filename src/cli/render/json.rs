//! `--format json`: one object, in the form that stays.

use std::io::{self, Write};

use serde::Serialize;

use super::{Report, Reported, line_column};
use crate::cli::format::write_json;
use crate::text::TextSize;

#[derive(Serialize)]
struct ReportJson<'a> {
    version: u32,
    files: usize,
    diagnostics: Vec<DiagnosticJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<MoreJson>,
}

/// Those that are too many to be listed.
#[derive(Serialize)]
struct MoreJson {
    count: usize,
    /// That of the worst.
    severity: &'static str,
}

#[derive(Serialize)]
struct DiagnosticJson<'a> {
    file: &'a str,
    range: RangeJson,
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
}

#[derive(Serialize)]
struct RangeJson {
    start: PlaceJson,
    end: PlaceJson,
}

#[derive(Serialize)]
struct PlaceJson {
    line: usize,
    column: usize,
    offset: u32,
}

pub(in crate::cli) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let diagnostics = report.diagnostics.iter().map(diagnostic_json).collect();
    let count = report.more.count;
    let more = report.more.worst.map(|worst| MoreJson { count, severity: worst.name() });
    let report = ReportJson { version: 1, files: report.files, diagnostics, more };
    write_json(out, &report)
}

fn diagnostic_json<'a>(reported: &'a Reported<'_>) -> DiagnosticJson<'a> {
    let place = |offset: TextSize| {
        let (line, column) = line_column(&reported.source.rope, offset);
        PlaceJson { line, column, offset: offset.into() }
    };
    let found = &reported.diagnostic;
    DiagnosticJson {
        file: reported.file,
        range: RangeJson { start: place(found.range.start()), end: place(found.range.end()) },
        severity: found.severity.name(),
        code: found.code,
        message: &found.message,
        address: found.address.as_deref(),
        path: found.path.as_deref(),
    }
}
