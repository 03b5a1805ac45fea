//! Completion of the arguments of `provider "azapi"`.

use super::type_slot::text;
use super::{Completions, argument_name};
use crate::ide::request::Request;
use crate::syntax::SyntaxKind;
use crate::syntax::ast::{self, AstNode};
use crate::syntax::walk::{Bias, token_at};
use crate::text::{TextRange, TextSize};

/// `None` where the cursor is not where an argument of that block begins.
pub(super) fn complete(request: &Request<'_>) -> Option<Completions> {
    let file = request.module().file(request.file())?;
    let at = request.offset();
    let blocks = file.root().body().blocks_named("provider").collect::<Vec<_>>();
    let block = blocks.into_iter().find(|block| {
        let is_azapi = block.labels().next().is_some_and(|label| label.text() == "azapi");
        let opens = block.open_brace().is_some_and(|brace| brace.text_range().end() <= at);
        let ends = block
            .close_brace()
            .is_none_or(|brace| brace.text_range().is_empty() || at <= brace.text_range().start());
        is_azapi && opens && ends && block.syntax().text_range().end() >= at
    })?;
    let left = token_at(file.root().syntax(), at, Bias::Left)?;
    let inner = left.parent_ancestors().find(|node| {
        matches!(
            node.kind(),
            SyntaxKind::BLOCK | SyntaxKind::OBJECT_EXPR | SyntaxKind::TUPLE_EXPR | SyntaxKind::TEMPLATE_EXPR
        )
    })?;
    if inner != *block.syntax() || left.kind() == SyntaxKind::COMMENT {
        return None;
    }
    let range = word_at_line_start(request)?;
    let body = block.body()?;
    let elsewhere =
        |node: &crate::syntax::SyntaxNode| range.is_empty() || !node.text_range().contains_range(range);
    let attributes = body.attributes().filter(|it| elsewhere(it.syntax()));
    let has_value = body.attributes().any(|it: ast::Attribute| {
        !elsewhere(it.syntax()) && it.eq_token().is_some_and(|equals| !equals.text_range().is_empty())
    });
    let present: Vec<String> = attributes.map(|it| it.name()).collect();
    Some(argument_name::of_provider(range, &present, has_value))
}

/// The word that a line begins with, where the cursor is in it or in the blanks before.
fn word_at_line_start(request: &Request<'_>) -> Option<TextRange> {
    let rope = &request.source()?.rope;
    let at = usize::from(request.offset());
    let start = rope.line_to_byte(rope.byte_to_line(at));
    let before = text(request, TextRange::new(TextSize::new(start as u32), request.offset()))?;
    let word = before.trim_start();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !word.chars().all(is_word) {
        return None;
    }
    let behind =
        rope.get_byte_slice(at..)?.chars().take_while(|c| is_word(*c)).map(TextSize::of).sum::<TextSize>();
    Some(TextRange::new(request.offset() - TextSize::of(word), request.offset() + behind))
}
