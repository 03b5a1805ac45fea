//! Every part of the expressions of a body paired with what the schema says of it: what the cursor is on is found
//! by it. Verdicts stand on values instead (`body/`).

use std::cell::Cell;

use super::members::{Member, Members};
use crate::schema::path::{BodyPath, Step};
use crate::schema::{SchemaType, TypeKind};
use crate::syntax::ast::{self, Expression};
use crate::terraform::{Evaluator, Located};

/// A part of a body with its schema.
#[derive(Debug)]
pub enum BodyNode<'a, 's> {
    /// A value: an object, a list, a scalar, whatever gives it. A value that follows from a reference to a local
    /// is visited where the local stands.
    Value {
        /// Its expression.
        expression: &'a Located<Expression>,
        /// From the body's root.
        path: &'a BodyPath,
        /// What the schema allows there.
        ty: SchemaType<'s>,
        /// The properties an object may have here; `None` where it may be no object.
        members: Option<&'a Members<'s>>,
    },
    /// A key of an object, visited before its value.
    Item {
        /// The key with its value.
        item: &'a Located<ast::ObjectItem>,
        /// From the body's root, this key included.
        path: &'a BodyPath,
        /// What the key means; `None` when the schema does not know it.
        member: Option<&'a Member<'s>>,
        /// The object's properties.
        members: &'a Members<'s>,
    },
}

/// Objects in objects are followed so deep.
const DEPTH: u32 = 100;
/// So many parts are visited in one walk; a body of the largest real module has a few thousand.
const NODES: u32 = 50_000;

/// Walks bodies of one module.
pub struct BodyWalk<'w, 'm, 's> {
    evaluator: &'w Evaluator<'m>,
    visit: &'w mut dyn FnMut(BodyNode<'_, 's>),
    path: BodyPath,
    depth: u32,
    nodes: Cell<u32>,
    /// The `name` argument, which selects the variant of bodies whose discriminator is `name`.
    name: Option<String>,
}

impl<'w, 'm, 's> BodyWalk<'w, 'm, 's> {
    /// A walk that calls `visit` for every part, outer ones first. `name` is the block's `name` where known.
    pub fn new(
        evaluator: &'w Evaluator<'m>,
        name: Option<String>,
        visit: &'w mut dyn FnMut(BodyNode<'_, 's>),
    ) -> Self {
        Self { evaluator, visit, path: BodyPath::default(), depth: 0, nodes: Cell::new(0), name }
    }

    /// Walks the value of `body` (or `sensitive_body`, …) whose schema is `ty`.
    pub fn body(&mut self, expression: &Located<Expression>, ty: SchemaType<'s>) {
        self.value(expression, ty);
    }

    fn value(&mut self, at: &Located<Expression>, ty: SchemaType<'s>) {
        if self.depth >= DEPTH || self.nodes.get() >= NODES {
            return;
        }
        self.depth += 1;
        self.nodes.set(self.nodes.get() + 1);
        self.value_within(at, ty);
        self.depth -= 1;
    }

    fn value_within(&mut self, at: &Located<Expression>, ty: SchemaType<'s>) {
        match &at.node {
            Expression::Paren(paren) => self.optional(at, paren.expression(), ty),
            Expression::Conditional(conditional) => {
                self.optional(at, conditional.if_true(), ty);
                self.optional(at, conditional.if_false(), ty);
            }
            Expression::Call(call) => self.call(&at.with(call.clone()), at, ty),
            Expression::For(each) => self.for_each(&at.with(each.clone()), ty),
            Expression::Object(object) => self.object(&at.with(object.clone()), at, ty),
            Expression::Tuple(tuple) => self.tuple(&at.with(tuple.clone()), at, ty),
            Expression::Variable(_) | Expression::GetAttr(_) | Expression::Index(_) => {
                self.visit_value(at, ty, None);
                if let Some(target) = self.evaluator.definition(at) {
                    self.value(&target, ty);
                }
            }
            _ => self.visit_value(at, ty, None),
        }
    }

    fn optional(&mut self, at: &Located<Expression>, inner: Option<Expression>, ty: SchemaType<'s>) {
        if let Some(inner) = inner {
            self.value(&at.with(inner), ty);
        }
    }

    fn visit_value(&mut self, at: &Located<Expression>, ty: SchemaType<'s>, members: Option<&Members<'s>>) {
        (self.visit)(BodyNode::Value { expression: at, path: &self.path, ty, members });
    }

    /// Functions that hand an argument on as it is: their arguments are bodies too.
    fn call(&mut self, call: &Located<ast::Call>, at: &Located<Expression>, ty: SchemaType<'s>) {
        self.visit_value(at, ty, None);
        let name = call.node.function();
        match name.strip_prefix("core::").unwrap_or(&name) {
            "merge" | "try" | "coalesce" | "coalescelist" | "concat" | "tolist" | "toset" | "tomap"
            | "sensitive" | "nonsensitive" | "jsonencode" | "distinct" | "flatten" => {
                for argument in call.node.args() {
                    self.value(&call.with(argument), ty);
                }
            }
            _ => {}
        }
    }

    fn for_each(&mut self, each: &Located<ast::For>, ty: SchemaType<'s>) {
        let Some(value) = each.node.value() else { return };
        let inner = if each.node.is_object() {
            self.members(ty, &|_| None).and_then(|members| members.get("").map(|member| member.ty))
        } else {
            item_type(ty)
        };
        if let Some(inner) = inner {
            self.step([Step::Any], |walk| walk.value(&each.with(value), inner));
        }
    }

    fn tuple(&mut self, tuple: &Located<ast::Tuple>, at: &Located<Expression>, ty: SchemaType<'s>) {
        self.visit_value(at, ty, None);
        let Some(items) = item_type(ty) else { return };
        for (index, element) in tuple.node.elements().enumerate() {
            self.step([Step::Index(index)], |walk| walk.value(&tuple.with(element), items));
        }
    }

    fn object(&mut self, object: &Located<ast::Object>, at: &Located<Expression>, ty: SchemaType<'s>) {
        let evaluator = self.evaluator;
        let known = |key: &str| known_text(evaluator, object, key);
        let members = self.members(ty, &known);
        self.visit_value(at, ty, members.as_ref());
        let Some(members) = members else { return };
        for item in object.node.items() {
            let item = object.with(item);
            let Some(key) = key_of(evaluator, &item) else { continue };
            let member = members.get(&key);
            let steps: Vec<Step> = match &member {
                Some(member) => member.steps(&key).collect(),
                None => vec![Step::Key(key)],
            };
            self.step(steps, |walk| {
                let path = &walk.path;
                (walk.visit)(BodyNode::Item {
                    item: &item,
                    path,
                    member: member.as_ref(),
                    members: &members,
                });
                if let (Some(member), Some(value)) = (&member, item.node.value()) {
                    walk.value(&item.with(value), member.ty);
                }
            });
        }
    }

    fn members(&self, ty: SchemaType<'s>, known: &dyn Fn(&str) -> Option<String>) -> Option<Members<'s>> {
        let at_root = self.path.is_root();
        Members::of(ty, &|key| match (&self.name, key) {
            (Some(name), "name") if at_root => Some(name.clone()),
            _ => known(key),
        })
    }

    fn step(&mut self, steps: impl IntoIterator<Item = Step>, inner: impl FnOnce(&mut Self)) {
        let here = self.path.steps().len();
        steps.into_iter().for_each(|step| self.path.push(step));
        inner(self);
        self.path.truncate(here);
    }
}

fn known_text(evaluator: &Evaluator<'_>, object: &Located<ast::Object>, key: &str) -> Option<String> {
    let item = object.node.items().find(|item| item.key_text().as_deref() == Some(key))?;
    evaluator.value(&object.with(item.value()?)).assumed().as_str().map(|text| text.to_string())
}

/// The key of an object item; `None` when it is not known.
fn key_of(evaluator: &Evaluator<'_>, at: &Located<ast::ObjectItem>) -> Option<String> {
    if let Some(text) = at.node.key_text() {
        return Some(text);
    }
    let expression = at.node.key()?.expression()?;
    evaluator.value(&at.with(expression)).as_str().map(|text| text.to_string())
}

/// The type of the items of a list, where the schema allows a list.
pub fn item_type(ty: SchemaType<'_>) -> Option<SchemaType<'_>> {
    match ty.kind() {
        TypeKind::Array { items, .. } => Some(items),
        TypeKind::Union(elements) => elements.into_iter().find_map(|element| match element.kind() {
            TypeKind::Array { items, .. } => Some(items),
            _ => None,
        }),
        _ => None,
    }
}
