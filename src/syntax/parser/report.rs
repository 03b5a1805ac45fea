//! Saying what is wrong, and putting aside what fits nowhere.

use super::super::error::SyntaxError;
use super::super::kind::SyntaxKind::{self, *};
use super::tree::{Done, MAX_DEPTH};
use super::{Parser, is_closer, is_opener};

impl Parser<'_> {
    /// Takes what is too deep, flat.
    pub(in crate::syntax) fn too_deep(&mut self) -> Done {
        let start = self.here();
        if !self.at_item_end() {
            let message = format!("nested more than {MAX_DEPTH} levels deep: not read any further");
            self.unexpected(&message, &[COMMA]);
        }
        Done { start, height: 1 }
    }

    /// Something is missing behind the last token.
    pub(in crate::syntax) fn missing(&mut self, message: &str) {
        let is_repeated = self
            .errors
            .last()
            .is_some_and(|error| error.range.is_empty() && usize::from(error.range.start()) == self.last_end);
        if !is_repeated && self.last != Some(ERROR_TOKEN) {
            self.errors.push(SyntaxError::new(self.last_end, self.last_end, message));
        }
    }

    /// An error over the next token.
    pub(in crate::syntax) fn error_here(&mut self, message: &str) {
        self.error_in_next(0, self.current_text().len(), message);
    }

    /// An error over bytes of the next token.
    pub(in crate::syntax) fn error_in_next(&mut self, start: usize, end: usize, message: &str) {
        let offset = self.next_offset();
        self.errors.push(SyntaxError::new(offset + start, offset + end, message));
    }

    /// Puts tokens into an `ERROR` up to one of `stops`, a line break that means something, a
    /// closing token or the end. Pairs are taken whole. Says so, unless the lexer did already.
    pub(in crate::syntax) fn unexpected(&mut self, message: &str, stops: &[SyntaxKind]) {
        let is_end = |p: &Self| p.at_item_end() || p.current().is_some_and(|kind| stops.contains(&kind));
        if is_end(self) {
            return;
        }
        let is_known = self.at(ERROR_TOKEN) || self.last == Some(ERROR_TOKEN);
        self.start(ERROR);
        let start = self.offset;
        while !is_end(self) {
            self.bump_group();
            // A heredoc that nothing closes ends before a line that is another item's.
            if self.is_after_closed && self.last == Some(HEREDOC_END) {
                break;
            }
        }
        if !is_known {
            self.errors.push(SyntaxError::new(start, self.last_end, message));
        }
        self.finish();
    }

    /// Takes the next token, and if it opens something all of that, flat.
    fn bump_group(&mut self) {
        let mut depth = 0_usize;
        loop {
            let Some(kind) = self.current() else { return };
            if is_opener(kind) {
                depth += 1;
            } else if is_closer(kind) {
                depth = depth.saturating_sub(1);
            }
            self.bump();
            if depth == 0 {
                return;
            }
        }
    }
}
