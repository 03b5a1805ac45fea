//! Text of quoted templates, and what opens an interpolation or a directive.

use super::super::grammar::recovery;
use super::super::kind::SyntaxKind::*;
use super::frame::{Frame, Opener};
use super::{Lexer, Suspect};

impl Lexer<'_> {
    pub(super) fn open_quote(&mut self) {
        let in_header = self.top().is_body() && !self.top().has_eq;
        let (end, closed) =
            if in_header { recovery::skip_quoted(self.text.as_bytes(), self.pos) } else { (self.pos, true) };
        self.steps += (end - self.pos) as u64;
        self.push(OPEN_QUOTE, 1);
        self.frames.push(Frame::new(Opener::Quote, self.line_start, self.line_indent));
        self.open_quotes += 1;
        if !closed {
            self.unclosed_label(end);
        }
    }

    /// A label without closing quote ends at the first blank or brace (rule 1).
    fn unclosed_label(&mut self, line_end: usize) {
        let rest = &self.text[self.pos..line_end];
        let len = rest.find([' ', '\t', '{']).unwrap_or(rest.len());
        if len > 0 {
            self.push(TEMPLATE_TEXT, len);
        }
        self.close_down_to(self.frames.len() - 1);
    }

    /// Takes text up to the closing quote, the next `${` or `%{`, or the line's end.
    pub(super) fn quoted_text(&mut self) -> Result<(), Suspect> {
        let start = self.pos;
        while self.pos < self.text.len() {
            self.steps += 1;
            match self.byte(0) {
                b'"' => {
                    self.push_text_from(start);
                    self.pop();
                    self.push(CLOSE_QUOTE, 1);
                    return Ok(());
                }
                b'\n' | b'\r' => {
                    self.push_text_from(start);
                    if self.top().line_start != self.line_start && !self.distrusts_strings {
                        return Err(Suspect::Strings);
                    }
                    self.close_down_to(self.frames.len() - 1);
                    return Ok(());
                }
                b'\\' if !matches!(self.byte(1), b'\n' | b'\r') && self.pos + 1 < self.text.len() => {
                    self.pos += 1 + self.char_len(1);
                }
                _ => match self.template_step() {
                    Some(len) => self.pos += len,
                    None => {
                        self.push_text_from(start);
                        self.open_template();
                        return Ok(());
                    }
                },
            }
        }
        self.push_text_from(start);
        Ok(())
    }

    /// Bytes of the next piece of text (`$${` is one piece); `None` at `${` or `%{`.
    pub(super) fn template_step(&self) -> Option<usize> {
        match (self.byte(0), self.byte(1), self.byte(2)) {
            (b'$', b'$', b'{') | (b'%', b'%', b'{') => Some(3),
            (b'$' | b'%', b'{', _) => None,
            (b, ..) if b.is_ascii() => Some(1),
            _ => Some(self.char_len(0)),
        }
    }

    /// Bytes of the character `ahead` of here, which must be on a boundary.
    pub(super) fn char_len(&self, ahead: usize) -> usize {
        self.text[self.pos + ahead..].chars().next().map_or(0, char::len_utf8)
    }

    /// Takes `${` or `%{` with its strip marker.
    pub(super) fn open_template(&mut self) {
        let (kind, opener) = if self.byte(0) == b'$' {
            (INTERPOLATION_OPEN, Opener::Interpolation)
        } else {
            (DIRECTIVE_OPEN, Opener::Directive)
        };
        self.push(kind, 2);
        self.frames.push(Frame::new(opener, self.line_start, self.line_indent));
        self.open_braces += 1;
        if self.byte(0) == b'~' {
            self.push(STRIP, 1);
        }
    }
}
