//! Values of literals: escapes, and the indentation that a heredoc loses.

use super::ast::TemplatePart;
use super::kind::SyntaxKind::*;
use super::kind::{SyntaxNode, SyntaxToken};
use rowan::NodeOrToken;
use std::borrow::Cow;

/// Text of a quoted template with its escapes resolved. An escape that is none stays as written.
pub(crate) fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.bytes().any(|byte| matches!(byte, b'\\' | b'$' | b'%')) {
        return Cow::Borrowed(raw);
    }
    pieces(raw, true).map(|piece| piece.value).collect()
}

/// The text as it is written between quotes: what would end it or begin a template is escaped.
pub(crate) fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    let mut rest = value.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            '$' | '%' if rest.peek() == Some(&'{') => escaped.extend([c, c]),
            c if c.is_control() => escaped.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Text of a heredoc with `$${` and `%%{` resolved: the only escapes there.
pub(crate) fn unescape_markers(raw: &str) -> String {
    pieces(raw, false).map(|piece| piece.value).collect()
}

/// Offset in the text as written of byte `value_offset` of the unescaped text of a quoted template.
/// Inside of what an escape stands for it is the escape's start; behind the end, the end.
#[cfg_attr(not(test), expect(dead_code, reason = "for places inside of a string"))]
pub(crate) fn raw_offset(raw: &str, value_offset: usize) -> usize {
    let mut value_len = 0;
    for piece in pieces(raw, true) {
        if value_offset < value_len + piece.value.len() {
            return if piece.is_escape { piece.start } else { piece.start + value_offset - value_len };
        }
        value_len += piece.value.len();
    }
    raw.len()
}

/// The reverse: offset in the unescaped text of byte `raw_offset` as written.
#[cfg_attr(not(test), expect(dead_code, reason = "for places inside of a string"))]
pub(crate) fn value_offset(raw: &str, raw_offset: usize) -> usize {
    let mut value_len = 0;
    for piece in pieces(raw, true) {
        if raw_offset < piece.start + piece.raw_len {
            return value_len + if piece.is_escape { 0 } else { raw_offset - piece.start };
        }
        value_len += piece.value.len();
    }
    value_len
}

/// Where an escape begins that HCL does not know, with its length; offsets into `raw`.
pub(super) fn bad_escapes(raw: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    pieces(raw, true).filter(|piece| piece.is_bad).map(|piece| (piece.start, piece.raw_len))
}

struct Piece {
    value: String,
    start: usize,
    raw_len: usize,
    is_escape: bool,
    is_bad: bool,
}

/// Runs of plain text and single escapes, in order.
fn pieces(raw: &str, has_backslashes: bool) -> impl Iterator<Item = Piece> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = raw.get(start..).filter(|rest| !rest.is_empty())?;
        let piece = match escape(rest, has_backslashes) {
            Some((value, raw_len)) => {
                let is_bad = value.is_none();
                let value = value.unwrap_or_else(|| rest[..raw_len].to_owned());
                Piece { value, start, raw_len, is_escape: !is_bad, is_bad }
            }
            None => {
                let len = plain_len(rest, has_backslashes);
                Piece { value: rest[..len].to_owned(), start, raw_len: len, is_escape: false, is_bad: false }
            }
        };
        start += piece.raw_len;
        Some(piece)
    })
}

/// Bytes of `text` before the next possible escape, at least one character.
fn plain_len(text: &str, has_backslashes: bool) -> usize {
    let is_mark = |(_, c): &(usize, char)| matches!(c, '$' | '%') || has_backslashes && *c == '\\';
    text.char_indices().skip(1).find(is_mark).map_or(text.len(), |(index, _)| index)
}

/// The escape that `text` begins with: its value, `None` if HCL has no such escape, and its length.
fn escape(text: &str, has_backslashes: bool) -> Option<(Option<String>, usize)> {
    if text.starts_with("$${") || text.starts_with("%%{") {
        return Some((Some(text[1..3].to_owned()), 3));
    }
    if !has_backslashes || !text.starts_with('\\') {
        return None;
    }
    let next = text[1..].chars().next();
    let simple = |c: char| Some((Some(c.to_string()), 2));
    match next {
        Some('n') => simple('\n'),
        Some('r') => simple('\r'),
        Some('t') => simple('\t'),
        Some(c @ ('"' | '\\')) => simple(c),
        Some('u') => Some(unicode(text, 4)),
        Some('U') => Some(unicode(text, 8)),
        Some(c) => Some((None, 1 + c.len_utf8())),
        None => Some((None, 1)),
    }
}

fn unicode(text: &str, digits: usize) -> (Option<String>, usize) {
    let present = text[2..].bytes().take(digits).take_while(u8::is_ascii_hexdigit).count();
    let value = u32::from_str_radix(&text[2..2 + present], 16).ok().and_then(char::from_u32);
    (value.filter(|_| present == digits).map(String::from), 2 + present)
}

/// Blanks that `<<-` takes off each line of a heredoc: the least that a line begins with. Blank
/// lines do not count and keep theirs; a line that begins with `${` or `%{` counts as having none.
pub(super) fn heredoc_indentation(heredoc: &SyntaxNode) -> usize {
    let mut least = usize::MAX;
    let mut starts_line = true;
    let content = heredoc.children_with_tokens().skip_while(|it| it.kind() != NEWLINE).skip(1);
    for element in content {
        match element {
            NodeOrToken::Token(token) if token.kind() == TEMPLATE_TEXT => {
                least = least.min(text_indentation(token.text(), starts_line));
                starts_line = token.text().ends_with('\n');
            }
            NodeOrToken::Token(token) if token.kind() == HEREDOC_END || token.kind() == WHITESPACE => break,
            NodeOrToken::Token(_) => {}
            NodeOrToken::Node(node) => {
                if starts_line {
                    return 0;
                }
                let inner = nested_indentation(&node);
                least = least.min(inner);
                starts_line = false;
            }
        }
    }
    if least == usize::MAX { 0 } else { least }
}

/// The same for the text between the tags of a directive.
fn nested_indentation(node: &SyntaxNode) -> usize {
    let mut least = usize::MAX;
    for node in node.descendants().filter(|node| node.kind() == TEMPLATE_BODY && is_of_heredoc(node)) {
        for element in node.children_with_tokens() {
            let at_line_start = element.as_node().is_some_and(|it| {
                it.first_token().and_then(|it| it.prev_token()).is_some_and(|it| it.text().ends_with('\n'))
            });
            let text = element.into_token().filter(|token| token.kind() == TEMPLATE_TEXT);
            least = least.min(text.map_or(usize::MAX, |token| text_indentation(token.text(), false)));
            if at_line_start {
                return 0;
            }
        }
        let tag = node.next_sibling().and_then(|tag| tag.first_token()).and_then(|token| token.prev_token());
        if tag.is_some_and(|before| before.text().ends_with('\n')) {
            return 0;
        }
    }
    least
}

/// Whether no quoted template lies between the node and the heredoc around it.
fn is_of_heredoc(node: &SyntaxNode) -> bool {
    let template =
        node.ancestors().find(|it| matches!(it.kind(), HEREDOC_EXPR | TEMPLATE_EXPR | INTERPOLATION));
    template.is_some_and(|it| it.kind() == HEREDOC_EXPR)
}

fn text_indentation(text: &str, starts_line: bool) -> usize {
    let lines = text.split_inclusive('\n').skip(usize::from(!starts_line));
    let counted = lines.filter(|line| !(line.ends_with('\n') && line.trim().is_empty()));
    counted.map(|line| line.chars().take_while(|c| c.is_whitespace()).count()).min().unwrap_or(usize::MAX)
}

/// Takes `indentation` blanks off each line that is not blank.
pub(super) fn dedent(text: &str, indentation: usize, starts_line: bool) -> String {
    let mut result = String::with_capacity(text.len());
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let is_kept = index == 0 && !starts_line || line.ends_with('\n') && line.trim().is_empty();
        let skipped = if is_kept { 0 } else { indentation };
        result.extend(line.chars().skip(skipped));
    }
    result
}

/// The text of parts that are all text.
pub(super) fn plain_text(parts: impl Iterator<Item = TemplatePart>) -> Option<String> {
    let mut text = String::new();
    for part in parts {
        match part {
            TemplatePart::Text(it) => text.push_str(&it.text()),
            _ => return None,
        }
    }
    Some(text)
}

/// The names before `in` of a for expression's or a directive's head.
pub(super) fn for_variables(intro: &SyntaxNode) -> [Option<SyntaxToken>; 2] {
    let tokens = intro.children_with_tokens().filter_map(|it| it.into_token());
    let mut names: Vec<SyntaxToken> =
        tokens.filter(|it| matches!(it.kind(), IDENT | COMMA)).skip(1).collect();
    // Names of the collection are in nodes of their own.
    names.pop_if(|it| it.text() == "in");
    let mut sides = names.split(|it| it.kind() == COMMA).map(|side| side.first().cloned());
    [sides.next().flatten(), sides.next().flatten()]
}

#[cfg(test)]
mod tests {
    use super::super::ast::{Expression, TemplatePart};
    use super::*;

    #[test]
    fn escapes_of_quoted_text_are_resolved() {
        let cases = [
            (r#"a\n\r\t\"\\b"#, "a\n\r\t\"\\b"),
            (r"\u00e9\U0001F600", "é😀"),
            ("$${x} %%{y} $x %y $$ %", "${x} %{y} $x %y $$ %"),
            ("$$${x}", "$${x}"),
        ];
        for (raw, value) in cases {
            assert_eq!(unescape(raw), value, "{raw}");
            assert_eq!(bad_escapes(raw).count(), 0, "{raw}");
        }
    }

    #[test]
    fn escapes_that_hcl_does_not_know_stay_and_are_found() {
        for raw in [r"\q", r"\u12", r"\U0001", r"\ud800", r"\é", r"\", r"\x41", r"\'"] {
            assert_eq!(unescape(raw), raw);
            assert_eq!(bad_escapes(raw).next().map(|(start, _)| start), Some(0), "{raw}");
        }
    }

    #[test]
    fn heredocs_know_no_backslashes() {
        assert_eq!(unescape_markers(r"\n \u00e9 $${a} %%{b} \"), r"\n \u00e9 ${a} %{b} \");
    }

    #[test]
    fn offsets_go_through_escapes_and_back() {
        let raw = r"a\nb$${c\u00e9d";
        let value = unescape(raw);
        for (offset, _) in value.char_indices() {
            // Byte 4 is the `{` of `${`, which one escape stands for.
            let expected = if offset == 4 { 3 } else { offset };
            assert_eq!(value_offset(raw, raw_offset(raw, offset)), expected, "{offset}");
        }
        assert_eq!(raw_offset(raw, 1), 1, "the start of `\\n`");
        assert_eq!(raw_offset(raw, 2), 3, "the b behind it");
        assert_eq!(value_offset(raw, 2), 1, "inside of `\\n`");
        assert_eq!(raw_offset(raw, 99), raw.len());
        assert_eq!(value_offset(raw, 99), value.len());
    }

    /// The value of a heredoc with `T` for every interpolation and the text of all directives.
    fn heredoc_value(lines: &str) -> String {
        fn all(parts: impl Iterator<Item = TemplatePart>) -> String {
            let text = |part| match part {
                TemplatePart::Text(it) => it.text(),
                TemplatePart::Interpolation(_) => "T".to_owned(),
                TemplatePart::If(it) => all(it.if_true()),
                TemplatePart::For(it) => all(it.body()),
                TemplatePart::Error(it) => panic!("{it}"),
            };
            parts.map(text).collect()
        }
        let text = format!("a = <<-EOT\n{lines}  EOT\n");
        match super::super::parse(&text).root().body().attribute("a").and_then(|it| it.value()) {
            Some(Expression::Heredoc(it)) => all(it.parts()),
            other => panic!("{other:?}"),
        }
    }

    /// Each value is what Terraform gives for the same lines.
    #[test]
    fn an_indented_heredoc_loses_what_its_lines_have_in_common() {
        let cases = [
            ("    one\n\n      two\n    three\n", "one\n\n  two\nthree\n"),
            ("      one\n    ${local.v} two\n      three\n", "  one\nT two\n  three\n"),
            ("    %{ if true }\n      yes\n    %{ endif }\n    x\n", "\n  yes\n\nx\n"),
            ("\ttab\n\t  more\n", "tab\n  more\n"),
            ("    x ${local.v}\n      y $${z} \\n %%{w}\n   \n    z\n", "x T\n  y ${z} \\n %{w}\n   \nz\n"),
            ("      ${local.v}\n    z\n", "  T\nz\n"),
            ("    x %{ if true }a\n  b%{ endif }\n    z\n", "  x a\nb\n  z\n"),
            ("    %{ for x in [1] }\n        ${x}\n    %{ endfor }\n", "\n    T\n\n"),
            ("${x}\n    a\n", "T\n    a\n"),
            ("    a\n%{ if x }b%{ endif }\n", "    a\nb\n"),
            ("", ""),
        ];
        for (lines, value) in cases {
            assert_eq!(heredoc_value(lines), value, "{lines}");
        }
    }
}
