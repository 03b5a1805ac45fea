//! Positions of an editor (line and column) against byte offsets.
//!
//! A line ends at `\n`, `\r\n` or a lone `\r` and nowhere else, as the protocol has it.

use ropey::{Rope, RopeSlice};
use rowan::TextSize;

/// What the columns of a [`Position`] count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum PositionEncoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: a character outside the basic plane counts two.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A place between two characters, counted from 0 in both directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Position {
    /// Line, from 0.
    pub line: u32,
    /// Units of a [`PositionEncoding`] before the place on its line, from 0.
    pub character: u32,
}

impl Position {
    /// The position `character` units into line `line`, both from 0.
    pub(crate) fn new(line: u32, character: u32) -> Self {
        Self { line, character }
    }
}

/// Byte offset of `pos`. A column beyond the line's end clamps to the end, before the line break (the
/// protocol's rule); a column inside a character goes back to that character's start. A line that does not
/// exist gives `None`; the empty line after a final line break exists. O(log text + line).
pub(crate) fn offset_of(rope: &Rope, pos: Position, enc: PositionEncoding) -> Option<TextSize> {
    let line = pos.line as usize;
    if line >= rope.len_lines() {
        return None;
    }
    let content = without_break(rope.line(line));
    let column = pos.character as usize;
    let char = match enc {
        PositionEncoding::Utf8 => content.byte_to_char(column.min(content.len_bytes())),
        PositionEncoding::Utf16 => content.utf16_cu_to_char(column.min(content.len_utf16_cu())),
        PositionEncoding::Utf32 => column.min(content.len_chars()),
    };
    Some(text_size(rope.line_to_byte(line) + content.char_to_byte(char)))
}

/// Position of a byte offset. An offset past the text clamps to its end, one inside a character goes back to
/// that character's start, and one between `\r` and `\n` to the end of its line. O(log text + line).
pub(crate) fn position_of(rope: &Rope, offset: TextSize, enc: PositionEncoding) -> Position {
    let offset = usize::from(offset).min(rope.len_bytes());
    let line = rope.byte_to_line(offset);
    let content = without_break(rope.line(line));
    let char = content.byte_to_char((offset - rope.line_to_byte(line)).min(content.len_bytes()));
    let character = match enc {
        PositionEncoding::Utf8 => content.char_to_byte(char),
        PositionEncoding::Utf16 => content.char_to_utf16_cu(char),
        PositionEncoding::Utf32 => char,
    };
    Position::new(saturating_u32(line), saturating_u32(character))
}

fn without_break(line: RopeSlice<'_>) -> RopeSlice<'_> {
    let mut end = line.len_chars();
    if end > 0 && line.char(end - 1) == '\n' {
        end -= 1;
    }
    if end > 0 && line.char(end - 1) == '\r' {
        end -= 1;
    }
    line.slice(..end)
}

fn text_size(offset: usize) -> TextSize {
    TextSize::new(saturating_u32(offset))
}

fn saturating_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ENCODINGS: [PositionEncoding; 3] =
        [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32];

    fn width(c: char, enc: PositionEncoding) -> usize {
        match enc {
            PositionEncoding::Utf8 => c.len_utf8(),
            PositionEncoding::Utf16 => c.len_utf16(),
            PositionEncoding::Utf32 => 1,
        }
    }

    /// Every place between two characters with its position, found by walking the text once. Between `\r`
    /// and `\n` there is no place.
    fn places(text: &str, enc: PositionEncoding) -> Vec<(usize, Position)> {
        let (mut line, mut column) = (0, 0);
        let mut all = Vec::new();
        let mut chars = text.char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            all.push((offset, Position::new(line, column)));
            let crlf = c == '\r' && chars.next_if(|&(_, next)| next == '\n').is_some();
            if crlf || c == '\n' || c == '\r' {
                (line, column) = (line + 1, 0);
            } else {
                column += width(c, enc) as u32;
            }
        }
        all.push((text.len(), Position::new(line, column)));
        all
    }

    fn offset(text: &str, line: u32, character: u32, enc: PositionEncoding) -> Option<usize> {
        offset_of(&Rope::from_str(text), Position::new(line, character), enc).map(usize::from)
    }

    #[test]
    fn a_column_counts_units_of_the_encoding() {
        let text = "é😀x";
        assert_eq!(offset(text, 0, 6, PositionEncoding::Utf8), Some(6));
        assert_eq!(offset(text, 0, 3, PositionEncoding::Utf16), Some(6));
        assert_eq!(offset(text, 0, 2, PositionEncoding::Utf32), Some(6));
    }

    #[test]
    fn a_column_inside_a_character_goes_back_to_its_start() {
        assert_eq!(offset("😀", 0, 1, PositionEncoding::Utf16), Some(0));
        assert_eq!(offset("😀", 0, 3, PositionEncoding::Utf8), Some(0));
    }

    #[test]
    fn a_column_beyond_the_line_stops_before_the_line_break() {
        for enc in ENCODINGS {
            assert_eq!(offset("ab\r\nc", 0, 99, enc), Some(2));
            assert_eq!(offset("ab\nc", 0, 99, enc), Some(2));
            assert_eq!(offset("ab\rc", 0, 99, enc), Some(2));
            assert_eq!(offset("ab", 0, u32::MAX, enc), Some(2));
        }
    }

    #[test]
    fn the_line_after_a_final_line_break_exists_and_the_next_does_not() {
        assert_eq!(offset("a\n", 1, 5, PositionEncoding::Utf16), Some(2));
        assert_eq!(offset("a\n", 2, 0, PositionEncoding::Utf16), None);
        assert_eq!(offset("", 0, 0, PositionEncoding::Utf16), Some(0));
        assert_eq!(offset("", 1, 0, PositionEncoding::Utf16), None);
    }

    #[test]
    fn unicode_line_separators_do_not_end_a_line() {
        for separator in ['\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}'] {
            assert_eq!(offset(&format!("a{separator}b"), 1, 0, PositionEncoding::Utf16), None);
        }
    }

    #[test]
    fn an_offset_between_carriage_return_and_line_feed_is_the_end_of_its_line() {
        let rope = Rope::from_str("ab\r\nc");
        assert_eq!(position_of(&rope, TextSize::new(3), PositionEncoding::Utf16), Position::new(0, 2));
    }

    fn any_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("\n"),
            Just("\r\n"),
            Just("\r"),
            Just("\t"),
            Just("é"),
            Just("😀"),
            Just("\u{2028}"),
            Just("\u{feff}"),
            Just("abc"),
        ];
        prop::collection::vec(piece, 0..600).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn positions_and_offsets_agree_with_a_walk_over_the_text(text in any_text()) {
            let rope = Rope::from_str(&text);
            for enc in ENCODINGS {
                for (offset, position) in places(&text, enc) {
                    let size = TextSize::new(offset as u32);
                    prop_assert_eq!(position_of(&rope, size, enc), position);
                    prop_assert_eq!(offset_of(&rope, position, enc), Some(size));
                }
            }
        }

        #[test]
        fn any_position_and_any_offset_land_on_a_character_boundary(
            text in any_text(), line in 0u32..50, character in any::<u32>(), small in 0u32..40, at in any::<u32>()
        ) {
            let rope = Rope::from_str(&text);
            for enc in ENCODINGS {
                for character in [character, small] {
                    if let Some(offset) = offset_of(&rope, Position::new(line, character), enc) {
                        prop_assert!(text.is_char_boundary(offset.into()));
                    }
                }
                for at in [at, at % 2000] {
                    let position = position_of(&rope, TextSize::new(at), enc);
                    let back = offset_of(&rope, position, enc).unwrap();
                    prop_assert!(text.is_char_boundary(back.into()) && back <= TextSize::of(text.as_str()));
                }
            }
        }
    }
}
