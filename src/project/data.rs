//! Which type data a folder uses: the first of several sources that has some.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk;
use crate::ide::{Config, ConfigProblem, Data};
use crate::schema::Schema;

/// Type data files that are open, each once however many folders use it.
#[derive(Debug, Default)]
pub(super) struct OpenData {
    schemas: BTreeMap<PathBuf, Arc<Schema>>,
}

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
        if let Some(schema) = self.schemas.get(path) {
            return Ok(Arc::clone(schema));
        }
        let file = disk::open_data(path).map_err(|error| error.to_string())?;
        let schema = Arc::new(Schema::open(&file, path).map_err(|error| error.to_string())?);
        self.schemas.insert(path.to_path_buf(), Arc::clone(&schema));
        Ok(schema)
    }
}
