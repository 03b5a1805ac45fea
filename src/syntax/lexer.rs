//! Text to tokens: a stack of what is open decides how the next bytes are read.
//!
//! The text is cut into *chunks*, one top-level item each, with the empty lines and comments
//! before it. Nothing is open between two chunks, so that each can be read alone. Inside a chunk
//! every opening token has a closing one behind it; the ones the text lacks have no length
//! (see `grammar/recovery.rs`).

mod frame;
mod heredoc;
mod normal;
mod recover;
mod template;

use self::frame::{Frame, Opener};
use self::heredoc::ClosingLines;
use super::error::SyntaxError;
use super::grammar::recovery;
use super::kind::SyntaxKind::{self, *};

const LONE_RETURN: &str = "a carriage return without a line feed does not end a line";

/// A token by its length; the text is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: SyntaxKind,
    /// Bytes; 0 for a token that the text lacks.
    pub(super) len: u32,
}

/// What is known of a chunk besides its tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    /// Offset of its first byte.
    pub(super) start: usize,
    /// Offset behind its last byte.
    pub(super) end: usize,
    /// End (exclusive) of all that was looked at to read it; one past the text when its end was seen.
    pub(super) reach: usize,
    /// Whether it was read without distrust left over from the chunks before it.
    pub(super) is_neutral: bool,
}

/// Why a chunk must be read again, with less trust (rules 5 and 6 of `grammar/recovery.rs`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Suspect {
    /// There are too few `}`: from now on indentation counts.
    Braces,
    /// A string was not closed: from now on each ends at its line's end.
    Strings,
}

/// Reads a text chunk by chunk.
pub(super) struct Lexer<'t> {
    text: &'t str,
    pos: usize,
    pub(super) tokens: Vec<Token>,
    /// What the tokens themselves show to be wrong, at offsets of the text.
    pub(super) errors: Vec<SyntaxError>,
    frames: Vec<Frame>,
    /// Number of quotes open above the innermost heredoc.
    open_quotes: usize,
    /// Number of `{`, `${` and `%{` open.
    open_braces: usize,
    /// Index behind the last token that is not trivia.
    significant: usize,
    line_start: usize,
    /// Bytes of blanks at the start of the current line.
    line_indent: usize,
    reach: usize,
    braces_until: usize,
    strings_until: usize,
    distrusts_braces: bool,
    distrusts_strings: bool,
    closing_lines: ClosingLines<'t>,
    /// No `*/` from here on, once that was looked for in vain.
    no_comment_end_from: usize,
    steps: u64,
}

impl<'t> Lexer<'t> {
    /// Begins at `start`, where nothing may be open.
    pub(super) fn new(text: &'t str, start: usize) -> Lexer<'t> {
        Lexer {
            text,
            pos: start,
            tokens: Vec::new(),
            errors: Vec::new(),
            frames: Vec::new(),
            open_quotes: 0,
            open_braces: 0,
            significant: 0,
            line_start: start,
            line_indent: 0,
            reach: start,
            braces_until: 0,
            strings_until: 0,
            distrusts_braces: false,
            distrusts_strings: false,
            closing_lines: ClosingLines::new(start),
            no_comment_end_from: usize::MAX,
            steps: 0,
        }
    }

    /// Bytes and tokens visited so far: the measure of the tests for linear time.
    pub(super) fn steps(&self) -> u64 {
        self.steps + self.closing_lines.steps()
    }

    /// Offset of the next chunk.
    pub(super) fn pos(&self) -> usize {
        self.pos
    }

    /// Whether the next chunk begins without distrust left over.
    pub(super) fn is_neutral(&self) -> bool {
        self.pos >= self.braces_until && self.pos >= self.strings_until
    }

    /// Reads the next chunk into `tokens` and `errors`; `None` at the end of the text.
    pub(super) fn next_chunk(&mut self) -> Option<Chunk> {
        let start = self.pos;
        if start == self.text.len() {
            return None;
        }
        self.reach = start;
        self.distrusts_braces = start < self.braces_until;
        self.distrusts_strings = start < self.strings_until;
        let is_neutral = self.is_neutral();
        while let Err(suspect) = self.read_chunk(start) {
            self.reach = self.reach.max(self.pos + 1);
            match suspect {
                Suspect::Braces => (self.distrusts_braces, self.braces_until) = (true, self.pos),
                Suspect::Strings => (self.distrusts_strings, self.strings_until) = (true, self.pos),
            }
        }
        Some(Chunk { start, end: self.pos, reach: self.reach.max(self.pos), is_neutral })
    }

    fn read_chunk(&mut self, start: usize) -> Result<(), Suspect> {
        self.pos = start;
        self.tokens.clear();
        self.errors.clear();
        self.frames.clear();
        self.frames.push(Frame::new(Opener::File, start, 0));
        (self.open_quotes, self.open_braces, self.significant) = (0, 0, 0);
        self.begin_line(start);
        loop {
            self.steps += 1;
            if self.pos == self.text.len() {
                return self.end_of_text();
            }
            match self.top().opener {
                Opener::Quote => self.quoted_text()?,
                Opener::Heredoc { .. } => self.heredoc_text(),
                _ if self.at_line_break() => {
                    self.line_break()?;
                    if self.is_chunk_end() {
                        return Ok(());
                    }
                }
                _ => self.normal()?,
            }
        }
    }

    /// Behind the line break that ends an item, with nothing open.
    fn is_chunk_end(&self) -> bool {
        self.frames.len() == 1 && self.significant > 0 && !self.top().awaits_brace
    }

    fn end_of_text(&mut self) -> Result<(), Suspect> {
        self.reach = self.text.len() + 1;
        if !self.distrusts_strings && self.has_quote_of_another_line() {
            return Err(Suspect::Strings);
        }
        if !self.distrusts_braces && self.frames.iter().any(Frame::is_brace) {
            return Err(Suspect::Braces);
        }
        self.close_down_to(1);
        Ok(())
    }

    fn top(&self) -> &Frame {
        self.frames.last().unwrap_or(&Frame::FILE)
    }

    fn byte(&self, ahead: usize) -> u8 {
        self.text.as_bytes().get(self.pos + ahead).copied().unwrap_or(0)
    }

    fn starts_with(&self, prefix: &str) -> bool {
        self.text.as_bytes()[self.pos..].starts_with(prefix.as_bytes())
    }

    /// Takes the next `len` bytes as a token.
    fn push(&mut self, kind: SyntaxKind, len: usize) {
        let is_trivia = kind.is_trivia() || kind == NEWLINE;
        if !is_trivia {
            self.note_first_item(kind);
            self.note_header(kind);
        }
        self.tokens.push(Token { kind, len: len as u32 });
        self.pos += len;
        if !is_trivia {
            self.significant = self.tokens.len();
        }
    }

    fn push_error(&mut self, len: usize, message: impl Into<String>) {
        self.errors.push(SyntaxError::new(self.pos, self.pos + len, message));
        self.push(ERROR_TOKEN, len);
    }

    /// Whether the next token is the first on its line.
    fn is_first_on_line(&self) -> bool {
        self.pos == self.line_start + self.line_indent
    }

    fn begin_line(&mut self, at: usize) {
        self.line_start = at;
        self.line_indent = recovery::skip_blanks(self.text.as_bytes(), at) - at;
        self.steps += self.line_indent as u64;
    }

    fn at_line_break(&self) -> bool {
        self.line_break_len() > 0
    }

    /// 1 or 2 at a line break, else 0.
    fn line_break_len(&self) -> usize {
        match (self.byte(0), self.byte(1)) {
            (b'\n', _) => 1,
            (b'\r', b'\n') => 2,
            _ => 0,
        }
    }

    fn note_first_item(&mut self, kind: SyntaxKind) {
        if !self.is_first_on_line() || kind == R_BRACE {
            return;
        }
        let column = self.line_indent;
        if let Some(frame) = self.frames.last_mut()
            && frame.is_brace()
            && frame.first_item.is_none()
        {
            frame.first_item = Some(column);
        }
    }
}
