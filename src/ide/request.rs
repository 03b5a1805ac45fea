//! What every feature works on: one module of a snapshot, seen from one file.

use std::cell::OnceCell;

use super::{Analysis, Config, FileId, SourceFile};
use crate::azapi::place::{self, Asked, Place};
use crate::schema::Schema;
use crate::terraform::{Assume, Evaluator, Module};
use crate::text::TextSize;

/// A request at a position of a file.
pub(super) struct Request<'r> {
    analysis: &'r Analysis,
    module: &'r Module,
    file: FileId,
    offset: TextSize,
    evaluator: OnceCell<Evaluator<'r>>,
}

impl<'r> Request<'r> {
    /// `module` must be that of `file`.
    pub(super) fn new(analysis: &'r Analysis, module: &'r Module, file: FileId, offset: TextSize) -> Self {
        Self { analysis, module, file, offset, evaluator: OnceCell::new() }
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
        self.module
    }

    /// For what is shown or proposed: variables have their defaults.
    pub(super) fn evaluator(&self) -> &Evaluator<'r> {
        self.evaluator.get_or_init(|| Evaluator::new(self.module, Assume::Defaults))
    }

    /// What the place is.
    pub(super) fn place(&self) -> Option<Place<'r>> {
        place::place_at(&Asked {
            evaluator: self.evaluator(),
            schema: self.schema(),
            file: self.file,
            offset: self.offset,
            is_cancelled: &|| self.analysis.check_cancelled().is_err(),
        })
    }
}
