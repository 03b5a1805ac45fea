//! The snapshot every feature is asked on, and the plain data they answer with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::cache::IndexCache;
use super::hover::{self, Hover};
use super::request::Request;
use super::symbols::{self, Symbol};
use super::workspace::{Modules, Paths, module_dir};
use super::{Config, Data, FileId, FilePos, ModuleSource, Profile, Settings, SourceFile};
use super::{code_actions, completion, diagnostics};
use crate::azapi::import::Import;
use crate::schema::Schema;
use crate::terraform::Module;
use crate::text::{TextEdit, TextRange};

/// Everything as it was at one moment: texts, trees, settings. Cheap to clone; clones share one cancel flag.
#[derive(Debug, Clone)]
pub struct Analysis {
    paths: Arc<Paths>,
    modules: Arc<Modules>,
    settings: Arc<Settings>,
    schema: Option<Arc<Schema>>,
    indexes: Arc<IndexCache>,
    cancelled: Arc<AtomicBool>,
}

/// Nobody waits for the answer any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancelled;

/// What can be written at a place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completions {
    /// In the order of their `sort_text`.
    pub items: Vec<CompletionItem>,
    /// More would match; ask again after the next key.
    pub incomplete: bool,
}

/// One thing that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletionItem {
    /// What the list shows.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// Shown beside the label.
    pub detail: Option<String>,
    /// Markdown.
    pub documentation: Option<String>,
    /// Orders the list.
    pub sort_text: String,
    /// What the typed text is matched with, when not the label.
    pub filter_text: Option<String>,
    /// What accepting it changes; covers the cursor and lies on its line.
    pub edit: TextEdit,
    /// To be selected at first.
    pub preselect: bool,
    /// The edit's text is a snippet with one stop, `$0`.
    pub is_snippet: bool,
    /// Shown struck out.
    pub deprecated: bool,
}

/// What a completion item is; an editor picks a symbol for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompletionKind {
    /// An Azure resource type.
    ResourceType,
    /// An api-version.
    ApiVersion,
    /// An argument of a block.
    Argument,
    /// A property inside `body`.
    Property,
    /// One of the values a property may have.
    EnumValue,
    /// Any other value.
    Value,
    /// A reference to another block.
    Reference,
    /// A function or an action.
    Function,
    /// A template to fill in.
    Snippet,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Style.
    Hint,
    /// A provider's check the author switched off.
    Information,
    /// Likely wrong.
    Warning,
    /// Refused.
    Error,
}

impl Severity {
    /// As settings and outputs write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong.
    pub range: TextRange,
    /// The stable name of the kind of finding.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// For people.
    pub message: String,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// The block as Terraform names it.
    pub address: Option<String>,
    /// The dotted path inside `body`.
    pub path: Option<String>,
}

/// A place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Which file.
    pub file: FileId,
    /// Where in it.
    pub range: TextRange,
    /// What is there.
    pub message: String,
}

/// A change on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeAction {
    /// What the menu shows.
    pub title: String,
    /// Its place in the menu.
    pub kind: CodeActionKind,
    /// What it changes.
    pub edit: SourceChange,
    /// The finding it removes: its code and range.
    pub fixes: Option<(&'static str, TextRange)>,
    /// The one to take when several fix the same finding.
    pub preferred: bool,
}

/// Where a code action stands in an editor's menus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeActionKind {
    /// Removes a finding.
    QuickFix,
    /// Says the same in another way.
    RefactorRewrite,
    /// Works on the file as a whole.
    Source,
}

/// The type data that answers come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeData {
    /// Name and version of the package it was made from.
    pub name: String,
    /// Its date; empty when it has no type.
    pub newest_api_version: String,
    /// The file it was read from; `None` for the data in the program.
    pub path: Option<PathBuf>,
}

/// Edits to files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceChange {
    /// Edits by file, all meaning the texts of the snapshot.
    pub edits: Vec<(FileId, Vec<TextEdit>)>,
    /// Files that do not exist yet, with their text.
    pub new_files: Vec<(PathBuf, String)>,
}

impl Analysis {
    pub(super) fn new(
        paths: Arc<Paths>,
        modules: Arc<Modules>,
        settings: Arc<Settings>,
        schema: Option<Arc<Schema>>,
        indexes: Arc<IndexCache>,
    ) -> Self {
        Self { paths, modules, settings, schema, indexes, cancelled: Arc::default() }
    }

    /// The type data that answers about a file come from: the one that its settings name, else the common one.
    pub fn schema_of(&self, file: FileId) -> &Schema {
        self.schema_under(self.settings_of(file))
    }

    /// That data's name and date. `None` asks about files without settings of their own.
    pub fn type_data(&self, file: Option<FileId>) -> TypeData {
        let settings = file.map_or(&*self.settings, |file| self.settings_of(file));
        let source = self.schema_under(settings).source();
        TypeData {
            name: format!("{} {}", source.package, source.version),
            newest_api_version: source.newest_api_version.to_owned(),
            path: settings.data.path().map(Path::to_path_buf),
        }
    }

    fn schema_under<'s>(&'s self, settings: &'s Settings) -> &'s Schema {
        match (&settings.data, &self.schema) {
            (Data::Bundled, Some(common)) => common,
            (data, _) => data.schema(),
        }
    }

    /// The module around a file, with what its files declare.
    pub(super) fn module(&self, file: FileId) -> Module {
        let files = self.module_of(file).into_iter().flat_map(|module| &module.files);
        Module::new(files.map(|(&id, file)| self.indexes.module_file(id, file)).collect())
    }

    /// The flag that a request's cancellation sets; any thread may set it.
    pub fn cancel_flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancelled)
    }

    /// `Err` once nobody waits for the answer. Long walks ask now and then.
    pub fn check_cancelled(&self) -> Result<(), Cancelled> {
        if self.cancelled.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    /// The id of a path that has a file in this snapshot.
    pub fn file_id(&self, path: &Path) -> Option<FileId> {
        self.paths.id(path).filter(|&file| self.source(file).is_some())
    }

    /// A file's text and tree.
    pub fn source(&self, file: FileId) -> Option<&Arc<SourceFile>> {
        self.module_of(file)?.files.get(&file)
    }

    /// The module a file belongs to.
    pub fn module_of(&self, file: FileId) -> Option<&Arc<ModuleSource>> {
        self.modules.get(module_dir(self.paths.path(file)?))
    }

    /// All modules, by folder.
    pub fn modules(&self) -> impl Iterator<Item = &Arc<ModuleSource>> {
        self.modules.values()
    }

    /// The settings that hold for a file.
    pub fn config_of(&self, file: FileId) -> &Config {
        &self.settings_of(file).config
    }

    fn settings_of(&self, file: FileId) -> &Settings {
        self.module_of(file).map_or(&self.settings, |module| &module.settings)
    }

    /// What is known about the thing at a place.
    pub fn hover(&self, at: FilePos) -> Option<Hover> {
        let module = self.module(at.file);
        hover::hover(&Request::new(self, &module, at.file, at.offset))
    }

    /// What can be written at a place.
    pub fn completion(&self, at: FilePos) -> Completions {
        let module = self.module(at.file);
        completion::completion(&Request::new(self, &module, at.file, at.offset))
    }

    /// All findings of a file, by range.
    pub fn diagnostics(&self, file: FileId) -> Vec<Diagnostic> {
        let module = self.module(file);
        diagnostics::diagnostics(self, &module, file)
    }

    /// [`Analysis::diagnostics`] of many files, in their order. A folder is put together once, however many of
    /// its files are among them.
    pub fn diagnostics_of_all(&self, files: &[FileId]) -> Vec<Vec<Diagnostic>> {
        self.in_modules(files, |module, file| diagnostics::diagnostics(self, module, file))
    }

    /// [`Analysis::imports`] of many files, likewise.
    pub fn imports_of_all(&self, files: &[FileId]) -> Vec<Vec<Import>> {
        self.in_modules(files, |module, file| code_actions::import::of_file(self, module, file))
    }

    fn in_modules<T>(&self, files: &[FileId], feature: impl Fn(&Module, FileId) -> T) -> Vec<T> {
        let mut modules: BTreeMap<&Path, Module> = BTreeMap::new();
        let answer = |&file: &FileId| {
            let dir = self.paths.path(file).map_or(Path::new(""), module_dir);
            feature(modules.entry(dir).or_insert_with(|| self.module(file)), file)
        };
        files.iter().map(answer).collect()
    }

    /// The outline of a file; `None` where the profile leaves it to another server.
    pub fn outline(&self, file: FileId) -> Option<Vec<Symbol>> {
        let source = self.source(file)?;
        (self.config_of(file).profile == Profile::Standalone).then(|| symbols::outline(source))
    }

    /// The changes on offer for a range.
    pub fn code_actions(&self, file: FileId, range: TextRange) -> Vec<CodeAction> {
        let module = self.module(file);
        code_actions::code_actions(&Request::new(self, &module, file, range.start()), range)
    }

    /// The `terraform import` command line for the block at a place; `None` where there is no such block.
    pub fn import_command(&self, at: FilePos) -> Option<String> {
        let module = self.module(at.file);
        code_actions::import::command_at(&Request::new(self, &module, at.file, at.offset))
    }

    /// The imports of every block of a file that can be imported, in its order.
    pub fn imports(&self, file: FileId) -> Vec<Import> {
        let module = self.module(file);
        code_actions::import::of_file(self, &module, file)
    }
}
