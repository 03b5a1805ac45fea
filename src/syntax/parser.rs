//! The grammar's cursor over the tokens of a chunk, and the tree it builds.

use super::error::SyntaxError;
use super::grammar;
use super::kind::SyntaxKind::{self, *};
use super::lexer::Token;
use rowan::{Checkpoint, GreenNode, GreenNodeBuilder, Language, NodeCache};

/// Most nodes above each other inside the file's body; what is deeper goes flat into an `ERROR`.
pub const MAX_DEPTH: usize = 200;

/// A place where a node may begin.
#[derive(Clone, Copy)]
pub(super) struct Start(Checkpoint);

/// A finished node which a following operator may take in.
#[derive(Clone, Copy)]
pub(super) struct Done {
    start: Start,
    /// Nodes above each other in it.
    height: usize,
}

/// What the grammar made of a chunk.
pub(super) struct Parsed {
    /// A `BODY` with the chunk's items and trivia.
    pub(super) body: GreenNode,
    /// Errors of the grammar, at offsets of the text.
    pub(super) errors: Vec<SyntaxError>,
    /// Tokens visited.
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
            self.last_end = self.offset;
        }
        self.last = Some(token.kind);
        self.is_after_closed = token.len == 0 && is_closer(token.kind);
        self.find_next();
    }

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

    pub(super) fn start(&mut self, kind: SyntaxKind) {
        self.skip_trivia();
        self.start_before_trivia(kind);
    }

    /// Begins a node with the blanks and comments that come next in it.
    pub(super) fn start_before_trivia(&mut self, kind: SyntaxKind) {
        self.builder.start_node(raw(kind));
        self.open.push(0);
    }

    /// A place to begin a node at later.
    pub(super) fn here(&mut self) -> Start {
        self.skip_trivia();
        Start(self.builder.checkpoint())
    }

    /// Begins a node at `start`, with only tokens behind it.
    pub(super) fn start_at(&mut self, start: Start, kind: SyntaxKind) {
        self.builder.start_node_at(start.0, raw(kind));
        self.open.push(0);
    }

    /// Begins a node around `done`.
    pub(super) fn wrap(&mut self, done: Done, kind: SyntaxKind) {
        self.builder.start_node_at(done.start.0, raw(kind));
        self.open.push(done.height);
    }

    pub(super) fn finish(&mut self) -> usize {
        self.builder.finish_node();
        let height = self.open.pop().unwrap_or(0) + 1;
        if let Some(outer) = self.open.last_mut() {
            *outer = height.max(*outer);
        }
        height
    }

    /// Ends the node begun at `start`, which an operator may take in.
    pub(super) fn finish_at(&mut self, start: Start) -> Done {
        Done { start, height: self.finish() }
    }

    pub(super) fn finish_wrap(&mut self, done: Done) -> Done {
        self.finish_at(done.start)
    }

    /// Whether another node over one of this height would make the tree too deep.
    pub(super) fn is_too_deep(&self, done: Option<Done>) -> bool {
        // Some nodes (a key in an item in an object) come without being asked for.
        self.open.len() + done.map_or(0, |done| done.height) + 5 > MAX_DEPTH
    }

    /// Takes what is too deep, flat.
    pub(super) fn too_deep(&mut self) -> Done {
        let start = self.here();
        if !self.at_item_end() {
            let message = format!("nested more than {MAX_DEPTH} levels deep: not read any further");
            self.unexpected(&message, &[COMMA]);
        }
        Done { start, height: 1 }
    }

    /// Something is missing behind the last token.
    pub(super) fn missing(&mut self, message: &str) {
        let is_repeated = self
            .errors
            .last()
            .is_some_and(|error| error.range.is_empty() && usize::from(error.range.start()) == self.last_end);
        if !is_repeated && self.last != Some(ERROR_TOKEN) {
            self.errors.push(SyntaxError::new(self.last_end, self.last_end, message));
        }
    }

    /// An error over the next token.
    pub(super) fn error_here(&mut self, message: &str) {
        self.error_in_next(0, self.current_text().len(), message);
    }

    /// An error over bytes of the next token.
    pub(super) fn error_in_next(&mut self, start: usize, end: usize, message: &str) {
        let offset = self.next_offset();
        self.errors.push(SyntaxError::new(offset + start, offset + end, message));
    }

    fn next_offset(&self) -> usize {
        let trivia: usize = self.tokens[self.pos..self.next].iter().map(|token| token.len as usize).sum();
        self.offset + trivia
    }

    /// Puts tokens into an `ERROR` up to one of `stops`, a line break that means something, a
    /// closing token or the end. Pairs are taken whole. Says so, unless the lexer did already.
    pub(super) fn unexpected(&mut self, message: &str, stops: &[SyntaxKind]) {
        let is_end = |p: &Self| p.at_item_end() || p.current().is_some_and(|kind| stops.contains(&kind));
        if is_end(self) {
            return;
        }
        let is_known = self.at(ERROR_TOKEN) || self.last == Some(ERROR_TOKEN);
        self.start(ERROR);
        let start = self.offset;
        while !is_end(self) {
            self.bump_group();
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

fn raw(kind: SyntaxKind) -> rowan::SyntaxKind {
    super::kind::Hcl::kind_to_raw(kind)
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
