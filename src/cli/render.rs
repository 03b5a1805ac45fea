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
