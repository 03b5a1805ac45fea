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
        let former = self.indexes.get(&id).map(|kept| (kept.0, Arc::clone(&kept.1)));
        let index = match former {
            Some((revision, index)) if revision == file.revision => index,
            former => {
                let former = former.map_or_else(Arc::default, |(_, index)| index);
                let index = Arc::new(FileIndex::after(&file.parse.root(), &former));
                self.indexes.insert(id, (file.revision, Arc::clone(&index)));
                index
            }
        };
        ModuleFile::new(id, file.parse.clone(), index)
    }

    /// The file is gone.
    pub(super) fn forget(&self, id: FileId) {
        self.indexes.remove(&id);
    }
}
