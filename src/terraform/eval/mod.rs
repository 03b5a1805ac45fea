//! From an expression to what is known of its value, and where that was written. Bounded in depth, steps and size;
//! never fails: what it cannot tell is unknown.

mod body;
mod budget;
mod call;
mod calls;
mod condition;
mod conditional;
pub(crate) mod convert;
mod definitions;
mod dependencies;
mod expression;
mod for_expression;
mod instances;
mod memo;
mod modules;
mod operators;
mod scope;
mod step;
mod template;
mod traversal;
mod type_expression;
mod variables;

pub(crate) use calls::CalledModule;
pub(crate) use dependencies::Dependency;
pub(crate) use instances::{Instance, Instances, Repeats};
pub(crate) use modules::{Caller, Program};
pub(crate) use scope::NameScope;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use budget::Budget;
use dependencies::Tracker;
use memo::Memo;
use modules::{Context, ContextId};

use super::address::BlockAddress;
use super::file::FileId;
use super::module::{Located, Module, ModuleFile};
use super::span::Span;
use super::value::{InstanceKey, ModulePath, Object, Value, ValueKind};
use crate::syntax::ast::{self, AstNode, Expression};
use crate::text::TextRange;

/// What may be taken for granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assume {
    /// Only what holds in every run: a variable may be given any value.
    Nothing,
    /// A variable has its default, or what a file of variables gives it: right for what is shown or proposed, never
    /// for a verdict.
    Defaults,
}

/// Evaluates expressions of one module, and of those it calls. Remembers every definition it has seen, so make one
/// for all questions of a request.
pub struct Evaluator<'m> {
    assume: Assume,
    program: Option<&'m dyn Program>,
    /// The module that names are looked up in.
    home: Cell<ContextId>,
    contexts: RefCell<Vec<Rc<Context<'m>>>>,
    calls: RefCell<HashMap<(ContextId, String, InstanceKey), Option<ContextId>>>,
    /// Where paths lead, for dependencies, which nothing depends on.
    resolved: RefCell<HashMap<ModulePath, Option<ContextId>>>,
    definitions: Memo<definitions::Key, Value>,
    instances: Memo<instances::Place, Rc<Instances>>,
    tracker: RefCell<Tracker>,
    /// What was asked of dependencies, each of which many answers share; known by where it is.
    held: RefCell<FxHashMap<usize, (Arc<Dependency>, bool)>>,
    budget: Budget,
    /// Expressions whose values say, however they are passed on, that they were written there.
    marked: Vec<Span>,
    /// Where somebody types: of a conditional around it, the side that it is in is asked for.
    cursor: Option<Span>,
}

impl<'m> Evaluator<'m> {
    /// What calls of other modules give is unknown.
    pub fn new(module: &'m Module, assume: Assume) -> Self {
        Self::over(None, module, assume)
    }

    /// `program` says which modules are called.
    pub(crate) fn of_program(program: &'m dyn Program, module: &'m Module, assume: Assume) -> Self {
        Self::over(Some(program), module, assume)
    }

    fn over(program: Option<&'m dyn Program>, module: &'m Module, assume: Assume) -> Self {
        let budget = Budget::default();
        budget.allow_for(module);
        Self {
            assume,
            program,
            home: Cell::new(ContextId::ROOT),
            contexts: RefCell::new(vec![Rc::new(Context::root(module))]),
            calls: RefCell::default(),
            resolved: RefCell::default(),
            definitions: RefCell::default(),
            instances: RefCell::default(),
            tracker: RefCell::default(),
            held: RefCell::default(),
            budget,
            marked: Vec::new(),
            cursor: None,
        }
    }

    /// Another evaluator for the same questions, in whose values the spans of these expressions stand too: a
    /// reference has else only the spans of what it leads to. A conditional with the cursor in one of its sides is
    /// that side, and the sides of others need not be of one type, which they are only once all is written.
    pub(crate) fn marking(&self, marked: Vec<Span>, cursor: Option<Span>) -> Self {
        let root = self.context(ContextId::ROOT).module;
        let marking = Self { marked, cursor, ..Self::over(self.program, root, self.assume) };
        let home = self.context(self.home.get()).path.clone();
        marking.enter(&home);
        marking
    }

    /// The module it looks names up in.
    pub fn module(&self) -> &'m Module {
        self.context(self.home.get()).module
    }

    /// What is known of an expression's value, in whichever instance of the block around it.
    pub(crate) fn value(&self, at: &Located<Expression>) -> Value {
        self.expression(at, &self.scope_around(at))
    }

    /// What is known of an expression's value in a scope.
    pub(crate) fn expression(&self, at: &Located<Expression>, scope: &NameScope) -> Value {
        self.budget.ask(|| self.eval(&at.node, self.env(scope, at.file, at.node.range().start())).settled())
    }

    /// An argument of a block; `None` when it is not written, or has no value yet.
    pub(crate) fn argument(
        &self,
        block: &Located<ast::Block>,
        name: &str,
        scope: &NameScope,
    ) -> Option<Value> {
        self.budget.ask(|| self.argument_in(block, name, scope.context, &scope.instance)).map(Value::settled)
    }

    /// What a reference to an attribute of a block of the module itself gives.
    pub(crate) fn attribute_of(&self, address: &BlockAddress, instance: InstanceKey, name: &str) -> Value {
        self.budget.ask(|| match self.block_value(self.home.get(), address, instance).kind {
            ValueKind::Block(block) => self.block_attribute(&block, name),
            _ => Value::unknown(),
        })
    }

    /// The arguments of a block by name, whose parts have these bodies: attributes, and nested blocks as a list for
    /// each type of block, `dynamic` ones expanded.
    pub(crate) fn arguments(&self, bodies: &[Located<ast::Body>], scope: &NameScope) -> Object {
        self.budget.ask(|| {
            let of_part = |body: &Located<ast::Body>| {
                self.body_object(&body.node, self.env(scope, body.file, body.node.range().start()), 0)
            };
            body::overridden(bodies.iter().map(of_part))
        })
    }

    /// The instances of a block of the module itself.
    pub(crate) fn instances(&self, block: &Located<ast::Block>) -> Rc<Instances> {
        self.budget.ask(|| self.instances_in(block, self.home.get()))
    }

    /// The inside of one instance of a block of the module itself.
    pub(crate) fn scope(&self, block: &Located<ast::Block>, instance: &Instance) -> NameScope {
        NameScope::new(self.home.get(), instance.clone(), scope::address_of(&block.node))
    }

    /// The inside of whichever instance of a block of the module itself.
    pub(crate) fn any_scope(&self, block: &Located<ast::Block>) -> NameScope {
        self.scope(block, &self.instances(block).any())
    }

    /// The block that a value names, and the inside of the instance that is meant.
    pub(crate) fn block(&self, block: &super::value::BlockValue) -> Option<(Located<ast::Block>, NameScope)> {
        let (node, context) = self.budget.ask(|| self.find_block(block))?;
        let instance = self.budget.ask(|| self.instances_in(&node, context).get(&block.instance));
        let scope = NameScope::new(context, instance, Some(block.address.clone()));
        Some((node, scope))
    }

    /// Notes that it counts which parts a block of the module itself has.
    pub(crate) fn depend_on_overrides(&self, block: &Located<ast::Block>) {
        if !self.look_up_overrides() {
            return;
        }
        if let Some(address) = scope::address_of(&block.node) {
            self.look_up(self.home.get(), &address.into());
        }
    }

    /// The parts that Terraform makes one block of, in the order in which they count.
    pub(crate) fn parts_of(&self, block: &Located<ast::Block>) -> Vec<Located<ast::Block>> {
        let has = |module: &Module| module.file(block.file).is_some();
        let own = Some(self.module()).filter(|module| has(module));
        let of_others = || self.contexts.borrow().iter().map(|one| one.module).find(|module| has(module));
        own.or_else(of_others).map_or_else(|| vec![block.clone()], |module| module.parts(block))
    }

    /// A file of this module, or of one that was called.
    pub(crate) fn file(&self, file: FileId) -> Option<&'m ModuleFile> {
        self.contexts.borrow().iter().find_map(|context| context.module.any_file(file))
    }

    /// Where a span stands now, in this module or in one that was called.
    pub(crate) fn locate(&self, span: Span) -> Option<(FileId, TextRange)> {
        self.contexts.borrow().iter().find_map(|context| context.module.locate(span))
    }

    /// What a question looks up, besides its answer. Another evaluator gives the same answer as long as all of it
    /// holds there ([`Evaluator::holds`]); `None` when the budget ran out, and the answer is short of what can be
    /// known, or that is too much to look at again.
    pub(crate) fn tracked<R>(&self, ask: impl FnOnce() -> R) -> (R, Option<Vec<Arc<Dependency>>>) {
        let at = self.tracker.borrow_mut().begin();
        let answer = ask();
        let found = self.tracker.borrow_mut().end_question(at);
        (answer, found.filter(|_| !self.budget.is_used_up()))
    }

    /// Whether everything that was looked up then is the same here.
    pub(crate) fn holds(&self, dependencies: &[Arc<Dependency>]) -> bool {
        self.budget.ask(|| dependencies.iter().all(|dependency| self.still_held(dependency)))
    }

    /// Whether some question so far was too large.
    #[cfg_attr(not(test), expect(dead_code, reason = "answers are not kept over requests yet"))]
    pub(crate) fn is_used_up(&self) -> bool {
        self.budget.is_used_up()
    }
}

#[cfg(test)]
mod tests;
