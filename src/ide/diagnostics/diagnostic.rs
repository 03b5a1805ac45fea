//! What a check reports.

use super::Fix;
use crate::terraform::FileId;
use crate::text::TextRange;

/// A fault at a place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where the fault is written; not always the file of the block that has it.
    pub file: FileId,
    /// What is wrong there.
    pub range: TextRange,
    /// The name of its [`Code`](super::codes::Code).
    pub code: &'static str,
    /// That of the code, of the case, or of the settings.
    pub severity: Severity,
    /// For people.
    pub message: String,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// The block as Terraform names it.
    pub address: Option<String>,
    /// The dotted path inside `body`.
    pub path: Option<String>,
    /// What would remove it, the likeliest first.
    pub fixes: Vec<Fix>,
}

/// A place that explains a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Its file.
    pub file: FileId,
    /// Where in it.
    pub range: TextRange,
    /// What is there.
    pub message: String,
}

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Style.
    Hint,
    /// A provider's check the author switched off.
    Information,
    /// Likely wrong.
    Warning,
    /// Refused.
    Error,
}

impl Severity {
    /// As settings and outputs write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}
