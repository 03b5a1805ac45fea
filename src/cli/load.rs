//! What a command works on: the files that its paths mean, with the modules around them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::CliError;
use crate::ide::{Analysis, Config, Data, FileId, Profile, Workspace};
use crate::project::{self, FoundFiles, Loader};

/// What was found and read.
pub(super) struct Loaded {
    /// Everything that was read.
    pub(super) analysis: Analysis,
    /// The files to report on, by the names that the user knows them by.
    pub(super) files: Vec<(String, FileId)>,
}

impl Loaded {
    pub(super) fn ids(&self) -> Vec<FileId> {
        self.files.iter().map(|(_, file)| *file).collect()
    }
}

/// Reads every module of the paths. A path that does not exist, a named file that is no configuration or cannot be
/// read, and settings that are wrong end the command.
pub(super) fn load(paths: &[PathBuf]) -> Result<Loaded, CliError> {
    let wanted = project::find_files(paths).map_err(|error| CliError::new(error.to_string()))?;
    let analysis = read(&wanted)?;
    let files = wanted.iter().filter_map(|(path, found)| Some((shown(found), analysis.file_id(path)?)));
    let files = files.collect();
    Ok(Loaded { analysis, files })
}

fn read(wanted: &FoundFiles) -> Result<Analysis, CliError> {
    let mut workspace = Workspace::new(Config::default());
    let mut loader = Loader::default();
    let folders: BTreeSet<&Path> = wanted.keys().filter_map(|path| path.parent()).collect();
    for dir in folders {
        let folder = loader.folder(dir);
        if let Some(problem) = folder.unread.iter().find(|problem| wanted.contains_key(&problem.path)) {
            return Err(CliError::new(problem.to_string()));
        }
        if let Some(problem) = folder.problems.first() {
            return Err(CliError::new(problem.to_string()));
        }
        workspace.load_module(dir, folder.files);
        // No other server runs beside a command.
        let mut settings = folder.settings;
        settings.config.profile = Profile::Standalone;
        workspace.set_module_settings(dir, settings);
    }
    Ok(workspace.analysis())
}

/// The type data that holds in the current folder, for commands on types alone.
pub(super) fn type_data() -> Result<Data, CliError> {
    let here = std::env::current_dir();
    type_data_in(&here.map_err(|error| CliError::new(format!("the current folder: {error}")))?)
}

fn type_data_in(folder: &Path) -> Result<Data, CliError> {
    let (settings, problems) = Loader::default().settings_of(folder);
    match problems.first() {
        Some(problem) => Err(CliError::new(problem.to_string())),
        None => Ok(settings.data),
    }
}

/// A path as the user would write it, with forward slashes.
fn shown(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    if cfg!(windows) { path.display().to_string().replace('\\', "/") } else { path.display().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::disk::CONFIG_FILE;
    use crate::schema::toy;

    #[test]
    fn the_setting_data_of_the_folder_holds_for_commands_on_types() {
        let dir = tempfile::tempdir().unwrap();
        let schema = || type_data_in(dir.path()).map(|data| data.schema().source().types);
        assert_eq!(schema().unwrap(), crate::schema::Schema::bundled().source().types);
        std::fs::write(dir.path().join(CONFIG_FILE), "data = 'toy.bin'\n").unwrap();
        assert!(schema().unwrap_err().to_string().contains("toy.bin"));
        std::fs::write(dir.path().join("toy.bin"), toy::bytes(&toy::facts())).unwrap();
        assert_eq!(schema().unwrap(), toy::schema().source().types);
    }
}
