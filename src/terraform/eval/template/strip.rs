//! The literal text of a template: without the blanks that `~` strips, and without indentation in `<<-`.
//!
//! HCL does both token by token, one line of a heredoc being one token: `~` reaches no further than the line it
//! stands in, and indentation is taken off what is left.

use std::collections::HashMap;

use crate::syntax::ast::{Strip, TemplatePart, TemplateText};
use crate::syntax::literal;
use crate::text::TextSize;

/// What the text tokens of a template say, by their offsets, where that is not just their own text.
pub(super) struct Stripped {
    texts: HashMap<TextSize, String>,
}

/// A token as HCL sees it.
enum Token {
    Literal { text: String, of: TextSize },
    Mark(Strip),
}

impl Stripped {
    pub(super) fn of_quoted(parts: &[TemplatePart]) -> Self {
        Self::of(parts, false, false)
    }

    pub(super) fn of_heredoc(parts: &[TemplatePart], indented: bool) -> Self {
        Self::of(parts, true, indented)
    }

    fn of(parts: &[TemplatePart], by_line: bool, indented: bool) -> Self {
        // Without marks the tree's own texts are right.
        let plain = Self { texts: HashMap::new() };
        if parts.iter().all(|part| matches!(part, TemplatePart::Text(_))) {
            return plain;
        }
        let mut tokens = Vec::new();
        flatten(parts, by_line, &mut tokens);
        if !strip(&mut tokens) {
            return plain;
        }
        if indented {
            unindent(&mut tokens);
        }
        Self { texts: join(tokens) }
    }

    pub(super) fn text(&self, text: &TemplateText) -> String {
        self.texts.get(&text.token().text_range().start()).cloned().unwrap_or_else(|| text.text())
    }

    /// Takes one line break off the end of a template.
    pub(super) fn without_last_line_break(&mut self, parts: &[TemplatePart]) {
        if let Some(TemplatePart::Text(last)) = parts.last() {
            let text = self.text(last);
            let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
            self.texts.insert(last.token().text_range().start(), text);
        }
    }
}

fn flatten(parts: &[TemplatePart], by_line: bool, tokens: &mut Vec<Token>) {
    for part in parts {
        match part {
            TemplatePart::Text(text) => literals(text, by_line, tokens),
            TemplatePart::Interpolation(it) => tokens.push(Token::Mark(it.strip())),
            TemplatePart::If(it) => {
                let bodies = [it.if_true().collect::<Vec<_>>(), it.if_false().collect()];
                between(&it.strips(), &bodies, by_line, tokens);
            }
            TemplatePart::For(it) => between(&it.strips(), &[it.body().collect::<Vec<_>>()], by_line, tokens),
            TemplatePart::Error(_) => tokens.push(Token::Mark(Strip::default())),
        }
    }
}

/// The tags of a directive with its bodies between them.
fn between(strips: &[Strip], bodies: &[Vec<TemplatePart>], by_line: bool, tokens: &mut Vec<Token>) {
    for (at, strip) in strips.iter().enumerate() {
        tokens.push(Token::Mark(*strip));
        if let Some(body) = bodies.get(at).filter(|_| at + 1 < strips.len()) {
            flatten(body, by_line, tokens);
        }
    }
}

fn literals(text: &TemplateText, by_line: bool, tokens: &mut Vec<Token>) {
    let token = text.token();
    let of = token.text_range().start();
    if !by_line {
        return tokens.push(Token::Literal { text: text.text(), of });
    }
    let lines = token.text().split_inclusive('\n');
    tokens.extend(lines.map(|line| Token::Literal { text: literal::unescape_markers(line), of }));
}

/// Whether there was any mark.
fn strip(tokens: &mut [Token]) -> bool {
    let mut any = false;
    for at in 0..tokens.len() {
        let Token::Mark(strip) = tokens[at] else { continue };
        any |= strip.before || strip.after;
        if strip.before
            && let Some(Token::Literal { text, .. }) = at.checked_sub(1).map(|before| &mut tokens[before])
        {
            text.truncate(text.trim_end().len());
        }
        if strip.after
            && let Some(Token::Literal { text, .. }) = tokens.get_mut(at + 1)
        {
            text.drain(..text.len() - text.trim_start().len());
        }
    }
    any
}

/// Takes the blanks off that all lines begin with.
fn unindent(tokens: &mut [Token]) {
    let mut least = usize::MAX;
    let mut lines = Vec::new();
    let mut begins = true;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Literal { text, .. } => {
                if begins {
                    let blanks = text.chars().take_while(|c| c.is_whitespace()).count();
                    let is_blank = text.trim().is_empty() && text.ends_with('\n');
                    if !is_blank {
                        least = least.min(blanks);
                        lines.push(at);
                    }
                }
                begins = text.ends_with('\n');
            }
            Token::Mark(_) => {
                if begins {
                    least = 0;
                }
                begins = false;
            }
        }
    }
    for at in lines {
        if let Token::Literal { text, .. } = &mut tokens[at] {
            *text = text.chars().skip(least).collect();
        }
    }
}

fn join(tokens: Vec<Token>) -> HashMap<TextSize, String> {
    let mut texts: HashMap<TextSize, String> = HashMap::new();
    for token in tokens {
        if let Token::Literal { text, of } = token {
            texts.entry(of).or_default().push_str(&text);
        }
    }
    texts
}
