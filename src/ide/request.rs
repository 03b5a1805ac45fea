//! What every feature works on: one module of a snapshot, seen from one file.

use std::cell::OnceCell;

use super::program::ModuleTree;
use super::{Analysis, Config, FileId, SourceFile};
use crate::azapi::place::{self, Asked, Place};
use crate::schema::Schema;
use crate::terraform::{Assume, Evaluator, Module};
use crate::text::TextSize;

/// A request at a position of a file.
pub(super) struct Request<'r> {
    analysis: &'r Analysis,
    tree: &'r ModuleTree<'r>,
    root: Option<&'r ModuleTree<'r>>,
    file: FileId,
    offset: TextSize,
    evaluator: OnceCell<Evaluator<'r>>,
}

impl<'r> Request<'r> {
    /// `tree` must be that of the module of `file`, `root` that of the one root module that calls lead from.
    pub(super) fn new(
        analysis: &'r Analysis,
        tree: &'r ModuleTree<'r>,
        root: Option<&'r ModuleTree<'r>>,
        file: FileId,
        offset: TextSize,
    ) -> Self {
        Self { analysis, tree, root, file, offset, evaluator: OnceCell::new() }
    }

    /// The snapshot it is made on.
    pub(super) fn analysis(&self) -> &'r Analysis {
        self.analysis
    }

    /// The module's type data.
    pub(super) fn schema(&self) -> &'r Schema {
        self.analysis.schema_of(self.file)
    }

    /// The module's settings.
    pub(super) fn config(&self) -> &'r Config {
        self.analysis.config_of(self.file)
    }

    pub(super) fn offset(&self) -> TextSize {
        self.offset
    }

    pub(super) fn file(&self) -> FileId {
        self.file
    }

    /// That file's text and tree.
    pub(super) fn source(&self) -> Option<&'r SourceFile> {
        self.analysis.source(self.file).map(|file| &**file)
    }

    /// The files around it.
    pub(super) fn module(&self) -> &'r Module {
        self.evaluator().module()
    }

    /// The module with those that it calls.
    pub(super) fn tree(&self) -> &'r ModuleTree<'r> {
        self.tree
    }

    /// For what is shown or proposed: variables have their defaults, or what the only call of the module gives them.
    pub(super) fn evaluator(&self) -> &Evaluator<'r> {
        let as_called = || {
            let evaluator = self.root?.evaluator(Assume::Defaults);
            let ways = evaluator.ways_to(self.file);
            let [only] = ways.as_slice() else { return None };
            evaluator.enter(only).then_some(evaluator)
        };
        self.evaluator.get_or_init(|| as_called().unwrap_or_else(|| self.tree.evaluator(Assume::Defaults)))
    }

    /// What the place is.
    pub(super) fn place(&self) -> Option<Place<'r>> {
        self.place_at(self.offset)
    }

    /// What another place of the file is.
    pub(super) fn place_at(&self, offset: TextSize) -> Option<Place<'r>> {
        place::place_at(&Asked {
            evaluator: self.evaluator(),
            schema: self.schema(),
            file: self.file,
            offset,
            is_cancelled: &|| self.analysis.check_cancelled().is_err(),
        })
    }
}
