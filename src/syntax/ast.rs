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

use rowan::{GreenNodeData, Language};

use super::kind::{Hcl, SyntaxKind, SyntaxNode, SyntaxToken};
use crate::text::{TextRange, TextSize};

/// A view of a node.
pub trait AstNode: Sized {
    /// Whether it shows nodes of this kind: so nodes of other kinds are passed over without being made.
    fn shows(kind: SyntaxKind) -> bool;

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
            fn shows(kind: $crate::syntax::SyntaxKind) -> bool {
                matches!(kind, $($crate::syntax::SyntaxKind::$kind)|+)
            }

            fn cast(node: $crate::syntax::SyntaxNode) -> Option<Self> {
                Self::shows(node.kind()).then_some(Self(node))
            }

            fn syntax(&self) -> &$crate::syntax::SyntaxNode {
                &self.0
            }
        }
    )*};
}
use ast_node;

fn child<N: AstNode>(node: &SyntaxNode) -> Option<N> {
    node.first_child_by_kind(&N::shows).and_then(N::cast)
}

fn children<N: AstNode>(node: &SyntaxNode) -> impl Iterator<Item = N> + use<N> {
    node.children().by_kind(N::shows).filter_map(N::cast)
}

fn token(node: &SyntaxNode, kind: SyntaxKind) -> Option<SyntaxToken> {
    token_where(node, |it| it == kind)
}

/// The first token of such a kind.
fn token_where(node: &SyntaxNode, is_meant: impl Fn(SyntaxKind) -> bool) -> Option<SyntaxToken> {
    node.first_child_or_token_by_kind(&|kind| kind.is_token() && is_meant(kind))?.into_token()
}

/// The text of the first token of a kind, which is not made; empty without one.
fn token_text(node: &SyntaxNode, kind: SyntaxKind) -> String {
    let green = node.green();
    let mut tokens = green.children().filter_map(|it| it.into_token());
    tokens.find(|token| is_of(token.kind(), kind)).map_or_else(String::new, |token| token.text().to_owned())
}

/// The first child of a kind whose first name is that. Other children are passed over without being made.
fn named_child(node: &SyntaxNode, kind: SyntaxKind, name: &str) -> Option<SyntaxNode> {
    let range = places(&node.green(), kind, name).next()? + node.text_range().start();
    node.child_or_token_at_range(range)?.into_node()
}

/// All such children.
fn named_children(
    node: &SyntaxNode,
    kind: SyntaxKind,
    name: &str,
) -> impl Iterator<Item = SyntaxNode> + use<> {
    let (node, start) = (node.clone(), node.text_range().start());
    let places: Vec<TextRange> = places(&node.green(), kind, name).collect();
    places.into_iter().filter_map(move |range| node.child_or_token_at_range(range + start)?.into_node())
}

/// Where they stand in the node.
fn places<'g>(
    green: &'g GreenNodeData,
    kind: SyntaxKind,
    name: &'g str,
) -> impl Iterator<Item = TextRange> + 'g {
    let mut start = TextSize::new(0);
    green.children().filter_map(move |child| {
        let range = TextRange::at(start, child.text_len());
        start = range.end();
        let node = child.into_node()?;
        (is_of(node.kind(), kind) && is_named(node, name)).then_some(range)
    })
}

fn is_named(node: &GreenNodeData, name: &str) -> bool {
    let mut tokens = node.children().filter_map(|it| it.into_token());
    tokens.find(|token| is_of(token.kind(), SyntaxKind::IDENT)).is_some_and(|token| token.text() == name)
}

fn is_of(raw: rowan::SyntaxKind, kind: SyntaxKind) -> bool {
    raw == Hcl::kind_to_raw(kind)
}

fn tokens(node: &SyntaxNode) -> impl Iterator<Item = SyntaxToken> + use<> {
    node.children_with_tokens().by_kind(SyntaxKind::is_token).filter_map(|it| it.into_token())
}
