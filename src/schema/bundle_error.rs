//! Why a bundle cannot be used.

use std::fmt;
use std::path::PathBuf;

use schemas::layout::FORMAT;

/// A bundle that cannot be used: one line: which, why, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleError {
    /// The file; `None` for bytes in memory.
    pub path: Option<PathBuf>,
    pub(crate) fault: Fault,
}

/// What is wrong with a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The file cannot be read, for this reason of the system.
    Unreadable(String),
    /// It is no bundle at all.
    Foreign,
    /// It ends too early.
    Truncated,
    /// It is a bundle of another format, made for an older or newer program.
    OtherFormat(u32),
    /// Its parts do not fit together.
    Damaged(&'static str),
}

impl fmt::Display for BundleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{}: ", path.display())?,
            None => f.write_str("type data: ")?,
        }
        match &self.fault {
            Fault::Unreadable(why) => write!(f, "cannot be read: {why}"),
            Fault::Foreign => f.write_str("is no bundle of type data; name another file"),
            Fault::Truncated => f.write_str("ends too early; install the type data again"),
            Fault::OtherFormat(format) => write!(
                f,
                "is a bundle of format {format} and this program reads format {FORMAT}; install the type data again"
            ),
            Fault::Damaged(what) => write!(f, "is damaged ({what}); install the type data again"),
        }
    }
}

impl std::error::Error for BundleError {}
