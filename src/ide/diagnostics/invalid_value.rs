//! `invalid-value`: a string that is none of those allowed. Fixed by the nearest ones.

use super::body_fault::BodyFault;
use super::checker::Checker;
use super::codes::INVALID_VALUE;
use super::{body_fix, type_reference};
use crate::azapi::validate::FaultKind;

/// So many values are named.
const NAMED: usize = 6;

pub(super) fn check(checker: &mut Checker<'_>, found: &BodyFault<'_>) {
    let FaultKind::Value { found: value, allowed, near, .. } = &found.fault.kind else { return };
    let list = |values: &[&str]| values.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
    let right = match allowed.as_slice() {
        [only] => format!("must be `{only}`"),
        few if few.len() <= NAMED => format!("must be one of {}", list(few)),
        many if near.is_empty() => {
            format!("must be one of {} values, such as {}", many.len(), list(&many[..NAMED]))
        }
        many => format!("must be one of {} values", many.len()),
    };
    let wrong = value.as_ref().map_or_else(String::new, |value| format!(", not `{value}`"));
    let nearest = if allowed.len() > NAMED { type_reference::nearest(near) } else { String::new() };
    let message = format!("{} {right}{wrong}{nearest}", found.subject());
    let near = match (near.as_slice(), allowed.as_slice()) {
        ([], [only]) => vec![*only],
        (near, _) => near.to_vec(),
    };
    let fixes = value
        .as_ref()
        .map_or_else(Vec::new, |value| body_fix::change_string(checker, &found.at, value, &near));
    found.report(checker, &INVALID_VALUE, &message).fixes(fixes);
}
