//! The modules that a run reaches, and questions asked in one of them as it is called.

use std::rc::Rc;
use std::sync::Arc;

use super::Evaluator;
use super::instances::{Instances, Repeats};
use super::modules::ContextId;
use crate::syntax::ast;
use crate::syntax::literal::escaped;
use crate::terraform::address::Address;
use crate::terraform::file::FileId;
use crate::terraform::module::Located;
use crate::terraform::value::{InstanceKey, ModulePath, ModuleStep, Presence};

/// So many modules are looked at as they are called, in one run.
const MOST_CALLED: usize = 512;
/// A call with more instances than this is looked at as one that may be any of them.
const MOST_INSTANCES: usize = 16;

/// A module as one call has it.
#[derive(Debug, Clone)]
pub(crate) struct CalledModule {
    /// Each with the instance that is meant; [`InstanceKey::Unknown`] where it may be any.
    pub(crate) path: ModulePath,
    /// Terraform's address, with an example key where none is known.
    pub(crate) address: String,
    /// Whether every run has it.
    pub(crate) is_certain: bool,
    /// The last of the calls.
    pub(crate) call: Located<ast::Block>,
}

impl Evaluator<'_> {
    /// Every module that is called from the one that a run begins with, outer ones first.
    pub(crate) fn called_modules(&self) -> Vec<CalledModule> {
        let mut all: Vec<CalledModule> = Vec::new();
        self.budget.ask(|| self.add_called(ContextId::ROOT, "", true, &mut all));
        let mut at = 0;
        while at < all.len() && all.len() < MOST_CALLED {
            let outer = all[at].clone();
            self.budget.ask(|| {
                if let Some(context) = self.context_of(&outer.path) {
                    self.add_called(context, &outer.address, outer.is_certain, &mut all);
                }
            });
            at += 1;
        }
        all.truncate(MOST_CALLED);
        all
    }

    fn add_called(&self, caller: ContextId, prefix: &str, is_certain: bool, all: &mut Vec<CalledModule>) {
        let context = self.context(caller);
        for file in context.module.files() {
            for declaration in file.index().declarations() {
                let Some(Address::Module(name)) = declaration.address else { continue };
                let Some(call) = context.module.block(&Address::Module(name.clone())) else { continue };
                let instances = self.instances_in(&call, caller);
                for (key, presence) in told_apart(&instances) {
                    let step = ModuleStep { name: name.as_str().into(), instance: key.clone() };
                    let path = ModulePath(context.path.0.iter().cloned().chain([step]).collect());
                    if all.len() >= MOST_CALLED || self.context_of(&path).is_none() {
                        continue;
                    }
                    let dot = if prefix.is_empty() { "" } else { "." };
                    all.push(CalledModule {
                        path,
                        address: format!("{prefix}{dot}module.{name}{}", index(&key, instances.repeats)),
                        is_certain: is_certain && presence == Presence::Always,
                        call: call.clone(),
                    });
                }
            }
        }
    }

    /// Asks in a called module: names are looked up there, with that call's inputs. `None` where the calls lead
    /// nowhere.
    pub(crate) fn inside<R>(&self, path: &ModulePath, ask: impl FnOnce() -> R) -> Option<R> {
        let inner = self.budget.ask(|| self.context_of(path))?;
        let outer = self.home.replace(inner);
        let answer = ask();
        self.home.set(outer);
        Some(answer)
    }

    /// Every instance of a call in the module that names are looked up in.
    pub(crate) fn calls_named(&self, name: &str) -> Vec<ModulePath> {
        let home = self.context(self.home.get()).path.clone();
        let called = self.budget.ask(|| {
            let mut all = Vec::new();
            self.add_called(self.home.get(), "", true, &mut all);
            all
        });
        let is_it = |path: &ModulePath| {
            path.0.split_last().is_some_and(|(last, outer)| *last.name == *name && *outer == *home.0)
        };
        called.into_iter().map(|called| called.path).filter(is_it).collect()
    }

    /// The calls that lead to the module of a file, by their names; where one has several instances, any of them is
    /// meant.
    pub(crate) fn ways_to(&self, file: FileId) -> Vec<ModulePath> {
        let mut ways: Vec<ModulePath> = Vec::new();
        for called in self.called_modules() {
            let leads_here = || self.module().file(file).is_some();
            if self.inside(&called.path, leads_here) != Some(true) {
                continue;
            }
            let names =
                |path: &ModulePath| path.0.iter().map(|step| Arc::clone(&step.name)).collect::<Vec<_>>();
            match ways.iter_mut().find(|other| names(other) == names(&called.path)) {
                Some(other) => *other = any_of_both(other, &called.path),
                None => ways.push(called.path),
            }
        }
        ways
    }

    /// From now on, names are looked up in a called module. Whether the calls lead somewhere.
    pub(crate) fn enter(&self, path: &ModulePath) -> bool {
        let inner = self.budget.ask(|| self.context_of(path));
        inner.map(|inner| self.home.set(inner)).is_some()
    }

    /// Notes what decides how the module that is asked about is called.
    pub(crate) fn depend_on_calls(&self) {
        let path = self.context(self.home.get()).path.clone();
        self.budget.ask(|| self.context_of(&path));
    }
}

/// Where two paths of the same calls have different instances, any is meant.
fn any_of_both(one: &ModulePath, other: &ModulePath) -> ModulePath {
    let steps = one.0.iter().zip(other.0.iter()).map(|(one, other)| {
        let instance =
            if one.instance == other.instance { one.instance.clone() } else { InstanceKey::Unknown };
        ModuleStep { name: Arc::clone(&one.name), instance }
    });
    ModulePath(steps.collect())
}

/// The instances to look at, each with whether it is there.
fn told_apart(instances: &Rc<Instances>) -> Vec<(InstanceKey, Presence)> {
    if instances.known.len() > MOST_INSTANCES {
        let surely = instances.known.iter().any(|(_, presence)| *presence == Presence::Always);
        return vec![(InstanceKey::Unknown, if surely { Presence::Always } else { Presence::Maybe })];
    }
    let known = instances.known.iter().map(|(instance, presence)| (instance.key.clone(), *presence));
    let rest = instances.rest.as_ref().map(|_| (InstanceKey::Unknown, Presence::Maybe));
    known.chain(rest).collect()
}

/// An instance in an address.
fn index(key: &InstanceKey, repeats: Repeats) -> String {
    match (key, repeats) {
        (InstanceKey::Key(key), _) => format!("[\"{}\"]", escaped(key)),
        (InstanceKey::Index(at), _) => format!("[{at}]"),
        (_, Repeats::Once) => String::new(),
        (_, Repeats::Count) => "[0]".to_owned(),
        (_, Repeats::ForEach) => "[\"key\"]".to_owned(),
    }
}
