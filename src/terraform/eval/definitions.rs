//! What names are defined as: locals, and the arguments of blocks. Each is evaluated once.

use std::sync::Arc;

use super::Evaluator;
use super::instances::Instance;
use super::modules::ContextId;
use super::scope::{Env, address_of};
use super::traversal::start;
use crate::syntax::ast;
use crate::terraform::address::{Address, BlockKind};
use crate::terraform::file::FileId;
use crate::terraform::module::Located;
use crate::terraform::span::Span;
use crate::terraform::value::{BlockValue, ComputedAttribute, InstanceKey, Marks, Outcome, Value, ValueKind};
use crate::text::TextSize;

/// A definition in one call of its module.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) context: ContextId,
    pub(super) what: What,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum What {
    Local(String),
    Variable(String),
    Output(String),
    /// By where the block begins.
    Argument {
        file: FileId,
        block: TextSize,
        name: String,
        instance: InstanceKey,
    },
}

impl Evaluator<'_> {
    /// The value of a definition, remembered. All that lead back to themselves are unknown.
    pub(super) fn define(&self, key: Key, evaluate: impl FnOnce() -> Value) -> Value {
        self.remembered(&self.definitions, &key, Value::unknown).unwrap_or_else(|| {
            self.remember(&self.definitions, key, Value::unknown, || self.bounded(evaluate()))
        })
    }

    pub(super) fn local(&self, context: ContextId, name: &str) -> Value {
        let key = Key { context, what: What::Local(name.to_owned()) };
        self.define(key, || {
            self.look_up(context, &Address::Local(name.to_owned()));
            let Some(at) = self.context(context).module.local(name) else {
                return Value::unknown().at(self.marked_local(context, name));
            };
            let site = self.site(context, at.file, start(&at.node));
            let instance = Instance::single();
            self.eval(&at.node, Env { context, site, instance: &instance, owner: None, variables: None })
        })
    }

    /// Where a local stands that has no value yet, if that is what is marked.
    fn marked_local(&self, context: ContextId, name: &str) -> Option<Span> {
        let module = self.context(context).module;
        let address = Address::Local(name.to_owned());
        let (file, declaration) = module.declaration(&address).filter(|_| !self.marked.is_empty())?;
        module.span(file.id(), declaration.range).filter(|span| self.marked.contains(span))
    }

    /// An argument as it is written in a block; `None` when it is not, or has no value yet.
    pub(super) fn argument_in(
        &self,
        block: &Located<ast::Block>,
        name: &str,
        context: ContextId,
        instance: &Instance,
    ) -> Option<Value> {
        let Located { file, node } = self.written(block, name, context)?;
        let key = argument_key(block, name, context, &instance.key);
        Some(self.define(key, || {
            let owner = address_of(&block.node);
            let site = self.site(context, file, start(&node));
            let owner = owner.as_ref();
            self.eval(&node, Env { context, site, instance, owner, variables: None })
        }))
    }

    /// Where the value of an argument of a block is written. A function of its own, as each frame below counts.
    #[inline(never)]
    pub(super) fn written(
        &self,
        block: &Located<ast::Block>,
        name: &str,
        context: ContextId,
    ) -> Option<Located<ast::Expression>> {
        self.context(context).module.value(block, name)
    }

    /// Whether an argument stands there, with or without a value.
    #[inline(never)]
    pub(super) fn is_written(&self, block: &Located<ast::Block>, name: &str, context: ContextId) -> bool {
        self.context(context).module.argument(block, name).is_some()
    }

    #[inline(never)]
    fn has_nested(&self, block: &Located<ast::Block>, name: &str, context: ContextId) -> bool {
        self.context(context).module.parts(block).iter().any(|part| has_nested(&part.node, name))
    }

    /// Where a block stands that a value names.
    pub(super) fn find_block(&self, block: &BlockValue) -> Option<(Located<ast::Block>, ContextId)> {
        let context = self.context_of(&block.module)?;
        let address = Address::Block(block.address.clone());
        self.look_up(context, &address);
        Some((self.context(context).module.block(&address)?, context))
    }

    /// `azapi_resource.x.name`: what is written, or computed where nothing or null is.
    pub(super) fn block_attribute(&self, block: &Arc<BlockValue>, name: &str) -> Value {
        let Some((node, context)) = self.find_block(block) else { return Value::unknown() };
        let instances = self.instances_in(&node, context);
        if block.instance == InstanceKey::Whole && !instances.is_single() {
            return Value::fails();
        }
        let marks = Marks { ephemeral: block.address.kind == BlockKind::Ephemeral, ..Marks::NONE };
        self.stated(block, &node, context, &instances.get(&block.instance), name).marked(marks)
    }

    fn stated(
        &self,
        block: &Arc<BlockValue>,
        node: &Located<ast::Block>,
        context: ContextId,
        instance: &Instance,
        name: &str,
    ) -> Value {
        let computed = || {
            let block = (**block).clone();
            let attribute = ComputedAttribute { block, path: vec![name.into()], changes: Vec::new() };
            Value::from(ValueKind::Computed(Arc::new(attribute)))
        };
        if is_meta_argument(name) {
            return Value::unknown();
        }
        // The arguments of a list or an action are no attributes of what it gives.
        if matches!(block.address.kind, BlockKind::List | BlockKind::Action) {
            return computed();
        }
        if let Some(written) = self.argument_in(node, name, context, instance) {
            return written.map_outcomes(&mut |one| if one.is_null() { computed() } else { one.clone() });
        }
        if self.has_nested(node, name, context) {
            return Value::unknown();
        }
        computed()
    }

    /// The value of an output of a module.
    pub(super) fn output(&self, context: ContextId, name: &str) -> Value {
        let address = Address::Output(name.to_owned());
        let key = Key { context, what: What::Output(name.to_owned()) };
        self.define(key, || {
            self.look_up(context, &address);
            let module = self.context(context).module;
            if module.declarations(&address).next().is_none() {
                return Value::fails();
            }
            let Some(block) = module.block(&address) else { return Value::unknown() };
            let instance = Instance::single();
            let value = self.argument_in(&block, "value", context, &instance);
            value.unwrap_or_else(Value::unknown).settled().marked(self.block_marks(&block, context))
        })
    }

    /// `sensitive` and `ephemeral` of a variable or an output.
    pub(super) fn block_marks(&self, block: &Located<ast::Block>, context: ContextId) -> Marks {
        let is_set = |name| {
            let value = self.argument_in(block, name, context, &Instance::single());
            value.and_then(|value| value.as_bool()).unwrap_or_default()
        };
        Marks { sensitive: is_set("sensitive"), ephemeral: is_set("ephemeral"), assumed: false }
    }
}

pub(super) fn argument_key(
    block: &Located<ast::Block>,
    name: &str,
    context: ContextId,
    instance: &InstanceKey,
) -> Key {
    let (file, name, instance) = (block.file, name.to_owned(), instance.clone());
    Key { context, what: What::Argument { file, block: start(&block.node), name, instance } }
}

/// What Terraform itself reads in a block; no attribute of what the block gives.
fn is_meta_argument(name: &str) -> bool {
    matches!(
        name,
        "count" | "for_each" | "provider" | "depends_on" | "lifecycle" | "connection" | "provisioner"
    )
}

/// Whether blocks of this type stand in a block: which shape they have in its value, only the provider knows.
fn has_nested(block: &ast::Block, name: &str) -> bool {
    block.body().is_some_and(|body| {
        body.blocks().any(|inner| {
            inner.keyword() == name
                || inner.keyword() == "dynamic" && inner.labels().next().is_some_and(|it| it.text() == name)
        })
    })
}

/// One of the values, in the order given.
pub(super) fn one_of(values: impl IntoIterator<Item = Value>) -> Value {
    Value::one_of(values.into_iter().map(Outcome::of))
}
