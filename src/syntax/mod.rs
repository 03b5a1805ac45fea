//! The tree of one file.

use crate::text::{TextRange, TextSize};

/// What parsing a text gave.
#[derive(Debug, Clone)]
pub struct Parse;

/// One replacement in a text: what went (bytes of the old text) and how long what came is.
#[derive(Debug, Clone, Copy)]
pub struct Edit {
    /// What went.
    pub deleted: TextRange,
    /// Length of what came.
    pub inserted: TextSize,
}

/// Parses a text.
pub fn parse(_text: &str) -> Parse {
    Parse
}

impl Parse {
    /// The parse of `new_text`, which differs from the old text by `edit`.
    pub fn reparse(&self, _new_text: &str, _edit: &Edit) -> Parse {
        Parse
    }
}
