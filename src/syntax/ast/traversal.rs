//! Traversals: a root name and the steps from it, `azapi_resource.a[0].id`.

use super::{AstNode, Expression, LiteralValue};
use crate::text::TextRange;

/// A reference as a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traversal {
    /// The name it begins with.
    pub root: String,
    pub(crate) root_range: TextRange,
    /// What follows, in order.
    pub steps: Vec<Step>,
    /// The whole of it.
    pub range: TextRange,
}

/// One step of a traversal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What the step takes.
    pub kind: StepKind,
    /// The step with its `.` or its brackets.
    pub range: TextRange,
}

/// What a step takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// `.name`; empty while the name is not typed yet.
    Attr(String),
    /// `[key]` or the old `.0`.
    Index(IndexKey),
    /// `[*]` or `.*`
    Splat,
}

/// The key of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexKey {
    /// A whole number.
    Int(u64),
    /// A quoted literal.
    Str(String),
    /// Anything that must be evaluated, or nothing.
    Other,
}

/// The whole of the steps that an expression is the beginning of.
pub(crate) fn outermost_step(mut inner: Expression) -> Expression {
    loop {
        let of_inner = inner.syntax().clone();
        let Some(around) = of_inner.parent().and_then(Expression::cast) else { return inner };
        let base = match &around {
            Expression::GetAttr(get) => get.base(),
            Expression::Index(index) => index.base(),
            Expression::Splat(splat) => splat.base(),
            _ => None,
        };
        if base.is_none_or(|base| *base.syntax() != of_inner) {
            return inner;
        }
        inner = around;
    }
}

/// The expression as a traversal; `None` if it does not begin with a bare name, or is none.
/// Parentheses around the whole or around the root are none of its steps and end it.
pub(crate) fn traversal(expression: &Expression) -> Option<Traversal> {
    let range = expression.range();
    let mut steps = Vec::new();
    let mut current = expression.clone();
    loop {
        let (base, kind) = match &current {
            Expression::Variable(it) => {
                steps.reverse();
                return Some(Traversal { root: it.name(), root_range: it.range(), steps, range });
            }
            Expression::GetAttr(it) => {
                let name = it.name_token().map_or_else(String::new, |token| token.text().to_owned());
                let kind = match name.parse() {
                    Ok(index) => StepKind::Index(IndexKey::Int(index)),
                    Err(_) => StepKind::Attr(name),
                };
                (it.base()?, kind)
            }
            Expression::Index(it) => (it.base()?, StepKind::Index(index_key(it.key()))),
            Expression::Splat(it) => (it.base()?, StepKind::Splat),
            _ => return None,
        };
        let step = TextRange::new(base.range().end(), current.range().end());
        steps.push(Step { kind, range: step });
        current = base;
    }
}

fn index_key(key: Option<Expression>) -> IndexKey {
    let known = match key {
        Some(Expression::Literal(it)) => match it.value() {
            Some(LiteralValue::Number(number)) => number.parse().ok().map(IndexKey::Int),
            _ => None,
        },
        Some(Expression::Template(it)) => it.literal().map(IndexKey::Str),
        _ => None,
    };
    known.unwrap_or(IndexKey::Other)
}
