//! Operators, with the conversions that Terraform makes of their operands.

use super::Evaluator;
use super::convert;
use super::scope::Env;
use crate::syntax::SyntaxKind;
use crate::syntax::ast::{self, AstNode};
use crate::terraform::functions::compare::equal;
use crate::terraform::number::Number;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{MOST_OUTCOMES, Value, ValueKind};

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
                if self.has_failure(left) || self.has_failure(right) {
                    return Value::fails();
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
    equal(left, right).map_or_else(|| Value::some(Type::Bool), |same| Value::bool(result(same)))
}
