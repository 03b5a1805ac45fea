//! `out-of-range`: a number that is too small or too large. The provider lets it pass.

use super::body_fault::BodyFault;
use super::checker::Checker;
use super::codes::OUT_OF_RANGE;
use crate::azapi::validate::FaultKind;

pub(super) fn check(checker: &mut Checker<'_>, found: &BodyFault<'_>) {
    let FaultKind::Range { found: number, least, greatest } = &found.fault.kind else { return };
    let right = match (least, greatest) {
        (Some(least), Some(greatest)) => format!("{least} to {greatest}"),
        (Some(least), None) => format!("at least {least}"),
        (None, Some(greatest)) => format!("at most {greatest}"),
        (None, None) => return,
    };
    let message = format!("{} must be {right}, not {number}: Azure will likely refuse it", found.subject());
    found.report(checker, &OUT_OF_RANGE, &message);
}
