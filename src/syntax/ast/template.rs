//! Templates: quoted, heredoc, and their parts.

use super::super::kind::SyntaxKind::*;
use super::super::kind::{Hcl, SyntaxNode, SyntaxToken};
use super::super::literal;
use super::{AstNode, Expression, ast_node, child, token, tokens};
use crate::text::TextRange;
use rowan::{Language, NodeOrToken};

ast_node! {
    /// `"…"`
    Template = TEMPLATE_EXPR;
    /// `<<NAME … NAME`
    Heredoc = HEREDOC_EXPR;
    /// `${ … }`
    Interpolation = INTERPOLATION;
}

/// `%{ if … } … %{ endif }`
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TemplateIf(SyntaxNode, TextMode);

/// `%{ for … } … %{ endfor }`
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TemplateFor(SyntaxNode, TextMode);

/// How text becomes its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum TextMode {
    Quoted,
    /// Blanks that each line loses.
    Heredoc {
        indentation: usize,
    },
}

/// What a template consists of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TemplatePart {
    /// Plain text.
    Text(TemplateText),
    /// `${ … }`
    Interpolation(Interpolation),
    /// `%{ if … }` to `%{ endif }`
    If(TemplateIf),
    /// `%{ for … }` to `%{ endfor }`
    For(TemplateFor),
    /// A directive that is none of these, or has no partner.
    Error(SyntaxNode),
}

/// A run of text in a template.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TemplateText {
    token: SyntaxToken,
    mode: TextMode,
}

/// Which sides of an interpolation or a tag strip blank space from the text beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Strip {
    /// `${~`
    pub before: bool,
    /// `~}`
    pub after: bool,
}

impl Strip {
    pub(in crate::syntax) fn of(node: &SyntaxNode) -> Strip {
        let mut strip = Strip::default();
        let mut is_first = true;
        for token in tokens(node).filter(|token| token.kind() == STRIP) {
            let is_before = is_first
                && token
                    .prev_token()
                    .is_some_and(|it| matches!(it.kind(), INTERPOLATION_OPEN | DIRECTIVE_OPEN));
            if is_before {
                strip.before = true
            } else {
                strip.after = true
            }
            is_first = false;
        }
        strip
    }
}

impl TemplateText {
    /// The token; its text is as written.
    pub fn token(&self) -> &SyntaxToken {
        &self.token
    }

    /// The text with escapes resolved, and without the indentation that `<<-` takes off.
    pub fn text(&self) -> String {
        match self.mode {
            TextMode::Quoted => literal::unescape(self.token.text()).into_owned(),
            TextMode::Heredoc { indentation: 0 } => literal::unescape_markers(self.token.text()),
            TextMode::Heredoc { indentation } => {
                let starts_line = self.token.prev_token().is_some_and(|it| it.kind() == NEWLINE);
                literal::unescape_markers(&literal::dedent(self.token.text(), indentation, starts_line))
            }
        }
    }
}

impl TemplatePart {
    fn all(node: &SyntaxNode, mode: TextMode) -> impl Iterator<Item = TemplatePart> + use<> {
        let parts = node.children_with_tokens().by_kind(|kind| kind == TEMPLATE_TEXT || !kind.is_token());
        parts.filter_map(move |element| match element {
            NodeOrToken::Token(token) if token.kind() == TEMPLATE_TEXT => {
                Some(TemplatePart::Text(TemplateText { token, mode }))
            }
            NodeOrToken::Token(_) => None,
            NodeOrToken::Node(node) => Some(match node.kind() {
                INTERPOLATION => TemplatePart::Interpolation(Interpolation(node)),
                TEMPLATE_IF => TemplatePart::If(TemplateIf(node, mode)),
                TEMPLATE_FOR => TemplatePart::For(TemplateFor(node, mode)),
                _ => TemplatePart::Error(node),
            }),
        })
    }
}

impl Template {
    /// The parts in order.
    pub fn parts(&self) -> impl Iterator<Item = TemplatePart> + use<> {
        TemplatePart::all(&self.0, TextMode::Quoted)
    }

    /// Reads its text, escapes resolved, with where that is written. `None` where there is anything else in it, or
    /// nothing. No part of it is made.
    pub(crate) fn only_text<R>(&self, read: impl FnOnce(&str, TextRange) -> R) -> Option<R> {
        let green = self.0.green();
        let (mut start, mut found) = (self.range().start(), None);
        for child in green.children() {
            let token = child.into_token()?;
            if Hcl::kind_from_raw(token.kind()) == TEMPLATE_TEXT
                && found.replace((token, TextRange::at(start, token.text_len()))).is_some()
            {
                return None;
            }
            start += token.text_len();
        }
        let (token, range) = found?;
        Some(read(&literal::unescape(token.text()), range))
    }

    /// Between the quotes; without a closing quote, to the end of what was typed.
    pub fn content_range(&self) -> TextRange {
        content_range(&self.0, OPEN_QUOTE, CLOSE_QUOTE)
    }

    /// Whether the closing quote is there.
    pub fn is_closed(&self) -> bool {
        token(&self.0, CLOSE_QUOTE).is_some()
    }

    /// The value, if it is plain text; closed or not.
    pub fn literal(&self) -> Option<String> {
        literal::plain_text(self.parts())
    }
}

impl Heredoc {
    /// The parts in order.
    pub fn parts(&self) -> impl Iterator<Item = TemplatePart> + use<> {
        let indentation = if self.is_indented() { literal::heredoc_indentation(&self.0) } else { 0 };
        TemplatePart::all(&self.0, TextMode::Heredoc { indentation })
    }

    /// `<<NAME`
    pub(crate) fn begin_token(&self) -> Option<SyntaxToken> {
        token(&self.0, HEREDOC_BEGIN)
    }

    /// The name behind `<<`.
    pub fn name(&self) -> String {
        self.begin_token()
            .map_or_else(String::new, |token| token.text().trim_start_matches(['<', '-']).to_owned())
    }

    /// `<<-`: the common indentation of the lines is not part of the value.
    pub(crate) fn is_indented(&self) -> bool {
        self.begin_token().is_some_and(|token| token.text().starts_with("<<-"))
    }

    /// From the first line to the line that closes it.
    pub fn content_range(&self) -> TextRange {
        let first = tokens(&self.0).find(|token| token.kind() == NEWLINE);
        let start = first.map_or(self.range().end(), |token| token.text_range().end());
        let closing = token(&self.0, HEREDOC_END);
        let end = closing.map_or(self.range().end(), |token| {
            let blanks = token.prev_token().filter(|it| it.kind() == WHITESPACE);
            blanks.unwrap_or(token).text_range().start()
        });
        TextRange::new(start, end.max(start))
    }

    /// Whether the line that closes it is there.
    pub fn is_closed(&self) -> bool {
        token(&self.0, HEREDOC_END).is_some()
    }

    /// The value, if it is plain text, without the indentation that `<<-` takes off.
    pub fn literal(&self) -> Option<String> {
        literal::plain_text(self.parts())
    }
}

impl Interpolation {
    /// What is put in.
    pub fn expression(&self) -> Option<Expression> {
        child(&self.0)
    }

    /// Which sides strip blank space.
    pub fn strip(&self) -> Strip {
        Strip::of(&self.0)
    }

    /// Between `${` and `}`.
    pub fn content_range(&self) -> TextRange {
        content_range(&self.0, INTERPOLATION_OPEN, TEMPLATE_CLOSE)
    }
}

impl TemplateIf {
    /// The node itself.
    pub fn syntax(&self) -> &SyntaxNode {
        &self.0
    }

    /// What is tested.
    pub fn condition(&self) -> Option<Expression> {
        child(&self.0.children().find(|node| node.kind() == IF_TAG)?)
    }

    /// The parts if it holds.
    pub fn if_true(&self) -> impl Iterator<Item = TemplatePart> + use<> {
        bodies(&self.0, self.1, 0)
    }

    /// The parts behind `%{ else }`.
    pub fn if_false(&self) -> impl Iterator<Item = TemplatePart> + use<> {
        bodies(&self.0, self.1, 1)
    }

    /// Whether there is an `%{ else }`.
    pub fn has_else(&self) -> bool {
        self.0.children().any(|node| node.kind() == ELSE_TAG)
    }

    /// Strip markers of each tag in order.
    pub fn strips(&self) -> Vec<Strip> {
        strips(&self.0)
    }
}

impl TemplateFor {
    /// The node itself.
    pub fn syntax(&self) -> &SyntaxNode {
        &self.0
    }

    fn intro(&self) -> Option<SyntaxNode> {
        self.0.children().find(|node| node.kind() == FOR_TAG)
    }

    /// The variable of keys or indices: the first of two.
    pub fn key_var(&self) -> Option<SyntaxToken> {
        let [first, second] = literal::for_variables(&self.intro()?);
        second.and(first)
    }

    /// The variable of values: the only one or the second.
    pub fn value_var(&self) -> Option<SyntaxToken> {
        let [first, second] = literal::for_variables(&self.intro()?);
        second.or(first)
    }

    /// What is gone through.
    pub fn collection(&self) -> Option<Expression> {
        child(&self.intro()?)
    }

    /// The parts of each round.
    pub fn body(&self) -> impl Iterator<Item = TemplatePart> + use<> {
        bodies(&self.0, self.1, 0)
    }

    /// Strip markers of each tag in order.
    pub fn strips(&self) -> Vec<Strip> {
        strips(&self.0)
    }
}

fn bodies(node: &SyntaxNode, mode: TextMode, index: usize) -> impl Iterator<Item = TemplatePart> + use<> {
    let body = node.children().filter(|node| node.kind() == TEMPLATE_BODY).nth(index);
    body.into_iter().flat_map(move |node| TemplatePart::all(&node, mode))
}

fn strips(node: &SyntaxNode) -> Vec<Strip> {
    let is_tag =
        |node: &SyntaxNode| matches!(node.kind(), IF_TAG | ELSE_TAG | ENDIF_TAG | FOR_TAG | ENDFOR_TAG);
    node.children().filter(is_tag).map(|node| Strip::of(&node)).collect()
}

fn content_range(
    node: &SyntaxNode,
    open: crate::syntax::SyntaxKind,
    close: crate::syntax::SyntaxKind,
) -> TextRange {
    let range = node.text_range();
    let start = token(node, open).map_or(range.start(), |token| token.text_range().end());
    let end = token(node, close).map_or(range.end(), |token| token.text_range().start());
    TextRange::new(start, end.max(start))
}
