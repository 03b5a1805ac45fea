//! One run of the checks of blocks over a module: those blocks that nothing was reported of, and whose premises hold,
//! are passed over, the others are shared out among threads.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::argument_fault::{self, ArgumentCheck};
use super::body_fault::{self, BodyCheck};
use super::checker::{Check, Checker};
use super::{Severity, is_all};
use crate::azapi::Resource;
use crate::azapi::body::block_arguments;
use crate::ide::cache::{CalledFrom, CleanBlocks, Looked};
use crate::ide::program::ModuleTree;
use crate::ide::{Analysis, FileId};
use crate::parallel;
use crate::syntax::ast::{self, AstNode};
use crate::terraform::eval::Dependency;
use crate::terraform::file_kind::is_override;
use crate::terraform::span::ItemId;
use crate::terraform::value::Presence;
use crate::terraform::{Address, Assume, Located};
use crate::text::TextRange;

/// A thread gets at least so many blocks: it evaluates anew what they share.
const LEAST_OF_A_THREAD: usize = 64;
/// It takes so many at a time: threads are not equally fast.
const AT_ONCE: usize = 16;

/// What is run, and of which files.
pub(super) struct Run<'r> {
    analysis: &'r Analysis,
    checks: &'r [Check],
    called: &'r Option<CalledFrom>,
    only: Option<FileId>,
    /// Whether that one is of overrides: blocks of any other may be reported there.
    overrides: bool,
    of_bodies: Vec<BodyCheck>,
    of_arguments: Vec<ArgumentCheck>,
}

/// What is checked at once.
#[derive(Debug, Clone, Copy)]
enum Task {
    /// What a file has outside azapi's blocks.
    File(FileId),
    Block(FileId, TextRange),
}

/// A block that nothing was reported of, with what that depends on.
type Clean = (FileId, ItemId, Arc<[Arc<Dependency>]>);

impl<'r> Run<'r> {
    /// Over a module as it is called so; `only` is the file that is asked about.
    pub(super) fn new(
        analysis: &'r Analysis,
        checks: &'r [Check],
        called: &'r Option<CalledFrom>,
        only: Option<FileId>,
    ) -> Self {
        let of_body = |check: &Check| if let Check::Body(check) = check { Some(*check) } else { None };
        let of_argument =
            |check: &Check| if let Check::Argument(check) = check { Some(*check) } else { None };
        let of_bodies = checks.iter().filter_map(of_body).collect();
        let of_arguments = checks.iter().filter_map(of_argument).collect();
        let path = only.and_then(|only| analysis.source(only)).map(|source| source.path.as_path());
        let overrides = path.is_some_and(is_override);
        Self { analysis, checks, called, only, overrides, of_bodies, of_arguments }
    }

    /// Checks the blocks of the module that the checker's evaluator is at, and joins what says the same. With the tree
    /// that the evaluator is of, on several threads where that pays. `None` when nobody waits any more.
    pub(super) fn check_all(&self, checker: &mut Checker<'_>, tree: Option<&ModuleTree<'_>>) -> Option<()> {
        let (tasks, mut clean) = self.tasks(checker)?;
        let threads = match tree {
            Some(_) if self.called.is_none() => parallel::threads().min(tasks.len() / LEAST_OF_A_THREAD),
            _ => 1,
        };
        let found = match tree.filter(|_| threads > 1) {
            Some(tree) => self.share_out(checker, tree, &tasks, threads)?,
            None => self.work(checker, &tasks)?,
        };
        for (file, item, needs) in found {
            if let Some(clean) = clean.get_mut(&file) {
                clean.needs.insert(item, needs);
            }
        }
        if is_all(self.checks) {
            for (file, clean) in clean {
                self.analysis.cache().keep_clean_blocks(file, self.looked(file), clean);
            }
        }
        body_fault::merge_equal(&mut checker.found);
        argument_fault::leave_to_parents(&mut checker.found);
        Some(())
    }

    fn is_wanted(&self, file: FileId) -> bool {
        self.overrides || self.only.is_none_or(|only| only == file)
    }

    fn looked(&self, file: FileId) -> Looked {
        Looked { called: self.called.clone(), by_values_alone: !self.is_wanted(file) }
    }

    /// What must be checked, and what need not.
    fn tasks(&self, checker: &mut Checker<'_>) -> Option<(Vec<Task>, BTreeMap<FileId, CleanBlocks>)> {
        let module = checker.evaluator.module();
        // What a body takes from elsewhere is a local, a variable's default, or what a called module gives.
        let gives_values = self.only.and_then(|only| module.file(only)).is_none_or(|file| {
            let mut declared = file.index().declarations();
            declared.any(|one| {
                matches!(one.address, Some(Address::Local(_) | Address::Variable(_) | Address::Module(_)))
            })
        });
        let judges = !self.of_bodies.is_empty() || !self.of_arguments.is_empty();
        let looks_at_values = self.checks.iter().any(|check| matches!(check, Check::Values(_)));
        let data = checker.premises();
        let (mut tasks, mut all_clean) = (Vec::new(), BTreeMap::new());
        for file in module.files() {
            let is_wanted = self.is_wanted(file.id());
            let is_looked_at = is_wanted || looks_at_values || (judges && gives_values);
            if !is_looked_at {
                continue;
            }
            if judges && self.called.is_none() && (is_wanted || gives_values) {
                tasks.push(Task::File(file.id()));
            }
            // Its blocks are judged as parts of those that they change.
            if file.is_override() {
                continue;
            }
            let kept = match is_all(self.checks) {
                true => self.analysis.cache().clean_blocks(file.id(), &self.looked(file.id()), data),
                false => Arc::default(),
            };
            let mut clean = CleanBlocks { data, ..CleanBlocks::default() };
            clean.needs.reserve(kept.needs.len() + 1);
            // Many blocks share what they depend on.
            let mut last: Option<(&Arc<[Arc<Dependency>]>, bool)> = None;
            for (item, range) in file.index().provider_blocks() {
                self.analysis.check_cancelled().ok()?;
                let needs = kept.needs.get(&item);
                let known = |needs| last.filter(|(other, _)| Arc::ptr_eq(other, needs));
                let holds = |needs| known(needs).map_or_else(|| checker.evaluator.holds(needs), |it| it.1);
                let judged = needs.map(|needs| (needs, holds(needs)));
                last = judged.or(last);
                if let Some((needs, true)) = judged {
                    clean.needs.insert(item, Arc::clone(needs));
                    continue;
                }
                tasks.push(Task::Block(file.id(), range));
            }
            all_clean.insert(file.id(), clean);
        }
        Some((tasks, all_clean))
    }

    /// Each thread has an evaluator of its own; what they find is put together in the order of the tasks.
    fn share_out(
        &self,
        checker: &mut Checker<'_>,
        tree: &ModuleTree<'_>,
        tasks: &[Task],
        threads: usize,
    ) -> Option<Vec<Clean>> {
        let make_tree = tree.maker();
        let parts: Vec<&[Task]> = tasks.chunks(AT_ONCE).collect();
        let any_file = checker.file;
        let results = parallel::by_thread(&parts, threads, |parts| {
            let tree = make_tree();
            let evaluator = Rc::new(tree.evaluator(Assume::Nothing));
            let mut checker = Checker::new(self.analysis, evaluator, any_file);
            let mut done = Vec::new();
            while let Some((at, part)) = parts.take() {
                let clean = self.work(&mut checker, part)?;
                done.push((at, (checker.take_reported(), clean)));
            }
            Some(done)
        });
        let results: Vec<Vec<_>> = results.into_iter().collect::<Option<_>>()?;
        let mut all = Vec::new();
        for (found, clean) in parallel::sorted(results.into_iter().flatten()) {
            checker.join(found);
            all.extend(clean);
        }
        Some(all)
    }

    /// Does these tasks one after another. `None` when nobody waits any more.
    fn work(&self, checker: &mut Checker<'_>, tasks: &[Task]) -> Option<Vec<Clean>> {
        checker.judges_defaults = self.called.is_none();
        let module = checker.evaluator.module();
        let (mut at, mut clean): (_, Vec<Clean>) = (None, Vec::new());
        for task in tasks {
            self.analysis.check_cancelled().ok()?;
            let (Task::File(file) | Task::Block(file, _)) = *task;
            if at.replace(file) != Some(file) {
                let source = self.analysis.source(file);
                let errors = source.into_iter().flat_map(|source| source.parse.each_error());
                checker.broken = errors.map(|(range, _)| range).collect();
            }
            match *task {
                Task::File(file) => {
                    argument_fault::check_file(checker, file, &self.of_arguments);
                }
                Task::Block(file, range) => {
                    let Some(block) = module.node::<ast::Block>(file, range) else { continue };
                    let Some((file, item, needs)) = self.block(checker, block) else { continue };
                    let needs = match clean.last() {
                        Some((_, _, last)) if is_same(last, &needs) => Arc::clone(last),
                        _ => needs.into(),
                    };
                    clean.push((file, item, needs));
                }
            }
        }
        Some(clean)
    }

    /// Whether a part of a block in another file has a syntax error: what is half typed is not judged.
    fn has_broken_part(&self, resource: &Resource<'_>) -> bool {
        let others = resource.block.parts().iter().filter(|part| part.file != resource.block.syntax.file);
        others.into_iter().any(|part| {
            let range = part.node.range();
            let source = self.analysis.source(part.file).into_iter();
            let mut errors = source.flat_map(|source| source.parse.each_error().map(|(range, _)| range));
            errors.any(|error| error.start() <= range.end() && range.start() <= error.end())
        })
    }

    /// Checks a block; gives it back where there is nothing to report of it.
    fn block(
        &self,
        checker: &mut Checker<'_>,
        block: Located<ast::Block>,
    ) -> Option<(FileId, ItemId, Vec<Arc<Dependency>>)> {
        #[cfg(test)]
        self.analysis.cache().checked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let (file, range) = (block.file, block.node.range());
        let is_wanted = self.is_wanted(file);
        let (before, reports) = (checker.found.len(), checker.reports());
        checker.is_untracked = false;
        checker.by_default = None;
        checker.more_needs.clear();
        let mut is_there = true;
        let evaluator = Rc::clone(&checker.evaluator);
        let index = evaluator.module().file(file).map(|file| file.index());
        let item = index.and_then(|index| index.item_at(range.start())).map(|(item, _)| item);
        let ((), needs) = evaluator.tracked(|| {
            evaluator.depend_on_calls();
            evaluator.depend_on_overrides(&block);
            if self.called.is_some() {
                let instances = evaluator.instances(&block);
                is_there = instances.known.iter().any(|(_, presence)| *presence == Presence::Always);
                if instances.is_empty() {
                    return;
                }
            }
            let Some(resource) = Resource::of(&evaluator, checker.schema, block) else { return };
            if self.has_broken_part(&resource) {
                checker.is_untracked = true;
                return;
            }
            for check in self.checks {
                match check {
                    Check::Block(check) if is_wanted => check(checker, &resource),
                    Check::Values(check) => check(checker, &resource),
                    Check::Block(_) | Check::File(_) | Check::Body(_) | Check::Argument(_) => {}
                }
            }
            let judges = !self.of_bodies.is_empty() || !self.of_arguments.is_empty();
            if judges && !checker.is_broken(range) {
                let (arguments, needs) =
                    evaluator.tracked(|| block_arguments(&evaluator, &resource.block, &resource.scope));
                let needs = needs.unwrap_or_default();
                let is_judged = body_fault::check(checker, &resource, &arguments, &needs, &self.of_bodies);
                argument_fault::check(checker, &resource, &arguments, is_judged, &self.of_arguments);
            }
        });
        // As it is called, a block that is not surely there is not surely refused.
        for found in checker.found[before..].iter_mut().filter(|_| !is_there) {
            found.severity = found.severity.min(Severity::Warning);
        }
        let is_clean = checker.reports() == reports && !checker.is_untracked && !checker.is_broken(range);
        let (item, needs) = item.zip(needs).filter(|_| is_clean)?;
        let more = std::mem::take(&mut checker.more_needs);
        Some((file, item, needs.into_iter().chain(more).collect()))
    }
}

fn is_same(one: &[Arc<Dependency>], other: &[Arc<Dependency>]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| Arc::ptr_eq(one, other))
}
