//! Which type data a folder uses: the first of several sources that has some.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};

use super::disk::{self, Identity};
use crate::ide::{Config, ConfigProblem, Data};
use crate::schema::Schema;

/// Type data files that are in use, each read once however many folders name it.
#[derive(Debug, Default)]
pub(super) struct OpenData {
    files: BTreeMap<PathBuf, DataFile>,
}

/// A file as it was when it was read.
#[derive(Debug)]
struct DataFile {
    /// `None` where there was none.
    identity: Option<Identity>,
    /// Kept by the settings that name it; or why it cannot be used.
    schema: Result<Weak<Schema>, String>,
}

/// What cannot be used is not read again before it changes, as long as there are no more files than this.
const MOST_FILES: usize = 64;

/// A folder as far as the sources of type data look at it.
struct Place<'a> {
    config: &'a Config,
    open: &'a mut OpenData,
}

/// `None` where the source has nothing for the folder; `Err` where what it names cannot be used.
type Source = fn(&mut Place<'_>) -> Result<Option<Data>, ConfigProblem>;

/// The order is a promise to the user: the provider that a folder has locked knows best, then what the user
/// installed, then what the settings name, then what is in the program. The first two would stand at the front,
/// each a function here and a variant of [`Data`].
const SOURCES: [Source; 2] = [named_by_setting, in_the_program];

/// The type data of a folder with these settings, and what is wrong with the sources that come before it.
pub(super) fn choose(config: &Config, open: &mut OpenData) -> (Data, Vec<ConfigProblem>) {
    let mut place = Place { config, open };
    let mut problems = Vec::new();
    for source in SOURCES {
        match source(&mut place) {
            Ok(Some(data)) => return (data, problems),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    (Data::default(), problems)
}

fn named_by_setting(place: &mut Place<'_>) -> Result<Option<Data>, ConfigProblem> {
    let Some(path) = &place.config.data else { return Ok(None) };
    match place.open.get(path) {
        Ok(schema) => Ok(Some(Data::Setting { path: path.clone(), schema })),
        Err(error) => Err(place.config.problem("data", error)),
    }
}

fn in_the_program(_: &mut Place<'_>) -> Result<Option<Data>, ConfigProblem> {
    Ok(Some(Data::Bundled))
}

impl OpenData {
    fn get(&mut self, path: &Path) -> Result<Arc<Schema>, String> {
        // Asked before reading: what is written meanwhile makes it another one.
        let identity = disk::identity(path);
        if let Some(known) = self.files.get(path).filter(|known| known.identity == identity) {
            match &known.schema {
                Ok(schema) => {
                    if let Some(schema) = schema.upgrade() {
                        return Ok(schema);
                    }
                }
                Err(problem) => return Err(problem.clone()),
            }
        }
        if self.files.len() >= MOST_FILES {
            self.files.retain(|_, file| file.is_in_use());
        }
        let read = read(path);
        let schema = read.as_ref().map(Arc::downgrade).map_err(Clone::clone);
        self.files.insert(path.to_path_buf(), DataFile { identity, schema });
        read
    }

    /// Whether some file is another one than was read. It is forgotten, so that it is read the next time.
    pub(super) fn forget_changed(&mut self) -> bool {
        let before = self.files.len();
        self.files.retain(|path, file| disk::identity(path) == file.identity);
        self.files.len() < before
    }
}

impl DataFile {
    fn is_in_use(&self) -> bool {
        self.schema.as_ref().is_ok_and(|schema| schema.strong_count() > 0)
    }
}

fn read(path: &Path) -> Result<Arc<Schema>, String> {
    let file = disk::open_data(path).map_err(|error| error.to_string())?;
    Schema::open(&file, path).map(Arc::new).map_err(|error| error.to_string())
}
