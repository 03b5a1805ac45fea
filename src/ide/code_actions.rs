//! Code actions: the fixes of diagnostics, and changes on offer at a place.

pub(super) mod import;

use super::request::Request;
use super::{SourceChange, diagnostics};
use crate::text::TextRange;

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
}

/// The kind of a code action, by which editors group and filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeActionKind {
    /// Removes a diagnostic.
    QuickFix,
    /// `refactor.rewrite`: the same in another form.
    RefactorRewrite,
}

/// The changes on offer for a range; the request's place is its start.
pub(super) fn code_actions(request: &Request<'_>, range: TextRange) -> Vec<CodeAction> {
    let mut actions = fixes(request, range);
    actions.extend(import::actions(request));
    actions
}

/// The fixes of the diagnostics that the range touches.
fn fixes(request: &Request<'_>, range: TextRange) -> Vec<CodeAction> {
    let mut found = diagnostics::of_file(request.analysis(), request.tree(), request.file());
    found.retain(|one| one.range.intersect(range).is_some());
    let actions = found.into_iter().flat_map(|one| {
        let diagnostic = Some((one.code, one.range));
        one.fixes.into_iter().map(move |fix| CodeAction {
            title: fix.title,
            kind: CodeActionKind::QuickFix,
            edit: fix.change,
            diagnostic,
            preferred: fix.preferred,
        })
    });
    actions.collect()
}

#[cfg(test)]
mod tests;
