//! Tuples, objects and for expressions.

use super::super::kind::SyntaxKind::*;
use super::super::kind::{SyntaxNode, SyntaxToken};
use super::super::literal;
use super::{AstNode, Expression, ast_node, child, children, token, token_where};

ast_node! {
    /// `[a, b]`
    Tuple = TUPLE_EXPR;
    /// `{ key = value }`
    Object = OBJECT_EXPR;
    /// `key = value` in an object.
    ObjectItem = OBJECT_ITEM;
    /// The key of an object item.
    ObjectKey = OBJECT_KEY;
    /// `[for …]` or `{for …}`
    For = FOR_TUPLE_EXPR | FOR_OBJECT_EXPR;
}

impl Tuple {
    /// The elements in order.
    pub fn elements(&self) -> impl Iterator<Item = Expression> + use<> {
        children(&self.0)
    }
}

impl Object {
    /// The items in order, doubled keys too.
    pub fn items(&self) -> impl Iterator<Item = ObjectItem> + use<> {
        children(&self.0)
    }

    /// The first item with this static key.
    pub fn item(&self, key: &str) -> Option<ObjectItem> {
        self.items().find(|item| item.key_text().is_some_and(|text| text == key))
    }

    pub(crate) fn open_brace(&self) -> Option<SyntaxToken> {
        token(&self.0, L_BRACE)
    }
}

impl ObjectItem {
    /// The key.
    pub fn key(&self) -> Option<ObjectKey> {
        child(&self.0)
    }

    /// The key as text where it is known without evaluating: see [`ObjectKey::text`].
    pub(crate) fn key_text(&self) -> Option<String> {
        self.key()?.text()
    }

    /// The `=` or `:`.
    pub(crate) fn separator_token(&self) -> Option<SyntaxToken> {
        token_where(&self.0, |kind| matches!(kind, EQ | COLON))
    }

    /// The value.
    pub fn value(&self) -> Option<Expression> {
        child(&self.0)
    }
}

impl ObjectKey {
    /// The key's expression. A bare name is a key, not a reference.
    pub fn expression(&self) -> Option<Expression> {
        child(&self.0)
    }

    /// A bare name, `true`, `false`, `null`, a number or a quoted literal as text; `None` when the
    /// key is computed.
    pub fn text(&self) -> Option<String> {
        match self.expression()? {
            Expression::Variable(it) => Some(it.name()),
            Expression::Literal(it) => Some(it.token()?.text().to_owned()),
            Expression::Template(it) => it.literal(),
            Expression::Heredoc(it) => it.literal(),
            _ => None,
        }
    }
}

impl For {
    fn intro(&self) -> Option<SyntaxNode> {
        self.0.first_child_by_kind(&|kind| kind == FOR_INTRO)
    }

    /// `{for …}`, not `[for …]`.
    pub fn is_object(&self) -> bool {
        self.0.kind() == FOR_OBJECT_EXPR
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

    /// The key each element becomes, in an object.
    pub fn key(&self) -> Option<Expression> {
        let (first, _) = self.sides_of_arrow();
        if self.is_object() { first } else { None }
    }

    /// The value each element becomes.
    pub fn value(&self) -> Option<Expression> {
        let (first, second) = self.sides_of_arrow();
        if self.is_object() { second } else { first }
    }

    /// Expressions directly in the for expression, before and behind its `=>`.
    fn sides_of_arrow(&self) -> (Option<Expression>, Option<Expression>) {
        let arrow = token(&self.0, FAT_ARROW).map_or(self.range().end(), |token| token.text_range().start());
        let (before, behind): (Vec<Expression>, Vec<_>) =
            children(&self.0).partition(|it: &Expression| it.range().start() < arrow);
        (before.into_iter().next(), behind.into_iter().next())
    }

    /// Whether values of equal keys are grouped: `...`.
    pub fn grouping(&self) -> bool {
        token(&self.0, ELLIPSIS).is_some()
    }

    /// The expression behind `if`.
    pub fn condition(&self) -> Option<Expression> {
        child(&self.0.first_child_by_kind(&|kind| kind == FOR_CONDITION)?)
    }
}
