//! `read-only-property`: a property that Azure sets is given. Fixed by removing it.

use super::argument_fix;
use super::body_fault::BodyFault;
use super::checker::Checker;
use super::codes::READ_ONLY_PROPERTY;
use crate::azapi::validate::FaultKind;

pub(super) fn check(checker: &mut Checker<'_>, found: &BodyFault<'_>) {
    let FaultKind::ReadOnly { name } = found.fault.kind else { return };
    let fix = argument_fix::remove_all(checker, &found.at, name, true);
    found.report(checker, &READ_ONLY_PROPERTY, &format!("`{name}` is read-only: remove it")).fixes(fix);
}
