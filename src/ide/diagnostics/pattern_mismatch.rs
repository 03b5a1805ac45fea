//! `pattern-mismatch`: a string that its type's pattern does not match.

use super::Related;
use super::body_fault::BodyFault;
use super::checker::Checker;
use super::codes::PATTERN_MISMATCH;
use crate::azapi::validate::FaultKind;

pub(super) fn check(checker: &mut Checker<'_>, found: &BodyFault<'_>) {
    let FaultKind::Pattern { pattern, found: value } = &found.fault.kind else { return };
    let value = value.as_ref().map_or_else(|| "the value".to_owned(), |value| format!("`{value}`"));
    let message = format!("{} does not allow {value}", found.subject());
    let pattern =
        Related { file: found.at.file, range: found.at.node, message: format!("it must match `{pattern}`") };
    found.report(checker, &PATTERN_MISMATCH, &message).related(Some(pattern));
}
