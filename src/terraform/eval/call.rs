//! Calls of functions.

use std::rc::Rc;
use std::sync::Arc;

use super::Evaluator;
use super::dependencies::LookedUp;
use super::modules::{Context as EvalContext, ContextId};
use super::scope::Env;
use super::traversal::is_name;
use crate::syntax::ast::{self, Expression};
use crate::terraform::functions::{self, Context, FilePath};
use crate::terraform::value::{
    Collection, Element, Folder, Item, Marks, Object, Outcome, Presence, ProviderCall, Sequence, Value,
    ValueKind,
};

impl Evaluator<'_> {
    pub(super) fn call(&self, node: &ast::Call, env: Env<'_>) -> Value {
        let name = node.function();
        let name = name.strip_prefix("core::").unwrap_or(&name);
        let mut written: Vec<Expression> = node.args().collect();
        let of_failure = matches!(name, "try" | "can");
        if of_failure && !node.expand_final() {
            // What a name stands for fails by itself or not at all: what stands behind it is never taken.
            match (name, written.iter().position(|argument| is_name(argument, env))) {
                ("try", Some(0)) => return self.eval(&written[0], env),
                ("try", Some(at)) => written.truncate(at + 1),
                ("can", Some(0)) if written.len() == 1 => return Value::bool(true),
                _ => {}
            }
        }
        let mut arguments: Vec<Value> = written.iter().map(|argument| self.eval(argument, env)).collect();
        if !self.budget.nodes(arguments.len()) {
            return Value::unknown();
        }
        if node.expand_final() {
            match arguments.pop().map(|last| self.expanded(name, &last)) {
                Some(Some(last)) => arguments.extend(last),
                _ => return Value::unknown(),
            }
        }
        if name.starts_with("provider::") {
            let marks = arguments.iter().fold(Marks::NONE, |marks, one| marks.with(one.marks));
            let call = ProviderCall { name: name.into(), arguments, path: Vec::new(), changes: Vec::new() };
            return Value::from(ValueKind::ProviderCall(Arc::new(call))).marked(marks);
        }
        if of_failure {
            arguments = arguments.iter().map(|argument| self.failing_whole(argument)).collect();
        }
        arguments = arguments.iter().map(|argument| self.instances_as_values(argument)).collect();
        self.bounded(functions::call(name, &arguments, &Caller { evaluator: self, env }))
    }

    /// The arguments that `last...` stands for; `None` where their number is not known.
    fn expanded(&self, name: &str, last: &Value) -> Option<Vec<Value>> {
        let last = self.elements(last);
        let sequence = last.as_sequence()?;
        if !self.budget.nodes(sequence.elements.len()) {
            return None;
        }
        let marks = last.marks;
        if sequence.is_complete() {
            return Some(sequence.elements.iter().map(|it| it.value.clone().marked(marks)).collect());
        }
        // What may be missing, and may come any number of times, is for these a value whose parts may be missing.
        if !matches!(name, "merge" | "concat") {
            return None;
        }
        let mut all = Vec::new();
        for element in sequence.elements.iter() {
            all.push(match element.presence {
                Presence::Always => element.value.clone().marked(marks),
                Presence::Maybe => may_be_empty(&element.value, false)?.marked(marks),
            });
        }
        if let Some(rest) = &sequence.rest {
            all.push(may_be_empty(rest, true)?.marked(marks));
        }
        Some(all)
    }

    /// An argument of `try` fails when any part of it does.
    fn failing_whole(&self, value: &Value) -> Value {
        value.map_outcomes(&mut |value| if self.has_failure(value) { Value::fails() } else { value.clone() })
    }

    /// Whether a part of it that is there in any case fails.
    pub(super) fn has_failure(&self, value: &Value) -> bool {
        if !self.budget.nodes(1) {
            return false;
        }
        match &value.kind {
            ValueKind::Fails => true,
            ValueKind::Sequence(sequence) => sequence
                .elements
                .iter()
                .any(|element| element.presence == Presence::Always && self.has_failure(&element.value)),
            ValueKind::Object(object) => object
                .items
                .values()
                .any(|item| item.presence == Presence::Always && self.has_failure(&item.value)),
            _ => false,
        }
    }

    /// A whole block with `count` or `for_each` is the list or map of its instances.
    fn instances_as_values(&self, value: &Value) -> Value {
        if matches!(value.kind, ValueKind::Block(_)) { self.elements(value) } else { value.clone() }
    }
}

/// An object or list, or several of its kind, or nothing in its place.
fn may_be_empty(value: &Value, several: bool) -> Option<Value> {
    let kind = match &value.spelled_out().kind {
        ValueKind::Object(object) => {
            let items = object.items.iter();
            let items = items
                .map(|(key, item)| (Arc::clone(key), Item { presence: Presence::Maybe, ..item.clone() }));
            ValueKind::Object(Object { items: Arc::new(items.collect()), ..object.clone() })
        }
        ValueKind::Sequence(sequence) if several => {
            let values =
                sequence.elements.iter().map(|it| it.value.clone()).chain(sequence.rest.as_deref().cloned());
            let rest = Value::one_of(values.map(Outcome::of));
            let elements = Arc::new([]);
            ValueKind::Sequence(Sequence {
                elements,
                rest: Some(Arc::new(rest)),
                collection: Collection::Tuple,
            })
        }
        ValueKind::Sequence(sequence) => {
            let elements = sequence.elements.iter();
            let elements = elements.map(|it| Element { presence: Presence::Maybe, ..it.clone() }).collect();
            ValueKind::Sequence(Sequence { elements, ..sequence.clone() })
        }
        _ => return None,
    };
    Some(Value { kind, ..value.clone() })
}

struct Caller<'c, 'm> {
    evaluator: &'c Evaluator<'m>,
    env: Env<'c>,
}

impl<'m> Caller<'_, 'm> {
    /// The module in whose folder a file is looked for, and the path from there. Where a run begins is known of a
    /// module that nobody calls.
    fn folder_of(&self, path: &FilePath) -> Option<(Rc<EvalContext<'m>>, String)> {
        let evaluator = self.evaluator;
        let id = match &path.folder {
            Some(Folder::Module(calls)) => evaluator.context_of(calls)?,
            Some(Folder::Root) | None => {
                let root = evaluator.context(ContextId::ROOT);
                let is_called = root.module.is_called();
                evaluator.depend(&root.path, LookedUp::Called(is_called));
                if is_called {
                    return None;
                }
                ContextId::ROOT
            }
        };
        Some((evaluator.context(id), path.rest.clone()))
    }

    fn depend_on_file(&self, module: &EvalContext<'m>, path: String, text: Option<Arc<str>>) {
        let is_there = module.module.side_files().has(&path);
        self.evaluator.depend(&module.path, LookedUp::File { path: path.into(), text, is_there });
    }
}

impl Context for Caller<'_, '_> {
    fn read_file(&self, path: &FilePath) -> Option<Arc<str>> {
        let (module, path) = self.folder_of(path)?;
        let text = module.module.side_files().text(&path).cloned();
        self.depend_on_file(&module, path, text.clone());
        text
    }

    fn has_file(&self, path: &FilePath) -> bool {
        let Some((module, path)) = self.folder_of(path) else { return false };
        let is_there = module.module.side_files().has(&path);
        let text = module.module.side_files().text(&path).cloned();
        self.depend_on_file(&module, path, text);
        is_there
    }

    fn find_files(&self, folder: &FilePath, pattern: &str) -> Option<Vec<String>> {
        let (module, folder) = self.folder_of(folder)?;
        let found = module.module.side_files().matching(&folder, pattern);
        let (folder, pattern) = (folder.into(), pattern.into());
        let what = LookedUp::Files { folder, pattern, found: found.clone() };
        self.evaluator.depend(&module.path, what);
        found
    }

    fn render(&self, template: &str, variables: &Object) -> Value {
        self.evaluator.render_text(template, variables, self.env)
    }

    fn charge(&self, nodes: usize) -> bool {
        self.evaluator.budget.nodes(nodes)
    }
}
