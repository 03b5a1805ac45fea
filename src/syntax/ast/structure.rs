//! File, body, block, attribute.

use super::super::kind::SyntaxKind::*;
use super::super::kind::{Hcl, SyntaxKind, SyntaxNode, SyntaxToken};
use super::super::literal;
use super::{AstNode, Expression, ast_node, child, children, named_child, named_children, token, token_text};
use crate::text::{TextRange, TextSize};
use rowan::Language;

ast_node! {
    /// A whole file.
    File = FILE;
    /// The attributes and blocks of the file or of a block.
    Body = BODY;
    /// `type "label" { … }`
    Block = BLOCK;
    /// One label of a block, quoted or bare.
    Label = LABEL;
    /// `name = expression`
    Attribute = ATTRIBUTE;
}

/// What a body holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Item {
    /// `name = expression`
    Attribute(Attribute),
    /// `type "label" { … }`
    Block(Block),
}

impl AstNode for Item {
    fn shows(kind: SyntaxKind) -> bool {
        matches!(kind, ATTRIBUTE | BLOCK)
    }

    fn cast(node: SyntaxNode) -> Option<Item> {
        match node.kind() {
            ATTRIBUTE => Some(Item::Attribute(Attribute(node))),
            BLOCK => Some(Item::Block(Block(node))),
            _ => None,
        }
    }

    fn syntax(&self) -> &SyntaxNode {
        match self {
            Item::Attribute(it) => &it.0,
            Item::Block(it) => &it.0,
        }
    }
}

impl File {
    pub(in crate::syntax) fn from_root(root: SyntaxNode) -> File {
        File(root)
    }

    /// The items of the file.
    pub fn body(&self) -> Body {
        // The parser makes every file with a body.
        child(&self.0).unwrap_or_else(|| Body(self.0.clone()))
    }
}

impl Body {
    /// Attributes and blocks in the order of the text.
    pub fn items(&self) -> impl Iterator<Item = Item> + use<> {
        children(&self.0)
    }

    /// The attributes.
    pub fn attributes(&self) -> impl Iterator<Item = Attribute> + use<> {
        children(&self.0)
    }

    /// The blocks.
    pub fn blocks(&self) -> impl Iterator<Item = Block> + use<> {
        children(&self.0)
    }

    /// The first attribute of this name.
    pub(crate) fn attribute(&self, name: &str) -> Option<Attribute> {
        named_child(&self.0, ATTRIBUTE, name).map(Attribute)
    }

    /// The blocks of this type.
    pub(crate) fn blocks_named(&self, keyword: &str) -> impl Iterator<Item = Block> + use<> {
        named_children(&self.0, BLOCK, keyword).map(Block)
    }
}

impl Block {
    /// The block's type: `resource`, `locals`, ….
    pub(crate) fn keyword_token(&self) -> Option<SyntaxToken> {
        token(&self.0, IDENT)
    }

    /// The block's type as text; empty if it has none.
    pub fn keyword(&self) -> String {
        token_text(&self.0, IDENT)
    }

    /// The labels in order.
    pub fn labels(&self) -> impl Iterator<Item = Label> + use<> {
        children(&self.0)
    }

    /// What stands between the braces; `None` if there are none.
    pub fn body(&self) -> Option<Body> {
        child(&self.0)
    }

    pub(crate) fn open_brace(&self) -> Option<SyntaxToken> {
        token(&self.0, L_BRACE)
    }

    /// The `}`; `None` also where another token closed the block.
    pub fn close_brace(&self) -> Option<SyntaxToken> {
        token(&self.0, R_BRACE)
    }
}

impl Label {
    /// The label without quotes, escapes resolved.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let green = self.0.green();
        for token in green.children().filter_map(|it| it.into_token()) {
            match Hcl::kind_from_raw(token.kind()) {
                TEMPLATE_TEXT => text.push_str(&literal::unescape(token.text())),
                IDENT => text.push_str(token.text()),
                _ => {}
            }
        }
        text
    }

    /// The range of the label without its quotes.
    pub fn text_range(&self) -> TextRange {
        let range = self.range();
        let quote = TextSize::new(1);
        let start = range.start() + if self.is_quoted() { quote } else { TextSize::new(0) };
        let end = range.end() - token(&self.0, CLOSE_QUOTE).map_or(TextSize::new(0), |_| quote);
        TextRange::new(start, end.max(start))
    }

    /// Whether it begins with a quote.
    pub(crate) fn is_quoted(&self) -> bool {
        token(&self.0, OPEN_QUOTE).is_some()
    }
}

impl Attribute {
    /// The name; `None` where it is quoted.
    pub fn name_token(&self) -> Option<SyntaxToken> {
        token(&self.0, IDENT)
    }

    /// The name as text; empty if there is none.
    pub fn name(&self) -> String {
        token_text(&self.0, IDENT)
    }

    pub(crate) fn eq_token(&self) -> Option<SyntaxToken> {
        token(&self.0, EQ)
    }

    /// The expression behind the `=`.
    pub fn value(&self) -> Option<Expression> {
        child(&self.0)
    }
}
