//! Tokens outside of templates.

use super::super::grammar::recovery;
use super::super::kind::SyntaxKind::{self, *};
use super::frame::{Frame, Opener};
use super::{LONE_RETURN, Lexer, Suspect};

impl Lexer<'_> {
    /// Takes one token that is not a line break.
    pub(super) fn normal(&mut self) -> Result<(), Suspect> {
        match self.byte(0) {
            b' ' | b'\t' => {
                let len = recovery::skip_blanks(self.text.as_bytes(), self.pos) - self.pos;
                self.push(WHITESPACE, len);
            }
            b'#' => self.line_comment(),
            b'/' if self.byte(1) == b'/' => self.line_comment(),
            b'/' if self.byte(1) == b'*' => self.block_comment(),
            b'"' => self.open_quote(),
            b'0'..=b'9' => self.number(),
            b'{' => self.open_brace(),
            b'(' => self.open(L_PAREN, Opener::Paren),
            b'[' => self.open(L_BRACKET, Opener::Bracket),
            b'}' => self.close_brace()?,
            b')' => self.close_bracket(R_PAREN, Opener::Paren)?,
            b']' => self.close_bracket(R_BRACKET, Opener::Bracket)?,
            b'<' if self.byte(1) == b'<' && self.opt_heredoc() => {}
            b'\'' => self.single_quoted(),
            b if b.is_ascii() && !b.is_ascii_alphabetic() && b != b'_' => self.punctuation(),
            _ => self.name(),
        }
        Ok(())
    }

    fn name(&mut self) {
        match recovery::ident_len(&self.text[self.pos..]) {
            0 => self.unknown(),
            len => self.push(IDENT, len),
        }
    }

    fn unknown(&mut self) {
        let rest = &self.text[self.pos..];
        let c = rest.chars().next().unwrap_or(' ');
        let message = match c {
            '“' | '”' | '„' | '‘' | '’' => {
                "strings are written in straight double quotes, `\"…\"`".to_owned()
            }
            '\r' => LONE_RETURN.to_owned(),
            c if c.is_control() || c.is_whitespace() || c == '\u{feff}' => {
                format!("unexpected invisible character U+{:04X}", c as u32)
            }
            c => format!("unexpected character `{c}`"),
        };
        self.push_error(c.len_utf8(), message);
    }

    fn single_quoted(&mut self) {
        let rest = &self.text.as_bytes()[self.pos + 1..];
        let len = rest.iter().take_while(|b| !matches!(b, b'\'' | b'\n' | b'\r')).count();
        let closed = rest.get(len) == Some(&b'\'');
        // Without a second quote on the line it is one stray character.
        let len = if closed { len + 2 } else { 1 };
        self.steps += len as u64;
        self.push_error(len, "strings are written in double quotes, `\"…\"`");
    }

    pub(super) fn line_comment(&mut self) {
        let rest = &self.text[self.pos..];
        let len = rest.find('\n').map_or(rest.len(), |len| len - usize::from(rest[..len].ends_with('\r')));
        self.push(COMMENT, len);
    }

    fn block_comment(&mut self) {
        let end = if self.pos < self.no_comment_end_from {
            self.text[self.pos + 2..].find("*/").map(|len| len + 4)
        } else {
            None
        };
        if let Some(len) = end {
            self.push(COMMENT, len);
            return;
        }
        if self.no_comment_end_from == usize::MAX {
            self.steps += (self.text.len() - self.pos) as u64;
        }
        self.no_comment_end_from = self.no_comment_end_from.min(self.pos);
        self.reach = self.text.len() + 1;
        self.errors.push(super::SyntaxError::new(
            self.pos,
            self.pos + 2,
            "this comment is not closed by `*/`",
        ));
        self.line_comment();
    }

    /// A number with its dots and exponents, as far as HCL's scanner takes them in: `1.5.2` and `a.0.1` hold one.
    fn number(&mut self) {
        let bytes = &self.text.as_bytes()[self.pos..];
        let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
        let (mut len, mut at) = (0, 0);
        loop {
            let more = match bytes.get(at) {
                Some(b'0'..=b'9') => digits(at),
                // A dot at the end is not the number's.
                Some(b'.') => {
                    at += 1;
                    continue;
                }
                Some(b'e' | b'E') => {
                    let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
                    match digits(at + 1 + sign) {
                        0 => break,
                        exponent => 1 + sign + exponent,
                    }
                }
                _ => break,
            };
            at += more;
            len = at;
        }
        self.steps += (at - len) as u64;
        let text = &self.text[self.pos..self.pos + len];
        let is_index = self.significant == self.tokens.len()
            && self.tokens.last().is_some_and(|token| token.kind == DOT);
        let message = if is_index && let Some((first, second)) = text.split_once('.') {
            Some(format!("indexes behind one another are written in brackets, `[{first}][{second}]`"))
        } else if !is_number(text) {
            Some(format!("`{text}` is not a number"))
        } else {
            None
        };
        self.errors.extend(message.map(|it| super::SyntaxError::new(self.pos, self.pos + len, it)));
        self.push(NUMBER, len);
    }

    fn punctuation(&mut self) {
        let next = self.byte(1);
        let (kind, len): (SyntaxKind, usize) = match (self.byte(0), next) {
            (b'.', b'.') if self.byte(2) == b'.' => (ELLIPSIS, 3),
            (b'=', b'=') => (EQ_EQ, 2),
            (b'=', b'>') => (FAT_ARROW, 2),
            (b'!', b'=') => (NOT_EQ, 2),
            (b'<', b'=') => (LT_EQ, 2),
            (b'>', b'=') => (GT_EQ, 2),
            (b'&', b'&') => (AND_AND, 2),
            (b'|', b'|') => (OR_OR, 2),
            (b':', b':') => (COLON_COLON, 2),
            (b'.', _) => (DOT, 1),
            (b'=', _) => (EQ, 1),
            (b'!', _) => (BANG, 1),
            (b'<', _) => (LT, 1),
            (b'>', _) => (GT, 1),
            (b':', _) => (COLON, 1),
            (b',', _) => (COMMA, 1),
            (b'?', _) => (QUESTION, 1),
            (b'+', _) => (PLUS, 1),
            (b'-', _) => (MINUS, 1),
            (b'*', _) => (STAR, 1),
            (b'/', _) => (SLASH, 1),
            (b'%', _) => (PERCENT, 1),
            (b'~', b'}') if matches!(self.top().opener, Opener::Interpolation | Opener::Directive) => {
                (STRIP, 1)
            }
            _ => return self.unknown(),
        };
        self.push(kind, len);
        if kind == EQ
            && let Some(frame) = self.frames.last_mut()
        {
            frame.has_eq = true;
        }
    }

    fn open(&mut self, kind: SyntaxKind, opener: Opener) {
        self.push(kind, 1);
        self.frames.push(Frame::new(opener, self.line_start, self.line_indent));
    }

    fn open_brace(&mut self) {
        let is_block = self.top().is_body() && !self.top().has_eq;
        if let Some(frame) = self.frames.last_mut() {
            frame.awaits_brace = false;
        }
        self.open(L_BRACE, if is_block { Opener::Block } else { Opener::Object });
        self.open_braces += 1;
    }
}

/// digits (`.` digits?)? exponent?
fn is_number(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let fraction = mantissa.split_once('.').map_or("", |(_, fraction)| fraction);
    !fraction.contains('.') && !exponent.contains(['e', 'E', '.'])
}
