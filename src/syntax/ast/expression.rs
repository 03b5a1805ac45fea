//! Expressions and what they are made of.

use super::super::kind::SyntaxKind::*;
use super::super::kind::{SyntaxKind, SyntaxNode, SyntaxToken};
use super::{
    AstNode, For, Heredoc, Object, Template, Tuple, ast_node, child, children, token, token_text,
    token_where, tokens,
};

ast_node! {
    /// A number, `true`, `false` or `null`.
    Literal = LITERAL_EXPR;
    /// A bare name: the root of a reference, or a name in scope.
    Variable = VARIABLE_EXPR;
    /// `base.name`, also the old index `base.0`.
    GetAttr = GET_ATTR_EXPR;
    /// `base[key]`
    Index = INDEX_EXPR;
    /// `base[*]` or `base.*`
    Splat = SPLAT_EXPR;
    /// `name(arguments)`
    Call = CALL_EXPR;
    /// `condition ? a : b`
    Conditional = CONDITIONAL_EXPR;
    /// `a + b` and its like.
    Binary = BINARY_EXPR;
    /// `-a` or `!a`
    Unary = UNARY_EXPR;
    /// `(a)`
    Paren = PAREN_EXPR;
}

macro_rules! expression {
    ($($(#[$doc:meta])* $name:ident($kind:pat),)*) => {
        /// Any expression. Text that is none (an error) has no view.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum Expression { $($(#[$doc])* $name($name),)* }

        impl AstNode for Expression {
            fn shows(kind: SyntaxKind) -> bool {
                matches!(kind, $($kind)|*)
            }

            fn cast(node: SyntaxNode) -> Option<Expression> {
                match node.kind() {
                    $($kind => $name::cast(node).map(Expression::$name),)*
                    _ => None,
                }
            }

            fn syntax(&self) -> &SyntaxNode {
                match self { $(Expression::$name(it) => it.syntax(),)* }
            }
        }
    };
}

expression! {
    /// A number, `true`, `false` or `null`.
    Literal(LITERAL_EXPR),
    /// A quoted template.
    Template(TEMPLATE_EXPR),
    /// A heredoc.
    Heredoc(HEREDOC_EXPR),
    /// A bare name.
    Variable(VARIABLE_EXPR),
    /// `base.name`
    GetAttr(GET_ATTR_EXPR),
    /// `base[key]`
    Index(INDEX_EXPR),
    /// `base[*]` or `base.*`
    Splat(SPLAT_EXPR),
    /// `name(arguments)`
    Call(CALL_EXPR),
    /// `{ key = value }`
    Object(OBJECT_EXPR),
    /// `[a, b]`
    Tuple(TUPLE_EXPR),
    /// `[for …]` or `{for …}`
    For(FOR_TUPLE_EXPR | FOR_OBJECT_EXPR),
    /// `condition ? a : b`
    Conditional(CONDITIONAL_EXPR),
    /// `a + b` and its like.
    Binary(BINARY_EXPR),
    /// `-a` or `!a`
    Unary(UNARY_EXPR),
    /// `(a)`
    Paren(PAREN_EXPR),
}

/// What a literal stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum LiteralValue {
    /// A number as it is written: HCL's numbers have more digits than any machine type.
    Number(String),
    /// `true` or `false`
    Bool(bool),
    /// `null`
    Null,
}

impl Expression {
    /// The text of a template or heredoc without interpolations and directives, or of such a
    /// template in parentheses; `None` for everything else.
    pub(crate) fn literal_string(&self) -> Option<String> {
        match self.without_parens() {
            Expression::Template(it) => it.literal(),
            Expression::Heredoc(it) => it.literal(),
            _ => None,
        }
    }

    /// The expression inside any parentheses around it; an empty pair stays.
    pub(crate) fn without_parens(&self) -> Expression {
        let mut inner = self.clone();
        while let Expression::Paren(paren) = &inner {
            match paren.expression() {
                Some(expression) => inner = expression,
                None => break,
            }
        }
        inner
    }
}

impl Literal {
    /// The one token it consists of.
    pub fn token(&self) -> Option<SyntaxToken> {
        token_where(&self.0, |kind| matches!(kind, NUMBER | IDENT))
    }

    /// What it stands for.
    pub fn value(&self) -> Option<LiteralValue> {
        let token = self.token()?;
        Some(match token.text() {
            "true" => LiteralValue::Bool(true),
            "false" => LiteralValue::Bool(false),
            "null" => LiteralValue::Null,
            number => LiteralValue::Number(number.to_owned()),
        })
    }
}

impl Variable {
    /// The name's token.
    pub fn name_token(&self) -> Option<SyntaxToken> {
        token(&self.0, IDENT)
    }

    /// The name.
    pub fn name(&self) -> String {
        token_text(&self.0, IDENT)
    }
}

impl GetAttr {
    /// What stands before the `.`.
    pub fn base(&self) -> Option<Expression> {
        child(&self.0)
    }

    /// The name, or the number of an old index; `None` while it is not typed yet.
    pub fn name_token(&self) -> Option<SyntaxToken> {
        token_where(&self.0, |kind| matches!(kind, IDENT | NUMBER))
    }
}

impl Index {
    /// What stands before the `[`.
    pub fn base(&self) -> Option<Expression> {
        child(&self.0)
    }

    /// What stands between `[` and `]`.
    pub fn key(&self) -> Option<Expression> {
        let open = token(&self.0, L_BRACKET)?.text_range().end();
        children(&self.0).find(|it: &Expression| it.range().start() >= open)
    }
}

impl Splat {
    /// What stands before it.
    pub fn base(&self) -> Option<Expression> {
        child(&self.0)
    }

    /// `[*]`, not `.*`.
    pub fn is_full(&self) -> bool {
        token(&self.0, L_BRACKET).is_some()
    }
}

impl Call {
    /// The function's name with its namespaces, `provider::azapi::build_resource_id`.
    pub fn function(&self) -> String {
        self.name_node().map_or_else(String::new, |node| {
            tokens(&node)
                .filter(|token| matches!(token.kind(), IDENT | COLON_COLON))
                .map(|it| it.text().to_owned())
                .collect()
        })
    }

    /// The last name in the function's name.
    pub fn name_token(&self) -> Option<SyntaxToken> {
        tokens(&self.name_node()?).filter(|token| token.kind() == IDENT).last()
    }

    /// The node of the whole name.
    pub(crate) fn name_node(&self) -> Option<SyntaxNode> {
        self.0.first_child_by_kind(&|kind| kind == FUNCTION_NAME)
    }

    /// The arguments in order.
    pub fn args(&self) -> impl Iterator<Item = Expression> + use<> {
        self.arguments_node().into_iter().flat_map(|node| children(&node))
    }

    /// The node from `(` to `)`.
    pub(crate) fn arguments_node(&self) -> Option<SyntaxNode> {
        self.0.first_child_by_kind(&|kind| kind == ARGUMENTS)
    }

    /// Whether the last argument ends with `...`.
    pub fn expand_final(&self) -> bool {
        self.arguments_node().is_some_and(|node| token(&node, ELLIPSIS).is_some())
    }
}

impl Conditional {
    /// What is tested.
    pub fn condition(&self) -> Option<Expression> {
        child(&self.0)
    }

    /// The value if it holds.
    pub fn if_true(&self) -> Option<Expression> {
        let question = token(&self.0, QUESTION)?.text_range().end();
        let colon = token(&self.0, COLON).map_or(self.range().end(), |token| token.text_range().start());
        children(&self.0).find(|it: &Expression| it.range().start() >= question && it.range().start() < colon)
    }

    /// The value if it does not.
    pub fn if_false(&self) -> Option<Expression> {
        let colon = token(&self.0, COLON)?.text_range().end();
        children(&self.0).find(|it: &Expression| it.range().start() >= colon)
    }
}

impl Binary {
    /// The operator.
    pub fn operator_token(&self) -> Option<SyntaxToken> {
        token_where(&self.0, |kind| {
            matches!(
                kind,
                OR_OR
                    | AND_AND
                    | EQ_EQ
                    | NOT_EQ
                    | LT
                    | LT_EQ
                    | GT
                    | GT_EQ
                    | PLUS
                    | MINUS
                    | STAR
                    | SLASH
                    | PERCENT
            )
        })
    }

    /// What stands before the operator.
    pub fn left(&self) -> Option<Expression> {
        child(&self.0)
    }

    /// What stands behind it.
    pub fn right(&self) -> Option<Expression> {
        let end = self.operator_token()?.text_range().end();
        children(&self.0).find(|it: &Expression| it.range().start() >= end)
    }
}

impl Unary {
    /// `-` or `!`
    pub fn operator_token(&self) -> Option<SyntaxToken> {
        token_where(&self.0, |kind| matches!(kind, MINUS | BANG))
    }

    /// What it applies to.
    pub fn operand(&self) -> Option<Expression> {
        child(&self.0)
    }
}

impl Paren {
    /// What stands inside.
    pub fn expression(&self) -> Option<Expression> {
        child(&self.0)
    }
}
