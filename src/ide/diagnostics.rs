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
pub(super) mod moved;
mod no_matching_variant;
mod not_creatable;
mod of_calls;
mod out_of_range;
mod pattern_mismatch;
mod possible_type;
mod read_only_property;
#[cfg(test)]
mod required_providers_tests;
mod run;
#[cfg(test)]
mod run_tests;
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

pub(crate) use diagnostic::Related;
pub use diagnostic::{Diagnostic, Severity};
pub(crate) use fix::{Fix, safe_fixes};
pub(crate) use most::{FileDiagnostics, More};
pub(super) use of_calls::OfCalls;

use checker::{Check, Checker};
use run::Run;
use suppress::Suppressions;

use super::program::ModuleTree;
use super::{Analysis, FileId, SeveritySetting};
use crate::terraform::{Assume, Module};

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
    let list = own.remove(&file).unwrap_or_default().list;
    let count = list.len();
    let mut found = BTreeMap::from([(file, FileDiagnostics { list, more: More::default() })]);
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
    let run = Run::new(analysis, checks, &None, only);
    run.check_all(&mut checker, Some(tree))?;
    Some(checker.by_file())
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
