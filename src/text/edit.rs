//! Replacements in a text.

use std::fmt;

use rowan::{TextRange, TextSize};

/// One replacement: `range` (bytes of the text as it is before) gives way to `new_text`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TextEdit {
    /// What goes; empty for an insertion.
    pub range: TextRange,
    /// What comes in its place; empty for a deletion.
    pub(crate) new_text: String,
}

impl TextEdit {
    /// Puts `new_text` where `range` was.
    pub fn replace(range: TextRange, new_text: impl Into<String>) -> Self {
        Self { range, new_text: new_text.into() }
    }

    /// Puts `new_text` before the byte at `offset`.
    pub fn insert(offset: TextSize, new_text: impl Into<String>) -> Self {
        Self::replace(TextRange::empty(offset), new_text)
    }
}

/// Why a set of edits cannot be applied. Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditError {
    /// The range ends behind the end of the text.
    OutOfText(TextRange),
    /// The range begins or ends inside a character.
    InsideCharacter(TextRange),
    /// Two ranges share a byte.
    Overlap(TextRange, TextRange),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfText(range) => write!(f, "the edit at bytes {range:?} lies outside the text"),
            Self::InsideCharacter(range) => write!(f, "the edit at bytes {range:?} cuts a character"),
            Self::Overlap(one, other) => write!(f, "the edits at bytes {one:?} and {other:?} overlap"),
        }
    }
}

impl std::error::Error for EditError {}

/// The text with every edit applied at once: all ranges mean the text as given, in any order. Insertions at
/// one offset keep the order in which they are given, and stand before a replacement that begins there.
pub fn apply_edits(text: &str, edits: &[TextEdit]) -> Result<String, EditError> {
    for edit in edits {
        check_range(text, edit.range)?;
    }
    let mut sorted: Vec<&TextEdit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
    let mut result = String::with_capacity(text.len());
    let mut done = TextRange::empty(TextSize::new(0));
    for edit in sorted {
        if edit.range.start() < done.end() {
            return Err(EditError::Overlap(done, edit.range));
        }
        result.push_str(&text[usize::from(done.end())..usize::from(edit.range.start())]);
        result.push_str(&edit.new_text);
        done = edit.range;
    }
    result.push_str(&text[usize::from(done.end())..]);
    Ok(result)
}

fn check_range(text: &str, range: TextRange) -> Result<(), EditError> {
    let (start, end) = (usize::from(range.start()), usize::from(range.end()));
    if end > text.len() {
        return Err(EditError::OutOfText(range));
    }
    if !text.is_char_boundary(start) || !text.is_char_boundary(end) {
        return Err(EditError::InsideCharacter(range));
    }
    Ok(())
}

/// The one edit that turns `old` into `new` and leaves alone what both begin and end with; `None` when they
/// are equal.
pub(crate) fn minimal_edit(old: &str, new: &str) -> Option<TextEdit> {
    if old == new {
        return None;
    }
    let shorter = old.len().min(new.len());
    let mut prefix = equal_bytes(old.bytes(), new.bytes(), shorter);
    while !old.is_char_boundary(prefix) {
        prefix -= 1;
    }
    let mut suffix = equal_bytes(old.bytes().rev(), new.bytes().rev(), shorter - prefix);
    while !old.is_char_boundary(old.len() - suffix) {
        suffix -= 1;
    }
    let range = TextRange::new(size(prefix), size(old.len() - suffix));
    Some(TextEdit::replace(range, &new[prefix..new.len() - suffix]))
}

fn equal_bytes(one: impl Iterator<Item = u8>, other: impl Iterator<Item = u8>, most: usize) -> usize {
    one.zip(other).take(most).take_while(|(a, b)| a == b).count()
}

fn size(n: usize) -> TextSize {
    TextSize::new(u32::try_from(n).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edit(start: u32, end: u32, new_text: &str) -> TextEdit {
        TextEdit::replace(TextRange::new(start.into(), end.into()), new_text)
    }

    #[test]
    fn edits_mean_the_text_as_given_in_any_order() {
        let edits = [edit(4, 5, "E"), edit(0, 1, "AA"), edit(2, 2, "-")];
        assert_eq!(apply_edits("abcde", &edits).unwrap(), "AAb-cdE");
    }

    #[test]
    fn insertions_at_one_place_keep_their_order() {
        assert_eq!(apply_edits("ab", &[edit(1, 2, "B"), edit(1, 1, "1"), edit(1, 1, "2")]).unwrap(), "a12B");
    }

    #[test]
    fn overlapping_edits_are_refused() {
        let result = apply_edits("abcd", &[edit(1, 3, ""), edit(2, 4, "")]);
        assert_eq!(result, Err(EditError::Overlap(edit(1, 3, "").range, edit(2, 4, "").range)));
    }

    #[test]
    fn an_edit_out_of_the_text_is_refused() {
        assert_eq!(apply_edits("ab", &[edit(1, 3, "")]), Err(EditError::OutOfText(edit(1, 3, "").range)));
    }

    #[test]
    fn an_edit_that_cuts_a_character_is_refused() {
        let result = apply_edits("é", &[edit(0, 1, "")]);
        assert_eq!(result, Err(EditError::InsideCharacter(edit(0, 1, "").range)));
    }

    #[test]
    fn equal_texts_need_no_edit() {
        assert_eq!(minimal_edit("a", "a"), None);
    }

    #[test]
    fn only_what_differs_is_replaced() {
        assert_eq!(minimal_edit("name = 1", "name = 22"), Some(edit(7, 8, "22")));
        assert_eq!(minimal_edit("aa", "aaa"), Some(edit(2, 2, "a")));
        assert_eq!(minimal_edit("aaa", "aa"), Some(edit(2, 3, "")));
    }

    #[test]
    fn characters_with_common_bytes_are_replaced_whole() {
        // é is C3 A9, è is C3 A8, ĩ is C4 A9.
        assert_eq!(minimal_edit("aéb", "aèb"), Some(edit(1, 3, "è")));
        assert_eq!(minimal_edit("aéb", "aĩb"), Some(edit(1, 3, "ĩ")));
    }

    proptest! {
        #[test]
        fn the_minimal_edit_turns_old_into_new(old in "[aéè😀\n]{0,12}", new in "[aéè😀\n]{0,12}") {
            let edits: Vec<_> = minimal_edit(&old, &new).into_iter().collect();
            prop_assert_eq!(apply_edits(&old, &edits).unwrap(), new);
        }

        #[test]
        fn random_edits_are_applied_or_refused(
            text in "[aé😀]{0,12}", ranges in prop::collection::vec((0u32..20, 0u32..20), 0..5)
        ) {
            let edits: Vec<_> = ranges.iter().map(|&(a, b)| edit(a.min(b), a.max(b), "x")).collect();
            if let Ok(result) = apply_edits(&text, &edits) {
                let deleted: usize = edits.iter().map(|edit| usize::from(edit.range.len())).sum();
                prop_assert_eq!(result.len(), text.len() - deleted + edits.len());
            }
        }
    }
}
