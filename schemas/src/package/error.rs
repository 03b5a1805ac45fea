//! Why a package cannot be read, in one line.

use std::fmt::{self, Write};
use std::path::Path;

/// What is wrong, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageError {
    place: String,
    problem: String,
}

impl PackageError {
    /// `problem` should say what to do where that is not plain.
    pub fn new(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { place: place.into(), problem: problem.into() }
    }

    pub(super) fn at(path: &Path, problem: impl Into<String>) -> Self {
        Self::new(path.display().to_string(), problem)
    }

    /// The same problem, inside of something that is named first.
    pub(super) fn within(self, outer: &str) -> Self {
        let place = if self.place.is_empty() { outer.to_owned() } else { format!("{outer}: {}", self.place) };
        Self::new(place, self.problem)
    }
}

impl fmt::Display for PackageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A damaged package may name its parts by anything, and a terminal would obey it.
        for c in format!("{}: {}", self.place, self.problem).chars() {
            if c.is_control() { write!(f, "{}", c.escape_default())? } else { f.write_char(c)? }
        }
        Ok(())
    }
}

impl std::error::Error for PackageError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_damaged_package_holds_stays_in_one_line() {
        let error = PackageError::new("a\n\u{1b}[2J/types.json", "\"ü\" is\rnot\u{9b}a number");
        assert_eq!(error.to_string(), r#"a\n\u{1b}[2J/types.json: "ü" is\rnot\u{9b}a number"#);
    }
}
