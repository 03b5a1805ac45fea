//! `--format text`: each diagnostic with its source line, what it speaks of, and a summary.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Report, Reported, line_column};
use crate::cli::printable::printable;
use crate::ide::{FileId, Severity, SourceFile};
use crate::text::{TextRange, TextSize};

pub(in crate::cli) fn write(report: &Report<'_>, coloured: bool, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
    for reported in report.diagnostics {
        write_diagnostic(reported, report, &renderer, out)?;
    }
    writeln!(out, "{}", summary(report))
}

/// What is marked, with a label or as what it is about.
type Marked = Vec<(TextRange, Option<String>)>;

/// A file, its name, and what is marked in it.
type Shown<'r> = (&'r SourceFile, String, Marked);

/// Marked places of a file are shown in one piece with what is between them if that is no longer than this.
const LONGEST_PIECE: usize = 64 << 10;

fn write_diagnostic(
    reported: &Reported<'_>,
    report: &Report<'_>,
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
    let main = (reported.source, printable(reported.file), vec![(found.range, None)]);
    let mut shown: Vec<(FileId, Shown<'_>)> = vec![(found.file, main)];
    for related in &found.related {
        let marked = (related.range, Some(printable(&related.message)));
        if let Some((_, (.., all))) = shown.iter_mut().find(|(file, _)| *file == related.file) {
            all.push(marked);
        } else if let Some(source) = report.analysis.source(related.file) {
            let name = printable(&reported.beside(source));
            shown.push((related.file, (source, name, vec![marked])));
        }
    }
    let pieces: Vec<Piece> = shown.into_iter().flat_map(|(_, shown)| pieces(shown)).collect();
    let mut group = Group::with_title(level.primary_title(printable(&found.message)).id(found.code));
    for Piece { text, line, column, name, marked } in &pieces {
        let Some(text) = text else {
            group = group.element(Origin::path(name.as_str()).line(*line).char_column(*column));
            continue;
        };
        let mut snippet = Snippet::source(text.as_str()).line_start(*line).path(name.as_str());
        for (range, label) in marked {
            snippet = snippet.annotation(match label {
                Some(label) => AnnotationKind::Context.span(range.clone()).label(label),
                None => AnnotationKind::Primary.span(range.clone()),
            });
        }
        group = group.element(snippet);
    }
    if let Some(address) = &found.address {
        group = group.element(Level::NOTE.message(format!("in `{}`", printable(address))));
    }
    if let Some(fix) = found.fixes.iter().find(|fix| fix.preferred).or(found.fixes.first()) {
        let how = if fix.is_safe() { " (`--fix` does it)" } else { "" };
        group = group.element(Level::HELP.message(format!("{}{how}", printable(&fix.title))));
    }
    writeln!(out, "{}\n", renderer.render(&[group]))
}

/// Some lines of a file.
struct Piece {
    /// `None` where they are too long to be shown.
    text: Option<String>,
    /// Of the first of them; without a text, with the column, of what is marked. Both from 1.
    line: usize,
    column: usize,
    name: String,
    marked: Vec<(Range<usize>, Option<String>)>,
}

/// Whole lines around what is marked: the renderer looks at all that it is given, so that whole files would make a file
/// of many diagnostics take the square of its length.
fn pieces((source, name, marked): Shown<'_>) -> Vec<Piece> {
    let rope = &source.rope;
    let lines_of = |range: TextRange| {
        let [start, end] = [range.start(), range.end()].map(|at| usize::from(at).min(rope.len_bytes()));
        let last = rope.byte_to_line(end) + 1;
        let end = if last < rope.len_lines() { rope.line_to_byte(last) } else { rope.len_bytes() };
        rope.line_to_byte(rope.byte_to_line(start))..end
    };
    let mut groups: Vec<(Range<usize>, Marked)> = Vec::new();
    for (range, label) in marked {
        let lines = lines_of(range);
        let joined = |(others, _): &&mut (Range<usize>, _)| {
            others.end.max(lines.end) - others.start.min(lines.start) <= LONGEST_PIECE
        };
        match groups.iter_mut().find(joined) {
            Some((others, all)) => {
                *others = others.start.min(lines.start)..others.end.max(lines.end);
                all.push((range, label));
            }
            None => groups.push((lines, vec![(range, label)])),
        }
    }
    let piece = |(lines, marked): (Range<usize>, Marked)| {
        let text = (lines.len() <= LONGEST_PIECE).then(|| rope.byte_slice(lines.clone()).to_string());
        let first = if text.is_some() { None } else { marked.iter().map(|(range, _)| range.start()).min() };
        let (line, column) = line_column(rope, first.unwrap_or(TextSize::new(lines.start as u32)));
        let within = |at: TextSize| usize::from(at).clamp(lines.start, lines.end) - lines.start;
        let marked =
            marked.into_iter().map(|(range, label)| (within(range.start())..within(range.end()), label));
        Piece { text, line, column, name: name.clone(), marked: marked.collect() }
    };
    groups.into_iter().map(piece).collect()
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
    parts.extend(report.not_listed());
    let found = if parts.is_empty() { "nothing found".to_owned() } else { parts.join(", ") };
    format!("{}: {found}", plural(report.files, "file"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::Fixture;

    #[test]
    fn a_diagnostic_costs_its_own_lines_however_long_the_file_is() {
        for lines in [100, 400] {
            let fixture = Fixture::new(&"a = [1\n".repeat(lines));
            let analysis = fixture.analysis();
            let source = analysis.source(fixture.file).unwrap();
            let shown = |one: &crate::ide::Diagnostic| {
                let pieces = pieces((source, String::new(), vec![(one.range, None)]));
                pieces.iter().map(|it| it.text.as_ref().unwrap().len()).sum::<usize>()
            };
            let bytes: usize = analysis.diagnostics(fixture.file).iter().map(shown).sum();
            assert_eq!(bytes, 7 * lines, "each line once");
        }
    }

    #[test]
    fn places_that_are_far_apart_are_pieces_of_their_own_and_lines_too_long_have_no_text() {
        let text = format!("a = 1\n{}b = 2\n", "# comment\n".repeat(20_000));
        let fixture = Fixture::new(&text);
        let analysis = fixture.analysis();
        let source = analysis.source(fixture.file).unwrap();
        let at = |at: usize| TextRange::empty((at as u32).into());
        let marked = vec![(at(0), None), (at(text.len() - 2), Some("b".to_owned()))];
        let found = pieces((source, String::new(), marked));
        let shown: Vec<_> = found.iter().map(|piece| (piece.line, piece.text.as_deref().unwrap())).collect();
        assert_eq!(shown, [(1, "a = 1\n"), (20_002, "b = 2\n")]);
        let long = Fixture::new(&format!("a = \"{}\"\n", "x".repeat(LONGEST_PIECE)));
        let analysis = long.analysis();
        let source = analysis.source(long.file).unwrap();
        let piece = &pieces((source, String::new(), vec![(at(5), None)]))[0];
        assert_eq!((&piece.text, piece.line, piece.column), (&None, 1, 6));
    }
}
