//! Why a command about the type data has no result.

use std::fmt;

/// Its text is one line: what was looked for, and the nearest names.
#[derive(Debug)]
pub(crate) enum QueryError {
    /// What was looked for is not in the data; the line to print.
    Unknown(String),
    /// The output cannot be written.
    Output(std::io::Error),
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            QueryError::Unknown(line) => f.write_str(line),
            QueryError::Output(error) => write!(f, "cannot write the output: {error}"),
        }
    }
}

impl std::error::Error for QueryError {}

impl From<std::io::Error> for QueryError {
    fn from(error: std::io::Error) -> Self {
        QueryError::Output(error)
    }
}

impl From<serde_json::Error> for QueryError {
    fn from(error: serde_json::Error) -> Self {
        QueryError::Output(error.into())
    }
}

/// `; nearest: a, b`, or nothing.
pub(crate) fn nearest(close: &[&str]) -> String {
    if close.is_empty() { String::new() } else { format!("; nearest: {}", close.join(", ")) }
}
