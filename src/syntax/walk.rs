//! What is at an offset of the text.

use super::ast::{AstNode, Attribute, Block, Expression, ObjectItem};
use super::kind::{SyntaxNode, SyntaxToken};
use crate::text::{TextRange, TextSize};
use rowan::TokenAtOffset;

/// Which token is meant by an offset between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bias {
    /// The one that ends there.
    Left,
    /// The one that begins there.
    Right,
}

/// The token at `offset`; `None` if the text is empty or ends before it.
pub fn token_at(root: &SyntaxNode, offset: TextSize, bias: Bias) -> Option<SyntaxToken> {
    if offset > root.text_range().end() {
        return None;
    }
    match (root.token_at_offset(offset), bias) {
        (TokenAtOffset::None, _) => None,
        (TokenAtOffset::Single(token), _) => Some(token),
        (TokenAtOffset::Between(left, _), Bias::Left) => Some(left),
        (TokenAtOffset::Between(_, right), Bias::Right) => Some(right),
    }
}

/// The innermost node of kind `N` around the token.
pub fn ancestor<N: AstNode>(token: &SyntaxToken) -> Option<N> {
    token.parent_ancestors().find_map(N::cast)
}

/// All nodes of kind `N` around the token, innermost first.
pub fn ancestors<N: AstNode>(token: &SyntaxToken) -> impl Iterator<Item = N> + use<N> {
    token.parent_ancestors().filter_map(N::cast)
}

/// The innermost expression that has all of `range` in it.
pub fn covering_expression(root: &SyntaxNode, range: TextRange) -> Option<Expression> {
    covering(root, range)
}

/// The innermost object item that has all of `range` in it.
pub fn covering_object_item(root: &SyntaxNode, range: TextRange) -> Option<ObjectItem> {
    covering(root, range)
}

/// The innermost attribute that has all of `range` in it.
pub fn covering_attribute(root: &SyntaxNode, range: TextRange) -> Option<Attribute> {
    covering(root, range)
}

/// The innermost block that has all of `range` in it.
pub fn covering_block(root: &SyntaxNode, range: TextRange) -> Option<Block> {
    covering(root, range)
}

/// The innermost node of kind `N` that has all of `range` in it; `None` also if the text has not.
pub fn covering<N: AstNode>(root: &SyntaxNode, range: TextRange) -> Option<N> {
    if !root.text_range().contains_range(range) {
        return None;
    }
    let element = root.covering_element(range);
    let node = element.as_node().cloned().or_else(|| element.parent())?;
    node.ancestors().find_map(N::cast)
}
