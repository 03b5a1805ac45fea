//! How files are named inside the program.

/// A file, by the order in which paths were first heard of. Never given to another path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);
