//! Code actions: fixes of findings, and changes on offer at a place.

pub(super) mod import;
mod type_names;

use super::CodeAction;
use super::request::Request;
use crate::text::TextRange;

/// The changes on offer for a range; the request's place is its start.
pub(super) fn code_actions(request: &Request<'_>, range: TextRange) -> Vec<CodeAction> {
    let mut actions = type_names::fixes(request, range);
    actions.extend(import::actions(request));
    actions
}

#[cfg(test)]
mod tests;
