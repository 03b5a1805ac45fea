//! `invalid-parent-id`: a `parent_id` that the block's type cannot live under.

use super::Findings;
use super::codes::INVALID_PARENT_ID;
use crate::azapi::parent::{self, Verdict};
use crate::azapi::{IdReader, Resource, id};
use crate::ide::{Related, Severity};
use crate::schema::arm_id::ArmId;
use crate::schema::provider::Check;
use crate::syntax::ast::AstNode;
use crate::terraform::{BlockKind, Value};

pub(super) fn check(findings: &mut Findings<'_>, resource: &Resource<'_>) {
    if !resource.block.definition.means.checks.contains(&Check::Parent) {
        return;
    }
    let Some(at) = resource.block.value("parent_id") else { return };
    let value = findings.evaluator.expression(&at, &resource.scope);
    let reader = IdReader::new(&findings.evaluator, findings.schema());
    let verdict = parent::judge(&reader, resource, &value);
    let range = at.node.syntax().text_range();
    let (message, severity) = match verdict {
        Verdict::Fine => return,
        Verdict::Wrong(found) => (wrong(resource, &found), Severity::Error),
        Verdict::NotCreatable(found) => {
            if resource.block.kind != BlockKind::Resource {
                return;
            }
            (not_creatable(resource, &found), Severity::Warning)
        }
        Verdict::Malformed(reason) => {
            (format!("`parent_id` is no ARM id: {reason}; {}", expected(resource)), Severity::Error)
        }
    };
    let related = related(findings, &value);
    findings.add(&INVALID_PARENT_ID, range, message).severity(severity).of(resource).related(related);
}

fn wrong(resource: &Resource<'_>, found: &ArmId<'_>) -> String {
    let name = resource.type_name().unwrap_or_default();
    format!("`{name}` cannot live under {}; {}", described(found), expected(resource))
}

fn not_creatable(resource: &Resource<'_>, found: &ArmId<'_>) -> String {
    let name = resource.type_name().unwrap_or_default();
    format!("`{name}` can be read but not created under {}; {}", described(found), expected(resource))
}

/// `expected a parent of the form A or B`
fn expected(resource: &Resource<'_>) -> String {
    let patterns = resource.resource_type().map(|found| found.parent_patterns()).unwrap_or_default();
    let patterns: Vec<String> = patterns.iter().map(|pattern| format!("`{pattern}`")).collect();
    match patterns.as_slice() {
        [] => {
            let parent = resource.parent_type();
            parent.map_or_else(
                || "expected the id of a scope".to_owned(),
                |parent| format!("expected the id of a `{parent}`"),
            )
        }
        patterns => format!("expected a parent of the form {}", patterns.join(" or ")),
    }
}

/// What an id is, in words and as far as it is known.
fn described(id: &ArmId<'_>) -> String {
    match id.resource_type() {
        Some(name) => format!("a `{name}`"),
        None => format!("`{id}`"),
    }
}

/// Points at the block that the value refers to.
fn related(findings: &Findings<'_>, value: &Value) -> Option<Related> {
    let origin = id::origin(value)?;
    let (block, scope) = findings.evaluator.block(&origin.block)?;
    let (file, range) = findings.evaluator.locate(origin.block.name)?;
    let of = Resource::in_scope(&findings.evaluator, findings.schema(), block, scope);
    let what = of.and_then(|of| of.type_name()).map_or(String::new(), |name| format!(", a `{name}`"));
    Some(Related { file, range, message: format!("`{}` is declared here{what}", origin.block.address) })
}
