//! Diagnostics: runs the checks over a module, sorts what they report by file and place, applies suppressions and
//! settings.
//!
//! A code is a row in `codes.rs` and a file of its own here, with check, message, fixes and tests together.

mod argument_fault;
mod argument_fix;
#[cfg(test)]
mod argument_tests;
mod body_fault;
mod body_fix;
#[cfg(test)]
mod body_tests;
mod braces;
#[cfg(test)]
mod called_tests;
mod checker;
pub(crate) mod codes;
mod conflicting_arguments;
#[cfg(test)]
mod defaults_tests;
mod diagnostic;
mod duplicate_key;
mod fix;
#[cfg(test)]
mod generated_tests;
mod invalid_argument;
mod invalid_length;
mod invalid_parent_id;
mod invalid_path;
mod invalid_resource_id;
mod invalid_type_format;
mod invalid_value;
mod missing_argument;
mod missing_parent_id;
mod missing_property;
mod most;
mod no_matching_variant;
mod not_creatable;
mod of_calls;
mod out_of_range;
mod pattern_mismatch;
mod read_only_property;
mod sensitive_property;
mod suppress;
mod syntax_error;
mod type_mismatch;
mod type_reference;
mod unknown_api_version;
mod unknown_argument;
mod unknown_function;
mod unknown_property;
mod unknown_resource_type;

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

pub(crate) use diagnostic::Related;
pub use diagnostic::{Diagnostic, Severity};
pub(crate) use fix::{Fix, safe_fixes};
pub(crate) use most::{FileDiagnostics, More};
pub(super) use of_calls::OfCalls;

use argument_fault::ArgumentCheck;
use body_fault::BodyCheck;
use checker::{Check, Checker};
use suppress::Suppressions;

use super::cache::{CalledFrom, CleanBlocks};
use super::program::ModuleTree;
use super::{Analysis, FileId, SeveritySetting};
use crate::azapi::Resource;
use crate::azapi::body::block_arguments;
use crate::syntax::ast::AstNode;
use crate::terraform::value::Presence;
use crate::terraform::{Address, Assume, Located, Module};

/// All diagnostics in a file, by range, those of blocks in other files and of calls of the module included. Empty for
/// a file that is not in the module, and when nobody waits any more.
pub(super) fn of_file(analysis: &Analysis, tree: &ModuleTree<'_>, file: FileId) -> FileDiagnostics {
    by_file(analysis, tree, codes::CHECKS, Some(file)).remove(&file).unwrap_or_default()
}

/// All diagnostics of a module, by file and range. Empty when nobody waits any more.
pub(super) fn of_module(analysis: &Analysis, tree: &ModuleTree<'_>) -> BTreeMap<FileId, FileDiagnostics> {
    by_file(analysis, tree, codes::CHECKS, None)
}

/// What only calls of the module are refused for in a file.
pub(super) fn of_calls(analysis: &Analysis, tree: &ModuleTree<'_>, file: FileId) -> FileDiagnostics {
    let mut own = reported(analysis, tree, codes::CHECKS, Some(file)).unwrap_or_default();
    let mut own = own.remove(&file).unwrap_or_default();
    own.more = More::default();
    let count = own.list.len();
    let mut found = BTreeMap::from([(file, own)]);
    if let Some(dir) = tree.dir() {
        of_calls::add(analysis, dir, |other| other == file, &mut found);
    }
    let mut found = found.remove(&file).unwrap_or_default();
    found.list.drain(..count.min(found.list.len()));
    finish(analysis, tree.root(), file, &mut found);
    found
}

/// What the checks report in one file of the module, or in all.
fn by_file(
    analysis: &Analysis,
    tree: &ModuleTree<'_>,
    checks: &[Check],
    only: Option<FileId>,
) -> BTreeMap<FileId, FileDiagnostics> {
    let is_wanted = |file| only.is_none_or(|only| only == file) && tree.root().file(file).is_some();
    let mut by_file = reported(analysis, tree, checks, only).unwrap_or_default();
    by_file.retain(|file, _| is_wanted(*file));
    if is_all(checks)
        && let Some(dir) = tree.dir()
    {
        of_calls::add(analysis, dir, is_wanted, &mut by_file);
    }
    for (&file, found) in &mut by_file {
        finish(analysis, tree.root(), file, found);
    }
    by_file.retain(|_, found| !found.is_empty());
    by_file
}

fn is_all(checks: &[Check]) -> bool {
    std::ptr::eq(checks, codes::CHECKS)
}

/// `None` when nobody waits any more.
fn reported(
    analysis: &Analysis,
    tree: &ModuleTree<'_>,
    checks: &[Check],
    only: Option<FileId>,
) -> Option<BTreeMap<FileId, FileDiagnostics>> {
    let module = tree.root();
    let any_file = only.or_else(|| Some(module.files().first()?.id()))?;
    let evaluator = Rc::new(tree.evaluator(Assume::Nothing));
    let mut checker = Checker::new(analysis, evaluator, any_file);
    for file in module.files().iter().filter(|file| only.is_none_or(|only| only == file.id())) {
        let Some(source) = analysis.source(file.id()) else { continue };
        for check in checks {
            if let Check::File(check) = check {
                check(&mut checker, file.id(), source);
            }
        }
    }
    check_blocks(&mut checker, analysis, checks, &None, only)?;
    Some(checker.by_file())
}

/// Runs the checks of blocks over the evaluator's module, as it is called so, and joins what says the same. `only` is
/// the file that is asked about. `None` when nobody waits any more.
fn check_blocks(
    checker: &mut Checker<'_>,
    analysis: &Analysis,
    checks: &[Check],
    called: &Option<CalledFrom>,
    only: Option<FileId>,
) -> Option<()> {
    checker.judges_defaults = called.is_none();
    let module = checker.evaluator.module();
    let keeps_clean = is_all(checks);
    let of_body = |check: &Check| if let Check::Body(check) = check { Some(*check) } else { None };
    let of_bodies: Vec<BodyCheck> = checks.iter().filter_map(of_body).collect();
    // What a body takes from elsewhere is a local, a variable's default, or what a called module gives.
    let gives_values = only.and_then(|only| module.file(only)).is_none_or(|file| {
        let mut declared = file.index().declarations().iter();
        declared.any(|one| {
            matches!(one.address, Some(Address::Local(_) | Address::Variable(_) | Address::Module(_)))
        })
    });
    for file in module.files() {
        // A part of a block is not judged, nor a block that such a part changes.
        if file.is_override() {
            continue;
        }
        let is_wanted = only.is_none_or(|only| only == file.id());
        let of_blocks = checks.iter().filter_map(|check| match check {
            Check::Block(check) if is_wanted => Some(check),
            Check::Values(check) => Some(check),
            Check::Block(_) | Check::File(_) | Check::Body(_) | Check::Argument(_) => None,
        });
        let of_blocks: Vec<_> = of_blocks.collect();
        let of_argument =
            |check: &Check| if let Check::Argument(check) = check { Some(*check) } else { None };
        let of_arguments: Vec<ArgumentCheck> = checks.iter().filter_map(of_argument).collect();
        let judges_bodies = !of_bodies.is_empty() && (is_wanted || gives_values);
        if of_blocks.is_empty() && !judges_bodies {
            continue;
        }
        let errors = analysis.source(file.id()).into_iter().flat_map(|source| source.parse.each_error());
        checker.broken = errors.map(|(range, _)| range).collect();
        let judges_file = judges_bodies && called.is_none() && !of_arguments.is_empty();
        if let Some(source) = analysis.source(file.id()).filter(|_| judges_file) {
            argument_fault::check_file(checker, file.id(), &source.rope, &of_arguments);
        }
        let data = checker.premises();
        let kept = match keeps_clean {
            true => analysis.cache().clean_blocks(file.id(), called, data),
            false => Arc::default(),
        };
        let mut clean = CleanBlocks { data, ..CleanBlocks::default() };
        for block in file.root().body().blocks() {
            analysis.check_cancelled().ok()?;
            let range = block.syntax().text_range();
            let item = file.index().item_at(range.start()).map(|(item, _)| item);
            if let Some((item, needs)) = item.and_then(|item| Some((item, kept.needs.get(&item)?)))
                && checker.evaluator.holds(needs)
            {
                clean.needs.insert(item, Arc::clone(needs));
                continue;
            }
            let (before, made) = (checker.found.len(), checker.reports());
            checker.is_untracked = false;
            checker.more_needs.clear();
            let mut is_there = true;
            let evaluator = Rc::clone(&checker.evaluator);
            let ((), needs) = evaluator.tracked(|| {
                evaluator.depend_on_calls();
                let block = Located::new(file.id(), block);
                if evaluator.is_overridden(&block) {
                    return;
                }
                if called.is_some() {
                    let instances = evaluator.instances(&block);
                    is_there = instances.known.iter().any(|(_, presence)| *presence == Presence::Always);
                    if instances.is_empty() {
                        return;
                    }
                }
                let Some(resource) = Resource::of(&evaluator, checker.schema, block) else { return };
                for check in &of_blocks {
                    check(checker, &resource);
                }
                if judges_bodies && !checker.is_broken(range) {
                    let (arguments, needs) =
                        evaluator.tracked(|| block_arguments(&evaluator, &resource.block));
                    let needs = needs.unwrap_or_default();
                    let is_judged = body_fault::check(checker, &resource, &arguments, &needs, &of_bodies);
                    argument_fault::check(checker, &resource, &arguments, is_judged, &of_arguments);
                }
            });
            // As it is called, a block that is not surely there is not surely refused.
            for found in checker.found[before..].iter_mut().filter(|_| !is_there) {
                found.severity = found.severity.min(Severity::Warning);
            }
            let is_clean = checker.reports() == made && !checker.is_untracked && !checker.is_broken(range);
            if let (true, Some(item), Some(needs)) = (is_clean, item, needs) {
                let more = std::mem::take(&mut checker.more_needs);
                clean.needs.insert(item, needs.into_iter().chain(more).collect());
            }
        }
        if keeps_clean && is_wanted {
            analysis.cache().keep_clean_blocks(file.id(), called.clone(), clean);
        }
    }
    body_fault::merge_equal(&mut checker.found);
    argument_fault::leave_to_parents(&mut checker.found);
    Some(())
}

/// Sorts what was found in a file, without what its comments suppress, in the severities of its settings.
fn finish(analysis: &Analysis, module: &Module, file: FileId, found: &mut FileDiagnostics) {
    let suppressions = Suppressions::of_file(analysis, module, file);
    let settings = &analysis.config_of(file).severities;
    found.list.retain_mut(|one| {
        match settings.get(one.code) {
            Some(SeveritySetting::Off) => return false,
            Some(SeveritySetting::As(severity)) => one.severity = *severity,
            None => {}
        }
        !suppressions.covers(one.code, one.range)
    });
    found.list.sort_by(|a, b| {
        (a.range.start(), a.range.end(), a.code).cmp(&(b.range.start(), b.range.end(), b.code))
    });
}

#[cfg(test)]
mod tests;
