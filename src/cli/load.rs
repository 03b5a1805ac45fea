//! What a command works on: the files that its paths mean, with the modules around them.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::CliError;
use super::printable::printable;
use crate::ide::{Analysis, Config, Data, FileId, Workspace};
use crate::project::disk::DiskError;
use crate::project::{self, FoundFiles, Loader};

/// What was found and read.
pub(super) struct Loaded {
    /// Everything that was read.
    pub(super) analysis: Analysis,
    /// Where that is kept, for changes.
    pub(super) workspace: Workspace,
    /// The files to report on, by the names that the user knows them by.
    pub(super) files: Vec<(String, FileId)>,
    /// Those of the modules that they call, which nobody named.
    pub(super) called: Vec<(String, FileId)>,
    /// Files that were asked for and cannot be read.
    pub(super) unread: Vec<DiskError>,
    /// The folders among the paths that have no file to report on, by the names that the user gave.
    pub(super) empty: Vec<String>,
}

impl Loaded {
    /// Says of each folder without a file that it has none.
    pub(super) fn tell_empty(&self) {
        for folder in &self.empty {
            // There is nowhere left to say it when stderr is closed too.
            let _ = writeln!(io::stderr(), "azapi-ls: {}: no .tf or .tofu file", printable(folder));
        }
    }
}

/// Reads every module of the paths, and those that they call. A path that does not exist, a named file that is no
/// configuration, and settings that are wrong end the command.
pub(super) fn load(paths: &[PathBuf]) -> Result<Loaded, CliError> {
    let wanted = project::find_files(paths).map_err(|error| CliError::new(error.to_string()))?;
    let (workspace, mut unread) = read(&wanted)?;
    let analysis = workspace.analysis();
    unread.retain(|problem| wanted.contains_key(&problem.path));
    for problem in &mut unread {
        problem.path = wanted[&problem.path].clone();
    }
    let files = wanted.iter().filter_map(|(path, found)| Some((shown(found), analysis.file_id(path)?)));
    let files = files.collect();
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    let folders: BTreeSet<&Path> = wanted.keys().filter_map(|path| path.parent()).collect();
    let is_called = |path: &Path| path.parent().is_some_and(|dir| !folders.contains(dir));
    let called = analysis.configuration_files().filter(|(path, _)| is_called(path));
    let called = called.map(|(path, file)| (shown(&relative(path, &here)), file)).collect();
    let empty =
        project::without_files(paths, &wanted).iter().map(|path| path.display().to_string()).collect();
    Ok(Loaded { analysis, workspace, files, called, unread, empty })
}

/// A path from a folder.
fn relative(path: &Path, from: &Path) -> PathBuf {
    let common = path.components().zip(from.components()).take_while(|(one, other)| one == other).count();
    if common < 2 {
        return path.to_path_buf();
    }
    let up = from.components().skip(common).map(|_| Path::new("..")).map(Path::to_path_buf);
    up.chain([path.components().skip(common).collect()]).collect()
}

fn read(wanted: &FoundFiles) -> Result<(Workspace, Vec<DiskError>), CliError> {
    let mut workspace = Workspace::new(Config::default());
    let mut loader = Loader::alone();
    let folders: BTreeSet<&Path> = wanted.keys().filter_map(|path| path.parent()).collect();
    let folders = folders.into_iter().map(Path::to_path_buf);
    let loaded = loader.load(&mut workspace, folders, &mut BTreeSet::new());
    if let Some(problem) = loaded.problems.first() {
        return Err(CliError::new(problem.to_string()));
    }
    Ok((workspace, loaded.unread))
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
