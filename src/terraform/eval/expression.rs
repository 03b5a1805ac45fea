//! Expressions by their kind.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Evaluator;
use super::convert;
use super::scope::Env;
use crate::syntax::ast::{self, AstNode, Expression, LiteralValue};
use crate::terraform::number::Number;
use crate::terraform::span::Spans;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{
    Collection, Element, Item, Marks, Object, Outcome, Presence, Sequence, Value, ValueKind,
};
use crate::text::TextRange;

impl Evaluator<'_> {
    pub(super) fn eval(&self, node: &Expression, env: Env<'_>) -> Value {
        let value = self.budget.within(|| self.eval_within(node, env)).unwrap_or_else(Value::unknown);
        if self.marked.is_empty() { value } else { self.with_mark(value, node.range(), env) }
    }

    /// The value with the span of the range where that is one of the marked ones.
    pub(super) fn with_mark(&self, value: Value, range: TextRange, env: Env<'_>) -> Value {
        match env.span(range).filter(|span| self.marked.contains(span)) {
            Some(span) => value.map_outcomes(&mut |one| {
                let spans = Spans::from(span).with(&one.spans);
                one.clone().at(spans)
            }),
            None => value,
        }
    }

    fn eval_within(&self, node: &Expression, env: Env<'_>) -> Value {
        match node {
            Expression::Literal(literal) => literal_value(literal, env),
            Expression::Template(template) => self.quoted(template, env),
            Expression::Heredoc(heredoc) => self.heredoc(heredoc, env),
            Expression::Paren(paren) => self.eval_some(paren.expression(), env),
            Expression::Conditional(conditional) => self.conditional(conditional, env),
            Expression::Tuple(tuple) => self.tuple(tuple, env),
            Expression::Object(object) => self.object(object, env),
            Expression::Call(call) => self.call(call, env),
            Expression::Variable(_)
            | Expression::GetAttr(_)
            | Expression::Index(_)
            | Expression::Splat(_) => self.traversal(node, env),
            Expression::Unary(unary) => self.unary(unary, env),
            Expression::Binary(binary) => self.binary(binary, env),
            Expression::For(each) => self.for_expression(each, env),
        }
    }

    /// What is not written yet is unknown.
    pub(super) fn eval_some(&self, node: Option<Expression>, env: Env<'_>) -> Value {
        node.map_or_else(Value::unknown, |node| self.eval(&node, env))
    }

    fn tuple(&self, tuple: &ast::Tuple, env: Env<'_>) -> Value {
        let mut elements = Vec::new();
        for element in tuple.elements() {
            if !self.budget.nodes(1) {
                return Value::unknown();
            }
            let site = env.span(element.range());
            elements.push(Element { value: self.eval(&element, env), site, presence: Presence::Always });
        }
        let sequence = Sequence { elements: elements.into(), rest: None, collection: Collection::Tuple };
        self.bounded(Value::from(ValueKind::Sequence(sequence)).at(env.span(tuple.range())))
    }

    fn object(&self, object: &ast::Object, env: Env<'_>) -> Value {
        let mut builder = ObjectBuilder::default();
        for item in object.items() {
            if !self.budget.nodes(1) {
                return Value::unknown();
            }
            let Some(key) = item.key() else { continue };
            let node = item.value();
            let site = node.as_ref().map(|node| node.range()).and_then(|range| env.span(range));
            let value = self.eval_some(node, env);
            let keys = Spans::from(env.span(key.range()));
            let added = Item { value, keys, site, presence: Presence::Always };
            builder.add(&self.object_key(&key, env), added);
        }
        self.bounded(builder.finish().at(env.span(object.range())))
    }

    /// The value, unless it has grown beyond all use: lists of which each holds another twice double line by line.
    pub(super) fn bounded(&self, value: Value) -> Value {
        let (sequence, object) = (value.as_sequence(), value.as_object());
        let is_flat = sequence
            .is_none_or(|it| it.elements.iter().all(|it| is_scalar(&it.value)) && it.rest.is_none())
            && object.is_none_or(|it| it.items.values().all(|it| is_scalar(&it.value)) && it.rest.is_none());
        let is_small = convert::breadth(&value) < NODES_PER_STEP;
        if is_flat && is_small && !matches!(value.kind, ValueKind::OneOf(_)) {
            return value;
        }
        match value.size_within(LARGEST, DEEPEST) {
            Some(size) if self.budget.steps(size / NODES_PER_STEP) => value,
            _ => Value::unknown(),
        }
    }

    fn object_key(&self, key: &ast::ObjectKey, env: Env<'_>) -> Value {
        match key.expression() {
            Some(Expression::Literal(literal)) => match literal.value() {
                Some(LiteralValue::Number(text)) => Number::parse(&text)
                    .map_or_else(Value::unknown, |number| Value::string(number.to_string())),
                _ => key.text().map_or_else(Value::unknown, Value::string),
            },
            Some(Expression::Variable(name)) => Value::string(name.name()),
            Some(expression) => self.eval(&expression, env),
            None => Value::unknown(),
        }
    }
}

/// Elements and items in all that a value may have, and how deep they may lie in each other.
const LARGEST: usize = 50_000;
const DEEPEST: usize = 100;
/// Counting them costs that much less than evaluating.
const NODES_PER_STEP: usize = 8;

fn is_scalar(value: &Value) -> bool {
    !matches!(value.kind, ValueKind::Sequence(_) | ValueKind::Object(_) | ValueKind::OneOf(_))
}

fn literal_value(literal: &ast::Literal, env: Env<'_>) -> Value {
    let value = match literal.value() {
        Some(LiteralValue::Null) => Value::null(),
        Some(LiteralValue::Bool(value)) => Value::bool(value),
        Some(LiteralValue::Number(text)) => {
            Number::parse(&text).map_or_else(|| Value::some(Type::Number), Value::number)
        }
        None => Value::unknown(),
    };
    value.at(env.span(literal.range()))
}

/// Makes an object out of keys that may be unknown.
#[derive(Default)]
pub(super) struct ObjectBuilder {
    items: BTreeMap<Arc<str>, Item>,
    replaced: Vec<(Arc<str>, Item)>,
    rest: Vec<Outcome>,
    marks: Marks,
    fails: bool,
}

impl ObjectBuilder {
    /// Of a key written twice the last counts.
    pub(super) fn add(&mut self, key: &Value, item: Item) {
        let key = convert::to(key, &Type::String);
        self.marks = self.marks.with(key.marks);
        match &key.kind {
            ValueKind::OneOf(outcomes) => {
                for outcome in &**outcomes {
                    self.add_one(&outcome.value, Item { presence: Presence::Maybe, ..item.clone() });
                }
            }
            _ => self.add_one(&key, item),
        }
    }

    fn add_one(&mut self, key: &Value, item: Item) {
        if let Some(known) = key.as_str() {
            let former = self.items.remove(&known);
            self.items.insert(Arc::clone(&known), over(former.as_ref(), item));
            self.replaced.extend(former.map(|former| (known, former)));
            return;
        }
        match key.kind {
            ValueKind::Null | ValueKind::Fails => self.fails = true,
            _ => {
                // It may be any of the keys before it.
                for before in self.items.values_mut() {
                    before.value = either(&before.value, &item.value);
                }
                self.rest.push(Outcome::of(item.value));
            }
        }
    }

    /// An item that is not there, for the cursor alone.
    pub(super) fn leave_out(&mut self, key: Arc<str>, item: Item) {
        self.replaced.push((key, item));
    }

    pub(super) fn finish(self) -> Value {
        if self.fails {
            return Value::fails();
        }
        let rest = (!self.rest.is_empty()).then(|| Arc::new(Value::one_of(self.rest)));
        let object = Object { rest, replaced: self.replaced.into(), ..Object::new(self.items) };
        Value::from(ValueKind::Object(object)).marked(self.marks)
    }
}

/// An item in the place of a former one, which stays possible where the new one may be absent.
fn over(former: Option<&Item>, item: Item) -> Item {
    match former {
        Some(former) if item.presence == Presence::Maybe => {
            Item { value: either(&former.value, &item.value), presence: former.presence, ..item }
        }
        _ => item,
    }
}

/// One of two values.
pub(super) fn either(one: &Value, two: &Value) -> Value {
    Value::one_of([one, two].map(|value| Outcome::of(value.clone())))
}
