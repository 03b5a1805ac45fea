//! `invalid-value`: a string that is none of those allowed. Fixed by the nearest ones.

use super::body_fault::BodyFault;
use super::checker::Checker;
use super::codes::INVALID_VALUE;
use super::type_mismatch::found_text;
use super::{body_fix, type_reference};
use crate::azapi::emit;
use crate::azapi::validate::{FaultKind, Found};

/// So many values are named.
const NAMED: usize = 6;

pub(super) fn check(checker: &mut Checker<'_>, found: &BodyFault<'_>) {
    let FaultKind::Value { found: value, kind, allowed, near, .. } = &found.fault.kind else { return };
    let list = |values: &[&str]| values.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
    let right = match allowed.as_slice() {
        [only] => format!("must be `{only}`"),
        few if few.len() <= NAMED => format!("must be one of {}", list(few)),
        many if near.is_empty() => {
            format!("must be one of {} values, such as {}", many.len(), list(&many[..NAMED]))
        }
        many => format!("must be one of {} values", many.len()),
    };
    let wrong = match (value, kind) {
        (Some(value), _) => format!(", not `{value}`"),
        // A secret stays one.
        (None, Found::String(_)) => String::new(),
        (None, other) => format!(", not {}", found_text(other)),
    };
    let nearest = if allowed.len() > NAMED { type_reference::nearest(near) } else { String::new() };
    let message = format!("{} {right}{wrong}{nearest}", found.subject());
    let near = match (near.as_slice(), allowed.as_slice()) {
        ([], [only]) => vec![*only],
        (near, _) => near.to_vec(),
    };
    let in_quotes = |text: String| match allowed.contains(&text.as_str()) {
        true => body_fix::rewrite(checker, &found.at, &text, &emit::string(&text)),
        false => Vec::new(),
    };
    let fixes = match (value, kind) {
        (Some(value), _) => body_fix::change_string(checker, &found.at, value, &near),
        (None, Found::Number(number)) => in_quotes(number.to_string()),
        (None, Found::Bool(bool)) => in_quotes(bool.to_string()),
        (None, _) => Vec::new(),
    };
    found.report(checker, &INVALID_VALUE, &message).fixes(fixes);
}
