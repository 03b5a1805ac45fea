//! The snapshot that every feature works on; each has one method here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::cache::IndexCache;
use super::code_actions::{self, CodeAction};
use super::completion::{self, Completions};
use super::diagnostics::{self, Diagnostic};
use super::hover::{self, Hover};
use super::request::Request;
use super::symbols::{self, Symbol};
use super::workspace::{Modules, Paths, module_dir};
use super::{Config, FileId, FilePos, ModuleSource, Profile, Settings, SourceFile};
use crate::azapi::import::{Import, NoImport};
use crate::schema::Schema;
use crate::terraform::Module;
use crate::text::TextRange;

/// Everything as it was at one moment: texts, trees, settings. Cheap to clone; clones share one cancel flag.
#[derive(Debug, Clone)]
pub struct Analysis {
    paths: Arc<Paths>,
    modules: Arc<Modules>,
    settings: Arc<Settings>,
    indexes: Arc<IndexCache>,
    cancelled: Arc<AtomicBool>,
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
        Self { paths, modules, settings, indexes, cancelled: Arc::default() }
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

    /// The module around a file, with what its files declare.
    pub(super) fn module(&self, file: FileId) -> Module {
        let files = self.module_of(file).into_iter().flat_map(|module| &module.files);
        Module::new(files.map(|(&id, file)| self.indexes.module_file(id, file)).collect())
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

    /// A file's text and tree.
    pub fn source(&self, file: FileId) -> Option<&Arc<SourceFile>> {
        self.module_of(file)?.files.get(&file)
    }

    /// The module a file belongs to.
    pub(crate) fn module_of(&self, file: FileId) -> Option<&Arc<ModuleSource>> {
        self.modules.get(module_dir(self.paths.path(file)?))
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
        feature(&Request::new(self, &self.module(at.file), at.file, at.offset))
    }

    /// What is known about the thing at a place.
    pub fn hover(&self, at: FilePos) -> Option<Hover> {
        self.run_at(at, hover::hover)
    }

    /// What can be written at a place.
    pub fn completion(&self, at: FilePos) -> Completions {
        self.run_at(at, completion::completion)
    }

    /// All diagnostics in a file, by range, with their fixes.
    pub fn diagnostics(&self, file: FileId) -> Vec<Diagnostic> {
        diagnostics::of_file(self, &self.module(file), file)
    }

    /// The diagnostics in all files of the module around a file, each file's by range. Cheaper than asking file by
    /// file. Files without any are left out.
    pub(crate) fn module_diagnostics(&self, file: FileId) -> BTreeMap<FileId, Vec<Diagnostic>> {
        diagnostics::of_module(self, &self.module(file))
    }

    /// How every block of these files is imported, or why one is not: a list for each file, in their order. With an
    /// address only what that names. A folder is put together once, however many of its files are among them.
    pub(crate) fn imports_of_all(
        &self,
        files: &[FileId],
        address: Option<&str>,
    ) -> Vec<Vec<Result<Import, NoImport>>> {
        self.in_modules(files, |module, file| code_actions::import::of_file(self, module, file, address))
    }

    fn in_modules<T>(&self, files: &[FileId], feature: impl Fn(&Module, FileId) -> T) -> Vec<T> {
        let mut modules: BTreeMap<&Path, Module> = BTreeMap::new();
        let of_file = |&file: &FileId| {
            let dir = self.paths.path(file).map_or(Path::new(""), module_dir);
            feature(modules.entry(dir).or_insert_with(|| self.module(file)), file)
        };
        files.iter().map(of_file).collect()
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

    /// The `terraform import` command line for the block at a place; `None` where there is no such block.
    pub(crate) fn import_command(&self, at: FilePos) -> Option<String> {
        self.run_at(at, code_actions::import::command_at)
    }

    /// The imports of every block of a file that can be imported, in its order.
    pub fn imports(&self, file: FileId) -> Vec<Import> {
        let all = code_actions::import::of_file(self, &self.module(file), file, None);
        all.into_iter().filter_map(Result::ok).collect()
    }
}
