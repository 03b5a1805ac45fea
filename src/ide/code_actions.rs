//! Code actions: the fixes of diagnostics, and changes on offer at a place.

mod argument;
pub(super) mod import;

use super::program::ModuleTree;
use super::request::Request;
use super::{Analysis, FileId, SourceChange, diagnostics};
use crate::text::{TextEdit, TextRange, apply_edits, minimal_edit};

/// A change on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeAction {
    pub(crate) title: String,
    /// Its place in the menu.
    pub kind: CodeActionKind,
    /// What it changes.
    pub edit: SourceChange,
    /// The diagnostic it removes: its code and its range in the file of the request.
    pub(crate) diagnostic: Option<(&'static str, TextRange)>,
    /// The one to take when several fix the same diagnostic.
    pub(crate) preferred: bool,
    /// One of the ways to import a block.
    pub(crate) is_import: bool,
    /// What it writes stands elsewhere, and should be seen.
    pub(crate) is_shown: bool,
}

impl CodeAction {
    /// One that stands for itself: it removes no diagnostic, and is no import.
    fn new(title: String, kind: CodeActionKind, edit: SourceChange) -> Self {
        Self { title, kind, edit, diagnostic: None, preferred: false, is_import: false, is_shown: false }
    }
}

/// The kind of a code action, by which editors group and filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeActionKind {
    /// Removes a diagnostic.
    QuickFix,
    /// `refactor.rewrite`: the same in another form.
    RefactorRewrite,
    /// `source.fixAll.azapi`: what may be fixed without asking, in the whole file.
    FixAll,
}

/// The changes on offer for a range; the request's place is its start.
pub(super) fn code_actions(request: &Request<'_>, range: TextRange) -> Vec<CodeAction> {
    let mut actions = fixes(request, range);
    actions.extend(argument::actions(request));
    actions.extend(import::actions(request));
    actions
}

/// The fixes of the diagnostics that the range touches.
fn fixes(request: &Request<'_>, range: TextRange) -> Vec<CodeAction> {
    let mut found = diagnostics::of_file(request.analysis(), request.tree(), request.file()).list;
    found.retain(|one| one.range.intersect(range).is_some());
    let actions = found.into_iter().flat_map(|one| {
        let diagnostic = Some((one.code, one.range));
        one.fixes.into_iter().map(move |fix| CodeAction {
            diagnostic,
            preferred: fix.preferred,
            ..CodeAction::new(fix.title, CodeActionKind::QuickFix, fix.change)
        })
    });
    actions.collect()
}

/// Fixes that share a place need a round each; a fix may make room for another.
const ROUNDS: usize = 20;

/// The safe fixes of a file as one change, round by round until none is left; `None` where there are none. Fixes that
/// change other files too are left out.
pub(super) fn fix_all(request: &Request<'_>) -> Option<CodeAction> {
    let (analysis, file) = (request.analysis(), request.file());
    let first = safe_edits(analysis, request.tree(), file)?;
    let old = analysis.source(file)?.rope.to_string();
    let mut text = apply_edits(&old, &first).ok()?;
    let (mut rounds, mut now) = (1, analysis.with_text(file, &text)?);
    while rounds < ROUNDS
        && let Some(edits) = safe_edits(&now, &ModuleTree::around(&now, file), file)
    {
        text = apply_edits(&text, &edits).ok()?;
        now = now.with_text(file, &text)?;
        rounds += 1;
    }
    let edits = if rounds == 1 { first } else { minimal_edit(&old, &text).into_iter().collect() };
    (!edits.is_empty()).then(|| {
        let change = SourceChange { edits: vec![(file, edits)], new_files: Vec::new() };
        CodeAction::new("Fix all that is safe to fix".to_owned(), CodeActionKind::FixAll, change)
    })
}

/// The safe fixes of one round; `None` where there are none.
fn safe_edits(analysis: &Analysis, tree: &ModuleTree<'_>, file: FileId) -> Option<Vec<TextEdit>> {
    let mut found = diagnostics::of_file(analysis, tree, file).list;
    for one in &mut found {
        one.fixes.retain(|fix| fix.change.edits.iter().all(|(edited, _)| *edited == file));
    }
    diagnostics::safe_fixes(&found).edits.pop().map(|(_, edits)| edits)
}

#[cfg(test)]
mod tests;
