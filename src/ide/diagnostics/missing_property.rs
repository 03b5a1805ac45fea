//! `missing-property`: an object without a property that its type needs.

use super::body_fault::BodyFault;
use super::checker::Checker;
use super::codes::MISSING_PROPERTY;
use crate::azapi::validate::FaultKind;

pub(super) fn check(checker: &mut Checker<'_>, found: &BodyFault<'_>) {
    let FaultKind::Missing { name } = found.fault.kind else { return };
    let message = match found.fault.path.dotted().rsplit_once('.') {
        Some((parent, _)) => format!("`{name}` is missing in `{parent}`"),
        None => format!("`{name}` is missing in `body`"),
    };
    found.report(checker, &MISSING_PROPERTY, &message);
}
