//! `unknown-property`: a key that the type does not have. Fixed by the nearest names, or by removing it.

use super::body_fault::BodyFault;
use super::checker::Checker;
use super::codes::UNKNOWN_PROPERTY;
use super::fix::Applicability;
use super::{Fix, argument_fix, body_fix, moved, type_reference};
use crate::azapi::validate::FaultKind;
use crate::ide::SourceChange;
use crate::text::typing_errors;

pub(super) fn check(checker: &mut Checker<'_>, found: &BodyFault<'_>) {
    let FaultKind::Unexpected { name, near } = &found.fault.kind else { return };
    // A name that is missing beside it is the one that was meant.
    let mut near = near.clone();
    near.sort_by_key(|near| (typing_errors(name, near), !is_missing_beside(found, near)));
    let near = near.as_slice();
    let message = match near.first().filter(|near| near.eq_ignore_ascii_case(name)) {
        Some(near) => format!("`{name}` must be written `{near}`"),
        None => format!("`{name}` is no property of {}{}", found.parent(), type_reference::nearest(near)),
    };
    let mut fixes = body_fix::rename_key(checker, &found.at, name, near);
    if let Some(first) = fixes.first_mut() {
        first.preferred |= near.first().is_some_and(|near| is_missing_beside(found, near));
    }
    // Some types have it one step further down.
    let within = moved::into_body(checker, &found.at, name, &["properties"]);
    fixes.extend(within.map(|edits| Fix {
        title: format!("Move `{name}` into `body.properties`"),
        change: SourceChange { edits: vec![(found.at.file, edits)], new_files: Vec::new() },
        applicability: Applicability::Confirm,
        preferred: true,
    }));
    let preferred = fixes.is_empty();
    fixes.extend(argument_fix::remove_all(checker, &found.at, name, preferred));
    found.report(checker, &UNKNOWN_PROPERTY, &message).fixes(fixes);
}

/// Whether the object lacks a property of this name.
fn is_missing_beside(found: &BodyFault<'_>, name: &str) -> bool {
    let around = found.fault.path.steps().split_last().map(|(_, around)| around);
    found.all.iter().any(|one| {
        matches!(one.kind, FaultKind::Missing { name: missing } if missing == name)
            && one.path.steps().split_last().map(|(_, around)| around) == around
    })
}
