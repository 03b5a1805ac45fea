//! Operators, with the conversions that Terraform makes of their operands.

use super::Evaluator;
use super::convert;
use super::scope::Env;
use crate::syntax::SyntaxKind;
use crate::syntax::ast::{self, AstNode};
use crate::terraform::number::Number;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{Collection, MOST_OUTCOMES, Value, ValueKind};

impl Evaluator<'_> {
    pub(super) fn unary(&self, node: &ast::Unary, env: Env<'_>) -> Value {
        let operand = self.eval_some(node.operand(), env);
        let Some(operator) = node.operator_token().map(|token| token.kind()) else { return Value::unknown() };
        let value = operand.map_outcomes(&mut |operand| match operator {
            SyntaxKind::BANG => on_bool(operand, |value| Value::bool(!value)),
            _ => on_number(operand, |number| Value::number(number.negate())),
        });
        value.at(env.span(node.range())).marked(operand.marks)
    }

    pub(super) fn binary(&self, node: &ast::Binary, env: Env<'_>) -> Value {
        // A chain such as `a + b + c` leans to the left: it is walked, not entered.
        let mut chain = vec![node.clone()];
        while let Some(ast::Expression::Binary(inner)) = chain.last().and_then(ast::Binary::left) {
            chain.push(inner);
        }
        let first = chain.last().and_then(ast::Binary::left);
        let mut left = self.eval_some(first, env);
        for node in chain.iter().rev() {
            if !self.budget.step() {
                return Value::unknown();
            }
            let right = self.eval_some(node.right(), env);
            let Some(operator) = node.operator_token().map(|token| token.kind()) else {
                return Value::unknown();
            };
            let marks = left.marks.with(right.marks);
            left = self.apply(operator, &left, &right).at(env.span(node.range())).marked(marks);
        }
        left
    }

    /// In every case of either side, as long as there are few.
    fn apply(&self, operator: SyntaxKind, left: &Value, right: &Value) -> Value {
        if left.outcomes().count() * right.outcomes().count() > MOST_OUTCOMES {
            return Value::some(result_type(operator));
        }
        left.map_outcomes(&mut |left| {
            right.map_outcomes(&mut |right| {
                let size = convert::breadth(left).min(convert::breadth(right));
                if !self.budget.nodes(size) {
                    return Value::some(result_type(operator));
                }
                apply_one(operator, left, right)
            })
        })
    }
}

fn result_type(operator: SyntaxKind) -> Type {
    match operator {
        SyntaxKind::PLUS | SyntaxKind::MINUS | SyntaxKind::STAR | SyntaxKind::SLASH | SyntaxKind::PERCENT => {
            Type::Number
        }
        _ => Type::Bool,
    }
}

fn apply_one(operator: SyntaxKind, left: &Value, right: &Value) -> Value {
    match operator {
        SyntaxKind::EQ_EQ => equality(left, right, |same| same),
        SyntaxKind::NOT_EQ => equality(left, right, |same| !same),
        SyntaxKind::AND_AND => logic(left, right, false),
        SyntaxKind::OR_OR => logic(left, right, true),
        SyntaxKind::LT => comparison(left, right, |one, two| one < two),
        SyntaxKind::LT_EQ => comparison(left, right, |one, two| one <= two),
        SyntaxKind::GT => comparison(left, right, |one, two| one > two),
        SyntaxKind::GT_EQ => comparison(left, right, |one, two| one >= two),
        SyntaxKind::PLUS => arithmetic(left, right, Number::add),
        SyntaxKind::MINUS => arithmetic(left, right, Number::subtract),
        SyntaxKind::STAR => arithmetic(left, right, Number::multiply),
        SyntaxKind::SLASH => arithmetic(left, right, Number::divide),
        SyntaxKind::PERCENT => arithmetic(left, right, Number::remainder),
        _ => Value::unknown(),
    }
}

fn on_bool(value: &Value, then: impl FnOnce(bool) -> Value) -> Value {
    match convert::to(value, &Type::Bool).kind {
        ValueKind::Bool(value) => then(value),
        ValueKind::Null | ValueKind::Fails => Value::fails(),
        _ => Value::some(Type::Bool),
    }
}

fn on_number(value: &Value, then: impl FnOnce(&Number) -> Value) -> Value {
    match convert::to(value, &Type::Number).kind {
        ValueKind::Number(number) => then(&number),
        ValueKind::Null | ValueKind::Fails => Value::fails(),
        _ => Value::some(Type::Number),
    }
}

/// `decisive` on either side decides, whatever the other is.
fn logic(left: &Value, right: &Value, decisive: bool) -> Value {
    let (one, two) = (convert::to(left, &Type::Bool), convert::to(right, &Type::Bool));
    let fails = |value: &Value| matches!(value.kind, ValueKind::Null | ValueKind::Fails);
    match (one.as_bool(), two.as_bool()) {
        _ if fails(&one) => Value::fails(),
        // Whether the right side is looked at then differs by Terraform's version; where it is, nothing follows.
        (Some(value), _) if value == decisive => Value::bool(decisive),
        _ if fails(&two) => match one.as_bool() {
            Some(_) => Value::fails(),
            None => Value::some(Type::Bool),
        },
        (_, Some(value)) if value == decisive => Value::bool(decisive),
        (Some(_), Some(_)) => Value::bool(!decisive),
        _ => Value::some(Type::Bool),
    }
}

fn comparison(left: &Value, right: &Value, holds: impl FnOnce(&Number, &Number) -> bool) -> Value {
    with_numbers(left, right, Type::Bool, |one, two| Value::bool(holds(one, two)))
}

/// Division by zero is infinite: a number, but none that anything can be made of.
fn arithmetic(left: &Value, right: &Value, make: impl FnOnce(&Number, &Number) -> Option<Number>) -> Value {
    with_numbers(left, right, Type::Number, |one, two| {
        make(one, two).map_or_else(|| Value::some(Type::Number), Value::number)
    })
}

fn with_numbers(
    left: &Value,
    right: &Value,
    ty: Type,
    then: impl FnOnce(&Number, &Number) -> Value,
) -> Value {
    let (one, two) = (convert::to(left, &Type::Number), convert::to(right, &Type::Number));
    match (&one.kind, &two.kind) {
        (ValueKind::Null | ValueKind::Fails, _) | (_, ValueKind::Null | ValueKind::Fails) => Value::fails(),
        (ValueKind::Number(one), ValueKind::Number(two)) => then(one, two),
        _ => Value::some(ty),
    }
}

fn equality(left: &Value, right: &Value, result: impl FnOnce(bool) -> bool) -> Value {
    if left.is_failure() || right.is_failure() {
        return Value::fails();
    }
    same(left, right).map_or_else(|| Value::some(Type::Bool), |same| Value::bool(result(same)))
}

/// Whether Terraform calls two values equal; `None` when that depends on what is not known. Values of different
/// types never are.
pub(super) fn same(left: &Value, right: &Value) -> Option<bool> {
    match (&left.kind, &right.kind) {
        (ValueKind::Null, ValueKind::Null) => Some(true),
        (ValueKind::Null, other) | (other, ValueKind::Null) => never_null(other).then_some(false),
        (ValueKind::Bool(one), ValueKind::Bool(two)) => Some(one == two),
        (ValueKind::Number(one), ValueKind::Number(two)) => Some(one == two),
        (ValueKind::String(one), ValueKind::String(two)) => Some(*one.as_known()? == *two.as_known()?),
        (ValueKind::Sequence(one), ValueKind::Sequence(two)) => {
            if one.collection != two.collection {
                return Some(false);
            }
            same_length(one.collection != Collection::Tuple, one.elements.len(), two.elements.len())
                .filter(|_| one.is_complete() && two.is_complete())?
                .then(|| {
                    one.elements.iter().zip(&*two.elements).map(|(one, two)| same(&one.value, &two.value))
                })
                .map_or(Some(false), all_same)
        }
        (ValueKind::Object(one), ValueKind::Object(two)) => {
            if one.collection != two.collection {
                return Some(false);
            }
            same_length(one.collection != Collection::Object, one.items.len(), two.items.len())
                .filter(|_| one.is_complete() && two.is_complete())?
                .then(|| one.items.iter().zip(&*two.items))
                .filter(|_| one.items.keys().eq(two.items.keys()))
                .map_or(Some(false), |pairs| {
                    all_same(pairs.map(|((_, one), (_, two))| same(&one.value, &two.value)))
                })
        }
        (one, two) => (is_plain(one) && is_plain(two)).then_some(false),
    }
}

/// `None` for two empty collections whose elements have a type that nothing tells.
fn same_length(typed: bool, one: usize, two: usize) -> Option<bool> {
    if typed && one == 0 && two == 0 { None } else { Some(one == two) }
}

fn all_same(pairs: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for pair in pairs {
        match pair {
            Some(false) => return Some(false),
            None => all = None,
            Some(true) => {}
        }
    }
    all
}

/// Whether its type is known from its kind.
fn is_plain(kind: &ValueKind) -> bool {
    matches!(
        kind,
        ValueKind::Bool(_)
            | ValueKind::Number(_)
            | ValueKind::String(_)
            | ValueKind::Sequence(_)
            | ValueKind::Object(_)
    )
}

fn never_null(kind: &ValueKind) -> bool {
    is_plain(kind) || matches!(kind, ValueKind::Block(_) | ValueKind::Unknown { not_null: true, .. })
}
