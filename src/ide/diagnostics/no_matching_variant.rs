//! `no-matching-variant`: a value that none of several types of its property allows.

use super::body_fault::BodyFault;
use super::checker::Checker;
use super::codes::NO_MATCHING_VARIANT;
use super::type_mismatch::found_text;
use crate::azapi::validate::FaultKind;

pub(super) fn check(checker: &mut Checker<'_>, found: &BodyFault<'_>) {
    let FaultKind::NoVariant { found: value } = &found.fault.kind else { return };
    let message =
        format!("{} allows several types of value, and {} is of none", found.subject(), found_text(value));
    found.report(checker, &NO_MATCHING_VARIANT, &message);
}
