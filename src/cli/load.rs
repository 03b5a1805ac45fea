//! The files that a command is to look at: folders are walked, a file brings the module around it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use super::CliError;
use crate::disk;
use crate::ide::{Analysis, Config, FileId, Workspace};
use crate::schema::Schema;

/// What was found and read.
pub(super) struct Loaded {
    /// Everything that was read.
    pub(super) analysis: Analysis,
    /// The files to answer for, by the names that the user knows them by.
    pub(super) files: Vec<(String, FileId)>,
}

/// Reads every module of the paths. A path that does not exist, a named file that is no configuration or cannot be
/// read, and settings that are wrong end the command.
pub(super) fn load(paths: &[PathBuf]) -> Result<Loaded, CliError> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here[..] } else { paths };
    let mut wanted: BTreeMap<PathBuf, String> = BTreeMap::new();
    for path in paths {
        let kind = std::fs::metadata(path).map_err(|error| unreadable(path, &error.to_string()))?;
        if kind.is_dir() {
            walk(path, &mut wanted)?;
        } else if disk::is_module_file(path) {
            wanted.insert(absolute(path)?, shown(path));
        } else {
            return Err(unreadable(path, "it is neither a folder nor a .tf or .tofu file"));
        }
    }
    read(&wanted)
}

fn walk(folder: &Path, wanted: &mut BTreeMap<PathBuf, String>) -> Result<(), CliError> {
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        let entry = entry.map_err(|error| CliError::new(error.to_string()))?;
        let is_file = entry.file_type().is_some_and(|kind| !kind.is_dir());
        if is_file && disk::is_module_file(entry.path()) {
            wanted.insert(absolute(entry.path())?, shown(entry.path()));
        }
    }
    Ok(())
}

fn read(wanted: &BTreeMap<PathBuf, String>) -> Result<Loaded, CliError> {
    let mut workspace = Workspace::new(Config::default());
    let mut folders: Vec<&Path> = wanted.keys().filter_map(|path| path.parent()).collect();
    folders.dedup();
    for folder in folders {
        let module = disk::read_module(folder);
        if let Some(problem) = module.problems.iter().find(|problem| wanted.contains_key(&problem.path)) {
            return Err(CliError::new(problem.to_string()));
        }
        workspace.load_module(folder, module.files);
        if let Some(config) = config_of(folder)? {
            workspace.set_module_config(folder, Some(Arc::new(config)));
        }
    }
    for path in workspace.missing_data() {
        let schema = Schema::open(&path).map_err(|error| CliError::new(error.to_string()))?;
        workspace.add_data(path, Arc::new(schema));
    }
    let analysis = workspace.analysis();
    let files = wanted.iter().filter_map(|(path, shown)| Some((shown.clone(), analysis.file_id(path)?)));
    let files = files.collect();
    Ok(Loaded { analysis, files })
}

fn config_of(folder: &Path) -> Result<Option<Config>, CliError> {
    let found = disk::find_config(folder).map_err(|error| CliError::new(error.to_string()))?;
    let Some((path, text)) = found else { return Ok(None) };
    let mut config = Config::default();
    match config.apply_toml(&text, &path).first() {
        Some(problem) => Err(CliError::new(problem.to_string())),
        None => Ok(Some(config)),
    }
}

fn unreadable(path: &Path, reason: &str) -> CliError {
    CliError::new(format!("{}: {reason}", path.display()))
}

fn absolute(path: &Path) -> Result<PathBuf, CliError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().map_err(|error| unreadable(path, &error.to_string()))?;
    Ok(path.file_name().map_or_else(|| folder.clone(), |name| folder.join(name)))
}

/// A path as the user would write it, with forward slashes.
fn shown(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    if cfg!(windows) { path.display().to_string().replace('\\', "/") } else { path.display().to_string() }
}
