//! Text in, text out: what is known of `local.x`, written as `value/print.rs` says.

mod blocks;
mod bounds;
mod expressions;
mod properties;
mod spans;
mod variables;

use std::collections::HashMap;
use std::sync::Arc;

use super::{Assume, Caller, Evaluator, Program};
use crate::syntax;
use crate::syntax::ast;
use crate::terraform::FileId;
use crate::terraform::declaration::FileIndex;
use crate::terraform::module::{Located, Module, ModuleFile};
use crate::terraform::value::Value;

fn file(id: u32, text: &str) -> ModuleFile {
    let parse = syntax::parse(text);
    let index = Arc::new(FileIndex::new(&parse.root()));
    ModuleFile::new(FileId(id), parse, index)
}

fn module(text: &str) -> Module {
    Module::new(vec![file(0, text)])
}

fn value_of(evaluator: &Evaluator<'_>, local: &str) -> Value {
    evaluator.value(&evaluator.module().local(local).expect("the local"))
}

/// What is known of `local.x` of a file.
fn known(text: &str, assume: Assume) -> String {
    let module = module(text);
    value_of(&Evaluator::new(&module, assume), "x").to_string()
}

/// The same of an expression in a module with these declarations.
#[track_caller]
fn check(declarations: &str, expression: &str, expected: &str) {
    let text = format!("{declarations}\nlocals {{\n  x = {expression}\n}}\n");
    assert_eq!(known(&text, Assume::Nothing), expected, "{expression}");
}

/// The same with defaults.
#[track_caller]
fn check_assumed(declarations: &str, expression: &str, expected: &str) {
    let text = format!("{declarations}\nlocals {{\n  x = {expression}\n}}\n");
    assert_eq!(known(&text, Assume::Defaults), expected, "{expression}");
}

/// Modules by the `source` that names them.
struct Sources(HashMap<&'static str, Module>);

impl Program for Sources {
    fn call(&self, _: &Caller<'_>, call: &Located<ast::Block>) -> Option<&Module> {
        let source = call.node.body()?.attribute("source")?.value()?.literal_string()?;
        self.0.get(source.as_str())
    }
}
