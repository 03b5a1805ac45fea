//! Closing things, also those that the text leaves open: the rules of `grammar/recovery.rs`.

use super::super::grammar::recovery::{self, Line, LineStart};
use super::super::kind::SyntaxKind::{self, *};
use super::frame::{Frame, Header, Opener};
use super::{Lexer, Suspect, Token};

/// How many open brackets are searched for the partner of a closing one.
const SEARCHED: usize = 64;

impl Lexer<'_> {
    /// Takes a line break, then looks at the next line.
    pub(super) fn line_break(&mut self) -> Result<(), Suspect> {
        if self.open_quotes > 0 && self.distrusts_strings {
            self.close_quotes();
        }
        self.opt_missing_brace();
        self.push(NEWLINE, self.line_break_len());
        self.begin_line(self.pos);
        if let Some(frame) = self.frames.last_mut()
            && frame.is_body()
            && !frame.awaits_brace
        {
            (frame.has_eq, frame.header) = (false, Header::Nothing);
        }
        if self.frames.len() > 1 {
            let line = recovery::look(self.text, self.pos);
            self.looked(&line);
            self.before_line(&line)?;
        }
        Ok(())
    }

    fn looked(&mut self, line: &Line<'_>) {
        self.steps += (line.looked - self.pos.min(line.looked)) as u64;
        self.reach = self.reach.max(line.looked.min(self.text.len() + 1));
    }

    fn before_line(&mut self, line: &Line<'_>) -> Result<(), Suspect> {
        match line.start {
            LineStart::Empty => return Ok(()),
            LineStart::Attribute if self.top().is_expression_only() => {
                self.trust_strings()?;
                self.close_down_to(self.depth_of(|frame| frame.is_brace() || is_floor(frame)));
            }
            LineStart::Header { .. } if !self.top().is_body() => {
                self.trust_strings()?;
                let depth = self.depth_of(|frame| frame.is_body() || is_floor(frame));
                self.trust_braces_above(depth)?;
                self.close_down_to(depth);
            }
            LineStart::Close(b'}') if self.open_quotes > 0 && self.is_end_of_block(line) => {
                self.trust_strings()?;
            }
            _ => {}
        }
        if line.is_top_level_header() {
            let depth = self.depth_of(is_floor);
            self.trust_braces_above(depth)?;
            self.close_down_to(depth);
        }
        if self.distrusts_braces {
            self.close_by_indentation(line);
        }
        Ok(())
    }

    /// A `}` that cannot close the interpolation, since the string does not go on behind it.
    fn is_end_of_block(&mut self, line: &Line<'_>) -> bool {
        let inner = self.depth_of(|frame| !matches!(frame.opener, Opener::Paren | Opener::Bracket));
        if self.frames.get(inner - 1).is_some_and(Frame::is_brace) {
            return false;
        }
        let rest = &self.text[self.pos + line.column..];
        let rest = &rest[..rest.find('\n').unwrap_or(rest.len())];
        self.steps += rest.len() as u64;
        self.reach = self.reach.max(self.pos + line.column + rest.len() + 1);
        !rest.contains('"') && !rest.contains("${") && !rest.contains("%{")
    }

    fn trust_strings(&self) -> Result<(), Suspect> {
        let distrusted = self.open_quotes > 0 && !self.distrusts_strings;
        if distrusted { Err(Suspect::Strings) } else { Ok(()) }
    }

    /// Closing a brace that the text does not close raises the suspicion.
    fn trust_braces_above(&self, depth: usize) -> Result<(), Suspect> {
        let closes_brace = self.frames.iter().skip(depth).any(Frame::is_brace);
        if closes_brace && !self.distrusts_braces { Err(Suspect::Braces) } else { Ok(()) }
    }

    /// Rule 5.
    fn close_by_indentation(&mut self, line: &Line<'_>) {
        loop {
            let frame = self.top();
            let is_done = match line.start {
                _ if is_floor(frame) || frame.opener == Opener::Quote => true,
                LineStart::Close(_) => line.column >= frame.indent,
                LineStart::Attribute | LineStart::Header { .. } => {
                    let is_flush = frame.first_item.is_some_and(|column| column <= frame.indent);
                    line.column > frame.indent
                        || is_flush
                        || (frame.opener == Opener::Block && frame.indent == 0)
                }
                _ => true,
            };
            if is_done {
                return;
            }
            self.close_down_to(self.frames.len() - 1);
        }
    }

    /// Number of frames up to and with the innermost one for which `is` holds.
    fn depth_of(&self, is: impl Fn(&Frame) -> bool) -> usize {
        self.frames.iter().rposition(is).map_or(1, |index| index + 1)
    }

    pub(super) fn has_quote_of_another_line(&self) -> bool {
        self.frames.iter().any(|frame| frame.opener == Opener::Quote && frame.line_start != self.line_start)
    }

    /// Closes all quotes above the innermost heredoc.
    fn close_quotes(&mut self) {
        let above = self.depth_of(is_floor);
        let outermost = self.frames[above..].iter().position(|frame| frame.opener == Opener::Quote);
        if let Some(index) = outermost {
            self.close_down_to(above + index);
        }
    }

    /// Adds the closing tokens that the text lacks until `depth` frames are left: behind the last
    /// token that means something, but from the first brace on here, so that the empty lines of
    /// an unclosed body are inside it.
    pub(super) fn close_down_to(&mut self, depth: usize) {
        let mut closers = Vec::new();
        let mut kept_back = None;
        while self.frames.len() > depth {
            let Some(frame) = self.pop() else { break };
            if frame.is_brace() && kept_back.is_none() {
                kept_back = Some(closers.len());
            }
            self.steps += 1;
            closers.push(Token { kind: closer(&frame.opener), len: 0 });
        }
        if closers.is_empty() {
            return;
        }
        let late = closers.split_off(kept_back.unwrap_or(closers.len()));
        self.steps += (self.tokens.len() - self.significant) as u64;
        let early = closers.len();
        self.tokens.splice(self.significant..self.significant, closers);
        self.significant += early;
        if !late.is_empty() {
            self.tokens.extend(late);
            self.significant = self.tokens.len();
        }
    }

    /// Takes the innermost frame off, never the file's.
    pub(super) fn pop(&mut self) -> Option<Frame> {
        if self.frames.len() <= 1 {
            return None;
        }
        let frame = self.frames.pop()?;
        match frame.opener {
            Opener::Quote => self.open_quotes -= 1,
            Opener::Heredoc { .. } => self.open_quotes = frame.outer_quotes,
            Opener::Block | Opener::Object | Opener::Interpolation | Opener::Directive => {
                self.open_braces -= 1
            }
            Opener::File | Opener::Paren | Opener::Bracket => {}
        }
        Some(frame)
    }

    pub(super) fn close_brace(&mut self) -> Result<(), Suspect> {
        if self.open_braces == 0 || self.is_extra_brace() {
            self.push_error(1, "this `}` closes nothing");
            return Ok(());
        }
        self.close_down_to(self.depth_of(|frame| !matches!(frame.opener, Opener::Paren | Opener::Bracket)));
        let kind = closer(&self.top().opener);
        self.pop();
        self.push(kind, 1);
        Ok(())
    }

    /// Rule 4: a `}` too many inside a top-level block.
    fn is_extra_brace(&mut self) -> bool {
        let frame = *self.top();
        let may_be = self.frames.len() == 2
            && frame.opener == Opener::Block
            && self.is_first_on_line()
            && self.line_indent > frame.indent;
        if !may_be {
            return false;
        }
        let rest = recovery::look(self.text, self.pos + 1);
        if rest.start != LineStart::Empty {
            return false;
        }
        let Some(len) = self.text[self.pos..].find('\n') else { return false };
        let line = recovery::look_past_empty(self.text, self.pos + len + 1);
        self.looked(&line);
        match line.start {
            LineStart::Attribute => line.column > frame.indent,
            LineStart::Close(b'}') => true,
            _ => false,
        }
    }

    pub(super) fn close_bracket(&mut self, kind: SyntaxKind, opener: Opener) -> Result<(), Suspect> {
        if let Some(depth) = self.partner(opener)? {
            self.close_down_to(depth + 1);
            self.pop();
            self.push(kind, 1);
        } else {
            let bracket = if kind == R_PAREN { ')' } else { ']' };
            self.push_error(1, format!("this `{bracket}` closes nothing"));
        }
        Ok(())
    }

    /// Index of the frame that a `)` or `]` here closes.
    fn partner(&mut self, opener: Opener) -> Result<Option<usize>, Suspect> {
        let mut in_string = false;
        for (index, frame) in self.frames.iter().enumerate().rev().take(SEARCHED) {
            self.steps += 1;
            match frame.opener {
                it if it == opener => {
                    if in_string && !self.distrusts_strings {
                        return Err(Suspect::Strings);
                    }
                    return Ok((!in_string).then_some(index));
                }
                Opener::Paren | Opener::Bracket => {}
                Opener::Object if frame.line_start == self.line_start => {}
                Opener::Quote | Opener::Interpolation | Opener::Directive
                    if self.is_first_on_line() && frame.line_start != self.line_start =>
                {
                    in_string = true;
                }
                _ => return Ok(None),
            }
        }
        Ok(None)
    }

    /// Keeps up what the current item of a body looks like.
    pub(super) fn note_header(&mut self, kind: SyntaxKind) {
        let Some(frame) = self.frames.last_mut() else { return };
        if frame.is_body() {
            frame.awaits_brace = false;
            frame.header = match (frame.header, kind) {
                (Header::Nothing, IDENT) => Header::Word,
                (Header::Word | Header::Label, CLOSE_QUOTE) => Header::Label,
                (header @ (Header::Word | Header::Label), IDENT | OPEN_QUOTE) => header,
                _ => Header::Other,
            };
        }
    }

    /// Rule 8: the `{` of a header that ends with its line.
    fn opt_missing_brace(&mut self) {
        let frame = *self.top();
        if !frame.is_body() || frame.header != Header::Label {
            return;
        }
        let Some(len) = self.text[self.pos..].find('\n') else { return };
        let line = recovery::look_past_empty(self.text, self.pos + len + 1);
        self.looked(&line);
        match line.start {
            LineStart::Open => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.awaits_brace = true;
                }
            }
            LineStart::Attribute | LineStart::Header { .. } if line.column > self.line_indent => {
                self.tokens.insert(self.significant, Token { kind: L_BRACE, len: 0 });
                self.significant += 1;
                self.frames.push(Frame::new(Opener::Block, self.line_start, self.line_indent));
                self.open_braces += 1;
            }
            _ => {}
        }
    }
}

/// Nothing is closed beyond a heredoc by what its text looks like.
fn is_floor(frame: &Frame) -> bool {
    matches!(frame.opener, Opener::File | Opener::Heredoc { .. })
}

fn closer(opener: &Opener) -> SyntaxKind {
    match opener {
        Opener::Block | Opener::Object | Opener::File => R_BRACE,
        Opener::Paren => R_PAREN,
        Opener::Bracket => R_BRACKET,
        Opener::Quote => CLOSE_QUOTE,
        Opener::Heredoc { .. } => HEREDOC_END,
        Opener::Interpolation | Opener::Directive => TEMPLATE_CLOSE,
    }
}
