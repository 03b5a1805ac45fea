//! A text on its way through edits that follow one another.

use ropey::Rope;
use rowan::{TextRange, TextSize};

use super::edit::{EditError, TextEdit};

/// A text after some edits, each of which means the text as the ones before it left it. It knows the text it
/// began with, so that whoever has that text can take the edits over without doing them again.
#[derive(Debug, Clone)]
pub(crate) struct EditedText {
    before: Rope,
    now: Rope,
    edits: Vec<TextEdit>,
}

impl EditedText {
    /// Nothing changed yet. O(1): ropes share what they hold.
    pub(crate) fn new(before: &Rope) -> Self {
        Self { before: before.clone(), now: before.clone(), edits: Vec::new() }
    }

    /// Does one more edit. `Err` when its range is none of the text as it is now, which then stays as it is.
    pub(crate) fn apply(&mut self, edit: TextEdit) -> Result<(), EditError> {
        let (start, end) = (usize::from(edit.range.start()), usize::from(edit.range.end()));
        if end > self.now.len_bytes() {
            return Err(EditError::OutOfText(edit.range));
        }
        let (from, to) = (self.now.byte_to_char(start), self.now.byte_to_char(end));
        if self.now.char_to_byte(from) != start || self.now.char_to_byte(to) != end {
            return Err(EditError::InsideCharacter(edit.range));
        }
        self.now.remove(from..to);
        self.now.insert(from, &edit.new_text);
        self.edits.push(edit);
        Ok(())
    }

    /// Puts another text in place of all of it.
    pub(crate) fn replace_all(&mut self, text: &str) {
        self.edits.push(TextEdit::replace(self.all(), text));
        self.now = Rope::from_str(text);
    }

    /// All of the text as it is now.
    pub(crate) fn all(&self) -> TextRange {
        TextRange::up_to(TextSize::new(u32::try_from(self.now.len_bytes()).unwrap_or(u32::MAX)))
    }

    /// The text as it is now.
    pub(crate) fn now(&self) -> &Rope {
        &self.now
    }

    /// The edits done so far, in their order.
    pub(crate) fn edits(&self) -> &[TextEdit] {
        &self.edits
    }

    /// Whether it began with this very rope or a clone of it; an equal text is not enough.
    pub(crate) fn began_with(&self, rope: &Rope) -> bool {
        self.before.is_instance(rope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: u32, end: u32, new_text: &str) -> TextEdit {
        TextEdit::replace(TextRange::new(start.into(), end.into()), new_text)
    }

    #[test]
    fn each_edit_means_the_text_after_the_one_before() {
        let mut text = EditedText::new(&Rope::from_str("ab"));
        text.apply(edit(2, 2, "cd")).unwrap();
        text.apply(edit(3, 4, "D")).unwrap();
        assert_eq!(text.now(), "abcD");
        assert_eq!(text.edits(), [edit(2, 2, "cd"), edit(3, 4, "D")]);
        text.replace_all("é");
        assert_eq!((text.now().to_string().as_str(), text.edits()[2].clone()), ("é", edit(0, 4, "é")));
    }

    #[test]
    fn an_edit_that_does_not_fit_leaves_the_text_as_it_is() {
        let mut text = EditedText::new(&Rope::from_str("é"));
        assert_eq!(text.apply(edit(1, 1, "x")), Err(EditError::InsideCharacter(edit(1, 1, "").range)));
        assert_eq!(text.apply(edit(0, 3, "x")), Err(EditError::OutOfText(edit(0, 3, "").range)));
        assert!(text.now() == "é" && text.edits().is_empty());
    }

    #[test]
    fn it_knows_the_rope_it_began_with() {
        let (one, equal) = (Rope::from_str("a"), Rope::from_str("a"));
        let mut text = EditedText::new(&one);
        text.apply(edit(0, 1, "b")).unwrap();
        assert!(text.began_with(&one.clone()) && !text.began_with(&equal));
    }
}
