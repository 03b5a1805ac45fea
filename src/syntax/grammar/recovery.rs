//! How broken text is read: which line means that something before it was left open.
//!
//! Nothing here touches valid text. The lexer pairs every opening bracket, quote and heredoc with
//! a closing one; where the text has none, it adds one of no length by these rules, so that the
//! grammar always sees balanced tokens and an error stays inside the pair that has it.
//!
//! 1. A quoted string ends at its line's end. In a block's header, where the closing quote is
//!    missing on the line, the label ends at the first space or `{` instead.
//! 2. `name =` at a line's start, where the innermost open thing is `(`, `[`, `${` or `%{`, closes
//!    those up to the innermost `{`: no such line can stand in them.
//! 3. `name label* {` at a line's start closes whatever open expression it stands in, since
//!    only bodies hold blocks. In column 0 it closes all that is open when it has a label (and is
//!    not one of Terraform's own nested blocks with labels) or is one of the top-level words
//!    without labels ([`Line::is_top_level_header`]): text that is merely not indented stays valid.
//! 4. A closing bracket closes what was opened after its partner. One without a partner is an
//!    error by itself, and so is a `}` that would end a top-level block, stands deeper than
//!    the block's header and has before the next block a `name =` line as deep, or a `}`, behind it.
//! 5. Once it is certain that a top-level item has too few `}` (rule 3 or the end of the text
//!    closed a brace), it is read again by its indentation: a `}` closes all that was opened on
//!    lines indented deeper, and `name =` or a block's header closes every `{` whose line
//!    is not indented less, if items inside that `{` are expected deeper.
//! 6. Once it is certain that a string with an interpolation over several lines was not closed,
//!    the top-level item is read again with every quoted string ending at its line's end.
//! 7. A heredoc whose closing name occurs nowhere ends before the first line that is not indented
//!    deeper than its opening line and looks like an item or a closing bracket.
//! 8. A header with a quoted label but no `{`, followed by deeper items, gets its `{`.
//!
//! Each rule looks ahead a line at most, except where it needs the end of the text; how far it
//! looked is kept, so that an edit there reads the item again.

/// What a line begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineStart {
    /// Nothing, or a comment.
    Empty,
    /// `name =` or `"name" =`
    Attribute,
    /// `word label* {`, with the number of labels, quoted or bare.
    Header { labels: u32 },
    /// `}`, `]` or `)`
    Close(u8),
    /// `{`
    Open,
    /// Anything else.
    Other,
}

/// A line as far as the rules need to know it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'t> {
    /// Bytes of spaces and tabs before the first character.
    pub(crate) column: usize,
    /// What follows them.
    pub(crate) start: LineStart,
    /// The first word, if it begins with one.
    pub(crate) word: &'t str,
    /// End (exclusive) of what was looked at; one past the text when its end was seen.
    pub(crate) looked: usize,
}

/// Blocks with labels that Terraform and OpenTofu nest in others.
const NESTED_WITH_LABELS: [&str; 9] = [
    "backend",
    "dynamic",
    "key_provider",
    "method",
    "mock_data",
    "mock_resource",
    "provider_meta",
    "provisioner",
    "remote_state_data_source",
];

/// Blocks without labels that stand at the top level only.
const TOP_LEVEL_WITHOUT_LABELS: [&str; 5] = ["import", "locals", "moved", "removed", "terraform"];

/// Words that may stand before `{` inside an expression.
const EXPRESSION_WORDS: [&str; 3] = ["for", "if", "in"];

impl Line<'_> {
    /// A header in column 0 that can only be of a top-level block.
    pub(crate) fn is_top_level_header(&self) -> bool {
        let LineStart::Header { labels } = self.start else { return false };
        self.column == 0
            && if labels == 0 {
                TOP_LEVEL_WITHOUT_LABELS.contains(&self.word)
            } else {
                !NESTED_WITH_LABELS.contains(&self.word)
            }
    }
}

/// Looks at the line that begins at `pos`.
pub(crate) fn look(text: &str, pos: usize) -> Line<'_> {
    let bytes = text.as_bytes();
    let at = |i: usize| bytes.get(i).copied().unwrap_or(b'\n');
    let first = skip_blanks(bytes, pos);
    let mut line = Line { column: first - pos, start: LineStart::Other, word: "", looked: first + 2 };
    match at(first) {
        b'\n' | b'#' => line.start = LineStart::Empty,
        b'\r' if at(first + 1) == b'\n' => line.start = LineStart::Empty,
        b'/' if matches!(at(first + 1), b'/' | b'*') => line.start = LineStart::Empty,
        closer @ (b'}' | b']' | b')') => line.start = LineStart::Close(closer),
        b'{' => line.start = LineStart::Open,
        b'"' => {
            let (end, closed) = skip_quoted(bytes, first);
            let next = skip_blanks(bytes, end);
            line.looked = next + 2;
            if closed && is_assignment(bytes, next) {
                line.start = LineStart::Attribute;
            }
        }
        _ => {
            let end = first + ident_len(&text[first..]);
            if end > first {
                line.word = &text[first..end];
                (line.start, line.looked) = after_word(text, line.word, end);
            }
        }
    }
    line
}

/// Looks past blank lines and comments of one line for the next line with something on it.
pub(crate) fn look_past_empty(text: &str, mut pos: usize) -> Line<'_> {
    loop {
        let mut line = look(text, pos);
        if line.start != LineStart::Empty {
            return line;
        }
        match text[pos..].find('\n') {
            Some(len) => pos += len + 1,
            None => {
                line.looked = text.len() + 1;
                return line;
            }
        }
    }
}

fn after_word(text: &str, word: &str, end: usize) -> (LineStart, usize) {
    let bytes = text.as_bytes();
    let mut labels = 0;
    let mut next = skip_blanks(bytes, end);
    if is_assignment(bytes, next) {
        return (LineStart::Attribute, next + 2);
    }
    loop {
        let end = if bytes.get(next) == Some(&b'"') {
            let (end, closed) = skip_quoted(bytes, next);
            if !closed {
                return (LineStart::Other, skip_blanks(bytes, end) + 1);
            }
            end
        } else {
            let end = next + text.get(next..).map_or(0, ident_len);
            if end == next {
                break;
            }
            if EXPRESSION_WORDS.contains(&&text[next..end]) {
                return (LineStart::Other, end + 1);
            }
            end
        };
        next = skip_blanks(bytes, end);
        labels += 1;
    }
    let header = bytes.get(next) == Some(&b'{') && !EXPRESSION_WORDS.contains(&word);
    (if header { LineStart::Header { labels } } else { LineStart::Other }, next + 2)
}

fn is_assignment(bytes: &[u8], pos: usize) -> bool {
    bytes.get(pos) == Some(&b'=') && !matches!(bytes.get(pos + 1), Some(b'=' | b'>'))
}

/// Offset of the first byte from `pos` on that is neither a space nor a tab.
pub(crate) fn skip_blanks(bytes: &[u8], mut pos: usize) -> usize {
    while matches!(bytes.get(pos), Some(b' ' | b'\t')) {
        pos += 1;
    }
    pos
}

/// End of the quoted text that begins at `open`, and whether it is closed on its line.
pub(crate) fn skip_quoted(bytes: &[u8], open: usize) -> (usize, bool) {
    let mut pos = open + 1;
    loop {
        match bytes.get(pos) {
            Some(b'"') => return (pos + 1, true),
            Some(b'\\') if !matches!(bytes.get(pos + 1), None | Some(b'\n' | b'\r')) => pos += 2,
            None | Some(b'\n' | b'\r') => return (pos, false),
            Some(_) => pos += 1,
        }
    }
}

/// Unicode's `ID_Start`, which HCL goes by, of a character beyond ASCII.
fn is_id_start(c: char) -> bool {
    let only_by_normalization = matches!(c, '\u{0e33}' | '\u{0eb3}' | '\u{ff9e}' | '\u{ff9f}');
    unicode_ident::is_xid_start(c) || only_by_normalization || is_id_but_not_xid(c)
}

/// Unicode's `ID_Continue`, of a character beyond ASCII.
fn is_id_continue(c: char) -> bool {
    unicode_ident::is_xid_continue(c) || is_id_but_not_xid(c)
}

/// What normalization would make no identifier of; the same in every version of Unicode.
fn is_id_but_not_xid(c: char) -> bool {
    let is_odd = matches!(c, '\u{037a}' | '\u{309b}' | '\u{309c}' | '\u{fdfa}' | '\u{fdfb}');
    let is_ligature = ('\u{fc5e}'..='\u{fc63}').contains(&c);
    is_odd || is_ligature || ('\u{fe70}'..='\u{fe7e}').contains(&c) && u32::from(c) % 2 == 0
}

/// Whether the text is one identifier.
pub(crate) fn is_identifier(text: &str) -> bool {
    !text.is_empty() && ident_len(text) == text.len()
}

/// Bytes of the identifier at the start of `text`; 0 if there is none.
pub(crate) fn ident_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut len = match bytes.first() {
        Some(b) if b.is_ascii_alphabetic() || *b == b'_' => 1,
        Some(b) if b.is_ascii() => return 0,
        None => return 0,
        Some(_) => match text.chars().next() {
            Some(c) if is_id_start(c) => c.len_utf8(),
            _ => return 0,
        },
    };
    loop {
        match bytes.get(len) {
            Some(b) if b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-') => len += 1,
            Some(b) if !b.is_ascii() => match text[len..].chars().next() {
                Some(c) if is_id_continue(c) => len += c.len_utf8(),
                _ => return len,
            },
            _ => return len,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_is_depends_on_nothing_behind_what_was_looked_at() {
        let lines = [
            "",
            "  ",
            "#",
            "/",
            "//",
            "\r",
            "\r\n",
            "}",
            " ]",
            "{",
            "a",
            "a =",
            "a ==",
            "a=>",
            "a.b",
            "a b c {",
            "a {",
            "a \"b\" {",
            "a \"b",
            "a \"b\\",
            "\"a\"",
            "\"a\" =",
            "\"a\" ==",
            "\"a",
            "for x",
            "a for",
            "a for {",
            "a in",
            "if",
            "a if b {",
            "a \"b\" if",
            "a b for c",
            "\u{e4}",
            "a \u{e4}",
            "\u{e4} \u{2026}",
            "1",
        ];
        let behind =
            ["", "\n", "\r\n", " ", "=", "{", "\"", "x", "\u{e4}", ".", "}", "#", "for", " for", "\\"];
        let shown = |line: Line<'_>| (line.column, line.start, line.word.to_owned(), line.looked);
        for line in lines.iter().flat_map(|line| behind.map(|behind| format!("{line}{behind}"))) {
            let seen = look(&line, 0);
            for cut in (seen.looked..=line.len()).filter(|at| line.is_char_boundary(*at)) {
                for other in behind {
                    let other = format!("{}{other}", &line[..cut]);
                    assert_eq!(shown(look(&other, 0)), shown(look(&line, 0)), "{line:?} and {other:?}");
                }
            }
        }
    }
}
