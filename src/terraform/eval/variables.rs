//! Input variables: what a call gives them, their defaults, files of variables, and what their `validation` allows.

use std::sync::Arc;

use super::convert;
use super::definitions::{Key, What};
use super::instances::Instance;
use super::modules::{Call, ContextId};
use super::scope::Env;
use super::traversal::start;
use super::{Assume, Evaluator};
use crate::syntax::SyntaxKind;
use crate::syntax::ast::{self, AstNode, Expression};
use crate::terraform::address::Address;
use crate::terraform::module::Located;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{
    Collection, DecisionId, Decisions, Item, Marks, Object, Outcome, Sequence, Value, ValueKind, When,
};

/// What a `variable` block says.
struct Declared {
    block: Located<ast::Block>,
    ty: Type,
    nullable: bool,
    default: Option<Value>,
    marks: Marks,
}

impl Evaluator<'_> {
    pub(super) fn variable(&self, context: ContextId, name: &str) -> Value {
        let address = Address::Variable(name.to_owned());
        let key = Key { context, what: What::Variable(name.to_owned()) };
        self.define(key, || {
            self.look_up(context, &address);
            let Some(block) = self.context(context).module.block(&address) else { return Value::unknown() };
            let declared = self.declared(block, context);
            let value = match &self.context(context).call {
                Some(call) => self.input(&declared, call, name),
                None => self.of_root(&declared, context, name),
            };
            value.marked(declared.marks)
        })
    }

    fn declared(&self, block: Located<ast::Block>, context: ContextId) -> Declared {
        let single = Instance::single();
        let ty = self.type_of_variable(&block, context);
        let nullable = self.argument_in(&block, "nullable", context, &single);
        let nullable = nullable.and_then(|value| value.as_bool()) != Some(false);
        let default = self.argument_in(&block, "default", context, &single);
        let default = default.map(|default| convert::to(&default, &ty));
        let marks = self.block_marks(&block, context);
        Declared { block, ty, nullable, default, marks }
    }

    /// What the call of a module gives; its default where the call says nothing holds in every run.
    fn input(&self, declared: &Declared, call: &Call, name: &str) -> Value {
        let given = self.argument_in(&call.block, name, call.caller, &call.instance);
        let is_written = self.is_written(&call.block, name, call.caller);
        let default = || declared.default.clone();
        match given {
            Some(given) => given.settled().map_outcomes(&mut |one| match default() {
                Some(default) if one.is_null() && !declared.nullable => default,
                _ => self.never_null(declared, convert::to(one, &declared.ty)),
            }),
            None if is_written => self.any_value(declared),
            None => default().unwrap_or_else(|| self.any_value(declared)),
        }
    }

    fn of_root(&self, declared: &Declared, context: ContextId, name: &str) -> Value {
        let allowed = self.allowed(declared, context, name);
        if self.assume == Assume::Nothing {
            return allowed.unwrap_or_else(|| self.any_value(declared));
        }
        let assigned = self.context(context).module.assignment(name).and_then(|at| {
            let node = at.node.value()?;
            let site = self.site(context, at.file, start(&node));
            let instance = Instance::single();
            let env = Env { context, site, instance: &instance, owner: None, variables: None };
            Some(convert::to(&self.eval(&node, env), &declared.ty))
        });
        let assumed = Marks { assumed: true, ..Marks::NONE };
        let value = assigned.or_else(|| declared.default.clone()).or(allowed);
        let value = value.unwrap_or_else(|| shape(&declared.ty, 0));
        open_if_empty(value, &declared.ty).marked(assumed)
    }

    /// Any value of its type.
    fn any_value(&self, declared: &Declared) -> Value {
        ValueKind::Unknown { ty: declared.ty.clone(), not_null: !declared.nullable }.into()
    }

    fn never_null(&self, declared: &Declared, value: Value) -> Value {
        match value.kind {
            ValueKind::Unknown { ty, .. } if !declared.nullable => {
                Value { kind: ValueKind::Unknown { ty, not_null: true }, ..value }
            }
            _ => value,
        }
    }

    /// The values that a `validation` of the form `contains([…], var.x)` allows.
    fn allowed(&self, declared: &Declared, context: ContextId, name: &str) -> Option<Value> {
        if self.has_other_conditions(declared, context) {
            return None;
        }
        let body = declared.block.node.body()?;
        let conditions =
            body.blocks_named("validation").filter_map(|it| it.body()?.attribute("condition")?.value());
        conditions.filter_map(|it| self.allowed_by(&it, declared, context, name)).next()
    }

    /// Whether a file of overrides has conditions of its own: which then count, Terraform does not say.
    #[inline(never)]
    fn has_other_conditions(&self, declared: &Declared, context: ContextId) -> bool {
        let parts = self.context(context).module.parts(&declared.block);
        let has_some = |part: &Located<ast::Block>| {
            part.node.body().is_some_and(|body| body.blocks_named("validation").next().is_some())
        };
        parts.iter().skip(1).any(has_some)
    }

    fn allowed_by(
        &self,
        condition: &Expression,
        declared: &Declared,
        context: ContextId,
        name: &str,
    ) -> Option<Value> {
        let (condition, or_null) = without_null_case(condition, name);
        let Expression::Call(call) = &condition else { return None };
        let arguments: Vec<Expression> = call.args().collect();
        let [list, variable] = arguments.as_slice() else { return None };
        if call.function() != "contains" || call.expand_final() || !is_variable(variable, name) {
            return None;
        }
        let site = self.site(context, declared.block.file, start(&condition));
        let instance = Instance::single();
        let env = Env { context, site, instance: &instance, owner: None, variables: None };
        let span = env.span(condition.range())?;
        let list = self.eval(list, env);
        let sequence = list.as_sequence().filter(|it| it.is_complete() && list.is_wholly_known())?;
        let values = sequence.elements.iter().map(|element| convert::to(&element.value, &declared.ty));
        let null = or_null.then(Value::null);
        let when = Some(When::Allowed(span));
        let id = DecisionId::of(&("allowed", context, name));
        let outcomes = values.chain(null).enumerate().map(|(at, value)| {
            let decisions = Decisions::of(id, at as u32);
            Outcome { value, when, decisions }
        });
        let allowed = Value::one_of(outcomes);
        // A list that is too long for the outcomes says no more than the type.
        Some(allowed).filter(|allowed| !allowed.is_unknown() && !allowed.is_failure())
    }
}

/// The right side of `var.x == null || …`, and whether that was there.
fn without_null_case(condition: &Expression, name: &str) -> (Expression, bool) {
    let condition = condition.without_parens();
    if let Expression::Binary(or) = &condition
        && or.operator_token().is_some_and(|token| token.kind() == SyntaxKind::OR_OR)
        && let (Some(left), Some(right)) = (or.left(), or.right())
        && let Expression::Binary(test) = left.without_parens()
        && test.operator_token().is_some_and(|token| token.kind() == SyntaxKind::EQ_EQ)
        && test.left().is_some_and(|left| is_variable(&left, name))
        && test.right().is_some_and(|right| is_null(&right))
    {
        return (right.without_parens(), true);
    }
    (condition, false)
}

fn is_null(node: &Expression) -> bool {
    matches!(node, Expression::Literal(literal) if literal.value() == Some(ast::LiteralValue::Null))
}

fn is_variable(node: &Expression, name: &str) -> bool {
    let Expression::GetAttr(get) = node else { return false };
    let of_var = matches!(get.base(), Some(Expression::Variable(root)) if root.name() == "var");
    of_var && get.name_token().is_some_and(|token| token.text() == name)
}

/// Types in types are filled in so deep.
const DEPTH: u32 = 16;

/// A value with nothing but the defaults of its type's attributes.
fn shape(ty: &Type, depth: u32) -> Value {
    if depth >= DEPTH {
        return Value::unknown_of(ty.clone());
    }
    let inside = |ty: &Type| Some(Arc::new(shape(ty, depth + 1)));
    match ty {
        Type::Object(attributes) => {
            let items = attributes.iter().map(|(name, attribute)| {
                let value = match &attribute.default {
                    Some(default) => default.clone(),
                    None => shape(&attribute.ty, depth + 1).at(attribute.name),
                };
                let item = Item { keys: attribute.name.into(), ..Item::always(value) };
                (Arc::clone(name), item)
            });
            ValueKind::Object(Object::new(items.collect())).into()
        }
        Type::Map(inner) => {
            let (rest, collection) = (inside(inner), Collection::Map);
            ValueKind::Object(Object { rest, collection, ..Object::new(Default::default()) }).into()
        }
        Type::List(inner) => any_number(inside(inner), Collection::List),
        Type::Set(inner) => any_number(inside(inner), Collection::Set),
        _ => Value::unknown_of(ty.clone()),
    }
}

fn any_number(rest: Option<Arc<Value>>, collection: Collection) -> Value {
    ValueKind::Sequence(Sequence { elements: Arc::new([]), rest, collection }).into()
}

/// An empty collection as default says nothing of what a run has: it may have elements of its type.
fn open_if_empty(value: Value, ty: &Type) -> Value {
    let is_empty = match &value.kind {
        ValueKind::Object(object) => object.items.is_empty() && object.collection == Collection::Map,
        ValueKind::Sequence(sequence) => {
            sequence.elements.is_empty() && sequence.collection != Collection::Tuple
        }
        _ => false,
    };
    if is_empty && !matches!(ty, Type::Any) { Value { kind: shape(ty, 0).kind, ..value } } else { value }
}
