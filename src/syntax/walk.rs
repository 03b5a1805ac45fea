//! What is at an offset of the text.

use super::ast::AstNode;
use super::kind::{SyntaxNode, SyntaxToken};
use crate::text::{TextRange, TextSize};
use rowan::NodeOrToken;

/// Which token is meant by an offset between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bias {
    /// The one that ends there.
    Left,
    /// The one that begins there.
    Right,
}

/// The token at `offset`; `None` if the text is empty or ends before it. The children of each node on the way are halved,
/// not counted through: a file has thousands of blocks.
pub(crate) fn token_at(root: &SyntaxNode, offset: TextSize, bias: Bias) -> Option<SyntaxToken> {
    let text = root.text_range();
    if text.is_empty() || !text.contains_inclusive(offset) {
        return None;
    }
    let byte = TextSize::new(1);
    let left = offset > text.start() && (bias == Bias::Left || offset == text.end());
    let range = TextRange::at(if left { offset - byte } else { offset }, byte);
    let mut at = root.clone();
    loop {
        match at.child_or_token_at_range(range)? {
            NodeOrToken::Node(inner) => at = inner,
            NodeOrToken::Token(token) => return Some(token),
        }
    }
}

/// The innermost node of kind `N` around the token.
pub(crate) fn ancestor<N: AstNode>(token: &SyntaxToken) -> Option<N> {
    token.parent_ancestors().find_map(N::cast)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::ast::{Attribute, Block, Expression, ObjectItem};
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
    fn every_token_is_found_at_each_of_its_offsets() {
        for text in
            [TEXT, "", "a", "é = \"ß${x}\"", "b {\n\n", "a = \nc = <<E\n  ü\n  E\n", "x \"a\" {}\ny \"b\" {}"]
        {
            let root = parse(text).syntax();
            for offset in 0..=text.len() {
                let offset = TextSize::try_from(offset).expect("a small text");
                let plain = root.token_at_offset(offset);
                assert_eq!(
                    token_at(&root, offset, Bias::Left),
                    plain.clone().left_biased(),
                    "{text:?} {offset:?}"
                );
                assert_eq!(token_at(&root, offset, Bias::Right), plain.right_biased(), "{text:?} {offset:?}");
            }
        }
    }

    #[test]
    fn outside_of_the_text_nothing_is_found() {
        let root = parse(TEXT).syntax();
        let end = TextSize::of(TEXT);
        assert!(token_at(&root, end, Bias::Right).is_some());
        assert!(token_at(&root, end + TextSize::new(1), Bias::Left).is_none());
        assert!(token_at(&parse("").syntax(), 0.into(), Bias::Left).is_none());
    }

    #[test]
    fn the_innermost_node_around_a_token_is_found() {
        let token = token_at(&parse(TEXT).syntax(), at("x]"), Bias::Right).expect("the token");
        let expression = ancestor::<Expression>(&token).map(|it| it.syntax().to_string());
        assert_eq!(expression.as_deref(), Some("var.x"));
        let item = ancestor::<ObjectItem>(&token).map(|it| it.syntax().to_string());
        assert_eq!(item.as_deref(), Some("key = [1, var.x]"));
        assert!(ancestor::<Attribute>(&token).is_some_and(|it| it.name() == "body"));
        assert!(ancestor::<Block>(&token).is_some_and(|it| it.keyword() == "resource"));
    }
}
