//! What is kept over requests: what files declare, and which blocks nothing was reported of.

use dashmap::DashMap;
use rustc_hash::FxHashMap;
use std::collections::HashMap;
use std::sync::Arc;

use super::SourceFile;
use crate::terraform::declaration::FileIndex;
use crate::terraform::eval::Dependency;
use crate::terraform::module::ModuleFile;
use crate::terraform::span::ItemId;
use crate::terraform::{FileId, ModulePath};

/// The index of each file's last text asked for, with that text's revision.
#[derive(Debug, Default)]
pub(super) struct IndexCache {
    indexes: DashMap<FileId, (u64, Arc<FileIndex>)>,
    clean: DashMap<FileId, HashMap<Looked, Arc<CleanBlocks>>>,
    /// How many blocks were checked, not passed over.
    #[cfg(test)]
    pub(super) checked: std::sync::atomic::AtomicUsize,
}

/// The root module by its first file, and the calls that lead from there to a file's module.
pub(super) type CalledFrom = (FileId, ModulePath);

/// How a run looked at a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Looked {
    /// How its module is called; `None` for the module by itself.
    pub(super) called: Option<CalledFrom>,
    /// Another file was asked about: only what is reported where values are written was looked for.
    pub(super) by_values_alone: bool,
}

/// What is kept of a file is forgotten when its module is called in more ways than this.
const MOST_CALLS: usize = 512;

/// The blocks of a file that the last run of all checks reported nothing of, each with what that depends on. A
/// block with the same text is clean as long as all of it holds.
#[derive(Debug, Default)]
pub(super) struct CleanBlocks {
    /// Which type data it was, and what else the run took for granted: another may have something to report.
    pub(super) data: usize,
    pub(super) needs: FxHashMap<ItemId, Arc<[Arc<Dependency>]>>,
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

    /// Empty before the first run, and after a change of settings or type data.
    pub(super) fn clean_blocks(&self, id: FileId, looked: &Looked, data: usize) -> Arc<CleanBlocks> {
        // Where nothing at all was reported, nothing was where values are written.
        let by_all = Looked { by_values_alone: false, ..looked.clone() };
        let kept = self.clean.get(&id);
        let kept = kept.and_then(|kept| kept.get(looked).or_else(|| kept.get(&by_all)).map(Arc::clone));
        kept.filter(|kept| kept.data == data).unwrap_or_default()
    }

    /// Replaces what was kept of the file, as it was looked at so.
    pub(super) fn keep_clean_blocks(&self, id: FileId, looked: Looked, blocks: CleanBlocks) {
        let mut kept = self.clean.entry(id).or_default();
        if kept.len() > MOST_CALLS {
            kept.clear();
        }
        kept.insert(looked, Arc::new(blocks));
    }

    /// The settings changed.
    pub(super) fn forget_clean_blocks(&self) {
        self.clean.clear();
    }

    /// The file is gone.
    pub(super) fn forget(&self, id: FileId) {
        self.indexes.remove(&id);
        self.clean.remove(&id);
    }
}
