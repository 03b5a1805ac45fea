//! The snapshot that every feature works on; each has one method here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use super::cache::IndexCache;
use super::called::CallGraph;
use super::code_actions::import::ImportChoice;
use super::code_actions::{self, CodeAction};
use super::completion::{self, Completions, Topic};
use super::diagnostics::{self, Diagnostic, FileDiagnostics};
use super::hover::{self, Hover};
use super::page::{self, TypePage};
use super::program::ModuleTree;
use super::request::Request;
use super::signature_help::{self, Signature};
use super::symbols::{self, Symbol};
use super::tested;
use super::workspace::{Modules, Paths, module_dir};
use super::{Config, FileId, FilePos, ModuleSource, Profile, Settings, SourceFile};
use crate::azapi::import::{Import, NoImport};
use crate::schema::Schema;
use crate::terraform::Module;
use crate::terraform::file_kind::{Tool, is_override};
use crate::text::{TextRange, TextSize};

/// Everything as it was at one moment: texts, trees, settings. Cheap to clone; clones share one cancel flag.
#[derive(Debug, Clone)]
pub struct Analysis {
    paths: Arc<Paths>,
    modules: Arc<Modules>,
    settings: Arc<Settings>,
    indexes: Arc<IndexCache>,
    cancelled: Arc<AtomicBool>,
    calls: Arc<OnceLock<CallGraph>>,
    of_calls: Arc<diagnostics::OfCalls>,
}

/// Nobody waits for the result any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cancelled;

/// The type data in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TypeData {
    /// Name and version of the package it was made from.
    pub name: String,
    /// Its date; empty when it has no type.
    pub newest_api_version: String,
    /// The file it was read from; `None` for the data in the program.
    pub path: Option<PathBuf>,
}

impl Analysis {
    pub(super) fn new(
        paths: Arc<Paths>,
        modules: Arc<Modules>,
        settings: Arc<Settings>,
        indexes: Arc<IndexCache>,
    ) -> Self {
        let (cancelled, calls, of_calls) = Default::default();
        Self { paths, modules, settings, indexes, cancelled, calls, of_calls }
    }

    /// The same if a file had this text; `None` for one that it does not have.
    pub(super) fn with_text(&self, file: FileId, text: &str) -> Option<Self> {
        let module = self.module_of(file)?.with_text(file, text)?;
        let mut modules = (*self.modules).clone();
        modules.insert(module.dir.clone(), Arc::new(module));
        let (modules, cancelled) = (Arc::new(modules), Arc::clone(&self.cancelled));
        let (calls, of_calls) = Default::default();
        Some(Self { modules, cancelled, calls, of_calls, ..self.clone() })
    }

    /// The type data for a file: the one that its settings name, else the common one.
    pub(crate) fn schema_of(&self, file: FileId) -> &Schema {
        self.settings_of(file).data.schema()
    }

    /// That data's name and date. `None` is for files without settings of their own.
    pub(crate) fn type_data(&self, file: Option<FileId>) -> TypeData {
        let settings = file.map_or(&*self.settings, |file| self.settings_of(file));
        let source = settings.data.schema().source();
        TypeData {
            name: format!("{} {}", source.package, source.version),
            newest_api_version: source.newest_api_version.to_owned(),
            path: settings.data.path().map(Path::to_path_buf),
        }
    }

    /// What is kept over requests.
    pub(super) fn cache(&self) -> &IndexCache {
        &self.indexes
    }

    /// The module of a folder as a tool reads it, with what its files declare, and one of its tests.
    pub(super) fn put_together(&self, source: &ModuleSource, tool: Tool, test: Option<FileId>) -> Module {
        let mut overriding: Vec<&Path> =
            source.files.values().map(|file| file.path.as_path()).filter(|path| is_override(path)).collect();
        overriding.sort_unstable_by_key(|path| path.file_name());
        let file = |(&id, file): (&FileId, &Arc<SourceFile>)| {
            let in_module = self.indexes.module_file(id, file);
            match overriding.binary_search_by_key(&file.path.file_name(), |path| path.file_name()) {
                Ok(rank) => in_module.overriding(rank),
                Err(_) => in_module,
            }
        };
        let variables = source.variable_files().iter().map(|(id, it)| self.indexes.module_file(*id, it));
        let elsewhere = test.filter(|test| !source.files.contains_key(test));
        let elsewhere = elsewhere.and_then(|test| Some(self.indexes.module_file(test, self.source(test)?)));
        let module = Module::new(source.read_by(tool, test).map(file).chain(elsewhere).collect())
            .with_variable_files(variables.collect())
            .with_side_files(Arc::clone(&source.side_files));
        if self.calls().is_called(&source.dir) { module.called() } else { module }
    }

    /// Which modules call which.
    pub(super) fn calls(&self) -> &CallGraph {
        self.calls.get_or_init(|| CallGraph::new(&self.modules))
    }

    /// What calls of modules are refused for, as far as it was asked for.
    pub(super) fn of_calls(&self) -> &diagnostics::OfCalls {
        &self.of_calls
    }

    /// The flag that a request's cancellation sets; any thread may set it.
    pub(crate) fn cancel_flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancelled)
    }

    /// `Err` once nobody waits for the result. Long walks check now and then.
    pub(crate) fn check_cancelled(&self) -> Result<(), Cancelled> {
        if self.cancelled.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    /// The id of a path that has a file in this snapshot.
    pub(crate) fn file_id(&self, path: &Path) -> Option<FileId> {
        self.paths.id(path).filter(|&file| self.source(file).is_some())
    }

    /// The folders whose modules lead to each other by calls: this one's, and those that some root has together with it;
    /// and those with tests of it.
    pub(crate) fn related_folders(&self, dir: &Path) -> BTreeSet<&Path> {
        let roots = self.calls().roots_of(dir);
        let trees = roots.iter().map(|root| ModuleTree::of_folder(self, root));
        let tests = self
            .modules
            .values()
            .filter(|module| tested::is_test_folder_of(&module.dir, dir) && module.tests().next().is_some());
        let tests = tests.map(|module| ModuleTree::of_folder(self, &module.dir));
        let all = trees.chain([ModuleTree::of_folder(self, dir)]).chain(tests);
        all.flat_map(|tree| tree.folders()).collect()
    }

    /// The files of those folders around a file.
    pub(crate) fn related_files(&self, file: FileId) -> Vec<&Arc<SourceFile>> {
        let Some(module) = self.module_of(file) else { return Vec::new() };
        let folders = self.related_folders(&module.dir).into_iter();
        folders.filter_map(|dir| self.module_in(dir)).flat_map(|module| module.all_files()).collect()
    }

    /// The modules of those folders.
    pub(super) fn modules_around(&self, file: FileId) -> Vec<Module> {
        let Some(module) = self.module_of(file) else { return Vec::new() };
        let folders = self.related_folders(&module.dir).into_iter();
        let modules = folders.filter_map(|dir| self.module_in(dir));
        modules.map(|module| self.put_together(module, Tool::OpenTofu, None)).collect()
    }

    /// Every file of configuration with its path, by folder.
    pub(crate) fn configuration_files(&self) -> impl Iterator<Item = (&Path, FileId)> {
        let files = self.modules.values().flat_map(|module| module.files.iter());
        files.map(|(&id, file)| (file.path.as_path(), id))
    }

    /// A file's text and tree.
    pub fn source(&self, file: FileId) -> Option<&Arc<SourceFile>> {
        self.module_of(file)?.get(file)
    }

    /// The module a file belongs to.
    pub(crate) fn module_of(&self, file: FileId) -> Option<&Arc<ModuleSource>> {
        self.modules.get(module_dir(self.paths.path(file)?))
    }

    /// The module of a folder.
    pub(super) fn module_in(&self, dir: &Path) -> Option<&Arc<ModuleSource>> {
        self.modules.get(dir)
    }

    /// Whether OpenTofu reads another file in place of this one.
    pub(super) fn is_shadowed(&self, file: FileId) -> bool {
        let source = self.source(file).zip(self.module_of(file));
        source.is_some_and(|(source, module)| module.is_shadowed(source))
    }

    /// The settings that hold for a file.
    pub(crate) fn config_of(&self, file: FileId) -> &Config {
        &self.settings_of(file).config
    }

    fn settings_of(&self, file: FileId) -> &Settings {
        self.module_of(file).map_or(&self.settings, |module| &module.settings)
    }

    /// Runs a feature at a position.
    fn run_at<T>(&self, at: FilePos, feature: impl FnOnce(&Request<'_>) -> T) -> T {
        let roots = self.module_of(at.file).map(|module| self.calls().roots_of(&module.dir));
        let only = roots.filter(|roots| roots.len() == 1).and_then(|roots| roots.into_iter().next());
        let root = only.map(|root| ModuleTree::of_folder(self, &root));
        let tree = ModuleTree::around_place(self, at);
        feature(&Request::new(self, &tree, root.as_ref(), at.file, at.offset))
    }

    /// What is known about the thing at a place.
    pub fn hover(&self, at: FilePos) -> Option<Hover> {
        self.run_at(at, hover::hover)
    }

    /// What can be written at a place.
    pub fn completion(&self, at: FilePos) -> Completions {
        self.run_at(at, completion::completion)
    }

    /// The documentation of a completion item for a file, as Markdown; `None` where there is none.
    pub(crate) fn completion_documentation(&self, file: FileId, topic: &Topic) -> Option<String> {
        completion::documentation(self.schema_of(file), topic)
    }

    /// The function of the provider that is being called at a place; `None` where the profile leaves it to another
    /// server.
    pub fn signature_help(&self, at: FilePos) -> Option<Signature> {
        let is_ours = self.config_of(at.file).profile == Profile::Standalone;
        is_ours.then(|| self.run_at(at, signature_help::signature_help)).flatten()
    }

    /// All diagnostics in a file, by range, with their fixes.
    pub fn diagnostics(&self, file: FileId) -> Vec<Diagnostic> {
        self.file_diagnostics(file).list
    }

    /// The same, with a count of those that are too many to be listed.
    pub(crate) fn file_diagnostics(&self, file: FileId) -> FileDiagnostics {
        diagnostics::of_file(self, &ModuleTree::around(self, file), file)
    }

    /// The diagnostics in all files of the module around a file, each file's by range. Cheaper than asking file by
    /// file. Files without any are left out.
    pub(crate) fn module_diagnostics(&self, file: FileId) -> BTreeMap<FileId, FileDiagnostics> {
        let Some(module) = self.module_of(file) else { return BTreeMap::new() };
        let mut found = diagnostics::of_module(self, &ModuleTree::read_by(self, module, Tool::OpenTofu));
        let shadowed: Vec<FileId> =
            module.files.iter().filter(|(_, file)| module.is_shadowed(file)).map(|(id, _)| *id).collect();
        if !shadowed.is_empty() {
            let more = diagnostics::of_module(self, &ModuleTree::read_by(self, module, Tool::Terraform));
            found.extend(more.into_iter().filter(|(file, _)| shadowed.contains(file)));
        }
        for test in module.tests() {
            let of_test = self.file_diagnostics(test);
            found.extend((!of_test.is_empty()).then_some((test, of_test)));
        }
        found
    }

    /// What only calls of its module are refused for in a file.
    pub(crate) fn call_diagnostics(&self, file: FileId) -> FileDiagnostics {
        diagnostics::of_calls(self, &ModuleTree::around(self, file), file)
    }

    /// How every block of these files is imported, or why one is not: a list for each file, in their order. With an
    /// address only what that names. A folder is put together once, however many of its files are among them.
    pub(crate) fn imports_of_all(
        &self,
        files: &[FileId],
        address: Option<&str>,
    ) -> Vec<Vec<Result<Import, NoImport>>> {
        let mut by_module: BTreeMap<(&Path, bool), Vec<usize>> = BTreeMap::new();
        for (at, &file) in files.iter().enumerate() {
            let dir = self.paths.path(file).map_or(Path::new(""), module_dir);
            by_module.entry((dir, self.is_shadowed(file))).or_default().push(at);
        }
        let mut all = vec![Vec::new(); files.len()];
        for places in by_module.values() {
            let of_module: Vec<FileId> = places.iter().map(|&at| files[at]).collect();
            let tree = ModuleTree::around(self, of_module[0]);
            let found = code_actions::import::of_files(self, &tree, &of_module, address);
            places.iter().zip(found).for_each(|(&at, found)| all[at] = found);
        }
        all
    }

    /// The outline of a file; `None` where the profile leaves it to another server.
    pub fn outline(&self, file: FileId) -> Option<Vec<Symbol>> {
        let source = self.source(file)?;
        (self.config_of(file).profile == Profile::Standalone).then(|| symbols::outline(source))
    }

    /// The changes on offer for a range.
    pub fn code_actions(&self, file: FileId, range: TextRange) -> Vec<CodeAction> {
        self.run_at(FilePos { file, offset: range.start() }, |request| {
            code_actions::code_actions(request, range)
        })
    }

    /// The safe fixes of a file as one change; `None` where there are none.
    pub fn fix_all(&self, file: FileId) -> Option<CodeAction> {
        self.run_at(FilePos { file, offset: TextSize::new(0) }, code_actions::fix_all)
    }

    /// The ways to import the block whose header or `name` is at a place; none where there is no such block.
    pub(crate) fn import_choices(&self, at: FilePos) -> Vec<ImportChoice> {
        self.run_at(at, code_actions::import::choices_at)
    }

    /// The `terraform import` command line for the block at a place; `None` where there is no such block.
    pub(crate) fn import_command(&self, at: FilePos) -> Option<String> {
        self.run_at(at, code_actions::import::command_at)
    }

    /// The page of the type of the block at a place; `None` where there is no such block.
    pub(crate) fn page(&self, at: FilePos) -> Option<TypePage> {
        self.run_at(at, page::of_block)
    }

    /// The imports of every block of a file that can be imported, in its order.
    pub fn imports(&self, file: FileId) -> Vec<Import> {
        let all = self.imports_of_all(&[file], None).pop().unwrap_or_default();
        all.into_iter().filter_map(Result::ok).collect()
    }
}
