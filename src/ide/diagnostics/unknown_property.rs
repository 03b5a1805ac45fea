//! `unknown-property`: a key that the type does not have. Fixed by the nearest names, or by removing it.

use super::body_fault::BodyFault;
use super::checker::Checker;
use super::codes::UNKNOWN_PROPERTY;
use super::{body_fix, type_reference};
use crate::azapi::validate::FaultKind;

pub(super) fn check(checker: &mut Checker<'_>, found: &BodyFault<'_>) {
    let FaultKind::Unexpected { name, near } = &found.fault.kind else { return };
    let message = match near.first().filter(|near| near.eq_ignore_ascii_case(name)) {
        Some(near) => format!("`{name}` must be written `{near}`"),
        None => format!("`{name}` is no property of {}{}", found.parent(), type_reference::nearest(near)),
    };
    let mut fixes = body_fix::rename_key(checker, &found.at, name, near);
    let preferred = fixes.is_empty();
    fixes.extend(body_fix::remove(checker, &found.at, name, preferred));
    found.report(checker, &UNKNOWN_PROPERTY, &message).fixes(fixes);
}
