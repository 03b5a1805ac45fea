//! Modules judged as they are called.
//!
//! A module is judged by itself, with inputs that may be anything, and once more for each call of the workspace,
//! with that call's inputs. Severity: unlike the outcomes of a conditional, the calls of a root module all take
//! place in each of its runs. So what one call is refused for is an *error*, whatever other calls give, where that
//! call is surely made: neither it nor a call around it depends on a `count` or `for_each` that is not known. Where
//! it is made in some runs only, it is a *warning* that says so. What the module is refused for by itself is
//! reported once, without a call.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use dashmap::DashMap;

use super::checker::Checker;
use super::most::MOST_OF_FILE;
use super::run::Run;
use super::{Diagnostic, FileDiagnostics, More, Related, Severity, body_fault, codes};
use crate::ide::program::ModuleTree;
use crate::ide::{Analysis, FileId};
use crate::terraform::Assume;
use crate::terraform::eval::CalledModule;
use crate::terraform::file_kind::Tool;
use crate::text::TextRange;

/// So many of the calls that have a fault are pointed at.
const MOST_SHOWN: usize = 3;

/// So many blocks are judged for the calls of one root.
const MOST_BLOCKS: usize = 100_000;

/// What the calls of root modules are refused for, each computed once in a snapshot.
#[derive(Debug, Default)]
pub(in crate::ide) struct OfCalls {
    roots: DashMap<PathBuf, Arc<OfRoot>>,
    #[cfg(test)]
    pub(in crate::ide) judged: std::sync::atomic::AtomicUsize,
}

#[derive(Debug, Default)]
struct OfRoot {
    faults: OnceLock<Faults>,
    /// Held by the thread that computes them; the others wait.
    judging: Mutex<()>,
}

/// By the file in which they are written.
type Faults = BTreeMap<FileId, FileFaults>;

#[derive(Debug, Default)]
struct FileFaults {
    all: Vec<CallFault>,
    more: More,
    /// Where equal ones are among them.
    places: HashMap<(TextRange, &'static str, String), usize>,
}

/// A fault that is there as a module is called.
#[derive(Debug, Clone)]
struct CallFault {
    diagnostic: Diagnostic,
    /// 0 for one of a block of the root itself.
    calls: usize,
    is_certain: bool,
    /// The first ones that stand in different places.
    shown: Vec<Call>,
}

#[derive(Debug, Clone)]
struct Call {
    address: String,
    file: FileId,
    range: TextRange,
}

/// Adds what calls of the module in this folder, and calls in it, are refused for in its files, or in one of them.
pub(super) fn add(
    analysis: &Analysis,
    dir: &Path,
    files: impl Fn(FileId) -> bool,
    by_file: &mut BTreeMap<FileId, FileDiagnostics>,
) {
    let mut roots = analysis.calls().roots_of(dir);
    if !analysis.calls().is_called(dir) {
        roots.insert(dir.to_path_buf());
    }
    let mut all = Faults::new();
    for root in roots {
        for (file, faults) in of_root(analysis, root).faults.get().into_iter().flatten() {
            if files(*file) {
                let known = all.entry(*file).or_default();
                faults.all.iter().for_each(|fault| known.add(fault.clone()));
                known.more.join(faults.more);
            }
        }
    }
    for (file, faults) in all {
        let of_file = by_file.entry(file).or_default();
        of_file.more.join(faults.more);
        let found = &mut of_file.list;
        let own: HashMap<(TextRange, &'static str), usize> =
            found.iter().enumerate().map(|(at, one)| ((one.range, one.code), at)).collect();
        for fault in faults.all {
            match own.get(&(fault.diagnostic.range, fault.diagnostic.code)) {
                Some(&at) => found[at].severity = found[at].severity.max(fault.diagnostic.severity),
                None => found.push(fault.finished()),
            }
        }
    }
}

fn of_root(analysis: &Analysis, root: PathBuf) -> Arc<OfRoot> {
    let cell = Arc::clone(&analysis.of_calls().roots.entry(root.clone()).or_default());
    if cell.faults.get().is_some() {
        return cell;
    }
    let judging = cell.judging.lock().unwrap_or_else(PoisonError::into_inner);
    if cell.faults.get().is_none() {
        #[cfg(test)]
        analysis.of_calls().judged.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if let Some(found) = judge_calls(analysis, &root) {
            // Nobody else has the lock.
            let _ = cell.faults.set(found);
        }
    }
    drop(judging);
    cell
}

/// `None` when nobody waits any more.
fn judge_calls(analysis: &Analysis, root: &Path) -> Option<Faults> {
    let Some(module) = analysis.module_in(root).filter(|module| module.calls_others()) else {
        return Some(Faults::new());
    };
    let tree = ModuleTree::read_by(analysis, module, Tool::OpenTofu);
    let Some(first) = tree.root().files().first().map(|file| file.id()) else { return Some(Faults::new()) };
    let evaluator = Rc::new(tree.evaluator(Assume::Nothing));
    let mut faults = Faults::new();
    // What the root's own blocks have from a called module.
    let mut checker = Checker::new(analysis, Rc::clone(&evaluator), first);
    Run::new(analysis, codes::CHECKS, &None, None).check_all(&mut checker, Some(&tree))?;
    for (file, found) in checker.by_file().into_iter().filter(|(file, _)| tree.root().file(*file).is_none()) {
        let of_file = faults.entry(file).or_default();
        found.list.into_iter().for_each(|one| of_file.add(CallFault::of_root(one)));
        of_file.more.join(found.more);
    }
    let mut blocks = 0;
    for called in evaluator.called_modules() {
        let judge = || {
            let module = evaluator.module();
            blocks += module.files().iter().map(|file| file.index().declarations().count()).sum::<usize>();
            if blocks > MOST_BLOCKS {
                return Some(());
            }
            let file = module.files().first()?.id();
            let mut checker = Checker::new(analysis, Rc::clone(&evaluator), file);
            let called_from = Some((first, called.path.clone()));
            Run::new(analysis, codes::CHECKS, &called_from, None).check_all(&mut checker, None)?;
            for (file, found) in checker.by_file() {
                let of_file = faults.entry(file).or_default();
                for mut one in found.list {
                    // What is right for other calls must not be changed for this one.
                    if module.file(file).is_some() {
                        one.fixes.clear();
                    }
                    of_file.add(CallFault::of_call(one, &called));
                }
                of_file.more.join(found.more);
            }
            Some(())
        };
        evaluator.inside(&called.path, judge)??;
    }
    Some(faults)
}

impl FileFaults {
    fn add(&mut self, fault: CallFault) {
        let Diagnostic { range, code, message, severity, .. } = &fault.diagnostic;
        let at = *self.places.entry((*range, *code, message.clone())).or_insert(self.all.len());
        let Some(twin) = self.all.get_mut(at) else {
            if at >= MOST_OF_FILE {
                return self.more.add(*range, *severity);
            }
            return self.all.push(fault);
        };
        twin.diagnostic.severity = twin.diagnostic.severity.max(*severity);
        twin.calls += fault.calls;
        twin.is_certain |= fault.is_certain;
        for call in fault.shown {
            // The instances of a call stand in one place.
            let is_new = twin.shown.iter().all(|other| (other.file, other.range) != (call.file, call.range));
            if is_new && twin.shown.len() < MOST_SHOWN {
                twin.shown.push(call);
            }
        }
    }
}

impl CallFault {
    /// Of a block of the root module itself, which is surely there.
    fn of_root(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, calls: 0, is_certain: true, shown: Vec::new() }
    }

    fn of_call(mut diagnostic: Diagnostic, called: &CalledModule) -> Self {
        if !called.is_certain {
            diagnostic.severity = diagnostic.severity.min(Severity::Warning);
        }
        let header = body_fault::header(&called.call);
        let call = Call { address: called.address.clone(), file: header.file, range: header.node };
        Self { diagnostic, calls: 1, is_certain: called.is_certain, shown: vec![call] }
    }

    fn finished(mut self) -> Diagnostic {
        let first = self.shown.first().map(|call| call.address.as_str()).unwrap_or_default();
        let suffix = match (self.calls, self.is_certain) {
            (0, _) => String::new(),
            (1, true) => format!(" (in `{first}`)"),
            (1, false) => format!(" (in `{first}`, when it is called)"),
            (calls, true) => format!(" (in {calls} calls of the module)"),
            (calls, false) => format!(" (in {calls} calls of the module, when they are made)"),
        };
        if let (1, Some(address)) = (self.calls, &self.diagnostic.address) {
            self.diagnostic.address = Some(format!("{first}.{address}"));
        }
        self.diagnostic.message.push_str(&suffix);
        self.diagnostic.related.extend(self.shown.into_iter().map(|call| Related {
            file: call.file,
            range: call.range,
            message: format!("`{}` is called here", call.address),
        }));
        self.diagnostic
    }
}
