//! From an expression to what is known of its value. Bounded in depth and in steps; never fails: what it cannot
//! tell is [`Value::Unknown`].

use std::cell::Cell;
use std::collections::BTreeMap;

use super::address::{Address, BlockAddress};
use super::module::{Located, Module};
use super::old_functions as functions;
use super::old_value::{ComputedAttribute, TextPart, Value};
use super::reference::{self, Reference};
use crate::syntax::ast::{self, Expression, IndexKey, LiteralValue, Step, StepKind, TemplatePart};

/// What may be taken for granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assume {
    /// Only what holds in every run: a variable may be given any value.
    Nothing,
    /// A variable has its default: right for what is shown or proposed, never for a verdict.
    Defaults,
}

/// References may follow each other this deep before they are given up (`local.a = local.b`, …).
const DEPTH: u32 = 64;
/// So many expressions are looked at for one question.
const STEPS: u32 = 20_000;

/// One instance of a block with `count` or `for_each`: what `each` and `count` are inside it.
#[derive(Debug, Clone, PartialEq)]
pub enum Instance {
    /// `count.index`
    Index(u64),
    /// `each.key` and `each.value`
    Key {
        /// `each.key`
        key: String,
        /// `each.value`
        value: Value,
    },
}

/// Evaluates expressions of one module.
pub struct Evaluator<'m> {
    module: &'m Module,
    assume: Assume,
    instance: Option<Instance>,
    depth: Cell<u32>,
    steps: Cell<u32>,
}

impl<'m> Evaluator<'m> {
    /// An evaluator with its full allowance of steps; make one per question.
    pub fn new(module: &'m Module, assume: Assume) -> Self {
        Self { module, assume, instance: None, depth: Cell::new(0), steps: Cell::new(0) }
    }

    /// The same, inside one instance of a block. References to other blocks lead out of it: what those say of
    /// `each` and `count` is then taken for this instance's too, which holds for blocks that are made in step.
    pub fn in_instance(module: &'m Module, assume: Assume, instance: Option<Instance>) -> Self {
        Self { instance, ..Self::new(module, assume) }
    }

    /// The module it looks names up in.
    pub fn module(&self) -> &'m Module {
        self.module
    }

    /// What is known of an expression's value.
    pub fn value(&self, at: &Located<Expression>) -> Value {
        if self.depth.get() == 0 {
            self.steps.set(0);
        }
        if self.depth.get() >= DEPTH || self.steps.get() >= STEPS {
            return Value::Unknown;
        }
        self.steps.set(self.steps.get() + 1);
        self.depth.set(self.depth.get() + 1);
        let value = self.expression(at);
        self.depth.set(self.depth.get() - 1);
        value
    }

    fn optional(&self, at: &Located<Option<Expression>>) -> Value {
        at.node.clone().map_or(Value::Unknown, |node| self.value(&at.with(node)))
    }

    fn expression(&self, at: &Located<Expression>) -> Value {
        match &at.node {
            Expression::Literal(literal) => literal_value(literal),
            Expression::Template(template) => self.template(&at.with(template.parts().collect())),
            Expression::Heredoc(heredoc) => match heredoc.literal() {
                Some(text) => Value::text(text),
                None => self.template(&at.with(heredoc.parts().collect())),
            },
            Expression::Paren(paren) => self.optional(&at.with(paren.expression())),
            Expression::Conditional(conditional) => self.conditional(&at.with(conditional.clone())),
            Expression::Tuple(tuple) => {
                Value::Tuple(tuple.elements().map(|element| self.value(&at.with(element))).collect())
            }
            Expression::Object(object) => self.object(&at.with(object.clone())),
            Expression::Call(call) => self.call(&at.with(call.clone())),
            Expression::Variable(_)
            | Expression::GetAttr(_)
            | Expression::Index(_)
            | Expression::Splat(_) => self.traversal(at),
            Expression::Unary(_) | Expression::Binary(_) | Expression::For(_) => Value::Unknown,
        }
    }

    fn template(&self, at: &Located<Vec<TemplatePart>>) -> Value {
        // A template that is one interpolation and nothing else has that expression's value, whatever its type.
        if let [TemplatePart::Interpolation(only)] = at.node.as_slice() {
            return self.optional(&at.with(only.expression()));
        }
        let mut parts = Vec::new();
        for part in &at.node {
            match part {
                TemplatePart::Text(text) => parts.push(TextPart::Known(text.text())),
                TemplatePart::Interpolation(inner) => {
                    match self.optional(&at.with(inner.expression())).into_text_parts() {
                        Some(inner) => parts.extend(inner),
                        None => return Value::Unknown,
                    }
                }
                TemplatePart::If(_) | TemplatePart::For(_) | TemplatePart::Error(_) => {
                    parts.push(TextPart::Unknown);
                }
            }
        }
        Value::from_parts(parts)
    }

    fn conditional(&self, at: &Located<ast::Conditional>) -> Value {
        let (yes, no) = (at.with(at.node.if_true()), at.with(at.node.if_false()));
        match self.optional(&at.with(at.node.condition())) {
            Value::Bool(true) => self.optional(&yes),
            Value::Bool(false) => self.optional(&no),
            _ => Value::one_of([self.optional(&yes), self.optional(&no)]),
        }
    }

    fn object(&self, at: &Located<ast::Object>) -> Value {
        let mut items = BTreeMap::new();
        let mut complete = true;
        for item in at.node.items() {
            match self.key(&at.with(item.clone())) {
                Some(key) => {
                    items.insert(key, self.optional(&at.with(item.value())));
                }
                None => complete = false,
            }
        }
        Value::Object { items, complete }
    }

    /// The key of an object item; `None` when it is not known.
    pub fn key(&self, at: &Located<ast::ObjectItem>) -> Option<String> {
        if let Some(text) = at.node.key_text() {
            return Some(text);
        }
        let expression = at.node.key()?.expression()?;
        self.value(&at.with(expression)).as_text()
    }

    fn call(&self, at: &Located<ast::Call>) -> Value {
        let name = at.node.function();
        if at.node.expand_final() {
            return Value::Unknown;
        }
        let arguments = at.node.args().map(|argument| self.value(&at.with(argument))).collect();
        if name.starts_with("provider::") {
            return Value::ProviderCall { name, arguments };
        }
        functions::call(&name, arguments)
    }

    fn traversal(&self, at: &Located<Expression>) -> Value {
        let Some(traversal) = ast::traversal(&at.node) else {
            return self.on_expression(at);
        };
        let Some(found) = Reference::of(&traversal) else { return Value::Unknown };
        let rest = &traversal.steps[found.taken..];
        match found.target {
            // Where the path leads through written objects, only what it leads to is evaluated.
            Some(Address::Local(name)) => match self.definition(at) {
                Some(definition) => self.value(&definition),
                None => self.module.local(&name).map_or(Value::Unknown, |it| follow(self.value(&it), rest)),
            },
            Some(Address::Variable(name)) if self.assume == Assume::Defaults => {
                let default = self.module.variable_default(&name);
                default.map_or(Value::Unknown, |it| follow(self.value(&it), rest))
            }
            Some(Address::Block(block)) => self.block_attribute(block, rest),
            Some(_) => Value::Unknown,
            None => self.of_instance(&traversal),
        }
    }

    /// `each.key`, `each.value…`, `count.index`
    fn of_instance(&self, traversal: &ast::Traversal) -> Value {
        let Some((StepKind::Attr(name), rest)) =
            traversal.steps.split_first().map(|(first, rest)| (&first.kind, rest))
        else {
            return Value::Unknown;
        };
        match (traversal.root.as_str(), name.as_str(), &self.instance) {
            ("each", "key", Some(Instance::Key { key, .. })) => follow(Value::text(key), rest),
            ("each", "value", Some(Instance::Key { value, .. })) => follow(value.clone(), rest),
            ("count", "index", Some(Instance::Index(at))) => follow(Value::Number(*at as f64), rest),
            _ => Value::Unknown,
        }
    }

    /// `(expression).name`, `f(x)[0]`: a step on something that is no plain name.
    fn on_expression(&self, at: &Located<Expression>) -> Value {
        match &at.node {
            Expression::GetAttr(get) => match get.name_token() {
                Some(name) => self.optional(&at.with(get.base())).get(name.text()),
                None => Value::Unknown,
            },
            Expression::Index(index) => {
                let base = self.optional(&at.with(index.base()));
                index_value(&base, &self.optional(&at.with(index.key())))
            }
            _ => Value::Unknown,
        }
    }

    /// The expression that defines what a reference names, as far as it stands in the module: the value of a
    /// local, or what a key of it leads to. `None` for everything that is not decided there.
    pub fn definition(&self, at: &Located<Expression>) -> Option<Located<Expression>> {
        let traversal = ast::traversal(&at.node)?;
        let found = Reference::of(&traversal)?;
        let mut definition = match found.target {
            Some(Address::Local(name)) => self.module.local(&name)?,
            Some(Address::Variable(name)) if self.assume == Assume::Defaults => {
                self.module.variable_default(&name)?
            }
            _ => return None,
        };
        for step in &traversal.steps[found.taken..] {
            let inner = match (&step.kind, definition.node.without_parens()) {
                (StepKind::Attr(key) | StepKind::Index(IndexKey::Str(key)), Expression::Object(object)) => {
                    // Of a key written twice the last counts.
                    let items = object.items().filter(|item| item.key_text().as_deref() == Some(key));
                    items.last()?.value()?
                }
                (StepKind::Index(IndexKey::Int(place)), Expression::Tuple(tuple)) => {
                    tuple.elements().nth(usize::try_from(*place).ok()?)?
                }
                _ => return None,
            };
            definition = definition.with(inner);
        }
        Some(definition)
    }

    fn block_attribute(&self, block: BlockAddress, steps: &[Step]) -> Value {
        let address = Address::Block(block.clone());
        let Some((file, declaration)) = self.module.declaration(&address) else { return Value::Unknown };
        let Some(steps) = reference::behind_instance(steps) else { return Value::Unknown };
        let Some((StepKind::Attr(name), rest)) = steps.split_first().map(|(first, rest)| (&first.kind, rest))
        else {
            return Value::Unknown;
        };
        if name.is_empty() {
            return Value::Unknown;
        }
        let written = self.module.block(&address).and_then(|block| {
            let value = block.node.body()?.attribute(name)?.value()?;
            Some(block.with(value))
        });
        let computed = Value::Computed(ComputedAttribute {
            address: block,
            path: vec![name.clone()],
            file: file.id(),
            name_range: declaration.name_range,
        });
        match written {
            Some(expression) => follow(self.value(&expression), rest),
            None => follow(computed, rest),
        }
    }
}

fn literal_value(literal: &ast::Literal) -> Value {
    match literal.value() {
        Some(LiteralValue::Null) => Value::Null,
        Some(LiteralValue::Bool(value)) => Value::Bool(value),
        Some(LiteralValue::Number(text)) => text.parse().map_or(Value::Unknown, Value::Number),
        None => Value::Unknown,
    }
}

fn follow(mut value: Value, steps: &[Step]) -> Value {
    for step in steps {
        value = match &step.kind {
            StepKind::Attr(name) => value.get(name),
            StepKind::Index(IndexKey::Str(key)) => value.get(key),
            StepKind::Index(IndexKey::Int(at)) => value.item(*at as usize),
            StepKind::Index(IndexKey::Other) | StepKind::Splat => Value::Unknown,
        };
    }
    value
}

fn index_value(base: &Value, key: &Value) -> Value {
    match key {
        Value::Number(at) if *at >= 0.0 && at.fract() == 0.0 => base.item(*at as usize),
        key => key.as_text().map_or(Value::Unknown, |key| base.get(&key)),
    }
}

#[cfg(test)]
mod tests;
