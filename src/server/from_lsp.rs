//! The protocol's positions as byte offsets.

use ropey::Rope;
use tower_lsp::lsp_types as lsp;

use crate::text::{Position, PositionEncoding, TextRange, TextSize, offset_of};

/// Byte offset of a position; a line that does not exist gives the text's end.
pub(super) fn offset(rope: &Rope, position: lsp::Position, encoding: PositionEncoding) -> TextSize {
    let position = Position::new(position.line, position.character);
    let end = || TextSize::new(u32::try_from(rope.len_bytes()).unwrap_or(u32::MAX));
    offset_of(rope, position, encoding).unwrap_or_else(end)
}

/// Byte range of a range; one written backwards is turned round.
pub(super) fn range(rope: &Rope, range: lsp::Range, encoding: PositionEncoding) -> TextRange {
    let (one, other) = (offset(rope, range.start, encoding), offset(rope, range.end, encoding));
    TextRange::new(one.min(other), one.max(other))
}
