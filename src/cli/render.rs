//! Diagnostics in the formats of `check`.

pub(super) mod github;
pub(super) mod json;
pub(super) mod sarif;
pub(super) mod text;

use ropey::Rope;

use crate::ide::{Analysis, Diagnostic, More, SourceFile};
use crate::text::TextSize;

/// A diagnostic with the file it is in.
pub(super) struct Reported<'a> {
    /// The file as the user knows it.
    pub(super) file: &'a str,
    pub(super) source: &'a SourceFile,
    pub(super) diagnostic: Diagnostic,
}

impl Reported<'_> {
    /// Another file of the module, as the user would know it.
    pub(super) fn beside(&self, other: &SourceFile) -> String {
        let name = other.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.file.rsplit_once('/').map_or_else(|| name.clone(), |(folder, _)| format!("{folder}/{name}"))
    }
}

/// All that `check` reports.
pub(super) struct Report<'a> {
    /// How many files were looked at.
    pub(super) files: usize,
    /// What the diagnostics are of.
    pub(super) analysis: &'a Analysis,
    /// By file and place.
    pub(super) diagnostics: &'a [Reported<'a>],
    /// Those that are too many to be listed.
    pub(super) more: More,
}

impl Report<'_> {
    /// What every form says of those; `None` where there are none.
    pub(super) fn not_listed(&self) -> Option<String> {
        let worst = self.more.worst?.name();
        let count = self.more.count;
        Some(format!("{count} more found that are not listed, the worst of severity {worst}"))
    }
}

/// Line and column of an offset, both from 1, the column in characters.
pub(super) fn line_column(rope: &Rope, offset: TextSize) -> (usize, usize) {
    let at = rope.byte_to_char(usize::from(offset).min(rope.len_bytes()));
    let line = rope.char_to_line(at);
    (line + 1, at - rope.line_to_char(line) + 1)
}

/// A name or a message as a terminal may have it: what would steer it is shown escaped.
pub(in crate::cli) fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // Bidirectional controls make a name look like another one.
        if c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn what_would_steer_a_terminal_is_escaped() {
        assert_eq!(printable("a\u{1b}[31m\r\n\u{202e}b é.tf"), "a\\u{1b}[31m\\r\\n\\u{202e}b é.tf");
    }
}
