//! What holds for a folder's files: the settings, and the type data in use.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Config;
use crate::schema::Schema;

/// The settings and the type data of a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Settings {
    pub(crate) config: Config,
    pub(crate) data: Data,
}

impl From<Config> for Settings {
    /// With the data in the program, whichever data the settings name.
    fn from(config: Config) -> Self {
        Self { config, data: Data::Bundled }
    }
}

/// Type data, and why it is this one.
#[derive(Debug, Clone, Default)]
pub(crate) enum Data {
    /// The data in the program, as nothing names another.
    #[default]
    Bundled,
    /// The setting `data` names it; [`Config::origin`] has who set that.
    Setting { path: PathBuf, schema: Arc<Schema> },
}

impl Data {
    /// The types in it.
    pub(crate) fn schema(&self) -> &Schema {
        match self {
            Self::Bundled => Schema::bundled(),
            Self::Setting { schema, .. } => schema,
        }
    }

    /// The file it was read from; `None` for the data in the program.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::Bundled => None,
            Self::Setting { path, .. } => Some(path),
        }
    }
}

impl PartialEq for Data {
    /// The very same data: a file that was opened again may hold other types.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bundled, Self::Bundled) => true,
            (Self::Setting { path, schema }, Self::Setting { path: other_path, schema: other_schema }) => {
                path == other_path && Arc::ptr_eq(schema, other_schema)
            }
            (Self::Bundled, Self::Setting { .. }) | (Self::Setting { .. }, Self::Bundled) => false,
        }
    }
}

impl Eq for Data {}
