//! What a server or a command finds in a module's folder: which files, which settings and where each comes
//! from, which type data and why. The one loader for both.

mod callers;
mod data;
pub mod disk;
pub(crate) mod installed;
mod loader;
pub(crate) mod pages;
mod side_files;
mod walk;

pub(crate) use callers::Callers;
pub(crate) use loader::{LoadedFolders, Loader};
pub(crate) use walk::{FoundFiles, find_files, without_files};
