//! References and the steps behind them: `local.a.b[0]`, `azapi_resource.x[*].id`, `f(x).y`.

use std::sync::Arc;

use super::Evaluator;
use super::modules::ContextId;
use super::scope::{Env, Named};
use crate::syntax::SyntaxKind;
use crate::syntax::ast::{self, AstNode, Expression, GetAttr, Splat, Step, StepKind};
use crate::terraform::address::{Address, BlockAddress, BlockKind};
use crate::terraform::number::Number;
use crate::terraform::reference::Reference;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{BlockValue, Folder, InstanceKey, Part, PartKind, Text, Value, ValueKind};

impl Evaluator<'_> {
    pub(super) fn traversal(&self, node: &Expression, env: Env<'_>) -> Value {
        // Innermost last: a long chain of steps is walked, not entered.
        let mut steps = vec![];
        let mut root = node.clone();
        while let Some(base) = base(&root) {
            let Some(base) = base else { return Value::unknown() };
            steps.push(std::mem::replace(&mut root, base));
        }
        steps.reverse();
        let Expression::Variable(name) = &root else {
            let value = self.eval(&root, env);
            return self.follow(value, &steps, env);
        };
        let (value, taken) = self.named(&name.name(), &steps, env);
        self.follow(value, &steps[taken..], env)
    }

    /// The value that a name stands for, and how many steps belong to the name.
    fn named(&self, root: &str, steps: &[Expression], env: Env<'_>) -> (Value, usize) {
        match env.named(root) {
            Named::Value(value) => return (value.clone(), 0),
            Named::Nothing => return (Value::unknown(), steps.len()),
            Named::Outside => {}
        }
        let nothing = (Value::unknown(), steps.len());
        let Some(first) = steps.first().and_then(attribute_name) else { return nothing };
        let second = || steps.get(1).and_then(attribute_name);
        match root {
            "local" => (self.local(env.context, &first), 1),
            "var" => (self.variable(env.context, &first), 1),
            "module" => {
                self.module_value(&first, &steps[1..], env).map_or(nothing, |(it, taken)| (it, taken + 1))
            }
            "each" => (env.instance.each(&first), 1),
            "count" if first == "index" => (env.instance.count_index(), 1),
            "path" if first == "module" => {
                (folder(Folder::Module(self.context(env.context).path.clone())), 1)
            }
            "path" if first == "root" => (folder(Folder::Root), 1),
            "path" | "terraform" => (Value::some(Type::String), 1),
            "count" => nothing,
            "self" => match env.owner {
                Some(owner) => (self.block_value(env.context, owner, env.instance.key.clone()), 0),
                None => nothing,
            },
            keyword => match BlockKind::from_keyword(keyword) {
                Some(kind) => match second() {
                    Some(second) => (self.reference(env, BlockAddress::new(kind, first, second)), 2),
                    None => nothing,
                },
                None => (self.reference(env, BlockAddress::new(BlockKind::Resource, root, first)), 1),
            },
        }
    }

    /// A block as a value; unknown where it is not declared, or more than once.
    fn reference(&self, env: Env<'_>, address: BlockAddress) -> Value {
        self.look_up(env.context, &Address::Block(address.clone()));
        self.block_value(env.context, &address, InstanceKey::Whole)
    }

    pub(super) fn block_value(
        &self,
        context: ContextId,
        address: &BlockAddress,
        instance: InstanceKey,
    ) -> Value {
        let context = self.context(context);
        let named = Address::Block(address.clone());
        let Some((file, declaration)) = context.module.declaration(&named) else { return Value::unknown() };
        let Some(name) = context.module.span(file.id(), declaration.name_range) else {
            return Value::unknown();
        };
        let module = context.path.clone();
        let block = BlockValue { module, address: address.clone(), instance, file: file.id(), name };
        Value::from(ValueKind::Block(Arc::new(block)))
    }

    pub(super) fn follow(&self, mut value: Value, steps: &[Expression], env: Env<'_>) -> Value {
        for (at, step) in steps.iter().enumerate() {
            if !self.budget.step() {
                return Value::unknown();
            }
            let rest = &steps[at + 1..];
            value = match step {
                Expression::GetAttr(get) => self.get(&value, get),
                Expression::Index(index) => self.index(&value, &self.eval_some(index.key(), env)),
                Expression::Splat(splat) => {
                    let inner = &rest[..covered(splat, rest)];
                    let mut then = |element: &Value| self.follow(element.clone(), inner, env);
                    let all =
                        self.budget.within(|| self.splat(&value, &mut then)).unwrap_or_else(Value::unknown);
                    return self.follow(all, &rest[inner.len()..], env);
                }
                _ => Value::unknown(),
            };
        }
        value
    }

    fn get(&self, base: &Value, get: &GetAttr) -> Value {
        let Some(name) = get.name_token() else { return Value::unknown() };
        if name.kind() == SyntaxKind::NUMBER {
            // `x.0.1` is read as one number, and refused.
            let at = Number::parse(name.text()).filter(|_| !name.text().contains('.'));
            return at.map_or_else(Value::fails, |at| self.index(base, &Value::number(at)));
        }
        self.attribute(base, name.text())
    }
}

fn folder(folder: Folder) -> Value {
    let part = Part { kind: PartKind::Folder(folder), span: None };
    Text::of([part]).map_or_else(|| Value::some(Type::String), |text| ValueKind::String(text).into())
}

/// Whether an expression is a name alone, with the one attribute that Terraform knows of what has some: `local.a`,
/// `azapi_resource.x.id`. What these lead to is looked at before and beside the expression, so that it fails nowhere in it.
pub(super) fn is_name(node: &Expression, env: Env<'_>) -> bool {
    let Some(traversal) = ast::traversal(&node.without_parens()) else { return false };
    match env.named(&traversal.root) {
        Named::Value(_) => return traversal.steps.is_empty(),
        Named::Nothing => return false,
        Named::Outside => {}
    }
    let Some(reference) = Reference::of(&traversal) else { return false };
    let more = match reference.target {
        Some(Address::Variable(_) | Address::Local(_)) => 0,
        _ => 1,
    };
    let is_attribute = |step: &Step| matches!(&step.kind, StepKind::Attr(name) if !name.is_empty());
    traversal.steps.len() <= reference.taken + more && traversal.steps.iter().all(is_attribute)
}

/// What stands before a step; `None` for what is none, `Some(None)` where nothing stands there.
fn base(step: &Expression) -> Option<Option<Expression>> {
    match step {
        Expression::GetAttr(it) => Some(it.base()),
        Expression::Index(it) => Some(it.base()),
        Expression::Splat(it) => Some(it.base()),
        _ => None,
    }
}

/// How many of the steps behind a splat are taken from each element: all behind `[*]`, attributes behind `.*`.
fn covered(splat: &Splat, rest: &[Expression]) -> usize {
    if splat.is_full() {
        return rest.len();
    }
    rest.iter().take_while(|step| matches!(step, Expression::GetAttr(_))).count()
}

/// The name of a step `.name`.
pub(super) fn attribute_name(step: &Expression) -> Option<String> {
    let Expression::GetAttr(get) = step else { return None };
    let name = get.name_token().filter(|token| token.kind() == SyntaxKind::IDENT)?;
    Some(name.text().to_owned())
}

/// The offset where a node begins.
pub(super) fn start(node: &impl AstNode) -> crate::text::TextSize {
    node.range().start()
}
