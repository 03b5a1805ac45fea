//! Typed views of the tree: all that the rest of the program sees of HCL.
//!
//! A view is a node that is known to be of its kind. Everything below it may be missing in broken
//! text, so getters give `Option` or iterators; none panics.

mod collection;
mod expression;
mod structure;
mod template;
mod traversal;

#[cfg(test)]
mod tests;

pub use collection::{For, Object, ObjectItem, ObjectKey, Tuple};
pub use expression::{
    Binary, Call, Conditional, Expression, GetAttr, Index, Literal, LiteralValue, Paren, Splat, Unary,
    Variable,
};
pub use structure::{Attribute, Block, Body, File, Item, Label};
pub use template::{
    Heredoc, Interpolation, Strip, Template, TemplateFor, TemplateIf, TemplatePart, TemplateText,
};
pub use traversal::{IndexKey, Step, StepKind, Traversal};
pub(crate) use traversal::{outermost_step, traversal};

use super::kind::{SyntaxKind, SyntaxNode, SyntaxToken};
use crate::text::TextRange;

/// A view of a node.
pub trait AstNode: Sized {
    /// The view, if the node is of a kind that it shows.
    fn cast(node: SyntaxNode) -> Option<Self>;

    /// The node itself.
    fn syntax(&self) -> &SyntaxNode;

    /// From the first to the last token, in bytes of the text.
    fn range(&self) -> TextRange {
        self.syntax().text_range()
    }
}

macro_rules! ast_node {
    ($($(#[$doc:meta])* $name:ident = $($kind:ident)|+;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name(pub(super) $crate::syntax::SyntaxNode);

        impl $crate::syntax::ast::AstNode for $name {
            fn cast(node: $crate::syntax::SyntaxNode) -> Option<Self> {
                matches!(node.kind(), $($crate::syntax::SyntaxKind::$kind)|+).then_some(Self(node))
            }

            fn syntax(&self) -> &$crate::syntax::SyntaxNode {
                &self.0
            }
        }
    )*};
}
use ast_node;

fn child<N: AstNode>(node: &SyntaxNode) -> Option<N> {
    node.children().find_map(N::cast)
}

fn children<N: AstNode>(node: &SyntaxNode) -> impl Iterator<Item = N> + use<N> {
    node.children().filter_map(N::cast)
}

fn token(node: &SyntaxNode, kind: SyntaxKind) -> Option<SyntaxToken> {
    tokens(node).find(|token| token.kind() == kind)
}

fn tokens(node: &SyntaxNode) -> impl Iterator<Item = SyntaxToken> + use<> {
    node.children_with_tokens().filter_map(|it| it.into_token())
}
