//! `no-matching-variant`: a value that none of several types of its property allows.

use super::body_fault::BodyFault;
use super::checker::Checker;
use super::codes::NO_MATCHING_VARIANT;
use super::type_mismatch::{expected_text, found_text};
use crate::azapi::validate::{Expected, FaultKind, Found};

pub(super) fn check(checker: &mut Checker<'_>, found: &BodyFault<'_>) {
    let FaultKind::NoVariant { found: value, allowed } = &found.fault.kind else { return };
    let is_among = matches!(
        (value, allowed.as_slice()),
        (Found::Object, kinds) if kinds.contains(&Expected::Object)
    ) || matches!((value, allowed.as_slice()), (Found::List, kinds) if kinds.contains(&Expected::List));
    let kinds: Vec<&str> = allowed.iter().map(|kind| expected_text(*kind)).collect();
    let message = match kinds.split_last() {
        Some((last, others)) if !others.is_empty() && !is_among => {
            format!("{} must be {} or {last}, not {}", found.subject(), others.join(", "), found_text(value))
        }
        _ => {
            format!("{} allows several types of value, and {} is of none", found.subject(), found_text(value))
        }
    };
    found.report(checker, &NO_MATCHING_VARIANT, &message);
}
