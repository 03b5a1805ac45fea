//! Folders: their files, the settings and the type data that hold in them, and the folders that their calls lead to.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::data::{self, OpenData};
use super::disk::{self, DiskError};
use super::{installed, side_files};
use crate::ide::{Config, ConfigProblem, Installed, Profile, Settings, Workspace};
use crate::terraform::side_files::SideFiles;

/// Finds and opens what belongs to a folder. Type data that folders share is opened once.
#[derive(Debug, Default)]
pub(crate) struct Loader {
    /// What an editor sent, the later ones winning.
    client: Vec<Value>,
    open: OpenData,
    /// No other Terraform server runs beside, whatever the settings say.
    is_alone: bool,
}

/// Calls are followed so far from a folder, to so many others, with so many bytes.
const DEPTH: usize = 16;
const MOST_CALLED: usize = 500;
const MOST_CALLED_BYTES: usize = 64 << 20;

/// What came of reading folders.
#[derive(Debug, Default)]
pub(crate) struct LoadedFolders {
    /// Files that should have been read but cannot be.
    pub(crate) unread: Vec<DiskError>,
    /// What is wrong with the settings of the folders that were asked for.
    pub(crate) problems: Vec<ConfigProblem>,
    /// Whether something besides texts is another than before.
    pub(crate) changed: bool,
    called: usize,
    bytes: usize,
}

#[derive(Debug)]
pub(crate) struct Folder {
    /// Its configuration and its files of variables with their texts, by name.
    pub(crate) files: Vec<(PathBuf, String)>,
    /// Files that should have been among them but cannot be read.
    pub(crate) unread: Vec<DiskError>,
    /// The files that its functions may read.
    pub(crate) side_files: SideFiles,
    /// The modules that were installed for it.
    pub(crate) installed: Installed,
    /// What holds for them.
    pub(crate) settings: Settings,
    /// What is wrong with the settings; what is left of them holds.
    pub(crate) problems: Vec<ConfigProblem>,
}

impl Loader {
    /// For commands: no other server runs beside them.
    pub(crate) fn alone() -> Self {
        Self { is_alone: true, ..Self::default() }
    }

    /// The settings of the client, which those of a project file win over.
    pub(crate) fn set_client_settings(&mut self, settings: Vec<Value>) {
        self.client = settings;
    }

    /// Whether a file of type data was replaced or written since it was read; settings that are asked for from now on
    /// have it as it is.
    pub(crate) fn forget_changed_data(&mut self) -> bool {
        self.open.forget_changed()
    }

    /// Reads a folder. One that does not exist has no file, and the settings of the folders above it.
    pub(crate) fn folder(&mut self, dir: &Path) -> Folder {
        let found = disk::read_module(dir);
        let (mut settings, problems) = self.settings_of(dir);
        if self.is_alone {
            settings.config.profile = Profile::Standalone;
        }
        let texts: Vec<&str> = found.files.iter().map(|(_, text)| text.as_str()).collect();
        let side_files = side_files::read(dir, &texts);
        let installed = installed::read(dir);
        let (files, unread) = (found.files, found.problems);
        Folder { files, unread, side_files, installed, settings, problems }
    }

    /// Reads folders into a workspace, those that are read already too, and the folders that calls lead to and that
    /// are not among `read` yet. What is read is added there.
    pub(crate) fn load(
        &mut self,
        workspace: &mut Workspace,
        dirs: impl IntoIterator<Item = PathBuf>,
        read: &mut BTreeSet<PathBuf>,
    ) -> LoadedFolders {
        let mut all = LoadedFolders::default();
        let mut level: Vec<PathBuf> = dirs.into_iter().collect();
        for depth in 0..=DEPTH {
            let mut next = BTreeSet::new();
            for dir in std::mem::take(&mut level) {
                read.insert(dir.clone());
                let called = depth > 0;
                let folder = self.folder(&dir);
                let bytes: usize = folder.files.iter().map(|(_, text)| text.len()).sum();
                all.called += usize::from(called);
                all.bytes += if called { bytes } else { 0 };
                workspace.load_module(&dir, folder.files);
                all.changed |= workspace.set_surroundings(&dir, folder.side_files, folder.installed);
                all.changed |= workspace.set_module_settings(&dir, folder.settings);
                all.unread.extend(folder.unread);
                all.problems.extend(folder.problems.into_iter().filter(|_| !called));
                next.extend(workspace.called_from(&dir));
            }
            if all.called >= MOST_CALLED || all.bytes >= MOST_CALLED_BYTES {
                break;
            }
            level =
                next.into_iter().filter(|dir| !read.contains(dir)).take(MOST_CALLED - all.called).collect();
            if level.is_empty() {
                break;
            }
        }
        all
    }

    /// What holds where no project file does, and what is wrong with it.
    pub(crate) fn common_settings(&mut self) -> (Settings, Vec<ConfigProblem>) {
        let (config, problems) = self.client_config();
        self.with_data(config, problems)
    }

    /// What holds in a folder. Only the problems of its project file and of its type data are given: the settings of
    /// the client are the same everywhere.
    pub(crate) fn settings_of(&mut self, dir: &Path) -> (Settings, Vec<ConfigProblem>) {
        let (mut config, _) = self.client_config();
        let problems = match disk::find_config(dir) {
            Ok(Some((path, text))) => config.apply_toml(&text, &path),
            Ok(None) => Vec::new(),
            Err(problem) => vec![ConfigProblem {
                origin: problem.path.display().to_string(),
                message: format!("cannot be used: {}; change or remove it", problem.reason),
            }],
        };
        let (settings, problems) = self.with_data(config, problems);
        tracing::debug!(
            folder = %dir.display(),
            profile = %settings.config.origin("profile"),
            data = ?settings.data.path(),
            data_from = %settings.config.origin("data"),
            "settings read"
        );
        (settings, problems)
    }

    fn client_config(&self) -> (Config, Vec<ConfigProblem>) {
        let mut config = Config::default();
        let problems =
            self.client.iter().flat_map(|settings| config.apply_editor_settings(settings)).collect();
        (config, problems)
    }

    fn with_data(
        &mut self,
        config: Config,
        mut problems: Vec<ConfigProblem>,
    ) -> (Settings, Vec<ConfigProblem>) {
        let (data, unusable) = data::choose(&config, &mut self.open);
        problems.extend(unusable);
        (Settings { config, data }, problems)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::ide::{Data, Origin};
    use crate::schema::toy;
    use serde_json::json;

    /// A folder with a project file of this text and the toy types in `toy.bin`.
    fn folder(settings: &str) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(disk::CONFIG_FILE), settings).unwrap();
        fs::write(dir.path().join("toy.bin"), toy::bytes(&toy::facts())).unwrap();
        fs::write(dir.path().join("main.tf"), "a = 1\n").unwrap();
        dir
    }

    fn problems(dir: &tempfile::TempDir) -> String {
        let found = Loader::default().folder(dir.path()).problems;
        let text: String = found.iter().map(|problem| format!("{problem}\n")).collect();
        text.replace(&dir.path().display().to_string(), "DIR")
    }

    #[test]
    fn a_folder_has_its_files_its_settings_and_its_data() {
        let dir = folder("data = 'toy.bin'\n");
        let mut loader = Loader::default();
        loader.set_client_settings(vec![json!({ "azapi": { "data": "/no/such", "profile": "standalone" } })]);
        let found = loader.folder(dir.path());
        assert_eq!(found.files, [(dir.path().join("main.tf"), "a = 1\n".to_owned())]);
        assert!(found.unread.is_empty() && found.problems.is_empty());
        assert_eq!(found.settings.config.origin("profile"), &Origin::Editor);
        let project = dir.path().join(disk::CONFIG_FILE);
        assert_eq!(found.settings.config.origin("data"), &Origin::File(project));
        assert_eq!(found.settings.data.path(), Some(dir.path().join("toy.bin").as_path()));
    }

    #[test]
    fn data_is_in_the_program_unless_a_setting_names_another() {
        let found = Loader::default().folder(folder("").path());
        assert_eq!(found.settings.data, Data::Bundled);
    }

    #[test]
    fn folders_share_the_data_that_they_both_name() {
        let dir = folder("data = 'toy.bin'\n");
        fs::create_dir(dir.path().join("inner")).unwrap();
        let mut loader = Loader::default();
        let outer = loader.folder(dir.path()).settings.data;
        assert_eq!(loader.folder(&dir.path().join("inner")).settings.data, outer);
    }

    #[test]
    fn data_that_cannot_be_used_is_reported_with_who_named_it_and_the_next_source_is_used() {
        let dir = folder("data = 'gone.bin'\n");
        let found = Loader::default().folder(dir.path());
        assert_eq!((found.settings.data, found.problems.len()), (Data::Bundled, 1));
        let gone = problems(&dir);
        assert!(gone.starts_with("DIR/.azapi-ls.toml: `data`: DIR/gone.bin: "), "{gone}");
        let foreign = problems(&folder("data = 'main.tf'\n"));
        let refused =
            "DIR/.azapi-ls.toml: `data`: DIR/main.tf: is no bundle of type data; name another file\n";
        assert_eq!(foreign, refused);
        let mut loader = Loader::default();
        loader.set_client_settings(vec![json!({ "azapi": { "data": "/no/such" } })]);
        let (_, found) = loader.common_settings();
        assert!(found[0].to_string().starts_with("editor settings: `azapi.data`: /no/such: "), "{found:?}");
    }

    #[cfg(unix)]
    #[test]
    fn data_that_is_no_plain_file_is_reported_and_never_waited_for() {
        let pipe = folder("data = 'pipe'\n");
        let made = std::process::Command::new("mkfifo").arg(pipe.path().join("pipe")).status();
        assert!(made.unwrap().success());
        let said = "DIR/.azapi-ls.toml: `data`: DIR/pipe: not a plain file\n";
        assert_eq!(problems(&pipe), said);
        let endless = problems(&folder("data = '/dev/zero'\n"));
        assert_eq!(endless, "DIR/.azapi-ls.toml: `data`: /dev/zero: not a plain file\n");
    }

    #[cfg(unix)]
    #[test]
    fn a_project_file_that_is_no_plain_file_is_reported_and_never_waited_for() {
        let said = "DIR/.azapi-ls.toml: cannot be used: not a plain file; change or remove it\n";
        for make in ["mkfifo", "ln -s /dev/zero"] {
            let dir = tempfile::tempdir().unwrap();
            let mut words = make.split(' ');
            let mut command = std::process::Command::new(words.next().unwrap());
            assert!(command.args(words).arg(dir.path().join(disk::CONFIG_FILE)).status().unwrap().success());
            assert_eq!(problems(&dir), said, "{make}");
        }
    }
}
