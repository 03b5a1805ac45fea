//! `not-creatable`: a resource of a type that Azure only lets be read. The provider lets it pass.

use super::checker::Checker;
use super::codes::NOT_CREATABLE;
use super::{Severity, type_reference};
use crate::azapi::Resource;
use crate::azapi::provider::Check;
use crate::syntax::ast::AstNode;

pub(super) fn check(checker: &mut Checker<'_>, resource: &Resource<'_>) {
    if !resource.block.definition.means.checks.contains(&Check::Body) {
        return;
    }
    let (Some(version), Some(value)) = (resource.version(), resource.block.value("type")) else { return };
    if !version.writable_scopes().is_empty() {
        return;
    }
    let of_type = version.resource_type();
    let newest = of_type.versions().find(|version| !version.writable_scopes().is_empty());
    let message = match newest {
        Some(newest) => format!(
            "`{}` cannot be created at this version: Azure takes it at `{}`",
            of_type.name(),
            newest.api_version().as_str()
        ),
        None => format!(
            "`{}` cannot be created: read it with `data \"azapi_resource\"`, or change it with `azapi_update_resource`",
            of_type.name()
        ),
    };
    let is_validated = type_reference::is_validated(&checker.evaluator, resource);
    let at = value.with(value.node.syntax().text_range());
    let severity = if is_validated { Severity::Warning } else { Severity::Information };
    checker.report(&NOT_CREATABLE, at, message).severity(severity).of(resource);
}
