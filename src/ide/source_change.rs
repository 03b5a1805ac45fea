//! Changes to files, as features propose them.

use std::path::PathBuf;

use super::FileId;
use crate::text::TextEdit;

/// Edits to files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceChange {
    /// Edits by file, all meaning the texts of the snapshot. Those of one file share no byte.
    pub edits: Vec<(FileId, Vec<TextEdit>)>,
    /// Files that do not exist yet, with their text.
    pub(crate) new_files: Vec<(PathBuf, String)>,
}

impl SourceChange {
    /// One edit in one file.
    pub(crate) fn edit(file: FileId, edit: TextEdit) -> Self {
        Self { edits: vec![(file, vec![edit])], new_files: Vec::new() }
    }

    /// One file more.
    pub(crate) fn new_file(path: PathBuf, text: String) -> Self {
        Self { edits: Vec::new(), new_files: vec![(path, text)] }
    }
}
