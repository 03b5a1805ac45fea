//! The grammar's cursor over the tokens of a chunk, and the tree it builds.

mod report;
mod tree;

pub(super) use self::tree::Done;
pub use self::tree::MAX_DEPTH;
use self::tree::raw;
use super::error::SyntaxError;
use super::grammar;
use super::kind::SyntaxKind::{self, *};
use super::lexer::Token;
use rowan::{GreenNode, GreenNodeBuilder, NodeCache};

/// What the grammar made of a chunk.
pub(super) struct Parsed {
    /// A `BODY` with the chunk's items and trivia.
    pub(super) body: GreenNode,
    /// Errors of the grammar, at offsets of the text.
    pub(super) errors: Vec<SyntaxError>,
    pub(super) steps: u64,
}

/// Builds the tree of a chunk that begins at `offset` of `text`.
pub(super) fn parse_chunk(text: &str, offset: usize, tokens: &[Token], cache: &mut NodeCache) -> Parsed {
    let mut p = Parser {
        text,
        tokens,
        pos: 0,
        offset,
        next: 0,
        builder: GreenNodeBuilder::with_cache(cache),
        open: Vec::new(),
        has_newlines: true,
        errors: Vec::new(),
        last_end: offset,
        last: None,
        is_after_closed: false,
        template_tags: [0, 0],
        has_escapes: false,
        steps: 0,
    };
    p.find_next();
    p.start_before_trivia(BODY);
    grammar::body(&mut p);
    p.skip_trivia();
    while p.pos < p.tokens.len() {
        p.next = p.pos;
        p.bump();
    }
    p.finish();
    Parsed { errors: p.errors, steps: p.steps, body: p.builder.finish() }
}

/// Cursor and builder. The tokens are balanced: the first closing token that is met belongs to
/// the innermost opening one, so a rule that stops there never takes what an outer rule waits for.
pub(super) struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// Index of the first token that is not in the tree yet, and its offset.
    pos: usize,
    offset: usize,
    /// Index of the first token from `pos` on that means something.
    next: usize,
    builder: GreenNodeBuilder<'a>,
    /// Height so far of each open node.
    open: Vec<usize>,
    /// Whether a line break means something here.
    has_newlines: bool,
    errors: Vec<SyntaxError>,
    /// Offset behind the last token that meant something, and its kind.
    last_end: usize,
    last: Option<SyntaxKind>,
    /// The last token was a closing one that the text lacks.
    is_after_closed: bool,
    /// Open `%{ if }` and `%{ for }`.
    pub(super) template_tags: [usize; 2],
    /// In the text of a quoted template, where backslashes escape.
    pub(super) has_escapes: bool,
    steps: u64,
}

impl<'a> Parser<'a> {
    /// Kind of the next token; `None` at the end of the chunk.
    pub(super) fn current(&self) -> Option<SyntaxKind> {
        self.tokens.get(self.next).map(|token| token.kind)
    }

    pub(super) fn at(&self, kind: SyntaxKind) -> bool {
        self.current() == Some(kind)
    }

    /// Whether the next token closes the innermost thing that is open.
    pub(super) fn at_closer(&self) -> bool {
        self.current().is_some_and(is_closer)
    }

    /// At a line break that means something, a closing token or the end.
    pub(super) fn at_item_end(&self) -> bool {
        self.current().is_none_or(|kind| kind == NEWLINE || is_closer(kind))
    }

    /// Whether the text lacks the next token.
    pub(super) fn is_missing(&self) -> bool {
        self.tokens.get(self.next).is_some_and(|token| token.len == 0)
    }

    /// Whether what was just parsed was closed only by the rules of recovery.
    pub(super) fn is_after_closed(&self) -> bool {
        self.is_after_closed
    }

    /// Text of the next token.
    pub(super) fn current_text(&self) -> &'a str {
        let start = self.next_offset();
        let len = self.tokens.get(self.next).map_or(0, |token| token.len as usize);
        &self.text[start..start + len]
    }

    pub(super) fn at_word(&self, word: &str) -> bool {
        self.at(IDENT) && self.current_text() == word
    }

    /// Kind and text of the token behind the next one.
    pub(super) fn second(&self) -> Option<(SyntaxKind, &'a str)> {
        self.after_next(|kind| kind.is_trivia() || kind == NEWLINE && !self.has_newlines)
    }

    /// Kind of the token behind the next one and the line breaks there.
    pub(super) fn second_past_newlines(&self) -> Option<SyntaxKind> {
        self.after_next(|kind| kind.is_trivia() || kind == NEWLINE).map(|(kind, _)| kind)
    }

    /// Text of the token behind the next one and a strip marker: the word of a `%{`.
    pub(super) fn directive_word(&self) -> &'a str {
        match self.after_next(|kind| kind.is_trivia() || matches!(kind, NEWLINE | STRIP)) {
            Some((IDENT, word)) => word,
            _ => "",
        }
    }

    fn after_next(&self, is_skipped: impl Fn(SyntaxKind) -> bool) -> Option<(SyntaxKind, &'a str)> {
        let mut offset = self.offset;
        for (index, token) in self.tokens.iter().enumerate().skip(self.pos) {
            let end = offset + token.len as usize;
            if index > self.next && !is_skipped(token.kind) {
                return Some((token.kind, &self.text[offset..end]));
            }
            offset = end;
        }
        None
    }

    /// Decides whether line breaks mean something from here on; returns what held before.
    pub(super) fn set_newlines(&mut self, has_newlines: bool) -> bool {
        let before = std::mem::replace(&mut self.has_newlines, has_newlines);
        if before != has_newlines {
            self.find_next();
        }
        before
    }

    fn find_next(&mut self) {
        self.next = self.pos;
        while let Some(token) = self.tokens.get(self.next) {
            self.steps += 1;
            if !(token.kind.is_trivia() || token.kind == NEWLINE && !self.has_newlines) {
                break;
            }
            self.next += 1;
        }
    }

    fn take(&mut self) {
        let token = self.tokens[self.pos];
        let end = self.offset + token.len as usize;
        if token.len > 0 {
            self.builder.token(raw(token.kind), &self.text[self.offset..end]);
        }
        self.offset = end;
        self.pos += 1;
        self.steps += 1;
    }

    /// Puts trivia before the next token into the node that is open.
    pub(super) fn skip_trivia(&mut self) {
        while self.pos < self.next {
            self.take();
        }
    }

    /// Takes the next token. Ends every loop of the grammar, since it always moves.
    pub(super) fn bump(&mut self) {
        self.skip_trivia();
        let Some(token) = self.tokens.get(self.pos).copied() else { return };
        self.take();
        if token.len > 0 && token.kind != NEWLINE {
            self.last_end = self.offset - self.line_breaks_before(self.offset, token);
        }
        self.last = Some(token.kind);
        self.is_after_closed = token.len == 0 && is_closer(token.kind);
        self.find_next();
    }

    /// Bytes of the line break that a heredoc's text ends with: what is missing is missing before it.
    fn line_breaks_before(&self, end: usize, token: Token) -> usize {
        let text = &self.text[end - token.len as usize..end];
        if token.kind == TEMPLATE_TEXT { text.len() - text.trim_end_matches(['\n', '\r']).len() } else { 0 }
    }

    /// Takes the next token if it is of this kind.
    pub(super) fn opt(&mut self, kind: SyntaxKind) -> bool {
        let is_at = self.at(kind);
        if is_at {
            self.bump();
        }
        is_at
    }

    /// Takes the token, or says that it is missing.
    pub(super) fn expect(&mut self, kind: SyntaxKind, message: &str) -> bool {
        let found = self.opt(kind);
        if !found {
            self.missing(message);
        }
        found
    }

    /// Takes all that is left before the closing token `kind`, and that token.
    pub(super) fn close(&mut self, kind: SyntaxKind, message: &str) {
        if !self.at_closer() {
            self.unexpected(message, &[]);
        }
        if self.is_missing() {
            self.missing(message);
        }
        if self.at(kind) {
            self.bump();
        }
    }

    fn next_offset(&self) -> usize {
        let trivia: usize = self.tokens[self.pos..self.next].iter().map(|token| token.len as usize).sum();
        self.offset + trivia
    }
}

fn is_opener(kind: SyntaxKind) -> bool {
    matches!(
        kind,
        L_BRACE | L_BRACKET | L_PAREN | OPEN_QUOTE | HEREDOC_BEGIN | INTERPOLATION_OPEN | DIRECTIVE_OPEN
    )
}

fn is_closer(kind: SyntaxKind) -> bool {
    matches!(kind, R_BRACE | R_BRACKET | R_PAREN | CLOSE_QUOTE | HEREDOC_END | TEMPLATE_CLOSE)
}
