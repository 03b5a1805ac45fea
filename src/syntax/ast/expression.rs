//! Expressions and what they are made of.

use super::super::kind::SyntaxKind::{self, *};
use super::super::kind::{SyntaxNode, SyntaxToken};
use super::super::literal;
use super::{AstNode, Heredoc, Template, ast_node, child, children, token, tokens};

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
    pub fn literal_string(&self) -> Option<String> {
        match self.without_parens() {
            Expression::Template(it) => it.literal(),
            Expression::Heredoc(it) => it.literal(),
            _ => None,
        }
    }

    /// The expression inside any parentheses around it; an empty pair stays.
    pub fn without_parens(&self) -> Expression {
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
        tokens(&self.0).find(|token| matches!(token.kind(), NUMBER | IDENT))
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
        self.name_token().map_or_else(String::new, |token| token.text().to_owned())
    }
}

impl GetAttr {
    /// What stands before the `.`.
    pub fn base(&self) -> Option<Expression> {
        child(&self.0)
    }

    /// The `.`
    pub fn dot_token(&self) -> Option<SyntaxToken> {
        token(&self.0, DOT)
    }

    /// The name, or the number of an old index; `None` while it is not typed yet.
    pub fn name_token(&self) -> Option<SyntaxToken> {
        tokens(&self.0).find(|token| matches!(token.kind(), IDENT | NUMBER))
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
    pub fn name_node(&self) -> Option<SyntaxNode> {
        self.0.children().find(|node| node.kind() == FUNCTION_NAME)
    }

    /// The arguments in order.
    pub fn args(&self) -> impl Iterator<Item = Expression> + use<> {
        self.arguments_node().into_iter().flat_map(|node| children(&node))
    }

    /// The node from `(` to `)`.
    pub fn arguments_node(&self) -> Option<SyntaxNode> {
        self.0.children().find(|node| node.kind() == ARGUMENTS)
    }

    /// Whether the last argument ends with `...`.
    pub fn expand_final(&self) -> bool {
        self.arguments_node().is_some_and(|node| token(&node, ELLIPSIS).is_some())
    }
}

impl Tuple {
    /// The elements in order.
    pub fn elements(&self) -> impl Iterator<Item = Expression> + use<> {
        children(&self.0)
    }

    /// The `[`
    pub fn open_bracket(&self) -> Option<SyntaxToken> {
        token(&self.0, L_BRACKET)
    }

    /// The `]`
    pub fn close_bracket(&self) -> Option<SyntaxToken> {
        token(&self.0, R_BRACKET)
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

    /// The `{`
    pub fn open_brace(&self) -> Option<SyntaxToken> {
        token(&self.0, L_BRACE)
    }

    /// The `}`; `None` where another token closed the object.
    pub fn close_brace(&self) -> Option<SyntaxToken> {
        token(&self.0, R_BRACE)
    }
}

impl ObjectItem {
    /// The key.
    pub fn key(&self) -> Option<ObjectKey> {
        child(&self.0)
    }

    /// The key as text where it is known without evaluating: see [`ObjectKey::text`].
    pub fn key_text(&self) -> Option<String> {
        self.key()?.text()
    }

    /// The `=` or `:`.
    pub fn separator_token(&self) -> Option<SyntaxToken> {
        tokens(&self.0).find(|token| matches!(token.kind(), EQ | COLON))
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
        self.0.children().find(|node| node.kind() == FOR_INTRO)
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
        let arrow = self.after(FOR_INTRO);
        if self.is_object() { arrow.0 } else { None }
    }

    /// The value each element becomes.
    pub fn value(&self) -> Option<Expression> {
        let (first, second) = self.after(FOR_INTRO);
        if self.is_object() { second } else { first }
    }

    /// Expressions directly in the for expression, before and behind its `=>`.
    fn after(&self, _intro: SyntaxKind) -> (Option<Expression>, Option<Expression>) {
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
        child(&self.0.children().find(|node| node.kind() == FOR_CONDITION)?)
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
        tokens(&self.0).find(|token| {
            matches!(
                token.kind(),
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
        tokens(&self.0).find(|token| matches!(token.kind(), MINUS | BANG))
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
