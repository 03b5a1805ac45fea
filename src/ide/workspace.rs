//! What a server or a command knows: the files of every module and the settings. The only mutable thing;
//! features see an [`Analysis`] of it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use ropey::Rope;

use super::cache::IndexCache;
use super::called::{self, CallSource, Installed};
use super::{Analysis, Config, Settings};
use crate::parallel;
use crate::syntax::{self, Edit, Parse};
pub use crate::terraform::FileId;
use crate::terraform::FileKind;
use crate::terraform::file_kind::{self, Tool};
use crate::terraform::side_files::SideFiles;
use crate::terraform::variables_json;
use crate::text::{EditError, EditedText, TextEdit, TextSize, minimal_edit};

/// A place in a file: a byte offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FilePos {
    /// Which file.
    pub file: FileId,
    /// Byte offset in it.
    pub offset: TextSize,
}

/// One file at one moment: its text and the tree of that very text.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Where it is, or a made-up path for a document that is no file.
    pub path: PathBuf,
    pub(crate) rope: Rope,
    /// The tree of `rope`.
    pub parse: Parse,
    /// Differs between any two texts of this process.
    pub(crate) revision: u64,
    /// The editor's version of the document; `None` when the text is the disk's.
    pub(crate) open_version: Option<i32>,
    /// Whether it tests its module, and is no part of it.
    pub(super) is_test: bool,
    calls: OnceLock<Arc<[CallSource]>>,
}

impl SourceFile {
    fn new(path: PathBuf, text: &str, open_version: Option<i32>) -> Self {
        let parse = match is_json(&path) {
            true => syntax::parse(&variables_json::as_attributes(text)),
            false => syntax::parse(text),
        };
        let rope = Rope::from_str(text);
        let is_test = FileKind::of(&path) == Some(FileKind::Test);
        Self { path, rope, parse, revision: next_revision(), open_version, is_test, calls: OnceLock::new() }
    }

    fn edited(&self, edited: &EditedText, version: i32) -> Self {
        let rope = edited.now().clone();
        let text = rope.to_string();
        if is_json(&self.path) {
            return Self::new(self.path.clone(), &text, Some(version));
        }
        let change = match edited.edits() {
            [one] => Some(one.clone()),
            _ => minimal_edit(&self.rope.to_string(), &text),
        };
        let parse = match change {
            None => self.parse.clone(),
            Some(TextEdit { range, new_text }) => {
                self.parse.reparse(&text, &Edit { deleted: range, inserted: TextSize::of(new_text.as_str()) })
            }
        };
        let path = self.path.clone();
        let (revision, open_version) = (next_revision(), Some(version));
        Self { path, rope, parse, revision, open_version, is_test: self.is_test, calls: OnceLock::new() }
    }

    /// The modules that it calls.
    pub(crate) fn calls(&self) -> &[CallSource] {
        self.calls.get_or_init(|| called::calls_of(self).into())
    }
}

fn is_tofu(file: &SourceFile) -> bool {
    file.path.extension().is_some_and(|extension| extension == "tofu")
}

fn is_json(path: &Path) -> bool {
    FileKind::of(path) == Some(FileKind::Variables) && file_kind::is_json(path)
}

fn next_revision() -> u64 {
    static REVISION: AtomicU64 = AtomicU64::new(0);
    REVISION.fetch_add(1, Ordering::Relaxed)
}

/// All `.tf` and `.tofu` files of one folder, which Terraform reads as one.
#[derive(Debug, Clone)]
pub struct ModuleSource {
    pub(crate) dir: PathBuf,
    /// Its files, and its tests.
    pub files: BTreeMap<FileId, Arc<SourceFile>>,
    /// The paths in whose place OpenTofu reads others, whether or not there are such files.
    shadowed: HashSet<PathBuf>,
    /// Those that give variables their values where this is the root module, in Terraform's order.
    variable_files: Vec<(FileId, Arc<SourceFile>)>,
    /// What functions may read.
    pub(super) side_files: Arc<SideFiles>,
    /// The modules that were installed for it.
    pub(super) installed: Arc<Installed>,
    /// What holds in this folder.
    pub(crate) settings: Arc<Settings>,
    #[cfg(test)]
    _copies: copies::Counted,
}

impl ModuleSource {
    fn empty(dir: &Path, settings: Arc<Settings>) -> Self {
        Self {
            dir: dir.to_path_buf(),
            files: BTreeMap::new(),
            shadowed: HashSet::new(),
            variable_files: Vec::new(),
            side_files: Arc::default(),
            installed: Arc::default(),
            settings,
            #[cfg(test)]
            _copies: copies::Counted,
        }
    }

    /// Whether it calls a module.
    pub(super) fn calls_others(&self) -> bool {
        self.files.values().any(|file| !file.calls().is_empty())
    }

    /// Its configuration as one tool reads it, and one of its tests.
    pub(super) fn read_by(
        &self,
        tool: Tool,
        test: Option<FileId>,
    ) -> impl Iterator<Item = (&FileId, &Arc<SourceFile>)> {
        let is_read = move |file: &SourceFile| match tool {
            Tool::OpenTofu => !self.is_shadowed(file),
            Tool::Terraform => !is_tofu(file),
        };
        let is_there = move |id: FileId, file: &SourceFile| test == Some(id) || !file.is_test;
        self.files.iter().filter(move |(id, file)| is_there(**id, file) && is_read(file))
    }

    /// Its tests.
    pub(super) fn tests(&self) -> impl Iterator<Item = FileId> {
        self.files.iter().filter(|(_, file)| file.is_test).map(|(id, _)| *id)
    }

    /// Whether OpenTofu reads another file in place of this one.
    pub(super) fn is_shadowed(&self, file: &SourceFile) -> bool {
        !self.shadowed.is_empty() && self.shadowed.contains(&file.path)
    }

    /// Those that give variables their values where this is the root module; of two that give the same one the later
    /// counts.
    pub(super) fn variable_files(&self) -> &[(FileId, Arc<SourceFile>)] {
        &self.variable_files
    }

    /// Whether its functions read files.
    pub(crate) fn reads_files(&self) -> bool {
        !self.side_files.is_empty()
    }

    /// All that is read of it, in one order.
    pub(crate) fn all_files(&self) -> impl Iterator<Item = &Arc<SourceFile>> {
        self.files.values().chain(self.variable_files.iter().map(|(_, file)| file))
    }

    pub(super) fn get(&self, id: FileId) -> Option<&Arc<SourceFile>> {
        let of_variables =
            || self.variable_files.iter().find(|(other, _)| *other == id).map(|(_, file)| file);
        self.files.get(&id).or_else(of_variables)
    }

    /// The same if one of its files had this text.
    pub(super) fn with_text(&self, id: FileId, text: &str) -> Option<Self> {
        let file = self.get(id)?;
        let mut module = self.clone();
        module.insert(id, Arc::new(SourceFile::new(file.path.clone(), text, file.open_version)));
        Some(module)
    }

    fn insert(&mut self, id: FileId, file: Arc<SourceFile>) {
        if FileKind::of(&file.path) != Some(FileKind::Variables) {
            if is_tofu(&file) {
                self.shadowed.insert(file.path.with_extension("tf"));
            }
            self.files.insert(id, file);
            return;
        }
        self.variable_files.retain(|(other, _)| *other != id);
        let order = file_kind::reading_order(&file.path);
        let before = |(_, other): &(FileId, Arc<SourceFile>)| file_kind::reading_order(&other.path) <= order;
        let at = self.variable_files.partition_point(before);
        self.variable_files.insert(at, (id, file));
    }

    /// Removes the files that are not wanted.
    fn keep(&mut self, mut is_wanted: impl FnMut(FileId, &SourceFile) -> bool) {
        let shadowed = &mut self.shadowed;
        self.files.retain(|id, file| {
            let stays = is_wanted(*id, file);
            if !stays && is_tofu(file) {
                shadowed.remove(&file.path.with_extension("tf"));
            }
            stays
        });
        self.variable_files.retain(|(id, file)| is_wanted(*id, file));
    }
}

/// Why a change to an open document cannot be applied. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ChangeError {
    /// The document is not open.
    NotOpen,
    /// It began with another text than the document's.
    OtherText,
    /// A range is not one of the text.
    Edit(EditError),
}

impl fmt::Display for ChangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOpen => f.write_str("the document is not open"),
            Self::Edit(error) => error.fmt(f),
            Self::OtherText => f.write_str("the change means another text than the document's"),
        }
    }
}

impl std::error::Error for ChangeError {}

impl From<EditError> for ChangeError {
    fn from(error: EditError) -> Self {
        Self::Edit(error)
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Paths {
    ids: HashMap<PathBuf, FileId>,
    paths: Vec<PathBuf>,
    #[cfg(test)]
    _copies: copies::Counted,
}

impl Paths {
    pub(super) fn id(&self, path: &Path) -> Option<FileId> {
        self.ids.get(path).copied()
    }

    pub(super) fn path(&self, file: FileId) -> Option<&Path> {
        self.paths.get(file.0 as usize).map(PathBuf::as_path)
    }

    fn intern(&mut self, path: &Path) -> FileId {
        if let Some(id) = self.id(path) {
            return id;
        }
        let id = FileId(u32::try_from(self.paths.len()).unwrap_or(u32::MAX));
        self.paths.push(path.to_path_buf());
        self.ids.insert(path.to_path_buf(), id);
        id
    }
}

/// A thread reads at least so many bytes.
const LEAST_OF_A_THREAD: usize = 1 << 15;

pub(super) type Modules = BTreeMap<PathBuf, Arc<ModuleSource>>;

/// All modules by folder, and the settings. Snapshots share its parts; a change copies only what it touches.
#[derive(Debug, Default)]
pub struct Workspace {
    paths: Arc<Paths>,
    modules: Arc<Modules>,
    settings: Arc<Settings>,
    indexes: Arc<IndexCache>,
}

impl Workspace {
    /// A workspace without files. `config` holds wherever no folder has settings of its own.
    pub fn new(config: Config) -> Self {
        Self { settings: Arc::new(config.into()), ..Self::default() }
    }

    /// A document was opened with this text, which from now on counts instead of the disk's.
    pub fn open_file(&mut self, path: &Path, text: &str, version: i32) -> FileId {
        self.put(path, SourceFile::new(path.to_path_buf(), text, Some(version)))
    }

    /// An open document changed from its text as it is here.
    pub(crate) fn edit_file(
        &mut self,
        path: &Path,
        edited: &EditedText,
        version: i32,
    ) -> Result<(), ChangeError> {
        let file =
            self.source(path).filter(|file| file.open_version.is_some()).ok_or(ChangeError::NotOpen)?;
        if !edited.began_with(&file.rope) {
            return Err(ChangeError::OtherText);
        }
        let edited = file.edited(edited, version);
        self.put(path, edited);
        Ok(())
    }

    /// A document was closed; `disk_text` is what the disk has for it, `None` when there is no such file.
    pub(crate) fn close_file(&mut self, path: &Path, disk_text: Option<&str>) {
        match disk_text {
            Some(text) => {
                self.put(path, SourceFile::new(path.to_path_buf(), text, None));
            }
            None => self.remove(path),
        }
    }

    /// The disk has another text for a file, or no such file any more (`None`). Nothing changes while the
    /// document is open, or when the text is the one already known. Whether anything changed.
    pub(crate) fn set_disk_file(&mut self, path: &Path, text: Option<&str>) -> bool {
        match (self.source(path), text) {
            (Some(file), _) if file.open_version.is_some() => false,
            (Some(file), Some(text)) if file.rope == text => false,
            (None, None) => false,
            (_, Some(text)) => {
                self.put(path, SourceFile::new(path.to_path_buf(), text, None));
                true
            }
            (Some(_), None) => {
                self.remove(path);
                true
            }
        }
    }

    /// The disk's files of a folder: those no longer among `files` go, open documents stay as they are. Linear in
    /// the folder's files, whatever snapshots are about.
    pub(crate) fn load_module(&mut self, dir: &Path, files: Vec<(PathBuf, String)>) {
        let paths = Arc::make_mut(&mut self.paths);
        let ids: Vec<FileId> = files.iter().map(|(path, _)| paths.intern(path)).collect();
        let kept: HashSet<FileId> = ids.iter().copied().collect();
        let modules = Arc::make_mut(&mut self.modules);
        let module = modules
            .entry(dir.to_path_buf())
            .or_insert_with(|| Arc::new(ModuleSource::empty(dir, Arc::clone(&self.settings))));
        let module = Arc::make_mut(module);
        module.keep(|id, file| {
            let stays = file.open_version.is_some() || kept.contains(&id);
            if !stays {
                self.indexes.forget(id);
            }
            stays
        });
        let is_new = |(id, (_, text)): &(FileId, (PathBuf, String))| {
            let known = module.get(*id);
            known.is_none_or(|file| file.open_version.is_none() && file.rope != text.as_str())
        };
        let new: Vec<_> = ids.into_iter().zip(files).filter(is_new).collect();
        let bytes: usize = new.iter().map(|(_, (_, text))| text.len()).sum();
        let threads = parallel::threads().min(bytes / LEAST_OF_A_THREAD);
        let read = parallel::in_order(&new, threads, |(id, (path, text))| {
            (*id, Arc::new(SourceFile::new(path.clone(), text, None)))
        });
        for (id, file) in read {
            module.insert(id, file);
        }
        if module.files.is_empty() && module.variable_files.is_empty() {
            modules.remove(dir);
        }
    }

    /// What else a folder has: the files that functions may read, and the modules that were installed for it.
    /// Whether that is another than before; a folder without files is ignored.
    pub(crate) fn set_surroundings(
        &mut self,
        dir: &Path,
        side_files: SideFiles,
        installed: Installed,
    ) -> bool {
        let Some(module) = Arc::make_mut(&mut self.modules).get_mut(dir) else { return false };
        if *module.side_files == side_files && *module.installed == installed {
            return false;
        }
        let module = Arc::make_mut(module);
        module.side_files = Arc::new(side_files);
        module.installed = Arc::new(installed);
        true
    }

    /// The folders that the calls of a module lead to, also those in installed modules.
    pub(crate) fn called_from(&self, dir: &Path) -> Vec<PathBuf> {
        self.modules.get(dir).map_or_else(Vec::new, |module| called::folders_reached(module))
    }

    /// What holds for every folder without settings of its own. Those of folders are kept.
    pub(crate) fn set_settings(&mut self, settings: Settings) {
        self.indexes.forget_clean_blocks();
        let old = std::mem::replace(&mut self.settings, Arc::new(settings));
        for module in Arc::make_mut(&mut self.modules).values_mut() {
            if Arc::ptr_eq(&module.settings, &old) {
                Arc::make_mut(module).settings = Arc::clone(&self.settings);
            }
        }
    }

    /// What holds for one folder. Whether it is another than before; a folder without files is ignored.
    pub(crate) fn set_module_settings(&mut self, dir: &Path, settings: Settings) -> bool {
        let Some(module) = Arc::make_mut(&mut self.modules).get_mut(dir) else { return false };
        let changed = *module.settings != settings;
        if changed {
            self.indexes.forget_clean_blocks();
        }
        Arc::make_mut(module).settings = Arc::new(settings);
        changed
    }

    /// The settings where no folder says otherwise.
    pub(crate) fn config(&self) -> &Config {
        &self.settings.config
    }

    /// The folders that have files, sorted.
    pub(crate) fn module_dirs(&self) -> impl Iterator<Item = &Path> {
        self.modules.keys().map(PathBuf::as_path)
    }

    /// The module of a folder; `None` when it has no file.
    pub fn module(&self, dir: &Path) -> Option<&Arc<ModuleSource>> {
        self.modules.get(dir)
    }

    /// The file at a path as it is now.
    pub fn source(&self, path: &Path) -> Option<&Arc<SourceFile>> {
        self.modules.get(module_dir(path))?.get(self.paths.id(path)?)
    }

    /// A snapshot of everything; O(1), shares all of it.
    pub fn analysis(&self) -> Analysis {
        Analysis::new(
            Arc::clone(&self.paths),
            Arc::clone(&self.modules),
            Arc::clone(&self.settings),
            Arc::clone(&self.indexes),
        )
    }

    fn put(&mut self, path: &Path, file: SourceFile) -> FileId {
        let id = self.paths.id(path).unwrap_or_else(|| Arc::make_mut(&mut self.paths).intern(path));
        let dir = module_dir(path);
        let module = Arc::make_mut(&mut self.modules)
            .entry(dir.to_path_buf())
            .or_insert_with(|| Arc::new(ModuleSource::empty(dir, Arc::clone(&self.settings))));
        Arc::make_mut(module).insert(id, Arc::new(file));
        id
    }

    fn remove(&mut self, path: &Path) {
        let (Some(id), dir) = (self.paths.id(path), module_dir(path)) else { return };
        let modules = Arc::make_mut(&mut self.modules);
        if let Some(module) = modules.get_mut(dir) {
            let module = Arc::make_mut(module);
            module.keep(|other, _| other != id);
            self.indexes.forget(id);
            if module.files.is_empty() && module.variable_files.is_empty() {
                modules.remove(dir);
            }
        }
    }
}

/// The folder whose module a path belongs to.
pub(super) fn module_dir(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// Counts on this thread how often a folder's files or all paths are copied: each copy costs a look at every file.
#[cfg(test)]
mod copies {
    use std::cell::Cell;

    thread_local! {
        static MADE: Cell<usize> = const { Cell::new(0) };
    }

    #[derive(Debug, Default)]
    pub(super) struct Counted;

    impl Clone for Counted {
        fn clone(&self) -> Self {
            MADE.set(MADE.get() + 1);
            Self
        }
    }

    pub(super) fn made() -> usize {
        MADE.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextRange;

    fn text(workspace: &Workspace, path: &str) -> Option<String> {
        workspace.source(Path::new(path)).map(|file| file.rope.to_string())
    }

    fn edit(start: u32, end: u32, new_text: &str) -> TextEdit {
        TextEdit::replace(TextRange::new(start.into(), end.into()), new_text)
    }

    /// What edits that follow one another make of a file.
    fn edited(workspace: &Workspace, path: &str, edits: &[TextEdit]) -> EditedText {
        let mut edited = EditedText::new(&workspace.source(Path::new(path)).unwrap().rope);
        for edit in edits {
            edited.apply(edit.clone()).unwrap();
        }
        edited
    }

    #[test]
    fn edits_follow_one_another() {
        let mut workspace = Workspace::default();
        workspace.open_file(Path::new("/m/a.tf"), "ab", 1);
        let edited = edited(&workspace, "/m/a.tf", &[edit(2, 2, "cd"), edit(3, 4, "D")]);
        workspace.edit_file(Path::new("/m/a.tf"), &edited, 2).unwrap();
        assert_eq!(text(&workspace, "/m/a.tf").unwrap(), "abcD");
    }

    #[test]
    fn a_change_to_a_document_that_is_not_open_is_refused() {
        let mut workspace = Workspace::default();
        workspace.set_disk_file(Path::new("/m/a.tf"), Some("ab"));
        let edited = edited(&workspace, "/m/a.tf", &[edit(0, 0, "x")]);
        let result = workspace.edit_file(Path::new("/m/a.tf"), &edited, 2);
        assert_eq!(result, Err(ChangeError::NotOpen));
    }

    #[test]
    fn an_edit_of_another_text_is_refused_and_changes_nothing() {
        let mut workspace = Workspace::default();
        workspace.open_file(Path::new("/m/a.tf"), "é", 1);
        let late = edited(&workspace, "/m/a.tf", &[edit(0, 0, "x")]);
        workspace.open_file(Path::new("/m/a.tf"), "é", 2);
        let result = workspace.edit_file(Path::new("/m/a.tf"), &late, 3);
        assert_eq!(result, Err(ChangeError::OtherText));
        assert_eq!(text(&workspace, "/m/a.tf").unwrap(), "é");
    }

    #[test]
    fn the_disk_does_not_touch_an_open_document() {
        let mut workspace = Workspace::default();
        workspace.open_file(Path::new("/m/a.tf"), "editor", 1);
        assert!(!workspace.set_disk_file(Path::new("/m/a.tf"), Some("disk")));
        workspace.load_module(Path::new("/m"), vec![("/m/b.tf".into(), "b".into())]);
        assert_eq!(text(&workspace, "/m/a.tf").unwrap(), "editor");
        assert_eq!(text(&workspace, "/m/b.tf").unwrap(), "b");
    }

    #[test]
    fn a_folder_read_again_loses_the_files_that_are_gone() {
        let mut workspace = Workspace::default();
        workspace.load_module(Path::new("/m"), vec![("/m/a.tf".into(), "a".into())]);
        workspace.load_module(Path::new("/m"), vec![("/m/b.tf".into(), "b".into())]);
        assert_eq!(text(&workspace, "/m/a.tf"), None);
    }

    #[test]
    fn a_closed_document_is_the_disks_again_or_gone() {
        let mut workspace = Workspace::default();
        workspace.open_file(Path::new("/m/a.tf"), "editor", 1);
        workspace.close_file(Path::new("/m/a.tf"), Some("disk"));
        assert_eq!(text(&workspace, "/m/a.tf").unwrap(), "disk");
        workspace.close_file(Path::new("/m/a.tf"), None);
        assert_eq!(workspace.module_dirs().count(), 0);
    }

    #[test]
    fn a_snapshot_keeps_what_it_saw() {
        let mut workspace = Workspace::default();
        let id = workspace.open_file(Path::new("/m/a.tf"), "old", 1);
        let analysis = workspace.analysis();
        let edited = edited(&workspace, "/m/a.tf", &[edit(0, 3, "new")]);
        workspace.edit_file(Path::new("/m/a.tf"), &edited, 2).unwrap();
        assert_eq!(analysis.source(id).unwrap().rope, "old");
        assert_eq!(workspace.analysis().source(id).unwrap().rope, "new");
    }

    #[test]
    fn a_folders_own_settings_outlive_a_change_of_the_common_ones() {
        let mut workspace = Workspace::default();
        workspace.open_file(Path::new("/a/a.tf"), "", 1);
        workspace.open_file(Path::new("/b/b.tf"), "", 1);
        let named = |data: &str| Config { data: Some(data.into()), ..Config::default() };
        assert!(workspace.set_module_settings(Path::new("/a"), named("own").into()));
        assert!(!workspace.set_module_settings(Path::new("/a"), named("own").into()));
        workspace.set_settings(named("common").into());
        let data =
            |dir: &str| workspace.module(Path::new(dir)).unwrap().settings.config.data.clone().unwrap();
        assert_eq!(data("/a"), Path::new("own"));
        assert_eq!(data("/b"), Path::new("common"));
    }

    #[test]
    fn a_folder_of_any_size_is_copied_once_for_each_reading() {
        let copies_for = |count: usize| {
            let files = |text: &str| {
                (0..count).map(|at| (format!("/m/{at}.tf").into(), text.to_owned())).collect::<Vec<_>>()
            };
            let mut workspace = Workspace::default();
            workspace.open_file(Path::new("/m/0.tf"), "editor", 1);
            let before = copies::made();
            for text in ["a = 1\n", "a = 1\n", "a = 2\n"] {
                // While a snapshot is held, nothing may be changed in place.
                let _analysis = workspace.analysis();
                workspace.load_module(Path::new("/m"), files(text));
            }
            workspace.load_module(Path::new("/m"), files("a = 2\n").split_off(count - 1));
            let left = &workspace.module(Path::new("/m")).unwrap().files;
            assert_eq!(left.len(), 2);
            assert_eq!(text(&workspace, "/m/0.tf").unwrap(), "editor");
            copies::made() - before
        };
        // The paths and the folder, in each of the three readings that somebody else looked on.
        assert_eq!((copies_for(100), copies_for(400)), (6, 6));
    }
}
