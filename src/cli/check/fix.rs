//! `--fix`: the safe fixes, round by round until none is left.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::modules;
use crate::cli::CliError;
use crate::cli::load::Loaded;
use crate::ide::{FileId, safe_fixes};
use crate::project::disk;
use crate::text::{TextEdit, apply_edits};

/// Fixes that share a place need a round each; a fix may make room for another.
const ROUNDS: usize = 20;

/// A file that fixes change.
pub(super) struct Changed {
    pub(super) name: String,
    path: PathBuf,
    pub(super) old: String,
    pub(super) new: String,
}

impl Changed {
    /// Writes it, unless somebody else did meanwhile.
    pub(super) fn save(&self) -> Result<(), CliError> {
        disk::replace_text(&self.path, &self.old, &self.new).map_err(|error| CliError::new(error.to_string()))
    }
}

/// Applies them to what was loaded, not to the disk. Files that no path means stay as they are.
pub(super) fn apply(loaded: &mut Loaded) -> Vec<Changed> {
    let names: BTreeMap<FileId, String> =
        loaded.files.iter().map(|(name, file)| (*file, name.clone())).collect();
    let mut changed: BTreeMap<FileId, Changed> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let mut found: Vec<_> =
            modules::diagnostics(loaded).list.into_iter().map(|reported| reported.diagnostic).collect();
        for one in &mut found {
            one.fixes.retain(|fix| fix.change.edits.iter().all(|(file, _)| names.contains_key(file)));
        }
        let change = safe_fixes(&found);
        if change.edits.is_empty() {
            break;
        }
        for (file, edits) in &change.edits {
            let (Some(source), Some(name)) = (loaded.analysis.source(*file), names.get(file)) else {
                continue;
            };
            let (path, text) = (source.path.clone(), source.rope.to_string());
            let Ok(new) = apply_edits(&text, &with_line_breaks_of(&text, edits)) else { continue };
            loaded.workspace.set_disk_file(&path, Some(&new));
            let kept = changed.entry(*file);
            kept.or_insert_with(|| Changed { name: name.clone(), path, old: text, new: String::new() }).new =
                new;
        }
        loaded.analysis = loaded.workspace.analysis();
    }
    let mut changed: Vec<Changed> = changed.into_values().filter(|file| file.old != file.new).collect();
    changed.sort_by(|one, other| one.name.cmp(&other.name));
    changed
}

/// New lines end as those of the text do.
fn with_line_breaks_of(text: &str, edits: &[TextEdit]) -> Vec<TextEdit> {
    let first = text.find('\n').filter(|&at| text[..at].ends_with('\r'));
    let converted = |edit: &TextEdit| match first {
        Some(_) => {
            let unix = edit.new_text.replace("\r\n", "\n");
            TextEdit::replace(edit.range, unix.replace('\n', "\r\n"))
        }
        None => edit.clone(),
    };
    edits.iter().map(converted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_lines_end_as_those_of_the_text() {
        let edits = [TextEdit::insert(0.into(), "a\nb\r\n")];
        assert_eq!(with_line_breaks_of("x\r\ny\r\n", &edits)[0].new_text, "a\r\nb\r\n");
        assert_eq!(with_line_breaks_of("x\ny\r\n", &edits)[0].new_text, "a\nb\r\n");
    }
}
