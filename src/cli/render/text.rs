//! `--format text`: each diagnostic with its source line, and a summary.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Report, Reported};
use crate::ide::Severity;

pub(in crate::cli) fn write(report: &Report<'_>, coloured: bool, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
    let mut last: Option<(&str, String)> = None;
    for reported in report.diagnostics {
        let text = match last.take() {
            Some((file, text)) if file == reported.file => text,
            _ => reported.source.rope.to_string(),
        };
        write_diagnostic(reported, &text, &renderer, out)?;
        last = Some((reported.file, text));
    }
    writeln!(out, "{}", summary(report))
}

fn write_diagnostic(
    reported: &Reported<'_>,
    text: &str,
    renderer: &Renderer,
    out: &mut dyn Write,
) -> io::Result<()> {
    let found = &reported.diagnostic;
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO,
        Severity::Hint => Level::HELP,
    };
    let range = usize::from(found.range.start())..usize::from(found.range.end());
    let snippet = Snippet::source(text).path(reported.file).annotation(AnnotationKind::Primary.span(range));
    let group = Group::with_title(level.primary_title(&found.message).id(found.code)).element(snippet);
    writeln!(out, "{}\n", renderer.render(&[group]))
}

fn summary(report: &Report<'_>) -> String {
    let count = |severity: Severity| {
        report.diagnostics.iter().filter(|reported| reported.diagnostic.severity == severity).count()
    };
    let plural = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let mut parts = Vec::new();
    for (severity, name) in
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Hint, "hint")]
    {
        let found = count(severity);
        if found > 0 {
            parts.push(plural(found, name));
        }
    }
    let information = count(Severity::Information);
    if information > 0 {
        parts.push(format!("{information} information"));
    }
    let found = if parts.is_empty() { "nothing found".to_owned() } else { parts.join(", ") };
    format!("{}: {found}", plural(report.files, "file"))
}
