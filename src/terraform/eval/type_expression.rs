//! Reads type constraints: `object({ name = string, size = optional(number, 3) })`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Evaluator;
use super::convert;
use super::instances::Instance;
use super::modules::ContextId;
use super::scope::Env;
use super::traversal::start;
use crate::syntax::ast::{self, AstNode, Expression};
use crate::terraform::module::Located;
use crate::terraform::type_constraint::{Attribute, Type};

impl Evaluator<'_> {
    /// Any where a variable has no `type`.
    pub(super) fn type_of_variable(&self, block: &Located<ast::Block>, context: ContextId) -> Type {
        let Some(Located { file, node }) = self.written(block, "type", context) else { return Type::Any };
        let site = self.site(context, file, start(&node));
        let instance = Instance::single();
        self.read_type(&node, Env { context, site, instance: &instance, owner: None, variables: None })
    }

    /// Any for what is no type.
    fn read_type(&self, node: &Expression, env: Env<'_>) -> Type {
        self.budget.within(|| self.read_type_within(node, env)).unwrap_or_default()
    }

    fn read_type_within(&self, node: &Expression, env: Env<'_>) -> Type {
        match node {
            Expression::Variable(name) => simple(&name.name()),
            // As Terraform 0.11 wrote them.
            Expression::Template(template) => template.literal().map_or(Type::Any, |name| simple(&name)),
            Expression::Paren(paren) => {
                paren.expression().map_or(Type::Any, |inner| self.read_type(&inner, env))
            }
            Expression::Call(call) => self.read_constructor(call, env),
            _ => Type::Any,
        }
    }

    fn read_constructor(&self, call: &ast::Call, env: Env<'_>) -> Type {
        let Some(argument) = call.args().next() else { return Type::Any };
        let inner = || Arc::new(self.read_type(&argument, env));
        match (call.function().as_str(), &argument) {
            ("list", _) => Type::List(inner()),
            ("set", _) => Type::Set(inner()),
            ("map", _) => Type::Map(inner()),
            ("optional", _) => self.read_type(&argument, env),
            ("tuple", Expression::Tuple(types)) => {
                Type::Tuple(types.elements().map(|element| self.read_type(&element, env)).collect())
            }
            ("object", Expression::Object(object)) => {
                let attributes: BTreeMap<Arc<str>, Attribute> =
                    object.items().filter_map(|item| self.read_attribute(&item, env)).collect();
                Type::Object(Arc::new(attributes))
            }
            _ => Type::Any,
        }
    }

    fn read_attribute(&self, item: &ast::ObjectItem, env: Env<'_>) -> Option<(Arc<str>, Attribute)> {
        let key = item.key()?;
        let name: Arc<str> = key.text()?.into();
        let span = env.span(key.range());
        let value = item.value();
        let (mut optional, mut default) = (false, None);
        let ty = value.as_ref().map_or(Type::Any, |value| self.read_type(value, env));
        if let Some(Expression::Call(call)) = &value
            && call.function() == "optional"
        {
            optional = true;
            let written = call.args().nth(1);
            default = written.map(|node| convert::to(&self.eval(&node, env), &ty));
        }
        Some((name, Attribute { ty, optional, default, name: span }))
    }
}

fn simple(name: &str) -> Type {
    let any = || Arc::new(Type::Any);
    match name {
        "string" => Type::String,
        "number" => Type::Number,
        "bool" => Type::Bool,
        "list" => Type::List(any()),
        "set" => Type::Set(any()),
        "map" => Type::Map(any()),
        _ => Type::Any,
    }
}
