//! The text form back to facts.

use std::fs;
use std::path::Path;

use super::lines::read_text;
use crate::facts::Facts;
use crate::share::share;

/// A file that does not hold what it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactsError {
    /// The file, as it was named to the reader.
    pub file: String,
    /// Line, from 1; 0 when it is the file as a whole.
    pub line: usize,
    /// What is wrong there.
    pub message: String,
}

impl std::fmt::Display for FactsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for FactsError {}

/// All facts of a folder of `<namespace>.txt` files, shared. Linear in their size.
pub fn read_folder(folder: &Path) -> Result<Facts, FactsError> {
    let failed = |path: &Path, error: &dyn std::fmt::Display| FactsError {
        file: path.display().to_string(),
        line: 0,
        message: error.to_string(),
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|it| failed(folder, &it))? {
        let path = entry.map_err(|it| failed(folder, &it))?.path();
        if path.extension().is_some_and(|it| it == "txt") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut texts = Vec::with_capacity(paths.len());
    for path in paths {
        let text = fs::read_to_string(&path).map_err(|it| failed(&path, &it))?;
        texts.push((path.display().to_string(), text));
    }
    read_texts(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

/// The facts of several files, each a name for errors and its text, shared.
pub fn read_texts<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<Facts, FactsError> {
    let mut facts = Facts::default();
    for (name, text) in files {
        read_text(text, &mut facts).map_err(|(line, message)| FactsError {
            file: name.to_owned(),
            line,
            message,
        })?;
    }
    Ok(share(facts))
}
