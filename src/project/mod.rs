//! What a server or a command finds in a module's folder: which files, which settings and where each comes
//! from, which type data and why. The one loader for both.

mod data;
pub mod disk;
mod loader;
mod walk;

pub(crate) use loader::Loader;
pub(crate) use walk::{FoundFiles, find_files, without_files};
