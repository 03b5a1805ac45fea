//! What files declare, kept per text: found once, however many requests ask for it.

use dashmap::DashMap;
use std::sync::Arc;

use super::SourceFile;
use crate::terraform::FileId;
use crate::terraform::declaration::FileIndex;
use crate::terraform::module::ModuleFile;

/// The index of each file's last text asked for, with that text's revision.
#[derive(Debug, Default)]
pub(super) struct IndexCache {
    indexes: DashMap<FileId, (u64, Arc<FileIndex>)>,
}

impl IndexCache {
    /// The file with its index; made anew when the text is another than last time.
    pub(super) fn module_file(&self, id: FileId, file: &SourceFile) -> ModuleFile {
        let kept =
            self.indexes.get(&id).filter(|kept| kept.0 == file.revision).map(|kept| Arc::clone(&kept.1));
        let index = kept.unwrap_or_else(|| {
            let index = Arc::new(FileIndex::new(&file.parse.root()));
            self.indexes.insert(id, (file.revision, Arc::clone(&index)));
            index
        });
        ModuleFile::new(id, file.parse.clone(), index)
    }

    /// The file is gone.
    pub(super) fn forget(&self, id: FileId) {
        self.indexes.remove(&id);
    }
}
