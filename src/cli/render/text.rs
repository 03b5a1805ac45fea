//! `--format text`: each diagnostic with its source line, what it speaks of, and a summary.

use std::io::{self, Write};
use std::ops::Range;
use std::rc::Rc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Report, Reported, printable};
use crate::ide::{FileId, Severity, SourceFile};
use crate::text::TextRange;

pub(in crate::cli) fn write(report: &Report<'_>, coloured: bool, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
    let mut texts = Texts::default();
    for reported in report.diagnostics {
        write_diagnostic(reported, report, &mut texts, &renderer, out)?;
    }
    writeln!(out, "{}", summary(report))
}

/// The texts of the files that were shown last.
#[derive(Default)]
struct Texts(Vec<(FileId, Rc<str>)>);

/// A diagnostic speaks of few files.
const MOST_TEXTS: usize = 4;

impl Texts {
    fn of(&mut self, file: FileId, source: &SourceFile) -> Rc<str> {
        if let Some((_, text)) = self.0.iter().find(|(kept, _)| *kept == file) {
            return Rc::clone(text);
        }
        if self.0.len() >= MOST_TEXTS {
            self.0.remove(0);
        }
        let text: Rc<str> = source.rope.to_string().into();
        self.0.push((file, Rc::clone(&text)));
        text
    }
}

/// The text, the name of the file, and what is marked in it, with a label or as what it is about.
type Shown<'r> = (Rc<str>, String, Vec<(Range<usize>, Option<&'r str>)>);

fn write_diagnostic(
    reported: &Reported<'_>,
    report: &Report<'_>,
    texts: &mut Texts,
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
    let main =
        (texts.of(found.file, reported.source), reported.file.to_owned(), vec![(bytes(found.range), None)]);
    let mut shown: Vec<(FileId, Shown<'_>)> = vec![(found.file, main)];
    for related in &found.related {
        let marked = (bytes(related.range), Some(related.message.as_str()));
        if let Some((_, (.., all))) = shown.iter_mut().find(|(file, _)| *file == related.file) {
            all.push(marked);
        } else if let Some(source) = report.analysis.source(related.file) {
            let text = texts.of(related.file, source);
            shown.push((related.file, (text, reported.beside(source), vec![marked])));
        }
    }
    let mut group = Group::with_title(level.primary_title(&found.message).id(found.code));
    for (_, (text, name, marked)) in &shown {
        let mut snippet = Snippet::source(&**text).path(printable(name));
        for (range, label) in marked {
            snippet = snippet.annotation(match label {
                Some(label) => AnnotationKind::Context.span(range.clone()).label(*label),
                None => AnnotationKind::Primary.span(range.clone()),
            });
        }
        group = group.element(snippet);
    }
    if let Some(address) = &found.address {
        group = group.element(Level::NOTE.message(format!("in `{address}`")));
    }
    if let Some(fix) = found.fixes.iter().find(|fix| fix.preferred).or(found.fixes.first()) {
        let how = if fix.is_safe() { " (`--fix` does it)" } else { "" };
        group = group.element(Level::HELP.message(format!("{}{how}", fix.title)));
    }
    writeln!(out, "{}\n", renderer.render(&[group]))
}

fn bytes(range: TextRange) -> Range<usize> {
    usize::from(range.start())..usize::from(range.end())
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
