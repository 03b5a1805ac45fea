//! The modules of a snapshot that calls lead to.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::called::{self, CallSource};
use super::{Analysis, FileId, FilePos, ModuleSource, tested};
use crate::syntax::ast;
use crate::terraform::eval::{Caller, Program};
use crate::terraform::file_kind::Tool;
use crate::terraform::{Assume, Evaluator, Located, Module};
use crate::text::TextSize;

/// A module with those that it calls, each put together once, on first use.
pub(super) struct ModuleTree<'a> {
    analysis: &'a Analysis,
    tool: Tool,
    source: Option<&'a Arc<ModuleSource>>,
    /// One of the module's tests, which is read with it.
    test: Option<FileId>,
    root: OnceCell<Module>,
    folders: HashMap<&'a Path, Folder<'a>>,
}

struct Folder<'a> {
    source: &'a Arc<ModuleSource>,
    module: OnceCell<Module>,
}

impl<'a> ModuleTree<'a> {
    /// Of the module around a file, as a tool has it that reads the file.
    pub(super) fn around(analysis: &'a Analysis, file: FileId) -> Self {
        Self::of_file(analysis, file, None)
    }

    /// The same for a place: the parts of a test may be of different modules.
    pub(super) fn around_place(analysis: &'a Analysis, at: FilePos) -> Self {
        Self::of_file(analysis, at.file, Some(at.offset))
    }

    fn of_file(analysis: &'a Analysis, file: FileId, offset: Option<TextSize>) -> Self {
        let tool = if analysis.is_shadowed(file) { Tool::Terraform } else { Tool::OpenTofu };
        let test = analysis.source(file).filter(|source| source.is_test).map(|_| file);
        Self::new(analysis, tested::module_at(analysis, file, offset), tool, test)
    }

    /// Of a module, as one tool has it.
    pub(super) fn read_by(analysis: &'a Analysis, module: &'a Arc<ModuleSource>, tool: Tool) -> Self {
        Self::new(analysis, Some(module), tool, None)
    }

    /// Of the module of a folder.
    pub(super) fn of_folder(analysis: &'a Analysis, dir: &Path) -> Self {
        Self::new(analysis, analysis.module_in(dir), Tool::OpenTofu, None)
    }

    fn new(
        analysis: &'a Analysis,
        root: Option<&'a Arc<ModuleSource>>,
        tool: Tool,
        test: Option<FileId>,
    ) -> Self {
        let mut folders: HashMap<&Path, Folder<'_>> = HashMap::new();
        let mut waiting: Vec<&Arc<ModuleSource>> = root.into_iter().collect();
        while let Some(source) = waiting.pop() {
            if folders.contains_key(source.dir.as_path()) {
                continue;
            }
            folders.insert(&source.dir, Folder { source, module: OnceCell::new() });
            let called = called::folders_reached(source).into_iter();
            waiting.extend(called.filter_map(|dir| analysis.module_in(&dir)));
        }
        Self { analysis, tool, source: root, test, root: OnceCell::new(), folders }
    }

    /// Makes the same tree, on another thread maybe.
    pub(super) fn maker(&self) -> impl Fn() -> ModuleTree<'a> + Sync + use<'a> {
        let (analysis, source, tool, test) = (self.analysis, self.source, self.tool, self.test);
        move || ModuleTree::new(analysis, source, tool, test)
    }

    /// The folders of all of them.
    pub(super) fn folders(&self) -> Vec<&'a Path> {
        self.folders.keys().copied().collect()
    }

    /// The folder of the module.
    pub(super) fn dir(&self) -> Option<&'a Path> {
        self.source.map(|source| source.dir.as_path())
    }

    /// The module that it is the tree of.
    pub(super) fn root(&self) -> &Module {
        self.root.get_or_init(|| {
            self.source
                .map(|source| self.analysis.put_together(source, self.tool, self.test))
                .unwrap_or_default()
        })
    }

    /// An evaluator that follows the calls of the module.
    pub(super) fn evaluator(&self, assume: Assume) -> Evaluator<'_> {
        Evaluator::of_program(self, self.root(), assume)
    }

    fn folder_of(&self, module: &Module) -> Option<&'a Path> {
        // Its first file may be that of a test elsewhere.
        if std::ptr::eq(module, self.root()) {
            return self.dir();
        }
        let file = module.files().first()?.id();
        Some(&self.analysis.module_of(file)?.dir)
    }
}

impl Program for ModuleTree<'_> {
    fn call(&self, caller: &Caller<'_>, call: &Located<ast::Block>) -> Option<&Module> {
        let CallSource { name, source } = called::call_of(caller.module, call)?;
        let names = caller.path.0.iter().map(|step| &*step.name).chain([name.as_str()]);
        let names: Vec<&str> = names.collect();
        let root = self.folder_of(caller.root)?;
        let installed = &self.folders.get(root)?.source.installed;
        let dir: PathBuf = called::folder_of(self.folder_of(caller.module)?, &source, installed, &names)?;
        let folder = self.folders.get(dir.as_path())?;
        Some(folder.module.get_or_init(|| self.analysis.put_together(folder.source, self.tool, None)))
    }
}
