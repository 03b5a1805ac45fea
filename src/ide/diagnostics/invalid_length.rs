//! `invalid-length`: a string or a list that is too short or too long.

use super::body_fault::BodyFault;
use super::checker::Checker;
use super::codes::INVALID_LENGTH;
use crate::azapi::validate::FaultKind;

pub(super) fn check(checker: &mut Checker<'_>, found: &BodyFault<'_>) {
    let FaultKind::Length { found: length, least, greatest, of_list } = found.fault.kind else { return };
    let unit = |count: u64| match (of_list, count) {
        (true, 1) => "item",
        (true, _) => "items",
        (false, 1) => "byte",
        (false, _) => "bytes",
    };
    let right = match (least, greatest) {
        (Some(least), Some(greatest)) if least == greatest => format!("exactly {least} {}", unit(least)),
        (Some(least), Some(greatest)) => format!("{least} to {greatest} {}", unit(greatest)),
        (Some(least), None) => format!("at least {least} {}", unit(least)),
        (None, Some(greatest)) => format!("at most {greatest} {}", unit(greatest)),
        (None, None) => return,
    };
    let message = format!("{} must have {right}, not {length}", found.subject());
    found.report(checker, &INVALID_LENGTH, &message);
}
