//! Which modules call which: by `source` where it is a path, else by what `terraform init` wrote down.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::workspace::Modules;
use super::{ModuleSource, SourceFile, tested};
use crate::syntax::ast;
use crate::terraform::{Located, Module};

/// A `module` block: its name, and its `source` where that is written plainly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CallSource {
    pub(crate) name: String,
    pub(crate) source: String,
}

/// The modules that `terraform init` installed for a root module, by the names of the calls that lead to them
/// (`a`, `a.b`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Installed(pub(crate) BTreeMap<String, InstalledModule>);

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InstalledModule {
    /// What the call named.
    pub(crate) source: String,
    /// Its folder.
    pub(crate) dir: PathBuf,
}

/// The `module` blocks of a file.
pub(super) fn calls_of(file: &SourceFile) -> Vec<CallSource> {
    let root = file.parse.root();
    let blocks = root.body().blocks_named("module");
    blocks.filter_map(|block| call_source(&block)).collect()
}

fn call_source(block: &ast::Block) -> Option<CallSource> {
    let name = block.labels().next()?.text();
    let source = block.body()?.attribute("source")?.value()?.literal_string()?;
    Some(CallSource { name, source })
}

/// The name and source of a block of a module that calls another.
pub(super) fn call_of(module: &Module, block: &Located<ast::Block>) -> Option<CallSource> {
    let name = block.node.labels().next()?.text();
    let source = module.value(block, "source")?.node.literal_string()?;
    Some(CallSource { name, source })
}

/// The folder that a call leads to. `names` are the calls that lead from the root to the caller, and this one.
pub(super) fn folder_of(
    caller: &Path,
    source: &str,
    installed: &Installed,
    names: &[&str],
) -> Option<PathBuf> {
    if is_path(source) {
        return folder_of_path(caller, source);
    }
    let found = installed.0.get(&names.join("."))?;
    same_source(&found.source, source).then(|| found.dir.clone())
}

/// The folder that a `source` leads to, where it is a path.
pub(super) fn folder_of_path(caller: &Path, source: &str) -> Option<PathBuf> {
    is_path(source).then(|| normal(&caller.join(source))).flatten()
}

fn is_path(source: &str) -> bool {
    source.starts_with("./") || source.starts_with("../")
}

/// Whether a module was installed from what the call names now. Only names of a registry are compared: other
/// sources are written down in another form.
fn same_source(installed: &str, written: &str) -> bool {
    let is_registry = !written.contains(':') && !written.starts_with("github.com/") && !written.contains('?');
    !is_registry || installed == written || installed.ends_with(&format!("/{written}"))
}

/// Without `.` and `..`; `None` above the root.
pub(crate) fn normal(path: &Path) -> Option<PathBuf> {
    let mut all = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if !all.pop() {
                    return None;
                }
            }
            part => all.push(part),
        }
    }
    Some(all)
}

/// The folders that a module's calls lead to, where it is the root or their `source` is a path.
pub(super) fn folders_called(module: &ModuleSource) -> Vec<PathBuf> {
    let installed = &module.installed;
    let calls = module.files.values().flat_map(|file| file.calls());
    let direct =
        calls.filter_map(|call| folder_of(&module.dir, &call.source, installed, &[call.name.as_str()]));
    direct.collect()
}

/// Those folders, the ones that installed modules lead to in turn, and those that its tests are of.
pub(super) fn folders_reached(module: &ModuleSource) -> Vec<PathBuf> {
    let installed = module.installed.0.values().map(|installed| installed.dir.clone());
    folders_called(module).into_iter().chain(installed).chain(tested::folders_of_tests(module)).collect()
}

/// Who calls whom, in one snapshot.
#[derive(Debug, Default)]
pub(super) struct CallGraph {
    callers: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
}

/// More calls in a row are not followed.
const DEPTH: usize = 16;

impl CallGraph {
    pub(super) fn new(modules: &Modules) -> Self {
        let mut graph = Self::default();
        for (dir, module) in modules {
            for called in folders_called(module) {
                graph.add(dir, called);
            }
            for (names, installed) in &module.installed.0 {
                let Some((outer, _)) = names.rsplit_once('.') else { continue };
                if let Some(caller) = module.installed.0.get(outer) {
                    graph.add(&caller.dir, installed.dir.clone());
                }
            }
        }
        graph
    }

    fn add(&mut self, caller: &Path, called: PathBuf) {
        if caller != called {
            self.callers.entry(called).or_default().insert(caller.to_path_buf());
        }
    }

    pub(super) fn is_called(&self, dir: &Path) -> bool {
        self.callers.contains_key(dir)
    }

    /// The modules that nobody calls and that lead to this one; without itself.
    pub(super) fn roots_of(&self, dir: &Path) -> BTreeSet<PathBuf> {
        let mut seen = BTreeSet::from([dir.to_path_buf()]);
        let mut level = vec![dir.to_path_buf()];
        let mut roots = BTreeSet::new();
        for _ in 0..DEPTH {
            let callers: BTreeSet<&PathBuf> =
                level.iter().filter_map(|dir| self.callers.get(dir)).flatten().collect();
            let next: Vec<PathBuf> =
                callers.into_iter().filter(|caller| seen.insert((*caller).clone())).cloned().collect();
            roots.extend(next.iter().filter(|caller| !self.is_called(caller)).cloned());
            if next.is_empty() {
                break;
            }
            level = next;
        }
        roots
    }
}
