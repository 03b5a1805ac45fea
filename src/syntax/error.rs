//! What is wrong with a text, in users' words.

use crate::text::{TextRange, TextSize};

/// One thing that is missing or does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SyntaxError {
    /// Where it is; empty, behind the last token before it, when something is missing.
    pub range: TextRange,
    /// What is missing or unexpected.
    pub message: String,
}

impl SyntaxError {
    pub(super) fn new(start: usize, end: usize, message: impl Into<String>) -> SyntaxError {
        SyntaxError { range: TextRange::new(size(start), size(end)), message: message.into() }
    }
}

/// Offsets fit: a text of 4 GiB is refused before it comes here.
pub(super) fn size(offset: usize) -> TextSize {
    TextSize::new(u32::try_from(offset).unwrap_or(u32::MAX))
}
