//! Calls of modules: inputs into the child, outputs back.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::Evaluator;
use super::instances::{Instance, Repeats};
use super::scope::Env;
use super::traversal::attribute_name;
use crate::syntax::ast::{self, Expression};
use crate::terraform::address::Address;
use crate::terraform::module::{Located, Module};
use crate::terraform::value::{
    Collection, Element, InstanceKey, Item, ModulePath, ModuleStep, Object, Presence, Sequence, Value,
    ValueKind,
};

/// The modules that belong together.
pub(crate) trait Program {
    /// The module that a `module` block of another calls; `None` where its files are not here.
    fn call<'p>(&'p self, module: &Module, call: &Located<ast::Block>) -> Option<&'p Module>;

    /// A file of the folder of a module, by its path from there.
    fn read_file(&self, module: &Module, path: &str) -> Option<Arc<str>>;
}

/// So many calls in each other are followed, and so many in all.
const DEPTH: usize = 16;
const MOST: usize = 2_000;

/// One call of one module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ContextId(u32);

impl ContextId {
    pub(super) const ROOT: Self = Self(0);
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
        Rc::clone(&self.contexts.borrow()[id.0 as usize])
    }

    pub(super) fn context_of(&self, path: &ModulePath) -> Option<ContextId> {
        path.0
            .iter()
            .try_fold(ContextId::ROOT, |context, step| self.called(context, &step.name, &step.instance))
    }

    /// The module behind one instance of a call.
    fn called(&self, caller: ContextId, name: &str, instance: &InstanceKey) -> Option<ContextId> {
        let key = (caller, name.to_owned(), instance.clone());
        if let Some(known) = self.calls.borrow().get(&key) {
            return *known;
        }
        let context = self.new_context(caller, name, instance);
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

    fn new_context(&self, caller: ContextId, name: &str, instance: &InstanceKey) -> Option<Context<'m>> {
        let outer = self.context(caller);
        let address = Address::Module(name.to_owned());
        self.look_up(caller, &address);
        let block = outer.module.block(&address).filter(|_| outer.path.0.len() < DEPTH)?;
        let module = self.program?.call(outer.module, &block)?;
        let step = ModuleStep { name: name.into(), instance: instance.clone() };
        let path = ModulePath(outer.path.0.iter().cloned().chain([step]).collect());
        let instance = self.instances_in(&block, caller).get(instance);
        Some(Context { module, path, call: Some(Call { caller, block, instance }) })
    }

    /// `module.m`, with an index and an output where they follow, and how many steps those are.
    pub(super) fn module_value(
        &self,
        name: &str,
        steps: &[Expression],
        env: Env<'_>,
    ) -> Option<(Value, usize)> {
        let address = Address::Module(name.to_owned());
        self.look_up(env.context, &address);
        let block = self.context(env.context).module.block(&address)?;
        let instances = self.instances_in(&block, env.context);
        if instances.is_single() {
            return match steps.first().and_then(attribute_name) {
                Some(output) => Some((self.output_of(name, &InstanceKey::Whole, &output, env), 1)),
                None => Some((self.outputs(name, &InstanceKey::Whole, env), 0)),
            };
        }
        if let [Expression::Index(index), rest @ ..] = steps {
            let key = self.eval_some(index.key(), env);
            let (wanted, presence) = instances.find(&key);
            let (value, taken) = match (presence, rest.first().and_then(attribute_name)) {
                (None, _) => (Value::fails(), 1),
                (_, Some(output)) => (self.output_of(name, &wanted, &output, env), 2),
                (_, None) => (self.outputs(name, &wanted, env), 1),
            };
            let value = match presence {
                Some(Presence::Maybe) if !value.is_unknown() => {
                    super::expression::either(&value, &Value::fails())
                }
                _ => value,
            };
            return Some((value.marked(key.marks), taken));
        }
        let of = |instance: &Instance| self.outputs(name, &instance.key, env);
        let rest = instances.rest.as_ref().map(|rest| Arc::new(of(rest)));
        let kind = if instances.repeats == Repeats::Count {
            let element = |(it, presence): &(Instance, Presence)| Element {
                value: of(it),
                site: None,
                presence: *presence,
            };
            let elements = instances.known.iter().map(element).collect();
            ValueKind::Sequence(Sequence { elements, rest, collection: Collection::Tuple })
        } else {
            let item = |(it, presence): &(Instance, Presence)| match &it.key {
                InstanceKey::Key(key) => {
                    Some((Arc::clone(key), Item { presence: *presence, ..Item::always(of(it)) }))
                }
                _ => None,
            };
            let items: BTreeMap<_, _> = instances.known.iter().filter_map(item).collect();
            ValueKind::Object(Object { rest, ..Object::new(items) })
        };
        Some((kind.into(), 0))
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
        let module = self.context(id).module;
        let mut items = BTreeMap::new();
        for file in module.files() {
            for declaration in file.index().declarations() {
                let Some(Address::Output(output)) = &declaration.address else { continue };
                if !self.budget.nodes(1) {
                    return Value::unknown();
                }
                items.insert(output.as_str().into(), Item::always(self.output(id, output)));
            }
        }
        ValueKind::Object(Object::new(items)).into()
    }
}
