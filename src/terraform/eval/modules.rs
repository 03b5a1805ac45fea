//! Calls of modules: inputs into the child, outputs back.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Evaluator;
use super::dependencies::LookedUp;
use super::expression::either;
use super::instances::{Instance, Instances};
use super::scope::Env;
use super::traversal::attribute_name;
use crate::syntax::ast::{self, Expression};
use crate::terraform::address::Address;
use crate::terraform::file::FileId;
use crate::terraform::module::{Located, Module};
use crate::terraform::value::{
    InstanceKey, Item, ModulePath, ModuleStep, Object, Presence, Value, ValueKind,
};

/// The modules that belong together.
pub(crate) trait Program {
    /// The module that a `module` block leads to; `None` where its files are not here.
    fn call(&self, caller: &Caller<'_>, call: &Located<ast::Block>) -> Option<&Module>;
}

/// Where a call stands.
pub(crate) struct Caller<'c> {
    /// The module that a run begins with.
    pub(crate) root: &'c Module,
    /// The calls that lead from there to the caller.
    pub(crate) path: &'c ModulePath,
    pub(crate) module: &'c Module,
}

/// So many calls in each other are followed, and so many in all.
const DEPTH: usize = 16;
const MOST: usize = 2_000;

/// One call of one module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ContextId(u32);

impl ContextId {
    pub(super) const ROOT: Self = Self(0);

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

pub(super) struct Context<'m> {
    pub(super) module: &'m Module,
    pub(super) path: ModulePath,
    /// `None` for the module that is asked about.
    pub(super) call: Option<Call>,
}

pub(super) struct Call {
    pub(super) caller: ContextId,
    pub(super) block: Located<ast::Block>,
    pub(super) instance: Rc<Instance>,
}

impl<'m> Context<'m> {
    pub(super) fn root(module: &'m Module) -> Self {
        Self { module, path: ModulePath::default(), call: None }
    }

    pub(super) fn is_root(&self) -> bool {
        self.call.is_none()
    }
}

impl<'m> Evaluator<'m> {
    pub(super) fn context(&self, id: ContextId) -> Rc<Context<'m>> {
        Rc::clone(&self.contexts.borrow()[id.index()])
    }

    pub(super) fn context_of(&self, path: &ModulePath) -> Option<ContextId> {
        path.0
            .iter()
            .try_fold(ContextId::ROOT, |context, step| self.called(context, &step.name, &step.instance))
    }

    /// The module behind one instance of a call.
    fn called(&self, caller: ContextId, name: &str, instance: &InstanceKey) -> Option<ContextId> {
        let call = self.call_of(caller, name)?;
        let key = (caller, name.to_owned(), instance.clone());
        if let Some(known) = self.calls.borrow().get(&key) {
            return *known;
        }
        let context = self.new_context(caller, call, name, instance);
        let id = context.and_then(|context| {
            let mut contexts = self.contexts.borrow_mut();
            if contexts.len() >= MOST {
                return None;
            }
            let is_new = contexts.iter().all(|it| !std::ptr::eq(it.module, context.module));
            if is_new {
                self.budget.allow_for(context.module);
            }
            contexts.push(Rc::new(context));
            Some(ContextId(contexts.len() as u32 - 1))
        });
        self.calls.borrow_mut().insert(key, id);
        id
    }

    /// The one block of a call and its instances. Notes what decides where it leads, also where that is remembered.
    fn call_of(&self, caller: ContextId, name: &str) -> Option<(Located<ast::Block>, Rc<Instances>)> {
        let outer = self.context(caller);
        let address = Address::Module(name.to_owned());
        self.look_up(caller, &address);
        if self.program.is_some() {
            self.look_up_call(caller, name);
        }
        let block = outer.module.block(&address)?;
        let instances = self.instances_in(&block, caller);
        Some((block, instances))
    }

    /// The module that a call leads to, by its first file.
    pub(super) fn leads_to(&self, caller: &Context<'m>, name: &str) -> Option<FileId> {
        let block = caller.module.block(&Address::Module(name.to_owned()))?;
        self.module_of_call(caller, &block)?.files().first().map(|file| file.id())
    }

    fn module_of_call(&self, outer: &Context<'m>, block: &Located<ast::Block>) -> Option<&'m Module> {
        let root = self.context(ContextId::ROOT).module;
        self.program?.call(&Caller { root, path: &outer.path, module: outer.module }, block)
    }

    /// Whether a module is the caller, or calls it: Terraform has no modules that call themselves.
    fn is_within(&self, caller: ContextId, module: &Module) -> bool {
        let contexts = self.contexts.borrow();
        std::iter::successors(Some(&contexts[caller.index()]), |context| {
            context.call.as_ref().map(|call| &contexts[call.caller.index()])
        })
        .any(|context| std::ptr::eq(context.module, module))
    }

    fn new_context(
        &self,
        caller: ContextId,
        (block, instances): (Located<ast::Block>, Rc<Instances>),
        name: &str,
        instance: &InstanceKey,
    ) -> Option<Context<'m>> {
        let outer = self.context(caller);
        if outer.path.0.len() >= DEPTH {
            return None;
        }
        let module = self.module_of_call(&outer, &block)?;
        if self.is_within(caller, module) {
            return None;
        }
        let step = ModuleStep { name: name.into(), instance: instance.clone() };
        let path = ModulePath(outer.path.0.iter().cloned().chain([step]).collect());
        let instance = instances.get(instance);
        Some(Context { module, path, call: Some(Call { caller, block, instance }) })
    }

    /// `module.m`, with an index and an output where they follow, and how many steps those are.
    pub(super) fn module_value(
        &self,
        name: &str,
        steps: &[Expression],
        env: Env<'_>,
    ) -> Option<(Value, usize)> {
        let (_, instances) = self.call_of(env.context, name)?;
        if instances.is_single() {
            return match steps.first().and_then(attribute_name) {
                Some(output) => Some((self.output_of(name, &InstanceKey::Whole, &output, env), 1)),
                None => Some((self.outputs(name, &InstanceKey::Whole, env), 0)),
            };
        }
        if let [Expression::Index(index), rest @ ..] = steps {
            return Some(self.indexed_call(name, &instances, index, rest, env));
        }
        let all = instances.collected(|instance| self.outputs(name, &instance.key, env));
        Some((all.into(), 0))
    }

    /// `module.m[key]` and what follows it.
    fn indexed_call(
        &self,
        name: &str,
        instances: &Instances,
        index: &ast::Index,
        rest: &[Expression],
        env: Env<'_>,
    ) -> (Value, usize) {
        let key = self.eval_some(index.key(), env);
        let (wanted, presence) = instances.find(&key);
        let (value, taken) = match (presence, rest.first().and_then(attribute_name)) {
            (None, _) => (Value::fails(), 1),
            (_, Some(output)) => (self.output_of(name, &wanted, &output, env), 2),
            (_, None) => (self.outputs(name, &wanted, env), 1),
        };
        let value = match presence {
            Some(Presence::Maybe) if !value.is_unknown() => either(&value, &Value::fails()),
            _ => value,
        };
        (value.marked(key.marks), taken)
    }

    fn output_of(&self, name: &str, instance: &InstanceKey, output: &str, env: Env<'_>) -> Value {
        match self.called(env.context, name, instance) {
            Some(context) => self.output(context, output),
            None => Value::unknown(),
        }
    }

    /// All outputs of one instance of a call.
    fn outputs(&self, name: &str, instance: &InstanceKey, env: Env<'_>) -> Value {
        let Some(id) = self.called(env.context, name, instance) else { return Value::unknown() };
        let context = self.context(id);
        self.depend(&context.path, LookedUp::Outputs(context.module.outputs().map(Into::into).collect()));
        let mut items = BTreeMap::new();
        for output in context.module.outputs() {
            if !self.budget.nodes(1) {
                return Value::unknown();
            }
            items.insert(output.into(), Item::always(self.output(id, output)));
        }
        ValueKind::Object(Object::new(items)).into()
    }
}
