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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;

    const TEXT: &str = "resource \"a\" \"b\" {\n  body = { key = [1, var.x] }\n}\n";

    fn at(needle: &str) -> TextSize {
        TextSize::try_from(TEXT.find(needle).expect("the needle")).expect("a small text")
    }

    #[test]
    fn between_two_tokens_the_bias_decides() {
        let root = parse(TEXT).syntax();
        let text = |bias| token_at(&root, at("[1"), bias).map(|it| it.text().to_owned());
        assert_eq!((text(Bias::Left).as_deref(), text(Bias::Right).as_deref()), (Some(" "), Some("[")));
    }

    #[test]
    fn outside_of_the_text_nothing_is_found() {
        let root = parse(TEXT).syntax();
        let end = TextSize::of(TEXT);
        assert!(token_at(&root, end, Bias::Right).is_some());
        assert!(token_at(&root, end + TextSize::new(1), Bias::Left).is_none());
        assert!(token_at(&parse("").syntax(), 0.into(), Bias::Left).is_none());
        assert!(covering_expression(&root, TextRange::new(0.into(), end + TextSize::new(1))).is_none());
    }

    #[test]
    fn the_innermost_node_around_a_range_is_found() {
        let root = parse(TEXT).syntax();
        let range = TextRange::at(at("x]"), 1.into());
        let text = |node: Option<SyntaxNode>| node.map(|it| it.to_string());
        let expression = covering_expression(&root, range).map(|it| it.syntax().clone());
        assert_eq!(text(expression).as_deref(), Some("var.x"));
        let item = covering_object_item(&root, range).map(|it| it.syntax().clone());
        assert_eq!(text(item).as_deref(), Some("key = [1, var.x]"));
        assert!(covering_attribute(&root, range).is_some_and(|it| it.name() == "body"));
        assert!(covering_block(&root, range).is_some_and(|it| it.keyword() == "resource"));
        let token = token_at(&root, at("x]"), Bias::Right).expect("the token");
        assert_eq!(ancestors::<Expression>(&token).count(), 3);
        assert!(ancestor::<ObjectItem>(&token).is_some());
    }
}
