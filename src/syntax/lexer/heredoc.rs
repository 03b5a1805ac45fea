//! Heredocs: where they begin, their text, and the line that closes them.

use super::super::grammar::recovery::{self, LineStart};
use super::super::kind::SyntaxKind::*;
use super::LONE_RETURN;
use super::Lexer;
use super::frame::{Frame, Opener};
use std::collections::HashMap;

/// Which lines consist of one name, read ahead as far as was needed.
///
/// The whole text is passed over once at most, however many heredocs are looked up.
pub(super) struct ClosingLines<'t> {
    frontier: usize,
    /// Offset of the last such line before the frontier.
    last: HashMap<&'t str, usize>,
    steps: u64,
}

impl<'t> ClosingLines<'t> {
    pub(super) fn new(start: usize) -> ClosingLines<'t> {
        ClosingLines { frontier: start, last: HashMap::new(), steps: 0 }
    }

    pub(super) fn steps(&self) -> u64 {
        self.steps
    }

    /// Whether a line at or behind `pos` consists of `name`.
    fn has_line_from(&mut self, text: &'t str, pos: usize, name: &str) -> bool {
        if self.last.get(name).is_some_and(|&at| at >= pos) {
            return true;
        }
        while self.frontier < text.len() {
            let start = self.frontier;
            let line = line_at(text, start);
            self.steps += line.len() as u64 + 1;
            self.frontier = (start + line.len() + 1).min(text.len());
            let trimmed = line.trim();
            if !trimmed.is_empty() && recovery::ident_len(trimmed) == trimmed.len() {
                self.last.insert(trimmed, start);
                if trimmed == name && start >= pos {
                    return true;
                }
            }
        }
        false
    }
}

/// The line that begins at `start`, without its `\n`.
fn line_at(text: &str, start: usize) -> &str {
    let rest = &text[start..];
    rest.find('\n').map_or(rest, |len| &rest[..len])
}

impl Lexer<'_> {
    /// Takes `<<NAME` and its line break; false if the text is something else.
    pub(super) fn opt_heredoc(&mut self) -> bool {
        let marker = if self.starts_with("<<-") { 3 } else { 2 };
        let start = self.pos + marker;
        let len = recovery::ident_len(&self.text[start..]);
        let end = start + len;
        let line_end = recovery::skip_blanks(self.text.as_bytes(), end);
        self.reach = self.reach.max(line_end + 2);
        let rest = &self.text[line_end..];
        let is_line_end = rest.is_empty() || ["\n", "\r\n", "#", "//"].iter().any(|it| rest.starts_with(it));
        if len == 0 || !is_line_end {
            return false;
        }
        let is_hopeless = !self.closing_lines.has_line_from(self.text, line_end, &self.text[start..end]);
        if is_hopeless {
            self.reach = self.text.len() + 1;
        }
        self.push(HEREDOC_BEGIN, marker + len);
        let opener = Opener::Heredoc { name: (start, end), is_hopeless };
        let mut frame = Frame::new(opener, self.line_start, self.line_indent);
        frame.outer_quotes = std::mem::take(&mut self.open_quotes);
        self.frames.push(frame);
        self.rest_of_first_line(line_end - end);
        if self.at_line_break() {
            self.push(NEWLINE, self.line_break_len());
            self.begin_line(self.pos);
        }
        true
    }

    /// Blanks and a comment behind the name, where nothing may be.
    fn rest_of_first_line(&mut self, blanks: usize) {
        let start = self.pos;
        if blanks > 0 {
            self.push(WHITESPACE, blanks);
        }
        if matches!(self.byte(0), b'#' | b'/') {
            self.line_comment();
        }
        if self.pos > start {
            let message = "a heredoc's name must be the last thing on its line";
            self.errors.push(super::SyntaxError::new(start, self.pos, message));
        }
    }

    /// Takes text up to the next `${` or `%{`, or the line that closes the heredoc.
    pub(super) fn heredoc_text(&mut self) {
        let start = self.pos;
        while self.pos < self.text.len() {
            if self.pos == self.line_start && self.at_heredoc_end(start) {
                return;
            }
            self.steps += 1;
            if self.byte(0) == b'\r' && self.byte(1) != b'\n' {
                self.errors.push(super::SyntaxError::new(self.pos, self.pos + 1, LONE_RETURN));
            }
            match self.template_step() {
                Some(len) => self.pos += len,
                None => break,
            }
            if self.text.as_bytes()[self.pos - 1] == b'\n' {
                self.begin_line(self.pos);
            }
        }
        self.push_text_from(start);
        if self.pos < self.text.len() {
            self.open_template();
        }
    }

    /// Closes the heredoc if this line does so; the text before it began at `text_start`.
    fn at_heredoc_end(&mut self, text_start: usize) -> bool {
        let frame = *self.top();
        let Opener::Heredoc { name, is_hopeless } = frame.opener else { return false };
        let line = line_at(self.text, self.pos);
        self.steps += line.len() as u64;
        if is_hopeless {
            if !self.ends_hopeless(&frame) {
                return false;
            }
            self.push_text_from(text_start);
            self.close_down_to(self.frames.len() - 1);
            return true;
        }
        if line.trim() != &self.text[name.0..name.1] {
            return false;
        }
        let blanks = line.len() - line.trim_start().len();
        self.push_text_from(text_start);
        if blanks > 0 {
            self.push(WHITESPACE, blanks);
        }
        self.push(HEREDOC_END, name.1 - name.0);
        if self.pos == self.text.len() {
            self.reach = self.text.len() + 1;
            self.errors.push(super::SyntaxError::new(
                self.pos,
                self.pos,
                "a line break must follow the name that closes a heredoc",
            ));
        }
        self.pop();
        true
    }

    /// Rule 7: whether the line here is not the heredoc's any more.
    fn ends_hopeless(&self, frame: &Frame) -> bool {
        let line = recovery::look(self.text, self.pos);
        line.column <= frame.indent
            && matches!(line.start, LineStart::Attribute | LineStart::Header { .. } | LineStart::Close(_))
    }

    /// Makes a token of the text from `start` to here, if there is any.
    pub(super) fn push_text_from(&mut self, start: usize) {
        let len = self.pos - start;
        if len > 0 {
            self.pos = start;
            self.push(TEMPLATE_TEXT, len);
        }
    }
}
